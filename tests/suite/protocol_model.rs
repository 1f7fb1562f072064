//! Whether what the server says has the shape that the protocol's own model gives it.

use gen_lsp_types::{
    CodeActionRequest, CompletionRequest, DefinitionRequest, DocumentDiagnosticRequest, DocumentFormattingRequest,
    DocumentSymbolRequest, FoldingRangeRequest, HoverRequest, InitializeRequest, Notification, PrepareRenameRequest,
    PublishDiagnosticsNotification, ReferencesRequest, RegistrationRequest, RenameRequest, Request,
    SemanticTokensRangeRequest, SemanticTokensRequest, WillRenameFilesRequest, WorkspaceDiagnosticRequest,
    WorkspaceSymbolRequest,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn read<T: DeserializeOwned>(method: &str, value: &Value) {
    if let Err(error) = serde_json::from_value::<T>(value.clone()) {
        panic!("{method}: {error}: {value}");
    }
}

fn answer<R: Request>(method: &str, value: &Value) {
    read::<R::Result>(method, value);
}

/// Ends the test where the answer to a question is none that the protocol knows.
pub(crate) fn assert_answers(method: &str, value: &Value) {
    match method {
        "initialize" => answer::<InitializeRequest>(method, value),
        "textDocument/completion" => answer::<CompletionRequest>(method, value),
        "textDocument/hover" => answer::<HoverRequest>(method, value),
        "textDocument/definition" => answer::<DefinitionRequest>(method, value),
        "textDocument/references" => answer::<ReferencesRequest>(method, value),
        "textDocument/documentSymbol" => answer::<DocumentSymbolRequest>(method, value),
        "workspace/symbol" => answer::<WorkspaceSymbolRequest>(method, value),
        "textDocument/codeAction" => answer::<CodeActionRequest>(method, value),
        "textDocument/formatting" => answer::<DocumentFormattingRequest>(method, value),
        "textDocument/foldingRange" => answer::<FoldingRangeRequest>(method, value),
        "textDocument/semanticTokens/full" => answer::<SemanticTokensRequest>(method, value),
        "textDocument/semanticTokens/range" => answer::<SemanticTokensRangeRequest>(method, value),
        "textDocument/prepareRename" => answer::<PrepareRenameRequest>(method, value),
        "textDocument/rename" => answer::<RenameRequest>(method, value),
        "workspace/willRenameFiles" => answer::<WillRenameFilesRequest>(method, value),
        "textDocument/diagnostic" => answer::<DocumentDiagnosticRequest>(method, value),
        "workspace/diagnostic" => answer::<WorkspaceDiagnosticRequest>(method, value),
        "shutdown" | "report/heldText" => {}
        _ => panic!("{method} is asked, and nobody looks at its answer"),
    }
}

/// The same of what the server says and asks by itself.
pub(crate) fn assert_says(method: &str, params: &Value) {
    match method {
        "textDocument/publishDiagnostics" => {
            read::<<PublishDiagnosticsNotification as Notification>::Params>(method, params);
        }
        "client/registerCapability" => read::<<RegistrationRequest as Request>::Params>(method, params),
        "window/logMessage" | "workspace/diagnostic/refresh" => {}
        _ => panic!("{method} is said, and nobody looks at it"),
    }
}
