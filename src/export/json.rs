//! From a report to the JSON document.

use super::document::*;
use super::table::number;
use super::value::{ValueState, figure, headings, lines_of};
use crate::model::{self, BlockKind, FiscalYear, Listing, ProgramIndex, Report, Role, Text};
use crate::totals;

/// The document, for other programs.
pub fn json(report: &Report) -> String {
    // Strings, numbers and lists: it always serializes.
    serde_json::to_string_pretty(&document(report)).unwrap_or_default() + "\n"
}

/// The document of one program, which says of which report it is.
pub(super) fn program_json(report: &Report, index: ProgramIndex, found: &model::Program) -> String {
    let year = report.head.as_ref().and_then(|head| head.fiscal_year);
    let chapter = report.chapters.get(index.chapter);
    let document = JsonProgramDocument {
        head: head_of(report),
        chapter: JsonChapterName {
            order: index.chapter + 1,
            number: number(report, index.chapter),
            title: chapter.and_then(|chapter| text(&chapter.head.title)),
        },
        program: program(index.program, found, year),
    };
    // Strings, numbers and lists: it always serializes.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn head_of(report: &Report) -> JsonHead<'_> {
    let head = report.head.as_ref();
    JsonHead {
        format: FORMAT,
        generator: GENERATOR,
        title: head.and_then(|head| text(&head.title)),
        publisher: head.and_then(|head| text(&head.publisher)),
        issued: head.and_then(|head| head.issue_date).map(day_of),
        fiscal_year: head.and_then(|head| head.fiscal_year).map(year_of),
        unit: report.unit().name(),
    }
}

fn document(report: &Report) -> JsonDocument<'_> {
    let head = report.head.as_ref();
    let year = head.and_then(|head| head.fiscal_year);
    let chapters = report.chapters.iter().enumerate();
    JsonDocument {
        head: head_of(report),
        first_page: head.map_or(1, |head| head.first_page),
        chapters: chapters.map(|(index, content)| chapter(report, index, content, year)).collect(),
        total: sum(report, totals::total(report)),
    }
}

fn text(text: &Option<Text>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

fn lines(lines: &[Text]) -> Vec<&str> {
    lines.iter().map(|line| line.value.as_str()).collect()
}

fn day_of(day: model::Date) -> JsonDay {
    JsonDay { date: format!("{:04}-{:02}-{:02}", day.year, day.month, day.day), label: day.label() }
}

fn year_of(year: FiscalYear) -> JsonYear {
    JsonYear { year: year.year(), label: year.label() }
}

fn sum(report: &Report, sum: totals::Sum) -> JsonSum {
    JsonSum {
        amount: sum.value.filter(|_| report.form.has_amount()),
        programs: sum.programs,
        new_programs: sum.new_programs,
    }
}

fn chapter<'a>(
    report: &'a Report,
    index: usize,
    content: &'a model::Chapter,
    year: Option<FiscalYear>,
) -> JsonChapter<'a> {
    let row = |listing: &Listing| {
        let (target, relisted) = match *listing {
            Listing::Own(program) => (ProgramIndex { chapter: index, program }, false),
            Listing::Relisted { target, .. } => (target, true),
        };
        let id = &report.program(target)?.id;
        Some(JsonListRow { relisted, chapter: target.chapter + 1, no: target.program + 1, id })
    };
    JsonChapter {
        order: index + 1,
        place: report.is_nested().then(|| ChapterPlace {
            level: content.level + 1,
            parent: content.parent.map(|parent| parent + 1),
            whole: sum(report, totals::whole_chapter(report, index)),
        }),
        number: number(report, index),
        title: text(&content.head.title),
        folder: &content.folder,
        overview: blocks(&content.head.overview.blocks),
        list: content.listing.iter().filter_map(row).collect(),
        fields: fields(&content.head.fields),
        sections: JsonSections(content.head.contents().map(|(kind, content)| (kind, section(content, year))).collect()),
        programs: content.programs.iter().enumerate().map(|(place, found)| program(place, found, year)).collect(),
        subtotal: sum(report, totals::subtotal(content)),
    }
}

fn program(place: usize, program: &model::Program, year: Option<FiscalYear>) -> JsonProgram<'_> {
    JsonProgram {
        no: place + 1,
        id: &program.id,
        name: text(&program.name),
        reading: text(&program.reading),
        former_names: lines(&program.former_names),
        category: program.category_name(),
        amount: figure(program.amount),
        amount_state: ValueState::of_amount(program.amount).key(),
        counted: program.outside_total.is_none(),
        not_counted_because: text(&program.outside_total),
        departments: program.departments.iter().map(department).collect(),
        fields: fields(&program.fields),
        sections: JsonSections(program.contents().map(|(kind, content)| (kind, section(content, year))).collect()),
    }
}

