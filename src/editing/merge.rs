//! Where a stretch of an earlier text stands in a later one, and whether somebody changed it meanwhile. Knows no files.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Where a stretch stands now. Places are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placement {
    /// Nothing that changed touches it.
    Apart(Range<usize>),
    /// Somebody changed it, or what it touches: the smallest stretch that holds both, in the earlier text and in the later one.
    Touched { before: Range<usize>, now: Range<usize> },
}

/// A stretch that differs: of the earlier text, and what stands for it in the later one.
struct Change {
    old: Range<usize>,
    new: Range<usize>,
    /// The lines or cells that it is in
    whole: (Range<usize>, Range<usize>),
}

/// Finds a stretch of `before` in `now`. Nothing where the stretch is none of that text.
pub(super) fn place_anew(before: &str, now: &str, stretch: Range<usize>) -> Option<Placement> {
    before.get(stretch.clone())?;
    let changes = changes(before, now);
    let is_above = |change: &&Change| {
        change.old.end < stretch.start || (change.old.end == stretch.start && is_whole_lines(before, now, change))
    };
    let above = changes.iter().take_while(is_above).count();
    let touching: Vec<&Change> =
        changes.iter().skip(above).take_while(|change| change.old.start <= stretch.end).collect();
    // What lies above, and what touches, moves the stretch.
    let moved = |place: usize, passed: usize| {
        let last = changes.get(..passed).and_then(<[Change]>::last);
        last.map_or(place, |last| place - last.old.end + last.new.end)
    };
    let is_apart = touching.is_empty();
    // What reaches beyond the stretch is shown with its whole lines or cells: nobody can choose between halves of words.
    let old = match (touching.first(), touching.last()) {
        (Some(first), Some(last)) if first.old.start < stretch.start || last.old.end > stretch.end => {
            first.whole.0.start.min(stretch.start)..last.whole.0.end.max(stretch.end)
        }
        _ => stretch,
    };
    let new = moved(old.start, above)..moved(old.end, above + touching.len());
    let lines = (line_of(before, &old), line_of(now, &new));
    let bars =
        |text: &str, line: &Range<usize>| text.get(line.clone()).map_or(0, |line| line.matches(['｜', '|']).count());
    // Of cells that are alike nobody knows which one was taken away.
    if bars(before, &lines.0) != bars(now, &lines.1) {
        return Some(Placement::Touched { before: lines.0, now: lines.1 });
    }
    Some(if is_apart { Placement::Apart(new) } else { Placement::Touched { before: old, now: new } })
}

/// The line or lines that a stretch stands in, without their end.
fn line_of(text: &str, stretch: &Range<usize>) -> Range<usize> {
    let start = text.get(..stretch.start).and_then(|above| above.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let below = text.get(stretch.end..).and_then(|below| below.find(['\n', '\r']));
    start..below.map_or(text.len(), |at| stretch.end + at)
}

/// Lines that were put in front of a line, or taken away from there, touch no letter of it.
fn is_whole_lines(before: &str, now: &str, change: &Change) -> bool {
    let ends_line = |text: &str, range: &Range<usize>| {
        let stretch = text.get(range.clone()).unwrap_or_default();
        stretch.is_empty() || stretch.ends_with(['\n', '\r'])
    };
    let begins_line =
        before.get(..change.old.start).is_some_and(|above| above.is_empty() || above.ends_with(['\n', '\r']));
    begins_line && ends_line(before, &change.old) && ends_line(now, &change.new)
}

/// The stretches that differ, in order: lines, in lines that differ cells, and of those the letters.
fn changes(before: &str, now: &str) -> Vec<Change> {
    let of_lines = differing(before, now, (0..before.len(), 0..now.len()), &['\n']);
    let of_cells = of_lines.into_iter().flat_map(|lines| differing(before, now, lines, &['\n', '｜', '|', '\t']));
    of_cells.map(|whole| narrowed(before, now, whole)).collect()
}

/// What differs between two stretches, in pieces that end with one of the signs.
fn differing(
    before: &str,
    now: &str,
    (old, new): (Range<usize>, Range<usize>),
    ends: &[char],
) -> Vec<(Range<usize>, Range<usize>)> {
    let pieces = |text: &'_ str, range: &Range<usize>| -> Vec<Range<usize>> {
        let mut start = range.start;
        let parts = text.get(range.clone()).unwrap_or_default().split_inclusive(ends);
        let piece = parts.map(|part| {
            let piece = start..start + part.len();
            start = piece.end;
            piece
        });
        piece.collect()
    };
    let (old_pieces, new_pieces) = (pieces(before, &old), pieces(now, &new));
    let texts = |text: &'_ str, pieces: &[Range<usize>]| -> Vec<String> {
        pieces.iter().map(|piece| text.get(piece.clone()).unwrap_or_default().to_string()).collect()
    };
    let bytes = |pieces: &[Range<usize>], end: usize, range: Range<usize>| {
        let at = |index: usize| pieces.get(index).map_or(end, |piece| piece.start);
        at(range.start)..at(range.end)
    };
    let ops = capture_diff_slices(Algorithm::Myers, &texts(before, &old_pieces), &texts(now, &new_pieces));
    let differing = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let paired = differing.flat_map(|op| {
        let (old, new) = (op.old_range(), op.new_range());
        // As many as before: each stands for the one in its place.
        if old.len() == new.len() {
            old.zip(new).map(|(old, new)| (old..old + 1, new..new + 1)).collect()
        } else {
            vec![(old, new)]
        }
    });
    let places = paired.map(|(one, other)| (bytes(&old_pieces, old.end, one), bytes(&new_pieces, new.end, other)));
    places.collect()
}

