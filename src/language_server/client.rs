//! What the editor can do, as it said at the start.

use serde_json::{Value, json};

use super::position::Units;

#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    pub units: Units,
    /// A file may be renamed by an answer
    pub renames_files: bool,
    /// Edits may name the version of the text that they are of
    pub versions_edits: bool,
    /// Symbols may lie in symbols
    pub nests_symbols: bool,
    pub reads_markdown: bool,
    /// Further places beside a message
    pub shows_related: bool,
    /// Tells of changes on the disk when it is asked to
    pub watches: bool,
    /// Pulls messages, and can be told that there are others
    pub pulls: bool,
    pub refreshes_pulled: bool,
}

impl Client {
    pub(super) fn of(capabilities: &Value) -> Self {
        let has = |pointer: &str| capabilities.pointer(pointer).is_some_and(|value| value.as_bool() == Some(true));
        let list = |pointer: &str| -> Vec<&str> {
            let values = capabilities.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
            values.filter_map(Value::as_str).collect()
        };
        let wanted = list("/general/positionEncodings");
        let units = wanted.iter().find_map(|name| Units::ALL.iter().copied().find(|units| units.name() == *name));
        let renames_files = list("/workspace/workspaceEdit/resourceOperations").contains(&"rename");
        let hover = list("/textDocument/hover/contentFormat");
        Self {
            units: units.unwrap_or_default(),
            renames_files,
            // Some say only that they rename files, which stands in edits of that form alone.
            versions_edits: renames_files || has("/workspace/workspaceEdit/documentChanges"),
            nests_symbols: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            reads_markdown: hover.contains(&"markdown"),
            shows_related: has("/textDocument/publishDiagnostics/relatedInformation"),
            watches: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            pulls: capabilities.pointer("/textDocument/diagnostic").is_some(),
            refreshes_pulled: has("/workspace/diagnostics/refreshSupport"),
        }
    }

    /// What this server can do for it.
    pub(super) fn answer(&self, token_types: &[&str]) -> Value {
        let mut capabilities = json!({
            "positionEncoding": self.units.name(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "completionProvider": { "triggerCharacters": ["【", "：", ":", "｜", "|", "（", "(", "　"] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
            "documentFormattingProvider": true,
            "foldingRangeProvider": true,
            "renameProvider": { "prepareProvider": true },
            "semanticTokensProvider": {
                "legend": { "tokenTypes": token_types, "tokenModifiers": [] },
                "full": true,
                "range": true,
            },
            "workspace": {
                "workspaceFolders": { "supported": true, "changeNotifications": true },
                "fileOperations": {
                    "willRename": { "filters": renamed_filters() },
                },
            },
        });
        if let (true, Some(all)) = (self.pulls, capabilities.as_object_mut()) {
            let pull = json!({ "identifier": "report", "interFileDependencies": true, "workspaceDiagnostics": true });
            all.insert("diagnosticProvider".to_string(), pull);
        }
        json!({
            "capabilities": capabilities,
            "serverInfo": { "name": "report", "version": env!("CARGO_PKG_VERSION") },
        })
    }
}

/// What is told of before it is renamed: texts, pictures, and folders, which may be those of chapters.
fn renamed_filters() -> Value {
    let filter = |glob: &str, matches: &str| json!({ "scheme": "file", "pattern": { "glob": glob, "matches": matches, "options": { "ignoreCase": true } } });
    json!([filter("**/*.{jigyo,jpg,jpeg,png,svg}", "file"), filter("**/*", "folder")])
}
