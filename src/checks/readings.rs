//! J018, as 注意: a program without よみ, which 索引 would print under a heading of its own, while most others have theirs.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Report;

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    if !report.asks_for_readings() {
        return;
    }
    for (_, program) in report.printed_programs().filter(|(_, program)| !program.has_reading_line && !program.is_fresh)
    {
        let Some(name) = &program.name else { continue };
        diagnostics.push(
            Diagnostic::new(Code::J018, name.span, "「よみ」がないので、索引では「よみの記入がないもの」に載ります。")
                .severity(Severity::Warning)
                .help("事業名の下の行に「よみ：」と書き、続けて事業名の読みをひらがなで書いてください。"),
        );
    }
}
