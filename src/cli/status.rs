//! `report status`

use std::path::Path;

use super::arguments::Status;
use super::options::{Color, Format, Look, Messages};
use super::output::{print, show};
use super::overwrite::write_own;
use super::place::locate;
use super::target::source_date_epoch;
use super::{Failure, Outcome};
use crate::load::Folder;
use crate::office::{
    Moment, Progress, RemarkTable, is_own_page, is_own_sheet, render_page, render_remarks, render_sheet, render_text,
};
use crate::pipeline::Checked;
use crate::remarks::read_remarks;

pub(super) fn run(arguments: &Status) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    let checked = super::place::check_folder(&place.root)?;
    if checked.report.head.is_none() {
        let look = Look { all: false, color: Color::Auto, ascii: false };
        return show(&checked, &place.root, None, &Messages { message_format: Format::Human, look });
    }
    let progress = progress_of(&checked, &place.root);
    let remarks = RemarkTable::of(&checked, &read_remarks(&Folder::new(&place.root)));
    print(&(render_text(&progress, now()) + &remarks.as_ref().map(render_remarks).unwrap_or_default()))?;
    if let Some(path) = &arguments.csv {
        write(path, &render_sheet(&progress, remarks.as_ref()), is_own_sheet)?;
    }
    if let Some(path) = &arguments.html {
        write(path, render_page(&progress, now()).as_bytes(), is_own_page)?;
    }
    Ok(Outcome::of(&checked))
}

/// How far the report in a folder is.
pub(super) fn progress_of(checked: &Checked, root: &Path) -> Progress {
    let folder = Folder::new(root);
    Progress::of(checked, &|path| folder.changed_at(path))
}

/// Now, or the moment that the environment gives.
pub(super) fn now() -> Option<Moment> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok();
    let seconds = source_date_epoch().or_else(|| i64::try_from(since?.as_secs()).ok());
    Moment::from_unix(seconds?)
}

fn write(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    write_own(path, bytes, is_own)?;
    say!("「{}」に書きました。", path.display());
    Ok(())
}
