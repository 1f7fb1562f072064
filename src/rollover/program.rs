//! One program: what it is stays, what was done goes to a 【メモ】, amount and pictures are left open.

use super::draft::Draft;
use super::{LeftYear, Rollover, put_away};
use crate::form::{Field, FieldKind};
use crate::model::{Category, PLACEHOLDER, Program};
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
            self.open_amounts(draft, &self.form.fields);
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
    /// Amounts of a head are of the year: each is written anew. What nothing would ask for says so itself. A 事業費 that the form
    /// takes from a table is not typed again.
    pub(super) fn open_amounts(&self, draft: &mut Draft<'_>, fields: &[Field]) {
        let is_amount = |field: &&Field| matches!(field.kind, FieldKind::Amount(_));
        let own: Vec<&Field> =
            fields.iter().filter(is_amount).filter(|field| field.name != FieldName::Amount).collect();
        let usual: &[FieldName] = &[FieldName::Amount];
        let (removed, emptied) = if self.form.asks_for_amount() { (&[][..], usual) } else { (usual, &[][..]) };
        let all: Vec<FieldName> = emptied.iter().copied().chain(own.iter().map(|field| field.name)).collect();
        put_away(draft, removed, &all);
        for line in draft.ast.head().map_or(&[][..], |head| &head.lines) {
            let LineKind::Field { name, value } = line.kind else { continue };
            let is_optional = own.iter().any(|field| field.name == name && !field.is_required);
            if all.contains(&name) && !value.is_empty() {
                draft.replace(value, if is_optional { PLACEHOLDER } else { "" });
            }
        }
    }

    /// What a program is in its second year: 継続, or the standard one of the form. Nothing where the form has neither.
    fn usual_category(&self) -> Option<String> {
        let continued = Category::Continued.name();
        match self.form.field(FieldName::Category).map(|field| &field.kind) {
            Some(FieldKind::Choice(choices)) => choices.find(continued).or(choices.standard()).map(str::to_string),
            _ => Some(continued.to_string()),
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
