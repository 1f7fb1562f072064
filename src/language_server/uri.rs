//! `file:` addresses to paths and back: percent signs, drive letters, shares, Japanese names.

use std::path::{Path, PathBuf};

/// The path of a `file:` address; nothing for one that names no file of this machine.
pub fn path_of_uri(uri: &str) -> Option<PathBuf> {
    decoded(uri, cfg!(windows)).map(PathBuf::from)
}

/// The address of a path from the root of its disk.
pub fn uri_of_path(path: &Path) -> String {
    encoded(&path.to_string_lossy(), cfg!(windows))
}

fn decoded(uri: &str, windows: bool) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let (host, path) = (unescaped(host)?, unescaped(path)?);
    if path.contains('\0') || !path.starts_with('/') {
        return None;
    }
    let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    if !windows {
        return is_here.then_some(path);
    }
    let path = path.replace('/', "\\");
    if !is_here {
        return Some(format!("\\\\{host}{path}"));
    }
    let bare = path.trim_start_matches('\\');
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        (Some(drive), Some(':')) if drive.is_ascii_alphabetic() => {
            let rest = letters.as_str();
            let rest = if rest.is_empty() { "\\" } else { rest };
            Some(format!("{}:{rest}", drive.to_ascii_uppercase()))
        }
        _ => Some(path),
    }
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match tail {
            [high, low, ..] if first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn encoded(path: &str, windows: bool) -> String {
    if !windows {
        return format!("file://{}", escaped(path, "/"));
    }
    let path = path.replace('\\', "/");
    let share =
        path.strip_prefix("//?/UNC/").or_else(|| path.strip_prefix("//").filter(|rest| !rest.starts_with("?/")));
    if let Some(share) = share {
        return format!("file://{}", escaped(share, "/"));
    }
    let path = path.strip_prefix("//?/").unwrap_or(&path).trim_start_matches('/');
    let (drive, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
    format!("file:///{}{}", escaped(drive, ":"), escaped(rest, "/"))
}

/// Everything but letters and digits of ASCII, `-._~` and what `kept` names.
fn escaped(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || (c.is_ascii() && kept.contains(c)) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_unix() {
        for path in ["/報告書/01_人材/UIJ 100%#?+事業.jigyo", "/a/か\u{3099}.jigyo", "/"] {
            assert_eq!(decoded(&encoded(path, false), false).as_deref(), Some(path));
        }
        assert_eq!(decoded("file://localhost/a%20b", false).as_deref(), Some("/a b"));
        assert_eq!(decoded("file:/a/事業.jigyo", false).as_deref(), Some("/a/事業.jigyo"));
        for none in ["untitled:Untitled-1", "file://server/a", "file:///a%00b", "file:///%FF", "file:", "", "a"] {
            assert_eq!(decoded(none, false), None, "{none}");
        }
        assert_eq!(decoded("file:///100%/%zz%", false).as_deref(), Some("/100%/%zz%"));
    }

    #[test]
    fn paths_of_windows() {
        for uri in ["file:///c%3A/%E5%A0%B1/a.jigyo", "file:///C:/%E5%A0%B1/a.jigyo", "FILE:///c:/報/a.jigyo"] {
            assert_eq!(decoded(uri, true).as_deref(), Some("C:\\報\\a.jigyo"), "{uri}");
        }
        assert_eq!(decoded("file:///C:", true).as_deref(), Some("C:\\"));
        assert_eq!(decoded("file://server/share/%E5%A0%B1", true).as_deref(), Some("\\\\server\\share\\報"));
        assert_eq!(encoded("C:\\報\\a b.jigyo", true), "file:///C:/%E5%A0%B1/a%20b.jigyo");
        assert_eq!(encoded("\\\\?\\C:\\a", true), "file:///C:/a");
        assert_eq!(encoded("\\\\server\\share\\a", true), "file://server/share/a");
        assert_eq!(encoded("\\\\?\\UNC\\server\\share\\a", true), "file://server/share/a");
    }
}
