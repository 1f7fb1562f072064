//! 【表】 and 【評価】: what they declare goes to the sections of their names.

use std::sync::Arc;

use super::grades::read_grades;
use super::layout::stray;
use super::lines::{Row, Setting, rest_of, rows, settings};
use super::list_signs::{SETTINGS, with_colons};
use super::messages::{fault, twice};
use super::names::is_alike;
use super::read_table::read_table;
use super::sections::{ContentSpec, Declared};
use super::table::Table;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span};
use crate::syntax::chars::without_blanks;
use crate::syntax::{Ast, Section as Under, SectionKind};

/// The kinds of section for whose names a table or grades are declared.
pub(super) fn declarations(file: &SourceFile, ast: &Ast) -> Vec<(String, &'static str)> {
    let of = |kind, word| ast.sections_of(kind).map(move |section| (rest_of(file, section), word));
    let whole: Vec<_> = of(SectionKind::FormTable, "表").chain(of(SectionKind::FormGrades, "評価")).collect();
    let parts = whole.iter().flat_map(|(names, word)| names.split('、').map(|name| (name.trim().to_string(), *word)));
    whole.iter().cloned().chain(parts).collect()
}

/// Those that no row of 【見出し】 or 【章の見出し】 of that kind bears.
pub(super) fn open_declarations(file: &SourceFile, ast: &Ast, rows: [&[Row]; 2]) -> Vec<(String, &'static str)> {
    let bears = |row: &Row, (name, word): &(String, &'static str)| {
        let is_of_kind = row.cell(1).is_some_and(|kind| without_blanks(&kind.value) == *word);
        is_of_kind && row.cell(0).is_some_and(|own| is_alike(&own.value, name))
    };
    let mut declared = declarations(file, ast);
    declared.retain(|declared| !rows.iter().flat_map(|rows| rows.iter()).any(|row| bears(row, declared)));
    declared
}

/// Tables and grades go to the sections that bear their names.
pub(super) fn read_declarations(
    file: &SourceFile,
    ast: &Ast,
    (mut sections, lost): ([&mut Vec<Declared>; 2], &[String]),
    diagnostics: &mut Diagnostics,
) {
    let mut seen: Vec<(SectionKind, String, Span)> = Vec::new();
    for under in &ast.sections {
        let Some(kind @ (SectionKind::FormTable | SectionKind::FormGrades)) = under.kind else { continue };
        let names = names_of(&sections, &rest_of(file, under));
        let what = if kind == SectionKind::FormTable { "表" } else { "評価" };
        for (index, name) in names.into_iter().enumerate() {
            if let Some((.., first)) = seen.iter().find(|(other, known, _)| *other == kind && is_alike(known, &name)) {
                diagnostics.push(twice(under.heading, what, &name, *first));
                continue;
            }
            seen.push((kind, name.clone(), under.heading));
            // What is wrong in it is told once for all its names.
            let mut again = Diagnostics::new();
            let said = if index == 0 { &mut *diagnostics } else { &mut again };
            let content = read_content((file, ast), (under, kind), &name, &mut sections, said);
            if !give(&mut sections, &name, &content) {
                give_near(&mut sections, (under, what), &name, &content, diagnostics);
            }
        }
    }
    take_bare_headings(file, ast, &mut sections);
    take_lost(lost, &mut sections);
    for declared in sections.iter().flat_map(|list| list.iter()) {
        let name = &declared.name.value;
        let is_open = matches!(&declared.section.content, ContentSpec::Grades(criteria) if criteria.is_empty());
        if is_open && !lost.contains(name) {
            diagnostics.push(fault(
                declared.name.span,
                format!("見出し「{name}」の観点が書かれていません。"),
                format!("「【評価】{name}」と書き、その下に「必要性｜Ａ、Ｂ、Ｃ」のように観点を書いてください。"),
            ));
        }
    }
}

fn read_content(
    (file, ast): (&SourceFile, &Ast),
    (under, kind): (&Under, SectionKind),
    name: &str,
    sections: &mut [&mut Vec<Declared>; 2],
    diagnostics: &mut Diagnostics,
) -> ContentSpec {
    if kind == SectionKind::FormGrades {
        return ContentSpec::Grades(read_grades(&rows(file, under), diagnostics));
    }
    let others: Vec<String> = declarations(file, ast).into_iter().map(|(name, _)| name).collect();
    let open = waiting_tables(sections, &others);
    read_tables(file, under, (name, &open), sections, diagnostics)
}

/// The names behind 【表】: several, parted by 、, where each is a heading of its own.
fn names_of(sections: &[&mut Vec<Declared>; 2], typed: &str) -> Vec<String> {
    let is_heading =
        |name: &str| sections.iter().flat_map(|list| list.iter()).any(|declared| is_alike(&declared.name.value, name));
    let parts: Vec<String> = typed.split('、').map(|name| name.trim().to_string()).collect();
    match (is_heading(typed), parts.iter().all(|name| is_heading(name))) {
        (false, true) => parts,
        _ => Some(typed.to_string()).filter(|name| !name.is_empty()).into_iter().collect(),
    }
}

/// A declaration that no heading bears. What was meant is told once; programs are read by it.
fn give_near(
    sections: &mut [&mut Vec<Declared>; 2],
    (under, word): (&Under, &str),
    name: &str,
    content: &ContentSpec,
    diagnostics: &mut Diagnostics,
) {
    let open = open_names(sections, content);
    let near = crate::syntax::nearest(name, open.iter().map(String::as_str));
    let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
    diagnostics.push(fault(
        under.heading,
        format!("【{word}】{name} に当たる見出しが、【見出し】にありません。{guess}"),
        format!("【見出し】に「{name}｜{word}」の行を書くか、名前を合わせてください。"),
    ));
    if let Some(near) = near {
        give(sections, near, content);
    }
}

