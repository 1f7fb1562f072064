//! What the styles of a .ods do to their texts and sheets.

use std::collections::BTreeMap;

use super::package::Fault;
use super::runs::Run;
use super::xml::{Node, Xml};

/// What a style does to its text, or to its sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    font: Run,
    parent: Option<String>,
    pub(super) hides: bool,
}

pub(super) type Looks = BTreeMap<String, Look>;

pub(super) fn read_looks(xml: &str, looks: &mut Looks) -> Result<(), Fault> {
    let mut xml = Xml::new(xml);
    let mut name = String::new();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name.as_str() {
            "style" => {
                name = tag.get("name").unwrap_or_default().to_string();
                let parent = tag.get("parent-style-name").map(str::to_string);
                looks.insert(name.clone(), Look { parent, ..Look::default() });
            }
            "text-properties" => {
                let Some(look) = looks.get_mut(&name) else { continue };
                let lines = [tag.get("text-line-through-style"), tag.get("text-line-through-type")];
                // An empty word for none, as Excel writes it
                look.font.struck = lines.into_iter().flatten().any(|line| !matches!(line, "none" | ""));
                look.font.own = lines.iter().any(Option::is_some);
                let position = tag.get("text-position").unwrap_or_default();
                look.font.raised = position.starts_with("super") || starts_with_figure(position, |height| height > 0.0);
                look.font.lowered = position.starts_with("sub") || starts_with_figure(position, |height| height < 0.0);
            }
            "table-properties" if tag.get("display") == Some("false") => {
                if let Some(look) = looks.get_mut(&name) {
                    look.hides = true;
                }
            }
            "body" => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}

/// `33% 58%`
fn starts_with_figure(position: &str, is: impl Fn(f64) -> bool) -> bool {
    position.split('%').next().and_then(|height| height.trim().parse().ok()).is_some_and(is)
}

/// A style's font, with its parents'; a circle of parents has an end.
pub(super) fn font(looks: &Looks, name: Option<&str>) -> Run {
    let mut font = Run::default();
    let mut name = name;
    for _ in 0..10 {
        let Some(look) = name.and_then(|name| looks.get(name)) else { break };
        font.raised |= look.font.raised;
        font.lowered |= look.font.lowered;
        if !font.own {
            font.struck = look.font.struck;
            font.own = look.font.own;
        }
        name = look.parent.as_deref();
    }
    font
}
