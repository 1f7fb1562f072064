//! Signs that Word takes from faces of pictures, as plain characters: by the published tables of Symbol (Adobe) and of
//! Wingdings and Webdings (Unicode, N4384). Of several shapes of one sign the one is taken that Japanese faces have.

/// What stands where no character says what the page shows. `omitted_from` names each place.
pub(super) const UNKNOWN: char = '〓';

const SYMBOL: &str = concat!(
    "　!∀#∃%&∋()*+,−./0123456789:;<=>?",
    "≅ΑΒΧΔΕΦΓΗΙθΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "〓αβχδεφγηιφκλμνοπθρστυπωξψζ{|}〜",
);
/// From A0
const SYMBOL_UPPER: &str =
    concat!("€Υ′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂・÷≠≡≈…｜─〓", "ℵ〓〓〓⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√・¬∧∨⇔⇐⇑⇒⇓", "◇〈®©™∑",);

/// The character of a sign by its face and its place there, with or without the F0 in front.
pub(super) fn symbol(face: &str, code: u32) -> char {
    let low = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let known = match (face.trim().to_ascii_lowercase().as_str(), low) {
        ("symbol", 0x20..=0x7e) => SYMBOL.chars().nth(place(low, 0x20)),
        ("symbol", 0xa0..=0xff) if low == 0xf1 => Some('〉'),
        ("symbol", 0xa0..=0xff) if low == 0xf2 => Some('∫'),
        ("symbol", 0xa0..=0xff) => SYMBOL_UPPER.chars().nth(place(low, 0xa0)),
        ("wingdings", low) => wingdings(low),
        ("wingdings 2", low) => wingdings_2(low),
        ("wingdings 3", low) => wingdings_3(low),
        ("webdings", low) => webdings(low),
        (face, _) if has_pictures(face) => None,
        // A face of letters has its letters at the places of Unicode.
        _ => char::from_u32(code).filter(|c| !c.is_control() && !is_private(*c)),
    };
    known.unwrap_or(UNKNOWN)
}

/// A text whose letters a face of pictures shows otherwise; `None` for other faces.
pub(super) fn in_face(text: &str, face: Option<&str>) -> Option<String> {
    let face = face.filter(|face| has_pictures(face))?;
    let is_sign = |c: char| is_private(c) || (u32::from(c) < 0x100 && !c.is_whitespace());
    Some(text.chars().map(|c| if is_sign(c) { symbol(face, u32::from(c)) } else { c }).collect())
}

/// A Latin letter as Word shows it in capitals, of half or full width. A micro sign is none.
pub(super) fn capital(c: char) -> char {
    let is_latin = c < '\u{250}' && c != 'µ' || ('ａ'..='ｚ').contains(&c);
    let mut capitals = c.to_uppercase().filter(|_| is_latin);
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        // ß has none.
        (None | Some(_), _) => c,
    }
}

/// Whether a face has pictures in the place of letters.
pub(super) fn has_pictures(face: &str) -> bool {
    let face = face.trim().to_ascii_lowercase();
    face == "symbol" || face.starts_with("wingdings") || face == "webdings"
}

/// Places that no table gives a character
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

fn place(code: u32, first: u32) -> usize {
    usize::try_from(code.saturating_sub(first)).unwrap_or(usize::MAX)
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => '　',
        0x28 => '☎',
        0x2a => '✉',
        0x45..=0x48 => return "☜☞☝☟".chars().nth(place(code, 0x45)),
        0x4a => '☺',
        0x6c => '●',
        0x6d | 0xa1..=0xa3 | 0xa6 => '○',
        0x6e | 0xa7 => '■',
        0x6f..=0x72 | 0xa8 => '□',
        0x74..=0x77 => '◆',
        0x78 | 0xfd => '☒',
        0x80 => '⓪',
        0x81..=0x8a => return "①②③④⑤⑥⑦⑧⑨⑩".chars().nth(place(code, 0x81)),
        0x8b => '⓿',
        0x8c..=0x95 => return "❶❷❸❹❺❻❼❽❾❿".chars().nth(place(code, 0x8c)),
        0x9e | 0x9f => '・',
        0xa4 | 0xa5 => '◎',
        0xab => '★',
        0xb6 => '☆',
        0xd8 => '➢',
        0xdf..=0xe6 => return "←→↑↓↖↗↙↘".chars().nth(place(code, 0xdf)),
        0xe7..=0xee => return "←→↑↓↖↗↙↘".chars().nth(place(code, 0xe7)),
        0xef..=0xf2 => return "⇦⇨⇧⇩".chars().nth(place(code, 0xef)),
        0xf3 => '⇔',
        0xf5..=0xf8 => return "↖↗↙↘".chars().nth(place(code, 0xf5)),
        0xfb => '✗',
        0xfc => '✓',
        0xfe => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x20 => '　',
        0x4f => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x55 | 0x56 => '⊗',
        0x69 => '⓪',
        0x6a..=0x73 => return "①②③④⑤⑥⑦⑧⑨⑩".chars().nth(place(code, 0x6a)),
        0x74 => '⓿',
        0x75..=0x7e => return "❶❷❸❹❺❻❼❽❾❿".chars().nth(place(code, 0x75)),
        0x95..=0x97 => '・',
        0x98 => '●',
        0x99..=0x9b => '○',
        0x9d | 0x9e => '◎',
        0xa0..=0xa2 => '■',
        0xa3..=0xa5 => '□',
        0xad | 0xae | 0xb6 | 0xb7 => '◆',
        0xaf | 0xb8 => '◇',
        0xf8 => '※',
        _ => return None,
    })
}

