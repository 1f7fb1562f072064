//! Names of a form, compared.

use crate::syntax::chars::unified;

/// Whether two names or choices are one, in whatever width they were typed.
pub fn is_alike(one: &str, other: &str) -> bool {
    one == other || unified(one) == unified(other)
}
