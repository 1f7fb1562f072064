//! One report once: checked, and built where there are no errors.

use super::cache::Cache;
use super::check_report::check_report;
use super::checked::{Checked, NotCheckable};
use super::edition::{Edition, EditionRequest, edition};
use super::session::{BuildOptions, Session};
use crate::load::Disk;
use crate::typeset::{PagedDocument, Template, forget_layout};

/// From so many pages on the memory of laying them out is wanted for the PDF; of fewer, to free it takes longer than it is worth.
const MANY_PAGES: usize = 1_000;

/// A PDF, and the pages it was made from.
pub struct Built {
    pub document: PagedDocument,
    pub pdf: Vec<u8>,
}

/// Checks a whole report. Only what needs a page, J080 and J082, is not found here.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn check(disk: &dyn Disk) -> Result<Checked, NotCheckable> {
    check_report(disk, &mut Cache::default())
}

/// Typesets and writes the PDF. Nothing where there are errors and no draft was asked for, or where the template
/// fails: then the reason is among the diagnostics.
pub fn build(checked: &mut Checked, template: Template, options: BuildOptions) -> Option<Built> {
    let request = if options.draft { EditionRequest::Draft } else { EditionRequest::Official };
    if edition(checked, request) == Edition::Refused {
        return None;
    }
    let mut session = Session::default();
    let document = session.lay_out_with_data(checked, template, options.draft)?;
    if document.pages().len() > MANY_PAGES {
        forget_layout();
    }
    let pdf = session.write_pdf(checked, &document, options)?;
    Some(Built { document, pdf })
}
