//! `data/edition.json`: what an edition holds, for editions of other years that stand beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::address::Addresses;
use super::moved::Moved;

/// Says who wrote the document.
const GENERATOR: &str = "report export html";
/// Raised when a field goes away, changes its name, its type or its meaning.
const FORMAT: u32 = 1;

/// The document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionFile {
    pub format: u32,
    pub generator: String,
    /// 題名
    pub title: String,
    pub publisher: String,
    /// The western year in which the report's fiscal year begins
    pub year: i32,
    /// 令和2年度
    pub year_label: String,
    /// 題名 of the report that 前年度 names; empty without one
    pub previous_title: String,
    /// In the order of the book
    pub programs: Vec<EditionProgram>,
    /// Addresses that lead on, each with the page that it leads to; absent where there is none in this edition
    pub moved: BTreeMap<String, Option<String>>,
    /// Those of `moved` that are carried on from editions that lay in the same place, each with what stood there
    #[serde(default)]
    pub carried: BTreeMap<String, String>,
}

/// A program of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionProgram {
    pub id: String,
    pub name: String,
    /// From the edition's folder
    pub path: String,
    /// Its page in the edition of the year before, from that one's folder; absent where it had none, or 前年度 is not named
    pub was: Option<String>,
}

impl EditionFile {
    /// Reads one; nothing where it is none of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(bytes).ok()?;
        (read.generator == GENERATOR && read.format == FORMAT).then_some(read)
    }

    /// What is known without the report's head.
    pub fn new(programs: Vec<EditionProgram>, moved: &[Moved], addresses: &Addresses) -> Self {
        let page = |own: &Moved| own.anchor.as_deref().and_then(|anchor| addresses.page(anchor)).map(str::to_string);
        Self {
            format: FORMAT,
            generator: GENERATOR.to_string(),
            programs,
            moved: moved.iter().map(|own| (own.path.clone(), page(own))).collect(),
            carried: moved
                .iter()
                .filter(|own| own.is_carried)
                .map(|own| (own.path.clone(), own.name.clone()))
                .collect(),
            ..Self::default()
        }
    }

    pub fn to_json(&self) -> String {
        // Strings, numbers and lists: it always serializes.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The page on which a program of the next year continues one of this year.
    pub(super) fn successor_of(&self, path: &str) -> Option<&EditionProgram> {
        self.programs.iter().find(|program| program.was.as_deref() == Some(path))
    }

    /// What stands, or stood, at an address; that of its page where only this is known.
    pub(super) fn name_at(&self, path: &str) -> String {
        let named = |path: &str| self.programs.iter().find(|program| program.path == path).map(|own| own.name.clone());
        let known = self.carried.get(path).cloned().or_else(|| named(path));
        let led = || self.moved.get(path)?.as_deref().and_then(named);
        let whatever = if path.starts_with("chapters/") { "以前の年度の章" } else { "以前の年度の事業" };
        known.or_else(led).unwrap_or_else(|| whatever.to_string())
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.programs.iter().any(|program| program.path == path)
    }
}

/// Whether a document is one of ours, of whatever format.
pub fn is_edition(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..80).unwrap_or(bytes));
    start.starts_with("{\n  \"format\": ") && start.contains(&format!("\"generator\": \"{GENERATOR}\""))
}
