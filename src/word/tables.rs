//! Tables: cells that cover several rows and columns, rules as on paper, heads that are repeated on every page.

use docx_rs::{
    AlignmentType, BorderType, CellMargins, Paragraph, Shading, SpecialIndentType, Table, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType, TableRow, VAlignType, VMergeType,
    WidthType,
};

use super::look::{BLACK, GREY, HEAVY_RULE, Look, RULE, half_points, plain_twips, twips};
use super::styles::{CELL, HEAD};
use super::text::{PLAIN, Shade, run, said};

/// A row with more letters than this may be parted by the end of a page.
const LONG: usize = 300;

/// A cell where it begins; places that it covers are left out.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) grey: bool,
    pub(super) align: VAlignType,
    /// Letters in it
    pub(super) letters: usize,
    /// What stands in the middle may take the blank at the sides.
    pub(super) tight: bool,
}

impl Cell {
    pub(super) fn of(paragraphs: Vec<Paragraph>) -> Self {
        let letters = paragraphs.iter().map(|paragraph| paragraph.raw_text().chars().count()).sum();
        Self { paragraphs, columns: 1, rows: 1, grey: false, align: VAlignType::Center, letters, tight: false }
    }

    pub(super) fn said(text: &str, shade: Shade) -> Self {
        Self::of(vec![said(CELL, text, shade)])
    }

    pub(super) fn centred(text: &str, shade: Shade) -> Self {
        Self { tight: true, ..Self::of(vec![said(CELL, text, shade).align(AlignmentType::Center)]) }
    }

    /// At the right, with a blank behind it. In pt.
    pub(super) fn at_right(text: &str, right: f64, shade: Shade) -> Self {
        Self::of(vec![at_right(said(CELL, text, shade), right)])
    }

    pub(super) fn head(text: &str) -> Self {
        Self { grey: true, tight: true, ..Self::of(vec![said(HEAD, text, PLAIN)]) }
    }

    pub(super) fn over(self, columns: usize, rows: usize) -> Self {
        Self { columns: columns.max(1), rows: rows.max(1), ..self }
    }

    pub(super) fn at_top(self) -> Self {
        Self { align: VAlignType::Top, ..self }
    }

    pub(super) fn grey(self) -> Self {
        Self { grey: true, ..self }
    }
}

pub(super) fn at_right(paragraph: Paragraph, right: f64) -> Paragraph {
    paragraph.align(AlignmentType::Right).indent(None, None, Some(twips(right)), None)
}

pub(super) fn indented(paragraph: Paragraph, left: f64, right: f64) -> Paragraph {
    if left <= 0.0 && right <= 0.0 {
        return paragraph;
    }
    paragraph.indent(Some(twips(left)), None::<SpecialIndentType>, Some(twips(right)), None)
}

/// A table and how it is set.
pub(super) struct Grid<'a> {
    /// Of each column, in pt
    pub(super) widths: &'a [f64],
    pub(super) rows: Vec<Vec<Cell>>,
    /// Letters, in pt
    pub(super) size: f64,
    /// Blank at the sides of a cell, in pt
    pub(super) inset: f64,
    /// Blank above and below what stands in a cell, in pt
    pub(super) vertical: f64,
    /// The last rows, which stay with the row above them
    pub(super) foot: usize,
}

impl<'a> Grid<'a> {
    pub(super) fn new(look: &Look, widths: &'a [f64], rows: Vec<Vec<Cell>>) -> Self {
        let vertical = (look.pitch - look.table_line(look.table)) / 2.0;
        Self { widths, rows, size: look.table, inset: 0.5 * look.table, vertical, foot: 0 }
    }
}

/// The table, ruled as on paper: heavy above and below, nothing at the sides.
pub(super) fn table(look: &Look, grid: Grid<'_>) -> Table {
    let Grid { widths, rows, size, inset, vertical, foot } = grid;
    let count = rows.len();
    let mut covered = vec![Covered::default(); widths.len()];
    let rows: Vec<TableRow> = rows
        .into_iter()
        .enumerate()
        .map(|(index, cells)| {
            let stays = index + 1 < count && index + 1 + foot >= count;
            // What reaches down from above is set in the last of its rows too.
            let is_long = cells.iter().any(is_long) || covered.iter().any(|above| above.rows > 0 && above.is_long);
            let resized = (size - look.table).abs() > f64::EPSILON;
            let dress = Dress { stays, size: resized.then_some(size) };
            let row = TableRow::new(row_of(look, cells, widths, &mut covered, dress));
            if is_long { row } else { row.cant_split() }
        })
        .collect();
    let (side, vertical) = (plain_twips(inset), plain_twips(vertical));
    Table::new(rows)
        .set_grid(widths.iter().map(|width| plain_twips(*width)).collect())
        .width(plain_twips(widths.iter().sum()), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(vertical, side, vertical, side))
        .set_borders(borders())
}

