//! The figures of a table as sums and rates are made from them: one exact number a cell, with the unit that stands in the cell,
//! in the head, in the label or in the caption.

use rust_decimal::Decimal;

use super::rows::label_of;
use super::unit::{MONEY, unified};
use crate::model::{Cell, Columns, Indicator, Quantity, Row, Value, parse_quantities};
use crate::syntax::chars::is_blank;

/// Words in a label or head that make a figure no part of a sum.
const NO_SUMMANDS: &[&str] = &[
    "率",
    "比",
    "割合",
    "平均",
    "単価",
    "当たり",
    "あたり",
    "最高",
    "最低",
    "最大",
    "最小",
    "目標",
    "計画",
    "予算",
    "決算",
    "前年",
    "再掲",
    "累計",
    "差",
    "増減",
    "残",
    "利益",
    "見込",
    "上限",
    "限度",
];
/// Words that say that the parts shown are not all.
const PARTIAL: &[&str] = &["主な", "主要", "例", "抜粋", "一部", "代表", "上位", "参考"];
const TOTALS: &[&str] = &[
    "計",
    "合計",
    "小計",
    "総計",
    "総額",
    "総合計",
    "合計額",
    "総計額",
    "合計数",
    "総数",
    "全体",
    "全体計",
    "トータル",
];
const TOTAL_ENDS: &[&str] = &["合計", "小計", "総計", "費計", "額計", "出計", "入計", "金計", "源計"];
const FUNDS: &[&str] = &[
    "国庫",
    "国費",
    "国・県",
    "国支出金",
    "国（県）",
    "国(県)",
    "県支出金",
    "府支出金",
    "県費",
    "市債",
    "県債",
    "地方債",
    "起債",
    "その他",
    "一般財源",
    "特定財源",
    "諸収入",
    "使用料",
    "分担金",
    "負担金",
    "寄附金",
    "繰入金",
];

/// Who pays, as a whole name: 国｜県｜市債｜その他｜一般財源.
const PAYERS: &[&str] = &["国", "都", "道", "府", "県", "市", "町", "村", "市町村", "受益者", "団体"];

/// The one number of a cell.
pub(super) struct Figure<'a> {
    pub(super) cell: &'a Cell,
    pub(super) number: Decimal,
    pub(super) unit: String,
}

/// A number, and what it may be off by where it was rounded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) number: Decimal,
    pub(super) grain: Decimal,
}

impl Measure {
    /// Yen and counts are exact.
    pub(super) fn new(number: Decimal, unit: &str) -> Self {
        let is_rounded = number.scale() > 0 || matches!(unit, "千円" | "百万円");
        let grain = if is_rounded { Decimal::new(1, number.scale()) } else { Decimal::ZERO };
        Self { number, grain }
    }
}

impl Figure<'_> {
    pub(super) fn is_money(&self) -> bool {
        MONEY.contains(&self.unit.as_str())
    }

    pub(super) fn measure(&self) -> Measure {
        Measure::new(self.number, &self.unit)
    }

    /// The worth of the last place that was typed: what a rounded figure may be off by.
    pub(super) fn grain(&self) -> Decimal {
        self.measure().grain
    }
}

/// The figure that a row has of its own in a column; nothing for a shared cell, for 約 and for 1.2億円, which is rounded.
pub(super) fn figure<'a>(table: &'a Indicator, row: &'a Row, column: usize) -> Option<Figure<'a>> {
    figure_of_any_size(table, row, column).filter(|figure| is_ordinary(figure.number))
}

/// The same for what only adds: a part that is far too large makes a sum wrong.
pub(super) fn figure_of_any_size<'a>(table: &'a Indicator, row: &'a Row, column: usize) -> Option<Figure<'a>> {
    let Value::Own(cell) = row.values.get(column)? else { return None };
    let quantity = cell.only_figure().cloned().or_else(|| figure_before_brackets(cell))?;
    if quantity.prefix.is_some_and(|prefix| prefix != "計") || cell.text().contains(['万', '億', '兆']) {
        return None;
    }
    let unit = if quantity.unit.is_empty() {
        unit_beside(table, row, column).unwrap_or_default()
    } else {
        quantity.unit.clone()
    };
    Some(Figure { cell, number: quantity.number, unit: unified(&unit).to_string() })
}

/// 90千円 of a cell 90千円（2件）: in the brackets stands a figure of another unit.
fn figure_before_brackets(cell: &Cell) -> Option<Quantity> {
    let [line] = cell.lines.as_slice() else { return None };
    let text = line.value.trim_matches(is_blank);
    let (figure, inner) = text.strip_suffix(['）', ')'])?.split_once(['（', '('])?;
    let only = |text: &str| <[Quantity; 1]>::try_from(parse_quantities(text)).ok().map(|[only]| only);
    let (figure, beside) = (only(figure)?, only(inner)?);
    (!figure.unit.is_empty() && unified(&figure.unit) != unified(&beside.unit)).then_some(figure)
}

