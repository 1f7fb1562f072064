//! What of a page is looked through: all that it prints, place by place.

use crate::view::{BlockView, ChapterView, FieldView, ProgramView, SectionView, TableView};

/// The texts of a program's page; `more`: what the page shows beside the view (よみ, 旧名称).
pub fn program_text(program: &ProgramView, more: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut texts = Texts::default();
    more.into_iter().for_each(|text| texts.push(&text));
    texts.push(&program.amount);
    texts.push(&program.category);
    texts.fields(&program.fields);
    texts.sections(&program.sections);
    program.departments.iter().for_each(|own| texts.push(own));
    texts.0
}

/// The texts of a chapter's own, without its programs'.
pub fn chapter_text<P>(chapter: &ChapterView<P>) -> Vec<String> {
    let mut texts = Texts::default();
    texts.fields(&chapter.fields);
    if let Some(overview) = &chapter.overview {
        texts.blocks(&overview.blocks);
    }
    texts.sections(&chapter.sections);
    texts.0
}

#[derive(Default)]
struct Texts(Vec<String>);

impl Texts {
    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.0.push(text.replace('\n', ""));
        }
    }

    fn fields(&mut self, fields: &[FieldView]) {
        for field in fields {
            self.push(&format!("{}　{}", field.label, field.text));
        }
    }

    fn blocks(&mut self, blocks: &[BlockView]) {
        for block in blocks {
            self.push(&format!("{}{}", block.marker, block.text));
        }
    }

    fn sections(&mut self, sections: &[SectionView]) {
        for section in sections {
            self.push(&section.heading);
            self.push(&section.choice);
            self.blocks(&section.blocks);
            for grade in &section.grades {
                self.push(&format!("{}　{}", grade.criterion, grade.grade));
                self.push(&grade.reason);
            }
            section.tables.iter().for_each(|table| self.table(table));
            for photo in &section.photos {
                self.push(&photo.caption);
            }
        }
    }

    /// Each row is a place: its label and its figures are found together.
    fn table(&mut self, table: &TableView) {
        self.push(&table.caption);
        let heads: Vec<&str> = table.columns.iter().skip(1).map(|column| column.label.as_str()).collect();
        self.push(&heads.join("　"));
        for row in &table.rows {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            self.push(&cells.join("　"));
        }
        self.blocks(&table.notes);
    }
}
