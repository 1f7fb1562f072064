//! What the preview shows now: the pages at hand and the state that was told last.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Workshop;
use super::edit::{Editable, editable};
use super::page_cache::{KnownPage, look_at};
use super::search::{SearchHit, search};
use super::snapshot::{Snapshot, Told, editor_link};
use super::text_aligner::TextAligner;
use crate::pipeline::ResolvedMapping;
use crate::typeset::{PageItem, Pages, PrintedLine};

/// A point this near to a line, in pt, is on it.
const NEAR: f64 = 3.0;

#[derive(Default)]
pub(super) struct PreviewState {
    told: Told,
    identities: BTreeMap<u128, Arc<KnownPage>>,
    shown: Shown,
}

/// The pages at hand.
#[derive(Clone, Default)]
pub(super) struct Shown {
    pages: Option<Arc<Pages>>,
    known: Vec<Arc<KnownPage>>,
}

/// Where a point of a page was written, or why that is not known.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Source {
    Place {
        file: String,
        line: usize,
        column: usize,
        source: String,
        printed: String,
        link: String,
        /// Absent where nothing is written from the page
        edit: Option<Editable>,
    },
    Nothing {
        message: &'static str,
    },
}

impl PreviewState {
    pub(super) fn advance(&mut self, snapshot: Snapshot<'_>) {
        if let Some(pages) = snapshot.pages {
            self.shown = Shown { known: look_at(pages, &mut self.identities), pages: Some(Arc::clone(pages)) };
        }
        self.told = Told::of(&snapshot, &self.shown.known, &self.told);
    }

    pub(super) fn set_problem(&mut self, problem: Option<&str>) {
        self.told.problem = problem.map(str::to_string);
    }

    /// Counts what is sent: the page knows by it what it has seen.
    pub(super) fn count(&mut self) {
        self.told.serial += 1;
    }

    /// The state as `events` sends it, on one line.
    pub(super) fn json(&self) -> String {
        // Strings, numbers and lists always serialize.
        serde_json::to_string(&self.told).unwrap_or_default()
    }

    pub(super) fn shown(&self) -> Shown {
        self.shown.clone()
    }
}

impl Shown {
    fn index_of(&self, hash: &str) -> Option<usize> {
        self.known.iter().position(|page| page.hash == hash)
    }

    /// A page's picture by its hash; nothing for a page that is no more.
    pub(super) fn svg(&self, hash: &str) -> Option<String> {
        self.pages.as_ref()?.svg(self.index_of(hash)?)
    }

    /// The lines of a page by its hash.
    pub(super) fn lines(&self, hash: &str) -> Option<String> {
        #[derive(Serialize)]
        struct TextLine<'a> {
            x: f64,
            y: f64,
            width: f64,
            height: f64,
            text: &'a str,
        }
        let page = self.known.get(self.index_of(hash)?)?;
        let lines: Vec<TextLine<'_>> = page
            .lines()
            .map(|PrintedLine { x, y, width, height, text }| TextLine {
                x: *x,
                y: *y,
                width: *width,
                height: *height,
                text,
            })
            .collect();
        serde_json::to_string(&lines).ok()
    }

    pub(super) fn search(&self, query: &str) -> SearchHit {
        search(&self.known, query)
    }

    /// Where the thing at a point of a page was written.
    pub(super) fn source(&self, hash: &str, x: f64, y: f64, workshop: &dyn Workshop) -> Source {
        const OLD: Source =
            Source::Nothing { message: "頁が新しくなりました。もう一度押してください。" };
        const NOTHING: Source = Source::Nothing { message: "ここには文字がありません。" };
        const OWN: Source =
            Source::Nothing { message: "この文字は自動で作られます（原稿にはありません）。" };
        let Some(page) = self.index_of(hash) else { return OLD };
        let Some((at, line)) = self.line_at(page, x, y) else { return NOTHING };
        let region = self.region(page, at);
        let lines = || region.lines.iter().copied();
        let Some(index) = lines().position(|other| std::ptr::eq(other, line)) else { return OWN };
        let source_mappings = workshop.source_mappings(region.anchor);
        let text_aligner = TextAligner::new(
            lines().map(|line| line.text.as_str()),
            source_mappings.iter().map(|thing| thing.text.as_str()),
        );
        let part = (x - line.x) / line.width.max(1.0);
        let mapping = text_aligner.thing_at(index, part).and_then(|thing| source_mappings.get(thing));
        let Some(mapping @ ResolvedMapping { text, file, position, source, .. }) = mapping else {
            return OWN;
        };
        Source::Place {
            file: file.clone(),
            line: position.line,
            column: position.column,
            source: source.clone(),
            printed: text.clone(),
            link: editor_link(&workshop.on_disk(file), position.line, position.column),
            edit: editable(workshop, mapping),
        }
    }

    /// The line at a point, and its place among what the page prints.
    fn line_at(&self, page: usize, x: f64, y: f64) -> Option<(usize, &PrintedLine)> {
        let away = |low: f64, size: f64, at: f64| (low - at).max(at - low - size).max(0.0);
        let lines = self.known.get(page)?.printed.iter().enumerate().filter_map(|(at, printed)| match printed {
            PageItem::Line(line) => {
                let distance = away(line.x, line.width, x).max(away(line.y, line.height, y));
                (distance <= NEAR).then_some((at, line, distance))
            }
            PageItem::Anchor { .. } => None,
        });
        lines.min_by(|one, other| one.2.total_cmp(&other.2)).map(|(at, line, _)| (at, line))
    }

    /// Everything that is printed from the anchor before a place to the next one, over the pages.
    fn region(&self, page: usize, at: usize) -> Region<'_> {
        let mut region = Region { anchor: "", lines: Vec::new() };
        for (index, known) in self.known.iter().enumerate() {
            for (place, printed) in known.printed.iter().enumerate() {
                match printed {
                    PageItem::Anchor { name, .. } if (index, place) <= (page, at) => {
                        region = Region { anchor: name, lines: Vec::new() };
                    }
                    PageItem::Anchor { .. } => return region,
                    PageItem::Line(line) => region.lines.push(line),
                }
            }
        }
        region
    }
}

struct Region<'a> {
    anchor: &'a str,
    lines: Vec<&'a PrintedLine>,
}
