//! Arithmetic with the figures of a table: rates, figures for each of something, products and sums. Exact; a rounded figure is
//! rounded once, half away from 0.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Unit;
use crate::form::FigureForm;

/// A computed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// In ％ with one decimal; `None` is —
    Rate(Option<Decimal>),
    /// Of a formula that says its unit and its decimals, which the number has; `None` is —
    Figure(Option<Decimal>, String),
    /// Of a sum, a difference or an exact product; `None` is —
    Amount(Option<Decimal>, String),
    /// Words, a figure that is not exact, or figures of several units: there is nothing to compute.
    Open,
    /// A cell that it needs could not be read.
    Hole,
}

/// What a cell brings into a computation.
pub(super) enum Term {
    Number(Decimal, String),
    /// —
    Dash,
    /// Words, or several figures
    Text,
    Hole,
}

/// The unit of two figures that count the same; one without a unit counts as the other.
fn common_unit(one: &str, other: &str) -> Option<String> {
    match (one, other) {
        (one, other) if one == other || other.is_empty() => Some(one.to_string()),
        ("", other) => Some(other.to_string()),
        _ => None,
    }
}

/// Yen in one unit of money.
pub fn yen(unit: &str) -> Option<Decimal> {
    let yen = match unit {
        "万円" => 10_000,
        "億円" => 100_000_000,
        unit => Unit::from_name(unit)?.yen(),
    };
    Some(yen.into())
}

/// 0 has no sign.
fn unsigned_zero(number: Decimal) -> Decimal {
    if number.is_zero() { number.abs() } else { number }
}

fn rounded(number: Decimal, form: &FigureForm) -> Decimal {
    let mut number = number.round_dp_with_strategy(form.decimals, RoundingStrategy::MidpointAwayFromZero);
    number.rescale(form.decimals);
    unsigned_zero(number)
}

/// — for a whole of 0 and for —. Words have no rate, and no share have figures of two units.
pub(super) fn rate(part: &Term, whole: &Term, form: &FigureForm) -> Computed {
    let is_usual = *form == FigureForm::default();
    let computed =
        |number, unit: String| if is_usual { Computed::Rate(number) } else { Computed::Figure(number, unit) };
    match (part, whole) {
        (Term::Hole, _) | (_, Term::Hole) => Computed::Hole,
        (Term::Number(part, one), Term::Number(whole, other)) => match factor(one, other, form) {
            Some((factor, unit)) => {
                let number = part.checked_mul(factor).and_then(|part| part.checked_div(*whole));
                computed(number.map(|number| rounded(number, form)), unit)
            }
            None => Computed::Open,
        },
        (Term::Number(..) | Term::Dash, Term::Number(..) | Term::Dash) => computed(None, form.unit.clone()),
        (Term::Text, _) | (_, Term::Text) => Computed::Open,
    }
}

/// What the quotient of two units is multiplied with, and its unit.
fn factor(one: &str, other: &str, form: &FigureForm) -> Option<(Decimal, String)> {
    if form.is_percent() {
        return common_unit(one, other).map(|_| (Decimal::ONE_HUNDRED, form.unit.clone()));
    }
    let unit = form.unit.clone();
    match (yen(one), yen(other), yen(&form.unit)) {
        // 1人当たり in 円, of 千円: in a table of amounts a bare number of persons has been read as money.
        (Some(part), _, Some(wanted)) => Some((part.checked_div(wanted)?, unit)),
        // 千円 for each person
        (Some(_), None, None) if unit.is_empty() => Some((Decimal::ONE, one.to_string())),
        (Some(part), Some(whole), None) => Some((part.checked_div(whole)?, unit)),
        _ => Some((Decimal::ONE, unit)),
    }
}

/// — with —. The product of money and a number is money; of other units it has none.
pub(super) fn product(one: &Term, other: &Term, form: Option<&FigureForm>) -> Computed {
    let unit = || form.map(|form| form.unit.clone()).unwrap_or_default();
    match (one, other) {
        (Term::Hole, _) | (_, Term::Hole) => Computed::Hole,
        (Term::Number(one, first), Term::Number(other, second)) => {
            let money = [first, second].into_iter().find(|unit| yen(unit).is_some());
            let own = money.cloned().unwrap_or_default();
            let Some(number) = one.checked_mul(*other) else { return Computed::Open };
            let Some(form) = form else { return Computed::Amount(Some(unsigned_zero(number)), own) };
            let factor = yen(&own).zip(yen(&form.unit)).and_then(|(own, wanted)| own.checked_div(wanted));
            let number = number.checked_mul(factor.unwrap_or(Decimal::ONE));
            let unit = if form.unit.is_empty() { own } else { form.unit.clone() };
            number.map_or(Computed::Open, |number| Computed::Figure(Some(rounded(number, form)), unit))
        }
        (Term::Text, _) | (_, Term::Text) => Computed::Open,
        (Term::Number(..) | Term::Dash, Term::Number(..) | Term::Dash) => match form {
            Some(_) => Computed::Figure(None, unit()),
            None => Computed::Amount(None, unit()),
        },
    }
}

