//! What stands in the cells of 一覧 that are no figures: as typed, but for choices, which are those of the form.

use super::table::plain;
use crate::form::{ColumnSource, ListColumn, ListShape};
use crate::model::{Block, Category, FieldMeaning, FiscalYear, Indicator, Program, Report, Role, Text};
use crate::view::{head_with_year, is_amount_column, list_departments};

pub(super) struct ListTexts<'a> {
    report: &'a Report,
    year: Option<FiscalYear>,
}

impl<'a> ListTexts<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        Self { report, year: report.head.as_ref().and_then(|head| head.fiscal_year) }
    }

    pub(super) fn is_amount(&self, what: &ColumnSource) -> bool {
        is_amount_column(&self.report.form, what)
    }

    /// 当年度事業費 is R2事業費（千円）.
    pub(super) fn head(&self, column: &ListColumn) -> String {
        let head = head_with_year(column, self.year);
        if self.is_amount(&column.what) { format!("{head}（{}）", self.report.unit().name()) } else { head }
    }

    /// Lines are parted by `\n`.
    pub(super) fn cell(&self, what: &ColumnSource, program: &Program) -> String {
        let line = |text: &str| plain(text).into_owned();
        match what {
            ColumnSource::Number | ColumnSource::Page | ColumnSource::Amount => String::new(),
            ColumnSource::Name => line(program.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default()),
            ColumnSource::New => if program.category() == Category::New { "○" } else { "" }.to_string(),
            ColumnSource::Category => program.category_name().to_string(),
            ColumnSource::Department => list_departments(&self.report.form, &program.departments, line).join("\n"),
            ColumnSource::Field(name) => {
                let typed = program.fields.iter().filter(|field| field.name == *name);
                let texts = typed.map(|field| match &field.meaning {
                    FieldMeaning::Choice(choice) => choice.clone(),
                    FieldMeaning::Text
                    | FieldMeaning::Word
                    | FieldMeaning::Amount(_)
                    | FieldMeaning::Year(_)
                    | FieldMeaning::Period(..) => line(&field.value.value),
                });
                texts.collect::<Vec<String>>().join("\n")
            }
            ColumnSource::Choice(kind) => {
                let chosen = program.chosen(*kind);
                let choice = chosen.and_then(|chosen| chosen.choice.clone()).unwrap_or_default();
                self.with_reason(choice, || blocks(chosen.map_or(&[], |chosen| &chosen.blocks)))
            }
            ColumnSource::Grade(kind, place) => {
                let criterion = self.report.form.criterion(*kind, *place);
                let row = criterion.and_then(|criterion| program.grade(*kind, &criterion.name));
                let grade = row.and_then(|row| row.grade.as_ref()).map(|grade| grade.value.clone()).unwrap_or_default();
                self.with_reason(grade, || lines(row.map_or(&[], |row| &row.reason)))
            }
            ColumnSource::Cell(kind, address) => {
                program.cell_at(*kind, address).map(|cell| lines(&cell.lines)).unwrap_or_default()
            }
            ColumnSource::Prose(kind) => {
                blocks(program.prose_of(*kind).map(|prose| prose.blocks.as_slice()).unwrap_or_default())
            }
            ColumnSource::Table(kind) => program.tables_of(*kind).map(table_text).collect::<Vec<String>>().join("\n"),
        }
    }

    /// What is said of a choice or a grade stands below it where the list is all that is printed of a program.
    fn with_reason(&self, word: String, reason: impl Fn() -> String) -> String {
        let reason = if self.report.form.layout.list_shape == ListShape::Wide { reason() } else { String::new() };
        [word, reason].into_iter().filter(|text| !text.is_empty()).collect::<Vec<String>>().join("\n")
    }
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(|block| lines(&block.lines)).collect::<Vec<String>>().join("\n")
}

fn lines(lines: &[Text]) -> String {
    lines.iter().map(|line| plain(&line.value).into_owned()).collect::<Vec<String>>().join("\n")
}

/// A table's title, its rows and its notes.
fn table_text(table: &Indicator) -> String {
    let title = table.caption.iter().map(|title| plain(&title.value).into_owned());
    let notes = table.notes.iter().map(|note| format!("※{}", lines(&note.lines)));
    title.chain(rows(table)).chain(notes).collect::<Vec<String>>().join("\n")
}

/// Each row as a line: its label and its values.
fn rows(table: &Indicator) -> impl Iterator<Item = String> {
    table.rows.iter().filter(|row| row.role != Role::Group).map(|row| {
        let values = (0..row.values.len()).map(|column| table.cell(row, column));
        let cells = std::iter::once(Some(&row.label)).chain(values);
        let texts = cells.map(|cell| cell.map(|cell| super::table::joined(&cell.lines)).unwrap_or_default());
        texts.collect::<Vec<String>>().join("　")
    })
}
