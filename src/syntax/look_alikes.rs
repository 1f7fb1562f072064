//! Characters that look like another one and are not it: the radicals that a copy from a PDF gives for kanji, ligatures,
//! and Latin letters of other alphabets. Whole kanji (渚 U+FA46, 﨑) are never among them: they are how names are written.

use unicode_normalization::UnicodeNormalization;

/// Radicals of U+2E80–2EFF that look like a kanji of everyday; those of U+2F00–2FD5 are in Unicode's own tables.
const SUPPLEMENT: &str = "⺁厂⺅亻⺆冂⺉刂⺊卜⺎兀⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺩王⺬示⺭礻⺯糹⺲罒⺶羊⺹耂⺻聿⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻆角⻌辶⻍辶⻎辶⻏阝⻑長⻒镸⻖阝⻗雨⻘青⻝食⻟飠⻣骨⻤鬼⻥魚⻨麦⻩黄⻫斉⻭歯⻯竜⻱龜⻲亀";
/// Where Unicode names an older form than the one that Japanese faces draw.
const JAPANESE: &[(char, &str)] = &[('⼾', "戸"), ('⿊', "黒"), ('⻥', "魚"), ('⻳', "亀")];
/// Marks that come with copies from PDF and from the web.
const MARKS: &[(char, &str)] = &[
    ('\u{2011}', "-"),
    ('\u{2012}', "-"),
    ('\u{2043}', "-"),
    ('\u{02D7}', "-"),
    ('\u{FE63}', "-"),
    ('\u{FE58}', "—"),
    ('\u{23AF}', "—"),
    ('\u{223C}', "～"),
    ('\u{2053}', "～"),
    ('\u{2217}', "＊"),
    ('\u{FE30}', "："),
    ('\u{FE55}', "："),
    ('\u{FE50}', "、"),
    ('\u{FE51}', "、"),
    ('\u{FE52}', "."),
    ('\u{2024}', "."),
    ('\u{2044}', "/"),
    ('\u{2215}', "/"),
    ('\u{2236}', "："),
    ('\u{2219}', "・"),
    ('\u{22C5}', "・"),
    ('\u{FE11}', "、"),
    ('\u{FE12}', "。"),
    ('\u{FE35}', "（"),
    ('\u{FE36}', "）"),
    ('\u{FE3B}', "【"),
    ('\u{FE3C}', "】"),
    ('\u{FE41}', "「"),
    ('\u{FE42}', "」"),
    ('\u{FE43}', "『"),
    ('\u{FE44}', "』"),
];
/// Capitals and small letters of Greek and Cyrillic that cannot be told from Latin ones.
const LETTERS: &str = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoАAВBЕEКKМMНHОOРPСCТTХXаaеeоoрpсcхxіiјjѕs";

/// The plain character, or the letters of a ligature, that one stands for wherever it is.
pub fn plain_of(c: char) -> Option<String> {
    if let Some((_, plain)) = JAPANESE.iter().chain(MARKS).find(|(other, _)| *other == c) {
        return Some((*plain).to_string());
    }
    match c {
        '\u{2E80}'..='\u{2EFF}' => pair(SUPPLEMENT, c).map(String::from),
        '\u{2F00}'..='\u{2FDF}' | '\u{FB00}'..='\u{FB06}' => {
            let plain: String = std::iter::once(c).nfkc().collect();
            (!plain.contains(c)).then_some(plain)
        }
        _ => None,
    }
}

/// A text with the plain characters. Only for what is read anew: a text of an author is never changed unsaid.
pub fn with_plain_characters(text: &str) -> String {
    text.chars().map(|c| plain_of(c).unwrap_or_else(|| c.to_string())).collect()
}

/// Greek and Cyrillic letters inside Latin words, with their places and the Latin ones. μm, β and Москва are none: each letter of
/// another alphabet in the word must have its Latin twin, and one of the word be Latin.
pub fn foreign_letters(text: &str) -> Vec<(usize, char, char)> {
    let mut found = Vec::new();
    let mut word: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_alphabetic() || is_foreign(c) {
            word.push((at, c));
            continue;
        }
        let has_latin = word.iter().any(|(_, c)| c.is_ascii_alphabetic());
        let twins: Option<Vec<_>> = word
            .iter()
            .filter(|(_, c)| !c.is_ascii_alphabetic())
            .map(|(at, c)| pair(LETTERS, *c).map(|latin| (*at, *c, latin)))
            .collect();
        found.extend(twins.filter(|_| has_latin).unwrap_or_default());
        word.clear();
    }
    found
}

fn is_foreign(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{4FF}')
}

/// What stands behind a character in a table of pairs.
fn pair(table: &str, wanted: char) -> Option<char> {
    let mut chars = table.chars();
    while let (Some(c), Some(plain)) = (chars.next(), chars.next()) {
        if c == wanted {
            return Some(plain);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_ligatures_have_their_plain_characters() {
        assert_eq!(with_plain_characters("⾒⼩⽣⼈⻑⻘⺠⼾⿊⻲ﬁﬄ\u{2011}"), "見小生人長青民戸黒亀fiffl-");
        for radical in '\u{2F00}'..='\u{2FD5}' {
            let plain = plain_of(radical).unwrap_or_default();
            assert!(matches!(plain.chars().next(), Some('\u{4E00}'..='\u{9FFF}')), "{radical}");
        }
        let names = "渚﨑神\u{FA19}①㈱㎡‐−–～♡ｶﾞ";
        assert_eq!(with_plain_characters(names), names);
    }

    #[test]
    fn letters_of_other_alphabets_count_inside_latin_words_alone() {
        let found = |text| foreign_letters(text).into_iter().map(|(_, _, latin)| latin).collect::<String>();
        assert_eq!(found("Н\u{410}CCP"), "HA");
        assert_eq!(found("p\u{397}"), "H");
        for text in ["μm", "β版", "ΔT", "kΩ", "Χ線", "Москва", "αX"] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
