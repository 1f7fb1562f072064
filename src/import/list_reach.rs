//! What reaches into a row of a list from the rows above: cells that are merged, 〃, and a program that goes on.

use super::document::{Cell, Merged};
use super::list_heads::Columns;
use super::meanings::Meaning;
use crate::syntax::chars::is_ditto;

impl Columns {
    /// A row without a name that says nothing a program has once.
    pub(super) fn goes_on(&self, row: &[Cell]) -> bool {
        let is_merged = row.get(self.name).is_some_and(|cell| cell.merged == Merged::Up);
        let is_own = |(cell, meaning): (&Cell, &Option<Meaning>)| {
            let once = [Meaning::Amount, Meaning::Number, Meaning::Category, Meaning::New, Meaning::Page];
            !cell.text.is_empty() && meaning.is_some_and(|meaning| once.contains(&meaning))
        };
        is_merged
            || (row.iter().filter(|cell| !cell.text.is_empty()).count() > 1
                && !row.iter().zip(&self.meanings).any(is_own))
    }

    /// A row with what reaches into it from above, merged or by 〃: a 課 over several programs is the 課 of each. An amount, a
    /// number and a name are of one program alone. With the columns whose 〃 became words.
    pub(super) fn reached(&self, row: &[Cell], above: &mut Vec<String>) -> (Vec<Cell>, Vec<usize>) {
        above.resize(row.len().max(above.len()), String::new());
        let name = row.get(self.name);
        let is_further = name.is_none_or(|cell| cell.merged == Merged::Up);
        let goes_on = name.is_none_or(|cell| cell.text.is_empty() || is_ditto(&cell.text));
        let (mut reached, mut dittos) = (row.to_vec(), Vec::new());
        for (at, (cell, above)) in reached.iter_mut().zip(above).enumerate() {
            let is_merged = cell.merged == Merged::Up && cell.text.is_empty();
            let is_ditto = is_ditto(&cell.text) && !above.is_empty() && self.is_told_by_marks(at);
            if !is_merged && !is_ditto {
                if !(goes_on && cell.text.is_empty()) {
                    above.clone_from(&cell.text);
                }
            } else if at == self.name && is_ditto {
                cell.text.clone_from(above);
            } else if self.is_shared(at, above) && (is_ditto || !is_further || self.in_series(at)) {
                cell.text.clone_from(above);
                // What a further row says again of its own program needs no word.
                match goes_on && is_ditto && !self.in_series(at) {
                    true => cell.text.clear(),
                    false => dittos.extend(is_ditto.then_some(at)),
                }
            }
        }
        (reached, dittos)
    }

    /// Whether 〃 can only mean the row above: beside a text 同上 may mean the column before it.
    fn is_told_by_marks(&self, column: usize) -> bool {
        let is_short = match self.meanings.get(column).copied().flatten() {
            Some(Meaning::Department | Meaning::Division | Meaning::Group | Meaning::ChapterTitle) => true,
            Some(Meaning::Category | Meaning::New | Meaning::Name) => true,
            Some(Meaning::Section(_) | Meaning::Memo | Meaning::Amount | Meaning::Number | Meaning::Page) | None => {
                false
            }
            Some(Meaning::Reading | Meaning::FormerName | Meaning::List | Meaning::IndicatorHead) => false,
            Some(Meaning::Field(_) | Meaning::FieldPart(_) | Meaning::Grade(..) | Meaning::Reason(..)) => false,
            Some(Meaning::Cell(..) | Meaning::FreeCell(..)) => false,
        };
        is_short || self.is_unit(column)
    }

    /// Whether the words of a column can be those of several programs.
    fn is_shared(&self, column: usize, text: &str) -> bool {
        let is_figure = text.chars().all(|c| !c.is_alphabetic());
        let is_shared = match self.meanings.get(column).copied().flatten() {
            Some(Meaning::Department | Meaning::Division | Meaning::Group | Meaning::ChapterTitle) => true,
            Some(Meaning::Category | Meaning::New | Meaning::Section(_)) => true,
            Some(Meaning::Memo) | None => !is_figure,
            Some(Meaning::Amount | Meaning::Number | Meaning::Page | Meaning::Name | Meaning::Reading) => false,
            Some(Meaning::FormerName | Meaning::List | Meaning::IndicatorHead | Meaning::Field(_)) => false,
            Some(Meaning::Grade(..) | Meaning::Reason(..)) => true,
            Some(Meaning::Cell(..) | Meaning::FreeCell(..) | Meaning::FieldPart(_)) => false,
        };
        is_shared && !self.in_series(column) || self.is_unit(column)
    }

    fn is_unit(&self, column: usize) -> bool {
        self.series.iter().any(|series| series.is_unit(column))
    }

    fn in_series(&self, at: usize) -> bool {
        self.series.iter().any(|series| series.has(at))
    }
}
