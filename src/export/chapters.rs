//! 集計, the sums, and 掲載, what each chapter's list shows with its 再掲.

use super::custom_form;
use super::programs::{amount, is_counted};
use super::table::{Cell, Keys, Table, chapter_columns, figure, program_columns};
use super::value::ValueState;
use crate::model::{Listing, ProgramIndex};
use crate::totals::{Sum, subtotal, total, whole_chapter};

/// 小計 of each chapter, 計 of each that others lie in behind the last of these, then 合計.
pub(super) fn sums<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let report = keys.report;
    let mut rows: Vec<Vec<Cell<'a>>> = Vec::new();
    for (index, chapter) in report.chapters.iter().enumerate() {
        rows.push(sum_row(keys, Some(index), "小計", subtotal(chapter)));
        for outer in report.chapters_closed_by(index) {
            rows.push(sum_row(keys, Some(outer), "計", whole_chapter(report, outer)));
        }
    }
    rows.push(sum_row(keys, None, "合計", total(keys.report)));
    let mut columns = chapter_columns(&["集計", "事業数", "新規の事業数", "事業費", "事業費の単位", "事業費の状態"]);
    custom_form::add_columns(&mut columns, &keys.report.form.chapter_fields, &keys.report.form.chapter_sections);
    Table { name: "集計", columns, rows }
}

fn sum_row<'a>(keys: &'a Keys<'a>, chapter: Option<usize>, label: &'static str, sum: Sum) -> Vec<Cell<'a>> {
    let form = &keys.report.form;
    let state = if sum.value.is_some() { ValueState::Number } else { ValueState::Missing };
    let mut row = keys.chapter(chapter);
    row.extend([label.into(), sum.programs.into(), sum.new_programs.into()]);
    let amount = [figure(sum.value), keys.unit.into(), state.name().into()];
    row.extend(if form.has_amount() { amount } else { [Cell::Empty, Cell::Empty, Cell::Empty] });
    let head = chapter.and_then(|chapter| keys.report.chapters.get(chapter)).map(|chapter| &chapter.head);
    row.extend(custom_form::cells(
        (&form.chapter_fields, &form.chapter_sections),
        head.map_or(&[], |head| &head.fields),
        &head.map(|head| head.contents().collect()).unwrap_or_default(),
    ));
    row
}

/// One row a row of a list. The number of a relisted program is that of its own chapter.
pub(super) fn listing<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let mut rows = Vec::new();
    for (chapter, content) in keys.report.chapters.iter().enumerate() {
        for (place, listing) in content.listing.iter().enumerate() {
            let (kind, target) = match *listing {
                Listing::Own(program) => ("掲載", ProgramIndex { chapter, program }),
                Listing::Relisted { target, .. } => ("再掲", target),
            };
            let Some(program) = keys.report.program(target) else { continue };
            let [amount, unit, state] = amount(keys, program.amount);
            let counted = if kind == "再掲" { "含まない" } else { is_counted(program) };
            let mut row = keys.program(target, program);
            row.extend([(chapter + 1).into(), (place + 1).into(), kind.into()]);
            row.extend([amount, unit, state, counted.into()]);
            rows.push(row);
        }
    }
    let columns = program_columns(&[
        "一覧の章の順",
        "一覧の行",
        "掲載の別",
        "事業費",
        "事業費の単位",
        "事業費の状態",
        "一覧の小計への算入",
    ]);
    Table { name: "掲載", columns, rows }
}
