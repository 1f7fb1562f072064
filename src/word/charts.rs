//! 図表: bars as shaded cells, each with its figure behind it. They are tables: their figures can be read, copied and changed.

use docx_rs::{
    AlignmentType, BorderType, HeightRule, LineSpacing, LineSpacingType, Paragraph, Shading, Table, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::fields::add_runs;
use super::front::part_heading;
use super::look::{BAR_GREY, BLACK, RULE, ems, half_points, plain_twips, twips};
use super::prose::note_texts;
use super::styles::{CAPTION, CELL, NOTHING, UNIT};
use super::text::{PLAIN, Shade, run, said};
use super::writer::Writer;
use crate::view::{BarGroupView, BarView, ChartView, ChartsView};

/// Columns that the bars are measured in; Word takes 63 in a table.
const STEPS: u32 = 56;
/// Of the labels, in em
const LABEL: f64 = 13.0;

pub(super) fn charts(writer: &mut Writer<'_>, view: &ChartsView, breaks: bool) {
    part_heading(writer, (&view.heading, &view.anchor), breaks);
    for chart in &view.charts {
        self::chart(writer, chart);
    }
}

fn chart(writer: &mut Writer<'_>, view: &ChartView) {
    let title = Paragraph::new().style(CAPTION).align(AlignmentType::Center).add_run(run(&view.title, PLAIN));
    let page = writer.page(&view.anchor);
    let title = if page.is_empty() {
        title
    } else {
        add_runs(title.add_run(run("（", PLAIN)), page).add_run(run("頁）", PLAIN))
    };
    writer.add(title);
    let legend: Vec<String> =
        view.series.iter().zip(signs(&view.series)).map(|(name, sign)| format!("{sign} {name}")).collect();
    let legend = if view.series.len() > 1 { legend.join("　") } else { String::new() };
    let above = format!("{legend}{}", view.unit);
    if !above.is_empty() {
        writer.add(said(UNIT, &above, PLAIN));
    }
    let made = bars(writer, view);
    writer.add_table(made);
    note_texts(writer, &view.notes);
}

/// Bars that can be told apart in black and white
fn fills(series: usize) -> &'static [Option<&'static str>] {
    if series > 1 { &[None, Some(BAR_GREY)] } else { &[Some(BAR_GREY)] }
}

fn signs(series: &[String]) -> impl Iterator<Item = &'static str> {
    fills(series.len()).iter().map(|fill| if fill.is_some() { "■" } else { "□" })
}

/// How high a bar is, and the letters beside it, in pt.
#[derive(Clone, Copy)]
struct BarLook {
    height: f64,
    size: f64,
}

impl BarLook {
    /// As `templates/official/charts.typ` has it: bars of several series are lower.
    fn of(writer: &Writer<'_>, series: usize) -> Self {
        let size = if series > 1 { writer.look.zoomed(8.0) } else { writer.look.table };
        Self { height: size * if series > 1 { 1.0 } else { 0.95 } + 2.0, size }
    }
}

fn bars(writer: &Writer<'_>, view: &ChartView) -> Table {
    let look = &writer.look;
    let own = BarLook::of(writer, view.series.len());
    let label = LABEL * look.table;
    let longest = view.groups.iter().flat_map(|group| &group.bars).map(|bar| ems(&bar.text)).fold(7.5, f64::max);
    let figures = (longest + 1.4) * look.table;
    let step = (look.width - label - figures) / f64::from(STEPS);
    let rows = view.groups.iter().flat_map(|group| {
        let bars = group.bars.iter().enumerate().map(|(index, bar)| {
            let fill = fills(view.series.len()).get(index).copied().flatten();
            let head = group_label(group, index, label, own);
            TableRow::new(std::iter::once(head).chain(bar_cells(bar, fill, (step, figures), own)).collect())
                .cant_split()
        });
        bars.chain([gap(look.width)]).collect::<Vec<TableRow>>()
    });
    let mut grid = vec![plain_twips(label)];
    grid.extend((0..STEPS).map(|_| plain_twips(step)));
    grid.push(plain_twips(figures));
    let none = |position| TableBorder::new(position).border_type(BorderType::Nil).size(0).color(BLACK);
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ];
    Table::new(rows.collect())
        .set_grid(grid)
        .width(plain_twips(look.width), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(docx_rs::TableCellMargins::new().margin(0, 40, 0, 40))
        .set_borders(borders.into_iter().fold(TableBorders::with_empty(), |all, position| all.set(none(position))))
}

