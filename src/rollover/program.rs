//! One program: what it is stays, what was done goes to a 【メモ】, amount and pictures are left open.

use super::draft::Draft;
use super::{LeftYear, Rollover, put_away};
use crate::form::FieldKind;
use crate::model::{Category, Program};
use crate::syntax::{FieldName, LineKind, Scope, Section, SectionKind, Shape};

impl Rollover<'_> {
    pub(super) fn make_program(&self, program: &Program) -> (String, Vec<LeftYear>) {
        self.rewrite(program.file, |draft| {
            if let Some(head) = draft.ast.head() {
                draft.keep_title(head.rest, self.current);
            }
            if let Some(place) = program.category_place
                && matches!(program.category(), Category::New | Category::Extended)
                && let Some(usual) = self.usual_category()
            {
                draft.replace(place, usual);
            }
            put_away(draft, &[], &[FieldName::Amount]);
            leave_amount_open(draft);
            for section in &draft.ast.sections {
                let Some(spec) = section.kind.map(SectionKind::spec) else { continue };
                match spec.shape {
                    Shape::Grades if spec.speaks_of == Scope::OfTheYear => draft.empty_grades(section),
                    Shape::Prose | Shape::Case | Shape::Choice if spec.speaks_of == Scope::OfTheYear => {
                        draft.empty_section(section)
                    }
                    Shape::Table => {
                        let table = program.tables().find(|table| table.heading == section.heading);
                        if let Some(table) = table {
                            self.move_table(draft, section, table);
                        }
                    }
                    Shape::Photos => leave_pictures_open(draft, section),
                    Shape::Fields
                    | Shape::Names
                    | Shape::Prose
                    | Shape::Case
                    | Shape::Choice
                    | Shape::Grades
                    | Shape::Memo
                    | Shape::Form => {}
                }
            }
        })
    }
}

impl Rollover<'_> {
    /// What a program is in its second year: 継続, or the standard one of the form. Nothing where the form has neither.
    fn usual_category(&self) -> Option<String> {
        let continued = Category::Continued.name();
        match self.form.field(FieldName::Category).map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => choices.find(continued).or(choices.standard()).map(str::to_string),
            _ => Some(continued.to_string()),
        }
    }
}

fn leave_amount_open(draft: &mut Draft<'_>) {
    for line in draft.ast.head().map_or(&[][..], |head| &head.lines) {
        if let LineKind::Field { name: FieldName::Amount, value } = line.kind {
            draft.replace(value, "");
        }
    }
}

/// Captions and descriptions stay; the pictures are new ones.
fn leave_pictures_open(draft: &mut Draft<'_>, section: &Section) {
    for line in &section.lines {
        if let LineKind::Row { cells, .. } = &line.kind
            && let Some(name) = cells.first()
        {
            draft.replace(*name, "");
        }
    }
}
