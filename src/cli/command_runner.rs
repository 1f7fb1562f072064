//! The daily work that the live page asks for: each task is a command, its files go to `out`; new files and imports are made at once.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Failure;
use super::import_page::Imports;
use super::new::{NewProgram, make_program};
use super::new_chapter::make_chapter;
use super::page_words::for_page;
use super::place::{absolute, name_of, relative};
use super::put_aside::{change_chapter, put_aside, put_back};
use super::system_open::{open_path, open_report};
use super::tasks::{TaskCommand, Tasks};
use crate::editing::file_stem;
use crate::model::{Report, next_label};
use crate::pipeline::{Checked, find_roots_below};
use crate::preview::task_runner::{
    ChapterChoice, Choices, ExportFormat, ImportDone, ImportPreview, ImportWish, MadeThing, NewEntry, Task, TaskRunner,
    TaskState,
};
use crate::watch::Handle;

/// The folder in which the letters lie.
const LETTERS: &str = "課ごとのお知らせ";

/// Works on one report.
pub(super) struct CommandRunner {
    root: PathBuf,
    handle: Handle,
    tasks: Tasks,
    imports: Imports,
}

impl CommandRunner {
    pub(super) fn new(root: &Path, handle: Handle, tasks: Tasks) -> Self {
        Self { root: root.to_path_buf(), handle, tasks, imports: Imports::default() }
    }

    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// A file in `out` that bears the report's name.
    fn out_file(&self, ending: &str) -> OsString {
        self.out().join(format!("{}_{ending}", name_of(&self.root))).into_os_string()
    }

    /// The command of a task: words of its own, and what was typed only where a value stands.
    fn command(&self, task: Task) -> Result<TaskCommand, String> {
        let (mut folder, mut report) = (self.out(), None);
        let root = || self.root.clone().into_os_string();
        let (label, arguments): (String, Vec<OsString>) = match task {
            Task::Official {} => ("正式な PDF".to_string(), vec!["build".into(), root()]),
            Task::Draft {} => ("下書きの PDF".to_string(), vec!["build".into(), root(), "--draft".into()]),
            Task::Excerpt { department, draft } => {
                let name = self.known_department(department.as_str())?;
                let mut arguments = vec!["build".into(), root(), format!("--only={name}").into()];
                arguments.extend(draft.then(|| "--draft".into()));
                (format!("抜粋（{name}）"), arguments)
            }
            Task::Letters {} => {
                folder = self.out().join(LETTERS);
                let out = folder.clone().into_os_string();
                (LETTERS.to_string(), vec!["check".into(), root(), "--by-department".into(), out])
            }
            Task::Status {} => {
                let (sheet, page) = (self.out_file("提出状況.csv"), self.out_file("提出状況.html"));
                let arguments = vec!["status".into(), root(), "--csv".into(), sheet, "--html".into(), page];
                ("提出状況の表".to_string(), arguments)
            }
            Task::Export { format } => {
                let (label, kind, encoding) = match format {
                    ExportFormat::Xlsx => ("Excel のブック", "xlsx", "utf8"),
                    ExportFormat::Csv => ("表（CSV）", "csv", "utf8"),
                    ExportFormat::CsvCp932 => ("表（CSV、シフトJIS）", "csv", "cp932"),
                    ExportFormat::Json => ("データ（JSON）", "json", "utf8"),
                    ExportFormat::Html => ("ウェブの頁（HTML）", "html", "utf8"),
                    ExportFormat::Docx => ("Word の文書", "docx", "utf8"),
                };
                (label.to_string(), vec!["export".into(), kind.into(), root(), format!("--encoding={encoding}").into()])
            }
            Task::Compare { old, errata, date } => {
                let arguments = self.comparison(old.as_str(), errata, date.as_ref().map(|date| date.as_str()))?;
                ("前の状態との比較".to_string(), arguments)
            }
            Task::NextYear { folder: name } => {
                folder = self.beside(name.as_str())?;
                report = Some(folder.clone());
                let target = folder.clone().into_os_string();
                (format!("次年度の報告書（{}）", name.as_str()), vec!["new".into(), "--from".into(), root(), target])
            }
        };
        Ok(TaskCommand { label, arguments, folder, report })
    }

    fn known_department(&self, name: &str) -> Result<String, String> {
        let known = self.handle.read(|checked| departments(&checked.report)).unwrap_or_default();
        known.into_iter().find(|known| known == name).ok_or_else(|| format!("「{name}」という課はありません。"))
    }

    fn comparison(&self, old: &str, errata: bool, date: Option<&str>) -> Result<Vec<OsString>, String> {
        // A path as Explorer copies it stands in quotes.
        let typed = Path::new(old.trim_matches('"'));
        let folder = absolute(&self.root.parent().unwrap_or(&self.root).join(typed)).map_err(words)?;
        if folder == self.root {
            return Err("この報告書そのものとは比べられません。前の状態のフォルダーを書いてください。".to_string());
        }
        let mut arguments: Vec<OsString> =
            vec!["diff".into(), folder.into(), self.root.clone().into(), "--csv".into(), self.out_file("変更箇所.csv")];
        if errata {
            arguments.extend(["--errata".into(), self.out_file("正誤表.pdf")]);
            arguments.extend(date.map(|date| format!("--date={date}").into()));
        }
        Ok(arguments)
    }

