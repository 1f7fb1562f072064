//! `report build`

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::{Build, Format};
use super::check::check_folder;
use super::output::show;
use super::overwrite::{is_pdf, write_own};
use super::place::{absolute, locate, name_of};
use super::progress::Progress;
use super::{Failure, Outcome, excerpt};
use crate::load::Folder;
use crate::pipeline::{BuildOptions, Built, Checked, build};
use crate::source::with_slashes;
use crate::typeset::{Template, built_in_names};
use crate::watch::draft_of;

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    if !arguments.only.is_empty() {
        return excerpt::run(arguments);
    }
    let started = Instant::now();
    let place = locate(arguments.target.path.as_deref())?;
    let progress = Progress::start("組版しています…");
    let mut checked = check_folder(&place.root)?;
    let template = template_of(arguments, &mut checked)?;
    let options = options_of(arguments);
    let built = template.and_then(|template| build(&mut checked, template, options));
    let written = built.map(|built| write(arguments, &place.root, &built)).transpose();
    drop(progress);
    let outcome = show(&checked, &place.root, None, &arguments.messages)?;
    let Some((path, pages)) = written? else {
        if arguments.messages.message_format == Format::Human {
            say!("{}", refusal(arguments, &place.root, checked.template_fault().is_some()));
        }
        return Ok(Outcome::Errors);
    };
    if arguments.messages.message_format == Format::Human {
        say_made(&path, pages, started);
    }
    Ok(outcome)
}

pub(super) fn say_made(path: &Path, pages: usize, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    say!("{} を作りました（{pages}頁、{seconds:.1}秒）。", path.display());
}

/// The template that was asked for, or the report's own.
pub(super) fn template_of(arguments: &Build, checked: &mut Checked) -> Result<Option<Template>, Failure> {
    match &arguments.template {
        Some(named) => template_named(named).map(Some),
        None => Ok(checked.take_template()),
    }
}

pub(super) fn options_of(arguments: &Build) -> BuildOptions {
    BuildOptions {
        draft: arguments.draft,
        timestamp: source_date_epoch(),
        with_sources: arguments.sources,
        compact: arguments.compact,
    }
}

fn write(arguments: &Build, root: &Path, built: &Built) -> Result<(PathBuf, usize), Failure> {
    let path = target(arguments, root);
    write_pdf_at(&path, &built.pdf)?;
    Ok((path, built.document.pages().len()))
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

fn target(arguments: &Build, root: &Path) -> PathBuf {
    arguments.target.output.clone().unwrap_or_else(|| default_target(root, arguments.draft))
}

/// `DIR/out/<DIR name>.pdf`; a draft has a file of its own.
pub(super) fn default_target(root: &Path, draft: bool) -> PathBuf {
    let official = root.join("out").join(format!("{}.pdf", name_of(root)));
    if draft { draft_of(&official) } else { official }
}

fn refusal(arguments: &Build, root: &Path, by_template: bool) -> String {
    let is_there = target(arguments, root).exists();
    let kept = if is_there { "前に作った PDF はそのまま残してあります。" } else { "" };
    if by_template {
        let what = if arguments.draft { "下書きの PDF " } else { "PDF " };
        return format!("体裁に誤りがあるため、{what}を作れませんでした。{kept}");
    }
    format!("エラーがあるため PDF を作りませんでした。{kept}下書きは「report build --draft」で作れます。")
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

/// The date of builds that have none of their own, as other tools take it too.
pub(super) fn source_date_epoch() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}
