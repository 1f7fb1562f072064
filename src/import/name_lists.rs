//! Lists of programs that only the head 事業名 tells: all their other heads are the office's own.

use super::document::Cell;
use super::recognise::Recogniser;
use crate::syntax::chars::{is_digit, is_no_value};

/// Rows that are called so belong to one program: 参加者数, 国庫支出金.
const FIGURES: &[char] = &['数', '額', '率', '費', '金', '債', '計', '源', '庫', '料', '値'];
/// The heads beside 事業名 at least; a form has two columns.
const FEWEST_OTHERS: usize = 2;

impl Recogniser<'_> {
    /// 事業名 in the column `name` beside heads that nobody knows, over rows that are filled in below them. Within a program such
    /// a table is one of its own, and rows that are called after figures are no programs.
    pub(super) fn heads_names(&self, row: &[Cell], name: usize, body: &[Vec<Cell>]) -> bool {
        let is_filled = |row: &[Cell], at: usize| row.get(at).is_some_and(|cell| !cell.text.is_empty());
        let others: Vec<usize> = (0..row.len()).filter(|at| *at != name && is_filled(row, *at)).collect();
        let rows: Vec<&Vec<Cell>> = body.iter().filter(|row| is_filled(row, name)).collect();
        let is_figure = |row: &&&Vec<Cell>| row.get(name).is_some_and(|cell| cell.text.ends_with(FIGURES));
        let holds_half = |row: &&Vec<Cell>| others.iter().filter(|at| is_filled(row, **at)).count() * 2 >= others.len();
        !self.in_program()
            && (others.len() >= FEWEST_OTHERS || (rows.len() >= 2 && is_short_list(row, name, &rows)))
            && rows.iter().filter(is_figure).count() * 2 < rows.len()
            && rows.iter().all(holds_half)
            && others.iter().all(|at| rows.iter().any(|row| is_filled(row, *at)))
    }
}

/// 事業名 alone, or beside one head that is no name of a program, over short words: a form of two columns has labels below 事業名,
/// most of which are known.
fn is_short_list(row: &[Cell], name: usize, rows: &[&Vec<Cell>]) -> bool {
    const NAMES: &[&str] = &["事業", "業務", "事務", "対策", "支援", "推進", "整備", "講座", "会", "祭"];
    let others: Vec<usize> =
        (0..row.len()).filter(|at| *at != name && row.get(*at).is_some_and(|cell| !cell.text.is_empty())).collect();
    let is_short = |text: &str, most: usize| text.chars().count() <= most && !text.contains(['。', '\n']);
    let below = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str());
    others.iter().all(|at| {
        let head = row.get(*at).map_or("", |cell| cell.text.as_str());
        is_short(head, 8) && !NAMES.iter().any(|end| head.ends_with(end)) && below(*at).all(|text| is_short(text, 20))
    }) && below(name).all(|text| is_short(text, 40))
}

/// Whether figures stand below all heads but that of the names: one row of a list, and no values beside their labels.
pub(super) fn are_figures_below(row: &[Cell], name: usize, body: &[Vec<Cell>]) -> bool {
    let is_head = |at: &usize| *at != name && row.get(*at).is_some_and(|cell| !cell.text.is_empty());
    let is_figure = |below: &[Cell], at: usize| below.get(at).is_some_and(|cell| begins_as_figure(&cell.text));
    body.iter().all(|below| (0..row.len()).filter(is_head).all(|at| is_figure(below, at)))
}

/// A figure, with what may stand behind it, or the mark that there is none.
pub(super) fn begins_as_figure(text: &str) -> bool {
    text.starts_with(|c| is_digit(c) || "△▲￥¥".contains(c)) || is_no_value(text)
}
