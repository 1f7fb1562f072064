//! 事業, one row a program, and 担当, one row a department of a program.

use super::custom_form;
use super::table::{Cell, Keys, Table, figure, program_columns};
use super::value::{self, ValueState};
use crate::model::{Amount, Program};

pub(super) fn programs<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let rows = keys.report.printed_programs().map(|(index, program)| {
        let mut row = keys.program(index, program);
        row.extend(facts(keys, program));
        let form = &keys.report.form;
        let contents = program.contents().collect();
        row.extend(custom_form::cells((&form.fields, &form.sections), &program.fields, &contents));
        row
    });
    let mut columns = program_columns(&[
        "よみ",
        "旧名称",
        "区分",
        "事業費",
        "事業費の単位",
        "事業費の状態",
        "合計への算入",
        "算入しない理由",
        "担当課",
        "担当グループ",
        "出先機関",
        "担当の数",
    ]);
    custom_form::add_columns(&mut columns, &keys.report.form.fields, &keys.report.form.sections);
    Table { name: "事業", columns, rows: rows.collect() }
}

fn facts<'a>(keys: &'a Keys<'a>, program: &'a Program) -> [Cell<'a>; 12] {
    let department = program.departments.first();
    let [amount, unit, state] = amount(keys, program.amount);
    [
        program.reading.as_ref().into(),
        program.former_names.first().into(),
        program.category_name().into(),
        amount,
        unit,
        state,
        is_counted(program).into(),
        program.outside_total.as_ref().into(),
        department.map(|department| department.name.as_str()).into(),
        department.and_then(|department| department.group.as_deref()).into(),
        department.and_then(|department| department.office.as_deref()).into(),
        program.departments.len().into(),
    ]
}

/// Whether a program's amount is in the sums.
pub(super) fn is_counted(program: &Program) -> &'static str {
    if program.outside_total.is_none() { "含む" } else { "含まない" }
}

/// 事業費, its unit, its state; nothing of them where the form has no amounts.
pub(super) fn amount<'a>(keys: &Keys<'_>, amount: Option<Amount>) -> [Cell<'a>; 3] {
    if !keys.report.form.has_amount() {
        return [Cell::Empty, Cell::Empty, Cell::Empty];
    }
    [figure(value::figure(amount)), keys.unit.into(), ValueState::of_amount(amount).name().into()]
}

pub(super) fn departments<'a>(keys: &'a Keys<'a>) -> Table<'a> {
    let mut rows = Vec::new();
    for (index, program) in keys.report.printed_programs() {
        for (place, department) in program.departments.iter().enumerate() {
            let mut row = keys.program(index, program);
            row.extend([
                (place + 1).into(),
                department.name.as_str().into(),
                department.group.as_deref().into(),
                department.office.as_deref().into(),
            ]);
            rows.push(row);
        }
    }
    Table {
        name: "担当", columns: program_columns(&["担当の順", "担当課", "担当グループ", "出先機関"]), rows
    }
}
