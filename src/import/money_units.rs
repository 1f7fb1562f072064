//! Units of money in words of the office: 千円, （単位：円）, ※金額の単位は百万円.

use std::ops::Range;

use crate::syntax::chars::{is_blank, is_digit, unified};

/// A note is no longer than this.
const LONGEST: usize = 80;
/// So far behind the word 単位 its unit stands.
const BEHIND: usize = 12;

/// A unit with the words in which it stands.
pub(super) type UnitNote = (&'static str, String);

/// A list below which a note may still name its unit.
pub(super) struct OpenList {
    pub(super) programs: Range<usize>,
    pub(super) notes: Vec<UnitNote>,
    pub(super) place: String,
}

impl OpenList {
    /// Joins it to the list at its left.
    pub(super) fn join(&mut self, left: Self) {
        self.programs.start = self.programs.start.min(left.programs.start);
        self.notes.extend(left.notes);
        self.place = left.place;
    }
}

/// Whether an amount has its unit in its text.
pub(super) fn has_unit(amount: &str) -> bool {
    amount.contains(['円', '千', '万', '億', '兆'])
}

/// The unit in a label: `R2事業費 (千円)`.
pub(super) fn unit_of(label: &str) -> Option<&'static str> {
    ["十億円", "億円", "百万円", "千万円", "万円", "千円", "円"].into_iter().find(|unit| label.contains(unit))
}

/// The unit that a title, a note or a cell of its own names: （単位：円）, ※金額の単位は百万円, 千円単位, （千円）.
pub(super) fn unit_note(text: &str) -> Option<&'static str> {
    // Most cells are no note; that is seen without looking closely.
    if !text.contains("単位") && !text.trim_end().ends_with([')', '）', ']', '］', '〕', '】']) {
        return None;
    }
    let text = unified(text);
    let is_rounding = ["四捨五入", "未満", "切捨", "切り捨", "端数"].iter().any(|word| text.contains(word));
    if text.chars().count() > LONGEST || is_rounding {
        return None;
    }
    let inside = text.strip_prefix(['(', '[', '〔', '【']).and_then(|body| body.strip_suffix([')', ']', '〕', '】']));
    if let Some(unit) = inside.and_then(|inside| unit_of(inside).filter(|unit| *unit == inside)) {
        return Some(unit);
    }
    let (before, behind) = text.split_once("単位")?;
    let behind = behind.split([')', '。', ']', '】', '〕']).next().unwrap_or_default();
    let is_near = behind.chars().count() <= BEHIND && !behind.contains(is_digit);
    let behind = unit_of(behind).filter(|_| is_near);
    behind.or_else(|| unit_of(before).filter(|unit| before.trim_end_matches(is_blank).ends_with(unit)))
}

#[cfg(test)]
mod tests {
    use super::unit_note;

    #[test]
    fn a_unit_is_seen_in_every_dress() {
        for (text, unit) in [
            ("（単位：円）", "円"),
            ("令和2年度　事業一覧（単位　千円）", "千円"),
            ("※金額の単位は百万円です。", "百万円"),
            ("※ 金額はすべて千円単位", "千円"),
            ("（単位：人、千円）", "千円"),
            ("（百万円）", "百万円"),
        ] {
            assert_eq!(unit_note(text), Some(unit), "{text}");
        }
        for text in
            ["千円単位で四捨五入しているため合計は合わない", "単位：人", "円形劇場", "単位PTA活動費 20千円", "千円"]
        {
            assert_eq!(unit_note(text), None, "{text}");
        }
    }
}
