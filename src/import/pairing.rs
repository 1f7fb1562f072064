//! A list of programs and the programs themselves, brought together by name, and where names were lost by their order.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{FreeRow, Program, ReviewNote, SourcedText};
use super::form_cells::{CellPlace, RowPart};
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_blank, is_digit, unified};

/// The programs in their order, each with what the list says of it. A row without a program becomes one.
pub(super) fn pair(listed: Vec<Program>, programs: Vec<Program>) -> Vec<Program> {
    let has_bodies = !programs.is_empty();
    let rows = rows_of(&listed, &programs);
    let mut listed: Vec<Option<Program>> = listed.into_iter().map(Some).collect();
    let mut paired = Vec::with_capacity(programs.len());
    let mut next = 0;
    for (program, row) in programs.into_iter().zip(rows) {
        let Some(row) = row else {
            paired.push(program);
            continue;
        };
        paired
            .extend(listed.iter_mut().take(row).skip(next).filter_map(Option::take).map(|row| alone(row, has_bodies)));
        next = next.max(row);
        match listed.get_mut(row).and_then(Option::take) {
            Some(row) => paired.push(joined(program, row)),
            None => paired.push(program),
        }
    }
    paired.extend(listed.into_iter().flatten().map(|row| alone(row, has_bodies)));
    paired
}

/// The row of each program.
fn rows_of(listed: &[Program], programs: &[Program]) -> Vec<Option<usize>> {
    let key = |program: &Program| program.name.as_ref().map(|name| unified(&name.text));
    let keys: Vec<Option<String>> = listed.iter().map(key).collect();
    let mut taken = vec![false; listed.len()];
    let mut by_name: std::collections::BTreeMap<&str, Vec<usize>> = std::collections::BTreeMap::new();
    for (index, name) in keys.iter().enumerate().rev() {
        by_name.entry(name.as_deref().unwrap_or("")).or_default().push(index);
    }
    let mut rows: Vec<Option<usize>> = Vec::with_capacity(programs.len());
    for program in programs {
        let row = key(program).and_then(|name| by_name.get_mut(name.as_str())?.pop());
        if let Some(taken) = row.and_then(|row| taken.get_mut(row)) {
            *taken = true;
        }
        rows.push(row);
    }
    // Between two that have their names the others go by order, where there are as many of them as rows.
    let mut start = 0;
    let mut after = 0;
    while start < rows.len() {
        let run = rows.iter().skip(start).take_while(|row| row.is_none()).count();
        let end = rows.get(start + run).copied().flatten().unwrap_or(listed.len());
        let free: Vec<usize> = (after..end.max(after)).filter(|row| taken.get(*row) == Some(&false)).collect();
        let nameless = programs.iter().skip(start).take(run).all(|program| program.name.is_none());
        if run > 0 && nameless && free.len() == run {
            for (slot, row) in rows.iter_mut().skip(start).zip(&free) {
                *slot = Some(*row);
                if let Some(taken) = taken.get_mut(*row) {
                    *taken = true;
                }
            }
        }
        after = end.saturating_add(1).min(listed.len());
        start += run + 1;
    }
    rows
}

fn alone(mut row: Program, has_bodies: bool) -> Program {
    if has_bodies {
        row.review_notes.push(ReviewNote::new(
            "一覧にありますが、本文が見つかりません。本文を書くか、このファイルを消してください",
            &row.place,
        ));
    }
    row
}

/// A program with what the list says of it. Where they differ the program's own page counts, and a person looks.
fn joined(mut program: Program, row: Program) -> Program {
    let by_order = program.name.is_none();
    if by_order && !program.departments.is_empty() && !row.departments.is_empty() && !share_department(&program, &row) {
        let name = row.name.as_ref().map_or("", |name| name.text.as_str());
        let what =
            format!("一覧の順から「{name}」としましたが、担当課が一覧と違います。この本文の事業名を確かめてください");
        program.review_notes.push(ReviewNote::new(what, &program.place));
    }
    // The list's name is not broken by the layout of a page.
    program.name = row.name.or(program.name);
    if program.amount.is_none() {
        (program.amount, program.unit) = (row.amount, row.unit);
    } else {
        keep("事業費", &mut program.amount, row.amount, &mut program.memo);
    }
    keep("区分", &mut program.category, row.category, &mut program.memo);
    keep("番号", &mut program.number, row.number, &mut program.memo);
    keep("掲載頁", &mut program.page, row.page, &mut program.memo);
    keep("よみ", &mut program.reading, row.reading, &mut program.memo);
    keep("旧名称", &mut program.former_name, row.former_name, &mut program.memo);
    for (name, unit) in row.field_units {
        program.field_units.entry(name).or_insert(unit);
    }
    for (name, said) in row.fields {
        let mut own = program.fields.iter_mut().find(|(known, _)| *known == name).map(|(_, said)| said.clone());
        keep(name.name(), &mut own, Some(said.clone()), &mut program.memo);
        if !program.fields.iter().any(|(known, _)| *known == name) {
            program.fields.push((name, said));
        }
    }
    join_cells(&mut program, row.cells);
    join_free_rows(&mut program, row.free_rows, row.free_units);
    program.shares.extend(row.shares);
    for (place, said) in row.grades {
        program.grades.entry(place).or_insert(said);
    }
    for said in row.departments {
        add_department(&mut program.departments, said);
    }
    for (kind, lines) in row.sections {
        program.sections.entry(kind).or_default().extend(lines);
    }
    if !program.tables.is_empty() && !row.tables.is_empty() {
        let what = "指標が、一覧と本文の両方にあります。片方の【指標】を消してください";
        program.review_notes.push(ReviewNote::new(what, &program.place));
    }
    program.tables.extend(row.tables);
    program.memo.extend(row.memo);
    program.review_notes.extend(row.review_notes);
    program
}

