//! 小計 and 合計: exact whole numbers in the report's unit.
//!
//! A chapter with chapters in it has 小計 of its own programs, and the sum of all that is in it; the latter of the chapters
//! that lie in no other add up to 合計.
//!
//! A relisted program counts in the chapter that prints it and nowhere else, so that the 小計s add up to 合計; one with
//! 合計に含めない counts as a program and adds nothing (language.md §3).

use rust_decimal::Decimal;

use crate::model::{Category, Chapter, Program, Report};

/// A sum with the programs it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Absent when an amount could not be read: there is no half a sum.
    pub value: Option<i64>,
    pub programs: usize,
    pub new_programs: usize,
}

/// What a department answers for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentSum {
    pub name: String,
    /// The programs that name it first
    pub sum: Sum,
    /// Programs that name it after another, which counts them
    pub joint: usize,
}

impl Default for Sum {
    /// Of no programs.
    fn default() -> Self {
        Self { value: Some(0), programs: 0, new_programs: 0 }
    }
}

/// 小計 of a chapter's own programs.
pub fn subtotal(chapter: &Chapter) -> Sum {
    chapter.programs.iter().fold(Sum::default(), |sum, program| sum.with(program))
}

/// Of a chapter with all the chapters in it; 小計 where there are none.
pub fn whole_chapter(report: &Report, index: usize) -> Sum {
    programs_within(report, index).fold(Sum::default(), Sum::with)
}

/// 合計 of the report.
pub fn total(report: &Report) -> Sum {
    report.printed_programs().fold(Sum::default(), |sum, (_, program)| sum.with(program))
}

/// 小計 of what each program of a chapter has in a column of amounts; nothing where one of them could not be read.
pub fn subtotal_of(chapter: &Chapter, value: impl Fn(&Program) -> Option<Decimal>) -> Option<Decimal> {
    sum_of(chapter.programs.iter().map(AsRef::as_ref), value)
}

/// Of the same in a chapter with all the chapters in it.
pub fn whole_of(report: &Report, index: usize, value: impl Fn(&Program) -> Option<Decimal>) -> Option<Decimal> {
    sum_of(programs_within(report, index), value)
}

/// 合計 of the same.
pub fn total_of(report: &Report, value: impl Fn(&Program) -> Option<Decimal>) -> Option<Decimal> {
    sum_of(report.printed_programs().map(|(_, program)| program.as_ref()), value)
}

/// The programs of a chapter and of all the chapters in it.
fn programs_within(report: &Report, index: usize) -> impl Iterator<Item = &Program> {
    let chapters = report.chapters.get(report.subtree(index)).unwrap_or_default();
    chapters.iter().flat_map(|chapter| &chapter.programs).map(AsRef::as_ref)
}

fn sum_of<'a>(
    mut programs: impl Iterator<Item = &'a Program>,
    value: impl Fn(&Program) -> Option<Decimal>,
) -> Option<Decimal> {
    programs.try_fold(Decimal::ZERO, |sum, program| match program.outside_total {
        Some(_) => Some(sum),
        None => sum.checked_add(value(program)?),
    })
}

/// Every department in the order of 組織, then in that in which the report first names it. A program counts once, for the department that it
/// names first, so that the sums add up to 合計.
pub fn by_department(report: &Report) -> Vec<DepartmentSum> {
    let mut sums: Vec<DepartmentSum> = Vec::new();
    for (_, program) in report.printed_programs() {
        let mut named: Vec<&str> = Vec::new();
        for department in &program.departments {
            if named.contains(&department.name.as_str()) {
                continue;
            }
            named.push(&department.name);
            let at = sums.iter().position(|sum| sum.name == department.name).unwrap_or_else(|| {
                sums.push(DepartmentSum { name: department.name.clone(), sum: Sum::default(), joint: 0 });
                sums.len() - 1
            });
            let Some(entry) = sums.get_mut(at) else { continue };
            if named.len() == 1 {
                entry.sum = entry.sum.with(program);
            } else {
                entry.joint += 1;
            }
        }
    }
    sums.sort_by_key(|sum| report.department_place(&sum.name));
    sums
}

/// 構成比 in tenths of a percent, rounded half up (away from zero); nothing where there is no whole.
pub fn share(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    if whole == 0 {
        return None;
    }
    let tenths = (2000 * part.abs() + whole.abs()) / (2 * whole.abs());
    i64::try_from(tenths * part.signum() * whole.signum()).ok()
}

impl Sum {
    fn with(self, program: &Program) -> Self {
        Self {
            value: self.value.zip(counted_amount(program)).and_then(|(sum, amount)| sum.checked_add(amount)),
            programs: self.programs + 1,
            new_programs: self.new_programs + usize::from(program.category() == Category::New),
        }
    }
}

/// What a program adds to the sums; nothing where its amount could not be read.
fn counted_amount(program: &Program) -> Option<i64> {
    match (&program.outside_total, program.amount) {
        (Some(_), _) => Some(0),
        (None, amount) => amount.map(crate::model::Amount::value),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(share(1, 3), Some(333));
        assert_eq!(share(2, 3), Some(667));
        assert_eq!(share(1, 2000), Some(1));
        assert_eq!(share(-1, 2000), Some(-1));
        assert_eq!(share(5, 0), None);
        assert_eq!(share(i64::MAX, i64::MAX), Some(1000));
    }
}
