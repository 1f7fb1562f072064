//! A sheet on its way from a reader into a document: its cells as they are shown, and what of it was not taken as text. One way
//! for every kind of workbook.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::colour::Sight;
use super::conditional::{Rules, Value};
use super::document::Shape;
use super::grid::{Grid, MOST_CELLS, Region, tidy};
use super::package::Fault;
use super::place::letters;
use super::runs::{Parted, Run, parted};
use super::shown::{Shown, ink, shown, shown_text};
use super::style::Style;

/// Texts of a sheet together, in bytes: one text may stand in a million cells.
pub(super) const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Fonts, formats and shared texts that a workbook may have of each
pub(super) const MOST_SHARED: usize = 2_000_000;

/// A place and what stands there.
pub(super) type Placed = (String, String);

#[derive(Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) from_1904: bool,
    /// A cell that holds nought shows nothing.
    pub(super) hides_zeros: bool,
    pub(super) rules: Rules,
    /// Places of conditional formats at which a person must look, and what they do there
    pub(super) conditional: Vec<Placed>,
    grid: Grid,
    cells: u64,
    size: usize,
    rows: BTreeSet<u32>,
    columns: BTreeSet<u32>,
    /// What was taken out, with how
    pub(super) left_out: Vec<(&'static str, Placed)>,
    /// White words whose background is not known
    pub(super) white: Vec<Placed>,
    /// `#REF!` and its like
    pub(super) errors: Vec<Placed>,
    /// Shown in a way that is not known
    pub(super) unknown: Vec<Placed>,
    /// Filled cells that show nothing
    pub(super) blank: Vec<Placed>,
    /// Noughts of a sheet that shows none
    pub(super) zeros: Vec<Placed>,
    /// Formulas whose values the file does not keep
    pub(super) uncounted: Vec<Placed>,
    pub(super) hidden_rows: BTreeSet<u32>,
    pub(super) hidden_columns: BTreeSet<u32>,
    /// What is written in text boxes and shapes
    pub(super) boxes: Vec<String>,
    /// Those of them whose place is known
    pub(super) shapes: Vec<Shape>,
    pub(super) pictures: usize,
    pub(super) charts: usize,
    pub(super) remarks: usize,
    /// To tick, or to choose from
    pub(super) fields: usize,
    /// Raised or lowered figures that were written anew, so that they join no other
    pub(super) raised: Vec<Placed>,
}

