//! J070: photographs that cannot be printed.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Photo;
use crate::source::with_slashes;

/// Why a photograph cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureProblem {
    NotFound,
    /// Absolute, or outside the report after following links
    Outside,
    TooLarge,
    /// The file cannot be opened.
    Unreadable,
    /// PNG, JPEG or SVG by its name, and something else or damaged inside
    Damaged,
    /// No PNG, JPEG or SVG
    UnknownFormat,
}

/// The message for a photograph.
pub fn check_picture(photo: &Photo, problem: PictureProblem) -> Diagnostic {
    let name = &photo.file_name.value;
    let (message, help) = match problem {
        PictureProblem::NotFound => {
            let message = format!("写真「{name}」が見つかりません。");
            return Diagnostic::new(Code::J070, photo.file_name.span, message).help(where_to_put(name));
        }
        PictureProblem::Outside => (
            format!("写真「{name}」は報告書のフォルダーの外にあります。"),
            "写真をこのファイルと同じフォルダーに写し、ファイル名だけを書いてください。",
        ),
        PictureProblem::TooLarge => {
            (format!("写真「{name}」は大きすぎます（64 MB まで）。"), "画像を縮小して保存し直してください。")
        }
        PictureProblem::Unreadable => {
            (format!("写真「{name}」を開くことができません。"), "ほかのソフトで開いていれば閉じてください。")
        }
        PictureProblem::Damaged => (
            format!("写真「{name}」は壊れているか、中身が画像ではありません。"),
            "「ペイント」などで開き、PNG か JPEG で保存し直してください。",
        ),
        PictureProblem::UnknownFormat => (
            format!("写真「{name}」の形式は印刷できません。"),
            "使えるのは PNG・JPEG と、文字やほかの画像を含まない SVG です。「ペイント」などで開き、PNG か JPEG で保存し直してください。",
        ),
    };
    Diagnostic::new(Code::J070, photo.file_name.span, message).help(help)
}

fn where_to_put(name: &str) -> String {
    let path = with_slashes(name);
    match path.rsplit_once('/') {
        Some((folder, file)) => {
            format!("このファイルと同じ所にあるフォルダー「{folder}」に「{file}」を置いてください。")
        }
        None => "このファイルと同じフォルダーに置いてください。".to_string(),
    }
}
