//! Texts without a heading of their own: to the section at hand, below a table, or into a memo.

use super::draft::{Indicators, Row, RowKind, SourcedText};
use super::indicators::push_alone;
use super::money_units::unit_note;
use super::recognise::{Position, Recogniser};
use crate::syntax::SectionKind;
use crate::syntax::chars::is_blank;

impl Recogniser<'_> {
    /// One message for a word, however often it stands.
    pub(super) fn note_unknown(&mut self, word: &str, place: &str) {
        let first = self.place(place);
        let word = word.trim_matches(|c| "【】".contains(c) || is_blank(c)).replace('\n', " ");
        self.drafts.unknown.entry(word).or_insert((0, first)).0 += 1;
    }

    pub(super) fn memo(&mut self, text: &str, place: &str) {
        let said = self.said(text, place);
        if self.in_program() {
            self.program(place).memo.push(said);
        } else if !self.drafts.chapter.memo.iter().any(|known| known.text == said.text) {
            self.drafts.chapter.memo.push(said);
        }
    }

    pub(super) fn texts(&mut self, value: &str, place: &str) {
        value
            .split('\n')
            .filter(|line| !line.trim_matches(is_blank).is_empty())
            .for_each(|line| self.text(line, place));
    }

    /// （単位：円） above a table or in a corner of a form
    pub(super) fn note_unit(&mut self, text: &str) {
        self.cursor.unit = unit_note(text).or(self.cursor.unit);
    }

    /// A text without a heading of its own.
    pub(super) fn text(&mut self, text: &str, place: &str) {
        let text = text.trim_matches(is_blank);
        self.note_unit(text);
        let said = self.said(text, place);
        let is_closed = self.current().is_some_and(|program| program.closed);
        // What goes on behind a list may be the text of the program that the list stands in.
        let is_behind_list = text.ends_with('。') && !self.drafts.programs.is_empty() && !self.drafts.listed.is_empty();
        match self.cursor.position {
            Position::Chapter if is_behind_list => {
                self.review_note("一覧の表より後に文があります。【メモ】に入れました", place);
                self.memo(text, place);
            }
            Position::Chapter | Position::Memo => self.memo(text, place),
            Position::ChapterOverview => self.drafts.chapter.overview.push(said),
            _ if is_closed => {
                let what = "担当課の行より後に文があります。【メモ】に入れました";
                self.program(place).memo.push(said.noted(what));
            }
            Position::Head => self.memo(text, place),
            Position::Section(SectionKind::Indicators) => self.below_table(said, place),
            Position::Section(kind) => self.program(place).sections.entry(kind).or_default().push(said),
        }
    }

    /// A note, a row whose other cells are blank, or the text that the table interrupted.
    fn below_table(&mut self, said: SourcedText, place: &str) {
        let interrupted = self.cursor.interrupted.take();
        let is_sentence = said.text.ends_with(['。', '）', ')']) || said.text.chars().count() > 40;
        let own_table = self.cursor.own_table;
        let program = self.program(place);
        if let (Some(kind), true) = (own_table, said.text.starts_with('※')) {
            program.table_notes.push((kind, said));
            self.cursor.interrupted = interrupted;
            return;
        }
        match (said.text.strip_prefix('※'), program.tables.last_mut(), interrupted) {
            (Some(note), Some(table), _) => {
                table.rows.push(Row { kind: RowKind::Note, label: note.to_string(), ..Row::default() });
                self.cursor.interrupted = interrupted;
            }
            (_, _, Some(kind)) if is_sentence => {
                program.sections.entry(kind).or_default().push(said);
                self.cursor.position = Position::Section(kind);
            }
            (_, Some(table), _) if !is_sentence => {
                push_alone(&said.text, &said.place, table);
                self.cursor.interrupted = interrupted;
            }
            _ => program.memo.push(said.noted("指標の表に入らない文があります。【メモ】に入れました")),
        }
    }

    pub(super) fn add_table(&mut self, mut table: Indicators, place: &str) {
        table.section = self.cursor.table_section;
        self.cursor.own_table = None;
        self.program(place).tables.push(table);
        self.interrupt();
    }

    /// Behind a table its notes follow, or the text before it.
    pub(super) fn interrupt(&mut self) {
        if let Position::Section(kind) = self.cursor.position
            && kind != SectionKind::Indicators
        {
            self.cursor.interrupted = Some(kind);
        }
        self.cursor.position = Position::Section(SectionKind::Indicators);
    }
}
