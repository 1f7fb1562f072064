//! What the editor tells: texts that are opened, changed and closed, and what changed on the disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{Connection, Notification, Request, RequestId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::document::{Document, TypedText};
use super::home::home_of;
use super::inbox::{notify, send};
use super::protocol::{ChangeParams, DocumentParams, FoldersParams, OpenParams, WatchedParams};
use super::server::Server;
use super::uri::path_of_uri;
use crate::load::ComposedText;

/// Files that a report reads; also pictures that cannot be printed, which a message names.
const READ: &[&str] =
    &["jigyo", "csv", "jpg", "jpeg", "png", "svg", "heic", "heif", "tif", "tiff", "bmp", "gif", "webp"];

/// An ending as a pattern: cameras write JPG, Macs Png, and editors tell the cases apart.
fn in_any_case(ending: &str) -> String {
    ending.chars().map(|c| format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())).collect()
}

impl Server {
    pub(super) fn hear(&mut self, connection: &Connection, heard: &Notification) {
        let params = &heard.params;
        match heard.method.as_str() {
            "initialized" => self.watch(connection),
            "textDocument/didOpen" => read(connection, params, |params| self.open(params)),
            "textDocument/didChange" => read(connection, params, |params| self.change(params)),
            "textDocument/didClose" => read(connection, params, |params| self.close(connection, params)),
            "textDocument/didSave" => read(connection, params, |params| self.saved(params)),
            "workspace/didChangeWatchedFiles" => read(connection, params, |params| self.noticed(&params)),
            "workspace/didChangeWorkspaceFolders" => {
                read(connection, params, |params: FoldersParams| self.folders_changed(connection, &params.event))
            }
            _ => {}
        }
    }

    /// Asks to be told what changes on the disk.
    fn watch(&self, connection: &Connection) {
        if self.client.watches {
            let files = READ.iter().map(|ending| format!("**/*.{}", in_any_case(ending)));
            let globs = files.chain(["**/fonts/*".to_string(), format!("**/out/*.{}", in_any_case("pdf"))]);
            let watchers = globs.map(|glob| json!({ "globPattern": glob }));
            let method = "workspace/didChangeWatchedFiles";
            let options = json!({ "watchers": watchers.collect::<Vec<_>>() });
            let params = json!({ "registrations": [{ "id": "files", "method": method, "registerOptions": options }] });
            let id = RequestId::from("watch".to_string());
            send(connection, Request::new(id, "client/registerCapability".to_string(), params));
        }
    }

    fn open(&mut self, params: OpenParams) {
        let opened = params.text_document;
        let text = Arc::new(TypedText::new(ComposedText::new(opened.text)));
        let document = Document { uri: opened.uri.clone(), version: opened.version, text, home: None };
        self.documents.insert(opened.uri.clone(), document);
        self.find_homes();
    }

    /// Looks for the report of every document that has none yet: it may have come meanwhile.
    fn find_homes(&mut self) {
        let homeless = |document: &&Document| document.home.as_ref().is_none_or(|home| !home.is_report);
        let uris: Vec<String> = self.documents.values().filter(homeless).map(|document| document.uri.clone()).collect();
        for uri in uris {
            let home = home_of(&uri, self.documents.values());
            let Some(document) = self.documents.get_mut(&uri) else { continue };
            let before = std::mem::replace(&mut document.home, home.clone());
            if let Some(home) = home {
                self.report(&home.root, home.is_report);
                self.text_changed(&home.root);
            }
            if let Some(before) = before.filter(|before| Some(&before.root) != self.home_root(&uri)) {
                self.text_changed(&before.root);
            }
        }
    }

    fn home_root(&self, uri: &str) -> Option<&PathBuf> {
        self.documents.get(uri)?.home.as_ref().map(|home| &home.root)
    }

    fn change(&mut self, params: ChangeParams) {
        let units = self.client.units;
        let Some(document) = self.documents.get_mut(&params.text_document.uri) else { return };
        document.text = Arc::new(document.text.changed(params.content_changes, units));
        document.version = params.text_document.version;
        if let Some(root) = document.home.as_ref().map(|home| home.root.clone()) {
            self.text_changed(&root);
        }
    }

    fn close(&mut self, connection: &Connection, params: DocumentParams) {
        let Some(closed) = self.documents.remove(&params.text_document.uri) else { return };
        let Some(home) = closed.home else { return };
        self.text_changed(&home.root);
        let path = path_of_uri(&closed.uri);
        self.reports.get_mut(&home.root).into_iter().for_each(|report| report.disk_changed(path.as_deref()));
        self.other_report_changed(path.as_deref());
        self.publisher.closed(&closed.uri);
        self.forget_unused(connection);
    }

    fn saved(&mut self, params: DocumentParams) {
        let path = path_of_uri(&params.text_document.uri);
        let root = self.home_root(&params.text_document.uri).cloned();
        let report = root.and_then(|root| self.reports.get_mut(&root));
        report.into_iter().for_each(|report| report.disk_changed(path.as_deref()));
        self.other_report_changed(path.as_deref());
        self.find_new_reports(path.as_slice());
        self.find_homes();
    }

    fn noticed(&mut self, params: &WatchedParams) {
        let paths: Vec<PathBuf> = params.changes.iter().filter_map(|change| path_of_uri(&change.uri)).collect();
        for path in &paths {
            let above = self.reports.iter_mut().filter(|(root, _)| path.starts_with(root));
            above.for_each(|(_, report)| report.disk_changed(Some(path)));
            self.other_report_changed(Some(path));
        }
        self.find_new_reports(&paths);
        self.find_homes();
    }

    /// Reports that are compared with the one that a file belongs to are looked at again.
    fn other_report_changed(&mut self, path: Option<&Path>) {
        let Some(path) = path else { return };
        self.reports.values_mut().for_each(|report| report.other_report_changed(path));
    }
}

/// What a notification says; one that cannot be read is told to the editor's log.
fn read<P: DeserializeOwned>(connection: &Connection, params: &Value, hear: impl FnOnce(P)) {
    match P::deserialize(params) {
        Ok(params) => hear(params),
        Err(error) => {
            let words = format!("読み取れない知らせを受け取りました（{error}）。");
            notify(connection, "window/logMessage", json!({ "type": 2, "message": words }));
        }
    }
}
