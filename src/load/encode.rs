//! Text to Shift_JIS (CP932), the encoding of office PCs; and what it cannot hold.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

/// Characters of JIS that have two numbers in Unicode: what the encoding calls by the second is the same on paper.
const TWINS: [(char, char); 8] =
    [('—', '―'), ('〜', '～'), ('−', '－'), ('‖', '∥'), ('¥', '￥'), ('¢', '￠'), ('£', '￡'), ('¬', '￢')];

/// The bytes of a text that has only what the encoding holds; nothing for another.
pub(super) fn encode_exactly(text: &str) -> Option<Cow<'_, [u8]>> {
    let (bytes, _, is_missing) = SHIFT_JIS.encode(text);
    // What has no form is written as something else: a − as －, say.
    (!is_missing && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text).then_some(bytes)
}

/// A text with only what CP932 holds: twins in its own form, `replacement` for every other character that it lacks, each
/// which `lost` is called with.
pub fn in_cp932<'a>(text: &'a str, replacement: char, mut lost: impl FnMut(char)) -> Cow<'a, str> {
    if text.is_ascii() || encode_exactly(text).is_some() {
        return Cow::Borrowed(text);
    }
    let form = |c: char| {
        if encode_exactly(c.encode_utf8(&mut [0; 4])).is_some() {
            return c;
        }
        TWINS.iter().find(|(one, _)| *one == c).map(|(_, twin)| *twin).unwrap_or_else(|| {
            lost(c);
            replacement
        })
    };
    Cow::Owned(text.chars().map(form).collect())
}

/// The bytes of a text that `in_cp932` gave.
pub fn to_cp932(text: &str) -> Vec<u8> {
    SHIFT_JIS.encode(text).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_no_loss_and_the_others_are_told() {
        let mut lost = Vec::new();
        let text = in_cp932("①㈱髙﨑ｱ\\—〜−¥𠮷é渚", '〓', |c| lost.push(c));
        assert_eq!(text, "①㈱髙﨑ｱ\\―～－￥〓〓渚");
        assert_eq!(lost, ['𠮷', 'é']);
        assert_eq!(super::super::decode(&to_cp932(&text)).as_deref(), Ok(&*text));
    }
}
