//! J044, what other programs leave in a text: the error words of Excel and Word, and the prompts of Word's fields.
//!
//! Widths and case do not matter. What a sentence may rightly hold — TRUE, NaN — counts only where it is the whole line.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::error_word_lists::{
    BARE_OF_EXCEL, CUT_OFF_OF_EXCEL, ERROR_NUMBERS, EXAMPLES, OF_EXCEL, OF_WORD, PROMPTS, WHOLE_PROMPTS, WHOLE_VALUES,
};
use super::normalized::Narrow;
use super::unit::counter_at;
use crate::diagnostic::Severity;
use crate::syntax::chars::is_blank;

/// What was found, by bytes, with the way to fix it.
pub(super) struct ErrorWord {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) help: &'static str,
    pub(super) severity: Severity,
}

impl ErrorWord {
    pub(super) fn new(start: usize, end: usize, help: &'static str) -> Self {
        Self { start, end, help, severity: Severity::Error }
    }
}

/// Every such word of a line.
pub(super) fn find_all(text: &Narrow<'_>) -> Vec<ErrorWord> {
    let line = text.line;
    if let Some(help) = whole_line(text) {
        let start = line.len() - line.trim_start_matches(is_blank).len();
        return vec![ErrorWord::new(start, line.trim_end_matches(is_blank).len().max(start), help)];
    }
    let mut found = Vec::new();
    let mut index = 0;
    while index < text.chars.len() {
        let (length, help) = word_at(text, index).unwrap_or((0, ""));
        if length > 0 {
            found.push(ErrorWord::new(text.offset(index), text.offset(index + length), help));
        }
        index += length.max(text.run_of_signs(index)).max(1);
    }
    found
}

const FROM_EXCEL: &str = "表計算のエラーの表示です。元の表の計算を直し、正しい値を書いてください。";
const TOO_NARROW: &str = "表計算で列の幅が足りないときの表示です。元の表で列を広げ、値を書いてください。";
const SCIENTIFIC: &str = "けたの多い数が表計算で縮められたものです。元の数を「123,456」のように書いてください。";
const TRUTH: &str = "計算や入力欄の結果がそのまま入ったものです。決まった内容に書き換えてください。";
const FROM_WORD: &str = "Word の相互参照が切れた表示です。指していた番号や名前を書いてください。";
const PROMPT: &str = "記入欄の案内の文です。決まった内容に書き換えてください。";

