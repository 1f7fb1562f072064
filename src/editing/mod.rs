//! Changing a report's files from a page: the stretch that was typed and no other byte, and no text is ever lost.
//!
//! ```text
//! save ──▶ the file as it is now ──▶ same as the page saw: the stretch ──────────────▶ replaced whole ──▶ Saved
//!                                └─▶ another one: the stretch, where nobody touched it ─┘
//!                                                 else Conflict: mine, theirs, what both came from
//! ```
//!
//! Files stay the truth: Notepad may change them at the same time. Knows `load`; knows nothing of the language and of pages.

mod drafts;
mod folder_store;
mod history;
mod merge;
mod save;
mod versions;

/// Everything that a page needs for writing in one report.
pub struct Desk {
    pub editor: Editor<FolderStore>,
    pub drafts: Drafts,
}

pub use drafts::{Draft, Drafts};
pub use folder_store::{FolderStore, IsListed};
pub use history::History;
pub use save::{Conflict, Editor, Opened, Save, SaveError, Saved, Store};
