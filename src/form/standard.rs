//! The form of a report that names none, as values.

use std::sync::{Arc, OnceLock};

use super::Form;
use super::choices::Choices;
use super::fields::{Field, FieldKind};
use super::layout::{Layout, TitleYear};
use super::list::{ColumnSource, List, ListColumn};
use super::numbering::Numbering;
use super::sections::{ContentSpec, Section};
use crate::syntax::{FieldName, FileKind, SectionKind, Shape, Vocabulary};

/// The form of a report that says nothing of one. The file of its name says the same: a test reads both.
pub fn standard() -> &'static Arc<Form> {
    static STANDARD: OnceLock<Arc<Form>> = OnceLock::new();
    STANDARD.get_or_init(|| Arc::new(make_standard()))
}

fn make_standard() -> Form {
    // A head that is the name itself has no year.
    let has_year = |head: &str| !["No.", "事業名", "掲載頁"].contains(&head);
    let column = |what, head: &str| ListColumn { what, head: head.to_string(), has_year: has_year(head) };
    let section = |kind: SectionKind| Section { kind, content: content_of(kind), others: Vec::new() };
    let of = |file| {
        SectionKind::ALL.iter().copied().filter(move |kind: &SectionKind| kind.is_content() && kind.belongs_to(file))
    };
    let field = |name, kind, word| Field {
        name,
        kind,
        is_required: true,
        is_printed: true,
        level: None,
        word,
        others: if name == FieldName::Department { vec![word] } else { Vec::new() },
    };
    let categories = ["新規", "拡充", "継続", "終了"].map(str::to_string).to_vec();
    let category = FieldKind::Choice(Choices { list: categories, standard: Some(2) });
    Form {
        title: "施策実施状況".to_string(),
        title_year: TitleYear::default(),
        fields: vec![
            field(FieldName::Amount, FieldKind::Amount(Vec::new()), "事業費"),
            Field { is_required: false, is_printed: false, ..field(FieldName::Category, category, "区分") },
            field(FieldName::Department, FieldKind::Department, "担当課"),
        ],
        chapter_fields: Vec::new(),
        sections: of(FileKind::Program).map(section).collect(),
        chapter_sections: of(FileKind::Chapter).map(section).collect(),
        list: List {
            title: "基本方針事業一覧".to_string(),
            columns: vec![
                column(ColumnSource::Number, "No."),
                column(ColumnSource::Name, "事業名"),
                column(ColumnSource::Amount, "当年度事業費"),
                column(ColumnSource::New, "当年度新規"),
                column(ColumnSource::Department, "担当課等"),
                column(ColumnSource::Page, "掲載頁"),
            ],
        },
        numbering: Numbering::default(),
        layout: Layout::default(),
        is_certain: true,
        vocabulary: Vocabulary::standard(),
    }
}

fn content_of(kind: SectionKind) -> ContentSpec {
    match kind.spec().shape {
        Shape::Table => ContentSpec::Table(None),
        Shape::Case => ContentSpec::Cases,
        Shape::Photos => ContentSpec::Photos,
        Shape::Fields | Shape::Names | Shape::Prose | Shape::Grades | Shape::Choice | Shape::Memo | Shape::Form => {
            ContentSpec::Prose
        }
    }
}
