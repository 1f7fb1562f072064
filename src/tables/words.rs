//! 用語: the house's list of wrong names and of forms to avoid, each with the right one.

use super::columns::{CsvHeading, find};
use super::messages::{Paper, RowFault};
use super::open;
use super::rows::CsvRow;
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::SourceFile;

const WRONG: &[&str] = &[
    "誤",
    "誤り",
    "誤記",
    "誤った形",
    "誤った表記",
    "誤用",
    "避ける形",
    "避ける語",
    "使わない形",
    "使わない語",
    "修正前",
    "×",
];
const RIGHT: &[&str] =
    &["正", "正しい形", "正しい語", "正しい表記", "正式名称", "使う形", "使う語", "言い換え", "書き方", "修正後", "○"];
const LEVEL: &[&str] = &["区分", "段階", "水準", "レベル", "種別", "種類", "扱い"];

/// A wrong form and the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub wrong: String,
    pub right: String,
    /// 注意 for a wrong name, 参考 for a variant
    pub severity: Severity,
}

struct WordColumns {
    wrong: usize,
    right: usize,
    level: Option<usize>,
}

/// Reads a word list; nothing where its two columns are not there.
pub fn read_words(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Vec<Word>> {
    let table = open(file, Paper::Words, find_columns, diagnostics)?;
    Some(table.read(file, diagnostics, read_row))
}

fn find_columns(headings: &[CsvHeading]) -> Option<WordColumns> {
    Some(WordColumns { wrong: find(headings, WRONG)?, right: find(headings, RIGHT)?, level: find(headings, LEVEL) })
}

fn read_row(columns: &WordColumns, row: &CsvRow, faults: &mut Vec<RowFault>) -> Option<Word> {
    let (wrong, right) = (row.cell(Some(columns.wrong)), row.cell(Some(columns.right)));
    let help = "「誤」の列に直したい語を、「正」の列に正しい語を入れてください。";
    let (Some(wrong), Some(right)) = (wrong, right) else {
        let what = match wrong {
            None => "に「誤」の語がありません。",
            Some(_) => "に「正」の語がありません。",
        };
        faults.push(RowFault::new(row.line, what, help));
        return None;
    };
    let level = row.cell(columns.level);
    let severity = level.map_or(Some(Severity::Warning), Severity::from_label);
    let Some(severity) = severity.filter(|severity| *severity != Severity::Error) else {
        faults.push(RowFault::new(
            row.line,
            format!("の「{}」は分かりません。", level.unwrap_or("")),
            "注意か参考のどちらかを書いてください。空なら注意になります。",
        ));
        return None;
    };
    // A row without a difference asks for nothing.
    (wrong != right).then(|| Word { wrong: wrong.to_string(), right: right.to_string(), severity })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn read(text: &str) -> (Option<Vec<Word>>, Vec<String>) {
        let mut files = Files::new();
        let id = files.add("用語.csv", text);
        let mut said = Diagnostics::new();
        let words = read_words(files.get(id), &mut said);
        (words, said.iter().map(|d| d.message.clone()).collect())
    }

    #[test]
    fn level_is_optional_and_warns_by_itself() {
        let (words, said) = read("正,誤,区分\nけん引,牽引,参考\nあ,い,\nう,う,\n");
        assert_eq!(said, Vec::<String>::new());
        let word = |wrong: &str, right: &str, severity| Word { wrong: wrong.into(), right: right.into(), severity };
        assert_eq!(words, Some(vec![word("牽引", "けん引", Severity::Info), word("い", "あ", Severity::Warning)]));
        assert_eq!(read("誤,正\nい,あ\n").0, Some(vec![word("い", "あ", Severity::Warning)]));
    }

    #[test]
    fn half_filled_rows_are_named() {
        let (words, said) = read("誤,正,区分\n牽引\n,あ\nい,あ,重要\n");
        assert_eq!(words, Some(vec![]));
        assert_eq!(
            said,
            [
                "用語.csv の2行目に「正」の語がありません。",
                "用語.csv の3行目に「誤」の語がありません。",
                "用語.csv の4行目の「重要」は分かりません。"
            ]
        );
        assert_eq!(read("語,読み\n").1, ["用語.csv に「誤」と「正」の列がありません。"]);
    }
}
