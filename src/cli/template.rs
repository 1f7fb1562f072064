//! `report template`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::export_web::OWN_TEMPLATE as OWN_WEB;
use super::office_arguments::TemplateCommand;
use super::output::{print, print_data};
use super::overwrite::{is_begun, make_files};
use super::place::{absolute, name_of, relative};
use super::{Failure, Outcome};
use crate::diagnostic::display_width;
use crate::editing::file_stem;
use crate::load::is_skipped_folder;
use crate::pipeline::find_root;
use crate::typeset::{BuiltIn, built_in, built_in_names, copy_of};
use crate::view::{FORMAT, schema};
use crate::web::{WEB_TEMPLATE, WebTemplate, copy_of_web};

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

/// A template that can be copied, for paper or for the web.
struct Known {
    name: String,
    format: u32,
    description: String,
}

/// Those for paper by name, then the one for the web.
fn known() -> Vec<Known> {
    let of_paper = built_in().into_iter().map(|BuiltIn { name, manifest }| Known {
        name,
        format: manifest.format.unwrap_or(FORMAT),
        description: manifest.description,
    });
    let settings = WebTemplate::built_in().settings;
    let of_web = Known {
        name: WEB_TEMPLATE.to_string(),
        format: settings.format.unwrap_or(FORMAT),
        description: settings.description,
    };
    of_paper.chain([of_web]).collect()
}

fn copy(name: &str) -> BTreeMap<String, &'static [u8]> {
    if name == WEB_TEMPLATE { copy_of_web() } else { copy_of(name).unwrap_or_default() }
}

/// A line a template: its name, the version of what it reads, what it is.
fn list() -> String {
    let known = known();
    let width = known.iter().map(|template| display_width(&template.name)).max().unwrap_or(0);
    let line = |template: &Known| {
        let pad = " ".repeat(width - display_width(&template.name));
        format!("{}{pad}  版 {}  {}\n", template.name, template.format, template.description)
    };
    known.iter().map(line).collect()
}

fn find(name: &str) -> Result<Known, Failure> {
    known().into_iter().find(|template| template.name == name).ok_or_else(|| {
        let names = format!("{}・{WEB_TEMPLATE}", built_in_names());
        Failure::new(format!("「{name}」という備付けの体裁はありません。あるのは {names} です。"))
    })
}

fn show(name: &str) -> Result<String, Failure> {
    let template = find(name)?;
    let files: String = copy(name).keys().map(|path| format!("  {path}\n")).collect();
    let use_of = if name == WEB_TEMPLATE {
        "使うとき　　　　　report export html（何も書かなくてよい）\n".to_string()
    } else {
        format!(
            "使うとき　　　　　報告書.jigyo に「体裁：{name}」と書く\n\
             一度だけ使うとき　report build --template {name}\n"
        )
    };
    Ok(format!(
        "体裁　{name}\n説明　{}\n版　　{}（この report が体裁に渡す中身の版は {FORMAT}）\n\n{use_of}\
         写して直すとき　　report template init {name}\n\n\
         写しに入るファイル\n{files}  report.schema.json\n",
        template.description, template.format,
    ))
}

/// Copies a built-in template into a folder that is not there yet, or empty.
fn init(name: &str, folder: Option<&Path>) -> Result<(), Failure> {
    find(name)?;
    let here = absolute(Path::new("."))?;
    let folder = match folder {
        Some(typed) => absolute(typed)?,
        None => {
            let own = if name == WEB_TEMPLATE { OWN_WEB } else { OWN };
            find_root(&here).map_or_else(|| here.join(name), |root| root.join(own))
        }
    };
    let mut files: Vec<(String, Vec<u8>)> =
        copy(name).into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
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
    if name == WEB_TEMPLATE {
        say_next_of_web(folder);
        return;
    }
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

fn say_next_of_web(folder: &Path) {
    say!("次にすること");
    if folder.parent().and_then(find_root).is_some() && name_of(folder) == OWN_WEB {
        say!("「report export html」で頁を作りながら、写しの中の .html と assets の中を直します。");
    } else {
        say!(
            "「report export html 報告書のフォルダー --template {}」で頁を作りながら、写しの中を直します。",
            shown(folder)
        );
        say!("報告書のフォルダーの中に「{OWN_WEB}」という名前で置けば、--template は要りません。");
    }
    say!("色や字の大きさは assets の style.css に、中のファイルの説明は README.md にあります。");
}

/// A path to type: one with a blank in quotes.
fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains([' ', '　']) { format!("\"{path}\"") } else { path }
}
