//! Which programs an excerpt is asked for: those of a department, or one program.

use std::collections::BTreeSet;

use crate::model::{Program, ProgramIndex, Report};
use crate::syntax::chars::is_blank;
use crate::syntax::nearest;

/// Programs by the names that asked for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// 監理課・観光企画課
    pub label: String,
    pub programs: BTreeSet<ProgramIndex>,
}

/// A name that is neither a department's nor a program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    pub name: String,
    pub nearest: Option<String>,
    /// Of the printed programs
    pub departments: BTreeSet<String>,
}

/// The programs that names ask for. A name is a program's ID or name, or else `課名` or `課名　グループ`: then it asks for
/// every program with such a 担当.
///
/// # Errors
/// The first name that asks for nothing.
pub fn find_wanted(report: &Report, names: &[String]) -> Result<Wanted, UnknownName> {
    let mut wanted = Wanted { label: String::new(), programs: BTreeSet::new() };
    let mut labels: Vec<String> = Vec::new();
    for name in names {
        let typed = name.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　");
        let found = named(report, |program| has_name(program, &typed))
            .or_else(|| named(report, |program| has_department(program, &typed)));
        let Some((found, label)) = found.map(|found| (found, typed.clone())) else {
            return Err(unknown(report, typed));
        };
        wanted.programs.extend(found);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    wanted.label = labels.join("・");
    Ok(wanted)
}

fn named(report: &Report, fits: impl Fn(&Program) -> bool) -> Option<Vec<ProgramIndex>> {
    let found: Vec<ProgramIndex> =
        report.printed_programs().filter(|(_, program)| fits(program)).map(|(index, _)| index).collect();
    (!found.is_empty()).then_some(found)
}

fn has_name(program: &Program, typed: &str) -> bool {
    let same = |name: &str| name.split(is_blank).filter(|part| !part.is_empty()).eq(typed.split('　'));
    same(&program.id) || program.name.as_ref().is_some_and(|name| same(&name.value))
}

fn has_department(program: &Program, typed: &str) -> bool {
    let (name, group) = typed.split_once('　').map_or((typed, None), |(name, group)| (name, Some(group)));
    let mut departments = program.departments.iter();
    departments.any(|department| department.name == name && (group.is_none() || department.group.as_deref() == group))
}

fn unknown(report: &Report, name: String) -> UnknownName {
    let printed = || report.printed_programs().map(|(_, program)| program);
    let departments: BTreeSet<String> =
        printed().flat_map(|program| program.departments.iter().map(|department| department.name.clone())).collect();
    let names = printed().flat_map(|program| {
        std::iter::once(program.id.as_str()).chain(program.name.iter().map(|name| name.value.as_str()))
    });
    let nearest = nearest(&name, departments.iter().map(String::as_str).chain(names)).map(str::to_string);
    UnknownName { name, nearest, departments }
}
