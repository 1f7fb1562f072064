//! 【項目】 and 【章の項目】: `名称｜種類｜条件｜別名`.

use super::aliases::own_names;
use super::choices::{Choices, read_choices};
use super::lines::{Row, Text, before_colon, parted};
use super::messages::{fault, twice, unknown};
use super::names::is_alike;
use super::repaired::{Words, repaired};
use crate::diagnostic::Diagnostics;
use crate::natural_order::digit;
use crate::syntax::chars::without_blanks;
use crate::syntax::{FieldName, FieldSpec, FileKind, interned};

/// A field of a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: FieldName,
    pub kind: FieldKind,
    pub is_required: bool,
    pub is_printed: bool,
    /// Of chapters of that level alone, from 0
    pub level: Option<usize>,
    /// What is printed for its name
    pub word: &'static str,
    /// Read like the name
    pub others: Vec<&'static str>,
}

/// What a field's value is. Words are accepted in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// Exact decimal and unit
    Number(Vec<String>),
    /// In the report's unit
    Amount(Vec<String>),
    Year(Vec<String>),
    /// 令和2年度～令和6年度; either end may be open
    Period(Vec<String>),
    /// A text that no other program has; leading zeros count
    Id,
    Choice(Choices),
    Department,
    /// The field is not used.
    None,
}

pub(super) const KINDS: &[&str] = &["文字", "数", "金額", "年度", "期間", "番号", "選択", "課", "なし"];
const CONDITIONS: &[&str] = &["必須", "何度でも", "印刷しない"];
const WORDS: Words =
    Words { kinds: KINDS, with_words: &["選択", "年度", "期間", "数", "金額"], conditions: CONDITIONS };
/// What a field of the language may be called in a form: its kinds, and the one that it has where another is typed.
const KINDS_OF: &[(FieldName, &[&str], FieldKind)] = &[
    (FieldName::Amount, &["金額", "なし"], FieldKind::Amount(Vec::new())),
    (FieldName::Category, &["選択", "なし"], FieldKind::Choice(Choices { list: Vec::new(), standard: None })),
    (FieldName::Department, &["課", "なし"], FieldKind::Department),
    (FieldName::Reading, &["文字", "なし"], FieldKind::Text),
    (FieldName::OutsideTotal, &["文字", "選択", "なし"], FieldKind::Text),
    (FieldName::Chart, &["文字", "選択", "なし"], FieldKind::Text),
    (FieldName::ChapterNumber, &["文字", "番号", "数", "なし"], FieldKind::Text),
];
/// Fields that belong to the report's order and stay as they are.
const FIXED: &[FieldName] = &[FieldName::Acknowledged, FieldName::FormerName];

/// The fields of a table of them; `file` is 【事業】 or 【章】.
pub(super) fn read_fields(rows: &[Row], file: FileKind, diagnostics: &mut Diagnostics) -> Vec<Field> {
    let mut fields: Vec<(Text, Field)> = Vec::new();
    let mut others: Vec<Vec<Text>> = Vec::new();
    for row in rows {
        let row = &repaired(row, WORDS, diagnostics);
        let Some(name) = row.cell(0) else {
            diagnostics.push(shape(row));
            continue;
        };
        if row.cells.len() == 1 || row.cells.len() > 4 {
            diagnostics.push(shape(row));
        }
        if let Some((first, _)) = fields.iter().find(|(first, _)| is_alike(&first.value, &name.value)) {
            diagnostics.push(twice(name.span, "項目", &name.value, first.span));
            continue;
        }
        if let Some(field) = read_field(row, name, file, diagnostics) {
            fields.push((name.clone(), field));
            others.push(row.cell(3).map(parted).unwrap_or_default());
        }
    }
    let is_open = |name: &FieldName| !fields.iter().any(|(_, field)| field.name == *name);
    let of_language = FieldName::of_language().filter(|name| name.home().is_none_or(|home| home == file));
    let of_language: Vec<&str> = of_language.filter(is_open).map(FieldName::name).collect();
    let typed = fields.iter().map(|(name, _)| name.clone()).zip(others).collect();
    let others = own_names(typed, "項目", &of_language, diagnostics);
    fields.into_iter().zip(others).map(|((_, field), others)| with_others(field, &others)).collect()
}

/// A field with its other names. Of a field of the language the first one is the word that is printed.
fn with_others(field: Field, others: &[Text]) -> Field {
    let others: Vec<&'static str> = others.iter().map(|other| interned(&other.value)).collect();
    let is_own = matches!(field.name, FieldName::Custom(_));
    let word = others.first().copied().filter(|_| !is_own).unwrap_or(field.word);
    Field { word, others, ..field }
}

/// The kind of a field of the language; J073 for one that it cannot have.
fn own_kind(name: FieldName, kind: FieldKind, typed: &Text, diagnostics: &mut Diagnostics) -> FieldKind {
    let Some((_, kinds, own)) = KINDS_OF.iter().find(|(known, ..)| *known == name) else { return kind };
    let word = before_colon(&typed.value);
    if kinds.contains(&word.as_str()) {
        return kind;
    }
    let example = |kind: &&str| format!("「{}｜{}」", name.name(), if *kind == "選択" { "選択：Ａ、Ｂ" } else { kind });
    let examples: Vec<String> = kinds.iter().map(example).collect();
    diagnostics.push(fault(
        typed.span,
        format!("「{}」は決まった働きをする項目なので、種類を「{word}」にはできません。", name.name()),
        format!("{}と書いてください。別のことを書く項目なら、別の名前にしてください。", examples.join("か")),
    ));
    own.clone()
}

