//! Number formats of spreadsheets (`#,##0"名";"△"#,##0;"-"`) taken apart: sections, their conditions, and what each shows in
//! turn. Knows no values. What a Japanese Excel does not have is not understood, and whoever asks is notified.
//!
//! A crate that renders such formats (ssfmt 0.1.2) was tried: it knows no eras and no 曜日, cuts `#,##0,` where Excel rounds,
//! and rounds 0.285 to 0.28.

use rust_decimal::Decimal;

use super::comparison::Comparison;

/// A longer format is damage.
const MOST_CHARACTERS: usize = 500;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Literal(String),
    /// `0`, `#`, `?`
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` (true) or `E-`
    Exponent(bool),
    General,
    /// `@`
    Text,
    /// A letter of a date and how often it stands: y m d h s e g a, `n` for minutes
    Date(char, usize),
    /// `[h]`, `[m]`, `[s]`
    Elapsed(char, usize),
    /// `AM/PM` (true) or `A/P`
    Noon(bool),
}

impl Part {
    pub(super) fn words(&self) -> Option<&str> {
        if let Self::Literal(text) = self { Some(text) } else { None }
    }

    pub(super) fn digit(&self) -> Option<char> {
        if let Self::Digit(kind) = self { Some(*kind) } else { None }
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    pub(super) parts: Vec<Part>,
    pub(super) condition: Option<(Comparison, Decimal)>,
    /// `[DBNum1]` 一二三, `[DBNum2]` 壱弐参, `[DBNum3]` １２３
    pub(super) numerals: Option<u8>,
    /// `red`, `赤`, `color10`; empty for none
    pub(super) colour: String,
    /// 午前 for AM: `[$-411]`
    pub(super) is_japanese: bool,
    /// 元年 for the first year of an era
    pub(super) has_first_year: bool,
    counts_eras: bool,
    is_foreign: bool,
}

impl Section {
    /// Whether it shows its value, and not only words.
    pub(super) fn has_figure(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Digit(_) | Part::General | Part::Text))
    }

    pub(super) fn is_date(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Date(..) | Part::Elapsed(..) | Part::Noon(_)))
    }
}

/// The sections of a format; `None` where one of them is not understood.
pub(super) fn parse_format(format: &str) -> Option<Vec<Section>> {
    if format.len() > MOST_CHARACTERS {
        return None;
    }
    let sections: Option<Vec<Section>> = sections(format).iter().map(|written| parse_section(written)).collect();
    sections.filter(|sections| sections.len() <= 4)
}

/// For positive figures, for negative ones, for nought, for texts.
fn sections(format: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in format.chars() {
        let is_end = c == ';' && !quoted && !escaped;
        quoted ^= c == '"' && !escaped;
        escaped = matches!(c, '\\' | '_' | '*' | '!') && !escaped && !quoted;
        match sections.last_mut() {
            Some(_) if is_end => sections.push(String::new()),
            Some(section) => section.push(c),
            None => {}
        }
    }
    sections
}

fn parse_section(written: &str) -> Option<Section> {
    let mut section = Section::default();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..)?;
        rest = match c {
            '"' => {
                let (literal, behind) = behind.split_once('"').unwrap_or((behind, ""));
                section.parts.push(Part::Literal(literal.to_string()));
                behind
            }
            '[' => {
                let (inside, behind) = behind.split_once(']')?;
                section.bracket(inside)?;
                behind
            }
            '\\' | '!' | '_' | '*' => {
                let next = behind.chars().next()?;
                // `_)` is a gap as wide as the sign; `*-` fills the cell.
                match c {
                    '*' => {}
                    '_' => section.literal(' '),
                    _ => section.literal(next),
                }
                behind.get(next.len_utf8()..)?
            }
            _ => section.mark(c, rest)?,
        };
    }
    section.tell_minutes();
    section.expand_system();
    section.is_known().then_some(section)
}

impl Section {
    fn literal(&mut self, c: char) {
        self.parts.push(Part::Literal(c.to_string()));
    }

    /// One mark without quotes; gives what stands behind it.
    fn mark<'a>(&mut self, c: char, rest: &'a str) -> Option<&'a str> {
        for general in ["General", "GENERAL", "general", "G/標準"] {
            if let Some(behind) = rest.strip_prefix(general) {
                self.parts.push(Part::General);
                return Some(behind);
            }
        }
        let starts = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        for (word, part) in [
            ("AM/PM", Part::Noon(true)),
            ("A/P", Part::Noon(false)),
            ("E+", Part::Exponent(true)),
            ("E-", Part::Exponent(false)),
        ] {
            // A small e is the year of an era.
            if starts(word) && (c == 'E' || !matches!(part, Part::Exponent(_))) {
                self.parts.push(part);
                return rest.get(word.len()..);
            }
        }
        let lower = c.to_ascii_lowercase();
        if "ymdhsegra".contains(lower) {
            let same = |other: &char| other.eq_ignore_ascii_case(&lower);
            let count = rest.chars().take_while(same).count();
            self.date(lower, count)?;
            return rest.get(count..);
        }
        let part = match c {
            '0' | '#' | '?' => Part::Digit(c),
            '.' => Part::Point,
            ',' => Part::Comma,
            '%' => Part::Percent,
            '@' => Part::Text,
            c if !c.is_ascii() || " $-+/():^&'~{}<>=".contains(c) => Part::Literal(c.to_string()),
            _ => return None,
        };
        self.parts.push(part);
        rest.get(c.len_utf8()..)
    }

    fn date(&mut self, letter: char, count: usize) -> Option<()> {
        let most = if matches!(letter, 'm' | 'y' | 'd' | 'a') { 5 } else { 3 };
        match letter {
            // The era with its year
            'r' if count == 2 => self.parts.extend([Part::Date('g', 3), Part::Date('e', 2)]),
            'r' if count == 1 => self.parts.push(Part::Date('e', 2)),
            'a' if !matches!(count, 3 | 4) => return None,
            'r' => return None,
            _ if count > most => return None,
            _ => self.parts.push(Part::Date(letter, count)),
        }
        Some(())
    }

    /// A colour alone says nothing, a currency its sign, a place the words for days.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        if let Some(currency) = inside.strip_prefix('$') {
            let (sign, place) = currency.split_once('-').unwrap_or((currency, ""));
            self.parts.push(Part::Literal(sign.to_string()));
            return self.place(place);
        }
        let lower = inside.to_lowercase();
        if let Some(kind) = lower.strip_prefix("dbnum") {
            self.numerals = Some(kind.parse().ok().filter(|kind| (1..=3).contains(kind))?);
            return Some(());
        }
        let letter = lower.chars().next()?;
        if matches!(letter, 'h' | 'm' | 's') && lower.chars().all(|c| c == letter) {
            self.parts.push(Part::Elapsed(letter, lower.len()));
            return Some(());
        }
        if let Some(condition) = condition(inside) {
            self.condition = Some(condition);
            return Some(());
        }
        let number = lower.strip_prefix("color").or(lower.strip_prefix('色'));
        let colours = [
            "red", "blue", "black", "white", "green", "yellow", "cyan", "magenta", "赤", "青", "黒", "白", "緑", "黄",
            "水", "紫",
        ];
        let is_number = number.is_some_and(|number| number.trim().parse::<u8>().is_ok());
        let is_colour = is_number || colours.contains(&lower.as_str());
        self.colour = lower;
        is_colour.then_some(())
    }

    /// `411`, `ja-JP`, `ja-JP-x-gannen`, `1030411` (with the calendar of eras). Another country's days are not understood.
    fn place(&mut self, place: &str) -> Option<()> {
        let lower = place.to_lowercase();
        match lower.as_str() {
            "" => return Some(()),
            "f800" => self.parts.push(Part::Date('L', 1)),
            "f400" => self.parts.push(Part::Date('T', 1)),
            _ => {}
        }
        self.has_first_year |= lower.contains("gannen");
        let number = u32::from_str_radix(&lower, 16).unwrap_or_default();
        let (numerals, calendar, language) = (number >> 24, number >> 16 & 0xff, number & 0xffff);
        self.is_japanese |= lower.starts_with("ja") || language == 0x411;
        let is_english = lower.starts_with("en") || language == 0x409;
        self.is_foreign |= !self.is_japanese && !is_english && !lower.starts_with('f');
        self.counts_eras |= calendar == 3;
        (numerals <= 1 && matches!(calendar, 0 | 1 | 3)).then_some(())
    }

    /// Years of a calendar of eras, and days in another language, are shown as nobody here knows.
    fn is_known(&self) -> bool {
        let has_year = self.parts.iter().any(|part| matches!(part, Part::Date('y', _)));
        !(self.counts_eras && has_year || self.is_foreign && self.is_date())
    }

    /// `m` behind an hour or before seconds is minutes.
    fn tell_minutes(&mut self) {
        let letters: Vec<(usize, char)> = self
            .parts
            .iter()
            .enumerate()
            .filter_map(|(index, part)| {
                let (Part::Date(letter, _) | Part::Elapsed(letter, _)) = part else { return None };
                Some((index, *letter))
            })
            .collect();
        for (order, (index, _)) in letters.iter().enumerate() {
            let before = order.checked_sub(1).and_then(|order| letters.get(order)).map(|(_, letter)| *letter);
            let after = letters.get(order + 1).map(|(_, letter)| *letter);
            if (before == Some('h') || after == Some('s'))
                && let Some(Part::Date(letter @ 'm', 1..=2)) = self.parts.get_mut(*index)
            {
                *letter = 'n';
            }
        }
    }

    /// The long date and the time of the system, whatever else is written.
    fn expand_system(&mut self) {
        let literal = |text: &str| Part::Literal(text.to_string());
        let date = Part::Date;
        if self.parts.contains(&date('L', 1)) {
            self.parts = vec![date('y', 4), literal("年"), date('m', 1), literal("月"), date('d', 1), literal("日")];
        } else if self.parts.contains(&date('T', 1)) {
            self.parts = vec![date('h', 1), literal(":"), date('n', 2), literal(":"), date('s', 2)];
        }
    }
}

fn condition(inside: &str) -> Option<(Comparison, Decimal)> {
    let comparisons = [
        ("<=", Comparison::AtMost),
        ("<>", Comparison::Unequal),
        (">=", Comparison::AtLeast),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let (sign, comparison) = comparisons.into_iter().find(|(sign, _)| inside.starts_with(sign))?;
    Some((comparison, inside.strip_prefix(sign)?.trim().parse().ok()?))
}
