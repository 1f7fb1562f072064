//! What the styles of a .ods do to their texts and sheets.

use std::collections::BTreeMap;

use super::colour::{Colour, Ground};
use super::comparison::Comparison;
use super::conditional::{Condition, Constant, Effect, Rule, Rules, Sign, Value};
use super::grid::Region;
use super::minus::minus_of_shown;
use super::package::Fault;
use super::runs::Run;
use super::xml::{Node, Tag, Xml};

/// What a style does to its text, or to its sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    font: Run,
    parent: Option<String>,
    pub(super) hides: bool,
    /// The format of its numbers
    format: Option<String>,
    ground: Option<Ground>,
    /// Conditions and the styles that they bring
    maps: Vec<(String, String)>,
}

pub(super) type Looks = BTreeMap<String, Look>;

/// The styles of cells that name none: their row's, otherwise their column's.
#[derive(Default)]
pub(super) struct Defaults {
    pub(super) row: Option<String>,
    /// With the column behind the last
    pub(super) columns: Vec<(u32, Option<String>)>,
}

impl Defaults {
    pub(super) fn at(&self, column: u32) -> Option<&str> {
        let of_column = || self.columns.iter().find(|(end, _)| column < *end).and_then(|(_, style)| style.as_deref());
        self.row.as_deref().or_else(of_column)
    }
}

pub(super) fn read_looks(xml: &str, looks: &mut Looks) -> Result<(), Fault> {
    let mut xml = Xml::new(xml);
    let mut name = String::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name.as_str() {
            "body" => return Ok(()),
            "style" => {
                name = tag.get("name").unwrap_or_default().to_string();
                let parent = tag.get("parent-style-name").map(str::to_string);
                let format = tag.get("data-style-name").map(str::to_string);
                looks.insert(name.clone(), Look { parent, format, ..Look::default() });
            }
            // Formats of numbers have colours and conditions of their own.
            other if other.ends_with("-style") => {
                name = format_key(tag.get("name").unwrap_or_default());
                looks.insert(name.clone(), Look::default());
            }
            other => {
                if let Some(look) = looks.get_mut(&name) {
                    look.read(other, &tag);
                }
            }
        }
    }
    Ok(())
}

impl Look {
    /// What a part of a style says.
    fn read(&mut self, name: &str, tag: &Tag) {
        match name {
            "map" => {
                if let Some((condition, style)) = tag.get("condition").zip(tag.get("apply-style-name")) {
                    self.maps.push((condition.to_string(), style.to_string()));
                }
            }
            "table-cell-properties" => {
                let colour = tag.get("background-color").filter(|colour| *colour != "transparent");
                self.ground = colour.map(|colour| Colour::parse(colour).map_or(Ground::Unknown, Ground::Of));
            }
            "table-properties" => self.hides = tag.get("display") == Some("false"),
            "text-properties" => {
                let lines = [tag.get("text-line-through-style"), tag.get("text-line-through-type")];
                // An empty word for none, as Excel writes it
                self.font.struck = lines.into_iter().flatten().any(|line| !matches!(line, "none" | ""));
                let by_itself = tag.get("use-window-font-color") == Some("true");
                self.font.ink = if by_itself { Some(Colour::OWN) } else { tag.get("color").and_then(Colour::parse) };
                self.font.own = lines.iter().any(Option::is_some);
                let position = tag.get("text-position").unwrap_or_default();
                self.font.raised = position.starts_with("super") || starts_with_figure(position, |height| height > 0.0);
                self.font.lowered = position.starts_with("sub") || starts_with_figure(position, |height| height < 0.0);
            }
            _ => {}
        }
    }
}

/// `33% 58%`
fn starts_with_figure(position: &str, is: impl Fn(f64) -> bool) -> bool {
    position.split('%').next().and_then(|height| height.trim().parse().ok()).is_some_and(is)
}

/// A style's font, with its parents'; a circle of parents has an end.
pub(super) fn font(looks: &Looks, name: Option<&str>) -> Run {
    let mut font = Run::default();
    for look in with_parents(looks, name) {
        font.raised |= look.font.raised;
        font.lowered |= look.font.lowered;
        if !font.own {
            font.struck = look.font.struck;
            font.own = look.font.own;
        }
        font.ink = font.ink.or(look.font.ink);
    }
    font
}

/// What lies below a style's letters
pub(super) fn ground(looks: &Looks, name: Option<&str>) -> Ground {
    with_parents(looks, name).find_map(|look| look.ground).unwrap_or_default()
}