fn fields(fields: &[model::CustomField]) -> JsonFields<'_> {
    let mut found: Vec<(&'static str, JsonField<'_>)> = Vec::new();
    for field in fields {
        let (name, text) = (field.name.name(), field.value.value.as_str());
        match found.last_mut() {
            Some((last, JsonField::Several(list))) if *last == name => list.push(text),
            _ if field.name.may_repeat() => found.push((name, JsonField::Several(vec![text]))),
            _ => found.push((name, JsonField::One(text))),
        }
    }
    JsonFields(found)
}

fn section(content: &model::SectionContent, year: Option<FiscalYear>) -> JsonSection<'_> {
    match content {
        model::SectionContent::Prose(prose) => JsonSection::Prose(blocks(&prose.blocks)),
        model::SectionContent::Tables(tables) => {
            JsonSection::Tables(tables.iter().map(|table| indicator(table, year)).collect())
        }
        model::SectionContent::Cases(cases) => JsonSection::Cases(cases.iter().map(case).collect()),
        model::SectionContent::Photos(photos) => JsonSection::Photos(photos.iter().map(photo).collect()),
        model::SectionContent::Choice(chosen) => {
            JsonSection::Choice(JsonChoice { choice: chosen.choice.as_deref(), blocks: blocks(&chosen.blocks) })
        }
        model::SectionContent::Grades(grades) => JsonSection::Grades(grades.rows.iter().map(grade).collect()),
    }
}

fn grade(row: &model::Grade) -> JsonGrade<'_> {
    JsonGrade {
        criterion: &row.criterion.value,
        grade: row.grade.as_ref().map(|grade| grade.value.as_str()),
        reason: lines(&row.reason),
    }
}

fn department(department: &model::Department) -> JsonDepartment<'_> {
    JsonDepartment { name: &department.name, group: department.group.as_deref(), office: department.office.as_deref() }
}

fn blocks(blocks: &[model::Block]) -> Vec<JsonBlock<'_>> {
    blocks.iter().map(block).collect()
}

fn block(block: &model::Block) -> JsonBlock<'_> {
    let (kind, number, mark) = match &block.kind {
        BlockKind::Paragraph => ("paragraph", None, None),
        BlockKind::Hanging(mark) => ("hanging", None, Some(mark.as_str())),
        BlockKind::Subheading => ("subheading", None, None),
        BlockKind::Item(number) => ("item", Some(*number), None),
        BlockKind::Bullet => ("bullet", None, None),
        BlockKind::Note => ("note", None, None),
    };
    JsonBlock { kind, number, mark, lines: lines(&block.lines) }
}

fn indicator(table: &model::Indicator, year: Option<FiscalYear>) -> JsonIndicator<'_> {
    let headings = headings(table, year).into_iter();
    JsonIndicator {
        caption: text(&table.caption),
        columns: headings
            .map(|heading| JsonColumn { label: heading.label, fiscal_year: heading.year.map(year_of) })
            .collect(),
        rows: table.rows.iter().map(|found| row(table, found)).collect(),
        notes: blocks(&table.notes),
    }
}

fn row<'a>(table: &'a model::Indicator, row: &'a model::Row) -> JsonRow<'a> {
    let (role, parent) = match row.role {
        Role::Plain => ("plain", None),
        Role::Group => ("group", None),
        Role::Child { parent } => ("child", Some(parent + 1)),
    };
    JsonRow {
        label: lines(&row.label.lines),
        role,
        parent,
        item: row.item.map(|(number, _)| number),
        values: row.values.iter().enumerate().map(|(column, found)| value(table, row, column, found)).collect(),
    }
}

fn value<'a>(
    table: &'a model::Indicator,
    row: &'a model::Row,
    column: usize,
    value: &'a model::Value,
) -> JsonValue<'a> {
    let shared_with = match value {
        model::Value::Shared { row, .. } => Some(row + 1),
        model::Value::Own(_) | model::Value::Computed(_) | model::Value::Hole(_) => None,
    };
    let lines = table.cell(row, column).into_iter().flat_map(lines_of).map(|line| JsonLine {
        text: line.text,
        state: line.state.key(),
        quantities: line.quantities.into_iter().map(quantity).collect(),
    });
    JsonValue { shared_with, lines: lines.collect() }
}

fn quantity(quantity: model::Quantity) -> JsonQuantity {
    JsonQuantity { prefix: quantity.prefix, number: quantity.number.to_string(), unit: quantity.unit }
}

fn case(case: &model::Case) -> JsonCase<'_> {
    JsonCase { title: text(&case.title), blocks: blocks(&case.blocks), photos: case.photos.iter().map(photo).collect() }
}

fn photo(photo: &model::Photo) -> JsonPhoto<'_> {
    JsonPhoto { file: &photo.file_name.value, caption: lines(&photo.caption), alt: lines(&photo.alt) }
}
