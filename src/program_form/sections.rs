//! The sections of a program: those of the form in its order, each as often as it stands in the file, and what else stands there.

use serde::Serialize;

use super::Basis;
use super::columns::GridColumn;
use super::grades::{GradeEntry, absent, grades};
use super::grid::{Grid, grid};
use super::hints::hint_of_section;
use super::pieces::{Piece, Pieces};
use super::rows::typed_rows;
use crate::form::{Choices, ContentSpec, Section as FormSection};
use crate::source::Span;
use crate::syntax::{Ast, LineKind, Section, SectionKind, Shape};

/// One section.
#[derive(Debug, Clone, Serialize)]
pub struct SectionEntry {
    /// The same section's when the form is asked for again
    pub key: String,
    pub name: String,
    pub is_required: bool,
    pub is_there: bool,
    pub hint: String,
    pub body: Body,
    /// A further section of this name
    pub another: Option<Piece>,
}

/// What stands in a section.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Body {
    Prose {
        text: Piece,
    },
    Choice {
        choices: Vec<String>,
        standard: Option<String>,
        choice: Piece,
        reason: Piece,
        /// The reason is written once the choice is.
        waits: bool,
    },
    Grades {
        rows: Vec<GradeEntry>,
        others: Vec<Piece>,
    },
    Table {
        caption: Option<Piece>,
        grid: Grid,
    },
    Photos {
        grid: Grid,
    },
    Case {
        title: Piece,
        text: Piece,
    },
    /// Kept as it stands, and never printed
    Memo {
        text: Piece,
    },
    /// Of no section that is known, or of one that stands twice; with its heading
    Unknown {
        text: Piece,
    },
}

pub(super) fn sections(pieces: Pieces<'_>, ast: &Ast, basis: &Basis) -> Vec<SectionEntry> {
    let reading = Reading { pieces, ast, basis };
    let form = &basis.context.form.sections;
    let mut made: Vec<SectionEntry> = Vec::new();
    for (index, spec) in form.iter().enumerate() {
        let mut there = ast.sections_of(spec.kind).peekable();
        if there.peek().is_none() {
            made.push(reading.absent(index, spec));
            continue;
        }
        let count = ast.sections_of(spec.kind).count();
        for (ordinal, section) in there.enumerate() {
            if ordinal > 0 && !spec.kind.may_repeat() {
                made.push(reading.twice(ordinal, section));
                continue;
            }
            let is_last = ordinal + 1 == count && spec.kind.may_repeat();
            let another = is_last.then(|| {
                let at = reading.end_with_photos(section);
                pieces.missing(at, format!("\n\n【{}】", spec.kind.name()), "")
            });
            made.push(reading.entry(spec, ordinal, section, another));
        }
    }
    let is_of_form = |section: &Section| form.iter().any(|spec| section.kind == Some(spec.kind));
    let others = ast.sections.iter().filter(|section| !is_of_form(section));
    let others = others.filter(|section| !is_head(ast, section));
    made.extend(others.enumerate().map(|(ordinal, section)| reading.other(ordinal, section)));
    made
}

fn is_head(ast: &Ast, section: &Section) -> bool {
    ast.head().is_some_and(|head| head.heading == section.heading)
}

struct Reading<'a> {
    pieces: Pieces<'a>,
    ast: &'a Ast,
    basis: &'a Basis,
}

