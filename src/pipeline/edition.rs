//! The one gate: with errors there is no official edition of a report.

use super::checked::Checked;

/// Which edition a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionRequest {
    Official,
    Draft,
    /// The official edition, or a draft where there are errors
    AnyEdition,
}

/// What may be made of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    Official,
    Draft,
    Refused,
}

/// Decides what is made. Nothing else decides that by errors.
pub fn edition(checked: &Checked, request: EditionRequest) -> Edition {
    match (request, checked.diagnostics.has_errors()) {
        (EditionRequest::Draft, _) | (EditionRequest::AnyEdition, true) => Edition::Draft,
        (EditionRequest::Official, true) => Edition::Refused,
        (EditionRequest::Official | EditionRequest::AnyEdition, false) => Edition::Official,
    }
}
