//! The head of a list of programs: which row it is, what stands over each column in one or several rows, and what the
//! columns mean. Which amount is 事業費 is decided in `list_amounts`.

use std::collections::BTreeSet;

use super::boxes::{is_mark_alone, marked};
use super::document::{Cell, Merged, Table, text_at};
use super::draft::SourcedText;
use super::form_columns::OwnColumns;
use super::list_labels::{groups, labels};
use super::meanings::{LISTED, Meaning, Own};
use super::money_units::unit_note;
use super::name_lists::{are_figures_below, begins_as_figure};
use super::named::quoted;
use super::offices::{is_department, is_office};
use super::place::{name_of_column, place_of_cell, place_of_row};
use super::recognise::Recogniser;
use super::series::{Series, find_series, is_name, part};
use super::words::{compared, is_category};
use crate::model::leading_year;
use crate::syntax::chars::{is_digit, unified};

/// A title, and heads of groups, may stand above the head of a list.
const ROWS_ABOVE: usize = 5;
/// So many rows of heads at most, below that of the names
const ROWS_OF_HEADS: usize = 3;
/// More words than these that nobody knows are reported together.
const FEW: usize = 3;

/// What the columns of a list mean.
pub(super) struct Columns {
    /// What stands over each column, with the heads of its groups: `事業費（R3決算）`
    pub(super) heads: Vec<Cell>,
    /// The same as a label in a memo, where the name of the column tells equal ones apart
    pub(super) labels: Vec<String>,
    pub(super) meanings: Vec<Option<Meaning>>,
    pub(super) series: Vec<Series>,
    /// The column of names
    pub(super) name: usize,
    /// The column of the years that rows are of
    pub(super) year: Option<usize>,
    /// Fields of words: merged over several rows they are those of each.
    pub(super) words: BTreeSet<usize>,
    /// Cells of a table that are of the report's year where the row does not say another
    pub(super) alone: BTreeSet<usize>,
    /// The first row below the heads
    pub(super) body: usize,
}

impl Columns {
    pub(super) fn head(&self, column: usize) -> &str {
        text_at(&self.heads, column)
    }

    /// A value with its label, for a memo.
    pub(super) fn beside_head(&self, column: usize, said: &SourcedText) -> SourcedText {
        let label = self.labels.get(column).filter(|label| !label.is_empty());
        let text = label.map_or_else(|| said.text.clone(), |label| format!("{label}：{}", said.text));
        SourcedText::new(text, &said.place)
    }

    /// 施策名（実施課等名）
    pub(super) fn has_department_in_name(&self) -> bool {
        self.head(self.name).split_once(['（', '(']).is_some_and(|(_, inside)| inside.contains(['課', '室']))
    }
}

