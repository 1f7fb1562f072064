//! J003: copies that Explorer makes and temporary files that Office leaves.

/// Whether a file's stem is that of a copy or a temporary file.
pub fn is_copy(stem: &str) -> bool {
    stem.starts_with("~$") || ends_as_copy(stem)
}

fn ends_as_copy(stem: &str) -> bool {
    if stem.ends_with(" - コピー") || stem.ends_with("のコピー") || stem.ends_with(" - Copy") {
        return true;
    }
    let Some(body) = stem.strip_suffix(')') else { return false };
    let Some((name, number)) = body.rsplit_once(" (") else { return false };
    // `… - コピー (2)` and `… (2)`; a year in brackets is a name.
    !name.is_empty() && (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_names() {
        for stem in
            ["訓練校事業 - コピー", "訓練校事業のコピー", "訓練校事業 (2)", "訓練校事業 - コピー (3)", "~$訓練校"]
        {
            assert!(is_copy(stem), "{stem}");
        }
        for stem in ["訓練校事業(訓練事業費)", "訓練校事業（2）", "計画 (2020)", "コピー機更新事業"]
        {
            assert!(!is_copy(stem), "{stem}");
        }
    }
}
