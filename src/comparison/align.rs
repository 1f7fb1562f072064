//! Which row or paragraph of a newer list was which of an older one.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A thing of a list.
pub(super) struct AlignedItem {
    /// Equal for the same thing
    pub(super) key: String,
    /// By its likeness a thing is known again whose key changed.
    pub(super) text: String,
}

/// Two lists side by side; one of the two is absent for what is new or gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// Gaps with more pairs than that are not searched for likeness.
const MOST_PAIRS: usize = 2_500;
/// Texts less alike than that are two texts.
const ALIKE: f64 = 0.35;

/// Pairs what has the same key and is in order, then what has the same key elsewhere, then what is alike between two
/// such pairs; with `lone`, what stands alone between two pairs in both lists is the same thing however unlike it is. In
/// the order of the newer list; what is gone stands where it stood.
pub(super) fn align(old: &[AlignedItem], new: &[AlignedItem], lone: bool) -> Vec<Pair> {
    let mut matching = Matching { was: vec![None; new.len()], taken: vec![false; old.len()] };
    let fixed = in_order(old, new, &mut matching);
    elsewhere(old, new, &mut matching);
    let mut pairs = Vec::new();
    let (mut old_start, mut new_start) = (0, 0);
    for (old_end, new_end) in fixed.into_iter().chain([(old.len(), new.len())]) {
        matching.pair_alike(old, new, old_start..old_end, new_start..new_end, lone);
        let gone = (old_start..old_end).filter(|at| !matching.is_taken(*at));
        pairs.extend(gone.map(|at| Pair { old: Some(at), new: None }));
        // The fixed pair itself ends its gap.
        let end = (new_end + 1).min(new.len());
        pairs.extend((new_start..end).map(|at| Pair { old: matching.was(at), new: Some(at) }));
        (old_start, new_start) = (old_end + 1, new_end + 1);
    }
    pairs
}

/// For each number whether it belongs to the longest rising row of them: the others moved.
pub(super) fn rising(numbers: &[usize]) -> Vec<bool> {
    // Places of the smallest last number of a row of each length, and the place before each in its row.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers.get(*end).is_some_and(|last| last < number));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut keeps = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(place) = at {
        if let Some(keep) = keeps.get_mut(place) {
            *keep = true;
        }
        at = before.get(place).copied().flatten();
    }
    keeps
}

struct Matching {
    /// Old place of each new thing
    was: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Matching {
    fn was(&self, new: usize) -> Option<usize> {
        self.was.get(new).copied().flatten()
    }

    fn is_taken(&self, old: usize) -> bool {
        self.taken.get(old).copied().unwrap_or(true)
    }

    fn pair(&mut self, old: usize, new: usize) {
        if let (Some(was), Some(taken)) = (self.was.get_mut(new), self.taken.get_mut(old)) {
            (*was, *taken) = (Some(old), true);
        }
    }

    fn pair_alike(
        &mut self,
        old: &[AlignedItem],
        new: &[AlignedItem],
        olds: Range<usize>,
        news: Range<usize>,
        lone: bool,
    ) {
        let olds: Vec<usize> = olds.filter(|at| !self.is_taken(*at)).collect();
        let news: Vec<usize> = news.filter(|at| self.was(*at).is_none()).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        if let ([old], [new], true) = (olds.as_slice(), news.as_slice(), lone) {
            self.pair(*old, *new);
            return;
        }
        let grams = |list: &[AlignedItem], places: &[usize]| -> Vec<Vec<(char, char)>> {
            places.iter().filter_map(|at| list.get(*at)).map(|item| grams(&item.text)).collect()
        };
        let (old_grams, new_grams) = (grams(old, &olds), grams(new, &news));
        let found = if olds.len().saturating_mul(news.len()) <= MOST_PAIRS {
            most_alike(&old_grams, &new_grams)
        } else {
            (0..olds.len().min(news.len())).map(|at| (at, at)).collect()
        };
        for (o, n) in found {
            let likeness = old_grams.get(o).zip(new_grams.get(n)).map_or(0.0, |(a, b)| likeness(a, b));
            if let (Some(old), Some(new), true) = (olds.get(o), news.get(n), likeness >= ALIKE) {
                self.pair(*old, *new);
            }
        }
    }
}

/// Pairs equal keys in order; these pairs.
fn in_order(old: &[AlignedItem], new: &[AlignedItem], matching: &mut Matching) -> Vec<(usize, usize)> {
    let keys = |list: &[AlignedItem]| -> Vec<String> { list.iter().map(|item| item.key.clone()).collect() };
    let mut fixed = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for n in 0..len {
                matching.pair(old_index + n, new_index + n);
                fixed.push((old_index + n, new_index + n));
            }
        }
    }
    fixed
}

