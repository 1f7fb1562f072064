//! A section of grades: rows `観点｜評価｜理由`.

use super::{Text, cell_lines};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{Criterion, is_alike, listed};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_colon};
use crate::syntax::{LineKind, Section, SectionKind};

/// The grades of a section, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grades {
    /// 【…】
    pub heading: Span,
    pub rows: Vec<Grade>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The form's name for it, where it was typed
    pub criterion: Text,
    /// As the form has it; absent where it could not be read
    pub grade: Option<Text>,
    pub reason: Vec<Text>,
}

/// Reads the rows of a section. J018 for a criterion or a grade that the form does not have, J012 for one that lacks.
pub(super) fn lower_grades(
    file: &SourceFile,
    section: &Section,
    criteria: &[Criterion],
    diagnostics: &mut Diagnostics,
) -> Grades {
    // A form that says no criterion was told so at its own line.
    let mut silent = Diagnostics::new();
    let diagnostics = if criteria.is_empty() { &mut silent } else { diagnostics };
    let mut found: Vec<Grade> = Vec::new();
    let mut is_faulty = false;
    for line in &section.lines {
        match &line.kind {
            // 観点｜評価｜理由, the head as it is printed
            LineKind::Row { cells, .. } if found.is_empty() && is_head(file, cells, criteria) => {}
            LineKind::Row { cells, .. } => {
                let cells = cells_at_separators(file, line.span, cells, criteria, diagnostics);
                let row = lower_row(file, line.span, &cells, criteria, &found, diagnostics);
                is_faulty = row.is_none();
                found.extend(row);
            }
            LineKind::Label { text, .. } => {
                let cells = cells_at_separators(file, line.span, &[*text], criteria, diagnostics);
                if cells.len() > 1 {
                    let row = lower_row(file, line.span, &cells, criteria, &found, diagnostics);
                    is_faulty = row.is_none();
                    found.extend(row);
                    continue;
                }
                is_faulty = lower_label(file, *text, criteria, &mut found, diagnostics);
            }
            LineKind::Continuation { cells } => match found.last_mut() {
                Some(row) => row.reason.extend(cells.iter().flat_map(|cell| cell_lines(file, *cell))),
                None if is_faulty => {}
                None => diagnostics.push(super::prose::nothing_above(line.span)),
            },
            LineKind::Note { text } => {
                let note = Text::new(file.slice(*text).to_string(), *text);
                if let Some(row) = found.last_mut() {
                    row.reason.push(note);
                }
            }
            LineKind::Blank
            | LineKind::Unread
            | LineKind::Misread { .. }
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Bullet { .. }
            | LineKind::Name { .. } => {}
        }
    }
    if !found.is_empty() || is_faulty {
        report_missing(section, criteria, &found, is_faulty, diagnostics);
    }
    let place = |row: &Grade| criteria.iter().position(|criterion| criterion.name == row.criterion.value);
    found.sort_by_key(place);
    Grades { heading: section.heading, rows: found }
}

/// A line without ｜: a criterion without its grade, or what goes on with the reason above. Whether it could not be read.
fn is_head(file: &SourceFile, cells: &[Span], criteria: &[Criterion]) -> bool {
    let heads = ["観点", "項目", "評価の観点", "評価項目"];
    let [label, grade, ..] = cells else { return false };
    let is_criterion = criteria.iter().any(|own| is_alike(&own.name, file.slice(*label)));
    !is_criterion && heads.contains(&file.slice(*label)) && ["評価", "判定", "評価結果"].contains(&file.slice(*grade))
}

fn lower_label(
    file: &SourceFile,
    text: Span,
    criteria: &[Criterion],
    found: &mut Vec<Grade>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let typed = file.slice(text);
    let example = criteria.iter().find(|criterion| is_alike(&criterion.name, typed));
    let Some(criterion) = example.or(criteria.first()) else { return false };
    let grade = criterion.choices.list.first().map_or("", String::as_str);
    let name = if example.is_some() { criterion.name.as_str() } else { typed };
    diagnostics.push(
        Diagnostic::new(Code::J020, text, format!("「{}」に区切り「｜」がありません。", shortened(name))).help(
            format!(
                "「{}｜{grade}｜理由」の形で書いてください。理由が2行になるときは、次の行を「＋」で始めます。",
                criterion.name
            ),
        ),
    );
    if example.is_some() && !found.iter().any(|row| row.criterion.value == criterion.name) {
        found.push(Grade { criterion: Text::new(criterion.name.clone(), text), grade: None, reason: Vec::new() });
    }
    true
}

