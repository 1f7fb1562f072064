//! Lines of a `.jigyo` file on their way, each kept from being read as something else, with the messages at their lines.

use std::sync::Arc;

use super::draft::{ReviewNote, Row, RowKind, SourcedText};
use super::edition::pieces::Picture;
use crate::diagnostic::Diagnostics;
use crate::source::Files;
use crate::syntax::chars::{is_bar, is_blank, is_bullet, is_circle, is_soft_break, parse_item_number};
use crate::syntax::{LineKind, Vocabulary, parse};

/// Well below what a file may have in a line (language.md §6).
const LONGEST_LINE: usize = 15_000;

/// Something to decide, at a line of a written file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// From 1
    pub line: usize,
    /// With where it stood in the office's file
    pub text: String,
    /// Without that place
    pub what: String,
}

/// A file to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// What the file is about: the name of a program, the title of a chapter
    pub name: String,
    /// Where it shows pictures, their places in `pictures` stand for their files' names until these are known.
    pub text: String,
    pub messages: Vec<Message>,
    pub pictures: Vec<Picture>,
}

/// Stands around the place of a picture in a text; no document holds it.
const PICTURE: char = '\u{1}';

impl Written {
    /// What stands in the text for the name of a picture's file.
    pub fn placeholder(number: usize) -> String {
        format!("{PICTURE}{number}{PICTURE}")
    }
}

pub(super) struct Page {
    /// Of the report's form
    vocabulary: Arc<Vocabulary>,
    lines: Vec<String>,
    messages: Vec<Message>,
    /// What could not be written to the letter
    pub(super) altered: Vec<String>,
}

impl Page {
    pub(super) fn new(vocabulary: &Arc<Vocabulary>) -> Self {
        Self { vocabulary: Arc::clone(vocabulary), lines: Vec::new(), messages: Vec::new(), altered: Vec::new() }
    }

    pub(super) fn push(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    pub(super) fn heading(&mut self, heading: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(heading.to_string());
    }

    /// A message at the line that was pushed last.
    pub(super) fn review_note(&mut self, review_note: Option<&ReviewNote>) {
        if let Some(review_note) = review_note {
            self.review_note_at(self.lines.len().max(1), review_note);
        }
    }

    pub(super) fn review_note_at(&mut self, line: usize, review_note: &ReviewNote) {
        let end = if review_note.what.ends_with('。') { "" } else { "。" };
        let text = format!("{}{end}（取り込み元：{}）", review_note.what, review_note.place);
        self.messages.push(Message { line, text, what: review_note.what.clone() });
    }

    /// A paragraph, item, bullet or note under `heads`, the headings of its file and section.
    pub(super) fn prose(&mut self, said: &SourcedText, heads: &str, is_first: bool) {
        for part in parts(&said.text) {
            self.push(guarded(&part, heads, is_first, &self.vocabulary));
            self.review_note(said.review_note.as_ref());
        }
    }

    /// A field of a head: one line.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        self.push(format!("{name}：{}", one_line(value)));
    }

    /// A line of 【メモ】, in which only a heading could be read.
    pub(super) fn memo(&mut self, said: &SourcedText) {
        for line in said.text.split('\n').flat_map(parts) {
            let is_heading = line.trim_start_matches(is_blank).starts_with('【');
            self.push(if is_heading { format!("・{line}") } else { line });
            self.review_note(said.review_note.as_ref());
        }
    }

    pub(super) fn row(&mut self, row: &Row) {
        let mark = match row.kind {
            RowKind::Child => "　・",
            RowKind::Note => "※",
            RowKind::Plain | RowKind::Group => "",
        };
        if matches!(row.kind, RowKind::Group | RowKind::Note) {
            let label = self.cell(&one_line(&row.label));
            let label = if label.starts_with('【') { format!("　{label}") } else { label };
            self.push(format!("{mark}{label}"));
            self.review_note(row.review_note.as_ref());
            return;
        }
        let label = match self.cell(&row.label) {
            label if label.starts_with(['＋', '+']) => format!(
                "（{}）{}",
                label.chars().take(1).collect::<String>(),
                label.chars().skip(1).collect::<String>()
            ),
            label => label,
        };
        let cells: Vec<String> =
            std::iter::once(label).chain(row.values.iter().map(|value| self.cell(value))).collect();
        let height = cells.iter().map(|cell| cell.split('\n').count()).max().unwrap_or(1);
        for index in 0..height {
            let line: Vec<&str> =
                cells.iter().map(|cell| cell.split('\n').nth(index).unwrap_or("").trim_matches(is_blank)).collect();
            self.push(format!("{}{}", if index == 0 { mark } else { "＋" }, line.join("｜")));
            if index == 0 {
                self.review_note(row.review_note.as_ref());
            }
        }
    }

