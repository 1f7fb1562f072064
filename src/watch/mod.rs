//! A report kept built while its files are written: the long-lived loop over `pipeline`.
//!
//! ```text
//! system ──notice──▶ look (only what may have changed) ──▶ check, lay out ──▶ listener: pages ──▶ PDF ──▶ listener: done
//! ```
//!
//! The first notice starts a round at once; what comes while it runs is one more round. Nothing waits for a fixed time.
//! Knows nothing of terminals and browsers: a listener shows what it is notified of.

mod network;
mod notice;
mod output;
mod run;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::load::ChangedPaths;
use crate::pipeline::{Checked, ResolvedMapping};
use crate::remarks::RemarkTexts;
use crate::typeset::Pages;
use notice::Noticed;
pub use output::{Output, Written, draft_of};
use run::{Published, WatchLoop};

/// What is watched, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The report's folder
    pub root: PathBuf,
    /// Where PDFs are written; nothing is written without it.
    pub output: Option<Output>,
    /// Make a draft even where there are no errors.
    pub draft: bool,
    /// Look at the folder this often instead of waiting for the system's notices.
    pub poll: Option<Duration>,
    /// Seconds since 1970 for the PDF of a report without 発行日
    pub timestamp: Option<i64>,
}

/// One state of the report.
pub struct Round<'a> {
    /// From 1
    pub number: u64,
    pub checked: &'a Checked,
    /// Absent where the template failed.
    pub pages: Option<&'a Arc<Pages>>,
    /// Paths of the texts that brought this round about, from the report
    pub saved: &'a [String],
    pub draft: bool,
    /// When the change was noticed
    pub started: Instant,
}

/// Who is notified.
pub trait Listener {
    /// The pages are laid out; the PDF is not written yet.
    fn laid_out(&mut self, round: &Round<'_>);
    /// The PDF is written, or it is known why not.
    fn finished(&mut self, round: &Round<'_>, written: &Written);
    /// A PDF that could not be written, or not under its own name, now could.
    fn written_late(&mut self, written: &Written);
    /// The folder cannot be read: why.
    fn lost(&mut self, words: &str);
    fn found_again(&mut self);
    /// Something that the user should know about the watching itself.
    fn remark(&mut self, words: &str);
}

enum Signal {
    Noticed(Noticed),
    Stop,
    Pdf(Sender<Pdf>),
}

/// A PDF and whether it is a draft, or why there is none.
pub type Pdf = Result<(Arc<[u8]>, bool), String>;

/// The way into a loop that runs.
#[derive(Clone)]
pub struct Handle {
    sender: Sender<Signal>,
    state: Published,
}

impl Handle {
    /// Ends the loop after the round that is running.
    pub fn stop(&self) {
        // A loop that has ended needs no end.
        let _ = self.sender.send(Signal::Stop);
    }

    /// The PDF of the current state.
    pub fn pdf(&self) -> Pdf {
        let (answer, answered) = channel();
        let ended = || Err("プレビューは終了しました。".to_string());
        self.sender.send(Signal::Pdf(answer)).map_or_else(|_| ended(), |()| answered.recv().unwrap_or_else(|_| ended()))
    }

    /// The text of a file, by its path from the report's folder, as it was last read.
    pub fn text_of(&self, file: &str) -> Option<String> {
        self.state.text_of(file)
    }

    /// What the offices say to each other, as it was last read.
    pub fn remarks(&self) -> RemarkTexts {
        self.state.remarks()
    }

    /// What is read of the report as it was last checked; nothing before that.
    pub fn read<T>(&self, read: impl FnOnce(&Checked) -> T) -> Option<T> {
        self.state.read(read)
    }

    /// What the pages of a chapter or program print, by its anchor; of the report itself without one. As it was last laid out: the
    /// next state is not waited for.
    pub fn source_mappings(&self, anchor: &str) -> Vec<ResolvedMapping> {
        self.state.source_mappings(anchor)
    }
}

/// A watch that has not begun.
pub struct Watch {
    options: Options,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    state: Published,
}

impl Watch {
    pub fn new(options: Options) -> Self {
        let (sender, signals) = channel();
        Self { options, sender, signals, state: Published::default() }
    }

    pub fn handle(&self) -> Handle {
        Handle { sender: self.sender.clone(), state: self.state.clone() }
    }

    /// Runs until the handle says stop.
    pub fn run(self, listener: &mut dyn Listener) {
        let Self { options, sender, signals, state } = self;
        let interval = options.poll.or_else(|| {
            let kind = network::remote_kind(&options.root)?;
            listener.remark(&format!(
                "{kind}にあるフォルダーなので、{}秒ごとに見に行きます。",
                network::INTERVAL.as_secs()
            ));
            Some(network::INTERVAL)
        });
        let mut run = WatchLoop::new(options, interval, sender, signals, state);
        run.listen(listener);
        let mut changed_paths = ChangedPaths::everything();
        let mut started = Instant::now();
        loop {
            run.look(&changed_paths, started, listener);
            match run.wait(listener) {
                Some((next, at)) => (changed_paths, started) = (next, at),
                None => return,
            }
        }
    }
}
