//! Photographs of a chapter or program: which section each is of, and what stands below it.

use super::body::{At, BodyReader};
use super::drafts::BodyLine;
use super::pieces::{Line, Style};
use crate::form::{ContentSpec, Section};
use crate::syntax::SectionKind;

/// As the export calls the photographs of a case.
const OF_CASE: &str = "事例の写真";
/// As it calls all others
const ALONE: &str = "写真 ";

impl BodyReader<'_> {
    pub(super) fn picture(&mut self, line: &Line) {
        if line.style == Style::Picture || !line.pictures.is_empty() {
            if !line.text.is_empty() {
                self.body.memo.push(line.text.clone());
            }
            return self.show(line);
        }
        let last = self.body.sections.last_mut().and_then(|section| section.lines.last_mut());
        match last {
            Some(BodyLine::Photo { caption, .. }) if caption.is_empty() => caption.clone_from(&line.text),
            Some(_) | None => self.body.memo.push(format!("写真の説明：{}", line.text)),
        }
    }

    /// The pictures of a line, each in the section that its photographs are of.
    pub(super) fn show(&mut self, line: &Line) {
        for picture in &line.pictures {
            let kind = self.photographs(&picture.name);
            let Some((kind, is_of_case)) = kind else {
                let what = format!("写真「{}」は、この様式に入る所がないので取り込みませんでした。", picture.alt);
                self.body.note(what, &format!("写真：{}", picture.alt));
                continue;
            };
            let is_open = self
                .body
                .sections
                .last()
                .is_some_and(|section| section.kind == kind && is_of_case == section.is_of_case);
            if !is_open {
                self.body.open(kind, "");
                self.body.sections.last_mut().into_iter().for_each(|section| section.is_of_case = is_of_case);
            }
            self.body.push(BodyLine::Photo { picture: picture.clone(), caption: String::new() });
        }
    }

    /// The section of photographs at hand, and whether they belong to the case above.
    fn photographs(&self, name: &str) -> Option<(SectionKind, bool)> {
        let is_photos = |section: &&Section| section.content == ContentSpec::Photos;
        let any = self.sections.iter().find(is_photos).map(|section| section.kind);
        match self.at {
            At::Section(kind) if self.content(kind) == Some(&ContentSpec::Photos) => Some((kind, false)),
            At::Section(kind) if self.content(kind) == Some(&ContentSpec::Cases) => {
                let is_of_case = name.starts_with(OF_CASE) || !name.starts_with(ALONE);
                Some((any.unwrap_or(SectionKind::Photos), is_of_case))
            }
            At::Top | At::List | At::Unknown | At::Section(_) => any.map(|kind| (kind, false)),
        }
    }
}
