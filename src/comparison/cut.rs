//! Where a text may be cut: behind a sentence, else where a phrase begins, else between words; never in a figure.
//!
//! No dictionary is asked. A phrase begins behind hiragana that ends one (は, を, て and the like) where other letters
//! follow, so that 取り崩した and a run of kanji or katakana stay whole.

use unicode_segmentation::UnicodeSegmentation;

/// Characters of a text that are kept beside a changed place, as near as its words allow.
const USUAL: usize = 14;
const FEWEST: usize = 6;
const MOST: usize = 26;
/// Characters that are not worth leaving out.
const SHORT: usize = 4;

const SENTENCE_ENDS: &str = "。\n";
const PHRASE_ENDS: &str = "、はがをにでともへやのてたるくばら」）』】〕)：；・　 ";
const CLOSING: &str = "、。，．」）』】〕)！？：；・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々";
const OPENING: &str = "「（『【〔(";

/// The words of a text: as Unicode has them, and kanji that stand together as one.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut ends_in_kanji = false;
    for (at, word) in text.split_word_bound_indices() {
        let is_kanji = word.chars().all(is_kanji);
        if at > start && !(is_kanji && ends_in_kanji) {
            words.extend(text.get(start..at));
            start = at;
        }
        ends_in_kanji = is_kanji;
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// The ends of an unchanged text that stand beside changed ones, what is between them cut to `…`.
pub(super) fn cut(text: &str, after_change: bool, before_change: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let places = Places::of(&chars, text);
    let head = if after_change { places.nearest(chars.len(), |at| at) } else { 0 };
    let tail = if before_change { places.nearest(chars.len(), |at| chars.len() - at) } else { 0 };
    if chars.len() <= head + tail + SHORT {
        return text.to_string();
    }
    let head: String = chars.iter().take(head).collect();
    let tail: String = chars.iter().skip(chars.len() - tail).collect();
    format!("{}…{tail}", head.trim_end_matches('\n'))
}

/// Places between characters, each by the characters before it; the best kind first.
struct Places([Vec<usize>; 3]);

impl Places {
    fn of(chars: &[char], text: &str) -> Self {
        let (mut sentences, mut phrases, mut between_words) = (Vec::new(), Vec::new(), Vec::new());
        let neighbours = chars.iter().zip(chars.iter().skip(1)).enumerate();
        for (at, (before, after)) in neighbours.map(|(at, pair)| (at + 1, pair)) {
            if CLOSING.contains(*after) {
                continue;
            }
            if SENTENCE_ENDS.contains(*before) || *after == '\n' {
                sentences.push(at);
            } else if begins_phrase(*before, *after) && !is_behind_prefix(chars, at) {
                phrases.push(at);
            }
        }
        let mut end: usize = 0;
        for word in words(text) {
            let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || c == '△' || OPENING.contains(c));
            if !is_figure(chars.get(end.saturating_sub(1)).copied())
                && chars.get(end).is_some_and(|c| !CLOSING.contains(*c))
            {
                between_words.push(end);
            }
            end += word.chars().count();
        }
        Self([sentences, phrases, between_words])
    }

    /// How many characters to keep, of as many as there are; `kept` says how many a place keeps. All where no place is
    /// near: a word is not cut.
    fn nearest(&self, all: usize, kept: impl Fn(usize) -> usize) -> usize {
        let near = |places: &Vec<usize>| {
            let counts = places.iter().map(|at| kept(*at)).filter(|count| (FEWEST..=MOST).contains(count));
            counts.min_by_key(|count| (count.abs_diff(USUAL), usize::MAX - count))
        };
        self.0.iter().find_map(near).unwrap_or(all)
    }
}

fn begins_phrase(before: char, after: char) -> bool {
    let is_end = PHRASE_ENDS.contains(before) || (OPENING.contains(after) && !OPENING.contains(before));
    is_end && !is_hiragana(after)
}

/// 延べ belongs to its figure.
fn is_behind_prefix(chars: &[char], at: usize) -> bool {
    chars.get(at.saturating_sub(2)..at) == Some(&['延', 'べ'])
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309F}').contains(&c)
}

fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kanji_katakana_and_figures_are_words() {
        assert_eq!(
            words("返還を受けた1,087名のセミナー"),
            ["返還", "を", "受", "け", "た", "1,087", "名", "の", "セミナー"]
        );
        assert_eq!(words(""), Vec::<&str>::new());
    }

    #[test]
    fn a_sentence_is_kept_then_a_phrase() {
        assert_eq!(cut("校の生徒が参加した。研修の当日は、次の順に進めた。", true, false), "校の生徒が参加した。…");
        let long = "会場を駅前の広場に移して来場者の増加と周辺の商店の売上げの向上に取り組んだ";
        assert_eq!(cut(long, true, false), "会場を駅前の広場に移して来場者の…");
        assert_eq!(cut(long, false, true), "…商店の売上げの向上に取り組んだ");
    }

    #[test]
    fn neither_figures_nor_compounds_nor_katakana_are_cut() {
        for (text, kept) in [
            (
                "のうち延べ1,234,567,890名がオンラインコミュニケーション講座に参加して修了した者は三割",
                "のうち延べ1,234,567,890名が…",
            ),
            (
                "国際的サプライチェーンマネジメントシステムを用いて流通の効率化を進める方針である",
                "国際的サプライチェーンマネジメントシステムを…",
            ),
            (
                "公共施設等総合管理計画推進本部会議開催要領を改めて通知するとともに説明会を開いた",
                "公共施設等総合管理計画推進本部会議開催要領を…",
            ),
        ] {
            assert_eq!(cut(text, true, false), kept);
        }
        let figure = "1".repeat(80);
        assert_eq!(cut(&figure, true, true), figure);
        assert_eq!(cut("短い文。", true, true), "短い文。");
    }
}
