//! What of a page is looked through: all that it prints of its own, place by place.

use super::search::SearchDocument;
use super::site::Site;
use super::site_pages::RowItem;
use crate::model::Report;
use crate::view::{BlockView, ChapterView, FieldView, ListShapeView, ProgramView, SectionView, TableView};

impl Site<'_> {
    /// Each chapter's own texts, without its programs', then each program; `names` of each program: by what else it is looked
    /// for (よみ, 旧名称).
    pub fn search_documents(&self, names: impl IntoIterator<Item = Vec<String>>) -> Vec<SearchDocument> {
        let view = self.input.view;
        let with_list = view.layout.list != ListShapeView::None;
        let chapters = view.chapters.iter().map(|chapter| SearchDocument {
            path: self.path_of(&chapter.anchor),
            title: format!("{}{}{}", chapter.number, Report::gap_behind(&chapter.number), chapter.title),
            note: "章".to_string(),
            texts: chapter_text(chapter, with_list),
        });
        let programs = self.input.programs.iter().zip(names).map(|(program, names)| SearchDocument {
            path: self.path_of(&program.anchor),
            title: program.name.clone(),
            note: program.departments.join("　"),
            texts: program_text(program, self.row(program).as_deref(), &names),
        });
        chapters.chain(programs).collect()
    }
}

/// Of a program in a wide table its page has only what stands in its row.
fn program_text(program: &ProgramView, row: Option<&[RowItem<'_>]>, names: &[String]) -> Vec<String> {
    let mut texts = Texts::default();
    names.iter().for_each(|text| texts.push(text));
    texts.push(&program.no);
    match row {
        Some(items) => items.iter().for_each(|item| texts.item(item)),
        None => {
            texts.push(&program.amount);
            texts.fields(&program.fields);
            texts.sections(&program.sections);
            program.departments.iter().for_each(|own| texts.push(own));
        }
    }
    texts.0
}

fn chapter_text<P>(chapter: &ChapterView<P>, with_list: bool) -> Vec<String> {
    let mut texts = Texts::default();
    texts.fields(&chapter.fields);
    if let Some(overview) = &chapter.overview {
        texts.push(&overview.heading);
        texts.blocks(&overview.blocks);
    }
    texts.sections(&chapter.sections);
    if let Some(list) = chapter.list.as_ref().filter(|_| with_list) {
        texts.push(&list.heading);
        list.notes.iter().for_each(|note| texts.push(note));
    }
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

    /// What stands in one line is one place: a label and its figures are found together.
    fn line<'t>(&mut self, cells: impl Iterator<Item = &'t str>) {
        self.push(&cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("　"));
    }

    fn item(&mut self, item: &RowItem<'_>) {
        self.push(item.head);
        self.line(item.parts.iter().map(String::as_str));
        item.rows.iter().for_each(|row| self.line(row.iter().map(String::as_str)));
        self.push(item.text);
        self.blocks(item.blocks);
    }

    fn fields(&mut self, fields: &[FieldView]) {
        fields.iter().for_each(|field| self.line([field.label.as_str(), field.text.as_str()].into_iter()));
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
            if !section.grades.is_empty() {
                self.line(["観点", "評価", "理由"].into_iter());
            }
            for grade in &section.grades {
                self.line([grade.criterion.as_str(), grade.grade.as_str()].into_iter());
                self.push(&grade.reason);
            }
            // What has no rows is not printed.
            let tables = section.tables.iter().filter(|table| !table.rows.is_empty() && !table.columns.is_empty());
            tables.for_each(|table| self.table(table));
            for photo in section.photos.iter().filter(|photo| photo.path.is_some()) {
                self.push(&photo.caption);
            }
        }
    }

    fn table(&mut self, table: &TableView) {
        self.line([table.caption.as_str(), table.unit.as_str()].into_iter());
        self.heads(table);
        for row in &table.rows {
            self.line(row.cells.iter().map(|cell| cell.text.as_str()));
        }
        self.blocks(&table.notes);
    }

    /// The rows of the head: over columns without a group of their own stands nothing else.
    fn heads(&mut self, table: &TableView) {
        let mut columns = table.columns.iter().map(|column| column.label.as_str());
        let mut upper: Vec<&str> = columns.next().into_iter().collect();
        let mut lower = Vec::new();
        for group in &table.groups {
            let own = columns.by_ref().take(group.columns);
            if group.label.is_empty() {
                upper.extend(own);
            } else {
                upper.push(&group.label);
                lower.extend(own);
            }
        }
        upper.extend(columns);
        self.line(upper.into_iter());
        self.line(lower.into_iter());
    }
}
