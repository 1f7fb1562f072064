//! `report watch` and `report preview`: the loop of `watch`, shown on the terminal and, when asked for, in a browser.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::arguments::{Look, Looking, Preview as PreviewArguments, Watch as WatchArguments};
use super::build::{default_target, refuse_manuscript, source_date_epoch};
use super::output::{draw, say_all};
use super::place::locate;
use super::progress::Progress;
use super::{Failure, Outcome};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::Folder;
use crate::pipeline::{Checked, Placed, read_own_texts};
use crate::preview::{Pdf, Preview, Scene, Workshop};
use crate::watch::{Handle, Listener, Options, Output, Round, Watch, Written};

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
    refuse_manuscript(&target)?;
    let root = place.root.clone();
    let options = Options {
        output: Some(if arguments.draft { Output::drafts(root, target) } else { Output::new(root, target) }),
        draft: arguments.draft,
        ..options(place.root, &arguments.looking)
    };
    keep(options, &arguments.looking, &arguments.look, arguments.preview)
}

pub(super) fn run_preview(arguments: &PreviewArguments) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    keep(options(place.root, &arguments.looking), &arguments.looking, &arguments.look, true)
}

fn options(root: PathBuf, looking: &Looking) -> Options {
    Options { root, output: None, draft: false, poll: looking.poll, timestamp: source_date_epoch() }
}