/// Pairs equal keys that stand elsewhere.
fn elsewhere(old: &[AlignedItem], new: &[AlignedItem], matching: &mut Matching) {
    let mut free: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, item) in old.iter().enumerate().filter(|(at, item)| !matching.is_taken(*at) && !item.key.is_empty()) {
        free.entry(&item.key).or_default().push_back(at);
    }
    for (at, item) in new.iter().enumerate() {
        if matching.was(at).is_none()
            && let Some(was) = free.get_mut(item.key.as_str()).and_then(VecDeque::pop_front)
        {
            matching.pair(was, at);
        }
    }
}

/// The pairs, in order in both lists, whose likenesses add up to most.
fn most_alike(old: &[Vec<(char, char)>], new: &[Vec<(char, char)>]) -> Vec<(usize, usize)> {
    // The best sum from each place on, and whether it begins with the pair of that place.
    let mut best: BTreeMap<(usize, usize), (f64, bool)> = BTreeMap::new();
    let sum = |best: &BTreeMap<(usize, usize), (f64, bool)>, o, n| best.get(&(o, n)).map_or(0.0, |(sum, _)| *sum);
    for (o, old) in old.iter().enumerate().rev() {
        for (n, new) in new.iter().enumerate().rev() {
            let alike = likeness(old, new);
            let apart = sum(&best, o + 1, n).max(sum(&best, o, n + 1));
            let together = alike + sum(&best, o + 1, n + 1);
            let is_pair = alike >= ALIKE && together > apart;
            best.insert((o, n), (if is_pair { together } else { apart }, is_pair));
        }
    }
    let (mut o, mut n, mut pairs) = (0, 0, Vec::new());
    while let Some((_, is_pair)) = best.get(&(o, n)) {
        if *is_pair {
            pairs.push((o, n));
            (o, n) = (o + 1, n + 1);
        } else if sum(&best, o + 1, n) >= sum(&best, o, n + 1) {
            o += 1;
        } else {
            n += 1;
        }
    }
    pairs
}

/// Every two neighbouring characters, sorted.
fn grams(text: &str) -> Vec<(char, char)> {
    let mut grams: Vec<(char, char)> = text.chars().zip(text.chars().skip(1).chain(['\n'])).collect();
    grams.sort_unstable();
    grams
}

/// The share of neighbours that both texts have, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
fn likeness(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut a_rest, mut b_rest, mut common) = (a.iter().peekable(), b.iter().peekable(), 0_usize);
    while let (Some(x), Some(y)) = (a_rest.peek(), b_rest.peek()) {
        let order = x.cmp(y);
        if order.is_eq() {
            common += 1;
        }
        if order.is_le() {
            a_rest.next();
        }
        if order.is_ge() {
            b_rest.next();
        }
    }
    2.0 * common as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let items = |list: &[&str]| -> Vec<AlignedItem> {
            list.iter().map(|text| AlignedItem { key: (*text).to_string(), text: (*text).to_string() }).collect()
        };
        align(&items(old), &items(new), false).iter().map(|pair| (pair.old, pair.new)).collect()
    }

    #[test]
    fn equal_then_moved_then_alike() {
        assert_eq!(
            pairs(&["一", "二"], &["一", "三", "二"]),
            [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2)),]
        );
        assert_eq!(
            pairs(&["研修を2回行った。", "終わり"], &["研修を3回行った。", "終わり"]),
            [(Some(0), Some(0)), (Some(1), Some(1)),]
        );
        assert_eq!(
            pairs(&["い", "ろ", "は"], &["は", "い", "ろ"]),
            [(Some(2), Some(0)), (Some(0), Some(1)), (Some(1), Some(2)),]
        );
        assert_eq!(pairs(&["あいう"], &["かきく"]), [(Some(0), None), (None, Some(0))]);
        assert_eq!(pairs(&[], &[]), []);
    }

    #[test]
    fn what_keeps_its_order_did_not_move() {
        assert_eq!(rising(&[0, 3, 1, 2]), [true, false, true, true]);
        assert_eq!(rising(&[]), Vec::<bool>::new());
        assert_eq!(rising(&[2, 1]).iter().filter(|keeps| **keeps).count(), 1);
    }
}
