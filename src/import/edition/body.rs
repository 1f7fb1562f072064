//! What stands below the heading of a chapter or program, section by section. What has no place in the form goes into 【メモ】, and a
//! person is told.

use super::drafts::{BodyLine, DraftBody};
use super::figures::{declared_rows, own_rows};
use super::outline::head;
use super::pieces::{Covered, Line, Piece, Slot, Style, head_rows};
use super::reading::lines_of;
use super::tables::printed;
use crate::form::{ContentSpec, Field, Section};
use crate::import::compared::compared;
use crate::import::draft::{Row, RowKind};
use crate::model::Context;
use crate::syntax::{FieldName, FileKind, SectionKind, SectionRole};

pub(super) struct BodyReader<'a> {
    context: &'a Context,
    fields: &'a [Field],
    pub(super) sections: &'a [Section],
    file: FileKind,
    pub(super) at: At,
    caption: Option<String>,
    pub(super) body: DraftBody,
    /// The tables and notes below the head of the list
    pub(super) list: Vec<&'a Piece>,
}

/// Where a piece stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum At {
    /// Above all sections
    Top,
    Section(SectionKind),
    List,
    Unknown,
}

impl<'a> BodyReader<'a> {
    pub(super) fn new(context: &'a Context, file: FileKind) -> Self {
        let form = &context.form;
        let fields = if file == FileKind::Chapter { &form.chapter_fields } else { &form.fields };
        let sections = form.sections_of(file);
        Self {
            context,
            fields,
            sections,
            file,
            at: At::Top,
            caption: None,
            body: DraftBody::default(),
            list: Vec::new(),
        }
    }

    pub(super) fn read(mut self, pieces: &[&'a Piece]) -> Self {
        for piece in pieces {
            let opens = if let Piece::Line(line) = piece { self.opens(line) } else { false };
            match piece {
                Piece::Line(_) if opens => {}
                Piece::Line(_) | Piece::Table(_) if self.at == At::List => self.list.push(piece),
                Piece::Line(line) => self.line(line),
                Piece::Table(rows) => self.table(rows),
            }
        }
        self.close_caption();
        self
    }

    /// Whether a line is the head of a section.
    fn opens(&mut self, line: &Line) -> bool {
        let Some((name, rest)) = head(&line.text).filter(|_| matches!(line.style, Style::Heading(_))) else {
            return false;
        };
        self.close_caption();
        let is_chapter = self.file == FileKind::Chapter;
        let overview = SectionKind::ChapterOverview;
        self.at = match self.sections.iter().find(|section| compared(section.kind.name()) == compared(name)) {
            Some(section) => At::Section(section.kind),
            None if is_chapter && compared(name) == compared(overview.name()) => At::Section(overview),
            None if is_chapter && compared(name) == compared(&self.context.form.list.title) => At::List,
            None => At::Unknown,
        };
        match self.at {
            At::Section(kind) if self.content(kind).is_none_or(|content| !is_table(content)) => {
                self.body.open(kind, rest);
            }
            At::Unknown => {
                let what = format!("見出し「{name}」は、この様式にありません。中の文は【メモ】に入れました。");
                self.body.note(what, &format!("〔{name}〕{rest}"));
            }
            At::Top | At::List | At::Section(_) => {}
        }
        true
    }

    pub(super) fn content(&self, kind: SectionKind) -> Option<&'a ContentSpec> {
        self.sections.iter().find(|section| section.kind == kind).map(|section| &section.content)
    }

    fn line(&mut self, line: &'a Line) {
        match line.style {
            Style::Amount => self.body.amount = Some(self.without_word(&line.flat())),
            Style::Departments => self.body.departments.push(without_brackets(&line.flat())),
            Style::Choice => self.body.push(BodyLine::Choice(line.flat())),
            Style::Caption => {
                self.close_caption();
                self.caption = Some(line.flat());
            }
            Style::Unit => self.unit(&line.text),
            Style::Note => self.note(line),
            Style::Picture | Style::PictureCaption => self.picture(line),
            Style::Computed => {}
            Style::Heading(_) => {
                let marker = if line.marker.is_empty() { "○" } else { &line.marker };
                self.prose(marker, &line.text);
            }
            Style::Title | Style::Head | Style::Text => {
                if !line.text.is_empty() {
                    self.prose(&line.marker, &line.text);
                }
                self.show(line);
            }
        }
    }

    fn prose(&mut self, marker: &str, text: &str) {
        let content = match self.at {
            At::Section(SectionKind::ChapterOverview) => Some(&ContentSpec::Prose),
            At::Section(kind) => self.content(kind),
            At::Top | At::List | At::Unknown => None,
        };
        match content {
            Some(ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Cases) => {
                self.body.push(BodyLine::Prose { marker: marker.to_string(), text: text.to_string() });
            }
            Some(ContentSpec::Table(_) | ContentSpec::Grades(_) | ContentSpec::Photos) => {
                let what = format!("「{}」は表や写真の所にある文なので、【メモ】に入れました。", short(text));
                self.body.note(what, &format!("{marker}{text}"));
            }
            None if self.at == At::Unknown => self.body.memo.push(format!("{marker}{text}")),
            None => {
                let what = format!("「{}」は入る所が分からないので、【メモ】に入れました。", short(text));
                self.body.note(what, &format!("{marker}{text}"));
            }
        }
    }

    /// ※ below a table
    fn note(&mut self, line: &Line) {
        let is_below_table =
            self.body.sections.last().is_some_and(|section| {
                matches!(section.lines.last(), Some(BodyLine::Row(_))) && !section.lines.is_empty()
            });
        if !is_below_table {
            return self.prose(&line.marker, &line.text);
        }
        let mark = if line.marker == "※" { "" } else { line.marker.as_str() };
        let row = Row { kind: RowKind::Note, label: format!("{mark}{}", line.text), ..Row::default() };
        self.body.push(BodyLine::Row(row));
    }

