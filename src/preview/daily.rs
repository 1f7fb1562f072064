//! What a page asks for in daily work, as JSON: tasks, new files, imports. What the answers say is decided by who does the work.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::edit::with;
use super::http::Answer;
use super::task_runner::{ImportWish, Line, MadeThing, NewEntry, Task, TaskRunner};

#[derive(Deserialize)]
struct NumberRequest {
    id: u64,
}

#[derive(Deserialize)]
struct OpenRequest {
    id: u64,
    #[serde(flatten)]
    what: MadeThing,
}

#[derive(Deserialize)]
struct AsideRequest {
    file: Line,
}

#[derive(Deserialize)]
struct BackRequest {
    kept: Line,
    file: Line,
}

#[derive(Deserialize)]
struct ChapterRequest {
    file: Line,
    /// Its folder; empty for that of the report itself
    chapter: String,
}

#[derive(Deserialize)]
struct ImportRequest {
    files: Vec<FileRequest>,
    chapter: Line,
    #[serde(default)]
    mapping: String,
}

#[derive(Deserialize)]
struct FileRequest {
    name: Line,
    /// In base64
    data: String,
}

/// Answers a wish; nothing for a path that is none.
pub(super) fn grant(runner: &dyn TaskRunner, path: &str, body: &[u8]) -> Option<Answer> {
    Some(match path {
        "task" => with(body, |task: Task| said(runner.begin(task))),
        "stop" => with(body, |NumberRequest { id }| {
            runner.stop(id);
            Answer::json(&())
        }),
        "open-made" => with(body, |OpenRequest { id, what }| said(runner.open(id, what))),
        "new" => with(body, |entry: NewEntry| said(runner.add(&entry))),
        "put-aside" => with(body, |AsideRequest { file }| said(runner.put_aside(file.as_str()))),
        "put-back" => with(body, |BackRequest { kept, file }| said(runner.put_back(kept.as_str(), file.as_str()))),
        "change-chapter" => {
            with(body, |ChapterRequest { file, chapter }| said(runner.change_chapter(file.as_str(), &chapter)))
        }
        "import" => with(body, |request| import(runner, request)),
        "import-write" => with(body, |NumberRequest { id }| said(runner.import(id))),
        "import-forget" => {
            runner.forget_import();
            Answer::json(&())
        }
        _ => return None,
    })
}

/// Answers a question; nothing for a path that is none.
pub(super) fn look(runner: &dyn TaskRunner, path: &str) -> Option<Answer> {
    match path {
        "tasks" => Some(Answer::json(&runner.tasks())),
        "choices" => Some(Answer::json(&runner.choices())),
        _ => None,
    }
}

fn import(runner: &dyn TaskRunner, request: ImportRequest) -> Answer {
    let read = |file: FileRequest| Some((file.name.as_str().to_string(), STANDARD.decode(file.data).ok()?));
    let files: Option<Vec<_>> = request.files.into_iter().map(read).collect();
    let Some(files) = files.filter(|files| !files.is_empty()) else { return not_possible() };
    let chapter = request.chapter.as_str().to_string();
    said(runner.preview_import(ImportWish { files, chapter, mapping: request.mapping }))
}

fn not_possible() -> Answer {
    Answer::words(400, "この操作はできません。")
}

fn said(result: Result<impl serde::Serialize, String>) -> Answer {
    result.map_or_else(|words| Answer::words(422, &words), |value| Answer::json(&value))
}
