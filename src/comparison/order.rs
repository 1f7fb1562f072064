//! A list in another order is one statement: where the one thing went that moved, or both orders of the stretch in which
//! several did.

use std::collections::BTreeSet;

use super::align::{Pair, rising};
use super::change::{Change, ChangeKind};
use super::scope::{Scope, Seen};
use crate::source::Span;

/// How the things stand that both lists have.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    Kept,
    /// One of them stands elsewhere: its place before and now
    One(usize, usize),
    /// Several do: the things between the first and the last place that another one has now, in the old order by their
    /// old places, and in the new order by their new ones
    Several(Vec<usize>, Vec<usize>),
}

impl Order {
    /// Of places before and now, in the order of the places now.
    pub(super) fn of(stayed: &[(usize, usize)]) -> Self {
        let was: Vec<usize> = stayed.iter().map(|(was, _)| *was).collect();
        let keeps = rising(&was);
        let moved: Vec<(usize, usize)> =
            stayed.iter().zip(keeps).filter(|(_, keeps)| !keeps).map(|(place, _)| *place).collect();
        match moved.as_slice() {
            [] => Self::Kept,
            [(was, is)] => Self::One(*was, *is),
            _ => {
                let before: Vec<usize> = was.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
                let differs = |at: &usize| before.get(*at) != was.get(*at);
                let first = (0..was.len()).find(differs).unwrap_or(0);
                let last = (0..was.len()).rev().find(differs).unwrap_or(0);
                let stretch = |places: &[usize]| places.get(first..=last).unwrap_or_default().to_vec();
                Self::Several(stretch(&before), stretch(&stayed.iter().map(|(_, is)| *is).collect::<Vec<_>>()))
            }
        }
    }

    /// Of the pairs of two lists.
    pub(super) fn of_pairs(pairs: &[Pair]) -> Self {
        Self::of(&pairs.iter().filter_map(|pair| pair.old.zip(pair.new)).collect::<Vec<_>>())
    }
}

/// A thing of a list.
pub(super) struct Listed {
    pub(super) name: String,
    /// 3行目, No.2
    pub(super) place: String,
    pub(super) span: Span,
}

/// The thing of a list at a place.
pub(super) type ListedAt<'a> = dyn Fn(usize) -> Option<Listed> + 'a;

impl Listed {
    fn line(&self) -> String {
        format!("{}　{}", self.place, self.name.replace('\n', ""))
    }
}

impl Scope<'_> {
    /// What of a list stands elsewhere. `section` is before the name of one thing, `list` names the order of several.
    pub(super) fn order(
        &mut self,
        (section, list): (&str, &str),
        order: &Order,
        (old, new): (&ListedAt<'_>, &ListedAt<'_>),
    ) -> Option<&mut Change> {
        match order {
            Order::Kept => None,
            Order::One(was, is) => {
                let (before, after) = (old(*was)?, new(*is)?);
                let spot = format!("{section}{}", after.name);
                let words = before.name;
                let change = self.moved(spot, Seen::new(before.place, before.span), Seen::new(after.place, after.span));
                stands_at(change, &words);
                Some(change)
            }
            Order::Several(were, are) => {
                let before: Vec<Listed> = were.iter().filter_map(|at| old(*at)).collect();
                let after: Vec<Listed> = are.iter().filter_map(|at| new(*at)).collect();
                let seen = |things: &[Listed]| {
                    let lines: Vec<String> = things.iter().map(Listed::line).collect();
                    Some(Seen::new(lines.join("\n"), things.first()?.span))
                };
                let (from, to) = (seen(&before)?, seen(&after)?);
                let change = self.moved(list, from, to);
                change.what = ChangeKind::Reordered;
                stands_at(change, &before.first()?.name);
                Some(change)
            }
        }
    }
}

/// The page of a change is the one with these words, of which `…` left something out.
pub(super) fn stands_at(change: &mut Change, words: &str) {
    let words = words.split('…').find(|part| !part.is_empty()).map(str::to_string);
    change.printed.iter_mut().for_each(|printed| printed.words.clone_from(&words));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_goes_elsewhere_or_a_stretch_is_in_another_order() {
        assert_eq!(Order::of(&[(0, 0), (1, 1), (3, 2)]), Order::Kept);
        assert_eq!(Order::of(&[(2, 0), (0, 1), (1, 2)]), Order::One(2, 0));
        assert_eq!(Order::of(&[(0, 0), (4, 1), (3, 2), (1, 3), (5, 5)]), Order::Several(vec![1, 3, 4], vec![1, 2, 3]));
    }
}
