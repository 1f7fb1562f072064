//! A program leaves the report, comes back, or goes to another chapter: its file moves, and its line in 【構成】 with it. No word of it
//! is ever lost: what leaves lies in `_旧`, where no report looks.

use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::composition::{add_to_composition, remove_from_composition};
use super::overwrite::refuse_outside_of;
use super::place::{check_folder, relative};
use crate::load::{Folder, compose_voiced_kana};
use crate::model::{Chapter, Program};
use crate::pipeline::Checked;

/// Where programs lie that left; its name begins with `_`.
const ASIDE: &str = "_旧";

/// Moves a program out of the report; where its file lies now, from the report.
pub(super) fn put_aside(root: &Path, file: &str) -> Result<String, Failure> {
    let checked = check_folder(root)?;
    let (chapter, _) = find(&checked, file)?;
    let folder = Folder::new(root);
    let target = free_name(&folder.path_of(&format!("{ASIDE}/{file}")));
    move_file(root, &folder.path_of(file), &target)?;
    unlist(&checked, root, chapter, file)?;
    Ok(compose_voiced_kana(relative(root, &target)))
}

/// Moves a program that left, `kept`, to where it lay, `file`.
pub(super) fn put_back(root: &Path, kept: &str, file: &str) -> Result<(), Failure> {
    let is_plain = |path: &str| path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !kept.starts_with(&format!("{ASIDE}/")) || !is_plain(kept) || !file.ends_with(".jigyo") {
        return Err(Failure::new(format!("「{kept}」は、報告書から外した事業ではありません。")));
    }
    let checked = check_folder(root)?;
    let (parent, stem) = parts(file);
    let chapter = checked.report.chapters.iter().find(|chapter| chapter.folder == parent);
    let chapter = chapter.ok_or_else(|| Failure::new("元の章がなくなっているので、戻せません。"))?;
    let folder = Folder::new(root);
    move_file(root, &folder.path_of(kept), &folder.path_of(file))?;
    list(&checked, root, chapter, stem)
}

/// Moves a program to the folder of another chapter; its path there.
pub(super) fn change_chapter(root: &Path, file: &str, wanted: &str) -> Result<String, Failure> {
    let checked = check_folder(root)?;
    let (chapter, program) = find(&checked, file)?;
    let target = checked.report.chapters.iter().find(|chapter| chapter.folder == wanted);
    let target = target.ok_or_else(|| Failure::new(format!("「{wanted}」という章はありません。")))?;
    if program.all_photos().next().is_some() {
        return Err(Failure::new(
            "写真のある事業は、写真がそのままでは見つからなくなるので、ここからは移せません。原稿と写真のフォルダーを、エクスプローラーで一緒に移してください。",
        ));
    }
    let (_, stem) = parts(file);
    let path = if wanted.is_empty() { format!("{stem}.jigyo") } else { format!("{wanted}/{stem}.jigyo") };
    let folder = Folder::new(root);
    move_file(root, &folder.path_of(file), &folder.path_of(&path))?;
    unlist(&checked, root, chapter, file)?;
    list(&checked, root, target, stem)?;
    Ok(path)
}

/// A program of the report, with the chapter in which its file lies.
fn find<'a>(checked: &'a Checked, file: &str) -> Result<(Option<&'a Chapter>, &'a Program), Failure> {
    let mut programs = checked.report.all_programs();
    let program = programs.find(|program| checked.files.get(program.file).path() == file);
    let program = program.ok_or_else(|| Failure::new(format!("「{file}」という事業は、この報告書にありません。")))?;
    let (parent, _) = parts(file);
    Ok((checked.report.chapters.iter().find(|chapter| chapter.folder == parent), program))
}

/// The folder of a file, and its name without the ending.
fn parts(file: &str) -> (&str, &str) {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    (folder, name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

fn unlist(checked: &Checked, root: &Path, chapter: Option<&Chapter>, file: &str) -> Result<(), Failure> {
    let Some(chapter) = chapter else { return Ok(()) };
    let path = Folder::new(root).path_of(checked.files.get(chapter.head.file).path());
    remove_from_composition(&path, parts(file).1)
}

fn list(checked: &Checked, root: &Path, chapter: &Chapter, stem: &str) -> Result<(), Failure> {
    let path = Folder::new(root).path_of(checked.files.get(chapter.head.file).path());
    let by_name: Vec<String> = chapter.programs.iter().map(|program| program.id.clone()).collect();
    add_to_composition(&path, &by_name, &[stem.to_string()]).map(|_| ())
}

/// Moves a file to a name that is free, within the report.
fn move_file(root: &Path, from: &Path, to: &Path) -> Result<(), Failure> {
    refuse_outside_of(root, from)?;
    refuse_outside_of(root, to)?;
    if to.symlink_metadata().is_ok() {
        return Err(Failure::new(format!(
            "「{}」が、もうあります。先にその名前を変えてください。",
            relative(root, to)
        )));
    }
    let failed = |error| Failure::io("を移せません", from, &error);
    to.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    fs::rename(from, to).map_err(failed)
}

/// The name itself, or with （2） and so on where it is taken.
fn free_name(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let numbered = (2..).map(|number| path.with_file_name(format!("{stem}（{number}）.jigyo")));
    let mut names = std::iter::once(path.to_path_buf()).chain(numbered);
    names.find(|name| name.symlink_metadata().is_err()).unwrap_or_else(|| path.to_path_buf())
}
