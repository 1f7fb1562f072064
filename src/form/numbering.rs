//! How chapters are numbered: a pattern a level, each given by an example of its first number.
//!
//! ```text
//! numbering = "なし" | example { "、" example }        one a level, at most four: 第1章、第1節、（1）
//! example   = text { numeral text }           the last numeral is counted, those before it repeat the levels above
//! numeral   = "1" | "１" | "一" | "Ⅰ" | "①"   一 counts only where no other numeral stands
//! ```
//!
//! `ア` and `（ア）` are examples too. What lies deeper than the examples go has the numbers of `Numbering::default`.

/// Levels of chapters that the page has.
pub const CHAPTER_LEVELS: usize = 4;

/// The numbers of chapters, level by level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    levels: Vec<Pattern>,
    /// なし: chapters have no numbers.
    is_none: bool,
    /// By an office's own form: 番号 with a figure then counts on in a report without inner chapters too.
    is_given: bool,
}

/// One level's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A number, `up` levels above the own one
    Number {
        kind: Numeral,
        up: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numeral {
    /// 1
    Half,
    /// １
    Full,
    /// 一
    Kanji,
    /// Ⅰ
    Roman,
    /// ①
    Circled,
    /// ア
    Kana,
}

/// Why an example is none, in words for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberingError(pub String);

impl Default for Numbering {
    /// ①, and below it （1）, ア, （ア）, as official documents number what is inside.
    fn default() -> Self {
        let alone = |kind| Pattern { parts: vec![Part::Number { kind, up: 0 }] };
        let levels =
            vec![alone(Numeral::Circled), bracketed(Numeral::Half), alone(Numeral::Kana), bracketed(Numeral::Kana)];
        Self { levels, is_none: false, is_given: false }
    }
}

fn bracketed(kind: Numeral) -> Pattern {
    let text = |text: &str| Part::Text(text.to_string());
    Pattern { parts: vec![text("（"), Part::Number { kind, up: 0 }, text("）")] }
}

impl Numbering {
    /// Reads 章の番号: なし, or the examples of the levels, parted by 、.
    ///
    /// # Errors
    /// Where a level has no example, an example no numeral that counts, or there are more than the page has levels.
    pub fn parse(text: &str) -> Result<Self, NumberingError> {
        if text.trim() == "なし" {
            return Ok(Self { levels: Vec::new(), is_none: true, is_given: true });
        }
        let examples: Vec<&str> = text.split('、').map(str::trim).collect();
        if examples.len() > CHAPTER_LEVELS {
            return Err(NumberingError(format!(
                "章の段は{CHAPTER_LEVELS}つまでです（{}段分あります）。",
                examples.len()
            )));
        }
        let levels = examples.iter().enumerate().map(|(level, example)| Pattern::parse(example, level));
        Ok(Self { levels: levels.collect::<Result<_, _>>()?, is_none: false, is_given: true })
    }

    /// The number of a chapter by its places, from its outermost chapter inward and each from 1: `[2, 1]`.
    pub fn number(&self, path: &[usize]) -> String {
        let Some(level) = path.len().checked_sub(1).filter(|_| !self.is_none) else { return String::new() };
        let built_in = Self::default();
        let pattern = self.levels.get(level).or_else(|| built_in.levels.get(level)).or(built_in.levels.last());
        pattern.map(|pattern| pattern.number(path)).unwrap_or_default()
    }

    /// For how many levels the office gave an example; 0 where chapters have no numbers or those of every form.
    pub fn levels(&self) -> usize {
        if self.is_given { self.levels.len() } else { 0 }
    }

    /// Whether the office gave it.
    pub fn is_given(&self) -> bool {
        self.is_given
    }
}

impl Pattern {
    /// `level`, from 0: an example cannot repeat more numbers than there are levels above.
    fn parse(example: &str, level: usize) -> Result<Self, NumberingError> {
        if example.is_empty() {
            return Err(NumberingError(format!("{}段目の番号の例がありません。", level + 1)));
        }
        match example {
            "ア" => return Ok(Self { parts: vec![Part::Number { kind: Numeral::Kana, up: 0 }] }),
            "（ア）" | "(ア)" => return Ok(bracketed(Numeral::Kana)),
            _ => {}
        }
        let tokens = tokens(example);
        let numerals = tokens.iter().filter(|token| matches!(token, Token::First(_))).count();
        match tokens.iter().rfind(|token| !matches!(token, Token::Text(_))) {
            Some(Token::First(_)) if numerals <= level + 1 => {}
            Some(Token::First(_)) => {
                let above =
                    if level == 0 { "上の段がない".to_string() } else { format!("上の段は{level}つな") };
                return Err(NumberingError(format!(
                    "「{example}」には数字が{numerals}つありますが、{above}ので、{}つまでです。",
                    level + 1
                )));
            }
            Some(Token::Other(other)) => {
                return Err(NumberingError(format!(
                    "「{example}」の「{other}」は、1番目の番号で書いてください（第1章、①、Ⅰ など）。"
                )));
            }
            Some(Token::Text(_)) | None => {
                return Err(NumberingError(format!(
                    "「{example}」に番号がありません。1番目の番号で書いてください（第1章、①、Ⅰ など）。"
                )));
            }
        }
        Ok(Self { parts: parts(tokens, numerals) })
    }

    fn number(&self, path: &[usize]) -> String {
        let written = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Number { kind, up } => path
                .len()
                .checked_sub(up + 1)
                .and_then(|at| path.get(at))
                .map(|number| kind.write(*number))
                .unwrap_or_default(),
        });
        written.collect()
    }
}

