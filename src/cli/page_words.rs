//! What commands say, in the words of the live page: an officer who presses buttons meets no command and no option.

/// What a command says, and what the page says there.
const WORDS: &[(&str, &str)] = &[
    ("下書きは「report build --draft」で作れます。", "下書きの PDF なら、誤りがあっても作れます。"),
    ("下書きは --draft を付けると作れます。", "「下書き」に印を付けると、誤りがあっても作れます。"),
    ("（--all ですべて表示）", "（「指摘」にすべてあります）"),
    ("（--all で1つずつ表示）", ""),
    ("（参考は --all で表示）", ""),
    ("「report check」で確かめてください。", "「指摘」で確かめてください。"),
    ("は「report check」が作ったファイルではないので、上書きしません。別のフォルダーを指定してください。", OTHER_FILE),
    ("は report が作ったファイルではないので、上書きしません。別の名前を指定してください。", OTHER_FILE),
    (
        "があるので、何も書きません。別のフォルダーを指定するか、そのファイルをほかへ移してください。",
        "があるので、何も書きません。そのファイルをほかへ移してから、もう一度押してください。",
    ),
    ("対応表（--mapping）", "対応表"),
    ("「--date」の", "日付の"),
    (
        "報告書.jigyo のあるフォルダーを「--from」の後に書いてください。",
        "報告書.jigyo のあるフォルダーを書いてください。",
    ),
    ("事業名が空です。「report new 事業名」のように書いてください。", "事業名が空です。"),
];

const OTHER_FILE: &str = "は、このソフトが作ったファイルではないので、上書きしません。そのファイルの名前を変えるか、ほかの場所に移してから、もう一度押してください。";

/// Beginnings of what is of no use on the page: 指摘 tells it.
const UNSAID: &[&str] = &["番号の説明は「report explain"];

/// Of a sentence that names what stands behind it, the page keeps what is before.
const CUT: &[&str] = &["課ごとの数は「report status"];

/// A line as the page says it; nothing for one of no use there.
pub(super) fn for_page(line: &str) -> Option<String> {
    if UNSAID.iter().any(|unsaid| line.starts_with(unsaid)) {
        return None;
    }
    let kept = CUT.iter().find_map(|cut| line.split_once(cut)).map_or(line, |(kept, _)| kept);
    Some(WORDS.iter().fold(kept.to_string(), |text, (said, meant)| text.replace(said, meant)))
}

/// A stream of what a command says: messages, which are drawn for a wide window, stand under 指摘.
#[derive(Default)]
pub(super) struct Heard {
    is_in_message: bool,
}

impl Heard {
    /// The next line as the page says it; nothing for one of no use there.
    pub(super) fn line(&mut self, line: &str) -> Option<String> {
        let was_in_message = self.is_in_message;
        self.is_in_message = if was_in_message { !line.is_empty() } else { line.starts_with("[J") };
        if was_in_message || self.is_in_message { None } else { for_page(line) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_left_to_the_page() {
        let said = "[J060] エラー ファイルがありません。\n   │\n   直し方：消してください。\n\nエラー 1 件\n[J031] 注意 値\n\n終わり";
        let mut heard = Heard::default();
        assert_eq!(said.lines().filter_map(|line| heard.line(line)).collect::<Vec<_>>(), ["エラー 1 件", "終わり"]);
    }

    #[test]
    fn no_command_and_no_option_is_left() {
        assert_eq!(for_page("番号の説明は「report explain J018」のようにして読めます。"), None);
        assert_eq!(
            for_page("未記入の箇所が 3 か所あります。課ごとの数は「report status /r」で、書く所は「report check /r」で分かります。")
                .as_deref(),
            Some("未記入の箇所が 3 か所あります。")
        );
        for (said, _) in WORDS {
            let shown = for_page(said).expect("is said");
            assert!(!shown.contains("report") && !shown.contains("--"), "{shown}");
        }
    }
}
