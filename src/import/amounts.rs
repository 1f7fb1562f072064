//! Which of several amounts is 事業費: what was spent in the report's year, not what was planned and not what another year
//! cost.

use super::words::compared;
use crate::model::{FiscalYear, YearLabel, leading_year};
use crate::syntax::chars::unified;

/// How well a label fits 事業費: its year, then what it counts. The greatest is taken.
pub(super) fn rank(label: &str, year: Option<FiscalYear>) -> (u8, u8) {
    let fits = match (year_in(label), year) {
        (Some(typed), Some(year)) if typed.resolve(year) == year => 2,
        (Some(_), Some(_)) => 0,
        (None, _) | (_, None) => 1,
    };
    let label = compared(label);
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let counts = match () {
        () if has(&["予算", "総事業費", "見積"]) => 0,
        () if has(&["見込"]) => 1,
        () if has(&["決算", "執行", "実績", "支出"]) => 3,
        () => 2,
    };
    (fits, counts)
}

/// What to say of an amount whose label names another year than the report's.
pub(super) fn of_another_year(label: &str, year: Option<FiscalYear>) -> Option<String> {
    let own = year.filter(|_| rank(label, year).0 == 0)?;
    Some(format!(
        "「{label}」は、この報告書の年度（{}）の額ではないようです。{}の額を書いてください",
        own.label(),
        own.label()
    ))
}

/// The year that a label names, in front or inside its brackets.
pub(super) fn year_in(label: &str) -> Option<YearLabel> {
    label.split(['（', '(', '）', ')', '　', '\n', '・', '／']).find_map(|part| leading_year(&unified(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_year_cost_goes_before_what_was_planned() {
        let year = Some(FiscalYear::new(2020));
        let ordered =
            ["令和元年度決算額", "R3予算額", "当初予算額", "事業費", "決算額", "令和２年度予算額", "R2決算額(円)"];
        let best = |labels: &[&str]| labels.iter().max_by_key(|label| rank(label, year)).map(|label| label.to_string());
        for end in 2..=ordered.len() {
            let labels: Vec<&str> = ordered.iter().take(end).rev().copied().collect();
            let expected = if end == 2 { "令和元年度決算額" } else { ordered[end - 1] };
            assert_eq!(best(&labels).as_deref(), Some(expected));
        }
        assert!(of_another_year("R3予算額", year).is_some());
        assert_eq!([of_another_year("予算額", year), of_another_year("R2予算額", year)], [None, None]);
        assert_eq!(of_another_year("R3予算額", None), None);
    }
}
