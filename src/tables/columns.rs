//! Headers of columns, as finance offices and spreadsheets write them.

use crate::model::Unit;
use crate::syntax::chars::{is_bar, unified};

/// A header without its bracket: `事業費（千円）` is 事業費 in units of 1,000 yen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CsvHeading {
    /// As names are compared
    pub(super) name: String,
    /// `None` where the header does not say
    pub(super) unit: Option<Unit>,
}

const OPENING: [char; 4] = ['(', '[', '〔', '【'];

impl CsvHeading {
    pub(super) fn parse(cell: &str) -> Self {
        let text = unified(cell).to_uppercase();
        let (name, bracket) = match text.find(OPENING) {
            Some(at) if at > 0 => text.split_at(at),
            _ => (text.as_str(), ""),
        };
        Self { name: name.trim_end_matches(is_bar).to_string(), unit: Unit::named_in(bracket) }
    }

    /// 令和2年度決算額 and R2決算額 are 決算額; 前年度決算額 is another figure.
    fn is_of_this_year(&self, name: &str) -> bool {
        self.name.strip_suffix(name).is_some_and(|before| {
            let year = before.trim_end_matches("最終").trim_end_matches("当初");
            let is_year = year.ends_with("年度") || year.ends_with(|c: char| c.is_ascii_digit());
            is_year && !year.contains("前年") && !year.contains("翌年")
        })
    }
}

/// The column of the first name that any has. The last of several: years rise to the right.
pub(super) fn find(headings: &[CsvHeading], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| headings.iter().rposition(|heading| heading.name == *name))
}

/// As `find`, with a year before the name where none is plain.
pub(super) fn find_amount(headings: &[CsvHeading], names: &[&str]) -> Option<usize> {
    let of_a_year = |name: &&str| headings.iter().rposition(|heading| heading.is_of_this_year(name));
    find(headings, names).or_else(|| names.iter().find_map(of_a_year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_name_the_unit() {
        let read = |cell| {
            let CsvHeading { name, unit } = CsvHeading::parse(cell);
            (name, unit)
        };
        assert_eq!(read("事業費（千円）"), ("事業費".to_string(), Some(Unit::ThousandYen)));
        assert_eq!(read("予算額\n（単位：円）"), ("予算額".to_string(), Some(Unit::Yen)));
        assert_eq!(read("ｉｄ"), ("ID".to_string(), None));
        assert_eq!(read("担当 課"), ("担当課".to_string(), None));
    }

    #[test]
    fn a_year_may_stand_before_an_amount() {
        let headings = ["前年度決算額", "令和元年度決算額", "R2決算額", "総事業費"].map(CsvHeading::parse);
        assert_eq!(find_amount(&headings, &["事業費", "決算額"]), Some(2));
        assert_eq!(find_amount(&headings[..1], &["決算額"]), None);
    }
}
