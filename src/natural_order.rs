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
                // A digit of either width stands where the ASCII digits do, or the order would not be one.
                _ => {
                    left.next();
                    right.next();
                    narrow(x).cmp(&narrow(y))
                }
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn narrow(c: char) -> char {
    digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
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
    fn it_is_a_total_order() {
        let names = ["2_あ", "①_あ", "十_あ", "００3_あ", "１０_あ", "１_い", "1_い", "あ", "Ａ", "a1", "a１"];
        for a in names {
            for b in names {
                assert_eq!(compare(a, b), compare(b, a).reverse(), "{a} {b}");
                for c in names {
                    if compare(a, b).is_lt() && compare(b, c).is_lt() {
                        assert!(compare(a, c).is_lt(), "{a} {b} {c}");
                    }
                }
            }
        }
    }

    #[test]
    fn digits_count_by_value_in_any_width() {
        let mut names = vec!["10_い", "２_あ", "1_う", "02_あ", "100", "あ", "9"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["1_う", "02_あ", "２_あ", "9", "10_い", "100", "あ"]);
    }
}
