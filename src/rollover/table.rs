//! One table: this year's column becomes the column of the year before, and the new one is left open.

use super::Rollover;
use super::draft::Draft;
use crate::model::{Columns, FiscalYear, Indicator, PLACEHOLDER, Role, Row, next_label, split_year, years_in};
use crate::source::Span;
use crate::syntax::chars::without_blanks;
use crate::syntax::{Line, LineKind, Section};

/// From which old column each new one takes its values; nothing for one that is left open.
type Sources = Vec<Option<usize>>;

/// Lines of a table that hold cells, as they are met.
pub(super) enum Cells<'a> {
    /// Label and values; whether ・ rows follow
    Row { line: Span, cells: &'a [Span], heads_group: bool },
    /// ＋ below a row that was moved
    More { line: Span, cells: &'a [Span] },
}

/// What a ＋ line goes on from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    Row,
    /// Of what is taken out
    Old,
    Other,
}

impl Rollover<'_> {
    pub(super) fn move_table(&self, draft: &mut Draft<'_>, section: &Section, table: &Indicator) {
        match &table.declared {
            Some(declared) => self.move_declared(draft, section, table, declared),
            None => self.move_own(draft, section, table),
        }
    }

    /// A table whose columns are those of the language, or its own.
    fn move_own(&self, draft: &mut Draft<'_>, section: &Section, table: &Indicator) {
        let sources = self.sources(table);
        let is_carried = |column| sources.contains(&Some(column));
        // Where every column but the oldest year's is carried over nothing is lost: that one stood in the report before too.
        let loses = sources.len() < 2 || !(1..sources.len()).all(is_carried);
        let old_notes = self.walk_table(draft, section, |draft, met| match met {
            Cells::Row { line, cells, heads_group } => match table.rows.iter().find(|row| row.span == line) {
                Some(row) => {
                    draft.keep_title(row.label.span, self.current);
                    move_row(draft, row, cells, &sources, heads_group)
                }
                None => {
                    self.move_heads(draft, cells);
                    Above::Other
                }
            },
            Cells::More { line, cells } => {
                move_continuation(draft, line, cells, &sources);
                Above::Row
            }
        });
        let lost = if loses { draft.lines_of(section) } else { old_notes };
        if loses || !lost.is_empty() {
            draft.add_memo(section, &lost);
        }
    }

    /// Goes through the lines of a table: its caption moves on, `meet` does with the cells what is to be done. Notes about a year
    /// and what goes on from what is taken out are taken out too, and given back.
    pub(super) fn walk_table<'d>(
        &self,
        draft: &mut Draft<'d>,
        section: &Section,
        mut meet: impl FnMut(&mut Draft<'d>, Cells<'_>) -> Above,
    ) -> Vec<&'d str> {
        draft.move_title(section.rest, self.current);
        let lines: Vec<&Line> = section.lines.iter().filter(|line| line.kind != LineKind::Blank).collect();
        let mut above = Above::Other;
        let mut old: Vec<Span> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            above = match &line.kind {
                LineKind::Row { cells, .. } => {
                    let heads_group = lines.get(index + 1..).is_some_and(opens_group);
                    meet(draft, Cells::Row { line: line.span, cells, heads_group })
                }
                LineKind::Note { text } if speaks_of_a_year(draft.text(*text)) => {
                    old.push(line.span);
                    Above::Old
                }
                LineKind::Continuation { cells } if above == Above::Row => {
                    meet(draft, Cells::More { line: line.span, cells })
                }
                LineKind::Continuation { .. } if above == Above::Old => {
                    old.push(line.span);
                    Above::Old
                }
                LineKind::Continuation { .. }
                | LineKind::Note { .. }
                | LineKind::Label { .. }
                | LineKind::Unread
                | LineKind::Misread { .. }
                | LineKind::Blank
                | LineKind::Field { .. }
                | LineKind::Paragraph
                | LineKind::Subheading { .. }
                | LineKind::Item { .. }
                | LineKind::Bullet { .. }
                | LineKind::Name { .. } => Above::Other,
            };
        }
        for line in &old {
            draft.delete_line(*line);
        }
        old.iter().map(|line| draft.text(*line)).collect()
    }

    /// The heads above the columns.
    pub(super) fn move_heads(&self, draft: &mut Draft<'_>, cells: &[Span]) {
        cells.iter().skip(1).for_each(|cell| self.move_head(draft, *cell));
    }

    fn move_head(&self, draft: &mut Draft<'_>, cell: Span) {
        match next_label(draft.text(cell), self.current) {
            Some(next) => draft.replace(cell, next),
            None => draft.keep_title(cell, self.current),
        }
    }

    /// A column of a year takes the values of the column that named this year before.
    fn sources(&self, table: &Indicator) -> Sources {
        let Columns::Own(columns) = &table.columns else { return vec![Some(1), None] };
        // As `next_label` reads it, which moves the heads: what it leaves alone keeps no values of another year. 前年度 goes on
        // to be the year before the new report's, 当年度 is its own.
        let year_of = |head: &str| split_year(head).map(|(year, behind)| (year.resolve(self.current), behind));
        let old: Vec<_> = columns.iter().map(|column| year_of(&column.label.value)).collect();
        let find = |(year, behind): &(FiscalYear, String)| {
            old.iter().position(|old| old.as_ref().is_some_and(|(own, words)| *own == year.next() && words == behind))
        };
        let sources = old.iter().map(|head| head.as_ref().and_then(find)).enumerate();
        // In what a row counts stays from year to year.
        let is_unit = |place: usize| columns.get(place).is_some_and(|own| without_blanks(&own.label.value) == "単位");
        sources.map(|(place, source)| source.or(Some(place).filter(|place| is_unit(*place)))).collect()
    }
}

