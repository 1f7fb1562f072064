//! Marks that a file's name has behind or before another one where it is another state of the same text: （改）, _rev2, 最終版,
//! the name of a computer.

/// Words that stand behind or before a name for a state of its text, by themselves or behind a few characters (課長修正).
const STATES: &[&str] = &[
    "コピー",
    "copy",
    "写し",
    "控え",
    "複製",
    "バックアップ",
    "backup",
    "bak",
    "old",
    "orig",
    "new",
    "final",
    "fix",
    "fixed",
    "rev",
    "ver",
    "v",
    "改",
    "改訂",
    "改定",
    "改訂版",
    "改定版",
    "修正",
    "修正版",
    "修正済",
    "修正済み",
    "修正後",
    "修正前",
    "訂正",
    "訂正版",
    "更新",
    "更新版",
    "最終",
    "最終版",
    "最終稿",
    "最終案",
    "最新",
    "最新版",
    "確定",
    "確定版",
    "決定稿",
    "完成",
    "完成版",
    "差替",
    "差替え",
    "差し替え",
    "差替版",
    "提出",
    "提出用",
    "再提出",
    "戻し",
    "差戻し",
    "差し戻し",
    "旧",
    "旧版",
    "稿",
    "初稿",
    "下書き",
    "競合",
    "conflict",
    "古い",
    "案",
    "確認用",
    "朱書き",
    "朱書",
    "朱入れ",
    "赤字",
    "赤入れ",
    "見え消し",
    "校正",
    "確認済",
    "確認済み",
    "決裁済",
    "決裁済み",
    "修正案",
];
/// States that may stand directly before a name. Others could be a part of it: 更新施設整備事業, 最終処分場整備事業.
const LEADING: &[&str] =
    &["コピー", "最終版", "最終稿", "最新版", "修正版", "修正済", "確定版", "差替", "差替え", "提出用", "再提出"];
/// A state that may stand directly behind a name. A shorter word could be the end of another one.
const SHORTEST_BARE: usize = 3;
/// Who changed it: 課長修正.
const LONGEST_PERSON: usize = 4;
/// Or which department: 産業政策課確認済.
const LONGEST_DEPARTMENT: usize = 12;
const LONGEST_COMPUTER: usize = 24;

/// Whether what stands behind a name, or `leads` it, says that this is another state of the same text.
pub(super) fn is_mark(text: &str, leads: bool) -> bool {
    if leads && text.eq_ignore_ascii_case("copy of ") {
        return true;
    }
    let parted = if leads { text.ends_with(is_separator) } else { text.starts_with(is_separator) };
    let mut words = text.split(is_separator).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        // What an editor keeps: 名前~
        return !leads && text == "~";
    }
    if !parted {
        let word = text.trim_start_matches('の').trim_end_matches(|c: char| c.is_ascii_digit());
        return if leads {
            LEADING.contains(&word)
        } else {
            STATES.contains(&word) && word.chars().count() >= SHORTEST_BARE
        };
    }
    if !leads && text.starts_with(['-', '_']) && is_computer(text.trim_matches(['-', '_'])) {
        return true;
    }
    // 1_ before a name is its place in the order, 2 behind a hyphen may be another thing.
    let counts = !leads && text.starts_with(['(', ' ', '_']);
    let mut is_state_of = |word: &str| is_state(word) || (counts && is_number(word));
    words.all(&mut is_state_of)
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '_' | '-' | '(' | ')' | '[' | ']' | '【' | '】' | '.' | '~' | '〜')
}

/// A number of a copy, or a day: 2, 0401, 240401, 20240401. A year alone is a name.
fn is_number(word: &str) -> bool {
    let is_day = matches!(word.len(), 6 | 8) || (word.len() == 4 && !word.starts_with("19") && !word.starts_with("20"));
    word.bytes().all(|b| b.is_ascii_digit()) && (word.len() <= 2 || is_day)
}

/// 最終版, rev2, 修正0401, 課長修正, 第2稿
fn is_state(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let bare = word.trim_start_matches('第').trim_matches(|c: char| c.is_ascii_digit());
    let is_who = |who: &str| {
        let is_department = who.ends_with(['課', '係', '班', '室', '部', '局']);
        who.chars().count() <= if is_department { LONGEST_DEPARTMENT } else { LONGEST_PERSON }
    };
    let is_by_person = |state: &&&str| bare.strip_suffix(**state).is_some_and(is_who);
    STATES.contains(&bare)
        || STATES
            .iter()
            .filter(|state| !state.is_ascii() && state.chars().count() > 1)
            .any(|state| is_by_person(&state))
}

/// The name of a computer as OneDrive puts it behind: DESKTOP-A1B2C3D, NOTE01, 総務課PC03.
fn is_computer(word: &str) -> bool {
    let upper = word.to_uppercase();
    let is_name = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && word.len() >= 4;
    let is_name = is_name && !upper.starts_with("COVID");
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let is_made_by_windows = ["DESKTOP-", "LAPTOP-", "WIN-"].iter().any(|start| upper.starts_with(start));
    let names_one = ["PC", "端末", "パソコン", "MACBOOK", "SURFACE"].iter().any(|kind| {
        upper.strip_prefix(kind).or_else(|| upper.strip_suffix(kind)).is_some()
            || upper.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').ends_with(kind)
    });
    word.chars().count() <= LONGEST_COMPUTER
        && (is_made_by_windows
            || names_one
            || (is_name && has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_uppercase())))
}
