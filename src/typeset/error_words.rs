//! The commonest errors of a template in Japanese, by the words that the typesetter has for them.

/// What is wrong, in words for the person who changes a template; nothing for a rarer error, whose own words stand.
pub(super) fn in_japanese(message: &str) -> Option<String> {
    let quoted = |rest: &str| rest.trim_matches(['`', '"', '\'']).to_string();
    let behind = |start: &str| message.strip_prefix(start).map(quoted);
    if let Some(name) = behind("unknown variable: ") {
        return Some(format!("「{name}」という名前がありません。つづりか、初めの #import の行を確かめてください"));
    }
    if let Some(name) = behind("unexpected argument: ") {
        return Some(format!("「{name}」という引数は、ここには書けません"));
    }
    if message.starts_with("unexpected argument") {
        return Some("引数が多すぎます".to_string());
    }
    if let Some(name) = behind("missing argument: ") {
        return Some(format!("引数「{name}」がありません"));
    }
    if let Some(key) = behind("dictionary does not contain key ") {
        let key = key.split('"').next().unwrap_or_default().to_string();
        return Some(format!("「{key}」という項目がありません。書ける項目は report.schema.json にあります"));
    }
    if let Some(path) = behind("file not found (searched at ") {
        return Some(format!("ファイル「{}」がありません", path.trim_end_matches(')')));
    }
    if let Some(name) =
        message.strip_prefix("label `<").and_then(|rest| rest.strip_suffix(">` does not exist in the document"))
    {
        return Some(format!("目印「{name}」がどの頁にもありません"));
    }
    if message.starts_with("unclosed delimiter") {
        return Some("かっこが閉じていません".to_string());
    }
    if message.starts_with("unexpected closing") {
        return Some("閉じるかっこが1つ多いです".to_string());
    }
    if message.starts_with("unclosed string") {
        return Some("「\"」で始まる文字列が閉じていません".to_string());
    }
    if message.starts_with("unclosed raw text") {
        return Some("「`」で始まる所が閉じていません".to_string());
    }
    if message.contains("is not valid in code") {
        let sign = message.split('`').nth(1).unwrap_or_default();
        return Some(format!("「{sign}」は、命令の中には書けません。全角の文字が入っていないか確かめてください"));
    }
    if let Some((wanted, found)) = message.strip_prefix("expected ").and_then(|rest| rest.split_once(", found ")) {
        return Some(format!("「{}」を書く所に「{}」があります", kind(wanted), kind(found)));
    }
    if let Some(wanted) = behind("expected ") {
        return Some(format!("「{}」が足りません", kind(&wanted)));
    }
    if message.starts_with("cannot divide by zero") || message.contains("divide by zero") {
        return Some("0 で割っています".to_string());
    }
    if message.starts_with("array index out of bounds") {
        return Some("一覧に、その番号のものはありません".to_string());
    }
    if message.starts_with("maximum function call depth exceeded") {
        return Some("自分自身を呼ぶ命令が終わりません".to_string());
    }
    if message.starts_with("can only be used when context is known") {
        return Some("頁や位置を調べる命令は、「context」の中に書きます".to_string());
    }
    None
}

/// Kinds of values and of signs.
fn kind(word: &str) -> String {
    const KINDS: &[(&str, &str)] = &[
        ("expression", "式"),
        ("string", "文字列"),
        ("content", "内容"),
        ("integer", "整数"),
        ("float", "小数"),
        ("length", "長さ（10pt など）"),
        ("color", "色"),
        ("boolean", "true か false"),
        ("array", "一覧（,で区切った( )）"),
        ("dictionary", "項目の集まり"),
        ("function", "命令"),
        ("none", "none"),
        ("comma", ","),
        ("semicolon or line break", "改行"),
        ("closing paren", ")"),
        ("closing bracket", "]"),
        ("closing brace", "}"),
        ("identifier", "名前"),
        ("equals sign", "="),
        ("colon", ":"),
        ("end of file", "ファイルの終わり"),
    ];
    let known = KINDS.iter().find(|(english, _)| *english == word);
    known.map_or_else(|| word.to_string(), |(_, japanese)| (*japanese).to_string())
}

#[cfg(test)]
mod tests {
    use super::in_japanese;

    #[test]
    fn the_commonest_errors_have_words() {
        for (message, words) in [
            ("unknown variable: gothik", "「gothik」という名前がありません"),
            ("unclosed delimiter", "かっこが閉じていません"),
            ("file not found (searched at /lok.typ)", "ファイル「/lok.typ」がありません"),
            ("dictionary does not contain key \"titel\"", "「titel」という項目がありません"),
            ("expected length, found string", "「長さ（10pt など）」を書く所に「文字列」があります"),
            ("expected comma", "「,」が足りません"),
            ("the character `，` is not valid in code", "全角の文字"),
            ("unexpected argument: colour", "「colour」という引数"),
            ("missing argument: body", "引数「body」がありません"),
        ] {
            assert!(in_japanese(message).is_some_and(|said| said.contains(words)), "{message}");
        }
        assert_eq!(in_japanese("layout did something odd"), None);
    }
}
