//! How wide the columns of a list of programs are, by what stands in them: as `templates/parts/columns.typ` and `wide-columns.typ`
//! have it. Widths in em.

use super::look::{ems, widest};
use crate::view::{ListColumnKind, ListColumnView, ListView};

/// What the longest word of a column may be that no line parts
const LONGEST_CODE: f64 = 12.0;
const LEAST_NAME: f64 = 10.0;
const LEAST_PROSE: f64 = 9.0;

/// The room that a column needs, and the least with which it can do; or its share of what is left.
#[derive(Debug, Clone, Copy)]
enum Need {
    Room(f64, f64),
    Share { share: f64, least: f64 },
}

/// The widths of all columns, of a table of `width` pt and letters of `size` pt, and the size with which they fit.
pub(super) fn tracks(columns: &[ListColumnView], list: &ListView, width: f64, size: f64) -> (f64, Vec<f64>) {
    let flexible = flexible(columns);
    let needs: Vec<Need> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            if Some(at) == flexible {
                return Need::Share { share: 1.0, least: LEAST_NAME };
            }
            let (most, least) = need(column.kind, &column.head, &texts(list, at), &sums(list, at));
            Need::Room(most, least)
        })
        .collect();
    shared_out(&needs, width, size)
}

/// The same of a table of everything: a track for each part of a column that is a table.
pub(super) fn wide_tracks(columns: &[ListColumnView], list: &ListView, width: f64, size: f64) -> (f64, Vec<f64>) {
    let needs: Vec<Need> = columns.iter().enumerate().flat_map(|(at, column)| wide_needs(column, list, at)).collect();
    shared_out(&needs, width, size)
}

fn shared_out(needs: &[Need], width: f64, size: f64) -> (f64, Vec<f64>) {
    let most: f64 = needs
        .iter()
        .map(|need| match need {
            Need::Room(most, _) => *most,
            Need::Share { least, .. } => *least,
        })
        .sum();
    let least: f64 = needs
        .iter()
        .map(|need| match need {
            Need::Room(_, least) | Need::Share { least, .. } => *least,
        })
        .sum();
    let size = if least * size <= width { size } else { (width / least).max(size.min(7.5)) };
    let room = width / size;
    let part = if most <= room || most <= least { 1.0 } else { ((room - least) / (most - least)).clamp(0.0, 1.0) };
    let scale = (room / least).min(1.0);
    let fixed: Vec<Option<f64>> = needs
        .iter()
        .map(|need| match need {
            Need::Room(most, least) => Some((least + part * (most - least)) * scale),
            Need::Share { .. } => None,
        })
        .collect();
    let left = (room - fixed.iter().flatten().sum::<f64>()).max(0.0);
    let shares: f64 = needs
        .iter()
        .map(|need| match need {
            Need::Share { share, .. } => *share,
            Need::Room(..) => 0.0,
        })
        .sum();
    let spare = if shares > 0.0 { 1.0 } else { (room / fixed.iter().flatten().sum::<f64>().max(1.0)).max(1.0) };
    let tracks = needs.iter().zip(&fixed).map(|(need, fixed)| match (need, fixed) {
        (Need::Share { share, .. }, _) => share / shares * left * size,
        (Need::Room(..), fixed) => fixed.unwrap_or(0.0) * spare * size,
    });
    (size, tracks.collect())
}

/// What takes the rest: the names, else the first text.
fn flexible(columns: &[ListColumnView]) -> Option<usize> {
    let wanted = [ListColumnKind::Name, ListColumnKind::Text, ListColumnKind::Departments];
    wanted.iter().find_map(|kind| columns.iter().position(|column| column.kind == *kind))
}

fn texts(list: &ListView, at: usize) -> Vec<&str> {
    list.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.text.as_str()).collect()
}

fn sums(list: &ListView, at: usize) -> Vec<&str> {
    list.sums.iter().filter_map(|sum| sum.cells.get(at)).map(String::as_str).collect()
}

fn widest_of<'a>(texts: impl IntoIterator<Item = &'a &'a str>) -> f64 {
    texts.into_iter().map(|text| widest(text)).fold(0.0, f64::max)
}

