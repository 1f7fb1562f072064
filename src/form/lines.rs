//! Lines of a form: rows of cells, and settings whose lists go on below.

use super::messages::fault;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span, Spanned};
use crate::syntax::Section;
use crate::syntax::chars::{is_blank, is_bullet, is_colon, is_comma, is_digit, without_blanks};
use crate::syntax::line::{parse_table_line, trimmed};

pub(super) type Text = Spanned<String>;

/// A row of 【項目】 and its like.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) span: Span,
    pub(super) cells: Vec<Text>,
}

impl Row {
    /// A cell; `None` for one that is not there or empty.
    pub(super) fn cell(&self, index: usize) -> Option<&Text> {
        self.cells.get(index).filter(|cell| !cell.value.is_empty())
    }

    /// The row with another text in the place of a cell.
    pub(super) fn with_cell(&self, index: usize, cell: Text) -> Self {
        let mut cells = self.cells.clone();
        cells.get_mut(index).into_iter().for_each(|slot| *slot = cell.clone());
        Self { span: self.span, cells }
    }
}

/// The word in front of a colon: 選択 of `選択：Ａ、Ｂ`.
pub(super) fn before_colon(text: &str) -> String {
    without_blanks(text.split(is_colon).next().unwrap_or_default())
}

/// `名称：値` with the lines below that go on with it.
#[derive(Clone)]
pub(super) struct Setting {
    pub(super) name: Text,
    /// The whole line
    pub(super) span: Span,
    /// Empty where nothing stands behind the colon
    pub(super) value: Text,
    /// Lines below, each with the ・ in front of it
    pub(super) more: Vec<Text>,
}

fn text(file: &SourceFile, span: Span) -> Text {
    Text::new(file.slice(span).to_string(), span)
}

/// A line without a remark at its end: ※ behind a blank, and what follows it.
pub(super) fn without_remark(line: &str) -> &str {
    let starts = line.match_indices('※').map(|(at, _)| at);
    let is_remark = |at: &usize| {
        let (before, behind) = line.split_at(*at);
        before.ends_with(is_blank) && behind.chars().skip(1).any(|c| !is_blank(c))
    };
    let end = starts.into_iter().find(is_remark).unwrap_or(line.len());
    line.get(..end).unwrap_or(line)
}

/// What stands behind a heading, without a remark.
pub(super) fn rest_of(file: &SourceFile, section: &Section) -> String {
    without_remark(file.slice(section.rest)).trim_matches(is_blank).to_string()
}

/// The rows under a heading; remarks and blank lines are left out.
pub(super) fn rows(file: &SourceFile, section: &Section) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in &section.lines {
        let typed = without_remark(file.slice(line.span));
        let kind = parse_table_line(typed, line.span);
        if kind.cells().is_empty() {
            continue;
        }
        let span = trimmed(typed, line.span, typed);
        rows.push(Row { span, cells: kind.cells().iter().map(|cell| text(file, *cell)).collect() });
    }
    rows
}

/// Rows without the ・ or ＋ in front of them, which says nothing here: J073 at the first.
pub(super) fn without_marks(rows: &[Row], diagnostics: &mut Diagnostics) -> Vec<Row> {
    let place = |row: &Row| row.cells.first().map_or(row.span.start, |name| name.span.start);
    let is_marked = |row: &&Row| place(row) > row.span.start;
    let mut marked = rows.iter().filter(is_marked);
    if let Some((row, name)) = marked.next().and_then(|row| Some((row, row.cell(0)?))) {
        let more = marked.count();
        let more = if more == 0 { String::new() } else { format!("ほかに同じ行が{more}行あります。") };
        diagnostics.push(fault(
            row.span,
            format!("「{}」の行の初めに、要らない印（・や＋）があります。", name.value),
            format!("印を消し、「{}」から書いてください。{more}", name.value),
        ));
    }
    rows.iter().map(|row| Row { span: Span { start: place(row), ..row.span }, cells: row.cells.clone() }).collect()
}