/// Cells of the form's tables: in two units nobody knows which is meant, and the list's goes to the memo.
fn join_cells(program: &mut Program, cells: BTreeMap<(SectionKind, CellPlace), (SourcedText, Option<&'static str>)>) {
    for (place, (said, unit)) in cells {
        let (known, beside) = program.cells.entry(place).or_insert_with(|| (said.clone(), unit));
        if *beside != unit {
            let text = format!("一覧の{}：{}{}", place.0.name(), said.text, unit.unwrap_or(""));
            program.memo.push(SourcedText { text, ..said });
            continue;
        }
        let mut own = Some(known.clone());
        keep(place.0.name(), &mut own, Some(said), &mut program.memo);
        known.review_note = own.and_then(|own| own.review_note);
    }
}

/// The list's rows of a table stand where the program's own page has none; otherwise both are there to choose from.
fn join_free_rows(
    program: &mut Program,
    rows: BTreeMap<(SectionKind, usize), FreeRow>,
    units: BTreeMap<(SectionKind, RowPart), &'static str>,
) {
    let own: BTreeSet<SectionKind> = program.free_rows.keys().map(|(kind, _)| *kind).collect();
    let texts = |row: &FreeRow| row.iter().map(|(part, said)| (*part, unified(&said.text))).collect::<Vec<_>>();
    for ((kind, at), row) in rows {
        if !own.contains(&kind) {
            program.free_rows.insert((kind, at), row);
            continue;
        }
        let is_known = program.free_rows.iter().any(|((known, _), own)| *known == kind && texts(own) == texts(&row));
        let Some(first) = row.values().next().cloned().filter(|_| !is_known) else { continue };
        let typed = row.values().map(|said| said.text.replace('\n', "　")).collect::<Vec<_>>().join("｜");
        let what = format!("【{}】の行「{typed}」は一覧だけにあります。【メモ】に入れました", kind.name());
        program.review_notes.push(ReviewNote::new(what, &first.place));
        program.memo.push(SourcedText { text: format!("一覧の{}：{typed}", kind.name()), ..first });
    }
    for (part, unit) in units {
        program.free_units.entry(part).or_insert(unit);
    }
}

/// What the list says of a field; the program's own word counts.
fn keep(field: &str, own: &mut Option<SourcedText>, listed: Option<SourcedText>, memo: &mut Vec<SourcedText>) {
    let Some(listed) = listed else { return };
    let Some(known) = own else {
        *own = Some(listed);
        return;
    };
    let figures =
        |text: &str| unified(text).chars().filter(|c| is_digit(*c) || *c == '△' || *c == '.').collect::<String>();
    let has_figures = !figures(&known.text).is_empty();
    let is_same =
        unified(&known.text) == unified(&listed.text) || (has_figures && figures(&known.text) == figures(&listed.text));
    if !is_same {
        let what = format!(
            "{field}が、一覧では「{}」、本文では「{}」です。正しいほうを残してください",
            listed.text, known.text
        );
        known.review_note = Some(ReviewNote::new(what, &known.place));
        memo.push(SourcedText::new(format!("一覧の{field}：{}", listed.text), &listed.place));
    }
}

fn name_of(department: &str) -> &str {
    department.split(|c| is_blank(c) || matches!(c, '（' | '(')).next().unwrap_or("")
}

fn share_department(program: &Program, row: &Program) -> bool {
    program.departments.iter().any(|own| row.departments.iter().any(|other| name_of(&own.text) == name_of(&other.text)))
}

/// A department that the program names already gets the regional office of the list.
fn add_department(departments: &mut Vec<SourcedText>, said: SourcedText) {
    let Some(known) = departments.iter_mut().find(|known| name_of(&known.text) == name_of(&said.text)) else {
        departments.push(said);
        return;
    };
    let office = said.text.find('（').and_then(|at| said.text.get(at..)).unwrap_or("");
    if !office.is_empty() && !known.text.contains(office) && !known.text.ends_with('）') {
        known.text.push_str(office);
    }
}
