//! `report check`

use super::arguments::Check;
use super::output::show;
use super::place::locate;
use super::{Failure, Outcome};
use crate::load::Folder;
use crate::pipeline::{self, Checked, NotCheckable};

pub(super) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    let checked = check_folder(&place.root)?;
    if let Some(file) = &place.file
        && !checked.files.iter().any(|other| other.path() == file)
    {
        return Err(Failure::new(format!(
            "「{file}」は報告書の原稿ではありません。名前が .jigyo で終わるファイルを指定してください。"
        )));
    }
    show(&checked, &place.root, place.file.as_deref(), &arguments.messages)
}

/// Checks the report in a folder.
pub(super) fn check_folder(root: &std::path::Path) -> Result<Checked, Failure> {
    pipeline::check(&Folder::new(root)).map_err(|NotCheckable(error)| Failure::io("を読めません", root, &error))
}
