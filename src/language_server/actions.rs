//! What may be done about the messages at a place: what mends them, and 「確認済にする」.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::diagnostics::{shown_span, tell};
use super::files::{EditorFiles, workspace_edit};
use super::kept_report::State;
use super::protocol::{ActionContext, ActionParams};
use super::sight::Sight;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::Acknowledgement;
use crate::pipeline::{Acknowledgeable, AcknowledgementPlace};
use crate::source::{FileId, Files, Span};

const MEND: &str = "quickfix";
const MEND_ALL: &str = "source.fixAll";
/// Characters of a text that a title quotes
const LONGEST: usize = 20;

pub(super) fn actions(sight: &Sight<'_>, params: &ActionParams) -> Value {
    let (Some(state), Some(files)) = (sight.state, &sight.files) else { return json!([]) };
    if !sight.is_of_report() {
        return json!([]);
    }
    let mut found = Vec::new();
    if is_wanted(&params.context, MEND) {
        let asked = sight.document.text.bytes(params.range, sight.client.units);
        let asked = Span::new(sight.source.id(), asked);
        let mut acknowledgeable = Acknowledgeable::new(&state.checked);
        for diagnostic in state.checked.diagnostics.iter().filter(|own| is_at(state, own, asked)) {
            found.extend(mend(sight, state, files, diagnostic));
            let place = acknowledgeable.place_of(diagnostic);
            found.extend(place.and_then(|place| acknowledge(sight, state, files, diagnostic, &place)));
        }
    }
    if is_wanted(&params.context, MEND_ALL) {
        found.extend(mend_all(sight, state, files));
    }
    json!(found)
}

fn is_wanted(context: &ActionContext, kind: &str) -> bool {
    let holds = |wanted: &String| {
        wanted.is_empty()
            || kind == wanted
            || kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('.'))
    };
    context.only.as_ref().is_none_or(|only| only.iter().any(holds))
}

/// Whether a message stands at a place, or has a further one there.
fn is_at(state: &State, diagnostic: &Diagnostic, asked: Span) -> bool {
    let is_here = |span: Span| span.file == asked.file && span.start <= asked.end && asked.start <= span.end;
    is_here(shown_span(state, diagnostic))
        || diagnostic.also.iter().any(|edit| is_here(edit.span))
        || diagnostic.related.iter().any(|label| is_here(label.span))
}

fn mend(sight: &Sight<'_>, state: &State, files: &EditorFiles<'_>, diagnostic: &Diagnostic) -> Option<Value> {
    let mut edits: Vec<&Edit> = diagnostic.edits().collect();
    edits.sort_by_key(|edit| edit.span);
    let all = &state.checked.files;
    // Only those of this text are proved.
    let is_certain = edits.iter().all(|edit| edit.certain && edit.span.file == sight.source.id());
    let mut title = title_of(all, edits.first()?);
    if edits.len() > 1 {
        title.push_str(&format!("（{}か所）", edits.len()));
    }
    if !is_certain {
        title.insert_str(0, "案：");
    }
    let edits: Vec<(Span, String)> = edits.into_iter().map(|edit| (edit.span, edit.replacement.clone())).collect();
    Some(json!({
        "title": title,
        "kind": MEND,
        "isPreferred": is_certain,
        "diagnostics": [tell(files, sight.client, state, diagnostic)],
        "edit": workspace_edit(sight.client, &files.changes(all, &edits), Vec::new()),
    }))
}

fn title_of(files: &Files, edit: &Edit) -> String {
    let (was, now) = (shown(files.slice(edit.span)), shown(&edit.replacement));
    if was.is_empty() {
        format!("「{now}」を加える")
    } else if now.is_empty() {
        format!("「{was}」を消す")
    } else {
        format!("「{was}」を「{now}」に直す")
    }
}

/// A text as a menu may hold it.
fn shown(text: &str) -> String {
    let visible = text.trim_matches(['\r', '\n']).chars().map(|c| match c {
        '\u{E000}'..='\u{F8FF}' => format!("〔番号 {:04X}〕", c as u32),
        c if c.is_control() => "　".to_string(),
        c => c.to_string(),
    });
    let mut words: String = visible.clone().take(LONGEST).collect();
    if visible.count() > LONGEST {
        words.push('…');
    }
    words
}

/// The line that silences a message, but for its reason: until that is written the line is an error of its own.
fn acknowledge(
    sight: &Sight<'_>,
    state: &State,
    files: &EditorFiles<'_>,
    diagnostic: &Diagnostic,
    place: &AcknowledgementPlace,
) -> Option<Value> {
    let AcknowledgementPlace { file, at, word } = place;
    let all = &state.checked.files;
    let source = all.get(*file);
    let code = diagnostic.code;
    if source.text().split(['\n', '\r']).any(|line| Acknowledgement::is_written(line, code, word)) {
        return None;
    }
    let quoted = if word.is_empty() { String::new() } else { format!("「{word}」") };
    let line = format!("{}確認済：{code}{quoted}　（ここに理由）", source.line_end());
    let edits = [(Span::new(*file, *at..*at), line)];
    Some(json!({
        "title": format!("確認済にする（{code}{quoted}。理由を書く行を加える）"),
        "kind": MEND,
        "diagnostics": [tell(files, sight.client, state, diagnostic)],
        "edit": workspace_edit(sight.client, &files.changes(all, &edits), Vec::new()),
    }))
}

/// All certain mends of the document.
fn mend_all(sight: &Sight<'_>, state: &State, files: &EditorFiles<'_>) -> Option<Value> {
    let mut by_file: BTreeMap<FileId, Vec<(Span, String)>> = BTreeMap::new();
    for edit in state.checked.diagnostics.certain_edits() {
        by_file.entry(edit.span.file).or_default().push((edit.span, edit.replacement.clone()));
    }
    let own = by_file.remove(&sight.source.id())?;
    Some(json!({
        "title": format!("この原稿の確かな直しをすべて行う（{}か所）", own.len()),
        "kind": MEND_ALL,
        "edit": workspace_edit(sight.client, &files.changes(&state.checked.files, &own), Vec::new()),
    }))
}
