//! What the changes of one program, chapter or head have in common, and how a change is made from what both states print.

use super::change::{Change, ChangeKind, FileLine, PrintedPlace, Subject, Wording};
use super::side::Side;
use super::words::{Extent, compare_words};
use crate::model::Part;
use crate::source::{FileId, Files, Span};
use crate::view::part_anchor;

/// A printed text and the place it was written at.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) text: String,
    pub(super) span: Span,
}

impl Seen {
    pub(super) fn new(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span }
    }
}

/// A program, a chapter or the report's head in both states.
pub(super) struct Scope<'a> {
    pub(super) old: &'a Side<'a>,
    pub(super) new: &'a Side<'a>,
    pub(super) subject: Subject,
    pub(super) subject_before: Option<Subject>,
    /// Its place among the pages of the older state; absent for what was not there
    pub(super) anchor: Option<String>,
    pub(super) old_file: Option<FileId>,
    pub(super) new_file: Option<FileId>,
    pub(super) changes: Vec<Change>,
}

impl Scope<'_> {
    /// What both states print at one place; the change, if there is one. What is absent from a file with errors may only
    /// not have been read.
    pub(super) fn differ(
        &mut self,
        spot: impl Into<String>,
        before: Option<Seen>,
        after: Option<Seen>,
        extent: Extent,
    ) -> Option<&mut Change> {
        let may_be_unread = |side: &Side<'_>, file: Option<FileId>| file.is_some_and(|file| side.has_errors_in(file));
        let what = match (&before, &after) {
            (Some(before), Some(after)) if before.text != after.text => ChangeKind::Changed,
            (Some(_), None) if !may_be_unread(self.new, self.new_file) => ChangeKind::Removed,
            (None, Some(_)) if !may_be_unread(self.old, self.old_file) => ChangeKind::Added,
            _ => return None,
        };
        let (old_words, new_words) = match (&before, &after) {
            (Some(before), Some(after)) => {
                let (old, new) = compare_words(&before.text, &after.text, extent);
                (Some(old), Some(new))
            }
            (before, after) => {
                let whole = |seen: &Option<Seen>| seen.as_ref().map(|seen| Wording::whole(&*seen.text));
                (whole(before), whole(after))
            }
        };
        Some(self.push(what, spot, old_words, new_words, (before.map(|seen| seen.span), after.map(|seen| seen.span))))
    }

    /// The same thing at another place; `before` and `after` say where.
    pub(super) fn moved(&mut self, spot: impl Into<String>, before: Seen, after: Seen) -> &mut Change {
        let words = |seen: &Seen| Some(Wording::whole(&*seen.text));
        let (old, new) = (words(&before), words(&after));
        self.push(ChangeKind::Moved, spot, old, new, (Some(before.span), Some(after.span)))
    }

    fn push(
        &mut self,
        what: ChangeKind,
        spot: impl Into<String>,
        before: Option<Wording>,
        after: Option<Wording>,
        (old_span, new_span): (Option<Span>, Option<Span>),
    ) -> &mut Change {
        let place = new_span
            .map(|span| place_of(self.new.state.files, span, false))
            .or_else(|| old_span.map(|span| place_of(self.old.state.files, span, true)));
        let words = before.as_ref().filter(|_| what != ChangeKind::Moved).map(words_near);
        let printed =
            self.anchor.iter().map(|anchor| PrintedPlace { anchor: anchor.clone(), words: words.clone() }).collect();
        let change = Change {
            subject: self.subject.clone(),
            subject_before: self.subject_before.clone(),
            what,
            spot: spot.into(),
            before,
            after,
            place,
            printed,
            on_page: true,
        };
        let at = self.changes.len();
        self.changes.push(change);
        #[expect(clippy::indexing_slicing, reason = "it was put there the line before")]
        &mut self.changes[at]
    }
}

fn place_of(files: &Files, span: Span, is_old: bool) -> FileLine {
    let file = files.get(span.file);
    FileLine { is_old, file: file.path().to_string(), line: file.line_index(span.start) + 1 }
}

/// The words around the first changed ones, as far as they stand together in print.
fn words_near(wording: &Wording) -> String {
    let text = wording.text();
    let before: usize = wording.parts.iter().take_while(|part| !part.changed).map(|part| part.text.len()).sum();
    let mut start = 0;
    for piece in text.split('…') {
        let end = start + piece.len();
        if before <= end {
            return piece.to_string();
        }
        start = end + '…'.len_utf8();
    }
    text
}

/// Where the parts of the older state print these words too: the name of a program, or the title of a chapter.
pub(super) fn repeated(old: &Side<'_>, parts: &[Part], words: &str) -> Vec<PrintedPlace> {
    let printed = old.builder.parts().filter(|part| parts.contains(part));
    printed.map(|part| PrintedPlace { anchor: part_anchor(part), words: Some(words.to_string()) }).collect()
}
