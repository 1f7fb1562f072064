//! J050 for a department that one program alone names, one character off from one that others name, and for one that holds its group:
//! without a list of the house, which 組織 is, nobody else tells that it was misspelt, and it would have a row of its own in 所管課別集計.

use std::collections::BTreeMap;

use super::names::{differing, is_series};
use super::two_departments;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Department, Report};
use crate::natural_order::digit;

/// A shorter name is near to too many.
const SHORTEST: usize = 5;
/// So many programs have the other name, at least.
const COMMON: usize = 3;

/// Marks that come and go without making another department.
const MARKS: &[char] = &['・', '･', '，', '、', ','];

/// 県民生活課 and 市民生活課 are of two houses.
const HOUSES: &str = "国都道府県市町村区郡";

/// Compares the departments of a report that has no list of its house.
pub fn check_near_departments(report: &Report, diagnostics: &mut Diagnostics) {
    let mut named: BTreeMap<&str, Vec<&Department>> = BTreeMap::new();
    for department in report.all_programs().flat_map(|program| &program.departments) {
        named.entry(&department.name).or_default().push(department);
    }
    for (name, places) in &named {
        if let Some((section, group)) = two_departments::with_its_group(name) {
            let meant = format!("{section}　{group}");
            places.iter().for_each(|place| diagnostics.push(with_its_group(place, &meant)));
            continue;
        }
        let [alone] = places.as_slice() else { continue };
        let mut near = named.iter().filter(|(other, places)| {
            (places.len() >= COMMON && may_be_misspelt(name, other)) || is_misconverted(name, other)
        });
        let (Some((right, places)), None) = (near.next(), near.next()) else { continue };
        let span = alone.typed.stretch(0..name.len());
        let Some(first) = places.first() else { continue };
        diagnostics.push(
            Diagnostic::new(Code::J050, span, format!("「{name}」は「{right}」の誤りではありませんか。"))
                .help(format!("同じ課なら「{right}」と書いてください。"))
                .or_acknowledge("【事業】", name)
                .related(first.typed.stretch(0..right.len()), format!("{}事業がこう書いています", places.len()))
                .proposal(span, *right),
        );
    }
}

/// 保健衛生課食品衛生グループ
fn with_its_group(department: &Department, meant: &str) -> Diagnostic {
    let name = &department.name;
    let span = department.typed.stretch(0..name.len());
    Diagnostic::new(Code::J050, span, format!("「{name}」は「{meant}」の誤りではありませんか。"))
        .help(format!("課とグループの間に空白を入れて「{meant}」と書いてください。"))
        .or_acknowledge("【事業】", name)
        .proposal(span, meant)
}

/// Whether two names differ in one character, or in marks alone. 第一課 and 第二課, 北部 and 南部 are two.
fn may_be_misspelt(name: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !MARKS.contains(c)).collect::<Vec<char>>();
    let (one, two) = (bare(name), bare(other));
    if one.len() < SHORTEST || two.len() < SHORTEST {
        return false;
    }
    let (left, right) = differing(&one, &two);
    match (left.as_slice(), right.as_slice()) {
        ([], []) => true,
        ([a], [b]) => {
            let is_number = |c: char| digit(c).is_some() || c.is_ascii_alphanumeric();
            let are_both = |of: &dyn Fn(char) -> bool| of(*a) && of(*b);
            !is_series(&left, &right) && !are_both(&is_number) && !are_both(&|c| HOUSES.contains(c))
        }
        _ => false,
    }
}

/// 地域産業科 beside 地域産業課: an input method offers both, and a house has one. One program with the other name is enough.
fn is_misconverted(name: &str, other: &str) -> bool {
    let stem = name.strip_suffix('科').filter(|stem| !stem.is_empty());
    stem.is_some_and(|stem| other.strip_suffix('課') == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_is_a_slip_and_a_series_is_none() {
        for (one, two) in [
            ("労政・能力開拓課", "労政・能力開発課"),
            ("保険衛生課", "保健衛生課"),
            ("労政能力開発課", "労政・能力開発課"),
        ] {
            assert!(may_be_misspelt(one, two), "{one}");
        }
        for (one, two) in [
            ("北部農林事務所", "南部農林事務所"),
            ("第一技術管理課", "第二技術管理課"),
            ("農政課", "林政課"),
            ("市民生活課", "県民生活課"),
            ("商工政策課", "商業振興課"),
            ("観光交流推進課", "観光推進課"),
        ] {
            assert!(!may_be_misspelt(one, two), "{one}");
        }
    }

    #[test]
    fn the_other_sign_of_one_sound() {
        assert!(is_misconverted("地域産業科", "地域産業課"));
        assert!(is_misconverted("農政科", "農政課"));
        assert!(!is_misconverted("地域産業課", "地域産業科"));
        assert!(!is_misconverted("畜産科", "農政課"));
    }
}
