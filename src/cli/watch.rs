//! `report watch` and `report preview`: the loop of `watch`, shown on the terminal and, when asked for, in a browser.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::arguments::{Preview as PreviewArguments, Watch as WatchArguments};
use super::browser::{OpenedBrowser, open_in_browser, say_address};
use super::command_runner::CommandRunner;
use super::options::{Color, Look, Looking};
use super::overwrite::refuse_outside;
use super::place::{LocatedReport, locate};
use super::screen::Screen;
use super::state_folder::state_folder;
use super::status::now;
use super::system_open::open_file;
use super::target::{default_target, refuse_manuscript, source_date_epoch};
use super::tasks::Tasks;
use super::{Failure, Outcome};
use crate::editing::{Drafts, EditStores, Editor, FolderStore, History, Photographs};
use crate::load::Folder;
use crate::office::{Moment, Progress, RemarkTable, render_json};
use crate::pipeline::{ResolvedMapping, program_basis, read_own_texts};
use crate::preview::task_runner::TaskRunner;
use crate::preview::{Asked, Backend, OpenWith, Pdf, Preview};
use crate::program_form::Basis;
use crate::remarks::{RemarkTexts, is_remark_file};
use crate::watch::{Handle, Options, Output, Watch};

pub(super) fn run(arguments: &WatchArguments) -> Result<Outcome, Failure> {
    let place = locate(arguments.target.path.as_deref())?;
    let typed = arguments.target.output.as_deref().map(std::path::absolute).transpose();
    let typed = typed.map_err(|_| Failure::new("-o に書き出す PDF の名前を書いてください。"))?;
    if let Some(folder) = typed.as_ref().filter(|path| path.is_dir()) {
        return Err(Failure::new(format!(
            "「{0}」はフォルダーです。-o には「{0}/報告書.pdf」のように、.pdf で終わるファイルの名前を書いてください。",
            folder.display()
        )));
    }
    let target = typed.unwrap_or_else(|| default_target(&place.root, arguments.draft));
    refuse_manuscript(&target, "-o", ".pdf")?;
    refuse_outside(&target)?;
    let root = place.root.clone();
    let options = Options {
        output: Some(if arguments.draft { Output::drafts(root, target) } else { Output::new(root, target) }),
        draft: arguments.draft,
        ..options(place.root, arguments.looking.poll)
    };
    let page = arguments.preview.then(|| Page {
        announce: Announce::of(&arguments.looking),
        file: place.file,
        writing: Writing::None,
    });
    keep(options, &arguments.look, page)
}

pub(super) fn run_preview(arguments: &PreviewArguments) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    let writing = match (arguments.read_only, arguments.no_history) {
        (true, _) => Writing::None,
        (false, true) => Writing::WithoutHistory,
        (false, false) => Writing::WithHistory,
    };
    let page = Page { announce: Announce::of(&arguments.looking), file: place.file, writing };
    keep(options(place.root, arguments.looking.poll), &arguments.look, Some(page))
}

/// The preview of a report, as a double click opens it.
pub(super) fn open_preview(place: LocatedReport, announce: Announce<'_>) -> Result<Outcome, Failure> {
    let look = Look { all: false, color: Color::Auto, ascii: false };
    let page = Page { announce, file: place.file, writing: Writing::WithHistory };
    keep(options(place.root, None), &look, Some(page))
}

/// A page that is served.
struct Page<'a> {
    announce: Announce<'a>,
    /// Where it begins
    file: Option<String>,
    writing: Writing,
}

/// Whether a page may change files, and whether they are kept as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    None,
    WithHistory,
    WithoutHistory,
}

/// Who is notified where the pages are.
pub(super) enum Announce<'a> {
    Browser,
    /// The address is only printed.
    Nobody,
    /// A page that waits for it
    Page(&'a Asked),
}

impl Announce<'_> {
    fn of(looking: &Looking) -> Self {
        if looking.no_open { Self::Nobody } else { Self::Browser }
    }
}

fn options(root: PathBuf, poll: Option<Duration>) -> Options {
    Options { root, output: None, draft: false, poll, timestamp: source_date_epoch() }
}

/// A round that was running when the end was asked for may take so long.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs until Ctrl-C or the system ends it.
fn keep(options: Options, look: &Look, page: Option<Page<'_>>) -> Result<Outcome, Failure> {
    let root = options.root.clone();
    if read_own_texts(&Folder::new(&root)).is_ok_and(|(texts, _)| texts.is_empty()) {
        return Err(Failure::new(format!(
            "「{}」に原稿がありません。報告書.jigyo のあるフォルダーを指定してください。新しい報告書は「report new --report フォルダー」で作れます。",
            root.display()
        )));
    }
    let watch = Watch::new(options);
    let handle = watch.handle();
    let mut asked: Option<Instant> = None;
    ctrlc::set_handler(move || {
        // Asked once more after a while, it does not wait for a share that answers no more. Two at once are one wish: a
        // wrapper passes on what the group was told.
        if asked.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
            std::process::exit(2);
        }
        handle.stop();
    })
    .map_err(|error| Failure::new(format!("Ctrl-C を受け取れません（{error}）。")))?;
    let served = page.map(|page| serve(&root, watch.handle(), &page)).transpose()?;
    let (preview, tasks, _opened) =
        served.map_or((None, None, None), |served| (Some(served.preview), served.tasks, served.opened));
    say!("「{}」を見ています。終わるには Ctrl-C を押してください。", root.display());
    let mut screen = Screen::new(root, look.clone(), preview);
    watch.run(&mut screen);
    screen.end();
    if let Some(tasks) = tasks {
        tasks.end();
    }
    Ok(Outcome::Clean)
}

