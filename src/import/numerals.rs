//! Figures in kanji and in full width, as `[DBNum1]` to `[DBNum3]` ask for them.

const KANJI: [[char; 10]; 3] = [
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
    ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
];
const RANKS: [[&str; 4]; 3] = [["", "十", "百", "千"], ["", "拾", "百", "阡"], ["", "十", "百", "千"]];
const GROUPS: [[&str; 4]; 3] = [["", "万", "億", "兆"], ["", "萬", "億", "兆"], ["", "万", "億", "兆"]];

fn of<T: Copy>(table: [T; 3], kind: u8) -> Option<T> {
    table.get(usize::from(kind).checked_sub(1)?).copied()
}

/// Each digit by itself: 二〇二〇.
pub(super) fn digits_in(text: &str, kind: u8) -> String {
    let Some(kanji) = of(KANJI, kind) else { return text.to_string() };
    let digit = |c: char| c.to_digit(10).and_then(|digit| kanji.get(digit as usize).copied()).unwrap_or(c);
    text.chars().map(digit).collect()
}

/// As it is spoken: 千二百三十四. Only for whole figures.
pub(super) fn words_of(digits: &str, kind: u8) -> Option<String> {
    let (kanji, ranks, groups) = (of(KANJI, kind)?, of(RANKS, kind)?, of(GROUPS, kind)?);
    if digits.is_empty() || digits.len() > 16 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.bytes().all(|byte| byte == b'0') {
        return kanji.first().map(char::to_string);
    }
    let mut written = String::new();
    let mut is_held = false;
    for (index, c) in digits.chars().enumerate() {
        let place = digits.len() - index - 1;
        let digit = c.to_digit(10)? as usize;
        is_held |= digit > 0;
        if digit > 0 {
            // 十 and not 一十; formal writing says 壱拾.
            if digit > 1 || place.is_multiple_of(4) || kind == 2 {
                written.push(*kanji.get(digit)?);
            }
            written.push_str(ranks.get(place % 4)?);
        }
        if place.is_multiple_of(4) && std::mem::take(&mut is_held) {
            written.push_str(groups.get(place / 4)?);
        }
    }
    Some(written)
}
