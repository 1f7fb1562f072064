//! Whether a rate or a difference is one that figures give: with any rounding, and of figures that were themselves rounded.

use rust_decimal::{Decimal, RoundingStrategy};

use super::computed_kinds::ColumnKind;
use super::figures::{Figure, Measure};
use crate::model::format_figure;

/// A rate beyond this is none.
const HIGHEST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

pub(super) fn is_difference_of(
    typed: Decimal,
    whole: &Figure,
    part: &Figure,
    kind: ColumnKind,
    carried: Decimal,
) -> bool {
    let difference = part.number - whole.number;
    let grain = whole.grain().max(part.grain());
    let is_near = |value: Decimal| (typed - value).abs() <= grain;
    if kind != ColumnKind::Rest {
        return is_near(difference);
    }
    // With what is carried over there are two ways to say what is left.
    is_near(difference) || is_near(-difference) || is_near(-difference - carried)
}

/// Whether a rate is one that the figures give.
pub(super) fn is_rate_of(typed: Decimal, whole: Measure, part: Measure, kind: ColumnKind) -> bool {
    let last_place = Decimal::new(1, typed.scale());
    let (least, most) = ratios(whole, part);
    let is_between = |low: Decimal, high: Decimal| typed > low - last_place && typed < high + last_place;
    let hundred = Decimal::ONE_HUNDRED;
    let reads = |low: Decimal, high: Decimal| {
        is_between(low, high) || (typed.scale() >= 2 && is_between(low / hundred, high / hundred))
    };
    let is_ratio = reads(least, most);
    if kind == ColumnKind::Growth {
        return is_ratio || reads(least - hundred, most - hundred);
    }
    if kind != ColumnKind::Achievement {
        return is_ratio;
    }
    // Less is better, or what goes beyond the goal is not shown.
    let (turned_least, turned_most) = if part.number.is_zero() { (least, most) } else { ratios(part, whole) };
    let two = hundred + hundred;
    is_ratio
        || reads(turned_least, turned_most)
        || reads(two - most, two - least)
        || (typed == hundred && most >= hundred)
}

/// The least and the greatest rate in ％ that figures give which may have been rounded.
fn ratios(whole: Measure, part: Measure) -> (Decimal, Decimal) {
    let exact = rate(part.number, whole.number);
    let least = ratio((part.number - part.grain).max(Decimal::ZERO), whole.number + whole.grain).unwrap_or(exact);
    let most = rate(part.number + part.grain, whole.number - whole.grain);
    (least.min(exact), most.max(exact))
}

/// The rate in ％ that two numbers give as they stand.
pub(super) fn rate(part: Decimal, whole: Decimal) -> Decimal {
    ratio(part, whole).unwrap_or(HIGHEST)
}

/// A rate as a message shows it beside one that was typed with so many decimals.
pub(super) fn shown_rate(rate: Decimal, decimals: u32) -> String {
    format_figure(rate.round_dp_with_strategy(decimals.max(1), RoundingStrategy::MidpointAwayFromZero))
}

fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    if whole <= Decimal::ZERO {
        return None;
    }
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole).filter(|rate| *rate < HIGHEST)
}

/// 達成率 from where one began: (実績－基準)÷(目標－基準).
pub(super) fn is_from_base(typed: Decimal, goal: &Figure, result: &Figure, bases: &[Figure]) -> bool {
    bases.iter().any(|base| {
        let (way, done) = (goal.number - base.number, result.number - base.number);
        let rate = done.checked_mul(Decimal::ONE_HUNDRED).and_then(|done| done.checked_div(way));
        rate.filter(|rate| rate.abs() < HIGHEST)
            .is_none_or(|rate| (typed - rate).abs() < Decimal::new(1, typed.scale()))
    })
}
