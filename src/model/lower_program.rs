//! From the file of a program to the program.

use super::case::lower_cases;
use super::contents::SectionContent;
use super::head::lower_prose_sections;
use super::lower_indicator::{check_items, lower_indicator};
use super::program_head::lower_head;
use super::{Context, Indicator, Program, Prose};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::is_blank;
use crate::syntax::{Ast, FieldName, LineKind, Section, SectionKind};

/// Reads a program's file.
pub fn lower_program(file: &SourceFile, ast: &Ast, context: &Context, diagnostics: &mut Diagnostics) -> Program {
    // Without a title heading of its own the file has one message, J004; its head is not asked for anything.
    let mut silent = Diagnostics::new();
    let is_known = ast.kind.is_some() && ast.head().is_some_and(|head| !head.quiet);
    let is_fresh = is_known && is_fresh_form(file, ast);
    let head_said = if is_known && !is_fresh { &mut *diagnostics } else { &mut silent };
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    let mut program = lower_head(file, ast, heading, context, head_said);
    for kind in SectionKind::prose_of_programs().filter(|kind| kind.is_required()) {
        program.contents.set(kind, SectionContent::Prose(lower_required(file, ast, kind, head_said)));
    }
    program.is_fresh = is_fresh;
    if is_fresh {
        diagnostics.push(
            Diagnostic::new(Code::J012, heading, "この事業はまだ記入されていません。")
                .help("「事業費：」「担当：」の後と、【事業概要】【事業実績】の下に書いてください。")
                .open(),
        );
    }
    let tables = lower_indicators(file, ast, context, diagnostics);
    program.contents.set(SectionKind::Indicators, SectionContent::Tables(tables));
    check_chart(file, ast, &program, context, diagnostics);
    if let Some(results) = program.prose_of(SectionKind::Results).filter(|results| !results.is_empty()) {
        check_items(program.indicators(), |number| results.has_item(number), diagnostics);
    }
    for kind in SectionKind::prose_of_programs().filter(|kind| !kind.is_required()) {
        let prose = lower_prose_sections(file, ast, kind, diagnostics).unwrap_or_default();
        program.contents.set(kind, SectionContent::Prose(prose));
    }
    let (cases, photos) = lower_cases(file, ast, diagnostics);
    program.contents.set(SectionKind::Case, SectionContent::Cases(cases));
    program.contents.set(SectionKind::Photos, SectionContent::Photos(photos));
    let has_table = ast.sections_of(SectionKind::Indicators).any(|section| !has_no_text(file, section));
    if !has_table && is_known && !is_fresh {
        diagnostics.push(
            Diagnostic::new(Code::J067, heading, "指標がありません。")
                .help("成果を表す数があれば【指標】に書いてください。"),
        );
    }
    program
}

/// J018 for 図：あり where no indicator can be drawn: nothing would be printed, and nobody told.
fn check_chart(file: &SourceFile, ast: &Ast, program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    let Some(current) = context.fiscal_year.filter(|_| program.has_chart) else { return };
    let mut rows = program.indicators().iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
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
fn is_fresh_form(file: &SourceFile, ast: &Ast) -> bool {
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
    is_empty_field(FieldName::Amount)
        && is_empty_field(FieldName::Department)
        && SectionKind::prose_of_programs().filter(|kind| kind.is_required()).all(is_empty_section)
}

fn has_no_text(file: &SourceFile, section: &Section) -> bool {
    section.rest.is_empty() && section.lines.iter().all(|line| file.slice(line.span).trim_matches(is_blank).is_empty())
}

/// J012 for a section that is missing or empty. A misspelt heading near enough was read as the section.
fn lower_required(file: &SourceFile, ast: &Ast, kind: SectionKind, diagnostics: &mut Diagnostics) -> Prose {
    let name = kind.name();
    match lower_prose_sections(file, ast, kind, diagnostics) {
        // The text may stand under a heading that was not understood: that is one message.
        None if ast.may_hold(kind) => Prose::default(),
        None => {
            let place = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
            diagnostics.push(
                Diagnostic::new(Code::J012, place, format!("【{name}】がありません。"))
                    .help(format!("見出し「【{name}】」を書き、その下に文を書いてください。")),
            );
            Prose::default()
        }
        Some(prose) => {
            let quiet = ast.sections_of(kind).any(|section| section.quiet || !section.lines.iter().all(is_blank_line));
            if prose.is_empty() && !quiet {
                let place = prose.heading.unwrap_or(Span::whole_file(file.id()));
                diagnostics.push(
                    Diagnostic::new(Code::J012, place, format!("【{name}】が未記入です。"))
                        .help("すぐ下の行に文を書いてください。")
                        .open(),
                );
            }
            prose
        }
    }
}

fn is_blank_line(line: &crate::syntax::Line) -> bool {
    line.kind == LineKind::Blank
}

fn lower_indicators(file: &SourceFile, ast: &Ast, context: &Context, diagnostics: &mut Diagnostics) -> Vec<Indicator> {
    let mut tables = Vec::new();
    for section in ast.sections_of(SectionKind::Indicators) {
        let mut silent = Diagnostics::new();
        let said = if section.quiet { &mut silent } else { &mut *diagnostics };
        let table = lower_indicator(file, section, context, said);
        report_empty_table(section, &table, said);
        if !table.rows.is_empty() || !table.notes.is_empty() {
            tables.push(table);
        }
    }
    tables
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
