//! How words of offices compare.

use crate::syntax::chars::unified;

/// Marks around and before a heading.
const MARKS: &[char] = &[
    '【', '】', '［', '］', '[', ']', '〔', '〕', '〈', '〉', '《', '》', '≪', '≫', '＜', '＞', '<', '>', '「', '」',
    '■', '●', '◆', '□', '◎', '◇', '○', '・', '▼', '▽', '※',
];

/// Widths, blanks, marks and a colon behind aside.
pub(super) fn compared(text: &str) -> String {
    let text: String = unified(text).to_lowercase();
    text.trim_matches(|c| MARKS.contains(&c) || c == ':').to_string()
}
