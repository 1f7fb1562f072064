//! What a program holds, section by section in printed order. Whoever walks over a program walks here.

use super::{
    Block, Case, Cell, Chosen, Column, Columns, CustomField, Department, Grade, Grades, Indicator, Photo, Prose, Row,
    Text, Value,
};
use crate::source::Span;
use crate::syntax::{FieldName, SectionKind};

/// What is written in one of a program's sections; in a repeatable one, of all that bear its name.
#[derive(Debug, Clone)]
pub enum SectionContent {
    Prose(Prose),
    Tables(Vec<Indicator>),
    Cases(Vec<Case>),
    /// Photographs that belong to no case
    Photos(Vec<Photo>),
    Choice(Chosen),
    Grades(Grades),
}

/// The contents of every section that a program may have, in printed order; those of the language are there when empty too.
#[derive(Debug, Clone, Default)]
pub(super) struct Contents(Vec<(SectionKind, SectionContent)>);

impl Contents {
    pub(super) fn iter(&self) -> impl Iterator<Item = (SectionKind, &SectionContent)> {
        self.0.iter().map(|(kind, content)| (*kind, content))
    }

    pub(super) fn push(&mut self, kind: SectionKind, content: SectionContent) {
        self.0.push((kind, content));
    }
}

/// A text that a program prints, or a place of one.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub kind: ItemKind<'a>,
    /// Its lines as they were typed; none where the program writes it itself
    pub lines: &'a [Text],
    /// Where it was written
    pub place: Span,
}

/// What an item is.
#[derive(Debug, Clone, Copy)]
pub enum ItemKind<'a> {
    Name,
    Amount,
    OutsideTotal,
    /// A field of the office's form
    Field(FieldName),
    Department(&'a Department),
    /// 【事業概要】
    Heading(SectionKind),
    Block(&'a Block),
    /// Above a table
    Caption,
    ColumnHead(&'a Column),
    /// Of a row
    Label(&'a Row),
    Value(&'a Cell),
    /// Below a table
    Note(&'a Block),
    CaseTitle,
    /// A choice, as typed
    Choice,
    Criterion,
    Grade,
    /// Of a grade
    Reason(&'a Grade),
    PhotoCaption,
    /// Read out, not printed
    PhotoAlt,
}

impl Indicator {
    /// Everything that it prints, in order.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        items.table(self);
        items.0
    }
}

pub(super) struct Items<'a>(pub(super) Vec<Item<'a>>);

impl<'a> Items<'a> {
    pub(super) fn text(&mut self, kind: ItemKind<'a>, text: Option<&'a Text>) {
        self.0.extend(text.map(|text| Item { kind, lines: std::slice::from_ref(text), place: text.span }));
    }

    pub(super) fn place(&mut self, kind: ItemKind<'a>, place: Option<Span>) {
        self.0.extend(place.map(|place| Item { kind, lines: &[], place }));
    }

    fn lines(&mut self, kind: ItemKind<'a>, lines: &'a [Text]) {
        self.0.extend(lines.first().map(|first| Item { kind, lines, place: first.span }));
    }

    pub(super) fn content(&mut self, section: SectionKind, content: &'a SectionContent) {
        match content {
            SectionContent::Prose(prose) => {
                self.place(ItemKind::Heading(section), prose.heading.filter(|_| !prose.is_empty()));
                self.blocks(&prose.blocks);
            }
            SectionContent::Tables(tables) => {
                let own = tables.first().filter(|_| matches!(section, SectionKind::Custom(_)));
                self.place(ItemKind::Heading(section), own.map(|table| table.heading));
                tables.iter().for_each(|table| self.table(table));
            }
            SectionContent::Cases(cases) => {
                for case in cases {
                    self.place(ItemKind::Heading(section), Some(case.heading));
                    self.text(ItemKind::CaseTitle, case.title.as_ref());
                    self.blocks(&case.blocks);
                    self.photos(&case.photos);
                }
            }
            SectionContent::Photos(photos) => self.photos(photos),
            SectionContent::Choice(chosen) => {
                self.place(ItemKind::Heading(section), chosen.heading.filter(|_| !chosen.is_empty()));
                self.place(ItemKind::Choice, chosen.place.filter(|_| chosen.choice.is_some()));
                self.blocks(&chosen.blocks);
            }
            SectionContent::Grades(grades) => {
                self.place(ItemKind::Heading(section), Some(grades.heading));
                grades.rows.iter().for_each(|row| self.grade(row));
            }
        }
    }

    fn grade(&mut self, row: &'a Grade) {
        self.text(ItemKind::Criterion, Some(&row.criterion));
        self.text(ItemKind::Grade, row.grade.as_ref());
        self.lines(ItemKind::Reason(row), &row.reason);
    }

    pub(super) fn field(&mut self, field: &'a CustomField) {
        self.text(ItemKind::Field(field.name), Some(&field.value));
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.lines(ItemKind::Block(block), &block.lines));
    }

    fn table(&mut self, table: &'a Indicator) {
        self.text(ItemKind::Caption, table.caption.as_ref());
        if let Columns::Own(columns) = &table.columns
            && table.declared.is_none()
        {
            columns.iter().for_each(|column| self.text(ItemKind::ColumnHead(column), Some(&column.label)));
        }
        for row in &table.rows {
            if !row.is_written {
                self.lines(ItemKind::Label(row), &row.label.lines);
            }
            for value in &row.values {
                if let Value::Own(cell) = value {
                    self.lines(ItemKind::Value(cell), &cell.lines);
                }
            }
        }
        table.notes.iter().for_each(|note| self.lines(ItemKind::Note(note), &note.lines));
    }

    fn photos(&mut self, photos: &'a [Photo]) {
        for photo in photos {
            self.lines(ItemKind::PhotoCaption, &photo.caption);
            self.lines(ItemKind::PhotoAlt, &photo.alt);
        }
    }
}
