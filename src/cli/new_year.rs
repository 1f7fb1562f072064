//! `report new --from`: the report of the next year. Adds what is missing and never overwrites.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::composition::add_to_composition;
use super::overwrite::refuse_outside_of;
use super::place::{absolute, check_folder, name_of};
use super::{Failure, Outcome};
use crate::load::{Disk, Folder, MAX_PICTURE_BYTES, create_new, read_beginning, read_bounded};
use crate::model::{Chapter, Report};
use crate::pipeline::{Checked, is_report};
use crate::rollover::{NewFile, NewYear, make_next_year};
use crate::source::{FileId, with_slashes};

/// More than any file that belongs to a report's look.
const LARGEST: u64 = 256 * 1024 * 1024;

pub(super) fn run(old: &Path, new: Option<&Path>) -> Result<Outcome, Failure> {
    let new = new.ok_or_else(|| {
        Failure::new(
            "作るフォルダーの名前がありません。「report new --from 令和2年度 令和3年度」のように書いてください。",
        )
    })?;
    let (old, new) = (absolute(old)?, absolute(new)?);
    let data = fs::metadata(&old).map_err(|error| Failure::io("を開けません", &old, &error))?;
    if !data.is_dir() || !is_report(&old) {
        return Err(Failure::new(format!(
            "「{}」は報告書のフォルダーではありません。報告書.jigyo のあるフォルダーを「--from」の後に書いてください。",
            old.display()
        )));
    }
    let way_back = way_back(&old, &new)?;
    let checked = check_folder(&old)?;
    let made = make_next_year(&checked.files, &checked.report, &way_back).ok_or_else(|| {
        Failure::new(format!(
            "「{}」の年度が読めないので、翌年度の報告書を作れません。報告書.jigyo の「年度：」を直してください。",
            old.display()
        ))
    })?;
    let target = TargetFolder::look(&new, &old, &made)?;
    let mut added = target.add_files(&made, &old)?;
    added.extend(add_papers(&checked.report, &old, &new)?);
    tell(&checked, &made, &added, &target)?;
    Ok(Outcome::Clean)
}

/// The folder that is filled, and what stood in it before.
struct TargetFolder<'a> {
    root: &'a Path,
    /// IDs of the programs that are there, in whatever chapter, and the names that they had
    programs: BTreeSet<String>,
    /// IDs of the programs of a chapter, by the path of its file
    chapters: BTreeMap<String, Vec<String>>,
    /// A report was there, and its 【報告書】.
    is_begun: bool,
    has_head: bool,
    has_form: bool,
}

impl<'a> TargetFolder<'a> {
    /// Refuses a folder that holds something else.
    fn look(root: &'a Path, old: &Path, made: &NewYear) -> Result<Self, Failure> {
        let empty = Self {
            root,
            programs: BTreeSet::new(),
            chapters: BTreeMap::new(),
            is_begun: false,
            has_head: false,
            has_form: false,
        };
        if fs::symlink_metadata(root).is_err() {
            return Ok(empty);
        }
        let entries = fs::read_dir(root).map_err(|error| Failure::io("を開けません", root, &error))?;
        let is_foreign = |path: &Path| !old.starts_with(path) && !name_of(path).starts_with(['.', '_']);
        let mut others = entries.filter_map(Result::ok).filter(|entry| is_foreign(&entry.path()));
        if others.next().is_none() {
            return Ok(empty);
        }
        let checked = check_folder(root)?;
        let year = checked.report.head.as_ref().map(|head| head.fiscal_year);
        match year {
            Some(Some(year)) if year != made.fiscal_year => {
                return Err(Failure::new(format!(
                    "フォルダー「{}」には{}の報告書があります。{}の報告書は、別のフォルダーに作ってください。",
                    name_of(root),
                    year.label(),
                    made.fiscal_year.label()
                )));
            }
            Some(None) => {
                return Err(Failure::new(format!(
                    "フォルダー「{}」の報告書.jigyo の年度が読めません。「年度：」を直してから、もう一度実行してください。",
                    name_of(root)
                )));
            }
            None if checked.report.chapters.is_empty() => {
                return Err(Failure::new(format!(
                    "フォルダー「{}」は空ではありません。新しいフォルダーの名前を指定してください。",
                    name_of(root)
                )));
            }
            Some(Some(_)) | None => {}
        }
        let programs = checked.report.all_programs();
        let names = programs.flat_map(|program| {
            std::iter::once(program.id.clone()).chain(program.former_names.iter().map(|name| name.value.clone()))
        });
        let programs = names.collect();
        let ids = |chapter: &Chapter| chapter.programs.iter().map(|program| program.id.clone()).collect();
        let file = |chapter: &Chapter| checked.files.get(chapter.head.file).path().to_string();
        let chapters = checked.report.chapters.iter().map(|chapter| (file(chapter), ids(chapter))).collect();
        Ok(Self {
            root,
            programs,
            chapters,
            is_begun: true,
            has_head: year.is_some(),
            has_form: checked.report.form_file.is_some(),
        })
    }

