//! Which typed cells of a declared table are wrong, where several do not agree: one cause is one cell.

use rust_decimal::{Decimal, RoundingStrategy};

use super::unit::is_same;
use crate::model::{Cell, Computation, Computed, Indicator, Value};
use crate::syntax::chars::is_no_value;

/// Row and column of a cell.
type Place = (usize, usize);

/// More cells that disagree are told in their order.
const MOST: usize = 40;

/// A typed cell that is not what the form makes of the others.
pub(super) struct WrongCell {
    pub(super) place: Place,
    pub(super) cell: Cell,
    pub(super) computation: Computation,
    /// What the others make; `None` is —
    pub(super) computed: Option<Decimal>,
    pub(super) unit: String,
    /// Off by no more than rounded parts may be
    pub(super) may_be_rounded: bool,
    /// Of a cell that is computed from nothing: the figure with which all sums of it hold
    pub(super) right: Option<Decimal>,
}

/// The wrong cells of a table, each told once: what follows from a cell that is told is not told again.
pub(super) fn wrong_cells(table: &Indicator) -> Vec<WrongCell> {
    let found = disagreeing(table);
    if found.len() < 2 {
        return found;
    }
    match one_cause(table, &found) {
        Some(cause) => vec![cause],
        None => found,
    }
}

fn disagreeing(table: &Indicator) -> Vec<WrongCell> {
    let typed = typed_places(table);
    if typed.iter().all(|place| is_right_in(table, table, *place)) {
        return Vec::new();
    }
    let mut bare = without_typed(table, &typed);
    let mut wrong: Vec<Place> = typed.into_iter().filter(|place| !is_right_in(&bare, table, *place)).collect();
    let mut found = Vec::new();
    while let Some(next) = lowest(&bare, table, &wrong) {
        found.extend(wrong_cell(&bare, table, next));
        restore(&mut bare, table, next);
        wrong.retain(|place| *place != next && !is_right_in(&bare, table, *place));
    }
    found
}

/// Typed cells that the form computes all the same.
fn typed_places(table: &Indicator) -> Vec<Place> {
    let places =
        table.rows.iter().enumerate().flat_map(|(row, own)| (0..own.values.len()).map(move |column| (row, column)));
    places.filter(|place| own_cell(table, *place).is_some() && table.computed(place.0, place.1).is_some()).collect()
}

fn own_cell(table: &Indicator, (row, column): Place) -> Option<&Cell> {
    match table.rows.get(row)?.values.get(column)? {
        Value::Own(cell) => Some(cell),
        Value::Shared { .. } | Value::Computed(_) | Value::Hole(_) => None,
    }
}

/// The table with its computed cells open, but for those of which nothing can be computed.
fn without_typed(table: &Indicator, typed: &[Place]) -> Indicator {
    let mut bare = table.clone();
    for place in typed {
        if let (Some(slot), Some(cell)) = (slot(&mut bare, *place), own_cell(table, *place)) {
            *slot = Value::Computed(Cell { span: cell.span, lines: Vec::new(), quantities: Vec::new() });
        }
    }
    let mut left: Vec<Place> = typed.to_vec();
    loop {
        let unknown: Vec<Place> = left.iter().copied().filter(|place| figure(&bare, *place).is_none()).collect();
        if unknown.is_empty() {
            return bare;
        }
        unknown.iter().for_each(|place| restore(&mut bare, table, *place));
        left.retain(|place| !unknown.contains(place));
    }
}

fn slot(table: &mut Indicator, (row, column): Place) -> Option<&mut Value> {
    table.rows.get_mut(row)?.values.get_mut(column)
}

fn restore(bare: &mut Indicator, table: &Indicator, place: Place) {
    if let (Some(slot), Some(cell)) = (slot(bare, place), own_cell(table, place)) {
        *slot = Value::Own(cell.clone());
    }
}

/// What the form makes of a cell, as a figure.
fn figure(table: &Indicator, (row, column): Place) -> Option<Decimal> {
    match table.computed(row, column)?.1 {
        Computed::Rate(number) | Computed::Amount(number, _) | Computed::Figure(number, _) => number,
        Computed::Open | Computed::Hole => None,
    }
}

fn is_right_in(bare: &Indicator, table: &Indicator, place: Place) -> bool {
    let computed = bare.computed(place.0, place.1);
    own_cell(table, place).zip(computed).is_none_or(|(cell, computed)| is_right(cell, &computed))
}

/// The first of the wrong cells that depends on no other of them.
fn lowest(bare: &Indicator, table: &Indicator, wrong: &[Place]) -> Option<Place> {
    let depends = |one: Place, other: Place| {
        let mut with_typed = bare.clone();
        restore(&mut with_typed, table, other);
        with_typed.computed(one.0, one.1) != bare.computed(one.0, one.1)
    };
    let is_lowest = |one: &&Place| wrong.iter().all(|other| other == *one || !depends(**one, *other));
    let found = if wrong.len() > MOST { None } else { wrong.iter().find(is_lowest) };
    found.or(wrong.first()).copied()
}

