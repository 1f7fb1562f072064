//! An amount as the office typed it, in the report's unit where that is exact.

use super::money_units::has_unit;
use super::page::one_line;
use crate::model::{Amount, AmountFault, Unit, format_amount, parse_amount};
use crate::syntax::chars::{is_blank, is_no_value};

/// What to write for an amount, its value, and what is wrong with it. `name`: what the amount is called.
pub(super) fn amount_in(
    name: &str,
    typed: &str,
    beside: Option<&'static str>,
    unit: Unit,
) -> (String, Option<i64>, Option<String>) {
    let bare = without_yen(typed);
    if let (Some(_), Some(other)) = (&bare, beside.filter(|beside| *beside != "円")) {
        let what = format!(
            "{name}「{}」には円の印がありますが、見出しの単位は{other}です。どちらか確かめ、{}の数字だけで書いてください",
            one_line(typed),
            unit.name()
        );
        return (typed.to_string(), None, Some(what));
    }
    let beside = if bare.is_some() { Some("円") } else { beside };
    let typed = bare.as_deref().unwrap_or(typed);
    // 「－千円」 of a cell that shows its unit
    let figure = typed.trim_end_matches(['円', '千', '百', '万', '億']);
    let typed = if is_no_value(figure.trim_matches(is_blank)) { figure.trim_matches(is_blank) } else { typed };
    let has_unit = has_unit(typed);
    let text = match beside {
        Some(beside) if !has_unit && !is_no_value(typed) => format!("{typed}{beside}"),
        _ => typed.to_string(),
    };
    let shown = if has_unit || beside.is_some() { unit.name() } else { "" };
    match parse_amount(&text, unit) {
        Ok(Amount::Value(value)) => (format!("{}{shown}", format_amount(value)), Some(value), None),
        Ok(Amount::NotApplicable) => ("—".to_string(), Some(0), None),
        Err(error) => {
            let is_plain = !text.contains(['約', '（', '(', '程', '～', '〜']);
            match error.exact.filter(|_| is_plain && error.reason != AmountFault::Commas) {
                Some(value) => (format!("{}{}", format_amount(value), unit.name()), Some(value), None),
                None => {
                    let what = format!(
                        "{name}「{}」は、このままでは使えません（{}）。{}の数字だけで書いてください",
                        one_line(typed),
                        error.reason,
                        unit.name()
                    );
                    (text, None, Some(what))
                }
            }
        }
    }
}

/// `¥1,250,000` and `△￥1,250` without the sign of the yen, which says their unit.
fn without_yen(typed: &str) -> Option<String> {
    let bare = typed.trim_matches(is_blank);
    let sign = bare.chars().next().filter(|c| "△▲-－−".contains(*c));
    let figure = sign.map_or(bare, |sign| bare.trim_start_matches(sign).trim_start_matches(is_blank));
    let figure = figure.strip_prefix(['¥', '￥'])?;
    Some(sign.into_iter().chain(figure.chars()).collect())
}
