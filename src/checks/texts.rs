//! Every text of a report that is printed, as the rules about words see it.

use crate::model::{Block, CustomField, FieldMeaning, Item, ItemKind, Program, Report, Text};

/// One paragraph, cell, title or caption: its lines, and whether it is a whole cell.
pub(super) struct CheckedText<'a> {
    pub(super) lines: &'a [Text],
    pub(super) is_cell: bool,
    /// A word that the form itself accepts there: a choice, a grade, one in the place of a value
    pub(super) is_of_form: bool,
}

/// Calls `visit` with each text of the report's and the chapters' own files.
pub(super) fn for_each_text_of_heads(report: &Report, visit: &mut dyn FnMut(&CheckedText<'_>)) {
    if let Some(head) = &report.head {
        visit_one(head.title.as_ref(), visit);
        visit_one(head.publisher.as_ref(), visit);
    }
    for chapter in &report.chapters {
        visit_one(chapter.head.title.as_ref(), visit);
        visit_one(chapter.head.number.as_ref(), visit);
        for block in &chapter.head.overview.blocks {
            visit(&CheckedText { lines: &block.lines, is_cell: false, is_of_form: false });
        }
        visit_items(&chapter.head.items(), &chapter.head.fields, visit);
    }
}

/// Calls `visit` with each text of a program, in printed order.
pub(super) fn for_each_text_of_program(program: &Program, visit: &mut dyn FnMut(&CheckedText<'_>)) {
    visit_items(&program.items(), &program.fields, visit);
}

fn visit_items(items: &[Item<'_>], fields: &[CustomField], visit: &mut dyn FnMut(&CheckedText<'_>)) {
    for item in items {
        // A choice that nobody wrote stands in no line.
        if item.place.is_empty() && !item.lines.is_empty() {
            continue;
        }
        // The head of a column that goes on in a ＋ row is no stretch of the file.
        let is_stretch = |line: &Text| !line.value.contains('\n');
        if matches!(item.kind, ItemKind::ColumnHead(_)) && !item.lines.iter().all(is_stretch) {
            continue;
        }
        let is_cell =
            matches!(item.kind, ItemKind::Label(_) | ItemKind::Value(_) | ItemKind::PhotoCaption | ItemKind::PhotoAlt);
        let is_word = |field: &CustomField| {
            matches!(field.meaning, FieldMeaning::Word | FieldMeaning::Choice(_)) && field.value.span == item.place
        };
        let is_of_form = matches!(item.kind, ItemKind::Grade | ItemKind::Choice) || fields.iter().any(is_word);
        visit(&CheckedText { lines: item.lines, is_cell, is_of_form });
    }
}

/// Calls `visit` with each block of a program's prose, its notes and cases included, in printed order.
pub(super) fn for_each_prose<'a>(program: &'a Program, visit: &mut dyn FnMut(&'a Block)) {
    for item in program.items() {
        if let ItemKind::Block(block) = item.kind {
            visit(block);
        }
    }
}

/// The sentences of a line, each with the byte at which it begins.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    line.split_inclusive('。').map(move |sentence| {
        let at = start;
        start += sentence.len();
        (at, sentence)
    })
}

/// What a rule says of a line, for its tests.
#[cfg(test)]
pub(super) fn said_of(text: &str, check: impl Fn(&Text, &mut crate::diagnostic::Diagnostics)) -> Vec<String> {
    let id = crate::source::Files::new().add("a", text);
    let mut diagnostics = crate::diagnostic::Diagnostics::new();
    check(&Text::new(text.to_string(), crate::source::Span::new(id, 0..text.len())), &mut diagnostics);
    diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

/// A title that a form gives, and a choice that nobody wrote, stand in no line.
fn visit_one(text: Option<&Text>, visit: &mut dyn FnMut(&CheckedText<'_>)) {
    if let Some(text) = text.filter(|text| text.value.is_empty() || !text.span.is_empty()) {
        visit(&CheckedText { lines: std::slice::from_ref(text), is_cell: false, is_of_form: false });
    }
}
