//! Printing that never keeps the program waiting.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::output::say_all;

/// Prints from a thread of its own: a console that stands still (a click into it does that on Windows) must not keep a
/// report from being built.
pub(super) struct Printer {
    texts: SyncSender<String>,
    thread: JoinHandle<()>,
}

impl Printer {
    /// More than anybody scrolls back to.
    const MOST_WAITING: usize = 100;

    pub(super) fn start() -> Self {
        let (texts, waiting) = sync_channel::<String>(Self::MOST_WAITING);
        let thread = thread::spawn(move || {
            for text in waiting {
                // A terminal that went away is no reason to stop building.
                let _ = say_all(&text);
            }
        });
        Self { texts, thread }
    }

    /// What a console that stands still has no room for is left out.
    pub(super) fn print(&self, text: String) {
        let _ = self.texts.try_send(text);
    }

    /// Waits a moment for what is still to be printed.
    pub(super) fn end(self) {
        drop(self.texts);
        let started = Instant::now();
        while !self.thread.is_finished() && started.elapsed() < Duration::from_secs(1) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}
