//! J071: 事業費 in the head beside the 決算額 of the program's own table, and beside 事業費 in its prose.

use rust_decimal::Decimal;

use super::figures::{Figure, bare, figure, head_of};
use super::prose_amount;
use super::rows::label_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Amount, Columns, Context, Indicator, Program, Unit, format_amount, split_year};
use crate::syntax::chars::is_blank;

/// Labels of the whole amount of a program.
const WHOLE: &[&str] = &["事業費", "総事業費", "事業費計", "事業費合計", "直接事業費", "決算額", "事業費決算額"];

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let (Some(Amount::Value(amount)), Some(place)) = (program.amount, program.amount_place) else { return };
    let unit = context.unit();
    let Some(typed) = Decimal::from(amount).checked_mul(unit.yen().into()) else { return };
    prose_amount::check(program, (amount, place), context, diagnostics);
    // What the form declares is computed exactly: `declared_sums`.
    for table in program.tables().filter(|table| table.declared.is_none()) {
        // A table in which the amount stands somewhere — as 予算額, or as a part — agrees.
        let agrees = table.rows.iter().any(|row| {
            (0..table.columns.count())
                .filter_map(|column| figure(table, row, column))
                .any(|one| is_same(&one, typed, unit))
        });
        let spent = if agrees { None } else { spent(table, context) };
        if let Some((figure, name)) = spent {
            let shown = figure.cell.text().trim_matches(is_blank).to_string();
            let own = format!("{}{}", format_amount(amount), unit.name());
            diagnostics.push(
                Diagnostic::new(
                    Code::J071,
                    figure.cell.span,
                    format!("表の「{name}」は{shown}ですが、この事業の事業費は{own}です。"),
                )
                .help("同じ額のはずなら、違っているほうを直してください。")
                .or_acknowledge("【事業】", &shown)
                .severity(Severity::Warning)
                .related(place, "事業費はここです"),
            );
            return;
        }
    }
}

/// This year's 決算額 of the whole program, where the table has one.
fn spent<'a>(table: &'a Indicator, context: &Context) -> Option<(Figure<'a>, String)> {
    let year = context.fiscal_year?;
    table.rows.iter().filter(|row| table.parent(row).is_none()).find_map(|row| {
        let label = label_of(row);
        let name = bare(&label);
        let is_spent = name.contains("決算");
        if !WHOLE.contains(&name.as_str()) {
            return None;
        }
        let column = (0..table.columns.count()).find(|column| match &table.columns {
            Columns::Years => *column == 1,
            Columns::Own(columns) => {
                let head = bare(&head_of(table, *column));
                let own_year = split_year(&head).map(|(year, _)| year);
                let is_this_year = own_year.is_none_or(|own| own.resolve(year) == year);
                let is_amount =
                    head.ends_with("決算") || head.ends_with("決算額") || (is_spent && WHOLE.contains(&head.as_str()));
                let is_year = columns.get(*column).is_some_and(|column| column.year.is_some());
                is_this_year && (is_amount || (is_spent && is_year))
            }
        })?;
        Some((figure(table, row, column).filter(Figure::is_money)?, label))
    })
}

/// The same amount in another unit, where the coarser one may have been rounded either way.
fn is_same(figure: &Figure<'_>, yen: Decimal, unit: Unit) -> bool {
    let Some(own) = Unit::from_name(&figure.unit) else { return false };
    let Some(other) = figure.number.checked_mul(own.yen().into()) else { return false };
    let grain = Decimal::from(own.yen().max(unit.yen()));
    if own == unit { other == yen } else { (other - yen).abs() < grain }
}
