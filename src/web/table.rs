//! A table of the view as HTML wants it: of each cell whether it is a head, of what, and under which heads a value stands.
//!
//! In a plain table `scope` says that. Where the head has two rows, or cells are merged or stand below a whole, each head has an
//! `id` and each value names its `headers`, the column's before the row's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::narrow::is_wide;

/// What is read of a table of the view.
#[derive(Deserialize)]
pub(super) struct Table {
    label_columns: usize,
    groups: Vec<Group>,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Group {
    label: String,
    columns: usize,
}

#[derive(Deserialize)]
struct Column {
    label: String,
}

#[derive(Deserialize)]
struct Row {
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    label: bool,
    level: usize,
    text: String,
    colspan: usize,
    rowspan: usize,
    align: String,
    quantities: Vec<serde::de::IgnoredAny>,
}

/// The rows of its head and of its body.
#[derive(Serialize)]
pub(super) struct HtmlTable {
    head: Vec<Vec<HtmlCell>>,
    body: Vec<Vec<HtmlCell>>,
    /// So many columns that a narrow window has to scroll
    wide: bool,
}

/// A cell as it stands in the page; what is empty is not written.
#[derive(Default, Serialize)]
pub(super) struct HtmlCell {
    /// `th` or `td`
    pub(super) tag: &'static str,
    pub(super) text: String,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) id: String,
    /// `col`, `colgroup`, `row` or `rowgroup`; empty for a value
    pub(super) scope: &'static str,
    /// Of a value in a table that is not plain
    pub(super) headers: String,
    /// `label`, `num` (figures by place), `mid`, `text` or `prose` (of a list)
    pub(super) look: &'static str,
    pub(super) level: usize,
}

/// More columns than this have no room in a narrow window.
const NARROW: usize = 3;

/// The table with its heads; `prefix` begins every `id`, so that a page may have several.
pub(super) fn html_table(table: Table, prefix: &str) -> HtmlTable {
    let grid = Grid::of(&table);
    let is_plain = table.groups.is_empty() && table.label_columns == 1 && grid.is_plain;
    let ids = (!is_plain).then_some(prefix);
    let heads = Heads::of(&table, ids);
    let wide = table.label_columns + table.columns.len() - 1 > NARROW || is_wide(texts_of(&table, &grid).into_iter());
    let body = table.rows.into_iter().enumerate().map(|(row, own)| {
        let cells = own.cells.into_iter().enumerate();
        cells.map(|(place, cell)| body_cell(cell, (row, place), &grid, &heads, ids)).collect()
    });
    HtmlTable { body: body.collect(), head: heads.rows, wide }
}

/// The texts of each column, and whether they are figures of one line; those of merged cells count for their first column.
fn texts_of<'t>(table: &'t Table, grid: &Grid) -> Vec<Vec<(&'t str, bool)>> {
    let first = table.label_columns.saturating_sub(1);
    let mut texts: Vec<Vec<(&str, bool)>> = vec![Vec::new(); first];
    texts.extend(table.columns.iter().map(|column| vec![(column.label.as_str(), false)]));
    for (row, own) in table.rows.iter().enumerate() {
        for (place, cell) in own.cells.iter().enumerate() {
            let column = grid.places.get(&(row, place)).map_or(0, |(column, _)| *column);
            if let Some(list) = texts.get_mut(column) {
                list.push((cell.text.as_str(), look_of(cell) == "num"));
            }
        }
    }
    texts
}

fn look_of(cell: &Cell) -> &'static str {
    let is_figure = cell.align == "center" && !cell.quantities.is_empty() && !cell.text.contains('\n');
    match (cell.label, cell.align.as_str()) {
        (true, _) => "label",
        _ if is_figure => "num",
        (false, "center") => "mid",
        _ => "text",
    }
}

/// Which columns and rows each cell covers.
struct Grid {
    /// First column and the columns covered, by row and place in it
    places: BTreeMap<(usize, usize), (usize, usize)>,
    /// The places of the heads of each row: its labels and those that reach down to it, the outermost first
    labels: Vec<Vec<(usize, usize)>>,
    is_plain: bool,
}