/// The cells of a row in which another sign stands behind the criterion: 必要性：Ａ. J020; the cells as they are where it is none.
fn cells_at_separators(
    file: &SourceFile,
    span: Span,
    cells: &[Span],
    criteria: &[Criterion],
    diagnostics: &mut Diagnostics,
) -> Vec<Span> {
    let Some((first, rest)) = cells.split_first() else { return Vec::new() };
    let text = file.slice(*first);
    let is_sign = |c: char| is_blank(c) || is_colon(c) || matches!(c, '、' | '＝' | '=');
    let is_known = |name: &str| criteria.iter().any(|criterion| is_alike(&criterion.name, name));
    let parted = text.match_indices(is_sign).find_map(|(at, _)| {
        let (name, behind) = (text.get(..at)?, text.get(at..)?.trim_start_matches(is_sign));
        let criterion = criteria.iter().find(|criterion| is_alike(&criterion.name, name))?;
        let start = text.len() - behind.len();
        if criterion.choices.list.is_empty() {
            return None;
        }
        // 必要性：Ａ：理由, where Ａ is one of the grades; a grade may hold such a sign itself.
        let ends = behind.match_indices(is_sign).map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.chain([behind.len()]).collect();
        ends.reverse();
        let end = ends.into_iter().find(|end| {
            behind.get(..*end).is_some_and(|grade| !grade.is_empty() && criterion.choices.find(grade).is_some())
        })?;
        let reason = behind.get(end..)?.trim_start_matches(is_sign);
        let at_text = |from: usize, part: &str| Span {
            start: first.start + from,
            end: first.start + from + part.len(),
            ..*first
        };
        let own = [at_text(0, name), at_text(start, behind.get(..end)?)];
        let reason = (!reason.is_empty()).then(|| at_text(text.len() - reason.len(), reason));
        Some(own.into_iter().chain(reason).collect::<Vec<Span>>())
    });
    let Some(own) = parted.filter(|_| !is_known(text)) else { return cells.to_vec() };
    let all: Vec<Span> = own.into_iter().chain(rest.iter().copied()).collect();
    let right: Vec<&str> = all.iter().map(|cell| file.slice(*cell)).collect();
    let name = right.first().copied().unwrap_or_default();
    diagnostics.push(
        Diagnostic::new(Code::J020, span, format!("「{}」の後に区切り「｜」がありません。", shortened(name)))
            .help(format!("「{}」と書いてください。", right.join("｜"))),
    );
    all
}

fn shortened(text: &str) -> String {
    text.chars().take(20).collect()
}

fn lower_row(
    file: &SourceFile,
    span: Span,
    cells: &[Span],
    criteria: &[Criterion],
    found: &[Grade],
    diagnostics: &mut Diagnostics,
) -> Option<Grade> {
    let (label, rest) = cells.split_first()?;
    let typed = file.slice(*label);
    let Some(criterion) = criteria.iter().find(|criterion| is_alike(&criterion.name, typed)) else {
        diagnostics.push(no_criterion(*label, typed, criteria));
        return None;
    };
    if let Some(first) = found.iter().find(|row| row.criterion.value == criterion.name) {
        diagnostics.push(
            Diagnostic::new(Code::J017, span, format!("「{}」が2回あります。", criterion.name))
                .help("どちらか1つを消してください。")
                .related(first.criterion.span, "1つ目はここです"),
        );
        return None;
    }
    let grade = rest.first().and_then(|cell| lower_grade(file, *cell, criterion, diagnostics));
    if rest.is_empty() || rest.first().is_some_and(|cell| cell.is_empty()) {
        diagnostics.push(open_grade(span, criterion));
    }
    let reason = rest.iter().skip(1).flat_map(|cell| cell_lines(file, *cell)).collect();
    Some(Grade { criterion: Text::new(criterion.name.clone(), *label), grade, reason })
}

fn lower_grade(file: &SourceFile, cell: Span, criterion: &Criterion, diagnostics: &mut Diagnostics) -> Option<Text> {
    let typed = file.slice(cell);
    if typed.is_empty() {
        return None;
    }
    let choice = criterion.choices.find(typed);
    if choice.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::J018,
                cell,
                format!("{}「{}」は、選べる評価ではありません。", criterion.name, shortened(typed)),
            )
            .help(format!("{} のどれかを書いてください。", criterion.choices.listed())),
        );
    }
    choice.map(|choice| Text::new(choice.to_string(), cell))
}

fn open_grade(span: Span, criterion: &Criterion) -> Diagnostic {
    Diagnostic::new(Code::J012, span, format!("「{}」の評価が未記入です。", criterion.name))
        .help(format!("{} のどれかを書いてください。", criterion.choices.listed()))
        .open()
}

fn no_criterion(label: Span, typed: &str, criteria: &[Criterion]) -> Diagnostic {
    let names: Vec<&str> = criteria.iter().map(|criterion| criterion.name.as_str()).collect();
    let near = crate::syntax::nearest(typed, names.iter().copied());
    let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
    Diagnostic::new(Code::J018, label, format!("「{}」という観点はありません。{guess}", shortened(typed)))
        .help(format!("書けるのは {} です。", listed(&names)))
}

/// One message for the criteria that nobody wrote.
fn report_missing(
    section: &Section,
    criteria: &[Criterion],
    found: &[Grade],
    is_faulty: bool,
    diagnostics: &mut Diagnostics,
) {
    let has = |criterion: &&Criterion| found.iter().any(|row| row.criterion.value == criterion.name);
    let missing: Vec<&str> = criteria
        .iter()
        .filter(|criterion| !has(criterion) && criterion.choices.standard().is_none())
        .map(|criterion| criterion.name.as_str())
        .collect();
    // One row that could not be read may be the one that lacks.
    if missing.is_empty() || (is_faulty && missing.len() == 1) {
        return;
    }
    let name = section.kind.map_or("", SectionKind::name);
    diagnostics.push(
        Diagnostic::new(Code::J012, section.heading, format!("【{name}】に「{}」がありません。", missing.join("」「")))
            .help(format!("「{}｜評価｜理由」の行を書いてください。", missing.first().copied().unwrap_or_default())),
    );
}
