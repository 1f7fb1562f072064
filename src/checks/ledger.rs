//! J063 and J015 against 台帳: what the finance office has of a program, and programs that one side alone has.
//!
//! Only compared, never merged.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::pairing::{Pairing, pair};
use super::yen::{self, looks_like_yen};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Amount, Department, MissingProgram, Program, Report, Unit, format_amount};
use crate::source::{FileId, Files, Span};
use crate::syntax::chars::{is_blank, unified};
use crate::tables::{Ledger, LedgerAmount, LedgerRow};

/// An amount of the ledger, as it is reported: `3,245 千円`.
pub(super) struct ReportedAmount {
    value: Decimal,
    unit: Unit,
}

/// What is known of the report when the ledger is compared.
pub struct LedgerContext<'a> {
    pub files: &'a Files,
    pub unit: Unit,
    /// Stems of files that are there and could not be read
    pub unread: &'a [(String, String)],
    /// Files whose 担当 is wrong by itself
    pub wrong_departments: &'a BTreeSet<FileId>,
}

/// Compares every program with its row of the ledger. Returns the programs that the ledger alone has.
pub fn check_ledger(
    ledger: &Ledger,
    report: &Report,
    context: &LedgerContext<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<MissingProgram> {
    let pairing = pair(ledger, report, context.unread);
    let unit = usual_unit(&pairing, context.unit);
    for (program, row) in &pairing.pairs {
        let place = PairedProgram { program, row };
        place.check_name(diagnostics);
        // A form that nobody has filled in has one message.
        if !program.is_fresh {
            place.check_amount(context.unit, unit, diagnostics);
            place.check_category(diagnostics);
            if !context.wrong_departments.contains(&program.file) {
                place.check_department(diagnostics);
            }
        }
    }
    pairing.say_unpaired(ledger, context.files, diagnostics)
}

/// The unit of amounts of which the ledger does not say it: the report's, or yen where more programs agree with that.
fn usual_unit(pairing: &Pairing<'_>, report: Unit) -> Unit {
    let agreeing = |unit: Unit| {
        let same = pairing.pairs.iter().filter(|(program, row)| {
            let (Some(Amount::Value(amount)), Some(other)) = (program.amount, row.amount) else { return false };
            other.unit.is_none() && amount != 0 && agrees(amount, report, &ReportedAmount::new(other, unit))
        });
        same.count()
    };
    if agreeing(Unit::Yen) > agreeing(report) { Unit::Yen } else { report }
}

impl ReportedAmount {
    fn new(amount: LedgerAmount, usual: Unit) -> Self {
        Self { value: amount.value, unit: amount.unit.unwrap_or(usual) }
    }

    fn in_yen(&self) -> Option<Decimal> {
        self.value.checked_mul(self.unit.yen().into())
    }
}

impl fmt::Display for ReportedAmount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.normalize();
        match value.to_i64().filter(|_| value.is_integer()) {
            Some(whole) => write!(formatter, "{} {}", format_amount(whole), self.unit.name()),
            None => write!(formatter, "{value} {}", self.unit.name()),
        }
    }
}

/// Whether the finer of two figures gives the coarser one by rounding, in whichever way an office rounds.
fn agrees(amount: i64, unit: Unit, other: &ReportedAmount) -> bool {
    let own = Decimal::from(amount).checked_mul(unit.yen().into());
    let difference = own.zip(other.in_yen()).and_then(|(own, other)| own.checked_sub(other));
    difference.is_some_and(|difference| difference.abs() < unit.yen().max(other.unit.yen()).into())
}

/// A program beside its row.
struct PairedProgram<'a> {
    program: &'a Program,
    row: &'a LedgerRow,
}

