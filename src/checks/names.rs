//! J050: one name written in two ways in one program.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use strsim::generic_levenshtein;

use super::texts::{for_each_prose, for_each_text_of_program};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Program, Text};
use crate::natural_order::digit;
use crate::source::Span;
use crate::syntax::chars::{is_blank, is_digit};

/// A shorter name is near to too many words.
const SHORTEST: usize = 5;
/// From this length on two characters may differ.
const LONG: usize = 8;
const LONGEST: usize = 40;
/// How many characters a variant must share with the name at either end.
const ANCHOR: usize = 2;

/// A file in which so many places begin as names do is not one that a person wrote.
const MOST_LOOKS: usize = 200_000;

/// Brackets that hold names.
const BRACKETS: &[(char, char)] = &[('「', '」'), ('『', '』'), ('（', '）'), ('(', ')')];

/// What may come and go without making another name: small words, marks, widths.
const SMALL: &str = "のとやをにはがでもれり・･、，,／/～〜「」『』（）()ー－-等";

/// Where two names differ in these they are two things of one series.
const SERIES: &str =
    "一二三四五六七八九十上中下前後初高低大小東西南北春夏秋冬男女新旧甲乙丙左右内外午夜昼朝父母親子兄弟";

/// A name and where it was read.
struct TypedName {
    chars: Vec<char>,
    typed: String,
    span: Span,
}

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    let names = names_of(program);
    if names.is_empty() {
        return;
    }
    let mut lines: Vec<Text> = Vec::new();
    for_each_text_of_program(program, &mut |text| lines.extend_from_slice(text.lines));
    let lines: Vec<(&Text, Vec<(usize, char)>)> = lines.iter().map(|line| (line, unified(&line.value))).collect();
    let anchors = anchors_of(&names, &lines);
    let mut said: BTreeSet<[Vec<char>; 2]> = BTreeSet::new();
    let mut looks = 0;
    for name in names.values() {
        for (line, start) in anchors.get(&name.anchor()).into_iter().flatten() {
            looks += 1;
            let Some((text, chars)) = lines.get(*line).filter(|_| looks <= MOST_LOOKS) else { return };
            let Some(range) = variant_at(&name.chars, chars, *start) else { continue };
            let stretch: Vec<char> = chars.get(range.clone()).unwrap_or(&[]).iter().map(|(_, c)| *c).collect();
            let mut pair = [name.chars.clone(), stretch];
            pair.sort();
            if said.insert(pair) {
                diagnostics.push(two_ways(name, text, chars, range));
            }
        }
    }
}

/// The names in a program's brackets and title, each once, by their characters.
fn names_of(program: &Program) -> BTreeMap<Vec<char>, TypedName> {
    let mut names: BTreeMap<Vec<char>, TypedName> = BTreeMap::new();
    let mut take = |found: TypedName| {
        names.entry(found.chars.clone()).or_insert(found);
    };
    if let Some(title) = &program.name {
        name_of(&title.value, title.span).into_iter().for_each(&mut take);
        quoted(title).into_iter().for_each(&mut take);
    }
    for_each_prose(program, &mut |block| {
        block.lines.iter().flat_map(quoted).for_each(&mut take);
    });
    names
}

/// Two characters with which a name begins.
type Anchor = [char; ANCHOR];

/// Where the first two characters of each name stand: line, and place in it.
fn anchors_of(
    names: &BTreeMap<Vec<char>, TypedName>,
    lines: &[(&Text, Vec<(usize, char)>)],
) -> BTreeMap<Anchor, Vec<(usize, usize)>> {
    let mut anchors: BTreeMap<Anchor, Vec<(usize, usize)>> =
        names.values().map(|name| (name.anchor(), Vec::new())).collect();
    for (line, (_, chars)) in lines.iter().enumerate() {
        for (start, pair) in chars.windows(ANCHOR).enumerate() {
            let [(_, first), (_, second)] = pair else { continue };
            if let Some(places) = anchors.get_mut(&[*first, *second]) {
                places.push((line, start));
            }
        }
    }
    anchors
}

