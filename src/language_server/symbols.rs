//! The outline of a text, and the one list of contents of a report: 章, and 事業 in them.

use serde_json::{Value, json};

use super::files::EditorFiles;
use super::sight::Sight;
use crate::pipeline::Checked;
use crate::source::Span;
use crate::syntax::chars::unified;
use crate::syntax::{FileKind, Line, LineKind, Section, SectionKind, Shape};

const MODULE: u8 = 2;
const NAMESPACE: u8 = 3;
const CLASS: u8 = 5;
const PROPERTY: u8 = 7;
const FIELD: u8 = 8;
const STRING: u8 = 15;

/// A symbol of a text.
struct Symbol {
    name: String,
    detail: String,
    kind: u8,
    /// All of it, in bytes
    whole: Span,
    /// What names it
    own: Span,
    children: Vec<Symbol>,
}

/// The outline of a document.
pub(super) fn of_document(sight: &Sight<'_>) -> Value {
    let Some(symbol) = outline(sight) else { return json!([]) };
    if sight.client.nests_symbols {
        json!([nested(sight, &symbol)])
    } else {
        let mut flat = Vec::new();
        flatten(sight, &symbol, "", &mut flat);
        json!(flat)
    }
}

fn outline(sight: &Sight<'_>) -> Option<Symbol> {
    let head = sight.ast.head()?;
    let end = sight.source.text().len();
    let kind = match sight.kind() {
        FileKind::Report => MODULE,
        FileKind::Chapter => NAMESPACE,
        FileKind::Program | FileKind::Form => CLASS,
    };
    let starts = sight.ast.sections.iter().map(|section| section.heading.start).skip(1).chain([end]);
    let mut children: Vec<Symbol> = Vec::new();
    for (section, next) in sight.ast.sections.iter().zip(starts) {
        if section.heading == head.heading {
            children.extend(section.lines.iter().filter_map(|line| field(sight, line)));
        } else {
            children.push(section_symbol(sight, section, next));
        }
    }
    let name = sight.slice(head.rest).to_string();
    Some(Symbol {
        detail: sight.slice(head.heading).trim_matches(['【', '】']).to_string(),
        name: if name.is_empty() { sight.source.stem().to_string() } else { name },
        kind,
        whole: Span { start: 0, end, ..head.heading },
        own: if head.rest.is_empty() { head.heading } else { head.rest },
        children,
    })
}

fn field(sight: &Sight<'_>, line: &Line) -> Option<Symbol> {
    let LineKind::Field { name, value } = line.kind else { return None };
    let own = Span { end: value.start.max(line.span.start), ..line.span };
    let typed = sight.slice(own).trim().trim_end_matches(['：', ':']).trim();
    let name = if typed.is_empty() { name.name().to_string() } else { typed.to_string() };
    let detail = sight.slice(value).to_string();
    Some(Symbol { name, detail, kind: PROPERTY, whole: line.span, own: line.span, children: Vec::new() })
}

fn section_symbol(sight: &Sight<'_>, section: &Section, next: usize) -> Symbol {
    let rows = section.lines.iter().filter_map(|line| match section.kind.map(|kind| kind.spec().shape) {
        Some(Shape::Table | Shape::Grades) => {
            line.label().filter(|label| !label.is_empty()).map(|label| (label, FIELD))
        }
        Some(Shape::Names) => name_of(line).map(|name| (name, STRING)),
        Some(
            Shape::Fields | Shape::Prose | Shape::Case | Shape::Photos | Shape::Choice | Shape::Memo | Shape::Form,
        )
        | None => None,
    });
    let child = |(own, kind)| Symbol {
        name: sight.slice(own).to_string(),
        detail: String::new(),
        kind,
        whole: own,
        own,
        children: Vec::new(),
    };
    let body = sight.text(section.heading.start..next).trim_end();
    Symbol {
        name: sight.slice(section.heading).trim_matches(['【', '】']).to_string(),
        detail: sight.slice(section.rest).to_string(),
        kind: if section.kind == Some(SectionKind::Memo) { STRING } else { NAMESPACE },
        whole: Span { end: (section.heading.start + body.len()).max(section.heading.end), ..section.heading },
        own: section.heading,
        children: rows.map(child).collect(),
    }
}

fn name_of(line: &Line) -> Option<Span> {
    if let LineKind::Name { name, .. } = line.kind { Some(name).filter(|name| !name.is_empty()) } else { None }
}

fn nested(sight: &Sight<'_>, symbol: &Symbol) -> Value {
    let children: Vec<Value> = symbol.children.iter().map(|child| nested(sight, child)).collect();
    json!({
        // An editor refuses an empty one.
        "name": if symbol.name.is_empty() { "（名前なし）" } else { &symbol.name },
        "detail": symbol.detail,
        "kind": symbol.kind,
        "range": sight.span_range(symbol.whole),
        "selectionRange": sight.span_range(symbol.own),
        "children": children,
    })
}

fn flatten(sight: &Sight<'_>, symbol: &Symbol, container: &str, flat: &mut Vec<Value>) {
    let location = json!({ "uri": sight.document.uri, "range": sight.span_range(symbol.whole) });
    flat.push(json!({ "name": symbol.name, "kind": symbol.kind, "location": location, "containerName": container }));
    symbol.children.iter().for_each(|child| flatten(sight, child, &symbol.name, flat));
}

/// The chapters and programs of a report in printed order, those whose name or file name holds what is asked for.
pub(super) fn of_report(files: &EditorFiles<'_>, query: &str) -> Vec<Value> {
    let Some(state) = files.report.state() else { return Vec::new() };
    let Checked { report, files: all, .. } = &state.checked;
    let wanted = unified(query).to_lowercase();
    let fits = |name: &str| unified(name).to_lowercase().contains(&wanted);
    let mut found = Vec::new();
    let title = report.head.as_ref().and_then(|head| head.title.as_ref()).map_or("", |title| title.value.as_str());
    for (index, chapter) in report.chapters.iter().enumerate() {
        let own = chapter.head.title.as_ref().map_or(chapter.folder.as_str(), |title| title.value.as_str());
        let number = report.chapter_number(index, str::to_string);
        let place = chapter.head.title.as_ref().map_or(chapter.head.heading, |title| title.span);
        if fits(own) || fits(&chapter.folder) {
            let name = format!("{number}{}{own}", crate::model::Report::gap_behind(&number));
            let location = files.location(all, place);
            found.push(json!({ "name": name, "kind": NAMESPACE, "location": location, "containerName": title }));
        }
        for program in &chapter.programs {
            found.extend(program_symbol(files, &state.checked, program, own, &fits));
        }
    }
    found
        .extend(report.unlisted.iter().filter_map(|program| program_symbol(files, &state.checked, program, "", &fits)));
    found
}

fn program_symbol(
    files: &EditorFiles<'_>,
    checked: &Checked,
    program: &crate::model::Program,
    chapter: &str,
    fits: &dyn Fn(&str) -> bool,
) -> Option<Value> {
    let name = program.name.as_ref().map_or(program.id.as_str(), |name| name.value.as_str());
    let place = program.name.as_ref().map_or(program.heading, |name| name.span);
    let location = files.location(&checked.files, place);
    (fits(name) || fits(&program.id))
        .then(|| json!({ "name": name, "kind": CLASS, "location": location, "containerName": chapter }))
}
