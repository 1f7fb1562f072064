//! The picture of some pages of a report.

use super::build::{ViewBuilder, chapter_anchor, program_path};
use super::contract::{ExcerptView, RunView, View};
use crate::model::ProgramIndex;

/// Pages of a report that follow each other, and the programs on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRun {
    /// Number printed on the first page
    pub first_page: u32,
    /// The chapter whose own pages they are, from its head on, in a report whose programs have no pages of their own
    pub chapter: Option<usize>,
    pub programs: Vec<ProgramIndex>,
}

impl ViewBuilder<'_> {
    /// The report cut down to the programs of the runs. `title` stands in the head of every page.
    pub fn excerpt(&self, title: &str, runs: &[PageRun]) -> View<String> {
        let paths = |run: &PageRun| run.programs.iter().map(|index| program_path(*index)).collect::<Vec<String>>();
        let printed: Vec<String> = runs.iter().flat_map(paths).collect();
        let mut view = self.report();
        for chapter in &mut view.chapters {
            chapter.programs.retain(|path| printed.contains(path));
        }
        view.chapters.retain(|chapter| !chapter.programs.is_empty());
        view.front.clear();
        view.back.clear();
        view.excerpt = Some(ExcerptView {
            title: self.printer.text(title),
            runs: runs
                .iter()
                .map(|run| RunView {
                    first_page: run.first_page,
                    chapter: run.chapter.map(chapter_anchor),
                    programs: paths(run),
                })
                .collect(),
        });
        view
    }
}
