//! Rows of one cell inside a list: a department, a head over a group of programs, a title that a new page repeats, a note.

use super::document::Cell;
use super::draft::{Program, SourcedText};
use super::meanings::Meaning;
use super::money_units::unit_note;
use super::offices::{departments, is_department};
use super::recognise::Recogniser;
use super::words::compared;
use crate::syntax::chars::{is_blank, is_digit};

/// Rows named before the rest is only counted
const NAMED: usize = 3;

/// What such rows say of the programs below them.
#[derive(Default)]
pub(super) struct Sections {
    departments: Vec<SourcedText>,
    heading: Option<SourcedText>,
    /// All that were departments, and all that nobody knows
    taken: Vec<SourcedText>,
    unknown: Vec<SourcedText>,
}

impl Sections {
    /// What stands above a program. Its own department goes before that of the row.
    pub(super) fn begin(&self, program: &mut Program) {
        program.divisions.clone_from(&self.departments);
        let heading = self.heading.iter();
        program.memo.extend(heading.map(|said| SourcedText::new(format!("一覧の見出し：{}", said.text), &said.place)));
    }
}

impl Recogniser<'_> {
    pub(super) fn section_row(&mut self, text: &str, place: &str, sections: &mut Sections) {
        let said = self.said(&text.replace('\n', "　"), place);
        let is_known = self.drafts.chapter.memo.iter().any(|known| known.text == said.text);
        let labelled = self.labelled(text);
        let is_title = matches!(labelled, Some((Meaning::List, _, _)));
        self.memo(&said.text, place);
        let is_note = text.starts_with(['※', '*', '＊', '注', '（', '(']) && department_in(text).is_none();
        let has_letters = text.chars().any(|c| c.is_alphabetic() && !is_digit(c));
        let is_page =
            text.chars().any(is_digit) && compared(text).trim_matches(|c: char| !c.is_alphabetic()) == "ページ";
        if unit_note(text).is_some() || is_note || is_title || !has_letters || is_page {
            return;
        }
        let department = match labelled {
            Some((Meaning::Department | Meaning::Division, _, value)) if !value.is_empty() => Some(value),
            Some(_) | None => department_in(text),
        };
        if let Some(department) = department {
            sections.departments = departments(department).iter().map(|found| self.said(found, place)).collect();
            sections.heading = None;
            sections.taken.push(said);
        } else if !is_known || sections.unknown.iter().any(|known| known.text == said.text) {
            // Of a new part of the list its departments are not known yet.
            if text.starts_with(|c: char| ('Ⅰ'..='Ⅻ').contains(&c) || c == '第') {
                sections.departments.clear();
            }
            sections.heading = Some(said.clone());
            sections.unknown.push(said);
        }
    }

    /// What was made of such rows; `first` is the first program of the list.
    pub(super) fn note_sections(&mut self, sections: &Sections, first: usize, place: &str) {
        let is_used = |said: &&SourcedText| {
            let programs = self.drafts.listed.iter().skip(first);
            programs.flat_map(|program| &program.departments).any(|department| department.place == said.place)
        };
        let used: Vec<&SourcedText> = sections.taken.iter().take(NAMED * NAMED).filter(is_used).collect();
        if !used.is_empty() {
            let named = named(&used);
            self.review_note(format!("一覧の途中の行を、その下の事業の担当課としました（{named}）。違う事業があれば「担当」を直してください"), place);
        }
        let unknown: Vec<&SourcedText> = sections.unknown.iter().collect();
        if !unknown.is_empty() {
            let (named, count) = (named(&unknown), unknown.len());
            self.review_note(format!("一覧の途中に、1つの欄だけの行が{count}行あります（{named}）。見出しとみなして【メモ】に入れ、下の行も同じ一覧の事業として読みました。事業なら、担当課などほかの欄も書いて取り込み直してください"), place);
        }
    }
}

fn named(rows: &[&SourcedText]) -> String {
    let named: Vec<String> =
        rows.iter().take(NAMED).map(|said| format!("{}「{}」", said.place.at, said.text)).collect();
    let more = if rows.len() > NAMED { "など" } else { "" };
    format!("{}{more}", named.join("、"))
}

/// `【港湾振興課】`, `■港湾振興課`, `1　港湾振興課`
pub(super) fn department_in(text: &str) -> Option<&str> {
    let is_around = |c: char| {
        !c.is_alphanumeric() || is_digit(c) || is_blank(c) || ('Ⅰ'..='Ⅻ').contains(&c) || ('①'..='⑳').contains(&c)
    };
    let bare = text.trim_start_matches(is_around);
    let bare = if bare.len() < text.len() {
        bare.trim_end_matches(['】', '］', '〕', '〉', '》', '＞', '」', ']', '>', '：', ':'])
    } else {
        bare
    };
    let bare = bare.trim_matches(is_blank);
    (is_department(bare) && bare.chars().count() > 1).then_some(bare)
}

const SUMS: &[&str] = &["小計", "合計", "計", "総計", "総合計"];

/// The word of a row that sums up others: 小計, 港湾振興課計, 合計（3事業）.
pub(super) fn is_sum(row: &[Cell]) -> Option<&str> {
    row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).take(2).find(|text| {
        let text = compared(text);
        let bare = text.split('(').next().unwrap_or_default();
        SUMS.contains(&bare)
            || ["小計", "合計", "総計"].iter().any(|end| bare.ends_with(end))
            || bare.strip_suffix('計').is_some_and(|office| department_in(office).is_some())
    })
}
