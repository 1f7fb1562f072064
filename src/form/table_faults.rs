//! What is wrong in the settings of a 【表】 as a whole: nothing behind a colon, too many columns, a 計 that cannot be.

use super::formula::split;
use super::lines::{Setting, entries, named};
use super::messages::{fault, twice};
use super::names::is_alike;
use super::table::{Row, Table};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::chars::without_blanks;

/// As many columns of values as a page turned sideways holds.
const MOST_COLUMNS: usize = 24;

pub(super) fn is_empty(setting: &Setting) -> bool {
    setting.value.value.is_empty() && setting.more.is_empty()
}

/// A setting behind which nothing stands.
pub(super) fn empty(setting: &Setting) -> Diagnostic {
    let name = without_blanks(&setting.name.value);
    let example = match name.as_str() {
        "年度" => "前年度、当年度",
        "列" => "予算額、決算額、執行率＝決算額÷予算額",
        "前の列" => "単位",
        "後の列" => "備考",
        "向き" => "縦",
        "値" => "金額",
        "金額の列" => "決算額",
        "行" => "国庫支出金、県支出金、一般財源",
        "文字の行" => "財源の根拠",
        "計" => "合計",
        _ => "合計の決算額",
    };
    fault(
        setting.span,
        format!("「{name}：」の後に何も書かれていません。"),
        format!("「{name}：{example}」のように書くか、この行を消してください。"),
    )
}

/// Settings that say one thing, and that twice.
pub(super) fn report_twice(settings: &[Setting], diagnostics: &mut Diagnostics) {
    for name in ["値", "計", "向き", "事業費"] {
        let typed: Vec<&Setting> = named(settings, name).filter(|setting| !is_empty(setting)).collect();
        if let [first, second, ..] = typed.as_slice() {
            diagnostics.push(twice(second.span, "表の項目", name, first.span));
        }
    }
}

/// A formula where nothing is computed: behind 計, and in a column of text.
pub(super) fn report_formulas(settings: &[Setting], diagnostics: &mut Diagnostics) {
    for setting in named(settings, "計") {
        let (name, formula) = split(&setting.value);
        if let Some(formula) = formula {
            diagnostics.push(fault(
                formula.span,
                "「計：」に計算のしかたは要りません。",
                format!("「計：{}」と書いてください。計は、「行」のいちばん上の段を全部足します。", name.value),
            ));
        }
    }
    for setting in ["前の列", "後の列"].into_iter().flat_map(|name| named(settings, name)) {
        for entry in entries(setting) {
            if let (name, Some(_)) = split(&entry) {
                diagnostics.push(fault(
                    entry.span,
                    format!("「{}：」は文字の列なので、「{}」は計算できません。", setting.name.value, name.value),
                    format!("「{}」を「列：」に移してください。", entry.value),
                ));
            }
        }
    }
}

pub(super) fn check_size(table: &Table, place: Span, diagnostics: &mut Diagnostics) {
    let count = table.value_columns().len();
    if count > MOST_COLUMNS {
        diagnostics.push(fault(
            place,
            format!("表【{}】の値の列が{count}列になります。{MOST_COLUMNS}列までです。", table.name),
            "年度か列を減らすか、2つの表に分けてください。",
        ));
    }
    let is_plain = |row: &&Row| row.level == 0 && row.formula.is_none();
    if let Some(row) = table.rows.iter().find(|row| table.is_transposed && !is_plain(row)) {
        diagnostics.push(fault(
            place,
            format!("表【{}】は「向き：縦」なので、行「{}」に「・」や「＝」は使えません。", table.name, row.name),
            "「・」の行には「列」の名前が並びます。計算は「列」に書いてください。",
        ));
    }
    if table.is_transposed && (table.years.is_empty() || table.columns.is_empty()) {
        diagnostics.push(fault(
            place,
            format!("表【{}】の「向き：縦」には、年度と列の両方が要ります。", table.name),
            "「年度：前年度、当年度」と「列：目標、実績」のように両方を書くか、「向き：縦」を消してください。",
        ));
    }
}

/// 計 is a row that the form does not have yet, and no table of ・ rows has it.
pub(super) fn check_total(table: &Table, settings: &[Setting], diagnostics: &mut Diagnostics) {
    let Some((setting, total)) = named(settings, "計").next().zip(table.total.as_ref()) else { return };
    if table.rows.iter().any(|row| row.level == 0 && is_alike(&row.name, total)) {
        diagnostics.push(fault(
            setting.span,
            format!("「{total}」は「行」にもあります。"),
            "「行」からその名前を消すか、「計」の行を消してください。計の行は一番下に自動で入ります。",
        ));
    }
    if table.is_transposed {
        diagnostics.push(fault(
            setting.span,
            "「向き：縦」の表に「計」は書けません。",
            "この行を消してください。合計が要るなら、「列」に「合計＝Ａ＋Ｂ」のように書いてください。",
        ));
    }
}
