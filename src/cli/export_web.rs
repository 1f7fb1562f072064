//! `report export html`: the web edition of a report, with the template that its office has.

use std::fs;
use std::path::Path;

use super::arguments::Export;
use super::overwrite::refuse_outside;
use super::place::{absolute, name_of};
use super::web_folder::{LIST, OwnFiles};
use super::{Failure, Outcome};
use crate::load::{Folder, read_bounded};
use crate::pipeline::{Checked, WebRequest, build_web};
use crate::web::{EditionFile, TemplateFault, WebTemplate};

/// A template of the office's own, in the report.
pub(super) const OWN_TEMPLATE: &str = "ウェブの体裁";
const EDITION: &str = "data/edition.json";
/// What is read of an edition's file.
const MOST: u64 = 256 * 1024 * 1024;
/// Folders beside the edition that are looked into for other years.
const MOST_BESIDE: usize = 200;

pub(super) fn run(arguments: &Export, checked: &Checked, root: &Path) -> Result<Outcome, Failure> {
    let folder = match &arguments.output {
        Some(typed) => typed.clone(),
        None => root.join("out").join(format!("{}_web", name_of(root))),
    };
    refuse_outside(&folder.join(LIST))?;
    let template = template(arguments, root)?;
    let old = OwnFiles::read(&folder)?;
    let before = read_edition(&folder.join(EDITION));
    let request = WebRequest { template, beside: editions_beside(&folder)?, before };
    let files = build_web(checked, request).map_err(|fault| of_template(&fault))?;
    old.replace(&files)?;
    say!("「{}」に、{} 個のファイルを書きました。", folder.display(), files.len() + 1);
    say!(
        "「{}」を開くと、ブラウザーで見られます。公開するときは、このフォルダーを丸ごと載せます。",
        folder.join("index.html").display()
    );
    Ok(Outcome::Clean)
}

/// The template that was asked for, else the report's own, else the built-in one.
fn template(arguments: &Export, root: &Path) -> Result<WebTemplate, Failure> {
    let Some(named) = &arguments.template else {
        let own = WebTemplate::from_folder(&Folder::new(root), OWN_TEMPLATE, OWN_TEMPLATE);
        return Ok(own.map_err(|fault| of_template(&fault))?.unwrap_or_else(WebTemplate::built_in));
    };
    let found = WebTemplate::from_folder(&Folder::new(absolute(named)?), "", &named.display().to_string());
    found.map_err(|fault| of_template(&fault))?.ok_or_else(|| {
        Failure::new(format!(
            "「{}」に、ウェブの体裁（program.html などの .html）がありません。「report template init web」で写しを作れます。",
            named.display()
        ))
    })
}

fn of_template(fault: &TemplateFault) -> Failure {
    let line = fault.line.map(|line| format!(" {line}行目")).unwrap_or_default();
    Failure::new(format!(
        "ウェブの体裁「{}」の {}{line} で頁を作れません。原稿の誤りではありません。（{}）",
        fault.template, fault.file, fault.reason
    ))
}

/// The editions in folders beside this one.
fn editions_beside(folder: &Path) -> Result<Vec<(String, EditionFile)>, Failure> {
    let own = absolute(folder)?;
    let Some(beside) = own.parent() else { return Ok(Vec::new()) };
    let mut names: Vec<String> = fs::read_dir(beside)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| own.file_name().is_none_or(|own| own.to_string_lossy() != **name))
        // Of what else lies there, however much it is, nothing counts.
        .filter(|name| beside.join(name).join(EDITION).is_file())
        .collect();
    names.sort();
    names.truncate(MOST_BESIDE);
    let read = |name: &String| Some((name.clone(), read_edition(&beside.join(name).join(EDITION))?));
    Ok(names.iter().filter_map(read).collect())
}

/// What an edition says of itself; nothing where there is none.
fn read_edition(file: &Path) -> Option<EditionFile> {
    EditionFile::read(&read_bounded(file, MOST).ok()??)
}
