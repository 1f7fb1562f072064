//! `report check`

use super::arguments::Check;
use super::fix::{Fixed, fix};
use super::output::show;
use super::place::{LocatedReport, check_folder, locate};
use super::{Failure, Outcome, by_department};
use crate::pipeline::Checked;

pub(super) fn run(arguments: &Check) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    let mut checked = check_place(&place)?;
    let mut fixed = Fixed::Done;
    if arguments.fix {
        fixed = fix(&checked, &place.root, place.file.as_deref(), arguments.yes)?;
        if fixed == Fixed::OnlyShown {
            return Ok(Outcome::Errors);
        }
        checked = check_place(&place)?;
    }
    let only: Option<Vec<&str>> = place.file.as_deref().map(|file| vec![file]);
    let outcome = show(&checked, &place.root, only.as_deref(), &arguments.messages)?;
    if let Some(out) = &arguments.by_department {
        if place.file.is_some() || checked.report.head.is_none() {
            return Err(Failure::new("「--by-department」は、報告書のフォルダーを指定して使います。"));
        }
        by_department::write(&checked, &place.root, out, arguments.messages.look.all)?;
    }
    Ok(if fixed == Fixed::SomeLeft { Outcome::Failed } else { outcome })
}

fn check_place(place: &LocatedReport) -> Result<Checked, Failure> {
    let checked = check_folder(&place.root)?;
    if let Some(file) = &place.file
        && !checked.files.iter().any(|other| other.path() == file)
    {
        return Err(Failure::new(format!(
            "「{}」は報告書の原稿ではありません。名前が .jigyo で終わるファイルを指定してください。",
            crate::load::shown(file)
        )));
    }
    Ok(checked)
}
