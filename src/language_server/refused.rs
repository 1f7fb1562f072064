//! The answer to a question, or why there is none.

use lsp_server::ErrorCode;
use serde_json::Value;

/// Why a question has no answer.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: ErrorCode,
    pub(super) words: String,
}

impl Refused {
    /// The question was understood.
    pub(super) fn with(words: impl Into<String>) -> Self {
        Self { code: ErrorCode::RequestFailed, words: words.into() }
    }
}

pub(super) type Answer = Result<Value, Refused>;
