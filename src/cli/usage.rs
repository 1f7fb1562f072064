//! Wrong usage and failed files, in Japanese.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Outcome, console};

/// Prints help and version, or what is wrong with the arguments.
pub(super) fn explain(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no fault of the reader's.
        let _ = console::show(&help(error, io::stdout().is_terminal()));
        return Outcome::Clean.into();
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = console::say(&help(error, io::stderr().is_terminal()));
        return Outcome::Failed.into();
    }
    say!("{}", message(error));
    say!("使い方は「report --help」で読めます。");
    Outcome::Failed.into()
}

/// The help of a command, in bold where a console shows it.
fn help(error: &clap::Error, is_console: bool) -> String {
    let text = error.render();
    // Consoles older than Windows 10 would print the marks.
    if is_console && !cfg!(windows) { text.ansi().to_string() } else { text.to_string() }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "kinds of other crates, of which most cannot occur")]
fn message(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = text(ContextKind::SuggestedSubcommand);
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!("「{near}」の誤りではありませんか。")
            };
            format!("「{}」というコマンドはありません。{hint}", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => {
            let near = text(ContextKind::SuggestedArg);
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!("「{near}」の誤りではありませんか。")
            };
            format!("「{argument}」という指定はありません。{hint}")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("「{argument}」に「{}」は使えません。{reason}", text(ContextKind::InvalidValue))
        }
        ErrorKind::InvalidValue => {
            let values = text(ContextKind::ValidValue);
            let typed = text(ContextKind::InvalidValue);
            if typed.is_empty() {
                format!("「{argument}」の値がありません。")
            } else {
                format!("「{argument}」に「{typed}」は使えません。使えるのは {values} です。")
            }
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{}がありません。", argument.replace('<', "「").replace('>', "」"))
        }
        ErrorKind::ArgumentConflict => format!("「{argument}」はほかの指定といっしょには使えません。"),
        ErrorKind::NoEquals | ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{argument}」の値の数が違います。")
        }
        _ => "指定のしかたが違います。".to_string(),
    }
}
