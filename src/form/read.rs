//! The text of a 【様式】 to a form.

use std::sync::Arc;

use super::Form;
use super::declarations::{open_declarations, read_declarations};
use super::fields::{Field, FieldKind, read_fields};
use super::layout::{ListShape, NAMES, read_settings, stray};
use super::lines::{Row, rest_of, rows, settings, without_marks};
use super::list::{List, Names, TITLE, default_list, read_list};
use super::list_signs::with_colons;
use super::messages::{fault, twice};
use super::missing_headings::take_rows_without_heading;
use super::names::is_alike;
use super::outline::{Outline, outline};
use super::sections::{Declared, read_sections};
use super::standard::standard;
use super::table::Table;
use super::unlisted::check_unlisted;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{SourceFile, Span};
use crate::syntax::line::trimmed;
use crate::syntax::{Ast, FieldName, FileKind, SectionKind, Vocabulary};

/// Reads a form. J073 for what cannot be read of it; the rest counts.
pub fn read_form(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> Form {
    let mut ast = ast.clone();
    let title = read_title(file, &mut ast, diagnostics);
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    let Outline { ast, lost } = &outline(file, &ast, diagnostics);
    let mut rows_of = take_rows_without_heading(file, ast, diagnostics);
    let typed = rows_of.head.take().map(|head| settings(file, &head)).unwrap_or_default();
    let (typed, above) = with_colons(typed, NAMES, diagnostics);
    above.iter().for_each(|line| diagnostics.push(stray(line)));
    let before = errors_in(file, diagnostics);
    let read = read_settings(&typed, diagnostics);
    let of_settings = errors_in(file, diagnostics) - before;
    let field_rows = without_marks(&rows_of.fields, diagnostics);
    let section_rows = without_marks(&rows_of.sections, diagnostics);
    let fields = read_fields(&field_rows, FileKind::Program, diagnostics);
    let of_chapters = without_marks(&rows_of.chapter_fields, diagnostics);
    let chapter_fields = read_fields(&of_chapters, FileKind::Chapter, diagnostics);
    let has_chapters = ast.sections_of(SectionKind::FormChapterSections).next().is_some();
    let of_chapters = rows_under(file, ast, SectionKind::FormChapterSections, diagnostics);
    let declared = open_declarations(file, ast, [&section_rows, &of_chapters]);
    let mut sections = read_sections(&section_rows, (FileKind::Program, &declared), diagnostics);
    let mut of_chapters = read_sections(&of_chapters, (FileKind::Chapter, &declared), diagnostics);
    if section_rows.is_empty() {
        diagnostics.push(without_sections(heading));
    }
    read_declarations(file, ast, ([&mut sections, &mut of_chapters], lost), diagnostics);
    let bare = |declared: Vec<Declared>| declared.into_iter().map(|declared| declared.section).collect::<Vec<_>>();
    let (sections, mut chapter_sections) = (bare(sections), bare(of_chapters));
    if !has_chapters {
        chapter_sections.clone_from(&standard().chapter_sections);
    }
    let has_amount = has_amount(&fields, &sections);
    let is_wide = read.layout.list_shape == ListShape::Wide || read.is_faulty;
    let has_faults = errors_in(file, diagnostics) > of_settings;
    let names = Names { fields: &fields, sections: &sections, is_wide, has_amount, has_faults };
    let before = diagnostics.iter().count();
    let list = read_lists(file, ast, &names, diagnostics);
    // A column that could not be read may be the one that is missing.
    if read.layout.list_shape == ListShape::Wide && diagnostics.iter().count() == before {
        let graded = graded_rows(file, ast);
        check_unlisted((&field_rows, &fields), (&section_rows, &sections), &graded, &list, diagnostics);
    }
    check_amount(file, ast, (&field_rows, &fields), &sections, diagnostics);
    let vocabulary = Arc::new(vocabulary(&fields, &chapter_fields, &sections, &chapter_sections));
    let title = if title.is_empty() { standard().title.clone() } else { title };
    Form {
        title,
        title_year: read.title_year,
        numbering: read.numbering.unwrap_or_else(|| standard().numbering.clone()),
        layout: read.layout,
        fields,
        chapter_fields,
        sections,
        chapter_sections,
        list,
        vocabulary,
        is_certain: errors_in(file, diagnostics) == of_settings,
    }
}

/// Whether programs have an amount: not where 【項目】 has none, and no table gives one.
fn has_amount(fields: &[Field], sections: &[super::Section]) -> bool {
    let gives_amount = sections.iter().any(|section| section.content.table().is_some_and(|table| table.gives_amount));
    gives_amount || !fields.iter().any(|field| field.name == FieldName::Amount && field.kind == FieldKind::None)
}

fn errors_in(file: &SourceFile, diagnostics: &Diagnostics) -> usize {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    diagnostics.iter().filter(is_error).filter(|diagnostic| diagnostic.primary.span.file == file.id()).count()
}

fn rows_under(file: &SourceFile, ast: &Ast, kind: SectionKind, diagnostics: &mut Diagnostics) -> Vec<Row> {
    let typed: Vec<Row> = ast.sections_of(kind).flat_map(|section| rows(file, section)).collect();
    without_marks(&typed, diagnostics)
}

fn without_sections(heading: Span) -> Diagnostic {
    fault(
        heading,
        "様式に【見出し】がありません。",
        "「【見出し】」と書き、その下に「目的｜文章｜必須」のように、事業に書く見出しを1行に1つ書いてください。",
    )
}

/// What stands behind 【様式】. A first line that was to be this one, and is not, is taken out.
fn read_title(file: &SourceFile, ast: &mut Ast, diagnostics: &mut Diagnostics) -> String {
    let head = ast.sections.iter_mut().find(|section| matches!(section.kind, Some(SectionKind::Head(_))));
    let Some(head) = head else { return String::new() };
    let title = rest_of(file, head);
    if !head.heading.is_empty() {
        if title.is_empty() {
            diagnostics.push(fault(
                head.heading,
                "様式の名前がありません。",
                "「【様式】主要な施策の成果に関する説明書」のように、すぐ後に名前を書いてください。",
            ));
        }
        return title;
    }
    let first = file.lines().map(|line| Span::new(file.id(), line));
    let first = first.map(|line| trimmed(file.slice(line), line, file.slice(line))).find(|line| !line.is_empty());
    let place = first.unwrap_or(head.heading);
    diagnostics.push(fault(
        place,
        "様式の1行目に【様式】がありません。",
        "1行目に「【様式】主要な施策の成果に関する説明書」のように、【様式】と様式の名前を書いてください。",
    ));
    head.heading = Span { end: place.start, ..place };
    if file.slice(place).contains("様式") && !file.slice(place).starts_with('【') {
        head.lines.retain(|line| !line.span.touches(place));
    }
    title
}

/// The rows of every 【評価】, with the names behind it.
fn graded_rows(file: &SourceFile, ast: &Ast) -> Vec<(String, Vec<Row>)> {
    ast.sections_of(SectionKind::FormGrades).map(|under| (rest_of(file, under), rows(file, under))).collect()
}

/// 【一覧】; without one the columns of the standard form that the form has, under its own words.
fn read_lists(file: &SourceFile, ast: &Ast, names: &Names<'_>, diagnostics: &mut Diagnostics) -> List {
    let mut lists = ast.sections_of(SectionKind::FormList);
    let Some(first) = lists.next() else {
        return default_list(names);
    };
    for second in lists {
        diagnostics.push(twice(second.heading, "見出し", "一覧", first.heading));
    }
    let title = rest_of(file, first);
    let title = if title.is_empty() { TITLE.to_string() } else { title };
    read_list(&title, &rows(file, first), names, diagnostics)
}

/// 事業費 that a table computes is typed nowhere.
fn check_amount(
    file: &SourceFile,
    ast: &Ast,
    (rows, fields): (&[Row], &[Field]),
    sections: &[super::Section],
    diagnostics: &mut Diagnostics,
) {
    let tables = sections.iter().filter_map(|section| section.content.table());
    let tables: Vec<&Table> = tables.map(Arc::as_ref).filter(|table| table.program_amount.is_some()).collect();
    let whole = Span::whole_file(file.id());
    if let [_, second, ..] = tables.as_slice() {
        let mut headings = ast.sections_of(SectionKind::FormTable);
        let own = headings.find(|section| is_alike(&rest_of(file, section), &second.name));
        diagnostics.push(fault(
            own.map_or(whole, |section| section.heading),
            format!("「事業費：」のある表が2つあります（2つ目は【表】{}）。", second.name),
            "事業費にする欄は1つの表で決めます。ほかの表の「事業費：」の行を消してください。",
        ));
    }
    let field = fields.iter().find(|field| field.name == FieldName::Amount);
    if let (Some(table), Some(field)) = (tables.first(), field)
        && (field.is_required || field.kind == FieldKind::None)
    {
        let is_own = |row: &&Row| row.cell(0).is_some_and(|name| is_alike(&name.value, FieldName::Amount.name()));
        let place = rows.iter().find(is_own).map_or(whole, |row| row.span);
        if diagnostics.iter().any(|said| said.primary.span.touches(place)) {
            return;
        }
        diagnostics.push(fault(
            place,
            format!(
                "事業費は【表】{} の欄から決まるのに、【項目】の「事業費」が{}になっています。",
                table.name,
                if field.is_required { "必須" } else { "なし" }
            ),
            "【項目】の「事業費」の行から「必須」や「なし」を消してください。事業費は表から読み取ります。",
        ));
    }
}

fn vocabulary(
    fields: &[Field],
    chapter_fields: &[Field],
    sections: &[super::Section],
    chapter_sections: &[super::Section],
) -> Vocabulary {
    let all = || fields.iter().chain(chapter_fields);
    let is_unused = |name: FieldName| all().any(|field| field.name == name && field.kind == FieldKind::None);
    let known = FieldName::of_language().filter(|name| !is_unused(*name));
    let own = all().map(|field| field.name).filter(|name| matches!(name, FieldName::Custom(_)) && !is_unused(*name));
    let both = || chapter_sections.iter().chain(sections);
    let mut vocabulary = Vocabulary::new(both().map(|section| section.kind), known.chain(own));
    for section in both() {
        section.others.iter().for_each(|other| vocabulary.add_section(other, section.kind));
    }
    for field in all().filter(|field| !is_unused(field.name)) {
        field.others.iter().for_each(|other| vocabulary.add_field(other, field.name));
    }
    vocabulary
}
