//! Tables of an edition as rows: labels in one column or two, what stands in, cells that are shared with the row above.

use super::pieces::{Covered, Slot};

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PrintedRow {
    /// The label of the group that begins with this row
    pub(super) opens: Option<String>,
    /// It stands beside the label of a group.
    pub(super) in_group: bool,
    pub(super) label: String,
    /// How deep the label stands in
    pub(super) level: usize,
    /// ↑ for a cell that is shared with the row above
    pub(super) values: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PrintedTable {
    /// Of the columns of values, the lower of two rows
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<PrintedRow>,
}

/// `head_rows`: how many rows at its top are the head.
pub(super) fn printed(rows: &[Vec<Slot>], head_rows: usize) -> PrintedTable {
    let (heads, body) = rows.split_at_checked(head_rows).unwrap_or((&[], rows));
    let behind = heads.first().map_or(&[][..], |row| row.get(1..).unwrap_or_default());
    let labels = 1 + behind.iter().take_while(|slot| slot.covered == Covered::Left).count();
    let width = rows.first().map_or(0, Vec::len);
    let head = |column: usize| {
        let own = heads.iter().rev().filter_map(|row| row.get(column)).map(Slot::text);
        own.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    };
    let indents = indents(body, labels);
    let mut printed: Vec<PrintedRow> = Vec::new();
    for row in body {
        let (own, values) = row.split_at_checked(labels).unwrap_or((row, &[]));
        let values = values.iter().map(|slot| match slot.covered {
            Covered::Above => "↑".to_string(),
            Covered::No | Covered::Left => slot.text(),
        });
        let values = values.collect();
        let Some(first) = own.first() else { continue };
        let made = match own.get(1).filter(|second| second.covered != Covered::Left) {
            Some(second) => PrintedRow {
                opens: (first.covered == Covered::No).then(|| first.text()),
                in_group: true,
                label: second.text(),
                level: 0,
                values,
            },
            None => PrintedRow { label: first.text(), level: depth(first, &indents), values, ..PrintedRow::default() },
        };
        printed.push(made);
    }
    PrintedTable { heads: (labels..width).map(head).collect(), rows: printed }
}

/// How far labels stand in, without those that do not.
fn indents(body: &[Vec<Slot>], labels: usize) -> Vec<i32> {
    let labels = body.iter().filter_map(|row| row.first().filter(|_| labels == 1 || is_alone(row)));
    let mut all: Vec<i32> = labels.filter_map(|slot| slot.lines.first()).map(|line| line.indent).collect();
    all.retain(|indent| *indent > 0);
    all.sort_unstable();
    all.dedup();
    all
}

fn is_alone(row: &[Slot]) -> bool {
    row.get(1).is_some_and(|slot| slot.covered == Covered::Left)
}

fn depth(slot: &Slot, indents: &[i32]) -> usize {
    let own = slot.lines.first().map_or(0, |line| line.indent);
    indents.iter().position(|indent| *indent == own).map_or(0, |place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::super::pieces::{Line, Style};
    use super::*;

    fn slot(text: &str, covered: Covered, indent: i32) -> Slot {
        let line = Line { text: text.to_string(), indent, ..Line::default() };
        Slot { lines: if text.is_empty() { Vec::new() } else { vec![line] }, covered }
    }

    #[test]
    fn groups_stand_beside_their_rows_and_parts_below_theirs() {
        let own = |text: &str| slot(text, Covered::No, 0);
        let (up, left) = (slot("", Covered::Above, 0), slot("", Covered::Left, 0));
        let mut head = vec![own("項目名"), left.clone(), own("5年度")];
        head.iter_mut().flat_map(|slot| &mut slot.lines).for_each(|line| line.style = Style::Head);
        let rows = vec![
            head,
            vec![own("研修"), own("回数"), own("6回")],
            vec![up.clone(), own("人数"), up.clone()],
            vec![own("講座"), left.clone(), own("1回")],
            vec![slot("うち県外", Covered::No, 190), left, own("0回")],
        ];
        let PrintedTable { heads, rows } = printed(&rows, 1);
        assert_eq!(heads, ["5年度"]);
        assert_eq!((rows[0].opens.as_deref(), rows[0].label.as_str()), (Some("研修"), "回数"));
        assert_eq!((rows[1].in_group, rows[1].values[0].as_str()), (true, "↑"));
        assert_eq!((rows[2].in_group, rows[2].level, rows[3].level), (false, 0, 1));
    }
}
