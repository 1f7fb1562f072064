//! Rows of 【項目】 and 【見出し】 as they were meant: 、 or a blank typed for ｜, 【 】 around a name.

use super::lines::{Row, Text, parted};
use super::messages::fault;
use crate::diagnostic::Diagnostics;
use crate::syntax::chars::{is_blank, is_colon, is_comma, without_blanks};

/// The row that was meant, with J073 that shows it; the row itself where nothing is wrong of that.
pub(super) fn repaired(row: &Row, kinds: &[&str], diagnostics: &mut Diagnostics) -> Row {
    let bare = without_brackets(row, diagnostics);
    let Some(cells) = with_bars(&bare, kinds) else { return bare };
    let shown: Vec<&str> = cells.iter().map(|cell| cell.value.as_str()).collect();
    diagnostics.push(fault(
        row.span,
        "「｜」で区切るところが「、」になっています。",
        format!("「{}」と書いてください。", shown.join("｜")),
    ));
    Row { span: row.span, cells }
}

/// 【目的】｜文章
fn without_brackets(row: &Row, diagnostics: &mut Diagnostics) -> Row {
    let inside = |name: &Text| {
        let text = name.value.strip_prefix('【')?.strip_suffix('】')?;
        Some(Text::new(text.trim_matches(is_blank).to_string(), name.span))
    };
    let Some((name, rest)) = row.cells.split_first() else { return row.clone() };
    let Some(own) = inside(name) else { return row.clone() };
    let cells: Vec<&str> = std::iter::once(&own).chain(rest).map(|cell| cell.value.as_str()).collect();
    diagnostics.push(fault(
        name.span,
        format!("「{}」の「【 】」は要りません。", name.value),
        format!("「{}」と書いてください。", cells.join("｜")),
    ));
    Row { span: row.span, cells: std::iter::once(own).chain(rest.iter().cloned()).collect() }
}

/// The cells of a row in which 、 parts the kind from the name, or the conditions from the kind.
fn with_bars(row: &Row, kinds: &[&str]) -> Option<Vec<Text>> {
    let word = |cell: &Text| without_blanks(cell.value.split(is_colon).next().unwrap_or_default());
    let is_kind = |cell: &Text| kinds.contains(&without_blanks(&cell.value).as_str());
    let begins_kind = |cell: &Text| kinds.contains(&word(cell).as_str());
    let (name, rest) = row.cells.split_first()?;
    let parts = parted(name);
    // 名称、表、必須; what stands in front of the kind is the name, with its 、.
    if let Some(at) = (1..parts.len()).find(|at| parts.get(*at).is_some_and(is_kind)) {
        let start = parts.get(at)?.span.start - name.span.start;
        let before = name.value.get(..start)?.trim_end_matches(|c| is_blank(c) || c == '、' || is_comma(c));
        let own = Text::new(before.to_string(), name.stretch(0..before.len()));
        return Some(cells(own, parts.get(at)?.clone(), parts.get(at + 1..)?, rest.split_first(), kinds));
    }
    // 名称、選択：Ａ、Ｂ
    if let Some(kind) = parts.get(1).filter(|part| begins_kind(part) && rest.is_empty()) {
        let start = kind.span.start - name.span.start;
        let kind = Text::new(name.value.get(start..)?.to_string(), name.stretch(start..name.value.len()));
        return Some(vec![parts.first()?.clone(), kind]);
    }
    // 名称｜文章、必須
    let (kind, behind) = rest.split_first()?;
    let parts = parted(kind);
    let (first, conditions) = parts.split_first()?;
    let is_plain = !conditions.is_empty() && is_kind(first) && !conditions.iter().all(is_kind);
    is_plain.then(|| cells(name.clone(), first.clone(), conditions, behind.split_first(), kinds))
}

/// Name, kind, conditions and other names. A second kind behind ｜ is none of them.
fn cells(name: Text, kind: Text, conditions: &[Text], behind: Option<(&Text, &[Text])>, kinds: &[&str]) -> Vec<Text> {
    let more = behind.map(|(first, _)| first).filter(|first| !kinds.contains(&first.value.as_str()));
    let all: Vec<&Text> = conditions.iter().chain(more).filter(|condition| !condition.value.is_empty()).collect();
    let words: Vec<&str> = all.iter().map(|condition| condition.value.as_str()).collect();
    let place = all.first().map_or(kind.span, |first| first.span);
    let joined = Text::new(words.join("、"), place);
    let others = behind.map(|(_, others)| others).unwrap_or_default();
    let is_bare = joined.value.is_empty() && others.is_empty();
    let conditions = Some(joined).filter(|_| !is_bare);
    [name, kind].into_iter().chain(conditions).chain(others.iter().cloned()).collect()
}
