//! Names of programs with their departments in brackets behind them: the department goes where it belongs, the name keeps it
//! only where it would be another program's name without it.

use std::collections::BTreeMap;

use super::draft::{Program, Said};
use super::offices::{behind_name, departments};

/// Parts what stands behind names, in programs that have no other department or the same.
pub(super) fn part_departments(programs: &mut [Program]) {
    let parted = |program: &Program| {
        let name = program.name.as_ref()?;
        let (bare, inside) = behind_name(&name.text, program.has_department_in_name)?;
        let found = departments(inside);
        let is_own = program.departments.is_empty() || program.departments.iter().map(|said| &said.text).eq(&found);
        is_own.then(|| (bare.to_string(), found))
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for program in programs.iter() {
        let name = parted(program).map(|(bare, _)| bare);
        let name = name.or_else(|| program.name.as_ref().map(|name| name.text.clone()));
        *times.entry(name.unwrap_or_default()).or_default() += 1;
    }
    for program in programs {
        let Some((bare, found)) = parted(program) else { continue };
        let place = program.name.as_ref().map_or(String::new(), |name| name.place.clone());
        program.departments = found.iter().map(|department| Said::new(department, &place)).collect();
        if times.get(&bare) == Some(&1)
            && let Some(name) = &mut program.name
        {
            program.memo.push(Said::new(format!("もとの事業名：{}", name.text), &place));
            name.text = bare;
        }
    }
}
