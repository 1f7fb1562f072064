//! The text of a 【様式】 to a form.

use std::sync::Arc;

use super::Form;
use super::fields::{Field, FieldKind, read_fields};
use super::grades::read_grades;
use super::layout::{ListShape, read_settings, stray};
use super::lines::{rows, settings};
use super::list::{List, Names, TITLE, default_list, read_list};
use super::messages::{fault, twice};
use super::names::is_alike;
use super::read_table::read_table;
use super::sections::{ContentSpec, Declared, read_sections};
use super::standard::standard;
use super::table::Table;
use super::unlisted::check_unlisted;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, FieldName, FileKind, Section as Under, SectionKind, Vocabulary};

/// Reads a form. J073 for what cannot be read of it; the rest counts.
pub fn read_form(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> Form {
    let head = ast.head();
    let heading = head.map_or(Span::whole_file(file.id()), |head| head.heading);
    let title = head.map(|head| file.slice(head.rest).to_string()).unwrap_or_default();
    if title.is_empty() {
        diagnostics.push(fault(
            heading,
            "様式の名前がありません。",
            "「【様式】主要な施策の成果に関する説明書」のように、すぐ後に名前を書いてください。",
        ));
    }
    let (typed, above) = head.map(|head| settings(file, head)).unwrap_or_default();
    above.iter().for_each(|line| diagnostics.push(stray(line)));
    let read = read_settings(&typed, diagnostics);
    let under = |kind| ast.sections_of(kind).flat_map(|section| rows(file, section)).collect::<Vec<_>>();
    let fields = read_fields(&under(SectionKind::FormFields), FileKind::Program, diagnostics);
    let chapter_fields = read_fields(&under(SectionKind::FormChapterFields), FileKind::Chapter, diagnostics);
    let declared = declarations(file, ast);
    let mut sections = read_sections(&under(SectionKind::FormSections), (FileKind::Program, &declared), diagnostics);
    let has_chapters = ast.sections_of(SectionKind::FormChapterSections).next().is_some();
    let mut of_chapters =
        read_sections(&under(SectionKind::FormChapterSections), (FileKind::Chapter, &declared), diagnostics);
    if under(SectionKind::FormSections).is_empty() {
        diagnostics.push(fault(
            heading,
            "様式に【見出し】がありません。",
            "「【見出し】」と書き、その下に「目的｜文章｜必須」のように、事業に書く見出しを1行に1つ書いてください。",
        ));
    }
    read_declarations(file, ast, [&mut sections, &mut of_chapters], diagnostics);
    let bare = |declared: Vec<Declared>| declared.into_iter().map(|declared| declared.section).collect::<Vec<_>>();
    let (sections, mut chapter_sections) = (bare(sections), bare(of_chapters));
    if !has_chapters {
        chapter_sections.clone_from(&standard().chapter_sections);
    }
    let has_amount = !fields.iter().any(|field| field.name == FieldName::Amount && field.kind == FieldKind::None);
    let is_wide = read.layout.list_shape == ListShape::Wide || read.is_faulty;
    let names = Names { fields: &fields, sections: &sections, is_wide, has_amount };
    let before = diagnostics.iter().count();
    let list = read_lists(file, ast, &names, diagnostics);
    // A column that could not be read may be the one that is missing.
    if read.layout.list_shape == ListShape::Wide && diagnostics.iter().count() == before {
        let (field_rows, section_rows) = (under(SectionKind::FormFields), under(SectionKind::FormSections));
        check_unlisted((&field_rows, &fields), (&section_rows, &sections), &list, diagnostics);
    }
    check_amount(&fields, &sections, heading, diagnostics);
    let vocabulary = Arc::new(vocabulary(&fields, &chapter_fields, &sections, &chapter_sections));
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
    }
}

/// The kinds of section for whose names a table or grades are declared.
fn declarations(file: &SourceFile, ast: &Ast) -> Vec<(String, &'static str)> {
    let of = |kind, word| ast.sections_of(kind).map(move |section| (file.slice(section.rest).to_string(), word));
    of(SectionKind::FormTable, "表").chain(of(SectionKind::FormGrades, "評価")).collect()
}

