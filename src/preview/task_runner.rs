//! What a page may have done with the report, in values: tasks, new files, imports. Texts that were typed are one line each, and
//! nothing of them is a word of a command.

use serde::{Deserialize, Serialize};

/// The longest name or path that anybody types.
const LONGEST_LINE: usize = 1_000;

/// Who does the work. What goes wrong is said in words.
pub trait TaskRunner: Send + Sync {
    /// What there is to choose from.
    fn choices(&self) -> Choices;
    /// Puts a task behind those that are not done yet; its number.
    ///
    /// # Errors
    /// Why it cannot be begun.
    fn begin(&self, task: Task) -> Result<u64, String>;
    /// Every task of this run, oldest first.
    fn tasks(&self) -> Vec<TaskState>;
    /// Ends a task that is not done yet. What it was writing is not there.
    fn stop(&self, id: u64);
    /// Opens something that a task made, with the system's own program.
    ///
    /// # Errors
    /// Where there is no such thing, or no program for it.
    fn open(&self, id: u64, what: MadeThing) -> Result<(), String>;
    /// Makes the file of a new program or chapter; its path from the report.
    ///
    /// # Errors
    /// Why it cannot be made.
    fn add(&self, entry: &NewEntry) -> Result<String, String>;
    /// Moves a program out of the report; where its file lies then, from the report.
    ///
    /// # Errors
    /// Why it stays.
    fn put_aside(&self, file: &str) -> Result<String, String>;
    /// Moves a program that left, `kept`, to where it lay.
    ///
    /// # Errors
    /// Why it stays away.
    fn put_back(&self, kept: &str, file: &str) -> Result<(), String>;
    /// Moves a program to the folder of another chapter; its path there.
    ///
    /// # Errors
    /// Why it stays.
    fn change_chapter(&self, file: &str, chapter: &str) -> Result<String, String>;
    /// Reads files of an office and shows what would come of them. Nothing is written.
    ///
    /// # Errors
    /// Why nothing of them can be read.
    fn preview_import(&self, wish: ImportWish) -> Result<ImportPreview, String>;
    /// Writes what was shown last, if it has this number.
    ///
    /// # Errors
    /// Why nothing was written.
    fn import(&self, id: u64) -> Result<ImportDone, String>;
    /// Forgets what was shown last.
    fn forget_import(&self);
}

/// A line that was typed: no blanks around it, no sign that ends a line, not empty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Line(String);

impl Line {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Line {
    type Error = &'static str;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        let line = typed.trim();
        let is_odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if line.is_empty() || line.len() > LONGEST_LINE || line.contains(is_odd) {
            return Err("no line");
        }
        Ok(Self(line.to_string()))
    }
}

/// Everything that can be asked for. Files go to the report's own folder for them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Task {
    Official {},
    Draft {},
    Excerpt {
        department: Line,
        draft: bool,
    },
    Letters {},
    Status {},
    Export {
        format: ExportFormat,
    },
    /// With an earlier state, in a folder that was typed
    Compare {
        old: Line,
        errata: bool,
        date: Option<Line>,
    },
    /// In a folder of that name beside the report
    NextYear {
        folder: Line,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Xlsx,
    Csv,
    CsvCp932,
    Json,
    Html,
    Docx,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStage {
    Waiting,
    Running,
    Done,
    /// Done, and the report has errors
    DoneWithErrors,
    /// Not done, because the report has errors
    Refused,
    Failed,
    Stopped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskState {
    pub id: u64,
    pub label: String,
    pub stage: TaskStage,
    /// What it said up to now, a line each
    pub said: String,
    pub seconds: u64,
    /// Names of the files that it made
    pub files: Vec<String>,
    /// The report that it made
    pub report: Option<String>,
}

/// Something that a task made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "file")]
pub enum MadeThing {
    /// By its place among the files
    File(usize),
    /// The folder in which a file lies
    Folder(usize),
    Report,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum NewEntry {
    Program {
        name: Line,
        /// The folder of its chapter
        chapter: Line,
        department: Option<Line>,
    },
    Chapter {
        title: Line,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// Those that have a program, in the order of 組織
    pub departments: Vec<String>,
    /// Those that may have one
    pub organization: Vec<String>,
    pub chapters: Vec<ChapterChoice>,
    /// Reports that lie near, as whole paths: states to compare with
    pub neighbours: Vec<String>,
    /// The name of next year's folder
    pub next_year: String,
    /// Where that would lie
    pub beside: String,
    /// The folder that files go to
    pub out: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChapterChoice {
    pub folder: String,
    pub title: String,
}

/// Files that an office has, and where their programs go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWish {
    /// Name and bytes
    pub files: Vec<(String, Vec<u8>)>,
    /// The folder of a chapter
    pub chapter: String,
    /// Words of the office's own form, `word,field` a line
    pub mapping: String,
}

/// The original beside what comes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportPreview {
    pub id: u64,
    pub documents: Vec<ShownDocument>,
    pub files: Vec<ShownFile>,
    /// What was not read, taken out or hidden
    pub unread: Vec<String>,
    /// Everything else that is said of it
    pub said: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ShownDocument {
    pub name: String,
    pub blocks: Vec<ShownBlock>,
    /// Rows and paragraphs beyond those that are sent
    pub unsent: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownBlock {
    Heading(String),
    Paragraph(String),
    Table(Vec<Vec<String>>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownFile {
    pub path: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportDone {
    pub written: usize,
    pub said: Vec<String>,
    /// The first program that was written
    pub file: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(json: &str) -> Option<Task> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn only_whole_lines_and_known_tasks_are_read() {
        assert_eq!(task(r#"{"kind":"official"}"#), Some(Task::Official {}));
        let line = Line("-x".to_string());
        assert_eq!(task(r#"{"kind":"next_year","folder":" -x "}"#), Some(Task::NextYear { folder: line }));
        for wrong in [
            r#"{"kind":"build"}"#,
            r#"{"kind":"official","args":["-o","x"]}"#,
            r#"{"kind":"next_year","folder":"a\nb"}"#,
            r#"{"kind":"next_year","folder":"a\u2028b"}"#,
            r#"{"kind":"next_year","folder":" "}"#,
            r#"{"kind":"export","format":"exe"}"#,
        ] {
            assert_eq!(task(wrong), None, "{wrong}");
        }
        assert_eq!(serde_json::from_str(r#"{"what":"file","file":1}"#).ok(), Some(MadeThing::File(1)));
    }
}