/// Starts the program anew with two stores of memory instead of one for each thread, which the system's allocator never
/// gives back: a process that lives for a day would grow by chance. Returns where that was done, or cannot be.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn bound_memory() {
    use std::os::unix::process::CommandExt;
    const STORES: &str = "MALLOC_ARENA_MAX";
    if std::env::var_os(STORES).is_none()
        && let Ok(program) = std::env::current_exe()
    {
        // Only a failure comes back, and then it is done without.
        let _ = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(STORES, "2").exec();
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn bound_memory() {}

/// Runs until Ctrl-C or the system ends it.
fn keep(options: Options, looking: &Looking, look: &Look, with_preview: bool) -> Result<Outcome, Failure> {
    bound_memory();
    let root = options.root.clone();
    if read_own_texts(&Folder::new(&root)).is_ok_and(|(texts, _)| texts.is_empty()) {
        return Err(Failure::new(format!(
            "「{}」に原稿がありません。報告書.jigyo のあるフォルダーを指定してください。新しい報告書は「report new --report フォルダー」で作れます。",
            root.display()
        )));
    }
    let watch = Watch::new(options);
    let handle = watch.handle();
    let mut was_asked = false;
    ctrlc::set_handler(move || {
        // Asked twice, it does not wait for a share that answers no more.
        if std::mem::replace(&mut was_asked, true) {
            std::process::exit(2);
        }
        handle.stop();
    })
    .map_err(|error| Failure::new(format!("Ctrl-C を受け取れません（{error}）。")))?;
    let preview = with_preview.then(|| serve(&root, watch.handle(), looking.no_open)).transpose()?;
    say!("「{}」を見ています。終わるには Ctrl-C を押してください。", root.display());
    let progress = Some(Progress::start("組版しています…"));
    let folder = Folder::new(&root);
    let printer = Printer::start();
    let mut screen = Screen { root, folder, look: look.clone(), preview, progress, printer, shown: None, told: 0 };
    watch.run(&mut screen);
    if let Some(preview) = &screen.preview {
        preview.end();
    }
    screen.printer.print("終了しました。\n".to_string());
    screen.printer.end();
    Ok(Outcome::Clean)
}

fn serve(root: &Path, handle: Handle, no_open: bool) -> Result<Preview, Failure> {
    let workshop = Behind { handle, folder: Folder::new(root) };
    let preview = Preview::start(Box::new(workshop)).map_err(|error| {
        Failure::new(format!("プレビューを始められません（{}）。", crate::load::explain_io(&error)))
    })?;
    let url = preview.url();
    let hint = if no_open || open::that_detached(&url).is_err() {
        "ブラウザーで開いてください"
    } else {
        "ブラウザーで開きます"
    };
    say!("次のアドレスを、{hint}。\n{url}");
    Ok(preview)
}

/// The preview's way back into the loop.
struct Behind {
    handle: Handle,
    folder: Folder,
}

impl Workshop for Behind {
    fn pdf(&self) -> Pdf {
        let (pdf, draft) = self.handle.pdf()?;
        let name = default_target(self.folder.root(), draft);
        Ok((name.file_name().unwrap_or_default().to_string_lossy().into_owned(), pdf))
    }

    fn things(&self, anchor: &str) -> Vec<Placed> {
        self.handle.things(anchor)
    }

    fn on_disk(&self, file: &str) -> PathBuf {
        self.folder.path_of(file)
    }
}

/// The terminal, and the browser beside it.
struct Screen {
    root: PathBuf,
    folder: Folder,
    look: Look,
    preview: Option<Preview>,
    progress: Option<Progress>,
    printer: Printer,
    /// What was said last, without its line: absent before the first round.
    shown: Option<BTreeSet<Said>>,
    /// How many messages the browser was told
    told: usize,
}

/// Prints from a thread of its own: a console that stands still (a click into it does that on Windows) must not keep a
/// report from being built.
struct Printer {
    texts: SyncSender<String>,
    thread: JoinHandle<()>,
}

impl Printer {
    /// More than anybody scrolls back to.
    const MOST_WAITING: usize = 100;

    fn start() -> Self {
        let (texts, waiting) = sync_channel::<String>(Self::MOST_WAITING);
        let thread = thread::spawn(move || {
            for text in waiting {
                // A terminal that went away is no reason to stop building.
                let _ = say_all(&text);
            }
        });
        Self { texts, thread }
    }

    /// What a console that stands still has no room for is left out.
    fn print(&self, text: String) {
        let _ = self.texts.try_send(text);
    }

    /// Waits a moment for what is still to be printed.
    fn end(self) {
        drop(self.texts);
        let started = Instant::now();
        while !self.thread.is_finished() && started.elapsed() < Duration::from_secs(1) {
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A message by which it is known again after a line moved: file, code and words.
type Said = (String, String, String);

impl Screen {
    fn publish(&mut self, round: &Round<'_>) {
        self.told = round.checked.diagnostics.iter().count();
        if let Some(preview) = &self.preview {
            preview.publish(Scene {
                checked: round.checked,
                pages: round.pages,
                root: &self.root,
                on_disk: &|path| self.folder.path_of(path),
                saved: round.saved,
                draft: round.draft,
                round: round.number,
                time: clock(),
                milliseconds: round.started.elapsed().as_millis(),
            });
        }
    }
}

impl Listener for Screen {
    fn laid_out(&mut self, round: &Round<'_>) {
        self.publish(round);
    }

    fn finished(&mut self, round: &Round<'_>, written: &Written) {
        self.progress = None;
        let checked = round.checked;
        let all: Vec<&Diagnostic> = checked.diagnostics.iter().collect();
        if all.len() != self.told {
            // The PDF has rules of its own.
            self.publish(round);
        }
        let said: BTreeSet<Said> = all.iter().map(|diagnostic| said_of(checked, diagnostic)).collect();
        let mut text = String::new();
        match &self.shown {
            Some(before) if !round.saved.is_empty() => {
                let (saved, others): (Vec<_>, Vec<_>) =
                    all.iter().copied().partition(|d| round.saved.iter().any(|path| path == path_of(checked, d)));
                let (new, old): (Vec<_>, Vec<_>) =
                    others.into_iter().partition(|diagnostic| !before.contains(&said_of(checked, diagnostic)));
                text.push_str(&draw(checked, &saved, &self.look));
                text.push_str(&draw(checked, &new, &self.look));
                text.push_str(&rest(&old));
            }
            // At the start, and after a change of a picture or of the template: whose messages it brings is not known.
            _ => text.push_str(&draw(checked, &all, &self.look)),
        }
        text.push_str(&status(round, written, &self.root));
        self.shown = Some(said);
        self.printer.print(text);
    }

    fn written_late(&mut self, written: &Written) {
        if let Written::File { path, .. } = written {
            self.printer.print(format!("{}  {} に書き込めました。\n", clock(), shortened(path, &self.root)));
        }
    }

    fn lost(&mut self, words: &str) {
        self.progress = None;
        self.printer.print(format!("{words}\n"));
        if let Some(preview) = &self.preview {
            preview.say(Some(words));
        }
    }

    fn found_again(&mut self) {
        self.printer.print(format!("{}  フォルダーが元に戻りました。続けます。\n", clock()));
        if let Some(preview) = &self.preview {
            preview.say(None);
        }
    }

    fn remark(&mut self, words: &str) {
        self.printer.print(format!("{words}\n"));
    }
}

fn path_of<'a>(checked: &'a Checked, diagnostic: &Diagnostic) -> &'a str {
    checked.files.get(diagnostic.primary.span.file).path()
}

fn said_of(checked: &Checked, diagnostic: &Diagnostic) -> Said {
    (path_of(checked, diagnostic).to_string(), diagnostic.code.to_string(), diagnostic.message.clone())
}

/// How much was said before and still holds.
fn rest(old: &[&Diagnostic]) -> String {
    let count = |severity| old.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => String::new(),
        (errors, warnings) => format!("ほかの原稿に、前からのエラー {errors} 件、注意 {warnings} 件があります。\n"),
    }
}

/// `14:03:22  28頁  エラー 0 件  注意 0 件  41ミリ秒  out/aomori-r2.pdf`
fn status(round: &Round<'_>, written: &Written, root: &Path) -> String {
    let count = |severity| round.checked.diagnostics.count(severity);
    let pages = round.pages.map_or_else(|| "頁なし".to_string(), |pages| format!("{}頁", pages.count()));
    let mut line = format!(
        "{}  {pages}  エラー {} 件  注意 {} 件  {}ミリ秒",
        clock(),
        count(Severity::Error),
        count(Severity::Warning),
        round.started.elapsed().as_millis()
    );
    match written {
        Written::Nothing => {}
        Written::Kept => line.push_str("  PDF は作れませんでした（前の PDF はそのままです）"),
        Written::File { path, stale } => {
            line.push_str(&format!("  {}", shortened(path, root)));
            if let Some(stale) = stale {
                line.push_str(&format!(
                    "\n古くなった {} を消せません。表示しているソフトを閉じてください。",
                    shortened(stale, root)
                ));
            }
        }
        Written::Beside { path, locked } => line.push_str(&format!(
            "\n{} を書き換えられないので、{} に書きました。PDF を表示しているソフトを閉じてください。",
            shortened(locked, root),
            shortened(path, root)
        )),
        Written::Failed { path, reason } => line.push_str(&format!(
            "\n{} に書き込めません（{reason}）。前に作った PDF はそのまま残してあります。書き込めるようになると続けます。",
            shortened(path, root)
        )),
    }
    line.push('\n');
    line
}

/// A path of the report from its folder, any other whole.
fn shortened(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// The time of day in Japan, where every user is: a clock of the machine's own zone would need a table of zones.
fn clock() -> String {
    const JAPAN: u64 = 9 * 3600;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) + JAPAN;
    format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
}