/// A page that is served, and what ends with it.
struct Served {
    preview: Preview,
    tasks: Option<Tasks>,
    opened: Option<OpenedBrowser>,
}

fn serve(root: &Path, handle: Handle, page: &Page<'_>) -> Result<Served, Failure> {
    let stores = stores(root, &handle, page.writing);
    let tasks = stores.as_ref().map(|_| Tasks::new(root));
    let task_runner = tasks.clone().map(|tasks| CommandRunner::new(root, handle.clone(), tasks));
    let backend = Behind { handle, folder: Folder::new(root), stores, task_runner };
    let preview = Preview::start(Box::new(backend)).map_err(|error| {
        Failure::new(format!("プレビューを始められません（{}）。", crate::load::explain_io(&error)))
    })?;
    let url = preview.url(page.file.as_deref());
    let opened = match &page.announce {
        Announce::Browser => Some(open_in_browser(&url)),
        Announce::Nobody => {
            say_address(&url, "ブラウザーで開いてください");
            None
        }
        Announce::Page(asked) => {
            asked.answer(Ok(url.clone()));
            say_address(&url, "ブラウザーで開きます");
            None
        }
    };
    Ok(Served { preview, tasks, opened })
}

/// Where the page changes files, if it may.
fn stores(root: &Path, handle: &Handle, writing: Writing) -> Option<EditStores> {
    let folder = Folder::new(root);
    let history = match writing {
        Writing::None => return None,
        Writing::WithHistory => Some(History::new(folder.clone(), Box::new(today))),
        Writing::WithoutHistory => None,
    };
    let handle = handle.clone();
    let is_listed = move |file: &str| handle.text_of(file).is_some();
    let photographs = Photographs::new(folder.clone());
    let store = FolderStore::new(folder.clone(), Box::new(is_listed), history);
    let remarks = Editor::new(FolderStore::new(folder, Box::new(is_remark_file), None));
    Some(EditStores { editor: Editor::new(store), drafts: Drafts::new(&state_folder(), root), photographs, remarks })
}

fn today() -> String {
    now().map_or_else(String::new, Moment::day)
}

/// The preview's way back into the loop.
struct Behind {
    handle: Handle,
    folder: Folder,
    stores: Option<EditStores>,
    task_runner: Option<CommandRunner>,
}

impl Backend for Behind {
    fn pdf(&self) -> Pdf {
        let (pdf, draft) = self.handle.pdf()?;
        let name = default_target(self.folder.root(), draft);
        Ok((name.file_name().unwrap_or_default().to_string_lossy().into_owned(), pdf))
    }

    fn source_mappings(&self, anchor: &str) -> Vec<ResolvedMapping> {
        self.handle.source_mappings(anchor)
    }

    fn on_disk(&self, file: &str) -> PathBuf {
        self.folder.path_of(file)
    }

    fn text_of(&self, file: &str) -> Option<String> {
        self.handle.text_of(file)
    }

    fn program_basis(&self, file: &str) -> Basis {
        self.handle.read(|checked| program_basis(checked, file)).unwrap_or_default()
    }

    fn stores(&self) -> Option<&EditStores> {
        self.stores.as_ref()
    }

    fn remarks(&self) -> RemarkTexts {
        self.handle.remarks()
    }

    fn today(&self) -> String {
        today()
    }

    fn open(&self, path: &Path, with: OpenWith) -> std::io::Result<()> {
        open_file(path, with)
    }

    fn task_runner(&self) -> Option<&dyn TaskRunner> {
        self.task_runner.as_ref().map(|runner| runner as &dyn TaskRunner)
    }

    fn entries(&self, file: Option<&str>) -> Option<(String, Vec<String>)> {
        self.handle.read(|checked| {
            let (report, path) = (&checked.report, |file| checked.files.get(file).path().to_string());
            let Some(file) = file else { return Some((path(report.head.as_ref()?.file), report.entries_of(None))) };
            let chapter = report.chapters.iter().position(|chapter| path(chapter.head.file) == file)?;
            Some((file.to_string(), report.entries_of(Some(chapter))))
        })?
    }

    fn progress(&self) -> Option<String> {
        // The disk is looked at while nobody waits for the report.
        let paths: Vec<String> =
            self.handle.read(|checked| checked.files.iter().map(|file| file.path().to_string()).collect())?;
        let times: BTreeMap<String, i64> =
            paths.into_iter().filter_map(|path| Some((path.clone(), self.folder.changed_at(&path)?))).collect();
        let texts = self.handle.remarks();
        self.handle.read(|checked| {
            let progress = Progress::of(checked, &|path| times.get(path).copied());
            render_json(&progress, RemarkTable::of(checked, &texts).as_ref(), now())
        })
    }
}
