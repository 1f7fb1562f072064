//! J055: last year's 年度 left in the report's title.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Report, find_fiscal_year};

pub(super) fn check(report: &Report, diagnostics: &mut Diagnostics) {
    let Some(head) = &report.head else { return };
    let (Some(title), Some(year)) = (&head.title, head.fiscal_year) else { return };
    let Some((in_title, range)) = find_fiscal_year(&title.value) else { return };
    if in_title != year {
        let span = title.stretch(range.clone());
        diagnostics.push(
            Diagnostic::new(
                Code::J055,
                span,
                format!("題名は「{}」ですが、年度は{}です。", title.value.get(range).unwrap_or(""), year.label()),
            )
            .help(format!("題名を「{}」に直すか、「年度：」を直してください。", year.label())),
        );
    }
}
