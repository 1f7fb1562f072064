//! A program's page: its head, its sections in printed order, its photographs.

use super::build::{Painter, photo_path, program_anchor};
use super::contract::*;
use super::style::UNPRINTABLE;
use crate::model::{Amount, Department, Photo, Program, ProgramIndex, Prose};
use crate::syntax::SectionKind as Heading;

impl Painter<'_> {
    /// A program's own file; nothing for a place where there is none.
    pub fn program(&self, index: ProgramIndex) -> Option<ProgramView> {
        Some(self.paint(index, self.input.report.program(index)?))
    }

    fn paint(&self, index: ProgramIndex, program: &Program) -> ProgramView {
        let anchor = program_anchor(index);
        let departments = program.departments.iter().map(|department| self.page_department(department));
        ProgramView {
            id: program.id.clone(),
            no: (index.program + 1).to_string(),
            name: self.program_name(program),
            amount: self.amount_line(program),
            amount_value: program.amount.and_then(|amount| match amount {
                Amount::Value(value) => Some(value),
                Amount::NotApplicable => None,
            }),
            amount_faulty: program.amount.is_none(),
            category: program.category.name().to_string(),
            sections: self.sections(program, &anchor),
            departments: if program.departments.is_empty() {
                vec![format!("（担当課：{UNPRINTABLE}）")]
            } else {
                departments.collect()
            },
            departments_faulty: program.departments.is_empty(),
            faults: self.faults(program),
            anchor,
        }
    }

    /// 事業費 3,254 千円
    pub(super) fn amount_line(&self, program: &Program) -> String {
        let amount = self.amount_text(program);
        match program.amount {
            Some(Amount::NotApplicable) => format!("事業費 {amount}"),
            Some(Amount::Value(_)) | None => format!("事業費 {amount} {}", self.unit()),
        }
    }

    /// （担当課：department　group（office））
    pub fn page_department(&self, department: &Department) -> String {
        let group = department.group.as_ref().map(|group| format!("　{group}")).unwrap_or_default();
        let office = department.office.as_ref().map(|office| format!("（{office}）")).unwrap_or_default();
        self.printer.text(&format!("（担当課：{}{group}{office}）", department.name))
    }

    /// Sections in printed order (language.md §4); those without content are not printed.
    fn sections(&self, program: &Program, anchor: &str) -> Vec<SectionView> {
        let mut sections = Vec::new();
        sections.extend(self.required_section(SectionKind::Overview, Heading::Overview, &program.overview));
        sections.extend(self.required_section(SectionKind::Results, Heading::Results, &program.results));
        if !program.indicators.is_empty() {
            let tables = program.indicators.iter().map(|table| self.table(table)).collect();
            sections.push(SectionView { tables, ..section(SectionKind::Indicators, "") });
        }
        sections.extend(self.prose_section(SectionKind::Outcome, Heading::Outcome, &program.outcome));
        sections.extend(self.prose_section(SectionKind::Issues, Heading::Issues, &program.issues));
        sections.extend(self.prose_section(SectionKind::Direction, Heading::Direction, &program.direction));
        let mut count = 0;
        for case in &program.cases {
            let title = case.title.as_ref().map(|title| self.printer.text(&title.value)).unwrap_or_default();
            sections.push(SectionView {
                heading: format!("【事例】{title}"),
                blocks: self.blocks(&case.blocks),
                photos: self.photos(&case.photos, anchor, &mut count),
                ..section(SectionKind::Case, "")
            });
        }
        if !program.photos.is_empty() {
            let photos = self.photos(&program.photos, anchor, &mut count);
            sections.push(SectionView { photos, ..section(SectionKind::Photos, "") });
        }
        sections
    }

    fn prose_section(&self, kind: SectionKind, heading: Heading, prose: &Prose) -> Option<SectionView> {
        (!prose.is_empty()).then(|| SectionView { blocks: self.blocks(&prose.blocks), ..section(kind, heading.name()) })
    }

    /// As `prose_section`; in a draft a missing one is shown as missing.
    fn required_section(&self, kind: SectionKind, heading: Heading, prose: &Prose) -> Option<SectionView> {
        let missing = || SectionView { blocks: vec![missing(heading.name())], ..section(kind, heading.name()) };
        self.prose_section(kind, heading, prose).or_else(|| self.input.draft.then(missing))
    }

    fn photos(&self, photos: &[Photo], anchor: &str, count: &mut usize) -> Vec<PhotoView> {
        photos
            .iter()
            .map(|photo| {
                *count += 1;
                let extension = self.input.pictures.get(&photo.span).and_then(|picture| picture.extension);
                PhotoView {
                    path: extension.map(|extension| photo_path(anchor, *count, extension)),
                    caption: self.lines(&photo.caption),
                    alt: self.lines(&photo.alt),
                }
            })
            .collect()
    }
}

fn section(kind: SectionKind, name: &str) -> SectionView {
    SectionView {
        kind,
        heading: if name.is_empty() { String::new() } else { format!("【{name}】") },
        blocks: Vec::new(),
        tables: Vec::new(),
        photos: Vec::new(),
    }
}

/// Only in a draft: a required section has no text.
fn missing(name: &str) -> BlockView {
    BlockView {
        kind: BlockKind::Paragraph,
        marker: String::new(),
        text: format!("（【{name}】がありません）"),
        faulty: true,
    }
}
