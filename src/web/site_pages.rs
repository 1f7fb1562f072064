//! What stands on each kind of page beside the report itself, and what a catalogue says of it.

use minijinja::context;
use minijinja::value::Value;
use serde::Serialize;

use super::catalog::Entry;
use super::edition::EditionProgram;
use super::links::{Link, YearLink};
use super::site::{ProgramFacts, Site};
use crate::view::{BlockView, ListColumnKind, ListColumnView, ListRowView, ListShapeView, ProgramView, View};

/// A cell of the one row that there is of a program in a wide table.
#[derive(Serialize)]
pub(super) struct RowItem<'a> {
    pub(super) head: &'a str,
    kind: ListColumnKind,
    pub(super) text: &'a str,
    pub(super) blocks: &'a [BlockView],
    pub(super) parts: &'a [String],
    pub(super) rows: &'a [Vec<String>],
}

impl Site<'_> {
    pub(super) fn front(&self) -> Value {
        context! { jsonld => Value::from_serialize(self.catalog.dataset(&self.whole(), "")) }
    }

    /// The whole report, as a catalogue names it.
    pub(super) fn whole(&self) -> Entry {
        let view = self.input.view;
        let by = if view.publisher.is_empty() { String::new() } else { format!("（{}）", view.publisher) };
        Entry {
            name: view.title.clone(),
            description: format!(
                "{}の事業{}件の実績、指標、本文のデータ{by}",
                view.fiscal_year.label,
                self.input.programs.len()
            ),
            identifier: None,
            page: "index.html".to_string(),
            data: self.input.data.clone(),
        }
    }

    /// A program, as a catalogue names it.
    fn entry(&self, program: &ProgramView, facts: &ProgramFacts) -> Entry {
        Entry {
            name: program.name.clone(),
            description: description_of(program, self.input.view),
            identifier: Some(program.id.clone()),
            page: self.path_of(&program.anchor),
            data: facts.data.clone(),
        }
    }

    pub fn catalogue(&self) -> String {
        let programs: Vec<Entry> = self
            .input
            .programs
            .iter()
            .zip(&self.input.facts)
            .map(|(program, facts)| self.entry(program, facts))
            .collect();
        self.catalog.dcat(&self.whole(), &programs)
    }

    pub(super) fn chapter(&self, at: usize) -> Value {
        let chapters = &self.input.view.chapters;
        let Some(own) = chapters.get(at) else { return context! {} };
        let inner = chapters.iter().enumerate().skip(at + 1).take_while(|(_, other)| other.level > own.level);
        let inner: Vec<usize> = inner.filter(|(_, other)| other.level == own.level + 1).map(|(at, _)| at).collect();
        context! { chapter => at, inner => inner }
    }

    pub(super) fn program(&self, at: usize) -> Value {
        let (Some(program), Some(facts)) = (self.input.programs.get(at), self.input.facts.get(at)) else {
            return context! {};
        };
        let path = self.path_of(&program.anchor);
        let near = |at: Option<usize>| at.and_then(|at| self.input.programs.get(at)).map(|own| self.program_link(own));
        let own = self.input.edition.programs.get(at);
        context! {
            program => Value::from_serialize(program),
            chapter => self.chapter_of(at),
            reading => facts.reading,
            data => Value::from_serialize(&facts.data),
            description => description_of(program, self.input.view),
            previous => Value::from_serialize(near(at.checked_sub(1))),
            next => Value::from_serialize(near(Some(at + 1))),
            year_before => Value::from_serialize(own.and_then(|own| self.year_before(own))),
            year_after => Value::from_serialize(self.year_after(&path)),
            row => Value::from_serialize(self.row(program)),
            jsonld => Value::from_serialize(self.catalog.dataset(&self.entry(program, facts), "../")),
        }
    }

    /// A program's page of the year before, if it is there.
    fn year_before(&self, own: &EditionProgram) -> Option<YearLink> {
        let (way, edition) = self.input.neighbours.previous.as_ref()?;
        let was = own.was.as_ref()?;
        let found = edition.programs.iter().find(|program| program.path == *was)?;
        Some(YearLink { label: edition.year_label.clone(), name: found.name.clone(), path: format!("{way}{was}") })
    }

    fn year_after(&self, path: &str) -> Option<YearLink> {
        let (way, edition) = self.input.neighbours.next.as_ref()?;
        let next = edition.successor_of(path)?;
        Some(YearLink {
            label: edition.year_label.clone(),
            name: next.name.clone(),
            path: format!("{way}{}", next.path),
        })
    }

    /// What there is of a program that has no pages of its own on paper: the cells of its row. Its name and No. stand above.
    pub(super) fn row(&self, program: &ProgramView) -> Option<Vec<RowItem<'_>>> {
        let view = self.input.view;
        if view.layout.list != ListShapeView::Wide {
            return None;
        }
        let is_own = |row: &&ListRowView| row.anchor == program.anchor && !row.relisted;
        let row = view
            .chapters
            .iter()
            .filter_map(|chapter| chapter.list.as_ref())
            .flat_map(|list| &list.rows)
            .find(is_own)?;
        let is_shown = |column: &ListColumnView| !matches!(column.kind, ListColumnKind::Page | ListColumnKind::Name);
        let cells = view.list_columns.iter().zip(&row.cells).filter(|(column, _)| is_shown(column));
        let items = cells.map(|(column, cell)| RowItem {
            head: &column.head,
            kind: column.kind,
            text: &cell.text,
            blocks: &cell.blocks,
            parts: &column.parts,
            rows: &cell.rows,
        });
        Some(items.collect())
    }

    pub(super) fn moved(&self, at: usize) -> Value {
        let Some(own) = self.input.moved.get(at) else { return context! {} };
        let now = own.anchor.as_deref().map(|anchor| Link { label: self.name_of(anchor), path: self.path_of(anchor) });
        let before = self.input.neighbours.previous.as_ref().filter(|(_, edition)| edition.has(&own.path));
        let before = before.map(|(way, edition)| YearLink {
            label: edition.year_label.clone(),
            name: own.name.clone(),
            path: format!("{way}{}", own.path),
        });
        context! {
            now => Value::from_serialize(now),
            year_before => Value::from_serialize(before),
            is_chapter => own.path.starts_with("chapters/"),
        }
    }

    fn name_of(&self, anchor: &str) -> String {
        let program = self.input.programs.iter().find(|program| program.anchor == anchor).map(|program| &program.name);
        let chapter = || self.input.view.chapters.iter().find(|chapter| chapter.anchor == anchor).map(|own| &own.title);
        program.or_else(chapter).cloned().unwrap_or_default()
    }
}

/// The first words of what a program is for.
fn description_of(program: &ProgramView, view: &View<String>) -> String {
    const LONGEST: usize = 160;
    let overview = program.sections.iter().find(|section| section.role == "overview");
    let texts =
        overview.map(|section| section.blocks.iter().map(|block| block.text.replace('\n', "")).collect::<String>());
    let text = texts.filter(|text| !text.is_empty());
    let text = text.unwrap_or_else(|| format!("{}の「{}」の実績", view.fiscal_year.label, program.name));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
