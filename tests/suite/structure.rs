//! The tags inside the PDF, read back and compared with the view that the pages were made from.

use std::collections::BTreeMap;

use serde_json::Value;

use jigyo::pipeline::view_json;

use crate::structure_tree::{Node, structure_of};
use crate::tools::{build_folder, check_folder, sample_reports, squeezed};

/// A value cell: what it says, and what heads it.
#[derive(Debug, PartialEq, Eq)]
struct Fact {
    text: String,
    column: String,
    /// The label of its first row, and of its group
    rows: Vec<String>,
}

fn words(value: &Value) -> String {
    squeezed(value.as_str().unwrap())
}

/// The facts of a table of indicators, worked out from the view alone.
fn facts_of_table(table: &Value) -> Vec<Fact> {
    let labels = usize::try_from(table["label_columns"].as_u64().unwrap()).unwrap();
    let columns = table["columns"].as_array().unwrap();
    let width = labels + columns.len() - 1;
    // For each column: rows still covered from above, and by which label.
    let mut covered: Vec<(u64, Option<String>)> = vec![(0, None); width];
    let mut facts = Vec::new();
    for row in table["rows"].as_array().unwrap() {
        let mut at = 0;
        let mut heads: Vec<String> = Vec::new();
        let mut values = Vec::new();
        let mut cells = row["cells"].as_array().unwrap().iter().peekable();
        while at < width {
            if covered[at].0 > 0 {
                heads.extend(covered[at].1.clone());
                at += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let is_label = cell["label"] == true;
            let (colspan, rowspan) = (cell["colspan"].as_u64().unwrap(), cell["rowspan"].as_u64().unwrap());
            let text = words(&cell["text"]);
            if is_label {
                heads.push(text.clone());
            } else {
                values.push((text.clone(), words(&columns[at + 1 - labels]["label"])));
            }
            for _ in 0..colspan {
                covered[at] = (rowspan, is_label.then(|| text.clone()));
                at += 1;
            }
        }
        facts.extend(values.into_iter().map(|(text, column)| Fact { text, column, rows: heads.clone() }));
        for column in &mut covered {
            column.0 = column.0.saturating_sub(1);
        }
    }
    facts
}

/// The facts of a table whose rows are a label and plain cells.
fn facts_of_rows(columns: &[Value], rows: impl Iterator<Item = (String, Vec<String>)>) -> Vec<Fact> {
    rows.flat_map(|(label, cells)| {
        let facts = cells.into_iter().enumerate();
        facts
            .map(|(at, text)| Fact { text, column: words(&columns[at]), rows: vec![label.clone()] })
            .collect::<Vec<_>>()
    })
    .collect()
}

fn facts_of_part(part: &Value) -> Option<Vec<Fact>> {
    let columns = part.get("columns")?.as_array().unwrap();
    let row = |row: &Value| {
        let cells = row["cells"].as_array().unwrap().iter().map(words).collect();
        (words(&row["number"]) + &words(&row["label"]), cells)
    };
    let rows = part["rows"].as_array().unwrap().iter().chain([&part["total"]]).map(row);
    Some(facts_of_rows(&columns[1..], rows))
}

/// The facts of every table in the order of the pages; those of a list are told by its rows.
fn facts_of(view: &Value) -> Vec<Vec<Fact>> {
    let parts = |name: &str| view[name].as_array().unwrap().iter().filter_map(facts_of_part).collect::<Vec<_>>();
    let mut tables = parts("front");
    for chapter in view["chapters"].as_array().unwrap() {
        tables.push(Vec::new());
        for program in chapter["programs"].as_array().unwrap() {
            let sections = program["sections"].as_array().unwrap();
            tables
                .extend(sections.iter().flat_map(|section| section["tables"].as_array().unwrap()).map(facts_of_table));
        }
    }
    tables.extend(parts("back"));
    tables
}

#[test]
fn every_cell_of_every_table_is_found_under_its_heads() {
    for folder in sample_reports() {
        let view: Value = serde_json::from_str(&view_json(&check_folder(&folder), false)).unwrap();
        let root = structure_of(&build_folder(&folder, false).1.expect("builds").pdf);
        let mut tables = Vec::new();
        root.all("Table", &mut tables);
        let expected = facts_of(&view);
        assert_eq!(tables.len(), expected.len(), "{}", folder.display());
        let mut compared = 0;
        for (table, facts) in tables.iter().zip(&expected).filter(|(_, facts)| !facts.is_empty()) {
            let (mut heads, mut cells) = (Vec::new(), Vec::new());
            table.all("TH", &mut heads);
            table.all("TD", &mut cells);
            let heads: BTreeMap<&[u8], &Node> = heads.iter().map(|head| (head.id.as_slice(), *head)).collect();
            assert_eq!(cells.len(), facts.len(), "{facts:?}");
            for (cell, fact) in cells.iter().zip(facts) {
                // A head may have heads of its own: a group's label is that of its children.
                let mut ids: Vec<&Vec<u8>> = cell.headers.iter().collect();
                let mut at = 0;
                while let Some(head) = ids.get(at).and_then(|id| heads.get(id.as_slice())) {
                    ids.extend(head.headers.iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
                    at += 1;
                }
                let above: Vec<String> = ids.iter().map(|id| heads[id.as_slice()].whole_text()).collect();
                assert_eq!(cell.whole_text(), fact.text, "{fact:?}");
                assert!(above.contains(&fact.column), "{fact:?} is under {above:?}");
                for label in &fact.rows {
                    assert!(above.contains(label), "{fact:?} is beside {above:?}");
                }
                compared += 1;
            }
        }
        assert!(compared > 50, "{}: {compared}", folder.display());
    }
}

#[test]
fn the_rows_of_the_lists_are_found_under_their_heads() {
    for folder in sample_reports() {
        let view: Value = serde_json::from_str(&view_json(&check_folder(&folder), false)).unwrap();
        let root = structure_of(&build_folder(&folder, false).1.expect("builds").pdf);
        let mut tables = Vec::new();
        root.all("Table", &mut tables);
        let columns: Vec<String> =
            view["list_columns"].as_array().unwrap().iter().map(|column| words(&column["head"])).collect();
        let lists = tables.iter().filter(|table| table.whole_text().starts_with(&columns.concat()));
        let chapters = view["chapters"].as_array().unwrap();
        let mut found = 0;
        for (list, chapter) in lists.zip(chapters) {
            let mut rows = Vec::new();
            list.all("TR", &mut rows);
            for (row, printed) in rows[1..].iter().zip(chapter["list"]["rows"].as_array().unwrap()) {
                let head = row.children().find(|cell| cell.kind == "TH").expect("a row has a head");
                assert_eq!(head.whole_text(), words(&printed["name"]));
                let amount = row.children().find(|cell| cell.whole_text() == words(&printed["cells"][2]["text"]));
                let headers = &amount.expect("the amount is there").headers;
                assert!(headers.contains(&head.id), "{}", printed["name"]);
                found += 1;
            }
        }
        assert_eq!(found, chapters.iter().map(|c| c["list"]["rows"].as_array().unwrap().len()).sum::<usize>());
    }
}

/// What a screen reader says of a program, in its order.
fn said_of(program: &Value) -> Vec<String> {
    let mut said = vec![words(&program["no"]), words(&program["name"]), words(&program["amount"])];
    for section in program["sections"].as_array().unwrap() {
        said.push(words(&section["heading"]));
        for block in section["blocks"].as_array().unwrap() {
            said.push(words(&block["marker"]));
            said.push(words(&block["text"]));
        }
        for table in section["tables"].as_array().unwrap() {
            said.push(words(&table["caption"]));
            said.extend(table["columns"].as_array().unwrap().iter().map(|column| words(&column["label"])));
            for row in table["rows"].as_array().unwrap() {
                said.extend(row["cells"].as_array().unwrap().iter().map(|cell| words(&cell["text"])));
            }
            said.extend(table["notes"].as_array().unwrap().iter().map(|note| words(&note["text"])));
        }
        said.extend(section["photos"].as_array().unwrap().iter().map(|photo| words(&photo["caption"])));
    }
    said.extend(program["departments"].as_array().unwrap().iter().map(words));
    said
}

/// The tagged text is read from front to back; nothing of a program is out of its place, and nothing is left out.
#[test]
fn the_tags_are_read_in_the_order_of_the_pages() {
    for folder in sample_reports() {
        let view: Value = serde_json::from_str(&view_json(&check_folder(&folder), false)).unwrap();
        let root = structure_of(&build_folder(&folder, false).1.expect("builds").pdf);
        let text = root.whole_text();
        let chapters = view["chapters"].as_array().unwrap();
        let mut at = 0;
        for program in chapters.iter().flat_map(|chapter| chapter["programs"].as_array().unwrap()) {
            let said = said_of(program);
            let start = said[..3].concat();
            at += text[at..].find(&start).unwrap_or_else(|| panic!("{start} is not read"));
            for words in &said {
                let Some(ahead) = text[at..].find(words.as_str()) else {
                    panic!("「{words}」 is not read after {at}")
                };
                // Between two things stands nothing but a mark.
                assert!(ahead <= 3, "「{words}」 is read after 「{}」", &text[at..at + ahead]);
                at += ahead + words.len();
            }
        }
    }
}

/// A chart is read as its figures, each with its name.
#[test]
fn the_charts_are_read_as_their_figures() {
    for folder in sample_reports() {
        let view: Value = serde_json::from_str(&view_json(&check_folder(&folder), false)).unwrap();
        let root = structure_of(&build_folder(&folder, false).1.expect("builds").pdf);
        let mut figures = Vec::new();
        root.all("Figure", &mut figures);
        let read: String = figures.iter().map(|figure| squeezed(&figure.alt)).collect();
        let charts = view["back"].as_array().unwrap().iter().filter(|part| part["kind"] == "charts");
        let mut bars = 0;
        for chart in charts.flat_map(|part| part["charts"].as_array().unwrap()) {
            assert!(read.contains(&words(&chart["title"])), "{}", chart["title"]);
            for group in chart["groups"].as_array().unwrap() {
                let alt = words(&group["alt"]);
                assert!(read.contains(&alt), "{alt}");
                for bar in group["bars"].as_array().unwrap() {
                    assert!(alt.contains(&words(&bar["text"])), "{alt} lacks {}", bar["text"]);
                    bars += 1;
                }
            }
        }
        assert!(bars > 8, "{}: {bars}", folder.display());
    }
}
