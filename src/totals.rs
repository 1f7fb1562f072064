//! 小計 and 合計: exact whole numbers in the report's unit.
//!
//! A relisted program counts in the chapter that prints it and nowhere else, so that the 小計s add up to 合計; one with
//! 合計に含めない counts as a program and adds nothing (language.md §3).

use crate::model::{Category, Chapter, Program, Report};

/// A sum with the programs it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Absent when an amount could not be read: there is no half a sum.
    pub value: Option<i64>,
    pub programs: usize,
    pub new_programs: usize,
}

/// 小計 of a chapter.
pub fn subtotal(chapter: &Chapter) -> Sum {
    Sum {
        value: chapter.programs.iter().try_fold(0_i64, |sum, program| sum.checked_add(counted_amount(program)?)),
        programs: chapter.programs.len(),
        new_programs: chapter.programs.iter().filter(|program| program.category == Category::New).count(),
    }
}

/// 合計 of the report.
pub fn total(report: &Report) -> Sum {
    let subtotals: Vec<Sum> = report.chapters.iter().map(subtotal).collect();
    Sum {
        value: subtotals.iter().try_fold(0_i64, |sum, subtotal| sum.checked_add(subtotal.value?)),
        programs: subtotals.iter().map(|subtotal| subtotal.programs).sum(),
        new_programs: subtotals.iter().map(|subtotal| subtotal.new_programs).sum(),
    }
}

/// What a program adds to the sums; nothing where its amount could not be read.
fn counted_amount(program: &Program) -> Option<i64> {
    match (&program.outside_total, program.amount) {
        (Some(_), _) => Some(0),
        (None, amount) => amount.map(crate::model::Amount::value),
    }
}
