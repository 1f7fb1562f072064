//! 【事業】: one program, owned by the department that runs it.

use super::contents::{Contents, Item, ItemKind, Items, SectionContent};
use super::{Acknowledgement, Amount, Case, Department, Indicator, Photo, Prose, Text};
use crate::source::{FileId, Span};
use crate::syntax::SectionKind;

/// 区分
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Category {
    New,
    Extended,
    #[default]
    Continued,
    Ended,
}

impl Category {
    pub const ALL: &[Self] = &[Self::New, Self::Extended, Self::Continued, Self::Ended];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新規",
            Self::Extended => "拡充",
            Self::Continued => "継続",
            Self::Ended => "終了",
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
    /// 図：あり: the indicators are drawn among the charts.
    pub has_chart: bool,
    /// A form just handed out, with nothing filled in
    pub is_fresh: bool,
    pub acknowledgements: Vec<Acknowledgement>,
    pub(super) contents: Contents,
}

impl Program {
    /// 区分; 継続 in a draft of a program whose own cannot be read.
    pub fn category(&self) -> Category {
        self.category.unwrap_or_default()
    }

    /// Every section with its content, in printed order; empty ones too.
    pub fn contents(&self) -> impl Iterator<Item = (SectionKind, &SectionContent)> {
        self.contents.iter()
    }

    /// The sections of prose, in printed order; empty ones too.
    pub fn prose(&self) -> impl Iterator<Item = (SectionKind, &Prose)> {
        self.contents().filter_map(|(kind, content)| match content {
            SectionContent::Prose(prose) => Some((kind, prose)),
            SectionContent::Tables(_) | SectionContent::Cases(_) | SectionContent::Photos(_) => None,
        })
    }

    /// 【事業実績】 and its like
    pub fn prose_of(&self, kind: SectionKind) -> Option<&Prose> {
        self.prose().find(|(other, _)| *other == kind).map(|(_, prose)| prose)
    }

    /// The tables of 【指標】.
    pub fn indicators(&self) -> &[Indicator] {
        let Some(SectionContent::Tables(tables)) = self.contents.get(SectionKind::Indicators) else { return &[] };
        tables
    }

    /// 【事例】
    pub fn cases(&self) -> &[Case] {
        let Some(SectionContent::Cases(cases)) = self.contents.get(SectionKind::Case) else { return &[] };
        cases
    }

    /// Photographs that belong to no case
    pub fn photos(&self) -> &[Photo] {
        let Some(SectionContent::Photos(photos)) = self.contents.get(SectionKind::Photos) else { return &[] };
        photos
    }

    /// The photographs in printed order, those of cases first.
    pub fn all_photos(&self) -> impl Iterator<Item = &Photo> {
        self.cases().iter().flat_map(|case| &case.photos).chain(self.photos())
    }

    /// Everything that its page prints, in order, and what is read out of its pictures.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        items.text(ItemKind::Name, self.name.as_ref());
        items.place(ItemKind::Amount, self.amount_place);
        items.text(ItemKind::OutsideTotal, self.outside_total.as_ref());
        for (kind, content) in self.contents() {
            items.content(kind, content);
        }
        for department in &self.departments {
            items.text(ItemKind::Department(department), Some(&department.typed));
        }
        items.0
    }
}
