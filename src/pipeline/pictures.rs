//! The photographs of a report: each read and judged once, a few at a time, and kept small.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::checks::{PictureProblem, check_picture};
use crate::diagnostic::Diagnostics;
use crate::load::{ContentHash, Disk, Photograph, ReadError};
use crate::model::{Photo, Program, Report};
use crate::source::{Files, Span, with_slashes};
use crate::typeset::Picture;
use crate::view::{PictureState, Pictures};

/// Photographs that are in memory as the camera gave them, at most.
const AT_ONCE: usize = 4;

/// The folder of the file that names a photograph, and its name there.
pub(super) type PhotoName = (String, String);

/// By what a photograph's file is known again, and what became of it.
pub(super) type Judged = (ContentHash, Result<Picture, PictureProblem>);

/// The report's photographs: their state for the view, and the good ones by the place of their row. J070 for the others.
/// What `cache` holds of files that did not change is not worked out again.
pub(super) fn read_pictures(
    disk: &dyn Disk,
    report: &Report,
    files: &Files,
    cache: &mut BTreeMap<PhotoName, Judged>,
    diagnostics: &mut Diagnostics,
) -> (Pictures, BTreeMap<Span, Picture>) {
    let named = |photo: &Photo| (files.get(photo.span.file).folder().to_string(), photo.file_name.value.clone());
    let photos = || report.all_programs().flat_map(Program::all_photos);
    let unread = read_all(disk, photos().map(named).collect(), cache);
    let (mut pictures, mut good) = (Pictures::new(), BTreeMap::new());
    for photo in photos() {
        let name = named(photo);
        let problem = match (cache.get(&name), unread.get(&name)) {
            (Some((_, Ok(picture))), _) => {
                pictures.insert(photo.span, PictureState { extension: Some(picture.extension) });
                good.insert(photo.span, picture.clone());
                continue;
            }
            (Some((_, Err(problem))), _) | (None, Some(problem)) => *problem,
            (None, None) => PictureProblem::Unreadable,
        };
        let is_missing = problem == PictureProblem::NotFound;
        let beside = if is_missing { files_beside(disk, &name) } else { Vec::new() };
        let below = if is_missing { files_below(disk, &name.0) } else { Vec::new() };
        diagnostics.push(check_picture(photo, problem, &beside, &below));
        pictures.insert(photo.span, PictureState { extension: None });
    }
    (pictures, good)
}

/// The names of the files where a photograph should lie; none outside the report.
fn files_beside(disk: &dyn Disk, (folder, name): &PhotoName) -> Vec<String> {
    let name = with_slashes(name);
    let below = name.rsplit_once('/').map_or("", |(below, _)| below);
    if below.starts_with('/') || below.split('/').any(|part| part == ".." || part.contains(':')) {
        return Vec::new();
    }
    let parts = [folder.as_str(), below];
    disk.list(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

/// The files of the folders in which offices keep photographs, below that of the file that names one.
fn files_below(disk: &dyn Disk, folder: &str) -> Vec<String> {
    const FOLDERS: [&str; 8] = ["写真", "画像", "図", "photo", "photos", "image", "images", "Pictures"];
    let inside = |name: &str| {
        let path = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
        disk.list(&path).into_iter().map(|file| format!("{name}/{file}")).collect::<Vec<_>>()
    };
    FOLDERS.into_iter().flat_map(inside).collect()
}

/// Reads and judges what `cache` does not know; the rest of it goes. Those that cannot be read.
fn read_all(
    disk: &dyn Disk,
    names: BTreeSet<PhotoName>,
    cache: &mut BTreeMap<PhotoName, Judged>,
) -> BTreeMap<PhotoName, PictureProblem> {
    let mut before = std::mem::take(cache);
    let mut unread = BTreeMap::new();
    let mut new: Vec<(PhotoName, ContentHash, Arc<[u8]>)> = Vec::new();
    for name in names {
        let known = before.remove(&name);
        match disk.read_photograph(&name.0, &name.1, known.as_ref().map(|(mark, _)| *mark)) {
            Ok(Photograph::Known) => cache.extend(known.map(|known| (name, known))),
            Ok(Photograph::New(mark, bytes)) => new.push((name, mark, bytes)),
            Err(error) => {
                unread.insert(name, problem(error));
            }
        }
        if new.len() == AT_ONCE {
            cache.extend(judge(std::mem::take(&mut new)));
        }
    }
    cache.extend(judge(new));
    unread
}

fn judge(new: Vec<(PhotoName, ContentHash, Arc<[u8]>)>) -> Vec<(PhotoName, Judged)> {
    let judge = |(name, mark, bytes): (PhotoName, ContentHash, Arc<[u8]>)| {
        (name, (mark, Picture::new(&bytes).map_err(PictureProblem::Bad)))
    };
    new.into_par_iter().map(judge).collect()
}

fn problem(error: ReadError) -> PictureProblem {
    match error {
        ReadError::NotFound => PictureProblem::NotFound,
        ReadError::Outside => PictureProblem::Outside,
        ReadError::TooLarge => PictureProblem::TooLarge,
        ReadError::Unreadable => PictureProblem::Unreadable,
    }
}
