//! A chapter: its head, its number, its place among chapters in chapters, and what is wrong with it.

use super::build::{ViewBuilder, chapter_anchor, program_path, sum_view};
use super::contract::{ChapterView, ProseView};
use super::list_contract::ListView;
use super::sum::SumView;
use crate::model::{Chapter, ProgramIndex, Report};
use crate::source::FileId;
use crate::totals;

impl ViewBuilder<'_> {
    pub(super) fn chapter(&self, index: usize) -> Option<ChapterView<String>> {
        let report = self.input.report;
        let chapter = report.chapters.get(index)?;
        let overview = &chapter.head.overview;
        let anchor = chapter_anchor(index);
        let shown = |list: ListView| ListView {
            subtotal: self.shown_sum(list.subtotal),
            total: list.total.map(|total| self.shown_sum(total)),
            ..list
        };
        Some(ChapterView {
            fields: self.fields(&chapter.head.fields),
            sections: self.sections(chapter.head.contents(), &anchor),
            anchor,
            level: chapter.level,
            number: self.chapter_number(index),
            title: self.chapter_title(chapter),
            overview: (!overview.is_empty())
                .then(|| ProseView {
                    heading: "【取組の概要】".to_string(), blocks: self.blocks(&overview.blocks)
                }),
            list: report.has_list(index).then(|| shown(self.list(index, chapter))),
            whole: self.whole(index, if report.has_inner(index) { "計" } else { "小計" }),
            programs: (0..chapter.programs.len())
                .map(|program| program_path(ProgramIndex { chapter: index, program }))
                .collect(),
            faults: self.chapter_faults(index),
        })
    }

    /// Of a chapter with all chapters in it.
    pub(super) fn whole(&self, index: usize, label: &str) -> SumView {
        sum_view(label, totals::whole_chapter(self.input.report, index))
    }

    /// ①, or what 番号 says
    pub(super) fn chapter_number(&self, index: usize) -> String {
        self.input.report.chapter_number(index, |typed| self.printer.text(typed))
    }

    pub(super) fn chapter_level(&self, index: usize) -> usize {
        self.input.report.chapters.get(index).map_or(0, |chapter| chapter.level)
    }

    pub(super) fn chapter_title(&self, chapter: &Chapter) -> String {
        let title = chapter.head.title.as_ref();
        title.map_or_else(|| "（章の題名なし）".to_string(), |title| self.printer.text(&title.value))
    }

    /// ①人材の育成　計, below the last list of a chapter that has chapters in it
    pub fn whole_label(&self, index: usize) -> String {
        let title = self.input.report.chapters.get(index).map(|chapter| self.chapter_title(chapter));
        let number = self.chapter_number(index);
        let gap = Report::gap_behind(&number);
        format!("{number}{gap}{}　計", title.unwrap_or_default())
    }

    /// The errors of files that no page shows: in a draft they stand at the head of their chapter, or of the first one.
    fn chapter_faults(&self, index: usize) -> Vec<String> {
        let report = self.input.report;
        let printed: Vec<FileId> =
            report.chapters.iter().flat_map(|chapter| &chapter.programs).map(|program| program.file).collect();
        let home = |file: FileId| {
            let folder = self.input.files.get(file).folder();
            report.chapters.iter().position(|chapter| chapter.folder == folder).unwrap_or(0)
        };
        self.errors_of(|file| !printed.contains(&file) && home(file) == index, true)
    }
}
