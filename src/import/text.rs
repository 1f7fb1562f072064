//! A text with Tabs, as a published report gives it when its pages are copied: paragraphs, and tables where Tabs stand.
//! Knows nothing of programs.

use super::document::{Block, Cell, Document, Paragraph, Table};
use crate::syntax::chars::is_blank;

/// One document; nothing for a text without letters. Blank lines mean nothing, but no table goes on behind one.
pub fn read_text(name: &str, text: &str) -> Vec<Document> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let mut blocks = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut first = 0;
    for (index, line) in text.split('\n').enumerate() {
        let body = line.trim_matches(is_blank);
        // A Tab in front is 字下げ; below a row one in front or behind is a blank cell.
        let is_row = body.contains('\t') || (!rows.is_empty() && line.contains('\t') && !body.is_empty());
        if is_row {
            if rows.is_empty() {
                first = index;
            }
            rows.push(line.split('\t').map(tidy).collect());
            continue;
        }
        blocks.extend(table(&mut rows, first));
        if !body.is_empty() {
            let text = tidy(body);
            blocks.push(Block::Paragraph(Paragraph { text, heading: None, place: format!("{}行目", index + 1) }));
        }
    }
    blocks.extend(table(&mut rows, first));
    if blocks.is_empty() {
        Vec::new()
    } else {
        vec![Document { name: name.to_string(), blocks, ..Document::default() }]
    }
}

fn tidy(text: &str) -> String {
    text.trim_matches(is_blank).replace(['\u{b}', '\u{2028}'], "\n")
}

/// The rows, all as long as the longest.
fn table(rows: &mut Vec<Vec<String>>, first: usize) -> Option<Block> {
    let width = rows.iter().map(Vec::len).max()?;
    let rows = std::mem::take(rows).into_iter().map(|mut row| {
        row.resize(width, String::new());
        row.into_iter().map(|text| Cell { text, ..Cell::default() }).collect()
    });
    Some(Block::Table(Table { rows: rows.collect(), place: format!("{}行目", first + 1) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_make_tables_and_all_else_is_paragraphs() {
        let documents = read_text(
            "章.txt",
            "\u{feff}一\r\n\r\n項目名\t元年度\t2年度\r\n組\t回数\t6回\r\n\t\t7回\r\n\r\n\t字下げ\n",
        );
        let shown: Vec<String> = documents
            .iter()
            .flat_map(|document| &document.blocks)
            .map(|block| match block {
                Block::Paragraph(paragraph) => format!("{} {}", paragraph.place, paragraph.text),
                Block::Table(table) => {
                    let row = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("/");
                    format!("{} {}", table.place, table.rows.iter().map(row).collect::<Vec<_>>().join(" "))
                }
            })
            .collect();
        assert_eq!(shown, ["1行目 一", "3行目 項目名/元年度/2年度 組/回数/6回 //7回", "7行目 字下げ"]);
        assert!(read_text("空.txt", "\n \n\t\n").is_empty());
    }
}
