//! `report new 事業名`: a form to fill in, where it belongs.

use std::path::{Path, PathBuf};

use super::arguments::New;
use super::composition::add_to_composition;
use super::import_writer::with_line_ends;
use super::new_program::blank_program;
use super::overwrite::refuse_outside;
use super::place::{check_folder, locate};
use super::{Failure, Outcome, new_report, new_year};
use crate::checks::is_copy;
use crate::editing::file_stem;
use crate::load::{Folder, create_new};
use crate::model::{Chapter, Report};
use crate::pipeline::Checked;
use crate::syntax::{chars, nearest};

pub(super) fn run(arguments: &New) -> Result<Outcome, Failure> {
    if let Some(folder) = &arguments.report {
        return new_report::run(folder);
    }
    if let Some(old) = &arguments.from {
        return new_year::run(old, arguments.name.as_deref().map(Path::new));
    }
    let place = locate(None)?;
    let wish = NewProgram {
        name: arguments.name.as_deref().unwrap_or(""),
        chapter: arguments.chapter.as_deref(),
        department: "",
    };
    let made = make_program(&place.root, &wish)?;
    say!("{} を作りました。", made.path.display());
    if let Some(chapter_file) = made.listed_in {
        say!("{} の【構成】の終わりに加えました。順番は行を入れ替えて直してください。", chapter_file.display());
    }
    Ok(Outcome::Clean)
}

/// A program that nobody wrote yet.
pub(super) struct NewProgram<'a> {
    pub(super) name: &'a str,
    /// A folder or a title
    pub(super) chapter: Option<&'a str>,
    /// Empty where that is left open
    pub(super) department: &'a str,
}

/// Where it lies now.
pub(super) struct MadeProgram {
    pub(super) path: PathBuf,
    /// Whose 【構成】 got its line
    pub(super) listed_in: Option<PathBuf>,
}

/// Makes its file, and its line where the chapter lists names.
pub(super) fn make_program(root: &Path, wish: &NewProgram<'_>) -> Result<MadeProgram, Failure> {
    let name = wish.name.trim_matches(chars::is_blank);
    if name.is_empty() {
        return Err(Failure::new("事業名が空です。「report new 事業名」のように書いてください。"));
    }
    let stem = file_stem(name);
    if is_copy(&stem) || stem.starts_with("再掲") || stem.chars().count() > 80 {
        return Err(Failure::new(format!(
            "「{name}」はファイルの名前にできません。「コピー」「(2)」や「再掲」の付かない、80字までの名前にしてください。"
        )));
    }
    let checked = check_folder(root)?;
    let chapter = choose_chapter(&checked, root, wish.chapter)?;
    if checked.report.all_programs().any(|program| program.id == stem) {
        return Err(Failure::new(format!(
            "「{stem}」というファイルは、この報告書にもうあります。別の名前にしてください。"
        )));
    }
    let path = Folder::new(root).path_of(&chapter.folder).join(format!("{stem}.jigyo"));
    let title: String = name.chars().map(|c| if c.is_control() { '　' } else { c }).collect();
    let text = with_line_ends(&blank_program(&checked.report.form, &title, wish.department));
    let failed = |error| Failure::io("を作れません", &path, &error);
    if path.symlink_metadata().is_ok() {
        return Err(failed(std::io::ErrorKind::AlreadyExists.into()));
    }
    // The line comes first: a name without its file is an error that says so, and is made good by the next run.
    let chapter_file = Folder::new(root).path_of(checked.files.get(chapter.head.file).path());
    let by_name: Vec<String> = chapter.programs.iter().map(|program| program.id.clone()).collect();
    let listed = add_to_composition(&chapter_file, &by_name, std::slice::from_ref(&stem))?;
    create_new(&path, &text).map_err(failed)?;
    Ok(MadeProgram { path, listed_in: (listed > 0).then_some(chapter_file) })
}

/// The chapter that was named, the one we stand in, or the only one.
fn choose_chapter<'a>(checked: &'a Checked, root: &Path, named: Option<&str>) -> Result<&'a Chapter, Failure> {
    let report: &Report = &checked.report;
    if report.head.is_none() {
        return Err(Failure::new(
            "ここは報告書のフォルダーではありません。報告書のフォルダーで実行するか、「report new --report フォルダー名」で作ってください。",
        ));
    }
    let title = |chapter: &Chapter| chapter.head.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    let list: Vec<String> = report.chapters.iter().map(|chapter| chapter.folder.clone()).collect();
    if let Some(named) = named {
        let found = report
            .chapters
            .iter()
            .find(|chapter| chapter.folder == named.trim_end_matches(['/', '\\']) || title(chapter) == named);
        return found.ok_or_else(|| {
            let folder = named.trim_end_matches(['/', '\\']);
            let file = root.join(folder).join("章.jigyo");
            if let Err(failure) = refuse_outside(&file) {
                return failure;
            }
            if file.is_file() {
                return Failure::new(format!(
                    "章「{folder}」が報告書の【構成】にありません。報告書.jigyo の【構成】に「{folder}」の行を加えてください。"
                ));
            }
            let near = nearest(named, list.iter().map(String::as_str));
            let hint = near.map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
            Failure::new(format!("「{named}」という章はありません。{hint}章は {} です。", list.join("、")))
        });
    }
    let here = std::env::current_dir().unwrap_or_default();
    let standing_in = report
        .chapters
        .iter()
        .filter(|chapter| !chapter.folder.is_empty() && here.starts_with(root.join(&chapter.folder)))
        .max_by_key(|chapter| chapter.folder.len());
    match (standing_in, report.chapters.as_slice()) {
        (Some(chapter), _) | (None, [chapter]) => Ok(chapter),
        (None, []) => Err(Failure::new("章がまだありません。章のフォルダーを作り、中に 章.jigyo を置いてください。")),
        _ => Err(Failure::new(format!(
            "どの章に入れるかを「--chapter 章」で書いてください。章は {} です。",
            list.join("、")
        ))),
    }
}
