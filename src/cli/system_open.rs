//! Opens with the system's own programs: a plain text where it is edited, a folder in its window, another report as a double click does.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::preview::OpenWith;

/// Starts the program, and does not wait for its end.
///
/// # Errors
/// The operating system's, where there is no such program.
pub(super) fn open_file(path: &Path, with: OpenWith) -> io::Result<()> {
    let (program, argument) = program_for(std::env::consts::OS, path, with);
    let mut command = Command::new(program);
    add(&mut command, argument);
    start(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))
}

/// Opens a file or a folder, as a double click on it does.
///
/// # Errors
/// The operating system's, where it has no program for it.
pub(super) fn open_path(path: &Path) -> io::Result<()> {
    open::that_detached(path)
}

/// Opens another report as a double click does: with a window of its own.
///
/// # Errors
/// The operating system's.
pub(super) fn open_report(folder: &Path) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(folder).stdin(Stdio::null());
    with_window(&mut command);
    start(&mut command)
}

fn start(command: &mut Command) -> io::Result<()> {
    let mut child = command.spawn()?;
    // Whoever ends is asked how, or stays in the system's list.
    thread::spawn(move || child.wait());
    Ok(())
}

/// What a program is given.
#[derive(Debug, PartialEq, Eq)]
enum Argument {
    Words(Vec<OsString>),
    /// As one text with its own quotation marks: Explorer reads no others.
    Raw(String),
}

fn program_for(system: &str, path: &Path, with: OpenWith) -> (&'static str, Argument) {
    let words = |words: &[&Path]| Argument::Words(words.iter().map(|word| word.as_os_str().to_os_string()).collect());
    let folder = path.parent().unwrap_or(path);
    match (system, with) {
        ("windows", OpenWith::Editor) => ("notepad.exe", Argument::Words(vec![plain(path).into()])),
        ("windows", OpenWith::Folder) => ("explorer.exe", Argument::Raw(format!("/select,\"{}\"", plain(path)))),
        ("macos", OpenWith::Editor) => ("open", words(&[Path::new("-t"), path])),
        ("macos", OpenWith::Folder) => ("open", words(&[Path::new("-R"), path])),
        (_, OpenWith::Editor) => ("xdg-open", words(&[path])),
        (_, OpenWith::Folder) => ("xdg-open", words(&[folder])),
    }
}

/// A path as older programs read it. A name of Windows has no quotation marks.
fn plain(path: &Path) -> String {
    let path = path.to_string_lossy().replace('/', "\\");
    match path.strip_prefix(r"\\?\UNC\") {
        Some(share) => format!(r"\\{share}"),
        None => path.strip_prefix(r"\\?\").unwrap_or(&path).to_string(),
    }
}

#[cfg(windows)]
fn add(command: &mut Command, argument: Argument) {
    use std::os::windows::process::CommandExt;
    match argument {
        Argument::Words(words) => command.args(words),
        Argument::Raw(text) => command.raw_arg(text),
    };
}

#[cfg(not(windows))]
fn add(command: &mut Command, argument: Argument) {
    match argument {
        Argument::Words(words) => command.args(words),
        Argument::Raw(text) => command.arg(text),
    };
}

#[cfg(windows)]
fn with_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NEW_CONSOLE: u32 = 0x0000_0010;
    command.creation_flags(CREATE_NEW_CONSOLE);
}

#[cfg(not(windows))]
fn with_window(command: &mut Command) {
    command.stdout(Stdio::null()).stderr(Stdio::null());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_programs() {
        let words = |words: &[&str]| Argument::Words(words.iter().map(OsString::from).collect());
        let windows = Path::new(r"\\?\C:\報告 書\一.jigyo");
        assert_eq!(
            program_for("windows", windows, OpenWith::Editor),
            ("notepad.exe", words(&[r"C:\報告 書\一.jigyo"]))
        );
        assert_eq!(
            program_for("windows", windows, OpenWith::Folder),
            ("explorer.exe", Argument::Raw(r#"/select,"C:\報告 書\一.jigyo""#.to_string()))
        );
        let share = Path::new(r"\\?\UNC\server\share\一.jigyo");
        assert_eq!(program_for("windows", share, OpenWith::Editor).1, words(&[r"\\server\share\一.jigyo"]));
        let path = Path::new("/報告/一.jigyo");
        assert_eq!(program_for("macos", path, OpenWith::Folder), ("open", words(&["-R", "/報告/一.jigyo"])));
        assert_eq!(program_for("linux", path, OpenWith::Editor), ("xdg-open", words(&["/報告/一.jigyo"])));
        assert_eq!(program_for("linux", path, OpenWith::Folder), ("xdg-open", words(&["/報告"])));
    }
}