/// The last numeral is the own one, the one before it that of the level above.
fn parts(tokens: Vec<Token>, numerals: usize) -> Vec<Part> {
    let mut seen = 0;
    let mut part = |token| match token {
        Token::Text(text) | Token::Other(text) => Part::Text(text),
        Token::First(kind) => {
            seen += 1;
            Part::Number { kind, up: numerals - seen }
        }
    };
    tokens.into_iter().map(&mut part).collect()
}

/// A stretch of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Text(String),
    /// A number 1
    First(Numeral),
    /// Another number: 2, 10
    Other(String),
}

fn tokens(example: &str) -> Vec<Token> {
    let has_others = example.chars().any(|c| kind_of(c).is_some_and(|kind| kind != Numeral::Kanji));
    let kind = |c: char| kind_of(c).filter(|kind| *kind != Numeral::Kanji || !has_others);
    let mut runs: Vec<(Option<Numeral>, String)> = Vec::new();
    for c in example.chars() {
        match runs.last_mut().filter(|(last, _)| *last == kind(c)) {
            Some((_, run)) => run.push(c),
            None => runs.push((kind(c), c.to_string())),
        }
    }
    let token = |(kind, run): (Option<Numeral>, String)| match kind {
        None => Token::Text(run),
        Some(kind) if kind.write(1) == run => Token::First(kind),
        Some(_) => Token::Other(run),
    };
    runs.into_iter().map(token).collect()
}

fn kind_of(c: char) -> Option<Numeral> {
    match c {
        '0'..='9' => Some(Numeral::Half),
        '０'..='９' => Some(Numeral::Full),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => Some(Numeral::Kanji),
        '\u{2160}'..='\u{216b}' => Some(Numeral::Roman),
        '①'..='⑳' | '\u{3251}'..='\u{325f}' | '\u{32b1}'..='\u{32bf}' => Some(Numeral::Circled),
        _ => None,
    }
}

