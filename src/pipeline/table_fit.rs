//! J083: tables of the form, and its list, whose columns no page has room for.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form::{Layout, List, Paper};
use crate::model::{Columns, FiscalYear, Indicator, Report, name_of};
use crate::source::Span;
use crate::view::{column_without_room, has_room_for_list};

/// `list`: where the columns of the list are declared.
pub(super) fn check_rooms(report: &Report, list: Option<Span>, diagnostics: &mut Diagnostics) {
    // Paper, sizes and columns hang on a form that could not be read whole.
    let is_fault = |diagnostic: &Diagnostic| diagnostic.code == Code::J073 && diagnostic.severity == Severity::Error;
    if diagnostics.iter().any(is_fault) {
        return;
    }
    if let Some(list) = list.filter(|_| !has_room_for_list(report)) {
        diagnostics.push(list_without_room(report, list));
    }
    let year = report.head.as_ref().and_then(|head| head.fiscal_year);
    let of_chapters = report.chapters.iter().flat_map(|chapter| chapter.head.tables());
    for table in of_chapters.chain(report.printed_programs().flat_map(|(_, program)| program.tables())) {
        diagnostics.extend(without_room(table, report.form.layout, year));
    }
}

fn list_without_room(report: &Report, place: Span) -> Diagnostic {
    let List { title, columns, .. } = &report.form.list;
    let message = format!("【一覧】{title} の{}の列が、文字を小さくしても紙に収まりません。", columns.len());
    let wider = match report.form.layout.paper {
        Paper::A4 | Paper::B5 => "「紙：A4横」や「紙：A3横」と書いて紙を広くするか、",
        Paper::A4Landscape => "「紙：A3横」と書いて紙を広くするか、",
        Paper::A3Landscape => "",
    };
    Diagnostic::new(Code::J083, place, message).help(format!("{wider}列を減らすか、列の見出しを短くしてください。"))
}

fn without_room(table: &Indicator, layout: Layout, year: Option<FiscalYear>) -> Diagnostics {
    let mut found = Diagnostics::new();
    let (Some(column), Some(declared)) = (column_without_room(table, layout), &table.declared) else { return found };
    let name = match &table.columns {
        Columns::Own(columns) => columns.get(column).map(|column| name_of(column, year)).unwrap_or_default(),
        Columns::Years => String::new(),
    };
    let message =
        format!("表【{}】の列「{name}」が、紙を横にして文字を小さくしても収まりません。", declared.table.name);
    found.push(
        Diagnostic::new(Code::J083, table.heading, message)
            .help("数のけたを確かめてください。正しければ、様式の年度か列を減らすか、表を2つに分けてください。"),
    );
    found
}
