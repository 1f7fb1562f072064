//! `report export docx`: the document says what the official PDF says, in Word's own terms, and is whole whatever somebody typed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, Write};

use jigyo::load::{Disk, Folder, Memory};
use jigyo::pipeline::{build_word, check, view_json};
use jigyo::word::is_own_document;
use serde_json::Value;

use crate::run::run;
use crate::tools::{folders_in, on_disk, program, root, small_report, squeezed, write};
use crate::word_document::{Cell, Word, Xml, repeated, rows};

pub(crate) fn document(disk: &dyn Disk) -> Vec<u8> {
    let mut checked = check(disk).unwrap();
    let template = checked.template().unwrap();
    build_word(&mut checked, template).unwrap().bytes
}

fn samples() -> Vec<(String, Vec<u8>, Value)> {
    folders_in(&root().join("reports"))
        .into_iter()
        .map(|folder| {
            let view = view_json(&check(&Folder::new(&folder)).unwrap(), false);
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            (name, document(&Folder::new(&folder)), serde_json::from_str(&view).unwrap())
        })
        .collect()
}

/// Texts that are printed, by the keys under which the view has them.
const PRINTED: &[&str] = &[
    "title",
    "label",
    "text",
    "heading",
    "caption",
    "name",
    "choice",
    "grade",
    "reason",
    "criterion",
    "head",
    "amount",
    "publisher",
];
/// Lists of texts that are printed
const PRINTED_LISTS: &[&str] = &["notes", "departments", "parts", "series", "cells", "columns"];

