//! Rows of 【指標】 whose cells are parted by something that looks like ｜, or by blanks: how they could be written.

use super::quantity::parse_quantities;
use crate::diagnostic::Diagnostic;
use crate::natural_order::digit;
use crate::source::Span;
use crate::syntax::chars::{is_bar, is_blank, is_no_value};

/// Marks that are nothing else than a bar.
const BARS: &[char] = &['¦', '￤', '︱', '︳', '❘', '❙', '∣', 'ǀ', '┃', '┆', '┊', '▏', '⎸'];
/// Letters and marks of words and dates, which stand for one only before a digit.
const OTHERS: &[char] = &['ー', 'l', 'I', '!', '！', '／', '/', 'ｌ', 'Ｉ', '丨'];

/// Whether a mark is no other mark than a bar, wherever it stands.
pub(super) fn is_bar_alone(mark: char) -> bool {
    BARS.contains(&mark)
}

/// The fix of ー, l or ¦ for ｜, where the row is then whole beyond doubt: as many cells as columns, each of them a quantity
/// or "no value", and no mark that could belong to the word before it.
pub(super) fn propose_bars(diagnostic: Diagnostic, span: Span, row: &str, columns: usize) -> Diagnostic {
    let mut bars = String::new();
    let mut before = ' ';
    let mut rest = row.chars().peekable();
    while let Some(c) = rest.next() {
        let stands_between = rest.peek().is_some_and(|after| digit(*after).is_some())
            && !matches!(before, 'ァ'..='ヿ' | 'ｦ'..='ﾟ' | ' ')
            && !before.is_ascii_alphanumeric();
        let is_meant = is_bar_alone(c) || (matches!(c, 'ー' | 'l' | 'ｌ') && stands_between);
        bars.push(if is_meant { '｜' } else { c });
        before = c;
    }
    let mut cells = bars.split(is_bar).skip(1).map(|cell| cell.trim_matches(is_blank));
    let is_whole = cells.clone().count() == columns
        && cells
            .all(|cell| is_no_value(cell) || parse_quantities(cell).iter().any(|quantity| !quantity.unit.is_empty()));
    if is_whole && bars != row { diagnostic.fix(span, bars) } else { diagnostic }
}

/// The row with ｜ in the place of the marks that look like it: of letters only before digits, サポーター数ー1名.
pub(super) fn mended(label: &str) -> Option<(char, String)> {
    let mark = look_alike_bar(label)?;
    if is_bar_alone(mark) {
        return Some((mark, label.split(mark).map(|cell| cell.trim_matches(is_blank)).collect::<Vec<_>>().join("｜")));
    }
    let mut row = String::new();
    let mut rest = label.chars().peekable();
    while let Some(c) = rest.next() {
        let is_meant = c == mark && rest.peek().is_some_and(|after| digit(*after).is_some());
        row.push(if is_meant { '｜' } else { c });
    }
    Some((mark, row))
}

/// `件数　312件　405件`: a row whose cells are parted by blanks, with ｜ between them.
pub(super) fn parted_by_blanks(label: &str, columns: usize) -> Option<String> {
    let parts: Vec<&str> = label.split(is_blank).filter(|part| !part.is_empty()).collect();
    let values = parts.get(parts.len().checked_sub(columns)?..)?;
    let are_values =
        values.iter().all(|value| is_no_value(value) || !parse_quantities(value).is_empty() || *value == "中止");
    let name = parts.get(..parts.len() - columns).filter(|name| !name.is_empty())?.join("　");
    are_values.then(|| format!("{name}｜{}", values.join("｜")))
}

/// `件数,312件,1,405件`: a row whose cells are parted by commas, as a CSV file has them, with ｜ between them. A comma before three digits
/// is part of a figure.
pub(super) fn parted_by_commas(label: &str, columns: usize) -> Option<String> {
    let chars: Vec<char> = label.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
    let is_in_figure =
        |at: usize| at > 0 && is_digit(at - 1) && (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4);
    let is_comma = |at: usize, c: char| matches!(c, ',' | '，' | '、') && !is_in_figure(at);
    let row: String = chars.iter().enumerate().map(|(at, c)| if is_comma(at, *c) { '｜' } else { *c }).collect();
    let mut cells = row.split('｜').map(|cell| cell.trim_matches(is_blank));
    let has_name = cells.next().is_some_and(|name| !name.is_empty());
    let is_value = |cell: &str| is_no_value(cell) || !parse_quantities(cell).is_empty() || cell == "中止";
    let is_whole = has_name && cells.clone().count() == columns && cells.all(is_value);
    is_whole.then_some(row)
}

/// ¦ anywhere, or ー, l, I, ! or ／ beside a digit, where a ｜ was meant.
pub(super) fn look_alike_bar(text: &str) -> Option<char> {
    let chars: Vec<char> = text.chars().collect();
    let is_before_digit = |pair: &[char]| match pair {
        [mark, after] if OTHERS.contains(mark) && digit(*after).is_some() => Some(*mark),
        _ => None,
    };
    chars.iter().copied().find(|c| is_bar_alone(*c)).or_else(|| chars.windows(2).find_map(is_before_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_a_row_and_not_a_figure() {
        let is = |typed: &str, row: Option<&str>| assert_eq!(parted_by_commas(typed, 2).as_deref(), row, "{typed}");
        is("提案件数,3件,0件", Some("提案件数｜3件｜0件"));
        is("来場者数,1,200人,12,345人", Some("来場者数｜1,200人｜12,345人"));
        is("来場者数、中止、―", Some("来場者数｜中止｜―"));
        is("港,空港の数,3件,0件", None);
        is("春、夏、秋の講座", None);
        is(",3件,0件", None);
    }

    #[test]
    fn rows_are_parted_before_digits_alone() {
        for (typed, row) in [
            ("ボランティアーセンター数ー3か所ー4か所", "ボランティアーセンター数｜3か所｜4か所"),
            ("メーターー5台ー6台", "メーター｜5台｜6台"),
            ("call数l5件l6件", "call数｜5件｜6件"),
            ("会場数 ¦ 1か所 ¦ 2か所", "会場数｜1か所｜2か所"),
            ("会場数︱1か所︱中止", "会場数｜1か所｜中止"),
        ] {
            assert_eq!(mended(typed).map(|(_, row)| row), Some(row.to_string()), "{typed}");
        }
        for typed in ["サポーターの人数", "データ", "A/B"] {
            assert_eq!(mended(typed), None, "{typed}");
        }
    }
}
