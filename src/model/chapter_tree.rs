//! Chapters in chapters: each with its level and what it is a part of, in printed order. J060 and J061 about the inner
//! chapters of a 【構成】 are reported here.
//!
//! A folder with a 【章】 inside the folder of another is its part. Deeper than the page has levels it is set beside the one
//! that it lies in, which J057 says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chapter_order::{folder_name, order_top_chapters};
use super::composition::Listed;
use super::draft::{ChapterDraft, ChapterInTree, UnreadFiles, listed_twice};
use super::{Program, ReportHead};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::CHAPTER_LEVELS;
use crate::natural_order;
use crate::source::Files;
use crate::syntax::nearest;

/// Chapters in printed order. The programs of those that no 【構成】 lists join the `unlisted` ones.
pub(super) fn order_chapters(
    files: &Files,
    head: Option<&ReportHead>,
    mut drafts: Vec<ChapterDraft>,
    unlisted: &mut Vec<Arc<Program>>,
    unread: &UnreadFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<ChapterInTree> {
    drafts.sort_by(|a, b| natural_order::compare(&a.folder, &b.folder));
    let folders: BTreeSet<String> = drafts.iter().map(|draft| draft.folder.clone()).collect();
    let (inner, tops): (Vec<ChapterDraft>, Vec<ChapterDraft>) =
        drafts.into_iter().partition(|draft| outer_folder(&draft.folder, &folders).is_some());
    let names: Vec<String> = inner.iter().map(|draft| draft.folder.clone()).collect();
    let (tops, left_out) = order_top_chapters(files, head, tops, &names, unlisted, unread, diagnostics);
    let mut waiting: BTreeMap<String, Vec<ChapterDraft>> = BTreeMap::new();
    for draft in inner {
        let outer = outer_folder(&draft.folder, &folders).unwrap_or_default().to_string();
        waiting.entry(outer).or_default().push(draft);
    }
    let mut tree = Tree { files, unread, waiting, left_out: Vec::new(), placed: Vec::new() };
    for draft in tops {
        tree.place(draft, &[], diagnostics);
    }
    // What still waits lies in a chapter that is in no 【構成】, as was said of that one.
    let mut waiting: Vec<ChapterDraft> = tree.waiting.into_values().flatten().collect();
    waiting.sort_by(|a, b| natural_order::compare(&a.folder, &b.folder));
    let left_out = left_out.into_iter().chain(waiting).chain(tree.left_out);
    unlisted.extend(left_out.flat_map(|draft| draft.programs));
    tree.placed
}

/// The nearest folder above that has a chapter.
fn outer_folder<'a>(folder: &'a str, folders: &BTreeSet<String>) -> Option<&'a str> {
    let above = folder.match_indices('/').map(|(at, _)| at).rev().filter_map(|at| folder.get(..at));
    above.into_iter().find(|above| folders.contains(*above))
}

struct Tree<'a> {
    files: &'a Files,
    unread: &'a UnreadFiles,
    /// Chapters in chapters that are not placed yet, by the folder of the one that they lie in
    waiting: BTreeMap<String, Vec<ChapterDraft>>,
    /// Those that the 【構成】 of theirs does not list
    left_out: Vec<ChapterDraft>,
    placed: Vec<ChapterInTree>,
}

impl Tree<'_> {
    /// Places a chapter and all that is in it. `above`: those that it lies in, the outermost first.
    fn place(&mut self, mut draft: ChapterDraft, above: &[usize], diagnostics: &mut Diagnostics) {
        let inner = self.waiting.remove(&draft.folder).unwrap_or_default();
        let ordered = self.order_inner(&mut draft, inner, diagnostics);
        let above = above.get(..above.len().min(CHAPTER_LEVELS - 1)).unwrap_or_default();
        let mut path = above.to_vec();
        path.push(self.placed.len());
        self.placed.push(ChapterInTree { draft, level: above.len(), parent: above.last().copied() });
        for inner in ordered {
            self.place(inner, &path, diagnostics);
        }
    }

    /// The chapters of one chapter in the order of its 【構成】, or of their names.
    fn order_inner(
        &mut self,
        outer: &mut ChapterDraft,
        inner: Vec<ChapterDraft>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ChapterDraft> {
        let lines = outer.head.composition.as_ref().filter(|lines| !lines.is_empty());
        let Some(lines) = lines else { return inner };
        let mut order = Order {
            files: self.files,
            unread: self.unread,
            outer,
            has_inner: !inner.is_empty(),
            waiting: inner,
            ordered: Vec::new(),
            programs: BTreeSet::new(),
            meant: Vec::new(),
        };
        let of_chapters = lines.iter().filter(|line| !line.relisted && order.takes(line, diagnostics));
        let of_chapters = of_chapters.map(|line| line.line).collect();
        for left_out in order.waiting.iter().filter(|draft| !order.meant.contains(&draft.folder)) {
            diagnostics.push(not_in_composition(self.files, order.outer, left_out));
        }
        let Order { waiting, ordered, .. } = order;
        // They and what is in them are in no list.
        self.left_out.extend(waiting);
        outer.chapter_lines = of_chapters;
        ordered
    }
}

