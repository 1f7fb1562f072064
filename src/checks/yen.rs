//! J015: an amount in yen where thousands are meant.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Unit, format_amount};
use crate::source::Span;

/// Whether an amount that should be near the other one was written in yen: both in the report's unit.
pub(super) fn looks_like_yen(amount: i64, other: i64) -> bool {
    other != 0 && amount % 1_000 == 0 && amount.unsigned_abs() >= other.unsigned_abs().saturating_mul(100)
}

/// The message for an amount of a report whose unit is larger than yen; `other` says what it was held against.
pub(super) fn message(amount: i64, unit: Unit, place: Span, other: &str) -> Diagnostic {
    let unit_name = unit.name();
    let right = (amount % unit.yen() == 0).then(|| format_amount(amount / unit.yen()));
    let hint = right.as_ref().map(|right| format!("{unit_name}単位なら {right} です。")).unwrap_or_default();
    let message = format!("事業費 {} は円で書いていませんか。{hint}", format_amount(amount));
    let mend = match right {
        Some(right) => format!("円の額だったなら「事業費：{right}{unit_name}」に直してください。"),
        None => format!("{unit_name}単位の数字に直してください。"),
    };
    Diagnostic::new(Code::J015, place, message)
        .help(format!("{other}です。{mend}"))
        .or_acknowledge("【事業】", "事業費")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_at_a_hundredfold() {
        assert!(looks_like_yen(3_254_000, 3_254));
        assert!(looks_like_yen(-1_000, 10));
        assert!(!looks_like_yen(3_254_100, 3_254));
        assert!(!looks_like_yen(3_254_000, 32_541));
        assert!(!looks_like_yen(3_000, 0) && !looks_like_yen(0, 5) && !looks_like_yen(i64::MIN, i64::MIN));
    }
}
