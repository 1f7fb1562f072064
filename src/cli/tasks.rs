//! Tasks of the live page: commands of this program, each a process of its own, one after the other. Whatever a command does stays as
//! it is, and whoever stops it ends a process that writes whole or not at all.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::console::READS_UTF8;
use super::made_files::{Listing, list};
use super::page_words::Heard;
use crate::preview::task_runner::{TaskStage, TaskState};

/// More than anybody begins before the first is done.
const MOST_WAITING: usize = 8;
/// How often is looked whether a task is done, or is to be stopped.
const PAUSE: Duration = Duration::from_millis(30);
/// How long the end of the program waits for those that it stops.
const LAST_MOMENT: Duration = Duration::from_secs(1);
/// What a task says beyond this is of no use on a page.
const LONGEST_SAID: usize = 200_000;

/// A command to run.
pub(super) struct TaskCommand {
    pub(super) label: String,
    pub(super) arguments: Vec<OsString>,
    /// Where its files will lie
    pub(super) folder: PathBuf,
    /// The report that it makes
    pub(super) report: Option<PathBuf>,
}

/// The tasks of this run.
#[derive(Clone)]
pub(super) struct Tasks {
    root: PathBuf,
    entries: Entries,
    queue: Sender<u64>,
}

/// What is known of one.
struct TaskEntry {
    command: TaskCommand,
    stage: TaskStage,
    said: String,
    began: Option<Instant>,
    took: Duration,
    is_to_stop: bool,
    files: Vec<PathBuf>,
}

/// By number, from 0
#[derive(Clone, Default)]
struct Entries(Arc<Mutex<Vec<TaskEntry>>>);

impl Entries {
    fn lock(&self) -> MutexGuard<'_, Vec<TaskEntry>> {
        // What was kept stays right, whoever panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, id: u64, act: impl FnOnce(&mut TaskEntry) -> T) -> Option<T> {
        self.lock().get_mut(usize::try_from(id).ok()?).map(act)
    }
}

impl Tasks {
    pub(super) fn new(root: &Path) -> Self {
        let (queue, waiting) = channel();
        let entries = Entries::default();
        let worker = Worker { root: root.to_path_buf(), entries: entries.clone() };
        thread::spawn(move || worker.run(&waiting));
        Self { root: root.to_path_buf(), entries, queue }
    }

    pub(super) fn begin(&self, command: TaskCommand) -> Result<u64, String> {
        let mut entries = self.entries.lock();
        let is_open = |entry: &&TaskEntry| matches!(entry.stage, TaskStage::Waiting | TaskStage::Running);
        if entries.iter().filter(is_open).count() >= MOST_WAITING {
            return Err("終わっていない作業が多すぎます。終わるのを待つか、止めてください。".to_string());
        }
        let id = entries.len() as u64;
        entries.push(TaskEntry {
            command,
            stage: TaskStage::Waiting,
            said: String::new(),
            began: None,
            took: Duration::ZERO,
            is_to_stop: false,
            files: Vec::new(),
        });
        drop(entries);
        self.queue.send(id).map_err(|_| "作業を始められません。".to_string())?;
        Ok(id)
    }

    pub(super) fn states(&self) -> Vec<TaskState> {
        let entries = self.entries.lock();
        let states = entries.iter().enumerate().map(|(id, entry)| TaskState {
            id: id as u64,
            label: entry.command.label.clone(),
            stage: entry.stage,
            said: entry.said.clone(),
            seconds: entry.began.map_or(entry.took, |began| began.elapsed()).as_secs(),
            files: entry.files.iter().map(|path| self.shown(path)).collect(),
            report: entry.report().map(|path| path.display().to_string()),
        });
        states.collect()
    }

    /// From the report where it lies in it.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    pub(super) fn stop(&self, id: u64) {
        self.entries.with(id, |entry| {
            entry.is_to_stop = true;
            if entry.stage == TaskStage::Waiting {
                entry.stage = TaskStage::Stopped;
            }
        });
    }

    /// Stops all, and gives them a moment: nothing goes on writing when the program is over.
    pub(super) fn end(&self) {
        let count = self.entries.lock().len() as u64;
        (0..count).for_each(|id| self.stop(id));
        let began = Instant::now();
        let runs = || self.entries.lock().iter().any(|entry| entry.stage == TaskStage::Running);
        while runs() && began.elapsed() < LAST_MOMENT {
            thread::sleep(PAUSE);
        }
    }

    /// A file that a task made.
    pub(super) fn file(&self, id: u64, index: usize) -> Option<PathBuf> {
        self.entries.with(id, |entry| entry.files.get(index).cloned()).flatten()
    }

    /// The report that a task made.
    pub(super) fn report(&self, id: u64) -> Option<PathBuf> {
        self.entries.with(id, |entry| entry.report().cloned()).flatten()
    }
}

