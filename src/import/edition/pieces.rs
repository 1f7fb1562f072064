//! A document of the Word edition as it lies there: lines with their styles, markers and bookmarks, and tables of such lines. Knows
//! neither Word's XML nor a report.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A document that `report export docx` wrote, whoever worked in it since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    pub(in crate::import) pieces: Vec<Piece>,
    /// By the document's own names for them
    pub(in crate::import) pictures: BTreeMap<String, Arc<[u8]>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Piece {
    Line(Line),
    Table(Vec<Vec<Slot>>),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::import) struct Line {
    pub(in crate::import) style: Style,
    /// What Word counts or writes before it, or stands typed there: `(1)`, `・`, `第1章`
    pub(in crate::import) marker: String,
    /// Lines inside it are parted by `\n`.
    pub(in crate::import) text: String,
    /// What begins here
    pub(in crate::import) anchor: Option<Anchor>,
    /// The bookmarks whose pages it names
    pub(in crate::import) leads_to: Vec<String>,
    pub(in crate::import) pictures: Vec<ShownPicture>,
    /// How far it stands in, in twentieths of a pt
    pub(in crate::import) indent: i32,
    /// `12段落目`
    pub(in crate::import) place: String,
}

/// What a bookmark of the export says of the heading that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Anchor {
    /// `c3`, from 1
    Chapter(usize),
    /// `p3_1`
    Program(String),
    /// 目次, 総括表 and what else is computed
    Part,
}

/// What a paragraph is, by the name of its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) enum Style {
    Heading(u8),
    Title,
    Caption,
    Unit,
    Note,
    Head,
    Amount,
    Departments,
    Choice,
    Picture,
    PictureCaption,
    /// 目次, 索引, the cover, a line that nobody sees
    Computed,
    #[default]
    Text,
}

/// A picture where it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct ShownPicture {
    /// In `Edition::pictures`
    pub(in crate::import) key: String,
    /// As Word calls the drawing: 事例の写真 3
    pub(in crate::import) name: String,
    /// Its file's, where the document says so
    pub(in crate::import) file: String,
    pub(in crate::import) alt: String,
}

/// A place of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::import) struct Slot {
    pub(in crate::import) lines: Vec<Line>,
    pub(in crate::import) covered: Covered,
}

/// Whether a place belongs to a cell that begins elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import) enum Covered {
    #[default]
    No,
    /// By the cell above
    Above,
    /// By the cell at its left
    Left,
}

/// A picture that belongs to a file that is written, under the name that it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub name: String,
    pub bytes: Arc<[u8]>,
}

impl Edition {
    /// How often a picture that was read is shown
    pub(in crate::import) fn shown_pictures(&self) -> usize {
        let lines = self.pieces.iter().flat_map(|piece| match piece {
            Piece::Line(line) => vec![line],
            Piece::Table(rows) => rows.iter().flatten().flat_map(|slot| &slot.lines).collect(),
        });
        lines.flat_map(|line| &line.pictures).filter(|picture| self.pictures.contains_key(&picture.key)).count()
    }
}

impl Style {
    /// By the name that a style has in every language of Word.
    pub(in crate::import) fn named(name: &str) -> Self {
        let name = name.to_lowercase();
        let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("見出し")).map(str::trim);
        if let Some(level) = level.and_then(|level| level.parse().ok()).filter(|level| (1..=9).contains(level)) {
            return Self::Heading(level);
        }
        match name.as_str() {
            "title" => Self::Title,
            "caption" => Self::PictureCaption,
            "表の題" => Self::Caption,
            "表の単位" => Self::Unit,
            "表の注" => Self::Note,
            "表の見出し" => Self::Head,
            "事業費" => Self::Amount,
            "担当課" => Self::Departments,
            "選択" => Self::Choice,
            "写真" => Self::Picture,
            "表紙の文" | "空き" | "直す所" | "header" | "footer" | "index 1" | "index heading" => {
                Self::Computed
            }
            name if name.starts_with("toc ") => Self::Computed,
            _ => Self::Text,
        }
    }
}

impl Anchor {
    /// Of a bookmark that the export made; nothing for others.
    pub(in crate::import) fn named(bookmark: &str) -> Option<Self> {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
        if bookmark.starts_with("part_") {
            return Some(Self::Part);
        }
        if let Some(number) = bookmark.strip_prefix('c').filter(|number| is_number(number)) {
            return number.parse().ok().map(Self::Chapter);
        }
        let (chapter, program) = bookmark.strip_prefix('p')?.split_once('_')?;
        (is_number(chapter) && is_number(program)).then(|| Self::Program(bookmark.to_string()))
    }
}

impl Line {
    /// Its text in one line
    pub(in crate::import) fn flat(&self) -> String {
        self.text.replace('\n', "")
    }

    pub(in crate::import) fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.pictures.is_empty()
    }
}

impl Slot {
    pub(in crate::import) fn text(&self) -> String {
        let texts: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        texts.join("\n").trim_matches('\n').to_string()
    }

    pub(in crate::import) fn is_head(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.style == Style::Head)
    }
}

/// The rows at the top of a table that are its head.
pub(in crate::import) fn head_rows(rows: &[Vec<Slot>]) -> usize {
    let is_head = |row: &&Vec<Slot>| {
        row.iter().any(Slot::is_head) && row.iter().all(|slot| slot.is_head() || slot.covered != Covered::No)
    };
    rows.iter().take_while(is_head).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_and_styles_say_what_a_line_is() {
        assert_eq!(Anchor::named("c12"), Some(Anchor::Chapter(12)));
        assert_eq!(Anchor::named("p1_3"), Some(Anchor::Program("p1_3".to_string())));
        assert_eq!(Anchor::named("part_index"), Some(Anchor::Part));
        assert_eq!(["_GoBack", "p1", "chapter", "c", "p_1"].map(Anchor::named), [None, None, None, None, None]);
        let named = ["heading 4", "Title", "担当課", "toc 2", "Body Text"].map(Style::named);
        assert_eq!(named, [Style::Heading(4), Style::Title, Style::Departments, Style::Computed, Style::Text]);
    }
}
