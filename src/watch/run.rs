//! The loop itself: look, make a round, write, wait.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::notice::{Noticed, Notices};
use super::output::Written;
use super::{Listener, Options, Pdf, Round, Signal, network};
use crate::load::{CachedFolder, ChangedPaths, Folder, Refreshed, explain_io};
use crate::pipeline::{
    BuildOptions, Checked, Edition, EditionRequest, ResolvedMapping, Session, edition, source_mappings,
};
use crate::remarks::{RemarkTexts, read_remarks};
use crate::source::Files;
use crate::typeset::{Pages, forget_unused};

/// How often is looked whether a cause of trouble is gone, and whether the folder is still there.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How often texts are read whose size and time are as they were, at most; and what share of the time that may take.
const READ_ANEW: Duration = Duration::from_secs(5);
const SHARE_OF_TIME: u32 = 50;
/// Files of a new folder may be written before the system watches it: it is looked at once more.
const NEW_FOLDER: Duration = Duration::from_millis(100);

/// The report as it was last laid out. Whoever has a handle reads it while the next state is checked and laid out; only the
/// writing of its own PDF holds it.
#[derive(Clone, Default)]
pub(super) struct Published {
    state: Arc<Mutex<Option<WatchState>>>,
    /// Its texts, apart: a save does not wait for a PDF.
    files: Arc<Mutex<Files>>,
}

impl Published {
    fn lock(&self) -> MutexGuard<'_, Option<WatchState>> {
        // A reader that panicked changed nothing.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn text_of(&self, file: &str) -> Option<String> {
        self.files().iter().find(|own| own.path() == file).map(|found| found.text().to_string())
    }

    pub(super) fn remarks(&self) -> RemarkTexts {
        self.lock().as_ref().map(|state| state.remarks.clone()).unwrap_or_default()
    }

    pub(super) fn read<T>(&self, read: impl FnOnce(&Checked) -> T) -> Option<T> {
        self.lock().as_ref().map(|state| read(&state.checked))
    }

    /// What the pages of a chapter or program print, by its anchor; of the report itself without one.
    pub(super) fn source_mappings(&self, anchor: &str) -> Vec<ResolvedMapping> {
        let state = self.lock();
        state.as_ref().map_or_else(Vec::new, |state| source_mappings(&state.checked, state.draft, anchor))
    }
}

struct WatchState {
    checked: Checked,
    /// Read with the rest, so that a change of them is a state of its own
    remarks: RemarkTexts,
    pages: Option<Arc<Pages>>,
    draft: bool,
    /// Made when it is wanted; or why it cannot be made
    pdf: Option<Result<Arc<[u8]>, String>>,
}

impl WatchState {
    fn round<'a>(&'a self, number: u64, saved: &'a [String], started: Instant) -> Round<'a> {
        Round { number, checked: &self.checked, pages: self.pages.as_ref(), saved, draft: self.draft, started }
    }
}

pub(super) struct WatchLoop {
    options: Options,
    disk: CachedFolder,
    session: Session,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    notices: Option<Notices>,
    /// Set where the folder is looked at regularly instead
    interval: Option<Duration>,
    number: u64,
    state: Published,
    is_lost: bool,
    /// PDFs that are not where they belong: the official one, the draft
    unwritten: [Option<Arc<[u8]>>; 2],
    has_stale_draft: bool,
    /// When to look again without a notice
    look_at: Option<Instant>,
    /// When to read all texts anew
    read_at: Instant,
}

impl WatchLoop {
    pub(super) fn new(
        options: Options,
        interval: Option<Duration>,
        sender: Sender<Signal>,
        signals: Receiver<Signal>,
        state: Published,
    ) -> Self {
        Self {
            disk: CachedFolder::new(Folder::new(&options.root)),
            session: Session::default(),
            sender,
            signals,
            notices: None,
            interval,
            number: 0,
            state,
            is_lost: false,
            unwritten: [None, None],
            has_stale_draft: false,
            look_at: None,
            read_at: Instant::now() + READ_ANEW,
            options,
        }
    }

