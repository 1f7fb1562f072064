//! What is kept of a session: the open documents and the reports that they belong to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_server::Connection;

use super::client::Client;
use super::document::Document;
use super::files::EditorFiles;
use super::kept_report::KeptReport;
use super::overlay::OpenTexts;
use super::protocol::{DocumentName, InitializeParams};
use super::publishing::Publisher;
use super::uri::path_of_uri;
use crate::pipeline::{find_root, find_roots_below};

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
            workspace: Vec::new(),
        };
        let root = || params.root_uri.map(|uri| DocumentName { uri });
        let folders = params.workspace_folders.unwrap_or_else(|| root().into_iter().collect());
        folders.iter().for_each(|folder| server.add_folder(&folder.uri));
        server
    }

    /// The report that a workspace folder lies in, else those that lie in it.
    pub(super) fn add_folder(&mut self, uri: &str) {
        let Some(folder) = path_of_uri(uri) else { return };
        let own = find_root(&folder).map_or_else(|| find_roots_below(&folder, DEPTH), |root| vec![root]);
        for root in own.into_iter().take(MOST_REPORTS.saturating_sub(self.workspace.len())) {
            self.report(&root, true);
            self.workspace.push(root);
        }
    }

    pub(super) fn remove_folder(&mut self, connection: &Connection, uri: &str) {
        let Some(folder) = path_of_uri(uri) else { return };
        self.workspace.retain(|root| !root.starts_with(&folder) && !folder.starts_with(root));
        self.forget_unused(connection);
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

    /// The open texts of a report, as it is to read them.
    pub(super) fn open_texts(&self, root: &Path) -> OpenTexts {
        let homes = self.documents.values().filter_map(|document| Some((document.home.as_ref()?, document)));
        let own = homes.filter(|(home, _)| home.root == root);
        own.map(|(home, document)| (home.relative.clone(), document.text.text().content())).collect()
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
