//! From the file of a program to the program.

use super::amount::format_amount;
use super::choice::lower_choice;
use super::contents::SectionContent;
use super::declared::lower_declared;
use super::grades::lower_grades;
use super::head::lower_prose_sections;
use super::lower_cases::lower_cases;
use super::lower_indicator::{check_items, lower_indicator};
use super::program_head::lower_head;
use super::prose::lower_prose;
use super::{Amount, Context, Indicator, Program, Prose};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form::{ContentSpec, Form, Section as FormSection};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_no_value};
use crate::syntax::{Ast, FieldName, LineKind, Section, SectionKind, SectionRole, Shape};
use rust_decimal::prelude::ToPrimitive;

/// Reads a program's file.
pub fn lower_program(file: &SourceFile, ast: &Ast, context: &Context, diagnostics: &mut Diagnostics) -> Program {
    // Without a title heading of its own the file has one message, J004; its head is not asked for anything.
    let mut silent = Diagnostics::new();
    let is_known = ast.kind.is_some() && ast.head().is_some_and(|head| !head.quiet);
    let is_fresh = is_known && is_fresh_form(file, ast, &context.form);
    let head_said = if is_known && !is_fresh { &mut *diagnostics } else { &mut silent };
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    let mut program = lower_head(file, ast, heading, context, head_said);
    let mut found = lower_required_prose(file, ast, &context.form.sections, head_said);
    program.is_fresh = is_fresh;
    if is_fresh {
        diagnostics.push(fresh_form(heading, &context.form));
    }
    found.extend(lower_tables(file, ast, context, diagnostics));
    found.extend(lower_other_sections(file, ast, &context.form.sections, diagnostics));
    for (kind, content) in in_order(found, &context.form.sections) {
        program.contents.push(kind, content);
    }
    take_amount(&mut program, context, diagnostics);
    check_chart(file, ast, &program, context, diagnostics);
    if let Some(results) = program.prose_as(SectionRole::Results).filter(|results| !results.is_empty()) {
        check_items(program.tables(), |number| results.has_item(number), diagnostics);
    }
    if is_known && !is_fresh {
        check_required(file, ast, &context.form.sections, diagnostics);
    }
    program
}

/// 事業費 from the cell of a table that the form says. J071 where it was typed as well, and is another one.
fn take_amount(program: &mut Program, context: &Context, diagnostics: &mut Diagnostics) {
    let Some((kind, table, address)) = context.form.amount_table() else { return };
    let has_table = program.contents().any(|(other, content)| {
        other == kind && matches!(content, SectionContent::Tables(tables) if !tables.is_empty())
    });
    if !has_table {
        // Without its table the program has no amount; that a required one lacks was said.
        program.amount = program.amount.filter(|_| !kind.is_required());
        return;
    }
    let cell = program.cell_at(kind, address);
    let place = cell.map(|cell| cell.span);
    let amount = cell.and_then(|cell| match (cell.lines.as_slice(), cell.only_figure()) {
        (_, Some(figure)) => figure.number.to_i64().map(Amount::Value),
        ([line], None) if is_no_value(&line.value) => Some(Amount::NotApplicable),
        _ => None,
    });
    if let (Some(typed), Some(found), Some(line)) = (program.amount, amount, program.amount_place)
        && typed != found
        && !table.is_faulty
    {
        diagnostics.push(other_amount(line, typed, found, kind, place));
    }
    program.amount = amount;
    program.amount_place = program.amount_place.or(place);
}

fn other_amount(line: Span, typed: Amount, found: Amount, kind: SectionKind, place: Option<Span>) -> Diagnostic {
    let text = |amount: Amount| match amount {
        Amount::Value(value) => format_amount(value),
        Amount::NotApplicable => "—".to_string(),
    };
    let message = format!("事業費「{}」が、表【{}】の「{}」と違います。", text(typed), kind.name(), text(found));
    let diagnostic = Diagnostic::new(Code::J071, line, message)
        .help("事業費は表から読み取ります。この行を消すか、違っているほうを直してください。");
    match place.filter(|place| !place.is_empty()) {
        Some(place) => diagnostic.related(place, "表の欄はここです"),
        None => diagnostic,
    }
}