/// As the lowering sees it: notes and ＋ lines do not part a label from its children.
fn opens_group(following: &[&Line]) -> bool {
    let next =
        following.iter().find(|line| !matches!(line.kind, LineKind::Note { .. } | LineKind::Continuation { .. }));
    next.is_some_and(|line| {
        matches!(line.kind, LineKind::Row { child: true, .. } | LineKind::Label { child: true, .. })
    })
}

/// Moves the values of a row. One that has too few or too many was reported, and stays.
fn move_row(draft: &mut Draft<'_>, row: &Row, cells: &[Span], sources: &Sources, heads_group: bool) -> Above {
    let values = cells.get(1..).unwrap_or(&[]);
    let surplus = values.get(sources.len()..).is_none_or(|rest| rest.iter().any(|cell| !cell.is_empty()));
    if row.role == Role::Group || row.label.span != cells.first().copied().unwrap_or(row.span) || surplus {
        return Above::Other;
    }
    let text = |column: usize| values.get(column).map_or("", |cell| draft.text(*cell));
    let mut moved: Vec<&str> = sources
        .iter()
        .enumerate()
        .map(|(column, source)| match source {
            Some(source) => text(*source),
            // A cell that is shared with the one above stays so.
            None if text(column) == "↑" => "↑",
            None => "",
        })
        .collect();
    if heads_group
        && row.role == Role::Plain
        && moved.iter().all(|value| value.is_empty())
        && let Some(first) = moved.first_mut()
    {
        *first = PLACEHOLDER;
    }
    for (cell, value) in values.iter().zip(moved) {
        draft.replace(*cell, value);
    }
    Above::Row
}

/// Moves what goes on in the cells of the row above; a line of which nothing is left goes.
fn move_continuation(draft: &mut Draft<'_>, line: Span, cells: &[Span], sources: &Sources) {
    let text = |index: usize| cells.get(index).map_or("", |cell| draft.text(*cell));
    let moved: Vec<&str> = sources.iter().map(|source| source.map_or("", |column| text(column + 1))).collect();
    if text(0).is_empty() && moved.iter().all(|value| value.is_empty()) {
        draft.delete_line(line);
        return;
    }
    for (cell, value) in cells.iter().skip(1).zip(moved) {
        draft.replace(*cell, value);
    }
}

/// A note about a year or a day is about the values that it was written for.
fn speaks_of_a_year(note: &str) -> bool {
    !years_in(note).is_empty() || ["年度", "月末", "日現在"].iter().any(|word| note.contains(word))
}
