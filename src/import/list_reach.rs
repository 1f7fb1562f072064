//! What reaches into a row of a list from the rows above: cells that are merged, 〃, and a program that goes on.

use super::document::{Cell, Merged};
use super::list_heads::Columns;
use super::meanings::{Meaning, Own};
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
        let meaning = self.meanings.get(column).copied().flatten();
        let is_short = meaning == Some(Meaning::Name) || meaning.is_some_and(is_of_several);
        is_short || self.is_unit(column)
    }

    /// Whether the words of a column can be those of several programs.
    fn is_shared(&self, column: usize, text: &str) -> bool {
        let is_figure = text.chars().all(|c| !c.is_alphabetic());
        let is_shared = match self.meanings.get(column).copied().flatten() {
            None | Some(Meaning::Memo) => !is_figure,
            Some(Meaning::Section(_) | Meaning::Own(Own::Grade(..) | Own::Reason(..))) => true,
            Some(Meaning::Own(Own::Field(_))) => self.words.contains(&column),
            Some(meaning) => is_of_several(meaning),
        };
        is_shared && !self.in_series(column) || self.is_unit(column)
    }

    fn is_unit(&self, column: usize) -> bool {
        self.series.iter().any(|series| series.is_unit(column))
    }

    pub(super) fn in_series(&self, at: usize) -> bool {
        self.series.iter().any(|series| series.has(at))
    }
}

/// Short words that one row after the other may have.
fn is_of_several(meaning: Meaning) -> bool {
    meaning.is_office() || matches!(meaning, Meaning::ChapterTitle | Meaning::Category | Meaning::New)
}