/// J012 for what is required and no prose, J067 for a program without indicators.
fn check_required(file: &SourceFile, ast: &Ast, sections: &[FormSection], diagnostics: &mut Diagnostics) {
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    for section in sections {
        let kind = section.kind;
        let is_there = ast.sections_of(kind).any(|section| !has_no_text(file, section));
        if is_there {
            continue;
        }
        if kind.is_required() && section.content != ContentSpec::Prose && !ast.may_hold(kind) {
            diagnostics.push(without_section(heading, kind));
        } else if kind.is_required() && section.content != ContentSpec::Prose {
            let place = ast.sections_of(kind).next().map_or(heading, |section| section.heading);
            diagnostics.push(empty_section(place, kind));
        } else if kind.spec().role == Some(SectionRole::Indicators) {
            diagnostics.push(without_indicators(heading, kind));
        }
    }
}

fn without_indicators(heading: Span, kind: SectionKind) -> Diagnostic {
    let name = kind.name();
    Diagnostic::new(Code::J067, heading, format!("{name}がありません。"))
        .help(format!("成果を表す数があれば【{name}】に書いてください。"))
}

/// The message of a form in which nobody wrote yet.
fn fresh_form(heading: Span, form: &Form) -> Diagnostic {
    let fields = [FieldName::Amount, FieldName::Department].map(|field| format!("「{}：」", field.name()));
    let fields = fields.iter().skip(usize::from(!form.asks_for_amount())).cloned().collect::<String>();
    let sections: String = required_prose(&form.sections).map(|kind| format!("【{}】", kind.name())).collect();
    Diagnostic::new(Code::J012, heading, "この事業はまだ記入されていません。")
        .help(format!("{fields}の後と、{sections}の下に書いてください。"))
        .open()
}

fn required_prose(sections: &[FormSection]) -> impl Iterator<Item = SectionKind> {
    let required = sections.iter().filter(|section| section.content == ContentSpec::Prose);
    required.map(|section| section.kind).filter(|kind| kind.is_required())
}

/// A section's content, and the place of its heading; `None` where it is not in the file.
type Found = (SectionKind, Option<Span>, SectionContent);

fn lower_required_prose(file: &SourceFile, ast: &Ast, sections: &[FormSection], said: &mut Diagnostics) -> Vec<Found> {
    let prose = |kind| {
        let prose = lower_required(file, ast, kind, said);
        (kind, prose.heading, SectionContent::Prose(prose))
    };
    required_prose(sections).map(prose).collect()
}

/// Prose that may lack, choices, grades, cases and photographs.
fn lower_other_sections(
    file: &SourceFile,
    ast: &Ast,
    sections: &[FormSection],
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for FormSection { kind, content, .. } in sections {
        let kind = *kind;
        match content {
            ContentSpec::Prose if kind.is_required() => {}
            ContentSpec::Prose if kind.may_repeat() => {
                for section in ast.sections_of(kind) {
                    let mut silent = Diagnostics::new();
                    let said = if section.quiet { &mut silent } else { &mut *diagnostics };
                    let prose = Prose { heading: Some(section.heading), blocks: lower_prose(file, section, said) };
                    found.push((kind, prose.heading, SectionContent::Prose(prose)));
                }
            }
            ContentSpec::Prose => {
                let prose = lower_prose_sections(file, ast, kind, diagnostics).unwrap_or_default();
                found.push((kind, prose.heading, SectionContent::Prose(prose)));
            }
            ContentSpec::Choice(choices) => {
                let chosen = lower_choice(file, ast, kind, choices, diagnostics);
                found.push((kind, chosen.heading, SectionContent::Choice(chosen)));
            }
            ContentSpec::Grades(criteria) => {
                for section in ast.sections_of(kind) {
                    let mut silent = Diagnostics::new();
                    let said = if section.quiet { &mut silent } else { &mut *diagnostics };
                    let grades = lower_grades(file, section, criteria, said);
                    found.push((kind, Some(section.heading), SectionContent::Grades(grades)));
                }
            }
            ContentSpec::Table(_) | ContentSpec::Photos | ContentSpec::Cases => {}
        }
    }
    found.extend(lower_cases(file, ast, sections, diagnostics));
    found
}

