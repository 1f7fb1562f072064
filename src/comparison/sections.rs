//! One section of a program or a chapter in both states.

use super::cases::{compare_cases, compare_photos};
use super::custom_form::{Pair, compare_choice, compare_grades};
use super::prose::compare_blocks;
use super::scope::Scope;
use super::table::compare_tables;
use crate::model::{Chosen, Prose, SectionContent};
use crate::source::Span;
use crate::syntax::SectionKind;

/// A section of a program or a chapter in both states; `heading` is where one that stands in neither would.
pub(super) fn compare_content(scope: &mut Scope<'_>, (kind, old, new): Pair<'_>, heading: Span) {
    let empty = (Chosen::default(), Prose::default());
    match (old, new) {
        (Some(SectionContent::Prose(was)), Some(SectionContent::Prose(is))) => compare_section(scope, kind, was, is),
        (Some(SectionContent::Prose(was)), None) => compare_section(scope, kind, was, &empty.1),
        (None, Some(SectionContent::Prose(is))) => compare_section(scope, kind, &empty.1, is),
        (Some(SectionContent::Tables(was)), Some(SectionContent::Tables(is))) => compare_tables(scope, kind, was, is),
        (Some(SectionContent::Cases(was)), Some(SectionContent::Cases(is))) => compare_cases(scope, was, is),
        (Some(SectionContent::Photos(was)), Some(SectionContent::Photos(is))) => compare_photos(scope, was, is),
        (Some(SectionContent::Choice(was)), Some(SectionContent::Choice(is))) => {
            compare_choice(scope, kind, (was, is), heading);
        }
        (Some(SectionContent::Choice(was)), None) => compare_choice(scope, kind, (was, &empty.0), heading),
        (None, Some(SectionContent::Choice(is))) => compare_choice(scope, kind, (&empty.0, is), heading),
        (Some(SectionContent::Grades(was)), Some(SectionContent::Grades(is))) => {
            compare_grades(scope, kind, Some(was), Some(is));
        }
        (Some(SectionContent::Grades(was)), None) => compare_grades(scope, kind, Some(was), None),
        (None, Some(SectionContent::Grades(is))) => compare_grades(scope, kind, None, Some(is)),
        // What is always there, and a section that another form reads in another way.
        _ => {}
    }
}

/// A required section that is empty is a hole.
fn compare_section(scope: &mut Scope<'_>, kind: SectionKind, old: &Prose, new: &Prose) {
    if kind.is_required() && (old.is_empty() || new.is_empty()) {
        return;
    }
    if let Some(heading) = new.heading.or(old.heading) {
        compare_blocks(scope, &format!("【{}】", kind.name()), (&old.blocks, &new.blocks), heading);
    }
}
