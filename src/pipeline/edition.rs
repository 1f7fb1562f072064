//! The one gate: with errors there is no official edition of a report.

use super::read::Checked;

/// What somebody wants to have made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
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
pub fn edition(checked: &Checked, wish: Wish) -> Edition {
    match (wish, checked.diagnostics.has_errors()) {
        (Wish::Draft, _) | (Wish::AnyEdition, true) => Edition::Draft,
        (Wish::Official, true) => Edition::Refused,
        (Wish::Official | Wish::AnyEdition, false) => Edition::Official,
    }
}
