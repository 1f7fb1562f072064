//! What a wide form (一覧の形：表) prints nowhere: the columns of its list are all that it prints of a program.

use super::fields::{Field, FieldKind};
use super::lines::Row;
use super::list::{ColumnSource, List};
use super::messages::fault;
use super::names::is_alike;
use super::sections::{ContentSpec, Section};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::syntax::FieldName;

/// Fields whose work is not to be printed under their own name.
const WITHOUT_COLUMN: &[FieldName] =
    &[FieldName::OutsideTotal, FieldName::FormerName, FieldName::Reading, FieldName::Chart, FieldName::Acknowledged];

/// Reports J073 for each row of 【項目】 and 【見出し】 that no column names.
pub(super) fn check_unlisted(
    (field_rows, fields): (&[Row], &[Field]),
    (section_rows, sections): (&[Row], &[Section]),
    graded: &[(String, Vec<Row>)],
    list: &List,
    diagnostics: &mut Diagnostics,
) {
    for field in fields {
        let is_silent = !field.is_printed || field.kind == FieldKind::None || WITHOUT_COLUMN.contains(&field.name);
        if !is_silent && !list.columns.iter().any(|column| shows_field(&column.what, field.name)) {
            say(field_rows, "項目", field.name.name(), true, diagnostics);
        }
    }
    for section in sections.iter().filter(|section| section.kind.spec().is_printed) {
        if !list.columns.iter().any(|column| shows_section(&column.what, section)) {
            let may_be_column = !matches!(section.content, ContentSpec::Photos | ContentSpec::Cases);
            say(section_rows, "見出し", section.kind.name(), may_be_column, diagnostics);
        } else if let ContentSpec::Grades(criteria) = &section.content {
            let is_shown = |place: usize| {
                list.columns.iter().any(|column| column.what == ColumnSource::Grade(section.kind, place))
            };
            for (_, criterion) in criteria.iter().enumerate().filter(|(place, _)| !is_shown(*place)) {
                let own = graded.iter().filter(|(names, _)| is_named(names, section.kind.name()));
                let rows: Vec<Row> = own.flat_map(|(_, rows)| rows).cloned().collect();
                let name = if is_double(&criterion.name, sections) {
                    format!("{}の{}", section.kind.name(), criterion.name)
                } else {
                    criterion.name.clone()
                };
                if let Some(row) = row_of(&rows, &criterion.name) {
                    diagnostics.push(unlisted_criterion(row, &criterion.name, &name));
                }
            }
        }
    }
}

/// Whether 【評価】 with these names declares a section.
fn is_named(names: &str, section: &str) -> bool {
    is_alike(names, section) || names.split('、').any(|name| is_alike(name.trim(), section))
}

/// Whether two sections have a criterion.
fn is_double(criterion: &str, sections: &[Section]) -> bool {
    let has = |section: &&Section| match &section.content {
        ContentSpec::Grades(criteria) => criteria.iter().any(|other| is_alike(&other.name, criterion)),
        ContentSpec::Prose
        | ContentSpec::Table(_)
        | ContentSpec::Choice(_)
        | ContentSpec::Photos
        | ContentSpec::Cases => false,
    };
    sections.iter().filter(has).count() > 1
}

fn unlisted_criterion(row: &Row, criterion: &str, name: &str) -> Diagnostic {
    fault(
        row.span,
        format!("観点「{criterion}」は【一覧】の列にないので、評価も理由も印刷されません。「一覧の形：表」では、一覧の列だけが印刷されます。"),
        format!("【一覧】に「{name}」の行を足してください。印刷しないままでもよければ、このままで構いません。"),
    )
    .severity(Severity::Warning)
}

fn row_of<'a>(rows: &'a [Row], name: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.cell(0).is_some_and(|typed| is_alike(&typed.value, name)))
}

fn say(rows: &[Row], what: &str, name: &str, may_be_column: bool, diagnostics: &mut Diagnostics) {
    if let Some(row) = row_of(rows, name) {
        diagnostics.push(unlisted(row, what, name, may_be_column));
    }
}

fn unlisted(row: &Row, what: &str, name: &str, may_be_column: bool) -> Diagnostic {
    let message = format!(
        "{what}「{name}」は【一覧】の列にないので、印刷されません。「一覧の形：表」では、一覧の列だけが印刷されます。"
    );
    let help = if may_be_column {
        format!("【一覧】に「{name}」の行を足してください。印刷しないものなら、条件に「印刷しない」と書いてください。")
    } else {
        "写真と事例は一覧の列にできません。条件に「印刷しない」と書くか、この行を消してください。".to_string()
    };
    fault(row.span, message, help).severity(Severity::Warning)
}

fn shows_field(what: &ColumnSource, name: FieldName) -> bool {
    match what {
        ColumnSource::Amount => name == FieldName::Amount,
        ColumnSource::New | ColumnSource::Category => name == FieldName::Category,
        ColumnSource::Department => name == FieldName::Department,
        ColumnSource::Field(shown) => *shown == name,
        ColumnSource::Number
        | ColumnSource::Name
        | ColumnSource::Page
        | ColumnSource::Choice(_)
        | ColumnSource::Grade(..)
        | ColumnSource::Cell(..)
        | ColumnSource::Prose(_)
        | ColumnSource::Table(_) => false,
    }
}

/// Cells of a table are not all of it, but what the form chose of it.
fn shows_section(what: &ColumnSource, section: &Section) -> bool {
    match what {
        ColumnSource::Choice(kind)
        | ColumnSource::Grade(kind, _)
        | ColumnSource::Cell(kind, _)
        | ColumnSource::Prose(kind)
        | ColumnSource::Table(kind) => *kind == section.kind,
        ColumnSource::Number
        | ColumnSource::Name
        | ColumnSource::Amount
        | ColumnSource::New
        | ColumnSource::Category
        | ColumnSource::Department
        | ColumnSource::Page
        | ColumnSource::Field(_) => false,
    }
}
