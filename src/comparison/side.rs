//! One of the two states: how it is printed, and what of it could not be read.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, Errors};
use crate::model::{Chapter, Part, Photo, Program, Report};
use crate::source::{FileId, Files, Span};
use crate::syntax::chars::is_blank;
use crate::view::{ChartKind, PartView, ViewBuilder};

/// A state of a report.
pub struct ReportState<'a> {
    pub files: &'a Files,
    pub report: &'a Report,
    pub diagnostics: &'a Diagnostics,
    /// The bytes of the photographs that can be printed, by the place of their row
    pub pictures: BTreeMap<Span, &'a [u8]>,
}

pub(super) struct Side<'a> {
    pub(super) state: &'a ReportState<'a>,
    pub(super) builder: ViewBuilder<'a>,
    errors: Errors<'a>,
    index: OnceCell<BTreeMap<String, String>>,
    drawn: OnceCell<BTreeSet<String>>,
    /// Stems and folders of the files that are no part of the report as it was read
    unread: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Side<'a> {
    pub(super) fn new(state: &'a ReportState<'a>, builder: ViewBuilder<'a>) -> Self {
        let report = state.report;
        let mut read: BTreeSet<FileId> = report.printed_programs().map(|(_, program)| program.file).collect();
        read.extend(report.chapters.iter().map(|chapter| chapter.head.file));
        read.extend(report.head.iter().map(|head| head.file));
        read.extend(report.form_file);
        let unread = state.files.iter().filter(|file| !read.contains(&file.id()));
        let unread = unread.map(|file| (file.stem(), file.folder())).collect();
        let (index, drawn) = (OnceCell::new(), OnceCell::new());
        Self { state, builder, errors: Errors::of(state.diagnostics), index, drawn, unread }
    }

    pub(super) fn has_errors_in(&self, file: FileId) -> bool {
        self.errors.is_in(file)
    }

    /// Whether an error lies at the place: what was read there is a guess.
    pub(super) fn is_hole(&self, place: Option<Span>) -> bool {
        place.is_some_and(|place| self.errors.touch(place))
    }

    /// Whether 区分 is what a program has that gives none, and may have given one that could not be read.
    pub(super) fn is_category_guessed(&self, program: &Program) -> bool {
        match program.category_place {
            Some(_) => program.category.is_none(),
            None => self.has_errors_in(program.file),
        }
    }

    /// Whether a file of that name is there and could not be taken for a program of the report.
    pub(super) fn is_unread(&self, id: &str) -> bool {
        self.unread.range((id, "")..).next().is_some_and(|(stem, _)| *stem == id)
    }

    /// Whether a file directly in the folder could not be taken into the report.
    pub(super) fn has_unread_in(&self, folder: &str) -> bool {
        self.unread.iter().any(|(_, other)| *other == folder)
    }

    /// Whether everything that makes the sums of a chapter was read.
    pub(super) fn is_whole(&self, chapter: &Chapter) -> bool {
        let below = |other: &str| other.strip_prefix(chapter.folder.as_str()).is_some_and(is_end_of_name);
        !self.unread.iter().any(|(_, other)| below(other))
            && !chapter.programs.iter().any(|program| self.is_category_guessed(program))
    }

    pub(super) fn is_all_read(&self) -> bool {
        self.unread.is_empty() && self.state.report.chapters.iter().all(|chapter| self.is_whole(chapter))
    }

    /// The bytes of a photograph that can be printed.
    pub(super) fn picture(&self, photo: &Photo) -> Option<&'a [u8]> {
        self.state.pictures.get(&photo.span).copied()
    }

    pub(super) fn prints(&self, part: Part) -> bool {
        self.builder.parts().any(|other| other == part)
    }

    /// Where the index has a program: な行「港の清掃」の次; nothing where it has it not, or is not printed.
    pub(super) fn index_place(&self, anchor: &str) -> Option<&str> {
        let places = self.index.get_or_init(|| self.index_places());
        places.get(anchor).map(String::as_str)
    }

    fn index_places(&self) -> BTreeMap<String, String> {
        let mut places = BTreeMap::new();
        if !self.prints(Part::Index) {
            return places;
        }
        let PartView::Index(index) = self.builder.part(Part::Index) else { return places };
        // Of the lists the first is the one by よみ, where any program has one.
        for group in index.lists.first().map(|list| &list.groups).into_iter().flatten() {
            let mut before = "の初め".to_string();
            for entry in &group.entries {
                places.insert(entry.anchor.clone(), format!("{}{before}", group.heading));
                before = format!("「{}」の次", entry.title);
            }
        }
        places
    }

    /// Whether the charts draw the tables of a program.
    pub(super) fn is_drawn(&self, anchor: &str) -> bool {
        let drawn = || match self.builder.part(Part::Charts) {
            PartView::Charts(charts) => {
                let charts = charts.charts.into_iter().filter(|chart| chart.kind == ChartKind::Indicators);
                charts.map(|chart| chart.anchor).collect()
            }
            PartView::Cover
            | PartView::Contents(_)
            | PartView::Summary(_)
            | PartView::Departments(_)
            | PartView::Index(_) => BTreeSet::new(),
        };
        self.drawn.get_or_init(drawn).contains(anchor)
    }

    /// The line of a field in a head; the title heading where it is not typed.
    pub(super) fn field_line(&self, heading: Span, field: &str) -> Span {
        let file = self.state.files.get(heading.file);
        let is_field = |line: &str| line.trim_start_matches(is_blank).starts_with(field);
        let found = file.lines().find(|line| file.text().get(line.clone()).is_some_and(is_field));
        found.map_or(heading, |line| Span::new(heading.file, line))
    }

    /// 担当 as the program's page prints it, one a line.
    pub(super) fn departments(&self, program: &Program) -> String {
        let lines = program.departments.iter().map(|department| self.builder.page_department(department));
        let head = format!("（{}：", self.builder.department_word());
        let lines = lines.map(|line| {
            let inner = line.strip_prefix(head.as_str()).and_then(|line| line.strip_suffix('）'));
            inner.map_or(line.clone(), str::to_string)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn is_end_of_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}
