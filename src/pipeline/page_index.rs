//! On which printed pages of a laid-out report a thing stands.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::comparison::{Change, PrintedPages, PrintedPlace};
use crate::typeset::{PageItem as Shown, Pages};
use crate::view::{is_anchor, is_part_anchor};

/// The pages of a report as something to look in.
pub(super) struct PageIndex {
    /// What each page says, without blanks
    texts: Vec<String>,
    /// What each page has for a number
    numbers: Vec<String>,
    /// First and last page of each chapter's own pages, of each program, and, without a name, of what stands before them
    ranges: BTreeMap<String, RangeInclusive<usize>>,
}

impl PageIndex {
    pub(super) fn new(pages: &Pages) -> Self {
        let mut found =
            Self { texts: Vec::new(), numbers: Vec::new(), ranges: BTreeMap::from([(String::new(), 0..=0)]) };
        let mut current = String::new();
        for page in 0..pages.count() {
            let mut text = String::new();
            for shown in pages.printed(page) {
                match shown {
                    Shown::Line(line) => {
                        text.extend(line.text.chars().filter(|c| !c.is_whitespace()));
                        if let Some(range) = found.ranges.get_mut(&current).filter(|_| !is_footer(&line.text)) {
                            *range = *range.start()..=page;
                        }
                    }
                    Shown::Anchor { name, .. } if is_anchor(&name) => {
                        found.ranges.entry(name.clone()).or_insert(page..=page);
                        current = name;
                    }
                    Shown::Anchor { .. } => {}
                }
            }
            found.texts.push(text);
            found.numbers.push(pages.label(page));
        }
        found
    }

    /// Every place where the older state prints what changed.
    pub(super) fn of(&self, change: &Change) -> Vec<PrintedPages> {
        let pages = change.printed.iter().filter_map(|printed| {
            let range = self.find(printed)?;
            let (first, last) = (self.numbers.get(*range.start())?, self.numbers.get(*range.end())?);
            let label = if first == last { first.clone() } else { format!("{first}〜{last}") };
            Some(PrintedPages { first: *range.start(), last: *range.end(), label })
        });
        pages.collect()
    }

    /// The page with the words; all its pages where they cannot be found. A part, which may not print them, then has none.
    fn find(&self, printed: &PrintedPlace) -> Option<RangeInclusive<usize>> {
        // A program whose list is all that is printed of it stands among its chapter's pages where no column has its name.
        let range = self.ranges.get(&printed.anchor).or_else(|| self.ranges.get(&chapter_of(&printed.anchor)?))?;
        let Some(words) = &printed.words else { return Some(range.clone()) };
        let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() {
            return Some(*range.start()..=*range.start());
        }
        // A text over the end of a page is there in halves.
        let (head, tail) = words.split_at(words.len().div_ceil(2));
        let wanted = [words.as_slice(), head, tail].map(|part| part.iter().collect::<String>());
        let has = |page: usize, part: &str| self.texts.get(page).is_some_and(|text| text.contains(part));
        let pages = |part: &String| range.clone().find(|page| !part.is_empty() && has(*page, part));
        let found = wanted.iter().find_map(pages);
        let all = (!is_part_anchor(&printed.anchor)).then(|| range.clone());
        found.map(|page| page..=page).or(all)
    }
}

/// c2 of p2-11
fn chapter_of(anchor: &str) -> Option<String> {
    let (chapter, _) = anchor.strip_prefix('p')?.split_once('-')?;
    Some(format!("c{chapter}"))
}

/// - 22 -, - iv -
fn is_footer(line: &str) -> bool {
    line.chars().all(|c| "-ivxl".contains(c) || c.is_ascii_digit() || c.is_whitespace())
}
