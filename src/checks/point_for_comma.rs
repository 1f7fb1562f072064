//! J038 for 1.031名: the comma between thousands was typed as a point. Things that are counted whole have no thousandths.

use super::texts::CheckedText;
use super::unit::{counter_at, figure_runs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Text;
use crate::syntax::chars::{is_blank, is_digit};

/// What is counted whole.
const WHOLE: &[&str] = &[
    "名",
    "人",
    "件",
    "回",
    "社",
    "者",
    "団体",
    "校",
    "か所",
    "箇所",
    "ヶ所",
    "カ所",
    "ヵ所",
    "台",
    "戸",
    "世帯",
    "冊",
    "部",
    "枚",
    "本",
    "便",
    "隻",
    "頭",
    "羽",
    "匹",
    "棟",
    "組",
    "店",
    "店舗",
    "点",
    "品",
    "区画",
    "企業",
    "事業所",
];
/// Words before a mean, which may have any places.
const OF_MEANS: &[&str] = &["平均", "当たり", "あたり", "につき", "換算"];

pub(super) fn check(text: &CheckedText<'_>, diagnostics: &mut Diagnostics) {
    for line in text.lines {
        for (start, digits, after) in figure_runs(&line.value) {
            let unit = counter_at(after.trim_start_matches(is_blank)).filter(|unit| WHOLE.contains(unit));
            let before = line.value.get(..start).unwrap_or("");
            let is_of_mean = OF_MEANS.iter().any(|word| before.contains(word));
            if let Some(unit) = unit.filter(|_| !is_of_mean && is_in_thousands(digits)) {
                diagnostics.push(message(line, start, digits, unit));
            }
        }
    }
}

/// 1.031, 12.345.678: groups of three behind points, and nothing that begins with 0.
fn is_in_thousands(digits: &str) -> bool {
    let mut groups = digits.split(['.', '．']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    let is_group = |group: &&str| group.chars().count() == 3 && group.chars().all(is_digit);
    let is_first = (1..=3).contains(&first.chars().count()) && first.chars().all(is_digit);
    is_first && !first.starts_with(['0', '０']) && !rest.is_empty() && rest.iter().all(is_group)
}

fn message(line: &Text, start: usize, digits: &str, unit: &str) -> Diagnostic {
    let right = digits.replace(['.', '．'], ",");
    let span = line.stretch(start..start + digits.len());
    Diagnostic::new(Code::J038, span, format!("「{digits}{unit}」の「.」は、「,」ではありませんか。"))
        .help(format!("「{right}{unit}」と書いてください。"))
        .or_acknowledge("【事業】", &format!("{digits}{unit}"))
        .proposal(span, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_have_groups_of_three() {
        for digits in ["1.031", "12.345", "１．０３１", "1.234.567", "999.000"] {
            assert!(is_in_thousands(digits), "{digits}");
        }
        for digits in ["1,031", "40.2", "0.125", "1.03", "1.0312", "1234.567", "1.", ".031", "1.031,5", "12"] {
            assert!(!is_in_thousands(digits), "{digits}");
        }
    }
}
