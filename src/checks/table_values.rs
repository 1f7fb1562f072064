//! J032, J034, J037 and J038: what the numbers of 【指標】 say beside each other.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::figures::{head_of, is_part_name};
use super::rows::{holds_unit, in_words, label_of, value_columns};
use super::unit::{is_same, unified};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Category, Cell, Context, DeclaredRow, FiscalYear, Indicator, Program, Quantity, Role, Row};
use crate::syntax::chars::is_blank;

/// Words that say what is counted, wherever they stand in a label.
const QUANTITY_WORDS: &[&str] = &["数", "率", "額", "量", "割合", "人員", "面積", "時間", "人口", "順位", "倍", "距離"];
/// Words that say it at the end of a label.
const QUANTITY_ENDS: &[&str] = &[
    "者", "生", "員", "民", "高", "度", "費", "比", "件", "回", "日", "金", "点", "校", "社", "店", "団体", "企業",
    "実績", "期間", "価格", "延長", "長さ", "高さ", "広さ", "深さ", "重さ", "幅",
];

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    for table in program.tables() {
        table.rows.iter().for_each(|row| check_part_columns(table, row, diagnostics));
    }
    for table in program.tables().filter(|table| !table.is_of_amounts()) {
        let mut wholes = Wholes::default();
        for row in &table.rows {
            check_label(table, row, diagnostics);
            check_part(table, row, &mut wholes, diagnostics);
            if let Some(year) = context.fiscal_year {
                check_places(table, row, year, diagnostics);
            }
        }
    }
    if let Some(year) = context.fiscal_year.filter(|_| program.category() == Category::New) {
        check_new(program, year, diagnostics);
    }
}

/// J032.
fn check_label(table: &Indicator, row: &Row, diagnostics: &mut Diagnostics) {
    let has_numbers = value_columns(table)
        .into_iter()
        .filter_map(|column| table.cell(row, column))
        .any(|cell| !cell.quantities.is_empty());
    // 目標 below an indicator is the form's own name for a row.
    if !has_numbers || matches!(row.declared, Some(DeclaredRow::Column(_))) {
        return;
    }
    let label = label_of(row);
    let whole = format!("{}{label}", table.parent(row).map(label_of).unwrap_or_default());
    // A label of marks alone is no name: it has a message of its own.
    let is_name = label.chars().filter(|c| c.is_alphabetic() && *c != '十').collect::<BTreeSet<char>>().len() >= 2
        && !label.starts_with('【')
        && !is_part(row);
    // The form's own words are not the officer's.
    if row.declared.is_some() || !is_name || names_a_quantity(&whole) || holds_unit(&label) {
        return;
    }
    diagnostics.push(
        Diagnostic::new(Code::J032, row.label.span, format!("「{label}」だけでは、何の数か分かりません。"))
            .help("「…の参加者数」「…の開催回数」のように、数えたものを書いてください。"),
    );
}

fn names_a_quantity(label: &str) -> bool {
    let ends = |part: &str| QUANTITY_ENDS.iter().any(|word| part.trim_end_matches(is_blank).ends_with(word));
    QUANTITY_WORDS.iter().any(|word| label.contains(word)) || label.split(['（', '(', '）', ')', '・']).any(ends)
}

/// J034.
fn check_new(program: &Program, year: FiscalYear, diagnostics: &mut Diagnostics) {
    for table in program.tables().filter(|table| !table.is_of_amounts()) {
        let [Some(before), _] = table.year_columns(year) else { continue };
        let with_value = table.rows.iter().find_map(|row| {
            table.cell(row, before).filter(|cell| cell.quantities.iter().any(|quantity| !quantity.number.is_zero()))
        });
        if let Some(cell) = with_value {
            diagnostics.push(
                Diagnostic::new(
                    Code::J034,
                    cell.span,
                    format!("新規の印がありますが、{}の実績があります。", year.previous().column()),
                )
                .help("区分が「新規」で正しいか、確かめてください。"),
            );
            return;
        }
    }
}

/// The rows above that are no うち: the nearest among the plain rows, and among the children at hand.
#[derive(Default)]
struct Wholes<'a> {
    plain: Option<&'a Row>,
    child: Option<&'a Row>,
}

