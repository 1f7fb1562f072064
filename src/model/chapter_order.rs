//! The chapters that lie in no other, in order. J027, J060 and J061 about the report's 【構成】 are reported here.

use std::sync::Arc;

use super::composition::Listed;
use super::draft::{ChapterDraft, UnreadFiles, listed_twice};
use super::{Program, ReportHead};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Files, with_slashes};
use crate::syntax::nearest;

/// The chapters that lie in no other, in the order of the report's 【構成】, or of their names. What it leaves out is given
/// back behind them. `inner`: the folders of the chapters in chapters.
pub(super) fn order_top_chapters(
    files: &Files,
    head: Option<&ReportHead>,
    mut drafts: Vec<ChapterDraft>,
    inner: &[String],
    unlisted: &[Arc<Program>],
    unread: &UnreadFiles,
    diagnostics: &mut Diagnostics,
) -> (Vec<ChapterDraft>, Vec<ChapterDraft>) {
    let Some(composition) = head.and_then(|head| head.composition.as_ref()).filter(|lines| !lines.is_empty()) else {
        return (drafts, Vec::new());
    };
    let mut ordered: Vec<ChapterDraft> = Vec::new();
    let mut meant: Vec<String> = Vec::new();
    for listed in composition {
        let wanted = folder_name(&listed.name.value);
        let has_programs = unlisted.iter().any(|program| files.get(program.file).folder() == wanted);
        if listed.relisted {
            diagnostics.push(relisted_chapter(listed));
            meant.push(wanted);
        } else if let Some(at) = drafts.iter().position(|draft| draft.folder == wanted) {
            ordered.push(drafts.remove(at));
        } else if ordered.iter().any(|draft| draft.folder == wanted) {
            diagnostics.push(listed_twice(listed));
        } else if inner.contains(&wanted) {
            diagnostics.push(lies_in_a_chapter(listed, &wanted, ordered.iter().chain(&drafts)));
        } else if !has_programs && !unread.has_file_in(&wanted) {
            let near = nearest(&wanted, drafts.iter().map(|draft| draft.folder.as_str()));
            diagnostics.push(no_folder(listed, &wanted, near, unread));
            meant.extend(near.map(str::to_string));
        }
    }
    for draft in drafts.iter().filter(|draft| !meant.contains(&draft.folder) && !is_below_unread(draft, unread)) {
        diagnostics.push(not_in_composition(files, head, draft));
    }
    (ordered, drafts)
}

/// A chapter that would be a part of one whose file cannot be read, as was said there.
fn is_below_unread(draft: &ChapterDraft, unread: &UnreadFiles) -> bool {
    let slashes = draft.folder.match_indices('/');
    slashes.into_iter().any(|(at, _)| draft.folder.get(..at).is_some_and(|folder| unread.has_file_in(folder)))
}

pub(super) fn folder_name(typed: &str) -> String {
    with_slashes(typed).trim_matches('/').trim_start_matches("./").to_string()
}

/// A line of the report's 【構成】 for a chapter in a chapter.
fn lies_in_a_chapter<'a>(listed: &Listed, wanted: &str, tops: impl Iterator<Item = &'a ChapterDraft>) -> Diagnostic {
    let is_in = |draft: &&ChapterDraft| wanted.strip_prefix(&draft.folder).is_some_and(|rest| rest.starts_with('/'));
    let mut tops = tops;
    let outer = tops.find(is_in).map_or("", |draft| draft.folder.as_str());
    Diagnostic::new(Code::J060, listed.line, format!("「{wanted}」は、章「{outer}」の中の章です。報告書の【構成】には書きません。"))
        .help(format!(
            "この行を消してください。順番を決めるなら、すぐ上の章の 章.jigyo の【構成】に、中の章のフォルダーの名前（{}）を書きます。",
            wanted.rsplit('/').next().unwrap_or(wanted)
        ))
}

fn relisted_chapter(listed: &Listed) -> Diagnostic {
    Diagnostic::new(Code::J027, listed.line, "再掲は、章の【構成】に書きます。")
        .help("この行を、事業を載せる章のファイルの【構成】に移してください。")
}

fn no_folder(listed: &Listed, wanted: &str, near: Option<&str>, unread: &UnreadFiles) -> Diagnostic {
    let help = match near {
        Some(near) => format!("「{near}」の誤りではありませんか。"),
        None if unread.reports.iter().any(|folder| folder == wanted) => {
            "このフォルダーには別の報告書.jigyo があります。写しなら消してください。".to_string()
        }
        None => "章のフォルダー名を、報告書.jigyo のあるフォルダーから書いてください。".to_string(),
    };
    Diagnostic::new(Code::J060, listed.line, format!("章のフォルダー「{wanted}」がありません。"))
        .help(help)
        .proposal_if_known(listed.name.span, near)
}

fn not_in_composition(files: &Files, head: Option<&ReportHead>, draft: &ChapterDraft) -> Diagnostic {
    Diagnostic::new(
        Code::J060,
        draft.head.heading,
        format!("この章（フォルダー「{}」）が報告書の【構成】にありません。", draft.folder),
    )
    .help(format!(
        "{} の【構成】に「{}」の行を加えるか、フォルダーを「_旧」に移してください。",
        head.map_or("報告書.jigyo", |head| files.get(head.file).name()),
        draft.folder
    ))
}