    /// Asks the system for notices, or falls back to looking.
    pub(super) fn listen(&mut self, listener: &mut dyn Listener) {
        self.notices = None;
        if self.interval.is_some() {
            return;
        }
        let sender = self.sender.clone();
        let tell = move |noticed| {
            // After the end of the loop nobody wants to know.
            let _ = sender.send(Signal::Noticed(noticed));
        };
        match Notices::start(&self.options.root, &self.options.output, tell) {
            Ok(notices) => self.notices = Some(notices),
            Err(_) if !self.options.root.exists() => {}
            Err(reason) => {
                self.interval = Some(network::INTERVAL);
                listener.remark(&format!(
                    "変更の知らせを受け取れないので（{reason}）、{}秒ごとに見に行きます。",
                    network::INTERVAL.as_secs()
                ));
            }
        }
    }

    /// Whether nothing tells of changes and nothing looks for them.
    fn is_deaf(&self) -> bool {
        self.notices.is_none() && self.interval.is_none()
    }

    /// Looks at the folder, and makes a round of what changed.
    pub(super) fn look(&mut self, changed_paths: &ChangedPaths, started: Instant, listener: &mut dyn Listener) {
        let everything = ChangedPaths::everything();
        // First to listen, then to look: what happens between the two is noticed.
        let is_deaf = self.is_deaf();
        if is_deaf {
            self.listen(listener);
        }
        let refreshed = self.disk.refresh(if is_deaf { &everything } else { changed_paths });
        if self.read_at <= started {
            self.read_at = Instant::now() + READ_ANEW.max(started.elapsed() * SHARE_OF_TIME);
        }
        match refreshed {
            Ok(refreshed) => {
                if std::mem::take(&mut self.is_lost) {
                    listener.found_again();
                }
                let Refreshed { changed, texts, look_again_in } = refreshed;
                let soon = look_again_in.map(|wait| Instant::now() + wait);
                self.look_at = [self.look_at.filter(|at| *at > started), soon].into_iter().flatten().min();
                if changed || self.state.lock().is_none() {
                    self.round(&texts, started, listener);
                }
            }
            Err(error) => {
                if !std::mem::replace(&mut self.is_lost, true) {
                    self.notices = None;
                    listener.lost(&format!(
                        "報告書のフォルダー「{}」を開けません（{}）。元に戻ると続けます。",
                        self.options.root.display(),
                        explain_io(&error)
                    ));
                }
            }
        }
    }

    fn round(&mut self, saved: &[String], started: Instant, listener: &mut dyn Listener) {
        let Ok(mut checked) = self.session.check(&self.disk) else { return };
        let remarks = read_remarks(&self.disk);
        self.number += 1;
        let request = if self.options.draft { EditionRequest::Draft } else { EditionRequest::AnyEdition };
        let draft = edition(&checked, request) == Edition::Draft;
        let template = checked.template();
        let document = template.and_then(|template| match self.options.output {
            Some(_) => self.session.lay_out_with_data(&mut checked, template, draft),
            None => self.session.lay_out(&mut checked, template, draft),
        });
        let pages = document.map(|document| Arc::new(Pages::new(document)));
        let published = self.state.clone();
        let mut shown = published.lock();
        let state = shown.insert(WatchState { checked, remarks, pages, draft, pdf: None });
        // Behind what they print: a page that has the old pages does not take the new texts for theirs.
        *published.files() = state.checked.files.clone();
        listener.laid_out(&state.round(self.number, saved, started));
        if self.options.output.is_some() {
            make_pdf(&mut self.session, state, self.options.timestamp);
        }
        let written = self.write(state);
        listener.finished(&state.round(self.number, saved, started), &written);
        forget_unused();
    }

    fn write(&mut self, state: &WatchState) -> Written {
        let Some(output) = &self.options.output else { return Written::Nothing };
        // Without a 【報告書】 the folder is no report: nothing is written into it.
        let is_report = state.checked.report.head.is_some();
        let Some(Ok(pdf)) = state.pdf.as_ref().filter(|_| is_report) else { return Written::Kept };
        let written = output.write(pdf, state.draft);
        let is_there = matches!(written, Written::File { .. });
        self.has_stale_draft = matches!(written, Written::File { stale: Some(_), .. });
        let [official, draft] = &mut self.unwritten;
        let own = if state.draft { &mut *draft } else { official };
        *own = (!is_there).then(|| Arc::clone(pdf));
        if !state.draft {
            *draft = None;
        }
        written
    }

