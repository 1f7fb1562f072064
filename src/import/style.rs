//! What a cell's style says of its value.

use super::built_in::built_in;

/// How cells of a kind are shown.
#[derive(Debug, Clone)]
pub(super) struct Style {
    pub(super) format: String,
    pub(super) struck: bool,
    pub(super) raised: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { format: built_in(0).unwrap_or_default().to_string(), struck: false, raised: false }
    }
}
