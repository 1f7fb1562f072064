//! The program started without a command: by a double click, or by what was dropped on it. It opens the preview of the
//! report that is meant; where that is not known, a page asks.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::browser::open_in_browser;
use super::place::{LocatedReport, absolute, locate};
use super::watch::{self, Announce};
use super::{Failure, Outcome, new_report};
use crate::pipeline::{find_root, find_roots_below};
use crate::preview::{Greeting, Welcome, WelcomeChoice};

/// A folder of reports has one folder for each year, perhaps by department.
const DEPTH: usize = 3;

/// What the program was started with, where that is no command: nothing, or the whole path of something that is there.
/// Explorer gives whole paths.
pub(super) fn without_command(typed: &[OsString]) -> Option<Option<&Path>> {
    match typed {
        [] => Some(None),
        [first, ..] => Some(Path::new(first)).filter(|path| path.is_absolute() && path.exists()).map(Some),
    }
}

/// Runs until the window is closed. What went wrong can be read before that: the window is the program's own.
pub(super) fn run(dropped: Option<&Path>) -> ExitCode {
    say!("この窓を閉じると終わります。コマンドの一覧は「report --help」で読めます。");
    match open(dropped) {
        Ok(outcome) => outcome.into(),
        Err(Failure(message)) => {
            say!("{message}");
            if io::stdin().is_terminal() {
                say!("Enter を押すと終わります。");
                // Whatever is typed ends it.
                let _ = io::stdin().read_line(&mut String::new());
            }
            Outcome::Failed.into()
        }
    }
}

fn open(dropped: Option<&Path>) -> Result<Outcome, Failure> {
    let home = match dropped {
        Some(path) => path.to_path_buf(),
        None => std::env::current_exe().map_err(|error| Failure::new(format!("始められません（{error}）。")))?,
    };
    let folder = if home.is_dir() { home.clone() } else { home.parent().unwrap_or(&home).to_path_buf() };
    let here = std::env::current_dir().ok().filter(|_| dropped.is_none());
    match find(&folder, here.as_deref()) {
        FoundReport::One(root) => {
            let place = dropped.map(|path| locate(Some(path))).transpose()?.filter(|place| place.root == root);
            watch::open_preview(place.unwrap_or(LocatedReport { root, file: None }), Announce::Browser)
        }
        FoundReport::Many(reports) => {
            ask(&folder, reports, "報告書がいくつかあります。開くものを選んでください。".to_string())
        }
        FoundReport::None => {
            let words =
                format!("「{}」とその中に、報告書（報告書.jigyo のあるフォルダー）がありません。", folder.display());
            ask(&folder, Vec::new(), words)
        }
    }
}

enum FoundReport {
    One(PathBuf),
    Many(Vec<PathBuf>),
    None,
}

/// The report that one of the folders lies in; otherwise those below the first, or else right in the second, which may be
/// any folder of the disk.
fn find(folder: &Path, here: Option<&Path>) -> FoundReport {
    if let Some(root) = find_root(folder).or_else(|| here.and_then(find_root)) {
        return FoundReport::One(root);
    }
    let mut below = find_roots_below(folder, DEPTH);
    if let Some(here) = here.filter(|_| below.is_empty()) {
        below = find_roots_below(here, 1);
    }
    match (below.pop(), below.is_empty()) {
        (Some(only), true) => FoundReport::One(only),
        (Some(last), false) => {
            below.push(last);
            FoundReport::Many(below)
        }
        (None, _) => FoundReport::None,
    }
}

/// Shows the page that asks, and opens what was chosen on it.
fn ask(folder: &Path, reports: Vec<PathBuf>, words: String) -> Result<Outcome, Failure> {
    let new_report = free_name(folder);
    let welcome = Welcome::start(Greeting { new_report: new_report.clone(), reports, words });
    let welcome = welcome.map_err(|error| Failure::io("を開けません", folder, &error))?;
    let _opened = open_in_browser(welcome.url());
    loop {
        let Some(asked) = welcome.next() else { return Ok(Outcome::Clean) };
        let found = match &asked.choice {
            WelcomeChoice::Make => new_report::make(&new_report).map(|root| LocatedReport { root, file: None }),
            WelcomeChoice::Open(path) => choose(path),
        };
        match found {
            Ok(place) => {
                // The page that asked has nothing more to ask for.
                drop(welcome);
                return watch::open_preview(place, Announce::Page(&asked));
            }
            Err(Failure(words)) => asked.answer(Err(words)),
        }
    }
}

/// The report of a path that was typed.
fn choose(path: &Path) -> Result<LocatedReport, Failure> {
    let place = locate(Some(&absolute(path)?))?;
    if find_root(&place.root).is_some() {
        return Ok(place);
    }
    match find(&place.root, None) {
        FoundReport::One(root) => Ok(LocatedReport { root, file: None }),
        FoundReport::Many(reports) => {
            let list: Vec<String> = reports.iter().map(|path| path.display().to_string()).collect();
            Err(Failure::new(format!("報告書がいくつかあります。次のどれかを書いてください。\n{}", list.join("\n"))))
        }
        FoundReport::None => Err(Failure::new(format!(
            "「{}」とその中に、報告書（報告書.jigyo のあるフォルダー）がありません。",
            path.display()
        ))),
    }
}

/// 報告書, or 報告書2 where that is taken.
fn free_name(folder: &Path) -> PathBuf {
    let names = std::iter::once("報告書".to_string()).chain((2..1000).map(|number| format!("報告書{number}")));
    names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or_else(|| folder.join("報告書"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_path_that_is_there_is_no_command() {
        let here = std::env::current_dir().expect("has a folder");
        let typed = |words: &[&Path]| words.iter().map(|word| word.as_os_str().to_os_string()).collect::<Vec<_>>();
        assert_eq!(without_command(&[]), Some(None));
        assert_eq!(without_command(&typed(&[&here])), Some(Some(here.as_path())));
        assert_eq!(without_command(&typed(&[Path::new("check")])), None);
        assert_eq!(without_command(&typed(&[Path::new("src")])), None);
        assert_eq!(without_command(&typed(&[&here.join("ない")])), None);
    }

    #[test]
    fn one_report_is_opened_and_of_several_one_is_chosen() {
        let folder = tempfile::tempdir().expect("has a folder");
        let report = |path: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(&path).expect("is made");
            std::fs::write(path.join("報告書.jigyo"), "【報告書】あ\n").expect("is written");
            path
        };
        assert!(matches!(find(folder.path(), None), FoundReport::None));
        let one = report("令和2年度");
        assert!(matches!(find(folder.path(), None), FoundReport::One(root) if root == one));
        assert!(matches!(find(&one.join("01"), None), FoundReport::One(root) if root == one));
        let other = report("中/令和3年度");
        assert!(matches!(find(folder.path(), None), FoundReport::Many(found) if found == [one.clone(), other]));
        assert!(matches!(find(&folder.path().join("out"), Some(&one)), FoundReport::One(root) if root == one));
        // The program lies elsewhere.
        let away = tempfile::tempdir().expect("has a folder");
        assert!(matches!(find(away.path(), Some(folder.path())), FoundReport::One(root) if root == one));
    }
}