    /// Whether the office has what a file is for under another name: a program in another chapter, a chapter whose folder
    /// was renamed, a 【報告書】 that was.
    fn has_elsewhere(&self, file: &NewFile, made: &NewYear, path: &Path) -> bool {
        let has = |id: &String| self.programs.contains(id);
        if let Some(id) = &file.program {
            return has(id);
        }
        if file.is_form {
            return self.has_form;
        }
        if !file.path.contains('/') {
            return self.has_head;
        }
        let mut own = made.files.iter().filter(|other| other.chapter.as_ref() == Some(&file.path)).peekable();
        let is_renamed = own.peek().is_some() && own.filter_map(|other| other.program.as_ref()).all(has);
        is_renamed && !path.parent().is_some_and(Path::exists)
    }

    /// Writes the files that are not there, and says which.
    fn add_files(&self, made: &NewYear, old: &Path) -> Result<Vec<String>, Failure> {
        let mut added = Vec::new();
        let folder = Folder::new(self.root);
        let is_there = |file: &&NewFile| {
            let path = folder.path_of(&file.path);
            self.has_elsewhere(file, made, &path) || fs::symlink_metadata(&path).is_ok()
        };
        let (there, missing): (Vec<&NewFile>, Vec<&NewFile>) = made.files.iter().partition(is_there);
        for file in &there {
            let path = folder.path_of(&file.path);
            if fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() == 0) {
                say!("{} は中身が空です（0バイト）。消してからもう一度実行すると、作り直します。", path.display());
            }
        }
        // Lines come first: a name without its file is an error that says so, and is made good by the next run.
        for chapter in there {
            let of_chapter = |file: &&&NewFile| file.chapter.as_ref() == Some(&chapter.path);
            let ids = missing.iter().filter(of_chapter).filter_map(|file| file.program.clone());
            self.list_in_chapter(chapter, &folder.path_of(&chapter.path), &ids.collect::<Vec<_>>())?;
        }
        for file in missing {
            let path = folder.path_of(&file.path);
            refuse_outside_of(self.root, &path)?;
            let text = format!("{}{}", mark_of(&Folder::new(old).path_of(&file.path)), file.text);
            create_new(&path, text).map_err(|error| Failure::io("を作れません", &path, &error))?;
            added.push(file.path.clone());
        }
        Ok(added)
    }

    /// Programs that come later to a chapter that was there: their lines in 【構成】, where they have none.
    fn list_in_chapter(&self, chapter: &NewFile, path: &Path, ids: &[String]) -> Result<(), Failure> {
        if ids.is_empty() || !path.is_file() {
            return Ok(());
        }
        let by_name = self.chapters.get(&chapter.path).map_or(&[][..], Vec::as_slice);
        match add_to_composition(path, by_name, ids)? {
            0 => {}
            _ => say!("{} の【構成】の終わりに「{}」を加えました。", path.display(), ids.join("」「")),
        }
        Ok(())
    }
}

/// The mark that a file begins with, as UTF-8 has it.
fn mark_of(path: &Path) -> &'static str {
    let start = read_beginning(path, 3).unwrap_or_default();
    let is_marked = start == b"\xEF\xBB\xBF" || start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    if is_marked { "\u{FEFF}" } else { "" }
}

/// 用語 and 組織, the report's own template and its fonts.
fn add_papers(report: &Report, old: &Path, new: &Path) -> Result<Vec<String>, Failure> {
    let Some(head) = &report.head else { return Ok(Vec::new()) };
    let mut added = Vec::new();
    let source = Folder::new(old);
    for named in [&head.words, &head.organization].into_iter().flatten() {
        let path = with_slashes(&named.value);
        // Only what lies in the report itself can be read.
        if let Ok(bytes) = source.read("", &path, MAX_PICTURE_BYTES) {
            let target = new.join(&path);
            refuse_outside_of(new, &target)?;
            add(&target, &bytes, &path, &mut added)?;
        }
    }
    let template = head.template.as_ref().map(|named| with_slashes(&named.value));
    for folder in template.iter().map(|named| named.trim_matches('/')).chain(["fonts"]) {
        let is_inside =
            !folder.is_empty() && Path::new(folder).components().all(|part| matches!(part, Component::Normal(_)));
        if is_inside && source.holds(&source.path_of(folder)) {
            let target = new.join(folder);
            refuse_outside_of(new, &target)?;
            add_folder(&source.path_of(folder), &target, folder, &mut added)?;
        }
    }
    Ok(added)
}

