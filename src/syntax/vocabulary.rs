//! The headings and fields that the files of a report may have: those of the language, or those of an office's form.

use std::sync::{Arc, LazyLock};

use super::ast::FieldName;
use super::chars::unified;
use super::interned::interned;
use super::sections::{FileKind, SectionKind, Shape};

/// Names and what they open. Other words for a name stand behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    sections: Vec<(&'static str, SectionKind)>,
    fields: Vec<(&'static str, FieldName)>,
    /// Words of another width than `unified` gives them, as it gives them: ＳＤＧｓ is typed SDGs too
    unified_sections: Vec<(&'static str, SectionKind)>,
    unified_fields: Vec<(&'static str, FieldName)>,
}

impl Vocabulary {
    /// The names of the language itself. Made once: whoever looks at the first heading of every file asks for them that often.
    pub fn standard() -> Arc<Self> {
        static MADE: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
            let sections = SectionKind::ALL.iter().copied().filter(|kind| !is_of_form(*kind));
            Arc::new(Vocabulary::new(sections.filter(|kind| kind.is_content()), FieldName::of_language()))
        });
        Arc::clone(&MADE)
    }

    /// What a 【様式】 may hold.
    pub fn of_forms() -> Arc<Self> {
        static MADE: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
            let sections = SectionKind::ALL.iter().copied().filter(|kind| is_of_form(*kind));
            Arc::new(Vocabulary::new(sections, std::iter::empty()))
        });
        Arc::clone(&MADE)
    }

    /// With the sections of programs and chapters, in their order, and all fields. Titles, 【構成】 and 【メモ】 are always there.
    pub fn new(sections: impl IntoIterator<Item = SectionKind>, fields: impl IntoIterator<Item = FieldName>) -> Self {
        let heads = SectionKind::ALL.iter().copied().filter(|kind| matches!(kind, SectionKind::Head(_)));
        let all = heads.chain([SectionKind::Composition]).chain(sections).chain([SectionKind::Memo]);
        let mut vocabulary =
            Self { sections: Vec::new(), fields: Vec::new(), unified_sections: Vec::new(), unified_fields: Vec::new() };
        all.for_each(|kind| vocabulary.add_section(kind.name(), kind));
        fields.into_iter().for_each(|field| vocabulary.add_field(field.name(), field));
        vocabulary.add_field("担当課", FieldName::Department);
        vocabulary
    }

    /// Another word for a section.
    pub fn add_section(&mut self, word: &'static str, kind: SectionKind) {
        self.sections.push((word, kind));
        self.unified_sections.extend(in_another_width(word).map(|word| (word, kind)));
    }

    /// Another word for a field.
    pub fn add_field(&mut self, word: &'static str, field: FieldName) {
        self.fields.push((word, field));
        self.unified_fields.extend(in_another_width(word).map(|word| (word, field)));
    }

    /// The section of a name, blanks inside it removed and in whatever width; of several that bear it the one that the file may hold.
    pub fn section(&self, name: &str, file: Option<FileKind>) -> Option<SectionKind> {
        self.section_of_word(name, file).or_else(|| self.section_of_word(&unified(name), file))
    }

    fn section_of_word(&self, name: &str, file: Option<FileKind>) -> Option<SectionKind> {
        let all = self.sections.iter().chain(&self.unified_sections);
        let mut named = all.filter(|(word, _)| *word == name).map(|(_, kind)| *kind);
        let first = named.next()?;
        match file {
            Some(file) if !first.belongs_to(file) => Some(named.find(|kind| kind.belongs_to(file)).unwrap_or(first)),
            _ => Some(first),
        }
    }

    /// The sections that a file of this kind may hold, each once, without its title.
    pub fn sections_of(&self, file: FileKind) -> impl Iterator<Item = SectionKind> {
        let named = self.sections.iter().filter(|(word, kind)| *word == kind.name()).map(|(_, kind)| *kind);
        named.filter(move |kind| !matches!(kind, SectionKind::Head(_)) && kind.belongs_to(file))
    }

    /// The section of a form that a name with its title begins with, and the length of that: 表 of 表成果指標.
    pub(super) fn section_with_title(&self, text: &str) -> Option<(SectionKind, usize)> {
        let mut titled = self.sections.iter().filter(|(_, kind)| {
            matches!(kind, SectionKind::FormTable | SectionKind::FormGrades | SectionKind::FormList)
        });
        titled.find(|(word, _)| text.starts_with(word)).map(|(word, kind)| (*kind, word.len()))
    }

    /// The field of a name in this kind of file, blanks inside it removed and in whatever width.
    pub fn field(&self, name: &str, file: FileKind) -> Option<FieldName> {
        self.field_of_word(name, file).or_else(|| self.field_of_word(&unified(name), file))
    }

    fn field_of_word(&self, name: &str, file: FileKind) -> Option<FieldName> {
        let is_here = |field: FieldName| field.home().is_none_or(|home| home == file);
        let mut all = self.fields.iter().chain(&self.unified_fields);
        all.find(|(word, field)| *word == name && is_here(*field)).map(|(_, field)| *field)
    }

    /// The kind of file that has a field of this name, whatever the kind at hand.
    pub(super) fn home_of(&self, name: &str) -> Option<FileKind> {
        self.fields.iter().find(|(word, _)| *word == name).and_then(|(_, field)| field.home())
    }

    /// Every field of a kind of file with each word for it, in the order of the language's table and of the form.
    pub fn field_words(&self, file: FileKind) -> impl Iterator<Item = (&'static str, FieldName)> {
        self.fields.iter().copied().filter(move |(_, field)| field.home().is_none_or(|home| home == file))
    }

    /// The fields of a kind of file.
    pub fn fields_of(&self, file: FileKind) -> impl Iterator<Item = FieldName> {
        self.field_words(file).filter(|(word, field)| *word == field.name()).map(|(_, field)| field)
    }
}

fn in_another_width(word: &str) -> Option<&'static str> {
    Some(unified(word)).filter(|unified| unified != word).map(|word| interned(&word))
}

fn is_of_form(kind: SectionKind) -> bool {
    kind.spec().shape == Shape::Form && !matches!(kind, SectionKind::Head(_))
}
