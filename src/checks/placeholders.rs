//! J044: what was typed to be filled in later.

use super::normalized::Narrow;
use super::texts::CheckedText;
use super::{error_words, heading_of, open_marks, sheet_values};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::Text;
use crate::source::{Files, Span};
use crate::syntax::chars::{is_blank, is_circle, is_ditto};

/// Words that mean "not settled yet".
const UNSETTLED: &[&str] = &["調整中", "要確認"];

const SETTLE: &str = "決まった内容に書き換えてください。";
const UNREAD: &str = "取り込みや印刷で読み取れなかった所の印です。元の資料を見て、正しい文字や値を書いてください。";

/// Cells that send the reader to the one beside them.
const BESIDE: &[&str] = &["同左", "同右", "左に同じ", "右に同じ"];
const NO_BESIDE: &str = "同じ値でも、その欄に値を書いてください。";
const NO_ABOVE: &str = "本には上の事業と続けて載るとは限りません。その文を書いてください。";
/// Lines that send the reader to a paper that the book does not hold.
const ENCLOSED: &[&str] = &["別紙", "別添", "別冊", "別途資料"];
const SEE: &[&str] = &["のとおり", "の通り", "参照", "を参照", "に記載", "による"];
const NO_ENCLOSED: &str = "この報告書に別紙は付きません。内容をここに書いてください。";

pub(super) fn check(text: &CheckedText<'_>, files: &Files, diagnostics: &mut Diagnostics) {
    if text.is_of_form {
        return;
    }
    for line in text.lines {
        if line.value.is_empty() {
            continue;
        }
        // The mark ○ of a sub-heading is part of ○○ where somebody typed only that.
        let after_mark = after_mark(files, line.span);
        let skip = after_mark.map_or(0, |(_, end)| end - line.span.start);
        let found = open_marks::find_all(line.value.get(skip..).unwrap_or(""))
            .into_iter()
            .map(|(start, end)| (line.span.start + skip + start, line.span.start + skip + end));
        let is_unread = |start, end| files.get(line.span.file).text().get(start..end) == Some("〓");
        let is_name = text.is_cell && open_marks::is_name_of_form(&line.value);
        let whole = is_name.then_some((line.span.start, line.span.end));
        let own = after_mark.into_iter().chain(found).chain(whole);
        let own = own.map(|(start, end)| {
            error_words::ErrorWord::new(start, end, if is_unread(start, end) { UNREAD } else { SETTLE })
        });
        let narrow = Narrow::new(&line.value);
        let foreign = error_words::find_all(&narrow)
            .into_iter()
            .chain(sheet_values::find_all(&narrow, text.is_cell))
            .map(|found| error_words::ErrorWord {
                start: line.span.start + found.start,
                end: line.span.start + found.end,
                ..found
            });
        for error_words::ErrorWord { start, end, help, severity } in own.chain(foreign) {
            let file = files.get(line.span.file);
            let word = file.text().get(start..end).unwrap_or("").to_string();
            diagnostics.push(
                Diagnostic::new(Code::J044, Span { start, end, ..line.span }, format!("「{word}」が残っています。"))
                    .help(help)
                    .or_acknowledge(heading_of(file), &word)
                    .severity(severity),
            );
        }
        check_unsettled(text, line, files, diagnostics);
        check_elsewhere(text, line, files, diagnostics);
    }
}

/// 同左 as a cell, 別紙のとおり as a line: what is meant stands somewhere else.
fn check_elsewhere(text: &CheckedText<'_>, line: &Text, files: &Files, diagnostics: &mut Diagnostics) {
    let word = line.value.trim_matches(|c| is_blank(c) || matches!(c, '（' | '）' | '(' | ')' | '。'));
    let is_enclosed = ENCLOSED.iter().filter_map(|paper| word.strip_prefix(paper)).any(|rest| {
        let number = |c: char| is_blank(c) || c.is_numeric() || matches!(c, '-' | '－');
        SEE.contains(&rest.trim_matches(number))
    });
    let help = match word {
        word if text.is_cell && BESIDE.contains(&word) => NO_BESIDE,
        // In a cell ↑ says it, which J026 proposes.
        word if !text.is_cell && is_ditto(word) => NO_ABOVE,
        _ if is_enclosed => NO_ENCLOSED,
        _ => return,
    };
    diagnostics.push(
        Diagnostic::new(Code::J044, line.span, format!("「{word}」とだけ書かれています。"))
            .help(help)
            .or_acknowledge(heading_of(files.get(line.span.file)), word)
            .severity(Severity::Warning),
    );
}

fn clamp(within: Span, start: usize, end: usize) -> Span {
    Span { start: start.min(within.end), end: end.min(within.end), ..within }
}

/// ○○ at the head of a line in 【取組の概要】, where the first ○ was taken for the mark.
fn after_mark(files: &Files, span: Span) -> Option<(usize, usize)> {
    let text = files.get(span.file).text();
    let own = files.slice(span);
    let before = text.get(..span.start)?.chars().next_back()?;
    let first = own.chars().next()?;
    let run: usize = own.chars().take_while(|c| is_circle(*c)).map(char::len_utf8).sum();
    (is_circle(before) && is_circle(first)).then(|| (span.start - before.len_utf8(), span.start + run))
}

