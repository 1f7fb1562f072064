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
        let reason = read_reason(reason)?;
        Ok(Self { span: text.span, code, word: word.map(str::to_string), reason: reason.to_string() })
    }

    /// The line that is typed to silence a code, where the line contains a word if one is given.
    ///
    /// # Errors
    /// What is wrong with the reason, in words for the officer.
    pub fn written(code: Code, word: &str, reason: &str) -> Result<String, String> {
        let reason = reason.replace(|c: char| c.is_control(), " ");
        let reason = read_reason(&reason)?;
        let quoted = if word.is_empty() { String::new() } else { format!("「{word}」") };
        Ok(format!("確認済：{code}{quoted}　{reason}"))
    }

    /// Whether a line of a file silences a code for a word already, whatever its reason.
    pub fn is_written(line: &str, code: Code, word: &str) -> bool {
        let value = line.trim_matches(is_blank).strip_prefix("確認済").and_then(|rest| rest.strip_prefix(['：', ':']));
        let read = value.and_then(|value| acknowledged(value.trim_matches(is_blank)).ok());
        read.is_some_and(|(_, (name, own, ..))| name.parse() == Ok(code) && own.unwrap_or_default() == word)
    }
}

/// The words of our own example are no reason.
fn read_reason(reason: &str) -> Result<&str, String> {
    let reason = reason.trim_matches(is_blank);
    let is_none = reason.is_empty() || ["理由", "（ここに理由）", "(ここに理由)"].contains(&reason);
    if is_none { Err("確認済に理由がありません。".to_string()) } else { Ok(reason) }
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

    #[test]
    fn what_is_written_is_read_and_known_again() {
        let line = Acknowledgement::written(Code::J042, "（株", "社名の\nとおり　");
        assert_eq!(line.as_deref(), Ok("確認済：J042「（株」　社名の とおり"));
        assert!(line.is_ok_and(|line| Acknowledgement::is_written(&line, Code::J042, "（株")));
        assert_eq!(Acknowledgement::written(Code::J031, "", "公表値").as_deref(), Ok("確認済：J031　公表値"));
        assert!(Acknowledgement::written(Code::J031, "", "　").is_err());
        assert!(Acknowledgement::is_written(" 確認済:Ｊ０４２「（株」 別の理由", Code::J042, "（株"));
        for other in ["確認済：J042　社名", "確認済：J044「（株」　社名", "J042「（株」　社名", "確認済"]
        {
            assert!(!Acknowledgement::is_written(other, Code::J042, "（株"), "{other}");
        }
    }
}
