//! Values that live as long as the program. An office's form is small and hardly ever changes, so that what it names may stay in
//! memory and be handed about like a word of the language.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Keeps each value once.
pub(super) struct Interner<T: ?Sized + 'static>(Mutex<BTreeSet<&'static T>>);

impl<T: ?Sized + Ord> Interner<T> {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(BTreeSet::new()))
    }

    pub(super) fn keep(&self, value: Box<T>) -> &'static T {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(&*value) {
            return known;
        }
        let value: &'static T = Box::leak(value);
        kept.insert(value);
        value
    }
}

/// The one copy of a word.
pub fn interned(word: &str) -> &'static str {
    static WORDS: Interner<str> = Interner::new();
    WORDS.keep(word.into())
}
