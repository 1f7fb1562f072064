//! How deep the blocks of a section hang: the marks that their authors pasted (● ① ・ １． ア) form levels by the order in
//! which they first appear. Knows of a block only its kind and its mark.

use super::block::{BlockKind, BlockView};

/// What hangs deeper than this has no room left.
const DEEPEST: usize = 4;

const KATAKANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";

/// A list that may go on.
struct Open {
    shape: String,
    /// The block after the last one of this shape has the next number: what stands between belongs to the last one.
    goes_on: bool,
    /// Paragraphs behind the last block, and the most of them behind one before, where each had some.
    paragraphs: usize,
    usual: Option<usize>,
}

/// The level of each block. `Paragraph`s stand at the margin, but for one that plainly belongs to a numbered block: the
/// numbers go on behind it, or each number before had a paragraph of its own.
pub(super) fn set_levels(blocks: &mut [BlockView]) {
    let marks: Vec<(String, Option<u32>)> = blocks.iter().map(|block| shape_of(&block.marker)).collect();
    let goes_on = goes_on(blocks, &marks);
    let mut open: Vec<Open> = Vec::new();
    let mut before: Option<(BlockKind, usize)> = None;
    for ((block, (shape, _)), goes_on) in blocks.iter_mut().zip(marks).zip(goes_on) {
        block.level = match block.kind {
            BlockKind::Subheading => {
                open.clear();
                0
            }
            BlockKind::Paragraph => hang_paragraph(&mut open),
            // A note is one of what it stands below, and hangs at an item.
            BlockKind::Note => match before {
                Some((BlockKind::Item, level)) => level + 1,
                Some((BlockKind::Subheading, _)) | None => 0,
                Some((BlockKind::Paragraph | BlockKind::Bullet | BlockKind::Note, level)) => level,
            },
            BlockKind::Item | BlockKind::Bullet => hang_mark(&mut open, shape, goes_on),
        };
        before = Some((block.kind, block.level));
    }
}

/// Of each block whether the next of its shape, before a sub-heading, has the next number.
fn goes_on(blocks: &[BlockView], marks: &[(String, Option<u32>)]) -> Vec<bool> {
    let mut next: Vec<(&str, Option<u32>)> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for (block, (shape, number)) in blocks.iter().zip(marks).rev() {
        if block.kind == BlockKind::Subheading {
            next.clear();
        }
        let found = next.iter().position(|(other, _)| other == shape);
        let following = found.map(|at| next.swap_remove(at).1);
        out.push(number.is_some() && following == Some(number.map(|number| number + 1)));
        next.push((shape, *number));
    }
    out.reverse();
    out
}

fn hang_mark(open: &mut Vec<Open>, shape: String, goes_on: bool) -> usize {
    let level = match open.iter().position(|list| is_same(&list.shape, &shape)) {
        Some(at) => at,
        None => open.len().min(DEEPEST),
    };
    let usual = match open.get(level) {
        None => Some(0),
        Some(list) if !is_same(&list.shape, &shape) => Some(0),
        Some(list) if list.paragraphs == 0 => None,
        Some(list) => list.usual.map(|usual| usual.max(list.paragraphs)),
    };
    open.truncate(level);
    open.push(Open { shape, goes_on, paragraphs: 0, usual });
    level
}

fn hang_paragraph(open: &mut Vec<Open>) -> usize {
    let belongs = |list: &Open| list.goes_on || list.usual.is_some_and(|usual| list.paragraphs < usual);
    let level = open.iter().rposition(belongs).map_or(0, |at| at + 1);
    open.truncate(level);
    if let Some(list) = open.last_mut() {
        list.paragraphs += 1;
    }
    level
}

/// An empty box before a full one is the other choice, not the head above it.
fn is_same(open: &str, shape: &str) -> bool {
    open == shape || matches!((open, shape), ("□", "■") | ("◇", "◆"))
}

