//! Fields of an office's form: their values, and J018 for what cannot be read.

use super::amount::{format_amount, parse_amount};
use super::department::parse_department;
use super::fields::{Field as Typed, Fields, not_understood};
use super::quantity::parse_quantities;
use super::year::parse_fiscal_year;
use super::{Amount, Context, FiscalYear, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{Field, FieldKind, is_alike, listed};
use crate::source::SourceFile;
use crate::source::Span;
use crate::syntax::chars::without_blanks;
use crate::syntax::{Ast, FileKind};
use crate::syntax::{FieldName, has_misread};

/// A field of an office's form in a head. What could not be read is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomField {
    pub name: FieldName,
    /// As typed; of a choice that nobody wrote, the standard one
    pub value: Text,
    pub meaning: Meaning,
}

/// What a value says beside its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Text,
    /// A word that the form accepts in the place of a value
    Word,
    /// In the report's unit
    Amount(Amount),
    Year(FiscalYear),
    Period(Option<FiscalYear>, Option<FiscalYear>),
    /// The choice as the form has it
    Choice(String),
}

/// Reads the form's own fields of a head. `level` is a chapter's, from 0.
pub(super) fn lower_custom_fields(
    file: &SourceFile,
    ast: &Ast,
    fields: &Fields,
    (form_fields, level): (&[Field], Option<usize>),
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Vec<CustomField> {
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    let mut found = Vec::new();
    for field in form_fields.iter().filter(|field| matches!(field.name, FieldName::Custom(_))) {
        let is_elsewhere = field.level.is_some_and(|wanted| level.is_some_and(|level| level != wanted));
        let typed: Vec<&Typed> = fields.all(field.name).collect();
        if is_elsewhere {
            typed.iter().for_each(|typed| diagnostics.push(of_another_level(field, typed)));
            continue;
        }
        if typed.is_empty() {
            let standard = standard(field, heading);
            if standard.is_none() && field.is_required && !has_misread(file, ast, field.name) {
                diagnostics.push(missing(field, heading, ast.kind));
            }
            found.extend(standard);
        }
        for typed in typed {
            found.extend(lower_one(field, typed, context, diagnostics));
        }
    }
    found
}

fn missing(field: &Field, heading: Span, kind: Option<FileKind>) -> Diagnostic {
    let (name, head) = (field.name.name(), if kind == Some(FileKind::Chapter) { "章" } else { "事業" });
    Diagnostic::new(Code::J018, heading, format!("{name}がありません。"))
        .help(format!("【{head}】のすぐ下に「{name}：{}」のように書いてください。", example(field)))
}

fn of_another_level(field: &Field, typed: &Typed) -> Diagnostic {
    let (name, level) = (field.name.name(), field.level.map_or(0, |level| level + 1));
    Diagnostic::new(Code::J018, typed.line, format!("「{name}」は、上から{level}番目の層の章だけに書く項目です。"))
        .help("この行を消すか、その層の章のファイルに移してください。")
}

/// The choice that counts where none is written.
fn standard(field: &Field, place: Span) -> Option<CustomField> {
    let FieldKind::Choice(choices) = &field.kind else { return None };
    let choice = choices.standard()?.to_string();
    let value = Text::new(choice.clone(), Span { end: place.start, ..place });
    Some(CustomField { name: field.name, value, meaning: Meaning::Choice(choice) })
}

fn lower_one(field: &Field, typed: &Typed, context: &Context, diagnostics: &mut Diagnostics) -> Option<CustomField> {
    if typed.value.value.is_empty() {
        let standard = standard(field, typed.line);
        let is_awaited = field.is_required || matches!(field.kind, FieldKind::Choice(_));
        if standard.is_none() && is_awaited {
            diagnostics.push(not_understood(typed, &help(field, context)));
        }
        return standard;
    }
    let reversed = Some(&typed.value).filter(|_| matches!(field.kind, FieldKind::Period(_)));
    if let Some((from, to)) = reversed.and_then(|value| reversed_period(&value.value)) {
        diagnostics.push(ends_before_it_begins(typed, from, to));
        return None;
    }
    let Some(meaning) = read(field, &typed.value, context) else {
        diagnostics.push(not_understood(typed, &help(field, context)));
        return None;
    };
    Some(CustomField { name: field.name, value: typed.value.clone(), meaning })
}

/// What a value says; `None` for one that the kind of field does not take.
fn read(field: &Field, value: &Text, context: &Context) -> Option<Meaning> {
    let text = value.value.as_str();
    let word = |words: &[String]| words.iter().any(|word| is_alike(word, text)).then_some(Meaning::Word);
    match &field.kind {
        FieldKind::Text | FieldKind::Id | FieldKind::None => Some(Meaning::Text),
        FieldKind::Number(words) => {
            word(words).or_else(|| matches!(parse_quantities(text).as_slice(), [_]).then_some(Meaning::Text))
        }
        FieldKind::Amount(words) => {
            word(words).or_else(|| parse_amount(text, context.unit()).ok().map(Meaning::Amount))
        }
        FieldKind::Year(words) => word(words).or_else(|| parse_fiscal_year(&without_blanks(text)).map(Meaning::Year)),
        FieldKind::Period(words) => word(words).or_else(|| read_period(text, words)),
        FieldKind::Choice(choices) => choices.find(text).map(|choice| Meaning::Choice(choice.to_string())),
        FieldKind::Department => parse_department(value).map(|_| Meaning::Text),
    }
}

/// 令和2年度～令和6年度, S35～, ～R6; a word may stand for either end.
fn read_period(text: &str, words: &[String]) -> Option<Meaning> {
    let text = without_blanks(text);
    let parts: Vec<&str> = text.split(is_range).collect();
    let end = |part: &str| match part {
        "" => Some(None),
        part if words.iter().any(|word| is_alike(word, part)) => Some(None),
        part => parse_fiscal_year(part).map(Some),
    };
    match parts.as_slice() {
        [only] => Some(Meaning::Period(end(only)?, end(only)?)).filter(|_| !only.is_empty()),
        [from, to] if !(from.is_empty() && to.is_empty()) => {
            let (from, to) = (end(from)?, end(to)?);
            let is_in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
            is_in_order.then_some(Meaning::Period(from, to))
        }
        _ => None,
    }
}

/// The ends of a period of which the second lies before the first.
fn reversed_period(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once(is_range)?;
    let year = |part: &str| parse_fiscal_year(&without_blanks(part));
    (year(from)? > year(to)?).then_some((from.trim(), to.trim()))
}

fn is_range(c: char) -> bool {
    matches!(c, '～' | '〜' | '~' | '－' | '−' | '–' | '—' | '-')
}

fn ends_before_it_begins(typed: &Typed, from: &str, to: &str) -> Diagnostic {
    let (name, value) = (typed.name.name(), &typed.value);
    let message = format!("{name}「{}」は、終わりが始めより前です。", value.value);
    Diagnostic::new(Code::J018, value.span, message)
        .help(format!("年度を確かめ、「{to}～{from}」のように、始めの年度を先に書いてください。"))
}

fn example(field: &Field) -> String {
    match &field.kind {
        FieldKind::Choice(choices) => choices.list.first().cloned().unwrap_or_default(),
        FieldKind::Amount(_) => "1,234".to_string(),
        FieldKind::Number(_) => "12人".to_string(),
        FieldKind::Year(_) => "令和2年度".to_string(),
        FieldKind::Period(_) => "令和2年度～令和6年度".to_string(),
        FieldKind::Department => "課名".to_string(),
        FieldKind::Text | FieldKind::Id | FieldKind::None => String::new(),
    }
}

fn help(field: &Field, context: &Context) -> String {
    let unit = context.unit().name();
    let (form, words): (String, &[String]) = match &field.kind {
        FieldKind::Choice(choices) => (format!("{} のどれかを書いてください。", choices.listed()), &[]),
        FieldKind::Amount(words) => {
            (format!("{unit}単位の数字だけで「{}」のように書いてください。", format_amount(1234)), words)
        }
        FieldKind::Number(words) => ("「12人」「3.5」のように、1つの数と単位で書いてください。".to_string(), words),
        FieldKind::Year(words) => ("「令和2年度」「R2」「2020年度」のどれかの形で書いてください。".to_string(), words),
        FieldKind::Period(words) => {
            ("「令和2年度～令和6年度」「S35～」のように、始めと終わりを書いてください。".to_string(), words)
        }
        FieldKind::Department => ("課の名前を書いてください。".to_string(), &[]),
        FieldKind::Text | FieldKind::Id | FieldKind::None => {
            (format!("「{}：」の後に書いてください。", field.name.name()), &[])
        }
    };
    let words = if words.is_empty() { String::new() } else { format!("{} とも書けます。", listed(words)) };
    format!("{form}{words}")
}
