//! The pictures of a file that `import` writes: each a new file in the folder 写真 beside it, never in the place of another.

use std::path::Path;

use super::Failure;
use super::place::relative;
use crate::editing::{PhotographError, Photographs};
use crate::import::{Picture, Written};
use crate::load::Folder;

/// A file's text with the names of its pictures, which are written. Of a dry run with the names that they would have.
pub(super) fn text_with_pictures(
    (root, path): (&Path, &Path),
    file: &Written,
    dry: bool,
    lines: &mut Vec<String>,
) -> Result<String, Failure> {
    let photographs = Photographs::new(Folder::new(root));
    let own = relative(root, path);
    let mut text = file.text.clone();
    for (number, picture) in file.pictures.iter().enumerate() {
        let planned = format!("写真/{}", picture.name);
        let name = if dry { planned } else { added(&photographs, &own, picture, lines)?.unwrap_or(planned) };
        text = text.replace(&Written::placeholder(number), &name);
    }
    Ok(text)
}

/// What the row calls it; nothing where it cannot be kept, which is told.
fn added(
    photographs: &Photographs,
    own: &str,
    picture: &Picture,
    lines: &mut Vec<String>,
) -> Result<Option<String>, Failure> {
    match photographs.add(own, &picture.name, &picture.bytes) {
        Ok(name) => Ok(Some(name)),
        Err(PhotographError::Io(error)) => Err(Failure::io("に写真を作れません", Path::new(own), &error)),
        Err(PhotographError::Name | PhotographError::TooLarge) => {
            lines.push(format!(
                "{own}：写真「{}」は書けませんでした。元の写真を「写真」のフォルダーに入れ、【写真】の行にその名前を書いてください。",
                picture.name
            ));
            Ok(None)
        }
    }
}