/// What is wrong with a line as a whole.
fn whole_line(text: &Narrow<'_>) -> Option<&'static str> {
    let word = text.word()?;
    let line = word.as_str();
    let bare = line.trim_end_matches(['。', '.']);
    if WHOLE_VALUES.contains(&line) {
        return Some(TRUTH);
    }
    if [BARE_OF_EXCEL, CUT_OFF_OF_EXCEL, ERROR_NUMBERS].iter().any(|words| words.contains(&line)) {
        return Some(FROM_EXCEL);
    }
    if WHOLE_PROMPTS.contains(&bare) {
        return Some(PROMPT);
    }
    (line.chars().count() >= 2 && line.chars().all(|c| c == '#')).then_some(TOO_NARROW)
}

/// The length in characters of what begins at a place.
fn word_at(text: &Narrow<'_>, index: usize) -> Option<(usize, &'static str)> {
    match text.at(index)? {
        '#' => match text.run_of_signs(index) {
            1 => {
                let word = OF_EXCEL.iter().find(|word| text.reads(index + 1, word))?;
                let goes_on = text.at(index + 1 + word.len()).is_some_and(|c| c.is_ascii_alphanumeric());
                (!goes_on).then_some((1 + word.len(), FROM_EXCEL))
            }
            // ## in the place of a number: ##名, ###千円.
            run => (run >= 4 || starts_with_unit(text, index + run)).then_some((run, TOO_NARROW)),
        },
        '0'..='9' => scientific_at(text, index).map(|length| (length, SCIENTIFIC)),
        // LibreOffice: Err:502
        'E' if text.reads(index, "ERR:") && text.count_from(index + 4, |c| c.is_ascii_digit()) == 3 => {
            Some((7, FROM_EXCEL))
        }
        // A field of a mail merge that was not filled
        '«' => {
            let length = text.chars.iter().skip(index).take(40).position(|(_, c)| *c == '»')?;
            Some((length + 1, PROMPT))
        }
        'エ' | 'E' => broken_reference_at(text, index).map(|length| (length, FROM_WORD)),
        '参' => text.reads(index, "参照元が見つかりません").then_some((11, FROM_WORD)),
        '(' | '【' | '[' if index == 0 => {
            let mark = EXAMPLES.iter().find(|mark| text.reads(0, mark))?;
            Some((mark.chars().count(), PROMPT))
        }
        c if begins_prompt(c) => {
            PROMPTS.iter().find(|prompt| text.reads(index, prompt))?;
            // To the end of its sentence: Word's are short, a hostile line is long.
            let length = text.chars.iter().skip(index).take(60).take_while(|(_, c)| *c != '。').count();
            Some((length + usize::from(text.at(index + length) == Some('。')), PROMPT))
        }
        _ => None,
    }
}

/// Whether a prompt may begin with a character: nearly all of a text begin none.
fn begins_prompt(c: char) -> bool {
    static BEGINNINGS: LazyLock<BTreeSet<char>> =
        LazyLock::new(|| PROMPTS.iter().filter_map(|prompt| prompt.chars().next()).collect());
    BEGINNINGS.contains(&c)
}

fn starts_with_unit(text: &Narrow<'_>, index: usize) -> bool {
    let after: String = text.chars.iter().skip(index).take(4).map(|(_, c)| *c).collect();
    counter_at(&after).is_some() || ["円", "千円", "%", "百万円", "億円"].iter().any(|unit| after.starts_with(unit))
}

/// 1.23E+05; a code such as A1E05 or 2E05 is none, and without a point neither is 12E-05.
fn scientific_at(text: &Narrow<'_>, index: usize) -> Option<usize> {
    let before = index.checked_sub(1).and_then(|index| text.at(index));
    // A sign is none of a code's: -1.23E+05, but not HX-12E+05.
    let before_sign = index.checked_sub(2).and_then(|index| text.at(index));
    let is_sign = matches!(before, Some('-' | '−')) && !before_sign.is_some_and(|c| c.is_ascii_alphanumeric());
    if !is_sign && before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/')) {
        return None;
    }
    let digits = |from: usize| text.count_from(from, |c| c.is_ascii_digit());
    let mut at = index + digits(index);
    let has_point = text.at(at) == Some('.') && digits(at + 1) > 0;
    if has_point {
        at += 1 + digits(at + 1);
    }
    let is_power = text.at(at) == Some('E')
        && match text.at(at + 1) {
            Some('+') => true,
            Some('-') => has_point,
            _ => false,
        };
    // 1.23E5, as a person types it
    let is_typed = text.at(at) == Some('E') && has_point && digits(at + 1) > 0;
    let at = if is_typed { at - 1 } else { at };
    let end = at + 2 + digits(at + 2);
    let ends = !text.at(end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    let places = if has_point { 1..=3 } else { 2..=3 };
    ((is_power || is_typed) && places.contains(&digits(at + 2)) && ends).then_some(end - index)
}

/// エラー! 参照元が見つかりません。 and its kin, up to the end of the sentence.
fn broken_reference_at(text: &Narrow<'_>, index: usize) -> Option<usize> {
    let mark = ["エラー!", "ERROR!"].into_iter().find(|mark| text.reads(index, mark))?;
    let mark = mark.chars().count();
    // Word's sentences are short; a hostile line is long.
    let sentence: String = text.chars.iter().skip(index + mark).take(60).map(|(_, c)| *c).collect();
    let end = sentence
        .char_indices()
        .find(|(_, c)| matches!(c, '。' | '.'))
        .map_or(sentence.len(), |(at, c)| at + c.len_utf8());
    let sentence = sentence.get(..end)?;
    OF_WORD.iter().any(|word| sentence.contains(word)).then(|| mark + sentence.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<&str> {
        find_all(&Narrow::new(line)).iter().map(|found| &line[found.start..found.end]).collect()
    }

    #[test]
    fn what_excel_leaves() {
        for line in [
            "#REF!",
            "＃ＲＥＦ！",
            "#DIV/0!",
            "#N/A",
            "#n/a",
            "#VALUE!",
            "#NAME?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#CALC!",
            "#GETTING_DATA",
            "########",
            "＃＃＃＃＃",
            "##",
            "1.23E+05",
            "1.23E+5",
            "1.23E5",
            "１．２３Ｅ＋０５",
            "1E+12",
            "4.5E-03",
            "TRUE",
            "　FALSE",
            "ＴＲＵＥ",
            "NaN",
            "null",
            "undefined",
            "VALUE!",
            "#VALUE",
            "＃REF",
            "None",
            "nan",
            "ＤＩＶ/0！",
            "-2146826246",
            "Err:502",
            "«来場者数»",
        ] {
            assert_eq!(found(line), [line.trim()], "{line}");
        }
        assert_eq!(found("参加者は#REF!名、応募は1.2E+05件であった。"), ["#REF!", "1.2E+05"]);
        assert_eq!(found("－1.23E+05"), ["1.23E+05"]);
        assert_eq!(found("前年度比#DIV/0!%"), ["#DIV/0!"]);
        assert_eq!(found("参加者は##名、費用は＃＃＃千円であった。"), ["##", "＃＃＃"]);
    }

    #[test]
    fn what_word_leaves() {
        for line in [
            "エラー! 参照元が見つかりません。",
            "エラー！　参照元が見つかりません。",
            "エラー! ブックマークが定義されていません。",
            "エラー! ハイパーリンクの参照が正しくありません。",
            "Error! Reference source not found.",
            "Error! Bookmark not defined.",
            "参照元が見つかりません",
        ] {
            assert_eq!(found(line), [line], "{line}");
        }
        assert_eq!(found("詳しくはエラー! 参照元が見つかりません。を見る。"), ["エラー! 参照元が見つかりません。"]);
        for whole in [
            "エラー! ハイパーリンクの参照に誤りがあります。",
            "エラー! ファイル名が無効です。",
            "エラー! 不明なドキュメント プロパティ名です。",
            "エラー! メイン文書だけで使用できます。",
            "図表目次項目が見つかりません。",
            "No table of figures entries found.",
            "#ERROR!",
            "!構文エラー",
        ] {
            assert_eq!(found(whole).concat().trim_end_matches('.'), whole.trim_end_matches('.'));
        }
        for line in [
            "ここをクリックまたはタップしてテキストを入力してください。",
            "クリックまたはタップしてテキストを入力してください。",
            "Click or tap here to enter text.",
            "Click or tap to enter a date.",
            "Choose an item.",
            "アイテムを選択してください。",
            "日付を入力するには、ここをクリックまたはタップしてください。",
            "日付を選択してください。",
            "ここに文字を入力",
            "※200字以内で記入してください。",
            "（記入例）会を開いた。",
        ] {
            assert_eq!(found(line).len(), 1, "{line}");
        }
    }

    #[test]
    fn right_words_stay_silent() {
        for line in [
            "#1",
            "＃みなと のハッシュタグで発信した。",
            "#NAMETAG と #REFORM で募集した。",
            "A1E05",
            "型番はHX-12E+05である。",
            "2E05系統",
            "C#とC++の講座",
            "## 見出し",
            "##みなと のハッシュタグ",
            "Good VALUE! を合言葉とした。",
            "「TRUE NORTH」を商品名とした。",
            "エラーが出た場合は申請書を紙で受け付けた。",
            "入力エラー！をなくす運動を行った。",
            "ERROR!という題の演劇を上演した。",
            "利用者は画面をタップして選択する。",
            "申請書（記入例）を配布した。",
            "希望する日付を選択してください、と案内した。",
            "40E",
            "Err:1 の対処",
        ] {
            assert_eq!(found(line), Vec::<&str>::new(), "{line}");
        }
    }
}
