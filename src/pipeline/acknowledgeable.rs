//! Which messages a 確認済 would silence, what it would quote, and where its line is put.

use std::collections::BTreeMap;

use super::checked::Checked;
use super::suppress::{acknowledgements, line_of, may_be_silenced, owner_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quotable};
use crate::source::{FileId, SourceFile};
use crate::syntax::{LineKind, Vocabulary, parse};

/// Where a line of 確認済 is put: behind everything that stands in a line of the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcknowledgementPlace {
    pub file: FileId,
    /// The end of a line, in bytes
    pub at: usize,
    /// What it quotes; may be empty
    pub word: String,
}

/// Finds the places for the messages of a report, each head once.
pub struct Acknowledgeable<'a> {
    checked: &'a Checked,
    ends: BTreeMap<FileId, Option<usize>>,
}

impl<'a> Acknowledgeable<'a> {
    pub fn new(checked: &'a Checked) -> Self {
        let owners = acknowledgements(&checked.report).map(|(file, _)| (file, None));
        Self { checked, ends: owners.collect() }
    }

    /// Nothing for a message that stays whatever a person says.
    pub fn place_of(&mut self, diagnostic: &Diagnostic) -> Option<AcknowledgementPlace> {
        let Checked { files, report, reference, .. } = self.checked;
        // What is said of a 確認済 is not silenced by another one.
        if !may_be_silenced(diagnostic) || diagnostic.code == Code::J066 {
            return None;
        }
        let file = owner_of(report, reference, diagnostic);
        let end = self.ends.get_mut(&file)?;
        if end.is_none() {
            *end = end_of_head(files.get(file), &report.form.vocabulary);
        }
        let line = line_of(diagnostic, files);
        let named = diagnostic.acknowledging.as_ref().map(|own| own.word.clone());
        let marked = || {
            let marked = files.get(diagnostic.primary.span.file).slice(diagnostic.primary.span);
            // A heading is marked for what is not there.
            if marked.starts_with('【') { String::new() } else { quotable(marked) }
        };
        let word = named.filter(|word| line.contains(word.as_str())).unwrap_or_else(marked);
        Some(AcknowledgementPlace { file, at: (*end)?, word: if line.contains(&word) { word } else { String::new() } })
    }
}

/// The end of the last field's line below the title, or of the title's own.
fn end_of_head(file: &SourceFile, vocabulary: &Vocabulary) -> Option<usize> {
    let ast = parse(file, vocabulary, &mut Diagnostics::new());
    let head = ast.head()?;
    let last = head.lines.iter().rfind(|line| matches!(line.kind, LineKind::Field { .. }));
    let last = last.map_or(head.heading, |line| line.span);
    Some(file.line_range(file.line_index(last.start)).end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    #[test]
    fn the_line_comes_behind_the_last_field_or_the_title() {
        let ends = |text: &str| {
            let mut files = Files::new();
            let id = files.add("一.jigyo", text);
            end_of_head(files.get(id), &Vocabulary::standard()).map(|at| text[..at].to_string())
        };
        let with_fields = "【事業】あ\r\n事業費：10千円\r\n担当：監理課\r\n\r\n【事業概要】\r\nい\r\n";
        assert_eq!(ends(with_fields).as_deref(), Some("【事業】あ\r\n事業費：10千円\r\n担当：監理課"));
        assert_eq!(ends("【章】あ\n【取組の概要】\nい\n").as_deref(), Some("【章】あ"));
        assert_eq!(ends("【報告書】あ").as_deref(), Some("【報告書】あ"));
        assert_eq!(ends("題だけ\n"), None);
    }
}
