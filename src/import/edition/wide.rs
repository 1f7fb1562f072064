//! Programs of a wide list (一覧の形：表): their rows are all that is printed of them.

use super::drafts::{BodyLine, DraftBody, DraftProgram};
use super::figures::{declared_rows, own_rows};
use super::pieces::{Covered, Line, Slot, Style};
use super::program_list::{ListedRow, PrintedList, columns};
use super::tables::{PrintedRow, PrintedTable};
use crate::form::ColumnSource;
use crate::import::draft::{Row, RowKind};
use crate::model::Context;
use crate::syntax::SectionKind;

/// The programs of a list whose own head rows are `heads`.
pub(super) fn programs(list: &PrintedList<'_>, heads: &[Vec<Slot>], context: &Context) -> Vec<DraftProgram> {
    let places = columns(&context.form, heads);
    let own = list.rows.iter().filter(|row| !row.listed.is_relisted);
    own.map(|row| program(row, (&places, &list.heads), context)).collect()
}

fn program(row: &ListedRow<'_>, (places, heads): (&[(usize, usize)], &[String]), context: &Context) -> DraftProgram {
    let first = row.rows.first().copied().unwrap_or_default();
    let mut body = DraftBody::default();
    let mut place = String::new();
    for (column, (begin, end)) in context.form.list.columns.iter().zip(places) {
        let Some(slot) = first.get(*begin) else { continue };
        place = slot.lines.first().map_or(place, |line| line.place.clone());
        match &column.what {
            ColumnSource::Amount => body.amount = Some(slot.text()),
            ColumnSource::New => {
                body.category = (!slot.text().is_empty()).then(|| "新規".to_string()).or(body.category)
            }
            ColumnSource::Category => body.category = Some(slot.text()).filter(|text| !text.is_empty()),
            ColumnSource::Department => body.departments = departments(&slot.text()),
            ColumnSource::Field(name) => {
                let text = slot.text().replace('\n', "");
                body.fields.extend((!text.is_empty()).then_some((*name, text)));
            }
            ColumnSource::Choice(kind) => choice(*kind, slot, &mut body),
            ColumnSource::Grade(kind, at) => grade((*kind, *at), slot, context, &mut body),
            ColumnSource::Prose(kind) => {
                if !slot.lines.is_empty() {
                    body.open(*kind, "");
                    prose(&slot.lines, &mut body);
                }
            }
            ColumnSource::Table(kind) => {
                let cells = row.rows.iter().filter_map(|row| row.get(*begin..*end)).collect::<Vec<_>>();
                let heads = heads.get(*begin + 1..*end).unwrap_or_default();
                table(*kind, &cells, heads, context, &mut body);
            }
            ColumnSource::Number | ColumnSource::Name | ColumnSource::Page | ColumnSource::Cell(..) => {}
        }
    }
    DraftProgram {
        name: row.listed.name.clone(),
        place,
        anchor: row.listed.anchor.clone(),
        body,
        ..DraftProgram::default()
    }
}

/// A regional office may stand below its department.
fn departments(text: &str) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        match made.last_mut().filter(|_| line.starts_with('（')) {
            Some(last) => last.push_str(line),
            None => made.push(line.to_string()),
        }
    }
    made
}

fn prose(lines: &[Line], body: &mut DraftBody) {
    for line in lines {
        body.push(BodyLine::Prose { marker: line.marker.clone(), text: line.text.clone() });
    }
}

/// The choice, and below it what is said of it.
fn choice(kind: SectionKind, slot: &Slot, body: &mut DraftBody) {
    let Some((first, reasons)) = slot.lines.split_first() else { return };
    body.open(kind, "");
    body.push(BodyLine::Choice(first.flat()));
    prose(reasons, body);
}

fn grade((kind, at): (SectionKind, usize), slot: &Slot, context: &Context, body: &mut DraftBody) {
    let Some(criterion) = context.form.criterion(kind, at) else { return };
    let Some((grade, reasons)) = slot.lines.split_first() else { return };
    let reasons: Vec<&str> = reasons.iter().map(|line| line.text.as_str()).collect();
    let values = if reasons.is_empty() { vec![grade.flat()] } else { vec![grade.flat(), reasons.join("\n")] };
    if body.sections.last().is_none_or(|section| section.kind != kind) {
        body.open(kind, "");
    }
    body.push(BodyLine::Row(Row { label: criterion.name.clone(), values, ..Row::default() }));
}

