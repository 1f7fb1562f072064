//! Values as a sheet shows them: 3254 with the format `#,##0"名"` is 3,254名, 45017 with `ggge"年度"` is 令和5年度. What is not
//! understood is reported, never shown otherwise.

use rust_decimal::{Decimal, RoundingStrategy};

use super::colour::Colour;
use super::digits::{digits, exponential, fraction, is_fraction, literal};
use super::format::{Part, Section, parse_format};
use super::minus::minus;
use super::moment::{is_moment, moment};
use super::numerals::{digits_in, words_of};

/// Characters that 「標準」 has for a figure with a part behind the point
const GENERAL: usize = 11;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// As the cell shows it
    As(String),
    /// The cell shows nothing, though this stands in it.
    Nothing(String),
    /// How the cell shows it is not known; what stands in it.
    Unknown(String),
}

/// A figure in its cell's format; days are counted from 1904 in some workbooks.
pub(super) fn shown(value: f64, format: &str, from_1904: bool) -> Shown {
    let Some(value) = exact(value) else { return Shown::Unknown(value.to_string()) };
    let plain = value.normalize().to_string();
    let text = parse_format(format).and_then(|sections| write(value, &sections, from_1904));
    match text.map(|text| text.trim().to_string()) {
        None => Shown::Unknown(plain),
        Some(text) if text.is_empty() => Shown::Nothing(plain),
        Some(text) => Shown::As(text),
    }
}

/// The colour that a figure's format gives it, whatever its cell's font has: `[白]0`.
pub(super) fn ink(value: f64, format: &str) -> Option<Colour> {
    let value = exact(value).filter(|_| format.contains('['))?;
    let sections = parse_format(format)?;
    section_for(value, &sections).and_then(|(section, _)| Colour::named(&section.colour))
}

/// A text in its cell's format: `@"様"`.
pub(super) fn shown_text(text: &str, format: &str) -> Shown {
    if !format.contains(['@', ';']) {
        return Shown::As(text.to_string());
    }
    let Some(sections) = parse_format(format) else { return Shown::As(text.to_string()) };
    let holds = |section: &&Section| section.parts.contains(&Part::Text);
    let own = sections.get(3).or(sections.last().filter(holds));
    let Some(section) = own else { return Shown::As(text.to_string()) };
    let part = |part: &Part| if *part == Part::Text { text.to_string() } else { literal(part).unwrap_or_default() };
    let written: String = section.parts.iter().map(part).collect();
    if written.trim().is_empty() && !text.is_empty() { Shown::Nothing(text.to_string()) } else { Shown::As(written) }
}

/// Spreadsheets keep fifteen digits.
fn exact(value: f64) -> Option<Decimal> {
    let value = Decimal::from_scientific(&format!("{value:.14e}")).ok()?;
    Some(if value.is_zero() { Decimal::ZERO } else { value })
}

fn write(value: Decimal, sections: &[Section], from_1904: bool) -> Option<String> {
    let (section, is_own) = section_for(value, sections)?;
    if section.is_date() {
        return is_moment(&section.parts).then(|| moment(value, section, from_1904))?;
    }
    let figure = write_figure(value.abs(), section)?;
    let sign = match (value.is_sign_negative(), is_own) {
        (true, false) => "-",
        // `#,##0;[Red]#,##0` tells them apart by colour alone, which no text keeps.
        (true, true) if section.has_figure() => {
            let first = sections.first()?;
            let positive = write_figure(value.abs(), first).unwrap_or_default();
            minus(&figure, &positive, section.colour != first.colour)?
        }
        (true | false, _) => "",
    };
    Some(format!("{sign}{figure}"))
}

/// The section of a figure, and whether it says by itself that the figure is below nought.
fn section_for(value: Decimal, sections: &[Section]) -> Option<(&Section, bool)> {
    let figures = sections.get(..sections.len().min(3))?;
    // A text's section alone: `@` behind others is for texts.
    let figures = match figures {
        [first, .., last] if last.parts.contains(&Part::Text) && !first.parts.contains(&Part::Text) => {
            figures.get(..figures.len() - 1)?
        }
        _ => figures,
    };
    let is_negative = value.is_sign_negative();
    let holds = |section: &Section| section.condition.map(|(sign, bound)| sign.holds(value, bound));
    match figures {
        [only] => match holds(only) {
            Some(false) => None,
            _ => Some((only, false)),
        },
        _ if figures.iter().any(|section| section.condition.is_some()) => {
            // Whether a sign is shown for a figure below nought depends on all conditions together.
            let (true, Some(first)) = (!is_negative, figures.first()) else { return None };
            if holds(first)? {
                return Some((first, false));
            }
            let second = figures.get(1).filter(|section| figures.len() == 2 || holds(section) == Some(true));
            second.filter(|section| holds(section) != Some(false)).or(figures.get(2)).map(|section| (section, false))
        }
        [_, below, ..] if is_negative => Some((below, true)),
        [_, _, nought] if value.is_zero() => Some((nought, false)),
        [above, ..] => Some((above, false)),
        [] => None,
    }
}

