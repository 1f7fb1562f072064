//! Texts and places in them: `FileId`, `Span`, `Spanned`, and `Files`, which alone holds the text of every file.
//!
//! Knows nothing of the language. Offsets are bytes of the decoded text, always on character boundaries. A line ends
//! with LF, CRLF or CR and with nothing else, as in the editors that officers use.

use std::ops::Range;
use std::sync::Arc;

/// A path as an officer types it, with `/`: `\\` and `¥` are the same key.
pub fn with_slashes(typed: &str) -> String {
    typed.replace(['\\', '¥', '￥'], "/")
}

/// A folder or a name of 【構成】 as it is compared: typed with `\\` and with a slash at its end, it is the same.
pub fn without_end_slashes(typed: &str) -> String {
    with_slashes(typed).trim_matches('/').to_string()
}

/// The first line end of a text.
pub fn line_end(text: &str) -> Option<&'static str> {
    let rest = text.get(text.find(['\r', '\n'])?..)?;
    Some(if rest.starts_with("\r\n") {
        "\r\n"
    } else if rest.starts_with('\r') {
        "\r"
    } else {
        "\n"
    })
}

/// Number of a file in its `Files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of one file's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The place a message about a whole file has.
    pub fn whole_file(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the start of this span to the end of the other one.
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start, end: other.end.max(self.start) }
    }

    /// Whether both lie in one file and share a byte (an empty span shares the place it stands at).
    pub fn touches(self, other: Self) -> bool {
        self.file == other.file
            && self.start < other.end.max(other.start + 1)
            && other.start < self.end.max(self.start + 1)
    }
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl Spanned<String> {
    /// The place of a part of the text, by its bytes.
    pub fn stretch(&self, part: Range<usize>) -> Span {
        let at = |offset: usize| (self.span.start + offset).min(self.span.end);
        Span { start: at(part.start), end: at(part.end), ..self.span }
    }
}

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One file: its name, its text and where its lines start.
#[derive(Debug, Clone)]
pub struct SourceFile {
    id: FileId,
    path: String,
    text: Arc<str>,
    line_starts: Vec<usize>,
}

impl SourceFile {
    pub fn id(&self) -> FileId {
        self.id
    }

    /// Path from the report's folder, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// File name without folder.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// File name without folder and ending: a program's ID.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rfind('.').and_then(|dot| name.get(..dot)).unwrap_or(name)
    }

    /// Folder of the file, without a slash at the end; empty for the report's own folder.
    pub fn folder(&self) -> &str {
        self.path.rfind('/').and_then(|slash| self.path.get(..slash)).unwrap_or("")
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span of this file; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// Number of the line, from 0, that holds the byte.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line (from 0) without its line end.
    pub fn line_range(&self, index: usize) -> Range<usize> {
        let Some(&start) = self.line_starts.get(index) else {
            return self.text.len()..self.text.len();
        };
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or("");
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }

    /// The first line end of the text: a file keeps its own.
    pub fn line_end(&self) -> &'static str {
        line_end(&self.text).unwrap_or("\n")
    }

    pub fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        (0..self.line_starts.len()).map(|index| self.line_range(index))
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        Position { line: line + 1, column: before.chars().count() + 1 }
    }
}

/// All texts of one run.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<Arc<SourceFile>>,
}

impl Files {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text in; `path` is relative to the report, with `/`.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let text = text.into();
        let line_starts = find_line_starts(&text);
        self.files.push(Arc::new(SourceFile { id, path: path.into(), text, line_starts }));
        id
    }

    /// Takes in a file that was taken in at the same place before; nothing where it stood elsewhere.
    pub fn add_again(&mut self, file: &Arc<SourceFile>) -> Option<FileId> {
        let is_next = file.id.0 as usize == self.files.len();
        is_next.then(|| {
            self.files.push(Arc::clone(file));
            file.id
        })
    }

    /// The file of an id, to be kept.
    pub fn share(&self, id: FileId) -> Arc<SourceFile> {
        #[expect(clippy::indexing_slicing, reason = "an id is an index that add() handed out")]
        Arc::clone(&self.files[id.0 as usize])
    }

    /// The file of an id. Ids come from `add` of the same `Files`, so the first file never stands in for another.
    pub fn get(&self, id: FileId) -> &SourceFile {
        #[expect(clippy::indexing_slicing, reason = "an id is an index that add() handed out")]
        &self.files[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().map(Arc::as_ref)
    }

    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).slice(span)
    }
}

fn find_line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (index, &byte) in bytes.iter().enumerate() {
        let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
        if ends_line {
            starts.push(index + 1);
        }
    }
    if starts.len() > 1 && starts.last() == Some(&text.len()) {
        starts.pop();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_line_ends_count_once() {
        let mut files = Files::new();
        let id = files.add("a/b.jigyo", "一\r\n二\r三\n四\u{b}五\n");
        let file = files.get(id);
        let lines: Vec<&str> = file.lines().map(|range| &file.text()[range]).collect();
        assert_eq!(lines, ["一", "二", "三", "四\u{b}五"]);
        assert_eq!((file.stem(), file.folder()), ("b", "a"));
    }

    #[test]
    fn columns_count_characters() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "あい\n𠮷う｜え");
        let offset = "あい\n𠮷う".len();
        assert_eq!(files.get(id).position(offset), Position { line: 2, column: 3 });
    }

    #[test]
    fn an_empty_span_touches_its_place() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "abc");
        assert!(Span::new(id, 1..1).touches(Span::new(id, 0..3)));
        assert!(!Span::new(id, 0..1).touches(Span::new(id, 1..3)));
    }
}
