//! Which words of two texts differ.
//!
//! A word is a figure with its commas, a run of kanji, of katakana or of Latin letters; hiragana one by one.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::change::{TextPart, Wording};
use super::cut::{cut, words};

/// How much of the unchanged text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All: a name or a cell is understood only as a whole; a short one needs no marks
    Whole,
    /// A few words around each changed place
    Near,
}

/// Two texts this short are seen to differ.
const PLAIN: usize = 16;
/// Unchanged text this short between two changed places is read more easily with them.
const SHORT: usize = 2;

/// A stretch of both texts.
struct WordRun {
    before: String,
    after: String,
    changed: bool,
}

/// Both texts with the words that differ marked.
pub(super) fn compare_words(old: &str, new: &str, extent: Extent) -> (Wording, Wording) {
    let is_plain = |text: &str| text.chars().count() <= PLAIN;
    let mut runs = joined(runs(old, new));
    let needs_no_marks = extent == Extent::Whole && is_plain(old) && is_plain(new);
    if needs_no_marks || runs.iter().all(|run| run.changed || run.before.trim().is_empty()) {
        return (Wording::whole(old), Wording::whole(new));
    }
    if extent == Extent::Near {
        let last = runs.len().saturating_sub(1);
        for (at, run) in runs.iter_mut().enumerate().filter(|(_, run)| !run.changed) {
            let cut = cut(&run.before, at > 0, at < last);
            (run.before, run.after) = (cut.clone(), cut);
        }
    }
    let wording = |text: fn(&WordRun) -> &String| Wording {
        parts: runs
            .iter()
            .filter(|run| !text(run).is_empty())
            .map(|run| TextPart { text: text(run).clone(), changed: run.changed })
            .collect(),
    };
    (wording(|run| &run.before), wording(|run| &run.after))
}

fn runs(old: &str, new: &str) -> Vec<WordRun> {
    let (old, new) = (words(old), words(new));
    let text = |words: &[&str], start: usize, len: usize| words.get(start..start + len).unwrap_or_default().concat();
    let run = |op| match op {
        DiffOp::Equal { old_index, new_index, len } => {
            WordRun { before: text(&old, old_index, len), after: text(&new, new_index, len), changed: false }
        }
        DiffOp::Delete { old_index, old_len, .. } => {
            WordRun { before: text(&old, old_index, old_len), after: String::new(), changed: true }
        }
        DiffOp::Insert { new_index, new_len, .. } => {
            WordRun { before: String::new(), after: text(&new, new_index, new_len), changed: true }
        }
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            WordRun { before: text(&old, old_index, old_len), after: text(&new, new_index, new_len), changed: true }
        }
    };
    capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().map(run).collect()
}

/// Changed places that only a character or two part are one.
fn joined(runs: Vec<WordRun>) -> Vec<WordRun> {
    let last = runs.len().saturating_sub(1);
    let mut joined: Vec<WordRun> = Vec::new();
    for (at, run) in runs.into_iter().enumerate() {
        let is_between = at > 0 && at < last && run.before.chars().count() <= SHORT;
        let changed = run.changed || is_between;
        match joined.last_mut().filter(|last| last.changed == changed) {
            Some(last) => {
                last.before.push_str(&run.before);
                last.after.push_str(&run.after);
            }
            None => joined.push(WordRun { changed, ..run }),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> (String, String) {
        let show = |wording: Wording| -> String {
            let parts = wording.parts.iter();
            parts.map(|part| if part.changed { format!("[{}]", part.text) } else { part.text.clone() }).collect()
        };
        let (before, after) = compare_words(old, new, Extent::Near);
        (show(before), show(after))
    }

    #[test]
    fn figures_and_katakana_are_words() {
        assert_eq!(
            shown("参加者は1,087名である。", "参加者は1,187名である。"),
            ("参加者は[1,087]名である。".to_string(), "参加者は[1,187]名である。".to_string())
        );
        assert_eq!(shown("セミナーを開いた。", "ガイダンスを開いた。").0, "[セミナー]を開いた。");
    }

    #[test]
    fn only_what_is_near_is_shown() {
        let (far, near) = ("遠い文。".repeat(20), "近い文である。");
        let (before, after) = shown(&format!("{far}前の{near}{far}"), &format!("{far}後の{near}{far}"));
        assert_eq!(before, "…遠い文。遠い文。遠い文。遠い文。[前]の近い文である。遠い文。遠い文。…");
        assert_eq!(after, before.replace("[前]", "[後]"));
    }

    #[test]
    fn a_text_without_anything_in_common_changed_as_a_whole() {
        assert_eq!(shown("あ", "い"), ("[あ]".to_string(), "[い]".to_string()));
        assert_eq!(shown("二つの語", "三つもの語"), ("[二つ]の語".to_string(), "[三つも]の語".to_string()));
    }
}
