//! The rows of every list, with 再掲 resolved. J062 is reported here.

use std::collections::{BTreeMap, BTreeSet};

use super::composition::Listed;
use super::draft::{UnreadFiles, listed_twice};
use super::{Chapter, Listing, ProgramIndex, Report};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::syntax::nearest;

/// Fills the list of every chapter.
pub(super) fn list_programs(report: &mut Report, unread: &UnreadFiles, diagnostics: &mut Diagnostics) {
    let places = places_of(report);
    let unlisted: BTreeSet<&str> = report.unlisted.iter().map(|program| program.id.as_str()).collect();
    let is_said = |name: &str| unlisted.contains(name) || unread.has_stem(name);
    for (index, chapter) in report.chapters.iter_mut().enumerate() {
        chapter.listing = match chapter.head.composition.as_ref().filter(|lines| !lines.is_empty()) {
            None => (0..chapter.programs.len()).map(Listing::Own).collect(),
            Some(composition) => rows_of(index, composition, &places, &is_said, diagnostics),
        };
    }
}

fn places_of(report: &Report) -> BTreeMap<String, ProgramIndex> {
    let of_chapter = |(chapter, content): (usize, &Chapter)| {
        let programs = content.programs.iter().enumerate();
        programs.map(move |(program, found)| (found.id.clone(), ProgramIndex { chapter, program })).collect::<Vec<_>>()
    };
    report.chapters.iter().enumerate().flat_map(of_chapter).collect()
}

/// The rows of one chapter. `is_said`: names about which something was reported already where the program itself stands.
fn rows_of(
    chapter: usize,
    composition: &[Listed],
    places: &BTreeMap<String, ProgramIndex>,
    is_said: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Listing> {
    let (mut seen, mut relisted): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
    let mut rows = Vec::new();
    for listed in composition {
        let name = listed.name.value.as_str();
        match places.get(name) {
            place if !listed.relisted => {
                let own = place.filter(|place| place.chapter == chapter && seen.insert(name));
                rows.extend(own.map(|place| Listing::Own(place.program)));
            }
            Some(_) if !relisted.insert(name) => diagnostics.push(listed_twice(listed)),
            Some(place) if place.chapter != chapter => {
                rows.push(Listing::Relisted { target: *place, line: listed.line });
            }
            Some(_) => diagnostics.push(relisted_at_home(listed)),
            None if is_said(name) => {}
            None => diagnostics.push(relisted_unknown(listed, places)),
        }
    }
    rows
}

fn relisted_at_home(listed: &Listed) -> Diagnostic {
    Diagnostic::new(Code::J062, listed.line, format!("再掲「{}」はこの章の事業です。", listed.name.value))
        .help("再掲は、ほかの章の事業を載せるときに書きます。この行を消してください。")
}

fn relisted_unknown(listed: &Listed, places: &BTreeMap<String, ProgramIndex>) -> Diagnostic {
    let name = &listed.name.value;
    let help = match nearest(name, places.keys().map(String::as_str)) {
        Some(near) => format!("「{near}」の誤りではありませんか。"),
        None => "再掲する事業のファイル名（.jigyo の前まで）を書いてください。".to_string(),
    };
    Diagnostic::new(Code::J062, listed.line, format!("再掲「{name}」という事業はありません。")).help(help)
}