/// Formats of numbers may have the names of styles.
fn format_key(name: &str) -> String {
    format!("#{name}")
}

/// The colour that the format of a style gives a figure
pub(super) fn format_ink(looks: &Looks, name: Option<&str>, figure: f64) -> Option<Colour> {
    let look = |name: &str| looks.get(&format_key(name));
    let own = look(with_parents(looks, name).find_map(|look| look.format.as_ref())?)?;
    let holds = |written: &str| {
        let (sign, constants) = condition(written)?;
        sign.holds(Value::Figure(figure), &constants)
    };
    let other = own.maps.iter().find(|(written, _)| holds(written) == Some(true));
    other.map_or(Some(own), |(_, other)| look(other))?.font.ink
}

/// What a figure below nought has lost of its sign; `None` where nothing tells what it is.
pub(super) fn sign(looks: &Looks, name: Option<&str>, figure: Option<f64>, shown: &str) -> Option<&'static str> {
    match figure.filter(|figure| *figure < 0.0) {
        Some(figure) => {
            let ink = |figure: f64| format_ink(looks, name, figure);
            minus_of_shown(shown, ink(figure) != ink(-figure))
        }
        None => Some(""),
    }
}

fn with_parents<'a>(looks: &'a Looks, name: Option<&str>) -> impl Iterator<Item = &'a Look> {
    let first = name.and_then(|name| looks.get(name));
    std::iter::successors(first, |look| look.parent.as_ref().and_then(|parent| looks.get(parent))).take(10)
}

/// The conditions of a style, for any place.
pub(super) fn rules(looks: &Looks, name: &str) -> Rules {
    let mut rules = Rules::default();
    for (written, style) in looks.get(name).iter().flat_map(|look| &look.maps) {
        let Some(look) = looks.get(style) else { continue };
        let effect = Effect {
            struck: font(looks, Some(style)).struck,
            is_white: look.font.ink == Some(Colour::WHITE) && look.ground.is_none(),
            reshapes: look.format.as_ref().is_some_and(|format| format != "N0"),
            colours: look.font.ink.is_some() || look.ground.is_some(),
            ..Effect::default()
        };
        let regions = vec![Region { top: 0, left: 0, bottom: u32::MAX, right: u32::MAX }];
        rules.add(Rule { place: String::new(), regions, condition: condition(written), effect, stops: true });
    }
    rules
}

/// `cell-content()>=12`, `cell-content-is-between(1,5)`, and of a format `value()>=0`; a formula is not worked out.
fn condition(written: &str) -> Condition {
    let pair = |rest: &str| {
        let (first, second) = rest.strip_suffix(')')?.split_once(',')?;
        Some(vec![Constant::parse(first)?, Constant::parse(second)?])
    };
    if let Some(rest) = written.strip_prefix("cell-content-is-between(") {
        return Some((Sign::Between, pair(rest)?));
    }
    if let Some(rest) = written.strip_prefix("cell-content-is-not-between(") {
        return Some((Sign::Outside, pair(rest)?));
    }
    let signs = [
        ("<=", Sign::Is(Comparison::AtMost)),
        (">=", Sign::Is(Comparison::AtLeast)),
        ("!=", Sign::Is(Comparison::Unequal)),
        ("<", Sign::Is(Comparison::Less)),
        (">", Sign::Is(Comparison::More)),
        ("=", Sign::Is(Comparison::Equal)),
    ];
    let rest = written.strip_prefix("cell-content()").or(written.strip_prefix("value()"))?;
    let (mark, sign) = signs.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    Some((sign, vec![Constant::parse(rest.strip_prefix(mark)?)?]))
}

/// Whether a sheet hides noughts, by its name; the empty name is for those that do not say it.
pub(super) fn read_zeros(settings: &str) -> Result<BTreeMap<String, bool>, Fault> {
    let mut xml = Xml::new(settings);
    let (mut hides, mut sheet) = (BTreeMap::new(), String::new());
    // The list of sheets lies inside that of views.
    let mut is_sheet = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.name == "config-item-map-named" => is_sheet = tag.get("name") == Some("Tables"),
            Node::Open(tag) if tag.name == "config-item-map-entry" => {
                sheet = tag.get("name").filter(|_| is_sheet).unwrap_or_default().to_string();
            }
            Node::Close(name) if name == "config-item-map-named" => (is_sheet, sheet) = (false, String::new()),
            Node::Open(tag) if tag.name == "config-item" && tag.get("name") == Some("ShowZeroValues") => {
                hides.insert(sheet.clone(), xml.text()?.trim() == "false");
            }
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(hides)
}
