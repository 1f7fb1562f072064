//! Arguments of each command, with their help in Japanese.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::office_arguments::{Form, Template};
use super::options::{Color, HELP, Look, Looking, Messages, Target};

/// `report`
#[derive(Debug, Parser)]
#[command(
    name = "report",
    version,
    about = "事業の原稿（.jigyo）から、報告書の PDF を作ります。",
    help_template = HELP,
    subcommand_help_heading = "コマンド",
    subcommand_value_name = "コマンド",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "コマンドごとの説明は「report コマンド名 --help」で読めます。"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    help: Help,
    /// 版の番号を表示する
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "オプション")]
    version: Option<bool>,
}

/// `--help`, in Japanese.
#[derive(Debug, Args)]
struct Help {
    /// この説明を表示する
    #[arg(short, long, global = true, action = clap::ArgAction::HelpShort, help_heading = "オプション")]
    help: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 原稿の誤りを調べる
    #[command(help_template = HELP, disable_help_flag = true)]
    Check(Check),
    /// 課ごとの提出状況を表にする
    #[command(help_template = HELP, disable_help_flag = true)]
    Status(Status),
    /// 調べてから、報告書の PDF を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Build(Build),
    /// 体裁に渡す中身（report.json）を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    View(View),
    /// 事業・指標・合計などのデータを、表（CSV・Excel）か JSON で書き出す。紙面を Word の文書でも書き出す
    #[command(help_template = HELP, disable_help_flag = true)]
    Export(Export),
    /// 原稿の書き方（記号や空行）をそろえる
    #[command(help_template = HELP, disable_help_flag = true)]
    Fmt(Fmt),
    /// 報告書の前の状態と今の状態を比べ、印刷の変わるところを表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    Diff(Diff),
    /// 新しい事業のファイル、または新しい報告書を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    New(New),
    /// Word・Excel・CSV・文の原稿から、事業のファイルを作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Import(Import),
    /// 指摘の番号（J024 など）の説明を読む
    #[command(help_template = HELP, disable_help_flag = true)]
    Explain(Explain),
    /// 原稿を保存するたびに、調べて PDF を作り直す
    #[command(help_template = HELP, disable_help_flag = true)]
    Watch(Watch),
    /// 頁と指摘を、書きながらブラウザーで見る
    #[command(help_template = HELP, disable_help_flag = true)]
    Preview(Preview),
    /// エディターに、指摘・直し・補完などを出す（エディターが起動する）
    #[command(help_template = HELP, disable_help_flag = true)]
    Lsp(Lsp),
    /// 体裁の一覧を見る、備付けの体裁を写して自分の体裁を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Template(Template),
    /// 様式の一覧を見る、備付けの様式を写して自分の様式を作る、様式の見本を作る
    #[command(help_template = HELP, disable_help_flag = true)]
    Form(Form),
    /// シェルの入力補完の定義を表示する
    #[command(help_template = HELP, disable_help_flag = true)]
    Completion {
        /// シェルの種類（bash・zsh・fish・powershell・elvish）
        #[arg(value_name = "シェル", hide_possible_values = true, help_heading = "引数")]
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// 報告書のフォルダー、または1つの原稿（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー|ファイル", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 確かに直せるところ（形のよく似た別の記号など）を、確かめてから書き換える
    #[arg(long, help_heading = "オプション")]
    pub fix: bool,
    /// 確かめずに書き換える（--fix と共に使う）
    #[arg(long, requires = "fix", help_heading = "オプション")]
    pub yes: bool,
    /// 課ごとの指摘を、このフォルダーに1つずつファイルで書き出す
    #[arg(long, value_name = "書出先", help_heading = "オプション")]
    pub by_department: Option<PathBuf>,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Status {
    /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 表を、Excel で開ける CSV にも書き出す
    #[arg(long, value_name = "ファイル", help_heading = "オプション")]
    pub csv: Option<PathBuf>,
    /// 表を、ブラウザーで開けて印刷もできる HTML にも書き出す
    #[arg(long, value_name = "ファイル", help_heading = "オプション")]
    pub html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub target: Target,
    /// 誤りがあっても、下書きの PDF を作る
    #[arg(long, help_heading = "オプション")]
    pub draft: bool,
    /// この課、または事業（ファイルの名前か事業名）の頁だけの抜粋を作る。繰り返せる
    #[arg(long, value_name = "課名|事業名", help_heading = "オプション")]
    pub only: Vec<String>,
    /// 原稿（.jigyo）も【メモ】ごと PDF の中に添付する（データの JSON と CSV はいつも添付される）
    #[arg(long, conflicts_with_all = ["draft", "only"], help_heading = "オプション")]
    pub sources: bool,
    /// 小さな PDF にする（PDF 1.5 より前の古い閲覧ソフトでは開けない）
    #[arg(long, help_heading = "オプション")]
    pub compact: bool,
    /// この体裁（備付けの体裁の名前、または main.typ の入ったフォルダー）で組む
    #[arg(long, value_name = "名前|フォルダー", help_heading = "オプション")]
    pub template: Option<PathBuf>,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct View {
    /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 表示せずに、report.json と写真をこのフォルダーへ書き出す
    #[arg(long, value_name = "書出先", help_heading = "オプション")]
    pub assets: Option<PathBuf>,
    /// 誤りがあっても、下書きの中身を表示する
    #[arg(long, help_heading = "オプション")]
    pub draft: bool,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// 書き出す形（csv：表ごとの CSV、xlsx：Excel のブック、json：ほかのプログラムが読む JSON、html：ウェブで公開する頁、docx：Word の文書）
    #[arg(value_name = "形", value_enum, hide_possible_values = true, help_heading = "引数")]
    pub kind: ExportKind,
    /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 書き出すフォルダー（省くと、報告書のフォルダーの out）
    #[arg(short, long, value_name = "書出先", help_heading = "オプション")]
    pub output: Option<PathBuf>,
    /// CSV の文字コード（utf8：ふつうはこれ、cp932：古いソフトのための「シフトJIS」。書けない文字は〓にして一覧を出す）
    #[arg(long, value_name = "文字コード", value_enum, default_value_t = CsvEncoding::Utf8, hide_possible_values = true, hide_default_value = true, help_heading = "オプション")]
    pub encoding: CsvEncoding,
    /// html を、このウェブの体裁（.html の入ったフォルダー）で作る（省くと、報告書の中の「ウェブの体裁」、なければ備付けのもの）
    #[arg(long, value_name = "フォルダー", help_heading = "オプション")]
    pub template: Option<PathBuf>,
    /// docx を、この課、または事業（ファイルの名前か事業名）の頁だけの抜粋にする。繰り返せる
    #[arg(long, value_name = "課名|事業名", help_heading = "オプション")]
    pub only: Vec<String>,
    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportKind {
    Csv,
    Docx,
    Html,
    Json,
    Xlsx,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CsvEncoding {
    #[value(alias = "utf-8")]
    Utf8,
    #[value(alias = "sjis", alias = "shift_jis")]
    Cp932,
}

#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// 原稿、または報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー|ファイル", help_heading = "引数")]
    pub paths: Vec<PathBuf>,
    /// 書き換えずに、そろっていない原稿の名前を表示する
    #[arg(long, help_heading = "オプション")]
    pub check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 前の状態（印刷に回したときの写しなど）の報告書のフォルダー
    #[arg(value_name = "前のフォルダー", display_order = 1, help_heading = "引数")]
    pub old: PathBuf,
    /// 今の状態の報告書のフォルダー
    #[arg(value_name = "今のフォルダー", display_order = 2, help_heading = "引数")]
    pub new: PathBuf,
    /// 変わったところの一覧を、表計算で開けるファイル（CSV）にも書き出す
    #[arg(long, value_name = "ファイル", help_heading = "オプション")]
    pub csv: Option<PathBuf>,
    /// 正誤表の案を PDF で作る
    #[arg(long, value_name = "ファイル", help_heading = "オプション")]
    pub errata: Option<PathBuf>,
    /// 正誤表に入れる日付（令和8年11月30日、2026-11-30 など）
    #[arg(long, value_name = "日付", requires = "errata", help_heading = "オプション")]
    pub date: Option<String>,
    /// 色を付けるか（auto・always・never）
    #[arg(long, value_name = "色", value_enum, default_value_t = Color::Auto, hide_possible_values = true, hide_default_value = true, help_heading = "オプション")]
    pub color: Color,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// 新しい事業の名前（--from のときは、作るフォルダー）
    #[arg(value_name = "事業名|フォルダー", required_unless_present_any = ["report", "from"], help_heading = "引数")]
    pub name: Option<String>,
    /// 事業を入れる章（フォルダーの名前か章の題名）
    #[arg(long, value_name = "章", help_heading = "オプション")]
    pub chapter: Option<String>,
    /// 新しい報告書を、このフォルダーに作る
    #[arg(long, value_name = "フォルダー", conflicts_with_all = ["name", "chapter"], help_heading = "オプション")]
    pub report: Option<PathBuf>,
    /// このフォルダーの報告書から、翌年度の報告書を作る。もう一度実行すると、足りないファイルだけを加える
    #[arg(long, value_name = "昨年のフォルダー", conflicts_with_all = ["report", "chapter"], help_heading = "オプション")]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// 取り込むファイル（.xlsx・.xls・.ods・.docx・.csv・.tsv・.txt）
    #[arg(value_name = "ファイル", required = true, help_heading = "引数")]
    pub files: Vec<PathBuf>,
    /// 事業のファイルを作る章のフォルダー。なければ作る。export docx の文書なら、省くと章ごとのフォルダーに分ける
    #[arg(long, value_name = "フォルダー", help_heading = "オプション")]
    pub chapter: Option<PathBuf>,
    /// 様式の言葉の対応表（1行に「様式の言葉,項目」と書いた CSV）
    #[arg(long, value_name = "ファイル", help_heading = "オプション")]
    pub mapping: Option<PathBuf>,
    /// 何も書かずに、作るものと確かめる所だけを表示する
    #[arg(long, help_heading = "オプション")]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// 指摘の番号（省くと一覧を表示する）
    #[arg(value_name = "番号", help_heading = "引数")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    pub target: Target,
    /// 誤りがなくても、下書きの PDF を作る
    #[arg(long, help_heading = "オプション")]
    pub draft: bool,
    /// ブラウザーで頁と指摘を見る
    #[arg(long, help_heading = "オプション")]
    pub preview: bool,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub look: Look,
}

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// 標準の入出力で話す（いつもそうするので、書いても書かなくても同じ）
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    /// 報告書のフォルダー（省くと今のフォルダーから上へ探す）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    pub path: Option<PathBuf>,
    /// 見るだけにし、画面から原稿を書き換えられないようにする
    #[arg(long, help_heading = "オプション")]
    pub read_only: bool,
    /// 画面から書き換える前の原稿を、フォルダー「_履歴」に残さない
    #[arg(long, help_heading = "オプション")]
    pub no_history: bool,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub look: Look,
}
