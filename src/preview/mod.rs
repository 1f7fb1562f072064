//! The live page: the report's pages and messages in the user's own browser, on this machine alone.
//!
//! ```text
//! publish(scene) ──▶ event to every open page ──▶ the page asks for the pictures that it has not got
//! ```
//!
//! Binds to loopback, answers only to its own address with a random token in it, and serves nothing that is not the
//! report's. Knows nothing of how a report is kept built: who publishes also answers for PDFs and for where things were written.

mod composition_move;
mod daily;
mod earlier;
mod edit;
mod guard;
mod http;
mod mend;
mod opening;
mod order;
mod own_files;
mod page_cache;
mod photograph;
mod program;
mod remarks;
mod search;
mod server;
mod snapshot;
mod state;
pub mod task_runner;
mod text_aligner;
mod told_mends;
mod told_message;
mod waiting;
mod welcome;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::editing::EditStores;
use crate::pipeline::ResolvedMapping;
use crate::program_form::Basis;
use crate::remarks::RemarkTexts;
use server::Server;
pub use snapshot::Snapshot;
use task_runner::TaskRunner;
pub use welcome::{Asked, Greeting, Welcome, WelcomeChoice};

/// A PDF and its name, or why there is none.
pub type Pdf = Result<(String, Arc<[u8]>), String>;

/// Who knows the report that is shown.
pub trait Backend: Send + Sync {
    /// The PDF of the state that was published last.
    fn pdf(&self) -> Pdf;
    /// What the pages of a chapter or program print, by its anchor; of the report itself without one.
    fn source_mappings(&self, anchor: &str) -> Vec<ResolvedMapping>;
    /// Where a file of the report lies on the disk.
    fn on_disk(&self, file: &str) -> PathBuf;
    /// The text of a file as it was printed.
    fn text_of(&self, file: &str) -> Option<String>;
    /// What the form of a program takes from the report as it was last read.
    fn program_basis(&self, file: &str) -> Basis;
    /// Where its files are changed; nothing for a page that only shows.
    fn stores(&self) -> Option<&EditStores>;
    /// What the offices say to each other, as it was last read.
    fn remarks(&self) -> RemarkTexts;
    /// 2026-11-30
    fn today(&self) -> String;
    /// Shows a file on the disk with the system's own program.
    ///
    /// # Errors
    /// The operating system's.
    fn open(&self, path: &Path, with: OpenWith) -> io::Result<()>;
    /// Who does the daily work that a page asks for; nothing for a page that only shows.
    fn task_runner(&self) -> Option<&dyn TaskRunner>;
    /// The path of a chapter's file, or without one of the report's own, and the names that its 【構成】 lists or would list.
    fn entries(&self, file: Option<&str>) -> Option<(String, Vec<String>)>;
    /// How far the report is, as JSON; nothing before it was read.
    fn progress(&self) -> Option<String>;
}

/// What shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenWith {
    /// What edits plain texts
    Editor,
    /// The window of its folder
    Folder,
}

/// A live page that is being served.
pub struct Preview {
    server: Arc<Server>,
}

impl Preview {
    /// Begins to serve, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// The operating system's, when no port or no random token is to be had.
    pub fn start(backend: Box<dyn Backend>) -> io::Result<Self> {
        Server::start(backend).map(|server| Self { server })
    }

    /// The address with its token: who knows it may read. With a file of the report the page begins at what it prints.
    pub fn url(&self, file: Option<&str>) -> String {
        let place = file.map(|file| format!("#{}", http::escaped(file, b"/"))).unwrap_or_default();
        self.server.url() + &place
    }

    /// Shows a new state of the report.
    pub fn publish(&self, snapshot: Snapshot<'_>) {
        self.server.publish(|state| state.advance(snapshot));
    }

    /// Says why nothing new can be shown; the last pages stay. `None` takes it back.
    pub fn say(&self, problem: Option<&str>) {
        self.server.publish(|state| state.set_problem(problem));
    }

    /// Tells every open page that it is over.
    pub fn end(&self) {
        self.server.end();
    }
}