    /// 事業費 3,254 千円
    fn without_word(&self, text: &str) -> String {
        let word =
            self.fields.iter().find(|field| field.name == FieldName::Amount).map_or("事業費", |field| field.word);
        let rest = text.strip_prefix(word).or_else(|| text.split_once([' ', '　']).map(|(_, rest)| rest));
        rest.unwrap_or(text).trim().to_string()
    }

    /// （単位：千円） is printed of the report's own unit.
    fn unit(&mut self, text: &str) {
        let own = self.context.unit().name();
        let typed =
            text.trim_matches(['（', '）', '(', ')']).trim_start_matches("単位").trim_start_matches(['：', ':']);
        if !typed.is_empty() && typed != own {
            let what = format!("表の単位「{typed}」は、報告書の単位（{own}）と違います。金額を確かめてください。");
            self.body.note(what, text);
        }
    }

    fn table(&mut self, rows: &'a [Vec<Slot>]) {
        if rows.iter().flatten().flat_map(|slot| &slot.lines).any(|line| !line.pictures.is_empty()) {
            return rows.iter().flatten().flat_map(|slot| &slot.lines).for_each(|line| self.line(line));
        }
        let heads = head_rows(rows);
        let is_of_two = rows.iter().all(|row| row.len() == 2);
        let content =
            if let At::Section(kind) = self.at { self.content(kind).map(|content| (kind, content)) } else { None };
        match content {
            None if self.at == At::Top && heads == 0 && is_of_two => rows.iter().for_each(|row| self.field(row)),
            Some((_, ContentSpec::Grades(_))) => rows.iter().skip(heads).for_each(|row| self.grade(row)),
            Some((kind, ContentSpec::Table(_))) => self.figures(kind, rows, heads),
            Some((_, ContentSpec::Prose | ContentSpec::Choice(_) | ContentSpec::Photos | ContentSpec::Cases))
            | None => match usual_table(self.sections).filter(|_| self.at != At::Unknown) {
                Some(kind) => self.figures(kind, rows, heads),
                None => self.strange(rows),
            },
        }
    }

    fn figures(&mut self, kind: SectionKind, rows: &[Vec<Slot>], heads: usize) {
        let table = printed(rows, heads);
        let made = match self.content(kind).and_then(ContentSpec::table) {
            Some(declared) => declared_rows(&table, declared),
            None => own_rows(&table, self.context.fiscal_year),
        };
        let caption = self.caption.take().unwrap_or_default();
        self.body.open(kind, &caption);
        made.into_iter().for_each(|row| self.body.push(BodyLine::Row(row)));
    }

    fn field(&mut self, row: &[Slot]) {
        let [label, value] = row else { return };
        let (label, value) = (label.text(), value.text().replace('\n', "　"));
        let spec = self.fields.iter().find(|field| compared(field.word) == compared(&label));
        match spec.map(|spec| spec.name) {
            Some(FieldName::Category) => self.body.category = Some(value),
            Some(name) => self.body.fields.push((name, value)),
            None => {
                let what = format!("項目「{label}」は、この様式にありません。【メモ】に入れました。");
                self.body.note(what, &format!("{label}：{value}"));
            }
        }
    }

    /// 観点, its grade and the reason
    fn grade(&mut self, row: &[Slot]) {
        let mut texts = row.iter().filter(|slot| slot.covered == Covered::No).map(Slot::text);
        let label = texts.next().unwrap_or_default();
        let mut values: Vec<String> = texts.collect();
        while values.last().is_some_and(String::is_empty) {
            values.pop();
        }
        if !values.is_empty() {
            self.body.push(BodyLine::Row(Row { label, values, ..Row::default() }));
        }
    }

    /// A table that no section takes
    fn strange(&mut self, rows: &[Vec<Slot>]) {
        let texts: Vec<String> =
            rows.iter().map(|row| row.iter().map(Slot::text).collect::<Vec<_>>().join("　")).collect();
        self.body.notes.push("入る所の分からない表を【メモ】に入れました。".to_string());
        self.body.memo.extend(texts);
    }

    /// A title above a table that did not come
    fn close_caption(&mut self) {
        if let Some(caption) = self.caption.take() {
            self.prose("", &caption);
        }
    }
}

fn is_table(content: &ContentSpec) -> bool {
    matches!(content, ContentSpec::Table(_) | ContentSpec::Photos)
}

/// Where tables without a head of their own stand.
fn usual_table(sections: &[Section]) -> Option<SectionKind> {
    let tables = || sections.iter().filter(|section| matches!(section.content, ContentSpec::Table(_)));
    let indicators = tables().find(|section| section.kind.spec().role == Some(SectionRole::Indicators));
    indicators.or_else(|| tables().next()).map(|section| section.kind)
}

/// （担当課：department　group（office））
fn without_brackets(text: &str) -> String {
    let inside = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    let Some(inside) = inside else { return text.to_string() };
    inside.split_once(['：', ':']).map_or(inside, |(_, value)| value).trim().to_string()
}

/// A text as a message names it
pub(super) fn short(text: &str) -> String {
    let text = text.replace('\n', "");
    let is_long = text.chars().count() > 20;
    if is_long { text.chars().take(20).collect::<String>() + "…" } else { text }
}

/// All the text of pieces, for what is kept of them in 【メモ】
pub(super) fn texts_of(pieces: &[&Piece]) -> Vec<String> {
    let lines = pieces.iter().flat_map(|piece| lines_of(piece));
    lines.filter(|line| !line.text.is_empty()).map(|line| format!("{}{}", line.marker, line.text)).collect()
}
