//! From the sections of cases and photographs to what they show.

use std::collections::BTreeMap;

use super::contents::SectionContent;
use super::prose::{lower_prose, nothing_above};
use super::{Case, Photo, Text, cell_lines};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{ContentSpec, Section as FormSection};
use crate::source::{SourceFile, Span};
use crate::syntax::{Ast, LineKind, Section, SectionKind, Shape};

/// Cases and photographs by their sections.
#[derive(Default)]
struct Pictures {
    cases: BTreeMap<SectionKind, (Span, Vec<Case>)>,
    /// Of photographs that belong to no case; those that belong below another heading by their place too
    photos: BTreeMap<(SectionKind, usize), (Span, Vec<Photo>)>,
    /// The last case, while nothing but photographs follows it
    last: Option<SectionKind>,
}

impl Pictures {
    fn push_case(&mut self, kind: SectionKind, case: Case) {
        let is_filled = case.title.is_some() || !case.blocks.is_empty();
        self.last = Some(kind).filter(|_| is_filled);
        if is_filled {
            self.cases.entry(kind).or_insert((case.heading, Vec::new())).1.push(case);
        }
    }

    fn push_photos(&mut self, kind: SectionKind, heading: Span, photos: Vec<Photo>) {
        let case = self.last.and_then(|kind| self.cases.get_mut(&kind)).and_then(|(_, cases)| cases.last_mut());
        if let Some(case) = case {
            case.photos.extend(photos);
            return;
        }
        let place = if kind.spec().below.is_some() { heading.start } else { 0 };
        self.photos.entry((kind, place)).or_insert((heading, Vec::new())).1.extend(photos);
    }
}

impl Pictures {
    /// The photographs of a section; one content without any where there are none.
    fn take_photos(&mut self, kind: SectionKind) -> Vec<(SectionKind, Option<Span>, SectionContent)> {
        let (own, others) = std::mem::take(&mut self.photos).into_iter().partition(|((other, _), _)| *other == kind);
        self.photos = others;
        let own: BTreeMap<(SectionKind, usize), (Span, Vec<Photo>)> = own;
        if own.is_empty() {
            return vec![(kind, None, SectionContent::Photos(Vec::new()))];
        }
        own.into_values().map(|(place, photos)| (kind, Some(place), SectionContent::Photos(photos))).collect()
    }
}

/// The sections of cases and of photographs that the form has, with the place of their first heading: cases in order, each with
/// the photographs right after it. Other photographs are a content of their own.
pub(super) fn lower_cases(
    file: &SourceFile,
    ast: &Ast,
    sections: &[FormSection],
    diagnostics: &mut Diagnostics,
) -> Vec<(SectionKind, Option<Span>, SectionContent)> {
    let mut pictures = Pictures::default();
    for section in &ast.sections {
        let mut silent = Diagnostics::new();
        let said = if section.quiet { &mut silent } else { &mut *diagnostics };
        match section.kind.map(|kind| (kind, kind.spec().shape)) {
            Some((kind, Shape::Case)) => pictures.push_case(kind, lower_case(file, section, said)),
            Some((kind, Shape::Photos)) => {
                pictures.push_photos(kind, section.heading, lower_photos(file, section, said));
            }
            Some((_, Shape::Memo)) => {}
            _ => pictures.last = None,
        }
    }
    let mut found = Vec::new();
    for FormSection { kind, content, .. } in sections {
        match content {
            ContentSpec::Cases => {
                let (place, cases) = pictures.cases.remove(kind).unzip();
                found.push((*kind, place, SectionContent::Cases(cases.unwrap_or_default())));
            }
            ContentSpec::Photos => found.extend(pictures.take_photos(*kind)),
            ContentSpec::Prose | ContentSpec::Table(_) | ContentSpec::Grades(_) | ContentSpec::Choice(_) => {}
        }
    }
    found
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
                Some(photo) => continue_photo(file, photo, (line.span, cells), diagnostics),
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
    check_surplus(cells, diagnostics);
    if file_name.is_none() {
        diagnostics.push(no_picture(span, "写真のファイル名が未記入です。").open());
    }
    Some(Photo { span, file_name: file_name?, caption, alt })
}

fn check_surplus(cells: &[Span], diagnostics: &mut Diagnostics) {
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
}

/// A ＋ row. What stands in it where the file name stands above goes on with nothing.
fn continue_photo(file: &SourceFile, photo: &mut Photo, (line, cells): (Span, &[Span]), diagnostics: &mut Diagnostics) {
    check_surplus(cells, diagnostics);
    if let Some(first) = cells.first().filter(|cell| !cell.is_empty()) {
        let words = file.slice(*first).to_string();
        let row = format!("＋｜{words}");
        let message = format!("「{words}」が、写真のファイル名の欄にあります。ファイル名は1行で書きます。");
        let help = format!("見出しの続きなら、「＋」の後に「｜」を書いて、「{row}」としてください。");
        let said = Diagnostic::new(Code::J020, *first, message).help(help);
        diagnostics.push(if cells.len() == 1 { said.proposal(line, row) } else { said });
    }
    for (part, cell) in [&mut photo.caption, &mut photo.alt].into_iter().zip(cells.iter().skip(1)) {
        part.extend(cell_lines(file, *cell));
    }
}

fn no_picture(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::J070, span, message).help(
        "「ファイル名｜見出し｜何が写っているか」の形で書いてください。最後の欄は、写真を見られない人に読み上げられます。",
    )
}
