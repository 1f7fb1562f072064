//! J071: columns of counts beside a 計 that they do not add up to: 県内 20名, 県外 10名, 計 53名.
//!
//! Columns are often no parts of a 計: one person comes to the first meeting and to the second. They are looked at where their heads
//! leave nothing out (男, 女), or where other rows of the same table add up; and the message is a question.

use super::count_sums::{CountSum, are_all, is_counted_twice, message, says_nothing_else, sum_up};
use super::figures::{
    figure_of_any_size, head_of, is_bare_total, is_no_summand, is_of_no_sum, is_part_name, is_total, is_within,
};
use super::rows::label_of;
use crate::diagnostic::Diagnostics;
use crate::model::{Columns, Indicator, Program, Row};

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    // What a form declares is computed: `declared_sums`.
    for table in program.tables().filter(|table| table.declared.is_none() && says_nothing_else(table)) {
        if let Some((whole, parts)) = sum_columns(table) {
            check_rows(table, whole, &parts, diagnostics);
        }
    }
}

/// The one column 計, and the others that hold figures.
fn sum_columns(table: &Indicator) -> Option<(usize, Vec<usize>)> {
    let Columns::Own(columns) = &table.columns else { return None };
    let heads: Vec<String> = (0..columns.len()).map(|column| head_of(table, column)).collect();
    let mut totals = heads.iter().enumerate().filter(|(_, head)| is_total(head));
    let (whole, _) = totals.next().filter(|(_, head)| is_bare_total(head) && !is_counted_twice(head))?;
    let holds_figure = |column: usize| table.rows.iter().any(|row| figure_of_any_size(table, row, column).is_some());
    let is_part = |(column, head): &(usize, &String)| {
        *column != whole && Some(*column) != table.unit_column() && !is_part_name(head) && holds_figure(*column)
    };
    let (parts, names): (Vec<usize>, Vec<&String>) = heads.iter().enumerate().filter(is_part).unzip();
    let adds_nothing = |head: &&String| is_of_no_sum(head) || is_within(head) || is_counted_twice(head);
    let is_sum = totals.next().is_none() && parts.len() >= 2 && !names.iter().any(adds_nothing);
    is_sum.then_some((whole, parts))
}

fn check_rows(table: &Indicator, whole: usize, parts: &[usize], diagnostics: &mut Diagnostics) {
    let is_open = |row: &Row| {
        let parent = table.parent(row).map(label_of).unwrap_or_default();
        [label_of(row), parent].iter().any(|label| is_no_summand(label) || is_counted_twice(label))
    };
    let sums: Vec<(&Row, CountSum<'_>)> = table
        .rows
        .iter()
        .filter(|row| !is_open(row))
        .filter_map(|row| {
            let places: Vec<(&Row, usize)> = parts.iter().map(|part| (row, *part)).collect();
            Some((row, sum_up(table, (row, whole), &places)?))
        })
        .collect();
    let heads: Vec<String> = parts.iter().map(|part| head_of(table, *part)).collect();
    let names_all = are_all(&heads);
    // One part alone is its own sum.
    let right: Vec<&CountSum<'_>> =
        sums.iter().map(|(_, sum)| sum).filter(|sum| sum.holds && sum.filled >= 2).collect();
    let wrong = sums.iter().filter(|(_, sum)| !sum.holds);
    let (count, label) = (wrong.clone().count(), head_of(table, whole));
    for (row, sum) in wrong {
        let is_alike = right.iter().any(|other| other.unit == sum.unit);
        // People who come twice are often counted once.
        let may_be_people = matches!(sum.unit.as_str(), "名" | "人" | "社" | "企業" | "団体") && sum.number < sum.parts;
        let adds_up_elsewhere = right.len() > count || (right.len() == count && is_alike);
        if names_all || (adds_up_elsewhere && (is_alike || (right.len() >= 2 && !may_be_people))) {
            diagnostics.push(message(sum, &format!("{}の{label}", label_of(row)), "横の欄"));
        }
    }
}
