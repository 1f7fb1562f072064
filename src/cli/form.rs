//! `report form`

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::office_arguments::FormCommand;
use super::options::Messages;
use super::output::{print, show};
use super::overwrite::make_files;
use super::place::{absolute, locate};
use super::target::{say_made, write_pdf_at};
use super::{Failure, Outcome};
use crate::diagnostic::{Diagnostics, display_width};
use crate::form::{BUILT_IN, BuiltInForm, built_in, read_form, remark, specimen};
use crate::load::{Content, Disk, Folder, Memory};
use crate::pipeline::{BuildOptions, build, check, find_root};
use crate::source::Files;
use crate::syntax::{FileKind, Vocabulary, file_kind, parse};

/// The file that a copy goes to.
const OWN: &str = "様式.jigyo";

pub(super) fn run(command: &FormCommand) -> Result<Outcome, Failure> {
    match command {
        FormCommand::List => print(&list())?,
        FormCommand::Show { name } => print(find(name)?.text)?,
        FormCommand::Init { name } => init(name)?,
        FormCommand::Check { path, output, messages } => {
            return check_form(path.as_deref(), output.as_deref(), messages);
        }
    }
    Ok(Outcome::Clean)
}

/// A line a form: its name, what it is.
fn list() -> String {
    let width = BUILT_IN.iter().map(|form| display_width(form.name)).max().unwrap_or(0);
    let pad = |form: &BuiltInForm| " ".repeat(width - display_width(form.name));
    BUILT_IN.iter().map(|form| format!("{}{}  {}\n", form.name, pad(form), form.description)).collect()
}

fn find(name: &str) -> Result<&'static BuiltInForm, Failure> {
    BUILT_IN.iter().find(|form| form.name == name).ok_or_else(|| {
        let names: Vec<&str> = BUILT_IN.iter().map(|form| form.name).collect();
        Failure::new(format!("「{name}」という備付けの様式はありません。あるのは {} です。", names.join("・")))
    })
}

/// A copy of a built-in form in the report's folder, with a remark above every row. Nothing that is there is written over.
fn init(name: &str) -> Result<(), Failure> {
    let form = find(name)?;
    let here = absolute(Path::new("."))?;
    let folder = find_root(&here).unwrap_or(here);
    let there = Folder::new(&folder).read_own_texts().unwrap_or_default();
    let is_form = |content: &Content| matches!(content, Content::Text(text) if file_kind(text) == Some(FileKind::Form));
    if let Some(file) = there.iter().find(|file| file.path == OWN || is_form(&file.content)) {
        return Err(Failure::new(format!(
            "「{}」がもうあるので、何も書き換えません。作り直すときは、そのファイルをフォルダー「_旧」に移してください。",
            file.path
        )));
    }
    make_files(&folder, [(OWN.to_string(), with_remarks(form.text).into_bytes())])?;
    say!("{} に、様式「{name}」の写しを作りました。", folder.join(OWN).display());
    say!("次にすること");
    say!("1　{OWN} をメモ帳で開き、項目や見出しを自分の様式に合わせて直します。");
    say!("2　「report form check」で、直した様式の見本の PDF を作って確かめます。");
    Ok(())
}

/// The text with ※ lines above its rows, as Windows writes lines.
fn with_remarks(text: &str) -> String {
    let mut files = Files::new();
    let id = files.add(OWN, text);
    let file = files.get(id);
    let ast = parse(file, &Vocabulary::of_forms(), &mut Diagnostics::new());
    let mut lines: Vec<String> = Vec::new();
    for section in &ast.sections {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("{}{}", file.slice(section.heading), file.slice(section.rest)));
        for line in &section.lines {
            let typed = file.slice(line.span);
            lines.extend(remark(section.kind, typed));
            lines.extend(Some(typed.to_string()).filter(|typed| !typed.is_empty()));
        }
    }
    lines.join("\r\n") + "\r\n"
}

/// The name and the text of the form of a report: its own, else the built-in one that it names or has without a word.
fn form_of(folder: &Folder, root: &Path) -> Result<(String, String), Failure> {
    let texts = folder.read_texts().map_err(|error| Failure::io("を読めません", root, &error))?;
    let own = texts.into_iter().filter(|file| !file.path.contains('/')).find_map(|file| {
        let Content::Text(text) = file.content else { return None };
        (file_kind(&text) == Some(FileKind::Form)).then_some((file.path, text.to_string()))
    });
    if let Some(own) = own {
        return Ok(own);
    }
    let checked = check(folder).map_err(|error| Failure::io("を読めません", root, &error.0))?;
    let is_of_report = |form: &&BuiltInForm| built_in(form.name).is_some_and(|form| *form == *checked.report.form);
    let named = BUILT_IN.iter().find(is_of_report).or(BUILT_IN.first()).map(|form| form.text.to_string());
    named.map(|text| (OWN.to_string(), text)).ok_or_else(|| Failure::new("備付けの様式がありません。"))
}

/// Says what is wrong in a form, and makes its specimen page.
fn check_form(path: Option<&Path>, output: Option<&Path>, messages: &Messages) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let place = locate(path)?;
    let folder = Folder::new(&place.root);
    let (name, text) = form_of(&folder, &place.root)?;
    let mut files = Files::new();
    let id = files.add(name.clone(), text.clone());
    let mut silent = Diagnostics::new();
    let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut silent);
    let read = read_form(files.get(id), &ast, &mut silent);
    let mut disk = Memory::new().with(name, text);
    for (path, text) in specimen(&read) {
        disk.insert(path, text);
    }
    let mut checked = check(&disk).map_err(|error| Failure::io("を読めません", &place.root, &error.0))?;
    let template = checked.template().ok_or_else(|| Failure::new("体裁がありません。"))?;
    let built = build(&mut checked, template, BuildOptions::default());
    let outcome = show(&checked, &place.root, None, messages)?;
    let Some(built) = built else { return Ok(Outcome::Errors) };
    let target: PathBuf = output.map_or_else(|| place.root.join("out").join("様式の見本.pdf"), Path::to_path_buf);
    write_pdf_at(&target, &built.pdf)?;
    say_made(&target, built.document.pages().len(), started);
    Ok(outcome)
}
