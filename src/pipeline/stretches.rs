//! Which pages of a laid-out report hold the wanted programs, and what else is on them.
//!
//! A chapter that lies in no other has pages of its own before its programs. The head of one in a chapter, with its list,
//! stands on the pages of programs, and then belongs to what is printed.

use std::collections::BTreeMap;

use super::wanted::Wanted;
use crate::model::{ProgramIndex, Report};
use crate::typeset::{PageItem, Pages, PrintedLine};
use crate::view::{PageRun, chapter_anchor, is_part_anchor, program_anchor};
use crate::word::PageStart;

/// Whole pages that follow each other, by their index, and what fills them.
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) last: usize,
    /// What begins there begins at the top of a page.
    at_top: bool,
    owners: Vec<PageOwner>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageOwner {
    /// The head of a chapter, with its list
    Chapter(usize),
    Program(ProgramIndex),
}

/// Where something begins.
struct Start {
    owner: PageOwner,
    page: usize,
    at_top: bool,
}

impl Stretch {
    fn programs(&self) -> impl Iterator<Item = ProgramIndex> {
        self.owners.iter().filter_map(|owner| match owner {
            PageOwner::Program(index) => Some(*index),
            PageOwner::Chapter(_) => None,
        })
    }

    pub(super) fn run(&self, pages: &Pages) -> PageRun {
        let (mut programs, mut chapters) = (Vec::new(), Vec::new());
        for owner in &self.owners {
            match owner {
                PageOwner::Program(index) => programs.push(*index),
                PageOwner::Chapter(chapter) => chapters.push((programs.len(), *chapter)),
            }
        }
        let first_page = u32::try_from(pages.number(self.first)).unwrap_or(u32::MAX);
        // Above the first head of a book stands nothing but its title.
        let is_first_head = self.owners.first() == Some(&PageOwner::Chapter(0));
        PageRun { first_page, has_title: is_first_head && !self.at_top, programs, chapters }
    }
}

/// The stretches that hold the wanted programs: each from something that begins at the top of a page to the next such.
pub(super) fn stretches(pages: &Pages, report: &Report, wanted: &Wanted) -> Vec<Stretch> {
    let mut pieces: Vec<Stretch> = Vec::new();
    let starts = starts(pages, report);
    for (place, start) in starts.iter().enumerate() {
        // A owner ends where the next one begins: on that page, or above its top.
        let end = match starts.get(place + 1) {
            Some(next) if next.at_top => next.page.saturating_sub(1),
            Some(next) => next.page,
            None => last_page(pages, start.page),
        };
        match pieces.last_mut().filter(|_| !start.at_top) {
            Some(piece) => {
                piece.last = end;
                piece.owners.push(start.owner);
            }
            None => {
                pieces.push(Stretch { first: start.page, last: end, at_top: start.at_top, owners: vec![start.owner] })
            }
        }
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| piece.programs().any(|index| wanted.programs.contains(&index))) {
        match stretches.last_mut().filter(|before| before.last + 1 == piece.first) {
            Some(before) => {
                before.last = piece.last;
                before.owners.extend(piece.owners);
            }
            None => stretches.push(piece),
        }
    }
    stretches
}

/// Every chapter and program that is printed, in order.
fn starts(pages: &Pages, report: &Report) -> Vec<Start> {
    let printed = printed(pages);
    let places = places(&printed);
    let start = |owner: PageOwner| {
        let anchor = match owner {
            PageOwner::Chapter(chapter) => chapter_anchor(chapter),
            PageOwner::Program(index) => program_anchor(index),
        };
        let (page, y) = *places.get(anchor.as_str())?;
        Some(Start { owner, page, at_top: is_at_top(&printed, page, y) })
    };
    let owners = report.chapters.iter().enumerate().flat_map(|(chapter, content)| {
        let programs = (0..content.programs.len()).map(move |program| ProgramIndex { chapter, program });
        std::iter::once(PageOwner::Chapter(chapter)).chain(programs.map(PageOwner::Program))
    });
    owners.filter_map(start).collect()
}

fn printed(pages: &Pages) -> Vec<Vec<PageItem>> {
    (0..pages.count()).map(|page| pages.printed(page)).collect()
}

/// What stands on the page before in the same place is the page's head, and nothing of the text.
fn is_at_top(printed: &[Vec<PageItem>], page: usize, y: f64) -> bool {
    let lines = |page: usize| printed.get(page).into_iter().flatten().filter_map(line);
    let neighbour = if page > 0 { page - 1 } else { page + 1 };
    lines(page).filter(|line| line.y + line.height <= y).all(|line| lines(neighbour).any(|other| is_same(line, other)))
}

/// Where each anchor stands: the number of its page as it is printed, and whether it begins the page.
pub(super) fn page_starts(pages: &Pages) -> BTreeMap<String, PageStart> {
    let printed = printed(pages);
    let start = |(name, (page, y)): (&str, (usize, f64))| {
        (name.to_string(), PageStart { number: pages.label(page), at_top: is_at_top(&printed, page, y) })
    };
    places(&printed).into_iter().map(start).collect()
}

/// The first place of each anchor: its page, and how far down.
fn places(printed: &[Vec<PageItem>]) -> BTreeMap<&str, (usize, f64)> {
    let mut places = BTreeMap::new();
    for (page, owners) in printed.iter().enumerate() {
        for owner in owners {
            match owner {
                PageItem::Anchor { name, y } => places.entry(name.as_str()).or_insert((page, *y)),
                PageItem::Line(_) => continue,
            };
        }
    }
    places
}

/// The last page before the next part of the book, or the last of all.
fn last_page(pages: &Pages, from: usize) -> usize {
    let is_part = |owner: &PageItem| matches!(owner, PageItem::Anchor { name, .. } if is_part_anchor(name));
    let end = (from + 1..pages.count()).find(|page| pages.printed(*page).iter().any(is_part));
    end.unwrap_or(pages.count()).saturating_sub(1)
}

/// The number of the page that each anchor stands on.
pub(super) fn page_numbers(pages: &Pages) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for page in 0..pages.count() {
        for owner in pages.printed(page) {
            if let PageItem::Anchor { name, .. } = owner {
                numbers.entry(name).or_insert_with(|| pages.label(page));
            }
        }
    }
    numbers
}

pub(super) fn line(printed: &PageItem) -> Option<&PrintedLine> {
    match printed {
        PageItem::Line(line) => Some(line),
        PageItem::Anchor { .. } => None,
    }
}

/// Places are sums of lengths: their last bits may differ.
pub(super) fn is_same(one: &PrintedLine, other: &PrintedLine) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    one.text == other.text && near(one.x, other.x) && near(one.y, other.y) && near(one.width, other.width)
}
