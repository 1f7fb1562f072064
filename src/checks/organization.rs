//! J063 against 組織: departments and groups that the house does not have; and 担当 that name two (J028).

use std::collections::BTreeSet;

use super::two_departments;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Department, Report};
use crate::source::FileId;
use crate::syntax::chars::unified;
use crate::syntax::nearest;
use crate::tables::Organization;

/// Checks every 担当. Returns the files with a department that is not known: what else is wrong with it is not asked.
pub fn check_organization(
    organization: Option<&Organization>,
    report: &Report,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<FileId> {
    let mut unknown = BTreeSet::new();
    // Without a list the departments of the other programs are known.
    let programs = report.all_programs().filter(|_| organization.is_none());
    let departments = programs.flat_map(|program| &program.departments);
    let used: BTreeSet<&str> = departments.map(|department| department.name.as_str()).collect();
    for program in report.all_programs() {
        for department in &program.departments {
            let is_known = |name: &str| organization.is_some_and(|organization| knows(organization, department, name));
            let is_department = |name: &str| match organization {
                Some(organization) => find(organization, name).is_some(),
                None => used.contains(name),
            };
            let two = two_departments::message(department, &is_known, &is_department);
            let (said, is_unknown) = match (two, organization) {
                (Some(two), _) => (Some(two), true),
                (None, None) => (None, false),
                (None, Some(organization)) => match find(organization, &department.name) {
                    None => (Some(unknown_department(organization, department)), true),
                    Some(groups) => (unknown_group(organization, department, groups), false),
                },
            };
            if is_unknown {
                unknown.insert(program.file);
            }
            if let Some(said) = said {
                diagnostics.push(said);
            }
        }
    }
    unknown
}

/// Whether a name is that of a department, or of a group of the one at hand.
fn knows(organization: &Organization, department: &Department, name: &str) -> bool {
    let groups = find(organization, &department.name);
    find(organization, name).is_some()
        || groups.is_some_and(|groups| groups.iter().any(|group| unified(group) == unified(name)))
}

/// The groups of a department of that name.
fn find<'a>(organization: &'a Organization, name: &str) -> Option<&'a BTreeSet<String>> {
    let departments = &organization.departments;
    let same = || departments.iter().find(|(other, _)| unified(other) == unified(name));
    departments.get(name).or_else(|| same().map(|(_, groups)| groups))
}

fn unknown_department(organization: &Organization, department: &Department) -> Diagnostic {
    let name = &department.name;
    let with_group = two_departments::with_its_group(name)
        .filter(|(section, _)| find(organization, section).is_some())
        .map(|(section, group)| format!("{section}　{group}"));
    let near = nearest(name, organization.departments.keys().map(String::as_str));
    let near = with_group.as_deref().or(near);
    message(organization, department, "", name, near)
}

/// Nothing where the list does not name the groups of the department.
fn unknown_group(
    organization: &Organization,
    department: &Department,
    groups: &BTreeSet<String>,
) -> Option<Diagnostic> {
    let group = department.group.as_ref().filter(|_| !groups.is_empty())?;
    let is_known = groups.iter().any(|other| unified(other) == unified(group));
    let near = nearest(group, groups.iter().map(String::as_str));
    let of = format!("{}の", department.name);
    (!is_known).then(|| message(organization, department, &of, group, near))
}

fn message(
    organization: &Organization,
    department: &Department,
    of: &str,
    name: &str,
    near: Option<&str>,
) -> Diagnostic {
    let file = &organization.file_name;
    let hint = near.map(|near| format!("「{near}」ではありませんか。")).unwrap_or_default();
    // A group stands behind its department; one with blanks in it was read with one kind of them.
    let from = if name == department.name { 0 } else { department.name.len() };
    let at = department.typed.value.get(from..).and_then(|rest| rest.find(name)).map(|at| from + at);
    let said =
        Diagnostic::new(Code::J063, department.typed.span, format!("{of}担当「{name}」は{file} にありません。{hint}"))
            .help(match near {
                Some(near) => format!("「担当：」の「{name}」を「{near}」に直してください。"),
                None => format!(
                    "「担当：」の名前を確かめてください。正しければ、取りまとめ課に {file} への追加を頼んでください。"
                ),
            });
    match near.zip(at) {
        Some((near, at)) => said.proposal(department.typed.stretch(at..at + name.len()), near),
        None => said,
    }
}
