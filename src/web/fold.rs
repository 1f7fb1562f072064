//! What counts as the same letter in a search: ひらがな and カタカナ, widths, capitals; blanks do not count. `search.js` of the template
//! does the same, letter by letter.

use unicode_normalization::UnicodeNormalization;

/// Of a text what is compared. Ends of lines inside it do not count.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // A voicing mark belongs to the letter in front of it, also where both are half as wide.
        let mark = rest.next_if(|next| is_voicing(*next));
        folded.extend(
            [Some(c), mark]
                .into_iter()
                .flatten()
                .nfkc()
                .flat_map(char::to_lowercase)
                .map(hiragana)
                .filter(|c| !is_gap(*c)),
        );
    }
    folded
}

fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | 'ﾞ' | 'ﾟ')
}

/// Blanks, ends of lines and what cannot be seen.
fn is_gap(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7F}'..='\u{A0}' | '\u{AD}' | '\u{1680}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{2064}' | '\u{3000}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_widths_and_capitals_are_alike() {
        assert_eq!(fold("ガイダンス"), fold("がいだんす"));
        assert_eq!(fold("ｶﾞｲﾀﾞﾝｽ"), "がいだんす");
        assert_eq!(fold("ＩＣＴ　1,000 ㎡"), "ict1,000m2");
        assert_eq!(fold("一行\n二行"), "一行二行");
        assert_eq!(fold("か\u{3099}"), "が");
    }

    #[test]
    fn which_form_of_a_letter_is_meant_does_not_count() {
        assert_eq!(fold("葛\u{E0100}城\u{FE00}\u{E01EF}"), "葛城");
    }
}
