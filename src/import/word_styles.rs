//! How Word shows a run of characters: struck through, hidden, raised or lowered, in which colours, by itself or by the styles of its
//! characters, its paragraph and its table.

use std::collections::BTreeMap;

use super::colour::{Colour, Ground};
use super::superscripts::Level;
use super::word_colours::{ink, marker, shading};
use super::word_xml::WordElement;
use crate::xml::Element;

/// Styles that are based on each other in a ring end here.
const MOST_STEPS: usize = 20;
/// Half points. Less is a line put straight by hand.
const RAISED_BY: i32 = 4;

#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    styles: BTreeMap<&'a str, &'a Element>,
    defaults: Option<&'a Element>,
    paragraph: Option<&'a str>,
    table: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) struck: bool,
    pub(super) hidden: bool,
    pub(super) level: Level,
    /// Moved up or down by hand, which may be no more than a line put straight
    pub(super) is_moved: bool,
    /// Letters are shown in capitals, large or small.
    pub(super) capital: bool,
    pub(super) ink: Option<Colour>,
    /// Below these letters alone
    pub(super) ground: Option<Ground>,
}

impl<'a> Styles<'a> {
    pub(super) fn new(root: Option<&'a Element>) -> Self {
        let all = || root.into_iter().flat_map(Element::elements);
        let styles = || all().filter(|element| element.name == "style");
        let default = |kind: &str| {
            let is_default = |style: &&Element| {
                style.attribute("type") == Some(kind)
                    && style.attribute("default").is_some_and(|value| matches!(value, "1" | "true" | "on"))
            };
            styles().find(is_default).and_then(|style| style.attribute("styleId"))
        };
        Self {
            styles: styles().filter_map(|style| Some((style.attribute("styleId")?, style))).collect(),
            defaults: all().find(|e| e.name == "docDefaults").and_then(|e| e.child("rPrDefault")?.child("rPr")),
            paragraph: default("paragraph"),
            table: default("table"),
        }
    }

    /// The look of a run by its properties and the styles of its paragraph and table, where they name some.
    pub(super) fn look(&self, own: Option<&'a Element>, paragraph: Option<&'a str>, table: Option<&'a str>) -> Look {
        let chains = [
            self.properties(own.and_then(|own| own.value("rStyle"))),
            self.properties(paragraph.or(self.paragraph)),
            self.properties(table.or(self.table)),
        ];
        let styled = |name: &str| {
            chains.each_ref().map(|chain| chain.iter().find_map(|properties| properties.switch(name)).unwrap_or(false))
        };
        let default = |name: &str| self.defaults.and_then(|defaults| defaults.switch(name)).unwrap_or(false);
        // Such a property in a style turns what the other styles say.
        let toggled = |name: &str| {
            let styled = styled(name).into_iter().fold(false, |on, turns| on != turns);
            own.and_then(|own| own.switch(name)).unwrap_or(styled || default(name))
        };
        let plain = |name: &str| {
            own.and_then(|own| own.switch(name))
                .unwrap_or_else(|| styled(name).into_iter().any(|on| on) || default(name))
        };
        let value = |name: &str| {
            let styled = || chains.iter().flatten().find_map(|properties| properties.value(name));
            own.and_then(|own| own.value(name)).or_else(styled)
        };
        let moved = value("position").and_then(|text| text.parse::<i32>().ok()).unwrap_or(0);
        let (level, is_moved) = match value("vertAlign") {
            Some("superscript") => (Level::Raised, false),
            Some("subscript") => (Level::Lowered, false),
            _ if moved >= RAISED_BY => (Level::Raised, true),
            _ if moved <= -RAISED_BY => (Level::Lowered, true),
            _ => (Level::Base, false),
        };
        // From the nearest to the farthest
        let all = || own.into_iter().chain(chains.iter().flatten().copied()).chain(self.defaults);
        let highlight = all().find_map(|properties| properties.child("highlight"));
        let ground = highlight.and_then(marker).or_else(|| all().find_map(shading));
        let ink = all().find_map(|properties| properties.child("color")).and_then(ink);
        let struck = toggled("strike") || plain("dstrike");
        let capital = toggled("caps") || toggled("smallCaps");
        Look { struck, hidden: toggled("vanish"), level, is_moved, capital, ink, ground }
    }

    /// What lies below a paragraph, by its properties and its style.
    pub(super) fn paragraph_ground(&self, own: Option<&Element>, style: Option<&'a str>) -> Option<Ground> {
        let styled = || self.chain(style.or(self.paragraph)).find_map(|style| style.child("pPr").and_then(shading));
        own.and_then(shading).or_else(styled)
    }

    /// Whether a style of tables colours any of their cells: which ones hangs on more than is read here.
    pub(super) fn colours_cells(&self, table: Option<&'a str>) -> bool {
        self.chain(table.or(self.table)).any(|style| style.holds(&["shd"]))
    }

    /// The properties of runs in a style and in those it is based on.
    fn properties(&self, style: Option<&'a str>) -> Vec<&'a Element> {
        self.chain(style).filter_map(|style| style.child("rPr")).collect()
    }

    /// A style and those it is based on
    fn chain(&self, style: Option<&'a str>) -> impl Iterator<Item = &'a Element> {
        let named = |id: &str| self.styles.get(id).copied();
        std::iter::successors(style.and_then(named), move |style| style.value("basedOn").and_then(named))
            .take(MOST_STEPS)
    }
}