impl PairedProgram<'_> {
    fn differs(&self, place: Span, what: &str, typed: &str) -> Diagnostic {
        Diagnostic::new(Code::J063, place, format!("台帳では{what}です。"))
            .help(format!("台帳と原稿のどちらが正しいか確かめ、{typed}直してください。"))
            .related(self.row.line, "台帳のこの行です")
    }

    fn check_name(&self, diagnostics: &mut Diagnostics) {
        let (Some(name), Some(other)) = (&self.program.name, &self.row.name) else { return };
        if unified(&name.value) != unified(other) {
            diagnostics.push(self.differs(name.span, &format!("事業名「{other}」"), "原稿が違えば【事業】の後を"));
        }
    }

    fn check_amount(&self, unit: Unit, usual: Unit, diagnostics: &mut Diagnostics) {
        let (Some(amount), Some(other)) = (self.program.amount, self.row.amount) else { return };
        let other = ReportedAmount::new(other, usual);
        if agrees(amount.value(), unit, &other) {
            return;
        }
        let place = self.program.amount_place.unwrap_or(self.program.heading);
        let in_unit =
            other.in_yen().and_then(|yen| yen.checked_div(unit.yen().into())).and_then(|value| value.to_i64());
        if unit != Unit::Yen && in_unit.is_some_and(|other| looks_like_yen(amount.value(), other)) {
            diagnostics.push(yen::message(amount.value(), unit, place, &format!("台帳では {other}")));
        } else {
            diagnostics.push(self.differs(place, &format!("事業費 {other}"), "原稿が違えば「事業費：」を"));
        }
    }

    fn check_category(&self, diagnostics: &mut Diagnostics) {
        let program = self.program;
        let Some(other) = self.row.category else { return };
        // One that could not be read was reported.
        if program.category.is_some_and(|category| category != other) {
            let place = program.category_place.unwrap_or(program.heading);
            let what = format!("区分が「{}」", other.name());
            let mend = match program.category_place {
                Some(_) => format!("「区分：{}」に", other.name()),
                None => format!("「担当：」の行の下に「区分：{}」と書いて", other.name()),
            };
            diagnostics.push(self.differs(place, &what, &format!("原稿が違えば{mend}")));
        }
    }

    fn check_department(&self, diagnostics: &mut Diagnostics) {
        let (Some(first), Some(other)) = (self.program.departments.first(), &self.row.department) else { return };
        if !self.program.departments.iter().any(|department| is_named(department, other)) {
            let other = other.split(is_margin).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　");
            diagnostics.push(self.differs(first.typed.span, &format!("担当が「{other}」"), "原稿が違えば「担当：」を"));
        }
    }
}

fn is_margin(c: char) -> bool {
    is_blank(c) || c == '\n' || c == '\r'
}

/// 一般 and 特別 are no 区分 of ours: nothing to compare.
/// Whether a cell of the ledger names the department: alone, behind its bureau, or beside others.
fn is_named(department: &Department, cell: &str) -> bool {
    let name = unified(&department.name);
    let is_name = |part: &str| {
        let part = unified(part);
        let before = part.strip_suffix(name.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with(['部', '局']))
    };
    is_name(cell) || cell.split(is_margin).any(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_rounding_agrees() {
        let yen = |value: i64| ReportedAmount { value: value.into(), unit: Unit::Yen };
        for amount in [3_245, 3_246] {
            assert!(agrees(amount, Unit::ThousandYen, &yen(3_245_678)), "{amount}");
        }
        assert!(!agrees(3_244, Unit::ThousandYen, &yen(3_245_678)));
        assert!(!agrees(3_246, Unit::ThousandYen, &yen(3_245_000)));
        assert!(agrees(-1_234, Unit::ThousandYen, &yen(-1_233_500)));
        let thousand = ReportedAmount { value: 3_245.into(), unit: Unit::ThousandYen };
        assert!(agrees(3_245_678, Unit::Yen, &thousand) && !agrees(3_246_000, Unit::Yen, &thousand));
        assert!(!agrees(1, Unit::MillionYen, &ReportedAmount { value: Decimal::MAX, unit: Unit::MillionYen }));
    }

    #[test]
    fn a_ledger_may_add_the_bureau_and_the_group() {
        let department = |name: &str| Department {
            typed: crate::source::Spanned::new(name.to_string(), Span::whole_file(Files::new().add("a", ""))),
            name: name.to_string(),
            group: None,
            office: None,
        };
        for cell in ["監理課", "監理課　総務グループ", "県土整備部監理課", "道路課\n監理課", "監 理 課"]
        {
            assert!(is_named(&department("監理課"), cell), "{cell}");
        }
        for cell in ["建設監理課", "監理課長", "道路課"] {
            assert!(!is_named(&department("監理課"), cell), "{cell}");
        }
    }
}
