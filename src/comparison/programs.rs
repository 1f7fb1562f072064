//! One program in both states.

use super::change::{Change, ChangeKind, PrintedPlace, Subject};
use super::chapters::{chapter_name, number_of};
use super::custom_form::{compare_fields, pairs};
use super::scope::{Scope, Seen, repeated};
use super::sections::compare_content;
use super::side::Side;
use super::words::Extent;
use crate::model::{Part, Program, ProgramIndex, SectionContent, Text};
use crate::view::{chapter_anchor, program_anchor};

/// A program's place and what stands there.
pub(super) type Placed<'a> = (ProgramIndex, &'a Program);

/// A program that both states print.
pub(super) fn compare_program(
    (old_side, new_side): (&Side<'_>, &Side<'_>),
    old: Placed<'_>,
    new: Placed<'_>,
    has_moved: bool,
) -> Vec<Change> {
    let mut scope = scope_of(old_side, new_side, Some(old), Some(new));
    let ((old_index, old), (new_index, new)) = (old, new);
    let listed = PrintedPlace {
        anchor: chapter_anchor(old_index.chapter),
        words: old.name.as_ref().map(|_| old_side.builder.program_name(old)),
    };
    if has_moved {
        let place = |side: &Side<'_>, index| place_of(side, index);
        let before = Seen::new(place(old_side, old_index), old.heading);
        let change = scope.moved("章とNo.", before, Seen::new(place(new_side, new_index), new.heading));
        change.printed.insert(0, listed.clone());
    }
    compare_head(&mut scope, old, new, &listed);
    compare_reading(&mut scope, (old_index, old), (new_index, new));
    compare_chart(&mut scope, (old_index, old), (new_index, new));
    compare_fields(&mut scope, &old.fields, &new.fields, new.heading);
    let forms = (&*old_side.state.report.form, &*new_side.state.report.form);
    for pair in pairs(forms, old.contents(), new.contents()) {
        let before = scope.changes.len();
        compare_content(&mut scope, pair, new.heading);
        if old.has_chart && matches!(pair.1, Some(SectionContent::Tables(_))) {
            drawn_too(old_side, scope.changes.get_mut(before..).unwrap_or_default());
        }
    }
    scope.changes
}

/// A program that only one of the states prints.
pub(super) fn compare_lone(
    old_side: &Side<'_>,
    new_side: &Side<'_>,
    old: Option<Placed<'_>>,
    new: Option<Placed<'_>>,
) -> Vec<Change> {
    let mut scope = scope_of(old_side, new_side, old, new);
    // Its file is not there at all: errors of another file say nothing about it.
    (scope.old_file, scope.new_file) = (None, None);
    let seen = |side: &Side<'_>, (_, program): Placed<'_>| {
        let name = side.builder.program_name(program);
        let Some(word) = side.builder.amount_word() else { return Seen::new(name, program.heading) };
        let amount = format!("{word} {}", amount_text(side, program, true).unwrap_or_default());
        Seen::new(format!("{name}（{}）", amount.trim_end()), program.heading)
    };
    let (before, after) = (old.map(|old| seen(old_side, old)), new.map(|new| seen(new_side, new)));
    if let Some(change) = scope.differ("事業", before, after, Extent::Whole) {
        change.printed = match (old, change.what) {
            (Some((index, program)), ChangeKind::Removed) => vec![
                PrintedPlace {
                    anchor: chapter_anchor(index.chapter),
                    words: Some(old_side.builder.program_name(program)),
                },
                PrintedPlace { anchor: program_anchor(index), words: Some(String::new()) },
            ],
            _ => Vec::new(),
        };
    }
    scope.changes
}

fn scope_of<'a>(
    old_side: &'a Side<'a>,
    new_side: &'a Side<'a>,
    old: Option<Placed<'_>>,
    new: Option<Placed<'_>>,
) -> Scope<'a> {
    let subject = |side: &Side<'_>, (index, program): Placed<'_>| Subject::Program {
        chapter: chapter_name(side, index.chapter),
        number: number_of(side, index.chapter),
        no: index.program + 1,
        name: side.builder.program_name(program),
        department: program.departments.first().map(|department| side.builder.text(&department.name)),
    };
    let before = old.map(|old| subject(old_side, old));
    let now = new.map(|new| subject(new_side, new)).or_else(|| before.clone());
    Scope {
        old: old_side,
        new: new_side,
        subject: now.unwrap_or(Subject::Report),
        subject_before: before,
        anchor: old.map(|(index, _)| program_anchor(index)),
        old_file: old.map(|(_, program)| program.file),
        new_file: new.map(|(_, program)| program.file),
        changes: Vec::new(),
    }
}

fn place_of(side: &Side<'_>, index: ProgramIndex) -> String {
    format!("{}　No.{}", chapter_name(side, index.chapter), index.program + 1)
}

/// 3,254千円; nothing where it could not be read
fn amount_text(side: &Side<'_>, program: &Program, with_unit: bool) -> Option<String> {
    program.amount?;
    let text = side.builder.amount_text(program);
    Some(if with_unit && text != "—" { format!("{text}{}", side.builder.unit()) } else { text })
}

