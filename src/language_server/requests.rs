//! The questions that are answered, and what each needs to be known for its answer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::home::home_of;
use super::protocol::{
    ActionParams, DocumentParams, Position, PositionParams, PullParams, QueryParams, RangeParams, ReferenceParams,
    RenameParams, RenamedFiles, WorkspacePullParams,
};
use super::refused::{Answer, Refused};
use super::server::Server;
use super::sight::Sight;
use super::{
    actions, completion, definition, diagnostics, folding, formatting, hover, rename, renamed_files, semantic_tokens,
    symbols,
};

/// Answers a question.
pub(super) fn answer(server: &mut Server, connection: &Connection, method: &str, params: Value) -> Answer {
    match method {
        "workspace/symbol" => with(params, |params: QueryParams| Ok(server.workspace_symbols(&params.query))),
        "workspace/willRenameFiles" => with(params, |params: RenamedFiles| Ok(server.will_rename(&params))),
        "workspace/diagnostic" => {
            with(params, |params: WorkspacePullParams| Ok(server.pull_workspace(connection, &params)))
        }
        "textDocument/diagnostic" => with(params, |params: PullParams| Ok(server.pull(connection, &params))),
        // What is held of a text, for whoever wants to know whether it is the same as the editor's.
        "report/heldText" => with(params, |params: DocumentParams| Ok(server.held_text(&params.text_document.uri))),
        _ => of_document(server, method, params),
    }
}

/// Of one document.
fn of_document(server: &mut Server, method: &str, params: Value) -> Answer {
    match method {
        "textDocument/completion" => at(server, params, |sight, place| Ok(completion::complete(sight, place))),
        "textDocument/hover" => at(server, params, |sight, place| Ok(hover::hover(sight, place))),
        "textDocument/definition" => at(server, params, |sight, place| Ok(definition::definition(sight, place))),
        "textDocument/prepareRename" => at(server, params, rename::prepare),
        "textDocument/references" => with(params, |ReferenceParams { text_document, position, context }| {
            let with_declaration = context.include_declaration;
            server.look(&text_document.uri, |sight| Ok(definition::references(sight, position, with_declaration)))
        }),
        "textDocument/rename" => with(params, |RenameParams { text_document, position, new_name }| {
            server.look(&text_document.uri, |sight| rename::rename(sight, position, &new_name))
        }),
        "textDocument/codeAction" => with(params, |params: ActionParams| {
            server.prove(&params.text_document.uri);
            server.look(&params.text_document.uri, |sight| Ok(actions::actions(sight, &params)))
        }),
        "textDocument/documentSymbol" => whole(server, params, symbols::of_document),
        "textDocument/formatting" => whole(server, params, formatting::formatting),
        "textDocument/foldingRange" => whole(server, params, folding::folding),
        "textDocument/semanticTokens/full" => whole(server, params, |sight| semantic_tokens::tokens(sight, None)),
        "textDocument/semanticTokens/range" => with(params, |RangeParams { text_document, range }| {
            server.look(&text_document.uri, |sight| Ok(semantic_tokens::tokens(sight, Some(range))))
        }),
        _ => Err(Refused {
            code: ErrorCode::MethodNotFound, words: format!("「{method}」には答えられません。")
        }),
    }
}

