//! From a printed line back to where it was written, by its text.
//!
//! A template may print the things of a program in its own way; what it prints is still their text. Each thing is looked
//! for in the text of its pages, in order and whole first, then piece by piece where a page break parts it.

/// A stretch of the printed text that is known to be a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AlignMark {
    start: usize,
    end: usize,
    thing: usize,
}

/// The printed text of one program or chapter, with what is known of it.
pub(super) struct TextAligner {
    text: String,
    /// Where each line begins in the text
    starts: Vec<usize>,
    marks: Vec<AlignMark>,
}

/// A jump further than this is more likely a false find than text that nobody wrote.
const FAR: usize = 600;
/// Pieces shorter than this (in bytes) are not looked for.
const LEAST: usize = 12;

impl TextAligner {
    /// `lines` as they follow each other on the pages, `things` as they were written.
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>, things: impl Iterator<Item = &'a str>) -> Self {
        let mut text_aligner = Self { text: String::new(), starts: Vec::new(), marks: Vec::new() };
        for line in lines {
            text_aligner.starts.push(text_aligner.text.len());
            text_aligner.text.extend(squeezed(line));
        }
        let things: Vec<String> = things.map(|thing| squeezed(thing).collect()).collect();
        let mut cursor = 0;
        for (thing, text) in things.iter().enumerate() {
            let following = things.get(thing + 1..).unwrap_or_default();
            cursor = text_aligner.mark(thing, text, following, cursor);
        }
        text_aligner
    }

    /// The thing at a part (0 to 1) of a line; the nearest in the line where nothing is known of that very place.
    pub(super) fn thing_at(&self, line: usize, part: f64) -> Option<usize> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a line"
        )]
        let at = start + ((end - start) as f64 * part.clamp(0.0, 1.0)) as usize;
        let distance = |mark: &AlignMark| mark.start.saturating_sub(at).max((at + 1).saturating_sub(mark.end));
        let in_line = self.marks.iter().filter(|mark| mark.start < end && mark.end > start);
        in_line.min_by_key(|mark| distance(mark)).map(|mark| mark.thing)
    }

    /// The line in which a thing begins.
    pub(super) fn line_of(&self, thing: usize) -> Option<usize> {
        let start = self.marks.iter().filter(|mark| mark.thing == thing).map(|mark| mark.start).min()?;
        self.starts.partition_point(|&line| line <= start).checked_sub(1)
    }

    /// Marks a thing; where to go on.
    fn mark(&mut self, thing: usize, text: &str, following: &[String], cursor: usize) -> usize {
        if text.is_empty() {
            return cursor;
        }
        if let Some(start) = self.find(text, cursor) {
            // A merged cell is printed after what stands beside it: that is then still ahead.
            let next = following.iter().find(|next| !next.is_empty());
            let is_late = next.is_some_and(|next| self.places(next, cursor).any(|place| place < start));
            let end = self.put(thing, start, text.len(), cursor);
            return if is_late { cursor } else { end };
        }
        // Parted by the foot of a page, or by a head that is repeated.
        let mut rest = text;
        let mut cursor = cursor;
        while rest.len() >= LEAST {
            let Some((start, length)) = self.longest_beginning(rest, cursor) else { break };
            cursor = self.put(thing, start, length, cursor);
            rest = rest.get(length..).unwrap_or("");
        }
        if !rest.is_empty()
            && rest.len() < text.len()
            && let Some(start) = self.find(rest, cursor)
        {
            cursor = self.put(thing, start, rest.len(), cursor);
        }
        cursor
    }

    /// What is found far ahead does not move the place to go on.
    fn put(&mut self, thing: usize, start: usize, length: usize, cursor: usize) -> usize {
        self.marks.push(AlignMark { start, end: start + length, thing });
        let is_near = start.checked_sub(cursor).is_some_and(|jump| jump < FAR.min(60.max(length)));
        if is_near { start + length } else { cursor }
    }

    /// The first free place of a text at or after the cursor: a whole line if there is one near, else the beginning of one,
    /// else any; and one before the cursor where there is none ahead.
    fn find(&self, text: &str, cursor: usize) -> Option<usize> {
        let ahead = || self.places(text, cursor).take_while(|start| start - cursor < 4 * FAR);
        let Some(nearest) = ahead().next() else { return self.places(text, 0).next() };
        let near = || ahead().take_while(|start| start - nearest < FAR);
        let ends = |at| at == self.text.len() || self.starts.binary_search(&at).is_ok();
        let begins = |at: &usize| self.starts.binary_search(at).is_ok();
        let whole = near().find(|start| begins(start) && ends(start + text.len()));
        whole.or_else(|| near().find(begins)).or(Some(nearest))
    }

    /// Free places of a text, from a place on.
    fn places<'a>(&'a self, text: &'a str, from: usize) -> impl Iterator<Item = usize> + 'a {
        let found = self.text.get(from..).unwrap_or("").match_indices(text).map(move |(at, _)| from + at);
        found.filter(move |start| !self.marks.iter().any(|mark| mark.start < start + text.len() && *start < mark.end))
    }

    /// The longest beginning of a text that stands ahead, and where.
    fn longest_beginning(&self, text: &str, cursor: usize) -> Option<(usize, usize)> {
        let ends: Vec<usize> =
            text.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| *end >= LEAST).collect();
        let stands = |end: usize| self.places(text.get(..end)?, cursor).next().filter(|start| start - cursor < 4 * FAR);
        let (mut low, mut high) = (0, ends.len());
        let mut best = None;
        while low < high {
            let middle = (low + high) / 2;
            let end = *ends.get(middle)?;
            match stands(end) {
                Some(start) => {
                    best = Some((start, end));
                    low = middle + 1;
                }
                None => high = middle,
            }
        }
        best
    }
}