/// Rows that stand beside those of other programs; titles and notes go over all columns of the table.
fn table(kind: SectionKind, rows: &[&[Slot]], heads: &[String], context: &Context, body: &mut DraftBody) {
    let mut tables: Vec<(String, PrintedTable, Vec<&Line>)> = Vec::new();
    for row in rows {
        let Some((label, values)) = row.split_first() else { continue };
        if label.covered != Covered::No || label.lines.is_empty() {
            continue;
        }
        let is_whole = !values.is_empty() && values.iter().all(|slot| slot.covered == Covered::Left);
        let has_rows = tables.last().is_some_and(|(_, table, _)| !table.rows.is_empty());
        let new = || PrintedTable { heads: heads.to_vec(), rows: Vec::new() };
        if is_whole && label.text() == "—" && tables.is_empty() {
            continue;
        }
        let is_note = label.lines.iter().any(|line| !line.marker.is_empty() || line.style == Style::Note);
        if is_whole && !is_note {
            tables.push((label.text(), new(), Vec::new()));
            continue;
        }
        if tables.is_empty() && !is_whole {
            tables.push((String::new(), new(), Vec::new()));
        }
        let Some((_, table, notes)) = tables.last_mut() else { continue };
        if is_whole {
            notes.extend(label.lines.iter().filter(|_| has_rows));
            continue;
        }
        let text = label.text();
        let bare = text.trim_start_matches('　');
        let values =
            values.iter().map(|slot| if slot.covered == Covered::Above { "↑".to_string() } else { slot.text() });
        table.rows.push(PrintedRow {
            label: bare.to_string(),
            level: usize::from(bare.len() < text.len()),
            values: values.collect(),
            ..PrintedRow::default()
        });
    }
    for (caption, mut table, notes) in tables {
        part_groups(&mut table.rows);
        let rows = match context.form.table(kind) {
            Some(declared) => declared_rows(&table, declared),
            None => own_rows(&table, context.fiscal_year),
        };
        body.open(kind, &caption);
        rows.into_iter().for_each(|row| body.push(BodyLine::Row(row)));
        for note in notes {
            let label = note.text.clone();
            body.push(BodyLine::Row(Row { kind: RowKind::Note, label, ..Row::default() }));
        }
    }
}

/// 受診率　肺がん and 受診率　大腸がん are rows of a group: its label stands before each of them, a blank behind it.
fn part_groups(rows: &mut [PrintedRow]) {
    let group = |row: &PrintedRow| {
        let label = row.label.split_once('　').filter(|_| row.level == 0);
        label.map(|(group, label)| (group.to_string(), label.to_string()))
    };
    let parted: Vec<Option<(String, String)>> = rows.iter().map(group).collect();
    let label = |at: Option<usize>| at.and_then(|at| parted.get(at)).and_then(Option::as_ref).map(|(group, _)| group);
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(Some((group, own))) = parted.get(at) else { continue };
        let goes_on = label(at.checked_sub(1)) == Some(group);
        if goes_on || label(Some(at + 1)) == Some(group) {
            row.opens = (!goes_on).then(|| group.clone());
            row.in_group = true;
            row.label.clone_from(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_share_a_label_are_a_group() {
        let row = |label: &str| PrintedRow { label: label.to_string(), ..PrintedRow::default() };
        let mut rows = ["受診率　肺がん", "受診率　胃がん", "捕獲　頭数", "参加者"].map(row);
        part_groups(&mut rows);
        assert_eq!((rows[0].opens.as_deref(), rows[0].label.as_str()), (Some("受診率"), "肺がん"));
        assert_eq!((rows[1].opens.as_deref(), rows[1].in_group), (None, true));
        assert_eq!((rows[2].label.as_str(), rows[2].in_group, rows[3].in_group), ("捕獲　頭数", false, false));
    }
}