    /// A cell without what parts cells; its blank lines go.
    fn cell(&mut self, text: &str) -> String {
        let bare: String = text.chars().map(|c| if is_bar(c) { '／' } else { c }).collect();
        if bare != text {
            self.altered.push(text.to_string());
        }
        let lines: Vec<&str> = bare.split('\n').filter(|line| !line.trim_matches(is_blank).is_empty()).collect();
        let text = lines.join("\n").replace('\t', "　");
        match text.chars().count() {
            count if count > LONGEST_LINE => {
                self.altered.push(text.clone());
                text.chars().take(100).collect::<String>() + "…"
            }
            _ => text,
        }
    }

    pub(super) fn written(self, name: String) -> Written {
        Written { name, text: self.lines.join("\n") + "\n", messages: self.messages, pictures: Vec::new() }
    }
}

pub(super) fn one_line(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c == '\n' || c == '\t' || is_soft_break(c) { '　' } else { c }).collect();
    text.chars().take(LONGEST_LINE).collect()
}

/// A line, cut only where it is longer than a file may have it.
fn parts(text: &str) -> Vec<String> {
    let text = text.replace('\t', "　");
    let characters: Vec<char> = text.chars().filter(|c| *c != '\r').collect();
    characters.chunks(LONGEST_LINE).map(|chunk| chunk.iter().collect()).collect()
}

/// A line of prose as the language writes it, behind a blank or a ・ where it would be read as a heading or a field.
fn guarded(line: &str, heads: &str, is_first: bool, vocabulary: &Vocabulary) -> String {
    let line = line.trim_matches(is_blank);
    let line = match line.strip_prefix("- ") {
        Some(rest) if parse_item_number(rest.trim_start_matches(is_blank)).is_ok() => {
            rest.trim_start_matches(is_blank).to_string()
        }
        Some(rest) => format!("・{}", rest.trim_start_matches(is_blank)),
        None => line.to_string(),
    };
    let line = with_wide_number(&line);
    let mark = line.chars().next().filter(|c| is_circle(*c) || is_bullet(*c) || *c == '※');
    let line = match mark.and_then(|mark| Some((mark, line.strip_prefix(mark)?))) {
        Some((mark, rest)) => format!("{mark}{}", rest.trim_start_matches(is_blank)),
        None => line,
    };
    if line.starts_with(['＋', '+']) && !is_first {
        return format!("＋{line}");
    }
    let forms = [line.clone(), format!("　{line}"), format!("・{line}")];
    forms.iter().find(|form| is_prose(heads, form, vocabulary)).unwrap_or(&line).clone()
}

/// Whether a line is text under these headings: the reader of the language is asked.
fn is_prose(heads: &str, line: &str, vocabulary: &Vocabulary) -> bool {
    let mut files = Files::new();
    let id = files.add("", format!("{heads}\n{line}\n"));
    let ast = parse(files.get(id), vocabulary, &mut Diagnostics::new());
    let expected = heads.lines().count();
    let last = ast.sections.last().filter(|_| ast.sections.len() == expected);
    last.is_some_and(|section| {
        let is_text = |kind: &LineKind| {
            matches!(
                kind,
                LineKind::Paragraph
                    | LineKind::Item { .. }
                    | LineKind::Bullet { .. }
                    | LineKind::Note { .. }
                    | LineKind::Subheading { .. }
            )
        };
        matches!(section.lines.as_slice(), [only] if is_text(&only.kind))
    })
}

/// `(1)講習会` as manuscripts have it: `（１）講習会`
pub(super) fn with_wide_number(text: &str) -> String {
    match parse_item_number(text) {
        Ok((rest, number)) => format!("（{}）{}", full_width(number), rest.trim_start_matches(is_blank)),
        Err(_) => text.to_string(),
    }
}

fn full_width(number: u8) -> String {
    number.to_string().chars().filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_never_read_as_structure() {
        let write = |line: &str| guarded(line, "【事業】一\n【事業概要】", false, &Vocabulary::standard());
        assert_eq!(write("- (1) 配信した。"), "（１）配信した。");
        assert_eq!(write("- 配信した。"), "・配信した。");
        assert_eq!(write("　県は支援した。"), "県は支援した。");
        assert_eq!(write("【R4卒】を対象とした。"), "　【R4卒】を対象とした。");
        assert_eq!(write("【成果】は上がった。"), "・【成果】は上がった。");
        assert_eq!(write("担当：監理課"), "・担当：監理課");
        assert_eq!(write("＋10%となった。"), "＋＋10%となった。");
        assert_eq!(write("※見合わせた。"), "※見合わせた。");
    }
}