impl Numeral {
    /// Beyond what its signs reach, plain figures.
    fn write(self, number: usize) -> String {
        let written = match self {
            Self::Half => None,
            Self::Full => Some(full_width(number)),
            Self::Kanji => kanji(number),
            Self::Roman => roman(number),
            Self::Circled => circled(number),
            Self::Kana => kana(number),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn full_width(number: usize) -> String {
    let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
    number.to_string().chars().map(wide).collect()
}

/// 一 to 九十九
fn kanji(number: usize) -> Option<String> {
    let digit = |digit: usize| "一二三四五六七八九".chars().nth(digit.checked_sub(1)?);
    let (tens, ones) = (number / 10, number % 10);
    if !(1..=99).contains(&number) {
        return None;
    }
    let ten = if tens > 0 { "十" } else { "" };
    let tens = if tens > 1 { digit(tens) } else { None };
    Some(tens.into_iter().map(String::from).chain([ten.to_string()]).chain(digit(ones).map(String::from)).collect())
}

/// Ⅰ to Ⅻ, each one sign; then of several up to ⅩⅩⅩⅨ
fn roman(number: usize) -> Option<String> {
    let sign = |number: usize| u32::try_from(number).ok().and_then(|number| char::from_u32(0x215F + number));
    match number {
        1..=12 => sign(number).map(String::from),
        13..=39 => {
            let ones = Some(number % 10).filter(|ones| *ones > 0).and_then(sign);
            Some("Ⅹ".repeat(number / 10).chars().chain(ones).collect())
        }
        _ => None,
    }
}

/// ① to ㊿
fn circled(number: usize) -> Option<String> {
    let code = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32B1 + number - 36,
        _ => return None,
    };
    u32::try_from(code).ok().and_then(char::from_u32).map(String::from)
}

/// ア to ン
fn kana(number: usize) -> Option<String> {
    const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
    KANA.chars().nth(number.checked_sub(1)?).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(examples: &str, paths: &[&[usize]]) -> Vec<String> {
        let numbering = Numbering::parse(examples).unwrap();
        paths.iter().map(|path| numbering.number(path)).collect()
    }

    fn reason(examples: &str) -> String {
        Numbering::parse(examples).unwrap_err().0
    }

    #[test]
    fn the_numbers_of_a_report_without_a_form() {
        let numbering = Numbering::default();
        let paths: [&[usize]; 6] = [&[1], &[50], &[51], &[2, 3], &[2, 3, 5], &[2, 3, 5, 46]];
        assert_eq!(paths.map(|path| numbering.number(path)), ["①", "㊿", "51", "（3）", "オ", "（ン）"]);
        assert_eq!(numbering.number(&[1, 1, 47]), "47");
        assert_eq!(numbering.number(&[]), "");
        assert_eq!(numbers("なし", &[&[1], &[1, 2]]), ["", ""]);
    }

    #[test]
    fn an_example_counts_its_last_numeral() {
        let paths: [&[usize]; 3] = [&[12], &[2, 3], &[2, 3, 4]];
        assert_eq!(numbers("第1章、第1節、（1）", &paths), ["第12章", "第3節", "（4）"]);
        assert_eq!(numbers("Ⅰ、１、（1）", &paths), ["Ⅻ", "３", "（4）"]);
        assert_eq!(numbers("第一章、一、①", &paths), ["第十二章", "三", "④"]);
        assert_eq!(numbers("１", &[&[10], &[1, 2]]), ["１０", "（2）"]);
    }

    #[test]
    fn earlier_numerals_repeat_those_above() {
        let paths: [&[usize]; 3] = [&[4], &[4, 2], &[4, 2, 7]];
        assert_eq!(numbers("基本目標1、施策1-1、1-1-1", &paths), ["基本目標4", "施策4-2", "4-2-7"]);
        assert_eq!(numbers("Ⅰ、Ⅰ-1、1-（1）", &paths), ["Ⅳ", "Ⅳ-2", "2-（7）"]);
    }

    #[test]
    fn a_number_of_a_name_is_none_of_a_chapter() {
        assert_eq!(numbers("第3期計画　統一目標1、ア", &[&[2], &[2, 3]]), ["第3期計画　統一目標2", "ウ"]);
    }

    #[test]
    fn beyond_its_signs_a_numeral_is_a_figure() {
        assert_eq!(numbers("Ⅰ", &[&[13], &[29], &[30], &[40]]), ["ⅩⅢ", "ⅩⅩⅨ", "ⅩⅩⅩ", "40"]);
        assert_eq!(numbers("一", &[&[10], &[11], &[20], &[99], &[100]]), ["十", "十一", "二十", "九十九", "100"]);
        assert_eq!(numbers("①", &[&[21], &[36], &[51]]), ["㉑", "㊱", "51"]);
    }

    #[test]
    fn what_is_no_example_is_said() {
        assert_eq!(reason("第1章、、（1）"), "2段目の番号の例がありません。");
        assert_eq!(reason("章"), "「章」に番号がありません。1番目の番号で書いてください（第1章、①、Ⅰ など）。");
        assert_eq!(reason("第1章、施策1-2"), "「施策1-2」の「2」は、1番目の番号で書いてください（第1章、①、Ⅰ など）。");
        assert_eq!(reason("1-1"), "「1-1」には数字が2つありますが、上の段がないので、1つまでです。");
        assert_eq!(reason("1、1、1、1、1"), "章の段は4つまでです（5段分あります）。");
    }
}
