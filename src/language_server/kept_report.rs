//! One report between two messages: its folder, what the last check found, and what is to be looked at again.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::TypedText;
use super::overlay::{OpenTexts, Overlay};
use crate::load::{CachedFolder, ChangedPaths, ComposedText, Disk, Folder, MAX_FONTS_BYTES};
use crate::pipeline::{Checked, Session, pages_in};
use crate::source::{FileId, SourceFile};

/// What a check found.
pub(super) struct State {
    pub checked: Checked,
    /// By path from the report
    pub ids: BTreeMap<String, FileId>,
    /// Files whose certain fixes are proved
    proved: BTreeSet<String>,
}

pub(super) struct KeptReport {
    root: PathBuf,
    /// Absent where no report was found
    folder: Option<CachedFolder>,
    session: Session,
    state: Option<State>,
    /// What may have changed on the disk since the last look; nothing has where it is absent
    changed: Option<ChangedPaths>,
    /// An open text changed since the last check.
    is_stale: bool,
    /// Pages in the PDF that was built last, and when that was
    pages: RefCell<(Option<i64>, BTreeMap<String, String>)>,
    /// Texts that are not open, as an editor would show them
    typed: RefCell<BTreeMap<String, Arc<TypedText>>>,
}

impl KeptReport {
    /// A folder that was not looked at yet. Without a 【報告書】 nothing of it is read: it may be anything.
    pub(super) fn new(root: &Path, is_report: bool) -> Self {
        Self {
            root: root.to_path_buf(),
            folder: is_report.then(|| CachedFolder::new(Folder::new(root))),
            session: Session::default(),
            state: None,
            changed: Some(ChangedPaths::everything()),
            is_stale: true,
            pages: RefCell::default(),
            typed: RefCell::default(),
        }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn is_report(&self) -> bool {
        self.folder.is_some()
    }

    pub(super) fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// An open text of a report is another one now: of this one, or of one that this one reads.
    pub(super) fn text_changed(&mut self, root: &Path) {
        self.is_stale |= self.root == root || self.folder.as_ref().is_some_and(|own| own.reads_report_at(root));
    }

    /// A file on the disk may be another now, of a report that this one reads.
    pub(super) fn other_report_changed(&mut self, path: &Path) {
        self.is_stale |= self.folder.as_mut().is_some_and(|own| own.report_changed(path));
    }

    /// Something on the disk may be another now.
    pub(super) fn disk_changed(&mut self, path: Option<&Path>) {
        let changed = self.changed.get_or_insert_default();
        path.into_iter().for_each(|path| changed.add(path));
    }

    /// Whether a check would be about something that the last one did not see.
    pub(super) fn is_waiting(&self) -> bool {
        self.is_stale || self.changed.is_some()
    }

    /// Brings the state up to date; whether it is another one now.
    pub(super) fn check(&mut self, open: &OpenTexts) -> bool {
        // Of a folder that was never opened nothing is known.
        let is_seen = self.look() || self.state.is_some();
        if !is_seen || !std::mem::take(&mut self.is_stale) {
            return false;
        }
        let disk = Overlay { folder: self.folder.as_ref(), open };
        let Ok(checked) = self.session.check_without_trials(&disk) else {
            self.is_stale = true;
            return false;
        };
        let ids = checked.files.iter().map(|file| (file.path().to_string(), file.id())).collect();
        self.state = Some(State { checked, ids, proved: BTreeSet::new() });
        true
    }

    /// Looks at the folder again, where something of it may be another; whether it could be opened.
    fn look(&mut self) -> bool {
        let Some(changed) = self.changed.take() else { return true };
        match self.folder.as_mut().map(|folder| folder.refresh(&changed)) {
            Some(Ok(refreshed)) => {
                self.is_stale |= refreshed.changed;
                // A file that is being written is looked at once more.
                self.changed = refreshed.look_again_in.map(|_| ChangedPaths::default());
                true
            }
            // A folder that cannot be opened for a moment stays what it was.
            Some(Err(_)) => {
                self.changed = Some(ChangedPaths::everything());
                false
            }
            None => true,
        }
    }

    /// Proves the fixes of a file that are called certain.
    pub(super) fn prove(&mut self, open: &OpenTexts, path: &str) {
        let disk = Overlay { folder: self.folder.as_ref(), open };
        let Some(state) = self.state.as_mut().filter(|state| !state.proved.contains(path)) else { return };
        self.session.prove_fixes(&disk, &mut state.checked, path);
        state.proved.insert(path.to_string());
    }

    /// A text that is not open, as an editor would show it: か and ゛ are apart where they are in the file.
    pub(super) fn typed_text(&self, file: &SourceFile) -> Arc<TypedText> {
        let mut typed = self.typed.borrow_mut();
        if let Some(known) = typed.get(file.path()).filter(|known| **known.text().composed() == *file.text()) {
            return Arc::clone(known);
        }
        let folder = self.folder.as_ref().map(CachedFolder::folder);
        let read = folder.and_then(|folder| folder.typed_text(file.path()));
        // What was saved in this moment is another text: it is looked at in the next check.
        let read = read.filter(|read| **read.composed() == *file.text());
        let text = read.unwrap_or_else(|| ComposedText::new(file.text()));
        let text = Arc::new(TypedText::new(text));
        typed.insert(file.path().to_string(), Arc::clone(&text));
        text
    }

    /// Where a file of the report lies on the disk.
    pub(super) fn path_of(&self, relative: &str) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.folder().path_of(relative),
            None => self.root.join(relative),
        }
    }

    /// Whether a file lies there.
    pub(super) fn is_on_disk(&self, relative: &str) -> bool {
        self.folder.as_ref().is_some_and(|folder| folder.folder().changed_at(relative).is_some())
    }

    /// The page on which a program begins in the PDF that was built last.
    pub(super) fn page_of(&self, id: &str) -> Option<String> {
        let folder = self.folder.as_ref()?.folder();
        let name = format!("out/{}.pdf", self.root.file_name()?.to_string_lossy());
        let changed = folder.changed_at(&name)?;
        let mut known = self.pages.borrow_mut();
        if known.0 != Some(changed) {
            let pdf = folder.read("", &name, MAX_FONTS_BYTES).ok();
            *known = (Some(changed), pdf.map(|pdf| pages_in(&pdf)).unwrap_or_default());
        }
        known.1.get(id).cloned()
    }

    /// The plain files in a folder of the report.
    pub(super) fn list(&self, folder: &str) -> Vec<String> {
        self.folder.as_ref().map(|own| own.folder().list(folder)).unwrap_or_default()
    }
}
