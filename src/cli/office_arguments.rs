//! Arguments of the commands for what an office sets up once: templates and forms.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::options::{HELP, Messages};

#[derive(Debug, Args)]
#[command(subcommand_help_heading = "コマンド", subcommand_value_name = "コマンド", disable_help_subcommand = true)]
pub(super) struct Template {
    #[command(subcommand)]
    pub command: TemplateCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum TemplateCommand {
    /// 備付けの体裁の一覧を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    List,
    /// 備付けの体裁の説明と、中のファイルを表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    Show {
        /// 備付けの体裁の名前
        #[arg(value_name = "名前", help_heading = "引数")]
        name: String,
    },
    /// 備付けの体裁を写して、直せる体裁のフォルダーを作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Init {
        /// 備付けの体裁の名前
        #[arg(value_name = "名前", display_order = 1, help_heading = "引数")]
        name: String,
        /// 作るフォルダー（省くと、報告書のフォルダーの中の「体裁」。報告書の外では、今のフォルダーの中）
        #[arg(value_name = "フォルダー", display_order = 2, help_heading = "引数")]
        folder: Option<PathBuf>,
    },
    /// 体裁に渡す中身の決まり（JSON Schema）を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    Schema,
}

#[derive(Debug, Args)]
#[command(subcommand_help_heading = "コマンド", subcommand_value_name = "コマンド", disable_help_subcommand = true)]
pub(super) struct Form {
    #[command(subcommand)]
    pub command: FormCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum FormCommand {
    /// 備付けの様式の一覧を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    List,
    /// 備付けの様式の中身を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    Show {
        /// 備付けの様式の名前
        #[arg(value_name = "名前", help_heading = "引数")]
        name: String,
    },
    /// 備付けの様式を報告書のフォルダーに写して、直せる 様式.jigyo を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Init {
        /// 備付けの様式の名前
        #[arg(value_name = "名前", help_heading = "引数")]
        name: String,
    },
    /// 様式を調べて、見本の PDF を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Check {
        /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
        #[arg(value_name = "場所", help_heading = "引数")]
        path: Option<PathBuf>,
        /// 見本の PDF のファイル名（省くと out/様式の見本.pdf）
        #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
        output: Option<PathBuf>,
        #[command(flatten)]
        messages: Messages,
    },
}
