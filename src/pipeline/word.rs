//! The Word edition of a report, or of some of its pages: with the numbers that the pages have in the official PDF.

use std::collections::BTreeMap;

use super::checked::Checked;
use super::edition::{Edition, EditionRequest, edition};
use super::excerpt::{ExcerptPlan, NoExcerpt, plan_excerpt};
use super::session::{Session, photos, with_view_builder};
use super::stretches::page_starts;
use super::wanted::Wanted;
use crate::typeset::{DocumentPicture, Pages, Template};
use crate::view::{ProgramView, View, ViewBuilder, photo_paths, program_path};
use crate::word::{PageStart, WordInput, WordPicture, word_document};

/// A Word document.
pub struct WordEdition {
    pub bytes: Vec<u8>,
    /// Other manuscripts have errors: the pages may still move.
    pub provisional: bool,
}

/// The whole report as a Word document. Nothing where there are errors or the template fails: the reason is among the
/// diagnostics.
pub fn build_word(checked: &mut Checked, template: Template) -> Option<WordEdition> {
    if edition(checked, EditionRequest::Official) == Edition::Refused {
        return None;
    }
    let document = Session::default().lay_out(checked, template, false)?;
    let starts = page_starts(&Pages::new(document));
    let bytes = written(checked, false, &starts, |builder| builder.report())?;
    Some(WordEdition { bytes, provisional: false })
}

/// The pages of the wanted programs as a Word document.
///
/// # Errors
/// Where errors prevent it.
pub fn build_word_excerpt(
    checked: &mut Checked,
    template: Template,
    wanted: &Wanted,
) -> Result<WordEdition, NoExcerpt> {
    let plan = plan_excerpt(&mut Session::default(), checked, template, wanted, false)?;
    let ExcerptPlan { whole, title, runs, numbers, draft, provisional, .. } = plan;
    let starts = page_starts(&whole);
    let bytes = written(checked, draft, &starts, |builder| builder.excerpt(&title, &runs, numbers));
    Ok(WordEdition { bytes: bytes.ok_or(NoExcerpt::Errors)?, provisional })
}

fn written(
    checked: &Checked,
    draft: bool,
    starts: &BTreeMap<String, PageStart>,
    view_of: impl FnOnce(&ViewBuilder<'_>) -> View<String>,
) -> Option<Vec<u8>> {
    let (view, programs) = with_view_builder(checked, draft, |builder| {
        let programs = checked.report.printed_programs();
        let programs: BTreeMap<String, ProgramView> =
            programs.filter_map(|(index, _)| Some((program_path(index), builder.program(index)?))).collect();
        (view_of(builder), programs)
    });
    let names = names_of_photos(checked);
    let photos: BTreeMap<String, WordPicture> = photos(checked)
        .into_iter()
        .filter_map(|(path, picture)| {
            let name = names.get(&path).cloned().unwrap_or_default();
            let picture = picture.for_document().map(|picture| taken(picture, name))?;
            Some((path, picture))
        })
        .collect();
    word_document(&WordInput { view: &view, programs: &programs, photos: &photos, starts })
}

fn taken(picture: DocumentPicture, name: String) -> WordPicture {
    let DocumentPicture { bytes, width, height, is_drawing } = picture;
    WordPicture { bytes, name, width, height, is_drawing }
}

/// The names of the photographs' files, without their folders, by the paths of the view.
fn names_of_photos(checked: &Checked) -> BTreeMap<String, String> {
    let paths = photo_paths(&checked.report, &checked.pictures);
    let photos = checked.report.printed_programs().flat_map(|(_, program)| program.all_photos());
    let name = |path: &str| path.rsplit(['/', '\\', '¥', '￥']).next().unwrap_or(path).to_string();
    photos.filter_map(|photo| Some((paths.get(&photo.span)?.clone(), name(&photo.file_name.value)))).collect()
}
