//! 小計, 合計 and the numbers of programs. A sum that could not be made of everything is compared with none.

use super::change::{Change, ChangeKind, PrintedPlace, Subject, Wording};
use super::chapters::{Chapters, chapter_name};
use super::side::Side;
use crate::model::format_amount;
use crate::totals;
use crate::view::chapter_anchor;

pub(super) fn compare_sums(old: &Side<'_>, new: &Side<'_>, chapters: &Chapters) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_report, new_report) = (old.state.report, new.state.report);
    let is_all_read = old.is_all_read() && new.is_all_read();
    for at in 0..new_report.chapters.len() {
        changes.extend(compare_chapter(old, new, chapters, at));
        if is_all_read {
            changes.extend(compare_other_columns(old, new, chapters, at));
        }
    }
    if !is_all_read {
        return changes;
    }
    let (before, after) = (totals::total(old_report), totals::total(new_report));
    let is_printed = old_report.chapters.len() > 1 || new_report.chapters.len() > 1;
    if let (Some(was), Some(is), true) = (before.value, after.value, is_printed) {
        // 合計 stands below the last of several lists.
        let last = old_report.last_list(0..old_report.chapters.len()).filter(|_| old_report.chapters.len() > 1);
        let printed = last.map(|last| PrintedPlace {
            anchor: chapter_anchor(last),
            words: Some(format!("合計{}", format_amount(was))),
        });
        push(&mut changes, "合計".to_string(), amount(old, was), amount(new, is), printed);
    }
    let count = |count: usize| format!("{count}事業");
    push(&mut changes, "事業の数".to_string(), count(before.programs), count(after.programs), None);
    let (was, is) = (before.new_programs, after.new_programs);
    push(&mut changes, "新規の事業の数".to_string(), count(was), count(is), None);
    changes
}

fn amount(side: &Side<'_>, value: i64) -> String {
    format!("{}{}", format_amount(value), side.builder.unit())
}

/// 小計 of a chapter's own list, and 計 with the chapters in it.
fn compare_chapter(old: &Side<'_>, new: &Side<'_>, chapters: &Chapters, at: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_report, new_report) = (old.state.report, new.state.report);
    let Some(was) = chapters.before(at) else { return changes };
    let is_whole = |side: &Side<'_>, index: usize| {
        side.state.report.chapters.get(index).is_some_and(|chapter| side.is_whole(chapter))
    };
    if !is_whole(old, was) || !is_whole(new, at) {
        return changes;
    }
    let own = |side: &Side<'_>, index: usize| {
        side.state.report.chapters.get(index).and_then(|chapter| totals::subtotal(chapter).value)
    };
    let has_lists = old_report.has_list(was) || new_report.has_list(at);
    if let (Some(before), Some(after), true) = (own(old, was), own(new, at), has_lists) {
        let words = || Some(format!("小計{}", format_amount(before)));
        let printed = old_report.has_list(was).then(|| PrintedPlace { anchor: chapter_anchor(was), words: words() });
        let spot = format!("{}　小計", chapter_name(new, at));
        push(&mut changes, spot, amount(old, before), amount(new, after), printed);
    }
    changes.extend(compare_whole(old, new, (was, at)));
    changes
}

/// The sums of the other columns of a chapter's list: 小計 of 予算額.
fn compare_other_columns(old: &Side<'_>, new: &Side<'_>, chapters: &Chapters, at: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    let Some(was) = chapters.before(at) else { return changes };
    let before = old.builder.other_sums(was);
    for [label, head, is] in new.builder.other_sums(at) {
        let same = |[other, of, _]: &&[String; 3]| *other == label && *of == head;
        let Some([_, _, was_figure]) = before.iter().find(same) else { continue };
        let printed = PrintedPlace { anchor: chapter_anchor(was), words: Some(was_figure.clone()) };
        let of = if label == "小計" { format!("{}　小計", chapter_name(new, at)) } else { label };
        push(&mut changes, format!("{of}　{head}"), was_figure.clone(), is, Some(printed));
    }
    changes
}

/// 計 of a chapter that has chapters in it, by its places before and now.
fn compare_whole(old: &Side<'_>, new: &Side<'_>, (was, at): (usize, usize)) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_report, new_report) = (old.state.report, new.state.report);
    let all_whole = |side: &Side<'_>, index: usize| {
        let chapters = &side.state.report.chapters;
        side.state.report.subtree(index).all(|inner| chapters.get(inner).is_some_and(|chapter| side.is_whole(chapter)))
    };
    if !new_report.has_inner(at) || !old_report.has_inner(was) || !all_whole(old, was) || !all_whole(new, at) {
        return changes;
    }
    let whole = |side: &Side<'_>, index: usize| totals::whole_chapter(side.state.report, index).value;
    if let (Some(before), Some(after)) = (whole(old, was), whole(new, at)) {
        let list = old_report.last_list(old_report.subtree(was));
        let list = list.filter(|list| old_report.chapters_ending_with(*list).contains(&was));
        let words = || Some(format!("{}{}", old.builder.whole_label(was), format_amount(before)));
        let printed = list.map(|list| PrintedPlace { anchor: chapter_anchor(list), words: words() });
        let spot = format!("{}　計", chapter_name(new, at));
        push(&mut changes, spot, amount(old, before), amount(new, after), printed);
    }
    changes
}

fn push(changes: &mut Vec<Change>, spot: String, before: String, after: String, printed: Option<PrintedPlace>) {
    if before != after {
        changes.push(Change {
            subject: Subject::Sums,
            subject_before: None,
            what: ChangeKind::Changed,
            spot,
            before: Some(Wording::whole(before)),
            after: Some(Wording::whole(after)),
            place: None,
            on_page: printed.is_some(),
            printed: printed.into_iter().collect(),
        });
    }
}
