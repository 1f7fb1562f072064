//! The words of the protocol (3.17) that are used here, as they stand on the wire.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Lines from 0; characters from 0 in the units that were agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    pub line: u32,
    pub character: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Range {
    pub start: Position,
    pub end: Position,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Location {
    pub uri: String,
    pub range: Range,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextEdit {
    pub range: Range,
    pub new_text: String,
}

/// A message in the editor's words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic {
    pub range: Range,
    /// 1 error, 2 warning, 4 hint
    pub severity: u8,
    pub code: &'static str,
    pub source: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_information: Vec<RelatedInformation>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct RelatedInformation {
    pub location: Location,
    pub message: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct DocumentName {
    pub uri: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct VersionedName {
    pub uri: String,
    pub version: i32,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OpenParams {
    pub text_document: OpenedText,
}

#[derive(Debug, Deserialize)]
pub(super) struct OpenedText {
    pub uri: String,
    pub version: i32,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangeParams {
    pub text_document: VersionedName,
    pub content_changes: Vec<ContentChange>,
}

/// A stretch and what takes its place; without a range the whole text.
#[derive(Debug, Deserialize)]
pub(super) struct ContentChange {
    pub range: Option<Range>,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DocumentParams {
    pub text_document: DocumentName,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PositionParams {
    pub text_document: DocumentName,
    pub position: Position,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReferenceParams {
    pub text_document: DocumentName,
    pub position: Position,
    #[serde(default)]
    pub context: ReferenceContext,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReferenceContext {
    #[serde(default)]
    pub include_declaration: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RangeParams {
    pub text_document: DocumentName,
    pub range: Range,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionParams {
    pub text_document: DocumentName,
    pub range: Range,
    #[serde(default)]
    pub context: ActionContext,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ActionContext {
    /// Kinds that are wanted; absent for all
    pub only: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RenameParams {
    pub text_document: DocumentName,
    pub position: Position,
    pub new_name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct RenamedFiles {
    pub files: Vec<RenamedFile>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RenamedFile {
    pub old_uri: String,
    pub new_uri: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct QueryParams {
    pub query: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PullParams {
    pub text_document: DocumentName,
    pub previous_result_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkspacePullParams {
    #[serde(default)]
    pub previous_result_ids: Vec<PreviousResult>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PreviousResult {
    pub uri: String,
    pub value: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WatchedParams {
    pub changes: Vec<WatchedChange>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WatchedChange {
    pub uri: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct FoldersParams {
    pub event: FoldersEvent,
}

#[derive(Debug, Deserialize)]
pub(super) struct FoldersEvent {
    #[serde(default)]
    pub added: Vec<DocumentName>,
    #[serde(default)]
    pub removed: Vec<DocumentName>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InitializeParams {
    #[serde(default)]
    pub capabilities: Value,
    pub root_uri: Option<String>,
    pub workspace_folders: Option<Vec<DocumentName>>,
}