/// What stands under 【事業】, and with it in the list.
fn compare_head(scope: &mut Scope<'_>, old: &Program, new: &Program, listed: &PrintedPlace) {
    let (old_side, new_side) = (scope.old, scope.new);
    if let (Some(was), Some(is)) = (&old.name, &new.name) {
        let before = Seen::new(old_side.builder.program_name(old), was.span);
        let after = Seen::new(new_side.builder.program_name(new), is.span);
        let words = before.text.clone();
        let change = listed_too(scope.differ("事業名", Some(before), Some(after), Extent::Whole), listed);
        if let Some(change) = change {
            change.printed.extend(repeated(old_side, &[Part::Contents, Part::Charts, Part::Index], &words));
        }
    }
    // Where a 単位 could not be read amounts are figures only.
    let is_unknown = |side: &Side<'_>| side.state.report.head.as_ref().is_none_or(|head| head.unit.is_none());
    let with_unit = !is_unknown(old_side) && !is_unknown(new_side);
    let amount = |side: &Side<'_>, program: &Program| {
        let text = amount_text(side, program, with_unit)?;
        Some(Seen::new(text, program.amount_place.unwrap_or(program.heading)))
    };
    if let (Some(before), Some(after)) = (amount(old_side, old), amount(new_side, new)) {
        let word = new_side.builder.amount_word().unwrap_or("事業費");
        listed_too(scope.differ(word, Some(before), Some(after), Extent::Whole), listed);
    }
    compare_category(scope, old, new, listed);
    compare_departments(scope, old, new, listed);
    let reason = |side: &Side<'_>, program: &Program| {
        let reason = program.outside_total.as_ref()?;
        Some(Seen::new(side.builder.text(&reason.value), reason.span))
    };
    let (before, after) = (reason(old_side, old), reason(new_side, new));
    if let Some(change) = scope.differ("合計に含めない理由", before, after, Extent::Whole) {
        let words = change.before.as_ref().map(super::Wording::text);
        change.printed = vec![PrintedPlace { anchor: listed.anchor.clone(), words }];
    }
}

/// よみ, and with it the place in the index: that is all of it that a reader of the pages sees.
fn compare_reading(scope: &mut Scope<'_>, (old_index, old): Placed<'_>, (new_index, new): Placed<'_>) {
    let (Some(was), Some(is)) = (&old.reading, &new.reading) else { return };
    if was.value == is.value {
        return;
    }
    let places = [(scope.old, old_index), (scope.new, new_index)]
        .map(|(side, index)| side.index_place(&program_anchor(index)).map(|place| format!("（索引の{place}）")));
    let [before, after] = &places;
    let has_moved = before.is_some() && after.is_some() && before != after;
    let seen = |text: &Text, place: &Option<String>| {
        let place = place.as_deref().filter(|_| has_moved).unwrap_or_default();
        Some(Seen::new(format!("{}{place}", text.value), text.span))
    };
    let (old_side, before, after) = (scope.old, seen(was, before), seen(is, after));
    if let Some(change) = scope.differ("よみ", before, after, Extent::Whole) {
        change.on_page = has_moved;
        change.printed = repeated(old_side, &[Part::Index], &old_side.builder.program_name(old));
    }
}

/// The chart of a program, where both states print charts: one that prints none says so in 前付 or 後付.
fn compare_chart(scope: &mut Scope<'_>, (old_index, old): Placed<'_>, (new_index, new): Placed<'_>) {
    let (old_side, new_side) = (scope.old, scope.new);
    if !old_side.prints(Part::Charts) || !new_side.prints(Part::Charts) {
        return;
    }
    let seen = |side: &Side<'_>, index: ProgramIndex, program: &Program| {
        let place = || if program.has_chart { side.field_line(program.heading, "図") } else { program.heading };
        side.is_drawn(&program_anchor(index)).then(|| Seen::new("指標の図", place()))
    };
    let (before, after) = (seen(old_side, old_index, old), seen(new_side, new_index, new));
    if let Some(change) = scope.differ("図", before, after, Extent::Whole) {
        change.printed = repeated(old_side, &[Part::Charts], &old_side.builder.program_name(old));
    }
}

/// What the tables of a program say is drawn among the charts too.
fn drawn_too(old: &Side<'_>, changes: &mut [Change]) {
    for change in changes {
        let words = change.before.as_ref().map(super::Wording::text).unwrap_or_default();
        change.printed.extend(repeated(old, &[Part::Charts], &words));
    }
}

/// What stands at the head of a program's page stands in the list too.
fn listed_too<'a>(change: Option<&'a mut Change>, listed: &PrintedPlace) -> Option<&'a mut Change> {
    let change = change?;
    change.printed.iter_mut().for_each(|printed| printed.words = Some(String::new()));
    change.printed.insert(0, listed.clone());
    Some(change)
}

fn compare_category(scope: &mut Scope<'_>, old: &Program, new: &Program, listed: &PrintedPlace) {
    if scope.old.is_category_guessed(old) || scope.new.is_category_guessed(new) {
        return;
    }
    let seen = |program: &Program| {
        let place = program.category_place.unwrap_or(program.heading);
        (!program.is_category_open()).then(|| Seen::new(program.category_name(), place))
    };
    let is_field = scope.new.builder.category_field(new).is_some();
    if let Some(change) = scope.differ("区分", seen(old), seen(new), Extent::Whole)
        && !is_field
    {
        change.printed = vec![listed.clone()];
    }
}

fn compare_departments(scope: &mut Scope<'_>, old: &Program, new: &Program, listed: &PrintedPlace) {
    let (Some(first_old), Some(first_new)) = (old.departments.first(), new.departments.first()) else { return };
    // Of several one may not have been read.
    let lacks = |side: &Side<'_>, one: &Program, other: &Program| {
        one.departments.len() < other.departments.len() && side.has_errors_in(one.file)
    };
    if lacks(scope.new, new, old) || lacks(scope.old, old, new) {
        return;
    }
    let before = Seen::new(scope.old.departments(old), first_old.typed.span);
    let after = Seen::new(scope.new.departments(new), first_new.typed.span);
    listed_too(scope.differ("担当", Some(before), Some(after), Extent::Whole), listed);
}
