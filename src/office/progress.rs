//! The numbers: programs expected, handed in, not filled in, not there, with errors, with warnings, by department; how far each
//! program is.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::{Moment, UNDECIDED};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Date, Prose, Report};
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
    /// By department, each in the order of the report
    pub programs: Vec<ProgramProgress>,
    /// The last day for departments that have none of their own
    pub deadline: Option<Date>,
}

/// How far one program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramProgress {
    pub department: String,
    pub name: String,
    /// Absent where it is not there
    pub file: Option<String>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// No file is there.
    Missing,
    Blank,
    /// So many places are still to be filled in.
    Open(usize),
    /// So many errors
    Wrong(usize),
    Done,
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
    /// Its own, or that of all
    pub deadline: Option<Date>,
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
        let mut rows: BTreeMap<String, DepartmentProgress> = BTreeMap::new();
        let (mut absent, mut programs) = (Vec::new(), Vec::new());
        let mut owners: BTreeMap<FileId, String> = BTreeMap::new();
        let found = Found::of(checked);
        for Entry { file, department, is_blank, name } in entries(checked) {
            owners.insert(file.id(), department.clone());
            let stage = if is_blank { Stage::Blank } else { found.stage(file.id()) };
            programs.push(ProgramProgress {
                department: department.clone(),
                name: name.clone(),
                file: Some(file.path().to_string()),
                stage,
            });
            let row = rows.entry(department.clone()).or_default();
            if is_blank {
                row.blank += 1;
                absent.push(Absent { department, name, is_blank });
                continue;
            }
            row.handed_in += 1;
            row.with_errors += usize::from(found.errors.contains_key(&file.id()));
            row.with_warnings += usize::from(found.warnings.contains_key(&file.id()));
            row.last_change = row.last_change.max(changed(file.path()).and_then(Moment::from_unix));
        }
        for missing in &checked.awaited {
            let department = missing.department.clone().unwrap_or_else(|| UNDECIDED.to_string());
            rows.entry(department.clone()).or_default().missing += 1;
            absent.push(Absent { department: department.clone(), name: missing.id.clone(), is_blank: false });
            programs.push(ProgramProgress { department, name: missing.id.clone(), file: None, stage: Stage::Missing });
        }
        for open in checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_open) {
            let owner = owners.get(&open.primary.span.file).map(String::as_str);
            let department = owner.or_else(|| checked.department_of(open)).unwrap_or(UNDECIDED);
            rows.entry(department.to_string()).or_default().open += 1;
        }
        let order = |one: &str, other: &str| in_order(&checked.report, one, other);
        let departments = sorted(rows, &checked.report, &order);
        absent.sort_by(|one, other| order(&one.department, &other.department));
        programs.sort_by(|one, other| order(&one.department, &other.department));
        let title = checked.report.head.as_ref().and_then(|head| head.title.as_ref());
        let title = title.map(|title| title.value.clone()).unwrap_or_default();
        let deadline = deadline_of(&checked.report, None);
        Self { title, total: total(&departments, deadline), departments, absent, programs, deadline }
    }

    /// Whether anybody is given a last day.
    pub fn has_deadlines(&self) -> bool {
        self.deadline.is_some() || self.departments.iter().any(|row| row.deadline.is_some())
    }
}

/// How often each file was spoken of.
struct Found {
    errors: BTreeMap<FileId, usize>,
    warnings: BTreeMap<FileId, usize>,
    open: BTreeMap<FileId, usize>,
}

impl Found {
    fn of(checked: &Checked) -> Self {
        let count = |is_meant: &dyn Fn(&Diagnostic) -> bool| {
            let mut counts = BTreeMap::new();
            for diagnostic in checked.diagnostics.iter().filter(|diagnostic| is_meant(diagnostic)) {
                *counts.entry(diagnostic.primary.span.file).or_default() += 1;
            }
            counts
        };
        Self {
            errors: count(&|diagnostic| diagnostic.severity == Severity::Error),
            warnings: count(&|diagnostic| diagnostic.severity == Severity::Warning),
            open: count(&|diagnostic| diagnostic.is_open),
        }
    }

    /// What is still to be filled in comes before what is wrong: most of that goes with it.
    fn stage(&self, file: FileId) -> Stage {
        match (self.open.get(&file), self.errors.get(&file)) {
            (Some(count), _) => Stage::Open(*count),
            (None, Some(count)) => Stage::Wrong(*count),
            (None, None) => Stage::Done,
        }
    }
}

/// The last day of a department, or that of all.
fn deadline_of(report: &Report, department: Option<&str>) -> Option<Date> {
    let deadlines = &report.head.as_ref()?.deadlines;
    let of = |wanted: Option<&str>| {
        deadlines.iter().find(|own| own.department.as_ref().map(|name| name.value.as_str()) == wanted)
    };
    department.and_then(|name| of(Some(name))).or_else(|| of(None)).map(|deadline| deadline.date)
}

fn in_order(report: &Report, one: &str, other: &str) -> Ordering {
    let place = |name: &str| (name == UNDECIDED, report.department_place(name));
    place(one).cmp(&place(other)).then_with(|| natural_order::compare(one, other))
}

fn sorted(
    rows: BTreeMap<String, DepartmentProgress>,
    report: &Report,
    order: &dyn Fn(&str, &str) -> Ordering,
) -> Vec<DepartmentProgress> {
    let named = rows.into_iter().map(|(department, row)| DepartmentProgress {
        deadline: deadline_of(report, Some(&department)),
        department,
        ..row
    });
    let mut departments: Vec<DepartmentProgress> = named.collect();
    departments.sort_by(|one, other| order(&one.department, &other.department));
    departments
}

fn total(departments: &[DepartmentProgress], deadline: Option<Date>) -> DepartmentProgress {
    let mut total = DepartmentProgress { department: "合計".to_string(), deadline, ..DepartmentProgress::default() };
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