impl TypedName {
    fn anchor(&self) -> Anchor {
        let mut chars = self.chars.iter().copied();
        [chars.next().unwrap_or(' '), chars.next().unwrap_or(' ')]
    }
}

fn two_ways(name: &TypedName, line: &Text, chars: &[(usize, char)], range: Range<usize>) -> Diagnostic {
    let offset = |index: usize| chars.get(index).map_or(line.value.len(), |(offset, _)| *offset);
    let start = offset(range.start);
    let last = offset(range.end - 1);
    let end = last + line.value.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let typed = line.value.get(start..end).unwrap_or("");
    let span = line.stretch(start..end);
    Diagnostic::new(Code::J050, span, format!("「{}」と「{typed}」があります。", name.typed))
        .help("同じものなら、どちらかに名前をそろえてください。")
        .or_acknowledge("【事業】", typed)
        .related(name.span, "もう1つの書き方はここです")
}

fn name_of(typed: &str, span: Span) -> Option<TypedName> {
    let chars: Vec<char> = unified(typed).into_iter().map(|(_, c)| c).collect();
    let is_name = (SHORTEST..=LONGEST).contains(&chars.len())
        && !chars.iter().any(|c| matches!(c, '。' | '、' | '：' | ':'))
        && chars.iter().filter(|c| is_digit(**c)).count() * 2 < chars.len();
    is_name.then(|| TypedName { chars, typed: typed.to_string(), span })
}

/// The names in brackets of a line; 通称： and the like in front are none of the name.
fn quoted(line: &Text) -> Vec<TypedName> {
    let mut names = Vec::new();
    for (open, close) in BRACKETS {
        for (at, matched) in line.value.match_indices(*open) {
            let start = at + matched.len();
            let rest = line.value.get(start..).unwrap_or("");
            let Some(inner) = rest.find(*close).and_then(|end| rest.get(..end)) else { continue };
            if inner.contains(*open) {
                continue;
            }
            let skipped = inner
                .rfind(['：', ':'])
                .and_then(|colon| inner.get(colon..)?.chars().next().map(|c| colon + c.len_utf8()))
                .unwrap_or(0);
            let typed = inner.get(skipped..).unwrap_or("").trim_matches(is_blank);
            let span = line.stretch(start..start + inner.len());
            names.extend(name_of(typed, span));
        }
    }
    names
}

/// Characters with their places, without blanks, 人財 as 人材, letters and digits at half width.
fn unified(text: &str) -> Vec<(usize, char)> {
    let mut chars: Vec<(usize, char)> = Vec::with_capacity(text.len() / 3);
    for (offset, c) in text.char_indices().filter(|(_, c)| !is_blank(*c)) {
        let c = match c {
            '財' if chars.last().is_some_and(|(_, before)| *before == '人') => '材',
            '（' => '(',
            '）' => ')',
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c),
        };
        chars.push((offset, c));
    }
    chars
}

/// The stretch at a place that begins and ends as the name does and differs from it by a character or two in between.
fn variant_at(name: &[char], line: &[(usize, char)], start: usize) -> Option<Range<usize>> {
    let allowed = if name.len() >= LONG { 2 } else { 1 };
    let tail = name.get(name.len().checked_sub(ANCHOR)?..)?;
    let ends = |length: usize| {
        let end = line.get(start + length - ANCHOR..start + length);
        end.is_some_and(|end| end.iter().map(|(_, c)| c).eq(tail))
    };
    let lengths = (name.len() - allowed).max(SHORTEST - 1)..=name.len() + allowed;
    let stretch_of = |length: usize| line.get(start..start + length).unwrap_or(&[]).iter().map(|(_, c)| *c).collect();
    let candidates = lengths.filter(|length| ends(*length)).map(|length| {
        let stretch: Vec<char> = stretch_of(length);
        (generic_levenshtein(&name.to_vec(), &stretch), length, stretch)
    });
    // Where the name itself stands, nothing is near it.
    let (distance, length, stretch) = candidates.min()?;
    // …事業 and …事業者 are two words.
    let next = line.get(start + length).map(|(_, c)| *c);
    let goes_on = next.is_some_and(|c| "者所費名課室会員".contains(c)) && name.last() != Some(&'会');
    ((1..=allowed).contains(&distance) && !goes_on && is_other_spelling(name, &stretch)).then(|| start..start + length)
}

