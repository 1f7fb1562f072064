//! A form whose first line was forgotten, or is misspelt: its other headings say that it is one.

use super::heading::{Name, parse_heading};
use super::names::nearest;
use super::sections::{FileKind, SectionKind};
use super::vocabulary::Vocabulary;

/// Whether the headings of a text that has no title are those of a 【様式】: two of them, 【項目】 or 【見出し】 among them.
pub(super) fn is_form(text: &str) -> bool {
    let kinds: Vec<SectionKind> = names(text).filter_map(of_form).collect();
    let has_rows = kinds.iter().any(|kind| matches!(kind, SectionKind::FormFields | SectionKind::FormSections));
    has_rows && kinds.len() > 1
}

/// Whether the first heading of a form is none that a misspelt title could be.
pub(super) fn has_no_title(text: &str) -> bool {
    let titles = ["報告書", "章", "事業", "様式"];
    names(text).next().is_some_and(|name| match name {
        Name::Known(kind) => !matches!(kind, SectionKind::Head(_)),
        Name::Unknown(name) => nearest(&name, titles).is_none(),
    })
}

fn names(text: &str) -> impl Iterator<Item = Name> {
    let vocabulary = Vocabulary::of_forms();
    let file = Some(FileKind::Form);
    text.split(['\n', '\r']).filter_map(move |line| Some(parse_heading(line, &vocabulary, file)?.name))
}

fn of_form(name: Name) -> Option<SectionKind> {
    let Name::Known(kind) = name else { return None };
    Some(kind).filter(|kind| !matches!(kind, SectionKind::Head(_)) && kind.belongs_to(FileKind::Form))
}