impl TaskEntry {
    fn report(&self) -> Option<&PathBuf> {
        self.command.report.as_ref().filter(|_| self.stage == TaskStage::Done)
    }
}

/// Runs what was begun, one after the other: two that write would be in each other's way.
struct Worker {
    root: PathBuf,
    entries: Entries,
}

impl Worker {
    fn run(&self, waiting: &Receiver<u64>) {
        for id in waiting {
            let begun = self.entries.with(id, |entry| {
                if entry.is_to_stop {
                    return None;
                }
                entry.stage = TaskStage::Running;
                entry.began = Some(Instant::now());
                Some((entry.command.arguments.clone(), entry.command.folder.clone()))
            });
            if let Some((arguments, folder)) = begun.flatten() {
                let before = list(&folder);
                let stage = self.run_command(id, &arguments, (&folder, &before));
                self.entries.with(id, |entry| {
                    entry.stage = stage;
                    entry.took = entry.began.take().map_or(Duration::ZERO, |began| began.elapsed());
                });
            }
        }
    }

    fn run_command(&self, id: u64, arguments: &[OsString], (folder, before): (&Path, &Listing)) -> TaskStage {
        let mut child = match self.start(arguments) {
            Ok(child) => child,
            Err(error) => {
                self.say(id, &format!("始められません（{}）。", crate::load::explain_io(&error)));
                return TaskStage::Failed;
            }
        };
        let readers = [
            child.stdout.take().map(|stream| self.listen(id, stream)),
            child.stderr.take().map(|stream| self.listen(id, stream)),
        ];
        let code = self.wait(id, &mut child);
        // Of one that was stopped nobody waits for the rest: what it started may hold its streams open.
        if code.is_some() {
            for reader in readers.into_iter().flatten() {
                // One that failed has said what it could.
                let _ = reader.join();
            }
        }
        let made = list(folder).since(before);
        let has_made = !made.is_empty();
        if code.is_none() && has_made {
            self.say(id, "途中まで作ったファイルがあります。もう一度始めると、残りを作ります。");
        }
        // Of a report the folder is enough.
        self.entries.with(id, |entry| entry.files = if entry.command.report.is_some() { Vec::new() } else { made });
        match code {
            None => TaskStage::Stopped,
            Some(0) => TaskStage::Done,
            Some(1) if has_made => TaskStage::DoneWithErrors,
            Some(1) => TaskStage::Refused,
            Some(_) => TaskStage::Failed,
        }
    }

    fn start(&self, arguments: &[OsString]) -> std::io::Result<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(arguments).current_dir(&self.root).env("NO_COLOR", "1").env(READS_UTF8, "1");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        without_window(&mut command);
        command.spawn()
    }

    /// Its exit code; nothing where it was stopped.
    fn wait(&self, id: u64, child: &mut Child) -> Option<i32> {
        loop {
            if let Ok(Some(status)) = child.try_wait() {
                // Ended from outside is a failure, not what anybody asked for here.
                return Some(status.code().unwrap_or(2));
            }
            if self.entries.with(id, |entry| entry.is_to_stop) == Some(true) {
                // One that has just ended needs no end.
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            thread::sleep(PAUSE);
        }
    }

    /// Takes what a task says, line by line.
    fn listen(&self, id: u64, stream: impl Read + Send + 'static) -> JoinHandle<()> {
        let worker = Self { root: self.root.clone(), entries: self.entries.clone() };
        thread::spawn(move || {
            let mut heard = Heard::default();
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                if let Some(text) = heard.line(String::from_utf8_lossy(&line).trim_end()) {
                    worker.say(id, &text);
                }
            }
        })
    }

    /// Files of the report are called as they are found from it.
    fn say(&self, id: u64, line: &str) {
        let line = line.replace(&format!("{}{MAIN_SEPARATOR}", self.root.display()), "");
        self.entries.with(id, |entry| {
            if entry.said.len() + line.len() < LONGEST_SAID {
                entry.said.push_str(&line);
                entry.said.push('\n');
            }
        });
    }
}

/// No black window comes and goes.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}
