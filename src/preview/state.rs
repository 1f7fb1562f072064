//! What the preview shows now: the pages at hand and the state that was told last.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Backend;
use super::edit::{Editable, editable};
use super::page_cache::{KnownPage, look_at};
use super::search::{SearchHit, search};
use super::snapshot::{ReportEntry, Snapshot, Told, Writing};
use super::text_aligner::TextAligner;
use super::told_mends::{FileMends, certain_mends};
use super::told_message::editor_link;
use crate::pipeline::ResolvedMapping;
use crate::remarks::place_of_line;
use crate::typeset::{PageItem, Pages, PrintedLine};

/// A point this near to a line, in pt, is on it.
const NEAR: f64 = 3.0;

#[derive(Default)]
pub(super) struct PreviewState {
    told: Told,
    identities: BTreeMap<u128, Arc<KnownPage>>,
    shown: Shown,
    writing: Writing,
    certain: Vec<FileMends>,
}

/// The pages at hand.
#[derive(Clone, Default)]
pub(super) struct Shown {
    pages: Option<Arc<Pages>>,
    known: Vec<Arc<KnownPage>>,
}

/// By what a line is found again, as it is shown and sent back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlaceFields {
    pub(super) section: Option<String>,
    pub(super) quote: String,
}

/// A line on a page. Places are pt from the page's corner.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct PrintedPlace {
    page: usize,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
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
        edit: Option<Box<Editable>>,
        /// By what a remark would find the line again
        place: Option<PlaceFields>,
    },
    Nothing {
        message: &'static str,
    },
}

impl PreviewState {
    /// Where the page may write, `has_history` tells whether files are kept as they were.
    pub(super) fn let_write(&mut self, has_history: bool) {
        self.writing = Writing { is_on: true, has_history, certain: 0 };
    }

    pub(super) fn advance(&mut self, snapshot: Snapshot<'_>) {
        if let Some(pages) = snapshot.pages {
            self.shown = Shown { known: look_at(pages, &mut self.identities), pages: Some(Arc::clone(pages)) };
        }
        self.certain = if self.writing.is_on { certain_mends(snapshot.checked) } else { Vec::new() };
        self.writing.certain = self.certain.iter().map(FileMends::count).sum();
        self.told = Told::of(&snapshot, &self.shown.known, self.writing, &self.told);
    }

    /// The report, its chapters and its programs, in the order of the report.
    pub(super) fn entries(&self) -> Vec<ReportEntry> {
        self.told.entries()
    }

    /// The mends that nobody need look at.
    pub(super) fn certain(&self) -> Vec<FileMends> {
        self.certain.clone()
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
    pub(super) fn source(&self, hash: &str, x: f64, y: f64, backend: &dyn Backend) -> Source {
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
        let source_mappings = backend.source_mappings(region.anchor);
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
            link: editor_link(&backend.on_disk(file), position.line, position.column),
            edit: editable(backend, mapping).map(Box::new),
            place: backend.stores().and_then(|_| {
                let place = place_of_line(&backend.text_of(file)?, mapping.stretch.start)?;
                Some(PlaceFields { section: place.section, quote: place.quote })
            }),
        }
    }

    /// Where stretches of a file are printed that a chapter or program is made of: the line that each begins in.
    pub(super) fn printed_at(
        &self,
        anchor: Option<&str>,
        file: &str,
        stretches: &[Option<Range<usize>>],
        backend: &dyn Backend,
    ) -> Vec<Option<PrintedPlace>> {
        let Some(anchor) = anchor.filter(|_| stretches.iter().any(Option::is_some)) else {
            return vec![None; stretches.len()];
        };
        let lines = self.lines_of(anchor);
        let mappings = backend.source_mappings(anchor);
        let texts = mappings.iter().map(|thing| thing.text.as_str());
        let text_aligner = TextAligner::new(lines.iter().map(|(_, line)| line.text.as_str()), texts);
        let place = |stretch: &Range<usize>| {
            let holds = |thing: &ResolvedMapping| {
                thing.file == file && thing.stretch.start <= stretch.end && stretch.start <= thing.stretch.end
            };
            let thing = mappings.iter().position(holds)?;
            let (page, line) = lines.get(text_aligner.line_of(thing)?)?;
            let PrintedLine { x, y, width, height, .. } = **line;
            Some(PrintedPlace { page: *page, x, y, width, height })
        };
        stretches.iter().map(|stretch| stretch.as_ref().and_then(place)).collect()
    }

    /// The lines from an anchor to the next one, each with its page.
    fn lines_of(&self, anchor: &str) -> Vec<(usize, &PrintedLine)> {
        let pages = self.known.iter().enumerate();
        let printed = pages.flat_map(|(page, known)| known.printed.iter().map(move |printed| (page, printed)));
        let from = printed.skip_while(|(_, printed)| !is_named(printed, anchor)).skip(1);
        let lines = from.map_while(|(page, printed)| match printed {
            PageItem::Line(line) => Some((page, line)),
            PageItem::Anchor { .. } => None,
        });
        lines.collect()
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

fn is_named(printed: &PageItem, anchor: &str) -> bool {
    matches!(printed, PageItem::Anchor { name, .. } if name == anchor)
}

struct Region<'a> {
    anchor: &'a str,
    lines: Vec<&'a PrintedLine>,
}
