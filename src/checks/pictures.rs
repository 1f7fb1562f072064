//! J070: photographs that cannot be printed.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Photo;
use crate::source::with_slashes;
use crate::syntax::chars::{is_digit, unified};
use crate::syntax::nearest;

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

/// The message for a photograph. `beside`: the files in the folder where it should lie, `below`: those in folders below it.
pub fn check_picture(photo: &Photo, problem: PictureProblem, beside: &[String], below: &[String]) -> Diagnostic {
    let name = &photo.file_name.value;
    let (message, help) = match problem {
        PictureProblem::NotFound => not_found(name, beside, below),
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

/// Why a picture that is offered cannot be taken, and what to do.
pub fn refuse_picture(name: &str, bad: BadPicture) -> String {
    let (what, help) = inside(bad);
    // Nobody writes a name who chooses a file.
    let help = help.replace("、そのファイル名を書いてください", "、その写真を選び直してください");
    format!("「{name}」{what}{help}")
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

/// Endings of files that cannot be printed, with how a message calls the format.
const FOREIGN_ENDINGS: &[(&str, &str, ForeignPicture)] = &[
    ("heic", "HEIC", ForeignPicture::Heic),
    ("heif", "HEIC", ForeignPicture::Heic),
    ("avif", "AVIF", ForeignPicture::Avif),
    ("webp", "WebP", ForeignPicture::WebP),
    ("gif", "GIF", ForeignPicture::Gif),
    ("tif", "TIFF", ForeignPicture::Tiff),
    ("tiff", "TIFF", ForeignPicture::Tiff),
    ("bmp", "BMP", ForeignPicture::Bmp),
    ("pdf", "PDF", ForeignPicture::Pdf),
    ("docx", "Word の文書", ForeignPicture::Office),
    ("xlsx", "Excel の表", ForeignPicture::Office),
    ("pptx", "PowerPoint の文書", ForeignPicture::Office),
];

/// A missing file, with the one that was most likely meant; one in a format that cannot be printed has both said at once.
fn not_found(name: &str, beside: &[String], below: &[String]) -> (String, String) {
    let own = with_slashes(name);
    let (folder, file) = own.rsplit_once('/').map_or(("", own.as_str()), |(folder, file)| (folder, file));
    let message = format!("写真「{name}」が見つかりません。");
    let is_it = |path: &&String| path.rsplit_once('/').is_some_and(|(_, other)| unified(other) == unified(file));
    if let Some(path) = below.iter().find(is_it).filter(|_| folder.is_empty()) {
        return (message, format!("「{path}」にあります。ファイル名を「{path}」と書いてください。"));
    }
    if let Some(near) = near_file(file, beside) {
        let is_heic = near.to_lowercase().ends_with(".heic") || near.to_lowercase().ends_with(".heif");
        let near = if folder.is_empty() { near.to_string() } else { format!("{folder}/{near}") };
        if is_heic {
            let save = foreign_format(ForeignPicture::Heic).1;
            return (message, format!("「{near}」はありますが、HEIC のままでは印刷できません。{save}"));
        }
        return (message, format!("「{near}」の誤りではありませんか。違うときは、{}", where_to_put(name)));
    }
    let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    if let Some((_, shown, format)) = FOREIGN_ENDINGS.iter().find(|(known, ..)| *known == ending) {
        let (_, save) = foreign_format(*format);
        let help = format!("{}ただし、{shown} のままでは印刷できません。{save}", where_to_put(name));
        return (format!("写真「{name}」が見つかりません。また、{shown} は印刷できない形式です。"), help);
    }
    (message, where_to_put(name))
}

/// The file whose name is the typed one but for case, widths, zeros in front of a number, its ending, or a slip of the hand.
fn near_file<'a>(file: &str, beside: &'a [String]) -> Option<&'a str> {
    let plain = |name: &str| {
        let name = unified(name).to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_string();
        stem.split(|c: char| !c.is_ascii_digit()).fold(stem.clone(), |stem, digits| {
            let bare = digits.trim_start_matches('0');
            if digits.len() > bare.len() && !bare.is_empty() { stem.replace(digits, bare) } else { stem }
        })
    };
    let pictures = || {
        let is_picture = |name: &&String| {
            let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
            matches!(
                ending.as_str(),
                "jpg" | "jpeg" | "png" | "svg" | "heic" | "heif" | "tif" | "tiff" | "bmp" | "gif" | "webp"
            )
        };
        beside.iter().filter(is_picture).map(String::as_str)
    };
    let same = pictures().find(|other| plain(other) == plain(file));
    // Numbers of a camera differ by a figure and are other pictures.
    let without_digits = |name: &str| name.chars().filter(|c| !is_digit(*c)).collect::<String>();
    let is_counted = |other: &str| without_digits(other) == without_digits(file);
    let stem = |name: &str| name.rsplit_once('.').map_or(name.to_string(), |(stem, _)| stem.to_string());
    same.or_else(|| {
        let others: Vec<(String, &str)> =
            pictures().filter(|other| !is_counted(other)).map(|other| (stem(other), other)).collect();
        let near = nearest(&stem(file), others.iter().map(|(stem, _)| stem.as_str()))?.to_string();
        others.iter().find(|(stem, _)| *stem == near).map(|(_, other)| *other)
    })
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
