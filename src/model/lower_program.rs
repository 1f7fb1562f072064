//! From the file of a program to the program.

use super::amount::{format_amount, format_figure};
use super::computed_figures::Computed;
use super::contents::SectionContent;
use super::lower_indicator::check_items;
use super::lower_sections::{check_required, has_no_text, lower_sections, required_prose};
use super::program_head::lower_head;
use super::{Amount, Cell, Context, Program};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form::{Address, Form};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::is_no_value;
use crate::syntax::{Ast, FieldName, LineKind, Section, SectionKind, SectionRole, Shape};
use rust_decimal::Decimal;
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
    let (mut missing, mut said) = (Diagnostics::new(), Diagnostics::new());
    program.is_fresh = is_fresh;
    program.contents = lower_sections(file, ast, &context.form.sections, context, (&mut missing, &mut said));
    if is_fresh {
        said.retain(|diagnostic| !is_of_open_rows(file, ast, diagnostic));
    }
    diagnostics.extend(said);
    if is_fresh {
        diagnostics.push(fresh_form(heading, &context.form));
    } else if is_known {
        diagnostics.extend(missing);
    }
    take_amount(&mut program, context, diagnostics);
    check_chart(file, ast, &program, context, diagnostics);
    if let Some(results) = program.prose_as(SectionRole::Results).filter(|results| !results.is_empty()) {
        let named = |role| context.form.sections.iter().find(|section| section.kind.spec().role == Some(role));
        let word = |role, usual| named(role).map_or(usual, |section| section.kind.name());
        let words = (word(SectionRole::Indicators, "表"), word(SectionRole::Results, "事業実績"));
        check_items(program.tables(), |number| results.has_item(number), words, diagnostics);
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
    let words = program.tables_of(kind).find_map(|table| table.words_behind(address));
    if let (Some(words), false) = (words, table.is_faulty) {
        diagnostics.push(unknown_amount(words.span, &words.text(), kind));
        program.amount = None;
        return;
    }
    if let Some(figure) = cell.and_then(Cell::only_figure).filter(|figure| !figure.number.is_integer()) {
        let heading = program.tables_of(kind).next().map(|table| table.heading);
        let place = place.filter(|place| !place.is_empty()).or(heading);
        place.into_iter().for_each(|place| diagnostics.push(broken_amount(place, figure.number, kind)));
        program.amount = None;
        return;
    }
    let amount = cell.and_then(|cell| match (cell.lines.as_slice(), cell.only_figure()) {
        (_, Some(figure)) => figure.number.to_i64().map(Amount::Value),
        ([line], None) if is_no_value(&line.value) => Some(Amount::NotApplicable),
        _ => None,
    });
    if let (Some(typed), Some(found), Some(line)) = (program.amount, amount, program.amount_place)
        && typed != found
        && !table.is_faulty
        && !is_computed_as(program, kind, address, typed)
    {
        diagnostics.push(other_amount(line, typed, found, kind, place));
    }
    program.amount = amount;
    program.amount_place = program.amount_place.or(place);
}

/// Whether the cell of the 事業費 was typed wrong, and the form computes what the head says: that was told at the cell.
fn is_computed_as(program: &Program, kind: SectionKind, address: &Address, typed: Amount) -> bool {
    let computed = program.tables_of(kind).find_map(|table| {
        let (row, column) = table.place_of(address)?;
        table.computed(row, column)
    });
    match (computed, typed) {
        (Some((_, Computed::Amount(Some(number), _))), Amount::Value(value)) => number == value.into(),
        _ => false,
    }
}

/// 2,171.75 千円 in the head of a program
fn broken_amount(place: Span, number: Decimal, kind: SectionKind) -> Diagnostic {
    let message =
        format!("表【{}】から計算した事業費「{}」に端数があります。", kind.name(), format_figure(number.normalize()));
    Diagnostic::new(Code::J014, place, message).help(
        "もとの数を確かめてください。端数の出る計算なら、取りまとめ課が様式の式の後ろに「（千円）」のように書けば、丸めて計算します。",
    )
}

fn unknown_amount(place: Span, words: &str, kind: SectionKind) -> Diagnostic {
    Diagnostic::new(Code::J014, place, format!("「{words}」では、表【{}】から事業費が決まりません。", kind.name()))
        .help("金額を書いてください。金額がなければ「—」と書きます。")
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

/// Grades and rows of a table that wait to be filled in, as the whole form does: nothing stands behind any ｜ yet.
fn is_of_open_rows(file: &SourceFile, ast: &Ast, diagnostic: &Diagnostic) -> bool {
    let is_open = |section: &&Section| {
        section.kind.is_some_and(|kind| matches!(kind.spec().shape, Shape::Grades | Shape::Table))
            && section.lines.iter().all(|line| {
                let is_empty = |cell: &Span| file.slice(*cell).is_empty();
                let is_open_row =
                    matches!(&line.kind, LineKind::Row { cells, .. } if cells.iter().skip(1).all(is_empty));
                is_open_row || matches!(line.kind, LineKind::Label { .. } | LineKind::Blank)
            })
    };
    let place = diagnostic.primary.span;
    let touches =
        |section: &Section| section.heading == place || section.lines.iter().any(|line| line.span.touches(place));
    ast.sections.iter().filter(is_open).any(touches)
}

/// The message of a form in which nobody wrote yet.
fn fresh_form(heading: Span, form: &Form) -> Diagnostic {
    let fields = [FieldName::Amount, FieldName::Department].map(|field| format!("「{}：」", form.typed_word(field)));
    let fields = fields.iter().skip(usize::from(!form.asks_for_amount())).cloned().collect::<String>();
    let sections: String = required_prose(&form.sections).map(|kind| format!("【{}】", kind.name())).collect();
    Diagnostic::new(Code::J012, heading, "この事業はまだ記入されていません。")
        .help(format!("{fields}の後と、{sections}の下に書いてください。"))
        .open()
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
