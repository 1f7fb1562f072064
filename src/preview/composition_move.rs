//! A name of a 【構成】 moves: the lines between its old place and its new one change places, and no other byte.

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::source::{Files, SourceFile, Span, line_end, without_end_slashes};
use crate::syntax::chars::is_blank;
use crate::syntax::{Ast, LineKind, SectionKind, Vocabulary, parse};

/// The stretch of the text that changes, and what stands there then. `names` are those of the file in their present order:
/// where there is no 【構成】, or nothing below it, they all are written. Nothing where `name` or `before` is none of them.
pub(super) fn moved(text: &str, names: &[String], name: &str, before: Option<&str>) -> Option<(Range<usize>, String)> {
    let is_known = |wanted: &str| names.iter().any(|known| known == wanted);
    if !is_known(name) || before.is_some_and(|before| !is_known(before) || before == name) {
        return None;
    }
    let mut files = Files::new();
    let id = files.add("章.jigyo", text.to_string());
    let file = files.get(id);
    let ast = parse(file, &Vocabulary::standard(), &mut Diagnostics::new());
    let slots = slots_of(file, &ast);
    if slots.is_empty() {
        return Some(written_anew(text, &ast, &reordered(names, name, before)));
    }
    let place =
        |wanted: &str| slots.iter().position(|slot| slot.name.as_deref() == Some(&*without_end_slashes(wanted)));
    let from = place(name)?;
    let to = before.map_or(Some(slots.len()), place)?;
    Some(rotated(text, &slots, from, to))
}

/// A line of a 【構成】: a name, or a 再掲, which is moved past and never meant.
struct Slot {
    line: Range<usize>,
    name: Option<String>,
}

fn slots_of(file: &SourceFile, ast: &Ast) -> Vec<Slot> {
    let lines = ast.sections_of(SectionKind::Composition).flat_map(|section| &section.lines);
    let slots = lines.filter_map(|line| {
        let LineKind::Name { relisted, name } = line.kind else { return None };
        Some(Slot {
            line: with_blanks(file.text(), line.span),
            name: (!relisted).then(|| without_end_slashes(file.slice(name))),
        })
    });
    slots.collect()
}

/// A line with the blanks around it, but not those behind a heading.
fn with_blanks(text: &str, span: Span) -> Range<usize> {
    let (head, tail) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    let bare = head.trim_end_matches(is_blank);
    let start = if bare.is_empty() || bare.ends_with(['\n', '\r']) { bare.len() } else { span.start };
    start..span.end + (tail.len() - tail.trim_start_matches(is_blank).len())
}

/// The line `from` goes to the place `to`, those between make room; what ends each line stays where it is.
fn rotated(text: &str, slots: &[Slot], from: usize, to: usize) -> (Range<usize>, String) {
    let (first, last) = if from < to { (from, to - 1) } else { (to, from) };
    let range = slots.get(first..=last).unwrap_or_default();
    let part = |line: &Range<usize>| text.get(line.clone()).unwrap_or_default();
    let mut contents: Vec<&str> = range.iter().map(|slot| part(&slot.line)).collect();
    if from < to {
        contents.rotate_left(1)
    } else {
        contents.rotate_right(1)
    }
    let (Some(start), Some(end)) = (range.first(), range.last()) else { return (0..0, String::new()) };
    let stretch = start.line.start..end.line.end;
    let mut made = String::new();
    let mut at = stretch.start;
    for (slot, content) in range.iter().zip(contents) {
        made.push_str(part(&(at..slot.line.start)));
        made.push_str(content);
        at = slot.line.end;
    }
    (stretch, made)
}

fn reordered<'a>(names: &'a [String], name: &'a str, before: Option<&str>) -> Vec<&'a str> {
    let mut order: Vec<&str> = names.iter().map(String::as_str).filter(|other| *other != name).collect();
    let at = before.and_then(|before| order.iter().position(|other| *other == before)).unwrap_or(order.len());
    order.insert(at, name);
    order
}