/// A mark without its number, and the number: `（２）` is `(1)` and 2, `ウ` is `ア` and 3, ● is itself and has none.
fn shape_of(marker: &str) -> (String, Option<u32>) {
    let mut shape = String::new();
    let mut number = None;
    for c in marker.chars() {
        let c = char::from_u32(u32::from(c).wrapping_sub(0xfee0)).filter(char::is_ascii_graphic).unwrap_or(c);
        let (kind, place) = match c {
            '0'..='9' => ('1', u32::from(c) - u32::from('0')),
            'a'..='z' => ('a', u32::from(c) - u32::from('a') + 1),
            'A'..='Z' => ('A', u32::from(c) - u32::from('A') + 1),
            '①'..='⑳' => ('①', u32::from(c) - u32::from('①') + 1),
            '㉑'..='㉟' => ('①', u32::from(c) - u32::from('㉑') + 21),
            '㊱'..='㊿' => ('①', u32::from(c) - u32::from('㊱') + 36),
            '❶'..='❿' => ('❶', u32::from(c) - u32::from('❶') + 1),
            _ => match KATAKANA.chars().zip(1..).find(|(letter, _)| *letter == c) {
                Some((_, place)) => ('ア', place),
                None => {
                    shape.push(c);
                    continue;
                }
            },
        };
        // 12: one number of two figures.
        number = Some(if shape.ends_with('1') && kind == '1' { number.unwrap_or(0) * 10 } else { 0 } + place);
        if !shape.ends_with('1') || kind != '1' {
            shape.push(kind);
        }
    }
    (shape, number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels of blocks, each given by its mark: none is a paragraph, ○ a sub-heading.
    fn levels(markers: &str) -> Vec<usize> {
        let kind = |marker: &str| match marker {
            "段" => BlockKind::Paragraph,
            "○" => BlockKind::Subheading,
            "※" => BlockKind::Note,
            _ if marker.starts_with('(') && marker.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => {
                BlockKind::Item
            }
            _ => BlockKind::Bullet,
        };
        let block = |marker: &str| BlockView {
            kind: kind(marker),
            marker: if marker == "段" { String::new() } else { marker.to_string() },
            level: 0,
            text: String::new(),
            faulty: false,
        };
        let mut blocks: Vec<BlockView> = markers.split(' ').map(block).collect();
        set_levels(&mut blocks);
        blocks.iter().map(|block| block.level).collect()
    }

    #[test]
    fn marks_hang_in_the_order_of_their_appearance() {
        assert_eq!(levels("● ① ② ・ ③ ●"), [0, 1, 1, 2, 1, 0]);
        assert_eq!(levels("１． ア イ （ア） ２． ア"), [0, 1, 1, 2, 0, 1]);
        assert_eq!(levels("(1) ・ ※ (2) ① ・ ※ 段 ・"), [0, 1, 1, 0, 1, 2, 2, 0, 0]);
        assert_eq!(levels("● ○ ・"), [0, 0, 0]);
        assert_eq!(levels("□ ■ ◆ ◇"), [0, 0, 1, 2]);
        assert_eq!(levels("① ② ※"), [0, 0, 0]);
    }

    #[test]
    fn a_paragraph_hangs_where_the_numbers_go_on() {
        assert_eq!(levels("(1) 段 (2) 段 段"), [0, 1, 0, 1, 0]);
        assert_eq!(levels("(1) 段 (1) 段"), [0, 0, 0, 0]);
        assert_eq!(levels("(1) (2) 段"), [0, 0, 0]);
        assert_eq!(levels("(1) ① 段 ② (2) 段"), [0, 1, 2, 1, 0, 0]);
        assert_eq!(levels("(9) 段 ・ (10)"), [0, 1, 1, 0]);
        // Whether bullets go on nobody can tell.
        assert_eq!(levels("● 段 ●"), [0, 0, 0]);
    }
}
