//! The styles, named as Word names its own so that it shows them in the reader's language: heading 1 (見出し 1), Body Text (本文),
//! Title (表題). Those that Word has not have Japanese names.

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, RunFonts, SpecialIndentType, Style, StyleType, Styles, Tab, TabLeaderType, TabValueType,
};

use super::look::{BLACK, GREY, HEAVY_RULE, Look, MINCHO, half_points, plain_twips, twips};
use super::text::gothic_fonts;

pub(super) const BODY: &str = "BodyText";
pub(super) const TITLE: &str = "Title";
pub(super) const LIST: &str = "ListParagraph";
pub(super) const CAPTION: &str = "TableTitle";
/// Below a picture
pub(super) const PICTURE_CAPTION: &str = "Caption";
pub(super) const CONTENTS_HEADING: &str = "TOCHeading";
pub(super) const INDEX: &str = "Index1";
pub(super) const INDEX_HEADING: &str = "IndexHeading";
pub(super) const HEADER: &str = "Header";
pub(super) const FOOTER: &str = "Footer";
pub(super) const CELL: &str = "TableText";
/// Rows whose paragraphs all have it are a table's head, and are repeated on each of its pages.
pub(super) const HEAD: &str = "TableHead";
pub(super) const AMOUNT: &str = "ProgramAmount";
pub(super) const DEPARTMENTS: &str = "Departments";
pub(super) const CHOICE: &str = "Choice";
pub(super) const NOTE: &str = "TableNote";
pub(super) const UNIT: &str = "TableUnit";
pub(super) const FAULT: &str = "Fault";
pub(super) const COVER: &str = "CoverText";
pub(super) const PICTURE: &str = "Picture";
/// A line that nobody sees, where Word wants a paragraph
pub(super) const NOTHING: &str = "Nothing";

pub(super) fn heading(level: usize) -> String {
    format!("Heading{}", level.clamp(1, 9))
}

pub(super) fn contents(level: usize) -> String {
    format!("TOC{}", level.clamp(1, 9))
}

/// Which heading is what: chapters lie in chapters, programs in them, and under both the heads of what is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    /// The level of the innermost chapters, from 1
    pub(super) chapters: usize,
}

impl Levels {
    /// Of 【事業概要】 and the like
    pub(super) fn heads(self) -> usize {
        self.chapters + 2
    }

    /// The last one that stands in 目次
    pub(super) fn deepest(self) -> usize {
        self.chapters + 1
    }
}

/// Blank above and below, and from line to line. In pt.
fn spaced(before: f64, after: f64, line: f64) -> LineSpacing {
    let unsigned = |length: f64| u32::try_from(plain_twips(length)).unwrap_or(0);
    LineSpacing::new()
        .before(unsigned(before))
        .after(unsigned(after))
        .line(twips(line))
        .line_rule(LineSpacingType::Exact)
}

pub(super) fn styles(look: &Look, levels: Levels, contents_line: f64) -> Styles {
    let fonts = RunFonts::new().ascii(MINCHO).hi_ansi(MINCHO).east_asia(MINCHO);
    let all = Styles::new()
        .default_fonts(fonts)
        .default_size(half_points(look.body))
        .default_line_spacing(spaced(0.0, 0.0, look.pitch));
    let own = texts(look).into_iter().chain(tables(look)).chain(furniture(look));
    own.chain(headings(look, levels)).chain(lines_of_contents(look, contents_line)).fold(all, Styles::add_style)
}

fn style(id: &str, name: &str) -> Style {
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").q_format(true)
}

fn small(look: &Look, id: &str, name: &str, size: f64) -> Style {
    style(id, name).size(half_points(size)).line_spacing(spaced(0.0, 0.0, look.table_line(size)))
}

fn gothic(style: Style) -> Style {
    style.fonts(gothic_fonts())
}

fn texts(look: &Look) -> Vec<Style> {
    let mut body = style(BODY, "Body Text").align(AlignmentType::Both);
    body.paragraph_property =
        body.paragraph_property.indent(None, Some(SpecialIndentType::FirstLine(twips(look.body))), None, None);
    let rule = ParagraphBorder::new(ParagraphBorderPosition::Bottom)
        .val(BorderType::Single)
        .size(HEAVY_RULE)
        .space(4)
        .color(BLACK);
    let size = look.zoomed(16.0);
    let mut title = gothic(style(TITLE, "Title")).size(half_points(size)).bold();
    title = title.line_spacing(spaced(0.0, 1.1 * look.pitch, 1.3 * size));
    title.paragraph_property = title.paragraph_property.set_borders(ParagraphBorders::with_empty().set(rule));
    vec![
        body,
        title,
        style(LIST, "List Paragraph").align(AlignmentType::Both),
        gothic(style(COVER, "表紙の文")).align(AlignmentType::Center).size(half_points(look.zoomed(14.0))),
        gothic(style(CHOICE, "選択")).bold().line_spacing(spaced(4.0, 6.0, look.pitch)),
        style(DEPARTMENTS, "担当課").align(AlignmentType::Right).line_spacing(spaced(
            0.15 * look.pitch,
            0.0,
            look.pitch,
        )),
        gothic(small(look, FAULT, "直す所", look.table)).color(super::look::RED),
    ]
}

