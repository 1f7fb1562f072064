//! What an export says, read back from CSV and from a workbook, and what the model itself says, in one form.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data as Value, Reader, Xlsx};
use jigyo::export::CsvFile;
use jigyo::model::{
    Amount, Block, BlockKind, Columns, Listing, Photo, Program, ProgramIndex, Report, Role, SectionContent, Text,
};
use jigyo::syntax::Vocabulary;
use jigyo::totals::{subtotal, total};
use rust_decimal::Decimal;

/// A row by its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// Rows by the name of their table.
pub(crate) type Tables = BTreeMap<String, (Vec<String>, Vec<Row>)>;

/// Facts of a report, each as one line.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) programs: Vec<String>,
    pub(crate) departments: Vec<String>,
    pub(crate) cells: Vec<String>,
    pub(crate) sums: Vec<String>,
    pub(crate) list: Vec<String>,
    pub(crate) texts: Vec<String>,
}

pub(crate) fn line(parts: &[&str]) -> String {
    parts.join("¦")
}

/// Without zeros at the end: a spreadsheet keeps the value alone.
pub(crate) fn plain_number(number: &str) -> String {
    number.parse::<Decimal>().map_or_else(|_| number.to_string(), |number| number.normalize().to_string())
}

pub(crate) fn from_csv(files: &[CsvFile]) -> Tables {
    let mut tables = Tables::new();
    for file in files {
        let text = std::str::from_utf8(&file.bytes).unwrap().strip_prefix('\u{FEFF}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        let rows = reader.records().map(|record| {
            let cells = record.unwrap().iter().map(unprotected).collect::<Vec<_>>();
            head.iter().cloned().zip(cells).collect()
        });
        let rows = rows.collect();
        tables.insert(file.name.trim_end_matches(".csv").to_string(), (head, rows));
    }
    tables
}

/// A cell without the apostrophe that made a text of it.
fn unprotected(cell: &str) -> String {
    let bare = cell.trim_start_matches('\'');
    let is_protected = bare.len() < cell.len() && jigyo::tables::is_risky(bare);
    if is_protected { cell[1..].to_string() } else { cell.to_string() }
}

/// The data sheets of a workbook.
pub(crate) fn from_workbook(bytes: &[u8]) -> Tables {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let names: Vec<String> = book.sheet_names().into_iter().filter(|name| name != "一覧").collect();
    let read = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        let mut rows = range.rows().map(|row| row.iter().map(shown).collect::<Vec<_>>());
        let head = rows.next().unwrap();
        let rows = rows.map(|row| head.iter().cloned().zip(row).collect()).collect();
        (name, (head, rows))
    };
    names.into_iter().map(read).collect()
}

