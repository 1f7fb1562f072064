//! Columns of a list that are one row of a free table of the form: 指標名, 単位, R5目標, R5実績, 備考 side by side.

use super::document::Cell;
use super::form_cells::{FreePlace, RowPart};
use super::form_columns::OwnColumns;
use super::form_heads::HeadsOf;
use super::form_names::OwnTable;
use super::meanings::{Meaning, Own};
use super::recognise::Recogniser;
use super::series::find_series;

impl Recogniser<'_> {
    /// Takes every run of columns whose heads are those of one table of the form, each as a row of that table.
    pub(super) fn take_series(&self, heads: &[Cell], own: &mut OwnColumns) {
        let is_open = |own: &OwnColumns, at: usize| !own.has(at) && !own.is_left(at);
        let open = |(at, cell): (usize, &Cell)| if is_open(own, at) { cell.clone() } else { Cell::default() };
        let open: Vec<Cell> = heads.iter().enumerate().map(open).collect();
        let series = find_series(&open, self.words);
        let mut row = own.rows;
        for found in series {
            let run = found.columns();
            let Some((kind, parts)) = self.table_of_series(&open, run.clone()) else { continue };
            own.set(run.start, Meaning::Own(Own::FreeCell(kind, FreePlace { row, part: RowPart::Label })));
            for (at, part) in parts {
                own.set(at, Meaning::Own(Own::FreeCell(kind, FreePlace { row, part })));
            }
            row += 1;
        }
        own.rows = row;
    }

    /// The table of indicators whose heads stand over these columns, with those behind them that are its texts.
    fn table_of_series(
        &self,
        heads: &[Cell],
        run: std::ops::Range<usize>,
    ) -> Option<(crate::syntax::SectionKind, Vec<(usize, RowPart)>)> {
        let free = self.words.own.tables.iter().filter(|own| self.words.own.is_usual(own));
        let fitting = |own: &OwnTable| {
            let heads_of = HeadsOf::new(&own.table, self.year);
            // 備考 stands right behind the values.
            (0..=own.table.back.len()).rev().find_map(|more| {
                let over: Option<Vec<(usize, String)>> = (run.start + 1..run.end + more)
                    .map(|at| Some((at, heads.get(at).filter(|cell| !cell.text.is_empty())?.text.clone())))
                    .collect();
                heads_of.parts(&over?)
            })
        };
        let mut found = free.filter_map(|own| Some((own.kind, fitting(own)?)));
        found.next().filter(|_| found.next().is_none())
    }
}
