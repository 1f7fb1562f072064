//! Lines above the rows of 【指標】 that the language has no place for: a title over the head, a head of two rows, a line 単位：名. One
//! message says what to type instead; then the table is read as it was meant.

use super::Text;
use super::indicator::{Column, Columns, MOST_COLUMNS, Role};
use super::lower_indicator::{Last, Lowering};
use super::table_messages::shortened;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_colon, without_blanks};
use crate::syntax::{Line, LineKind};

impl Lowering<'_> {
    /// The other lines than 単位：名, and the unit of the first such line, which the figures then have. J025 at it.
    pub(super) fn take_unit_lines<'l>(&mut self, lines: Vec<&'l Line>) -> (Vec<&'l Line>, Option<String>) {
        let (units, others): (Vec<&Line>, Vec<&Line>) =
            lines.into_iter().partition(|line| unit_line(self.file, line).is_some());
        let Some((line, unit)) = units.first().and_then(|line| Some((line, unit_line(self.file, line)?))) else {
            return (others, None);
        };
        let typed = shortened(self.text(line.span).trim_matches(is_blank));
        let message = format!("単位の行「{typed}」は表に書けません。");
        self.diagnostics.push(Diagnostic::new(Code::J025, line.span, message).help(format!(
            "「20{unit}」のように値に付けるか、「参加者数（{unit}）」のように項目名に書き添えて、この行を消してください。"
        )));
        (others, Some(unit))
    }

    /// J021 for a title above the head and for a head of two rows; how many lines they are. None where the first line is a row or a
    /// head as it should be.
    pub(super) fn take_opening(&mut self, lines: &[&Line]) -> usize {
        let title = match lines.first() {
            Some(Line { kind: LineKind::Label { child: false, text }, .. }) => Some(*text),
            _ => None,
        };
        let first = usize::from(title.is_some());
        let Some((span, values)) = lines.get(first).and_then(|line| self.head_row(line)) else { return 0 };
        let second = lines.get(first + 1).and_then(|line| self.second_head_row(line, values));
        if title.is_none() && second.is_none() {
            return 0;
        }
        let following = lines.get(first + 1 + usize::from(second.is_some()));
        let opens_group = following.is_some_and(|line| {
            matches!(line.kind, LineKind::Row { child: true, .. } | LineKind::Label { child: true, .. })
        });
        let columns = match second {
            Some((_, below)) => self.joined(values, below),
            None => values.iter().map(|value| (self.text(*value).to_string(), *value)).collect(),
        };
        let end = second.map_or(span, |(span, _)| span);
        let place = title.map_or(span, |title| title.to(span)).to(end);
        let title_text = title.map(|title| self.text(title).to_string());
        self.diagnostics.push(message(place, title_text.as_deref(), second.is_some(), opens_group, &columns));
        match second {
            None => self.lower_header(span, values),
            Some(_) => {
                let column = |(label, span)| Column { year: None, label: Text::new(label, span), group: None };
                self.table.columns = Columns::Own(columns.into_iter().map(column).collect());
                self.last = Last::Header;
            }
        }
        self.header_seen = true;
        if let Some(title) = title {
            if opens_group {
                self.push_row(title, title, Role::Group, Vec::new());
            } else if self.table.caption.is_none() {
                self.table.caption = Some(Text::new(self.text(title).to_string(), title));
            }
        }
        first + 1 + usize::from(second.is_some())
    }

    /// The cells of a row that is a head by its words.
    fn head_row<'l>(&self, line: &'l Line) -> Option<(Span, &'l [Span])> {
        let LineKind::Row { child: false, cells } = &line.kind else { return None };
        let (label, values) = cells.split_first()?;
        let is_head = self.is_header_label(*label)
            && (self.is_header(*label, values, true) || self.is_misnamed_header(*label, values));
        is_head.then_some((line.span, values))
    }

    /// 目標｜実績｜目標｜実績 below years.
    fn second_head_row<'l>(&self, line: &'l Line, above: &[Span]) -> Option<(Span, &'l [Span])> {
        let LineKind::Row { child: false, cells } = &line.kind else { return None };
        let (label, values) = cells.split_first()?;
        let is_head =
            self.is_header_label(*label) && self.is_misnamed_header(*label, values) && values.len() >= above.len();
        is_head.then_some((line.span, values))
    }

    /// The heads of two rows as one: those above stand over as many as there is room for, or over the blank ones beside them.
    fn joined(&self, above: &[Span], below: &[Span]) -> Vec<(String, Span)> {
        let texts: Vec<&str> = above.iter().map(|cell| self.text(*cell)).collect();
        let end = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        let filled = texts.get(..end).unwrap_or(&[]);
        let has_gaps = filled.iter().any(|text| text.is_empty());
        let share = if has_gaps || end == 0 { 1 } else { below.len().checked_div(end).unwrap_or(1).max(1) };
        let over = |column: usize| {
            let left = filled.get(..=(column / share).min(end.saturating_sub(1))).unwrap_or(&[]);
            left.iter().rev().find(|text| !text.is_empty()).copied().unwrap_or_default()
        };
        let head = |(column, cell): (usize, &Span)| (format!("{}{}", over(column), self.text(*cell)), *cell);
        below.iter().enumerate().map(head).collect()
    }
}

/// 単位：名, （単位　千円）
fn unit_line(file: &SourceFile, line: &Line) -> Option<String> {
    let LineKind::Label { text, .. } = line.kind else { return None };
    let text = file.slice(text).trim_matches(|c: char| is_blank(c) || "（）()［］[]【】".contains(c));
    let unit = text.strip_prefix("単位")?;
    let begins = |c: char| is_colon(c) || is_blank(c) || c == '・';
    let unit = unit.strip_prefix(begins)?;
    let unit = without_blanks(unit.trim_start_matches(begins));
    (!unit.is_empty() && unit.chars().count() <= 8).then_some(unit)
}

fn message(
    place: Span,
    title: Option<&str>,
    has_two: bool,
    opens_group: bool,
    columns: &[(String, Span)],
) -> Diagnostic {
    let columns: Vec<&str> = columns.iter().map(|(label, _)| label.as_str()).collect();
    let head = format!("項目名｜{}", columns.join("｜"));
    let (message, mut help) = match title {
        None => {
            ("見出しの行が2行あります。見出しは1行です。".to_string(), format!("「{head}」と1行で書いてください。"))
        }
        Some(title) => {
            let title = shortened(title);
            let help = if opens_group {
                format!("見出しの行「{head}」を1行目に書き、「{title}」はその下に書いてください。")
            } else {
                format!(
                    "表の題なら「【指標】{title}」のように【指標】のすぐ後に書き、見出しの行は「{head}」と書いてください。"
                )
            };
            let also = if has_two { "、見出しの行が2行あります" } else { "あります" };
            let joint = if has_two { "あり" } else { "" };
            (format!("見出しの行の上に「{title}」が{joint}{also}。"), help)
        }
    };
    if columns.len() > MOST_COLUMNS {
        help.push_str("項目名のほかに6列までですから、列を減らすか、表を2つに分けてください。");
    }
    Diagnostic::new(Code::J021, place, message).help(help)
}