/// The settings under a heading, and the lines above the first one.
pub(super) fn settings(file: &SourceFile, section: &Section) -> (Vec<Setting>, Vec<Text>) {
    let (mut settings, mut stray): (Vec<Setting>, Vec<Text>) = (Vec::new(), Vec::new());
    for line in &section.lines {
        let typed = without_remark(file.slice(line.span));
        let span = trimmed(typed, line.span, typed);
        let body = file.slice(span);
        if body.is_empty() || body.starts_with('※') {
            continue;
        }
        // A heading without its 】 is no name of the list above.
        if body.starts_with('【') {
            stray.push(text(file, span));
            continue;
        }
        match setting_of(body) {
            Some((name, value)) => settings.push(Setting {
                name: text(file, trimmed(body, span, name)),
                span,
                value: text(file, trimmed(body, span, value)),
                more: Vec::new(),
            }),
            None => match settings.last_mut() {
                Some(setting) => setting.more.push(text(file, span)),
                None => stray.push(text(file, span)),
            },
        }
    }
    (settings, stray)
}

/// The name and the value of a line that is a setting.
pub(super) fn setting_of(line: &str) -> Option<(&str, &str)> {
    line.split_once(is_colon).filter(|(name, _)| is_name(name))
}

/// The settings of a name.
pub(super) fn named<'a>(settings: &'a [Setting], name: &str) -> impl Iterator<Item = &'a Setting> {
    settings.iter().filter(move |setting| without_blanks(&setting.name.value) == name)
}

/// A setting has a short name; `施策（その1：前期）` is an entry of a list.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 8
        && !name.contains(['（', '(', '、', '＝', '='])
        && !name.starts_with(is_bullet)
}

/// The entries of a list: in a line they are parted by 、 outside brackets. A line below is one entry, with its 、, unless it or
/// the line above ends in 、.
pub(super) fn entries(setting: &Setting) -> Vec<Text> {
    let mut found = parted(&setting.value);
    let ends_open = |line: &Text| line.value.ends_with(['、', '，', ',']);
    let mut goes_on = ends_open(&setting.value);
    for line in &setting.more {
        let ends = ends_open(line);
        if goes_on || ends {
            found.extend(parted(line));
        } else {
            found.push(line.clone());
        }
        goes_on = ends;
    }
    found
}

/// The entries of one line. The mark of a level, ・, stays in front. A comma inside a number (1,000円) parts nothing.
pub(super) fn parted(line: &Text) -> Vec<Text> {
    let is_figure = |at: usize| {
        let (before, behind) = line.value.split_at(at);
        let behind = behind.chars().nth(1);
        before.ends_with(is_digit) && behind.is_some_and(is_digit)
    };
    parted_by(line, |at, c| c == '、' || (is_comma(c) && !is_figure(at)))
}

/// Parts of a text between separators that stand in no bracket, without blanks; empty ones are left out.
pub(super) fn parted_by(line: &Text, separates: impl Fn(usize, char) -> bool) -> Vec<Text> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let ends = line.value.char_indices().chain([(line.value.len(), '、')]);
    for (at, c) in ends {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = at == line.value.len();
        if is_end || (depth == 0 && separates(at, c)) {
            let part = line.value.get(start..at).unwrap_or("");
            let body = part.trim_matches(is_blank);
            if !body.is_empty() {
                let lead = part.len() - part.trim_start_matches(is_blank).len();
                found.push(Text::new(body.to_string(), line.stretch(start + lead..start + lead + body.len())));
            }
            start = at + c.len_utf8();
        }
    }
    found
}

/// An entry without the ・ in front of it, and how many there were.
pub(super) fn level(entry: &Text) -> (usize, Text) {
    let body = entry.value.trim_start_matches(|c| is_bullet(c) || is_blank(c));
    let lead = entry.value.len() - body.len();
    let marks = entry.value.get(..lead).unwrap_or("").chars().filter(|c| is_bullet(*c)).count();
    (marks, Text::new(body.to_string(), entry.stretch(lead..entry.value.len())))
}

/// A name with what stands in （ ） behind it.
pub(super) fn bracketed(entry: &Text) -> (Text, Option<Text>) {
    let whole = || (entry.clone(), None);
    let Some(inner) = entry.value.strip_suffix(['）', ')']) else { return whole() };
    let Some(open) = inner.find(['（', '(']) else { return whole() };
    let width = inner.get(open..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let name = inner.get(..open).unwrap_or("");
    (
        Text::new(name.trim_matches(is_blank).to_string(), entry.stretch(0..open)),
        Some(Text::new(inner.get(open + width..).unwrap_or("").to_string(), entry.stretch(open + width..inner.len()))),
    )
}
