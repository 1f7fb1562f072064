//! What a program holds, section by section in printed order. Whoever walks over a program walks here.

use super::{Block, Case, Cell, Column, Columns, Department, Indicator, Photo, Prose, Row, Text, Value};
use crate::source::Span;
use crate::syntax::{SectionKind, Shape};

/// What is written in one of a program's sections; in a repeatable one, of all that bear its name.
#[derive(Debug, Clone)]
pub enum SectionContent {
    Prose(Prose),
    Tables(Vec<Indicator>),
    Cases(Vec<Case>),
    /// Photographs that belong to no case
    Photos(Vec<Photo>),
}

/// The contents of every section that a program may have, in printed order; empty ones too.
#[derive(Debug, Clone)]
pub(super) struct Contents(Vec<(SectionKind, SectionContent)>);

impl Default for Contents {
    fn default() -> Self {
        let empty = |kind: SectionKind| match kind.spec().shape {
            Shape::Table => SectionContent::Tables(Vec::new()),
            Shape::Case => SectionContent::Cases(Vec::new()),
            Shape::Photos => SectionContent::Photos(Vec::new()),
            Shape::Fields | Shape::Names | Shape::Prose | Shape::Memo => SectionContent::Prose(Prose::default()),
        };
        Self(SectionKind::of_programs().map(|kind| (kind, empty(kind))).collect())
    }
}

impl Contents {
    pub(super) fn iter(&self) -> impl Iterator<Item = (SectionKind, &SectionContent)> {
        self.0.iter().map(|(kind, content)| (*kind, content))
    }

    pub(super) fn get(&self, kind: SectionKind) -> Option<&SectionContent> {
        self.iter().find(|(other, _)| *other == kind).map(|(_, content)| content)
    }

    pub(super) fn set(&mut self, kind: SectionKind, content: SectionContent) {
        if let Some(place) = self.0.iter_mut().find(|(other, _)| *other == kind) {
            place.1 = content;
        }
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
            SectionContent::Tables(tables) => tables.iter().for_each(|table| self.table(table)),
            SectionContent::Cases(cases) => {
                for case in cases {
                    self.place(ItemKind::Heading(section), Some(case.heading));
                    self.text(ItemKind::CaseTitle, case.title.as_ref());
                    self.blocks(&case.blocks);
                    self.photos(&case.photos);
                }
            }
            SectionContent::Photos(photos) => self.photos(photos),
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        blocks.iter().for_each(|block| self.lines(ItemKind::Block(block), &block.lines));
    }

    fn table(&mut self, table: &'a Indicator) {
        self.text(ItemKind::Caption, table.caption.as_ref());
        if let Columns::Own(columns) = &table.columns {
            columns.iter().for_each(|column| self.text(ItemKind::ColumnHead(column), Some(&column.label)));
        }
        for row in &table.rows {
            self.lines(ItemKind::Label(row), &row.label.lines);
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
