//! `report check --fix`: makes the fixes that cannot be wrong, after it has shown them.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::ops::Range;
use std::path::Path;

use super::Failure;
use crate::diagnostic::Edit;
use crate::load::{Folder, MAX_FILE_BYTES, Replaced, RewriteError, decode, explain_io, read_bounded, replace, rewrite};
use crate::pipeline::Checked;
use crate::source::SourceFile;

/// What became of the fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    /// They were made, or there were none.
    Done,
    /// Nobody said yes.
    Declined,
    /// There was nobody to ask.
    OnlyShown,
    /// Some file could not be written.
    SomeLeft,
}

/// Shows the fixes, asks, and makes them. `only` is one file of the report.
pub(super) fn fix(checked: &Checked, root: &Path, only: Option<&str>, yes: bool) -> Result<Fixed, Failure> {
    let mut by_file: BTreeMap<_, Vec<&Edit>> = BTreeMap::new();
    for edit in checked.diagnostics.certain_edits() {
        let path = checked.files.get(edit.span.file).path();
        if only.is_none_or(|only| only == path) {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
    }
    let count: usize = by_file.values().map(Vec::len).sum();
    if count == 0 {
        say!("自動で直せるところはありません。");
        return Ok(Fixed::Done);
    }
    say!("次の {count} か所を書き換えます。");
    for (file, edits) in &by_file {
        for edit in edits {
            show(checked.files.get(*file), edit);
        }
    }
    if !yes {
        if !io::stdin().is_terminal() {
            say!("まだ書き換えていません。書き換えるには「report check --fix --yes」としてください。");
            return Ok(Fixed::OnlyShown);
        }
        if !is_agreed()? {
            say!("書き換えませんでした。");
            return Ok(Fixed::Declined);
        }
    }
    let folder = Folder::new(root);
    let mut fixed = Fixed::Done;
    for (file, edits) in by_file {
        let file = checked.files.get(file);
        match write(&folder, file, &edits) {
            Ok(()) => say!("{} を書き換えました（{}か所）。", file.path(), edits.len()),
            Err(reason) => {
                say!("{} は書き換えませんでした。{reason}", file.path());
                fixed = Fixed::SomeLeft;
            }
        }
    }
    Ok(fixed)
}

fn show(file: &SourceFile, edit: &Edit) {
    let line = file.position(edit.span.start).line;
    let text = file.text().get(file.line_range(line - 1)).unwrap_or("");
    say!("{} {line}行目：「{}」→「{}」", file.path(), visible(file.slice(edit.span)), visible(&edit.replacement));
    say!("    {}", visible(text.trim()));
}

/// Characters that no screen shows, by their number.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{E000}'..='\u{F8FF}' => format!("〔番号 {:04X}〕", c as u32),
            '\t' => "　".to_string(),
            c if c.is_control() => String::new(),
            c => c.to_string(),
        })
        .collect()
}

fn is_agreed() -> Result<bool, Failure> {
    super::output::say_all("書き換えますか（はい＝y）：")?;
    let mut typed = String::new();
    // What cannot be read is no yes.
    let _ = io::stdin().read_line(&mut typed);
    Ok(is_yes(&typed))
}

/// The input method makes full-width letters.
fn is_yes(typed: &str) -> bool {
    matches!(typed.trim(), "y" | "Y" | "ｙ" | "Ｙ" | "yes" | "はい")
}

/// Writes a file with its fixes, or says why not.
fn write(folder: &Folder, file: &SourceFile, edits: &[&Edit]) -> Result<(), String> {
    let path = folder.path_of(file.path());
    let reason = |error: io::Error| format!("{}。", explain_io(&error));
    let changed = || "調べた後に変わっています。もう一度実行してください。".to_string();
    if std::fs::metadata(&path).map_err(reason)?.permissions().readonly() {
        return Err("書き込みが禁止されています。".to_string());
    }
    if !folder.holds(&path) {
        return Err(changed());
    }
    let bytes = read_bounded(&path, MAX_FILE_BYTES).map_err(reason)?.ok_or_else(changed)?;
    if decode(&bytes).as_deref() != Ok(file.text()) {
        return Err(changed());
    }
    let edits: Vec<(Range<usize>, &str)> =
        edits.iter().map(|edit| (edit.span.start..edit.span.end, edit.replacement.as_str())).collect();
    let mended = rewrite(&bytes, &edits).map_err(|error| match error {
        RewriteError::Unencodable(c) => {
            format!("このファイルの文字コードでは「{c}」を書けません。UTF-8 で保存し直してください。")
        }
        RewriteError::OtherText => "手で直してください。".to_string(),
    })?;
    match replace(&path, &bytes, &mended).map_err(reason)? {
        Replaced::Done => Ok(()),
        Replaced::Changed => Err(changed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Span};

    #[test]
    fn a_file_that_changed_or_cannot_hold_the_mend_is_left_as_it_is() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("一.jigyo");
        let mut files = Files::new();
        let id = files.add("一.jigyo", "件数｜同上");
        let edit = |replacement: &str| Edit {
            span: Span::new(id, "件数｜".len().."件数｜同上".len()),
            replacement: replacement.to_string(),
            certain: true,
        };
        let disk = Folder::new(folder.path());
        std::fs::write(&path, "件数｜同上\n書き足した行")?;
        let refused = write(&disk, files.get(id), &[&edit("↑")]);
        assert!(refused.is_err_and(|reason| reason.contains("調べた後に変わっています")));
        assert_eq!(std::fs::read_to_string(&path)?, "件数｜同上\n書き足した行");

        let shift_jis = b"\x8C\x8F\x90\x94\x81b\x93\xAF\x8F\xE3";
        std::fs::write(&path, shift_jis)?;
        let refused = write(&disk, files.get(id), &[&edit("𠮷")]);
        assert!(refused.is_err_and(|reason| reason.contains("「𠮷」を書けません")));
        assert_eq!(std::fs::read(&path)?, shift_jis);
        assert_eq!(write(&disk, files.get(id), &[&edit("↑")]), Ok(()));
        assert_eq!(std::fs::read(&path)?, b"\x8C\x8F\x90\x94\x81b\x81\xAA");
        std::fs::remove_file(&path)?;
        assert!(write(&disk, files.get(id), &[&edit("↑")]).is_err());
        assert!(!path.exists(), "a file that went away stays away");
        Ok(())
    }

    #[test]
    fn only_yes_is_yes() {
        assert!(["y\n", "ｙ\r\n", " はい", "Y"].into_iter().all(is_yes));
        assert!(!["", "\n", "n", "yえ", "いいえ"].into_iter().any(is_yes));
    }
}
