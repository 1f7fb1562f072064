//! A new entry as it is typed, and where it goes. What stands in the text already is not touched.

use super::parse::{EntryKind, Place, is_blank, lines, parse_head, parse_place};

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    pub kind: EntryKind,
    /// 2026-11-30
    pub date: String,
    pub office: String,
    pub name: String,
    pub place: Option<Place>,
    pub words: String,
}

/// The lines of an entry, without the end of the last one.
pub fn written(entry: &NewEntry) -> String {
    let NewEntry { kind, date, office, name, place, words } = entry;
    let who = [date, office, name].map(|part| on_one_line(part)).into_iter().filter(|part| !part.is_empty());
    let who = who.collect::<Vec<_>>().join("　");
    let mut text = format!("{} {} {who}", kind.mark(), kind.word()).trim_end().to_string();
    if let Some(Place { section, quote }) = place {
        let section = section.as_ref().map(|section| on_one_line(section).replace(['【', '】'], ""));
        let section = section.filter(|section| !section.is_empty()).map(|section| format!("【{section}】"));
        text.push_str(&format!("\n所：{}「{}」", section.unwrap_or_default(), on_one_line(quote)));
    }
    text.push_str(&word_lines(words));
    text
}

/// The words of an entry as they are typed behind its head: each line behind a line end.
pub fn word_lines(words: &str) -> String {
    let mut text = String::new();
    for (index, (_, line)) in lines(words.trim_matches(['\n', '\r'])).enumerate() {
        let line = line.trim_end_matches(is_blank);
        // What would be read as something else stands one blank further in.
        let is_other = parse_head(line).is_some() || (index == 0 && parse_place(line).is_some());
        text.push_str(if is_other { "\n　" } else { "\n" });
        text.push_str(line);
    }
    text
}

fn on_one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ").trim_matches(is_blank).to_string()
}

/// The end of the last line that is not blank, in bytes.
pub fn end_of(text: &str) -> usize {
    lines(text).filter(|(_, line)| !line.trim_matches(is_blank).is_empty()).last().map_or(0, |(range, _)| range.end)
}

#[cfg(test)]
mod tests {
    use super::super::parse_entries;
    use super::*;

    fn entry(words: &str) -> NewEntry {
        NewEntry {
            kind: EntryKind::Remark,
            date: "2026-11-30".to_string(),
            office: "取りまとめ課".to_string(),
            name: "山田".to_string(),
            place: Some(Place {
                section: Some("事業実績".to_string()), quote: "「58社」が参加した。".to_string()
            }),
            words: words.to_string(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = written(&entry("件数の根拠を\n教えてください。\n"));
        assert_eq!(
            text,
            "■ 連絡 2026-11-30　取りまとめ課　山田\n所：【事業実績】「「58社」が参加した。」\n件数の根拠を\n教えてください。"
        );
        let read = parse_entries(&text);
        assert_eq!((read.len(), read[0].who.as_str()), (1, "取りまとめ課　山田"));
        assert_eq!(
            (read[0].place.clone(), read[0].words.as_str()),
            (entry("").place, "件数の根拠を\n教えてください。")
        );
    }

    #[test]
    fn words_that_look_like_an_entry_stay_words() {
        for words in ["■ 連絡 2026-11-30 山田", "済 2026-11-30", "あ\n□ 回答\nい"] {
            let read = parse_entries(&written(&entry(words)));
            assert_eq!(read.len(), 1, "{words}");
        }
        let without_place = NewEntry { place: None, ..entry("所：【事業実績】「あ」") };
        assert_eq!(parse_entries(&written(&without_place))[0].place, None);
    }

    #[test]
    fn no_value_writes_a_further_line() {
        let more = "あ\r\n■ 連絡 2026-12-01　別の人\n\u{85}い";
        let crafted = NewEntry {
            date: more.to_string(),
            office: more.to_string(),
            name: more.to_string(),
            place: Some(Place { section: Some(format!("{more}】「{more}")), quote: more.to_string() }),
            ..entry("文")
        };
        let text = written(&crafted);
        assert_eq!(text.lines().count(), 3, "{text}");
        assert_eq!(parse_entries(&text).len(), 1, "{text}");
        let place = parse_entries(&text)[0].place.clone();
        assert!(place.is_some_and(|place| place.section.is_some_and(|own| own.ends_with('い'))), "{text}");
    }

    #[test]
    fn the_end_is_behind_the_last_word() {
        assert_eq!(end_of("あ\r\n　\r\n"), 3);
        assert_eq!(end_of("\n\n"), 0);
    }
}