fn at(server: &mut Server, params: Value, answer: impl FnOnce(&Sight<'_>, Position) -> Answer) -> Answer {
    with(params, |PositionParams { text_document, position }| {
        server.look(&text_document.uri, |sight| answer(sight, position))
    })
}

fn whole(server: &mut Server, params: Value, answer: impl FnOnce(&Sight<'_>) -> Value) -> Answer {
    with(params, |DocumentParams { text_document }| server.look(&text_document.uri, |sight| Ok(answer(sight))))
}

fn with<P: DeserializeOwned>(params: Value, answer: impl FnOnce(P) -> Answer) -> Answer {
    let read = serde_json::from_value(params);
    answer(read.map_err(|error| Refused { code: ErrorCode::InvalidParams, words: error.to_string() })?)
}

impl Server {
    /// Answers from an open document and its report as it now is; nothing is known of others.
    fn look(&mut self, uri: &str, answer: impl FnOnce(&Sight<'_>) -> Answer) -> Answer {
        let root = self.root_of(uri);
        let was_checked = root.as_ref().is_some_and(|root| self.check(root));
        let Some(document) = self.documents.get(uri) else { return Ok(Value::Null) };
        let report = root.as_ref().and_then(|root| self.reports.get(root));
        let files = report.map(|report| self.files(report));
        // A folder without a report is none: its texts are read for themselves.
        let state = report.filter(|report| report.is_report()).and_then(|report| report.state());
        let answered = answer(&Sight::new(document, &self.client, files, state));
        if let Some(root) = root.filter(|_| was_checked) {
            self.untold.insert(root);
        }
        answered
    }

    fn root_of(&self, uri: &str) -> Option<PathBuf> {
        self.documents.get(uri)?.home.as_ref().map(|home| home.root.clone())
    }

    /// Proves the fixes of a document.
    fn prove(&mut self, uri: &str) {
        let Some((root, relative)) = self.place_of(uri) else { return };
        if self.check(&root) {
            self.untold.insert(root.clone());
        }
        let open = self.open_texts(&root);
        self.reports.get_mut(&root).into_iter().for_each(|report| report.prove(&open, &relative));
    }

    fn check_all(&mut self) {
        let roots: Vec<PathBuf> = self.reports.keys().cloned().collect();
        for root in roots {
            if self.check(&root) {
                self.untold.insert(root);
            }
        }
    }

    fn workspace_symbols(&mut self, query: &str) -> Value {
        self.check_all();
        let reports = self.reports.values().filter(|report| report.is_report());
        let found: Vec<Value> = reports.flat_map(|report| symbols::of_report(&self.files(report), query)).collect();
        json!(found)
    }

    fn will_rename(&mut self, params: &RenamedFiles) -> Value {
        self.check_all();
        let reports = self.reports.values().filter(|report| report.is_report());
        let files: Vec<_> = reports.map(|report| self.files(report)).collect();
        renamed_files::of_renamed_files(&files, &self.client, params)
    }

    fn pull(&mut self, connection: &Connection, params: &PullParams) -> Value {
        let uri = &params.text_document.uri;
        let place = self.place_of(uri);
        if let Some((root, _)) = &place
            && self.check(root)
        {
            self.untold.insert(root.clone());
        }
        let report = place.as_ref().and_then(|(root, _)| self.reports.get(root));
        let mut told = report.map(|report| diagnostics::told(&self.files(report), &self.client)).unwrap_or_default();
        let messages = place.as_ref().and_then(|(_, relative)| told.remove(relative)).unwrap_or_default();
        let version = self.documents.get(uri).map(|document| document.version);
        self.publisher.pull(connection, (uri, version), params.previous_result_id.as_deref(), &messages)
    }

    /// The report that a file belongs to, and its path from there; of one that is not open too.
    fn place_of(&self, uri: &str) -> Option<(PathBuf, String)> {
        if let Some(document) = self.documents.get(uri) {
            return document.home.as_ref().map(|home| (home.root.clone(), home.relative.clone()));
        }
        let home = home_of(uri, self.documents.values())?;
        self.reports.contains_key(&home.root).then_some((home.root, home.relative))
    }

    fn pull_workspace(&mut self, connection: &Connection, params: &WorkspacePullParams) -> Value {
        self.check_all();
        let before = params.previous_result_ids.iter();
        let before: BTreeMap<&str, &str> = before.map(|own| (own.uri.as_str(), own.value.as_str())).collect();
        let Self { reports, documents, publisher, client, .. } = self;
        let mut items = Vec::new();
        for report in reports.values() {
            let files = super::files::EditorFiles::new(report, documents.values(), client.units);
            items.extend(publisher.pull_report(connection, &files, client, &before));
        }
        json!({ "items": items })
    }

    fn held_text(&self, uri: &str) -> Value {
        match self.documents.get(uri) {
            Some(document) => json!({ "version": document.version, "text": document.text.typed() }),
            None => Value::Null,
        }
    }
}