fn printed<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if PRINTED.contains(&key) || PRINTED_LISTS.contains(&key) => found.push(text),
        Value::Array(all) => all.iter().for_each(|one| printed(one, key, found)),
        // What is said of the whole report, and the sums that a list has in its rows too
        Value::Object(all) => {
            let passed =
                ["fiscal_year", "layout", "total", "subtotal", "whole", "wholes", "list_columns", "quantities"];
            // A list has the name of a program once more in its cells.
            let is_listed = all.contains_key("relisted");
            let is_passed = |key: &str| passed.contains(&key) || (is_listed && key == "name");
            for (key, one) in all.iter().filter(|(key, _)| !is_passed(key)) {
                printed(one, key, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_text_that_is_printed_stands_in_the_document() {
    for (name, bytes, mut view) in samples() {
        if name == "ichiran" {
            // A wide table is all that is printed of its programs.
            for chapter in view["chapters"].as_array_mut().unwrap() {
                chapter["programs"] = Value::Null;
            }
        }
        let text = squeezed(&Word::open(&bytes).text());
        let mut wanted = Vec::new();
        printed(&view, "", &mut wanted);
        assert!(wanted.len() > 300, "{name}: {}", wanted.len());
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        wanted
            .iter()
            .map(|text| squeezed(text))
            .filter(|text| !text.is_empty())
            .for_each(|text| *counts.entry(text).or_default() += 1);
        for (wanted, count) in counts {
            let wanted = wanted.trim_start_matches('※');
            let there = text.matches(wanted).count();
            assert!(there >= count, "{name}: 「{wanted}」 stands {there} times, {count} are printed");
        }
    }
}

/// The tables of programs as the view has them, heads left out.
fn tables_of_programs(view: &Value) -> Vec<Vec<Vec<Cell>>> {
    let count = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let cell = |cell: &Value| Cell {
        text: cell["text"].as_str().unwrap().to_string(),
        columns: count(&cell["colspan"]),
        rows: count(&cell["rowspan"]),
    };
    let programs =
        view["chapters"].as_array().unwrap().iter().flat_map(|chapter| chapter["programs"].as_array().unwrap());
    let sections = programs.flat_map(|program| program["sections"].as_array().unwrap());
    let tables = sections.flat_map(|section| section["tables"].as_array().unwrap());
    tables
        .filter(|table| !table["rows"].as_array().unwrap().is_empty())
        .map(|table| {
            let rows = table["rows"].as_array().unwrap().iter();
            rows.map(|row| row["cells"].as_array().unwrap().iter().map(cell).collect()).collect()
        })
        .collect()
}

#[test]
fn tables_of_programs_are_the_views_cell_by_cell() {
    for (name, bytes, view) in samples().into_iter().filter(|(name, ..)| name != "ichiran") {
        let word = Word::open(&bytes);
        let mut tables: Vec<Vec<Vec<Cell>>> =
            word.tables().into_iter().map(|table| rows(table).split_off(repeated(table))).collect();
        for wanted in tables_of_programs(&view) {
            let at = tables.iter().position(|table| *table == wanted);
            assert!(at.is_some(), "{name}: {wanted:#?}");
            // In their order: what stands before it is done with.
            tables.drain(..=at.unwrap());
        }
    }
}

#[test]
fn heads_of_tables_are_repeated_and_styles_are_words_own() {
    for (name, bytes, _) in samples() {
        let word = Word::open(&bytes);
        let with_head = word.tables().iter().filter(|table| repeated(table) > 0).count();
        assert!(with_head > 5, "{name}: {with_head}");
        let styles = word.part("word/styles.xml");
        let names: BTreeMap<&str, &str> = styles
            .all("w:style")
            .into_iter()
            .map(|style| (style.get("w:styleId").unwrap(), style.value(&["w:name"]).unwrap()))
            .collect();
        for (id, name) in [
            ("Heading1", "heading 1"),
            ("BodyText", "Body Text"),
            ("Title", "Title"),
            ("TOC1", "toc 1"),
            ("Footer", "footer"),
        ] {
            assert_eq!(names.get(id), Some(&name));
        }
        let used: BTreeSet<&str> = word.paragraphs().iter().filter_map(|p| p.value(&["w:pPr", "w:pStyle"])).collect();
        assert!(used.iter().all(|style| names.contains_key(style)), "{name}: {used:?}");
        assert!(
            word.paragraphs().iter().all(|p| p.value(&["w:pPr", "w:pStyle"]).is_some()),
            "{name}: a paragraph has no style"
        );
        let fonts = styles.all("w:rFonts").first().and_then(|fonts| fonts.get("w:eastAsia").map(str::to_string));
        assert_eq!(fonts.as_deref(), Some("BIZ UDMincho Medium"));
        assert_eq!(styles.all("w:lang").first().and_then(|lang| lang.get("w:eastAsia")), Some("ja-JP"));
    }
}

#[test]
fn two_runs_give_the_same_bytes_and_are_known_again() {
    for folder in folders_in(&root().join("reports")) {
        let (one, two) = (document(&Folder::new(&folder)), document(&Folder::new(&folder)));
        assert!(one == two, "{}", folder.display());
        assert!(is_own_document(&one) && !is_own_document(&one[..200]));
    }
    // Somebody changed a word, with a program that says nothing of who saved it.
    let own = document(&Folder::new(root().join("reports/aomori-r2")));
    let edited = repacked(&own, |name, part| {
        let text = String::from_utf8(part).unwrap();
        if name == "word/document.xml" { text.replacen("事業", "事務", 1) } else { text }.into_bytes()
    });
    assert!(!is_own_document(&edited));
    assert!(is_own_document(&repacked(&own, |_, part| part)), "packed anew");
    assert!(!is_own_document(b"") && !is_own_document(b"PK\x03\x04"));
}

/// The document with its parts as they are changed.
fn repacked(bytes: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let (name, mut part) = (entry.name().unwrap().to_string(), Vec::new());
        entry.read_to_end(&mut part).unwrap();
        out.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        let is_text = name.ends_with(".xml");
        out.write_all(&if is_text { change(&name, part) } else { part }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Everything that Word needs to open a document is there, and each part is XML that says no character twice.
pub(crate) fn assert_whole(bytes: &[u8]) -> Word {
    let word = Word::open(bytes);
    for (name, part) in word.parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = std::str::from_utf8(part).unwrap();
        let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!text.contains(forbidden), "{name}");
        word.part(name);
    }
    for relation in word.part("word/_rels/document.xml.rels").all("Relationship") {
        let target = format!("word/{}", relation.get("Target").unwrap());
        assert!(word.parts.contains_key(&target), "{target}");
    }
    for kind in word.part("[Content_Types].xml").all("Override") {
        let part = kind.get("PartName").unwrap().trim_start_matches('/');
        assert!(word.parts.contains_key(part), "{part}");
    }
    let ids: Vec<&str> = word.document.all("w:bookmarkStart").iter().map(|mark| mark.get("w:id").unwrap()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
    word
}

#[test]
fn hostile_texts_stand_as_they_are() {
    let hostile = "<w:p>&amp;]]>\\o \"1-3\" {PAGE} %1 %% ＜注＞ http://example.jp/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let text = program("一").replace("研修を行う。", &format!("{hostile}。\n(1) {hostile}。\n・{hostile}。"));
    let disk = small_report().with("01_章/一.jigyo", text);
    let word = assert_whole(&document(&disk));
    assert_eq!(word.text().matches(hostile).count(), 3, "{}", word.text());
    assert!(word.fields("TOC").is_empty());
    for folder in folders_in(&root().join("reports")) {
        assert_whole(&document(&Folder::new(&folder)));
    }
}

#[test]
fn photographs_are_in_it_with_what_they_show() {
    let word = Word::open(&document(&Folder::new(root().join("reports/tutorial"))));
    let pictures = word.document.all("wp:docPr");
    assert_eq!(pictures.len(), 3);
    assert!(pictures.iter().all(|picture| !picture.get("descr").unwrap().is_empty()));
    let ids: BTreeSet<&str> = pictures.iter().map(|picture| picture.get("id").unwrap()).collect();
    assert_eq!(ids.len(), 3);
    let media: Vec<&String> = word.parts.keys().filter(|name| name.starts_with("word/media/")).collect();
    let is_what_it_says = |name: &&String| match name.rsplit('.').next() {
        Some("jpeg") => word.parts[*name].starts_with(&[0xFF, 0xD8]),
        Some("png") => word.parts[*name].starts_with(b"\x89PNG"),
        _ => false,
    };
    assert!(media.len() == 3 && media.iter().all(is_what_it_says), "{media:?}");
}

#[test]
fn the_command_writes_and_refuses() {
    let (_folder, path) = on_disk();
    run(&path, &["export", "docx"]).succeeds().prints_nothing().says("報告.docx」に書きました。");
    let made = fs::read(path.join("out/報告.docx")).unwrap();
    run(&path, &["export", "docx"]).succeeds().prints_nothing().says("書きました");
    assert_eq!(fs::read(path.join("out/報告.docx")).unwrap(), made);
    run(&path, &["export", "docx", "--only", "監理課"])
        .succeeds()
        .prints_nothing()
        .says("報告_抜粋_監理課.docx」に書きました。");
    run(&path, &["export", "docx", "--only", "監理か"])
        .refuses()
        .prints_nothing()
        .says("「監理課」の誤りではありませんか");
    run(&path, &["export", "csv", "--only", "監理課"]).refuses().prints_nothing().says("docx を書き出すときだけ");
    run(&path, &["export", "docx", "--encoding", "cp932"]).refuses().prints_nothing().says("csv を書き出すときだけ");
    write(&path.join("out/報告.docx"), "大事なもの");
    run(&path, &["export", "docx"]).refuses().prints_nothing().says("上書きしません");
    fs::remove_file(path.join("out/報告.docx")).unwrap();
    write(&path.join("01_章/一.jigyo"), program("一").replace("1,000千円", "たくさん"));
    run(&path, &["export", "docx"]).fails().prints_nothing().says("エラーがあるため、Word の文書を作りませんでした。");
    assert!(!path.join("out/報告.docx").exists());
}

#[test]
fn numbers_that_word_cannot_count_are_typed() {
    let text = program("一").replace("研修を2回行った。", "(1) 研修。\n(2) 視察。\nア 県内。\n※ 注。");
    let word = Word::open(&document(&Memory::clone(&small_report().with("01_章/一.jigyo", text))));
    let lists: Vec<&Xml> =
        word.paragraphs().into_iter().filter(|p| p.child("w:pPr").unwrap().child("w:numPr").is_some()).collect();
    assert!(lists.len() >= 3, "{}", word.text());
    let numbering = word.part("word/numbering.xml");
    let texts: BTreeSet<&str> = numbering.all("w:lvlText").iter().map(|text| text.get("w:val").unwrap()).collect();
    assert!(texts.contains("(%1)"), "{texts:?}");
    let lists = numbering.all("w:abstractNum");
    let ids: BTreeSet<&str> = lists.iter().map(|list| list.get("w:abstractNumId").unwrap()).collect();
    assert_eq!(ids.len(), lists.len());
}
