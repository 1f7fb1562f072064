//! Files to a report: which program belongs to which chapter, in which order. J007, J060, J061 and J062 are said here.

use std::collections::{BTreeMap, BTreeSet};

use super::order::Listed;
use super::{Chapter, ChapterHead, Listing, Program, ProgramIndex, Report, ReportHead};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::natural_order;
use crate::source::{Files, Span};
use crate::syntax::nearest;

/// A chapter whose programs are not in order yet.
struct Draft {
    folder: String,
    head: ChapterHead,
    programs: Vec<Program>,
}

/// Files and folders that are there and say nothing of themselves: what was said of them is not said again.
#[derive(Debug, Clone, Default)]
pub struct Silent {
    /// Folder and stem of files that could not be read, and of copies.
    pub files: Vec<(String, String)>,
    /// Folders that hold a report of their own.
    pub reports: Vec<String>,
}

impl Silent {
    fn has_stem(&self, stem: &str) -> bool {
        self.files.iter().any(|(_, other)| other == stem)
    }

    fn has_file_in(&self, folder: &str) -> bool {
        self.files.iter().any(|(other, _)| other == folder)
    }
}

/// Puts the lowered files of one report together. Files come in the default order of their names.
pub fn assemble(
    files: &Files,
    head: Option<ReportHead>,
    chapters: Vec<ChapterHead>,
    programs: Vec<Program>,
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) -> Report {
    let mut drafts = collect_chapters(files, chapters, diagnostics);
    let mut silent = silent.clone();
    let programs = report_misplaced(files, programs, &drafts, &mut silent, diagnostics);
    let silent = &silent;
    let mut unlisted = assign_programs(files, programs.in_place, &mut drafts, silent, diagnostics);
    unlisted.extend(programs.misplaced);
    report_duplicates(&drafts, &unlisted, diagnostics);
    let drafts = order_chapters(files, head.as_ref(), drafts, &mut unlisted, silent, diagnostics);
    let elsewhere: BTreeMap<String, String> = drafts
        .iter()
        .flat_map(|draft| draft.programs.iter().map(|program| (program.id.clone(), draft.folder.clone())))
        .collect();
    let mut report = Report { head, chapters: Vec::new(), unlisted };
    let mut compositions = Vec::new();
    for draft in drafts {
        let (chapter, left_out) = order_programs(files, draft, &elsewhere, silent, diagnostics);
        report.unlisted.extend(left_out);
        compositions.push(chapter.head.composition.clone());
        report.chapters.push(chapter);
    }
    list_programs(&mut report, &compositions, silent, diagnostics);
    report
}

struct Sorted {
    in_place: Vec<Program>,
    misplaced: Vec<Program>,
}

/// J060 for a program that a 【構成】 names, and that lies in no chapter's folder: one message, at the file.
fn report_misplaced(
    files: &Files,
    programs: Vec<Program>,
    drafts: &[Draft],
    silent: &mut Silent,
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
                silent.files.push((String::new(), program.id.clone()));
                sorted.misplaced.push(program);
            }
            None => sorted.in_place.push(program),
        }
    }
    sorted
}

fn collect_chapters(files: &Files, chapters: Vec<ChapterHead>, diagnostics: &mut Diagnostics) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for head in chapters {
        let folder = files.get(head.file).folder().to_string();
        if let Some(first) = drafts.iter().find(|draft| draft.folder == folder) {
            diagnostics.push(
                Diagnostic::new(Code::J007, head.heading, "このフォルダーには【章】のファイルが2つあります。")
                    .help("どちらか1つを、フォルダー「_旧」に移すか消してください。")
                    .related(first.head.heading, "もう1つはここです"),
            );
            continue;
        }
        drafts.push(Draft { folder, head, programs: Vec::new() });
    }
    drafts
}

