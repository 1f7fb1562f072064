//! Files that an office already has, made into `.jigyo` texts for `import`.
//!
//! ```text
//! bytes ──readers──▶ Documents ──classify──▶ events ──recognise──▶ drafts ──pairing──▶ programs ──write──▶ texts and messages
//! ```
//!
//! A reader gives paragraphs and tables with their places and decides nothing; what a word means is in `words`. Nothing is
//! dropped silently: what has no place goes into 【メモ】, and `account` looks whether anything is missing. Knows no disk:
//! bytes come in, texts go out.

pub mod document;

mod amounts;
mod book;
mod boxes;
mod built_in;
mod classify;
mod colour;
mod column_years;
mod compared;
mod comparison;
mod completeness;
mod conditional;
mod continued;
mod costs;
mod delimited;
mod digits;
mod draft;
mod edition;
mod events;
mod fields;
mod form_cells;
mod form_choices;
mod form_columns;
mod form_gaps;
mod form_heads;
mod form_layout;
mod form_names;
mod form_notes;
mod form_rows;
mod form_series;
mod form_sheet_rows;
mod form_sheets;
mod form_tables;
mod format;
mod forms;
mod grid;
mod head_keys;
mod heads;
mod imported;
mod indicators;
mod list_amounts;
mod list_heads;
mod list_labels;
mod list_reach;
mod list_rows;
mod list_sections;
mod list_units;
mod listing;
mod mapped_years;
mod meanings;
mod minus;
mod moment;
mod money_units;
mod name_lists;
mod named;
mod names;
mod numerals;
mod ods;
mod ods_looks;
mod ods_tags;
mod offices;
mod omitted;
mod package;
mod page;
mod paired_values;
mod pairing;
mod place;
mod recognise;
mod relations;
mod remarks;
mod runs;
mod sectors;
mod series;
mod sheet;
mod shown;
mod side_by_side;
mod style;
mod superscripts;
mod text;
mod texts;
mod typed;
mod units;
mod word;
mod word_around;
mod word_colours;
mod word_fields;
mod word_found;
mod word_lists;
mod word_math;
mod word_parts;
mod word_rows;
mod word_styles;
mod word_symbols;
mod word_text;
mod word_xml;
mod words;
mod workbook;
mod write;
mod write_tables;
mod written_amount;
mod xls;
mod xls_records;
mod xls_rules;
mod xls_text;
mod xlsx;
mod xlsx_parts;
mod xlsx_rules;
mod xml;

pub use delimited::read_table_text;
pub use edition::pieces::{Edition, Picture};
pub use edition::{Book, Entry};
pub use imported::{Imported, books};
pub use omitted::omitted_from;
pub use page::{Message, Written};
pub use text::read_text;
pub use word::read_word;
pub use words::Words;
pub use workbook::read_workbook;

use std::collections::{BTreeMap, BTreeSet};

use document::Document;
use draft::{Chapter, Drafts, Program, SourcedText};
use money_units::has_unit;
use named::quoted;
use recognise::recognise;

use crate::model::Context;
use crate::syntax::chars::is_digit;

/// Whether a program of a name will not be written.
pub type Refused<'a> = &'a dyn Fn(&str) -> bool;

/// Makes programs of documents. Where the chapter is there already (`refused` then says what it cannot take), what belongs to
/// no program goes to the first one that is written.
pub fn import(documents: &[Document], words: &Words, context: &Context, refused: Option<Refused<'_>>) -> Imported {
    let (documents, mended) = document::with_plain_characters(documents);
    let mut notes: Vec<String> = documents.iter().flat_map(omitted_from).collect();
    let (editions, documents): (Vec<Document>, Vec<Document>) =
        documents.into_iter().partition(|document| document.edition.is_some());
    let (instructions, documents): (Vec<Document>, Vec<Document>) =
        documents.into_iter().partition(|document| is_instructions(&document.name));
    notes.extend(instructions.iter().map(note_of_instructions));
    notes.extend(note_of_mended(mended));
    // A document that only says something of its file has nothing to recognise.
    let is_read = |document: &&Document| !document.blocks.is_empty() || !document.left_out.is_empty();
    let drafts = recognise(documents.iter().filter(is_read), words, context.fiscal_year);
    notes.extend(notes_of(&drafts));
    let Drafts { mut chapter, mut programs, mut listed, subtotal, structure, .. } = drafts;
    names::part_names(&mut listed);
    names::part_names(&mut programs);
    let mut programs = pairing::pair(listed, programs);
    let is_written =
        |program: &Program, refused: Refused<'_>| program.name.as_ref().is_none_or(|name| !refused(&name.text));
    let heir = refused.and_then(|refused| programs.iter().position(|program| is_written(program, refused)));
    if let Some(heir) = heir.and_then(|heir| programs.get_mut(heir)) {
        hand_over(&mut chapter, heir);
    }
    let write = |programs: &[Program]| programs.iter().map(|program| write::write_program(program, context)).collect();
    let mut written: Vec<write::WrittenProgram> = write(&programs);
    let lost = lost_texts(&documents, &written, &chapter, &structure);
    if !lost.is_empty() {
        notes.push(format!("入る所の分からない文が{}か所あります。【メモ】の終わりに入れました。", lost.len()));
        heir.and_then(|heir| programs.get_mut(heir)).map_or(&mut chapter.memo, |heir| &mut heir.memo).extend(lost);
        written = write(&programs);
    }
    notes.extend(missing(&written));
    notes.extend(without_unit(&programs, context));
    let total = written.iter().filter_map(|program| program.amount).sum();
    let subtotal = subtotal.map(|(said, beside)| {
        let value = written_amount::amount_in("事業費", &said.text, beside, context.unit()).1;
        (said.text, value)
    });
    let programs = written.into_iter().map(|program| program.file).collect();
    let imported = Imported::of(programs, notes, (total, subtotal), chapter);
    imported.with_books(books(&editions, context), refused, context)
}

