//! 【基本方針事業一覧】 of a chapter.

use super::build::{ViewBuilder, program_anchor, sum_view};
use super::contract::{ListRowView, ListView};
use crate::model::{Category, Chapter, Department, Listing, ProgramIndex};
use crate::totals;

impl ViewBuilder<'_> {
    pub(super) fn list(&self, index: usize, chapter: &Chapter) -> ListView {
        let report = self.input.report;
        let is_last = report.last_list(0..report.chapters.len()) == Some(index);
        let is_last_of_several = report.chapters.len() > 1 && is_last;
        let wholes = report.chapters_ending_with(index).into_iter();
        ListView {
            heading: "【基本方針事業一覧】".to_string(),
            rows: chapter.listing.iter().filter_map(|listing| self.list_row(index, *listing)).collect(),
            subtotal: sum_view("小計", totals::subtotal(chapter)),
            wholes: wholes.map(|chapter| self.whole(chapter, &self.whole_label(chapter))).collect(),
            total: is_last_of_several.then(|| sum_view("合計", totals::total(report))),
            notes: self.list_notes(chapter),
        }
    }

    fn list_row(&self, chapter: usize, listing: Listing) -> Option<ListRowView> {
        let report = self.input.report;
        let (place, relisted) = match listing {
            Listing::Own(program) => (ProgramIndex { chapter, program }, false),
            Listing::Relisted { target, .. } => (target, true),
        };
        let program = report.program(place)?;
        let amount = self.amount_text(program);
        Some(ListRowView {
            no: if relisted { "再掲".to_string() } else { (place.program + 1).to_string() },
            name: self.program_name(program),
            amount: if relisted { format!("（{amount}）") } else { amount },
            new: if program.category() == Category::New { "○".to_string() } else { String::new() },
            departments: list_departments(&program.departments, |name| self.printer.text(name)),
            anchor: program_anchor(place),
            relisted,
            faulty: self.errors.is_in(program.file),
        })
    }

    fn list_notes(&self, chapter: &Chapter) -> Vec<String> {
        let sums = match self.input.report.chapters.len() {
            _ if self.input.report.is_nested() => "小計、計及び合計",
            0 | 1 => "小計",
            _ => "小計及び合計",
        };
        let mut notes = Vec::new();
        if chapter.listing.iter().any(|listing| matches!(listing, Listing::Relisted { .. })) {
            notes.push(format!("再掲の事業費は（ ）内に示し、{sums}に含まない。"));
        }
        for (place, program) in chapter.programs.iter().enumerate() {
            if let Some(reason) = &program.outside_total {
                let reason = self.printer.text(reason.value.trim_end_matches('。'));
                notes.push(format!("No.{}の事業費は{sums}に含まない（{reason}）。", place + 1));
            }
        }
        notes
    }
}

/// Each department once, with its regional office.
pub fn list_departments(departments: &[Department], print: impl Fn(&str) -> String) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for department in departments {
        let office = department.office.as_ref().map(|office| format!("（{office}）")).unwrap_or_default();
        let name = print(&format!("{}{office}", department.name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
