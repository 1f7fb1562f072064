//! A line that says what takes long, on a terminal only, after half a second.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_millis(500);

/// Shows its line until it is dropped.
pub(super) struct Progress {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    pub(super) fn start(line: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self { stop: None, thread: None };
        }
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "{line}");
                let _ = io::stderr().flush();
                let _ = stopped.recv();
                let _ = write!(io::stderr(), "\r{}\r", " ".repeat(crate::diagnostic::display_width(line)));
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // The thread only prints; there is nothing to do if it failed.
            let _ = thread.join();
        }
    }
}
