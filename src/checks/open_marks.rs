//! Marks in the place of what is to be filled in later: ○○, XX名, 【　】, ［事業名］.

use crate::syntax::chars::{is_blank, is_circle};

/// The names that forms put in brackets where something is to be written.
const BLANK_NAMES: &[&str] =
    &["金額", "数値", "件数", "人数", "日付", "月日", "場所", "会場", "年度", "記入欄", "入力欄"];

/// The ends of further ones: 担当課名.
const BLANK_ENDS: &[&str] =
    &["事業名", "課名", "団体名", "施設名", "学校名", "氏名", "会社名", "企業名", "市町村名", "地区名"];

/// What templates call their fields, beside those.
const NAMES_IN_CELLS: &[&str] = &[
    "実績",
    "実績値",
    "目標",
    "目標値",
    "計画",
    "値",
    "単位",
    "達成率",
    "前年度",
    "当年度",
    "項目名",
    "指標名",
    "備考",
];

/// What stands behind a number that is left open: ○名, XX件, □□回.
const COUNTED: &str = "月日名人件回社校円";

/// Further ones, of which some are things as well: ○施設 at the head of a line is a heading.
const COUNTED_WORDS: &[&str] =
    &["団体", "事業者", "事業所", "か所", "カ所", "ヶ所", "箇所", "施設", "世帯", "千円", "市町村", "％", "%"];

/// The longest empty 【 】 that is looked for.
const LONGEST_BLANK: usize = 40;

/// Byte ranges of all placeholders, in one walk: a hostile line is long.
pub(super) fn find_all(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(offset, _)| *offset);
    let mut found = Vec::new();
    let mut index = 0;
    while let Some((offset, _)) = chars.get(index) {
        let length = placeholder_at(&chars, index);
        if length > 0 {
            found.push((*offset, end_of(index + length)));
        }
        index += length.max(run_at(&chars, index)).max(1);
    }
    found
}

/// How many of one mark stand in a row; one for what is no such mark.
fn run_at(chars: &[(usize, char)], index: usize) -> usize {
    let Some((_, first)) = chars.get(index).filter(|(_, c)| is_mark(*c)) else { return 1 };
    chars.iter().skip(index).take_while(|(_, other)| is_same(*first, *other)).count()
}

fn is_mark(c: char) -> bool {
    is_circle(c) || matches!(c, '●' | '×' | 'あ')
}

/// The length in characters of the placeholder that begins at a place; none for none.
fn placeholder_at(chars: &[(usize, char)], index: usize) -> usize {
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let Some(c) = at(index) else { return 0 };
    let before = index.checked_sub(1).and_then(at);
    if is_mark(c) {
        let run = run_at(chars, index);
        let after = at(index + run);
        let is_number = c == '〇' && [before, after].into_iter().flatten().any(is_kanji_digit);
        // ○月○日, ○名: one mark in the place of a number.
        let is_of_date = |after: char| COUNTED.contains(after) || (after == '年' && before == Some('和'));
        let reads = |word: &&str| word.chars().enumerate().all(|(offset, c)| at(index + run + offset) == Some(c));
        let is_counted = after.is_some_and(is_of_date)
            || (before.is_some_and(|before| !is_blank(before)) && COUNTED_WORDS.iter().any(reads));
        let is_blank_number = run == 1 && (is_circle(c) || c == '●') && is_counted;
        let is_run = if c == 'あ' { run >= 3 } else { run >= 2 };
        return if (is_run || is_blank_number) && !is_number { run } else { 0 };
    }
    // □□名, ＊＊件: signs in the place of a number
    if matches!(c, '□' | '＊' | '*' | '_' | '＿' | '△' | '▲' | '■' | '◆' | '◇' | '◎') && before != Some(c)
    {
        let run = (index..).take_while(|index| at(*index) == Some(c)).count();
        let is_number = run >= 2 && at(index + run).is_some_and(|c| COUNTED.contains(c));
        return if is_number { run } else { 0 };
    }
    if c == '〓' {
        return 1;
    }
    let reads = |word: &str| word.chars().enumerate().all(|(offset, c)| at(index + offset) == Some(c));
    let stands_alone = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    if (reads("TODO") || reads("ＴＯＤＯ")) && stands_alone(before) && stands_alone(at(index + 4)) {
        return 4;
    }
    // XX名, ＸＸ件: letters in the place of a number. 20XX年 is none.
    let is_x = |c: Option<char>| matches!(c, Some('X' | 'Ｘ' | 'x' | 'ｘ'));
    if is_x(Some(c)) && stands_alone(before) {
        let run = (index..).take_while(|index| is_x(at(*index))).count();
        let after = at(index + run);
        // One letter may be a name: X社. x月x日 is a day.
        let is_day =
            (after == Some('月') && is_x(at(index + run + 1))) || (after == Some('日') && before == Some('月'));
        let is_number = is_day || (run >= 2 && after.is_some_and(|c| COUNTED.contains(c)));
        return if is_number || (after == Some('年') && before == Some('和')) { run } else { 0 };
    }
    if c == '【' {
        let blanks = chars.iter().skip(index + 1).take(LONGEST_BLANK).take_while(|(_, c)| is_blank(*c)).count();
        return if at(index + 1 + blanks) == Some('】') { blanks + 2 } else { 0 };
    }
    blank_name_at(chars, index)
}

/// 《実績》 as a whole cell: in a line of prose it is a heading that somebody drew.
pub(super) fn is_name_of_form(cell: &str) -> bool {
    let name = cell.trim_matches(is_blank).strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    name.is_some_and(|name| NAMES_IN_CELLS.contains(&name))
}

/// ［事業名］, 〔金額〕: what a form asks for, left as it is.
fn blank_name_at(chars: &[(usize, char)], index: usize) -> usize {
    const LONGEST: usize = 8;
    let close = match chars.get(index) {
        Some((_, '［' | '[')) => ['］', ']'],
        Some((_, '〔')) => ['〕', '〕'],
        Some((_, '＜' | '<')) => ['＞', '>'],
        Some((_, '《')) => ['》', '》'],
        _ => return 0,
    };
    let name: String =
        chars.iter().skip(index + 1).take(LONGEST + 1).map(|(_, c)| *c).take_while(|c| !close.contains(c)).collect();
    let length = name.chars().count();
    let is_closed = chars.get(index + 1 + length).is_some_and(|(_, c)| close.contains(c));
    let is_name = BLANK_NAMES.contains(&name.as_str()) || BLANK_ENDS.iter().any(|end| name.ends_with(end));
    if is_closed && is_name { length + 2 } else { 0 }
}

fn is_same(a: char, b: char) -> bool {
    a == b || (is_circle(a) && is_circle(b))
}

fn is_kanji_digit(c: char) -> bool {
    "一二三四五六七八九十百千".contains(c)
}
