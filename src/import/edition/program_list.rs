//! The list of a chapter: the order of its programs, what is 再掲, what is 新規, 小計, and what the notes below it say.

use super::drafts::Listed;
use super::pieces::{Anchor, Covered, Line, Piece, Slot, Style, head_rows};
use crate::form::{ColumnSource, Form};

/// 再掲, as a number or behind a name
const RELISTED: &str = "再掲";

#[derive(Debug, Default)]
pub(super) struct PrintedList<'a> {
    pub(super) rows: Vec<ListedRow<'a>>,
    pub(super) subtotal: Option<String>,
    /// What a program has outside the sum: by its number in the chapter or its name, and why
    pub(super) outside: Vec<(Who, String)>,
    /// Notes that say something else
    pub(super) notes: Vec<String>,
    /// The lower row of the head
    pub(super) heads: Vec<String>,
}

/// A program's row, or its rows where a table stands in it.
#[derive(Debug, Default)]
pub(super) struct ListedRow<'a> {
    pub(super) listed: Listed,
    pub(super) rows: Vec<&'a [Slot]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// From 1
    Number(usize),
    Name(String),
}

pub(super) fn printed_list<'a>(pieces: &[&'a Piece], form: &Form) -> PrintedList<'a> {
    let mut made = PrintedList::default();
    for piece in pieces {
        match piece {
            Piece::Line(line) if line.style == Style::Computed => {}
            Piece::Line(line) => note(line, &mut made),
            Piece::Table(rows) => table(rows, form, &mut made),
        }
    }
    made
}

/// Where each column of the list begins, as many places as its table has parts.
pub(super) fn columns(form: &Form, heads: &[Vec<Slot>]) -> Vec<(usize, usize)> {
    let Some(upper) = heads.first() else { return Vec::new() };
    let begins = upper.iter().enumerate().filter(|(_, slot)| slot.covered != Covered::Left).map(|(at, _)| at);
    let begins: Vec<usize> = begins.collect();
    let ends = begins.iter().skip(1).copied().chain([upper.len()]);
    let all: Vec<(usize, usize)> = begins.iter().copied().zip(ends).collect();
    if all.len() == form.list.columns.len() { all } else { Vec::new() }
}

fn table<'a>(rows: &'a [Vec<Slot>], form: &Form, made: &mut PrintedList<'a>) {
    let (heads, body) = rows.split_at_checked(head_rows(rows)).unwrap_or((&[], rows));
    let columns = columns(form, heads);
    let place = |what: &ColumnSource| {
        let at = form.list.columns.iter().position(|column| column.what == *what)?;
        columns.get(at).map(|(begin, _)| *begin)
    };
    let name = place(&ColumnSource::Name);
    made.heads = heads.last().map(|row| row.iter().map(Slot::text).collect()).unwrap_or_default();
    for row in body {
        let text = |at: Option<usize>| at.and_then(|at| row.get(at)).map(Slot::text).unwrap_or_default();
        let first = text(Some(0));
        let named = name.and_then(|name| row.get(name));
        let is_sum = named.is_some_and(|slot| slot.covered == Covered::Left)
            || matches!(first.as_str(), "小計" | "合計")
            || first.ends_with("　計");
        if is_sum {
            if first == "小計" {
                made.subtotal = Some(text(place(&ColumnSource::Amount))).filter(|sum| !sum.is_empty());
            }
            continue;
        }
        let key = named.or(row.first());
        if key.is_some_and(|slot| slot.covered == Covered::Above) {
            made.rows.last_mut().into_iter().for_each(|last| last.rows.push(row));
            continue;
        }
        let bookmark = named.into_iter().flat_map(|slot| &slot.lines).find_map(|line| match &line.anchor {
            Some(Anchor::Program(anchor)) => Some(anchor.clone()),
            Some(Anchor::Chapter(_) | Anchor::Part) | None => None,
        });
        let led = row.iter().flat_map(|slot| &slot.lines).flat_map(|line| &line.leads_to).next().cloned();
        let typed = text(name);
        let bare = typed.trim_end_matches("（再掲）");
        let category = place(&ColumnSource::Category).map(|at| text(Some(at))).filter(|text| !text.is_empty());
        let listed = Listed {
            is_relisted: text(place(&ColumnSource::Number)) == RELISTED || bare.len() < typed.len(),
            name: bare.replace('\n', ""),
            anchor: bookmark.or(led),
            is_new: !text(place(&ColumnSource::New)).is_empty(),
            category,
        };
        made.rows.push(ListedRow { listed, rows: vec![row] });
    }
}

/// `No.4の事業費は小計及び合計に含まない（理由）。` and the like; what 再掲 means is computed.
fn note(line: &Line, made: &mut PrintedList<'_>) {
    let text = line.flat();
    let reason = || text.split_once("に含まない（").and_then(|(_, reason)| reason.strip_suffix("）。"));
    let who = || {
        if let Some(rest) = text.strip_prefix("No.") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return digits.parse().ok().map(Who::Number);
        }
        let (name, _) = text.strip_prefix('「')?.rsplit_once("」の")?;
        Some(Who::Name(name.to_string()))
    };
    match who().zip(reason()) {
        Some((who, reason)) => made.outside.push((who, reason.to_string())),
        None if text.starts_with(RELISTED) && text.contains("に含まない") => {}
        None => made.notes.push(format!("{}{text}", line.marker)),
    }
}
