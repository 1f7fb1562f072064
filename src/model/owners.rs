//! Whose a program without a file is, as far as other papers know: the ledger, or last year's report.

use std::collections::BTreeMap;

use crate::syntax::chars::unified;

/// Departments by a program's ID and by its name. Who is asked first is kept.
#[derive(Debug, Clone, Default)]
pub struct Owners {
    departments: BTreeMap<String, String>,
}

impl Owners {
    /// Takes in a paper's word on a program, unless an earlier one had it.
    pub fn add(&mut self, id_or_name: &str, department: &str) {
        self.departments.entry(unified(id_or_name)).or_insert_with(|| department.to_string());
    }

    /// The department of a program that is known by its ID or its name.
    pub fn of(&self, id_or_name: &str) -> Option<&str> {
        self.departments.get(&unified(id_or_name)).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paper_is_believed() {
        let mut owners = Owners::default();
        owners.add("就職支援事業(県)", "監理課");
        owners.add("就職支援事業（県）", "労政課");
        assert_eq!(owners.of("就職支援事業　（県）"), Some("監理課"));
        assert_eq!(owners.of("就職支援"), None);
    }
}
