//! J083: tables of the form whose columns no page has room for.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::Layout;
use crate::model::{Columns, FiscalYear, Indicator, Report, name_of};
use crate::view::column_without_room;

pub(super) fn check_rooms(report: &Report, diagnostics: &mut Diagnostics) {
    let year = report.head.as_ref().and_then(|head| head.fiscal_year);
    let of_chapters = report.chapters.iter().flat_map(|chapter| chapter.head.tables());
    for table in of_chapters.chain(report.printed_programs().flat_map(|(_, program)| program.tables())) {
        diagnostics.extend(without_room(table, report.form.layout, year));
    }
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
