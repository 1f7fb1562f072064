//! What may be typed at a place: headings, fields, and by their kind what stands behind them.

use std::ops::Range;

use serde_json::{Value, json};

use super::completion_values::{cells, composition, values};
use super::offer::{FIELD, KEYWORD, Offer};
use super::protocol::Position;
use super::sight::Sight;
use crate::form::FieldKind;
use crate::syntax::chars::{is_blank, is_colon};
use crate::syntax::{FieldName, FileKind, LineKind, SectionKind, Shape};

pub(super) fn complete(sight: &Sight<'_>, position: Position) -> Value {
    let offers = offers(sight, sight.byte(position));
    let items = offers.iter().enumerate().map(|(place, offer)| {
        json!({
            "label": offer.label,
            "kind": offer.kind,
            "detail": offer.detail,
            // In our order, which is that of the form and of nearness
            "sortText": format!("{place:04}"),
            "filterText": offer.filter(),
            "textEdit": { "range": sight.range(offer.stretch.clone()), "newText": offer.text },
        })
    });
    let is_incomplete = offers.iter().any(|offer| offer.is_of_typed);
    json!({ "isIncomplete": is_incomplete, "items": items.collect::<Vec<_>>() })
}

fn offers(sight: &Sight<'_>, byte: usize) -> Vec<Offer> {
    let line = sight.line_of(byte);
    let before = sight.text(line.start..byte);
    let typed = before.trim_start_matches(is_blank);
    if typed.starts_with('【') && !typed.contains('】') {
        return headings(sight, byte - typed.len()..heading_end(sight, byte, line.end));
    }
    let section = sight.section_at(byte);
    let kind = section.and_then(|section| section.kind);
    let is_head = matches!(kind, Some(SectionKind::Head(_)));
    let is_heading_line = section.is_some_and(|section| line.contains(&section.heading.start));
    if is_head && !is_heading_line {
        return match before.find(is_colon) {
            Some(colon) => values(sight, byte, line.start + colon),
            None => {
                let mut offers = fields(sight, byte - typed.len()..byte);
                if typed.is_empty() {
                    offers.extend(headings(sight, byte..byte));
                }
                offers
            }
        };
    }
    if section.is_none() || (typed.is_empty() && sight.text(byte..line.end).trim().is_empty()) {
        let mut offers = inside(sight, byte, kind, is_heading_line);
        offers.extend(headings(sight, byte..byte).into_iter().filter(|_| !is_heading_line));
        return offers;
    }
    inside(sight, byte, kind, is_heading_line)
}

/// What stands in the lines of a section.
fn inside(sight: &Sight<'_>, byte: usize, kind: Option<SectionKind>, is_heading_line: bool) -> Vec<Offer> {
    let shape = kind.map(|kind| kind.spec().shape);
    match shape {
        Some(Shape::Names) if !is_heading_line => composition(sight, byte),
        Some(Shape::Table | Shape::Photos | Shape::Grades | Shape::Choice) if !is_heading_line => {
            cells(sight, byte, shape)
        }
        Some(Shape::Choice) => cells(sight, byte, shape),
        Some(
            Shape::Names
            | Shape::Table
            | Shape::Photos
            | Shape::Grades
            | Shape::Fields
            | Shape::Prose
            | Shape::Case
            | Shape::Memo
            | Shape::Form,
        )
        | None => Vec::new(),
    }
}

/// The end of a heading that is being typed: behind its 】 where that stands right there.
fn heading_end(sight: &Sight<'_>, byte: usize, line_end: usize) -> usize {
    let rest = sight.text(byte..line_end);
    let name = rest.find(|c: char| c == '】' || is_blank(c) || c == '【').unwrap_or(rest.len());
    match rest.get(name..).and_then(|rest| rest.strip_prefix('】')) {
        Some(_) => byte + name + '】'.len_utf8(),
        None => byte,
    }
}

/// The headings that may come here; those that stand in the file already only where they may be repeated.
fn headings(sight: &Sight<'_>, stretch: Range<usize>) -> Vec<Offer> {
    let offer = |kind: SectionKind| {
        let presence = if kind.is_required() { "必ず書く見出し" } else { "" };
        Offer::new(format!("【{}】", kind.name()), KEYWORD, stretch.clone()).saying(presence)
    };
    if sight.ast.head().is_none_or(|head| stretch.contains(&head.heading.start) || head.heading.start > stretch.start) {
        let titles = [FileKind::Program, FileKind::Chapter, FileKind::Report, FileKind::Form];
        return titles.map(|kind| offer(SectionKind::Head(kind))).into_iter().collect();
    }
    let own = |kind: &SectionKind| {
        let mut there = sight.ast.sections_of(*kind).filter(|section| section.heading.start != stretch.start);
        kind.may_repeat() || there.next().is_none()
    };
    sight.vocabulary.sections_of(sight.kind()).filter(own).map(offer).collect()
}

/// The fields that may stand in this head.
fn fields(sight: &Sight<'_>, stretch: Range<usize>) -> Vec<Offer> {
    let form = sight.form();
    let is_used = |name: &FieldName| form.field(*name).is_none_or(|field| field.kind != FieldKind::None);
    let is_there = |name: FieldName| {
        let head = sight.ast.head();
        let mut lines = head.iter().flat_map(|head| &head.lines);
        lines.any(|line| matches!(line.kind, LineKind::Field { name: own, .. } if own == name))
    };
    let may = |name: &FieldName| is_used(name) && (name.may_repeat() || !is_there(*name));
    let rest = sight.text(stretch.end..sight.line_of(stretch.end).end);
    let end = if rest.starts_with(is_colon) { "" } else { "：" };
    let names = sight.vocabulary.fields_of(sight.kind()).filter(may);
    names
        .map(|name| {
            let word = form.typed_word(name);
            Offer::new(word, FIELD, stretch.clone()).typing(format!("{word}{end}"))
        })
        .collect()
}
