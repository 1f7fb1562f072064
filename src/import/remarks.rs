//! What a workbook has that a person must look at: errors of its formulas, cells that show something else than they hold, hidden
//! rows and sheets, and what was not read. A line for each kind.

use super::book::Book;
use super::colour::white_words;
use super::named::first_places;
use super::place::letters;
use super::sheet::{Placed, Sheet};
use super::superscripts::rewritten;

pub(super) fn remarks(book: &Book) -> Vec<String> {
    let placed = |of: fn(&Sheet) -> &[Placed], words: &dyn Fn(usize, &str) -> String| {
        let places: Vec<String> = book.sheets.iter().flat_map(|sheet| sheet_places(book, sheet, of(sheet))).collect();
        (!places.is_empty()).then(|| words(places.len(), &first_places(&places)))
    };
    let sentences = [
        placed(|sheet| &sheet.errors, &|count, places| {
            format!(
                "Excel のエラーの表示が{count}か所あります（{places}）。値ではないので、元の式を直すか、取り込んだ後で正しい値を書いてください。"
            )
        }),
        placed(|sheet| &sheet.uncounted, &|count, places| {
            format!(
                "計算の結果が保存されていない式が{count}か所あり（{places}）、空欄としました。Excel で開いて上書き保存してから、もう一度取り込んでください。"
            )
        }),
        placed(|sheet| &sheet.unknown, &|count, places| {
            format!(
                "画面にどう表示されるか分からない数が{count}か所あります（{places}）。表示形式を除いた数をそのまま入れたので、Excel の画面と見比べて直してください。"
            )
        }),
        placed(|sheet| &sheet.blank, &|count, places| {
            format!(
                "値があるのに画面に表示しない欄が{count}か所あります（{places}）。画面のとおり空欄としました。要るときは書き足してください。"
            )
        }),
        placed(|sheet| &sheet.white, &white_words),
        placed(|sheet| &sheet.raised, &rewritten),
        placed(|sheet| &sheet.zeros, &|count, places| {
            format!(
                "ゼロを表示しないシートです（{places}）。値が 0 の欄{count}か所は、画面のとおり空欄としました。0 と載せるときは書き足してください。"
            )
        }),
        hidden_lines(book),
        hidden_sheets(book),
        unread(book),
    ];
    sentences.into_iter().flatten().chain(conditional(book)).collect()
}

/// A line for each place, so that each can be looked at.
fn conditional(book: &Book) -> Vec<String> {
    let of = |sheet: &Sheet| {
        let front = front(book, sheet);
        let line = |(place, does): &Placed| {
            format!(
                "{front}{place} の条件付き書式（{does}）は使わずに読みました。条件に合う欄は画面では違って見えるので、Excel の画面を目で確かめて直してください。"
            )
        };
        sheet.conditional.iter().map(line).collect::<Vec<_>>()
    };
    book.sheets.iter().flat_map(of).collect()
}

fn sheet_places(book: &Book, sheet: &Sheet, places: &[Placed]) -> Vec<String> {
    let value = |text: &str| if text.is_empty() { String::new() } else { format!("「{text}」") };
    places.iter().map(|(place, text)| format!("{}{place}{}", front(book, sheet), value(text))).collect()
}

/// `「就職支援」の` where several sheets are read
fn front(book: &Book, sheet: &Sheet) -> String {
    if book.sheets.len() > 1 { format!("「{}」の", sheet.name) } else { String::new() }
}

fn hidden_lines(book: &Book) -> Option<String> {
    let mut places = Vec::new();
    for sheet in &book.sheets {
        let (rows, columns) = sheet.hidden();
        let front = front(book, sheet);
        places.extend(rows.iter().map(|row| format!("{front}{}行目", row + 1)));
        places.extend(columns.iter().map(|column| format!("{front}{}列", letters(*column))));
    }
    (!places.is_empty()).then(|| {
        format!(
            "非表示の行や列の中も読みました（{}）。載せてはいけないものが入っていないか、確かめてください。",
            first_places(&places)
        )
    })
}

fn hidden_sheets(book: &Book) -> Option<String> {
    let names: Vec<String> = book.hidden.iter().map(|name| format!("「{name}」")).collect();
    (!names.is_empty()).then(|| {
        format!(
            "非表示のシート{}は読んでいません。取り込むときは、Excel で再表示して保存し直してください。",
            names.concat()
        )
    })
}

fn unread(book: &Book) -> Option<String> {
    let sum = |of: fn(&Sheet) -> usize| book.sheets.iter().map(of).sum::<usize>();
    let things = [
        ("コメント", sum(|sheet| sheet.remarks), "件"),
        ("図や写真", sum(|sheet| sheet.pictures), "個"),
        ("チェックボックスなどの部品", sum(|sheet| sheet.fields), "個"),
        ("グラフ", sum(|sheet| sheet.charts) + book.charts, "個"),
    ];
    let things: Vec<String> = things
        .iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(what, count, counter)| format!("{what} {count}{counter}"))
        .collect();
    (!things.is_empty()).then(|| {
        format!("{}は読んでいません。要る文や数があれば、元のファイルを見て書き足してください。", things.join("、"))
    })
}
