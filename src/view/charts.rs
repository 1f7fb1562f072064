//! 図表: amounts by chapter and by department, and the indicators of the programs that ask for it, as bars.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::build::{ViewBuilder, chapter_anchor, program_anchor, sum_text};
use super::part::{BarGroupView, BarView, ChartKind, ChartView, ChartsView, part_anchor};
use crate::model::{Cell, Indicator, Part, Program, ProgramIndex, Row};
use crate::totals;

/// What a bar stands for, its anchor, and how much.
type Amount = (String, String, Option<i64>);

impl ViewBuilder<'_> {
    pub(super) fn charts(&self) -> ChartsView {
        let report = self.input.report;
        // A chapter's bar has the chapters in it.
        let outermost = report.chapters.iter().enumerate().filter(|(_, chapter)| chapter.level == 0);
        let chapters = outermost.map(|(index, chapter)| {
            let number = Some(self.chapter_number(index)).filter(|number| !number.is_empty());
            let number = number.map(|number| format!("{number}　")).unwrap_or_default();
            let label = format!("{number}{}", self.chapter_title(chapter));
            (label, chapter_anchor(index), totals::whole_chapter(report, index).value)
        });
        let mut departments: Vec<Amount> = totals::by_department(report)
            .into_iter()
            // A department that no program names first has no amount of its own.
            .filter(|sum| sum.sum.programs > 0)
            .map(|sum| (self.printer.text(&sum.name), String::new(), sum.sum.value))
            .collect();
        departments.sort_by_key(|(_, _, amount)| std::cmp::Reverse(*amount));
        let mut charts = Vec::new();
        if let Some(word) = self.amount_word() {
            let chapters = chapters.collect();
            let outside = self.outside_note(word);
            let mut shared = outside.clone();
            if report.printed_programs().any(|(_, program)| program.departments.len() > 1) {
                shared.push("2以上の課等が担当する事業は、初めに記した課等に入れた。".to_string());
            }
            charts.extend(self.amounts(ChartKind::AmountByChapter, &format!("章別の{word}"), chapters, outside));
            charts.extend(self.amounts(
                ChartKind::AmountByDepartment,
                &format!("所管課別の{word}"),
                departments,
                shared,
            ));
        }
        let drawn = report.printed_programs().filter(|(_, program)| program.has_chart);
        charts.extend(drawn.filter_map(|(place, program)| self.indicators(place, program)));
        ChartsView { heading: Part::Charts.name().to_string(), anchor: part_anchor(Part::Charts), charts }
    }

    /// What is not in the bars.
    fn outside_note(&self, word: &str) -> Vec<String> {
        let programs = self.input.report.printed_programs();
        let outside = programs.filter(|(_, program)| program.outside_total.is_some()).count();
        let note = (outside > 0).then(|| format!("{word}を合計に含めない事業（{outside}件）の{word}は入っていない。"));
        note.into_iter().collect()
    }

    /// Nothing for a single bar, which would be compared with nothing.
    fn amounts(&self, kind: ChartKind, title: &str, amounts: Vec<Amount>, notes: Vec<String>) -> Option<ChartView> {
        if amounts.len() < 2 {
            return None;
        }
        let scale = Scale::of(amounts.iter().filter_map(|(_, _, amount)| amount.map(Decimal::from)));
        let groups = amounts.into_iter().map(|(label, anchor, amount)| BarGroupView {
            alt: format!("{label}は{}{}", sum_text(amount), self.unit()),
            label,
            anchor,
            bars: vec![scale.bar(Decimal::from(amount.unwrap_or(0)), sum_text(amount))],
        });
        Some(ChartView {
            kind,
            title: format!("{title}（{}）", self.year.label),
            unit: format!("（単位：{}）", self.unit()),
            series: vec![self.year.column.clone()],
            zero: scale.place(Decimal::ZERO),
            groups: groups.collect(),
            notes,
            anchor: String::new(),
        })
    }

    /// The rows of a program's tables that have a figure in both years; nothing where there is none. Bars of one unit are drawn to
    /// one measure; those of another unit to another, which is said.
    fn indicators(&self, place: ProgramIndex, program: &Program) -> Option<ChartView> {
        let rows = program.tables().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        let drawn: Vec<DrawnRow> = rows.filter_map(|(table, row)| self.drawn_row(table, row)).collect();
        let mut scales: BTreeMap<&str, Scale> = BTreeMap::new();
        for row in &drawn {
            let known = scales.remove(row.unit.as_str()).unwrap_or(Scale::NOTHING);
            scales.insert(&row.unit, known.with(row.figures.into_iter()));
        }
        let groups = drawn.iter().filter_map(|row| Some(self.bars_of(row, scales.get(row.unit.as_str())?)));
        let note = (scales.len() > 1).then(|| "棒の長さは、同じ単位のものどうしで比べられる。".to_string());
        (!drawn.is_empty()).then(|| ChartView {
            kind: ChartKind::Indicators,
            title: self.program_name(program),
            unit: String::new(),
            series: vec![self.year.previous_column.clone(), self.year.column.clone()],
            zero: 0.0,
            groups: groups.collect(),
            notes: note.into_iter().collect(),
            anchor: program_anchor(place),
        })
    }

    fn drawn_row(&self, table: &Indicator, row: &Row) -> Option<DrawnRow> {
        let cells = table.drawable_cells(row, self.fiscal_year?)?;
        let is_transposed = table.declared.as_ref().is_some_and(|declared| declared.table.is_transposed);
        let labels = [table.parent(row), Some(row).filter(|_| !is_transposed)].into_iter().flatten();
        let label = labels.map(|row| self.label_text(row)).collect::<Vec<_>>().join("　").replace('\n', "");
        let figure = |cell: &Cell| cell.only_figure().map(|quantity| quantity.number).unwrap_or_default();
        let unit = cells[1].1.only_figure().map(|quantity| quantity.unit.replace('%', "％")).unwrap_or_default();
        Some(DrawnRow {
            label,
            unit,
            figures: cells.map(|(_, cell)| figure(cell)),
            texts: cells.map(|(column, cell)| self.bar_text(table, column, cell)),
        })
    }

    fn bars_of(&self, row: &DrawnRow, scale: &Scale) -> BarGroupView {
        let DrawnRow { label, figures, texts: [before, now], .. } = row;
        let bars = figures.iter().zip([before, now]);
        BarGroupView {
            alt: format!("{label}は{}が{before}、{}が{now}", self.year.previous_column, self.year.column),
            label: label.clone(),
            anchor: String::new(),
            bars: bars.map(|(figure, text)| scale.bar(*figure, text.clone())).collect(),
        }
    }

    /// A figure with its unit, which in a table of the form may stand in a column of its own or above.
    fn bar_text(&self, table: &Indicator, column: usize, cell: &Cell) -> String {
        let text = self.declared_text(table, column, cell);
        let unit = cell.only_figure().map(|quantity| quantity.unit.as_str()).filter(|_| table.declared.is_some());
        let is_bare = text.ends_with(|c: char| c.is_ascii_digit());
        format!("{text}{}", unit.filter(|_| is_bare).unwrap_or_default())
    }
}

