//! What a wide form (一覧の形：表) prints nowhere: the columns of its list are all that it prints of a program.

use super::fields::{Field, FieldKind};
use super::lines::Row;
use super::list::{List, What};
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
        }
    }
}

fn say(rows: &[Row], what: &str, name: &str, may_be_column: bool, diagnostics: &mut Diagnostics) {
    let row = rows.iter().find(|row| row.cell(0).is_some_and(|typed| is_alike(&typed.value, name)));
    if let Some(row) = row {
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

fn shows_field(what: &What, name: FieldName) -> bool {
    match what {
        What::Amount => name == FieldName::Amount,
        What::New | What::Category => name == FieldName::Category,
        What::Department => name == FieldName::Department,
        What::Field(shown) => *shown == name,
        What::Number
        | What::Name
        | What::Page
        | What::Choice(_)
        | What::Grade(..)
        | What::Cell(..)
        | What::Prose(_)
        | What::Table(_) => false,
    }
}

/// Cells of a table are not all of it, but what the form chose of it.
fn shows_section(what: &What, section: &Section) -> bool {
    match what {
        What::Choice(kind) | What::Grade(kind, _) | What::Cell(kind, _) | What::Prose(kind) | What::Table(kind) => {
            *kind == section.kind
        }
        What::Number
        | What::Name
        | What::Amount
        | What::New
        | What::Category
        | What::Department
        | What::Page
        | What::Field(_) => false,
    }
}
