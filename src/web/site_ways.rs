//! The ways through an edition, which every page has.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;

use super::edition::EditionFile;
use super::links::{ChapterLink, Link, ProgramLink, YearLink};
use super::parts::{anchor_of, heading_of};
use super::site::{LIST, SEARCH, Site};
use crate::view::ProgramView;

impl Site<'_> {
    /// What every page has: the ways through the edition.
    pub(super) fn shared(&self) -> Value {
        let mut ways = vec![Link { label: "目次".to_string(), path: "index.html".to_string() }];
        ways.extend(self.has_list().then(|| Link { label: "事業一覧".to_string(), path: LIST.to_string() }));
        ways.extend(
            self.parts
                .iter()
                .map(|part| Link { label: heading_of(part).to_string(), path: self.path_of(anchor_of(part)) }),
        );
        let by_anchor: BTreeMap<&String, &String> = self.input.addresses.by_anchor().iter().collect();
        let year = |own: &Option<(String, EditionFile)>| {
            own.as_ref().map(|(way, edition)| YearLink {
                label: edition.year_label.clone(),
                name: edition.title.clone(),
                path: format!("{way}index.html"),
            })
        };
        context! {
            ways => Value::from_serialize(&ways),
            pages => Value::from_serialize(&by_anchor),
            chapters => Value::from_serialize(self.chapter_links()),
            data => Value::from_serialize(&self.input.data),
            licence => Value::from_serialize(&self.catalog.licence),
            previous => Value::from_serialize(year(&self.input.neighbours.previous)),
            next => Value::from_serialize(year(&self.input.neighbours.next)),
            search => SEARCH,
            names => self.path_of("part-index"),
        }
    }

    fn chapter_links(&self) -> Vec<ChapterLink> {
        let mut programs = self.input.programs.iter();
        let links = self.input.view.chapters.iter().map(|chapter| ChapterLink {
            anchor: chapter.anchor.clone(),
            level: chapter.level,
            number: chapter.number.clone(),
            title: chapter.title.clone(),
            path: self.path_of(&chapter.anchor),
            programs: programs
                .by_ref()
                .take(chapter.programs.len())
                .map(|program| self.program_link(program))
                .collect(),
        });
        links.collect()
    }

    pub(super) fn program_link(&self, program: &ProgramView) -> ProgramLink {
        ProgramLink { no: program.no.clone(), name: program.name.clone(), path: self.path_of(&program.anchor) }
    }
}
