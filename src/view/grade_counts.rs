//! How often each grade was given, by chapter: further tables of 総括表.

use super::build::{ViewBuilder, chapter_anchor};
use super::part::{GradeCountView, SummaryRowView};
use crate::form::{Choices, ContentSpec};
use crate::model::Program;

impl ViewBuilder<'_> {
    /// A table for each criterion and each section that is a choice; none in the form of the language.
    pub(super) fn grade_counts(&self) -> Vec<GradeCountView> {
        let mut tables = Vec::new();
        for section in self.input.report.form.sections.iter().filter(|section| section.kind.spec().is_printed) {
            let kind = section.kind;
            match &section.content {
                ContentSpec::Grades(criteria) => tables.extend(criteria.iter().map(|criterion| {
                    let is_only = criterion.name == kind.name();
                    let title =
                        if is_only { criterion.name.clone() } else { format!("{}：{}", kind.name(), criterion.name) };
                    self.counts(&title, &criterion.choices, |program| {
                        let row = program.grade(kind, &criterion.name);
                        row.and_then(|row| row.grade.as_ref()).map(|grade| grade.value.as_str())
                    })
                })),
                ContentSpec::Choice(choices) => tables.push(self.counts(kind.name(), choices, |program| {
                    program.chosen(kind).and_then(|chosen| chosen.choice.as_deref())
                })),
                ContentSpec::Prose | ContentSpec::Table(_) | ContentSpec::Photos | ContentSpec::Cases => {}
            }
        }
        tables
    }

    /// A program counts in the chapter that prints it. What nobody chose has a column where there is such a program.
    fn counts<'p>(
        &'p self,
        title: &str,
        choices: &'p Choices,
        given: impl Fn(&'p Program) -> Option<&'p str>,
    ) -> GradeCountView {
        let report = self.input.report;
        let given = |program| given(program).or_else(|| choices.standard());
        let all: Vec<Vec<Option<&str>>> = report
            .chapters
            .iter()
            .map(|chapter| chapter.programs.iter().map(|program| given(program)).collect())
            .collect();
        let has_open = all.iter().flatten().any(Option::is_none);
        let kinds: Vec<Option<&str>> =
            choices.list.iter().map(|choice| Some(choice.as_str())).chain(has_open.then_some(None)).collect();
        let cells = |found: &[Option<&str>]| {
            let count = |kind: &Option<&str>| found.iter().filter(|given| *given == kind).count();
            kinds.iter().map(|kind| count(kind).to_string()).chain([found.len().to_string()]).collect()
        };
        let heads = kinds.iter().map(|kind| self.printer.text(kind.unwrap_or("記入なし")));
        let rows = report.chapters.iter().enumerate().map(|(index, chapter)| SummaryRowView {
            level: chapter.level,
            number: self.chapter_number(index),
            label: self.chapter_title(chapter),
            cells: cells(&all.get(report.subtree(index)).unwrap_or_default().concat()),
            anchor: chapter_anchor(index),
        });
        GradeCountView {
            title: self.printer.text(title),
            columns: std::iter::once("章".to_string()).chain(heads).chain(["計".to_string()]).collect(),
            rows: rows.collect(),
            total: SummaryRowView {
                level: 0,
                number: String::new(),
                label: "合計".to_string(),
                cells: cells(&all.concat()),
                anchor: String::new(),
            },
        }
    }
}