impl Recogniser<'_> {
    /// The row that heads a list of programs.
    pub(super) fn list_head(&self, table: &Table) -> Option<usize> {
        let rows = table.rows.iter().take(ROWS_ABOVE).enumerate();
        rows.filter(|(index, row)| self.is_list_head(row) || self.heads_rows(row, table, *index))
            .map(|(index, _)| index)
            .next()
    }

    /// Two known heads at least, 事業名 among them, and nothing else but heads.
    pub(super) fn is_list_head(&self, row: &[Cell]) -> bool {
        let series = find_series(row, self.words);
        let filled = row.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let is_indicator = |column: usize| series.iter().any(|series| series.has(column));
        let (indicators, others): (Vec<_>, Vec<_>) = filled.partition(|(column, _)| is_indicator(*column));
        let known: Vec<Meaning> = others.iter().filter_map(|(_, cell)| self.column(&cell.text)).collect();
        let count = known.len() + indicators.len();
        known.contains(&Meaning::Name) && count >= 2 && count * 2 > others.len() + indicators.len()
    }

    /// 事業名 and one more known head, over rows of distinct names: most of the heads of a wide list are the office's own.
    fn heads_rows(&self, row: &[Cell], table: &Table, index: usize) -> bool {
        let meanings: Vec<Option<Meaning>> = row.iter().map(|cell| self.listed(&cell.text)).collect();
        let body = table.rows.get(index + 1..).unwrap_or_default();
        let Some(name) = best_name(row, &meanings) else { return false };
        let is_head = |text: &str| !text.is_empty() && row.get(name).is_some_and(|head| head.text == text);
        let names: Vec<&str> = body.iter().filter_map(|row| row.get(name)).map(|cell| cell.text.as_str()).collect();
        let names: Vec<&str> = names.into_iter().filter(|text| !text.is_empty() && !is_head(text)).collect();
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        let holds = |(at, meaning): (usize, &Option<Meaning>)| {
            meaning.filter(|meaning| !matches!(meaning, Meaning::Name | Meaning::Memo)).is_some_and(|meaning| {
                body.iter().filter_map(|row| row.get(at)).any(|cell| is_value_of(meaning, &cell.text))
            })
        };
        let held = meanings.iter().enumerate().filter(|head| holds(*head)).count();
        let are_programs = match distinct.len() {
            0 => false,
            // One program may take several rows.
            1 => held >= 2 || (self.heads_names(row, name, body) && are_figures_below(row, name, body)),
            _ => held >= 1 || self.heads_names(row, name, body),
        };
        are_programs && !has_value(row, &meanings) && names.iter().all(|name| self.meaning(name).is_none())
    }

    pub(super) fn column(&self, text: &str) -> Option<Meaning> {
        self.words.label(text).or_else(|| self.words.heading(text))
    }

    /// What a head says where it is one: some words mean something over a column alone.
    fn listed(&self, text: &str) -> Option<Meaning> {
        let short = || compared(text).split('(').next().unwrap_or_default().to_string();
        self.column(text)
            .or_else(|| LISTED.iter().find(|(word, _)| *word == compared(text) || *word == short()).map(|(_, m)| *m))
    }

    /// What a column means by its name or its head, as the office said it or as heads commonly say it.
    pub(super) fn meaning_of_column(&self, table: &Table, at: usize, head: &str) -> Option<Meaning> {
        self.words.chosen(&name_of_column(table, at)).or_else(|| self.words.chosen(head)).or_else(|| self.listed(head))
    }

    /// What the columns mean; words that are not known are reported.
    pub(super) fn columns(&mut self, table: &Table, head: usize) -> Columns {
        let (mut heads, body) = self.whole_heads(table, head);
        let mut own = self.form_columns(table, head, &heads);
        self.take_series(&heads, &mut own);
        self.note_own_columns(&own, table, &heads, &place_of_row(&table.place, head));
        let others = |(at, cell): (usize, &Cell)| if own.has(at) { Cell::default() } else { cell.clone() };
        let series = find_series(&heads.iter().enumerate().map(others).collect::<Vec<_>>(), self.words);
        let is_free = |column: usize| !own.has(column) && !series.iter().any(|series| series.has(column));
        let mut meanings = own.meanings.clone();
        let is_open = |at: &usize| is_free(*at) && !own.is_left(*at);
        for ((_, meaning), cell) in meanings.iter_mut().enumerate().zip(&heads).filter(|((at, _), _)| is_open(at)) {
            *meaning = self.listed(&cell.text);
        }
        own.leave_others(&mut meanings);
        let groups = groups(table, head);
        let times = |text: &str, heads: &[Cell]| heads.iter().filter(|cell| cell.text == text).count();
        let repeated: Vec<bool> =
            heads.iter().map(|cell| !cell.text.is_empty() && times(&cell.text, &heads) > 1).collect();
        for (at, cell) in heads.iter_mut().enumerate().filter(|(at, _)| is_free(*at)) {
            let is_open = repeated.get(at) == Some(&true) || meanings.get(at) == Some(&Some(Meaning::Amount));
            if let Some(group) = groups.get(at).filter(|group| is_open && !group.is_empty() && !cell.text.is_empty()) {
                cell.text = format!("{}（{group}）", cell.text);
            }
        }
        for (at, meaning) in meanings.iter_mut().enumerate().filter(|(at, _)| is_free(*at)) {
            let typed = heads.get(at).and_then(|cell| self.words.chosen(&cell.text));
            *meaning = self.words.chosen(&name_of_column(table, at)).or(typed).or(*meaning);
        }
        let name = best_name(&heads, &meanings).unwrap_or(0);
        let body_rows = table.rows.get(body..).unwrap_or_default();
        let other_categories = settle(&mut meanings, (&heads, &own), body_rows, name);
        self.note_categories(&other_categories, body_rows, table, head);
        let labels = labels(table, &heads);
        let rows = table.rows.iter().take(body);
        rows.flatten().for_each(|cell| self.understood(&cell.text));
        let year = ["予算年度", "決算年度", "会計年度", "年度"]
            .iter()
            .find_map(|word| heads.iter().position(|head| compared(&head.text) == *word));
        let is_of_words = |meaning: &Option<Meaning>| match meaning {
            Some(Meaning::Own(Own::Field(name))) => self.words.own.words.contains(name),
            _ => false,
        };
        let words = (0..meanings.len()).filter(|at| meanings.get(*at).is_some_and(is_of_words)).collect();
        let alone = own.alone;
        let mut columns = Columns { heads, labels, meanings, series, name, year, words, alone, body };
        self.note_columns(&columns, &place_of_row(&table.place, head));
        self.choose_amount(table, head, &mut columns);
        columns
    }

    /// Columns of 区分 that are another division than ours.
    fn note_categories(&mut self, columns: &[usize], body: &[Vec<Cell>], table: &Table, head: usize) {
        for column in columns {
            let mut texts = body.iter().filter_map(|row| row.get(*column)).map(|cell| cell.text.as_str());
            let Some(first) = texts.find(|text| !text.is_empty()) else { continue };
            let what =
                format!("区分の列の「{first}」などは、新規・拡充・継続・終了 のどれでもないので、【メモ】に入れました");
            self.review_note(what, &place_of_cell(table, head, *column));
        }
    }

    /// Words over columns that nobody knows; their values go into 【メモ】.
    fn note_columns(&mut self, columns: &Columns, place: &str) {
        let is_free = |at: usize| !columns.series.iter().any(|series| series.has(at));
        let cells = columns.heads.iter().zip(&columns.meanings).enumerate();
        // It has told which year the cells of its row are of.
        let is_year = |at: usize| !columns.alone.is_empty() && columns.year == Some(at);
        let unknown = cells.filter(|(at, (cell, meaning))| {
            meaning.is_none()
                && !is_year(*at)
                && is_free(*at)
                && !cell.text.is_empty()
                && unit_note(&cell.text).is_none()
        });
        let unknown: Vec<&str> = unknown.map(|(_, (cell, _))| cell.text.as_str()).collect();
        if unknown.len() <= FEW {
            unknown.iter().for_each(|word| self.note_unknown(word, place));
            return;
        }
        let (count, first) = (unknown.len(), quoted(&unknown).replace('\n', " "));
        let what = format!(
            "見出しの分からない列が{count}あります（{first}）。値は、見出しを付けて各事業の【メモ】に入れました。対応表（--mapping）に「見出しの言葉,事業概要」や「列の記号（C列など）,事業概要」のように書くと、次から指定した所に入ります"
        );
        self.review_note(what, place);
    }

    /// The heads of the columns, and the first row below them. A further row belongs to the heads where the head of the names
    /// reaches into it, and a second where it says nothing but heads.
    pub(super) fn whole_heads(&self, table: &Table, head: usize) -> (Vec<Cell>, usize) {
        let mut heads: Vec<Cell> = table.rows.get(head).cloned().unwrap_or_default();
        let meanings: Vec<Option<Meaning>> = heads.iter().map(|cell| self.listed(&cell.text)).collect();
        let name = best_name(&heads, &meanings).unwrap_or(0);
        for depth in 1..=ROWS_OF_HEADS {
            let below = table.rows.get(head + depth).filter(|row| row.iter().any(|cell| !cell.text.is_empty()));
            let is_merged = below.and_then(|row| row.get(name)).is_some_and(|cell| cell.merged == Merged::Up);
            let joined = below.filter(|_| is_merged || depth == 1).and_then(|row| self.joined_heads(&heads, row, name));
            match joined {
                Some(joined) => heads = joined,
                None => return (heads, head + depth),
            }
        }
        (heads, head + ROWS_OF_HEADS + 1)
    }

    /// Heads with a further row of them below; nothing where that row is none.
    fn joined_heads(&self, heads: &[Cell], below: &[Cell], name: usize) -> Option<Vec<Cell>> {
        let is_known = |text: &str| self.listed(text).is_some() || is_name(text, self.words) || part(text).is_some();
        let is_merged = below.get(name).is_some_and(|cell| cell.merged == Merged::Up);
        let mut above = String::new();
        let mut is_head = below.get(name).is_some_and(|cell| cell.text.is_empty());
        let mut joined = heads.to_vec();
        for (cell, below) in joined.iter_mut().zip(below) {
            // In a text nothing says that a head is merged over the columns at its right.
            if !cell.text.is_empty() {
                above.clone_from(&cell.text);
            }
            if below.text.is_empty() {
                continue;
            }
            let both = format!("{above}{}", below.text);
            let is_year = self.listed(&above) == Some(Meaning::Amount) && leading_year(&unified(&below.text)).is_some();
            is_head &= is_merged || is_year || is_known(&both) || is_known(&below.text);
            cell.text = match is_known(&both) {
                _ if is_year => format!("{above}（{}）", below.text),
                true => both,
                false if above.is_empty() => below.text.clone(),
                false => format!("{}（{above}）", below.text),
            };
        }
        is_head.then_some(joined)
    }
}

