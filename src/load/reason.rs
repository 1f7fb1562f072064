//! The operating system's reasons in words for an officer.

use std::io;

/// The operating system's reason in words for an officer.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system's own words serve for what is rare")]
pub fn explain_io(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "見つかりません".to_string(),
        io::ErrorKind::PermissionDenied => "許されていません。ほかのソフトで開いていれば閉じてください".to_string(),
        io::ErrorKind::AlreadyExists => "すでにあります".to_string(),
        io::ErrorKind::StorageFull => "ディスクがいっぱいです".to_string(),
        io::ErrorKind::NotADirectory => "フォルダーではありません".to_string(),
        io::ErrorKind::IsADirectory => "フォルダーです".to_string(),
        io::ErrorKind::ReadOnlyFilesystem => "書き込めない場所です".to_string(),
        io::ErrorKind::ResourceBusy => "ほかのソフトで開かれています。閉じてください".to_string(),
        io::ErrorKind::InvalidFilename => "名前が長すぎるか、使えない文字があります".to_string(),
        io::ErrorKind::FileTooLarge => "大きすぎます".to_string(),
        io::ErrorKind::CrossesDevices => "別のドライブにあります".to_string(),
        _ => error.to_string(),
    }
}