/// Tables and grades go to the sections that bear their names.
fn read_declarations(
    file: &SourceFile,
    ast: &Ast,
    mut sections: [&mut Vec<Declared>; 2],
    diagnostics: &mut Diagnostics,
) {
    let mut seen: Vec<(SectionKind, String, Span)> = Vec::new();
    for under in &ast.sections {
        let Some(kind @ (SectionKind::FormTable | SectionKind::FormGrades)) = under.kind else { continue };
        let name = file.slice(under.rest).to_string();
        let (what, word) = if kind == SectionKind::FormTable { ("表", "表") } else { ("評価", "評価") };
        if name.is_empty() {
            diagnostics.push(nameless(under, what));
            continue;
        }
        if let Some((.., first)) = seen.iter().find(|(other, known, _)| *other == kind && is_alike(known, &name)) {
            diagnostics.push(twice(under.heading, what, &name, *first));
            continue;
        }
        seen.push((kind, name.clone(), under.heading));
        let content = read_content(file, under, kind, &name, diagnostics);
        if give(&mut sections, &name, &content) {
            continue;
        }
        let open = open_names(&sections, &content);
        let near = crate::syntax::nearest(&name, open.iter().map(String::as_str));
        let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
        diagnostics.push(fault(
            under.heading,
            format!("【{word}】{name} に当たる見出しが、【見出し】にありません。{guess}"),
            format!("【見出し】に「{name}｜{word}」の行を書くか、名前を合わせてください。"),
        ));
        // What was meant is told once; programs are read by it.
        if let Some(near) = near {
            give(&mut sections, near, &content);
        }
    }
    for declared in sections.iter().flat_map(|list| list.iter()) {
        if matches!(&declared.section.content, ContentSpec::Grades(criteria) if criteria.is_empty()) {
            let name = &declared.name.value;
            diagnostics.push(fault(
                declared.name.span,
                format!("見出し「{name}」の観点が書かれていません。"),
                format!("「【評価】{name}」と書き、その下に「必要性｜Ａ、Ｂ、Ｃ」のように観点を書いてください。"),
            ));
        }
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

fn nameless(under: &Under, what: &str) -> Diagnostic {
    fault(
        under.heading,
        format!("【{what}】の後に名前がありません。"),
        format!("「【{what}】」のすぐ後に、【見出し】に書いた名前を書いてください。"),
    )
}

fn read_content(
    file: &SourceFile,
    under: &Under,
    kind: SectionKind,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> ContentSpec {
    if kind == SectionKind::FormGrades {
        return ContentSpec::Grades(read_grades(&rows(file, under), diagnostics));
    }
    let (typed, above) = settings(file, under);
    above.iter().for_each(|line| diagnostics.push(stray(line)));
    ContentSpec::Table(Some(Arc::new(read_table(name, under.heading, &typed, diagnostics))))
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
    let title = file.slice(first.rest).to_string();
    let title = if title.is_empty() { TITLE.to_string() } else { title };
    read_list(&title, &rows(file, first), names, diagnostics)
}

/// 事業費 that a table computes is typed nowhere.
fn check_amount(fields: &[Field], sections: &[super::Section], heading: Span, diagnostics: &mut Diagnostics) {
    let tables = sections.iter().filter_map(|section| section.content.table());
    let tables: Vec<&Table> = tables.map(Arc::as_ref).filter(|table| table.program_amount.is_some()).collect();
    let field = fields.iter().find(|field| field.name == FieldName::Amount);
    if let [_, second, ..] = tables.as_slice() {
        diagnostics.push(fault(
            heading,
            format!("「事業費：」のある表が2つあります（2つ目は【表】{}）。", second.name),
            "事業費にする欄は1つの表で決めます。ほかの表の「事業費：」の行を消してください。",
        ));
    }
    if let (Some(table), Some(field)) = (tables.first(), field)
        && (field.is_required || field.kind == FieldKind::None)
    {
        diagnostics.push(fault(
            heading,
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
    let own = all().map(|field| field.name).filter(|name| matches!(name, FieldName::Own(_)) && !is_unused(*name));
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
