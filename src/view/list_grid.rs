//! A list of programs as a grid, for whoever sets it as a table: which cells begin in which line, and how far they reach.

use super::list_contract::{ListCellView, ListColumnKind, ListColumnView, ListRowView};

/// The columns that are set, each with its place in the list: an edition may leave some out.
pub type ShownColumns<'a> = [(usize, &'a ListColumnView)];

/// A cell that begins in a line of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell<'a> {
    /// Place of its column in the list
    pub at: usize,
    pub column: &'a ListColumnView,
    pub content: GridContent<'a>,
    pub colspan: usize,
    pub rowspan: usize,
}

/// What a cell of the grid says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GridContent<'a> {
    /// The text and the blocks of a cell of the list
    Whole(&'a ListCellView),
    /// A row of a table that is one text
    Alone(&'a str),
    /// A text of a row of a table, and the part of the column that it stands in
    Part(usize, &'a str),
}

/// How a text of a row of a table stands in its part of the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartSide {
    /// A name or a long text, from the left
    Start,
    /// A figure, by place
    End,
    /// A short word
    Centre,
}

/// A longer text, in letters, is read from the left.
const LONGEST_WORD: usize = 8;

/// The side at which a text of a row stands.
pub fn part_side(part: usize, text: &str) -> PartSide {
    let is_figure = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || "△,.".contains(c));
    let halves: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    match () {
        () if part == 0 || halves > 2 * LONGEST_WORD => PartSide::Start,
        () if is_figure => PartSide::End,
        () => PartSide::Centre,
    }
}

/// The place of the column whose cell heads the row: the name, else the first that says something.
pub fn head_column(columns: &ShownColumns<'_>) -> Option<usize> {
    let wanted = [ListColumnKind::Name, ListColumnKind::Text, ListColumnKind::Mark];
    wanted.iter().find_map(|kind| columns.iter().find(|(_, column)| column.kind == *kind)).map(|(at, _)| *at)
}

/// The lines of a program: as many as its longest table has rows, and one more for the notes of such a table. What ends sooner reaches
/// down to the last.
pub fn program_lines<'a>(row: &'a ListRowView, columns: &ShownColumns<'a>) -> Vec<Vec<GridCell<'a>>> {
    let own = |column: &ListColumnView, cell: &ListCellView| {
        cell.rows.len() + usize::from(column.kind == ListColumnKind::Table && !cell.blocks.is_empty())
    };
    let cells: Vec<_> = columns
        .iter()
        .filter_map(|(at, column)| row.cells.get(*at).map(|cell| (*at, *column, cell, own(column, cell))))
        .collect();
    let count = cells.iter().map(|(.., own)| *own).max().unwrap_or(0).max(1);
    let line = |line: usize| {
        let begun = cells.iter().flat_map(|&(at, column, cell, own)| {
            let rowspan = if line + 1 >= own { count - line } else { 1 };
            let parts = column.parts.len().max(1);
            let made = |content: GridContent<'a>, colspan: usize| GridCell { at, column, content, colspan, rowspan };
            if (own == 0 && line == 0) || (line < own && line == cell.rows.len()) {
                return vec![made(GridContent::Whole(cell), parts)];
            }
            match cell.rows.get(line).map(Vec::as_slice) {
                Some([alone]) => vec![made(GridContent::Alone(alone), parts)],
                Some(texts) => {
                    let text = |part: usize| texts.get(part).map_or("", String::as_str);
                    (0..parts).map(|part| made(GridContent::Part(part, text(part)), 1)).collect()
                }
                None => Vec::new(),
            }
        });
        begun.collect()
    };
    (0..count).map(line).collect()
}

/// A row of sums in runs: its label before the first sum, the sums, and what is empty between and behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SumRun<'a> {
    /// So many columns wide
    Label(usize),
    /// With the place of its column in the list
    Amount(usize, &'a str),
    /// So many columns wide
    Blank(usize),
}