/// Each program goes to the nearest folder upward that holds a 【章】; the others are returned.
fn assign_programs(
    files: &Files,
    programs: Vec<Program>,
    drafts: &mut [Draft],
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) -> Vec<Program> {
    let places: BTreeMap<String, usize> =
        drafts.iter().enumerate().map(|(index, draft)| (draft.folder.clone(), index)).collect();
    let mut homeless: Vec<Program> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for program in programs {
        let folder = files.get(program.file).folder();
        match nearest_chapter(folder, &places).and_then(|index| drafts.get_mut(index)) {
            Some(draft) => draft.programs.push(program),
            None => {
                // A chapter's file that cannot be read was said.
                let is_said = said.iter().any(|other| other == folder) || silent.has_file_in(folder);
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

/// J061: the same ID, or the same name, twice in the report. Copies by name (J003) were set aside before.
fn report_duplicates(drafts: &[Draft], unlisted: &[Program], diagnostics: &mut Diagnostics) {
    let mut ids: BTreeMap<&str, &Program> = BTreeMap::new();
    let mut names: BTreeMap<&str, &Program> = BTreeMap::new();
    for program in drafts.iter().flat_map(|draft| &draft.programs).chain(unlisted) {
        if let Some(first) = ids.insert(&program.id, program) {
            diagnostics.push(
                Diagnostic::new(
                    Code::J061,
                    program.heading,
                    format!("「{}.jigyo」という名前のファイルが2つあります。", program.id),
                )
                .help("どちらかのファイル名を変えるか、古いほうをフォルダー「_旧」に移してください。")
                .related(first.heading, "もう1つはここです"),
            );
            continue;
        }
        let Some(name) = &program.name else { continue };
        if let Some(first) = names.insert(&name.value, program) {
            diagnostics.push(
                Diagnostic::new(Code::J061, name.span, format!("「{}」という事業が2つあります。", name.value))
                    .help("名前の（ ）まで同じか確認し、違う名前にしてください。")
                    .related(first.heading, "もう1つはここです"),
            );
        }
    }
}

/// Chapters in the order of the report's 【構成】, or of their names.
fn order_chapters(
    files: &Files,
    head: Option<&ReportHead>,
    mut drafts: Vec<Draft>,
    unlisted: &mut Vec<Program>,
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) -> Vec<Draft> {
    drafts.sort_by(|a, b| natural_order::compare(&a.folder, &b.folder));
    let Some(composition) = head.and_then(|head| head.composition.as_ref()).filter(|lines| !lines.is_empty()) else {
        return drafts;
    };
    let mut ordered: Vec<Draft> = Vec::new();
    let mut meant: Vec<String> = Vec::new();
    for listed in composition {
        let wanted = folder_name(&listed.name.value);
        let has_programs = unlisted.iter().any(|program| files.get(program.file).folder() == wanted);
        if listed.relisted {
            diagnostics.push(
                Diagnostic::new(Code::J027, listed.line, "再掲は、章の【構成】に書きます。")
                    .help("この行を、事業を載せる章のファイルの【構成】に移してください。"),
            );
            meant.push(wanted);
        } else if let Some(at) = drafts.iter().position(|draft| draft.folder == wanted) {
            ordered.push(drafts.remove(at));
        } else if ordered.iter().any(|draft| draft.folder == wanted) {
            diagnostics.push(listed_twice(listed));
        } else if !has_programs && !silent.has_file_in(&wanted) {
            let near = nearest(&wanted, drafts.iter().map(|draft| draft.folder.as_str())).map(str::to_string);
            let help = match &near {
                Some(near) => format!("「{near}」の誤りではありませんか。"),
                None if silent.reports.contains(&wanted) => {
                    "このフォルダーには別の報告書.jigyo があります。写しなら消してください。".to_string()
                }
                None => "章のフォルダー名を、報告書.jigyo のあるフォルダーから書いてください。".to_string(),
            };
            meant.extend(near);
            diagnostics.push(
                Diagnostic::new(Code::J060, listed.line, format!("章のフォルダー「{wanted}」がありません。"))
                    .help(help),
            );
        }
    }
    for draft in drafts {
        if !meant.contains(&draft.folder) {
            diagnostics.push(
                Diagnostic::new(
                    Code::J060,
                    draft.head.heading,
                    format!("この章（フォルダー「{}」）が報告書の【構成】にありません。", draft.folder),
                )
                .help(format!(
                    "{} の【構成】に「{}」の行を加えるか、フォルダーを「_旧」に移してください。",
                    head.map_or("報告書.jigyo", |head| files.get(head.file).name()),
                    draft.folder
                )),
            );
        }
        unlisted.extend(draft.programs);
    }
    ordered
}

fn folder_name(typed: &str) -> String {
    typed.replace(['\\', '¥', '￥'], "/").trim_matches('/').trim_start_matches("./").to_string()
}

/// Programs in the order of the chapter's 【構成】, or of their names; and those it leaves out.
fn order_programs(
    files: &Files,
    draft: Draft,
    elsewhere: &BTreeMap<String, String>,
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) -> (Chapter, Vec<Program>) {
    let Draft { folder, head, mut programs } = draft;
    programs.sort_by(|a, b| natural_order::compare(&a.id, &b.id));
    let chapter = |programs, head| Chapter { folder: folder.clone(), head, programs, listing: Vec::new() };
    let Some(composition) = head.composition.clone().filter(|lines| !lines.is_empty()) else {
        return (chapter(programs, head), Vec::new());
    };
    let mut waiting: BTreeMap<String, Program> = BTreeMap::new();
    let mut left_out: Vec<Program> = Vec::new();
    for program in programs {
        if waiting.contains_key(&program.id) {
            left_out.push(program);
        } else {
            waiting.insert(program.id.clone(), program);
        }
    }
    let mut ordered: Vec<Program> = Vec::new();
    let mut meant: Vec<String> = Vec::new();
    for listed in composition.iter().filter(|listed| !listed.relisted) {
        let name = &listed.name.value;
        if let Some(program) = waiting.remove(name) {
            ordered.push(program);
        } else if ordered.iter().any(|program| &program.id == name) {
            diagnostics.push(listed_twice(listed));
        } else if let Some(renamed) = waiting.values().find(|program| has_name(program, name)).map(|p| p.id.clone()) {
            // The name inside is the one that is wanted: the file was renamed.
            if let Some(program) = waiting.remove(&renamed) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::J060,
                        program.heading,
                        format!("ファイルの名前が【構成】と違います（{renamed}.jigyo）。"),
                    )
                    .help(format!("ファイルの名前を「{name}.jigyo」に戻してください。"))
                    .related(listed.line, "【構成】ではこの名前です"),
                );
                ordered.push(program);
            }
        } else if !silent.has_stem(name) {
            let near = nearest(name, waiting.keys().map(String::as_str)).map(str::to_string);
            diagnostics.push(not_there(listed, near.as_deref(), elsewhere.get(name)));
            meant.extend(near);
        }
    }
    for program in waiting.values().filter(|program| !meant.contains(&program.id)) {
        diagnostics.push(
            Diagnostic::new(
                Code::J060,
                program.heading,
                format!("このファイル「{}」が章の【構成】にありません。", program.id),
            )
            .help(format!(
                "{} の【構成】に「{}」の行を加えるか、ファイルをフォルダー「_旧」に移してください。",
                files.get(head.file).name(),
                program.id
            )),
        );
    }
    left_out.extend(waiting.into_values());
    (chapter(ordered, head), left_out)
}

/// A name in a chapter's 【構成】 without its file.
fn not_there(listed: &Listed, near: Option<&str>, other_chapter: Option<&String>) -> Diagnostic {
    let name = &listed.name.value;
    if let Some(folder) = other_chapter {
        return Diagnostic::new(Code::J060, listed.line, format!("「{name}」は別の章（{folder}）の事業です。"))
            .help(format!("この章の一覧にも載せるなら「再掲　{name}」と書いてください。"));
    }
    let help = match near {
        Some(near) => format!("「{near}」の誤りではありませんか。"),
        None if name.starts_with("再掲") => "「再掲」の後に空白を1つ入れてください。".to_string(),
        None => "ファイルをこの章のフォルダーに置くか、この行を消してください。".to_string(),
    };
    Diagnostic::new(Code::J060, listed.line, format!("「{name}」のファイル（{name}.jigyo）が提出されていません。"))
        .help(help)
}

/// Whether the program's own name is the one that 【構成】 names, widths of brackets aside.
fn has_name(program: &Program, wanted: &str) -> bool {
    let unified = |text: &str| text.replace('(', "（").replace(')', "）");
    program.name.as_ref().is_some_and(|name| unified(&name.value) == unified(wanted))
}

fn listed_twice(listed: &Listed) -> Diagnostic {
    Diagnostic::new(Code::J061, listed.line, format!("「{}」が【構成】に2回あります。", listed.name.value))
        .help("どちらかの行を消してください。")
}

/// Rows of every list, with 再掲 resolved.
fn list_programs(
    report: &mut Report,
    compositions: &[Option<Vec<Listed>>],
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) {
    let places: BTreeMap<String, ProgramIndex> = report
        .chapters
        .iter()
        .enumerate()
        .flat_map(|(chapter, content)| {
            content
                .programs
                .iter()
                .enumerate()
                .map(move |(program, found)| (found.id.clone(), ProgramIndex { chapter, program }))
        })
        .collect();
    let unlisted: Vec<String> = report.unlisted.iter().map(|program| program.id.clone()).collect();
    for (index, chapter) in report.chapters.iter_mut().enumerate() {
        let Some(composition) = compositions.get(index).and_then(Option::as_ref).filter(|lines| !lines.is_empty())
        else {
            chapter.listing = (0..chapter.programs.len()).map(Listing::Own).collect();
            continue;
        };
        let (mut seen, mut relisted): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
        for listed in composition {
            let name = listed.name.value.as_str();
            let place = places.get(name);
            if !listed.relisted {
                if let Some(place) = place.filter(|place| place.chapter == index && seen.insert(name)) {
                    chapter.listing.push(Listing::Own(place.program));
                }
                continue;
            }
            match place {
                Some(_) if !relisted.insert(name) => diagnostics.push(listed_twice(listed)),
                Some(place) if place.chapter != index => {
                    chapter.listing.push(Listing::Relisted { target: *place, line: listed.line });
                }
                Some(_) => diagnostics.push(
                    Diagnostic::new(Code::J062, listed.line, format!("再掲「{name}」はこの章の事業です。"))
                        .help("再掲は、ほかの章の事業を載せるときに書きます。この行を消してください。"),
                ),
                // Said already where the program itself stands.
                None if unlisted.iter().any(|id| id == name) || silent.has_stem(name) => {}
                None => {
                    let near = nearest(name, places.keys().map(String::as_str));
                    let help = match near {
                        Some(near) => format!("「{near}」の誤りではありませんか。"),
                        None => "再掲する事業のファイル名（.jigyo の前まで）を書いてください。".to_string(),
                    };
                    diagnostics.push(
                        Diagnostic::new(Code::J062, listed.line, format!("再掲「{name}」という事業はありません。"))
                            .help(help),
                    );
                }
            }
        }
    }
}

/// The place of a program's own heading, for messages of the other modules.
impl Program {
    pub fn name_span(&self) -> Span {
        self.name.as_ref().map_or(self.heading, |name| name.span)
    }
}