/// 【財源】 for 【表】財源 was told where headings are read: what stands below it is that table, and no program is read by it.
fn take_bare_headings(file: &SourceFile, ast: &Ast, sections: &mut [&mut Vec<Declared>; 2]) {
    let mut silent = Diagnostics::new();
    for under in ast.sections.iter().filter(|section| section.kind.is_none()) {
        let name = without_blanks(file.slice(under.heading).trim_matches(['【', '】']));
        let typed = settings(file, under).0;
        let table = Table { is_faulty: true, ..read_table(&name, under.heading, &typed, &mut silent) };
        let grades = ContentSpec::Grades(read_grades(&rows(file, under), &mut silent));
        for content in [ContentSpec::Table(Some(Arc::new(table))), grades] {
            if open_names(sections, &content).iter().any(|open| is_alike(open, &name)) {
                give(sections, &name, &content);
            }
        }
    }
}

/// Tables that stand in the form under no heading that says which they are: no program is read by them.
fn take_lost(lost: &[String], sections: &mut [&mut Vec<Declared>; 2]) {
    for name in lost {
        let named = sections.iter().flat_map(|list| list.iter()).find(|declared| declared.name.value == *name);
        let Some(place) = named.map(|declared| declared.name.span) else { continue };
        let table = read_table(name, place, &[], &mut Diagnostics::new());
        let table = Table { is_faulty: true, gives_amount: true, ..table };
        give(sections, name, &ContentSpec::Table(Some(Arc::new(table))));
    }
}

/// Gives a declaration to the sections of its name and kind; whether there is one.
fn give(sections: &mut [&mut Vec<Declared>; 2], name: &str, content: &ContentSpec) -> bool {
    let mut is_used = false;
    for declared in sections.iter_mut().flat_map(|list| list.iter_mut()) {
        if is_of_kind(&declared.section.content, content) && is_alike(&declared.name.value, name) {
            declared.section.content = content.clone();
            is_used = true;
        }
    }
    is_used
}

fn is_of_kind(one: &ContentSpec, other: &ContentSpec) -> bool {
    matches!(
        (one, other),
        (ContentSpec::Table(_), ContentSpec::Table(_)) | (ContentSpec::Grades(_), ContentSpec::Grades(_))
    )
}

/// Sections that wait for a declaration of that kind.
fn open_names(sections: &[&mut Vec<Declared>; 2], content: &ContentSpec) -> Vec<String> {
    let all = sections.iter().flat_map(|list| list.iter());
    let open = all.filter(|declared| match &declared.section.content {
        ContentSpec::Table(table) => table.is_none(),
        ContentSpec::Grades(criteria) => criteria.is_empty(),
        ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Photos | ContentSpec::Cases => false,
    });
    open.filter(|declared| is_of_kind(&declared.section.content, content))
        .map(|declared| declared.name.value.clone())
        .collect()
}

/// The tables of 【見出し】 that no 【表】 declares.
fn waiting_tables(sections: &[&mut Vec<Declared>; 2], declared: &[String]) -> Vec<String> {
    let all = sections.iter().flat_map(|list| list.iter());
    let tables = all.filter(|section| matches!(section.section.content, ContentSpec::Table(_)));
    let is_declared = |name: &str| declared.iter().any(|other| is_alike(other, name));
    tables.map(|table| table.name.value.clone()).filter(|name| !is_declared(name)).collect()
}

/// The table under a 【表】. Where the line of a second 【表】 was forgotten two stand there: `open` has the names that wait for one.
fn read_tables(
    file: &SourceFile,
    under: &Under,
    (name, open): (&str, &[String]),
    sections: &mut [&mut Vec<Declared>; 2],
    diagnostics: &mut Diagnostics,
) -> ContentSpec {
    let (typed, above) = with_colons(settings(file, under), SETTINGS, diagnostics);
    above.iter().for_each(|line| diagnostics.push(stray(line)));
    let table = |table: Table| ContentSpec::Table(Some(Arc::new(table)));
    let (Some(at), Some(next)) = (second_table(&typed), open.first()) else {
        return table(read_table(name, under.heading, &typed, diagnostics));
    };
    let (first, second) = typed.split_at(at);
    if let Some(setting) = second.first() {
        diagnostics.push(fault(
            setting.span,
            format!(
                "表【{name}】に「{}：」が2回あります。「【表】{next}」の行が抜けていませんか。",
                setting.name.value
            ),
            format!(
                "次の表が始まる行の上に「【表】{next}」と書いてください。1つの表なら、並びを1か所にまとめてください。"
            ),
        ));
    }
    // Where the second table begins nobody knows: programs are read by neither.
    let mut silent = Diagnostics::new();
    let second = Table { is_faulty: true, ..read_table(next, under.heading, second, &mut silent) };
    give(sections, next, &table(second));
    table(Table { is_faulty: true, ..read_table(name, under.heading, first, &mut silent) })
}

/// Where a setting stands again, with others between.
fn second_table(typed: &[Setting]) -> Option<usize> {
    let name = |setting: &Setting| without_blanks(&setting.name.value);
    let is_again = |(at, setting): &(usize, &Setting)| {
        let above = typed.get(..*at).unwrap_or_default();
        let is_continued = above.last().is_some_and(|last| name(last) == name(setting));
        !is_continued && above.iter().any(|other| name(other) == name(setting))
    };
    typed.iter().enumerate().find(is_again).map(|(at, _)| at)
}
