//! Which chapter a program's file belongs to, by the folder it lies in. J007 and J060 are reported here.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Program;
use super::draft::{ChapterDraft, UnreadFiles};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Files, Span};

/// Each program goes to the nearest folder upward that holds a 【章】; the others are returned.
pub(super) fn assign_programs(
    files: &Files,
    programs: Vec<Arc<Program>>,
    drafts: &mut [ChapterDraft],
    unread: &UnreadFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Program>> {
    let places: BTreeMap<String, usize> =
        drafts.iter().enumerate().map(|(index, draft)| (draft.folder.clone(), index)).collect();
    let mut homeless: Vec<Arc<Program>> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for program in programs {
        let folder = files.get(program.file).folder();
        match nearest_chapter(folder, &places).and_then(|index| drafts.get_mut(index)) {
            Some(draft) => draft.programs.push(program),
            None => {
                // Beside 報告書 each file is to be moved; a folder lacks one chapter, which was reported where its file is there
                // and cannot be read.
                let is_said =
                    !folder.is_empty() && (said.iter().any(|other| other == folder) || unread.has_file_in(folder));
                if !is_said {
                    said.push(folder.to_string());
                    diagnostics.push(without_chapter(program.heading, folder));
                }
                homeless.push(program);
            }
        }
    }
    homeless
}

fn without_chapter(span: Span, folder: &str) -> Diagnostic {
    if folder.is_empty() {
        return Diagnostic::new(Code::J007, span, "事業のファイルが、章のフォルダーの外にあります。")
            .help("このファイルを章のフォルダーに移してください。");
    }
    Diagnostic::new(Code::J007, span, format!("フォルダー「{folder}」に【章】のファイルがありません。"))
        .help("同じフォルダーに 章.jigyo を作り、1行目に「【章】章の題名」と書いてください。")
}

fn nearest_chapter(folder: &str, places: &BTreeMap<String, usize>) -> Option<usize> {
    let mut folder = folder;
    loop {
        if let Some(index) = places.get(folder) {
            return Some(*index);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder.rfind('/').and_then(|slash| folder.get(..slash)).unwrap_or("");
    }
}

/// Programs that lie in a chapter, or nowhere known; and those that a chapter misses.
pub(super) struct Sorted {
    pub(super) in_place: Vec<Arc<Program>>,
    pub(super) misplaced: Vec<Arc<Program>>,
}

/// J060 for a program that a 【構成】 names, and that lies in no chapter's folder: one message, at the file.
pub(super) fn report_misplaced(
    files: &Files,
    programs: Vec<Arc<Program>>,
    drafts: &[ChapterDraft],
    diagnostics: &mut Diagnostics,
) -> Sorted {
    let places: BTreeMap<String, usize> =
        drafts.iter().enumerate().map(|(index, draft)| (draft.folder.clone(), index)).collect();
    let mut wanted: BTreeMap<&str, &str> = BTreeMap::new();
    for draft in drafts {
        for listed in draft.head.composition.iter().flatten().filter(|listed| !listed.relisted) {
            wanted.insert(&listed.name.value, &draft.folder);
        }
    }
    let mut sorted = Sorted { in_place: Vec::new(), misplaced: Vec::new() };
    for program in programs {
        let is_homeless = nearest_chapter(files.get(program.file).folder(), &places).is_none();
        match wanted.get(program.id.as_str()).filter(|_| is_homeless) {
            Some(folder) => {
                diagnostics.push(
                    Diagnostic::new(
                        Code::J060,
                        program.heading,
                        format!("このファイルは、章のフォルダー「{folder}」にありません。"),
                    )
                    .help(format!("ファイルをフォルダー「{folder}」に移してください。")),
                );
                sorted.misplaced.push(program);
            }
            None => sorted.in_place.push(program),
        }
    }
    sorted
}