pub(crate) fn shown(cell: &Value) -> String {
    match cell {
        Value::Float(number) => number.to_string(),
        Value::Int(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Empty => String::new(),
        Value::Bool(_) | Value::DateTime(_) | Value::DateTimeIso(_) | Value::DurationIso(_) | Value::Error(_) => {
            panic!("{cell:?}")
        }
    }
}

pub(crate) fn facts_of_tables(tables: &Tables) -> Facts {
    let pick = |name: &str, columns: &[&str]| -> Vec<String> {
        let rows = tables[name].1.iter();
        rows.map(|row| line(&columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>())).collect()
    };
    Facts {
        programs: pick(
            "事業",
            &[
                "報告年度（西暦）",
                "章の順",
                "章番号",
                "章名",
                "No.",
                "事業ID",
                "事業名",
                "よみ",
                "旧名称",
                "区分",
                "事業費",
                "事業費の単位",
                "事業費の状態",
                "合計への算入",
                "算入しない理由",
                "担当の数",
            ],
        ),
        departments: pick("担当", &["事業ID", "担当の順", "担当課", "担当グループ", "出先機関"]),
        cells: cells_of_table(&tables["指標"].1),
        sums: pick("集計", &["章の順", "集計", "事業数", "新規の事業数", "事業費"]),
        list: pick("掲載", &["一覧の章の順", "一覧の行", "掲載の別", "事業ID", "章の順", "No."]),
        texts: pick(
            "本文",
            &["章の順", "事業ID", "見出し", "見出しの順", "題", "段落", "種類", "番号", "印", "段落の行", "文"],
        ),
    }
}

/// Rows of one cell put together again.
fn cells_of_table(rows: &[Row]) -> Vec<String> {
    /// What names a cell, its lines with their numbers, its quantities
    type Found = (String, Vec<(String, String)>, Vec<String>);
    let mut cells: Vec<Found> = Vec::new();
    for row in rows {
        let key = [
            "事業ID",
            "表の順",
            "表の題",
            "表の行",
            "上位の行",
            "項目名",
            "列の順",
            "列の見出し",
            "対象年度（西暦）",
            "同じ枠の行",
        ];
        let key = line(&key.map(|column| row[column].as_str()));
        if cells.last().is_none_or(|(last, ..)| *last != key) {
            cells.push((key, Vec::new(), Vec::new()));
        }
        let (_, lines, quantities) = cells.last_mut().unwrap();
        let text = (row["欄の行"].clone(), row["原文"].clone());
        if lines.last() != Some(&text) {
            lines.push(text);
        }
        assert_eq!(row["状態"] == "数値", !row["数値"].is_empty(), "{row:?}");
        if row["状態"] == "数値" {
            quantities.push(format!("{}[{}]{}", row["接頭語"], plain_number(&row["数値"]), row["単位"]));
        }
    }
    let texts = |lines: Vec<(String, String)>| lines.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("/");
    cells.into_iter().map(|(key, lines, found)| line(&[&key, &texts(lines), &found.join(" ")])).collect()
}

pub(crate) fn facts_of_model(report: &Report) -> Facts {
    let mut facts = Facts::default();
    let head = report.head.as_ref().unwrap();
    let year = head.fiscal_year.unwrap();
    let sum = |chapter: String, label: &str, sum: jigyo::totals::Sum| {
        let numbers = [sum.programs.to_string(), sum.new_programs.to_string(), sum.value.unwrap().to_string()];
        line(&[&chapter, label, &numbers[0], &numbers[1], &numbers[2]])
    };
    for (index, chapter) in report.chapters.iter().enumerate() {
        let order = (index + 1).to_string();
        facts.sums.push(sum(order.clone(), "小計", subtotal(chapter)));
        texts(&mut facts.texts, &[&order, "", "取組の概要", "1", ""], &chapter.head.overview.blocks);
        for (row, listing) in chapter.listing.iter().enumerate() {
            let (kind, target) = match *listing {
                Listing::Own(program) => ("掲載", ProgramIndex { chapter: index, program }),
                Listing::Relisted { target, .. } => ("再掲", target),
            };
            let numbers = [row + 1, target.chapter + 1, target.program + 1].map(|number| number.to_string());
            let id = &report.program(target).unwrap().id;
            facts.list.push(line(&[&order, &numbers[0], kind, id, &numbers[1], &numbers[2]]));
        }
        let number = report.chapter_number(index, str::to_string);
        for (place, program) in chapter.programs.iter().enumerate() {
            let start = [year.year().to_string(), order.clone(), number.clone(), text(&chapter.head.title)];
            facts.programs.push(line(&[
                &line(&start.each_ref().map(String::as_str)),
                &(place + 1).to_string(),
                &program_line(program, head.unit.unwrap().name()),
            ]));
            program_facts(&mut facts, &order, program, report);
        }
    }
    facts.sums.push(sum(String::new(), "合計", total(report)));
    facts
}

fn text(text: &Option<Text>) -> String {
    text.as_ref().map(|text| text.value.clone()).unwrap_or_default()
}

fn program_line(program: &Program, unit: &str) -> String {
    let (amount, state) = match program.amount.unwrap() {
        Amount::Value(value) => (value.to_string(), "数値"),
        Amount::NotApplicable => (String::new(), "該当なし"),
    };
    line(&[
        &program.id,
        &text(&program.name),
        &text(&program.reading),
        &program.former_names.first().map(|name| name.value.clone()).unwrap_or_default(),
        program.category().name(),
        &amount,
        unit,
        state,
        if program.outside_total.is_some() { "含まない" } else { "含む" },
        &text(&program.outside_total),
        &program.departments.len().to_string(),
    ])
}

fn program_facts(facts: &mut Facts, order: &str, program: &Program, report: &Report) {
    for (place, department) in program.departments.iter().enumerate() {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        facts.departments.push(line(&[
            &program.id,
            &(place + 1).to_string(),
            &department.name,
            &part(&department.group),
            &part(&department.office),
        ]));
    }
    for number in 1..=program.tables().count() {
        table_facts(&mut facts.cells, program, number, report);
    }
    let id = program.id.as_str();
    let mut push = |heading: &str, place: usize, title: &str, blocks: &[Block]| {
        texts(&mut facts.texts, &[order, id, heading, &place.to_string(), title], blocks);
    };
    let prose = |name: &str| {
        let kind = Vocabulary::standard().section(name, None).unwrap();
        program.prose_of(kind).unwrap().blocks.as_slice()
    };
    push("事業概要", 1, "", prose("事業概要"));
    push("事業実績", 1, "", prose("事業実績"));
    for (place, table) in program.tables().enumerate() {
        push("指標", place + 1, &text(&table.caption), &table.notes);
    }
    push("成果", 1, "", prose("成果"));
    push("課題", 1, "", prose("課題"));
    push("今後の方向", 1, "", prose("今後の方向"));
    let mut count = 0;
    for (place, case) in program.cases().enumerate() {
        let title = text(&case.title);
        let start = [order, id, "事例", &(place + 1).to_string(), &title];
        texts(&mut facts.texts, &start, &case.blocks);
        photos(&mut facts.texts, [order, id], &title, &case.photos, &mut count);
    }
    for (_, content) in program.contents() {
        if let SectionContent::Photos(own) = content {
            photos(&mut facts.texts, [order, id], "", own, &mut count);
        }
    }
}

fn table_facts(cells: &mut Vec<String>, program: &Program, number: usize, report: &Report) {
    let table = &program.tables().nth(number - 1).unwrap();
    let current = report.head.as_ref().unwrap().fiscal_year.unwrap();
    for (place, row) in table.rows.iter().enumerate().filter(|(_, row)| row.role != Role::Group) {
        let parent = match row.role {
            Role::Child { parent } => (parent + 1).to_string(),
            Role::Plain | Role::Group => String::new(),
        };
        for column in 0..table.columns.count() {
            let (head, year) = match &table.columns {
                Columns::Years => [current.previous(), current].map(|year| (year.column(), Some(year)))[column].clone(),
                Columns::Own(columns) => {
                    let year = columns[column].fiscal_year(current);
                    (columns[column].label.value.replace('\n', ""), year)
                }
            };
            let shared = match &row.values[column] {
                jigyo::model::Value::Shared { row, .. } => (row + 1).to_string(),
                jigyo::model::Value::Own(_) | jigyo::model::Value::Computed(_) | jigyo::model::Value::Hole(_) => {
                    String::new()
                }
            };
            let cell = table.cell(row, column).unwrap();
            let found = cell.quantities.iter().map(|quantity| {
                format!("{}[{}]{}", quantity.prefix.unwrap_or(""), quantity.number.normalize(), quantity.unit)
            });
            cells.push(line(&[
                &program.id,
                &number.to_string(),
                &text(&table.caption),
                &(place + 1).to_string(),
                &parent,
                &row.label.lines.iter().map(|line| line.value.as_str()).collect::<String>(),
                &(column + 1).to_string(),
                &head,
                &year.map(|year| year.year().to_string()).unwrap_or_default(),
                &shared,
                &cell.lines.iter().map(|line| line.value.as_str()).collect::<Vec<_>>().join("/"),
                &found.collect::<Vec<_>>().join(" "),
            ]));
        }
    }
}

fn texts(list: &mut Vec<String>, start: &[&str], blocks: &[Block]) {
    for (place, block) in blocks.iter().enumerate() {
        let (kind, number, mark) = match &block.kind {
            BlockKind::Paragraph => ("段落", String::new(), ""),
            BlockKind::Hanging(mark) => ("印のある段落", String::new(), mark.as_str()),
            BlockKind::Subheading => ("小見出し", String::new(), ""),
            BlockKind::Item(number) => ("項目", number.to_string(), ""),
            BlockKind::Bullet => ("箇条書", String::new(), ""),
            BlockKind::Note => ("注", String::new(), ""),
        };
        lines(list, start, place + 1, [kind, &number, mark], &block.lines);
    }
}

fn lines(list: &mut Vec<String>, start: &[&str], block: usize, kind: [&str; 3], texts: &[Text]) {
    for (place, text) in texts.iter().enumerate() {
        list.push(line(&[&line(start), &block.to_string(), &line(&kind), &(place + 1).to_string(), &text.value]));
    }
}

fn photos(list: &mut Vec<String>, program: [&str; 2], title: &str, photos: &[Photo], count: &mut usize) {
    for photo in photos {
        *count += 1;
        let start = [program[0], program[1], "写真", &count.to_string(), title];
        lines(list, &start, 1, ["写真のファイル", "", ""], std::slice::from_ref(&photo.file_name));
        lines(list, &start, 2, ["写真の見出し", "", ""], &photo.caption);
        lines(list, &start, 3, ["写真の説明", "", ""], &photo.alt);
    }
}
