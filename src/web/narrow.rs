//! Which tables have room in a narrow window, and where a long run of letters may be parted.
//!
//! A kanji or kana may begin a line; a run of ASCII may not. A figure is never parted: half of a number is another number.

/// Letters of a run that stay together; a longer one may be parted.
const LONGEST_RUN: usize = 12;
/// What a window of 320 px holds, in em of a table's text.
const ROOM: f64 = 18.5;
/// Of a letter of ASCII, in the widest of our faces
const LETTER: f64 = 0.62;
/// Of the blanks beside a cell
const BLANK: f64 = 1.2;
const LEAST: f64 = 2.6;

/// Whether a table has to scroll in a narrow window; the texts of its columns, and whether those are figures of one line.
pub(super) fn is_wide<'t>(columns: impl Iterator<Item = Vec<(&'t str, bool)>>) -> bool {
    let need = |texts: Vec<(&str, bool)>| {
        let widths =
            texts.into_iter().map(|(text, is_whole)| if is_whole { whole_width(text) } else { run_width(text) });
        widths.fold(LEAST, f64::max) + BLANK
    };
    columns.map(need).sum::<f64>() > ROOM
}

fn whole_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { LETTER } else { 1.0 }).sum()
}

fn run_width(text: &str) -> f64 {
    let longest = text
        .split(|c: char| !c.is_ascii_graphic())
        .map(|run| if is_figure(run) { run.len() } else { run.len().min(LONGEST_RUN) });
    longest.max().map_or(0.0, |letters| u32::try_from(letters).map_or(ROOM, f64::from) * LETTER)
}

/// 1,234.5
fn is_figure(run: &str) -> bool {
    !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

/// A line in parts between which it may end.
pub(super) fn parted(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut rest, mut at) = (line, 0);
    while let Some(start) = rest.get(at..).and_then(|text| text.find(|c: char| c.is_ascii_graphic())) {
        at += start;
        let run = rest.get(at..).unwrap_or_default();
        let run = run.split(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
        let Some(end) = cut(run).filter(|_| run.len() > LONGEST_RUN) else {
            at += run.len();
            continue;
        };
        let (before, after) = rest.split_at(at + end);
        parts.push(before);
        (rest, at) = (after, 0);
    }
    if parts.is_empty() || !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where a run may be parted: as late as it fits, but never inside a figure; nothing where it may not.
fn cut(run: &str) -> Option<usize> {
    let is_of_figure = |place: usize| run.get(place..=place).is_some_and(is_figure);
    let may = |place: &usize| !(is_of_figure(place - 1) && is_of_figure(*place));
    (1..=LONGEST_RUN).rev().find(may).or_else(|| (LONGEST_RUN + 1..run.len()).find(may))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_may_be_parted_and_a_figure_never() {
        assert_eq!(
            parted("会場は https://example.jp/a/long/way です"),
            ["会場は https://exam", "ple.jp/a/lon", "g/way です"]
        );
        assert_eq!(parted("計1,234,567,890,123円"), ["計1,234,567,890,123円"]);
        assert_eq!(parted("R2:1,234,567,890,123(t)"), ["R2:", "1,234,567,890,123", "(t)"]);
        assert_eq!(parted("123456789012"), ["123456789012"]);
        assert_eq!(parted("abcdefghijklm"), ["abcdefghijkl", "m"]);
        assert_eq!(parted(""), [""]);
    }

    #[test]
    fn figures_of_many_places_need_room() {
        let column = |text: &'static str| vec![(text, true)];
        assert!(!is_wide([vec![("参加者数", false)], column("107名"), column("220名")].into_iter()));
        assert!(is_wide([vec![("参加者数", false)], column("延べ1,234,567名"), column("延べ1,234,567名")].into_iter()));
        assert!(!is_wide(
            [vec![("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)], vec![("https://example.jp/", false)]].into_iter()
        ));
    }
}
