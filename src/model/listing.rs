//! The rows of every list, with 再掲 resolved. J062 is said here.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Silent, listed_twice};
use super::order::Listed;
use super::{Listing, ProgramIndex, Report};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::syntax::nearest;

/// Rows of every list, with 再掲 resolved.
pub(super) fn list_programs(
    report: &mut Report,
    compositions: &[Option<Vec<Listed>>],
    silent: &Silent,
    diagnostics: &mut Diagnostics,
) {
    let places: BTreeMap<String, ProgramIndex> = report
        .chapters
        .iter()
        .enumerate()
        .flat_map(|(chapter, content)| {
            content
                .programs
                .iter()
                .enumerate()
                .map(move |(program, found)| (found.id.clone(), ProgramIndex { chapter, program }))
        })
        .collect();
    let unlisted: Vec<String> = report.unlisted.iter().map(|program| program.id.clone()).collect();
    for (index, chapter) in report.chapters.iter_mut().enumerate() {
        let Some(composition) = compositions.get(index).and_then(Option::as_ref).filter(|lines| !lines.is_empty())
        else {
            chapter.listing = (0..chapter.programs.len()).map(Listing::Own).collect();
            continue;
        };
        let (mut seen, mut relisted): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
        for listed in composition {
            let name = listed.name.value.as_str();
            let place = places.get(name);
            if !listed.relisted {
                if let Some(place) = place.filter(|place| place.chapter == index && seen.insert(name)) {
                    chapter.listing.push(Listing::Own(place.program));
                }
                continue;
            }
            match place {
                Some(_) if !relisted.insert(name) => diagnostics.push(listed_twice(listed)),
                Some(place) if place.chapter != index => {
                    chapter.listing.push(Listing::Relisted { target: *place, line: listed.line });
                }
                Some(_) => diagnostics.push(
                    Diagnostic::new(Code::J062, listed.line, format!("再掲「{name}」はこの章の事業です。"))
                        .help("再掲は、ほかの章の事業を載せるときに書きます。この行を消してください。"),
                ),
                // Said already where the program itself stands.
                None if unlisted.iter().any(|id| id == name) || silent.has_stem(name) => {}
                None => {
                    let near = nearest(name, places.keys().map(String::as_str));
                    let help = match near {
                        Some(near) => format!("「{near}」の誤りではありませんか。"),
                        None => "再掲する事業のファイル名（.jigyo の前まで）を書いてください。".to_string(),
                    };
                    diagnostics.push(
                        Diagnostic::new(Code::J062, listed.line, format!("再掲「{name}」という事業はありません。"))
                            .help(help),
                    );
                }
            }
        }
    }
}
