//! The order of readings in an index: 五十音順, as JIS X 4061 has it.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

/// Where a reading stands in an index.
pub struct ReadingOrder {
    /// Absent only if the library came without its tables.
    collator: Option<CollatorBorrowed<'static>>,
}

impl Default for ReadingOrder {
    fn default() -> Self {
        Self { collator: Collator::try_new(locale!("ja").into(), CollatorOptions::default()).ok() }
    }
}

impl ReadingOrder {
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.collator.as_ref().map_or_else(|| one.cmp(other), |collator| collator.compare(one, other))
    }
}

/// Whether a text says how something is read: it begins with kana and holds no kanji.
pub fn is_reading(text: &str) -> bool {
    text.chars().next().is_some_and(|c| row_of(c).is_some()) && !text.chars().any(is_kanji)
}

/// The head under which a reading stands: あ行 to わ行; other letters have none.
pub fn heading(reading: &str) -> Option<&'static str> {
    reading.chars().next().and_then(row_of)
}

/// The first kana of each row, and its head. The rows follow each other in the table of characters.
const ROWS: &[(char, &str)] = &[
    ('ぁ', "あ行"),
    ('か', "か行"),
    ('さ', "さ行"),
    ('た', "た行"),
    ('な', "な行"),
    ('は', "は行"),
    ('ま', "ま行"),
    ('ゃ', "や行"),
    ('ら', "ら行"),
    ('ゎ', "わ行"),
];

fn row_of(c: char) -> Option<&'static str> {
    let hiragana = match c {
        'ゔ' | 'ヴ' => 'う',
        'ゕ' | 'ゖ' | 'ヵ' | 'ヶ' => 'か',
        'ァ'..='ン' => char::from_u32(c as u32 - 0x60)?,
        // Half-width kana: ｱｲｳｴｵｶ…, the small ones before them.
        'ｦ'..='ﾝ' => {
            let rows = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";
            rows.chars().nth(c as usize - 'ｦ' as usize)?
        }
        c => c,
    };
    if !('ぁ'..='ん').contains(&hiragana) {
        return None;
    }
    ROWS.iter().rev().find(|(first, _)| *first <= hiragana).map(|(_, head)| *head)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_stand_in_the_order_of_the_fifty_sounds() {
        let order = ReadingOrder::default();
        let mut readings = vec![
            "じんざい",
            "カード",
            "がくせい",
            "かくせい",
            "しゃかい",
            "アップ",
            "かーぶ",
            "がくせいしえん",
            "ﾊﾟｿｺﾝ",
        ];
        readings.sort_by(|one, other| order.compare(one, other));
        assert_eq!(
            readings,
            ["アップ", "カード", "かーぶ", "かくせい", "がくせい", "がくせいしえん", "しゃかい", "じんざい", "ﾊﾟｿｺﾝ"]
        );
    }

    #[test]
    fn every_kana_has_its_row() {
        let rows = |text: &str| text.chars().map(|c| row_of(c).unwrap_or("なし")).collect::<Vec<_>>().join("");
        assert_eq!(rows("あガじヅんっヴヶ"), "あ行か行さ行た行わ行た行あ行か行");
        assert_eq!(rows("ｱﾝｯｬｦ"), "あ行わ行た行や行わ行");
        assert_eq!(rows("漢Aー1"), "なしなしなしなし");
        assert!(is_reading("しゅうしょく・ガイダンス") && !is_reading("就しょく") && !is_reading("ITじんざい"));
    }
}