    /// A folder of that name beside the report.
    fn beside(&self, name: &str) -> Result<PathBuf, String> {
        let is_name = file_stem(name) == name && !name.contains('\u{0}');
        let parent = self.root.parent().filter(|_| is_name);
        let folder = parent.map(|parent| parent.join(name)).filter(|folder| *folder != self.root);
        folder.ok_or_else(|| {
            format!("「{name}」はフォルダーの名前にできません。「令和3年度」のような、今のフォルダーと違う名前を書いてください。")
        })
    }

    fn choices_of(&self, checked: &Checked) -> Choices {
        let report = &checked.report;
        let chapters = report.chapters.iter().map(|chapter| ChapterChoice {
            folder: chapter.folder.clone(),
            title: chapter.head.title.as_ref().map(|title| title.value.clone()).unwrap_or_default(),
        });
        let year = report.head.as_ref().and_then(|head| head.fiscal_year);
        let named = year.and_then(|year| next_label(&name_of(&self.root), year));
        let next_year = named.or_else(|| year.map(|year| year.next().label())).unwrap_or_default();
        let departments = departments(report);
        let is_unlisted = |name: &&String| !report.department_order.contains(*name);
        let unlisted = departments.iter().filter(is_unlisted);
        let organization = report.department_order.iter().chain(unlisted).cloned().collect();
        Choices { departments, organization, chapters: chapters.collect(), next_year, ..Choices::default() }
    }
}

/// Everyone who has a program, in the order of 組織.
fn departments(report: &Report) -> Vec<String> {
    let of_programs = report.printed_programs().flat_map(|(_, program)| &program.departments);
    let mut found: Vec<String> = Vec::new();
    for department in of_programs {
        if !found.contains(&department.name) {
            found.push(department.name.clone());
        }
    }
    found.sort_by_key(|name| report.department_place(name));
    found
}

fn words(Failure(words): Failure) -> String {
    words.lines().filter_map(for_page).collect::<Vec<_>>().join("\n")
}

impl TaskRunner for CommandRunner {
    fn choices(&self) -> Choices {
        let choices = self.handle.read(|checked| self.choices_of(checked)).unwrap_or_default();
        let beside = self.root.parent().unwrap_or(&self.root);
        let near = find_roots_below(beside, 1).into_iter().filter(|found| *found != self.root);
        Choices {
            neighbours: near.map(|path| path.display().to_string()).collect(),
            beside: beside.display().to_string(),
            out: self.out().display().to_string(),
            ..choices
        }
    }

    fn begin(&self, task: Task) -> Result<u64, String> {
        self.tasks.begin(self.command(task)?)
    }

    fn tasks(&self) -> Vec<TaskState> {
        self.tasks.states()
    }

    fn stop(&self, id: u64) {
        self.tasks.stop(id);
    }

    fn open(&self, id: u64, what: MadeThing) -> Result<(), String> {
        let file = |index| self.tasks.file(id, index);
        let path = match what {
            MadeThing::File(index) => file(index),
            MadeThing::Folder(index) => file(index).and_then(|file| Some(file.parent()?.to_path_buf())),
            MadeThing::Report => self.tasks.report(id),
        };
        let path = path.filter(|path| path.exists()).ok_or("もうありません。もう一度作ってください。")?;
        let opened = if what == MadeThing::Report { open_report(&path) } else { open_path(&path) };
        // What a system's own launcher says is in its own words.
        opened.map_err(|_| {
            let path = path.display();
            format!("「{path}」を開けません。「フォルダーを開く」か、エクスプローラーで開いてください。")
        })
    }

    fn add(&self, entry: &NewEntry) -> Result<String, String> {
        match entry {
            NewEntry::Program { name, chapter, department } => {
                let department = department.as_ref().map_or("", |department| department.as_str());
                let wish = NewProgram { name: name.as_str(), chapter: Some(chapter.as_str()), department };
                let made = make_program(&self.root, &wish).map_err(words)?;
                Ok(relative(&self.root, &made.path))
            }
            NewEntry::Chapter { title } => make_chapter(&self.root, title.as_str()).map_err(words),
        }
    }

    fn put_aside(&self, file: &str) -> Result<String, String> {
        put_aside(&self.root, file).map_err(words)
    }

    fn put_back(&self, kept: &str, file: &str) -> Result<(), String> {
        put_back(&self.root, kept, file).map_err(words)
    }

    fn change_chapter(&self, file: &str, chapter: &str) -> Result<String, String> {
        change_chapter(&self.root, file, chapter).map_err(words)
    }

    fn preview_import(&self, wish: ImportWish) -> Result<ImportPreview, String> {
        self.imports.preview(&self.root, wish).map_err(words)
    }

    fn import(&self, id: u64) -> Result<ImportDone, String> {
        self.imports.write(&self.root, id).map_err(words)
    }

    fn forget_import(&self) {
        self.imports.forget();
    }
}
