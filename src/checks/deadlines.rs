//! J018, as 注意: a 締切 of a department that nobody knows, which would be a deadline for nobody.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Report;
use crate::syntax::nearest;

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    let of_programs = report.all_programs().flat_map(|program| &program.departments);
    let of_missing = report.missing.iter().filter_map(|missing| missing.department.as_deref());
    let known: BTreeSet<&str> = report
        .department_order
        .iter()
        .map(String::as_str)
        .chain(of_programs.map(|department| department.name.as_str()))
        .chain(of_missing)
        .collect();
    let named = report.head.iter().flat_map(|head| &head.deadlines).filter_map(|deadline| deadline.department.as_ref());
    for name in named.filter(|name| !known.contains(name.value.as_str()) && !known.is_empty()) {
        let near = nearest(&name.value, known.iter().copied());
        let hint = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
        diagnostics.push(
            Diagnostic::new(Code::J018, name.span, format!("締切の「{}」という課はありません。", name.value))
                .severity(Severity::Warning)
                .help(format!("{hint}「担当：」か「組織：」の一覧にある課の名前を書いてください。")),
        );
    }
}
