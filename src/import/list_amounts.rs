//! Which column of a list is 事業費. Where a machine cannot know, nothing is taken and a person is asked: a wrong amount in
//! every program is worse than none. Rows of one program whose amounts differ are such a case as well.

use super::amounts::{of_another_year, rank, year_in};
use super::document::Table;
use super::draft::{Program, ReviewNote, SourcedText};
use super::list_heads::Columns;
use super::meanings::Meaning;
use super::place::{name_of_column, place_of_row};
use super::recognise::Recogniser;
use crate::model::{FiscalYear, leading_year, parse_year_label};
use crate::syntax::chars::unified;

/// What a row says of its program's amount.
pub(super) struct AmountOfRow {
    said: SourcedText,
    /// The row is of the report's year.
    is_own: bool,
    label: String,
}

impl Recogniser<'_> {
    /// A column that the office named, then the one that fits best; the others go into the memo.
    pub(super) fn choose_amount(&mut self, table: &Table, head: usize, columns: &mut Columns) {
        let is_amount = |at: &usize| columns.meanings.get(*at) == Some(&Some(Meaning::Amount));
        let amounts: Vec<usize> = (0..columns.heads.len()).filter(is_amount).collect();
        let named = |at: &usize| {
            let names = [name_of_column(table, *at), columns.head(*at).to_string()];
            names.iter().find_map(|name| self.words.chosen(name)) == Some(Meaning::Amount)
        };
        let named: Vec<usize> = amounts.iter().copied().filter(named).collect();
        let chosen = match (named.as_slice(), amounts.as_slice()) {
            ([], []) => return,
            ([only], _) => Some(*only),
            ([], _) if is_repeated(&amounts, columns, table, head) => self.ask(&amounts, columns, table, head),
            ([], _) => self.best_amount(&amounts, columns, table, head),
            (several, _) => self.ask(several, columns, table, head),
        };
        for at in amounts.into_iter().filter(|at| Some(*at) != chosen) {
            if let Some(meaning) = columns.meanings.get_mut(at) {
                *meaning = Some(Meaning::Memo);
            }
        }
    }

    fn best_amount(&mut self, amounts: &[usize], columns: &Columns, table: &Table, head: usize) -> Option<usize> {
        let ranks: Vec<((u8, u8), usize)> =
            amounts.iter().map(|at| (rank(columns.head(*at), self.year), *at)).collect();
        let best = ranks.iter().map(|(rank, _)| *rank).max()?;
        let equal: Vec<usize> = ranks.iter().filter(|(rank, _)| *rank == best).map(|(_, at)| *at).collect();
        // What was spent stands there too, in other years.
        let is_plan = best.1 == 0 && ranks.iter().any(|(rank, _)| rank.1 > 0);
        match equal.as_slice() {
            [only] if amounts.len() == 1 || !is_plan => match of_another_year(columns.head(*only), self.year) {
                Some(_) if amounts.len() > 1 => self.ask(amounts, columns, table, head),
                Some(what) => {
                    self.review_note(format!("{what}。値は【メモ】に入れました"), &place_of_row(&table.place, head));
                    None
                }
                None => Some(*only),
            },
            _ if is_plan => self.ask(amounts, columns, table, head),
            several => self.ask(several, columns, table, head),
        }
    }

    /// Nothing is taken until a person says which.
    fn ask(&mut self, amounts: &[usize], columns: &Columns, table: &Table, head: usize) -> Option<usize> {
        let names: Vec<String> = amounts.iter().map(|at| name_of_column(table, *at)).collect();
        let candidate = |(at, name): (&usize, &String)| {
            let first = table.rows.iter().skip(columns.body).filter_map(|row| row.get(*at));
            let first = first.map(|cell| cell.text.as_str()).find(|text| !text.is_empty());
            let first = first.map_or("値なし".to_string(), |text| format!("初めの値は {}", text.replace('\n', " ")));
            format!("{name}「{}」（{first}）", columns.head(*at).replace('\n', ""))
        };
        let candidates: Vec<String> = amounts.iter().zip(&names).map(candidate).collect();
        let has_years = amounts.iter().any(|at| year_in(columns.head(*at)).is_some());
        let year = self.year.map_or("この報告書の年度".to_string(), FiscalYear::label);
        let shapes = self.cursor.years_in_shapes.iter().take(amounts.len());
        let shapes: String = shapes.map(|text| format!("「{text}」")).collect();
        let hint = match (has_years, shapes.is_empty()) {
            (true, _) => String::new(),
            (false, true) => "見出しに年度がないので、元の表で確かめてください。".to_string(),
            (false, false) => format!(
                "見出しに年度がありませんが、表の上の図形などに {shapes} とあります。どの列の上にあるかを、元の表で確かめてください。"
            ),
        };
        let what = format!(
            "金額の列がいくつもあり、どれが事業費か決められません。事業費は空けておき、どの列の値も【メモ】に入れました。候補は {} です。{hint}{year}の決算額の列を1つ選び、対応表（--mapping）に「{},事業費」のように列の名前で書いて、取り込み直してください",
            candidates.join("、"),
            names.first().map_or("", String::as_str),
        );
        self.review_note(what, &place_of_row(&table.place, head));
        None
    }

    pub(super) fn amount_of_row(&self, said: SourcedText, year: &str, columns: &Columns, column: usize) -> AmountOfRow {
        let own = self.year.zip(parse_year_label(year).or_else(|| parse_year_label(&format!("{year}年度"))));
        let head = columns.year.map_or("", |at| columns.head(at));
        let head = if year.is_empty() { String::new() } else { format!("（{head} {year}）") };
        let label = format!("{}{head}", columns.labels.get(column).map_or("", String::as_str));
        AmountOfRow { said, is_own: own.is_some_and(|(own, typed)| typed.resolve(own) == own), label }
    }
}

