//! What commands that make a PDF share: the template, the options, where it goes, and what is printed about it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::Failure;
use super::arguments::Build;
use super::overwrite::{is_pdf, write_own};
use super::place::{absolute, name_of};
use crate::load::Folder;
use crate::pipeline::{BuildOptions, Checked};
use crate::source::with_slashes;
use crate::typeset::{Template, built_in_names};
use crate::watch::draft_of;

pub(super) fn say_made(path: &Path, pages: usize, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    say!("{} を作りました（{pages}頁、{seconds:.1}秒）。", path.display());
}

/// The template that was asked for, or the report's own.
pub(super) fn template_of(arguments: &Build, checked: &mut Checked) -> Result<Option<Template>, Failure> {
    match &arguments.template {
        Some(named) => template_named(named).map(Some),
        None => Ok(checked.template()),
    }
}

/// A folder, or a built-in template.
fn template_named(named: &Path) -> Result<Template, Failure> {
    let name = named.display().to_string();
    if let Some(template) = Template::from_folder(&name, &Folder::new(named), "", None) {
        let home = absolute(named)?.display().to_string();
        return Ok(template.at(if cfg!(windows) { with_slashes(&home) } else { home }));
    }
    Template::built_in(&name).ok_or_else(|| {
        if named.is_dir() {
            Failure::new(format!("体裁のフォルダー「{name}」に main.typ がありません。"))
        } else {
            Failure::new(format!(
                "体裁「{name}」がありません。使えるのは {} か、main.typ の入ったフォルダーの名前です。",
                built_in_names()
            ))
        }
    })
}

pub(super) fn options_of(arguments: &Build) -> BuildOptions {
    BuildOptions {
        draft: arguments.draft,
        timestamp: source_date_epoch(),
        with_sources: arguments.sources,
        compact: arguments.compact,
    }
}

pub(super) fn write_pdf_at(path: &Path, pdf: &[u8]) -> Result<(), Failure> {
    refuse_manuscript(path, "-o", ".pdf")?;
    write_own(path, pdf, is_pdf)
}

/// What is written never takes the place of what somebody wrote.
pub(super) fn refuse_manuscript(path: &Path, option: &str, ending: &str) -> Result<(), Failure> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jigyo")) {
        return Err(Failure::new(format!(
            "「{}」は原稿の名前です。{option} には {ending} で終わる名前を書いてください。",
            path.display()
        )));
    }
    Ok(())
}

/// `DIR/out/<DIR name>.pdf`; a draft has a file of its own.
pub(super) fn default_target(root: &Path, draft: bool) -> PathBuf {
    let official = root.join("out").join(format!("{}.pdf", name_of(root)));
    if draft { draft_of(&official) } else { official }
}

/// The date of builds that have none of their own, as other tools take it too.
pub(super) fn source_date_epoch() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
