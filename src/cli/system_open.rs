//! Opens a file, a folder or another report with the system's own program for it.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

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
    command.spawn().map(drop)
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
