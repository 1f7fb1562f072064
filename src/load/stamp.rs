//! By what a file is known not to have changed.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

/// Times of files are this coarse on the worst disks.
const COARSEST_TIME: Duration = Duration::from_secs(2);

/// By what a file is known not to have changed.
///
/// A share's clock is not ours: how long a time has stood is measured by looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: SystemTime,
    /// When this size and time were first seen
    since: Instant,
    /// When the content was last read
    read: Instant,
}

impl Stamp {
    pub(super) fn of(path: &Path, before: Option<&Self>) -> Option<Self> {
        let data = fs::metadata(path).ok()?;
        let (bytes, modified) = (data.len(), data.modified().ok()?);
        let now = Instant::now();
        let same = before.filter(|before| before.bytes == bytes && before.modified == modified);
        Some(Self { bytes, modified, since: same.map_or(now, |before| before.since), read: now })
    }

    /// Whether what was read at `then` is what is there now: it was read when it had long been as it is.
    pub(super) fn vouches_for(&self, then: &Self) -> bool {
        self.since == then.since && then.read.duration_since(then.since) > COARSEST_TIME
    }
}
