//! `report template`

use std::path::{Path, PathBuf};

use super::file_name::file_stem;
use super::office_arguments::TemplateCommand;
use super::output::{print, print_data};
use super::overwrite::{is_begun, make_files};
use super::place::{absolute, name_of, relative};
use super::{Failure, Outcome};
use crate::diagnostic::display_width;
use crate::load::is_skipped_folder;
use crate::pipeline::find_root;
use crate::typeset::{BuiltIn, built_in, built_in_names, copy_of};
use crate::view::{FORMAT, schema};

/// The folder in a report that a copy goes to where none was named.
const OWN: &str = "体裁";

pub(super) fn run(command: &TemplateCommand) -> Result<Outcome, Failure> {
    match command {
        TemplateCommand::List => print(&list())?,
        TemplateCommand::Show { name } => print(&show(name)?)?,
        TemplateCommand::Init { name, folder } => init(name, folder.as_deref())?,
        TemplateCommand::Schema => print_data(&schema())?,
    }
    Ok(Outcome::Clean)
}

fn format_of(template: &BuiltIn) -> u32 {
    template.manifest.format.unwrap_or(FORMAT)
}

/// A line a template: its name, the version of what it reads, what it is.
fn list() -> String {
    let known = built_in();
    let width = known.iter().map(|template| display_width(&template.name)).max().unwrap_or(0);
    let line = |template: &BuiltIn| {
        let pad = " ".repeat(width - display_width(&template.name));
        format!("{}{pad}  版 {}  {}\n", template.name, format_of(template), template.manifest.description)
    };
    known.iter().map(line).collect()
}

fn find(name: &str) -> Result<BuiltIn, Failure> {
    built_in().into_iter().find(|template| template.name == name).ok_or_else(|| {
        Failure::new(format!("「{name}」という備付けの体裁はありません。あるのは {} です。", built_in_names()))
    })
}

fn show(name: &str) -> Result<String, Failure> {
    let template = find(name)?;
    let files: String = copy_of(name).unwrap_or_default().keys().map(|path| format!("  {path}\n")).collect();
    Ok(format!(
        "体裁　{name}\n説明　{}\n版　　{}（この report が体裁に渡す中身の版は {FORMAT}）\n\n\
         使うとき　　　　　報告書.jigyo に「体裁：{name}」と書く\n\
         一度だけ使うとき　report build --template {name}\n\
         写して直すとき　　report template init {name}\n\n\
         写しに入るファイル\n{files}  report.schema.json\n",
        template.manifest.description,
        format_of(&template),
    ))
}

/// Copies a built-in template into a folder that is not there yet, or empty.
fn init(name: &str, folder: Option<&Path>) -> Result<(), Failure> {
    find(name)?;
    let here = absolute(Path::new("."))?;
    let folder = match folder {
        Some(typed) => absolute(typed)?,
        None => find_root(&here).map_or_else(|| here.join(name), |root| root.join(OWN)),
    };
    let mut files: Vec<(String, Vec<u8>)> =
        copy_of(name).unwrap_or_default().into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    files.push(("report.schema.json".to_string(), schema().into_bytes()));
    refuse_full(&folder, name, &files)?;
    refuse_name(&folder)?;
    make_files(&folder, files)?;
    say_next(name, &folder);
    Ok(())
}

/// A folder that Windows cannot hold, or that is not read as a part of a report, is no place for a template.
fn refuse_name(folder: &Path) -> Result<(), Failure> {
    let name = name_of(folder);
    if file_stem(&name) == name && !is_skipped_folder(&name) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "「{name}」は体裁のフォルダーの名前にできません。「体裁」のような、別の名前にしてください。"
    )))
}

/// Nothing that is there is ever written over; what an ended run began is completed.
fn refuse_full(folder: &Path, name: &str, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let is_free = match folder.read_dir() {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    };
    if is_free || is_begun(folder, files) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "「{}」はもうあるので、何も書き換えません。「report template init {name} 新しい名前」のように、別の名前を指定してください。",
        folder.display()
    )))
}

fn say_next(name: &str, folder: &Path) {
    say!("{} に、体裁「{name}」の写しを作りました。", folder.display());
    let root: Option<PathBuf> = folder.parent().and_then(find_root);
    match root {
        Some(root) => {
            say!("次にすること");
            say!(
                "1　報告書.jigyo の「体裁：」の行を「体裁：{}」にします（なければ書き足します）。",
                relative(&root, folder)
            );
            say!("2　「report preview {}」で頁を見ながら、写しの中の .typ を直します。", shown(&root));
        }
        None => {
            say!("次にすること");
            say!(
                "1　「report build 報告書のフォルダー --template {}」で試しながら、写しの中の .typ を直します。",
                shown(folder)
            );
            say!(
                "2　フォルダー「{0}」を報告書のフォルダーの中に移し、報告書.jigyo に「体裁：{0}」と書きます。",
                name_of(folder)
            );
        }
    }
    say!("字の大きさや色は look.typ に、中のファイルの説明は README.md にあります。");
}

/// A path to type: one with a blank in quotes.
fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains([' ', '　']) { format!("\"{path}\"") } else { path }
}
