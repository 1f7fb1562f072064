//! J003: copies that Explorer, Finder, synchronising services and people make, and temporary files that Office leaves.
//!
//! Some names only a copy has. Others are honest names too (（改）, _rev2): they count where the file they were made of
//! lies in the same report.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::copy_marks::is_mark;

const CONFLICTS: &[&str] = &[
    "競合コピー",
    "競合するコピー",
    "競合したコピー",
    ".sync-conflict-",
    "conflicted copy",
    "conflict copy",
    "case conflict",
    "sfconflict",
    "[conflicted]",
    "矛盾するコピー",
    "矛盾したコピー",
];

/// Whether a file's stem is one that only a copy or a temporary file has.
pub fn is_copy(stem: &str) -> bool {
    stem.starts_with("~$") || ends_as_copy(stem)
}

fn ends_as_copy(stem: &str) -> bool {
    if [" - コピー", "のコピー", " - Copy"].iter().any(|end| stem.ends_with(end)) {
        return true;
    }
    let lower = stem.to_lowercase();
    if CONFLICTS.iter().any(|mark| lower.contains(mark)) || lower.ends_with("_conflict") {
        return true;
    }
    let Some(body) = stem.strip_suffix(')') else { return false };
    let Some((name, number)) = body.rsplit_once(" (") else { return false };
    // `… - コピー (2)` and `… (2)`; a year in brackets is a name.
    !name.is_empty() && (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Of these file stems those that are another one with the mark of a copy, each with that other one.
pub fn find_copies<'a>(stems: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, &'a str> {
    let stems: BTreeSet<&str> = stems.into_iter().collect();
    // Compared in one width, 名前（改） and 名前(改) are alike.
    let known: BTreeMap<String, &str> = stems.iter().map(|stem| (narrow(stem), *stem)).collect();
    let mut copies = BTreeMap::new();
    for (stem, typed) in &known {
        let original = stem.char_indices().skip(1).find_map(|(at, _)| {
            let (start, end) = stem.split_at_checked(at)?;
            let other = |name: &str| known.get(name.trim()).copied().filter(|other| other != typed);
            let before = other(start).filter(|_| is_mark(end, false));
            before.or_else(|| other(end).filter(|_| is_mark(start, true)))
        });
        if let Some(original) = original {
            copies.insert(*typed, original);
        }
    }
    copies
}

fn narrow(stem: &str) -> String {
    stem.nfkc().map(|c| if matches!(c, '‐' | '–' | '−' | '—') { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_from_names() {
        for stem in [
            "訓練校事業 - コピー",
            "訓練校事業のコピー",
            "訓練校事業 (2)",
            "訓練校事業 - コピー (3)",
            "~$訓練校",
            "訓練校事業.sync-conflict-20240401-093000-ABCDEFG",
            "訓練校事業 (佐藤の競合コピー 2024-04-01)",
            "訓練校事業 (conflicted copy 2024-04-01 093000)",
            "訓練校事業 (Conflicted copy from PC01 2024-04-01)",
            "訓練校事業_PC01_20240401_Conflict",
            "訓練校事業 (SFConflict 2024-04-01)",
            "訓練校事業 (佐藤の矛盾するコピー 2024-04-01)",
        ] {
            assert!(is_copy(stem), "{stem}");
        }
        for stem in
            ["訓練校事業(訓練事業費)", "訓練校事業（2）", "計画 (2020)", "コピー機更新事業", "紛争（conflict）の防止"]
        {
            assert!(!is_copy(stem), "{stem}");
        }
    }

    #[test]
    fn copies_are_known_beside_what_they_were_made_of() {
        for copy in [
            "訓練校事業-DESKTOP-A1B2C3D",
            "訓練校事業-NOTE01",
            "訓練校事業-総務課PC03",
            "訓練校事業-PC名",
            "訓練校事業_最終版",
            "訓練校事業最終版",
            "訓練校事業（改）",
            "訓練校事業(1)",
            "訓練校事業（2）",
            "訓練校事業_old",
            "訓練校事業.bak",
            "訓練校事業_修正",
            "訓練校事業_課長修正0401",
            "訓練校事業_rev2",
            "訓練校事業_v1.2",
            "訓練校事業_20240401",
            "訓練校事業 2",
            "訓練校事業のコピー2",
            "コピー ～ 訓練校事業",
            "旧_訓練校事業",
            "訓練校事業_第2稿",
            "最終_訓練校事業",
            "Copy of 訓練校事業",
            "コピー訓練校事業",
            "訓練校事業_古い",
            "訓練校事業（案）",
            "訓練校事業_確認用",
            "訓練校事業_朱書き",
            "訓練校事業~",
            "訓練校事業_産業政策課確認済",
            "訓練校事業_0612修正",
        ] {
            assert_eq!(find_copies([copy, "訓練校事業"]).get(copy), Some(&"訓練校事業"), "{copy}");
            assert_eq!(find_copies([copy, "相談会開催事業"]), BTreeMap::new(), "{copy} alone");
        }
    }

    #[test]
    fn neighbours_are_no_copies() {
        for name in [
            "訓練校事業（前期）",
            "訓練校事業費",
            "訓練校事業-IT",
            "訓練校事業-2",
            "訓練校事業_農業",
            "訓練校事業（2024）",
            "訓練校事業（新）",
            "訓練校事業者支援",
            "訓練校事業（県単）",
            "訓練校事業改修",
            "1_訓練校事業",
            "新訓練校事業",
            "訓練校事業2",
            "更新訓練校事業",
            "最終訓練校事業",
            "訓練校事業-COVID19",
            "改訂訓練校事業",
            "訓練校事業_確認調査",
            "訓練校事業（北部）",
        ] {
            assert_eq!(find_copies([name, "訓練校事業"]), BTreeMap::new(), "{name}");
        }
    }
}
