//! Tables of the office's form in a sheet, put where they belong: every figure in its cell, and what has none said.

use super::amounts::rank;
use super::document::{Cell, Table, text_at};
use super::draft::{Program, SourcedText};
use super::form_cells::{CellPlace, FreePlace, ROWS_APART, RowPart};
use super::form_layout::{OwnRow, OwnRows};
use super::meanings::{Meaning, Own};
use super::money_units::unit_of;
use super::place::{place_of_cell, place_of_row};
use super::recognise::Recogniser;
use crate::form::Values;
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_bar, is_blank};

/// What stands over grades and their reasons.
const OVER_GRADES: &[&str] = &[
    "観点",
    "評価",
    "項目",
    "評価項目",
    "区分",
    "視点",
    "判定",
    "評価区分",
    "理由",
    "評価理由",
    "判定理由",
    "評価の理由",
    "説明",
    "コメント",
    "所見",
];

impl Recogniser<'_> {
    /// `found` begins with the row `from` of the table.
    pub(super) fn take_own_rows(&mut self, table: &Table, from: usize, found: &OwnRows) {
        let rows = table.rows.get(from..).unwrap_or_default();
        for cell in rows.iter().take(found.depth).flatten() {
            self.note_unit(&cell.text);
            self.understood(&cell.text);
        }
        let above = rows.first().and_then(|row| {
            let labels = row.iter().take(found.begin + 1);
            labels.filter_map(|cell| unit_of(&cell.text)).next()
        });
        found.heads.iter().for_each(|head| self.understood(head));
        self.note_without_unit(rows, found, &place_of_row(&table.place, from));
        let is_free = self.is_free(found.kind);
        let mut next = self.free_row(found.kind, &place_of_row(&table.place, from));
        for row in &found.rows {
            let Some(cells) = rows.get(row.index) else { continue };
            let is_label = |at: &usize| row.parts.iter().all(|(own, _)| own != at);
            let labels = cells.iter().enumerate().filter(|(at, _)| is_label(at));
            labels.for_each(|(_, cell)| self.understood(&cell.text));
            match row.row {
                Some(place) => self.take_cells(table, from, (row, cells), (found, place, above)),
                None if is_free => {
                    next += usize::from(!row.goes_on);
                    let said = self.said(&row.label, &place_of_row(&table.place, from + row.index));
                    let label = FreePlace { row: next, part: RowPart::Label };
                    self.program(&table.place).take_own(Own::FreeCell(found.kind, label), &said, None, "");
                    self.take_cells(table, from, (row, cells), (found, next, above));
                }
                None => self.keep_row(table, from, (row, cells), found),
            }
        }
        self.interrupt();
        self.cursor.own_table = Some(found.kind);
    }

    /// Amounts beside which no unit stands are taken as they are: a thousand times too much where they are in yen.
    fn note_without_unit(&mut self, rows: &[Vec<Cell>], found: &OwnRows, place: &str) {
        let own = self.words.own.tables.iter().find(|own| own.kind == found.kind);
        let is_of_amounts = own.is_some_and(|own| own.table.values == Values::Amount);
        let has_unit = |text: &str| text.contains('円') || unit_of(text).is_some();
        let mut cells = rows.iter().take(found.count).flatten();
        let is_said = self.cursor.unit.is_some() || cells.any(|cell| has_unit(&cell.text));
        if is_of_amounts && !is_said {
            let what = format!(
                "表【{}】の金額の単位が書かれていません。報告書の単位として入れました。違うときは直してください",
                found.kind.name()
            );
            self.review_note(what, place);
        }
    }

    fn is_free(&self, kind: SectionKind) -> bool {
        self.words.own.tables.iter().any(|own| own.kind == kind && own.table.rows.is_empty())
    }

    /// The last row so far of a table whose rows are free.
    fn free_row(&mut self, kind: SectionKind, place: &str) -> usize {
        let rows =
            self.program(place).free_rows.keys().filter(|(own, _)| *own == kind).map(|(_, row)| row % ROWS_APART);
        rows.max().unwrap_or_default()
    }

    fn take_cells(
        &mut self,
        table: &Table,
        from: usize,
        (row, cells): (&OwnRow, &[Cell]),
        (found, place, above): (&OwnRows, usize, Option<&'static str>),
    ) {
        let is_free = self.is_free(found.kind);
        for (at, part) in &row.parts {
            let (text, head) = (text_at(cells, *at), found.heads.get(*at).map_or("", String::as_str));
            if text.is_empty() {
                continue;
            }
            let said = self.said(text, &place_of_cell(table, from + row.index, *at));
            let unit = unit_of(head).or(above).or_else(|| unit_of(&row.label)).or(self.cursor.unit);
            let own = if let (RowPart::Value(column), false) = (part, is_free) {
                Own::Cell(found.kind, CellPlace { row: place, column: *column })
            } else {
                Own::FreeCell(found.kind, FreePlace { row: place, part: *part })
            };
            let label = format!("{}　{}", row.label, head.replace('\n', ""));
            let again = self.said(&format!("{label}：{text}"), &said.place.at.clone());
            let program = self.program(&said.place.at.clone());
            if !program.take_own(own, &said, unit, head) {
                program.keep_second(&label, &said, again);
            }
        }
        self.take_amount(table, from, (row, cells), found);
    }

    /// 事業費 of the report's year, where the form has no table that it is computed from.
    fn take_amount(&mut self, table: &Table, from: usize, (row, cells): (&OwnRow, &[Cell]), found: &OwnRows) {
        if self.words.own.gives_amount || self.words.label(&row.label) != Some(Meaning::Amount) {
            return;
        }
        let Some(own) = self.words.own.tables.iter().find(|own| own.kind == found.kind) else { return };
        let values = own.table.value_columns();
        let is_current = |part: &RowPart| matches!(part, RowPart::Value(slot) if values.get(*slot).is_some_and(|value| value.year.unwrap_or(0) == 0 && own.table.formula(*value).is_none()));
        let head = |at: usize| found.heads.get(at).map_or("", String::as_str);
        let fitting: Vec<usize> = row.parts.iter().filter(|(_, part)| is_current(part)).map(|(at, _)| *at).collect();
        let best = fitting.iter().map(|at| rank(head(*at), self.year)).max();
        let mut best = fitting.iter().filter(|at| Some(rank(head(**at), self.year)) == best);
        if let (Some(at), None) = (best.next(), best.next()) {
            let label = format!("{}（{}）", row.label, head(*at).replace('\n', ""));
            let place = place_of_cell(table, from + row.index, *at);
            self.give(Meaning::Amount, &label, text_at(cells, *at), &place);
        }
    }

    /// A row that the form does not have.
    fn keep_row(&mut self, table: &Table, from: usize, (row, cells): (&OwnRow, &[Cell]), found: &OwnRows) {
        let place = place_of_row(&table.place, from + row.index);
        let head = |at: usize| found.heads.get(at).map_or("", String::as_str).replace('\n', "");
        let values = row.parts.iter().map(|(at, _)| *at).filter(|at| !text_at(cells, *at).is_empty());
        let values: Vec<String> = values.map(|at| format!("{} {}", head(at), text_at(cells, at))).collect();
        self.memo(&format!("{}：{}", row.label, values.join("　")).replace('\n', ""), &place);
        let what = format!(
            "「{}」の行は、様式の表【{}】にありません。【メモ】に入れました",
            row.label.replace('\n', ""),
            found.kind.name()
        );
        self.review_note(what, &place);
    }

    /// Rows of figures that no table of the form takes are said: in a memo nobody would look for them.
    pub(super) fn note_of_no_table(&mut self, place: &str) {
        if !self.words.own.tables.is_empty() {
            let names: String = self.words.own.tables.iter().map(|own| format!("【{}】", own.kind.name())).collect();
            let what = format!(
                "この表の見出しと行は、様式の表（{names}）と合いません。値は【メモ】に入れました。様式の列や行の名前に合わせて書き写してください"
            );
            self.review_note(what, place);
        }
    }

    /// 観点, 評価 and 理由 over rows of grades.
    pub(super) fn heads_grades(&self, row: &[Cell], below: &[Vec<Cell>]) -> bool {
        let is_grade = |text: &str| matches!(self.meaning(text), Some(Meaning::Own(Own::Grade(..))));
        let is_head = |text: &str| {
            OVER_GRADES.contains(&super::words::compared(&text.replace('\n', "")).as_str())
                || self.words.is_grades(text)
        };
        let mut filled = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        filled.clone().count() > 1
            && filled.all(is_head)
            && below.first().is_some_and(|row| row.iter().any(|cell| is_grade(&cell.text)))
    }
}

