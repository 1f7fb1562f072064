//! J044, a place left blank where a figure was to go: 参加者は　名でした, 延べ　　人が, 第　回, 令和　年　月　日. Whole cells: `open_cells`.
//!
//! A word may rightly stand behind a blank (それは　人が集う場である); so what follows the counter must speak of its number.

use super::gap_words::{
    AT_THE_START, BEFORE, BEFORE_A_NUMBER, BEHIND_BRACKETS, COUNTED, DONE_BY_MANY, MONEY, OF_A_NUMBER, ORDINALS, WORDS,
};
use super::heading_of;
use super::texts::CheckedText;
use super::unit::counter_at;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Era, Text};
use crate::source::Files;
use crate::syntax::chars::{is_blank, is_digit};

pub(super) fn check(text: &CheckedText<'_>, files: &Files, diagnostics: &mut Diagnostics) {
    if text.is_cell {
        return;
    }
    for (index, line) in text.lines.iter().enumerate() {
        // What goes on from a figure in the line before was parted from it.
        let before = files.get(line.span.file).text().get(..line.span.start).unwrap_or("");
        let goes_on = index > 0 || before.trim_end().ends_with(is_digit);
        if let Some(end) = opening(&line.value).filter(|_| !goes_on) {
            diagnostics.push(message(line, 0, end, files));
        }
        for (start, end) in find_all(&line.value) {
            diagnostics.push(message(line, start, end, files));
        }
    }
}

pub(super) fn message(line: &Text, start: usize, end: usize, files: &Files) -> Diagnostic {
    let word = line.value.get(start..end).unwrap_or("");
    Diagnostic::new(Code::J044, line.stretch(start..end), format!("「{word}」の、数の入る所が空いています。"))
        .help("決まった数を書いてください。")
        .or_acknowledge(heading_of(files.get(line.span.file)), word)
}

/// Each gap with the words around it.
pub(super) fn find_all(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = line.get(at..).and_then(|rest| rest.find(is_blank)).map(|start| at + start) {
        let rest = line.get(start..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
        let (before, after) = (line.get(..start).unwrap_or(""), line.get(start + blanks..).unwrap_or(""));
        let gap = day(before, after)
            .or_else(|| year(before, after))
            .or_else(|| ordinal(before, after))
            .or_else(|| bracket(before, after))
            .or_else(|| count(before, after))
            .or_else(|| before.ends_with('。').then(|| opening(after)).flatten().map(|length| (0, length)));
        if let Some((first, length)) = gap {
            found.push((start - first, start + blanks + length));
        }
        at = start + blanks + gap.map_or(0, |(_, length)| length);
    }
    found
}

/// The counter that a text begins with in the place of a figure.
fn opening(text: &str) -> Option<usize> {
    let counter = counter_at(text).filter(|counter| !WORDS.contains(counter))?;
    let rest = text.get(counter.len()..)?;
    AT_THE_START.iter().chain(DONE_BY_MANY).any(|said| rest.starts_with(said)).then_some(counter.len())
}

/// 令和　年度, with the month and the day behind it where they are open too.
fn year(before: &str, after: &str) -> Option<(usize, usize)> {
    let era = Era::recent().iter().map(Era::name).find(|era| before.ends_with(*era))?;
    let rest = after.strip_prefix('年').filter(|rest| !rest.starts_with(['号', '間', '代']))?;
    let open = |rest: &str, unit: char| {
        let behind = rest.trim_start_matches(is_blank);
        let is_open = behind.len() < rest.len() && !behind.starts_with("日本");
        behind.strip_prefix(unit).filter(|_| is_open).map(str::len)
    };
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let month = open(rest, '月').unwrap_or(rest.len());
    let day = after.get(after.len() - month..).and_then(|rest| open(rest, '日')).filter(|_| month < rest.len());
    Some((era.len(), after.len() - day.unwrap_or(month)))
}

/// 第　回
fn ordinal(before: &str, after: &str) -> Option<(usize, usize)> {
    let unit = ORDINALS.iter().find(|unit| after.starts_with(**unit)).filter(|_| before.ends_with('第'))?;
    Some(('第'.len_utf8(), unit.len()))
}

/// （　）名, （　）を実施した
fn bracket(before: &str, after: &str) -> Option<(usize, usize)> {
    let open = before.chars().next_back().filter(|c| matches!(c, '（' | '('))?;
    let close = after.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let behind = after.get(close.len_utf8()..)?;
    let unit = counter_at(behind).or_else(|| MONEY.iter().copied().find(|unit| behind.starts_with(unit)));
    let goes_on = behind.is_empty() || BEHIND_BRACKETS.iter().any(|word| behind.starts_with(word));
    (unit.is_some() || goes_on).then(|| (open.len_utf8(), close.len_utf8() + unit.map_or(0, str::len)))
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
    // 参加者は　名, and nothing behind it
    let is_end = rest.is_empty() && (BEFORE_A_NUMBER.contains(word) || counted.ends_with(COUNTED));
    let is_said = particle || is_end || OF_A_NUMBER.iter().chain(DONE_BY_MANY).any(|said| rest.starts_with(said));
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
            ("講習会を　回開いた。", "を　回"),
            ("総額　　円を助成した。", "総額　　円"),
            ("（　　）を開催した。", "（　　）"),
            ("協力者は（　）人であった。", "（　）人"),
            ("令和　年　月から始めた。", "令和　年　月"),
            ("令和　年度の会である。", "令和　年度"),
            ("第　回の大会を開いた。", "第　回"),
            ("協力者は　人", "は　人"),
            ("およそ、約　　件", "約　　件"),
            ("窓口を開いた。　　件の申請があった。", "　　件"),
        ] {
            assert_eq!(found(line), [gap], "{line}");
        }
    }

    #[test]
    fn counters_at_the_head_of_a_line() {
        for text in ["件の申請があった。", "名が出席した。", "回開いた。"] {
            assert!(opening(text).is_some(), "{text}");
        }
        for text in ["件の話である。", "名は体を表す。", "件名の一覧", "回を重ねた。", "人の参加を促した。", "社の申請"]
        {
            assert!(opening(text).is_none(), "{text}");
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
            "（　）内は前年度の数である。",
            "数は（　）書きで示した。",
            "第　一　回　大　会",
            "令和　元　年",
            "令和　年号の由来",
            "総額　20千円を助成した。",
            "会を開いた。　件数は多い。",
            "個　人　と　法　人",
            "主催は　社",
            "協力者は　個人",
        ] {
            assert_eq!(found(line), Vec::<&str>::new(), "{line}");
        }
    }
}