/// The column of names: the nearest word for a program, the first of equal ones.
pub(super) fn best_name(heads: &[Cell], meanings: &[Option<Meaning>]) -> Option<usize> {
    let rank = |text: &str| match () {
        () if text.contains("細事業") => 1,
        () if text.contains("事業") || text.contains("件名") => 2,
        () => 0,
    };
    let names = heads.iter().zip(meanings).enumerate().filter(|(_, (_, meaning))| **meaning == Some(Meaning::Name));
    let names: Vec<(usize, usize)> = names.map(|(at, (cell, _))| (rank(&cell.text), at)).collect();
    names.iter().rev().max_by_key(|(rank, _)| *rank).map(|(_, at)| *at)
}

/// Columns whose words say more than they hold: a second column of names, a 部 beside the 課, and 区分 that are not ours
/// (returned: that they were not taken is reported).
fn settle(
    meanings: &mut [Option<Meaning>],
    (heads, own): (&[Cell], &OwnColumns),
    body: &[Vec<Cell>],
    name: usize,
) -> Vec<usize> {
    let mut other_categories = Vec::new();
    let is_office = |text: &str| text.contains(['課', '室', '所']) || text.contains("担当部署");
    let has_office =
        meanings.iter().zip(heads).any(|(m, head)| *m == Some(Meaning::Department) && is_office(&head.text));
    for (at, meaning) in meanings.iter_mut().enumerate() {
        let head = text_at(heads, at);
        match meaning {
            Some(Meaning::Name) if at != name => *meaning = Some(Meaning::Memo),
            Some(Meaning::Department) if has_office && !is_office(head) && !own.has(at) => {
                *meaning = Some(Meaning::Division);
            }
            Some(Meaning::Category) if !body.iter().filter_map(|row| row.get(at)).any(is_near_category) => {
                *meaning = Some(Meaning::Memo);
                other_categories.push(at);
            }
            _ => {}
        }
    }
    other_categories
}

