//! Whether a page has room for the columns of the list, by the least widths of `templates/parts/columns.typ` and `wide-columns.typ`
//! at the smallest type.

use rust_decimal::Decimal;

use super::list_cells::{column_figure, column_kind, format_figure, grade_of, head_with_year};
use super::list_contract::ListColumnKind;
use super::measure::Measure;
use super::table_fit::em;
use crate::form::{ColumnSource, ListColumn, ListShape};
use crate::model::{FiscalYear, Program, Report};

/// The least that columns of words need, in em.
const NUMBER: f64 = 2.9;
const PAGE: f64 = 3.4;
const NAME: f64 = 10.0;
const WIDE_NAME: f64 = 6.0;
const MARK: f64 = 3.7;
const TEXT: (f64, f64) = (3.7, 6.0);
const DEPARTMENTS: f64 = 5.0;
const PROSE: f64 = 9.0;
const AMOUNT: f64 = 5.8;
const LONGEST_CODE: f64 = 12.0;
/// Of a table in the wide form: its labels, and each of its other columns
const TABLE: (f64, f64) = (4.0, 3.0);

/// Whether the columns of the list fit on the form's paper. Widths that hang on words are taken at their least.
pub fn has_room_for_list(report: &Report) -> bool {
    let layout = report.form.layout;
    if layout.list_shape == ListShape::None {
        return true;
    }
    let page = Measure::of(layout);
    let year = report.head.as_ref().and_then(|head| head.fiscal_year);
    let needed: f64 = report.form.list.columns.iter().map(|column| least(report, column, year)).sum();
    needed <= page.upright / page.smallest + 0.01
}

fn least(report: &Report, column: &ListColumn, year: Option<FiscalYear>) -> f64 {
    let is_wide = report.form.layout.list_shape == ListShape::Wide;
    let label = head_with_year(column, year);
    let head = |whole: f64| head_room(&label, whole);
    match column_kind(&report.form, &column.what) {
        ListColumnKind::Mark if is_wide && has_reasons(report, &column.what) => PROSE,
        ListColumnKind::Number => NUMBER,
        ListColumnKind::Page => PAGE,
        ListColumnKind::Name => {
            if is_wide {
                WIDE_NAME
            } else {
                NAME
            }
        }
        ListColumnKind::Departments => DEPARTMENTS,
        ListColumnKind::Mark => MARK.max(head(3.0) + 0.2),
        ListColumnKind::Text => (head(5.0) + 0.6).clamp(TEXT.0, TEXT.1).max(longest_code(report, &column.what) + 1.2),
        ListColumnKind::Prose => PROSE,
        ListColumnKind::Amount => AMOUNT.max(1.6 + longest_figure(report, &column.what)).max(head(6.5) + 0.3),
        ListColumnKind::Table => {
            let ColumnSource::Table(table) = column.what else { return TABLE.0 };
            let columns = report
                .form
                .table(table)
                .map_or(2, |table| table.front.len() + table.value_columns().len() + table.back.len());
            TABLE.0 + TABLE.1 * f64::from(u8::try_from(columns).unwrap_or(u8::MAX))
        }
    }
}

/// Whether something is said of a choice or a grade, which the wide form sets below it.
fn has_reasons(report: &Report, what: &ColumnSource) -> bool {
    let is_said = |program: &Program| {
        if let ColumnSource::Choice(kind) = what {
            program.chosen(*kind).is_some_and(|chosen| !chosen.blocks.is_empty())
        } else if let ColumnSource::Grade(kind, place) = what {
            grade_of(&report.form, program, *kind, *place).is_some_and(|grade| !grade.reason.is_empty())
        } else {
            false
        }
    };
    report.printed_programs().any(|(_, program)| is_said(program))
}

/// A head too long for a line takes two.
fn head_room(label: &str, whole: f64) -> f64 {
    let of_part = |(at, part): (usize, &str)| {
        let own = em(part) + if at > 0 { 1.0 } else { 0.0 };
        if own > whole { own / 2.0 + 0.6 } else { own }
    };
    label.split('（').enumerate().map(of_part).fold(0.0, f64::max)
}

/// Of what no line parts in a column of a field: 03-01-05-001
fn longest_code(report: &Report, what: &ColumnSource) -> f64 {
    let ColumnSource::Field(name) = what else { return 0.0 };
    let values = report.printed_programs().flat_map(|(_, program)| &program.fields);
    let values = values.filter(|field| field.name == *name).map(|field| field.value.value.as_str());
    values.map(widest_code).fold(0.0, f64::max).min(LONGEST_CODE)
}

/// Of the longest run of letters and signs of half width, with the letter in front of it.
fn widest_code(text: &str) -> f64 {
    let (mut widest, mut run, mut before) = (0.0_f64, 0.0, 0.0);
    for c in text.chars() {
        let own = em(c.encode_utf8(&mut [0; 4]));
        if c.is_ascii_graphic() {
            run = if run > 0.0 { run + own } else { before + own };
            widest = widest.max(run);
        } else {
            (run, before) = (0.0, if c.is_whitespace() { 0.0 } else { own });
        }
    }
    widest
}

/// Of the figures in a column of amounts, and of their sum.
fn longest_figure(report: &Report, what: &ColumnSource) -> f64 {
    let figures = report.printed_programs().filter_map(|(_, program)| column_figure(report, what, program)?.summand());
    let (mut widest, mut sum) = (0.0, Decimal::ZERO);
    for figure in figures {
        widest = em(&format_figure(figure)).max(widest);
        sum = sum.checked_add(figure).unwrap_or(sum);
    }
    em(&format_figure(sum)).max(widest)
}
