//! Fields of Word: the number of the page, 掲載頁 and 目次, with the values that the official PDF has. Word and LibreOffice work
//! them out anew when they are asked to.

use docx_rs::{
    FieldCharType, Hyperlink, HyperlinkType, InstrPAGE, InstrPAGEREF, InstrText, Paragraph, ParagraphChild, Run,
};

use super::text::{PLAIN, run, tab};

/// A name that Word takes for a bookmark: letters, figures and `_`.
pub(super) fn bookmark_name(anchor: &str) -> String {
    anchor.replace(|c: char| !c.is_ascii_alphanumeric(), "_")
}

fn begin(instruction: InstrText) -> [Run; 3] {
    [
        Run::new().add_field_char(FieldCharType::Begin, false),
        Run::new().add_instr_text(instruction),
        Run::new().add_field_char(FieldCharType::Separate, false),
    ]
}

fn end() -> Run {
    Run::new().add_field_char(FieldCharType::End, false)
}

fn with(runs: [Run; 3], value: &str) -> Vec<Run> {
    runs.into_iter().chain([run(value, PLAIN), end()]).collect()
}

/// The number of the page at hand
pub(super) fn page() -> Vec<Run> {
    with(begin(InstrText::PAGE(InstrPAGE::new())), "1")
}

/// The page on which something begins
pub(super) fn page_of(anchor: &str, value: &str) -> Vec<Run> {
    let reference = InstrPAGEREF::new(bookmark_name(anchor)).hyperlink();
    with(begin(InstrText::PAGEREF(reference)), value)
}

pub(super) fn add_runs(paragraph: Paragraph, runs: Vec<Run>) -> Paragraph {
    runs.into_iter().fold(paragraph, Paragraph::add_run)
}

/// A line of 目次 that leads to its page.
pub(super) fn contents_line(paragraph: Paragraph, text: Vec<Run>, anchor: &str, page: Vec<Run>) -> Paragraph {
    let link = Hyperlink::new(bookmark_name(anchor), HyperlinkType::Anchor);
    let link = text.into_iter().fold(link, Hyperlink::add_run).add_run(tab());
    paragraph.add_hyperlink(page.into_iter().fold(link, Hyperlink::add_run))
}

/// Puts lines into a field of 目次, which Word makes anew of the headings down to a level.
pub(super) fn in_contents(mut lines: Vec<Paragraph>, deepest: usize) -> Vec<Paragraph> {
    let instruction = InstrText::Unsupported(format!("TOC \\o \"1-{deepest}\" \\h \\z"));
    if let Some(first) = lines.first_mut() {
        let opening = begin(instruction).map(|run| ParagraphChild::Run(Box::new(run)));
        first.children.splice(0..0, opening);
    }
    if let Some(last) = lines.last_mut() {
        *last = last.clone().add_run(end());
    }
    lines
}