/// One of ours, or a word or mark that stands for one in some office: 廃止, 一部新規, 新規（R6）, ◎. A person decides which.
fn is_near_category(cell: &Cell) -> bool {
    let words = ["新規", "拡", "継続", "終了", "廃止", "休止", "完了"];
    words.iter().any(|word| cell.text.contains(word)) || is_mark_alone(&cell.text)
}

pub(super) fn is_figure(text: &str) -> bool {
    text.chars().all(|c| is_digit(c) || ",，.△▲円千".contains(c))
}

/// A form has values beside its labels.
fn has_value(row: &[Cell], meanings: &[Option<Meaning>]) -> bool {
    let mut before = None;
    row.iter().zip(meanings).any(|(cell, meaning)| {
        let text = cell.text.as_str();
        let is_value = (!text.is_empty() && is_figure(text))
            || is_category(text)
            || (before == Some(Meaning::Department) && meaning.is_none() && is_department(text));
        if !text.is_empty() {
            before = *meaning;
        }
        is_value
    })
}

/// Whether a cell below a head can be what the head says.
pub(super) fn is_value_of(meaning: Meaning, text: &str) -> bool {
    if matches!(meaning, Meaning::Amount | Meaning::Number | Meaning::Page) {
        begins_as_figure(text)
    } else if meaning.is_office() {
        is_office(text)
    } else if meaning == Meaning::Category {
        marked(text).is_some() || is_category(text)
    } else {
        !text.is_empty()
    }
}