/// Sections in the order of the form; one that belongs below another stands right behind the nearest of those above it.
fn in_order(found: Vec<Found>, sections: &[FormSection]) -> Vec<(SectionKind, SectionContent)> {
    let rank = |kind: SectionKind| sections.iter().position(|section| section.kind == kind).unwrap_or(sections.len());
    let owners: Vec<(SectionKind, Span)> =
        found.iter().filter_map(|(kind, place, _)| Some((*kind, (*place)?))).collect();
    let key = |(kind, place, _): &Found| {
        let own = (rank(*kind), place.map_or(0, |place| place.start));
        let owner = kind.spec().below.zip(*place).and_then(|(name, place)| {
            let above = owners.iter().filter(|(kind, other)| kind.name() == name && other.start < place.start);
            above.map(|(kind, other)| (rank(*kind), other.start)).max_by_key(|(_, start)| *start)
        });
        (owner.unwrap_or(own), owner.map(|_| own))
    };
    let mut found: Vec<_> = found.into_iter().map(|found| (key(&found), found)).collect();
    found.sort_by_key(|(key, _)| *key);
    found.into_iter().map(|(_, (kind, _, content))| (kind, content)).collect()
}

/// J018 for 図：あり where no indicator can be drawn: nothing would be printed, and nobody told.
fn check_chart(file: &SourceFile, ast: &Ast, program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let Some(current) = context.fiscal_year.filter(|_| program.has_chart) else { return };
    let mut rows = program.tables().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let is_whole = !diagnostics.iter().any(|d| d.primary.span.file == file.id() && d.severity == Severity::Error);
    if is_whole && !rows.any(|(table, row)| table.drawable_cells(row, current).is_some()) {
        let place = field_line(ast, FieldName::Chart).unwrap_or(program.heading);
        diagnostics.push(
            Diagnostic::new(Code::J018, place, "図：あり とありますが、図に描ける指標がありません。").help(
                "前年度と今年度の欄がどちらも「58名」のような1つの数で、単位が同じ行だけが描けます。なければこの行を消してください。",
            ),
        );
    }
}

fn field_line(ast: &Ast, wanted: FieldName) -> Option<Span> {
    let lines = ast.head().map_or(&[][..], |head| &head.lines);
    lines.iter().find(|line| matches!(line.kind, LineKind::Field { name, .. } if name == wanted)).map(|line| line.span)
}

/// A form just handed out: its name stands, and every required place is there and empty. That is one message.
fn is_fresh_form(file: &SourceFile, ast: &Ast, form: &Form) -> bool {
    let Some(head) = ast.head().filter(|head| !head.rest.is_empty()) else {
        return false;
    };
    let is_empty_field = |wanted| {
        head.lines
            .iter()
            .any(|line| matches!(line.kind, LineKind::Field { name, value } if name == wanted && value.is_empty()))
    };
    let is_empty_section = |kind| {
        let mut sections = ast.sections_of(kind).peekable();
        sections.peek().is_some() && sections.all(|section| has_no_text(file, section))
    };
    let mut required = required_prose(&form.sections).peekable();
    required.peek().is_some()
        && (!form.asks_for_amount() || is_empty_field(FieldName::Amount))
        && is_empty_field(FieldName::Department)
        && required.all(is_empty_section)
}