    /// Tries once more what could not be written where it belongs, or not be taken away.
    fn write_late(&mut self, listener: &mut dyn Listener) {
        let Some(output) = self.options.output.as_ref().filter(|_| !self.is_lost) else { return };
        for (unwritten, is_draft) in self.unwritten.iter_mut().zip([false, true]) {
            let Some(pdf) = unwritten else { continue };
            if let Ok(written) = output.put(pdf, is_draft) {
                listener.written_late(&written);
                *unwritten = None;
            }
        }
        if self.has_stale_draft {
            self.has_stale_draft = output.remove_stale().is_some();
        }
    }

    /// Waits for a reason to look again. Nothing when the end was asked for.
    pub(super) fn wait(&mut self, listener: &mut dyn Listener) -> Option<(ChangedPaths, Instant)> {
        let pause = self.interval.unwrap_or(HEARTBEAT);
        let mut beat = Instant::now() + pause;
        loop {
            let until = self.look_at.map_or(beat, |at| at.min(beat));
            match self.signals.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                // Who asked may have gone: then nobody hears the answer.
                Ok(Signal::Pdf(answer)) => drop(answer.send(self.current_pdf())),
                Ok(Signal::Noticed(noticed)) => {
                    let started = Instant::now();
                    if let Some(changed_paths) = self.gather(noticed, listener) {
                        return Some((changed_paths, started));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let is_due = self.look_at.is_some_and(|at| at <= Instant::now());
                    self.write_late(listener);
                    let is_troubled = self.is_deaf() || self.disk.has_unreadable() || !self.options.root.exists();
                    let reads_anew = self.read_at <= Instant::now();
                    if is_due || is_troubled || reads_anew || self.interval.is_some() {
                        self.look_at = self.look_at.filter(|_| !is_due);
                        let changed_paths = if reads_anew { ChangedPaths::texts() } else { ChangedPaths::default() };
                        return Some((changed_paths, Instant::now()));
                    }
                    beat = Instant::now() + pause;
                }
            }
        }
    }

    /// Everything that was noticed up to now. Nothing where it does not concern the report.
    fn gather(&mut self, first: Noticed, listener: &mut dyn Listener) -> Option<ChangedPaths> {
        let mut changed_paths: Option<ChangedPaths> = None;
        let mut next = Some(first);
        while let Some(noticed) = next.take() {
            match noticed {
                Noticed::Nothing => {}
                Noticed::Paths { paths, is_folder } => {
                    let changed_paths = changed_paths.get_or_insert_default();
                    paths.iter().for_each(|path| changed_paths.add(path));
                    if is_folder {
                        self.look_at = Some(Instant::now() + NEW_FOLDER);
                    }
                }
                // Folders that came meanwhile, or another folder of the name, are not watched yet.
                Noticed::Everything | Noticed::RootMoved => {
                    self.listen(listener);
                    changed_paths = Some(ChangedPaths::everything());
                }
            }
            next = match self.signals.try_recv() {
                Ok(Signal::Noticed(noticed)) => Some(noticed),
                Ok(Signal::Pdf(answer)) => {
                    drop(answer.send(self.current_pdf()));
                    Some(Noticed::Nothing)
                }
                Ok(Signal::Stop) => {
                    // Left for `wait`, which ends the loop after this round.
                    let _ = self.sender.send(Signal::Stop);
                    None
                }
                Err(_) => None,
            };
        }
        changed_paths
    }

    fn current_pdf(&mut self) -> Pdf {
        let mut state = self.state.lock();
        let Some(state) = state.as_mut() else { return Err("まだ PDF がありません。".to_string()) };
        if state.pdf.is_none() {
            make_pdf(&mut self.session, state, self.options.timestamp);
        }
        let made = state.pdf.clone().unwrap_or_else(|| Err("頁がないので、PDF を作れません。".to_string()));
        made.map(|pdf| (pdf, state.draft))
    }
}

fn make_pdf(session: &mut Session, state: &mut WatchState, timestamp: Option<i64>) {
    let Some(pages) = &state.pages else { return };
    let options = BuildOptions { draft: state.draft, timestamp, ..BuildOptions::default() };
    let pdf = session.write_pdf(&mut state.checked, pages.document(), options);
    let why = || state.checked.template_fault().unwrap_or("PDF を作れませんでした。").to_string();
    state.pdf = Some(pdf.map(Arc::from).ok_or_else(why));
}
