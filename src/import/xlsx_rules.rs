//! The conditional formats of a sheet of a .xlsx, and what their formats do.

use super::comparison::Comparison;
use super::conditional::{Condition, Constant, Effect, Rule, Sign};
use super::grid::Region;
use super::package::Fault;
use super::sheet::{Sheet, region};
use super::xml::{Node, Tag, Xml, is_true};

/// What a format does, of a `dxf` that was just opened.
pub(super) fn effect(xml: &mut Xml) -> Result<Effect, Fault> {
    let (mut effect, mut depth, mut is_filled) = (Effect::default(), 1, false);
    while depth > 0 {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) => {
                depth += 1;
                match tag.name.as_str() {
                    "numFmt" => effect.format = tag.get("formatCode").map(str::to_string),
                    "strike" => effect.struck = tag.get("val").is_none_or(is_true),
                    // Inside a fill the colours have other names.
                    "color" if depth == 3 && !is_filled => {
                        effect.is_white |= is_white(&tag);
                        effect.colours = true;
                    }
                    "fill" => (is_filled, effect.colours) = (true, true),
                    "border" => {
                        xml.skip()?;
                        depth -= 1;
                    }
                    _ => {}
                }
            }
            Node::Close(_) => depth -= 1,
            Node::Text(_) => {}
        }
    }
    // White on a colour is seen.
    effect.is_white &= !is_filled;
    Ok(effect)
}

fn is_white(colour: &Tag) -> bool {
    let is_full = colour.get("rgb").is_some_and(|rgb| rgb.to_ascii_uppercase().ends_with("FFFFFF"));
    let is_first = colour.get("theme") == Some("0") && colour.get("tint").is_none();
    is_full || is_first || matches!(colour.get("indexed"), Some("1" | "9"))
}

/// They stand behind the cells that they are for.
pub(super) fn read_rules(xml: &str, effects: &[Effect], sheet: &mut Sheet) -> Result<(), Fault> {
    if !xml.contains("conditionalFormatting") {
        return Ok(());
    }
    let mut xml = Xml::new(xml);
    let mut rules = Vec::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.name == "conditionalFormatting" => read_format(&mut xml, &tag, effects, &mut rules)?,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    rules.sort_by_key(|(rank, _)| *rank);
    rules.into_iter().for_each(|(_, rule)| sheet.rules.add(rule));
    Ok(())
}

/// The rules for one place. Newer ones name it behind them, and hold their formats themselves.
fn read_format(xml: &mut Xml, tag: &Tag, effects: &[Effect], all: &mut Vec<(i64, Rule)>) -> Result<(), Fault> {
    let mut place = tag.get("sqref").unwrap_or_default().to_string();
    let mut rules = Vec::new();
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(tag) if tag.name == "cfRule" => rules.push(read_rule(xml, &tag, effects)?),
            Node::Open(tag) if tag.name == "sqref" => place = xml.text()?,
            Node::Close(name) if name == "conditionalFormatting" => break,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    // A place that is written otherwise may be any.
    let everywhere = Region { top: 0, left: 0, bottom: u32::MAX, right: u32::MAX };
    let regions: Vec<_> = place.split_whitespace().map(|place| region(place).unwrap_or(everywhere)).collect();
    let placed = |(rank, rule): (i64, Rule)| {
        let place = place.split_whitespace().collect::<Vec<_>>().join("、");
        (rank, Rule { place, regions: regions.clone(), ..rule })
    };
    all.extend(rules.into_iter().map(placed));
    Ok(())
}

fn read_rule(xml: &mut Xml, tag: &Tag, effects: &[Effect]) -> Result<(i64, Rule), Fault> {
    let own = tag.number::<usize>("dxfId").and_then(|id| effects.get(id)).cloned();
    let (mut effect, mut formulas) = (own.unwrap_or_default(), Vec::new());
    loop {
        match xml.next()?.ok_or(Fault::Damaged)? {
            Node::Open(inner) => match inner.name.as_str() {
                "formula" | "f" => formulas.push(xml.text()?),
                "dxf" => effect = self::effect(xml)?,
                "colorScale" => effect.colours = true,
                "iconSet" | "dataBar" => {
                    effect.covers |= inner.get("showValue").is_some_and(|value| !is_true(value));
                    effect.colours |= inner.name == "dataBar";
                }
                _ => {}
            },
            Node::Close(name) if name == "cfRule" => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    let rank = tag.number("priority").unwrap_or(i64::MAX);
    let (condition, stops) = (condition(tag, &formulas), tag.is_set("stopIfTrue"));
    Ok((rank, Rule { place: String::new(), regions: Vec::new(), condition, effect, stops }))
}

fn condition(tag: &Tag, formulas: &[String]) -> Condition {
    let word = |sign| Some((sign, vec![Constant::Word(tag.get("text")?.to_string())]));
    match tag.get("type")? {
        "containsText" => word(Sign::Holds),
        "notContainsText" => word(Sign::HoldsNot),
        "beginsWith" => word(Sign::Begins),
        "endsWith" => word(Sign::Ends),
        "cellIs" => {
            let sign = match tag.get("operator")? {
                "lessThan" => Sign::Is(Comparison::Less),
                "lessThanOrEqual" => Sign::Is(Comparison::AtMost),
                "equal" => Sign::Is(Comparison::Equal),
                "notEqual" => Sign::Is(Comparison::Unequal),
                "greaterThanOrEqual" => Sign::Is(Comparison::AtLeast),
                "greaterThan" => Sign::Is(Comparison::More),
                "between" => Sign::Between,
                "notBetween" => Sign::Outside,
                _ => return None,
            };
            let constants: Option<Vec<Constant>> = formulas.iter().map(|formula| Constant::parse(formula)).collect();
            constants.filter(|constants| !constants.is_empty()).map(|constants| (sign, constants))
        }
        _ => None,
    }
}