/// Without the letters that both begin with, and then those that both end with.
fn narrowed(before: &str, now: &str, whole: (Range<usize>, Range<usize>)) -> Change {
    let part = |text: &'_ str, range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_string();
    let (old, new) = (part(before, &whole.0), part(now, &whole.1));
    let same = |one: (char, char)| (one.0 == one.1).then_some(one.0.len_utf8());
    let (mut head, mut tail) = (0, 0);
    if !old.is_empty() && !new.is_empty() {
        head = old.chars().zip(new.chars()).map_while(same).sum();
        let (old, new) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
        tail = old.chars().rev().zip(new.chars().rev()).map_while(same).sum();
    }
    let (one, other) = (whole.0.clone(), whole.1.clone());
    let signs = ended_alike(&old, &new);
    Change {
        old: one.start + head..one.end - tail,
        new: other.start + head..other.end - tail,
        whole: (one.start..one.end - signs, other.start..other.end - signs),
    }
}

/// How long the sign is with which both end: the end of a line, ｜.
fn ended_alike(old: &str, new: &str) -> usize {
    let bare = |text: &str| text.trim_end_matches(['\n', '\r', '｜', '|', '\t']).len();
    let (one, other) = (old.get(bare(old)..).unwrap_or_default(), new.get(bare(new)..).unwrap_or_default());
    if one == other { one.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretch of `before` between ｛ ｝, and where it is found in `now`: its text, with ！ where it was touched.
    fn found(before: &str, now: &str) -> String {
        let start = before.find('｛').expect("begins");
        let before = before.replacen('｛', "", 1);
        let end = before.find('｝').expect("ends");
        let before = before.replacen('｝', "", 1);
        match place_anew(&before, now, start..end).expect("is of the text") {
            Placement::Apart(range) => {
                assert_eq!(&before[start..end], &now[range.clone()], "{before:?} {now:?}");
                now[range].to_string()
            }
            Placement::Touched { now: range, .. } => format!("！{}", &now[range]),
        }
    }

    #[test]
    fn a_stretch_that_nobody_touched_is_found_where_it_is_now() {
        assert_eq!(found("一\n｛二｝\n三\n", "一\n二\n三\n"), "二");
        assert_eq!(found("一\n｛二｝\n三\n", "零\n一つ目\n二\n三と四\n"), "二");
        assert_eq!(found("一\n｛二｝\n三\n", "一\n零\n二\n三\n"), "二");
        assert_eq!(found("一\n｛二｝\n三\n", "二\n三\n"), "二");
        assert_eq!(found("一\n｛二｝\n三\n", "一\n二\n"), "二");
        // Another cell of the same row
        assert_eq!(found("件数｜｛10｝｜20\n", "件数｜10｜25\n"), "10");
        assert_eq!(found("件数｜10｜｛20｝\n", "件数｜11名｜20\n"), "20");
        assert_eq!(found("｛｝", ""), "");
    }

    #[test]
    fn a_stretch_that_somebody_changed_is_shown_as_it_is_now() {
        assert_eq!(found("一\n｛二｝\n三\n", "一\n二つ\n三\n"), "！二つ");
        assert_eq!(found("一\n｛二三｝\n四\n", "一\n二\n四\n"), "！二");
        assert_eq!(found("一\n｛二｝\n三\n", "一\n三\n"), "！");
        assert_eq!(found("件数｜｛10｝｜20\n", "件数｜11｜20\n"), "！11");
        assert_eq!(found("｛あ｝", "い"), "！い");
    }

    #[test]
    fn cells_of_a_row_are_changed_one_by_one() {
        assert_eq!(found("件数｜10｜｛20｝\n", "件数｜11｜26\n"), "！26");
        assert_eq!(found("件数｜｛10｝｜20｜30\n", "件数｜10｜26｜36\n"), "10");
        assert_eq!(found("件数｜10｜｛20｝｜30\n", "件数｜16｜20｜36\n"), "20");
        // Which of two that are alike is gone nobody knows.
        assert_eq!(found("件数｜10｜｛10｝｜30\n", "件数｜10｜30\n"), "！件数｜10｜30");
        assert_eq!(found("【事業】｛橋の修繕｝\n", "【事業】橋の架け替え\n"), "！橋の架け替え");
        // Words are shown whole.
        assert_eq!(found("｛道を直す。｝\n", "道と橋を直す。\n"), "！道と橋を直す。");
    }

    #[test]
    fn a_place_inside_a_letter_is_none() {
        assert_eq!(place_anew("あい", "あい", 1..3), None);
        assert_eq!(place_anew("あ", "あ", 0..9), None);
    }
}
