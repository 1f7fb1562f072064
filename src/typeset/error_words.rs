//! The commonest errors of a template in Japanese, by the words that the typesetter has for them.

/// How an error begins whose words say all, and those words.
const WHOLE: &[(&str, &str)] = &[
    ("unexpected argument", "引数が多すぎます"),
    ("unclosed delimiter", "かっこが閉じていません"),
    ("unexpected closing", "閉じるかっこが1つ多いです"),
    ("unclosed string", "「\"」で始まる文字列が閉じていません"),
    ("unclosed raw text", "「`」で始まる所が閉じていません"),
    ("array index out of bounds", "一覧に、その番号のものはありません"),
    ("maximum function call depth exceeded", "自分自身を呼ぶ命令が終わりません"),
    ("can only be used when context is known", "頁や位置を調べる命令は、「context」の中に書きます"),
];

/// How an error begins and ends around a name, and the words before and behind 「name」.
const NAMED: &[(&str, &str, &str, &str)] = &[
    ("unknown variable: ", "", "", "という名前がありません。つづりか、初めの #import の行を確かめてください"),
    ("unexpected argument: ", "", "", "という引数は、ここには書けません"),
    ("missing argument: ", "", "引数", "がありません"),
    (
        "dictionary does not contain key \"",
        "\"",
        "",
        "という項目がありません。書ける項目は report.schema.json にあります",
    ),
    ("file not found (searched at ", ")", "ファイル", "がありません"),
    ("label `<", ">` does not exist in the document", "目印", "がどの頁にもありません"),
];

/// What is wrong, in words for the person who changes a template; nothing for a rarer error, whose own words stand.
pub(super) fn in_japanese(message: &str) -> Option<String> {
    let named = NAMED.iter().find_map(|(start, end, before, behind)| {
        let name = message.strip_prefix(start)?;
        let name = if end.is_empty() { name } else { name.rsplit_once(end)?.0 };
        Some(format!("{before}「{}」{behind}", name.trim_matches(['`', '"', '\''])))
    });
    let whole = || WHOLE.iter().find(|(start, _)| message.starts_with(start)).map(|(_, words)| (*words).to_string());
    named.or_else(whole).or_else(|| of_signs(message))
}

/// A sign in the wrong place, or another one than was expected.
fn of_signs(message: &str) -> Option<String> {
    if message.contains("is not valid in code") {
        let sign = message.split('`').nth(1).unwrap_or_default();
        return Some(format!("「{sign}」は、命令の中には書けません。全角の文字が入っていないか確かめてください"));
    }
    if message.contains("divide by zero") {
        return Some("0 で割っています".to_string());
    }
    let wanted = message.strip_prefix("expected ")?;
    Some(match wanted.split_once(", found ") {
        Some((wanted, found)) => format!("「{}」を書く所に「{}」があります", kind(wanted), kind(found)),
        None => format!("「{}」が足りません", kind(wanted)),
    })
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
