//! The list of a chapter: its columns, its rows, its sums, what stands under it.

use super::build::{ViewBuilder, program_anchor, sum_text, sum_view};
use super::list_cells::{column_figure, column_kind, format_figure, head_with_year, is_amount_column};
use super::list_contract::{ListColumnKind, ListColumnView, ListRowView, ListSumView, ListView};
use super::style::UNPRINTABLE;
use crate::form::{ColumnSource, ListColumn, ListShape, Values};
use crate::model::{Chapter, Listing, ProgramIndex};
use crate::syntax::SectionKind;
use crate::totals;

impl ViewBuilder<'_> {
    pub(super) fn list_columns(&self) -> Vec<ListColumnView> {
        self.input.report.form.list.columns.iter().map(|column| self.list_column(column)).collect()
    }

    fn list_column(&self, column: &ListColumn) -> ListColumnView {
        let mut programs = self.input.report.printed_programs();
        let has_reasons = programs.any(|(_, program)| !self.list_reasons(&column.what, program).is_empty());
        let kind = if has_reasons { ListColumnKind::Prose } else { column_kind(&self.input.report.form, &column.what) };
        let parts = if let ColumnSource::Table(table) = column.what { self.list_parts(table) } else { Vec::new() };
        ListColumnView { head: self.list_head(column), kind, summed: kind == ListColumnKind::Amount, parts }
    }

    /// 当年度事業費 is R2事業費（千円）.
    pub fn list_head(&self, column: &ListColumn) -> String {
        let head = self.printer.text(&head_with_year(column, self.fiscal_year));
        let form = &self.input.report.form;
        let is_of_amounts = |table: SectionKind| form.table(table).is_some_and(|table| table.values == Values::Amount);
        let is_amount = if let ColumnSource::Table(table) = column.what {
            is_of_amounts(table)
        } else {
            is_amount_column(form, &column.what)
        };
        if is_amount { format!("{head}（{}）", self.unit()) } else { head }
    }

    pub(super) fn list(&self, index: usize, chapter: &Chapter) -> ListView {
        let report = self.input.report;
        let form = &report.form;
        let is_last_of_several = self.is_last_of_several(index);
        let wholes = report.chapters_ending_with(index).into_iter();
        let has_list = form.layout.list_shape != ListShape::None;
        let rows: Vec<ListRowView> =
            chapter.listing.iter().filter_map(|listing| self.list_row(index, *listing)).collect();
        ListView {
            heading: format!("【{}】", self.printer.text(&form.list.title)),
            rows: if has_list { rows } else { Vec::new() },
            sums: if has_list { self.list_sums(index, chapter, is_last_of_several) } else { Vec::new() },
            subtotal: sum_view("小計", totals::subtotal(chapter)),
            wholes: wholes.map(|chapter| self.whole(chapter, &self.whole_label(chapter))).collect(),
            total: is_last_of_several.then(|| sum_view("合計", totals::total(report))),
            notes: if has_list { self.list_notes(chapter) } else { Vec::new() },
        }
    }

    /// Below the last of several lists stands 合計.
    fn is_last_of_several(&self, index: usize) -> bool {
        let report = self.input.report;
        report.chapters.len() > 1 && report.last_list(0..report.chapters.len()) == Some(index)
    }

    fn list_row(&self, chapter: usize, listing: Listing) -> Option<ListRowView> {
        let report = self.input.report;
        let (place, relisted) = match listing {
            Listing::Own(program) => (ProgramIndex { chapter, program }, false),
            Listing::Relisted { target, .. } => (target, true),
        };
        let program = report.program(place)?;
        let no = if relisted { "再掲".to_string() } else { (place.program + 1).to_string() };
        let has_number = self.has_number();
        let cells = report.form.list.columns.iter().map(|column| {
            let mut cell = self.list_cell(&column.what, program);
            if column.what == ColumnSource::Number {
                cell.text.clone_from(&no);
            } else if column.what == ColumnSource::Name && relisted && !has_number {
                cell.text.push_str("（再掲）");
            } else if relisted && is_amount_column(&report.form, &column.what) {
                cell.text = format!("（{}）", cell.text);
            }
            cell
        });
        Some(ListRowView {
            cells: cells.collect(),
            name: self.program_name(program),
            anchor: program_anchor(place),
            faulty: self.errors.is_in(program.file),
            no,
            relisted,
        })
    }

    fn has_number(&self) -> bool {
        self.input.report.form.list.columns.iter().any(|column| column.what == ColumnSource::Number)
    }

    /// 小計; 計 of the chapters that end here; 合計 below the last of several lists.
    fn list_sums(&self, index: usize, chapter: &Chapter, with_total: bool) -> Vec<ListSumView> {
        let report = self.input.report;
        let columns = &report.form.list.columns;
        let is_summed = |column: &ListColumn| column_kind(&report.form, &column.what) == ListColumnKind::Amount;
        if !columns.iter().any(is_summed) {
            return Vec::new();
        }
        let row = |label: String, of: SumOf<'_>| ListSumView {
            label,
            cells: columns
                .iter()
                .map(|column| if is_summed(column) { self.column_sum(column, of) } else { String::new() })
                .collect(),
        };
        let mut rows = vec![row("小計".to_string(), SumOf::Chapter(chapter))];
        let wholes = report.chapters_ending_with(index).into_iter();
        rows.extend(wholes.map(|outer| row(self.whole_label(outer), SumOf::Whole(outer))));
        rows.extend(with_total.then(|| row("合計".to_string(), SumOf::Report)));
        rows
    }

    /// What stands in the sums below a chapter's list beside 事業費: of each its label, its column's head and its figure.
    pub fn other_sums(&self, index: usize) -> Vec<[String; 3]> {
        let report = self.input.report;
        let Some(chapter) = report.chapters.get(index).filter(|_| report.has_list(index)) else { return Vec::new() };
        let columns = &report.form.list.columns;
        let rows = self.list_sums(index, chapter, self.is_last_of_several(index)).into_iter();
        let cells = rows.flat_map(|row| {
            let cells = row.cells.into_iter().zip(columns).filter(|(text, _)| !text.is_empty());
            let others = cells.filter(|(_, column)| column.what != ColumnSource::Amount);
            others.map(|(text, column)| [row.label.clone(), self.list_head(column), text]).collect::<Vec<_>>()
        });
        cells.collect()
    }

    fn column_sum(&self, column: &ListColumn, of: SumOf<'_>) -> String {
        let report = self.input.report;
        let value = |program: &crate::model::Program| column_figure(report, &column.what, program)?.summand();
        match (&column.what, of) {
            (ColumnSource::Amount, SumOf::Chapter(chapter)) => sum_text(totals::subtotal(chapter).value),
            (ColumnSource::Amount, SumOf::Whole(outer)) => sum_text(totals::whole_chapter(report, outer).value),
            (ColumnSource::Amount, SumOf::Report) => sum_text(totals::total(report).value),
            (_, SumOf::Chapter(chapter)) => figure_text(totals::subtotal_of(chapter, value)),
            (_, SumOf::Whole(outer)) => figure_text(totals::whole_of(report, outer, value)),
            (_, SumOf::Report) => figure_text(totals::total_of(report, value)),
        }
    }

    fn list_notes(&self, chapter: &Chapter) -> Vec<String> {
        let form = &self.input.report.form;
        let columns = form.list.columns.iter();
        let amounts: Vec<&ColumnSource> = columns
            .map(|column| &column.what)
            .filter(|what| column_kind(form, what) == ListColumnKind::Amount)
            .collect();
        let amount = match amounts.as_slice() {
            [] => return Vec::new(),
            [ColumnSource::Amount] => self.amount_word().unwrap_or_default(),
            [_, ..] => "金額",
        };
        let sums = match self.input.report.chapters.len() {
            _ if self.input.report.is_nested() => "小計、計及び合計",
            0 | 1 => "小計",
            _ => "小計及び合計",
        };
        let mut notes = Vec::new();
        if chapter.listing.iter().any(|listing| matches!(listing, Listing::Relisted { .. })) {
            notes.push(format!("再掲の{amount}は（ ）内に示し、{sums}に含まない。"));
        }
        for (place, program) in chapter.programs.iter().enumerate() {
            if let Some(reason) = &program.outside_total {
                let reason = self.printer.text(reason.value.trim_end_matches('。'));
                let program = if self.has_number() {
                    format!("No.{}", place + 1)
                } else {
                    format!("「{}」", self.program_name(program))
                };
                notes.push(format!("{program}の{amount}は{sums}に含まない（{reason}）。"));
            }
        }
        notes
    }
}

/// What a row of sums adds up.
#[derive(Clone, Copy)]
enum SumOf<'a> {
    Chapter(&'a Chapter),
    /// A chapter with the chapters in it
    Whole(usize),
    Report,
}

fn figure_text(sum: Option<rust_decimal::Decimal>) -> String {
    sum.map_or_else(|| UNPRINTABLE.to_string(), format_figure)
}
