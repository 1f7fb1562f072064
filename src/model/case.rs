//! 【事例】 and 【写真】.

use super::prose::{lower_prose, nothing_above};
use super::{Block, Text, cell_lines};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, LineKind, Section, SectionKind};

/// 【事例】 with the photographs right after it.
#[derive(Debug, Clone)]
pub struct Case {
    pub heading: Span,
    pub title: Option<Text>,
    pub blocks: Vec<Block>,
    pub photos: Vec<Photo>,
}

/// A row of 【写真】.
#[derive(Debug, Clone)]
pub struct Photo {
    pub span: Span,
    /// The path as typed, from the folder of the file
    pub file_name: Text,
    /// Lines; none for no caption
    pub caption: Vec<Text>,
    /// Lines of the alternative text; required
    pub alt: Vec<Text>,
}

/// 【事例】 in order, each with the 【写真】 right after it; other photographs go to the program.
pub(super) fn lower_cases(file: &SourceFile, ast: &Ast, diagnostics: &mut Diagnostics) -> (Vec<Case>, Vec<Photo>) {
    let (mut cases, mut photos): (Vec<Case>, Vec<Photo>) = (Vec::new(), Vec::new());
    let mut after_case = false;
    for section in &ast.sections {
        let mut silent = Diagnostics::new();
        let said = if section.quiet { &mut silent } else { &mut *diagnostics };
        match section.kind {
            Some(SectionKind::Case) => {
                let case = lower_case(file, section, said);
                after_case = case.title.is_some() || !case.blocks.is_empty();
                cases.extend(Some(case).filter(|_| after_case));
            }
            Some(SectionKind::Photos) => {
                let found = lower_photos(file, section, said);
                match cases.last_mut().filter(|_| after_case) {
                    Some(case) => case.photos.extend(found),
                    None => photos.extend(found),
                }
            }
            Some(SectionKind::Memo) => {}
            _ => after_case = false,
        }
    }
    (cases, photos)
}

fn lower_case(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) -> Case {
    let title = (!section.rest.is_empty()).then(|| Text::new(file.slice(section.rest).to_string(), section.rest));
    Case { heading: section.heading, title, blocks: lower_prose(file, section, diagnostics), photos: Vec::new() }
}

/// Rows `file｜caption｜what it shows`. J070 where the last is missing, J027 for a line that is no row.
fn lower_photos(file: &SourceFile, section: &Section, diagnostics: &mut Diagnostics) -> Vec<Photo> {
    let mut photos: Vec<Photo> = Vec::new();
    // What continues a row without its picture is no fault, and no part of the photograph before.
    let mut is_nameless = false;
    for line in &section.lines {
        match &line.kind {
            LineKind::Row { cells, .. } => {
                let photo = lower_photo(file, line.span, cells, diagnostics);
                is_nameless = photo.is_none();
                photos.extend(photo);
            }
            LineKind::Continuation { .. } if is_nameless => {}
            LineKind::Continuation { cells } => match photos.last_mut() {
                Some(photo) => continue_photo(file, photo, cells),
                None => diagnostics.push(nothing_above(line.span)),
            },
            LineKind::Label { .. } => diagnostics.push(no_picture(
                line.span,
                &format!("写真の行「{}」に区切り「｜」がありません。", file.slice(line.span)),
            )),
            LineKind::Note { .. } => diagnostics.push(
                Diagnostic::new(Code::J027, line.span, "【写真】に注は書けません。")
                    .help("写真の説明の欄に書くか、【事例】の文に移してください。"),
            ),
            LineKind::Blank
            | LineKind::Unread
            | LineKind::Misread { .. }
            | LineKind::Field { .. }
            | LineKind::Paragraph
            | LineKind::Subheading { .. }
            | LineKind::Item { .. }
            | LineKind::Bullet { .. }
            | LineKind::Name { .. } => {}
        }
    }
    // Only now: a ＋ row may bring it.
    for photo in photos.iter().filter(|photo| photo.alt.is_empty()) {
        let message = format!("写真「{}」に、何が写っているかの説明がありません。", photo.file_name.value);
        diagnostics.push(no_picture(photo.span, &message));
    }
    photos
}

fn lower_photo(file: &SourceFile, span: Span, cells: &[Span], diagnostics: &mut Diagnostics) -> Option<Photo> {
    let mut parts = cells.iter().map(|cell| cell_lines(file, *cell));
    let file_name = parts.next().and_then(|lines| lines.into_iter().next());
    let (caption, alt) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if let Some(surplus) = cells.get(3..).and_then(|cells| cells.iter().find(|cell| !cell.is_empty())) {
        diagnostics.push(
            Diagnostic::new(
                Code::J020,
                *surplus,
                "写真の行の欄が多すぎます。欄は3つ（ファイル名・見出し・説明）です。",
            )
            .help("余分な「｜」を消してください。"),
        );
    }
    if file_name.is_none() {
        diagnostics.push(no_picture(span, "写真のファイル名が未記入です。").open());
    }
    Some(Photo { span, file_name: file_name?, caption, alt })
}

fn continue_photo(file: &SourceFile, photo: &mut Photo, cells: &[Span]) {
    for (part, cell) in [&mut photo.caption, &mut photo.alt].into_iter().zip(cells.iter().skip(1)) {
        part.extend(cell_lines(file, *cell));
    }
}

fn no_picture(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::J070, span, message).help(
        "「ファイル名｜見出し｜何が写っているか」の形で書いてください。最後の欄は、写真を見られない人に読み上げられます。",
    )
}
