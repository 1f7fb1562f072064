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
    Bad(BadPicture),
}

/// What is wrong inside a picture's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPicture {
    Empty,
    /// PNG, JPEG or SVG by its first bytes, and something else or damaged behind them
    Damaged,
    /// A JPEG that ends before its picture does
    Cut,
    TooManyPixels {
        width: u32,
        height: u32,
    },
    /// A JPEG in the four colours of a printing press
    FourColours,
    Foreign(ForeignPicture),
}

/// What a file is that is no PNG, JPEG or SVG as they can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignPicture {
    Heic,
    Avif,
    WebP,
    Gif,
    Tiff,
    Bmp,
    Pdf,
    Office,
    SvgWithText,
    Unknown,
}

/// The message for a photograph.
pub fn check_picture(photo: &Photo, problem: PictureProblem) -> Diagnostic {
    let name = &photo.file_name.value;
    let (message, help) = match problem {
        PictureProblem::NotFound => (format!("写真「{name}」が見つかりません。"), where_to_put(name)),
        PictureProblem::Outside => (
            format!("写真「{name}」は報告書のフォルダーの外にあります。"),
            "写真をこのファイルと同じフォルダーに写し、ファイル名だけを書いてください。".to_string(),
        ),
        PictureProblem::TooLarge => (
            format!("写真「{name}」は大きすぎます（64 MB まで）。"),
            "画像を縮小して保存し直してください。".to_string(),
        ),
        PictureProblem::Unreadable => (
            format!("写真「{name}」を開くことができません。"),
            "ほかのソフトで開いていれば閉じてください。".to_string(),
        ),
        PictureProblem::Bad(bad) => {
            let (what, help) = inside(bad);
            (format!("写真「{name}」{what}"), help.to_string())
        }
    };
    Diagnostic::new(Code::J070, photo.file_name.span, message).help(help)
}

/// What is wrong, behind the photograph's name, and what to do.
fn inside(bad: BadPicture) -> (String, &'static str) {
    match bad {
        BadPicture::Empty => (
            "は中身が空です（0 バイト）。".to_string(),
            "コピーの途中で切れたものと思われます。元の写真をもう一度コピーしてください。",
        ),
        BadPicture::Damaged => (
            "は壊れているか、中身が画像ではありません。".to_string(),
            "「ペイント」などで開き、PNG か JPEG で保存し直してください。",
        ),
        BadPicture::Cut => (
            "は途中で切れています。".to_string(),
            "元の写真をもう一度コピーしてください。それでも同じなら、「ペイント」などで開いて、写真が終わりまで見えることを確かめ、JPEG で保存し直してください。",
        ),
        BadPicture::TooManyPixels { width, height } => (
            format!("は画素が多すぎます（横 {width}・縦 {height}。合わせて1億2千万画素まで）。"),
            "「ペイント」などで開き、「サイズ変更」で長いほうの辺を 4,000 ピクセルほどにして、JPEG で保存し直してください。",
        ),
        BadPicture::FourColours => (
            "は印刷所用の色（CMYK）で保存されています。".to_string(),
            "「ペイント」などで開き、JPEG で保存し直してください。色が変わったときは、元の写真（カメラの JPEG）を使ってください。",
        ),
        BadPicture::Foreign(foreign) => foreign_format(foreign),
    }
}

fn foreign_format(foreign: ForeignPicture) -> (String, &'static str) {
    let save_again =
        "「ペイント」で開き、「名前を付けて保存」で「JPEG 画像」を選んで保存し、そのファイル名を書いてください。";
    let save_with_photos = "Windows の「フォト」か「ペイント」で開き、「名前を付けて保存」で JPEG（.jpg）を選んで保存し、そのファイル名を書いてください。";
    let (format, help) = match foreign {
        ForeignPicture::Heic => (
            "HEIC（iPhone などの形式）",
            "Windows の「フォト」で開き、「名前を付けて保存」で JPEG（.jpg）を選んで保存し、そのファイル名を書いてください。iPhone の「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶと、次からは初めから JPEG になります。",
        ),
        ForeignPicture::Avif => ("AVIF ", save_with_photos),
        ForeignPicture::WebP => ("WebP（ウェブページの画像）", save_with_photos),
        ForeignPicture::Gif => ("GIF ", save_again),
        ForeignPicture::Tiff => ("TIFF（スキャナーなどの形式）", save_again),
        ForeignPicture::Bmp => ("BMP（ビットマップ）", save_again),
        ForeignPicture::Pdf => (
            "PDF ",
            "PDF を開いて写真のところを画面に出し、「Snipping Tool」（切り取り）で切り取って PNG で保存し、そのファイル名を書いてください。スキャンした写真なら、JPEG でスキャンし直すときれいです。",
        ),
        ForeignPicture::Office => (
            "Word・Excel・PowerPoint などの文書",
            "そのファイルを開き、写真を右クリックして「図として保存」で JPEG を選んで保存し、そのファイル名を書いてください。",
        ),
        ForeignPicture::SvgWithText => {
            return (
                "は、文字やほかの画像を含む SVG です。".to_string(),
                "文字を図形に変えて（アウトライン化して）保存し直すか、PNG で保存し、そのファイル名を書いてください。",
            );
        }
        ForeignPicture::Unknown => {
            return (
                "の形式は印刷できません。".to_string(),
                "使えるのは PNG・JPEG と、文字やほかの画像を含まない SVG です。「ペイント」などで開き、PNG か JPEG で保存し直してください。",
            );
        }
    };
    (format!("の中身は {format}です。この形式は印刷できません。"), help)
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
