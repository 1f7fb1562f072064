//! A text with Tabs, as a published report gives it when its pages are copied: paragraphs, and tables where Tabs stand.
//! Knows nothing of programs.

use super::document::{Block, Cell, Document, Paragraph, Table};
use super::grid::MOST_COLUMNS;
use super::place::letters;
use super::typed::typed;
use crate::syntax::chars::is_blank;

/// Bytes that a cell of Excel can hold
const MOST_IN_CELL: usize = 4 * 32_767;

/// One document; nothing for a text without letters, or with more columns than anybody writes. Blank lines mean nothing, but no table goes on behind one.
pub fn read_text(name: &str, text: &str) -> Vec<Document> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let mut blocks = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut first = 0;
    let (mut rest, mut index) = (text.as_str(), 0);
    while !rest.is_empty() {
        let (fields, lines, behind) = fields(rest);
        if fields.len() > MOST_COLUMNS {
            return Vec::new();
        }
        let line = fields.join("\t");
        let body = line.trim_matches(is_blank);
        // A Tab in front is 字下げ; below a row one in front or behind is a blank cell.
        let is_row = body.contains('\t') || (!rows.is_empty() && line.contains('\t') && !body.is_empty());
        if is_row {
            if rows.is_empty() {
                first = index;
            }
            rows.push(fields.iter().map(|field| tidy(field)).collect());
        } else {
            blocks.extend(table(&mut rows, first));
            if !body.is_empty() {
                let text = tidy(body);
                blocks.push(Block::Paragraph(Paragraph { text, heading: None, place: format!("{}行目", index + 1) }));
            }
        }
        (rest, index) = (behind, index + lines);
    }
    blocks.extend(table(&mut rows, first));
    if blocks.is_empty() {
        Vec::new()
    } else {
        vec![Document { name: name.to_string(), blocks, ..Document::default() }]
    }
}

/// The fields of a line, how many lines of the text they take, and what stands behind them.
fn fields(text: &str) -> (Vec<String>, usize, &str) {
    let (mut fields, mut lines, mut rest) = (Vec::new(), 1, text);
    loop {
        let (field, behind) = match quoted(rest) {
            Some((field, behind)) => {
                lines += field.matches('\n').count();
                (typed(&field), behind)
            }
            None => {
                let (field, behind) = rest.split_at(rest.find(['\t', '\n']).unwrap_or(rest.len()));
                (typed(field), behind)
            }
        };
        fields.push(field);
        match behind.strip_prefix('\t') {
            Some(next) => rest = next,
            None => return (fields, lines, behind.strip_prefix('\n').unwrap_or(behind)),
        }
    }
}

/// A field as Excel saves it where a line end, a Tab, a comma or a quote stands in it. Any other quote is a letter.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut from = 0;
    loop {
        let end = from + inside.get(from..)?.find('"').filter(|end| from + end <= MOST_IN_CELL)?;
        let behind = inside.get(end + 1..)?;
        if behind.starts_with('"') {
            from = end + 2;
            continue;
        }
        let field = inside.get(..end)?.replace("\"\"", "\"");
        let is_whole = behind.is_empty() || behind.starts_with(['\t', '\n']);
        return (is_whole && field.contains(['\n', '\t', ',', '"'])).then_some((field, behind));
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
    // As Excel calls them, from which such texts are saved.
    let columns = (0..u32::try_from(width).ok()?).map(letters).collect();
    Some(Block::Table(Table { rows: rows.collect(), place: format!("{}行目", first + 1), columns }))
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
        let saved = "番号\t名称\t額\n1\t\"見学会の\n開催\"\t\"1,250\"\n2\t\"「海」の\"\"本\"\"\"\t\"=\"\"0980\"\"\"\n\"港\" と\t\"海\"\t3\n";
        let documents = read_text("一覧.txt", saved);
        let [Block::Table(table)] = documents[0].blocks.as_slice() else { panic!("a table") };
        let texts: Vec<&str> = table.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
        let expected = [
            "番号",
            "名称",
            "額",
            "1",
            "見学会の\n開催",
            "1,250",
            "2",
            "「海」の\"本\"",
            "0980",
            "\"港\" と",
            "\"海\"",
            "3",
        ];
        assert_eq!(texts, expected);
        assert!(read_text("空.txt", "\n \n\t\n").is_empty());
    }
}
