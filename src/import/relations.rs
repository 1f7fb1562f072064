//! Which parts of a .xlsx or .docx a part names, and what each is to it. Knows nothing of what they say.

use std::collections::BTreeMap;

use super::package::{Fault, Package};
use super::xml::{Node, Xml};

/// The parts that a part names: by their id, kind and path.
#[derive(Default)]
pub(super) struct Relations(BTreeMap<String, (String, String)>);

impl Relations {
    /// Nothing where a part names none.
    pub(super) fn of(package: &mut Package, part: &str) -> Result<Self, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let gap = if folder.is_empty() { "" } else { "/" };
        let Some(text) = package.text(&format!("{folder}{gap}_rels/{name}.rels")) else { return Ok(Self::default()) };
        let mut relations = Self::default();
        let mut xml = Xml::new(&text);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
                && tag.get("TargetMode") != Some("External")
            {
                let kind = kind.rsplit('/').next().unwrap_or(kind).to_string();
                relations.0.insert(id.to_string(), (kind, resolved(folder, target)));
            }
        }
        Ok(relations)
    }

    pub(super) fn get(&self, id: &str) -> Option<(&str, &str)> {
        self.0.get(id).map(|(kind, path)| (kind.as_str(), path.as_str()))
    }

    pub(super) fn target(&self, kind: &str) -> Option<String> {
        self.0.values().find(|(own, _)| own == kind).map(|(_, path)| path.clone())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.values().map(|(kind, path)| (kind.as_str(), path.as_str()))
    }
}

/// `../drawings/drawing1.xml` from `xl/worksheets`.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => _ = steps.pop(),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
