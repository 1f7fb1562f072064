//! A new chapter: its folder with a file to write in, and its line in the report's 【構成】.

use std::path::Path;

use super::Failure;
use super::composition::add_to_composition;
use super::import_writer::with_line_ends;
use super::overwrite::refuse_outside_of;
use super::place::check_folder;
use crate::checks::is_copy;
use crate::editing::file_stem;
use crate::form::{Field, FieldKind, Form, Section};
use crate::load::{Folder, create_new, is_skipped_folder};
use crate::model::Report;
use crate::syntax::{SectionKind, chars};

/// Makes it as the last one; the path of its file from the report.
pub(super) fn make_chapter(root: &Path, title: &str) -> Result<String, Failure> {
    let title = title.trim_matches(chars::is_blank);
    let checked = check_folder(root)?;
    let Some(head) = &checked.report.head else {
        return Err(Failure::new("ここは報告書のフォルダーではありません。"));
    };
    let stem = file_stem(title);
    if stem.is_empty() || is_copy(&stem) || is_skipped_folder(&stem) || stem.chars().count() > 80 {
        return Err(Failure::new(format!(
            "「{title}」はフォルダーの名前にできません。「コピー」「(2)」の付かない、80字までの題名にしてください。"
        )));
    }
    let folder = numbered(&checked.report, stem);
    let path = root.join(&folder).join("章.jigyo");
    refuse_outside_of(root, &path)?;
    if root.join(&folder).symlink_metadata().is_ok() {
        return Err(Failure::new(format!("「{folder}」というフォルダーが、もうあります。別の題名にしてください。")));
    }
    let report_file = Folder::new(root).path_of(checked.files.get(head.file).path());
    // The line comes first: a name without its folder is an error that says so.
    add_to_composition(&report_file, &checked.report.entries_of(None), std::slice::from_ref(&folder))?;
    let text = with_line_ends(&blank_chapter(&checked.report.form, title));
    create_new(&path, text).map_err(|error| Failure::io("を作れません", &path, &error))?;
    Ok(format!("{folder}/章.jigyo"))
}

/// 04_題名, where the other folders count so.
fn numbered(report: &Report, stem: String) -> String {
    let outermost = report.chapters.iter().filter(|chapter| chapter.level == 0);
    let number = |folder: &str| folder.split_once('_').and_then(|(number, _)| number.parse::<u32>().ok());
    let numbers: Option<Vec<u32>> = outermost.map(|chapter| number(&chapter.folder)).collect();
    match numbers.and_then(|numbers| numbers.into_iter().max()) {
        Some(last) => format!("{:02}_{stem}", last + 1),
        None => stem,
    }
}

/// The form's fields and sections that must be there, and 【取組の概要】, which most chapters have.
fn blank_chapter(form: &Form, title: &str) -> String {
    let mut text = format!("【章】{title}\n");
    let is_asked = |field: &&Field| field.is_required && field.kind != FieldKind::None;
    for field in form.chapter_fields.iter().filter(is_asked) {
        text.push_str(&format!("{}：\n", field.word));
    }
    let is_meant = |kind: SectionKind| kind.is_required() || kind == SectionKind::ChapterOverview;
    for Section { kind, .. } in form.chapter_sections.iter().filter(|section| is_meant(section.kind)) {
        text.push_str(&format!("\n【{}】\n", kind.name()));
    }
    text + "\n【構成】\n"
}