/// Whether sums and rates of a number stay within what a `Decimal` holds; what is larger is a slip of another kind.
pub(super) fn is_ordinary(number: Decimal) -> bool {
    number.abs() < Decimal::from(1_000_000_000_000_000_i64) && number.scale() <= 6
}

/// （千円） in the head, behind the label, its parent's label, or in the caption.
pub(super) fn unit_beside(table: &Indicator, row: &Row, column: usize) -> Option<String> {
    let head = head_of(table, column);
    let parent = table.parent(row).map(label_of);
    let caption = table.caption.as_ref().map(|caption| caption.value.clone());
    [Some(head), Some(label_of(row)), parent, caption].into_iter().flatten().find_map(|text| unit_in_brackets(&text))
}

fn unit_in_brackets(text: &str) -> Option<String> {
    text.split(['（', '(', '［', '[']).skip(1).find_map(|part| {
        let (inner, _) = part.split_once(['）', ')', '］', ']'])?;
        let inner = inner.trim_start_matches("単位").trim_start_matches(['：', ':']).trim_matches(is_blank);
        let is_unit =
            MONEY.contains(&inner) || super::unit::counter_at(inner) == Some(inner) || matches!(inner, "%" | "％");
        is_unit.then(|| inner.to_string())
    })
}

/// The head of a column of the table's own, as one line.
pub(super) fn head_of(table: &Indicator, column: usize) -> String {
    match &table.columns {
        Columns::Years => String::new(),
        Columns::Own(columns) => {
            columns.get(column).map(|column| column.label.value.replace('\n', "")).unwrap_or_default()
        }
    }
}

/// A label or head without its brackets, its blanks and a letter that formulas name it by: 事業費計（Ａ） is 事業費計.
pub(super) fn bare(text: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' | '［' | '[' => depth += 1,
            '）' | ')' | '］' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 && !is_blank(c) && c != '\n' => bare.push(c),
            _ => {}
        }
    }
    let ends = |c: char| c.is_ascii_alphabetic() || ('Ａ'..='Ｚ').contains(&c) || ('①'..='⑳').contains(&c);
    bare.trim_end_matches(ends).to_string()
}

/// How a part's name begins where 内 stands for うち.
const WITHIN: &[&str] = &["内、", "内）", "内)", "内 ", "内　", "内：", "内］"];

/// うち…, 内、…; 内　訳 is a word.
pub(super) fn is_part_name(name: &str) -> bool {
    let name = name.trim_start_matches(['（', '(', '・']);
    let is_inner = |start: &str| name.strip_prefix(start).is_some_and(|rest| !bare(rest).starts_with('訳'));
    if WITHIN.iter().any(|start| is_inner(start)) {
        return true;
    }
    name.starts_with("うち") || name.starts_with("内数") || name.ends_with("（内数）") || name.ends_with("(内数)")
}

/// A label that says anywhere that its figure lies within another one: 補助金のうち県単分, 内 国庫, 県分（内数）.
pub(super) fn is_within(name: &str) -> bool {
    let name = name.trim_start_matches(|c: char| is_blank(c) || matches!(c, '（' | '(' | '・' | '※' | '［' | '['));
    let is_part = |at: usize| {
        let before = name.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| is_blank(c) || matches!(c, 'の' | '（' | '(' | '、' | '［' | '['))
    };
    WITHIN.iter().any(|start| name.starts_with(start))
        || name.contains("内数")
        || name.match_indices("うち").any(|(at, _)| is_part(at))
}

pub(super) fn is_total(name: &str) -> bool {
    let name = bare(name);
    TOTALS.contains(&name.as_str()) || TOTAL_ENDS.iter().any(|end| name.ends_with(end))
}

/// 合計 alone, and not 事業費計
pub(super) fn is_bare_total(name: &str) -> bool {
    TOTALS.contains(&bare(name).as_str())
}

pub(super) fn is_no_summand(name: &str) -> bool {
    NO_SUMMANDS.iter().any(|word| name.contains(word))
}

pub(super) fn is_partial(name: &str) -> bool {
    PARTIAL.iter().any(|word| name.contains(word))
}

/// A row or column that is no part of a 計: 平均, 主な…, 補助金のうち県単分. Whether 県単分（うち市分） is one nobody can tell.
pub(super) fn is_of_no_sum(name: &str) -> bool {
    is_no_summand(name) || is_partial(name) || (is_within(name) && !is_part_name(name))
}

/// A source of money: beside 一般財源 they are all there is.
pub(super) fn is_fund(name: &str) -> bool {
    (FUNDS.iter().any(|fund| name.contains(fund)) || PAYERS.contains(&bare(name).as_str())) && !is_part_name(name)
}