fn note_of_instructions(document: &Document) -> String {
    format!(
        "{} は、書き方や選択肢のシートとみなして取り込みませんでした（{}か所）。",
        document.name,
        document.blocks.len()
    )
}

/// What a copy from a PDF put in the place of kanji is no word of the office's.
fn note_of_mended(count: usize) -> Option<String> {
    (count > 0).then(|| {
        format!("形のよく似た別の文字（⾒ や ⼈ のような部首の記号など）を、ふつうの文字に直しました（{count}字）。")
    })
}

/// Texts of the documents that stand in no file.
fn lost_texts(
    documents: &[Document],
    programs: &[write::WrittenProgram],
    chapter: &Chapter,
    structure: &BTreeSet<String>,
) -> Vec<SourcedText> {
    let chapter = write::write_chapter(chapter, &[]).text;
    let typed = programs.iter().flat_map(|program| program.placed.iter().map(String::as_str));
    let texts: Vec<&str> =
        programs.iter().map(|program| program.file.text.as_str()).chain([chapter.as_str()]).chain(typed).collect();
    let lost = completeness::lost(documents, &texts, structure).into_iter();
    lost.map(|said| SourcedText::new(format!("{}（{}）", said.text, said.place), &said.place)).collect()
}

/// A sheet that says how a form is filled in, or that holds its choices: nothing of it is a program.
fn is_instructions(document: &str) -> bool {
    const PARTS: &[&str] =
        &["要領", "記入例", "記載例", "入力例", "作成例", "書き方", "手引", "プルダウン", "選択肢", "ドロップダウン"];
    const WHOLE: &[&str] = &["リスト", "list", "マスタ", "マスター", "注意事項", "説明"];
    let sheet = document.split_once('「').and_then(|(_, sheet)| sheet.strip_suffix('」'));
    sheet.is_some_and(|sheet| {
        PARTS.iter().any(|part| sheet.contains(part)) || WHOLE.contains(&sheet.trim().to_lowercase().as_str())
    })
}

/// The chapter's own texts, where its file is not written.
fn hand_over(chapter: &mut Chapter, heir: &mut Program) {
    let title =
        chapter.title.take().map(|title| SourcedText { text: format!("章の題名：{}", title.text), ..title });
    heir.memo.extend(title.into_iter().chain(chapter.overview.drain(..)).chain(chapter.memo.drain(..)));
}

fn notes_of(drafts: &Drafts) -> Vec<String> {
    let review_notes =
        drafts.review_notes.iter().map(|review_note| format!("{}：{}。", review_note.place, review_note.what));
    let unknown = drafts.unknown.iter().map(|(word, (count, place))| {
        format!(
            "「{word}」は知らない言葉です（{count}か所、初めは {place}）。中の文は【メモ】に入れました。対応表（--mapping）に「{word},事業概要」や「{word},メモ」のように書くと、次から指定した所に入ります。"
        )
    });
    review_notes.chain(unknown).collect()
}

/// Amounts beside which no unit stands.
fn without_unit(programs: &[Program], context: &Context) -> Option<String> {
    let is_bare = |program: &&Program| {
        program.unit.is_none()
            && program.amount.as_ref().is_some_and(|said| said.text.contains(is_digit) && !has_unit(&said.text))
    };
    let count = programs.iter().filter(is_bare).count();
    let unit = context.unit().name();
    (count > 0).then(|| {
        format!("単位の書かれていない事業費が{count}件あります。報告書の単位（{unit}）とみなしました。取り込み元の単位を確かめてください。")
    })
}

/// Places that the files had nothing for: one message for each, `check` then names them one by one.
fn missing(programs: &[write::WrittenProgram]) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for program in programs {
        for place in &program.missing {
            places.entry(place).or_default().push(&program.file.name);
        }
    }
    let message = |(place, names): (&str, Vec<&str>)| {
        format!("{place}のない事業が{}件あります（{}）。", names.len(), quoted(&names))
    };
    places.into_iter().map(message).collect()
}