/// The runs of a row of sums, whose cells are one a column of the list.
pub fn sum_runs<'a>(cells: &'a [String], columns: &ShownColumns<'_>) -> Vec<SumRun<'a>> {
    let mut runs: Vec<SumRun<'a>> = Vec::new();
    let mut is_labelled = false;
    for (at, column) in columns {
        let span = column.parts.len().max(1);
        match runs.last_mut() {
            _ if column.summed => runs.push(SumRun::Amount(*at, cells.get(*at).map_or("", String::as_str))),
            Some(SumRun::Label(before) | SumRun::Blank(before)) => *before += span,
            Some(SumRun::Amount(..)) | None => {
                runs.push(if is_labelled { SumRun::Blank(span) } else { SumRun::Label(span) });
                is_labelled = true;
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: ListColumnKind, summed: bool, parts: &[&str]) -> ListColumnView {
        let parts = parts.iter().map(ToString::to_string).collect();
        ListColumnView { head: String::new(), kind, summed, parts }
    }

    fn all(columns: &[ListColumnView]) -> Vec<(usize, &ListColumnView)> {
        columns.iter().enumerate().collect()
    }

    #[test]
    fn what_ends_sooner_reaches_down() {
        let columns = [
            column(ListColumnKind::Name, false, &[]),
            column(ListColumnKind::Page, false, &[]),
            column(ListColumnKind::Table, false, &["指標", "目標", "実績"]),
        ];
        let texts = |row: &[&str]| row.iter().map(ToString::to_string).collect::<Vec<_>>();
        let table = vec![texts(&["成果"]), texts(&["受講者数", "120"])];
        let cells = vec![
            ListCellView { text: "講座".to_string(), ..ListCellView::default() },
            ListCellView::default(),
            ListCellView { rows: table, ..ListCellView::default() },
        ];
        let row = ListRowView {
            no: "1".to_string(),
            name: "講座".to_string(),
            cells,
            anchor: String::new(),
            relisted: false,
            faulty: false,
        };
        let shown: Vec<_> =
            all(&columns).into_iter().filter(|(_, column)| column.kind != ListColumnKind::Page).collect();
        let lines = program_lines(&row, &shown);
        let shape =
            |line: &[GridCell<'_>]| line.iter().map(|cell| (cell.at, cell.colspan, cell.rowspan)).collect::<Vec<_>>();
        assert_eq!(
            lines.iter().map(|line| shape(line)).collect::<Vec<_>>(),
            [vec![(0, 1, 2), (2, 3, 1)], vec![(2, 1, 1), (2, 1, 1), (2, 1, 1)]]
        );
        assert_eq!(lines.get(1).and_then(|line| line.get(2)).map(|cell| cell.content), Some(GridContent::Part(2, "")));
        assert_eq!(head_column(&shown), Some(0));
    }

    #[test]
    fn sums_stand_below_their_columns() {
        let columns = [
            column(ListColumnKind::Number, false, &[]),
            column(ListColumnKind::Table, false, &["指標", "実績"]),
            column(ListColumnKind::Amount, true, &[]),
            column(ListColumnKind::Page, false, &[]),
        ];
        let cells = ["", "", "845,745", ""].map(str::to_string);
        assert_eq!(
            sum_runs(&cells, &all(&columns)),
            [SumRun::Label(3), SumRun::Amount(2, "845,745"), SumRun::Blank(1)]
        );
    }

    #[test]
    fn texts_of_a_row_stand_by_what_they_are() {
        let sides = [(0, "12"), (1, "△1,234.5"), (1, "達成"), (1, "目標を上回る実績となった"), (1, "")];
        let expected = [PartSide::Start, PartSide::End, PartSide::Centre, PartSide::Start, PartSide::Centre];
        assert_eq!(sides.map(|(part, text)| part_side(part, text)), expected);
    }
}
