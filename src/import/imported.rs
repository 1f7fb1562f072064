//! What came of an office's files for one chapter: texts to be written, and what is said of them.

use super::compared::compared;
use super::completeness::lost;
use super::document::{Document, LeftOut};
use super::draft::{Chapter, SourcedText};
use super::edition::{Book, Entry};
use super::page::Written;
use super::place::Place;
use super::write::write_chapter;
use super::written_amount::amount_in;
use crate::model::{Context, format_amount};

/// What came of the files.
#[derive(Debug, Clone)]
pub struct Imported {
    pub programs: Vec<Written>,
    /// Messages about no program
    pub notes: Vec<String>,
    /// 事業費 of all programs in the report's unit
    pub total: i64,
    /// 小計 of the office's own list, as typed and in the report's unit
    pub subtotal: Option<(String, Option<i64>)>,
    chapter: Chapter,
    /// The only chapter of a document that this program wrote, by its place there
    book: Option<(Book, usize)>,
}

/// The documents that this program wrote, as chapters; what has no place in them is kept in 【メモ】.
pub fn books(documents: &[Document], context: &Context) -> Vec<Book> {
    let book = |document: &Document| {
        let edition = document.edition.as_ref()?;
        let mut book = Book::of(&document.name, edition, context);
        let left_out = |LeftOut { how, text, place, .. }: &LeftOut| format!("{how}の語：{text}（{place}）");
        let mut kept: Vec<String> = document.left_out.iter().map(left_out).collect();
        let programs = (0..book.chapters()).flat_map(|chapter| book.programs(chapter)).map(|(file, _)| file.text);
        let texts: Vec<String> = programs.chain(book.chapter_texts()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let understood = Book::understood(edition).map(|text| compared(&text)).collect();
        let lost = lost(std::slice::from_ref(document), &texts, &understood);
        kept.extend(lost.iter().map(|said| format!("{}（{}）", said.text, said.place)));
        book.keep(kept);
        Some(book)
    };
    documents.iter().filter_map(book).collect()
}

impl Imported {
    pub(super) fn of(
        programs: Vec<Written>,
        notes: Vec<String>,
        (total, subtotal): (i64, Option<(String, Option<i64>)>),
        chapter: Chapter,
    ) -> Self {
        Self { programs, notes, total, subtotal, chapter, book: None }
    }

    /// Puts the programs of books before the others. Where they have one chapter, it is this one; the texts of several, and of one whose
    /// file is not written (`refused`), stay in 【メモ】.
    pub(super) fn with_books(
        mut self,
        mut books: Vec<Book>,
        refused: Option<&dyn Fn(&str) -> bool>,
        context: &Context,
    ) -> Self {
        let titled: Vec<(usize, usize)> = (0..books.len())
            .flat_map(|at| books.get(at).map_or(0..0, |book| 0..book.chapters()).map(move |chapter| (at, chapter)))
            .filter(|(at, chapter)| books.get(*at).is_some_and(|book| book.title(*chapter).is_some()))
            .collect();
        if let Some(refused) = refused {
            books.iter_mut().for_each(|book| book.hand_over(&|name| !refused(name)));
        }
        let all = books.iter().flat_map(|book| (0..book.chapters()).flat_map(|chapter| book.programs(chapter)));
        let (mut programs, amounts): (Vec<Written>, Vec<i64>) = all.unzip();
        programs.append(&mut self.programs);
        self.programs = programs;
        self.total += amounts.iter().sum::<i64>();
        self.notes.extend(books.iter().flat_map(|book| book.notes.iter().cloned()));
        let sums = books.iter().flat_map(|book| (0..book.chapters()).filter_map(|chapter| book.subtotal(chapter)));
        let sums: Vec<&str> = sums.collect();
        if let ([only], None) = (sums.as_slice(), &self.subtotal) {
            let value = amount_in("事業費", only, None, context.unit()).1;
            self.subtotal = Some(((*only).to_string(), value));
        } else if let (Some(sum), None) = (sum_of(&sums, context), &self.subtotal) {
            self.subtotal = Some((format_amount(sum), Some(sum)));
        }
        match titled.as_slice() {
            [] => {}
            [(at, chapter)] if self.chapter.title.is_none() => {
                self.book = books.get(*at).map(|book| (book.clone(), *chapter));
            }
            [first, ..] => {
                let (at, chapter) = *first;
                let title = books.get(at).and_then(|book| book.title(chapter));
                if self.chapter.title.is_none() {
                    self.chapter.title = title.map(|title| SourcedText::new(title, &Place::default()));
                }
                let texts = books.iter().flat_map(Book::chapter_texts);
                self.chapter.memo.extend(texts.map(|text| SourcedText::new(text, &Place::default())));
                self.notes.push(format!(
                    "取り込み元には章が{}つあります。--chapter を書かずに取り込むと、章ごとのフォルダーになります。",
                    titled.len()
                ));
            }
        }
        self
    }

    /// What stands in the chapter's file alone.
    pub fn chapter_texts(&self) -> Vec<String> {
        let Chapter { title, overview, memo } = &self.chapter;
        let own = title.iter().chain(overview).chain(memo).map(|said| said.text.clone());
        own.chain(self.book.iter().flat_map(|(book, _)| book.chapter_texts())).collect()
    }

    /// The lines of the chapter's 【構成】, in which programs are named by their places.
    pub fn entries(&self) -> Vec<Entry> {
        let Some((book, chapter)) = &self.book else { return (0..self.programs.len()).map(Entry::Own).collect() };
        let before: usize = (0..*chapter).map(|before| book.programs(before).len()).sum();
        let own = book.entries(*chapter).into_iter().map(|entry| match entry {
            Entry::Own(at) => Entry::Own(at + before),
            Entry::Relisted(name) => Entry::Relisted(name),
        });
        let own: Vec<Entry> = own.collect();
        let rest: Vec<Entry> = (0..self.programs.len()).map(Entry::Own).filter(|entry| !own.contains(entry)).collect();
        own.into_iter().chain(rest).collect()
    }

    /// The chapter's file with the lines of its 【構成】.
    pub fn chapter(&self, lines: &[String]) -> Written {
        match &self.book {
            Some((book, chapter)) => book.chapter_file(*chapter, lines),
            None => write_chapter(&self.chapter, lines),
        }
    }
}

/// The sum of several 小計 that can all be read
fn sum_of(sums: &[&str], context: &Context) -> Option<i64> {
    let values = sums.iter().map(|sum| amount_in("事業費", sum, None, context.unit()).1);
    let sum = values.sum::<Option<i64>>()?;
    (sums.len() > 1).then_some(sum)
}