/// The chapters of one chapter while its 【構成】 is gone through.
struct Order<'a> {
    files: &'a Files,
    unread: &'a UnreadFiles,
    outer: &'a ChapterDraft,
    has_inner: bool,
    waiting: Vec<ChapterDraft>,
    ordered: Vec<ChapterDraft>,
    /// Names that a line gave to an own program
    programs: BTreeSet<&'a str>,
    /// Folders that a line without one seems to mean
    meant: Vec<String>,
}

impl<'a> Order<'a> {
    /// Whether a line speaks of a chapter. A name that a program has too is first that of the program.
    fn takes(&mut self, listed: &'a Listed, diagnostics: &mut Diagnostics) -> bool {
        let typed = listed.name.value.as_str();
        let is_program = self.outer.programs.iter().any(|program| program.id == typed);
        if is_program && self.programs.insert(typed) {
            return false;
        }
        let name = folder_name(typed);
        let folder = format!("{}/{name}", self.outer.folder);
        if let Some(at) = self.waiting.iter().position(|draft| draft.folder == folder) {
            let draft = self.waiting.remove(at);
            self.ordered.push(draft);
        } else if is_program {
            return false;
        } else if self.ordered.iter().any(|draft| draft.folder == folder) {
            diagnostics.push(listed_twice(listed));
        } else if let Some(said) = self.without_chapter(listed, &name, &folder) {
            said.into_iter().for_each(|said| diagnostics.push(said));
        } else {
            return false;
        }
        true
    }

    /// What is said of a line that means a chapter which is not there; nothing at all where it does not mean one.
    fn without_chapter(&mut self, listed: &Listed, name: &str, folder: &str) -> Option<Option<Diagnostic>> {
        if self.unread.has_file_in(folder) {
            return Some(None);
        }
        let is_inside = |program: &Arc<Program>| self.files.get(program.file).folder() == folder;
        if self.outer.programs.iter().any(is_inside) {
            return Some(Some(without_head(listed, folder)));
        }
        let typed = listed.name.value.as_str();
        let relative = |draft: &'_ ChapterDraft| draft.folder.get(self.outer.folder.len() + 1..).map(str::to_string);
        let names: Vec<String> = self.waiting.iter().filter_map(relative).collect();
        let near = nearest(name, names.iter().map(String::as_str)).map(str::to_string);
        let programs = self.outer.programs.iter();
        let ids = programs
            .flat_map(|program| [Some(program.id.as_str()), program.name.as_ref().map(|name| name.value.as_str())]);
        let is_near_program = nearest(typed, ids.flatten()).is_some();
        let has_slash = typed.contains(['/', '\\', '¥', '￥']);
        let means_folder = typed.ends_with(['/', '\\', '¥', '￥']) || (self.has_inner && has_slash);
        if !means_folder && (near.is_none() || is_near_program) {
            return None;
        }
        self.meant.extend(near.iter().map(|near| format!("{}/{near}", self.outer.folder)));
        Some(Some(no_inner_folder(listed, folder, near.as_deref())))
    }
}

fn no_inner_folder(listed: &Listed, folder: &str, near: Option<&str>) -> Diagnostic {
    let help = near.map_or_else(
        || "中の章のフォルダー名を、この章のフォルダーから書いてください。".to_string(),
        |near| format!("「{near}」の誤りではありませんか。"),
    );
    Diagnostic::new(Code::J060, listed.line, format!("章のフォルダー「{folder}」がありません。")).help(help)
}

fn without_head(listed: &Listed, folder: &str) -> Diagnostic {
    Diagnostic::new(Code::J060, listed.line, format!("フォルダー「{folder}」に【章】のファイルがありません。"))
        .help("中の章なら、そのフォルダーに 章.jigyo を作り、1行目に「【章】章の題名」と書いてください。章でないなら、この行を消して、事業の名前を書きます。")
}

fn not_in_composition(files: &Files, outer: &ChapterDraft, draft: &ChapterDraft) -> Diagnostic {
    let relative = draft.folder.get(outer.folder.len() + 1..).unwrap_or(&draft.folder);
    Diagnostic::new(
        Code::J060,
        draft.head.heading,
        format!("この章（フォルダー「{}」）が、上の章の【構成】にありません。", draft.folder),
    )
    .help(format!(
        "{} の【構成】に「{relative}」の行を加えるか、フォルダーを「_旧」に移してください。",
        files.get(outer.head.file).path(),
    ))
}
