//! 確認済: a person has looked, and says why it is right as it is.
//!
//! ```text
//! acknowledged = code [ "「" word "」" ] blank reason
//! ```

use nom::bytes::complete::{take_till1, take_while, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{opt, rest};
use nom::sequence::delimited;
use nom::{IResult, Parser};

use super::Text;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::chars::is_blank;

/// Silences a code in its file, or only where the line contains a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    pub span: Span,
    pub code: Code,
    pub word: Option<String>,
    pub reason: String,
}

impl Acknowledgement {
    /// # Errors
    /// What is wrong with it, in words for the officer.
    pub fn parse(text: &Text) -> Result<Self, String> {
        let Ok((_, (name, word, _, reason))) = acknowledged(&text.value) else {
            return Err("確認済に指摘の番号がありません。".to_string());
        };
        let code = name.parse::<Code>().map_err(|()| format!("「{name}」という番号の指摘はありません。"))?;
        let reason = reason.trim_matches(is_blank);
        // The words of our own example are no reason.
        if reason.is_empty() || ["理由", "（ここに理由）", "(ここに理由)"].contains(&reason) {
            return Err("確認済に理由がありません。".to_string());
        }
        Ok(Self { span: text.span, code, word: word.map(str::to_string), reason: reason.to_string() })
    }
}

fn acknowledged(input: &str) -> IResult<&str, (&str, Option<&str>, &str, &str)> {
    (
        take_while_m_n(1, 6, |c: char| c.is_ascii_alphanumeric() || ('０'..='ｚ').contains(&c)),
        opt(delimited((take_while(is_blank), char('「')), take_till1(|c| c == '」'), char('」'))),
        take_while(is_blank),
        rest,
    )
        .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    #[test]
    fn code_word_and_reason() {
        let mut files = Files::new();
        let id = files.add("a", "");
        let parse = |text: &str| Acknowledgement::parse(&Text::new(text.to_string(), Span::whole_file(id)));
        let read = parse("J042「（株」　社名のとおり").expect("is right");
        assert_eq!((read.code, read.word.as_deref(), read.reason.as_str()), (Code::J042, Some("（株"), "社名のとおり"));
        assert_eq!(parse("Ｊ０３１　単位のとおり").map(|a| (a.code, a.word)), Ok((Code::J031, None)));
        assert_eq!(parse("J042　（ここに理由）"), Err("確認済に理由がありません。".to_string()));
        assert_eq!(parse("J042"), Err("確認済に理由がありません。".to_string()));
        assert_eq!(parse("J999 理由"), Err("「J999」という番号の指摘はありません。".to_string()));
        assert_eq!(parse("理由だけ"), Err("確認済に指摘の番号がありません。".to_string()));
    }
}