fn has_no_text(file: &SourceFile, section: &Section) -> bool {
    section.rest.is_empty() && section.lines.iter().all(|line| file.slice(line.span).trim_matches(is_blank).is_empty())
}

/// J012 for a section that is missing or empty. A misspelt heading near enough was read as the section.
fn lower_required(file: &SourceFile, ast: &Ast, kind: SectionKind, diagnostics: &mut Diagnostics) -> Prose {
    match lower_prose_sections(file, ast, kind, diagnostics) {
        // The text may stand under a heading that was not understood: that is one message.
        None if ast.may_hold(kind) => Prose::default(),
        None => {
            let place = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
            diagnostics.push(without_section(place, kind));
            Prose::default()
        }
        Some(prose) => {
            let quiet = ast.sections_of(kind).any(|section| section.quiet || !section.lines.iter().all(is_blank_line));
            if prose.is_empty() && !quiet {
                diagnostics.push(empty_section(prose.heading.unwrap_or(Span::whole_file(file.id())), kind));
            }
            prose
        }
    }
}

fn without_section(place: Span, kind: SectionKind) -> Diagnostic {
    let name = kind.name();
    let what = if kind.spec().shape == Shape::Prose { "文" } else { "内容" };
    Diagnostic::new(Code::J012, place, format!("【{name}】がありません。"))
        .help(format!("見出し「【{name}】」を書き、その下に{what}を書いてください。"))
}

fn empty_section(place: Span, kind: SectionKind) -> Diagnostic {
    let what = if kind.spec().shape == Shape::Prose { "文" } else { "内容" };
    Diagnostic::new(Code::J012, place, format!("【{}】が未記入です。", kind.name()))
        .help(format!("すぐ下の行に{what}を書いてください。"))
        .open()
}

fn is_blank_line(line: &crate::syntax::Line) -> bool {
    line.kind == LineKind::Blank
}

/// The tables of every section that holds some: one content a section, and of one that the form declares one a table.
fn lower_tables(file: &SourceFile, ast: &Ast, context: &Context, diagnostics: &mut Diagnostics) -> Vec<Found> {
    let mut found = Vec::new();
    for FormSection { kind, content, .. } in &context.form.sections {
        let ContentSpec::Table(declared) = content else { continue };
        let mut tables = Vec::new();
        let mut first = None;
        for section in ast.sections_of(*kind) {
            let mut silent = Diagnostics::new();
            let said = if section.quiet { &mut silent } else { &mut *diagnostics };
            let table = match declared {
                None => lower_indicator(file, section, context, said),
                Some(declared) => lower_declared(file, section, declared, context, said),
            };
            report_empty_table(section, &table, said);
            first = first.or(Some(section.heading));
            if !table.rows.is_empty() || !table.notes.is_empty() {
                tables.push(table);
            }
        }
        found.push((*kind, first, SectionContent::Tables(tables)));
    }
    found
}

/// J025 for a caption or a head row with nothing below it: printed it would be nothing.
fn report_empty_table(section: &Section, table: &Indicator, diagnostics: &mut Diagnostics) {
    let is_unread = section.lines.iter().any(|line| line.kind == LineKind::Unread);
    let head = section.lines.iter().find(|line| matches!(line.kind, LineKind::Row { .. }));
    let place = head.map(|line| line.span).or(table.caption.as_ref().map(|caption| caption.span));
    let Some(place) = place.filter(|_| table.rows.is_empty() && !is_unread) else { return };
    let has_fault = diagnostics.iter().any(|diagnostic| diagnostic.primary.span.touches(place));
    if !has_fault {
        diagnostics.push(
            Diagnostic::new(Code::J025, place, "見出しだけで、下に表の行がありません。").help(
                "次の行から「項目名｜前年度の値｜今年度の値」の形で書いてください。文なら「指標」のように、別のかっこで書いてください。",
            ),
        );
    }
}