fn write_figure(value: Decimal, section: &Section) -> Option<String> {
    let parts = &section.parts;
    if let Some(at) = parts.iter().position(|part| matches!(part, Part::General | Part::Text)) {
        let figure = match section.numerals {
            Some(kind) => words_of(&value.normalize().to_string(), kind)?,
            None => general(value)?,
        };
        let place = |(index, part)| if index == at { Some(figure.clone()) } else { literal(part) };
        return parts.iter().enumerate().map(place).collect();
    }
    if !parts.iter().any(|part| matches!(part, Part::Digit(_))) {
        // Words alone: 該当なし
        return parts.iter().map(literal).collect();
    }
    let text = match () {
        () if parts.iter().any(|part| matches!(part, Part::Exponent(_))) => exponential(value, parts),
        () if is_fraction(parts) => fraction(value, parts),
        () => digits(value, parts),
    }?;
    Some(section.numerals.map_or(text.clone(), |kind| digits_in(&text, kind)))
}

/// Eleven characters where there is a part behind the point. A large whole figure stays whole: `1.23457E+11` is none.
pub(super) fn general(value: Decimal) -> Option<String> {
    let text = value.normalize().to_string();
    if text.len() <= GENERAL || !text.contains('.') {
        return Some(text);
    }
    let places = GENERAL.saturating_sub(text.find('.')? + 1);
    let places = u32::try_from(places).ok()?;
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    // Digits that would all be lost are shown with an exponent.
    (!rounded.is_zero() && value >= Decimal::new(1, 4)).then(|| rounded.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::built_in::built_in;
    use super::{Shown, shown, shown_text};

    fn text(value: f64, format: &str) -> String {
        match shown(value, format, false) {
            Shown::As(text) => text,
            Shown::Nothing(plain) => format!("（空欄 {plain}）"),
            Shown::Unknown(plain) => format!("（不明 {plain}）"),
        }
    }

    #[test]
    fn a_figure_is_shown_as_its_cell_shows_it() {
        for (value, format, expected) in [
            (3254.0, "General", "3254"),
            (3254.0, "#,##0", "3,254"),
            (126.0, "#,##0\"名\"", "126名"),
            (1234.0, "#,##0_ ;[Red]\\-#,##0\\ ", "1,234"),
            (-1234.0, "#,##0;\"△ \"#,##0", "△ 1,234"),
            (-5.0, "0.0", "-5.0"),
            (-1234.0, "#,##0;[Red]#,##0", "△1,234"),
            (-5.0, "0\"名\";[赤]0\"名\"", "△5名"),
            (-5.0, "0\"名\";[赤]0", "△5"),
            (-5.0, "+0;[Color3]0", "△5"),
            (-5.0, "\"（\"0\"）\";[赤]\"（\"0\"）\"", "△（5）"),
            (-5.0, ";[赤]0", "△5"),
            (-5.0, "[青]0;[赤]0;0", "△5"),
            (5.0, "0\"名\";[赤]0", "5名"),
            (-5.0, "#,##0_);[赤](#,##0)", "(5)"),
            (-5.0, "0;[赤]\"▲\"0", "▲5"),
            (-5.0, "0\"人増\";[赤]0\"人減\"", "5人減"),
            (-5.0, "0;[赤]\"該当なし\"", "該当なし"),
            (-5.0, "0;0", "（不明 -5）"),
            (-5.0, "[赤]0;[赤]0", "（不明 -5）"),
            (-5.0, "0\"名\";[赤]0\"人\"", "（不明 -5）"),
            (-5.0, "0;(0)", "(5)"),
            (-5.0, "0;\"減\"0", "減5"),
            (0.125, "0.0%", "12.5%"),
            (5_517_000.0, "#,##0,\"千円\"", "5,517千円"),
            (1_234_567.0, "#,##0,", "1,235"),
            (1_234_567_890.0, "#,##0.0,,\"百万円\"", "1,234.6百万円"),
            (0.1 + 0.2, "General", "0.3"),
            (2.5, "0", "3"),
            (0.285, "0.00", "0.29"),
            (1.005, "0.00", "1.01"),
            (0.0, "#,###", "（空欄 0）"),
            (1e20, "0", "100000000000000000000"),
            (1e300, "General", &format!("（不明 {}）", 1e300)),
            (12.5, "# ?/?", "12 1/2"),
            (0.333, "# ?/?", "1/3"),
            (5.0, "# ?/?", "5"),
            (3.15, "# ??/??", "3 3/20"),
            (300_000.0, "[$¥-411]#,##0", "¥300,000"),
            (12.0, "0.##\"名\"", "12名"),
            (38.0, "00", "38"),
            (4.0, "000", "004"),
            (380_123.0, "000-0000", "038-0123"),
            (123_456.0, "0.00E+00", "1.23E+05"),
            (123_456_789_012.0, "General", "123456789012"),
            (12.345_678_901_234, "General", "12.3456789"),
            (5.0, "@", "5"),
            (1234.0, built_in(41).unwrap(), "1,234"),
            (0.0, built_in(41).unwrap(), "-"),
            (12.0, "#,##0_ \"千円\"", "12 千円"),
        ] {
            assert_eq!(text(value, format), expected, "{value} {format}");
        }
    }

    #[test]
    fn each_section_has_its_own_words() {
        for (value, format, expected) in [
            (0.0, "#,##0;-#,##0;\"-\"", "-"),
            (0.0, "#,##0;△#,##0;―", "―"),
            (0.0, "0;-0;\"該当なし\"", "該当なし"),
            (1.0, "\"○\";;\"×\"", "○"),
            (0.0, "\"○\";;\"×\"", "×"),
            (-1.0, "\"○\";;\"×\"", "（空欄 -1）"),
            (7.0, ";;;", "（空欄 7）"),
            (126.0, "[Color10]#,##0\"名\"", "126名"),
            (126.0, "[>=100]#,##0\"名\";\"僅少\"", "126名"),
            (50.0, "[>=100]#,##0\"名\";\"僅少\"", "僅少"),
            (1_500_000.0, "[>=1000000]#,##0,,\"百万円\";[>=1000]#,##0,\"千円\";0\"円\"", "2百万円"),
            (1_500.0, "[>=1000000]#,##0,,\"百万円\";[>=1000]#,##0,\"千円\";0\"円\"", "2千円"),
            (15.0, "[>=1000000]#,##0,,\"百万円\";[>=1000]#,##0,\"千円\";0\"円\"", "15円"),
            (-5.0, "[>=100]0;0.0", "（不明 -5）"),
            (1234.0, "[DBNum1]General", "千二百三十四"),
            (10_511.0, "[DBNum1]General\"円\"", "一万五百十一円"),
            (1234.0, "[DBNum2]General", "壱阡弐百参拾四"),
            (126.0, "[DBNum3]#,##0\"名\"", "１２６名"),
            (126.0, "[DBNum3][$-411]0\"名\"", "１２６名"),
            (2020.0, "[DBNum1]0", "二〇二〇"),
            (45017.0, "[$-1070000]d/m/yyyy", "（不明 45017）"),
            (45017.0, "bbbb", "（不明 45017）"),
        ] {
            assert_eq!(text(value, format), expected, "{value} {format}");
        }
    }

    #[test]
    fn days_and_times_are_shown_as_a_japanese_excel_shows_them() {
        for (value, format, expected) in [
            (45017.0, "ggge\"年度\"", "令和5年度"),
            (45017.0, "[$-411]ggge\"年\"m\"月\"d\"日\";@", "令和5年4月1日"),
            (45017.0, "e\"年\"", "5年"),
            (45017.0, "aaaa", "土曜日"),
            (45018.0, "m/d(aaa)", "4/2(日)"),
            (45017.0, "yyyy/m/d", "2023/4/1"),
            (45017.0, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年4月1日"),
            (45017.0, "ge.m.d", "R5.4.1"),
            (45017.0, "gee.mm.dd", "R05.04.01"),
            (45017.0, "d-mmm-yy", "1-Apr-23"),
            (45017.0, "[$-1030411]ggge\"年度\"", "令和5年度"),
            (45017.0, "[$-1030411]yyyy", "（不明 45017）"),
            (45017.0, "[$-804]aaaa", "（不明 45017）"),
            (12.0, "[$€-407]#,##0", "€12"),
            (43585.0, "ggge\"年\"", "平成31年"),
            (43586.0, "ggge\"年\"", "令和1年"),
            (43586.0, "[$-ja-JP-x-gannen]ggge\"年\"", "令和元年"),
            (44105.0, "[DBNum1]ggge\"年\"m\"月\"d\"日\"", "令和二年十月一日"),
            (0.0625, "h:mm", "1:30"),
            (1.5, "[h]:mm", "36:00"),
            (4.0 / 72.0, "h:mm", "1:20"),
            (0.75, "[$-411]AM/PM h\"時\"mm\"分\"", "午後 6時00分"),
            (0.75, "h:mm AM/PM", "6:00 PM"),
            (44105.5, "yyyy/m/d h:mm", "2020/10/1 12:00"),
            (60.0, "yyyy/m/d", "1900/2/29"),
            (61.0, "yyyy/m/d", "1900/3/1"),
            (1.0, "yyyy/m/d", "1900/1/1"),
            (-1.0, "yyyy/m/d", "（不明 -1）"),
        ] {
            assert_eq!(text(value, format), expected, "{value} {format}");
        }
        assert_eq!(shown(0.0, "yyyy/m/d", true), Shown::As("1904/1/1".to_string()));
    }

    #[test]
    fn texts_have_formats_as_well() {
        assert_eq!(shown_text("山田", "@\"様\""), Shown::As("山田様".to_string()));
        assert_eq!(shown_text("山田", "0;-0;0;@\" 様\""), Shown::As("山田 様".to_string()));
        assert_eq!(shown_text("山田", "#,##0"), Shown::As("山田".to_string()));
        assert_eq!(shown_text("山田", ";;;"), Shown::Nothing("山田".to_string()));
    }
}
