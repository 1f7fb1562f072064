//! J045, J046 and J047: how words are written.

use super::texts::CheckedText;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Text;
use crate::syntax::chars::{is_blank, is_digit};

/// The fewest single letters in a row that are a word pulled apart.
const SHORTEST: usize = 3;

pub(super) fn check(text: &CheckedText<'_>, diagnostics: &mut Diagnostics) {
    for line in text.lines {
        check_spaced(line, diagnostics);
        check_total(line, diagnostics);
        check_half_width(line, diagnostics);
    }
}

/// J045, each word once a line.
fn check_spaced(line: &Text, diagnostics: &mut Diagnostics) {
    let mut said: Vec<String> = Vec::new();
    for (start, end) in spaced_words(&line.value) {
        let typed = line.value.get(start..end).unwrap_or("");
        let word: String = typed.chars().filter(|c| !is_blank(*c)).collect();
        let span = line.stretch(start..end);
        let is_capitals = word.chars().all(is_capital);
        if said.contains(&word) && !is_capitals {
            continue;
        }
        let diagnostic = Diagnostic::new(Code::J045, span, format!("「{typed}」に空白が入っています。"))
            .help(format!("空白を消して「{word}」と書いてください。"));
        // Kanji pulled apart may be meant so, in a title or before a signature; capitals are not.
        diagnostics.push(if is_capitals { diagnostic.fix(span, word.clone()) } else { diagnostic });
        said.push(word);
    }
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&c)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '々')
}

/// Byte ranges of letters that stand one by one, parted by single blanks.
fn spaced_words(text: &str) -> Vec<(usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(first) = at(index) {
        let kind: fn(char) -> bool = match first {
            c if is_capital(c) => is_capital,
            c if is_kanji(c) => is_kanji,
            _ => {
                index += 1;
                continue;
            }
        };
        let mut last = index;
        while at(last + 1).is_some_and(is_blank) && at(last + 2).is_some_and(kind) {
            last += 2;
        }
        let joins = |c: char| if is_capital(first) { c.is_ascii_alphanumeric() || is_capital(c) } else { is_kanji(c) };
        let is_apart = !index.checked_sub(1).and_then(at).is_some_and(joins) && !at(last + 1).is_some_and(joins);
        // A B C are three things of a series, not a word.
        let letters = (index..=last).step_by(2).filter_map(at);
        let is_series =
            is_capital(first) && letters.clone().zip(letters.skip(1)).all(|(a, b)| a as u32 + 1 == b as u32);
        if (last - index) / 2 + 1 >= SHORTEST && is_apart && !is_series {
            let start = chars.get(index).map_or(0, |(offset, _)| *offset);
            let end = chars.get(last).map_or(text.len(), |(offset, c)| offset + c.len_utf8());
            found.push((start, end));
        }
        index = last + 1;
    }
    found
}

/// J046.
fn check_total(line: &Text, diagnostics: &mut Diagnostics) {
    for (start, matched) in line.value.match_indices('延') {
        let after = line.value.get(start + matched.len()..).unwrap_or("").trim_start_matches(is_blank);
        let before = line.value.get(..start).and_then(|before| before.chars().next_back());
        // 遅延3件, 順延2回
        let is_part = before.is_some_and(is_kanji) && !before.is_some_and(|c| "計総".contains(c));
        if is_part || !after.starts_with(is_digit) {
            continue;
        }
        let length =
            after.find(|c: char| !is_digit(c) && !is_kanji(c) && !matches!(c, ',' | '，')).unwrap_or(after.len());
        let count: String = after.get(..length).unwrap_or("").chars().take(10).collect();
        diagnostics.push(
            Diagnostic::new(
                Code::J046,
                line.stretch(start..start + matched.len()),
                format!("「延{count}」は「延べ{count}」ではありませんか。"),
            )
            .help(format!("「延べ{count}」と書いてください。")),
        );
    }
}

/// J047: half-width kana, once a line; half-width 、。「」 are reported by that name.
fn check_half_width(line: &Text, diagnostics: &mut Diagnostics) {
    let is_half = |c: char| ('\u{FF61}'..='\u{FF9F}').contains(&c);
    // A bullet or a dash alone is a mark.
    let Some((start, _)) = line.value.char_indices().find(|(_, c)| is_half(*c) && *c != '･' && *c != 'ｰ') else {
        return;
    };
    let rest = line.value.get(start..).unwrap_or("");
    let end = rest.find(|c: char| !is_half(c)).map_or(line.value.len(), |length| start + length);
    let typed = line.value.get(start..end).unwrap_or("");
    if typed.chars().all(is_half_mark) {
        return check_half_marks(line, diagnostics);
    }
    diagnostics.push(
        Diagnostic::new(Code::J047, line.stretch(start..end), format!("「{typed}」は半角のカタカナです。"))
            .help("全角のカタカナで書いてください。印刷では全角になります。"),
    );
}

/// Half-width 。「」、
fn is_half_mark(c: char) -> bool {
    ('\u{FF61}'..='\u{FF64}').contains(&c)
}

fn check_half_marks(line: &Text, diagnostics: &mut Diagnostics) {
    let wide = |c: char| match c {
        '｡' => '。',
        '｢' => '「',
        '｣' => '」',
        '､' => '、',
        c => c,
    };
    let Some((start, first)) = line.value.char_indices().find(|(_, c)| is_half_mark(*c)) else { return };
    let mut marks: Vec<char> = Vec::new();
    for c in line.value.chars().filter(|c| is_half_mark(*c)) {
        if !marks.contains(&c) {
            marks.push(c);
        }
    }
    let half: String = marks.iter().map(|c| format!(" {c}")).collect();
    let full: String = marks.iter().map(|c| format!(" {}", wide(*c))).collect();
    let span = line.stretch(start..start + first.len_utf8());
    diagnostics.push(
        Diagnostic::new(Code::J047, span, format!("半角の句読点・かっこ（{half} ）が使われています。"))
            .help(format!("全角の{full} で書いてください。印刷では全角になります。")),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Span};

    fn found(text: &str) -> Vec<String> {
        let mut files = Files::new();
        let id = files.add("a", text);
        let lines = [Text::new(text.to_string(), Span::new(id, 0..text.len()))];
        let mut diagnostics = Diagnostics::new();
        check(&CheckedText { lines: &lines, is_cell: false, is_of_form: false }, &mut diagnostics);
        diagnostics.iter().map(|d| format!("{} {}", d.code, files.slice(d.primary.span))).collect()
    }

    #[test]
    fn words_pulled_apart() {
        assert_eq!(found("H A C C P 推進とＵ　Ｉ　Ｊターン"), ["J045 H A C C P", "J045 Ｕ　Ｉ　Ｊ"]);
        assert_eq!(found("取 組 状 況"), ["J045 取 組 状 況"]);
        for text in ["A B", "A B C の三段階", "IT PR AI", "氏 名", "HACCP", "UIJ ターン", "A B Cd", "計 画 書類"]
        {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn totals_and_characters() {
        assert_eq!(found("延68社が参加し、述べ延 5 件"), ["J046 延", "J046 延"]);
        assert_eq!(found("ｾﾐﾅｰを開いた。"), ["J047 ｾﾐﾅｰ"]);
        assert_eq!(found("講習を開き､冊子を配った｡"), ["J047 ､"]);
        for text in ["延べ68社", "遅延3件", "順延2回", "延長1回", "･—①㈱"] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
