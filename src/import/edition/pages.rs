//! An edition written: each program's and each chapter's text, in the words of the report's form.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::drafts::{BodyLine, DraftBody, DraftChapter, DraftProgram, DraftSection};
use super::pieces::Picture;
use crate::form::{ContentSpec, FieldKind, Section};
use crate::import::draft::{ReviewNote, RowKind, SourcedText};
use crate::import::page::{Page, Written, one_line};
use crate::import::place::Place;
use crate::import::words::is_category;
use crate::import::written_amount::amount_in;
use crate::model::Context;
use crate::syntax::SectionKind;

/// What a page is made of beside the draft.
pub(super) struct Surroundings<'a> {
    pub(super) context: &'a Context,
    pub(super) document: &'a str,
    pub(super) pictures: &'a BTreeMap<String, Arc<[u8]>>,
}

/// A program's file, and its amount in the report's unit.
pub(super) fn program_page(draft: &DraftProgram, around: &Surroundings<'_>) -> (Written, Option<i64>) {
    let context = around.context;
    let mut page = Page::new(&context.form.vocabulary);
    let place = Place::new(around.document, &draft.place);
    page.heading(&format!("【事業】{}", one_line(&draft.name)));
    for what in &draft.body.notes {
        page.review_note_at(1, &ReviewNote::new(what.as_str(), &place));
    }
    let asks_for_amount = context.form.asks_for_amount();
    let typed = draft.body.amount.as_ref().filter(|_| asks_for_amount);
    let (text, amount, what) =
        typed.map_or((String::new(), None, None), |typed| amount_in("事業費", typed, None, context.unit()));
    if asks_for_amount {
        page.field("事業費", &text);
        page.review_note(what.map(|what| ReviewNote::new(what, &place)).as_ref());
    }
    if let Some(category) = &draft.body.category {
        page.field("区分", category);
        let is_unknown = context.form.field(crate::syntax::FieldName::Category).is_none() && !is_category(category);
        let what = is_unknown
            .then(|| format!("区分「{category}」は読めません。新規・拡充・継続・終了 のどれかに直してください"));
        page.review_note(what.map(|what| ReviewNote::new(what, &place)).as_ref());
    }
    draft.body.departments.iter().for_each(|department| page.field("担当", department));
    if let Some(reason) = &draft.outside_total {
        page.field("合計に含めない", reason);
    }
    if draft.is_drawn {
        page.field("図", "あり");
    }
    fields(&draft.body, context, &place, &mut page);
    let pictures = sections(&draft.body, &context.form.sections, ("【事業】一", around), &mut page);
    let origin = format!("取り込み元：{place}");
    memo(&draft.body, Some(origin), &place, &mut page);
    (Written { pictures, ..page.written(one_line(&draft.name)) }, amount)
}

/// A chapter's file: `lines` stand in its 【構成】. `number`: 番号, where it is not the one that the report would give.
pub(super) fn chapter_page(
    draft: &DraftChapter,
    number: Option<&str>,
    lines: &[String],
    around: &Surroundings<'_>,
) -> Written {
    let context = around.context;
    let mut page = Page::new(&context.form.vocabulary);
    let place = Place::new(around.document, "");
    let title = draft.title.as_deref().map(one_line).unwrap_or_default();
    page.heading(&format!("【章】{title}"));
    if title.is_empty() {
        page.review_note(Some(&ReviewNote::new("章の題名が見つかりません。1行目に書いてください", &place)));
    }
    for what in &draft.body.notes {
        page.review_note_at(1, &ReviewNote::new(what.as_str(), &place));
    }
    if let Some(number) = number {
        page.field("番号", number);
    }
    fields(&draft.body, context, &place, &mut page);
    let pictures = sections(&draft.body, &context.form.chapter_sections, ("【章】一", around), &mut page);
    page.heading("【構成】");
    lines.iter().for_each(|line| page.push(line.as_str()));
    memo(&draft.body, None, &place, &mut page);
    Written { pictures, ..page.written(title) }
}

fn fields(body: &DraftBody, context: &Context, place: &Place, page: &mut Page) {
    for (name, text) in &body.fields {
        let is_amount = context.form.field(*name).is_some_and(|field| matches!(field.kind, FieldKind::Amount(_)));
        let (text, what) = if is_amount {
            let (text, _, what) = amount_in(name.name(), text, None, context.unit());
            (text, what)
        } else {
            (text.clone(), None)
        };
        page.field(name.name(), &text);
        page.review_note(what.map(|what| ReviewNote::new(what, place)).as_ref());
    }
}

