//! What a program holds, section by section in printed order. Whoever walks over a program walks here.

use super::{Block, Case, Cell, Column, Columns, Department, Indicator, Photo, Program, Prose, Row, Text, Value};
use crate::source::Span;
use crate::syntax::{SectionKind, Shape};

/// What is written in one of a program's sections; in a repeatable one, of all that bear its name.
#[derive(Debug, Clone)]
pub enum Content {
    Prose(Prose),
    Tables(Vec<Indicator>),
    Cases(Vec<Case>),
    /// Photographs that belong to no case
    Photos(Vec<Photo>),
}

/// The contents of every section that a program may have, in printed order; empty ones too.
#[derive(Debug, Clone)]
pub(super) struct Contents(Vec<(SectionKind, Content)>);

impl Default for Contents {
    fn default() -> Self {
        let empty = |kind: SectionKind| match kind.spec().shape {
            Shape::Table => Content::Tables(Vec::new()),
            Shape::Case => Content::Cases(Vec::new()),
            Shape::Photos => Content::Photos(Vec::new()),
            Shape::Fields | Shape::Names | Shape::Prose | Shape::Memo => Content::Prose(Prose::default()),
        };
        Self(SectionKind::of_programs().map(|kind| (kind, empty(kind))).collect())
    }
}

impl Contents {
    pub(super) fn set(&mut self, kind: SectionKind, content: Content) {
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

impl Program {
    /// Every section with its content, in printed order; empty ones too.
    pub fn contents(&self) -> impl Iterator<Item = (SectionKind, &Content)> {
        self.contents.0.iter().map(|(kind, content)| (*kind, content))
    }

    fn content(&self, kind: SectionKind) -> Option<&Content> {
        self.contents().find(|(other, _)| *other == kind).map(|(_, content)| content)
    }

    /// The sections of prose, in printed order; empty ones too.
    pub fn prose(&self) -> impl Iterator<Item = (SectionKind, &Prose)> {
        self.contents().filter_map(|(kind, content)| match content {
            Content::Prose(prose) => Some((kind, prose)),
            Content::Tables(_) | Content::Cases(_) | Content::Photos(_) => None,
        })
    }

    /// 【事業実績】 and its like
    pub fn prose_of(&self, kind: SectionKind) -> Option<&Prose> {
        self.prose().find(|(other, _)| *other == kind).map(|(_, prose)| prose)
    }

    /// The tables of 【指標】.
    pub fn indicators(&self) -> &[Indicator] {
        let Some(Content::Tables(tables)) = self.content(SectionKind::Indicators) else { return &[] };
        tables
    }

    /// 【事例】
    pub fn cases(&self) -> &[Case] {
        let Some(Content::Cases(cases)) = self.content(SectionKind::Case) else { return &[] };
        cases
    }

    /// Photographs that belong to no case
    pub fn photos(&self) -> &[Photo] {
        let Some(Content::Photos(photos)) = self.content(SectionKind::Photos) else { return &[] };
        photos
    }

    /// The photographs in printed order, those of cases first.
    pub fn all_photos(&self) -> impl Iterator<Item = &Photo> {
        self.cases().iter().flat_map(|case| &case.photos).chain(self.photos())
    }

    /// Everything that its page prints, in order, and what is read out of its pictures.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        items.text(ItemKind::Name, self.name.as_ref());
        items.place(ItemKind::Amount, self.amount_place);
        items.text(ItemKind::OutsideTotal, self.outside_total.as_ref());
        for (kind, content) in self.contents() {
            items.content(kind, content);
        }
        for department in &self.departments {
            items.text(ItemKind::Department(department), Some(&department.typed));
        }
        items.0
    }
}

impl Indicator {
    /// Everything that it prints, in order.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        items.table(self);
        items.0
    }
}

struct Items<'a>(Vec<Item<'a>>);

impl<'a> Items<'a> {
    fn text(&mut self, kind: ItemKind<'a>, text: Option<&'a Text>) {
        self.0.extend(text.map(|text| Item { kind, lines: std::slice::from_ref(text), place: text.span }));
    }

    fn place(&mut self, kind: ItemKind<'a>, place: Option<Span>) {
        self.0.extend(place.map(|place| Item { kind, lines: &[], place }));
    }

    fn lines(&mut self, kind: ItemKind<'a>, lines: &'a [Text]) {
        self.0.extend(lines.first().map(|first| Item { kind, lines, place: first.span }));
    }

    fn content(&mut self, section: SectionKind, content: &'a Content) {
        match content {
            Content::Prose(prose) => {
                self.place(ItemKind::Heading(section), prose.heading.filter(|_| !prose.is_empty()));
                self.blocks(&prose.blocks);
            }
            Content::Tables(tables) => tables.iter().for_each(|table| self.table(table)),
            Content::Cases(cases) => {
                for case in cases {
                    self.place(ItemKind::Heading(section), Some(case.heading));
                    self.text(ItemKind::CaseTitle, case.title.as_ref());
                    self.blocks(&case.blocks);
                    self.photos(&case.photos);
                }
            }
            Content::Photos(photos) => self.photos(photos),
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
