//! Pages to PDF: PDF/UA-1 and PDF/A-3a together, the same bytes for the same input.

use typst::foundations::{Datetime, Smart};
use typst::model::Document;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp, pdf};

use super::attach::{Attachment, attach};
use super::compact::compact;
use super::errors::explain;
use super::world::Engine;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Date, date_from_days};
use crate::source::{Files, Span};

/// What travels inside a PDF. It is asked for when the pages are written, and may be made until then.
pub type AttachmentMaker<'a> = Box<dyn FnOnce() -> Vec<Attachment> + 'a>;

/// How pages become a PDF.
#[derive(Default)]
pub struct PdfRequest<'a> {
    /// Seconds since 1970: the date of a report without 発行日
    pub timestamp: Option<i64>,
    pub attachments: Option<AttachmentMaker<'a>>,
    /// Objects packed into compressed streams
    pub compact: bool,
}

/// Writes the PDF.
///
/// J080 where the standards cannot be kept.
pub fn write_pdf(
    engine: &Engine,
    document: &PagedDocument,
    request: PdfRequest<'_>,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let timestamp = request.timestamp;
    let is_dated = match document.info().date {
        Smart::Custom(date) => date.is_some(),
        Smart::Auto => timestamp.and_then(day_of).is_some(),
    };
    // PDF/A wants a date, and there is no clock: an undated report (J068) is accessible and not archival.
    let standards: &[PdfStandard] =
        if is_dated { &[PdfStandard::Ua_1, PdfStandard::A_3a] } else { &[PdfStandard::Ua_1] };
    let standards = PdfStandards::new(standards).ok()?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(format!("report {}", env!("CARGO_PKG_VERSION")))),
        timestamp: timestamp.and_then(day_of).map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let for_print = engine.for_print(document);
    let printed = for_print.as_ref().unwrap_or(document);
    let bytes = match pdf(printed, &options) {
        Ok(bytes) => bytes,
        Err(errors) => {
            explain(engine, &errors, files, diagnostics);
            return None;
        }
    };
    let attachments = request.attachments.map_or_else(Vec::new, |make| make());
    let whole = if attachments.is_empty() { Some(bytes) } else { attach(bytes, &attachments, is_dated) };
    let whole = whole.and_then(|bytes| if request.compact { compact(&bytes) } else { Some(bytes) });
    if whole.is_none() {
        diagnostics.push(not_finished(files));
    }
    whole
}

/// J080 for a PDF that is not what its writer writes: nobody can mend it in a manuscript.
fn not_finished(files: &mut Files) -> Diagnostic {
    let place = Span::whole_file(files.add("報告書.pdf", ""));
    Diagnostic::new(Code::J080, place, "PDF にデータを添えられませんでした。原稿の誤りではありません。")
        .help("この報告書のフォルダーと、この表示を添えて、report を配った人に連絡してください。")
}

/// The moment, in UTC.
fn day_of(seconds: i64) -> Option<Datetime> {
    let days = seconds.div_euclid(86_400);
    let second = u32::try_from(seconds.rem_euclid(86_400)).ok()?;
    let Date { year, month, day } = date_from_days(days)?;
    let part = |value: u32| u8::try_from(value).ok();
    Datetime::from_ymd_hms(
        year,
        part(month)?,
        part(day)?,
        part(second / 3600)?,
        part(second / 60 % 60)?,
        part(second % 60)?,
    )
}
