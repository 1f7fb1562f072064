//! The numbers: programs expected, handed in, not filled in, not there, with errors, with warnings, by department.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{Moment, UNDECIDED};
use crate::diagnostic::{Code, Severity};
use crate::model::{Prose, Report};
use crate::natural_order;
use crate::pipeline::{Checked, OFFICE};
use crate::source::{FileId, SourceFile};
use crate::syntax::SectionRole;

/// How far a report is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub title: String,
    /// In the order of 組織, then by name; the one that is not known comes last.
    pub departments: Vec<DepartmentProgress>,
    pub total: DepartmentProgress,
    /// In the order of the departments
    pub absent: Vec<Absent>,
}

/// A row of the table. Everything but `open` counts programs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DepartmentProgress {
    pub department: String,
    /// Files that are there and filled in
    pub handed_in: usize,
    /// Forms in which nothing stands yet, and programs of a new year whose results are open
    pub blank: usize,
    /// In 【構成】 or in the ledger, and no file
    pub missing: usize,
    pub with_errors: usize,
    pub with_warnings: usize,
    /// Places that are to be filled in; a form in which nothing stands yet is one
    pub open: usize,
    /// Of what was handed in
    pub last_change: Option<Moment>,
}

/// A program that nobody has handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    pub department: String,
    pub name: String,
    /// The form is there and empty.
    pub is_blank: bool,
}

impl DepartmentProgress {
    pub fn expected(&self) -> usize {
        self.handed_in + self.blank + self.missing
    }
}

/// A file of the report that is a program's, as far as can be seen.
struct Entry<'a> {
    file: &'a SourceFile,
    department: String,
    is_blank: bool,
    name: String,
}

impl Progress {
    /// `changed` gives the time of a file by its path from the report, in seconds since 1970.
    pub fn of(checked: &Checked, changed: &dyn Fn(&str) -> Option<i64>) -> Self {
        let with = |severity| -> BTreeSet<FileId> {
            let found = checked.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
            found.map(|diagnostic| diagnostic.primary.span.file).collect()
        };
        let (errors, warnings) = (with(Severity::Error), with(Severity::Warning));
        let mut rows: BTreeMap<String, DepartmentProgress> = BTreeMap::new();
        let mut absent = Vec::new();
        let mut owners: BTreeMap<FileId, String> = BTreeMap::new();
        for Entry { file, department, is_blank, name } in entries(checked) {
            owners.insert(file.id(), department.clone());
            let row = rows.entry(department.clone()).or_default();
            if is_blank {
                row.blank += 1;
                absent.push(Absent { department, name, is_blank });
                continue;
            }
            row.handed_in += 1;
            row.with_errors += usize::from(errors.contains(&file.id()));
            row.with_warnings += usize::from(warnings.contains(&file.id()));
            row.last_change = row.last_change.max(changed(file.path()).and_then(Moment::from_unix));
        }
        for missing in &checked.awaited {
            let department = missing.department.clone().unwrap_or_else(|| UNDECIDED.to_string());
            rows.entry(department.clone()).or_default().missing += 1;
            absent.push(Absent { department, name: missing.id.clone(), is_blank: false });
        }
        for open in checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_open) {
            let owner = owners.get(&open.primary.span.file).map(String::as_str);
            let department = owner.or_else(|| checked.department_of(open)).unwrap_or(UNDECIDED);
            rows.entry(department.to_string()).or_default().open += 1;
        }
        let order = |one: &str, other: &str| in_order(&checked.report, one, other);
        let departments = sorted(rows, &order);
        absent.sort_by(|one, other| order(&one.department, &other.department));
        let title = checked.report.head.as_ref().and_then(|head| head.title.as_ref());
        let title = title.map(|title| title.value.clone()).unwrap_or_default();
        Self { title, total: total(&departments), departments, absent }
    }
}

fn in_order(report: &Report, one: &str, other: &str) -> Ordering {
    let place = |name: &str| (name == UNDECIDED, report.department_place(name));
    place(one).cmp(&place(other)).then_with(|| natural_order::compare(one, other))
}

fn sorted(
    rows: BTreeMap<String, DepartmentProgress>,
    order: &dyn Fn(&str, &str) -> Ordering,
) -> Vec<DepartmentProgress> {
    let named = rows.into_iter().map(|(department, row)| DepartmentProgress { department, ..row });
    let mut departments: Vec<DepartmentProgress> = named.collect();
    departments.sort_by(|one, other| order(&one.department, &other.department));
    departments
}

fn total(departments: &[DepartmentProgress]) -> DepartmentProgress {
    let mut total = DepartmentProgress { department: "合計".to_string(), ..DepartmentProgress::default() };
    for row in departments {
        total.handed_in += row.handed_in;
        total.blank += row.blank;
        total.missing += row.missing;
        total.with_errors += row.with_errors;
        total.with_warnings += row.with_warnings;
        total.open += row.open;
        total.last_change = total.last_change.max(row.last_change);
    }
    total
}

/// Programs, and files that could not be read or that do not say what they are.
fn entries(checked: &Checked) -> Vec<Entry<'_>> {
    let owners = checked.reference.owners();
    let owner = |names: &[&str]| {
        let known = names.iter().find_map(|name| owners.of(name));
        known.unwrap_or(UNDECIDED).to_string()
    };
    let open = checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_open);
    let open: BTreeSet<FileId> = open.map(|diagnostic| diagnostic.primary.span.file).collect();
    let mut seen: BTreeSet<FileId> = BTreeSet::new();
    let mut entries = Vec::new();
    for program in checked.report.all_programs() {
        seen.insert(program.file);
        let name = program.name.as_ref().map_or(program.id.as_str(), |name| &name.value);
        let department = checked.departments.get(&program.file).cloned();
        entries.push(Entry {
            file: checked.files.get(program.file),
            department: department.unwrap_or_else(|| owner(&[&program.id, name])),
            // Of a new year's program the overview stands there already.
            is_blank: program.is_fresh
                || (program.prose_as(SectionRole::Results).is_some_and(Prose::is_empty)
                    && open.contains(&program.file)),
            name: name.to_string(),
        });
    }
    for file in checked.files.iter().filter(|file| !seen.contains(&file.id()) && is_unread_program(checked, file)) {
        let stem = file.stem().trim_end_matches(".jigyo");
        entries.push(Entry { file, department: owner(&[stem]), is_blank: false, name: stem.to_string() });
    }
    entries
}

/// Copies are no programs of their own; 報告書 and 章 are the office's, read or not.
fn is_unread_program(checked: &Checked, file: &SourceFile) -> bool {
    let lower = file.name().to_lowercase();
    let is_ours = lower.ends_with(".jigyo") || lower.ends_with(".jigyo.txt");
    let is_office = checked.departments.get(&file.id()).is_some_and(|department| department == OFFICE);
    let is_head = ["報告書", "章"].iter().any(|name| file.stem().starts_with(name));
    let is_copy = checked.diagnostics.iter().any(|d| d.code == Code::J003 && d.primary.span.file == file.id());
    is_ours && !is_office && !is_head && !is_copy
}