/// All names: below the heading that is there, or in a 【構成】 of their own, above the first 【メモ】.
fn written_anew(text: &str, ast: &Ast, names: &[&str]) -> (Range<usize>, String) {
    let line_end = line_end(text).unwrap_or("\n");
    let lines = names.join(line_end);
    if let Some(section) = ast.sections_of(SectionKind::Composition).next() {
        let rest = text.get(section.heading.end..).unwrap_or_default();
        let at = section.heading.end + rest.find(['\n', '\r']).unwrap_or(rest.len());
        return (at..at, format!("{line_end}{lines}"));
    }
    if let Some(memo) = ast.sections_of(SectionKind::Memo).next() {
        let at = memo.heading.start;
        return (at..at, format!("【構成】{line_end}{lines}{line_end}{line_end}"));
    }
    let gap = if text.ends_with(['\n', '\r']) { line_end.to_string() } else { line_end.repeat(2) };
    (text.len()..text.len(), format!("{gap}【構成】{line_end}{lines}{line_end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str) -> Vec<String> {
        list.split('、').map(str::to_string).collect()
    }

    fn after(text: &str, list: &str, name: &str, before: Option<&str>) -> Option<String> {
        let (stretch, made) = moved(text, &names(list), name, before)?;
        let mut text = text.to_string();
        text.replace_range(stretch, &made);
        Some(text)
    }

    #[test]
    fn a_line_goes_before_another_and_the_others_make_room() {
        let text = "【章】あ\r\n\r\n【構成】\r\n一\r\n　二 \r\n\r\n再掲　零\r\n三.jigyo\n\n【メモ】\r\n一\r\n";
        let is = |name, before, wanted: &str| {
            let head = "【章】あ\r\n\r\n【構成】\r\n";
            let made = after(text, "一、二、三", name, before).expect("is moved");
            assert_eq!(made, format!("{head}{wanted}\n\n【メモ】\r\n一\r\n"), "{name} {before:?}");
        };
        is("三", Some("一"), "三.jigyo\r\n一\r\n\r\n　二 \r\n再掲　零");
        is("一", Some("三"), "　二 \r\n再掲　零\r\n\r\n一\r\n三.jigyo");
        is("一", None, "　二 \r\n再掲　零\r\n\r\n三.jigyo\r\n一");
        is("二", Some("一"), "　二 \r\n一\r\n\r\n再掲　零\r\n三.jigyo");
        assert_eq!(after(text, "一、二、三", "四", None), None);
        assert_eq!(after(text, "一、二、三", "一", Some("零")), None);
        assert_eq!(after(text, "一、二、三", "一", Some("一")), None);
    }

    #[test]
    fn without_a_list_all_names_are_written() {
        assert_eq!(
            after("【章】あ\n", "一、二、三", "三", Some("一")).as_deref(),
            Some("【章】あ\n\n【構成】\n三\n一\n二\n")
        );
        assert_eq!(
            after("【章】あ\r\n\r\n【構成】\r\n\r\n【メモ】\r\nx\r\n", "一、二", "一", None).as_deref(),
            Some("【章】あ\r\n\r\n【構成】\r\n二\r\n一\r\n\r\n【メモ】\r\nx\r\n")
        );
        assert_eq!(
            after("【章】あ\n\n【メモ】\nx", "一、二", "二", Some("一")).as_deref(),
            Some("【章】あ\n\n【構成】\n二\n一\n\n【メモ】\nx")
        );
    }

    #[test]
    fn names_on_the_heading_and_folders_are_moved_too() {
        assert_eq!(
            after("【章】あ\n【構成】一\n二", "一、二", "二", Some("一")).as_deref(),
            Some("【章】あ\n【構成】二\n一")
        );
        let text = "【報告書】あ\n【構成】\n01_人材\\\n02_産業/\n";
        assert_eq!(
            after(text, "01_人材、02_産業", "02_産業", Some("01_人材")).as_deref(),
            Some("【報告書】あ\n【構成】\n02_産業/\n01_人材\\\n")
        );
    }

    /// Whatever is moved where: the same lines, and every byte outside them.
    #[test]
    fn no_line_is_lost_or_changed() {
        let ends = ["\n", "\r\n", "\r"];
        let mut seed = 7_u32;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % below
        };
        for _ in 0..2_000 {
            let count = 2 + next(6);
            let own: Vec<String> = (0..count).map(|index| format!("事業{index}")).collect();
            let mut text = format!("【章】あ{}【構成】{}", ends[next(3)], ends[next(3)]);
            let head = text.len();
            for name in &own {
                for _ in 0..next(3) {
                    text.push_str(["", "　", "再掲　別の事業"][next(3)]);
                    text.push_str(ends[next(3)]);
                }
                text.push_str(&format!("{}{name}{}", ["", "　"][next(2)], ["", " ", ".jigyo"][next(3)]));
                text.push_str(ends[next(3)]);
            }
            text.push_str("【メモ】\n事業0\n");
            let (from, to) = (next(count), next(count + 1));
            let (name, before) = (&own[from], own.get(to).filter(|before| **before != own[from]));
            let (stretch, made) = moved(&text, &own, name, before.map(String::as_str)).expect("is moved");
            assert!(stretch.start >= head);
            let mut changed = text.clone();
            changed.replace_range(stretch, &made);
            let sorted = |text: &str| {
                let mut lines: Vec<String> =
                    text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).map(str::to_string).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&changed), sorted(&text));
            let signs = |text: &str| text.chars().filter(|c| matches!(c, '\r' | '\n')).collect::<String>();
            assert_eq!(signs(&changed), signs(&text));
            let order: Vec<String> = {
                let mut files = Files::new();
                let id = files.add("章.jigyo", changed.clone());
                let ast = parse(files.get(id), &Vocabulary::standard(), &mut Diagnostics::new());
                slots_of(files.get(id), &ast).into_iter().filter_map(|slot| slot.name).collect()
            };
            assert_eq!(order, reordered(&own, name, before.map(String::as_str)), "{text:?}");
        }
    }
}
