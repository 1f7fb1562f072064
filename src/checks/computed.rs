//! J072: a rate or a difference that was typed and is not what its own table gives: 目標・実績・達成率, 予算額・決算額・執行率, and
//! two years beside 増減.
//!
//! A rate is right when any reading of it is: rounded, cut off or raised at its last place, of figures that were themselves
//! rounded, and where less is better.

use rust_decimal::Decimal;

use super::computed_kinds::{ColumnKind, Share, kind_of};
use super::figures::{Figure, bare, figure, head_of, is_ordinary};
use super::rate_bases::{self, RateOf};
use super::rates::{is_difference_of, is_from_base, is_rate_of, rate, shown_rate};
use super::rows::label_of;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{
    Columns, Context, FiscalYear, Indicator, Program, Row, Value, format_figure, parse_quantities, split_year,
};
use crate::source::Span;
use crate::syntax::chars::is_blank;

pub(super) fn check(program: &Program, context: &Context, diagnostics: &mut Diagnostics) {
    // What the form declares is computed exactly: `declared_sums`.
    for table in program.tables().filter(|table| table.declared.is_none()) {
        if let Columns::Own(columns) = &table.columns {
            for column in 0..columns.len() {
                check_column(table, column, context.fiscal_year, diagnostics);
            }
        }
        check_rows(table, context.fiscal_year, diagnostics);
    }
}

/// A computed column beside those left of it.
fn check_column(table: &Indicator, column: usize, year: Option<FiscalYear>, diagnostics: &mut Diagnostics) {
    let head = head_of(table, column);
    let Some((kind, _)) = kind_of(&head) else {
        check_share(table, column, &head, diagnostics);
        return;
    };
    if names_its_base(&head, kind) {
        return;
    }
    let Some([mut wholes, parts]) = sources(table, column, kind) else { return };
    if kind == ColumnKind::Achievement {
        let result = parts.first().map(|part| head_of(table, *part)).unwrap_or_default();
        wholes.retain(|goal| !rate_bases::is_of_another_year(&head_of(table, *goal), &result, year));
    }
    for row in &table.rows {
        // The first is the nearest: its figures are shown.
        let pairs: Vec<(Figure, Figure)> = parts
            .iter()
            .flat_map(|part| wholes.iter().map(move |whole| (*whole, *part)))
            .filter_map(|(whole, part)| Some((figure(table, row, whole)?, figure(table, row, part)?)))
            .collect();
        let bases = of_kind(table, 0..column, ColumnKind::Base).filter_map(|base| figure(table, row, base)).collect();
        let Some(carried) = carried_over(table, row) else { continue };
        let others = kind.rate_of().map(|rate| rate_bases::in_columns(table, row, rate)).unwrap_or_default();
        check_typed(row, column, kind, &head, &ColumnSources { pairs, others, bases, carried }, diagnostics);
    }
}

/// 修了率 beside 受講者数 and 修了者数.
fn check_share(table: &Indicator, column: usize, head: &str, diagnostics: &mut Diagnostics) {
    let Some(share) = share_named(head) else { return };
    let heads: Vec<String> = (0..table.columns.count()).map(|other| bare(&head_of(table, other))).collect();
    let Some((whole, part)) = share.places(&heads) else { return };
    for row in &table.rows {
        let pair = figure(table, row, whole).zip(figure(table, row, part));
        check_share_of(pair, (row, column), head, diagnostics);
    }
}

fn share_named(name: &str) -> Option<Share> {
    Share::of(&bare(name)).filter(|_| !names_its_base(name, ColumnKind::Execution))
}

/// A share is a rate without any other way to compute it.
fn check_share_of(
    pair: Option<(Figure<'_>, Figure<'_>)>,
    (row, column): (&Row, usize),
    name: &str,
    diagnostics: &mut Diagnostics,
) {
    let sources = ColumnSources { pairs: pair.into_iter().collect(), ..ColumnSources::default() };
    check_typed(row, column, ColumnKind::Execution, name, &sources, diagnostics);
}