/// Blanks are the typesetter's business.
fn squeezed(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things_at(lines: &[&str], things: &[&str]) -> Vec<Option<usize>> {
        let text_aligner = TextAligner::new(lines.iter().copied(), things.iter().copied());
        (0..lines.len()).map(|line| text_aligner.thing_at(line, 0.5)).collect()
    }

    #[test]
    fn lines_of_a_paragraph_and_cells() {
        let lines =
            ["1", "研修事業", "事業費 10 千円", "　研修を行い、人材を", "育てる。", "項目名", "回数", "6回", "7回"];
        let things = ["研修事業", "事業費 10 千円", "研修を行い、人材を育てる。", "回数", "6回", "7回"];
        assert_eq!(
            things_at(&lines, &things),
            [None, Some(0), Some(1), Some(2), Some(2), None, Some(3), Some(4), Some(5)]
        );
    }

    #[test]
    fn a_thing_is_found_in_the_line_that_it_begins_in() {
        let lines = ["1", "研修事業", "　研修を行い、人材を", "育てる。", "回数"];
        let text_aligner =
            TextAligner::new(lines.into_iter(), ["研修を行い、人材を育てる。", "回数", "8回"].into_iter());
        assert_eq!([0, 1, 2].map(|thing| text_aligner.line_of(thing)), [Some(2), Some(4), None]);
    }

    #[test]
    fn equal_cells_are_taken_in_order() {
        let lines = ["回数", "6回", "6回", "人数", "16回", "6回"];
        assert_eq!(
            things_at(&lines, &["回数", "6回", "6回", "人数", "16回", "6回"]),
            [Some(0), Some(1), Some(2), Some(3), Some(4), Some(5)]
        );
    }

    #[test]
    fn a_merged_cell_that_is_printed_late() {
        let lines = ["東京会場", "1回", "2回", "大阪会場", "3回", "4回", "参加者数"];
        assert_eq!(
            things_at(&lines, &["参加者数", "東京会場", "1回", "2回", "大阪会場", "3回", "4回"]),
            [Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(0)]
        );
    }

    #[test]
    fn cells_beside_a_merged_one_and_a_note_that_begins_like_a_cell() {
        let lines = ["開催回数", "—", "6回", "(2)研修", "受講者数", "—", "87名", "※受講者数は延べ数である。"];
        assert_eq!(
            things_at(
                &lines,
                &["(2)研修", "開催回数", "—", "6回", "受講者数", "—", "87名", "受講者数は延べ数である。"]
            ),
            [Some(1), Some(2), Some(3), Some(0), Some(4), Some(5), Some(6), Some(7)]
        );
    }

    #[test]
    fn a_paragraph_that_a_page_break_parts() {
        let lines = ["この事業では県内の企業に対して", "- 22 -", "風力発電の説明会を開いた。", "別の段落。"];
        assert_eq!(
            things_at(&lines, &["この事業では県内の企業に対して風力発電の説明会を開いた。", "別の段落。"]),
            [Some(0), None, Some(0), Some(1)]
        );
    }

    #[test]
    fn the_part_of_a_line_counts() {
        let text_aligner = TextAligner::new(["(1)説明会（再掲）"].into_iter(), ["説明会", "（再掲）"].into_iter());
        assert_eq!(text_aligner.thing_at(0, 0.3), Some(0));
        assert_eq!(text_aligner.thing_at(0, 0.9), Some(1));
        assert_eq!(text_aligner.thing_at(0, 0.0), Some(0));
    }
}
