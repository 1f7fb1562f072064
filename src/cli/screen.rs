//! What a watch shows: messages and a status line on the terminal, and the live page beside it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::options::Look;
use super::output::draw;
use super::printer::Printer;
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::Folder;
use crate::pipeline::Checked;
use crate::preview::{Preview, Snapshot};
use crate::watch::{Listener, Round, Written};

/// The terminal, and the browser beside it.
pub(super) struct Screen {
    root: PathBuf,
    folder: Folder,
    look: Look,
    preview: Option<Preview>,
    progress: Option<Progress>,
    printer: Printer,
    /// What was reported last, without its line: absent before the first round.
    shown: Option<BTreeSet<Said>>,
    /// How many messages the browser was told
    told: usize,
}

/// A message by which it is known again after a line moved: file, code and words.
type Said = (String, String, String);

impl Screen {
    pub(super) fn new(root: PathBuf, look: Look, preview: Option<Preview>) -> Self {
        Self {
            folder: Folder::new(&root),
            root,
            look,
            preview,
            progress: Some(Progress::start("組版しています…")),
            printer: Printer::start(),
            shown: None,
            told: 0,
        }
    }

    /// Says that it is over, in the browser and here.
    pub(super) fn end(self) {
        if let Some(preview) = &self.preview {
            preview.end();
        }
        self.printer.print("終了しました。\n".to_string());
        self.printer.end();
    }

    fn publish(&mut self, round: &Round<'_>) {
        self.told = round.checked.diagnostics.iter().count();
        if let Some(preview) = &self.preview {
            preview.publish(Snapshot {
                checked: round.checked,
                pages: round.pages,
                root: &self.root,
                on_disk: &|path| self.folder.path_of(path),
                saved: round.saved,
                draft: round.draft,
                round: round.number,
                time: clock(),
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

/// How much was reported before and still holds.
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
