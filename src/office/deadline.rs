//! A last day in words: when it is, and how many days are left.

use super::{Moment, Progress};
use crate::model::Date;

/// 9月1日（あと5日）; with its year where that is another one than today's.
pub fn deadline_words(deadline: Date, now: Option<Moment>) -> String {
    let day = format!("{}月{}日", deadline.month, deadline.day);
    let Some(today) = now.map(|now| now.date) else { return deadline.label() };
    let left = match deadline.days_since(today) {
        0 => "今日".to_string(),
        left @ 1.. => format!("あと{left}日"),
        over => format!("{}日過ぎています", -over),
    };
    let day = if deadline.year == today.year { day } else { deadline.label() };
    format!("{day}（{left}）")
}

/// `締切 9月1日（あと5日）`, then the departments that have another one; nothing where nobody is given a last day.
pub(super) fn deadline_lines(progress: &Progress, now: Option<Moment>) -> Vec<String> {
    let of_all = progress.deadline.map(|date| format!("締切 {}", deadline_words(date, now)));
    let own = progress.departments.iter().filter(|row| row.deadline != progress.deadline);
    let own = own.filter_map(|row| Some(format!("締切 {}　{}", deadline_words(row.deadline?, now), row.department)));
    of_all.into_iter().chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let now = Some(Moment { date: Date { year: 2021, month: 8, day: 27 }, hour: 9, minute: 0 });
        let words = |year, month, day| deadline_words(Date { year, month, day }, now);
        assert_eq!(words(2021, 9, 1), "9月1日（あと5日）");
        assert_eq!(words(2021, 8, 27), "8月27日（今日）");
        assert_eq!(words(2021, 8, 20), "8月20日（7日過ぎています）");
        assert_eq!(words(2022, 1, 7), "令和4年1月7日（あと133日）");
        assert_eq!(deadline_words(Date { year: 2021, month: 9, day: 1 }, None), "令和3年9月1日");
    }
}
