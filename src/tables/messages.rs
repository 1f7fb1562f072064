//! The words of J065: what is wrong with a CSV file, and what to do.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{DecodeError, ReadError, TableError};
use crate::source::{SourceFile, Span, Spanned};

/// Rows of one file that are named one by one; a file cut at the wrong character has nothing but such rows.
const NAMED: usize = 20;

/// What a CSV file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    Ledger,
    Words,
    Organization,
}

impl Paper {
    /// The field of 【報告書】 that names it.
    fn field(self) -> &'static str {
        match self {
            Self::Ledger => "台帳",
            Self::Words => "用語",
            Self::Organization => "組織",
        }
    }

    /// Columns without which it says nothing, and a header that has them.
    fn header(self) -> (&'static str, &'static str) {
        match self {
            Self::Ledger => ("「事業名」か「ID」の列", "ID,事業名,事業費（千円）,区分,担当課"),
            Self::Words => ("「誤」と「正」の列", "誤,正,区分"),
            Self::Organization => ("「課名」の列", "部局,課名,グループ"),
        }
    }
}

/// J065: the file that a field names cannot be had.
pub fn unavailable(paper: Paper, named: &Spanned<String>, error: TableError) -> Diagnostic {
    let (field, name) = (paper.field(), &named.value);
    let lower = name.to_lowercase();
    let is_workbook = [".xlsx", ".xls", ".xlsm", ".ods"].iter().any(|ending| lower.ends_with(ending));
    let (what, help) = match error {
        TableError::Read(ReadError::NotFound) if !lower.ends_with(".csv") && !is_workbook => {
            ("が見つかりません", format!("「{field}：{name}.csv」のように、終わりの「.csv」まで書いてください。使わないなら、この行を消してください。"))
        }
        TableError::Read(ReadError::NotFound) => (
            "が見つかりません",
            "報告書.jigyo と同じフォルダーに置き、ここにその名前を書いてください。使わないなら、この行を消してください。".to_string(),
        ),
        TableError::Read(ReadError::Outside) => (
            "は報告書のフォルダーの外にあります",
            "報告書のフォルダーの中に写し、その名前を書いてください。".to_string(),
        ),
        TableError::Read(ReadError::TooLarge) => {
            ("は大きすぎます（32 MB まで）", "要らない列や行を消して保存し直してください。".to_string())
        }
        TableError::Read(ReadError::Unreadable) => (
            "を開くことができません",
            "Excel などで開いていれば閉じ、読み取りが許されているか確かめてください。".to_string(),
        ),
        TableError::Undecodable(_) if is_workbook => (
            "は Excel のファイルです",
            format!(
                "Excel の「名前を付けて保存」で「CSV UTF-8」を選んで保存し、「{field}：」にその名前を書いてください。"
            ),
        ),
        TableError::Undecodable(DecodeError::DamagedUtf8) => (
            "は文字の一部が壊れています",
            "化けた文字を直し、Excel の「名前を付けて保存」で「CSV UTF-8」を選んで保存し直してください。".to_string(),
        ),
        TableError::Undecodable(DecodeError::Unknown) => (
            "の文字が読み取れません",
            "Excel の「名前を付けて保存」で「CSV UTF-8」を選んで保存し直してください。".to_string(),
        ),
    };
    Diagnostic::new(Code::J065, named.span, format!("{field}「{name}」{what}。")).help(help)
}

/// J065: no row looks like a header.
pub(super) fn without_columns(file: &SourceFile, paper: Paper) -> Diagnostic {
    let (columns, header) = paper.header();
    let name = file.name();
    let first = file.line_range(0);
    let message = match file.text().trim().is_empty() {
        true => format!("{name} は空です。"),
        false => format!("{name} に{columns}がありません。"),
    };
    if file.text().trim().is_empty() {
        return Diagnostic::new(Code::J065, Span::new(file.id(), first), message).help(format!(
            "1行目に列の名前を（例：{header}）、2行目からその中身を書いてください。使わないなら、報告書.jigyo の「{}：」の行を消してください。",
            paper.field()
        ));
    }
    Diagnostic::new(Code::J065, Span::new(file.id(), first), message)
        .help(format!(
            "いまの1行目の上に1行を加え、それぞれの列の中身の名前を書いてください（例：{header}）。いまある行は消さず、列の順もそのままでかまいません。"
        ))
}

/// What is wrong with a row.
pub(super) struct RowFault {
    line: Span,
    what: String,
    help: String,
}

impl RowFault {
    pub(super) fn new(line: Span, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { line, what: what.into(), help: help.into() }
    }

    pub(super) fn too_few(line: Span, cells: usize, wanted: &str) -> Self {
        Self::new(
            line,
            format!("は列が{cells}つしかありません。"),
            format!("Excel で開き、値が見出しの下に正しく並んでいるか確かめて、「{wanted}」の列まで入れてください。"),
        )
    }

    pub(super) fn unclosed(line: Span) -> Self {
        Self::new(
            line,
            "の「\"」が閉じていません。ここから後は読まれません。",
            "余分な「\"」を消すか、欄の終わりに「\"」を入れてください。",
        )
    }
}

/// J065 for rows: `台帳.csv の12行目は…`.
pub(super) fn say(file: &SourceFile, faults: Vec<RowFault>, diagnostics: &mut Diagnostics) {
    let name = file.name();
    let rest = faults.len().saturating_sub(NAMED);
    for (index, RowFault { line, what, help }) in faults.into_iter().take(NAMED).enumerate() {
        let number = file.position(line.start).line;
        let more = match rest {
            1.. if index + 1 == NAMED => format!("ほかに{rest}行、読めない行があります。"),
            _ => String::new(),
        };
        diagnostics.push(Diagnostic::new(Code::J065, line, format!("{name} の{number}行目{what}{more}")).help(help));
    }
}
