//! The forms inside the program: readable files in `templates/forms/`.

use std::sync::Arc;

use super::Form;
use super::read::read_form;
use crate::diagnostic::Diagnostics;
use crate::source::Files;
use crate::syntax::{Vocabulary, parse};

/// A form that 様式 may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInForm {
    pub name: &'static str,
    /// One line, in Japanese
    pub description: &'static str,
    pub text: &'static str,
}

/// The built-in forms; the first one is that of a report that names none.
pub const BUILT_IN: &[BuiltInForm] = &[
    BuiltInForm {
        name: "施策実施状況",
        description: "基本方針ごとに、事業の概要、実績、指標を載せる（様式を書かない報告書の様式）",
        text: include_str!("../../templates/forms/施策実施状況.jigyo"),
    },
    BuiltInForm {
        name: "主要施策の成果",
        description: "予算額と決算額の財源内訳、目標と実績を載せる（主要な施策の成果に関する説明書）",
        text: include_str!("../../templates/forms/主要施策の成果.jigyo"),
    },
    BuiltInForm {
        name: "事務事業評価",
        description: "4年分の事業費、指標、観点ごとの評価を1事業1頁で載せる",
        text: include_str!("../../templates/forms/事務事業評価.jigyo"),
    },
    BuiltInForm {
        name: "事業一覧表",
        description: "章のすべての事業を、1つの横長の表に載せる",
        text: include_str!("../../templates/forms/事業一覧表.jigyo"),
    },
];

/// The built-in form of a name.
pub fn built_in(name: &str) -> Option<Arc<Form>> {
    let found = BUILT_IN.iter().find(|form| form.name == name)?;
    let mut files = Files::new();
    let id = files.add(found.name, found.text);
    let mut said = Diagnostics::new();
    let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut said);
    Some(Arc::new(read_form(files.get(id), &ast, &mut said)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Section, standard};
    use crate::syntax::SectionKind;

    /// What a form says, whatever its names are kept in.
    #[test]
    fn the_standard_form_is_a_file_of_the_language() {
        let read = built_in("施策実施状況").unwrap();
        let trial = |sections: &[Section]| {
            sections.iter().filter(|section| section.kind != SectionKind::Trial).cloned().collect::<Vec<_>>()
        };
        let made = standard();
        assert_eq!(read.sections, trial(&made.sections));
        assert_eq!(read.chapter_sections, made.chapter_sections);
        assert_eq!((&read.fields, &read.list, &read.layout), (&made.fields, &made.list, &made.layout));
        assert_eq!((&read.numbering, read.title_year), (&made.numbering, made.title_year));
    }

    #[test]
    fn built_in_forms_have_no_fault() {
        for form in BUILT_IN {
            let mut files = Files::new();
            let id = files.add(form.name, form.text);
            let mut said = Diagnostics::new();
            let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut said);
            read_form(files.get(id), &ast, &mut said);
            let said: Vec<_> = said.iter().map(|diagnostic| diagnostic.message.clone()).collect();
            assert_eq!(said, [""; 0], "{}", form.name);
        }
    }
}
