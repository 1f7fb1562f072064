//! A text of remarks to its entries. Whatever is typed is kept: what is no head belongs to the words above it.

use std::ops::Range;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    Remark,
    Answer,
    Done,
    SentBack,
    Confirmed,
}

impl EntryKind {
    pub const ALL: [Self; 5] = [Self::Remark, Self::Answer, Self::Done, Self::SentBack, Self::Confirmed];

    /// The word that a person types and reads.
    pub fn word(self) -> &'static str {
        match self {
            Self::Remark => "連絡",
            Self::Answer => "回答",
            Self::Done => "済",
            Self::SentBack => "差戻し",
            Self::Confirmed => "確認",
        }
    }

    pub(super) fn mark(self) -> char {
        match self {
            Self::Remark => '■',
            Self::Answer => '□',
            Self::Done => '●',
            Self::SentBack => '▲',
            Self::Confirmed => '◎',
        }
    }

    /// Whether it begins a thread, to which what follows belongs.
    pub fn begins(self) -> bool {
        matches!(self, Self::Remark | Self::SentBack | Self::Confirmed)
    }
}

/// Where a remark belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Without 【 and 】
    pub section: Option<String>,
    /// What the line begins with
    pub quote: String,
}

/// What one person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: EntryKind,
    /// As it was typed; may be empty
    pub date: String,
    /// Office and name as they were typed; may be empty
    pub who: String,
    pub place: Option<Place>,
    pub words: String,
    /// From its head to the end of its last line that is not blank, in bytes of the text
    pub stretch: Range<usize>,
    /// Where its head, and its place, end: its words follow
    pub words_from: usize,
}

/// Longer words before shorter ones that begin them.
const WORDS: &[(&str, EntryKind)] = &[
    ("差し戻し", EntryKind::SentBack),
    ("差戻し", EntryKind::SentBack),
    ("差戻", EntryKind::SentBack),
    ("連絡", EntryKind::Remark),
    ("回答", EntryKind::Answer),
    ("済み", EntryKind::Done),
    ("済", EntryKind::Done),
    ("確認", EntryKind::Confirmed),
];
/// Signs that people type for ours
const OTHER_MARKS: &[char] = &['○', '△', '▼', '▽', '◆', '◇', '★', '☆'];
const PLACES: &[&str] = &["所：", "所:", "場所：", "場所:"];

pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t' | '\u{A0}')
}

/// The lines of a text without their ends, and where they stand.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(length);
        let range = start..start + length;
        start = range.end + if tail.starts_with("\r\n") { 2 } else { usize::from(!tail.is_empty()) };
        Some((range, line))
    })
}

/// The entries of a text, in order.
pub fn parse_entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let end = |entries: &mut Vec<Entry>, words: &mut Vec<&str>| {
        if let Some(last) = entries.last_mut() {
            last.words = joined(words);
        }
        words.clear();
    };
    for (range, line) in lines(text) {
        if let Some((kind, date, who)) = parse_head(line) {
            end(&mut entries, &mut words);
            let words_from = range.end;
            entries.push(Entry { kind, date, who, place: None, words: String::new(), stretch: range, words_from });
            continue;
        }
        let Some(last) = entries.last_mut() else { continue };
        if !line.trim_matches(is_blank).is_empty() {
            last.stretch.end = range.end;
        }
        match parse_place(line).filter(|_| words.is_empty() && last.place.is_none()) {
            Some(place) => {
                last.place = Some(place);
                last.words_from = range.end;
            }
            None => words.push(line),
        }
    }
    end(&mut entries, &mut words);
    entries
}

/// Without blank lines at either end.
fn joined(words: &[&str]) -> String {
    let is_empty = |line: &&&str| line.trim_matches(is_blank).is_empty();
    let skipped = words.iter().take_while(is_empty).count();
    let left = words.iter().rev().take_while(is_empty).count();
    words.get(skipped..words.len().saturating_sub(left)).unwrap_or_default().join("\n")
}