impl Reading<'_> {
    fn entry(&self, spec: &FormSection, ordinal: usize, section: &Section, another: Option<Piece>) -> SectionEntry {
        let body = self.body(spec, section, None);
        SectionEntry { another, ..self.shell(spec, ordinal, body) }
    }

    fn shell(&self, spec: &FormSection, ordinal: usize, body: Body) -> SectionEntry {
        let name = spec.kind.name();
        SectionEntry {
            key: format!("{name}#{ordinal}"),
            name: name.to_string(),
            is_required: spec.kind.is_required(),
            is_there: true,
            hint: hint_of_section(spec.kind, &spec.content),
            body,
            another: None,
        }
    }

    /// A section that the file does not have: its first line is written below a heading of its own.
    fn absent(&self, index: usize, spec: &FormSection) -> SectionEntry {
        let at = self.place_of(index, spec);
        let place = Span::new(self.pieces.file.id(), at..at);
        let empty =
            Section { kind: Some(spec.kind), heading: place, rest: place, exact: true, quiet: true, lines: Vec::new() };
        let gap = if at == 0 { "" } else { "\n\n" };
        let body = self.body(spec, &empty, Some(&format!("{gap}【{}】", spec.kind.name())));
        SectionEntry { is_there: false, ..self.shell(spec, 0, body) }
    }

    /// `opening`: the heading that is still to be written.
    fn body(&self, spec: &FormSection, section: &Section, opening: Option<&str>) -> Body {
        let first = || self.first_line(section, opening);
        match &spec.content {
            ContentSpec::Prose => Body::Prose { text: self.text(section, opening) },
            ContentSpec::Choice(choices) => self.choice(section, choices, opening),
            ContentSpec::Grades(criteria) => match opening {
                Some(_) => {
                    let Piece { start, before, .. } = first();
                    Body::Grades { rows: absent(self.pieces, start, &before, criteria), others: Vec::new() }
                }
                None => {
                    let (rows, others) = grades(self.pieces, section, criteria);
                    Body::Grades { rows, others }
                }
            },
            ContentSpec::Table(declaration) => {
                let mut grid = grid(self.pieces, section, declaration.as_ref(), &self.basis.context, first());
                grid.labels = self.basis.labels.get(&spec.kind).cloned().unwrap_or_default();
                // Whoever declares a table has named it.
                let has_caption = opening.is_none() && (declaration.is_none() || !section.rest.is_empty());
                Body::Table { caption: has_caption.then(|| self.rest(section)), grid }
            }
            ContentSpec::Photos => Body::Photos { grid: self.photos(section, first()) },
            ContentSpec::Cases => Body::Case {
                title: match opening {
                    Some(opening) => self.pieces.missing(section.heading.end, opening, ""),
                    None => self.rest(section),
                },
                text: self.text(section, opening),
            },
        }
    }

    fn text(&self, section: &Section, opening: Option<&str>) -> Piece {
        match opening {
            Some(opening) => self.pieces.missing(section.heading.end, format!("{opening}\n"), ""),
            None => self.pieces.body(section, 0),
        }
    }

    /// What stands behind a heading that has a title.
    fn rest(&self, section: &Section) -> Piece {
        if section.rest.is_empty() {
            return self.pieces.missing(section.heading.end, "", "");
        }
        self.pieces.there(section.rest.start..section.rest.end, "　")
    }

    /// Where a first line is written in front of all others.
    fn first_line(&self, section: &Section, opening: Option<&str>) -> Piece {
        let pieces = self.pieces;
        if let Some(opening) = opening {
            return pieces.missing(section.heading.end, format!("{opening}\n"), "");
        }
        let heading = pieces.line_of(section.heading.start);
        let inline = section.lines.iter().find(|line| line.kind != LineKind::Blank);
        match inline.filter(|line| heading.contains(&line.span.start)) {
            Some(line) => pieces.missing(line.span.start, "", "\n"),
            None => pieces.missing(heading.end, "\n", ""),
        }
    }

    fn choice(&self, section: &Section, choices: &Choices, opening: Option<&str>) -> Body {
        let pieces = self.pieces;
        let first = section.lines.iter().find(|line| line.kind != LineKind::Blank);
        let choice = match first {
            Some(line) => pieces.there(line.span.start..line.span.end, "　"),
            None => self.first_line(section, opening),
        };
        let standard = choices.standard().map(str::to_string);
        let reason = match (first, &standard) {
            (Some(_), _) => pieces.body(section, 1),
            // What stands in the first line would be taken for the choice.
            (None, Some(standard)) => {
                let Piece { start, before, .. } = self.first_line(section, opening);
                pieces.missing(start, format!("{before}{standard}\n"), "")
            }
            (None, None) => self.first_line(section, opening),
        };
        let waits = first.is_none() && standard.is_none();
        Body::Choice { choices: choices.list.clone(), standard, choice, reason, waits }
    }

    fn photos(&self, section: &Section, insert: Piece) -> Grid {
        let columns = ["説明", "写っているもの"].map(GridColumn::of_words).to_vec();
        let rows = typed_rows(self.pieces, section).into_iter().map(|row| row.entry).collect();
        Grid {
            columns,
            rows,
            insert,
            has_own_columns: false,
            is_free: true,
            parts: Vec::new(),
            behind: 0,
            labels: Vec::new(),
        }
    }

    /// A section that stood above already: its heading is changed or taken away with what is below it.
    fn twice(&self, ordinal: usize, section: &Section) -> SectionEntry {
        let hint =
            "同じ見出しが上にもあります。見出しを正しく書き直すか、文を上の欄に移して、この欄を空にしてください。";
        SectionEntry { hint: hint.to_string(), ..self.other(ordinal, section) }
    }

    /// A memo, a heading that is not known, or one that belongs to another kind of file. But for a memo with its heading, which may be
    /// what is wrong.
    fn other(&self, ordinal: usize, section: &Section) -> SectionEntry {
        let pieces = self.pieces;
        let typed = |span: Span| pieces.text(span.start..span.end).trim_matches(['【', '】']).to_string();
        let is_memo = section.kind == Some(SectionKind::Memo);
        let has_title = section.kind.is_none_or(|kind| kind.spec().shape == Shape::Memo);
        let title = if has_title { typed(section.rest) } else { String::new() };
        let name = match title.as_str() {
            "" => typed(section.heading),
            title => format!("{}　{title}", typed(section.heading)),
        };
        let whole = || pieces.there(section.heading.start..pieces.end_of(section), "\n＋");
        let body = if is_memo { Body::Memo { text: pieces.body(section, 0) } } else { Body::Unknown { text: whole() } };
        let hint =
            "この見出しは様式にありません。見出しを正しく書き直すか、文をほかの欄に移して、この欄を空にしてください。";
        SectionEntry {
            key: format!("{}#{ordinal}", typed(section.heading)),
            name,
            is_required: false,
            is_there: true,
            hint: if is_memo { "印刷されません。" } else { hint }.to_string(),
            body,
            another: None,
        }
    }

    /// Where a section that lacks is to be written: behind the last of those that the form has before it. Right behind a case
    /// photographs would belong to it.
    fn place_of(&self, index: usize, spec: &FormSection) -> usize {
        let sections = &self.ast.sections;
        let form = &self.basis.context.form.sections;
        let is_case = |content: &ContentSpec| *content == ContentSpec::Cases;
        let before = if is_case(&spec.content) { form.as_slice() } else { form.get(..index).unwrap_or_default() };
        let before = before.iter().filter(|other| spec.content != ContentSpec::Photos || !is_case(&other.content));
        let last_of = |kind: SectionKind| sections.iter().rposition(|section| section.kind == Some(kind));
        let mut places = before.filter_map(|other| last_of(other.kind));
        let place = if is_case(&spec.content) { places.max() } else { places.next_back() };
        let head = || self.ast.head().map_or(0, |head| self.pieces.end_of(head));
        place.and_then(|place| sections.get(place)).map_or_else(head, |section| self.end_with_photos(section))
    }

    /// The end of a section; of a case with the photographs that belong to it.
    fn end_with_photos(&self, section: &Section) -> usize {
        let shape = |section: &Section| section.kind.map(|kind| kind.spec().shape);
        if shape(section) != Some(Shape::Case) {
            return self.pieces.end_of(section);
        }
        let behind = self.ast.sections.iter().skip_while(|other| other.heading != section.heading).skip(1);
        let photos = behind.take_while(|other| shape(other) == Some(Shape::Photos));
        self.pieces.end_of(photos.last().unwrap_or(section))
    }
}
