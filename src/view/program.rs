//! A program's page: its head, its sections in printed order, its photographs.

use super::build::{ViewBuilder, photo_path, program_anchor};
use super::contract::*;
use super::section_key::SectionKey;
use super::style::UNPRINTABLE;
use crate::model::{Amount, Case, Content, Department, Photo, Program, ProgramIndex, Prose};
use crate::syntax::SectionKind;

impl ViewBuilder<'_> {
    /// A program's own file; nothing for a place where there is none.
    pub fn program(&self, index: ProgramIndex) -> Option<ProgramView> {
        Some(self.build(index, self.input.report.program(index)?))
    }

    fn build(&self, index: ProgramIndex, program: &Program) -> ProgramView {
        let anchor = program_anchor(index);
        let departments = program.departments.iter().map(|department| self.page_department(department));
        ProgramView {
            id: program.id.clone(),
            level: self.chapter_level(index.chapter),
            no: (index.program + 1).to_string(),
            name: self.program_name(program),
            amount: self.amount_line(program),
            amount_value: program.amount.and_then(|amount| match amount {
                Amount::Value(value) => Some(value),
                Amount::NotApplicable => None,
            }),
            amount_faulty: program.amount.is_none(),
            category: program.category().name().to_string(),
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
        let mut count = 0;
        let mut sections = Vec::new();
        for (kind, content) in program.contents() {
            match content {
                Content::Prose(prose) => sections.extend(self.prose_section(kind, prose)),
                Content::Tables(tables) if tables.is_empty() => {}
                Content::Tables(tables) => {
                    let tables = tables.iter().map(|table| self.table(table)).collect();
                    sections.push(SectionView { tables, ..section(kind, String::new()) });
                }
                Content::Cases(cases) => {
                    sections.extend(cases.iter().map(|case| self.case_section(kind, case, anchor, &mut count)));
                }
                Content::Photos(photos) if photos.is_empty() => {}
                Content::Photos(photos) => {
                    let photos = self.photos(photos, anchor, &mut count);
                    sections.push(SectionView { photos, ..section(kind, String::new()) });
                }
            }
        }
        sections
    }

    /// In a draft a required one that is missing is shown as missing.
    fn prose_section(&self, kind: SectionKind, prose: &Prose) -> Option<SectionView> {
        let blocks = if !prose.is_empty() {
            self.blocks(&prose.blocks)
        } else if kind.is_required() && self.input.draft {
            vec![missing(kind.name())]
        } else {
            return None;
        };
        Some(SectionView { blocks, ..section(kind, format!("【{}】", kind.name())) })
    }

    fn case_section(&self, kind: SectionKind, case: &Case, anchor: &str, count: &mut usize) -> SectionView {
        let title = case.title.as_ref().map(|title| self.printer.text(&title.value)).unwrap_or_default();
        SectionView {
            blocks: self.blocks(&case.blocks),
            photos: self.photos(&case.photos, anchor, count),
            ..section(kind, format!("【{}】{title}", kind.name()))
        }
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

fn section(kind: SectionKind, heading: String) -> SectionView {
    SectionView { kind: SectionKey(kind), heading, blocks: Vec::new(), tables: Vec::new(), photos: Vec::new() }
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
