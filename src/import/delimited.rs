//! CSV texts, with commas or Tabs. Knows nothing of what their columns mean.

use super::document::Document;
use super::grid::{Grid, tidy};
use super::typed::typed;

/// The lines by which commas and Tabs are told apart.
const LINES_AT_HEAD: usize = 10;

/// One document; nothing for a text without cells, or with more than anybody writes.
pub fn read_table_text(name: &str, text: &str) -> Vec<Document> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let (mut grid, mut lines, mut record) = (Grid::default(), Vec::new(), csv::StringRecord::new());
    let (mut row, mut line, mut counted) = (0_u32, 1, 0);
    // A text in memory that is cut at ASCII characters gives no errors.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let rest = text.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches('\n').len();
        line += text.get(counted..start + blank).unwrap_or_default().matches('\n').count();
        counted = start + blank;
        // The library leaves blank lines out; they part tables.
        row += u32::from(blank > 0);
        lines.resize(row as usize, line);
        lines.push(line);
        for (column, cell) in (0_u32..).zip(&record) {
            grid.set(row, column, tidy(&typed(cell)));
        }
        row += 1;
    }
    let place = |row: u32, _| format!("{}行目", lines.get(row as usize).copied().unwrap_or(1));
    let blocks = grid.blocks(place).unwrap_or_default();
    if blocks.is_empty() {
        Vec::new()
    } else {
        vec![Document { name: name.to_string(), blocks, ..Document::default() }]
    }
}

/// A comma may stand in any amount, a Tab in no text.
fn delimiter(text: &str) -> u8 {
    let with = |mark: char| text.lines().take(LINES_AT_HEAD).filter(|line| line.contains(mark)).count();
    if with('\t') > 0 && with('\t') >= with(',') { b'\t' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::super::document::Block;
    use super::read_table_text;

    #[test]
    fn rows_are_parted_where_a_blank_line_parts_them() {
        let text = "一覧\r\n番号,名称\r\n1,\"二行の\r\n名称\"\r\n2,次\r\n\r\n3,その他,備考\r\n";
        let documents = read_table_text("一覧.csv", text);
        let places: Vec<(String, usize)> = documents[0]
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => (format!("{} {}", paragraph.place, paragraph.text), 0),
                Block::Table(table) => (table.place.clone(), table.rows.len()),
            })
            .collect();
        let expected = [("1行目 一覧".to_string(), 0), ("2行目".to_string(), 3), ("7行目".to_string(), 1)];
        assert_eq!(places, expected);
        let Block::Table(table) = &documents[0].blocks[1] else { panic!("a table") };
        assert_eq!(table.rows[1][1].text, "二行の\n名称");
    }

    #[test]
    fn tabs_part_cells_as_well() {
        let documents = read_table_text("番号.csv", "名称,番号\n訓練,=\"0980\"\n委託,\"=\"\"0981\"\"\"\n");
        let Block::Table(table) = &documents[0].blocks[0] else { panic!("a table") };
        assert_eq!([&table.rows[1][1].text, &table.rows[2][1].text], ["0980", "0981"]);
        let documents = read_table_text("円.csv", "名称,事業費\n訓練,\"\\1,250,000\"\n");
        let Block::Table(table) = &documents[0].blocks[0] else { panic!("a table") };
        assert_eq!(table.rows[1][1].text, "¥1,250,000");
        let documents = read_table_text("貼り付け.txt", "名称\t事業費\n訓練, 委託\t1,234千円\n");
        let Block::Table(table) = &documents[0].blocks[0] else { panic!("a table") };
        assert_eq!(table.rows[1][1].text, "1,234千円");
    }
}