/// A grade and its reason as the values beside a criterion: the grade comes first wherever it stood.
pub(super) fn grade_first(values: &[&str], is_grade: impl Fn(&str) -> bool) -> String {
    let at = values.iter().position(|value| is_grade(value)).unwrap_or(0);
    let first = values.get(at).map_or(String::new(), |grade| grade.replace('\n', "　"));
    let rest = values.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, value)| value.to_string());
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n")
}

/// `Ａ｜人口が減っている。` in one cell is a grade with its reason below it.
pub(super) fn with_reason(value: &str) -> String {
    let parted = value.split_once(is_bar).filter(|_| !value.contains('\n'));
    let parted = parted.filter(|(grade, _)| !grade.trim_matches(is_blank).is_empty());
    parted.map_or(value.to_string(), |(grade, reason)| {
        format!("{}\n{}", grade.trim_matches(is_blank), reason.trim_matches(is_blank))
    })
}

impl Program {
    /// What was typed and is written in another way: it counts as placed.
    pub(super) fn converted(&self) -> impl Iterator<Item = &SourcedText> {
        let fields = self.fields.iter().map(|(_, said)| said);
        let cells = self.cells.values().map(|(said, _)| said);
        fields
            .chain(self.grades.values())
            .chain(&self.amount)
            .chain(cells)
            .chain(self.free_rows.values().flat_map(|row| row.values()))
    }
}
