//! Colours as Word writes them: of letters, and of what lies below a stretch, a paragraph, a cell or a table.

use super::colour::{Colour, Ground};
use crate::xml::Element;

/// The colours of a marker by their names
const MARKERS: &[(&str, &str)] = &[
    ("black", "000000"),
    ("white", "FFFFFF"),
    ("yellow", "FFFF00"),
    ("green", "00FF00"),
    ("cyan", "00FFFF"),
    ("magenta", "FF00FF"),
    ("blue", "0000FF"),
    ("red", "FF0000"),
    ("darkBlue", "000080"),
    ("darkCyan", "008080"),
    ("darkGreen", "008000"),
    ("darkMagenta", "800080"),
    ("darkRed", "800000"),
    ("darkYellow", "808000"),
    ("darkGray", "808080"),
    ("lightGray", "C0C0C0"),
];

/// `<w:color w:val="FFFFFF"/>`; letters without a colour are seen on any background.
pub(super) fn ink(colour: &Element) -> Option<Colour> {
    of(colour, "val", "themeColor")
}

/// `<w:highlight w:val="yellow"/>`
pub(super) fn marker(highlight: &Element) -> Option<Ground> {
    match highlight.attribute("val")? {
        "none" => None,
        name => {
            let colour = MARKERS.iter().find(|(own, _)| *own == name).and_then(|(_, rgb)| Colour::parse(rgb));
            Some(colour.map_or(Ground::Unknown, Ground::Of))
        }
    }
}

/// The shading that properties name; `None` where what lies below it is seen.
pub(super) fn shading(properties: &Element) -> Option<Ground> {
    let shading = properties.child("shd")?;
    let has_theme = |name: &str| shading.attribute(name).is_some();
    match shading.attribute("val") {
        Some("nil") => None,
        Some("clear") | None => match of(shading, "fill", "themeFill") {
            Some(colour) => Some(Ground::Of(colour)),
            None => has_theme("themeFill").then_some(Ground::Unknown),
        },
        Some("solid") => Some(of(shading, "color", "themeColor").map_or(Ground::Unknown, Ground::Of)),
        Some(_) => Some(Ground::Unknown),
    }
}

/// Word writes what a colour of the theme comes to beside its name; only other programs leave it out.
fn of(element: &Element, value: &str, theme: &str) -> Option<Colour> {
    let of_theme = || match element.attribute(theme)? {
        "background1" | "light1" => Some(Colour::of_theme(0, &[])),
        "text1" | "dark1" => Some(Colour::of_theme(1, &[])),
        _ => None,
    };
    let is_changed = ["themeTint", "themeShade", "themeFillTint", "themeFillShade"];
    let is_plain = || !is_changed.iter().any(|name| element.attribute(name).is_some());
    element.attribute(value).and_then(Colour::parse).or_else(|| of_theme().filter(|_| is_plain()))
}
