//! A program's page: its head, its sections in printed order, its photographs.

use super::build::{ViewBuilder, photo_path, program_anchor};
use super::contract::*;
use super::section_key::SectionKey;
use super::style::UNPRINTABLE;
use crate::form::FieldKind;
use crate::model::{
    Amount, Case, Chosen, CustomField, Department, FieldMeaning, Grade, Photo, Program, ProgramIndex, Prose,
    SectionContent, format_amount,
};
use crate::syntax::{FieldName, SectionKind, SectionRole};

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
            category: if self.category_field(program).is_some() { "" } else { self.category(program) }.to_string(),
            fields: self.program_fields(program),
            sections: self.sections(program.contents(), &anchor),
            departments: if program.departments.is_empty() && self.awaits_department() {
                vec![format!("（{}：{UNPRINTABLE}）", self.department_word())]
            } else {
                departments.collect()
            },
            departments_faulty: program.departments.is_empty() && self.awaits_department(),
            faults: self.faults(program),
            anchor,
        }
    }

    /// 事業費 3,254 千円; nothing where the form has no amounts
    pub(super) fn amount_line(&self, program: &Program) -> String {
        let Some(word) = self.amount_word() else { return String::new() };
        let amount = self.amount_text(program);
        match program.amount {
            Some(Amount::NotApplicable) => format!("{word} {amount}"),
            Some(Amount::Value(_)) | None => format!("{word} {amount} {}", self.unit()),
        }
    }

    /// （担当課：department　group（office））
    pub fn page_department(&self, department: &Department) -> String {
        let group = department.group.as_ref().map(|group| format!("　{group}")).unwrap_or_default();
        let office = department.office.as_ref().map(|office| format!("（{office}）")).unwrap_or_default();
        self.printer.text(&format!("（{}：{}{group}{office}）", self.department_word(), department.name))
    }

    /// Sections in printed order (language.md §4); those without content are not printed.
    pub(super) fn sections<'c>(
        &self,
        contents: impl Iterator<Item = (SectionKind, &'c SectionContent)>,
        anchor: &str,
    ) -> Vec<SectionView> {
        let mut count = 0;
        let mut sections = Vec::new();
        for (kind, content) in contents.filter(|(kind, _)| kind.spec().is_printed) {
            match content {
                SectionContent::Prose(prose) => sections.extend(self.prose_section(kind, prose)),
                SectionContent::Tables(tables) if tables.is_empty() => {}
                SectionContent::Tables(tables) => {
                    let tables = tables.iter().map(|table| self.table(table)).collect();
                    sections.push(SectionView { tables, ..section(kind, own_heading(kind)) });
                }
                SectionContent::Cases(cases) => {
                    sections.extend(cases.iter().map(|case| self.case_section(kind, case, anchor, &mut count)));
                }
                SectionContent::Photos(photos) if photos.is_empty() => {}
                SectionContent::Photos(photos) => {
                    let photos = self.photos(photos, anchor, &mut count);
                    sections.push(SectionView { photos, ..section(kind, own_heading(kind)) });
                }
                SectionContent::Choice(chosen) => sections.extend(self.choice_section(kind, chosen)),
                SectionContent::Grades(grades) if grades.rows.is_empty() => {}
                SectionContent::Grades(grades) => {
                    let grades = grades.rows.iter().map(|row| self.grade(row)).collect();
                    sections.push(SectionView { grades, ..section(kind, own_heading(kind)) });
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

    fn choice_section(&self, kind: SectionKind, chosen: &Chosen) -> Option<SectionView> {
        let choice = self.choice_text(chosen);
        (!choice.is_empty() || !chosen.is_empty()).then(|| SectionView {
            choice,
            blocks: self.blocks(&chosen.blocks),
            ..section(kind, own_heading(kind))
        })
    }

    /// A choice as the form has it; 〓 in a draft where it could not be read
    pub(super) fn choice_text(&self, chosen: &Chosen) -> String {
        match &chosen.choice {
            Some(choice) => self.printer.text(choice),
            None if self.input.draft && chosen.place.is_some() => UNPRINTABLE.to_string(),
            None => String::new(),
        }
    }

    pub(super) fn grade(&self, row: &Grade) -> GradeView {
        GradeView {
            criterion: self.printer.text(&row.criterion.value),
            grade: row.grade.as_ref().map_or_else(|| UNPRINTABLE.to_string(), |grade| self.printer.text(&grade.value)),
            reason: self.lines(&row.reason),
            faulty: row.grade.is_none() || self.is_faulty(row.criterion.span),
        }
    }

    /// The printed fields of a form, in its order; 区分 is one where the form prints it.
    fn program_fields(&self, program: &Program) -> Vec<FieldView> {
        let specs = self.input.report.form.fields.iter();
        let fields = specs.map(|spec| {
            if spec.name == FieldName::Category {
                return self.category_field(program).into_iter().collect();
            }
            self.fields(program.fields.iter().filter(|field| field.name == spec.name))
        });
        fields.flat_map(Vec::into_iter).collect()
    }

    /// The printed fields of a form, in its order.
    pub(super) fn fields<'f>(&self, fields: impl IntoIterator<Item = &'f CustomField>) -> Vec<FieldView> {
        let form = &self.input.report.form;
        let printed = fields.into_iter().filter_map(|field| Some((field, form.field(field.name)?)));
        printed
            .filter(|(_, spec)| spec.is_printed)
            .map(|(field, spec)| FieldView {
                label: self.printer.text(spec.word),
                text: self.field_text(field),
                faulty: self.is_faulty(field.value.span),
            })
            .collect()
    }

    /// 区分 among the fields; nothing where the form does not print it, and where it is left open.
    pub fn category_field(&self, program: &Program) -> Option<FieldView> {
        let spec = self.input.report.form.field(FieldName::Category)?;
        let is_printed = spec.is_printed && spec.kind != FieldKind::None && !program.is_category_open();
        let text = program.category.map_or_else(|| UNPRINTABLE.to_string(), |known| self.printer.text(known.name()));
        is_printed.then(|| FieldView { label: self.printer.text(spec.word), text, faulty: program.category.is_none() })
    }

    /// A value as it is printed: an amount with its unit, a choice as the form has it, the rest as typed.
    pub fn field_text(&self, field: &CustomField) -> String {
        match &field.meaning {
            FieldMeaning::Amount(Amount::Value(value)) => format!("{} {}", format_amount(*value), self.unit()),
            FieldMeaning::Amount(Amount::NotApplicable) => "—".to_string(),
            FieldMeaning::Choice(choice) => self.printer.text(choice),
            FieldMeaning::Text | FieldMeaning::Word | FieldMeaning::Year(_) | FieldMeaning::Period(..) => {
                self.printer.text(&field.value.value)
            }
        }
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
    SectionView {
        kind: SectionKey(kind),
        role: role(kind),
        heading,
        choice: String::new(),
        blocks: Vec::new(),
        tables: Vec::new(),
        photos: Vec::new(),
        grades: Vec::new(),
    }
}

fn role(kind: SectionKind) -> &'static str {
    match kind.spec().role {
        Some(SectionRole::Overview) => "overview",
        Some(SectionRole::Results) => "results",
        Some(SectionRole::Indicators) => "indicators",
        None => "",
    }
}

/// Tables and photographs of the language stand without a head, those of an office's form under their own.
fn own_heading(kind: SectionKind) -> String {
    if matches!(kind, SectionKind::Custom(_)) { format!("【{}】", kind.name()) } else { String::new() }
}

/// Only in a draft: a required section has no text.
fn missing(name: &str) -> BlockView {
    BlockView {
        kind: BlockKind::Paragraph,
        marker: String::new(),
        level: 0,
        text: format!("（【{name}】がありません）"),
        faulty: true,
    }
}
