//! The nearest known name to a misspelt one.

use strsim::osa_distance;

/// The candidate at the smallest edit distance, if it is near enough to be what was meant: at most two edits, and
/// fewer than the longer name has characters.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    candidates
        .into_iter()
        .map(|candidate| (osa_distance(typed, candidate), candidate))
        .filter(|(distance, candidate)| {
            let longer = length.max(candidate.chars().count());
            let allowed = 2 + longer / 8;
            *distance <= allowed && distance * 2 <= longer
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["事業概要", "事業実績", "指標", "事例", "今後の方向"];
        assert_eq!(nearest("事業慨要", names), Some("事業概要"));
        assert_eq!(nearest("実績", names), Some("事業実績"));
        assert_eq!(nearest("今後の方向性", names), Some("今後の方向"));
        assert_eq!(nearest("備考", names), None);
        assert_eq!(nearest("事業費", ["事例"]), None);
    }
}
