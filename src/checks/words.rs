//! J053 and J054: the wrong and avoided forms of the house's list, wherever they are printed.

use aho_corasick::{AhoCorasick, MatchKind};

use super::heading_of;
use super::texts::CheckedText;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{Files, Span};
use crate::tables::Word;

/// A word list made ready: every word is looked for in one pass.
#[derive(Default)]
pub struct WordList {
    list: Vec<Word>,
    wrong: Option<AhoCorasick>,
    right: Option<AhoCorasick>,
}

impl WordList {
    pub fn new(list: Vec<Word>) -> Self {
        let forms = list.iter().map(|word| &word.wrong);
        // Of two that begin at one place the longer is meant.
        let wrong = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms).ok();
        let wrong = wrong.filter(|_| !list.is_empty());
        let right = AhoCorasick::new(list.iter().map(|word| &word.right)).ok();
        Self { list, wrong, right }
    }

    pub fn list(&self) -> &[Word] {
        &self.list
    }
}

pub(super) fn check(text: &CheckedText<'_>, words: &WordList, files: &Files, diagnostics: &mut Diagnostics) {
    let Some(wrong) = &words.wrong else { return };
    for line in text.lines {
        let mut standing: Option<Vec<(usize, usize)>> = None;
        for found in wrong.find_iter(&line.value) {
            // A wrong form inside a right one that stands there is a part of it: 大学 in 大学校.
            let standing = standing.get_or_insert_with(|| right_forms(words, &line.value));
            let is_part = |(start, end): &(usize, usize)| {
                *start <= found.start() && found.end() <= *end && end - start > found.end() - found.start()
            };
            let Some(word) = words.list.get(found.pattern().as_usize()) else { continue };
            if !standing.iter().any(is_part) {
                let place = line.stretch(found.range());
                diagnostics.push(message(word, place, heading_of(files.get(line.span.file))));
            }
        }
    }
}

/// Where right forms stand in a line that holds a wrong one.
fn right_forms(words: &WordList, line: &str) -> Vec<(usize, usize)> {
    let forms = words.right.iter().flat_map(|right| right.find_overlapping_iter(line));
    forms.map(|found| (found.start(), found.end())).collect()
}

fn message(word: &Word, place: Span, heading: &str) -> Diagnostic {
    let Word { wrong, right, severity } = word;
    let (code, text) = match severity {
        Severity::Error | Severity::Warning => (Code::J053, format!("「{wrong}」は「{right}」ではありませんか。")),
        Severity::Info => (Code::J054, format!("「{wrong}」は公用文では「{right}」と書きます。")),
    };
    Diagnostic::new(code, place, text).help(format!("「{right}」に直してください。")).or_acknowledge(heading, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn found(words: &[(&str, &str)], text: &str) -> Vec<(usize, String)> {
        let word = |(wrong, right): &(&str, &str)| Word {
            wrong: wrong.to_string(),
            right: right.to_string(),
            severity: Severity::Warning,
        };
        let words = WordList::new(words.iter().map(word).collect());
        let mut files = Files::new();
        let id = files.add("a", text);
        let lines = [Text::new(text.to_string(), Span::new(id, 0..text.len()))];
        let mut said = Diagnostics::new();
        check(&CheckedText { lines: &lines, is_cell: false, is_of_form: false }, &words, &files, &mut said);
        said.iter().map(|d| (d.primary.span.start, files.slice(d.primary.span).to_string())).collect()
    }

    fn some(start: usize, word: &str) -> (usize, String) {
        (start, word.to_string())
    }

    #[test]
    fn each_at_its_place() {
        let words = [("牽引", "けん引"), ("牽引車", "けん引車")];
        assert_eq!(found(&words, "牽引と牽引車"), [some(0, "牽引"), some(9, "牽引車")]);
        assert_eq!(found(&words, "けん引"), []);
        assert_eq!(found(&[], "牽引"), []);
    }

    #[test]
    fn a_part_of_the_right_form_is_right() {
        let words = [("総合大学", "総合大学校"), ("こども", "子ども"), ("子供", "子ども"), ("園", "こども園")];
        assert_eq!(found(&words, "総合大学校と総合大学で"), [some("総合大学校と".len(), "総合大学")]);
        assert_eq!(found(&words, "こども園の子供"), [some("こども園の".len(), "子供")]);
    }
}
