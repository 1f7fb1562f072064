//! Every text of a report that is printed, as the rules about words see it.

use crate::model::{Block, Cell, Columns, Indicator, Photo, Program, Prose, Report, Text, Value};

/// One paragraph, cell, title or caption: its lines, and whether it is a whole cell.
pub(super) struct Checked<'a> {
    pub(super) lines: &'a [Text],
    pub(super) is_cell: bool,
}

/// Calls `visit` with each text of the report's and the chapters' own files.
pub(super) fn for_each_text_of_heads(report: &Report, visit: &mut dyn FnMut(&Checked<'_>)) {
    if let Some(head) = &report.head {
        visit_one(head.title.as_ref(), visit);
        visit_one(head.publisher.as_ref(), visit);
    }
    for chapter in &report.chapters {
        visit_one(chapter.head.title.as_ref(), visit);
        visit_one(chapter.head.number.as_ref(), visit);
        visit_prose(&chapter.head.overview, visit);
    }
}

/// Calls `visit` with each text of a program, in the order of its file.
pub(super) fn for_each_text_of_program(program: &Program, visit: &mut dyn FnMut(&Checked<'_>)) {
    visit_one(program.name.as_ref(), visit);
    visit_one(program.outside_total.as_ref(), visit);
    for department in &program.departments {
        visit_one(Some(&department.typed), visit);
    }
    for prose in program.prose() {
        visit_prose(prose, visit);
    }
    for table in &program.indicators {
        visit_table(table, visit);
    }
    for case in &program.cases {
        visit_one(case.title.as_ref(), visit);
        visit_blocks(&case.blocks, visit);
        visit_photos(&case.photos, visit);
    }
    visit_photos(&program.photos, visit);
}

/// Calls `visit` with each block of a program's prose, its notes and cases included, in the order of its file.
pub(super) fn for_each_prose<'a>(program: &'a Program, visit: &mut dyn FnMut(&'a Block)) {
    let cases = program.cases.iter().flat_map(|case| &case.blocks);
    for block in program.prose().into_iter().flat_map(|prose| &prose.blocks).chain(cases) {
        visit(block);
    }
}

fn visit_table(table: &Indicator, visit: &mut dyn FnMut(&Checked<'_>)) {
    visit_one(table.caption.as_ref(), visit);
    if let Columns::Own(columns) = &table.columns {
        // One that goes on in a ＋ row is no stretch of the file.
        for column in columns.iter().filter(|column| !column.label.value.contains('\n')) {
            visit_one(Some(&column.label), visit);
        }
    }
    for row in &table.rows {
        visit_cell(&row.label, visit);
        for value in &row.values {
            if let Value::Own(cell) = value {
                visit_cell(cell, visit);
            }
        }
    }
    visit_blocks(&table.notes, visit);
}

fn visit_photos(photos: &[Photo], visit: &mut dyn FnMut(&Checked<'_>)) {
    for photo in photos {
        for lines in [&photo.caption, &photo.alt] {
            visit(&Checked { lines, is_cell: true });
        }
    }
}

fn visit_prose(prose: &Prose, visit: &mut dyn FnMut(&Checked<'_>)) {
    visit_blocks(&prose.blocks, visit);
}

fn visit_blocks(blocks: &[Block], visit: &mut dyn FnMut(&Checked<'_>)) {
    for block in blocks {
        visit(&Checked { lines: &block.lines, is_cell: false });
    }
}

fn visit_cell(cell: &Cell, visit: &mut dyn FnMut(&Checked<'_>)) {
    visit(&Checked { lines: &cell.lines, is_cell: true });
}

fn visit_one(text: Option<&Text>, visit: &mut dyn FnMut(&Checked<'_>)) {
    if let Some(text) = text {
        visit(&Checked { lines: std::slice::from_ref(text), is_cell: false });
    }
}
