//! The digits of a figure in the places that a number format has for them: `#,##0.0`, `0.00E+00`, `# ?/?`.

use rust_decimal::{Decimal, RoundingStrategy};

use super::format::Part;

/// Places of a fraction's denominator
const MOST_DENOMINATOR: usize = 3;

/// What is shown as it is written.
pub(super) fn literal(part: &Part) -> Option<String> {
    if *part == Part::Percent { Some("%".to_string()) } else { part.words().map(str::to_string) }
}

/// Digits into the places that a format has for them.
pub(super) fn digits(value: Decimal, parts: &[Part]) -> Option<String> {
    let is_digit = |part: &Part| matches!(part, Part::Digit(_));
    let point = parts.iter().position(|part| *part == Part::Point);
    let last = parts.iter().take(point.unwrap_or(parts.len())).rposition(is_digit);
    // Each comma behind the last digit takes three digits.
    let commas = |from: usize| parts.iter().skip(from).take_while(|part| **part == Part::Comma).count();
    let behind_all = parts.iter().rposition(is_digit).filter(|end| point.is_some_and(|point| *end > point));
    let scale = last.map_or(0, |last| commas(last + 1)) + behind_all.map_or(0, |end| commas(end + 1));
    let first = parts.iter().position(is_digit)?;
    let is_grouped = last.is_some_and(|last| parts.iter().take(last).skip(first).any(|part| *part == Part::Comma));
    let behind = parts.iter().skip(point.unwrap_or(parts.len())).filter(|part| is_digit(part)).count();
    let mut value = value;
    for part in parts {
        if *part == Part::Percent {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        }
    }
    for _ in 0..scale {
        value = value.checked_div(Decimal::ONE_THOUSAND)?;
    }
    let places = u32::try_from(behind).ok().filter(|places| *places <= 20)?;
    let text = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (front, back) = parts.split_at(point.unwrap_or(parts.len()));
    Some(format!("{}{}", whole_part(whole, front, is_grouped)?, broken_part(rest, back)?))
}

/// From the right, and all that is left into the first place.
fn whole_part(digits: &str, parts: &[Part], is_grouped: bool) -> Option<String> {
    let mut left: Vec<char> = if digits == "0" { Vec::new() } else { digits.chars().collect() };
    let mut places = parts.iter().filter(|part| matches!(part, Part::Digit(_))).count();
    let mut written: Vec<String> = Vec::new();
    let mut count = 0;
    for part in parts.iter().rev() {
        if *part == Part::Comma {
            continue;
        }
        let Part::Digit(kind) = part else {
            written.push(literal(part)?);
            continue;
        };
        places -= 1;
        let take = if places == 0 { left.len().max(1) } else { 1 };
        for _ in 0..take {
            let Some(digit) = left.pop().or(blank_of(*kind)) else { continue };
            if is_grouped && count > 0 && count % 3 == 0 && digit != ' ' {
                written.push(",".to_string());
            }
            count += 1;
            written.push(digit.to_string());
        }
    }
    // Without a place before the point (`.00`) there is nowhere for what is left.
    left.is_empty().then(|| written.into_iter().rev().collect())
}

/// What stands in a place for which there is no digit.
fn blank_of(kind: char) -> Option<char> {
    match kind {
        '0' => Some('0'),
        '?' => Some(' '),
        _ => None,
    }
}

fn broken_part(digits: &str, parts: &[Part]) -> Option<String> {
    let mut left = digits.chars();
    let (mut written, mut behind) = (String::new(), String::new());
    for part in parts {
        match () {
            () if matches!(part, Part::Digit(_) | Part::Point) && !behind.is_empty() => return None,
            () if *part == Part::Point => written.push('.'),
            () if *part == Part::Comma => {}
            () => match part.digit() {
                Some(kind) => written.extend(left.next().or(blank_of(kind))),
                None => behind.push_str(&literal(part)?),
            },
        }
    }
    // Excel shows 12. where no digit follows.
    Some(format!("{}{behind}", written.strip_suffix('.').unwrap_or(&written)))
}

/// `0.00E+00`
pub(super) fn exponential(value: Decimal, parts: &[Part]) -> Option<String> {
    let at = parts.iter().position(|part| matches!(part, Part::Exponent(_)))?;
    let (front, back) = parts.split_at(at);
    let places = front.iter().skip_while(|part| **part != Part::Point).filter(|part| matches!(part, Part::Digit(_)));
    let whole = front.iter().take_while(|part| **part != Part::Point).filter(|part| matches!(part, Part::Digit(_)));
    if whole.count() != 1 {
        return None;
    }
    let text = format!("{:.*e}", places.count().min(14), f64::try_from(value).ok()?);
    let (mantissa, power) = text.split_once('e')?;
    let power: i32 = power.parse().ok()?;
    let sign = match (power < 0, back.first()) {
        (true, _) => "-",
        (false, Some(Part::Exponent(true))) => "+",
        (false, _) => "",
    };
    let width = back.iter().filter(|part| matches!(part, Part::Digit(_))).count();
    Some(format!("{mantissa}E{sign}{:0width$}", power.abs()))
}

fn slash(parts: &[Part]) -> Option<usize> {
    parts.iter().position(|part| *part == Part::Literal("/".to_string()))
}

pub(super) fn is_fraction(parts: &[Part]) -> bool {
    let digit = |part: Option<&Part>| matches!(part, Some(Part::Digit(_)));
    let is_between = |at: usize| {
        digit(at.checked_sub(1).and_then(|at| parts.get(at)))
            && parts.iter().skip(at + 1).any(|part| matches!(part, Part::Digit(_)) || is_number(part))
    };
    slash(parts).is_some_and(is_between)
}

fn is_number(part: &Part) -> bool {
    matches!(part, Part::Literal(text) if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()))
}

/// `# ?/?`: the nearest with so many digits below.
pub(super) fn fraction(value: Decimal, parts: &[Part]) -> Option<String> {
    let at = slash(parts)?;
    let (front, back) = parts.split_at(at);
    let places = back.iter().filter(|part| matches!(part, Part::Digit(_))).count();
    let is_plain =
        |part: &Part| part.digit().is_some() || part.words().is_some_and(|text| text.trim().is_empty() || text == "/");
    // A whole figure before a gap; without one the fraction is improper.
    let is_mixed = front.iter().any(|part| *part == Part::Literal(" ".to_string()));
    if !parts.iter().all(is_plain) || !is_mixed || places == 0 || places > MOST_DENOMINATOR {
        return None;
    }
    let (whole, rest) = (value.trunc(), value.fract());
    let mut best = (Decimal::ONE, Decimal::ZERO, Decimal::ONE);
    for below in 1..10_u32.pow(u32::try_from(places).ok()?) {
        let below = Decimal::from(below);
        let above = (rest * below).round();
        let gap = (rest - above.checked_div(below)?).abs();
        if gap < best.0 {
            best = (gap, above, below);
        }
    }
    let (_, above, below) = best;
    Some(match () {
        () if above.is_zero() => whole.to_string(),
        () if above == below => (whole + Decimal::ONE).to_string(),
        () if whole.is_zero() => format!("{above}/{below}"),
        () => format!("{whole} {above}/{below}"),
    })
}
