//! Units of figures that are no money, as offices write them beside amounts.

use super::names::{is_alike, last_bracket};

/// Counters that are read in prose. What is not here — dates, ages, ordinals, money — is no count.
pub const COUNTERS: &[&str] = &[
    "か所",
    "ヶ所",
    "ケ所",
    "カ所",
    "ヵ所",
    "箇所",
    "個所",
    "か国",
    "ヶ国",
    "カ国",
    "事業者",
    "事業所",
    "企業",
    "団体",
    "施設",
    "世帯",
    "種類",
    "品目",
    "店舗",
    "講座",
    "コース",
    "名",
    "人",
    "回",
    "件",
    "社",
    "校",
    "組",
    "本",
    "部",
    "台",
    "冊",
    "枚",
    "戸",
    "隻",
    "便",
    "店",
    "班",
    "棟",
];

/// Units that stand in cells, but are no counters in prose.
const MEASURES: &[&str] = &[
    "時間",
    "分",
    "日",
    "日間",
    "月",
    "か月",
    "ヶ月",
    "カ月",
    "年",
    "泊",
    "人工",
    "人役",
    "人日",
    "人月",
    "人年",
    "km",
    "㎞",
    "㎡",
    "m²",
    "ha",
    "kg",
    "トン",
    "kWh",
    "地区",
    "路線",
    "区画",
    "市町村",
    "自治体",
    "基",
    "園",
    "頭",
    "筆",
];

/// The unit that a name in a table of amounts has in brackets at its end: 職員数（人）.
pub fn unit_in_name(name: &str) -> Option<&'static str> {
    const UNITS: &[&str] = &[
        "人", "名", "人工", "人役", "人日", "人月", "人年", "時間", "日", "件", "回", "台", "か所", "ヶ所", "箇所",
        "％", "㎡", "km", "ha", "世帯", "戸",
    ];
    let (_, unit) = last_bracket(name)?;
    UNITS.iter().copied().find(|known| is_alike(known, unit))
}

/// Whether a figure of a unit is certainly no amount.
pub fn is_counted(unit: &str) -> bool {
    COUNTERS.iter().chain(MEASURES).any(|known| is_alike(known, unit))
}

/// Whether what stands behind a figure can be the name of a unit at all: no numeral, no mark, no lone letter that may be a digit.
pub fn may_be_unit(text: &str) -> bool {
    let is_numeral = text.starts_with(['十', '百', '千', '万', '億', '兆']);
    let is_mark = |c: char| !c.is_alphabetic() || matches!(c, 'ー' | 'ヽ' | 'ゝ' | '〇');
    let is_lone_letter = text.chars().count() == 1 && text.is_ascii();
    !is_numeral && !is_lone_letter && !text.chars().any(is_mark)
}
