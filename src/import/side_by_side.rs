//! Two lists, or two forms, that an office set side by side on one sheet: each is a table of its own.

use super::document::{Cell, Table};
use super::meanings::Meaning;
use super::place::place_of_cell;
use super::recognise::Recogniser;

impl Recogniser<'_> {
    /// Reads both halves of a table that is two.
    pub(super) fn side_by_side(&mut self, table: &Table, cut: usize) {
        let (left, right) = parts(table, cut);
        self.table(&left);
        // A note below them names the unit of both.
        let open = self.cursor.open_list.take();
        self.table(&right);
        match (open, &mut self.cursor.open_list) {
            (Some(open), Some(list)) => list.join(open),
            (open, list) => *list = list.take().or(open),
        }
    }

    /// The column with which the second half begins: the heads of the first stand there again.
    pub(super) fn cut(&self, table: &Table) -> Option<usize> {
        let list = self.list_head(table);
        let head = table.rows.get(list.unwrap_or(0))?;
        let is_name = |cell: &Cell| self.column(&cell.text) == Some(Meaning::Name);
        let name = head.iter().position(is_name)?;
        let word = &head.get(name)?.text;
        let again = head.iter().skip(name + 1).position(|cell| cell.text == *word)? + name + 1;
        if list.is_none() {
            let is_twice = |row: &&Vec<Cell>| {
                let (first, second) = (row.get(name), row.get(again));
                first.is_some_and(|cell| self.meaning(&cell.text).is_some())
                    && first.map(|cell| &cell.text) == second.map(|cell| &cell.text)
            };
            return (table.rows.iter().filter(is_twice).count() >= 2).then_some(again);
        }
        let first = head.iter().position(|cell| !cell.text.is_empty())?;
        let cut = again - name + first;
        let pairs = head.iter().skip(first).take(cut - first).zip(head.iter().skip(cut));
        let mut pairs = pairs.filter(|(left, _)| !left.text.is_empty()).peekable();
        (cut > name && pairs.peek().is_some() && pairs.all(|(left, right)| left.text == right.text)).then_some(cut)
    }
}

fn parts(table: &Table, cut: usize) -> (Table, Table) {
    let half = |rows: &dyn Fn(&[Cell]) -> Vec<Cell>, names: &[String], place: String| Table {
        rows: table.rows.iter().map(|row| rows(row)).collect(),
        place,
        columns: names.to_vec(),
    };
    let (left, right) = table.columns.split_at(cut.min(table.columns.len()));
    let begins = place_of_cell(table, 0, cut);
    // A line of a text is where both begin.
    let begins = if begins.ends_with('列') { table.place.clone() } else { begins };
    (
        half(&|row| row.iter().take(cut).cloned().collect(), left, table.place.clone()),
        half(&|row| row.iter().skip(cut).cloned().collect(), right, begins),
    )
}
