//! `report view`

use super::arguments::View;
use super::options::Format;
use super::output::{print_data, show};
use super::overwrite::write_inside;
use super::place::{check_folder, locate};
use super::{Failure, Outcome};
use crate::pipeline::{Edition, EditionRequest, edition, view_files, view_json};

pub(super) fn run(arguments: &View) -> Result<Outcome, Failure> {
    let place = locate(arguments.path.as_deref())?;
    let checked = check_folder(&place.root)?;
    if edition(&checked, EditionRequest::Official) == Edition::Refused {
        let mut messages = arguments.messages.clone();
        if arguments.draft && arguments.assets.is_none() {
            // Standard output is for the view alone.
            messages.message_format = Format::Human;
        }
        let outcome = show(&checked, &place.root, None, &messages)?;
        if !arguments.draft {
            return Ok(outcome);
        }
    }
    match &arguments.assets {
        None => print_data(&view_json(&checked, arguments.draft))?,
        Some(folder) => {
            let files = view_files(&checked, arguments.draft);
            for (path, text) in files.texts {
                write_inside(&folder.join(path.trim_start_matches('/')), text.as_bytes())?;
            }
            for (path, picture) in files.photos {
                write_inside(&folder.join(path.trim_start_matches('/')), picture.bytes())?;
            }
        }
    }
    Ok(Outcome::of(&checked))
}