/// Between two groups
fn gap(width: f64) -> TableRow {
    let cell = TableCell::new().width(plain_twips(width), WidthType::Dxa).grid_span(STEPS as usize + 2);
    let row = TableRow::new(vec![cell.add_paragraph(Paragraph::new().style(NOTHING))]);
    row.row_height(80.0).height_rule(HeightRule::Exact).cant_split()
}

/// A text beside a bar, whose lines make it as high as it is
fn beside(text: &str, look: BarLook) -> Paragraph {
    let line = LineSpacing::new().line(twips(look.height)).line_rule(LineSpacingType::Exact);
    said(CELL, text, Shade { size: Some(half_points(look.size)), ..PLAIN }).line_spacing(line)
}

/// One label a group, beside all its bars.
fn group_label(group: &BarGroupView, index: usize, width: f64, look: BarLook) -> TableCell {
    let cell = TableCell::new().width(plain_twips(width), WidthType::Dxa).vertical_align(VAlignType::Center);
    if index > 0 {
        return cell.vertical_merge(VMergeType::Continue).add_paragraph(beside("", look));
    }
    let cell = if group.bars.len() > 1 { cell.vertical_merge(VMergeType::Restart) } else { cell };
    cell.add_paragraph(beside(&group.label, look).align(AlignmentType::Right))
}

/// What is empty before the bar, the bar, and behind it its figure.
fn bar_cells(bar: &BarView, fill: Option<&str>, (step, figures): (f64, f64), look: BarLook) -> Vec<TableCell> {
    let (from, to) = (steps(bar.from), steps(bar.to));
    // A bar that is there is seen.
    let to = if bar.to > bar.from { to.max(from + 1).min(STEPS as usize) } else { from };
    let from = if to > from || bar.to <= bar.from { from } else { from.saturating_sub(1) };
    let cell = |span: usize, more: f64| {
        let width = step * f64::from(u32::try_from(span).unwrap_or(0)) + more;
        let span = if more > 0.0 { span + 1 } else { span };
        let cell = TableCell::new().width(plain_twips(width), WidthType::Dxa).vertical_align(VAlignType::Center);
        if span > 1 { cell.grid_span(span) } else { cell }
    };
    let blank = (from > 0).then(|| cell(from, 0.0).add_paragraph(beside("", look)));
    let drawn = (to > from).then(|| ruled(cell(to - from, 0.0).add_paragraph(beside("", look)), fill));
    let figure = cell(STEPS as usize - to, figures).add_paragraph(beside(&bar.text, look));
    blank.into_iter().chain(drawn).chain([figure]).collect()
}

fn ruled(cell: TableCell, fill: Option<&str>) -> TableCell {
    use docx_rs::{TableCellBorder, TableCellBorderPosition as Side, TableCellBorders};
    let rule = |side| TableCellBorder::new(side).border_type(BorderType::Single).size(RULE).color(BLACK);
    let borders = [Side::Top, Side::Bottom, Side::Left, Side::Right];
    let cell =
        cell.set_borders(borders.into_iter().fold(TableCellBorders::with_empty(), |all, side| all.set(rule(side))));
    match fill {
        Some(fill) => cell.shading(Shading::new().fill(fill)),
        None => cell,
    }
}

/// A place between 0 and 1 in steps
fn steps(place: f64) -> usize {
    let steps = twips(place.clamp(0.0, 1.0) * f64::from(STEPS) / 20.0);
    usize::try_from(steps).unwrap_or(0)
}
