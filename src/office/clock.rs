//! Moments in Japanese time, which has no summer time: the same on every machine.

use crate::model::{Date, date_from_days};

/// A minute of a day in Japan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub date: Date,
    pub hour: i64,
    pub minute: i64,
}

impl Moment {
    /// From seconds since 1970 in UTC; nothing before that.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        const AHEAD: i64 = 9 * 3_600;
        let seconds = seconds.checked_add(AHEAD)?;
        let within = seconds.rem_euclid(86_400);
        let date = date_from_days(seconds.div_euclid(86_400))?;
        Some(Self { date, hour: within / 3_600, minute: within % 3_600 / 60 })
    }

    /// 2026-11-22
    pub fn day(self) -> String {
        let Date { year, month, day } = self.date;
        format!("{year}-{month:02}-{day:02}")
    }

    /// 11月22日 14:03
    pub fn label(self) -> String {
        format!("{}月{}日 {:02}:{:02}", self.date.month, self.date.day, self.hour, self.minute)
    }

    /// 2026-11-22 14:03
    pub fn sortable(self) -> String {
        format!("{} {:02}:{:02}", self.day(), self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_hours_ahead() {
        let moment = Moment::from_unix(1_795_323_780).expect("is a moment");
        assert_eq!((moment.label().as_str(), moment.sortable().as_str()), ("11月22日 14:03", "2026-11-22 14:03"));
        assert_eq!(Moment::from_unix(54_000).map(Moment::label), Some("1月2日 00:00".to_string()));
        assert_eq!(Moment::from_unix(i64::MAX), None);
        assert_eq!(Moment::from_unix(-86_400), None);
    }
}
