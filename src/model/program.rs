//! 【事業】: one program, owned by the department that runs it.

use super::contents::{Contents, Item, ItemKind, Items, SectionContent};
use super::{
    Acknowledgement, Amount, Case, Cell, Chosen, CustomField, Department, Grade, Indicator, Photo, Prose, Text,
};
use crate::form::Address;
use crate::source::{FileId, Span};
use crate::syntax::{FieldName, SectionKind, SectionRole, interned};

/// 区分
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Category {
    New,
    Extended,
    #[default]
    Continued,
    Ended,
    /// Another one of the office's form
    Own(&'static str),
}

impl Category {
    pub const ALL: &[Self] = &[Self::New, Self::Extended, Self::Continued, Self::Ended];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.name() == name)
    }

    /// One of the choices of a form.
    pub(super) fn of_form(choice: &str) -> Self {
        Self::from_name(choice).unwrap_or_else(|| Self::Own(interned(choice)))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新規",
            Self::Extended => "拡充",
            Self::Continued => "継続",
            Self::Ended => "終了",
            Self::Own(name) => name,
        }
    }
}

/// One program. What could not be read is absent.
#[derive(Debug, Clone)]
pub struct Program {
    pub file: FileId,
    /// File stem, unique in the report.
    pub id: String,
    /// 【事業】
    pub heading: Span,
    pub name: Option<Text>,
    pub amount: Option<Amount>,
    /// What stands behind 事業費：
    pub amount_place: Option<Span>,
    /// `None` where 区分 is there and could not be read
    pub category: Option<Category>,
    /// What stands behind 区分：
    pub category_place: Option<Span>,
    pub departments: Vec<Department>,
    /// Why the amount is in no sum
    pub outside_total: Option<Text>,
    pub former_names: Vec<Text>,
    pub reading: Option<Text>,
    /// There is a line for it, whatever stands there
    pub has_reading_line: bool,
    /// 図：あり: the indicators are drawn among the charts.
    pub has_chart: bool,
    /// A form just handed out, with nothing filled in
    pub is_fresh: bool,
    pub acknowledgements: Vec<Acknowledgement>,
    /// Of the office's form, in its order
    pub fields: Vec<CustomField>,
    pub(super) contents: Contents,
}

impl Program {
    /// 区分; 継続 in a draft of a program whose own cannot be read.
    pub fn category(&self) -> Category {
        self.category.unwrap_or_default()
    }

    /// Whether 区分 has no value: none is written, and the form has no standard one.
    pub fn is_category_open(&self) -> bool {
        self.category.is_none() && self.category_place.is_none()
    }

    /// 区分 as it is printed; nothing where it is left open
    pub fn category_name(&self) -> &'static str {
        if self.is_category_open() { "" } else { self.category().name() }
    }

    /// Every section with its content, in printed order; empty ones too.
    pub fn contents(&self) -> impl Iterator<Item = (SectionKind, &SectionContent)> {
        self.contents.iter()
    }

    /// The sections of prose, in printed order; empty ones too.
    pub fn prose(&self) -> impl Iterator<Item = (SectionKind, &Prose)> {
        self.contents().filter_map(|(kind, content)| match content {
            SectionContent::Prose(prose) => Some((kind, prose)),
            SectionContent::Tables(_)
            | SectionContent::Cases(_)
            | SectionContent::Photos(_)
            | SectionContent::Choice(_)
            | SectionContent::Grades(_) => None,
        })
    }

    /// The prose of a section
    pub fn prose_of(&self, kind: SectionKind) -> Option<&Prose> {
        self.prose().find(|(other, _)| *other == kind).map(|(_, prose)| prose)
    }

    /// 【事業実績】 and its like, whatever the form calls it
    pub fn prose_as(&self, role: SectionRole) -> Option<&Prose> {
        self.prose().find(|(kind, _)| kind.spec().role == Some(role)).map(|(_, prose)| prose)
    }

    /// Every table, in printed order.
    pub fn tables(&self) -> impl Iterator<Item = &Indicator> {
        self.contents()
            .filter_map(|(_, content)| if let SectionContent::Tables(tables) = content { Some(tables) } else { None })
            .flatten()
    }

    /// 【事例】
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.contents()
            .filter_map(|(_, content)| if let SectionContent::Cases(cases) = content { Some(cases) } else { None })
            .flatten()
    }

    /// The photographs in printed order.
    pub fn all_photos(&self) -> impl Iterator<Item = &Photo> {
        self.contents().flat_map(|(_, content)| match content {
            SectionContent::Cases(cases) => cases.iter().flat_map(|case| &case.photos).collect::<Vec<_>>(),
            SectionContent::Photos(photos) => photos.iter().collect(),
            SectionContent::Prose(_)
            | SectionContent::Tables(_)
            | SectionContent::Choice(_)
            | SectionContent::Grades(_) => Vec::new(),
        })
    }

    /// A cell of a table that the form declares; nothing where the table or the cell is not there.
    pub fn cell_at(&self, section: SectionKind, address: &Address) -> Option<&Cell> {
        let mut tables = self.contents().filter(|(kind, _)| *kind == section);
        let SectionContent::Tables(tables) = tables.next()?.1 else { return None };
        tables.first()?.cell_at(address)
    }

    /// The choice of a section that is one.
    pub fn chosen(&self, section: SectionKind) -> Option<&Chosen> {
        self.contents().find_map(|(kind, content)| {
            let SectionContent::Choice(chosen) = content else { return None };
            (kind == section).then_some(chosen)
        })
    }

    /// The row of a section of grades.
    pub fn grade(&self, section: SectionKind, criterion: &str) -> Option<&Grade> {
        let grades = self.contents().find_map(|(kind, content)| {
            let SectionContent::Grades(grades) = content else { return None };
            (kind == section).then_some(grades)
        })?;
        grades.rows.iter().find(|row| row.criterion.value == criterion)
    }

    /// The tables of a section.
    pub fn tables_of(&self, section: SectionKind) -> impl Iterator<Item = &Indicator> {
        self.contents()
            .filter(move |(kind, _)| *kind == section)
            .filter_map(|(_, content)| if let SectionContent::Tables(tables) = content { Some(tables) } else { None })
            .flatten()
    }

    /// The field of the office's form.
    pub fn custom_field(&self, name: FieldName) -> Option<&CustomField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Everything that its page prints, in order, and what is read out of its pictures.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        items.text(ItemKind::Name, self.name.as_ref());
        items.place(ItemKind::Amount, self.amount_place);
        items.text(ItemKind::OutsideTotal, self.outside_total.as_ref());
        self.fields.iter().for_each(|field| items.field(field));
        for (kind, content) in self.contents() {
            items.content(kind, content);
        }
        for department in &self.departments {
            items.text(ItemKind::Department(department), Some(&department.typed));
        }
        items.0
    }
}
