//! How wide the columns of a table of the language are, by what they hold. Those of a form's tables: `table_fit`.

use super::build::ViewBuilder;
use super::table_fit::{FIRST_LABEL, INSET, as_float, em};
use crate::model::{Columns, Indicator, Role, Value, parse_quantities};
use crate::syntax::chars::is_no_value;

/// Share of a year's column, of one beside a long label, and of one that holds sentences.
const NARROW: f64 = 0.2;
const TIGHT: f64 = 0.15;
const WIDE: f64 = 0.29;
/// What a label keeps where figures are long.
const LEAST_LABEL: f64 = 0.2;

impl ViewBuilder<'_> {
    /// Shares of the label and of each column. Years stand in the same place on every page unless they hold sentences, or a label is
    /// longer than its column while they have room to spare. A column of figures has the width of the longest one as far as the label
    /// needs none of it.
    pub(super) fn widths(&self, table: &Indicator) -> Vec<f64> {
        let (columns, measure) = (table.columns.count(), self.measure().upright);
        let needed: Vec<f64> = (0..columns).map(|column| (self.widest(table, column) + INSET) / measure).collect();
        let labels = self.label_shares(table, measure);
        let label = labels.iter().copied().fold(0.0, f64::max);
        let mut values: Vec<f64> = match &table.columns {
            Columns::Years => {
                let all_fit = |width: f64| needed.iter().all(|needed| *needed <= width);
                let left = |width: f64| 1.0 - as_float(columns) * width;
                let lines = |share: f64| labels.iter().map(|label| (label / share).ceil()).sum::<f64>();
                let width = match all_fit(NARROW) {
                    true if all_fit(TIGHT) && lines(left(TIGHT)) < lines(left(NARROW)) => TIGHT,
                    true => NARROW,
                    false => WIDE,
                };
                vec![width; columns]
            }
            Columns::Own(own) => needed
                .iter()
                .zip(own)
                .map(|(width, column)| {
                    let head = column.label.value.lines().map(em).fold(0.0, f64::max) + INSET;
                    width.max(head / measure).clamp(most_share(columns).min(0.1), most_share(columns))
                })
                .collect(),
        };
        let mut spare = 1.0 - values.iter().sum::<f64>() - label.max(LEAST_LABEL);
        for (column, (value, needed)) in values.iter_mut().zip(&needed).enumerate() {
            let lacks = needed - *value;
            if lacks > 0.0 && lacks <= spare && holds_figures(table, column) {
                *value += lacks;
                spare -= lacks;
            }
        }
        let taken: f64 = values.iter().sum();
        std::iter::once(1.0 - taken).chain(values).map(round).collect()
    }

    /// The longest line of a column, in em.
    fn widest(&self, table: &Indicator, column: usize) -> f64 {
        let cells = table.rows.iter().filter_map(|row| match row.values.get(column) {
            Some(Value::Own(cell) | Value::Computed(cell)) => Some(cell),
            _ => None,
        });
        let lines = cells.flat_map(|cell| &cell.lines).map(|line| em(&self.printer.cell_line(&line.value)));
        lines.fold(0.0, f64::max)
    }

    /// The shares with which the labels' lines do not go on below themselves; two columns of labels have parts of the first width.
    fn label_shares(&self, table: &Indicator, measure: f64) -> Vec<f64> {
        let has_groups = table.rows.iter().any(|row| row.role == Role::Group);
        let widths = table.rows.iter().flat_map(|row| {
            let lines: Vec<f64> = self.label_text(row).lines().map(|line| em(line) + INSET).collect();
            lines.into_iter().map(move |line| match row.role {
                Role::Group => line / FIRST_LABEL,
                Role::Child { .. } if has_groups => line / (1.0 - FIRST_LABEL),
                Role::Child { .. } => line + 1.0,
                Role::Plain => line,
            })
        });
        widths.map(|width| width / measure).collect()
    }
}

/// Whether a column holds figures and signs for none: nothing that could go on below itself.
fn holds_figures(table: &Indicator, column: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| table.cell(row, column));
    cells.flat_map(|cell| &cell.lines).all(|line| {
        let text = line.value.as_str();
        is_no_value(text) || !parse_quantities(text).is_empty()
    })
}

/// Values together never take more than seven tenths; with too many columns (J020, in a draft) each gets little.
fn most_share(columns: usize) -> f64 {
    (0.7 / as_float(columns.max(1))).min(WIDE)
}

fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}