fn wingdings_3(code: u32) -> Option<char> {
    const ARROWS: &str = "←→↑↓↖↗↙↘";
    let (from, signs) = match code {
        0x20 => (0x20, "　"),
        0x21..=0x28 => (0x21, ARROWS),
        0x31 | 0x32 => (0x31, "↔↕"),
        0x66..=0x6f => (0x66, "←→↑↓↖↗↙↘↔↕"),
        0x70..=0x7e => (0x70, "▲▼△▽◀▶◁▷◣◢◤◥◀▶▲"),
        0x80..=0x84 => (0x80, "▼▲▼◀▶"),
        0xd1..=0xd8 => (0xd1, ARROWS),
        0xd9..=0xe0 => (0xd9, ARROWS),
        _ => return None,
    };
    signs.chars().nth(place(code, from))
}

fn webdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => '　',
        0x33..=0x36 => return "◀▶▲▼".chars().nth(place(code, 0x33)),
        0x61 => '✓',
        0x63 => '□',
        0x67 => '■',
        0x6e => '●',
        0x72 => '✗',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_of_a_known_face_is_its_character_and_any_other_is_a_geta() {
        for (face, code, expected) in [
            ("Symbol", 0xf0b0, '°'),
            ("Symbol", 0xb1, '±'),
            ("Symbol", 0xf0b4, '×'),
            ("Symbol", 0xf0b7, '・'),
            ("Symbol", 0xf0a3, '≤'),
            ("Symbol", 0xf0b3, '≥'),
            ("Symbol", 0xf0ae, '→'),
            ("Symbol", 0xf061, 'α'),
            ("Symbol", 0xf06d, 'μ'),
            ("Symbol", 0xf057, 'Ω'),
            ("Symbol", 0xf044, 'Δ'),
            ("Symbol", 0xf053, 'Σ'),
            ("Symbol", 0xf0d6, '√'),
            ("Symbol", 0xf0e5, '∑'),
            ("Symbol", 0xf0f4, '〓'),
            ("Wingdings", 0xf0fe, '☑'),
            ("Wingdings", 0xf0e0, '→'),
            ("Wingdings", 0xf083, '③'),
            ("Wingdings", 0xf095, '❿'),
            ("Wingdings", 0xf04e, '〓'),
            ("Symbol", 0xf0e0, '◇'),
            ("Wingdings", 0xf076, '◆'),
            ("Wingdings", 0xf0ee, '↘'),
            ("Wingdings 2", 0xf052, '☑'),
            ("Wingdings 2", 0xf0a3, '□'),
            ("Wingdings 2", 0xf098, '●'),
            // A sheet of paper
            ("Wingdings 2", 0xf02a, '〓'),
            ("Wingdings 3", 0xf07d, '▶'),
            ("Wingdings 3", 0xf07f, '〓'),
            ("Wingdings 3", 0xf0d6, '↗'),
            ("Webdings", 0xf061, '✓'),
            ("Webdings", 0xf063, '□'),
            ("Webdings", 0xf0fe, '〓'),
            ("ＭＳ 明朝", 0x25a1, '□'),
            ("ＭＳ 明朝", 0xe000, '〓'),
        ] {
            assert_eq!(symbol(face, code), expected, "{face} {code:x}");
        }
    }
}
