//! Figures as a sheet shows them: 3254 with the format `#,##0"名"` is 3,254名. Knows formats of numbers; dates are not
//! among them, and one that it does not understand shows the plain figure.

use rust_decimal::{Decimal, RoundingStrategy};

/// A figure of a sheet, in its cell's format where that is known.
pub(super) fn shown(value: f64, format: Option<&str>) -> String {
    let Some(value) = exact(value) else { return value.to_string() };
    let plain = || value.normalize().to_string();
    let Some(format) = format else { return plain() };
    let sections = sections(format);
    let own = match () {
        () if value.is_sign_negative() => sections.get(1),
        () if value.is_zero() => sections.get(2),
        () => None,
    };
    let Some(written) = own.or(sections.first()) else { return plain() };
    let Some(section) = Section::parse(written) else { return plain() };
    let minus = if value.is_sign_negative() && own.is_none() { "-" } else { "" };
    section.write(value.abs()).map_or_else(plain, |text| format!("{minus}{text}"))
}

/// Spreadsheets keep fifteen digits.
fn exact(value: f64) -> Option<Decimal> {
    let value = Decimal::from_scientific(&format!("{value:.14e}")).ok()?;
    Some(if value.is_zero() { Decimal::ZERO } else { value })
}

/// For positive figures, for negative ones, for nought.
fn sections(format: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in format.chars() {
        let is_end = c == ';' && !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped && !quoted;
        match sections.last_mut() {
            Some(_) if is_end => sections.push(String::new()),
            Some(section) => section.push(c),
            None => {}
        }
    }
    sections
}

#[derive(Default)]
struct Section {
    before: String,
    after: String,
    /// The figure as it is
    general: bool,
    /// Digits that are always shown, before and behind the point
    whole: usize,
    least: usize,
    /// Digits behind the point
    most: u32,
    grouped: bool,
    percent: bool,
    /// 千円 of 円: each comma at the end takes three digits.
    thousands: u32,
    has_digits: bool,
    has_point: bool,
}

impl Section {
    fn parse(written: &str) -> Option<Self> {
        let mut section = Self::default();
        let mut rest = written;
        while let Some(c) = rest.chars().next() {
            rest = rest.get(c.len_utf8()..)?;
            match c {
                '"' => {
                    let (literal, behind) = rest.split_once('"')?;
                    section.say(literal);
                    rest = behind;
                }
                '[' => {
                    let (inside, behind) = rest.split_once(']')?;
                    section.bracket(inside)?;
                    rest = behind;
                }
                '\\' | '_' | '*' => {
                    let next = rest.chars().next()?;
                    rest = rest.get(next.len_utf8()..)?;
                    if c == '\\' {
                        section.say(next.encode_utf8(&mut [0; 4]));
                    }
                }
                'G' => {
                    rest = rest.strip_prefix("eneral")?;
                    section.general = true;
                    section.has_digits = true;
                }
                '0' | '#' | '?' | '.' | ',' | '%' => section.placeholder(c)?,
                ' ' | '(' | ')' | '-' | '+' | ':' | '¥' => section.say(c.encode_utf8(&mut [0; 4])),
                c if !c.is_ascii() => section.say(c.encode_utf8(&mut [0; 4])),
                _ => return None,
            }
        }
        section.has_digits.then_some(section)
    }

    fn say(&mut self, literal: &str) {
        if self.has_digits { self.after.push_str(literal) } else { self.before.push_str(literal) }
    }

    /// A colour says nothing, a currency its sign; a condition is not understood.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or_default().to_string();
            self.say(&sign);
            return Some(());
        }
        let colours = ["Red", "Blue", "Black", "White", "Green", "Yellow", "Cyan", "Magenta", "赤", "青", "黒"];
        colours.iter().any(|colour| colour.eq_ignore_ascii_case(inside)).then_some(())
    }

    fn placeholder(&mut self, c: char) -> Option<()> {
        if c == '%' {
            self.percent = true;
            self.say("%");
            return Some(());
        }
        // Words between digits (000-0000) are a form of its own.
        if self.general || !self.after.is_empty() {
            return None;
        }
        match c {
            '.' if self.has_point => return None,
            '.' => self.has_point = true,
            ',' => self.thousands += 1,
            _ if self.has_point && self.thousands > 0 && !self.grouped => return None,
            _ => {
                self.grouped |= self.thousands > 0;
                self.thousands = 0;
                self.most += u32::from(self.has_point);
                if c == '0' && self.has_point {
                    self.least = usize::try_from(self.most).ok()?;
                } else if c == '0' {
                    self.whole += 1;
                }
            }
        }
        self.has_digits = true;
        Some(())
    }

    fn write(&self, value: Decimal) -> Option<String> {
        let Self { before, after, .. } = self;
        if self.general {
            return Some(format!("{before}{}{after}", value.normalize()));
        }
        let mut value = if self.percent { value.checked_mul(Decimal::ONE_HUNDRED)? } else { value };
        for _ in 0..self.thousands {
            value = value.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let value = value.round_dp_with_strategy(self.most, RoundingStrategy::MidpointAwayFromZero).normalize();
        let text = value.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let whole = format!("{whole:0>width$}", width = self.whole.min(40));
        let whole = if self.grouped { grouped(&whole) } else { whole };
        let part = format!("{part:0<width$}", width = self.least.min(40));
        let point = if part.is_empty() { "" } else { "." };
        Some(format!("{before}{whole}{point}{part}{after}"))
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_figure_is_shown_as_its_cell_shows_it() {
        for (value, format, text) in [
            (3254.0, None, "3254"),
            (3254.0, Some("General"), "3254"),
            (3254.0, Some("#,##0"), "3,254"),
            (126.0, Some("#,##0\"名\""), "126名"),
            (1234.0, Some("#,##0_ ;[Red]\\-#,##0\\ "), "1,234"),
            (-1234.0, Some("#,##0;\"△ \"#,##0"), "△ 1,234"),
            (-5.0, Some("0.0"), "-5.0"),
            (0.125, Some("0.0%"), "12.5%"),
            (5_517_000.0, Some("#,##0,\"千円\""), "5,517千円"),
            (0.1 + 0.2, None, "0.3"),
            (2.5, Some("0"), "3"),
            (0.0, Some("#,###"), "0"),
            (1e20, None, "100000000000000000000"),
            (1e300, None, &format!("{}", 1e300)),
            (12.5, Some("# ?/?"), "12.5"),
            (300_000.0, Some("[$¥-411]#,##0"), "¥300,000"),
            (12.0, Some("0.##"), "12"),
            (38.0, Some("00"), "38"),
            (4.0, Some("000"), "004"),
        ] {
            assert_eq!(shown(value, format), text, "{value} {format:?}");
        }
    }
}
