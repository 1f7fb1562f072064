//! Changing a report's files from a page: the stretches that were changed and no other byte, and no text is ever lost.
//!
//! ```text
//! save ──▶ the file as it is now ──▶ same as the page saw: the stretches ───────────────▶ replaced whole ──▶ Saved
//!                                └─▶ another one: the stretches, where nobody touched any ─┘
//!                                                 else Conflict: mine, theirs, what both came from
//! ```
//!
//! Files stay the truth: Notepad may change them at the same time. Knows `load`; knows nothing of the language and of pages.

mod drafts;
mod file_name;
mod folder_store;
mod history;
mod line_changes;
mod merge;
mod photographs;
mod save;
mod versions;

/// Where a page's changes of one report go.
pub struct EditStores {
    pub editor: Editor<FolderStore>,
    pub drafts: Drafts,
    /// The words between the offices, which are no texts of the report
    pub remarks: Editor<FolderStore>,
    pub photographs: Photographs,
}

pub use drafts::{Draft, Drafts};
pub use file_name::file_stem;
pub use folder_store::{FolderStore, IsListed};
pub use history::History;
pub use line_changes::{LineChange, line_changes, line_edits};
pub use photographs::{PhotographError, Photographs};
pub use save::{Change, Conflict, Editor, Opened, Save, SaveError, Saved, SavedStretch, Store};
pub use versions::mark_of_text;
