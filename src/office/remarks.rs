//! How much the offices still have to say to each other, by program and by department.

use super::UNDECIDED;
use super::text::item;
use crate::pipeline::{Checked, OFFICE};
use crate::remarks::{EntryKind, RemarkTexts, path_of, program_remarks};
use crate::source::FileId;

/// Of one department, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RemarkCounts {
    /// Remarks on which somebody must still say something
    pub open: usize,
    /// Programs that were sent back
    pub sent_back: usize,
    /// Programs that were confirmed
    pub confirmed: usize,
}

/// What is said of one program, chapter or report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkedProgram {
    pub department: String,
    pub name: String,
    pub open: usize,
    /// 差戻し or 確認, and when
    pub state: Option<(EntryKind, String)>,
}

/// The remarks of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemarkTable {
    /// In the order of the report
    pub programs: Vec<RemarkedProgram>,
}

impl RemarkTable {
    pub(super) const HEADS: [&str; 3] = ["連絡（済んでいないもの）", "差戻しの事業", "確認した事業"];

    /// Nothing where nobody has said anything.
    pub fn of(checked: &Checked, texts: &RemarkTexts) -> Option<Self> {
        let report = &checked.report;
        let heads = report.chapters.iter().map(|chapter| (chapter.head.file, chapter.head.title.as_ref()));
        let heads = report.head.iter().map(|head| (head.file, head.title.as_ref())).chain(heads);
        let programs = report.all_programs().map(|program| (program.file, program.name.as_ref()));
        let named = heads.chain(programs).filter_map(|(file, name)| {
            let text = texts.get(&path_of(checked.files.get(file).path()))?;
            Some(row(checked, file, name.map(|name| name.value.clone()), text))
        });
        let programs: Vec<RemarkedProgram> = named.filter(|row| row.open > 0 || row.state.is_some()).collect();
        (!texts.is_empty()).then_some(Self { programs })
    }

    /// Of all.
    pub fn total(&self) -> RemarkCounts {
        count(self.programs.iter())
    }

    /// Of one department.
    pub fn of_department(&self, department: &str) -> RemarkCounts {
        count(self.programs.iter().filter(|program| program.department == department))
    }
}

impl RemarkedProgram {
    /// 連絡 1　差戻し 2026-11-30
    pub(super) fn words(&self) -> String {
        let open = (self.open > 0).then(|| format!("連絡 {}", self.open));
        let state = self.state.as_ref().map(|(kind, date)| format!("{} {date}", kind.word()).trim_end().to_string());
        open.into_iter().chain(state).collect::<Vec<_>>().join("　")
    }
}

impl RemarkCounts {
    /// In the order of `HEADS`.
    pub(super) fn cells(self) -> [String; 3] {
        [self.open, self.sent_back, self.confirmed].map(|number| number.to_string())
    }
}

fn row(checked: &Checked, file: FileId, name: Option<String>, text: &str) -> RemarkedProgram {
    let remarks = program_remarks(text);
    let is_program = checked.report.all_programs().any(|program| program.file == file);
    let without = if is_program { UNDECIDED } else { OFFICE };
    RemarkedProgram {
        department: checked.departments.get(&file).map_or(without, String::as_str).to_string(),
        name: name.unwrap_or_else(|| checked.files.get(file).stem().to_string()),
        open: remarks.open(),
        state: remarks.state().map(|entry| (entry.kind, entry.date.clone())),
    }
}

fn count<'a>(programs: impl Iterator<Item = &'a RemarkedProgram>) -> RemarkCounts {
    programs.fold(RemarkCounts::default(), |counts, program| {
        let is = |kind| usize::from(program.state.as_ref().is_some_and(|(own, _)| *own == kind));
        RemarkCounts {
            open: counts.open + program.open,
            sent_back: counts.sent_back + is(EntryKind::SentBack),
            confirmed: counts.confirmed + is(EntryKind::Confirmed),
        }
    })
}

/// Below the table of a terminal: each program of which something is said.
pub fn render_remarks(table: &RemarkTable) -> String {
    let RemarkCounts { open, sent_back, confirmed } = table.total();
    let mut text = format!("\n連絡（済んでいないもの {open}、差戻し {sent_back}、確認 {confirmed}）\n");
    for program in &table.programs {
        text.push_str(&item(&format!("{}（{}）　{}", program.name, program.department, program.words())));
    }
    text
}