fn wrong_cell(bare: &Indicator, table: &Indicator, place: Place) -> Option<WrongCell> {
    let cell = own_cell(table, place)?.clone();
    let (computation, computed) = bare.computed(place.0, place.1)?;
    let (computed, unit) = match computed {
        Computed::Rate(number) => (number, "％".to_string()),
        Computed::Amount(number, unit) | Computed::Figure(number, unit) => (number, unit),
        Computed::Open | Computed::Hole => return None,
    };
    let off = cell.only_figure().zip(computed).map(|(typed, number)| (typed.number - number).abs());
    let most = Decimal::from(table.rows.len().clamp(2, 5));
    let may_be_rounded = computation != Computation::Rate
        && matches!(unit.as_str(), "千円" | "百万円")
        && off.is_some_and(|off| off < most);
    Some(WrongCell { place, cell, computation, computed, unit, may_be_rounded, right: None })
}

/// The one typed cell that makes all of them wrong, proved by correcting it by what one of their sums is off.
fn one_cause(table: &Indicator, found: &[WrongCell]) -> Option<WrongCell> {
    let is_sum = |wrong: &&WrongCell| wrong.computation != Computation::Rate;
    let off = |wrong: &WrongCell| Some(wrong.cell.only_figure()?.number - wrong.computed?);
    let one = found.iter().find(is_sum).filter(|_| found.len() <= MOST)?;
    let missing = off(one)?;
    let is_input = |place: &Place| {
        own_cell(table, *place).is_some_and(|cell| cell.only_figure().is_some())
            && table.computed(place.0, place.1).is_none()
    };
    // First where the row of one sum meets the column of another.
    let meets = |place: &Place| {
        let is_in = |wrong: &WrongCell| (wrong.place.0 == place.0) != (wrong.place.1 == place.1);
        std::cmp::Reverse(found.iter().filter(|wrong| is_in(wrong)).count())
    };
    let row = (0..table.rows.get(one.place.0)?.values.len()).map(|column| (one.place.0, column));
    let column = (0..table.rows.len()).map(|row| (row, one.place.1));
    let mut places: Vec<Place> = row.chain(column).filter(is_input).collect();
    places.sort_by_key(meets);
    let mut candidates = places.into_iter().flat_map(|place| [(place, missing), (place, -missing)]);
    candidates.find_map(|(place, missing)| {
        let cell = own_cell(table, place)?;
        let right = cell.only_figure()?.number + missing;
        let mut mended = table.clone();
        let Some(Value::Own(slot)) = slot(&mut mended, place) else { return None };
        slot.quantities.iter_mut().for_each(|quantity| quantity.number = right);
        let holds = found.iter().all(|wrong| is_right_in(&mended, &mended, wrong.place));
        (holds && disagreeing(&mended).is_empty()).then(|| WrongCell {
            place,
            cell: cell.clone(),
            computation: Computation::Sum,
            computed: None,
            unit: one.unit.clone(),
            may_be_rounded: false,
            right: Some(right),
        })
    })
}

/// Whether a typed cell says what the form makes of the others.
fn is_right(cell: &Cell, (computation, computed): &(Computation, Computed)) -> bool {
    let (number, unit) = match computed {
        Computed::Hole | Computed::Open => return true,
        Computed::Rate(number) => (*number, "％"),
        Computed::Amount(number, unit) | Computed::Figure(number, unit) => (*number, unit.as_str()),
    };
    let typed = cell.only_figure().map(|figure| (figure.number, figure.unit.as_str()));
    let is_none = matches!(cell.lines.as_slice(), [line] if is_no_value(&line.value));
    match (typed, number) {
        (Some((typed, own)), Some(number)) => is_same_figure(typed, number, *computation) && is_same_unit(own, unit),
        // 皆増 where there is no rate
        (None, None) => is_none || (*computation == Computation::Rate && cell.quantities.is_empty()),
        // Of nothing but — a 0 is right too, and of parts that nobody knows every whole is.
        (Some((typed, _)), None) => {
            *computation == Computation::Parts || (typed.is_zero() && *computation == Computation::Sum)
        }
        (None, Some(number)) => is_none && number.is_zero(),
    }
}

/// A rate may be typed without its decimal.
fn is_same_figure(typed: Decimal, computed: Decimal, computation: Computation) -> bool {
    let is_whole = computation == Computation::Rate && typed.scale() == 0;
    let rounded = |number: Decimal| number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    typed == computed || (is_whole && typed == rounded(computed))
}

fn is_same_unit(typed: &str, computed: &str) -> bool {
    typed.is_empty() || is_same(typed, computed)
}