/// The kind of an entry, its date and who wrote it.
pub(super) fn parse_head(line: &str) -> Option<(EntryKind, String, String)> {
    let marked = line.strip_prefix(EntryKind::ALL.map(EntryKind::mark));
    let rest = marked.or_else(|| line.strip_prefix(OTHER_MARKS));
    let rest = rest.map_or(line, |rest| rest.trim_start_matches(is_blank));
    let (word, kind) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
    let rest = rest.get(word.len()..)?;
    if !rest.is_empty() && !rest.starts_with(|c| is_blank(c) || matches!(c, '：' | ':')) {
        return None;
    }
    let mut tokens =
        rest.split(|c| is_blank(c) || matches!(c, '：' | ':')).filter(|token| !token.is_empty()).peekable();
    let date = tokens.next_if(|token| is_date(token));
    (marked.is_some() || date.is_some())
        .then(|| (*kind, date.unwrap_or_default().to_string(), tokens.collect::<Vec<_>>().join("　")))
}

/// 2026-11-30, 11/30, 令和8年11月30日, R8.11.30
fn is_date(token: &str) -> bool {
    let has_digit = token.contains(|c: char| c.is_numeric());
    has_digit
        && token.chars().all(|c| c.is_numeric() || "-/.－／．年月日元令和平成RHrhＲＨ（）()月火水木金土日".contains(c))
}

pub(super) fn parse_place(line: &str) -> Option<Place> {
    let rest = PLACES.iter().find_map(|word| line.strip_prefix(word))?.trim_start_matches(is_blank);
    let (section, rest) = match rest.strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((section, rest)) => (Some(section.to_string()), rest.trim_start_matches(is_blank)),
        None => (None, rest),
    };
    // The line itself may hold brackets.
    let quote = rest.strip_prefix('「').and_then(|rest| rest.rsplit_once('」')).map_or("", |(quote, _)| quote);
    (section.is_some() || !quote.is_empty()).then(|| Place { section, quote: quote.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let line = |entry: Entry| {
            let place = entry.place.map(|place| format!("{}|{}", place.section.unwrap_or_default(), place.quote));
            format!("{} {} {} {place:?} {:?}", entry.kind.word(), entry.date, entry.who, entry.words)
        };
        parse_entries(text).into_iter().map(line).collect()
    }

    #[test]
    fn entries_of_the_example() {
        let text = "労政の事業について\r\n■ 連絡 2026-11-30　取りまとめ課　山田\r\n所：【事業実績】「「58社」が参加した。」\r\n件数の根拠を\r\n教えてください。\r\n\r\n□ 回答 2026-12-01　労政課　佐藤\r\n送りました。\r\n● 済 2026-12-02　取りまとめ課　山田\r\n";
        assert_eq!(
            shown(text),
            [
                "連絡 2026-11-30 取りまとめ課　山田 Some(\"事業実績|「58社」が参加した。\") \"件数の根拠を\\n教えてください。\"",
                "回答 2026-12-01 労政課　佐藤 None \"送りました。\"",
                "済 2026-12-02 取りまとめ課　山田 None \"\"",
            ]
        );
        let first = &parse_entries(text)[0];
        assert!(
            text[first.stretch.clone()].starts_with("■") && text[first.stretch.clone()].ends_with("教えてください。")
        );
    }

    #[test]
    fn heads_are_read_as_people_type_them() {
        let kind = |line: &str| parse_head(line).map(|(kind, date, who)| (kind.word(), date, who));
        let is = |line: &str, word: &'static str, date: &str, who: &str| {
            assert_eq!(kind(line), Some((word, date.to_string(), who.to_string())), "{line}");
        };
        is("◆連絡：11/30 山田", "連絡", "11/30", "山田");
        is("□　回答", "回答", "", "");
        is("○済み 令和8年12月2日（水）", "済", "令和8年12月2日（水）", "");
        is("▲ 差し戻し R8.12.1 取りまとめ課 山田", "差戻し", "R8.12.1", "取りまとめ課　山田");
        is("確認 2026-12-01 山田", "確認", "2026-12-01", "山田");
        for none in [
            "連絡先は裏面のとおり",
            "確認しました。",
            "連絡 山田さんへ",
            "回答",
            " ■ 連絡 2026-11-30",
            "■連絡先",
            "■ 資料",
            "○ 確認",
            "　済 11/30",
        ] {
            assert_eq!(kind(none), None, "{none}");
        }
    }
}