/// A long head takes two lines: `whole` is how long one may be that takes one. Its unit stands below.
fn head_room(head: &str, whole: f64) -> f64 {
    let parts = head.split('（').enumerate().map(|(index, part)| {
        let own = ems(part) + if index > 0 { 1.0 } else { 0.0 };
        if own > whole { own / 2.0 + 0.6 } else { own }
    });
    parts.fold(0.0, f64::max)
}

/// The longest run of letters and figures, which no line parts
fn widest_code(texts: &[&str]) -> f64 {
    let runs = texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_graphic()));
    runs.map(|run| ems(run) + 0.5).fold(0.0, f64::max).min(LONGEST_CODE)
}

fn need(kind: ListColumnKind, head: &str, texts: &[&str], sums: &[&str]) -> (f64, f64) {
    let own = widest_of(texts);
    match kind {
        ListColumnKind::Number => (2.9, 2.9),
        ListColumnKind::Page => (3.4, 3.4),
        ListColumnKind::Amount => {
            let figures = texts.iter().filter(|text| text.contains(|c: char| c.is_ascii_digit())).chain(sums);
            let least = (1.6 + widest_of(figures)).max(5.8);
            (least.max(head_room(head, 7.0) + 0.4), least.max(head_room(head, 6.5) + 0.3))
        }
        ListColumnKind::Mark => {
            let least = if own > 5.0 { own / 3.0 + 0.5 } else { own + 0.5 };
            (
                (own + 1.0).min(9.0).max(head_room(head, 7.0) + 0.2).max(3.7),
                least.max(head_room(head, 3.0) + 0.2).max(3.7),
            )
        }
        ListColumnKind::Departments => (11.1, (own + 1.2).clamp(5.0, 8.0)),
        ListColumnKind::Name | ListColumnKind::Text | ListColumnKind::Prose | ListColumnKind::Table => {
            let code = widest_code(texts) + 1.2;
            let most = (own + 1.2).max(head_room(head, 7.0) + 0.4).clamp(3.7, 12.0);
            let least = (own + 1.2).min(5.0).max(head_room(head, 5.0) + 0.6).clamp(3.7, 6.0);
            (code.max(most), code.max(least))
        }
    }
}

fn wide_needs(column: &ListColumnView, list: &ListView, at: usize) -> Vec<Need> {
    let texts = texts(list, at);
    let own = widest_of(&texts);
    match column.kind {
        ListColumnKind::Prose => {
            let letters = list.rows.iter().filter_map(|row| row.cells.get(at));
            let longest = letters.map(|cell| cell.blocks.iter().map(|block| block.text.len()).sum::<usize>()).max();
            let longest = f64::from(u32::try_from(longest.unwrap_or(0).max(60)).unwrap_or(u32::MAX));
            vec![Need::Share { share: longest.powf(0.4), least: LEAST_PROSE }]
        }
        ListColumnKind::Table => parts_of(column, list, at),
        ListColumnKind::Name => vec![Need::Room((own + 1.2).clamp(6.0, 11.0), 6.0)],
        ListColumnKind::Departments => {
            let own = (own + 1.2).clamp(4.5, 9.0);
            vec![Need::Room(own, own.min(6.4))]
        }
        ListColumnKind::Number
        | ListColumnKind::Amount
        | ListColumnKind::Mark
        | ListColumnKind::Page
        | ListColumnKind::Text => {
            let (most, least) = need(column.kind, &column.head, &texts, &sums(list, at));
            vec![Need::Room(most, least)]
        }
    }
}

fn parts_of(column: &ListColumnView, list: &ListView, at: usize) -> Vec<Need> {
    let cells = || list.rows.iter().filter_map(|row| row.cells.get(at));
    let part = |(index, head): (usize, &String)| {
        let own = cells().flat_map(|cell| &cell.rows).filter_map(|row| row.get(index));
        let own = own.map(|text| widest(text)).fold(0.0, f64::max) + 1.2;
        let head = widest(head) + 0.8;
        if index == 0 {
            Need::Room(own.clamp(4.0, 11.0), own.clamp(4.0, 6.0))
        } else {
            Need::Room(own.max(head).clamp(3.0, 8.0), own.min(6.0).clamp(3.0, 8.0))
        }
    };
    column.parts.iter().enumerate().map(part).collect()
}