fn tables(look: &Look) -> Vec<Style> {
    let mut caption = gothic(small(look, CAPTION, "表の題", look.table)).line_spacing(spaced(
        0.8 * look.pitch,
        3.0,
        look.table_line(look.table),
    ));
    caption.paragraph_property = caption.paragraph_property.keep_next(true);
    let mut unit = small(look, UNIT, "表の単位", look.table).align(AlignmentType::Right);
    unit.paragraph_property = unit.paragraph_property.keep_next(true);
    vec![
        small(look, CELL, "表の文", look.table),
        small(look, HEAD, "表の見出し", look.table).align(AlignmentType::Center),
        small(look, NOTE, "表の注", look.table),
        caption,
        unit,
        small(look, PICTURE_CAPTION, "caption", look.table).align(AlignmentType::Center),
        style(PICTURE, "写真").align(AlignmentType::Center),
        style(NOTHING, "空き").size(2).line_spacing(spaced(0.0, 0.0, 1.0)),
    ]
}

fn furniture(look: &Look) -> Vec<Style> {
    let size = look.zoomed(9.0);
    vec![
        gothic(small(look, HEADER, "header", size)).align(AlignmentType::Right),
        small(look, FOOTER, "footer", size).align(AlignmentType::Center),
        small(look, INDEX, "index 1", look.table),
        gothic(small(look, INDEX_HEADING, "index heading", look.table)),
    ]
}

fn headings(look: &Look, levels: Levels) -> Vec<Style> {
    let chapter_sizes = [14.0, 13.0, 12.0, 11.0];
    let head = |level: usize| {
        let size = match level.checked_sub(1).and_then(|index| chapter_sizes.get(index)) {
            Some(size) if level <= levels.chapters => look.zoomed(*size),
            _ if level == levels.deepest() => look.zoomed(12.0),
            _ => look.body,
        };
        let (above, below) = match level {
            1 => (0.75 * look.pitch, 0.55 * look.pitch),
            _ if level <= levels.chapters => (0.75 * look.pitch, 0.35 * look.pitch),
            _ => (0.35 * look.pitch, 0.15 * look.pitch),
        };
        (size, spaced(above, below, look.pitch.max(1.3 * size)))
    };
    let all = (1..=levels.heads() + 1).map(|level| {
        let (size, spacing) = head(level);
        let mut made = gothic(style(&heading(level), &format!("heading {level}")))
            .bold()
            .size(half_points(size))
            .line_spacing(spacing)
            .outline_lvl(level - 1)
            .next(BODY);
        made.paragraph_property = made.paragraph_property.keep_next(true).keep_lines(true);
        made
    });
    let (size, spacing) = head(1);
    let contents = gothic(style(CONTENTS_HEADING, "TOC Heading")).bold().size(half_points(size)).line_spacing(spacing);
    let mut amount = gothic(style(AMOUNT, "事業費")).align(AlignmentType::Right);
    amount = amount.line_spacing(spaced(0.0, 0.3 * look.pitch, 0.9 * look.pitch));
    amount.paragraph_property = amount.paragraph_property.keep_next(true).shading(docx_rs::Shading::new().fill(GREY));
    all.chain([contents, amount]).collect()
}

/// With their places for the page in the style, since Word makes the lines anew. `line`: from one to the next.
fn lines_of_contents(look: &Look, line: f64) -> Vec<Style> {
    let right = Tab::new().val(TabValueType::Right).leader(TabLeaderType::Dot).pos(plain_twips(look.width));
    (1..=6)
        .map(|level| {
            let mut made = style(&contents(level), &format!("toc {level}")).line_spacing(spaced(0.0, 0.0, line));
            let indent = 1.2 * look.body * (f64::from(u8::try_from(level - 1).unwrap_or(0)));
            let number = if level == 1 { 2.0 } else { 2.7 } * look.body;
            let hanging = SpecialIndentType::Hanging(twips(number));
            let text = twips(indent + number);
            made.paragraph_property = made
                .paragraph_property
                .indent(Some(text), Some(hanging), None, None)
                .add_tab(Tab::new().val(TabValueType::Left).pos(plain_twips(indent + number)))
                .add_tab(right.clone());
            if level == 1 { gothic(made) } else { made }
        })
        .collect()
}