impl<'a> Wholes<'a> {
    fn of(&mut self, role: Role) -> Option<&mut Option<&'a Row>> {
        match role {
            Role::Plain => Some(&mut self.plain),
            Role::Child { .. } => Some(&mut self.child),
            Role::Group => None,
        }
    }
}

/// J037: a うち row is a part of its parent, or of the row above it that is no うち.
fn check_part<'a>(table: &'a Indicator, row: &'a Row, wholes: &mut Wholes<'a>, diagnostics: &mut Diagnostics) {
    // A ・ row of a declared table is held against its parent by `declared_sums`.
    if table.declared.is_some() && matches!(row.role, Role::Child { .. }) {
        return;
    }
    if !is_part(row) {
        if let Some(whole) = wholes.of(row.role) {
            *whole = Some(row);
        }
        return;
    }
    let above = wholes.of(row.role).and_then(|whole| *whole).filter(|whole| same_group(row.role, whole.role));
    let Some(whole) = table.parent(row).filter(|parent| !parent.values.is_empty()).or(above) else { return };
    for column in (0..table.columns.count()).filter(|column| may_be_parts(&head_of(table, *column))) {
        if let (Some(part), Some(all)) = (table.cell(row, column), table.cell(whole, column)) {
            compare_part((part, &label_of(row)), (all, &label_of(whole)), diagnostics);
        }
    }
}

/// J037: a column うち… is a part of the nearest one left of it that is no うち.
fn check_part_columns(table: &Indicator, row: &Row, diagnostics: &mut Diagnostics) {
    let heads: Vec<String> = (0..table.columns.count()).map(|column| head_of(table, column)).collect();
    for (column, head) in heads.iter().enumerate().filter(|(_, head)| is_part_name(head)) {
        let Some(whole) = heads.get(..column).and_then(|left| left.iter().rposition(|head| !is_part_name(head))) else {
            continue;
        };
        let of = heads.get(whole).filter(|of| may_be_parts(of) && may_be_parts(head));
        if let (Some(part), Some(all), Some(of)) = (table.cell(row, column), table.cell(row, whole), of) {
            compare_part((part, head), (all, of), diagnostics);
        }
    }
}

fn compare_part((part, label): (&Cell, &str), (all, of): (&Cell, &str), diagnostics: &mut Diagnostics) {
    let (Some(part_one), Some(all_one)) = (only(part), only(all)) else { return };
    // 延べ45名 are no part of 32名, who may have come twice.
    let is_of_one_kind = part_one.prefix == all_one.prefix || !matches!(part_one.prefix, Some("延べ" | "延"));
    let is_larger = is_of_one_kind && is_same(&part_one.unit, &all_one.unit) && part_one.number > all_one.number;
    if is_larger && !is_share(part_one) && part.span != all.span {
        diagnostics.push(
            Diagnostic::new(Code::J037, part.span, format!("「{label}」が全体（{of}）より多くなっています。"))
                .label(format!("全体は{}です", in_words(all)))
                .help("どちらかの数を直してください。")
                .or_acknowledge("【事業】", shown_first(part))
                .related(all.span, "全体はここです"),
        );
    }
}

/// The first line of a cell, by which its message is silenced.
fn shown_first(cell: &Cell) -> &str {
    cell.lines.first().map_or("", |line| line.value.as_str())
}

/// Shares of a part and of the whole have different wholes.
pub(super) fn is_share(part: &Quantity) -> bool {
    unified(&part.unit) == "%"
}

/// Whether the figures under a head can be parts of each other.
pub(super) fn may_be_parts(head: &str) -> bool {
    !["率", "比", "割合", "平均", "単価", "当たり", "あたり", "差", "増減", "順位"]
        .iter()
        .any(|word| head.contains(word))
}

/// うち…
fn is_part(row: &Row) -> bool {
    is_part_name(&label_of(row))
}

fn same_group(a: Role, b: Role) -> bool {
    match (a, b) {
        (Role::Plain, Role::Plain) => true,
        (Role::Child { parent }, Role::Child { parent: other }) => parent == other,
        _ => false,
    }
}

