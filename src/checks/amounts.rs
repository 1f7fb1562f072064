//! J015: an amount that was typed in yen where the report counts in thousands.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Unit, format_amount};
use crate::source::Span;

/// Whether an amount looks like yen beside another one of the report's unit: it ends in 000 and is a hundred times as much.
pub(super) fn looks_like_yen(amount: i64, other: i64) -> bool {
    let (amount, other) = (amount.unsigned_abs(), other.unsigned_abs());
    amount >= 1_000 && amount.is_multiple_of(1_000) && other > 0 && amount / 100 >= other
}

/// J015.
pub(super) fn yen_amount(place: Span, amount: i64, unit: Unit) -> Diagnostic {
    let typed = format_amount(amount);
    let thousands = format_amount(amount / 1_000);
    let unit = unit.name();
    Diagnostic::new(
        Code::J015,
        place,
        format!("事業費 {typed} は円で書いていませんか。{unit}単位なら {thousands} です。"),
    )
    .help(format!("{unit}単位で書き直してください。正しければ「確認済：J015　理由」と書きます。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_times_as_much() {
        assert!(looks_like_yen(3_254_000, 3_254) && looks_like_yen(3_254_000, 3_100) && looks_like_yen(-5_000, -5));
        assert!(!looks_like_yen(3_254_000, 32_541) && !looks_like_yen(3_254_100, 3_254) && !looks_like_yen(5_000, 0));
    }
}
