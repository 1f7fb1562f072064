//! What the form of a program takes from the rest of its report.

use std::collections::{BTreeMap, BTreeSet};

use super::checked::Checked;
use crate::model::{Context, Program, Report, SectionContent, Succession};
use crate::program_form::Basis;
use crate::syntax::SectionKind;

/// What the last check knows, for the program of a file.
pub fn program_basis(checked: &Checked, file: &str) -> Basis {
    let report = &checked.report;
    Basis {
        context: Context::of(report.head.as_ref(), report.form.clone()),
        asks_for_reading: report.asks_for_readings(),
        departments: departments(checked),
        labels: last_year(checked, file).map(labels_of).unwrap_or_default(),
    }
}

/// Those of 組織, else those that the report's programs name.
fn departments(checked: &Checked) -> Vec<String> {
    if let Some(organization) = &checked.reference.organization {
        let with_groups = |name: &String| {
            let groups = organization.departments.get(name).into_iter().flatten();
            std::iter::once(name.clone()).chain(groups.map(|group| format!("{name}　{group}"))).collect::<Vec<_>>()
        };
        return organization.order.iter().flat_map(with_groups).collect();
    }
    let typed = checked.report.all_programs().flat_map(|program| &program.departments);
    typed.map(|department| department.typed.value.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What the program was in the report of the year before.
fn last_year<'a>(checked: &'a Checked, file: &str) -> Option<&'a Program> {
    let (old, new): (&Report, &Report) = (&checked.reference.last_year.as_ref()?.report, &checked.report);
    let is_it = |program: &Program| checked.files.get(program.file).path() == file;
    let (index, _) = new.printed_programs().find(|(_, program)| is_it(program))?;
    old.program(Succession::find(old, new).before(index)?)
}

/// Whether the report of the year before has what a program is now; nothing where none is named.
pub fn is_of_last_year(checked: &Checked, file: &str) -> Option<bool> {
    checked.reference.last_year.as_ref().map(|_| last_year(checked, file).is_some())
}

/// What the report of the year before calls the program of a file.
pub fn title_of_last_year<'a>(checked: &'a Checked, file: &str) -> Option<&'a str> {
    last_year(checked, file)?.name.as_ref().map(|name| name.value.as_str())
}

fn labels_of(program: &Program) -> BTreeMap<SectionKind, Vec<String>> {
    let mut labels = BTreeMap::new();
    for (kind, content) in program.contents() {
        let SectionContent::Tables(tables) = content else { continue };
        let rows = tables.iter().flat_map(|table| &table.rows).filter(|row| !row.is_written);
        let own: Vec<String> = rows.map(|row| row.label.text().replace('\n', "")).collect();
        labels.insert(kind, own);
    }
    labels
}
