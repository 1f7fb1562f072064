//! What is kept of a session: the open documents and the reports that they belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_server::Connection;

use super::client::Client;
use super::document::Document;
use super::files::EditorFiles;
use super::kept_report::KeptReport;
use super::overlay::{OpenTexts, OtherText};
use super::protocol::{DocumentName, FoldersEvent, InitializeParams};
use super::publishing::Publisher;
use super::uri::path_of_uri;
use crate::load::RawFile;
use crate::pipeline::{find_root, find_roots_below, is_report};

/// Folders below a workspace folder that a report is looked for in
const DEPTH: usize = 3;
/// Reports of a workspace that are checked unasked
const MOST_REPORTS: usize = 16;

/// A session that was started.
pub(super) struct Server {
    pub(super) client: Client,
    /// By their addresses as the editor spells them
    pub(super) documents: BTreeMap<String, Document>,
    pub(super) reports: BTreeMap<PathBuf, KeptReport>,
    pub(super) publisher: Publisher,
    /// Reports whose last check was made for an answer, and not told yet
    pub(super) untold: BTreeSet<PathBuf>,
    /// Folders that are open
    folders: Vec<PathBuf>,
    /// Reports that are checked whether a text of theirs is open or not
    workspace: Vec<PathBuf>,
}

impl Server {
    pub(super) fn new(params: InitializeParams) -> Self {
        let mut server = Self {
            client: Client::of(&params.capabilities),
            documents: BTreeMap::new(),
            reports: BTreeMap::new(),
            publisher: Publisher::default(),
            untold: BTreeSet::new(),
            folders: Vec::new(),
            workspace: Vec::new(),
        };
        let root = || params.root_uri.map(|uri| DocumentName { uri });
        let folders = params.workspace_folders.unwrap_or_else(|| root().into_iter().collect());
        server.folders = folders.iter().filter_map(|folder| path_of_uri(&folder.uri)).collect();
        server.find_workspace();
        server
    }

    /// Other folders are open now.
    pub(super) fn folders_changed(&mut self, connection: &Connection, event: &FoldersEvent) {
        for closed in event.removed.iter().filter_map(|folder| path_of_uri(&folder.uri)) {
            self.folders.retain(|folder| *folder != closed);
        }
        self.folders.extend(event.added.iter().filter_map(|folder| path_of_uri(&folder.uri)));
        self.find_workspace();
        self.forget_unused(connection);
    }

    /// Of each open folder the report that it lies in, else those that lie in it.
    fn find_workspace(&mut self) {
        let mut found: Vec<PathBuf> = Vec::new();
        for folder in &self.folders {
            let own = find_root(folder).map_or_else(|| find_roots_below(folder, DEPTH), |root| vec![root]);
            own.into_iter().for_each(|root| {
                if !found.contains(&root) {
                    found.push(root);
                }
            });
        }
        // What was looked at before is not let go of for what came later.
        found.sort_by_key(|root| !self.workspace.contains(root));
        found.truncate(MOST_REPORTS);
        for root in &found {
            self.report(root, true);
        }
        self.workspace = found;
    }

    /// Looks for reports that came into the open folders, where one of these files may be the beginning of one.
    pub(super) fn find_new_reports(&mut self, paths: &[PathBuf]) {
        let is_in_none = |folder: &&Path| {
            let is_open = self.folders.iter().any(|open| folder.starts_with(open));
            is_open && !self.workspace.iter().any(|root| folder.starts_with(root))
        };
        let texts = paths.iter().filter(|path| is_jigyo(path)).filter_map(|path| path.parent());
        let folders: BTreeSet<&Path> = texts.filter(is_in_none).collect();
        if folders.into_iter().any(is_report) {
            self.find_workspace();
        }
    }

    pub(super) fn report(&mut self, root: &Path, is_report: bool) -> &mut KeptReport {
        let report = self.reports.entry(root.to_path_buf()).or_insert_with(|| KeptReport::new(root, is_report));
        // A 【報告書】 came to what was none.
        if is_report && !report.is_report() {
            *report = KeptReport::new(root, is_report);
        }
        report
    }

    /// Whether nobody tells of changes on the disk, or something is to be looked at once more.
    pub(super) fn looks_itself(&self) -> bool {
        !self.client.watches || self.reports.values().any(KeptReport::is_waiting)
    }

    pub(super) fn disk_changed(&mut self) {
        self.reports.values_mut().for_each(|report| report.disk_changed(None));
    }

    /// The open texts, as a report is to read them.
    pub(super) fn open_texts(&self, root: &Path) -> OpenTexts {
        let mut open = OpenTexts::default();
        for document in self.documents.values() {
            let Some(home) = &document.home else { continue };
            let (path, content) = (home.relative.clone(), document.text.text().content());
            if home.root == root {
                open.own.insert(path, content);
            } else if home.is_report {
                open.others.push(OtherText { root: home.root.clone(), file: RawFile { path, content } });
            }
        }
        open
    }

    /// An open text of a report is another one now.
    pub(super) fn text_changed(&mut self, root: &Path) {
        self.reports.values_mut().for_each(|report| report.text_changed(root));
    }

    /// Checks a report where anything changed; whether its state is another one.
    pub(super) fn check(&mut self, root: &Path) -> bool {
        let open = self.open_texts(root);
        self.reports.get_mut(root).is_some_and(|report| report.check(&open))
    }

    pub(super) fn files<'a>(&'a self, report: &'a KeptReport) -> EditorFiles<'a> {
        EditorFiles::new(report, self.documents.values(), self.client.units)
    }

    /// Checks what changed and tells it, when no message waits.
    pub(super) fn settle(&mut self, connection: &Connection) {
        let mut untold = std::mem::take(&mut self.untold);
        let waiting = self.reports.iter().filter(|(_, report)| report.is_waiting());
        let waiting: Vec<PathBuf> = waiting.map(|(root, _)| root.clone()).collect();
        untold.extend(waiting.into_iter().filter(|root| self.check(root)));
        let Self { reports, documents, publisher, client, .. } = self;
        for report in untold.iter().filter_map(|root| reports.get(root)) {
            publisher.tell(connection, &EditorFiles::new(report, documents.values(), client.units), client);
        }
    }

    /// Reports of which nothing is open and that lie in no folder of the workspace.
    pub(super) fn forget_unused(&mut self, connection: &Connection) {
        let is_used = |root: &PathBuf| {
            let mut homes = self.documents.values().filter_map(|document| document.home.as_ref());
            self.workspace.contains(root) || homes.any(|home| home.root == *root)
        };
        let unused: Vec<PathBuf> = self.reports.keys().filter(|root| !is_used(root)).cloned().collect();
        for root in unused {
            self.reports.remove(&root);
            self.publisher.forget(connection, &root);
        }
    }
}

fn is_jigyo(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jigyo"))
}
