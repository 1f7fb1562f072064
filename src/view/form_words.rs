//! What an office's form changes in the words that are printed: 事業費, 担当課, 区分.

use super::build::ViewBuilder;
use super::sum::SumView;
use crate::form::{Field, FieldKind};
use crate::model::{Category, Program};
use crate::syntax::FieldName;

impl ViewBuilder<'_> {
    fn form_field(&self, name: FieldName) -> Option<&Field> {
        self.input.report.form.field(name)
    }

    /// 事業費; nothing where the form has no amounts
    pub fn amount_word(&self) -> Option<&'static str> {
        let word = || self.form_field(FieldName::Amount).map_or(FieldName::Amount.name(), |field| field.word);
        self.input.report.form.has_amount().then(word)
    }

    /// 担当課
    pub fn department_word(&self) -> &'static str {
        self.form_field(FieldName::Department).map_or("担当課", |field| field.word)
    }

    /// Whether a program without a department lacks one.
    pub(super) fn awaits_department(&self) -> bool {
        self.form_field(FieldName::Department).is_none_or(|field| field.is_required)
    }

    /// 区分; nothing where the form does not use it
    pub(super) fn category(&self, program: &Program) -> &'static str {
        let is_unused = self.form_field(FieldName::Category).is_some_and(|field| field.kind == FieldKind::None);
        if is_unused { "" } else { program.category_name() }
    }

    /// The 区分 that says nothing new
    pub(super) fn usual_category(&self) -> &str {
        match self.form_field(FieldName::Category).map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => choices.standard().unwrap_or_default(),
            Some(FieldKind::None) => "",
            _ => Category::default().name(),
        }
    }

    /// A sum as it is printed: without its figure where the form has no amounts
    pub(super) fn shown_sum(&self, sum: SumView) -> SumView {
        if self.amount_word().is_some() { sum } else { SumView { text: String::new(), value: None, ..sum } }
    }
}
