//! The conditional formats of a sheet of a .xls. They stand behind the cells that they are for.

use super::comparison::Comparison;
use super::conditional::{Condition, Constant, Effect, Rule, Sign};
use super::grid::Region;
use super::sheet::{Sheet, place};
use super::xls_records::{Record, double, record, short};
use super::xls_text::{short_text, text};

pub(super) fn read_rules(records: &[Record], format: impl Fn(u16) -> Option<String>, sheet: &mut Sheet) {
    let mut regions = Vec::new();
    for record in records {
        let rule = match record.kind {
            record::CONDITIONS => {
                regions = regions_of(record, 12);
                continue;
            }
            // Those of newer programs begin with a head of twelve bytes.
            record::NEW_CONDITIONS => {
                regions = regions_of(record, 24);
                continue;
            }
            record::CONDITION => (condition(record.data()), effect(record.data(), 6, &format)),
            record::NEW_CONDITION => (None, effect(record.data(), 22, &format)),
            _ => continue,
        };
        let named: Vec<String> = regions.iter().map(name).collect();
        let (condition, effect) = (rule.0, rule.1.unwrap_or_default());
        // In this kind of file the first that holds is the only one.
        let stops = record.kind == record::CONDITION;
        // What a format of another kind does is not known; such are scales of colours.
        let colours = effect.colours || record.kind == record::NEW_CONDITION;
        let effect = Effect { colours, ..effect };
        sheet.rules.add(Rule { place: named.join("、"), regions: regions.clone(), condition, effect, stops });
    }
}

fn name(region: &Region) -> String {
    let (first, last) = (place((region.top, region.left)), place((region.bottom, region.right)));
    if first == last { first } else { format!("{first}:{last}") }
}

fn regions_of(record: &Record, at: usize) -> Vec<Region> {
    let count = usize::from(record.short(at).unwrap_or(0));
    let one = |index: usize| {
        let edge = |edge: usize| record.short(at + 2 + index * 8 + edge).map(u32::from);
        Some(Region { top: edge(0)?, bottom: edge(2)?, left: edge(4)?, right: edge(6)? })
    };
    (0..count).map_while(one).collect()
}

/// What the format at a place of a record does; its parts stand one after the other where its marks name them.
fn effect(data: &[u8], at: usize, format: &impl Fn(u16) -> Option<String>) -> Option<Effect> {
    const HAS_FORMAT: u16 = 0x0200;
    const HAS_FONT: u16 = 0x0400;
    const HAS_FILL: u16 = 0x2000;
    const STRUCK: u16 = 0x80;
    let marks = short(data, at + 2)?;
    let mut effect = Effect { colours: marks & (HAS_FONT | HAS_FILL) > 0, ..Effect::default() };
    let mut at = at + 6;
    if marks & HAS_FORMAT > 0 {
        let is_written = short(data, at - 2)? & 1 > 0;
        if is_written {
            effect.format = text(&[data.get(at..)?], 2);
            at += usize::from(short(data, at)?);
        } else {
            effect.format = format(short(data, at)? >> 8);
            at += 2;
        }
    }
    if marks & HAS_FONT > 0 {
        // A mark that is set behind the font says that its line is nobody's wish.
        effect.struck = short(data, at + 68)? & STRUCK > 0 && short(data, at + 88)? & STRUCK == 0;
        let colour = (short(data, at + 80)?, short(data, at + 82)?);
        effect.is_white = matches!(colour, (1 | 9, 0)) && marks & HAS_FILL == 0;
    }
    Some(effect)
}

fn condition(data: &[u8]) -> Condition {
    let (kind, sign) = short(data, 0).map(|word| (word & 0xff, word >> 8))?;
    let sign = match sign {
        1 => Sign::Between,
        2 => Sign::Outside,
        3 => Sign::Is(Comparison::Equal),
        4 => Sign::Is(Comparison::Unequal),
        5 => Sign::Is(Comparison::More),
        6 => Sign::Is(Comparison::Less),
        7 => Sign::Is(Comparison::AtLeast),
        8 => Sign::Is(Comparison::AtMost),
        _ => return None,
    };
    let (first, second) = (usize::from(short(data, 2)?), usize::from(short(data, 4)?));
    let start = data.len().checked_sub(first + second)?;
    let mut constants = vec![constant(data.get(start..start + first)?)?];
    if second > 0 {
        constants.push(constant(data.get(start + first..)?)?);
    }
    (kind == 1).then_some((sign, constants))
}

/// A formula that is one figure or one word.
fn constant(formula: &[u8]) -> Option<Constant> {
    const MINUS: u8 = 0x13;
    const WORD: u8 = 0x17;
    const SHORT: u8 = 0x1e;
    const DOUBLE: u8 = 0x1f;
    let (formula, turns) = match formula {
        [inner @ .., MINUS] if matches!((inner.first(), inner.len()), (Some(&SHORT), 3) | (Some(&DOUBLE), 9)) => {
            (inner, -1.0)
        }
        formula => (formula, 1.0),
    };
    match formula {
        [SHORT, low, high] => Some(Constant::Figure(turns * f64::from(u16::from_le_bytes([*low, *high])))),
        [DOUBLE, rest @ ..] if rest.len() == 8 => Some(Constant::Figure(turns * double(rest, 0)?)),
        [WORD, length, is_wide, letters @ ..] => {
            let bytes = usize::from(*length) << (is_wide & 1);
            (letters.len() == bytes).then(|| short_text(formula, 1)).flatten().map(Constant::Word)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_format_lie_where_its_marks_say() {
        let none = |_: u16| None;
        let mut font = vec![0; 118];
        font[68] = 0x80;
        font[80] = 9;
        let written = [&[0, 0, 0, 0x06, 1, 0][..], &[8, 0, 3, 0, 0], b";;;", &font].concat();
        let expected = Effect {
            format: Some(";;;".to_string()),
            struck: true,
            is_white: true,
            colours: true,
            ..Effect::default()
        };
        assert_eq!(effect(&written, 0, &none), Some(expected));
        let numbered = [0, 0, 0, 0x02, 0, 0, 0, 9];
        let known = |id: u16| (id == 9).then(|| "0%".to_string());
        assert_eq!(effect(&numbered, 0, &known).and_then(|effect| effect.format), Some("0%".to_string()));
        let rule = |tail: &[u8]| condition(&[&[1, 5, u8::try_from(tail.len()).unwrap(), 0, 0, 0][..], tail].concat());
        assert_eq!(rule(&[0x1e, 100, 0]), Some((Sign::Is(Comparison::More), vec![Constant::Figure(100.0)])));
        assert_eq!(rule(&[0x1e, 100, 0, 0x13]), Some((Sign::Is(Comparison::More), vec![Constant::Figure(-100.0)])));
        assert_eq!(
            rule(&[0x17, 1, 1, 0x2d, 0x4e]),
            Some((Sign::Is(Comparison::More), vec![Constant::Word("中".to_string())]))
        );
        assert_eq!(rule(&[0x44, 0, 0, 0, 0]), None);
    }
}
