//! The picture of some pages of a report.

use std::collections::BTreeMap;

use super::build::{ViewBuilder, chapter_anchor, program_path};
use super::contract::{ExcerptView, RunChapterView, RunView, View};
use crate::model::ProgramIndex;

/// Pages of a report that follow each other, and what is on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRun {
    /// Number printed on the first page
    pub first_page: u32,
    /// The report's title stands above all.
    pub has_title: bool,
    pub programs: Vec<ProgramIndex>,
    /// Chapters whose heads are on these pages, each with how many of the programs stand before it
    pub chapters: Vec<(usize, usize)>,
}

impl ViewBuilder<'_> {
    /// The report cut down to the programs of the runs. `title` stands in the head of every page; `pages`: the numbers of all
    /// pages that a list may name, by anchor.
    pub fn excerpt(&self, title: &str, runs: &[PageRun], pages: BTreeMap<String, String>) -> View<String> {
        let paths = |run: &PageRun| run.programs.iter().map(|index| program_path(*index)).collect::<Vec<String>>();
        let printed: Vec<String> = runs.iter().flat_map(paths).collect();
        let heads: Vec<String> =
            runs.iter().flat_map(|run| &run.chapters).map(|(_, chapter)| chapter_anchor(*chapter)).collect();
        let mut view = self.report();
        for chapter in &mut view.chapters {
            chapter.programs.retain(|path| printed.contains(path));
        }
        view.chapters.retain(|chapter| !chapter.programs.is_empty() || heads.contains(&chapter.anchor));
        view.front.clear();
        view.back.clear();
        let run_view = |run: &PageRun| RunView {
            first_page: run.first_page,
            has_title: run.has_title,
            programs: paths(run),
            chapters: run
                .chapters
                .iter()
                .map(|(before, chapter)| RunChapterView { before: *before, anchor: chapter_anchor(*chapter) })
                .collect(),
        };
        view.excerpt =
            Some(ExcerptView { title: self.printer.text(title), runs: runs.iter().map(run_view).collect(), pages });
        view
    }
}