/// What goes on into the next year, which is neither spent nor left; `None` where only a note speaks of it.
fn carried_over(table: &Indicator, row: &Row) -> Option<Decimal> {
    let Columns::Own(columns) = &table.columns else { return Some(Decimal::ZERO) };
    let carried = (0..columns.len()).filter(|column| head_of(table, *column).contains("繰越"));
    let carried: Vec<Decimal> = carried.filter_map(|column| Some(figure(table, row, column)?.number)).collect();
    let is_noted = table.notes.iter().flat_map(|note| &note.lines).any(|line| line.value.contains("繰越"));
    (!carried.is_empty() || !is_noted).then(|| carried.iter().sum())
}

/// 増減（R4比）, 達成率（対最終目標）: a head that says itself what it is held against.
fn names_its_base(head: &str, kind: ColumnKind) -> bool {
    let inner = head.split(['（', '(']).nth(1).unwrap_or_default();
    let names_a_year = inner.contains(|c: char| c.is_numeric() || c == '元');
    match kind {
        ColumnKind::Growth | ColumnKind::Change => names_a_year || inner.contains("基準") || inner.contains("当初"),
        ColumnKind::Achievement | ColumnKind::Execution => inner.contains(['対', '比']) || inner.contains("最終"),
        ColumnKind::Goal
        | ColumnKind::Budget
        | ColumnKind::Base
        | ColumnKind::Result
        | ColumnKind::Spent
        | ColumnKind::Rest => false,
    }
}

/// The columns that a computed one is made from: of the whole, and of what is held against it; each from the nearest on.
fn sources(table: &Indicator, column: usize, kind: ColumnKind) -> Option<[Vec<usize>; 2]> {
    let before = |kind| of_kind(table, 0..column, kind).rev().collect::<Vec<_>>();
    // 達成率 by its plain name may stand in front of what it is made from.
    let is_plain = kind_of(&head_of(table, column)).is_some_and(|(_, stem)| stem.is_empty());
    let behind = |kind| of_kind(table, column + 1..table.columns.count(), kind).collect::<Vec<_>>();
    let pair = |whole, part| match [before(whole), before(part)] {
        found if found.iter().all(Vec::is_empty) && is_plain => [behind(whole), behind(part)],
        found => found,
    };
    let found = match kind {
        ColumnKind::Achievement => {
            let [goals, results] = pair(ColumnKind::Goal, ColumnKind::Result);
            // 目標値｜R6｜達成率: beside a goal a year alone is that year's result.
            let years = || (0..column).rev().filter(|other| is_year(&head_of(table, *other))).collect();
            [goals, if results.is_empty() { years() } else { results }]
        }
        ColumnKind::Execution => pair(ColumnKind::Budget, ColumnKind::Spent),
        ColumnKind::Growth | ColumnKind::Change => years_before(table, column)?,
        ColumnKind::Rest => [
            [before(ColumnKind::Budget), before(ColumnKind::Goal)].concat(),
            [before(ColumnKind::Spent), before(ColumnKind::Result)].concat(),
        ],
        ColumnKind::Goal | ColumnKind::Budget | ColumnKind::Base | ColumnKind::Result | ColumnKind::Spent => {
            return None;
        }
    };
    found.iter().all(|columns| !columns.is_empty()).then_some(found)
}

fn is_year(head: &str) -> bool {
    split_year(&bare(head)).is_some_and(|(_, rest)| rest.is_empty())
}

fn of_kind(
    table: &Indicator,
    columns: std::ops::Range<usize>,
    kind: ColumnKind,
) -> impl DoubleEndedIterator<Item = usize> + '_ {
    columns.filter(move |column| kind_of(&head_of(table, *column)).is_some_and(|(other, _)| other == kind))
}

/// The two columns of years left of 増減, of one kind: 元年度決算額｜2年度決算額. 前年度 is older than 当年度.
fn years_before(table: &Indicator, column: usize) -> Option<[Vec<usize>; 2]> {
    let year = |column: usize| split_year(&bare(&head_of(table, column))).map(|(year, rest)| (column, year, rest));
    let mut years = (0..column).rev().filter_map(year);
    let (now, year_now, kind_now) = years.next()?;
    let (before, year_before, kind_before) = years.next()?;
    let any = crate::model::FiscalYear::new(2020);
    let is_older = year_before.resolve(any) < year_now.resolve(any) || kind_before != kind_now;
    // 当年度｜前年度 is the other way round.
    let is_newer = year_before.resolve(any) > year_now.resolve(any);
    match (kind_before == kind_now, is_older, is_newer) {
        (true, true, _) => Some([vec![before], vec![now]]),
        (true, _, true) => Some([vec![now], vec![before]]),
        _ => None,
    }
}