/// One word over several columns, each with its year in the row below: no merged cell says which of them belong together.
fn is_repeated(amounts: &[usize], columns: &Columns, table: &Table, head: usize) -> bool {
    let text = |row: usize, at: usize| table.rows.get(row).and_then(|row| row.get(at)).map_or("", |cell| &cell.text);
    let has_year_below = |at: usize| head + 1 < columns.body && leading_year(&unified(text(head + 1, at))).is_some();
    let repeated = amounts.iter().filter(|at| !text(head, **at).is_empty() && has_year_below(**at));
    let mut words: Vec<&str> = repeated.map(|at| text(head, *at)).collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    words.len() < count
}

/// Of several rows of one program the amount that all of them have, or that of the report's year.
pub(super) fn settle_amount(program: &mut Program, rows: &mut Vec<AmountOfRow>) {
    let rows = std::mem::take(rows);
    let Some(first) = rows.first() else { return };
    let is_one = rows.iter().all(|row| row.said.text == first.said.text);
    let mut own = rows.iter().filter(|row| row.is_own);
    let chosen = match (own.next(), own.next()) {
        _ if is_one => Some(first),
        (Some(own), None) => Some(own),
        _ => None,
    };
    program.amount = chosen.map(|row| row.said.clone());
    if is_one {
        return;
    }
    for row in rows.iter().filter(|row| chosen.is_none_or(|chosen| chosen.said.place != row.said.place)) {
        program.memo.push(SourcedText::new(format!("{}：{}", row.label, row.said.text), &row.said.place));
    }
    if program.amount.is_none() {
        let typed: Vec<String> =
            rows.iter().map(|row| format!("「{}」（{}）", row.said.text, row.said.place)).collect();
        let what = format!(
            "同じ事業の行が{}つあり、金額が違います：{}。事業費は空けておきました。正しい額を書いてください",
            rows.len(),
            typed.join("、")
        );
        program.amount_note = Some(ReviewNote::new(what, &program.place));
    }
}
