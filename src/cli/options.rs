//! Options that several commands share, with their help in Japanese.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

/// How the help of a command is laid out.
pub(super) const HELP: &str = "\
{about}

使い方：{usage}

{all-args}{after-help}";

/// How messages are shown.
#[derive(Debug, Clone, Args)]
pub(super) struct Messages {
    /// 指摘の表示のしかた（human：人が読む形、json：1件1行の JSON を標準出力へ、github：GitHub の画面に出す形を標準出力へ）
    #[arg(long, value_name = "形", value_enum, default_value_t = Format::Human, hide_possible_values = true, hide_default_value = true, help_heading = "オプション")]
    pub message_format: Format,
    #[command(flatten)]
    pub look: Look,
}

/// How messages look on a terminal.
#[derive(Debug, Clone, Args)]
pub(super) struct Look {
    /// 参考の指摘と、省いた注意もすべて表示する
    #[arg(long, help_heading = "オプション")]
    pub all: bool,
    /// 色を付けるか（auto・always・never）
    #[arg(long, value_name = "色", value_enum, default_value_t = Color::Auto, hide_possible_values = true, hide_default_value = true, help_heading = "オプション")]
    pub color: Color,
    /// 罫線を英数字の記号で書く（罫線がずれる画面のため）
    #[arg(long, help_heading = "オプション")]
    pub ascii: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// Which report, and where its PDF goes.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 書き出す PDF（省くと、報告書のフォルダーの out の中）
    #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
    pub output: Option<PathBuf>,
}

/// How a long-lived command learns of changes, and whether it opens a browser.
#[derive(Debug, Clone, Args)]
pub(super) struct Looking {
    /// 変更の知らせを待たずに、決まった秒数ごとに見に行く（秒数を省くと1秒）
    #[arg(long, value_name = "秒", num_args = 0..=1, require_equals = true, default_missing_value = "1", value_parser = seconds, help_heading = "オプション")]
    pub poll: Option<Duration>,
    /// ブラウザーを自動で開かず、アドレスだけを表示する
    #[arg(long, help_heading = "オプション")]
    pub no_open: bool,
}

/// A number of seconds from a tenth to an hour.
fn seconds(typed: &str) -> Result<Duration, String> {
    let seconds = typed.trim().parse::<f64>().ok().filter(|seconds| (0.1..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "0.1 から 3600 までの秒数を書いてください。".to_string())
}
