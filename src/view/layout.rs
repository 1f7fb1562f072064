//! How the office's form wants the book set: a part of the template's contract.

use schemars::JsonSchema;
use serde::Serialize;

use crate::form::{Arrangement, Layout, ListShape, Paper};

/// Paper, size of the text, how programs follow each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LayoutView {
    /// 紙 as the form has it: A4縦. A wide table is set on it sideways.
    pub paper: String,
    /// Of the page, in mm
    pub width: f64,
    /// Of the page, in mm
    pub height: f64,
    /// 本文, in pt; absent where the template decides
    pub body_size: Option<f64>,
    /// 組み方
    pub arrangement: ArrangementView,
    /// 一覧の形
    pub list: ListShapeView,
}

/// How programs follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArrangementView {
    /// 分けない: a program that a page holds stays whole.
    Whole,
    /// 続ける: a page break only where it must be
    Continuous,
    /// 1事業1頁: each program begins a page.
    PageEach,
}

/// What the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListShapeView {
    /// A list before the pages of the programs
    List,
    /// No list
    None,
    /// All that there is of the programs: they have no pages of their own.
    Wide,
}

impl From<Layout> for LayoutView {
    fn from(layout: Layout) -> Self {
        let (paper, width, height) = match layout.paper {
            Paper::A4 => ("A4縦", 210.0, 297.0),
            Paper::A4Landscape => ("A4横", 297.0, 210.0),
            Paper::A3Landscape => ("A3横", 420.0, 297.0),
            Paper::B5 => ("B5縦", 182.0, 257.0),
        };
        let is_sideways = layout.list_shape == ListShape::Wide && width < height;
        let (width, height) = if is_sideways { (height, width) } else { (width, height) };
        Self {
            paper: paper.to_string(),
            width,
            height,
            body_size: layout.body_size.map(|tenths| f64::from(tenths) / 10.0),
            arrangement: match layout.arrangement {
                Arrangement::Whole => ArrangementView::Whole,
                Arrangement::Continuous => ArrangementView::Continuous,
                Arrangement::PageEach => ArrangementView::PageEach,
            },
            list: match layout.list_shape {
                ListShape::List => ListShapeView::List,
                ListShape::None => ListShapeView::None,
                ListShape::Wide => ListShapeView::Wide,
            },
        }
    }
}
