//! J039, J056, J060 for what is gone, and the last-year half of J015 and J038: a report beside the one that was published before it.
//!
//! Nothing of the older report is ever taken over: it is only compared.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::missing_since_last_year;
use super::published_cells;
use super::table_values::slip_of_places;
use super::yen::{self, looks_like_yen};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Amount, Chapter, FiscalYear, Program, Prose, Report, Succession, Unit, format_amount};
use crate::source::Span;
use crate::syntax::Scope;
use crate::syntax::chars::unified;

/// A shorter text is the same by chance: 「中止した。」
const SHORTEST_PROSE: usize = 20;

/// Compares each program with what it was last year.
pub fn check_last_year(old: &Report, new: &Report, diagnostics: &mut Diagnostics) {
    let Some(year) = new.head.as_ref().and_then(|head| head.fiscal_year) else { return };
    let unit = |report: &Report| report.unit();
    let succession = Succession::find(old, new);
    missing_since_last_year::check(old, new, &succession, diagnostics);
    // What the ledger has already told: one cause, one message.
    let told: BTreeSet<Span> = diagnostics.iter().filter(|d| d.code == Code::J015).map(|d| d.primary.span).collect();
    for (index, program) in new.printed_programs() {
        let Some(before) = succession.before(index).and_then(|was| old.program(was)) else { continue };
        if unit(old) == unit(new) && !program.amount_place.is_some_and(|place| told.contains(&place)) {
            check_amount(before, program, unit(new), diagnostics);
        }
        let (was, is) = (published_cells::tables(before.contents()), published_cells::tables(program.contents()));
        published_cells::check((&was, &is), year, "【事業】", diagnostics);
        check_prose(before, program, diagnostics);
    }
    check_chapters(old, new, year, diagnostics);
}

/// J015 and J038.
fn check_amount(before: &Program, program: &Program, unit: Unit, diagnostics: &mut Diagnostics) {
    let (Some(Amount::Value(old)), Some(Amount::Value(new)), Some(place)) =
        (before.amount, program.amount, program.amount_place)
    else {
        return;
    };
    if unit != Unit::Yen && looks_like_yen(new, old) {
        let was = format!("昨年度は {} {}", format_amount(old), unit.name());
        diagnostics.push(yen::message(new, unit, place, &was));
    } else if let Some(change) = slip_of_places(Decimal::from(old), Decimal::from(new)) {
        diagnostics.push(
            Diagnostic::new(
                Code::J038,
                place,
                format!(
                    "事業費が昨年度の {}{} から {}{} と、ほぼ{}です。けた違いではありませんか。",
                    format_amount(old),
                    unit.name(),
                    format_amount(new),
                    unit.name(),
                    change
                ),
            )
            .help("金額を確かめ、違っていれば直してください。")
            .or_acknowledge("【事業】", "事業費"),
        );
    }
}

/// J039 in the tables of chapters: a chapter is last year's by its folder, then by its title.
fn check_chapters(old: &Report, new: &Report, year: FiscalYear, diagnostics: &mut Diagnostics) {
    let title = |chapter: &Chapter| chapter.head.title.as_ref().map(|title| unified(&title.value));
    for chapter in &new.chapters {
        let by_folder = old.chapters.iter().find(|other| other.folder == chapter.folder);
        let by_title = || old.chapters.iter().find(|other| title(other).is_some() && title(other) == title(chapter));
        let Some(before) = by_folder.or_else(by_title) else { continue };
        let tables = [before, chapter].map(|chapter| published_cells::tables(chapter.head.contents()));
        let [was, is] = &tables;
        published_cells::check((was, is), year, "【章】", diagnostics);
    }
}

/// J056, of what is written anew each year.
fn check_prose(before: &Program, program: &Program, diagnostics: &mut Diagnostics) {
    for (kind, new) in program.prose().filter(|(kind, _)| kind.spec().speaks_of == Scope::OfTheYear) {
        let Some(old) = before.prose_of(kind) else { continue };
        let (was, is) = (words(old), words(new));
        if let Some(heading) = new.heading.filter(|_| was == is && is.chars().count() >= SHORTEST_PROSE) {
            diagnostics.push(
                Diagnostic::new(Code::J056, heading, "昨年の文章と全く同じです。")
                    .help("今年度のことが書いてあるか、確かめてください。"),
            );
        }
    }
}

fn words(prose: &Prose) -> String {
    prose.blocks.iter().flat_map(|block| &block.lines).map(|line| unified(&line.value)).collect()
}
