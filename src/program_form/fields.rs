//! The fields of a program's head: what may stand in each, what does, and where one that lacks is to be written.

use serde::Serialize;

use super::Basis;
use super::hints::hint_of_field;
use super::pieces::{Piece, Pieces};
use crate::form::{FieldKind, Form};
use crate::syntax::{Ast, FieldName, LineKind, Section};

/// One field.
#[derive(Debug, Clone, Serialize)]
pub struct FieldEntry {
    /// What it is called in a line of the file
    pub name: &'static str,
    pub kind: &'static str,
    pub is_required: bool,
    pub may_repeat: bool,
    /// Of the language, and none that the form asks for
    pub is_extra: bool,
    pub choices: Vec<String>,
    /// The choice that counts where none is written
    pub standard: Option<String>,
    /// What may be picked instead of being typed
    pub suggestions: Vec<String>,
    /// 千円
    pub unit: Option<&'static str>,
    pub hint: String,
    pub values: Vec<Piece>,
    /// A further value, or the first one
    pub add: Option<Piece>,
}

/// A field that a program may have.
struct Wanted {
    name: FieldName,
    kind: FieldKind,
    is_required: bool,
    is_extra: bool,
}

/// All fields, in the order of the form; then those of the language.
pub(super) fn fields(pieces: Pieces<'_>, ast: &Ast, basis: &Basis) -> Vec<FieldEntry> {
    let form = &*basis.context.form;
    let wanted = wanted(form, basis.asks_for_reading);
    let head = ast.head();
    // A field that lacks stands behind the last of those before it.
    let mut end = head.map_or(0, |head| pieces.line_of(head.heading.start).end);
    let mut made = Vec::new();
    for field in wanted {
        let places = head.map(|head| places_of(head, field.name)).unwrap_or_default();
        let word = form.typed_word(field.name);
        let values: Vec<Piece> = places.iter().map(|place| value(pieces, place.clone())).collect();
        if let Some(last) = values.last() {
            end = pieces.line_of(last.start).end;
        }
        let may_add = head.is_some() && (values.is_empty() || field.name.may_repeat());
        let add = may_add.then(|| pieces.missing(end, format!("\n{word}："), ""));
        made.push(entry(form, basis, field, values, add));
    }
    made
}

fn value(pieces: Pieces<'_>, place: std::ops::Range<usize>) -> Piece {
    pieces.there(place, "　")
}

fn places_of(head: &Section, wanted: FieldName) -> Vec<std::ops::Range<usize>> {
    let place = |line: &crate::syntax::Line| {
        let LineKind::Field { name, value } = line.kind else { return None };
        (name == wanted).then_some(value.start..value.end)
    };
    head.lines.iter().filter_map(place).collect()
}

/// Those of the form in its order. 事業費 and 担当 are asked for where the form says nothing of them.
fn wanted(form: &Form, asks_for_reading: bool) -> Vec<Wanted> {
    let is_computed = |name: FieldName| name == FieldName::Amount && form.amount_table().is_some();
    let used = form.fields.iter().filter(|field| field.kind != FieldKind::None && !is_computed(field.name));
    let mut found: Vec<Wanted> = used
        .map(|field| Wanted {
            name: field.name,
            kind: field.kind.clone(),
            is_required: field.is_required,
            is_extra: false,
        })
        .collect();
    let asked = |name, kind| Wanted { name, kind, is_required: true, is_extra: false };
    if form.field(FieldName::Department).is_none() {
        found.push(asked(FieldName::Department, FieldKind::Department));
    }
    if form.field(FieldName::Amount).is_none() && form.asks_for_amount() {
        found.insert(0, asked(FieldName::Amount, FieldKind::Amount(Vec::new())));
    }
    let others = [
        (FieldName::Category, category()),
        (FieldName::Reading, FieldKind::Text),
        (FieldName::FormerName, FieldKind::Text),
        (FieldName::OutsideTotal, FieldKind::Text),
        (FieldName::Chart, chart()),
        (FieldName::Acknowledged, FieldKind::Text),
    ];
    let others = others.into_iter().filter(|(name, _)| form.field(*name).is_none());
    found.extend(others.map(|(name, kind)| Wanted { name, kind, is_required: false, is_extra: true }));
    // 索引 needs it: it stands first, as the line below the name.
    if let Some(at) = found.iter().position(|field| asks_for_reading && field.name == FieldName::Reading) {
        let reading = found.remove(at);
        found.insert(0, Wanted { is_extra: false, ..reading });
    }
    found
}

fn category() -> FieldKind {
    let own = crate::form::standard().field(FieldName::Category);
    own.map_or(FieldKind::Text, |field| field.kind.clone())
}

fn chart() -> FieldKind {
    FieldKind::Choice(crate::form::Choices {
        list: ["あり", "なし"].map(str::to_string).to_vec(), standard: Some(1)
    })
}

fn entry(form: &Form, basis: &Basis, field: Wanted, values: Vec<Piece>, add: Option<Piece>) -> FieldEntry {
    let (kind, suggestions) = match &field.kind {
        FieldKind::Number(words) => ("number", words.clone()),
        FieldKind::Amount(words) => ("amount", words.clone()),
        FieldKind::Year(words) => ("year", words.clone()),
        FieldKind::Period(words) => ("period", words.clone()),
        FieldKind::Id => ("id", Vec::new()),
        FieldKind::Choice(_) => ("choice", Vec::new()),
        FieldKind::Department => ("department", basis.departments.clone()),
        FieldKind::Text | FieldKind::None => ("text", Vec::new()),
    };
    let (choices, standard) = match &field.kind {
        FieldKind::Choice(choices) => (choices.list.clone(), choices.standard().map(str::to_string)),
        FieldKind::Text
        | FieldKind::Number(_)
        | FieldKind::Amount(_)
        | FieldKind::Year(_)
        | FieldKind::Period(_)
        | FieldKind::Id
        | FieldKind::Department
        | FieldKind::None => (Vec::new(), None),
    };
    let unit = basis.context.unit().name();
    FieldEntry {
        name: form.typed_word(field.name),
        kind,
        is_required: field.is_required,
        may_repeat: field.name.may_repeat(),
        is_extra: field.is_extra,
        choices,
        standard,
        suggestions,
        unit: matches!(field.kind, FieldKind::Amount(_)).then_some(unit),
        hint: hint_of_field(field.name, &field.kind, unit),
        values,
        add,
    }
}
