//! A checked report to its view and its PDF.

use std::collections::BTreeMap;

use super::read::Checked;
use crate::typeset::{Coverage, Engine, Input, PagedDocument, Template, write_pdf};
use crate::view::{View, ViewInput, build_view, photo_paths};

/// What a build is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuildOptions {
    pub draft: bool,
    /// Seconds since 1970 for the PDF of a report without 発行日
    pub timestamp: Option<i64>,
}

/// A PDF, and the pages it was made from.
pub struct Built {
    pub document: PagedDocument,
    pub pdf: Vec<u8>,
}

/// The picture of a checked report.
fn view(checked: &Checked, draft: bool) -> View {
    let coverage = Coverage::new(&checked.fonts);
    build_view(&ViewInput {
        files: &checked.files,
        report: &checked.report,
        diagnostics: &checked.diagnostics,
        pictures: &checked.pictures,
        fonts: &checked.fonts.families(),
        // Without errors every character has a face: there is nothing to look up.
        has_glyph: &|c| !draft || coverage.has_glyph(c),
        draft,
    })
}

/// `/report.json` and the pictures, as a template reads them. The text ends with a line end.
pub fn view_json(checked: &Checked, draft: bool) -> (String, BTreeMap<String, &[u8]>) {
    // A view is made of strings, numbers and lists: it always serializes.
    let mut json = serde_json::to_string_pretty(&view(checked, draft)).unwrap_or_default();
    json.push('\n');
    let photos = photo_paths(&checked.report, &checked.pictures)
        .into_iter()
        .filter_map(|(span, path)| checked.picture_bytes.get(&span).map(|bytes| (path, bytes.as_slice())))
        .collect();
    (json, photos)
}

/// Typesets and writes the PDF. Nothing where there are errors and no draft was asked for, or where the template
/// fails: then the reason is among the diagnostics.
pub fn build(checked: &mut Checked, template: Template, options: BuildOptions) -> Option<Built> {
    if checked.diagnostics.has_errors() && !options.draft {
        return None;
    }
    let (report, photos) = view_json(checked, options.draft);
    let photos = photos.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    let mut engine = Engine::new(template, &checked.fonts);
    let document = engine.typeset(Input { report, photos }, &mut checked.files, &mut checked.diagnostics);
    let built = document.and_then(|document| {
        let pdf = write_pdf(&engine, &document, options.timestamp, &mut checked.files, &mut checked.diagnostics)?;
        Some(Built { document, pdf })
    });
    checked.diagnostics.sort();
    built
}
