//! `report build --only 課名|事業名`: the pages of a department or program, for approval.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::arguments::Build;
use super::options::Format;
use super::output::show;
use super::place::{check_folder, locate, name_of};
use super::progress::Progress;
use super::target::{options_of, say_made, template_of, write_pdf_at};
use super::{Failure, Outcome};
use crate::editing::file_stem;
use crate::pipeline::{NoExcerpt, UnknownName, Wanted, build_excerpt, files_of_excerpt, find_wanted};
use crate::watch::draft_of;

/// Longer names of files are refused by some disks.
const LONGEST_LABEL: usize = 40;

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let place = locate(arguments.target.path.as_deref())?;
    let progress = Progress::start("組版しています…");
    let mut checked = check_folder(&place.root)?;
    if checked.report.head.is_none() {
        drop(progress);
        return show(&checked, &place.root, None, &arguments.messages);
    }
    let wanted = find_wanted(&checked.report, &arguments.only).map_err(|unknown| refusal(&unknown))?;
    let template = template_of(arguments, &mut checked)?;
    let excerpt = template.map_or(Err(NoExcerpt::Errors), |template| {
        build_excerpt(&mut checked, template, &wanted, options_of(arguments))
    });
    let path = target(arguments, &place.root, &wanted);
    let written = excerpt.as_ref().map_or(Ok(()), |excerpt| write_pdf_at(&path, &excerpt.built.pdf));
    drop(progress);
    let own = files_of_excerpt(&checked, &wanted);
    let only: Vec<&str> = own.iter().map(|file| checked.files.get(*file).path()).collect();
    let outcome = show(&checked, &place.root, Some(&only), &arguments.messages)?;
    written?;
    let is_human = arguments.messages.message_format == Format::Human;
    match excerpt {
        Ok(excerpt) => {
            if is_human {
                if excerpt.provisional {
                    say!("ほかの原稿にエラーがあるため、頁は仮です。各頁の上に「頁は仮」と入れました。");
                }
                say_made(&path, excerpt.built.document.pages().len(), started);
            }
            Ok(outcome)
        }
        Err(NoExcerpt::Errors) => {
            if is_human {
                let of_template = checked.template_fault().is_some();
                let (why, hint) = if of_template {
                    ("体裁に誤り", "")
                } else {
                    ("エラー", "下書きは --draft を付けると作れます。")
                };
                say!("{why}があるため抜粋を作りませんでした。{hint}");
            }
            Ok(Outcome::Errors)
        }
        Err(NoExcerpt::PagesDiffer) => Err(Failure::new(
            "抜粋の頁が、報告書全体の頁と同じになりません。この体裁は抜粋に使えません。体裁を作った人に連絡してください。",
        )),
    }
}

/// `DIR/out/<DIR name>_抜粋_監理課.pdf`
fn target(arguments: &Build, root: &Path, wanted: &Wanted) -> PathBuf {
    if let Some(path) = &arguments.target.output {
        return path.clone();
    }
    let path = root.join("out").join(format!("{}.pdf", excerpt_stem(root, wanted)));
    if arguments.draft { draft_of(&path) } else { path }
}

/// `<DIR name>_抜粋_監理課`
pub(super) fn excerpt_stem(root: &Path, wanted: &Wanted) -> String {
    let label: String = file_stem(&wanted.label).chars().take(LONGEST_LABEL).collect();
    format!("{}_抜粋_{label}", name_of(root))
}

pub(super) fn refusal(unknown: &UnknownName) -> Failure {
    let UnknownName { name, nearest, departments } = unknown;
    let hint = nearest.as_ref().map(|nearest| format!("「{nearest}」の誤りではありませんか。")).unwrap_or_default();
    let list: Vec<&str> = departments.iter().map(String::as_str).collect();
    let list = if list.is_empty() { String::new() } else { format!("課は {} です。", list.join("、")) };
    Failure::new(format!("「{}」という課も事業もありません。{hint}{list}", crate::load::shown(name)))
}