/// The only number of a cell.
fn only(cell: &Cell) -> Option<&Quantity> {
    match cell.quantities.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// J038 between the two years of a row.
fn check_places(table: &Indicator, row: &Row, year: FiscalYear, diagnostics: &mut Diagnostics) {
    let Some((old, new)) = table.year_cells(row, year) else { return };
    let (Some(old_one), Some(new_one)) = (only(old), only(new)) else { return };
    let change = slip_of_places(old_one.number, new_one.number)
        // What rises so far is a leap, which machines may count.
        .filter(|change| *change != "100倍" && is_same(&old_one.unit, &new_one.unit));
    if let Some(change) = change {
        diagnostics.push(
            other_places(&label_of(row), old.text().trim_matches(is_blank), new, change)
                .related(old.span, "前の年度はここです"),
        );
    } else if is_same(&old_one.unit, &new_one.unit) && is_leap(old_one.number, new_one.number) && !may_leap(row) {
        diagnostics.push(
            Diagnostic::new(
                Code::J038,
                new.span,
                format!("{}→{}と、100倍を超えて増えています。けた違いではありませんか。", old.text(), new.text()),
            )
            .help("数を確かめ、違っていれば直してください。")
            .or_acknowledge("【事業】", &label_of(row))
            .related(old.span, "前の年度はここです"),
        );
    }
}

/// A hundred times as much: 200 and 22,700. What falls so far was cancelled, unless its first digits stay.
fn is_leap(old: Decimal, new: Decimal) -> bool {
    old >= Decimal::TEN && old.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|hundredfold| new >= hundredfold)
}

/// What is counted by machines leaps honestly.
fn may_leap(row: &Row) -> bool {
    const COUNTED_BY_MACHINES: &[&str] = &[
        "閲覧",
        "アクセス",
        "再生",
        "表示",
        "視聴",
        "配信",
        "ダウンロード",
        "PV",
        "ＰＶ",
        "フォロワー",
        "いいね",
        "リーチ",
        "配布",
        "発行",
    ];
    let label = label_of(row);
    COUNTED_BY_MACHINES.iter().any(|word| label.contains(word))
}

fn other_places(label: &str, old: &str, new: &Cell, change: &str) -> Diagnostic {
    let text = new.text();
    Diagnostic::new(
        Code::J038,
        new.span,
        format!("{old}→{}と、ほぼ{change}です。けた違いではありませんか。", text.trim_matches(is_blank)),
    )
    .help("数を確かめ、違っていれば直してください。")
    .or_acknowledge("【事業】", label)
}

/// How a number became another one by one or two places more or less, with the same digits in front: 5,000 and 50. Below ten
/// that says nothing.
pub(super) fn slip_of_places(old: Decimal, new: Decimal) -> Option<&'static str> {
    let is_more = old.abs() < new.abs();
    let (small, large) = if is_more { (old.abs(), new.abs()) } else { (new.abs(), old.abs()) };
    if small < Decimal::TEN || old.is_sign_negative() != new.is_sign_negative() {
        return None;
    }
    let (small, large) = (small.trunc().to_string(), large.trunc().to_string());
    // The first two digits: 58 and 580, 5,000 and 50,000. Of long numbers two are alike by chance.
    let leading = if small.len() > 4 { 3 } else { 2 };
    if !small.get(..leading).is_some_and(|leading| large.starts_with(leading)) {
        return None;
    }
    match (large.len() - small.len(), is_more) {
        (1, true) => Some("10倍"),
        (1, false) => Some("10分の1"),
        (2, true) => Some("100倍"),
        (2, false) => Some("100分の1"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_off() {
        let is = |a: i64, b: i64| slip_of_places(Decimal::from(a), Decimal::from(b)).unwrap_or("");
        assert_eq!([is(5_000, 50_000), is(12, 125), is(580, 58)], ["10倍", "10倍", "10分の1"]);
        assert_eq!([is(5_000, 50), is(5_812, 58), is(58, 5_800)], ["100分の1", "100分の1", "100倍"]);
        let leaps = |a: i64, b: i64| is_leap(Decimal::from(a), Decimal::from(b));
        assert!(
            leaps(200, 22_700) && !leaps(14, 622) && !leaps(5_000, 48_000) && !leaps(22_700, 200) && !leaps(3, 900)
        );
        for (old, new) in
            [(5_000, 48_000), (1, 10), (9, 90), (100, 150), (-58, 580), (5_000, 48), (500_000, 50), (500, 5)]
        {
            assert_eq!(is(old, new), "", "{old} {new}");
        }
    }
}
