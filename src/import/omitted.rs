//! What a file has and its reader did not take as text: words that were struck out or hidden, and things that are not
//! read. Neither goes without a line; the words are kept in the 【メモ】 of the program they stood in.

use std::collections::BTreeMap;

use super::document::{Block, Document, LeftOut};
use super::named::first_places;
use super::place::place_of_cell;
use super::recognise::Recogniser;
use super::typed::is_formula;
use super::word_symbols::UNKNOWN;

/// Characters of a word shown in a line
const SHOWN: usize = 20;
/// Of them in front of a 〓
const BEFORE: usize = 8;

/// One line for each way in which words were taken out, the reader's own, and one for what was not read.
pub fn omitted_from(document: &Document) -> Vec<String> {
    let mut ways: BTreeMap<&str, Vec<&LeftOut>> = BTreeMap::new();
    for left_out in &document.left_out {
        ways.entry(left_out.how).or_default().push(left_out);
    }
    let mut notes: Vec<String> = ways.iter().map(|(how, words)| taken_out(&document.name, how, words)).collect();
    notes.extend(getas(document));
    notes.extend(formulas(document));
    notes.extend(document.remarks.iter().map(|remark| format!("{}：{remark}", document.name)));
    let unread: Vec<String> =
        document.unread.iter().map(|unread| format!("{} {}{}", unread.what, unread.count, unread.counter)).collect();
    if !unread.is_empty() {
        notes.push(format!(
            "{}：{}は読んでいません。要る文や数があれば、元のファイルを見て書き足してください。",
            document.name,
            unread.join("、")
        ));
    }
    notes
}

/// Wherever 〓 stands for what could not be read, whichever reader put it there, or the office itself.
fn getas(document: &Document) -> Option<String> {
    let around = |text: &str| {
        let (before, behind) = text.split_once(UNKNOWN)?;
        let from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        Some(format!("{}{UNKNOWN}{behind}", before.get(from..).unwrap_or_default()))
    };
    let mut places = placed(document, around);
    let left_out = |left_out: &LeftOut| Some(format!("{}「{}」", left_out.place, short(&around(&left_out.text)?)));
    places.extend(document.left_out.iter().filter_map(left_out));
    (!places.is_empty()).then(|| {
        format!(
            "{}：〓の欄や段落が{}か所あります（{}）。記号や数式が読めずに〓としたか、元から〓です。元のファイルを見て、〓を正しい文字に書き換えてください。",
            document.name,
            places.len(),
            first_places(&places)
        )
    })
}

/// A table that was saved as text may hold the formulas themselves.
fn formulas(document: &Document) -> Option<String> {
    let places = placed(document, |text| is_formula(text).then(|| text.to_string()));
    (!places.is_empty()).then(|| {
        format!(
            "{}：計算式のままの欄が{}か所あります（{}）。値ではないので、計算した値に書き換えてください。",
            document.name,
            places.len(),
            first_places(&places)
        )
    })
}

/// The places of texts in which something is found, with what was found.
fn placed(document: &Document, find: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut places = Vec::new();
    let mut look = |text: &str, place: &dyn Fn() -> String| {
        places.extend(find(text).map(|found| format!("{}「{}」", place(), short(&found))));
    };
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => look(&paragraph.text, &|| paragraph.place.clone()),
            Block::Table(table) => {
                for (index, row) in table.rows.iter().enumerate() {
                    for (column, cell) in row.iter().enumerate() {
                        look(&cell.text, &|| place_of_cell(table, index, column));
                    }
                }
            }
        }
    }
    places
}

fn taken_out(name: &str, how: &str, words: &[&LeftOut]) -> String {
    let places: Vec<String> =
        words.iter().map(|left_out| format!("{}「{}」", left_out.place, short(&left_out.text))).collect();
    format!(
        "{name}：{how}の語が{}か所あります（{}）。本文と表には入れず、【メモ】に入れました。",
        words.len(),
        first_places(&places)
    )
}

pub(super) fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

impl Recogniser<'_> {
    /// A sheet of instructions or of pictures: its texts go into 【メモ】, and that is reported.
    pub(super) fn note_without_programs(&mut self, document: &Document) {
        let texts_in = |block: &Block| match block {
            Block::Paragraph(paragraph) => usize::from(!paragraph.text.is_empty()),
            Block::Table(table) => table.rows.iter().flatten().filter(|cell| !cell.text.is_empty()).count(),
        };
        let texts = document.blocks.iter().map(texts_in).sum::<usize>() + document.left_out.len();
        self.review_note(
            format!("事業が見つかりません。書かれている文（{texts}か所）は、ほかに事業があれば【メモ】に入れます。様式の言葉を対応表（--mapping）に書くと読めることがあります"),
            "",
        );
    }

    /// Words that were taken out go to the program they stood in. `hands` is the program at hand after each block, `first`
    /// the first program and the first row of a list that this document gave.
    pub(super) fn keep_left_out(&mut self, document: &Document, hands: &[Option<usize>], first: (usize, usize)) {
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        for (index, program) in self.drafts.listed.iter().enumerate().skip(first.1) {
            rows.entry(row_of(&program.place.at).to_string()).or_insert(index);
        }
        for left_out in &document.left_out {
            let LeftOut { how, text, place, block } = left_out;
            let said = self.said(&format!("{how}の語：{}（{place}）", text.replace('\n', "　")), place);
            let hand = block.and_then(|block| hands.get(block).or(hands.last())).copied().flatten();
            let row = rows.get(row_of(place)).copied();
            let only = (self.drafts.programs.len() == first.0 + 1).then_some(first.0);
            let home = match row {
                Some(row) => self.drafts.listed.get_mut(row),
                None => hand.or(only).and_then(|index| self.drafts.programs.get_mut(index)),
            };
            match home {
                Some(program) => program.memo.push(said),
                None => self.drafts.chapter.memo.push(said),
            }
        }
    }
}

/// The row of a cell: `7` of `B7`.
fn row_of(place: &str) -> &str {
    let row = place.trim_start_matches(|c: char| c.is_ascii_uppercase());
    if !row.is_empty() && row.bytes().all(|b| b.is_ascii_digit()) { row } else { place }
}

#[cfg(test)]
mod tests {
    use super::super::delimited::read_table_text;
    use super::super::document::Unread;
    use super::*;

    #[test]
    fn what_was_left_out_is_named_with_its_places_and_what_was_not_read_is_counted() {
        let word = |text: &str, place: &str| LeftOut {
            how: "取り消し線",
            text: text.to_string(),
            place: place.to_string(),
            block: None,
        };
        let document = Document {
            name: "様式.docx".to_string(),
            left_out: vec![word("96", "3段落目"), word("1,500", "表1の2行目")],
            unread: vec![Unread { what: "コメント", count: 3, counter: "件" }],
            ..Document::default()
        };
        assert_eq!(
            omitted_from(&document),
            [
                "様式.docx：取り消し線の語が2か所あります（3段落目「96」、表1の2行目「1,500」）。本文と表には入れず、【メモ】に入れました。",
                "様式.docx：コメント 3件は読んでいません。要る文や数があれば、元のファイルを見て書き足してください。",
            ]
        );
        let text = "名称,額\n訓練,=SUM(B2:B3)\n";
        let said = read_table_text("額.csv", text).iter().flat_map(omitted_from).collect::<String>();
        assert!(said.contains("計算式のままの欄が1か所あります（2行目のB列「=SUM(B2:B3)」）"), "{said}");
        assert!(omitted_from(&Document::default()).is_empty());
        assert_eq!([row_of("D7"), row_of("表1の2行目")], ["7", "表1の2行目"]);
    }
}