/// Whether what differs is more than small words, numbers, or the members of a series.
fn is_other_spelling(name: &[char], stretch: &[char]) -> bool {
    let (left, right) = differing(name, stretch);
    // Between kanji a の may come and go; inside a word of kana it is a letter.
    let shared = name.iter().zip(stretch).take_while(|(a, b)| a == b).count();
    let is_in_kana = shared.checked_sub(1).and_then(|last| name.get(last)).is_some_and(|c| ('ぁ'..='ゖ').contains(c));
    let is_small = left.iter().chain(&right).all(|c| SMALL.contains(*c)) && !is_in_kana;
    let has_digit = left.iter().chain(&right).any(|c| is_digit(*c));
    let is_sentence = right.iter().any(|c| "。、をにはが「」（）()".contains(*c));
    // Two characters for two others name another thing, as 会議所 does beside 会.
    let is_exchanged = left.len() == 2 && right.len() == 2;
    let is_chamber = [&left, &right].iter().any(|part| part.iter().collect::<String>() == "議所");
    !is_small && !has_digit && !is_sentence && !is_exchanged && !is_chamber && !is_series(&left, &right)
}

/// What differs counts or parts: 初級 and 上級, A棟 and B棟.
pub(super) fn is_series(left: &[char], right: &[char]) -> bool {
    let counts =
        |part: &[char]| !part.is_empty() && part.iter().all(|c| SERIES.contains(*c) || c.is_ascii_alphabetic());
    counts(left) && counts(right)
}

/// What is left of each when the same beginning and end are taken away.
pub(super) fn differing(a: &[char], b: &[char]) -> (Vec<char>, Vec<char>) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let shorter = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().min(shorter);
    let middle = |chars: &[char]| chars.get(start..chars.len() - end).unwrap_or(&[]).to_vec();
    (middle(a), middle(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(name: &str, line: &str) -> Vec<String> {
        let name: Vec<char> = unified(name).into_iter().map(|(_, c)| c).collect();
        let line = unified(line);
        let starts = (0..line.len()).filter(|at| line[*at..].iter().map(|(_, c)| c).take(ANCHOR).eq(&name[..ANCHOR]));
        let found = starts.filter_map(|start| variant_at(&name, &line, start));
        found.map(|range| line[range].iter().map(|(_, c)| *c).collect()).collect()
    }

    #[test]
    fn another_spelling_of_a_name() {
        assert_eq!(near("人口減少プログラム", "人口減少対策プログラムを行った。"), ["人口減少対策プログラム"]);
        assert_eq!(near("あおもりなでしこ", "通称：あおりなでしこを結成"), ["あおりなでしこ"]);
        assert_eq!(near("職業能力開発総合大学校", "職業能力開発綜合大学校へ"), ["職業能力開発綜合大学校"]);
    }

    #[test]
    fn right_texts_stay_silent() {
        for (name, line) in [
            ("人材確保支援事業", "人財確保支援を行った。"),
            ("人材確保支援センター", "人財確保支援センターを置いた。"),
            ("就職支援セミナー", "就職の支援セミナー"),
            ("合同企業説明会", "合同企業説明会を開いた。"),
            ("初級者コース", "中級者コース"),
            ("第1回交流会", "第2回交流会"),
            ("令和2年度計画", "令和3年度計画"),
            ("研修会A会場", "研修会B会場"),
            ("ものづくり講座（前期）", "ものづくり講座（後期）"),
            ("県内就職率", "県内の就職率"),
            ("青森県商工会連合会", "青森県商工会議所連合会"),
            ("技術力強化補助金", "経営力強化補助金"),
            ("企業見学ツアー", "企業体験ツアー"),
            ("農商工連携支援事業", "農商工連携事業者"),
            ("受入支援", "受入れ支援"),
        ] {
            assert_eq!(near(name, line), Vec::<String>::new(), "{name}");
        }
    }
}
