//! 組織: the departments there are, and their groups.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{CsvHeading, find};
use super::messages::Paper;
use super::open;
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;

const DEPARTMENT: &[&str] =
    &["課名", "課", "課等", "課室", "課室名", "課等名", "担当課", "担当", "所属", "所属名", "部署", "部署名"];
const GROUP: &[&str] = &["グループ", "グループ名", "係", "係名", "班", "班名", "担当グループ"];

/// The departments of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The name of its file, for messages
    pub file_name: String,
    /// The groups of each department; none where the list does not name them.
    pub departments: BTreeMap<String, BTreeSet<String>>,
    /// The departments in the order of the list (建制順)
    pub order: Vec<String>,
}

/// Reads a list of departments; nothing where no column names them.
pub fn read_organization(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Organization> {
    let columns = |headings: &[CsvHeading]| Some((find(headings, DEPARTMENT)?, find(headings, GROUP)));
    let table = open(file, Paper::Organization, columns, diagnostics)?;
    let mut departments: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    // A cell merged over the groups of a department stands in its first row alone.
    let mut current = None;
    table.read(file, diagnostics, |(department, group), row, _| {
        let department = row.cell(Some(*department)).map(str::to_string).or(current.take())?;
        if !departments.contains_key(&department) {
            order.push(department.clone());
        }
        let groups = departments.entry(department.clone()).or_default();
        groups.extend(row.cell(*group).map(str::to_string));
        current = Some(department);
        Some(())
    });
    Some(Organization { file_name: file.name().to_string(), departments, order })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    #[test]
    fn merged_cells_belong_to_the_department_above() {
        let mut files = Files::new();
        let text = "部局,課名,グループ\n商工部,監理課,総務グループ\n,,建設グループ\n,労政・能力開発課,\n";
        let id = files.add("組織.csv", text);
        let mut said = Diagnostics::new();
        let organization = read_organization(files.get(id), &mut said).expect("is read");
        assert!(said.is_empty());
        let groups: Vec<(&str, usize)> =
            organization.departments.iter().map(|(name, groups)| (name.as_str(), groups.len())).collect();
        assert_eq!(groups, [("労政・能力開発課", 0), ("監理課", 2)]);
        assert_eq!(organization.order, ["監理課", "労政・能力開発課"]);
    }
}