/// Every plain file below a folder; none where it is not there.
fn add_folder(from: &Path, to: &Path, name: &str, added: &mut Vec<String>) -> Result<(), Failure> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    let mut entries: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries.iter().filter(|path| !name_of(path).starts_with('.')) {
        let Ok(kind) = fs::symlink_metadata(path) else { continue };
        let (own, target) = (format!("{name}/{}", name_of(path)), to.join(name_of(path)));
        refuse_outside_of(to, &target)?;
        if kind.is_dir() {
            add_folder(path, &target, &own, added)?;
        } else if kind.is_file() {
            let bytes = read_bounded(path, LARGEST).map_err(|error| Failure::io("を読めません", path, &error))?;
            add(&target, &bytes.unwrap_or_default(), &own, added)?;
        }
    }
    Ok(())
}

fn add(target: &Path, bytes: &[u8], name: &str, added: &mut Vec<String>) -> Result<(), Failure> {
    if fs::symlink_metadata(target).is_ok() {
        return Ok(());
    }
    create_new(target, bytes).map_err(|error| Failure::io("を作れません", target, &error))?;
    added.push(name.to_string());
    Ok(())
}

/// The way from the new folder to the old one, with `/`. The whole path where they lie on different drives.
fn way_back(old: &Path, new: &Path) -> Result<String, Failure> {
    let (from, to) = (real(new)?, real(old)?);
    if from.starts_with(&to) {
        return Err(Failure::new(
            "翌年度の報告書は、昨年の報告書のフォルダーの中には作れません。隣のフォルダーなどを指定してください。",
        ));
    }
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return Ok(with_slashes(&old.to_string_lossy()));
    }
    let up = from.components().skip(shared).map(|_| "..".to_string());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// A path with its links followed, as far as it is there.
fn real(path: &Path) -> Result<PathBuf, Failure> {
    let there = path.ancestors().find(|part| part.exists()).unwrap_or(path);
    let found = fs::canonicalize(there).map_err(|error| Failure::io("を開けません", there, &error))?;
    Ok(path.strip_prefix(there).map_or(found.clone(), |rest| found.join(rest)).components().collect())
}

/// What was made, what was left out, and what to do next.
fn tell(checked: &Checked, made: &NewYear, added: &[String], target: &TargetFolder<'_>) -> Result<(), Failure> {
    let root = target.root.display();
    match added {
        [] => say!("加えるものはありません。{root} のファイルは、どれもそのままです。"),
        added if target.is_begun => {
            say!("{root} に足りなかった {} 個のファイルを加えました。ほかのファイルはそのままです。", added.len());
            added.iter().for_each(|path| say!("  {path}"));
        }
        added => say!("{root} に{}の報告書を作りました（{} 個のファイル）。", made.fiscal_year.label(), added.len()),
    }
    if added.is_empty() {
        return Ok(());
    }
    let ended: Vec<&str> = made.ended.iter().map(|program| program.name.as_str()).collect();
    tell_list("終了した事業は引き継いでいません", &ended);
    let ended_files = made.ended.iter().map(|program| program.file);
    let known: BTreeSet<FileId> = made.files.iter().map(|file| file.from).chain(ended_files).collect();
    let left: Vec<&str> = checked
        .files
        .iter()
        .filter(|file| !known.contains(&file.id()))
        .map(|file| file.path())
        .filter(|path| path.contains(".jigyo"))
        .collect();
    tell_list("次のファイルは引き継いでいません（読めないか、【構成】にないためです）", &left);
    tell_list(
        "次の年度は、意味が決められないのでそのままにしました。直すものがないか見てください（報告書.jigyo の【メモ】にもあります）",
        &left_years(made, added),
    );
    tell_list(
        "次の見出しの文は、昨年のまま残しました（様式に「事業実績として」の見出しがないためです。年度ごとに書く文なら、様式のその行に「事業実績として」と書きます）",
        &made.kept,
    );
    let open = check_folder(target.root)?.diagnostics.iter().filter(|found| found.is_open).count();
    say!(
        "未記入の箇所が {open} か所あります。課ごとの数は「report status {root}」で、書く所は「report check {root}」で分かります。"
    );
    Ok(())
}

/// The years that stay in the files that were added.
fn left_years(made: &NewYear, added: &[String]) -> Vec<String> {
    let files = made.files.iter().filter(|file| added.contains(&file.path));
    files.flat_map(|file| file.left.iter().map(|left| format!("{} {left}", file.path))).collect()
}

fn tell_list(head: &str, names: &[impl AsRef<str>]) {
    if !names.is_empty() {
        say!("{head}（{}）。", names.len());
        names.iter().for_each(|name| say!("  {}", name.as_ref()));
    }
}
