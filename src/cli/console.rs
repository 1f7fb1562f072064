//! What is written on the console, or where it was sent to instead.
//!
//! A console takes every character, whatever its code page. Behind a pipe or in a file the bytes count: Windows' own
//! programs (`more`, `findstr`, PowerShell) read them in the console's code page, which on Japanese PCs is 932.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::load::{in_cp932, shown, to_cp932};

/// Stands for a character that the code page lacks.
const LOST: char = '〓';

/// Writes words for people to standard error.
///
/// # Errors
/// The stream's.
pub(super) fn say(text: &str) -> io::Result<()> {
    let stream = io::stderr();
    let bytes = bytes(text, stream.is_terminal());
    stream.lock().write_all(&bytes)
}

/// As `say`, of words with names in them that the disk gave: no sign of theirs is obeyed by a terminal.
///
/// # Errors
/// The stream's.
pub(super) fn say_plain(text: &str) -> io::Result<()> {
    say(&lines_of(text))
}

/// A text whose line ends are the only signs that a terminal obeys.
pub(super) fn lines_of(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// Writes words for people to standard output.
///
/// # Errors
/// The stream's.
pub(super) fn show(text: &str) -> io::Result<()> {
    let stream = io::stdout();
    let bytes = bytes(text, stream.is_terminal());
    stream.lock().write_all(&bytes)
}

fn bytes(text: &str, is_console: bool) -> Cow<'_, [u8]> {
    if is_console || text.is_ascii() || !reads_cp932() { Cow::Borrowed(text.as_bytes()) } else { in_932(text).into() }
}

fn in_932(text: &str) -> Vec<u8> {
    to_cp932(&in_cp932(text, LOST, |_| {}))
}

/// Set by the live page for the commands that it runs: it reads UTF-8.
pub(super) const READS_UTF8: &str = "REPORT_READS_UTF8";

/// Whether the console that we belong to has the code page 932. Without a console: no.
fn reads_cp932() -> bool {
    static IS_932: OnceLock<bool> = OnceLock::new();
    cfg!(windows)
        && std::env::var_os(READS_UTF8).is_none()
        && *IS_932.get_or_init(|| asked_code_page().as_deref().and_then(code_page) == Some(932))
}

/// What `chcp` says: asking the system itself would need unsafe code.
fn asked_code_page() -> Option<Vec<u8>> {
    let output = Command::new("cmd").args(["/d", "/c", "chcp"]).stdin(Stdio::null()).stderr(Stdio::null()).output();
    output.ok().map(|output| output.stdout)
}

/// The number at the end of `現在のコード ページ: 932`, in whatever encoding that is.
fn code_page(said: &[u8]) -> Option<u32> {
    let end = said.iter().rposition(u8::is_ascii_digit)? + 1;
    let digits = said.get(..end)?;
    let start = digits.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |at| at + 1);
    std::str::from_utf8(digits.get(start..)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_page_is_the_last_number() {
        assert_eq!(code_page(&to_cp932("現在のコード ページ: 932\r\n")), Some(932));
        assert_eq!(code_page(b"Active code page: 65001\r\n"), Some(65001));
        assert_eq!(code_page(b"437."), Some(437));
        assert_eq!(code_page(b""), None);
        assert_eq!(code_page("コード".as_bytes()), None);
    }

    #[test]
    fn no_character_becomes_a_number_of_html() {
        assert_eq!(in_932("誤り—𠮷"), b"\x8C\xEB\x82\xE8\x81\x5C\x81\xAC");
    }
}
