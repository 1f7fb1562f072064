//! J044, a place left blank where a figure was to go: 参加者は　名でした, 延べ　　人が, 令和　年　月　日.
//!
//! A word may rightly stand behind a blank (それは　人が集う場である); so what follows the counter must speak of its number.

use super::heading_of;
use super::texts::CheckedText;
use super::unit::counter_at;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Text;
use crate::source::Files;
use crate::syntax::chars::is_blank;

/// Behind these only a number can come.
const BEFORE_A_NUMBER: &[&str] = &["延べ", "延", "約", "合計", "総勢"];
const BEFORE: &[&str] = &["は", "が", "も", "に", "で", "を", "計", "、"];
/// Counters that are words of their own: それは　本である. Before them stands what is counted: 参加者は　人でした.
const WORDS: &[&str] = &[
    "人",
    "本",
    "部",
    "店",
    "班",
    "組",
    "台",
    "便",
    "戸",
    "棟",
    "社",
    "校",
    "円",
    "企業",
    "団体",
    "施設",
    "事業者",
    "事業所",
    "世帯",
    "講座",
    "コース",
    "品目",
    "種類",
    "店舗",
];
const COUNTED: &[char] = &['者', '数', '員', '生', '客', '計', '額', '費', '金', '料', '高', '校', '社'];
const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円", "％", "%"];
/// Words about a number.
const OF_A_NUMBER: &[&str] = &[
    "でし",
    "であ",
    "だっ",
    "です",
    "で、",
    "、",
    "。",
    "と、",
    "とな",
    "の参加",
    "が参加",
    "の出席",
    "が出席",
    "の来場",
    "が来場",
    "の応募",
    "が応募",
    "の申",
    "が申",
    "の利用",
    "が利用",
    "を超",
    "を上",
    "を下",
    "に達",
    "に上",
    "に増",
    "に減",
    "増",
    "減",
    "以上",
    "未満",
    "程度",
    "開催",
    "実施",
    "行い",
    "行っ",
    "の相談",
    "を支援",
    "を採択",
    "を交付",
    "を開",
    "を実施",
];

pub(super) fn check(text: &CheckedText<'_>, files: &Files, diagnostics: &mut Diagnostics) {
    for line in text.lines.iter().filter(|_| !text.is_cell) {
        for (start, end) in find_all(&line.value) {
            diagnostics.push(message(line, start, end, files));
        }
    }
}

fn message(line: &Text, start: usize, end: usize, files: &Files) -> Diagnostic {
    let word = line.value.get(start..end).unwrap_or("");
    Diagnostic::new(Code::J044, line.stretch(start..end), format!("「{word}」の、数の入る所が空いています。"))
        .help("決まった数を書いてください。")
        .or_acknowledge(heading_of(files.get(line.span.file)), word)
}

/// Each gap with the words around it.
fn find_all(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line.get(at..).and_then(|rest| rest.find(is_blank)).map(|start| at + start) {
        let rest = line.get(start..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
        let (before, after) = (line.get(..start).unwrap_or(""), line.get(start + blanks..).unwrap_or(""));
        let gap = day(before, after).or_else(|| count(before, after));
        if let Some((first, length)) = gap {
            found.push((start - first, start + blanks + length));
        }
        at = start + blanks + gap.map_or(0, |(_, length)| length);
    }
    found
}

/// How much before and behind a gap belongs to a count.
fn count(before: &str, after: &str) -> Option<(usize, usize)> {
    let counter = counter_at(after).or_else(|| MONEY.iter().copied().find(|unit| after.starts_with(unit)))?;
    let word = BEFORE_A_NUMBER.iter().chain(BEFORE).find(|word| before.ends_with(**word))?;
    let rest = after.get(counter.len()..)?;
    let counted = before.strip_suffix(word).unwrap_or(before);
    if WORDS.contains(&counter) && BEFORE.contains(word) && !counted.ends_with(COUNTED) {
        return None;
    }
    let particle = rest.starts_with(['が', 'の', 'を', 'に', 'で', 'と']) && BEFORE_A_NUMBER.contains(word);
    let is_said = particle || OF_A_NUMBER.iter().any(|said| rest.starts_with(said));
    is_said.then_some((word.len(), counter.len()))
}

/// 　月　日, behind 令和　年 or alone; the blank before 月 is the gap at hand.
fn day(before: &str, after: &str) -> Option<(usize, usize)> {
    let is_open =
        before.chars().next_back().is_none_or(|c| !c.is_numeric() && !"〇一二三四五六七八九十正元".contains(c));
    let year = after.strip_prefix('年').map_or(after, |rest| rest.trim_start_matches(is_blank));
    let behind = year.strip_prefix('月')?;
    let day = behind.trim_start_matches(is_blank);
    let is_day = day.starts_with('日') && !day.starts_with("日本") && day.len() < behind.len();
    // The first gap of 令和　年　月　日 takes the others.
    (is_open && is_day).then(|| (0, after.len() - day.len() + '日'.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        find_all(line).iter().map(|(start, end)| &line[*start..*end]).collect()
    }

    #[test]
    fn gaps() {
        for (line, gap) in [
            ("参加者は　名でした。", "は　名"),
            ("参加者は 名であった。", "は 名"),
            ("参加者は　人であった。", "は　人"),
            ("延べ　　人が参加した。", "延べ　　人"),
            ("相談会を　回開催した。", "を　回"),
            ("費用は　　千円で、前年度を下回った。", "は　　千円"),
            ("達成率は　％となった。", "は　％"),
            ("約　件の相談があった。", "約　件"),
            ("令和　年　月　日に開いた。", "　年　月　日"),
            ("会は　月　日に開いた。", "　月　日"),
        ] {
            assert_eq!(found(line), [gap], "{line}");
        }
    }

    #[test]
    fn blanks_stay_silent() {
        for line in [
            "それは　人が集う場である。",
            "参加者は　名簿に載せた。",
            "参加者は　20名でした。",
            "延べ　人数",
            "会場は　社の会議室である。",
            "相談会　回数",
            "正 月 日和",
            "1 月 3 日",
            "火　水　木　金　土　月　日本",
            "月　火　水　木　金　土　日",
            "約　2回",
            "担当は　本庁の課である。",
            "会を　部会で開いた。",
            "贈り物は　本であった。",
            "主役は　人である。",
            "会場は　店で、海に近い。",
        ] {
            assert_eq!(found(line), Vec::<&str>::new(), "{line}");
        }
    }
}
