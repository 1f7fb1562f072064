//! 小計, 合計 and the numbers of programs. A sum that could not be made of everything is compared with none.

use super::change::{Change, PrintedPlace, Subject, What, Wording};
use super::chapters::{Chapters, chapter_name};
use super::side::Side;
use crate::model::format_amount;
use crate::totals;
use crate::view::chapter_anchor;

pub(super) fn compare_sums(old: &Side<'_>, new: &Side<'_>, chapters: &Chapters) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old_report, new_report) = (old.state.report, new.state.report);
    let amount = |side: &Side<'_>, value: i64| format!("{}{}", format_amount(value), side.builder.unit());
    for (at, chapter) in new_report.chapters.iter().enumerate() {
        let was = chapters.before(at).and_then(|was| Some((was, old_report.chapters.get(was)?)));
        let Some((was_at, was)) = was.filter(|(_, was)| old.is_whole(was) && new.is_whole(chapter)) else { continue };
        if let (Some(before), Some(after)) = (totals::subtotal(was).value, totals::subtotal(chapter).value) {
            let printed = Some(PrintedPlace {
                anchor: chapter_anchor(was_at),
                words: Some(format!("小計{}", format_amount(before))),
            });
            let spot = format!("{}　小計", chapter_name(new, at));
            push(&mut changes, spot, amount(old, before), amount(new, after), printed);
        }
    }
    if !old.is_all_read() || !new.is_all_read() {
        return changes;
    }
    let (before, after) = (totals::total(old_report), totals::total(new_report));
    let is_printed = old_report.chapters.len() > 1 || new_report.chapters.len() > 1;
    if let (Some(was), Some(is), true) = (before.value, after.value, is_printed) {
        // 合計 stands below the last of several lists.
        let last = old_report.chapters.len().checked_sub(1).filter(|last| *last > 0);
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

fn push(changes: &mut Vec<Change>, spot: String, before: String, after: String, printed: Option<PrintedPlace>) {
    if before != after {
        changes.push(Change {
            subject: Subject::Sums,
            subject_before: None,
            what: What::Changed,
            spot,
            before: Some(Wording::whole(before)),
            after: Some(Wording::whole(after)),
            place: None,
            on_page: printed.is_some(),
            printed: printed.into_iter().collect(),
        });
    }
}