/// Last year's figure and this year's, of one unit.
struct DrawnRow {
    label: String,
    unit: String,
    figures: [Decimal; 2],
    texts: [String; 2],
}

/// The measure of bars that can be compared: from the least figure, or 0, to the greatest.
struct Scale {
    least: Decimal,
    greatest: Decimal,
}

impl Scale {
    const NOTHING: Self = Self { least: Decimal::ZERO, greatest: Decimal::ZERO };

    fn of(figures: impl Iterator<Item = Decimal>) -> Self {
        Self::NOTHING.with(figures)
    }

    fn with(self, figures: impl Iterator<Item = Decimal>) -> Self {
        figures
            .fold(self, |scale, figure| Self { least: scale.least.min(figure), greatest: scale.greatest.max(figure) })
    }

    /// From 0 to 1, to four places: finer than any printer.
    fn place(&self, figure: Decimal) -> f64 {
        let part = (figure - self.least).checked_div(self.greatest - self.least).unwrap_or_default();
        part.round_dp(4).to_f64().unwrap_or_default()
    }

    fn bar(&self, figure: Decimal, text: String) -> BarView {
        let (zero, end) = (self.place(Decimal::ZERO), self.place(figure));
        BarView { text, from: zero.min(end), to: zero.max(end) }
    }
}
