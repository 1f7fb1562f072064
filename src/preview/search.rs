//! Search by text over the pages: in any width and case, and over the ends of lines.

use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::page_cache::KnownPage;
use crate::typeset::PrintedLine;

/// More are counted and not sent.
const MOST: usize = 500;
/// Letters shown before and after what was found.
const AROUND: usize = 12;

#[derive(Debug, Serialize, PartialEq)]
pub(super) struct SearchHit {
    pub(super) hits: Vec<Hit>,
    pub(super) total: usize,
}

/// One place, in pt; a text that goes on in the next line is shown where it begins.
#[derive(Debug, Serialize, PartialEq)]
pub(super) struct Hit {
    page: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    before: String,
    text: String,
    after: String,
}

/// Letters of a page as they are compared, each with the line and letter it came from.
struct Letters {
    compared: Vec<char>,
    origins: Vec<(usize, usize)>,
}

pub(super) fn search(pages: &[Arc<KnownPage>], query: &str) -> SearchHit {
    let wanted: Vec<char> = query.chars().flat_map(compared).collect();
    let mut found = SearchHit { hits: Vec::new(), total: 0 };
    if wanted.is_empty() {
        return found;
    }
    for (index, page) in pages.iter().enumerate() {
        let lines: Vec<&PrintedLine> = page.lines().collect();
        let letters = Letters::of(&lines);
        let mut at = 0;
        while let Some(window) = letters.compared.get(at..at + wanted.len()) {
            if window != wanted {
                at += 1;
                continue;
            }
            found.total += 1;
            if found.hits.len() < MOST {
                found.hits.extend(letters.hit(&lines, index, at, wanted.len()));
            }
            at += wanted.len();
        }
    }
    found
}

impl Letters {
    fn of(lines: &[&PrintedLine]) -> Self {
        let mut letters = Self { compared: Vec::new(), origins: Vec::new() };
        for (line, printed) in lines.iter().enumerate() {
            for (place, c) in printed.text.chars().enumerate() {
                for c in compared(c) {
                    letters.compared.push(c);
                    letters.origins.push((line, place));
                }
            }
        }
        letters
    }

    fn hit(&self, lines: &[&PrintedLine], page: usize, at: usize, length: usize) -> Option<Hit> {
        let (line, first) = *self.origins.get(at)?;
        let (last_line, last) = *self.origins.get(at + length - 1)?;
        let printed = lines.get(line)?;
        let count = printed.text.chars().count();
        let end = if last_line == line { last + 1 } else { count };
        let (x, width) = stretch(printed, first, end);
        let part = |from: usize, to: usize| printed.text.chars().skip(from).take(to.saturating_sub(from)).collect();
        Some(Hit {
            page,
            x,
            y: printed.y,
            width,
            height: printed.height,
            before: part(first.saturating_sub(AROUND), first),
            text: part(first, end),
            after: part(end, (end + AROUND).min(count)),
        })
    }
}

/// Where letters of a line lie, as nearly as their widths tell.
fn stretch(line: &PrintedLine, first: usize, end: usize) -> (f64, f64) {
    let width = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let sum = |from: usize, to: usize| line.text.chars().skip(from).take(to - from).map(width).sum::<f64>();
    let all = sum(0, line.text.chars().count()).max(0.5);
    let unit = line.width / all;
    (line.x + unit * sum(0, first), unit * sum(first, end))
}

/// How a letter is compared: width, case and blanks do not count.
fn compared(c: char) -> Vec<char> {
    c.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::PageItem;

    fn page(lines: &[&str]) -> Arc<KnownPage> {
        let line = |(index, text): (usize, &&str)| {
            #[expect(clippy::cast_precision_loss, reason = "a few lines")]
            let y = index as f64 * 20.0;
            PageItem::Line(PrintedLine { x: 10.0, y, width: 100.0, height: 10.0, text: (*text).to_string() })
        };
        Arc::new(KnownPage { hash: String::new(), printed: lines.iter().enumerate().map(line).collect() })
    }

    #[test]
    fn width_case_blanks_and_line_ends_do_not_count() {
        let pages = [page(&["ＩＴ企業の支", "援 を行う"]), page(&["支援12回"])];
        assert_eq!(search(&pages, "支援").total, 2);
        assert_eq!(search(&pages, "it").total, 1);
        assert_eq!(search(&pages, "１２").total, 1);
        assert_eq!(search(&pages, " ").total, 0);
        assert_eq!(search(&pages, "ない").total, 0);
    }

    #[test]
    fn a_hit_lies_where_its_letters_lie() {
        let found = search(&[page(&["あいうえお"])], "うえ");
        let hit = &found.hits[0];
        assert_eq!((hit.x, hit.width, hit.y), (50.0, 40.0, 0.0));
        assert_eq!((hit.before.as_str(), hit.text.as_str(), hit.after.as_str()), ("あい", "うえ", "お"));
    }
}
