//! The default order of names: runs of digits of any width by value, the rest by code point.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

/// Compares two names; names that differ only in leading zeros or width are told apart by code point.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let order = match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) => match (digit(x), digit(y)) {
                (Some(_), Some(_)) => compare_values(&take_number(&mut left), &take_number(&mut right)),
                _ => {
                    left.next();
                    right.next();
                    x.cmp(&y)
                }
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The value of a digit of either width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn take_number(chars: &mut Peekable<Chars<'_>>) -> Vec<u32> {
    let mut digits = Vec::new();
    while let Some(value) = chars.peek().copied().and_then(digit) {
        chars.next();
        if value != 0 || !digits.is_empty() {
            digits.push(value);
        }
    }
    digits
}

/// Digits without leading zeros: the longer run is the larger number.
fn compare_values(a: &[u32], b: &[u32]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_by_value_in_any_width() {
        let mut names = vec!["10_い", "２_あ", "1_う", "02_あ", "100", "あ", "9"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["1_う", "02_あ", "２_あ", "9", "10_い", "100", "あ"]);
    }
}