/// — counts nothing; nothing but — is —. Words, or figures of two units, have no sum.
pub(super) fn sum(terms: Vec<Term>) -> Computed {
    let mut total: Option<(Decimal, String)> = None;
    if terms.iter().any(|term| matches!(term, Term::Hole)) {
        return Computed::Hole;
    }
    for term in terms {
        match term {
            Term::Hole | Term::Dash => {}
            Term::Text => return Computed::Open,
            Term::Number(number, unit) => {
                let (sum, known) = total.unwrap_or((Decimal::ZERO, unit.clone()));
                let Some(next) = sum.checked_add(number).zip(common_unit(&known, &unit)) else {
                    return Computed::Open;
                };
                total = Some(next);
            }
        }
    }
    total.map_or(Computed::Amount(None, String::new()), |(sum, unit)| Computed::Amount(Some(unsigned_zero(sum)), unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(number: i64, unit: &str) -> Term {
        Term::Number(number.into(), unit.to_string())
    }

    fn rate_of(part: Term, whole: Term) -> Option<String> {
        match rate(&part, &whole, &FigureForm::default()) {
            Computed::Rate(rate) => Some(rate.map_or("—".to_string(), |rate| format!("{rate:.1}"))),
            Computed::Amount(..) | Computed::Figure(..) | Computed::Open | Computed::Hole => None,
        }
    }

    fn figure(computed: Computed) -> Option<String> {
        match computed {
            Computed::Figure(number, unit) | Computed::Amount(number, unit) => {
                Some(number.map_or("—".to_string(), |number| format!("{number}{unit}")))
            }
            Computed::Rate(_) | Computed::Open | Computed::Hole => None,
        }
    }

    fn form(unit: &str, decimals: u32) -> FigureForm {
        FigureForm { unit: unit.to_string(), decimals }
    }

    #[test]
    fn rates_have_one_decimal_and_need_a_whole() {
        assert_eq!(rate_of(term(1, "人"), term(8, "人")).as_deref(), Some("12.5"));
        assert_eq!(rate_of(term(2, ""), term(3, "人")).as_deref(), Some("66.7"));
        // 0.05 is rounded up.
        assert_eq!(rate_of(term(1, ""), term(2000, "")).as_deref(), Some("0.1"));
        assert_eq!(rate_of(term(5, ""), term(0, "")).as_deref(), Some("—"));
        assert_eq!(rate_of(Term::Dash, term(3, "")).as_deref(), Some("—"));
        assert_eq!(rate_of(term(3, "人"), term(3, "件")), None);
        assert_eq!(rate_of(Term::Text, term(3, "件")), None);
    }

    #[test]
    fn figures_have_the_unit_that_the_form_says() {
        let of = |part, whole, form: FigureForm| figure(rate(&part, &whole, &form));
        // 1,234 千円 for 56 persons: 22,035.71 円, 22.04 千円
        assert_eq!(of(term(1234, "千円"), term(56, "人"), form("円", 0)).as_deref(), Some("22036円"));
        assert_eq!(of(term(1234, "千円"), term(56, "千円"), form("円", 0)).as_deref(), Some("22036円"));
        assert_eq!(of(term(1234, "千円"), term(56, ""), form("", 2)).as_deref(), Some("22.04千円"));
        // A benefit in 百万円 by a cost in 千円
        assert_eq!(of(term(3, "百万円"), term(2000, "千円"), form("倍", 1)).as_deref(), Some("1.5倍"));
        assert_eq!(of(term(4, "件"), term(2, "人"), form("", 1)).as_deref(), Some("2.0"));
        assert_eq!(of(term(-1, ""), term(2, ""), form("", 0)).as_deref(), Some("-1"));
        assert_eq!(of(term(4, "件"), term(0, "人"), form("", 1)).as_deref(), Some("—"));
        assert_eq!(of(term(4, "件"), term(3, "人"), form("％", 0)), None);
        assert_eq!(of(Term::Text, term(3, "人"), form("", 1)), None);
    }

    #[test]
    fn products_are_exact() {
        let half = || Term::Number(Decimal::new(25, 1), "人".to_string());
        assert_eq!(figure(product(&half(), &term(6501, "千円"), None)).as_deref(), Some("16252.5千円"));
        assert_eq!(figure(product(&half(), &term(6501, "千円"), Some(&form("", 0)))).as_deref(), Some("16253千円"));
        assert_eq!(figure(product(&half(), &term(1, "千円"), Some(&form("円", 0)))).as_deref(), Some("2500円"));
        assert_eq!(figure(product(&term(3, "人"), &term(5, "日"), Some(&form("人日", 0)))).as_deref(), Some("15人日"));
        assert_eq!(figure(product(&Term::Dash, &term(5, "日"), None)).as_deref(), Some("—"));
        assert_eq!(figure(product(&Term::Text, &term(5, "日"), None)), None);
    }

    #[test]
    fn sums_of_dashes_words_and_holes() {
        let amount = |number: i64, unit: &str| Computed::Amount(Some(number.into()), unit.to_string());
        assert_eq!(sum(vec![term(2, "人"), Term::Dash, term(-3, "")]), amount(-1, "人"));
        assert_eq!(
            format!("{:?}", sum(vec![term(0, ""), Term::Number(-Decimal::ZERO, String::new())])),
            format!("{:?}", amount(0, ""))
        );
        assert_eq!(sum(vec![Term::Dash, Term::Dash]), Computed::Amount(None, String::new()));
        assert_eq!(sum(vec![term(2, "人"), Term::Text]), Computed::Open);
        assert_eq!(sum(vec![term(2, "人"), term(2, "時間")]), Computed::Open);
        assert_eq!(sum(vec![Term::Text, Term::Hole]), Computed::Hole);
    }
}
