//! Years that the office says of columns in its mapping: `BT列～CL列,令和2年度`.

use super::compared::compared;
use crate::model::{YearLabel, parse_year_label};

/// The year over columns, from the first to the last.
#[derive(Debug, Clone)]
pub(super) struct YearOver {
    first: String,
    last: String,
    pub(super) year: YearLabel,
}

impl YearOver {
    /// A line of a mapping, where it says a year of columns.
    pub(super) fn read(columns: &str, item: &str) -> Option<Self> {
        let (first, last) = columns.split_once(['～', '〜', '~']).unwrap_or((columns, columns));
        let (first, last) = (compared(first), compared(last));
        let year = parse_year_label(item).filter(|_| first.ends_with('列') && last.ends_with('列'))?;
        Some(Self { first, last, year })
    }

    /// Whether it is said of a column, given the names of all.
    pub(super) fn covers(&self, columns: &[String], at: usize) -> bool {
        let place = |name: &str| columns.iter().position(|known| compared(known) == name);
        place(&self.first).is_some_and(|first| first <= at) && place(&self.last).is_some_and(|last| at <= last)
    }
}