impl Grid {
    fn of(table: &Table) -> Self {
        let columns = table.label_columns + table.columns.len().saturating_sub(1);
        let mut covered = vec![0; columns.max(1)];
        let (mut places, mut is_plain) = (BTreeMap::new(), true);
        let mut labels: Vec<Vec<(usize, usize)>> = vec![Vec::new(); table.rows.len()];
        // The nearest label of each level, for those that stand below it.
        let mut above: Vec<(usize, usize)> = Vec::new();
        for (row, own) in table.rows.iter().enumerate() {
            let mut column = 0;
            for (place, cell) in own.cells.iter().enumerate() {
                while covered.get(column).is_some_and(|left| *left > 0) {
                    column += 1;
                }
                places.insert((row, place), (column, cell.colspan));
                covered.iter_mut().skip(column).take(cell.colspan).for_each(|left| *left = cell.rowspan);
                column += cell.colspan;
                is_plain &= cell.rowspan == 1 && cell.colspan == 1 && cell.level == 0;
                if cell.label {
                    above.truncate(cell.level);
                    for covered in labels.iter_mut().skip(row).take(cell.rowspan) {
                        covered.extend(above.iter().copied().filter(|_| cell.level > 0));
                        covered.push((row, place));
                    }
                    let is_whole = cell.rowspan == 1;
                    above.extend(is_whole.then_some((row, place)));
                }
            }
            covered.iter_mut().for_each(|left| *left = left.saturating_sub(1));
        }
        Self { places, labels, is_plain }
    }
}

/// The head's rows, and the `id`s of what stands over each column.
struct Heads {
    rows: Vec<Vec<HtmlCell>>,
    over: Vec<Vec<String>>,
}

impl Heads {
    fn of(table: &Table, ids: Option<&str>) -> Self {
        let id = |kind: &str, place: usize| ids.map(|prefix| format!("{prefix}{kind}{place}")).unwrap_or_default();
        let rowspan = if table.groups.is_empty() { 1 } else { 2 };
        let mut over = vec![Vec::new(); table.label_columns];
        let mut upper = Vec::new();
        if let Some(first) = table.columns.first() {
            upper.push(head(&first.label, String::new(), table.label_columns, rowspan, "col"));
        }
        let mut lower = Vec::new();
        let mut columns = table.columns.iter().enumerate().skip(1);
        let singles = table.groups.is_empty().then(|| vec![1; table.columns.len().saturating_sub(1)]);
        let groups: Vec<(&str, usize)> = match &singles {
            Some(singles) => singles.iter().map(|count| ("", *count)).collect(),
            None => table.groups.iter().map(|group| (group.label.as_str(), group.columns)).collect(),
        };
        for (number, (label, count)) in groups.into_iter().enumerate() {
            let group = id("g", number);
            if !label.is_empty() {
                upper.push(head(label, group.clone(), count, 1, if count > 1 { "colgroup" } else { "col" }));
            }
            for (place, column) in columns.by_ref().take(count) {
                let own = id("c", place);
                over.push(
                    [Some(&group).filter(|_| !label.is_empty()), Some(&own)].into_iter().flatten().cloned().collect(),
                );
                let (row, rowspan) = if label.is_empty() { (&mut upper, rowspan) } else { (&mut lower, 1) };
                row.push(head(&column.label, own, 1, rowspan, "col"));
            }
        }
        Self { rows: [upper, lower].into_iter().filter(|row| !row.is_empty()).collect(), over }
    }
}

/// A head of columns; one without words is no head.
pub(super) fn head(text: &str, id: String, colspan: usize, rowspan: usize, scope: &'static str) -> HtmlCell {
    let (tag, scope) = if text.is_empty() { ("td", "") } else { ("th", scope) };
    HtmlCell { tag, text: text.to_string(), colspan, rowspan, id, scope, look: "label", ..HtmlCell::default() }
}

fn body_cell(cell: Cell, at: (usize, usize), grid: &Grid, heads: &Heads, ids: Option<&str>) -> HtmlCell {
    let label_id = |(row, place): &(usize, usize)| format!("{}r{row}-{place}", ids.unwrap_or_default());
    let look = look_of(&cell);
    let own = HtmlCell {
        tag: if cell.label { "th" } else { "td" },
        text: cell.text,
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        level: cell.level,
        look,
        ..HtmlCell::default()
    };
    if cell.label {
        let scope = if cell.rowspan > 1 { "rowgroup" } else { "row" };
        return HtmlCell { id: ids.map(|_| label_id(&at)).unwrap_or_default(), scope, ..own };
    }
    if ids.is_none() {
        return own;
    }
    let (column, columns) = grid.places.get(&at).copied().unwrap_or_default();
    let over = heads.over.iter().skip(column).take(columns).flatten().cloned();
    let beside = grid.labels.iter().skip(at.0).take(cell.rowspan).flatten().map(label_id);
    let mut named: Vec<String> = Vec::new();
    for head in over.chain(beside) {
        if !named.contains(&head) {
            named.push(head);
        }
    }
    HtmlCell { headers: named.join(" "), ..own }
}