fn borders() -> TableBorders {
    let rule = |position, size| TableBorder::new(position).border_type(BorderType::Single).size(size).color(BLACK);
    let none = |position| TableBorder::new(position).border_type(BorderType::Nil).size(0).color(BLACK);
    TableBorders::with_empty()
        .set(rule(TableBorderPosition::Top, HEAVY_RULE))
        .set(rule(TableBorderPosition::Bottom, HEAVY_RULE))
        .set(rule(TableBorderPosition::InsideH, RULE))
        .set(rule(TableBorderPosition::InsideV, RULE))
        .set(none(TableBorderPosition::Left))
        .set(none(TableBorderPosition::Right))
}

/// What covers a column from above: in how many rows more, and how many columns beside it.
#[derive(Debug, Clone, Copy, Default)]
struct Covered {
    rows: usize,
    columns: usize,
    is_long: bool,
}

fn is_long(cell: &Cell) -> bool {
    cell.letters > LONG
}

/// How the paragraphs of a row are set beyond their style.
#[derive(Clone, Copy)]
struct Dress {
    /// No page ends below the row.
    stays: bool,
    size: Option<f64>,
}

fn row_of(look: &Look, cells: Vec<Cell>, widths: &[f64], covered: &mut [Covered], dress: Dress) -> Vec<TableCell> {
    let mut made = Vec::new();
    let mut cells = cells.into_iter();
    let mut column = 0;
    while column < widths.len() {
        let above = covered.get(column).copied().unwrap_or_default();
        let (cell, span) = if above.rows > 0 {
            if let Some(place) = covered.get_mut(column) {
                place.rows -= 1;
            }
            let empty =
                TableCell::new().add_paragraph(Paragraph::new().style(CELL)).vertical_merge(VMergeType::Continue);
            (empty, above.columns)
        } else {
            let Some(cell) = cells.next() else { break };
            let span = cell.columns.min(widths.len() - column);
            if let Some(place) = covered.get_mut(column).filter(|_| cell.rows > 1) {
                *place = Covered { rows: cell.rows - 1, columns: span, is_long: is_long(&cell) };
            }
            (begun(look, cell, dress), span)
        };
        let width: f64 = widths.iter().skip(column).take(span).sum();
        let cell = cell.width(plain_twips(width), WidthType::Dxa);
        made.push(if span > 1 { cell.grid_span(span) } else { cell });
        column += span.max(1);
    }
    made
}

fn begun(look: &Look, cell: Cell, dress: Dress) -> TableCell {
    let mut made = TableCell::new().vertical_align(cell.align);
    if cell.rows > 1 {
        made = made.vertical_merge(VMergeType::Restart);
    }
    if cell.tight {
        let none = CellMargins::new().margin_left(0, WidthType::Dxa).margin_right(0, WidthType::Dxa);
        made.property = made.property.margins(none);
    }
    if cell.grey {
        made = made.shading(Shading::new().fill(GREY));
    }
    cell.paragraphs.into_iter().fold(made, |made, paragraph| {
        let mut paragraph = if dress.stays { paragraph.keep_next(true) } else { paragraph };
        if let Some(size) = dress.size {
            paragraph = resized(look, paragraph, size);
        }
        made.add_paragraph(paragraph)
    })
}

/// Smaller letters, and lines that are as much closer.
fn resized(look: &Look, paragraph: Paragraph, size: f64) -> Paragraph {
    let line =
        docx_rs::LineSpacing::new().line(twips(look.table_line(size))).line_rule(docx_rs::LineSpacingType::Exact);
    let mut paragraph = paragraph.line_spacing(line);
    for child in &mut paragraph.children {
        if let docx_rs::ParagraphChild::Run(run) = child {
            run.run_property = run.run_property.clone().size(half_points(size));
        }
    }
    paragraph
}

/// A run in the type of heads, for what stands in a cell beside plain text.
pub(super) fn gothic_run(text: &str) -> docx_rs::Run {
    run(text, super::text::gothic())
}