/// 目標, 実績 and 達成率 as rows below each other, of one group and one name.
fn check_rows(table: &Indicator, year: Option<FiscalYear>, diagnostics: &mut Diagnostics) {
    for (index, row) in table.rows.iter().enumerate() {
        let label = label_of(row);
        let Some((kind, stem)) = kind_of(&label) else {
            check_share_row(table, index, &label, diagnostics);
            continue;
        };
        let Some(rate) = kind.rate_of().filter(|_| !names_its_base(&label, kind)) else { continue };
        let (whole, part) = match rate {
            RateOf::Goal => (ColumnKind::Goal, ColumnKind::Result),
            RateOf::Budget => (ColumnKind::Budget, ColumnKind::Spent),
        };
        let above = table.rows.get(index.saturating_sub(4)..index).unwrap_or(&[]);
        let find = |wanted: ColumnKind, stem: &str| {
            let is = |other: &&Row| {
                let own = kind_of(&label_of(other));
                other.role == row.role && own.is_some_and(|(kind, own)| kind == wanted && own == stem)
            };
            above.iter().rev().find(is)
        };
        // 達成率 alone is of the nearest pair of one name: 参加者数の目標, 参加者数の実績.
        let others = above.iter().rev().filter_map(|other| kind_of(&label_of(other))).map(|(_, own)| own);
        // Of several results of one name nobody knows which is meant.
        let is_only = |own: &String| {
            let results = above.iter().filter(|other| kind_of(&label_of(other)) == Some((part, own.clone())));
            results.count() == 1
        };
        let stems = std::iter::once(stem.clone()).chain(others.filter(|own| stem.is_empty() && is_only(own)));
        let pair = stems.into_iter().find_map(|stem| Some((find(whole, &stem)?, find(part, &stem)?)));
        let Some((whole, part)) = pair else { continue };
        if rate == RateOf::Goal && rate_bases::is_of_another_year(&label_of(whole), &label_of(part), year) {
            continue;
        }
        for column in 0..table.columns.count() {
            let pair = figure(table, whole, column).zip(figure(table, part, column));
            let others = rate_bases::in_rows(table, row, column, rate);
            let sources = ColumnSources { pairs: pair.into_iter().collect(), others, ..ColumnSources::default() };
            check_typed(row, column, kind, &label, &sources, diagnostics);
        }
    }
}

/// 修了率 below 受講者数 and 修了者数.
fn check_share_row(table: &Indicator, index: usize, label: &str, diagnostics: &mut Diagnostics) {
    let (Some(share), Some(row)) = (share_named(label), table.rows.get(index)) else { return };
    let above = table.rows.get(index.saturating_sub(4)..index).unwrap_or(&[]);
    let names: Vec<String> =
        above.iter().map(|other| if other.role == row.role { bare(&label_of(other)) } else { String::new() }).collect();
    let Some((whole, part)) = share.places(&names) else { return };
    let (Some(whole), Some(part)) = (above.get(whole), above.get(part)) else { return };
    for column in 0..table.columns.count() {
        let pair = figure(table, whole, column).zip(figure(table, part, column));
        check_share_of(pair, (row, column), label, diagnostics);
    }
}

#[derive(Default)]
struct ColumnSources<'a> {
    /// Whole, and what is held against it
    pairs: Vec<(Figure<'a>, Figure<'a>)>,
    /// Further wholes that a rate may be of
    others: Vec<Decimal>,
    bases: Vec<Figure<'a>>,
    /// 繰越額
    carried: Decimal,
}

