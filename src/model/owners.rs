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

    /// The department of a program that is known by its ID, its name or the number that its ID begins with.
    pub fn of(&self, id_or_name: &str) -> Option<&str> {
        let by_number = || self.departments.get(number_of(id_or_name)?);
        self.departments.get(&unified(id_or_name)).or_else(by_number).map(String::as_str)
    }
}

/// The `015` of `015_就職支援`; a mere running number of one or two digits is none.
pub fn number_of(id: &str) -> Option<&str> {
    let (number, _) = id.split_once(['_', '＿', '-', '－'])?;
    (number.len() >= 3 && number.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(number)
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
        owners.add("015", "商工課");
        assert_eq!(owners.of("015_販路開拓"), Some("商工課"));
        assert_eq!((number_of("4_観光"), number_of("就職支援_2"), number_of("015")), (None, None, None));
    }
}