/// The sections of a file, and the pictures that they show. Photographs of no case stand before the cases, behind which they would be
/// theirs.
fn sections(
    body: &DraftBody,
    specs: &[Section],
    (head, around): (&str, &Surroundings<'_>),
    page: &mut Page,
) -> Vec<Picture> {
    let content = |kind: SectionKind| specs.iter().find(|section| section.kind == kind).map(|section| &section.content);
    let is_late = |section: &&DraftSection| content(section.kind) == Some(&ContentSpec::Cases) || section.is_of_case;
    let (late, early): (Vec<&DraftSection>, Vec<&DraftSection>) = body.sections.iter().partition(is_late);
    let mut pictures: Vec<Picture> = Vec::new();
    for section in early.into_iter().chain(late) {
        let name = section.kind.name();
        page.heading(&format!("【{name}】{}", one_line(&section.title)));
        let heads = format!("{head}\n【{name}】");
        let has_title = content(section.kind) == Some(&ContentSpec::Cases);
        for (index, line) in section.lines.iter().enumerate() {
            match line {
                BodyLine::Choice(text) => page.push(one_line(text)),
                BodyLine::Prose { marker, text } => prose(marker, text, (&heads, index == 0 && !has_title), page),
                BodyLine::Row(row) if row.kind == RowKind::Note => note(&row.label, page),
                BodyLine::Row(row) => page.row(row),
                BodyLine::Photo { picture, caption } => match around.pictures.get(&picture.key) {
                    Some(bytes) => {
                        let number = pictures.len();
                        let name = file_name(&picture.file, bytes, number + 1);
                        pictures.push(Picture { name, bytes: Arc::clone(bytes) });
                        photo((number, caption, &picture.alt), page);
                    }
                    None => {
                        let what = format!("写真「{}」を文書から読めませんでした", picture.alt);
                        page.review_note(Some(&ReviewNote::new(what, &Place::new(around.document, ""))));
                    }
                },
            }
        }
    }
    pictures
}

/// A paragraph; its further lines are continued by ＋.
fn prose(marker: &str, text: &str, (heads, is_first): (&str, bool), page: &mut Page) {
    let gap = if matches!(marker, "" | "・" | "※" | "○") || marker.ends_with([')', '）']) { "" } else { "　" };
    let mut lines = text.split('\n');
    let first = format!("{marker}{gap}{}", lines.next().unwrap_or_default());
    page.prose(&SourcedText::new(first, &Place::default()), heads, is_first);
    lines.for_each(|line| page.push(format!("＋{line}")));
}

/// ※ below a table
fn note(text: &str, page: &mut Page) {
    for (index, line) in text.split('\n').enumerate() {
        page.push(format!("{}{line}", if index == 0 { "※" } else { "＋" }));
    }
}

/// A row of 【写真】; a caption of several lines is continued by ＋.
fn photo((number, caption, alt): (usize, &str, &str), page: &mut Page) {
    let cell = |text: &str| text.replace(['｜', '|', '│', '\t'], "／");
    let mut lines = caption.split('\n').map(cell);
    let mut alt_lines = alt.split('\n').map(cell);
    let first = format!("{}｜{}", lines.next().unwrap_or_default(), alt_lines.next().unwrap_or_default());
    page.push(format!("{}｜{first}", Written::placeholder(number)));
    let (lines, alts): (Vec<String>, Vec<String>) = (lines.collect(), alt_lines.collect());
    for index in 0..lines.len().max(alts.len()) {
        let of = |list: &[String]| list.get(index).cloned().unwrap_or_default();
        page.push(format!("＋｜{}｜{}", of(&lines), of(&alts)).trim_end_matches('｜').to_string());
    }
}

/// The name that the document has for a picture's file, else one by its number; the ending is that of its bytes.
fn file_name(typed: &str, bytes: &[u8], number: usize) -> String {
    let ending = match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpg",
        [b'G', b'I', b'F', ..] => "gif",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        _ => typed.rsplit_once('.').map_or("bin", |(_, ending)| ending),
    };
    let stem = typed.rsplit(['/', '\\']).next().unwrap_or(typed);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).trim();
    let is_name = !stem.is_empty()
        && stem.len() <= 150
        && !stem.contains(|c: char| c.is_control() || "\\/:*?\"<>|¥￥｜│".contains(c));
    if is_name { format!("{stem}.{ending}") } else { format!("写真{number}.{ending}") }
}

fn memo(body: &DraftBody, origin: Option<String>, place: &Place, page: &mut Page) {
    let altered = std::mem::take(&mut page.altered);
    let altered = altered.into_iter().map(|text| format!("もとの欄：{text}"));
    let all: Vec<String> = origin.into_iter().chain(altered).chain(body.memo.iter().cloned()).collect();
    if !all.is_empty() {
        page.heading("【メモ】");
        all.into_iter().for_each(|text| page.memo(&SourcedText::new(text, place)));
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_picture_has_the_name_of_its_file_where_that_is_one() {
        assert_eq!(file_name("朝市.jpeg", &[0xff, 0xd8, 0xff], 1), "朝市.jpg");
        assert_eq!(file_name("C:\\写真\\海岸.svg", b"\x89PNG", 2), "海岸.png");
        assert_eq!([file_name("", b"\x89PNG", 3), file_name("a:b.png", b"\x89PNG", 4)], ["写真3.png", "写真4.png"]);
    }
}
