//! The settings under 【様式】: paper, type size, how programs follow each other, the numbers of chapters.

use super::lines::Setting;
use super::messages::{fault, twice, unknown};
use super::numbering::{Numbering, NumberingError};
use crate::diagnostic::Diagnostics;
use crate::natural_order::digit;
use crate::syntax::chars::without_blanks;

/// The year that the title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitleYear {
    /// 当年度
    #[default]
    Current,
    /// 翌年度: the book is of the year in which it is issued
    Next,
    /// 問わない
    Any,
}

/// 一覧の形
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListShape {
    /// A list before the pages of the programs
    #[default]
    List,
    /// No list
    None,
    /// All programs of a chapter as one wide table, and no pages of their own
    Wide,
}

/// 紙
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    A4,
    A4Landscape,
    A3Landscape,
    B5,
}

/// 組み方
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// A program that a page holds stays whole.
    #[default]
    Whole,
    /// Programs follow each other, a page break only where it must be.
    Continuous,
    /// Every program begins a page.
    PageEach,
}

/// How the book is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    pub paper: Paper,
    /// Of the text, in tenths of a point; absent: the template's
    pub body_size: Option<u32>,
    pub arrangement: Arrangement,
    pub list_shape: ListShape,
}

/// What stands under 【様式】.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) title_year: TitleYear,
    pub(super) numbering: Option<Numbering>,
    pub(super) layout: Layout,
    /// A line could not be read: what hangs on it is not said again.
    pub(super) is_faulty: bool,
}

/// What may stand under 【様式】
pub(super) const NAMES: &[&str] = &["題名の年度", "章の番号", "一覧の形", "紙", "本文", "組み方"];

pub(super) fn read_settings(settings: &[Setting], diagnostics: &mut Diagnostics) -> Settings {
    let mut read = Settings::default();
    let before = diagnostics.iter().count();
    let mut seen: Vec<&Setting> = Vec::new();
    for setting in settings {
        if let Some(first) = seen.iter().find(|first| first.name.value == setting.name.value) {
            diagnostics.push(twice(setting.span, "項目", &setting.name.value, first.span));
            continue;
        }
        seen.push(setting);
        let value = without_blanks(&setting.value.value);
        let layout = &mut read.layout;
        match without_blanks(&setting.name.value).as_str() {
            "題名の年度" => {
                const WORDS: &[(&str, TitleYear)] =
                    &[("当年度", TitleYear::Current), ("翌年度", TitleYear::Next), ("問わない", TitleYear::Any)];
                read.title_year = choose(setting, &value, WORDS, diagnostics);
            }
            "一覧の形" => {
                const WORDS: &[(&str, ListShape)] =
                    &[("一覧", ListShape::List), ("なし", ListShape::None), ("表", ListShape::Wide)];
                layout.list_shape = choose(setting, &value, WORDS, diagnostics);
            }
            "紙" => {
                const WORDS: &[(&str, Paper)] = &[
                    ("A4縦", Paper::A4),
                    ("A4横", Paper::A4Landscape),
                    ("A3横", Paper::A3Landscape),
                    ("B5縦", Paper::B5),
                ];
                layout.paper = choose(setting, &crate::syntax::chars::unified(&value), WORDS, diagnostics);
            }
            "組み方" => {
                const WORDS: &[(&str, Arrangement)] = &[
                    ("分けない", Arrangement::Whole),
                    ("続ける", Arrangement::Continuous),
                    ("1事業1頁", Arrangement::PageEach),
                ];
                layout.arrangement = choose(setting, &crate::syntax::chars::unified(&value), WORDS, diagnostics);
            }
            "本文" => layout.body_size = read_size(setting, &value, diagnostics),
            "章の番号" if !value.is_empty() => read.numbering = read_numbering(setting, diagnostics),
            "章の番号" => diagnostics.push(fault(
                setting.span,
                "章の番号が未記入です。",
                "「章の番号：第1章、第1節、（1）」のように、1つ目の番号の例を書いてください。",
            )),
            _ => diagnostics.push(unknown(setting.name.span, "項目", &setting.name.value, NAMES)),
        }
        for more in &setting.more {
            diagnostics.push(stray(more));
        }
    }
    read.is_faulty = diagnostics.iter().count() > before;
    if read.is_faulty && read.title_year == TitleYear::default() {
        read.title_year = TitleYear::Any;
    }
    read
}

/// A line that belongs to nothing.
pub(super) fn stray(line: &super::lines::Text) -> crate::diagnostic::Diagnostic {
    fault(
        line.span,
        format!("様式の行「{}」は読めません。", line.value),
        "「項目：値」の形で書くか、説明なら行頭に ※ を付けてください。",
    )
}

fn choose<T: Copy + Default>(setting: &Setting, value: &str, words: &[(&str, T)], diagnostics: &mut Diagnostics) -> T {
    if let Some((_, found)) = words.iter().find(|(word, _)| *word == value) {
        return *found;
    }
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let span = if setting.value.value.is_empty() { setting.span } else { setting.value.span };
    diagnostics.push(unknown(span, &setting.name.value, &setting.value.value, &known));
    T::default()
}

fn read_numbering(setting: &Setting, diagnostics: &mut Diagnostics) -> Option<Numbering> {
    match Numbering::parse(&setting.value.value) {
        Ok(numbering) => Some(numbering),
        Err(NumberingError(why)) => {
            diagnostics.push(fault(
                setting.value.span,
                format!("章の番号「{}」は使えません。{why}", setting.value.value),
                "「章の番号：第1章、第1節、（1）」のように、段ごとに1番目の番号の例を書いてください。",
            ));
            None
        }
    }
}

/// 10.5pt is 105.
fn read_size(setting: &Setting, value: &str, diagnostics: &mut Diagnostics) -> Option<u32> {
    let value = crate::syntax::chars::unified(value).to_lowercase();
    let number = value.strip_suffix("pt").or_else(|| value.strip_suffix("ポイント")).unwrap_or(&value);
    let (whole, tenth) = number.split_once('.').unwrap_or((number, "0"));
    let read = |digits: &str| digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    let size = read(whole).zip(read(tenth).filter(|_| tenth.len() == 1)).map(|(whole, tenth)| whole * 10 + tenth);
    let size = size.filter(|size| !whole.is_empty() && (80..=140).contains(size));
    if size.is_none() {
        diagnostics.push(fault(
            setting.span,
            format!("本文の大きさ「{}」は使えません。", setting.value.value),
            "「本文：10.5pt」のように、8pt から 14pt までで書いてください。",
        ));
    }
    size
}
