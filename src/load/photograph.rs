//! By what a photograph is known again, so that nobody has to keep its bytes.

use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// Equal for equal bytes, and for nothing else that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentHash {
    bytes: usize,
    hash: u64,
}

impl ContentHash {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self { bytes: bytes.len(), hash: hasher.finish() }
    }

    pub(super) fn is_of_nothing(self) -> bool {
        self.bytes == 0
    }
}

/// What reading a photograph gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Photograph {
    /// The one that the asker knows
    Known,
    New(ContentHash, Arc<[u8]>),
}

impl Photograph {
    pub(super) fn new(bytes: Arc<[u8]>, known: Option<ContentHash>) -> Self {
        let mark = ContentHash::of(&bytes);
        if known == Some(mark) { Self::Known } else { Self::New(mark, bytes) }
    }
}