/// 調整中 and 要確認: an error as a whole cell or in （ ）, a warning inside a sentence.
fn check_unsettled(text: &CheckedText<'_>, line: &Text, files: &Files, diagnostics: &mut Diagnostics) {
    let (line, span) = (line.value.as_str(), line.span);
    for word in UNSETTLED {
        let Some(at) = line.find(word) else { continue };
        let end = at + word.len();
        // （調整中）, （ 調整中 ）, （現在調整中）
        let open =
            line.get(..at).and_then(|before| before.rfind(['（', '(']).map(|from| before.get(from..).unwrap_or("")));
        let in_brackets = open.is_some_and(|open| !open.contains(['）', ')']) && open.chars().count() <= 8)
            && line.get(end..).is_some_and(|after| after.trim_start_matches(is_blank).starts_with(['）', ')']));
        let is_whole = line.trim_matches(is_blank) == *word && text.is_cell;
        let severity = if in_brackets || is_whole { Severity::Error } else { Severity::Warning };
        diagnostics.push(
            Diagnostic::new(
                Code::J044,
                clamp(span, span.start + at, span.start + end),
                format!("「{word}」が残っています。"),
            )
            .help(SETTLE)
            .or_acknowledge(heading_of(files.get(span.file)), word)
            .severity(severity),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_cell: bool) -> Vec<String> {
        let mut files = Files::new();
        let id = files.add("a", text);
        let lines = [Text::new(text.to_string(), Span::new(id, 0..text.len()))];
        let mut diagnostics = Diagnostics::new();
        check(&CheckedText { lines: &lines, is_cell, is_of_form: false }, &files, &mut diagnostics);
        diagnostics.iter().map(|d| format!("{} {}", d.severity.label(), files.slice(d.primary.span))).collect()
    }

    #[test]
    fn placeholders_are_errors() {
        for (text, word) in [
            ("○○市で開いた。", "○○"),
            ("〇〇名が参加した。", "〇〇"),
            ("残る〇団体を除く。", "〇"),
            ("●●●会議", "●●●"),
            ("××件", "××"),
            ("あああああ", "あああああ"),
            ("定員は○名である。", "○"),
            ("TODO 書く", "TODO"),
            ("参加者はXX名であった。", "XX"),
            ("参加者はｘｘ名であった。", "ｘｘ"),
            ("参加者は△△名であった。", "△△"),
            ("令和○年度に始めた。", "○"),
            ("令和xx年に始めた。", "xx"),
            ("参加者は=SUM(A1:A3)名であった。", "=SUM(A1:A3)"),
            ("参加者は#REF!名であった。", "#REF!"),
            ("対象は【　】である。", "【　】"),
            ("参加者は●名であった。", "●"),
            ("参加者は〓名であった。", "〓"),
            ("参加者は□□名であった。", "□□"),
            ("［事業名］では会を開いた。", "［事業名］"),
            ("主催は〔担当課名〕である。", "〔担当課名〕"),
            ("＜金額＞", "＜金額＞"),
            ("《事業名》を行った。", "《事業名》"),
            ("参加者（調整中）", "調整中"),
            ("参加者（ 現在調整中 ）", "調整中"),
        ] {
            assert_eq!(found(text, false), [format!("エラー {word}")], "{text}");
        }
        for (text, words) in [("xx月xx日に開いた。", ["xx", "xx"]), ("X月X日に開いた。", ["X", "X"])] {
            assert_eq!(found(text, false), words.map(|word| format!("エラー {word}")), "{text}");
        }
        assert_eq!(found("1900年1月1日", true), ["注意 1900年1月1日"]);
        assert_eq!(found("要確認", true), ["エラー 要確認"]);
        assert_eq!(found("《実績》", true), ["エラー 《実績》"]);
        assert_eq!(found("《第九》", true), Vec::<String>::new());
        assert_eq!(found("同左", true), ["注意 同左"]);
        for text in ["別紙のとおり。", "（別添２参照）", "別紙 1-2 のとおり"] {
            assert_eq!(found(text, false), [format!("注意 {text}")], "{text}");
        }
        assert_eq!(found("日程は調整中である。", false), ["注意 調整中"]);
        assert_eq!(found("同上", false), ["注意 同上"]);
        assert_eq!(found("〃", true), Vec::<String>::new());
    }

    #[test]
    fn right_texts_stay_silent() {
        for text in [
            "○印を付けた。",
            "二〇名と〇時",
            "○施設の整備",
            "一〇団体",
            "A社は○である。",
            "二〇〇〇年",
            "一〇〇名",
            "ああ、そうか。",
            "TODOS",
            "X社とX年後",
            "△△を商標とした。",
            "3×4",
            "XX線と20XX年",
            "【R3.3卒対象】",
            "詳しい内容は別紙のとおりである。",
            "別紙を配布した。",
            "同左の席に着いた。",
            "同上の品を並べた。",
            "［新規］の事業",
            "〔参考〕金額の内訳",
            "＜みなと名人＞",
            "《実績》",
            "《実績》相談は3件であった。",
            "タグは#REFと#NAMEである。",
            "Noneと書いた。",
            "［件数の推移］",
        ] {
            assert_eq!(found(text, false), Vec::<String>::new(), "{text}");
        }
    }
}