fn shape(row: &Row) -> crate::diagnostic::Diagnostic {
    let name = row.cell(0).map_or("名称", |name| &name.value);
    fault(
        row.span,
        format!("項目「{name}」の行は「名称｜種類｜条件｜別名」の形になっていません。"),
        format!("「{name}｜文字」や「{name}｜文字｜必須」のように書いてください。種類は {} です。", KINDS.join("・")),
    )
}

fn read_field(row: &Row, name: &Text, file: FileKind, diagnostics: &mut Diagnostics) -> Option<Field> {
    let known = FieldName::of_language()
        .find(|field| field.name() == name.value && field.home().is_none_or(|home| home == file));
    if known.is_some_and(|field| FIXED.contains(&field)) {
        diagnostics.push(fault(
            row.span,
            format!("項目「{}」は、どの様式にもそのままあります。", name.value),
            "この行を消してください。",
        ));
        return None;
    }
    let before = diagnostics.iter().count();
    // One whose kind could not be read takes every text.
    let read = row.cell(1).and_then(|kind| read_kind(kind, diagnostics));
    let is_read = read.is_some();
    if known.is_some() && !is_read {
        return None;
    }
    let kind = match (known, row.cell(1)) {
        (Some(known), Some(typed)) => own_kind(known, read.unwrap_or(FieldKind::Text), typed, diagnostics),
        _ => read.unwrap_or(FieldKind::Text),
    };
    let (mut is_required, mut may_repeat, mut is_printed, mut level) = (false, false, true, None);
    for condition in row.cell(2).map(parted).unwrap_or_default() {
        match without_blanks(&condition.value).as_str() {
            "必須" => is_required = true,
            "何度でも" => may_repeat = true,
            "印刷しない" => is_printed = false,
            typed => match level_of(typed).filter(|_| file == FileKind::Chapter) {
                Some(found) => level = Some(found),
                None => diagnostics.push(unknown(condition.span, "項目の条件", &condition.value, CONDITIONS)),
            },
        }
    }
    // What a condition that could not be read would allow is allowed.
    may_repeat |= diagnostics.iter().count() > before;
    is_required &= is_read;
    let spec = || FieldSpec { name: interned(&without_blanks(&name.value)), home: file, may_repeat };
    let word = interned(&name.value);
    let name = known.unwrap_or_else(|| FieldName::own(spec()));
    Some(Field { name, kind, is_required, is_printed, level, word, others: Vec::new() })
}

/// 3層 is 2.
fn level_of(condition: &str) -> Option<usize> {
    let number = condition.strip_suffix('層')?;
    let mut digits = number.chars();
    let level = digits.next().and_then(digit)?;
    (digits.next().is_none() && (1..=4).contains(&level)).then(|| level as usize - 1)
}

fn read_kind(kind: &Text, diagnostics: &mut Diagnostics) -> Option<FieldKind> {
    let at = kind.value.find(['：', ':']);
    let word = without_blanks(kind.value.get(..at.unwrap_or(kind.value.len())).unwrap_or(""));
    let rest = at.map(|at| {
        let start = at + kind.value.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Text::new(kind.value.get(start..).unwrap_or("").to_string(), kind.stretch(start..kind.value.len()))
    });
    let words = |diagnostics: &mut Diagnostics| match &rest {
        Some(rest) => read_choices(Some(rest), &format!("{word}："), diagnostics).list,
        None => Vec::new(),
    };
    if let Some(rest) =
        rest.as_ref().filter(|_| KINDS.contains(&word.as_str()) && !WORDS.with_words.contains(&word.as_str()))
    {
        diagnostics.push(without_words(kind, &word, &rest.value));
    }
    Some(match word.as_str() {
        "文字" => FieldKind::Text,
        "数" => FieldKind::Number(words(diagnostics)),
        "金額" => FieldKind::Amount(words(diagnostics)),
        "年度" => FieldKind::Year(words(diagnostics)),
        "期間" => FieldKind::Period(words(diagnostics)),
        "番号" => FieldKind::Id,
        "選択" => FieldKind::Choice(choices(kind, rest, diagnostics)),
        "課" => FieldKind::Department,
        "なし" => FieldKind::None,
        _ => {
            diagnostics.push(unknown(kind.span, "項目の種類", &word, KINDS));
            return None;
        }
    })
}

/// 文字：地方自治法: a kind of which nothing more can be said.
pub(super) fn without_words(kind: &Text, word: &str, words: &str) -> crate::diagnostic::Diagnostic {
    fault(
        kind.span,
        format!("種類「{word}」の後ろの「{words}」は使われません。"),
        format!("「{word}」とだけ書いてください。選ぶ言葉なら「選択：{words}」と書きます。"),
    )
}

/// 選択 without choices is a fault; with them, in whatever line.
pub(super) fn choices(kind: &Text, rest: Option<Text>, diagnostics: &mut Diagnostics) -> Choices {
    let choices = read_choices(rest.as_ref(), "選択：", diagnostics);
    if choices.list.is_empty() {
        diagnostics.push(fault(
            kind.span,
            "選択に、選べる言葉がありません。",
            "「選択：拡充、現状維持、縮小、廃止」のように書いてください。",
        ));
    }
    choices
}
