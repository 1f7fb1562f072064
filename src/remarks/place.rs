//! Where a remark's line stands in its program now: it is known by its section and by what it begins with.

use std::ops::Range;

use super::parse::{Place, is_blank, lines};

/// Letters of a line that a remark quotes.
const QUOTED: usize = 40;

/// The line that a place means, in bytes: in its section, or wherever else it stands now. Nothing where it is gone.
pub fn find_line(text: &str, place: &Place) -> Option<Range<usize>> {
    let quote = place.quote.trim_matches(is_blank);
    let holds = |line: &str| !quote.is_empty() && line.contains(quote);
    let mut section = None;
    let mut elsewhere = None;
    for (range, line) in lines(text) {
        let heading = heading_of(line);
        let is_heading = heading.is_some() && heading == place.section.as_deref();
        section = heading.or(section);
        if is_heading && quote.is_empty() {
            return Some(range);
        }
        if holds(line) {
            if section == place.section.as_deref() {
                return Some(range);
            }
            elsewhere.get_or_insert(range);
        }
    }
    elsewhere
}

/// The place of the line that holds a byte.
pub fn place_of_line(text: &str, at: usize) -> Option<Place> {
    let mut section = None;
    for (range, line) in lines(text) {
        section = heading_of(line).or(section);
        if range.end >= at {
            let quote: String = line.trim_matches(is_blank).chars().filter(|c| !c.is_control()).take(QUOTED).collect();
            return Some(Place {
                section: section.map(str::to_string),
                quote: quote.trim_end_matches(is_blank).to_string(),
            });
        }
    }
    None
}

fn heading_of(line: &str) -> Option<&str> {
    line.trim_start_matches(is_blank).strip_prefix('【')?.split_once('】').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "【事業】橋の修繕\n【事業概要】\n橋を直す。\n【事業実績】\n　橋を直す。２件。\n";

    #[test]
    fn a_line_is_found_again_where_it_is_now() {
        let found = |section: &str, quote: &str, text: &str| {
            let place = Place { section: Some(section.to_string()), quote: quote.to_string() };
            find_line(text, &place).map(|range| text[range].to_string())
        };
        assert_eq!(found("事業実績", "橋を直す。", TEXT).as_deref(), Some("　橋を直す。２件。"));
        assert_eq!(found("事業概要", "橋を直す。", TEXT).as_deref(), Some("橋を直す。"));
        assert_eq!(found("事業概要", "橋を直す。２件", TEXT).as_deref(), Some("　橋を直す。２件。"));
        assert_eq!(found("事業実績", "道を直す。", TEXT), None);
        assert_eq!(found("事業実績", "", TEXT).as_deref(), Some("【事業実績】"));
    }

    #[test]
    fn the_place_of_a_line_finds_it() {
        for (at, _) in TEXT.char_indices() {
            let place = place_of_line(TEXT, at).expect("is in a line");
            let line = find_line(TEXT, &place).expect("is there");
            assert!(line.start <= at && at <= line.end, "{at} {place:?}");
        }
    }
}