impl Sheet {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_string(), ..Self::default() }
    }

    pub(super) fn number(&mut self, at: (u32, u32), value: f64, style: &Style) -> Result<(), Fault> {
        self.count()?;
        if self.is_hidden_zero(value) {
            self.zeros.push((place(at), String::new()));
            return Ok(());
        }
        let style = &*self.style(at, Value::Figure(value), style);
        let text = match shown(value, &style.format, self.from_1904) {
            Shown::As(text) => text,
            Shown::Nothing(plain) => {
                self.blank.push((place(at), plain));
                return Ok(());
            }
            Shown::Unknown(plain) => {
                self.unknown.push((place(at), plain.clone()));
                plain
            }
        };
        match ink(value, &style.format) {
            Some(ink) => self.set(at, text, &Style { ink: Some(ink), ..style.clone() }),
            None => self.set(at, text, style),
        }
    }

    pub(super) fn text(&mut self, at: (u32, u32), runs: &[Run], style: &Style) -> Result<(), Fault> {
        self.count()?;
        let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
        let plain = style.struck;
        let style = &*self.style(at, Value::Word(&whole), style);
        let in_font = |run: &Run| {
            let ink = run.ink.or(style.ink.filter(|_| !run.own));
            let unseen = style.ground.sight(ink) == Sight::Unseen;
            match run.own {
                // A conditional format's line goes through all fonts.
                true => Run { struck: run.struck || (style.struck && !plain), unseen, ..run.clone() },
                false => Run { struck: style.struck, raised: style.raised, unseen, ink, ..run.clone() },
            }
        };
        let runs: Vec<Run> = runs.iter().map(in_font).collect();
        let is_unsure = |run: &&Run| !run.struck && style.ground.sight(run.ink) == Sight::Unsure;
        let white: String = runs.iter().filter(is_unsure).map(|run| run.text.as_str()).collect();
        self.note_white(at, &white);
        let Parted { text, left_out, is_guessed } = parted(&runs);
        if is_guessed {
            self.raised.push((place(at), text.clone()));
        }
        left_out.into_iter().for_each(|(how, text)| self.leave_out(at, how, &text));
        match shown_text(&text, &style.format) {
            Shown::Nothing(text) => {
                self.blank.push((place(at), text));
                Ok(())
            }
            Shown::As(text) | Shown::Unknown(text) => {
                self.set(at, text, &Style { struck: false, ink: None, ..style.clone() })
            }
        }
    }

    pub(super) fn truth(&mut self, at: (u32, u32), is_true: bool, style: &Style) -> Result<(), Fault> {
        self.count()?;
        let text = if is_true { "TRUE" } else { "FALSE" };
        let style = &*self.style(at, Value::Word(text), style);
        self.set(at, text.to_string(), style)
    }

    /// It stays as it stands, so that nobody takes the cell for an empty one.
    pub(super) fn error(&mut self, at: (u32, u32), text: &str, style: &Style) -> Result<(), Fault> {
        self.count()?;
        let style = &*self.style(at, Value::Error, style);
        if style.omitted().is_none() {
            self.errors.push((place(at), text.to_string()));
        }
        self.set(at, text.to_string(), style)
    }

    pub(super) fn is_hidden_zero(&self, value: f64) -> bool {
        self.hides_zeros && value == 0.0
    }

    fn style<'a>(&mut self, at: (u32, u32), value: Value<'_>, style: &'a Style) -> Cow<'a, Style> {
        if self.rules.is_empty() { Cow::Borrowed(style) } else { Cow::Owned(self.rules.style(at, value, style)) }
    }

    fn set(&mut self, at: (u32, u32), text: String, style: &Style) -> Result<(), Fault> {
        let text = tidy(&text);
        if let Some(how) = style.omitted() {
            self.leave_out(at, how, &text);
            return Ok(());
        }
        if text.is_empty() {
            return Ok(());
        }
        if style.ground.sight(style.ink) == Sight::Unsure {
            self.note_white(at, &text);
        }
        self.size += text.len();
        if self.size > MOST_TEXT {
            return Err(Fault::Large);
        }
        self.rows.insert(at.0);
        self.columns.insert(at.1);
        self.grid.set(at.0, at.1, text);
        Ok(())
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.cells += 1;
        if self.cells > MOST_CELLS { Err(Fault::Large) } else { Ok(()) }
    }

    /// Cells, and bytes of their texts.
    pub(super) fn weight(&self) -> (u64, usize) {
        (self.cells, self.size)
    }

    fn leave_out(&mut self, at: (u32, u32), how: &'static str, text: &str) {
        let text = tidy(text);
        if !text.is_empty() {
            self.left_out.push((how, (place(at), text)));
        }
    }

    fn note_white(&mut self, at: (u32, u32), text: &str) {
        let text = tidy(text);
        if !text.is_empty() {
            self.white.push((place(at), text));
        }
    }

    pub(super) fn merge(&mut self, region: Region) {
        self.grid.merge(region);
    }

    /// The filled rows and columns that nobody sees.
    pub(super) fn hidden(&self) -> (Vec<u32>, Vec<u32>) {
        let both = |hidden: &BTreeSet<u32>, filled: &BTreeSet<u32>| hidden.intersection(filled).copied().collect();
        (both(&self.hidden_rows, &self.rows), both(&self.hidden_columns, &self.columns))
    }

    /// What became of the rules when all cells were read
    pub(super) fn close_rules(&mut self) {
        let doubted = self.rules.doubted().into_iter().map(|(place, does)| (place.to_string(), does));
        self.conditional.extend(doubted);
    }

    pub(super) fn into_grid(self) -> Grid {
        self.grid
    }
}

/// Row 3, column 1 is `B4`.
pub(super) fn place((row, column): (u32, u32)) -> String {
    format!("{}{}", letters(column), row.saturating_add(1))
}

/// The row and column of `B4`.
pub(super) fn at(place: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for c in place.chars().filter(|c| *c != '$') {
        match c {
            'A'..='Z' | 'a'..='z' if row == 0 => {
                column = column.checked_mul(26)?.checked_add(c.to_ascii_uppercase() as u32 - 'A' as u32 + 1)?;
            }
            '0'..='9' => row = row.checked_mul(10)?.checked_add(c.to_digit(10)?)?,
            _ => return None,
        }
    }
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < MOST_ROWS && column < MOST_COLUMNS).then_some((row, column))
}

/// What Excel has.
pub(super) const MOST_ROWS: u32 = 1 << 20;
pub(super) const MOST_COLUMNS: u32 = 1 << 14;

/// `A1:C3`
pub(super) fn region(text: &str) -> Option<Region> {
    let (start, end) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (at(start)?, at(end)?);
    Some(Region { top, left, bottom, right })
}

#[cfg(test)]
mod tests {
    use super::{at, place};

    #[test]
    fn places_are_named_as_excel_names_them() {
        let names = ["B4", "AA1", "ZZ1", "AAA10"];
        let places = [(3, 1), (0, 26), (0, 701), (9, 702)];
        assert_eq!(places.map(place), names);
        assert_eq!(names.map(at), places.map(Some));
        assert_eq!(["", "4", "B", "A0", "1B", "あ1", "A99999999999", "ZZZZZ1"].map(at), [None; 8]);
    }
}