fn check_typed(
    row: &Row,
    column: usize,
    kind: ColumnKind,
    head: &str,
    sources: &ColumnSources,
    diagnostics: &mut Diagnostics,
) {
    let Some(Value::Own(cell)) = row.values.get(column) else { return };
    let Some((typed, unit)) = typed_number(&cell.text()) else { return };
    let is_difference = matches!(kind, ColumnKind::Change | ColumnKind::Rest);
    let pairs: Vec<&(Figure, Figure)> = sources
        .pairs
        .iter()
        .filter(|(whole, part)| {
            let has_rate = whole.number > Decimal::ZERO && part.number >= Decimal::ZERO;
            whole.unit == part.unit && (is_difference || has_rate)
        })
        .collect();
    // Where one pair cannot be read nobody knows which is meant.
    let Some((whole, part)) = pairs.first().filter(|_| pairs.len() == sources.pairs.len()) else { return };
    let is_right = if is_difference {
        let same_unit = unit.is_empty() || super::unit::is_same(&unit, &part.unit);
        !same_unit || pairs.iter().any(|(whole, part)| is_difference_of(typed, whole, part, kind, sources.carried))
    } else {
        // 達成状況｜90 may be a count.
        let is_bare = unit.is_empty() && (!head.contains("状況") || head.contains(['%', '％']));
        let is_rate = (matches!(unit.as_str(), "%" | "％" | "パーセント") || is_bare) && !head.contains('倍');
        !is_rate
            || pairs.iter().any(|(whole, part)| {
                let is_of = |number: &Decimal| {
                    let other = Figure { cell: whole.cell, number: *number, unit: whole.unit.clone() };
                    is_rate_of(typed, other.measure(), part.measure(), kind)
                };
                is_of(&whole.number)
                    || sources.others.iter().any(is_of)
                    || is_from_base(typed, whole, part, &sources.bases)
            })
    };
    if !is_right {
        diagnostics.push(differs(cell.span, &cell.text(), typed.scale(), head, kind, (whole, part, sources.carried)));
    }
}

/// △5.2％, +3: a sign that is no part of a quantity is read too.
fn typed_number(text: &str) -> Option<(Decimal, String)> {
    let text = text.trim_matches(is_blank).trim_start_matches(['+', '＋']);
    match parse_quantities(text).as_slice() {
        [one] if one.prefix.is_none() && is_ordinary(one.number) && !text.contains(['万', '億', '割']) => {
            Some((one.number, one.unit.clone()))
        }
        _ => None,
    }
}

fn differs(
    span: Span,
    shown: &str,
    scale: u32,
    head: &str,
    kind: ColumnKind,
    (whole, part, carried): (&Figure, &Figure, Decimal),
) -> Diagnostic {
    let shown = shown.trim_matches(is_blank);
    let (of, against) = (part.cell.text(), whole.cell.text());
    let name = bare(head);
    if matches!(kind, ColumnKind::Change | ColumnKind::Rest) {
        let difference =
            if kind == ColumnKind::Rest { (part.number - whole.number).abs() } else { part.number - whole.number };
        let in_unit = |number: Decimal| format!("{}{}", format_figure(number), part.unit);
        let right = if kind == ColumnKind::Rest && !carried.is_zero() {
            format!("から繰越額{}を引くと{}", in_unit(carried), in_unit(difference - carried))
        } else {
            format!("は{}", in_unit(difference))
        };
        return Diagnostic::new(Code::J072, span, format!("{name}は{shown}ですが、{against}と{of}の差{right}です。"))
            .help("違っているほうの数を直してください。")
            .severity(Severity::Error)
            .related(part.cell.span, "ここと")
            .related(whole.cell.span, "ここの差です");
    }
    let exact = rate(part.number, whole.number);
    let exact =
        if kind == ColumnKind::Growth && name.contains("増減") { exact - Decimal::ONE_HUNDRED } else { exact };
    let right = shown_rate(exact, scale);
    Diagnostic::new(Code::J072, span, format!("{name}は{shown}ですが、{of}÷{against}を計算すると{right}％です。"))
        .help("率か、もとの数の、違っているほうを直してください。")
        .or_acknowledge("【事業】", shown)
        .related(part.cell.span, "この数を")
        .related(whole.cell.span, "この数で割りました")
}
