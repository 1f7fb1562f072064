//! 前付 and 後付: what is printed before and after the chapters.

use super::Text;
use super::fields::Fields;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::chars::{is_blank, without_blanks};
use crate::syntax::{FieldName, nearest};

/// A part of the book that is computed whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Cover,
    Contents,
    Summary,
    Departments,
    Index,
    Charts,
}

impl Part {
    pub const ALL: &[Self] =
        &[Self::Cover, Self::Contents, Self::Summary, Self::Departments, Self::Index, Self::Charts];

    pub fn name(self) -> &'static str {
        match self {
            Self::Cover => "表紙",
            Self::Contents => "目次",
            Self::Summary => "総括表",
            Self::Departments => "所管課別集計",
            Self::Index => "索引",
            Self::Charts => "図表",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| part.name() == name)
    }
}

/// The parts of 前付 and of 後付, in their order. J018 for a name that is none, for a part named twice, and for a cover
/// anywhere but at the very front.
pub(super) fn lower_parts(fields: &Fields, diagnostics: &mut Diagnostics) -> (Vec<Part>, Vec<Part>) {
    let mut seen = Vec::new();
    let mut lower = |field| {
        let before = seen.len();
        for (name, place) in fields.text(field).iter().flat_map(names) {
            match accept(field, &name, &seen) {
                Ok(part) => seen.push(part),
                Err((message, help)) => {
                    diagnostics.push(Diagnostic::new(Code::J018, place, message).help(help));
                }
            }
        }
        seen.get(before..).unwrap_or_default().to_vec()
    };
    (lower(FieldName::FrontMatter), lower(FieldName::BackMatter))
}

/// The part of a name, or a message and its help.
fn accept(field: FieldName, name: &str, seen: &[Part]) -> Result<Part, (String, String)> {
    let field = field.name();
    let Some(part) = Part::from_name(name) else {
        let all: Vec<&str> = Part::ALL.iter().map(|part| part.name()).collect();
        let near = nearest(name, all.iter().copied());
        let guess = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
        let message = format!("{field}に「{name}」というものはありません。{guess}");
        return Err((message, format!("書けるのは {} です。「、」で区切って並べます。", all.join("・"))));
    };
    if seen.contains(&part) {
        let message = format!("「{name}」が2回あります。");
        return Err((message, format!("前付と後付を通して1回だけ書けます。{field}の「{name}」を消してください。")));
    }
    if part == Part::Cover && (field != FieldName::FrontMatter.name() || !seen.is_empty()) {
        let message = format!("表紙が{field}の最初にありません。");
        let message = if field == FieldName::FrontMatter.name() {
            message
        } else {
            format!("{field}に表紙は書けません。")
        };
        return Err((
            message,
            "表紙は冊子の最初の頁です。「前付：表紙、目次」のように、前付の最初に書いてください。".to_string(),
        ));
    }
    Ok(part)
}

/// The names in a value, and their places.
fn names(value: &Text) -> Vec<(String, Span)> {
    let is_end = |c: char| is_blank(c) || "、，,・".contains(c);
    let mut names = Vec::new();
    let mut start = 0;
    for piece in value.value.split_inclusive(is_end) {
        let name = piece.trim_end_matches(is_end);
        if !name.is_empty() {
            names.push((without_blanks(name), value.stretch(start..start + name.len())));
        }
        start += piece.len();
    }
    names
}
