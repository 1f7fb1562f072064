//! Messages to the editor: pushed, and pulled by editors that ask. A text whose messages the editor pulls gets none pushed, so that
//! none is shown twice.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use lsp_server::{Connection, Request, RequestId};
use serde_json::{Value, json};

use super::client::Client;
use super::diagnostics::told;
use super::files::EditorFiles;
use super::inbox::{notify, send};
use super::protocol::Diagnostic;

/// What was pushed of a text.
struct Pushed {
    root: PathBuf,
    version: Option<i32>,
    messages: Vec<Diagnostic>,
}

/// What was last pulled of a text.
struct Pulled {
    result: String,
    version: Option<i32>,
}

#[derive(Default)]
pub(super) struct Publisher {
    /// By address
    pushed: BTreeMap<String, Pushed>,
    pulled: BTreeMap<String, Pulled>,
    /// The editor pulls the messages of all texts.
    pulls_all: bool,
    /// How often the editor was told that there are other messages
    refreshes: u32,
    /// It was told, and has not pulled since.
    is_told: bool,
}

/// The mark of some messages: the same for the same.
fn result_of(messages: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    // Strings and numbers: it always serializes.
    serde_json::to_string(messages).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl Publisher {
    /// Tells the messages of a report's last check.
    pub(super) fn tell(&mut self, connection: &Connection, files: &EditorFiles<'_>, client: &Client) {
        let mut messages = told(files, client);
        for relative in files.open.keys() {
            messages.entry((*relative).to_string()).or_default();
        }
        // First what is said no more: editors write one address in several ways (%E7 or %e7), and take them for one file, so that a text
        // that they opened would lose what was just said of it.
        let told: BTreeSet<String> = messages.keys().map(|relative| files.uri(relative)).collect();
        self.of_root(files.report.root()).difference(&told).for_each(|uri| self.clear(connection, uri));
        let mut has_news = false;
        for (relative, messages) in messages {
            let uri = files.uri(&relative);
            let version = files.version(&relative);
            if let Some(pulled) = self.pulled.get(&uri) {
                // Of a text that was just changed the editor pulls by itself.
                has_news |= pulled.version == version && pulled.result != result_of(&messages);
            }
            if self.pulls_all || self.pulled.contains_key(&uri) {
                self.clear(connection, &uri);
            } else {
                let root = files.report.root().to_path_buf();
                self.push(connection, uri, Pushed { root, version, messages });
            }
        }
        if (has_news || self.pulls_all) && client.refreshes_pulled {
            self.ask_to_pull(connection);
        }
    }

    /// Pushes what is not known yet.
    fn push(&mut self, connection: &Connection, uri: String, new: Pushed) {
        let known = self.pushed.get(&uri);
        let is_known = known.is_some_and(|own| own.version == new.version && own.messages == new.messages);
        // Nothing was ever said of it, and nothing is to be said.
        let is_silent = new.messages.is_empty() && new.version.is_none() && known.is_none();
        if !is_known && !is_silent {
            push(connection, &uri, new.version, &new.messages);
            self.pushed.insert(uri, new);
        }
    }

    /// Once until the editor has pulled.
    fn ask_to_pull(&mut self, connection: &Connection) {
        if !std::mem::replace(&mut self.is_told, true) {
            self.refreshes += 1;
            let id = RequestId::from(format!("refresh-{}", self.refreshes));
            send(connection, Request::new(id, "workspace/diagnostic/refresh".to_string(), Value::Null));
        }
    }

    fn of_root(&self, root: &Path) -> BTreeSet<String> {
        self.pushed.iter().filter(|(_, own)| own.root == root).map(|(uri, _)| uri.clone()).collect()
    }

    fn clear(&mut self, connection: &Connection, uri: &str) {
        if self.pushed.remove(uri).is_some_and(|own| !own.messages.is_empty()) {
            push(connection, uri, None, &[]);
        }
    }

    /// Nothing of a report is shown any more.
    pub(super) fn forget(&mut self, connection: &Connection, root: &Path) {
        self.of_root(root).iter().for_each(|uri| self.clear(connection, uri));
    }

    /// An editor pulls what is open; of a text that it closed it is told.
    pub(super) fn closed(&mut self, uri: &str) {
        self.pulled.remove(uri);
    }

    /// The answer to an editor that pulls the messages of a text.
    pub(super) fn pull(
        &mut self,
        connection: &Connection,
        (uri, version): (&str, Option<i32>),
        before: Option<&str>,
        messages: &[Diagnostic],
    ) -> Value {
        self.is_told = false;
        let result = result_of(messages);
        self.pulled.insert(uri.to_string(), Pulled { result: result.clone(), version });
        self.clear(connection, uri);
        report(before, &result, messages)
    }

    /// The answer to an editor that pulls the messages of a whole report.
    pub(super) fn pull_report(
        &mut self,
        connection: &Connection,
        files: &EditorFiles<'_>,
        client: &Client,
        before: &BTreeMap<&str, &str>,
    ) -> Vec<Value> {
        self.is_told = false;
        self.pulls_all = true;
        self.forget(connection, files.report.root());
        let mut messages = told(files, client);
        let known = files.report.state().into_iter().flat_map(|state| state.ids.keys());
        let open = files.open.keys().map(|relative| (*relative).to_string());
        for relative in known.cloned().chain(open) {
            // Of a text that had messages, and has none now, that is to be said.
            if before.contains_key(files.uri(&relative).as_str()) || files.open.contains_key(relative.as_str()) {
                messages.entry(relative).or_default();
            }
        }
        let items = messages.iter().map(|(relative, messages)| {
            let uri = files.uri(relative);
            let mut item = report(before.get(uri.as_str()).copied(), &result_of(messages), messages);
            if let Some(all) = item.as_object_mut() {
                all.insert("version".to_string(), json!(files.version(relative)));
                all.insert("uri".to_string(), json!(uri));
            }
            item
        });
        items.collect()
    }
}

fn report(before: Option<&str>, result: &str, messages: &[Diagnostic]) -> Value {
    if before == Some(result) {
        json!({ "kind": "unchanged", "resultId": result })
    } else {
        json!({ "kind": "full", "resultId": result, "items": messages })
    }
}

fn push(connection: &Connection, uri: &str, version: Option<i32>, messages: &[Diagnostic]) {
    let mut params = json!({ "uri": uri, "diagnostics": messages });
    if let (Some(version), Some(all)) = (version, params.as_object_mut()) {
        all.insert("version".to_string(), json!(version));
    }
    notify(connection, "textDocument/publishDiagnostics", params);
}
