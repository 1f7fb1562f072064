//! The outline of an edition: its chapters with the programs in them, each with its own pieces. Bookmarks say what a heading is;
//! where somebody wrote a heading anew, what stands below it does.

use std::collections::BTreeSet;

use super::pieces::{Anchor, Edition, Line, Piece, Style};

#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    pub(super) chapters: Vec<ChapterPart<'a>>,
    /// Bookmarks of the programs whose indicators are drawn
    pub(super) drawn: BTreeSet<&'a str>,
    /// Headings of what is computed
    pub(super) computed: Vec<&'a str>,
    /// What stands before all chapters and programs, and is neither cover nor 目次
    pub(super) before: Vec<&'a Line>,
}

#[derive(Debug, Default)]
pub(super) struct ChapterPart<'a> {
    /// Without one, the programs of an excerpt whose chapter begins on another page
    pub(super) heading: Option<&'a Line>,
    /// From 0
    pub(super) level: usize,
    /// What stands before its programs
    pub(super) pieces: Vec<&'a Piece>,
    pub(super) programs: Vec<ProgramPart<'a>>,
}

#[derive(Debug)]
pub(super) struct ProgramPart<'a> {
    pub(super) heading: &'a Line,
    pub(super) pieces: Vec<&'a Piece>,
}

/// What is open while the pieces are gone through.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Before,
    Part,
    Chapter,
    Program,
}

/// `program_heads`: names of sections that programs have.
pub(super) fn outline<'a>(edition: &'a Edition, program_heads: &BTreeSet<String>) -> Outline<'a> {
    let heads = level_of_heads(edition);
    let mut made = Outline::default();
    let mut open = Open::Before;
    for (index, piece) in edition.pieces.iter().enumerate() {
        let line = match piece {
            Piece::Line(line) => Some(line),
            Piece::Table(_) => None,
        };
        let above = line.and_then(|line| level(line).map(|level| (line, level)));
        let above = above.filter(|(line, level)| line.anchor.is_some() || (*level < heads && open != Open::Part));
        if let Some((line, level)) = above {
            let behind = edition.pieces.get(index + 1..).unwrap_or_default();
            open = kind(line, level, behind, program_heads);
            made.open(open, line, level);
            continue;
        }
        match open {
            Open::Before => {
                made.before.extend(line.filter(|line| !matches!(line.style, Style::Title | Style::Computed)))
            }
            Open::Part => {
                let drawn = line.filter(|line| line.style == Style::Caption);
                made.drawn.extend(drawn.into_iter().flat_map(|line| line.leads_to.iter().map(String::as_str)));
            }
            Open::Chapter => made.chapters.iter_mut().last().into_iter().for_each(|chapter| chapter.pieces.push(piece)),
            Open::Program => {
                let program = made.chapters.last_mut().and_then(|chapter| chapter.programs.last_mut());
                program.into_iter().for_each(|program| program.pieces.push(piece));
            }
        }
    }
    made
}

impl<'a> Outline<'a> {
    fn open(&mut self, open: Open, line: &'a Line, level: u8) {
        match open {
            Open::Before | Open::Part => self.computed.push(&line.text),
            Open::Chapter => {
                let level = usize::from(level).saturating_sub(1);
                self.chapters.push(ChapterPart { heading: Some(line), level, ..ChapterPart::default() });
            }
            Open::Program => {
                if self.chapters.is_empty() {
                    self.chapters.push(ChapterPart::default());
                }
                let chapter = self.chapters.last_mut();
                chapter
                    .into_iter()
                    .for_each(|chapter| chapter.programs.push(ProgramPart { heading: line, pieces: Vec::new() }));
            }
        }
    }
}

fn level(line: &Line) -> Option<u8> {
    if let Style::Heading(level) = line.style { Some(level) } else { (line.anchor == Some(Anchor::Part)).then_some(1) }
}

/// The level of the heads of sections: 【…】 stands in them alone.
fn level_of_heads(edition: &Edition) -> u8 {
    let levels = edition.pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) if line.anchor.is_none() && line.text.starts_with('【') => level(line),
        Piece::Line(_) | Piece::Table(_) => None,
    });
    levels.min().unwrap_or(u8::MAX)
}

fn kind(line: &Line, level: u8, behind: &[Piece], program_heads: &BTreeSet<String>) -> Open {
    match &line.anchor {
        Some(Anchor::Chapter(_)) => Open::Chapter,
        Some(Anchor::Program(_)) => Open::Program,
        Some(Anchor::Part) => Open::Part,
        None if is_of_program(level, behind, program_heads) => Open::Program,
        None => Open::Chapter,
    }
}

/// Whether what stands below a heading that somebody wrote is a program's.
fn is_of_program(own: u8, behind: &[Piece], program_heads: &BTreeSet<String>) -> bool {
    let lines = behind.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        Piece::Table(_) => None,
    });
    let below = lines.take_while(|line| line.anchor.is_none() && level(line).is_none_or(|level| level > own));
    below.into_iter().any(|line| {
        let is_head = level(line).is_some() && head(&line.text).is_some_and(|(name, _)| program_heads.contains(name));
        is_head || matches!(line.style, Style::Amount | Style::Departments)
    })
}

/// `【事例】高校生による案内`: the name, and what stands behind it.
pub(super) fn head(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('【')?.split_once('】')?;
    Some((name, rest.trim()))
}
