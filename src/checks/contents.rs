//! J001, J003, J005, J006 and J060: files as a whole.

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Content, DecodeError};
use crate::source::{FileId, SourceFile, Span};

/// What is wrong with a file before its text is read. Nothing for a file that can be. `copy_of`: the stem of the file that it
/// is a copy of by its name.
pub fn check_content(file: &SourceFile, content: &Content, copy_of: Option<&str>) -> Option<Diagnostic> {
    if super::is_copy(file.stem()) {
        return Some(copied_by_mark(file));
    }
    if let Some(original) = copy_of {
        return Some(copied(file, original));
    }
    let span = Span::whole_file(file.id());
    match content {
        Content::Text(_) => None,
        Content::Undecodable(error) => Some(undecodable(span, error)),
        Content::TxtAdded => Some(txt_added(span, file.name())),
        Content::TooLarge { bytes } => Some(too_large(span, *bytes)),
        Content::Unreadable(reason) => Some(
            Diagnostic::new(Code::J001, span, format!("開くことができません（{reason}）。"))
                .help("ほかのソフトで開いていれば閉じ、読み取りが許されているか確かめてください。"),
        ),
    }
}

/// J003 for a file whose name has the mark of a copy.
fn copied_by_mark(file: &SourceFile) -> Diagnostic {
    let (stem, span) = (file.stem(), Span::whole_file(file.id()));
    if stem.starts_with("~$") {
        return Diagnostic::new(Code::J003, span, "編集中の一時ファイルが残っています。")
            .help("開いているソフトを閉じてください。閉じても残っていれば、このファイルを消してください。");
    }
    let message = if stem.starts_with("章") || stem.starts_with("報告書") {
        "同じファイルの写しがあります。"
    } else {
        "同じ事業のファイルが2つあります（写しの名前です）。"
    };
    Diagnostic::new(Code::J003, span, message)
        .help("古いほうをフォルダー「_旧」に移してください。こちらが新しければ、名前の後に付いた「コピー」「(2)」「競合コピー」などを取ってください。")
}

/// J003 for a file whose name is that of another one and a mark.
fn copied(file: &SourceFile, original: &str) -> Diagnostic {
    Diagnostic::new(
        Code::J003,
        Span::whole_file(file.id()),
        format!("「{original}」の写しの名前です（{}）。", file.stem()),
    )
    .help(format!(
        "古いほうのファイルをフォルダー「_旧」に移してください。こちらが新しければ、元のファイルを移してから、こちらの名前を「{original}.jigyo」に直します。題名は変えません。"
    ))
}

fn undecodable(span: Span, error: &DecodeError) -> Diagnostic {
    let (message, help) = match error {
        DecodeError::Unknown => (
            "文字コードが読み取れません。",
            "メモ帳で開き「名前を付けて保存」で「UTF-8」を選んで保存し直してください。",
        ),
        DecodeError::DamagedUtf8 => (
            "文字の一部が壊れています。",
            "メモ帳で開き、化けた文字を直してから、「名前を付けて保存」で「UTF-8」を選んで保存し直してください。",
        ),
    };
    Diagnostic::new(Code::J001, span, message).help(help)
}

/// J060: an editor added its own ending to the file's.
fn txt_added(span: Span, name: &str) -> Diagnostic {
    let right = name.get(..name.len().saturating_sub(4)).unwrap_or(name);
    Diagnostic::new(Code::J060, span, format!("名前の終わりに「.txt」が付いていて、読まれません（{name}）。")).help(format!(
        "ファイルの名前を「{right}」に直してください。メモ帳で保存するときは「ファイルの種類」で「すべてのファイル」を選びます。"
    ))
}

fn too_large(span: Span, bytes: u64) -> Diagnostic {
    let megabytes = bytes.div_ceil(1024 * 1024);
    Diagnostic::new(
        Code::J005,
        span,
        format!(
            "このファイルは大きすぎます（{megabytes} MB）。5 MB までです。写真や表計算のデータを貼り付けていませんか。"
        ),
    )
    .help("文だけのファイルに直してください。写真は【写真】にファイル名を書きます。")
}

/// J006: there is none.
pub fn no_report(place: FileId) -> Diagnostic {
    Diagnostic::new(Code::J006, Span::whole_file(place), "このフォルダーに報告書.jigyo がありません。")
        .help("報告書のフォルダーを指定してください。初めてなら「report new --report フォルダー名」で作れます。")
}

/// J006: there are two.
pub fn two_reports(second: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::J006, second, "このフォルダーには【報告書】のファイルが2つあります。")
        .help("どちらか1つを、フォルダー「_旧」に移すか消してください。")
        .related(first, "もう1つはここです")
}
