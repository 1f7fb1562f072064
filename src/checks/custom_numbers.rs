//! J061: a field of the kind 番号 says the same of two programs, or of two chapters.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{Field, FieldKind};
use crate::model::{CustomField, Report, Text};
use crate::syntax::chars::unified;

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    let programs: Vec<&CustomField> = report.all_programs().flat_map(|program| &program.fields).collect();
    let chapters: Vec<&CustomField> = report.chapters.iter().flat_map(|chapter| &chapter.head.fields).collect();
    check_fields(&report.form.fields, &programs, "事業", diagnostics);
    check_fields(&report.form.chapter_fields, &chapters, "章", diagnostics);
}

fn check_fields(form: &[Field], typed: &[&CustomField], of: &str, diagnostics: &mut Diagnostics) {
    for field in form.iter().filter(|field| field.kind == FieldKind::Id) {
        // By the number in one width: thousands of programs are not compared one by one.
        let mut seen: BTreeMap<String, &Text> = BTreeMap::new();
        for own in typed.iter().filter(|own| own.name == field.name) {
            match seen.entry(unified(&own.value.value).to_string()) {
                Entry::Occupied(first) => diagnostics.push(twice(field, &own.value, first.get(), of)),
                Entry::Vacant(place) => {
                    place.insert(&own.value);
                }
            }
        }
    }
}

fn twice(field: &Field, second: &Text, first: &Text, of: &str) -> Diagnostic {
    let name = field.name.name();
    Diagnostic::new(Code::J061, second.span, format!("{name}「{}」が2つの{of}にあります。", second.value))
        .help(format!("{name}は{of}ごとに違う番号です。どちらかを直してください。"))
        .related(first.span, "1つ目はここです")
}
