//! What the lines of a document are, before anything is made of them.

use super::document::{Block, Table};
use super::meanings::Meaning;
use crate::syntax::chars::is_blank;

/// A line of a paragraph, or a table.
#[derive(Clone, Copy)]
pub(super) enum Element<'a> {
    Line { text: &'a str, heading: Option<u8>, place: &'a str },
    Table(&'a Table),
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'t> {
    /// `（担当課：課 グループ）`, with what stands behind its colon
    Departments {
        label: &'t str,
        value: &'t str,
    },
    /// Further departments below such a line, whose bracket was lost
    FurtherDepartments(&'t str),
    /// A label or a heading, with what stands behind it in its line, and what it stands in
    Labelled {
        meaning: Meaning,
        label: &'t str,
        value: &'t str,
        enclosure: Option<char>,
    },
    /// What stands below a label that had no value
    Value(&'t str),
    /// The name of a program, and its level where it is a heading of Word
    Name {
        number: Option<&'t str>,
        name: &'t str,
        level: Option<u8>,
    },
    /// The number of a program, whose name follows
    Number(&'t str),
    NameBelowNumber(&'t str),
    ChapterTitle(&'t str),
    /// A heading between programs
    ChapterHeading(&'t str),
    /// A heading inside 取組の概要
    OverviewHeading(&'t str),
    /// A heading inside a program that no word tells
    UnknownHeading(&'t str),
    Text(&'t str),
}

/// The elements of a block; blank lines are none.
pub(super) fn elements_of(block: &Block) -> Vec<Element<'_>> {
    match block {
        Block::Table(table) => vec![Element::Table(table)],
        Block::Paragraph(paragraph) => {
            let lines = paragraph.text.split('\n').filter(|line| !line.trim_matches(is_blank).is_empty());
            lines.map(|text| Element::Line { text, heading: paragraph.heading, place: &paragraph.place }).collect()
        }
    }
}
