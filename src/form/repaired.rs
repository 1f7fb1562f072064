//! Rows of 【項目】, 【見出し】 and 【評価】 as they were meant: 、 ： ・ or a blank typed for ｜, 【 】 around a name.

use super::lines::{Row, Text, before_colon, parted, parted_by};
use super::messages::fault;
use crate::diagnostic::Diagnostics;
use crate::syntax::chars::{is_blank, is_bullet, is_colon, is_comma, without_blanks};

/// The words of a table of rows.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) kinds: &'static [&'static str],
    /// Kinds behind whose colon words stand
    pub(super) with_words: &'static [&'static str],
    pub(super) conditions: &'static [&'static str],
}

/// The row that was meant, with J073 that shows it; the row itself where nothing is wrong of that.
pub(super) fn repaired(row: &Row, words: Words, diagnostics: &mut Diagnostics) -> Row {
    let bare = without_brackets(row, diagnostics);
    if let Some(moved) = moved(&bare, words) {
        let shown: Vec<&str> = moved.cells.iter().map(|cell| cell.value.as_str()).collect();
        diagnostics.push(fault(
            row.span,
            format!("「{}」の行の、欄の並びが違います。", moved.cell(0).map_or("", |name| name.value.as_str())),
            format!("「{}」と書いてください。欄は左から、名称、種類、条件、別名です。", shown.join("｜")),
        ));
        return moved;
    }
    let Some(cells) = repair_separators(&bare, words) else { return with_parted_conditions(bare, words, diagnostics) };
    say(row, &cells, diagnostics);
    Row { span: row.span, cells }
}

fn say(row: &Row, cells: &[Text], diagnostics: &mut Diagnostics) {
    let shown: Vec<&str> = cells.iter().map(|cell| cell.value.as_str()).collect();
    let signs = cells.windows(2).filter_map(|pair| match pair {
        [one, next] => sign_between(row, one, next),
        _ => None,
    });
    let sign = signs.into_iter().next().unwrap_or_else(|| "「、」".to_string());
    diagnostics.push(fault(
        row.span,
        format!("「｜」で区切るところが{sign}になっています。"),
        format!("「{}」と書いてください。", shown.join("｜")),
    ));
}

/// The sign that stands for ｜ between two cells; none where ｜ itself does.
fn sign_between(row: &Row, one: &Text, next: &Text) -> Option<String> {
    let cell = row.cells.iter().find(|cell| cell.span.start <= one.span.start && next.span.start < cell.span.end)?;
    let between = cell.value.get(one.span.end.checked_sub(cell.span.start)?..next.span.start - cell.span.start)?;
    match between.chars().find(|c| !is_blank(*c)) {
        Some(c) if is_colon(c) => Some("「：」".to_string()),
        Some(c) if is_bullet(c) => Some("「・」".to_string()),
        Some(_) => Some("「、」".to_string()),
        None if between.is_empty() => None,
        None => Some("空白".to_string()),
    }
}

/// The row with each word in its cell: a condition that stands as another name or in front of the kind, and the words of 選択 that
/// stand as conditions. Nothing for a row that has them so.
fn moved(row: &Row, words: Words) -> Option<Row> {
    let is_condition = |part: &Text| words.conditions.contains(&without_blanks(&part.value).as_str()) || is_below(part);
    let is_kind = |cell: &Text| words.kinds.contains(&before_colon(&cell.value).as_str());
    let (name, rest) = row.cells.split_first()?;
    let (kind, mut conditions, others): (Text, Vec<Text>, Vec<Text>) = match rest {
        // 課題｜必須｜文章
        [first, second, more @ ..] if !is_kind(first) && is_kind(second) && parted(first).iter().all(is_condition) => {
            (second.clone(), parted(first), more.iter().flat_map(parted).collect())
        }
        [first, more @ ..] if is_kind(first) => {
            let (conditions, others) =
                more.split_first().map(|(own, others)| (parted(own), others)).unwrap_or_default();
            (first.clone(), conditions, others.iter().flat_map(parted).collect())
        }
        _ => return None,
    };
    let (late, others): (Vec<Text>, Vec<Text>) = others.into_iter().partition(is_condition);
    let has_early = rest.first().is_some_and(|first| !is_kind(first));
    // 選択｜拡充、縮小: what is no condition, and like none, is a choice.
    let is_like = |part: &Text| {
        is_condition(part)
            || crate::syntax::nearest(&part.value, words.conditions.iter().copied()).is_some()
            || part.value.ends_with('層')
    };
    let is_bare = words.with_words.contains(&without_blanks(&kind.value).as_str());
    let listed: Vec<Text> = conditions.iter().filter(|part| !is_like(part)).cloned().collect();
    let kind = match listed.first().filter(|_| is_bare) {
        Some(first) => {
            conditions.retain(|part| is_like(part));
            let choices: Vec<&str> = listed.iter().map(|choice| choice.value.as_str()).collect();
            Text::new(format!("{}：{}", kind.value, choices.join("、")), first.span)
        }
        None if late.is_empty() && !has_early => return None,
        None => kind,
    };
    conditions.extend(late);
    let joined = |parts: &[Text], or: &Text| {
        let words: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        Text::new(words.join("、"), parts.first().unwrap_or(or).span)
    };
    let tail = match (conditions.is_empty(), others.is_empty()) {
        (true, true) => Vec::new(),
        (false, true) => vec![joined(&conditions, &kind)],
        (_, false) => vec![joined(&conditions, &kind), joined(&others, &kind)],
    };
    let cells = [name.clone(), kind].into_iter().chain(tail).collect();
    Some(Row { span: row.span, cells })
}

