//! The programs of one chapter in the order of its 【構成】, or of their names. J060 is reported here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::composition::Listed;
use super::draft::{ChapterDraft, ChapterInTree, UnreadFiles, listed_twice};
use super::misplaced::{Elsewhere, empty_composition, lies_elsewhere, not_there};
use super::{Chapter, MissingProgram, Owners, Program};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::natural_order;
use crate::source::{FileId, Files};
use crate::syntax::nearest;

/// What is known of names beyond their own chapter.
pub(super) struct KnownNames<'a> {
    pub(super) elsewhere: &'a Elsewhere,
    /// What the 【構成】 of other chapters name, with their folders
    pub(super) wanted: &'a BTreeMap<String, BTreeSet<String>>,
    /// Programs beside their chapters, said where they lie
    pub(super) misplaced: &'a BTreeSet<String>,
    pub(super) unread: &'a UnreadFiles,
    pub(super) owners: &'a Owners,
}

/// A chapter in order, and what its 【構成】 and its files do not share.
pub(super) struct Ordered {
    pub(super) chapter: Chapter,
    pub(super) left_out: Vec<Arc<Program>>,
    pub(super) missing: Vec<MissingProgram>,
}

pub(super) fn order_programs(
    files: &Files,
    placed: ChapterInTree,
    known: &KnownNames<'_>,
    diagnostics: &mut Diagnostics,
) -> Ordered {
    let ChapterInTree { draft: ChapterDraft { folder, head, mut programs, chapter_lines }, level, parent } = placed;
    let chapter = |folder, head, programs| Chapter { folder, head, level, parent, programs, listing: Vec::new() };
    programs.sort_by(|a, b| natural_order::compare(&a.id, &b.id));
    let Some(composition) = head.composition.as_ref().filter(|lines| !lines.is_empty()) else {
        if let Some(heading) = head.empty_composition.filter(|_| !programs.is_empty()) {
            diagnostics.push(empty_composition(heading, &programs));
        }
        return Ordered { chapter: chapter(folder, head, programs), left_out: Vec::new(), missing: Vec::new() };
    };
    let (mut order, mut left_out) = Order::new(&folder, programs, known);
    let of_programs = composition.iter().filter(|listed| !chapter_lines.contains(&listed.line));
    for listed in of_programs.filter(|listed| !listed.relisted) {
        order.place(listed, diagnostics);
    }
    for program in order.forgotten() {
        diagnostics.push(not_in_composition(files, program, head.file));
    }
    left_out.extend(order.waiting.into_values());
    let (programs, missing) = (order.ordered, order.missing);
    Ordered { chapter: chapter(folder, head, programs), left_out, missing }
}

/// A chapter's programs while its 【構成】 is gone through.
struct Order<'a> {
    folder: &'a str,
    known: &'a KnownNames<'a>,
    /// Programs that no line has named yet, by ID
    waiting: BTreeMap<String, Arc<Program>>,
    ordered: Vec<Arc<Program>>,
    /// Programs that a line without a file seems to mean
    meant: Vec<String>,
    missing: Vec<MissingProgram>,
    /// How many lines have no file
    absent: usize,
}

impl<'a> Order<'a> {
    /// With the programs whose ID another one has.
    fn new(folder: &'a str, programs: Vec<Arc<Program>>, known: &'a KnownNames<'a>) -> (Self, Vec<Arc<Program>>) {
        let (mut waiting, mut left_out) = (BTreeMap::new(), Vec::new());
        for program in programs {
            if waiting.contains_key(&program.id) {
                left_out.push(program);
            } else {
                waiting.insert(program.id.clone(), program);
            }
        }
        let (ordered, meant, missing) = Default::default();
        (Self { folder, known, waiting, ordered, meant, missing, absent: 0 }, left_out)
    }

    /// Puts the program that a line names at the end of those in order.
    fn place(&mut self, listed: &Listed, diagnostics: &mut Diagnostics) {
        let name = &listed.name.value;
        if let Some(program) = self.waiting.remove(name) {
            self.ordered.push(program);
        } else if self.ordered.iter().any(|program| &program.id == name) {
            diagnostics.push(listed_twice(listed));
        } else if let Some(program) = self.take_renamed(name) {
            diagnostics.push(renamed(listed, &program));
            self.ordered.push(program);
        } else if !self.known.unread.has_stem(name) && !self.known.misplaced.contains(name) {
            diagnostics.push(self.without_file(listed));
        }
    }

    /// The name inside is the one that is wanted: the file was renamed.
    fn take_renamed(&mut self, name: &str) -> Option<Arc<Program>> {
        let id = self.waiting.values().find(|program| has_name(program, name))?.id.clone();
        self.waiting.remove(&id)
    }

    fn without_file(&mut self, listed: &Listed) -> Diagnostic {
        let name = &listed.name.value;
        // With many names missing nobody reads the suggestions, and each costs a look at every file.
        let candidates = self.waiting.keys().take(if self.absent < 100 { usize::MAX } else { 0 });
        let near = nearest(name, candidates.map(String::as_str)).map(str::to_string);
        self.absent += 1;
        if let Some((id, place)) = self.known.elsewhere.find(name, self.folder) {
            return lies_elsewhere(listed, &id, &place, self.folder);
        }
        let department = self.known.owners.of(name).map(str::to_string);
        let said = not_there(listed, near.as_deref(), department.as_deref());
        match near {
            Some(near) => self.meant.push(near),
            None => self.missing.push(MissingProgram { id: name.clone(), line: listed.line, department }),
        }
        said
    }

    /// Programs that no line names. One that another chapter names was reported there.
    fn forgotten(&self) -> impl Iterator<Item = &Program> {
        let is_named = |name: &str| {
            self.known.wanted.get(name).is_some_and(|folders| folders.iter().any(|other| other != self.folder))
        };
        let is_wanted = move |program: &Program| {
            is_named(&program.id) || program.name.as_ref().is_some_and(|name| is_named(&name.value))
        };
        let waiting = self.waiting.values().map(Arc::as_ref);
        waiting.filter(move |program| !self.meant.contains(&program.id) && !is_wanted(program))
    }
}

/// Whether the program's own name is the one that 【構成】 names, widths of brackets aside.
fn has_name(program: &Program, wanted: &str) -> bool {
    let unified = |text: &str| text.replace('(', "（").replace(')', "）");
    program.name.as_ref().is_some_and(|name| unified(&name.value) == unified(wanted))
}

fn renamed(listed: &Listed, program: &Program) -> Diagnostic {
    Diagnostic::new(
        Code::J060,
        program.heading,
        format!("ファイルの名前が【構成】と違います（{}.jigyo）。", program.id),
    )
    .help(format!("ファイルの名前を「{}.jigyo」に戻してください。", listed.name.value))
    .related(listed.line, "【構成】ではこの名前です")
}

fn not_in_composition(files: &Files, program: &Program, chapter: FileId) -> Diagnostic {
    Diagnostic::new(Code::J060, program.heading, format!("このファイル「{}」が章の【構成】にありません。", program.id))
        .help(format!(
            "{} の【構成】に「{}」の行を加えるか、ファイルをフォルダー「_旧」に移してください。",
            files.get(chapter).name(),
            program.id
        ))
}
