//! J055: another 年度 than the report's in its title.

use super::heading_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form::TitleYear as Awaited;
use crate::model::{FiscalYear, Report, TitleForm, TitleYear, years_in_title};
use crate::source::Files;

/// Behind a year, these say that it is the year in which something began, and not the one that it reports on.
const BEGINNINGS: &[&str] = &[
    "策定", "改定", "改訂", "制定", "創設", "創立", "開始", "開設", "開園", "開校", "発足", "採択", "着手", "完成",
    "以降", "以来", "から",
];

pub(super) fn check(report: &Report, files: &Files, diagnostics: &mut Diagnostics) {
    let Some(head) = &report.head else { return };
    let (Some(title), Some(fiscal_year)) = (&head.title, head.fiscal_year) else { return };
    let year = match report.form.title_year {
        Awaited::Current => fiscal_year,
        Awaited::Next => fiscal_year.next(),
        Awaited::Any => return,
    };
    // The title of a form stands in no line of the report.
    if title.span.is_empty() {
        return;
    }
    let years = years_in_title(&title.value, year);
    if years.iter().any(|found| tells_of(found, year)) {
        return;
    }
    let begins = |found: &&TitleYear| {
        let after = title.value.get(found.range.end..).unwrap_or("");
        BEGINNINGS.iter().any(|word| after.starts_with(word))
    };
    let is_other = |found: &&TitleYear| found.form != TitleForm::Calendar && !begins(found);
    // Of a period the last year says which one it is about.
    let is_end = |found: &&TitleYear| found.since.is_some();
    let others = || years.iter().filter(is_other);
    let Some(found) = others().find(is_end).or_else(|| others().next()) else { return };
    let typed = title.value.get(found.range.clone()).unwrap_or("");
    let diagnostic = Diagnostic::new(
        Code::J055,
        title.stretch(found.range.clone()),
        match report.form.title_year {
            Awaited::Next => format!(
                "題名は「{typed}」ですが、年度は{}なので、翌年度の{}のはずです。",
                fiscal_year.label(),
                year.label()
            ),
            Awaited::Current | Awaited::Any => format!("題名は「{typed}」ですが、年度は{}です。", year.label()),
        },
    )
    .help(format!("題名を「{}」に直すか、「年度：」を直してください。", year.label()));
    // A report comes out in the year behind its own, and some are named after that one.
    diagnostics.push(if found.year == year.next() {
        diagnostic.severity(Severity::Warning).or_acknowledge(heading_of(files.get(head.file)), typed)
    } else {
        diagnostic
    });
}

/// Whether a year of the title is the report's: the same one, the last of a period or one that lies in it, the year of the
/// book's edition.
fn tells_of(found: &TitleYear, year: FiscalYear) -> bool {
    let covers = found.since.is_some_and(|first| (first..=found.year).contains(&year));
    let is_next_edition = found.form == TitleForm::Edition && found.year == year.next();
    found.year == year || covers || is_next_edition
}