/// 成果の下
fn is_below(part: &Text) -> bool {
    part.value.ends_with("の下")
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

/// Signs that are taken for ｜.
fn is_sign(c: char) -> bool {
    c == '、' || is_comma(c) || is_colon(c) || is_bullet(c) || is_blank(c)
}

/// The parts of a text between such signs.
fn parted_loosely(text: &Text) -> Vec<Text> {
    parted_by(text, |_, c| is_sign(c))
}

/// The cells of a row in which another sign parts the kind from the name, or the conditions from the kind.
fn repair_separators(row: &Row, words: Words) -> Option<Vec<Text>> {
    let Words { kinds, conditions, .. } = words;
    let is_kind = |cell: &Text| kinds.contains(&without_blanks(&cell.value).as_str());
    let (name, rest) = row.cells.split_first()?;
    let has_kind = rest.first().is_some_and(|cell| parted_loosely(cell).first().is_some_and(is_kind));
    let behind = || rest.split_first();
    // 名称、表、必須; what stands in front of the kind is the name, with its 、.
    let parts = parted(name);
    if let Some(at) = (1..parts.len()).find(|at| parts.get(*at).is_some_and(is_kind)) {
        let own = before(name, parts.get(at)?)?;
        return Some(cells(own, parts.get(at)?.clone(), parts.get(at + 1..)?, behind(), kinds));
    }
    if has_kind {
        // 名称｜文章、必須
        let (kind, behind) = rest.split_first()?;
        let parts = parted(kind);
        let (first, more) = parts.split_first()?;
        if !more.is_empty() && is_kind(first) && !more.iter().all(is_kind) {
            return Some(cells(name.clone(), first.clone(), more, behind.split_first(), kinds));
        }
        // 名称｜文字　必須
        let parts = parted_loosely(kind);
        let (first, more) = parts.split_first()?;
        let are_conditions = more.iter().all(|part| conditions.contains(&part.value.as_str()));
        let is_slip = !more.is_empty() && is_kind(first) && are_conditions;
        return is_slip.then(|| cells(name.clone(), first.clone(), more, behind.split_first(), kinds));
    }
    // 名称：番号：必須, 名称　選択：Ａ、Ｂ; behind ｜ stand conditions, or nothing.
    let is_condition = |part: &Text| conditions.contains(&part.value.as_str());
    if !rest.first().is_none_or(|cell| parted(cell).iter().all(is_condition)) {
        return None;
    }
    let parts = parted_loosely(name);
    let are_conditions = |at: &usize| parts.iter().skip(at + 1).all(is_condition);
    let ats: Vec<usize> = (1..parts.len()).filter(|at| parts.get(*at).is_some_and(is_kind)).collect();
    let at = *ats.iter().find(|at| are_conditions(at)).or(ats.first())?;
    let kind = parts.get(at)?;
    let own = before(name, kind)?;
    let tail = name.value.get(kind.span.end - name.span.start..)?;
    let has_words = tail.trim_start_matches(is_blank).starts_with(is_colon) && !are_conditions(&at);
    if has_words && words.with_words.contains(&kind.value.as_str()) {
        let start = kind.span.start - name.span.start;
        let kind = Text::new(name.value.get(start..)?.to_string(), name.stretch(start..name.value.len()));
        return Some([own, kind].into_iter().chain(rest.iter().cloned()).collect());
    }
    Some(cells(own, kind.clone(), parts.get(at + 1..)?, behind(), kinds))
}

/// 必須・何度でも: the conditions of a row, parted by another sign than 、.
fn with_parted_conditions(row: Row, words: Words, diagnostics: &mut Diagnostics) -> Row {
    let is_condition = |part: &Text| words.conditions.contains(&part.value.as_str());
    let typed: Vec<Text> = row.cell(2).map(parted).unwrap_or_default();
    let split = |part: &Text| {
        let parts = parted_loosely(part);
        if parts.iter().all(is_condition) { parts } else { vec![part.clone()] }
    };
    let meant: Vec<Text> = typed.iter().flat_map(split).collect();
    let Some(first) = meant.first().filter(|_| meant.len() > typed.len()) else { return row };
    let shown: Vec<&str> = meant.iter().map(|part| part.value.as_str()).collect();
    // The place of a text that was not typed so is that of its beginning.
    let joined = Text::new(shown.join("、"), first.span);
    diagnostics.push(fault(
        row.cell(2).map_or(row.span, |cell| cell.span),
        "条件は「、」で区切ります。",
        format!("「{}」と書いてください。", joined.value),
    ));
    row.with_cell(2, joined)
}

/// What stands in a cell in front of one of its parts, without the sign between them.
fn before(cell: &Text, part: &Text) -> Option<Text> {
    let before = cell.value.get(..part.span.start - cell.span.start)?.trim_end_matches(is_sign);
    Some(Text::new(before.to_string(), cell.stretch(0..before.len())))
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

/// A row of 【評価】 in which the grades are parted from the criterion, or from each other, by another sign.
pub(super) fn repaired_grades(row: &Row, diagnostics: &mut Diagnostics) -> Row {
    let meant = match row.cells.as_slice() {
        [whole] => criterion_and_grades(whole),
        // 必要性｜Ａ｜Ｂ｜Ｃ
        [name, grades @ ..] if grades.len() > 1 && grades.iter().all(|grade| is_short(&grade.value)) => {
            Some((name.clone(), grades.to_vec()))
        }
        _ => None,
    };
    let Some((name, grades)) = meant else { return row.clone() };
    let words: Vec<&str> = grades.iter().map(|grade| grade.value.as_str()).collect();
    let place = grades.first().map_or(row.span, |first| first.span);
    let joined = Text::new(words.join("、"), place);
    diagnostics.push(fault(
        row.span,
        format!("観点「{}」の行の区切りが違います。観点と評価の間は「｜」、評価どうしの間は「、」です。", name.value),
        format!("「{}｜{}」と書いてください。", name.value, joined.value),
    ));
    Row { span: row.span, cells: vec![name, joined] }
}

/// 必要性、Ａ、Ｂ、Ｃ; 必要性：高い、低い
fn criterion_and_grades(whole: &Text) -> Option<(Text, Vec<Text>)> {
    let first_sign = |is_sign: fn(char) -> bool| {
        let name = parted_by(whole, |_, c| is_sign(c)).into_iter().next()?;
        let start = name.span.end - whole.span.start;
        let rest = whole.value.get(start..).filter(|rest| rest.chars().any(|c| !is_blank(c)))?;
        let rest = Text::new(rest.to_string(), whole.stretch(start..whole.value.len()));
        let parts: Vec<Text> = parted_loosely(&rest);
        (parts.len() > 1 && parts.iter().all(|part| is_short(&part.value))).then_some((name, parts))
    };
    let is_part = |c: char| c == '、' || is_comma(c);
    first_sign(is_colon)
        .or_else(|| first_sign(is_blank))
        .or_else(|| first_sign(is_part))
        .or_else(|| first_sign(is_bullet))
}

/// A grade, and no criterion: Ａ, 高い, ①, 達成
fn is_short(text: &str) -> bool {
    (1..=3).contains(&text.chars().count()) && !text.contains('、')
}
