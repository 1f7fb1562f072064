//! The draft of a 正誤表: the changes with the page numbers of the report that was printed, as a PDF.

use std::collections::BTreeMap;

use super::checked::Checked;
use super::edition::{Edition, EditionRequest, edition};
use super::page_index::PageIndex;
use super::session::{Session, with_view_builder};
use crate::comparison::{Change, Errata, errata_groups};
use crate::model::{Date, Text};
use crate::syntax::chars::is_selector;
use crate::typeset::{Coverage, Engine, Input, Pages, PdfRequest, Template, write_pdf};
use crate::view::DateView;

/// Where the page numbers of a 正誤表 come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNumbers {
    /// The report as it was printed
    Official,
    /// It has errors, and was laid out as a draft
    Draft,
    /// It could not be laid out
    None,
}

/// A 正誤表.
pub struct ErrataPdf {
    pub pdf: Vec<u8>,
    pub numbers: PageNumbers,
}

/// Sets the changes from `old` to `new` under the date that is given; `timestamp` dates the PDF where there is neither one
/// nor a 発行日. Nothing where the typesetter fails: the reason is then among the diagnostics of `new`.
pub fn build_errata(
    old: &mut Checked,
    new: &mut Checked,
    changes: &[Change],
    date: Option<Date>,
    timestamp: Option<i64>,
) -> Option<ErrataPdf> {
    let is_draft = edition(old, EditionRequest::AnyEdition) == Edition::Draft;
    let document = old.template().and_then(|template| Session::default().lay_out(old, template, is_draft));
    let page_index = document.map(|document| PageIndex::new(&Pages::new(document)));
    let numbers = match (&page_index, is_draft) {
        (None, _) => PageNumbers::None,
        (Some(_), true) => PageNumbers::Draft,
        (Some(_), false) => PageNumbers::Official,
    };
    let errata = Errata { date: date.map(DateView::from), ..to_print(old, new, changes, page_index.as_ref(), numbers) };
    let json = serde_json::to_string(&errata).unwrap_or_default();
    let mut engine = Engine::new(Template::errata(), &new.fonts);
    let input = Input { texts: BTreeMap::from([("/report.json".to_string(), json.into())]), photos: BTreeMap::new() };
    let document = engine.typeset(input, &mut new.files, &mut new.diagnostics)?;
    let request = PdfRequest { timestamp, ..PdfRequest::default() };
    let pdf = write_pdf(&engine, &document, request, &mut new.files, &mut new.diagnostics)?;
    Some(ErrataPdf { pdf, numbers })
}

fn to_print(
    old: &Checked,
    new: &Checked,
    changes: &[Change],
    page_index: Option<&PageIndex>,
    numbers: PageNumbers,
) -> Errata {
    let coverage = Coverage::new(&new.fonts);
    // As in a draft: a character that no face has is a 〓.
    let print = |text: &str| -> String {
        text.chars().map(|c| if c == '\n' || is_selector(c) || coverage.has_glyph(c) { c } else { '〓' }).collect()
    };
    let heads = [old, new].map(|checked| checked.report.head.as_ref());
    let text = |checked: &Checked, text: Option<&Text>| {
        text.map_or_else(String::new, |text| with_view_builder(checked, true, |builder| builder.text(&text.value)))
    };
    let pages = |change: &Change| page_index.map(|pages| pages.of(change)).unwrap_or_default();
    let note = match numbers {
        PageNumbers::Official => "頁は、正す前の報告書の頁である。",
        PageNumbers::Draft => "頁は、正す前の報告書にエラーがあるため、その下書きの頁である。",
        PageNumbers::None => "正す前の報告書を組むことができないため、頁は空けてある。",
    };
    Errata {
        title: text(old, heads[0].and_then(|head| head.title.as_ref())),
        publisher: text(new, heads[1].and_then(|head| head.publisher.as_ref())),
        issued: heads[0].and_then(|head| head.issue_date).map(Date::label).unwrap_or_default(),
        date: None,
        document_date: heads[1].and_then(|head| head.issue_date).map(DateView::from),
        fonts: new.fonts.families(),
        notes: vec![note.to_string()],
        groups: errata_groups(changes, &pages, &print),
    }
}
