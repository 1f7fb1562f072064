//! What a report means: programs, chapters, the report, exact amounts, years and quantities; lowered from `Ast`.
//!
//! Every lowering gives its output whatever the text: what could not be understood is `None` or a hole, said once and
//! silent further on. A file is lowered by itself (`File`); `assemble` then puts the files of a report together.

mod acknowledgement;
mod amount;
mod arrow_values;
mod assemble;
mod bar_look_alikes;
mod case;
mod cell_at;
mod chapter_order;
mod chapter_tree;
mod chart_values;
mod choice;
mod composition;
mod computed;
mod computed_figures;
mod contents;
mod continuation;
mod custom_field;
mod date;
mod deadline;
mod declared;
mod declared_builder;
mod declared_cells;
mod declared_columns;
mod declared_fill;
mod declared_head;
mod declared_messages;
mod declared_rows;
mod declared_signs;
mod declared_transposed;
mod declared_units;
mod department;
mod draft;
mod fields;
mod grades;
mod head;
mod indicator;
mod listing;
mod loose_years;
mod lower_cases;
mod lower_cells;
mod lower_indicator;
mod lower_program;
mod lower_sections;
mod misplaced;
mod next_year;
mod owners;
mod part;
mod placement;
mod predecessors;
mod program;
mod program_head;
mod program_order;
mod prose;
mod quantity;
mod report;
mod rule_levels;
mod table_head;
mod table_messages;
mod table_notes;
mod table_opening;
mod title_years;
mod year;
mod year_in_text;

pub use acknowledgement::Acknowledgement;
pub use amount::{
    Amount, AmountError, AmountFault, Unit, format_amount, format_figure, has_right_commas, parse_amount,
};
pub use assemble::assemble;
pub use case::{Case, Photo};
pub use choice::Chosen;
pub use computed::Computation;
pub use computed_figures::{Computed, yen};
pub use contents::{Item, ItemKind, SectionContent};
pub use custom_field::{CustomField, Meaning as FieldMeaning};
pub use date::{Date, date_from_days, parse_date};
pub use deadline::Deadline;
pub use declared::name_of;
pub use declared_cells::{is_unknown_amount, other_quantity};
pub use declared_columns::is_settled;
pub use department::Department;
pub use draft::UnreadFiles;
pub use grades::{Grade, Grades};
pub use head::{ChapterHead, ReportHead, lower_chapter, lower_report};
pub use indicator::{Cell, Column, Columns, DeclaredColumn, DeclaredRow, DeclaredTable, Indicator, Role, Row, Value};
pub use loose_years::loose_years;
pub use lower_program::lower_program;
pub use lower_sections::read_table;
pub use next_year::{MovedTitle, next_label, next_title};
pub use owners::{Owners, number_of};
pub use part::Part;
pub use predecessors::Succession;
pub use program::{Category, Program};
pub use prose::{Block, BlockKind, Prose};
pub use quantity::{Quantity, parse_number, parse_quantities};
pub use report::{Chapter, Listing, MissingProgram, ProgramIndex, Report};
pub use rule_levels::RuleLevel;
pub use title_years::{TitleForm, TitleYear, years_in_title};
pub use year::{Era, FiscalYear, YearLabel, leading_year, parse_year_label, split_year};
pub use year_in_text::{BracketedYear, YearInText, bracketed_years, years_in};

use std::sync::Arc;

use crate::form::{Form, standard};
use crate::source::{SourceFile, Span, Spanned};
use crate::syntax::chars::is_soft_break;
use crate::syntax::line::trimmed;

/// Text of an author with its place.
pub type Text = Spanned<String>;

/// Alone in a line or a cell, a place that is to be filled in. An empty 【成果】 is as none, and a row of empty cells above ・
/// rows is the label of a group: where something is awaited there, this stands.
pub const PLACEHOLDER: &str = "未記入";

/// What a file's meaning depends on beyond its own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// `None` where 単位 could not be read: amounts are not measured against it.
    pub unit: Option<Unit>,
    /// Absent where 年度 could not be read.
    pub fiscal_year: Option<FiscalYear>,
    pub form: Arc<Form>,
}

impl Default for Context {
    /// A report without a word about any: 千円, the standard form.
    fn default() -> Self {
        Self { unit: Some(Unit::default()), fiscal_year: None, form: Arc::clone(standard()) }
    }
}

impl Context {
    /// 単位; 千円 in a draft of a report whose own cannot be read.
    pub fn unit(&self) -> Unit {
        self.unit.unwrap_or_default()
    }

    /// What a report's file says to the others.
    pub fn of(head: Option<&ReportHead>, form: Arc<Form>) -> Self {
        let usual = Self { form, ..Self::default() };
        match head {
            Some(head) => Self { unit: head.unit, fiscal_year: head.fiscal_year, ..usual },
            None => usual,
        }
    }
}

/// The lines of a cell, as Word and Excel break them; none for an empty one.
fn cell_lines(file: &SourceFile, cell: Span) -> Vec<Text> {
    let text = file.slice(cell);
    let mut lines = Vec::new();
    for part in text.split(is_soft_break) {
        let span = trimmed(text, cell, part);
        if !span.is_empty() {
            lines.push(Text::new(file.slice(span).to_string(), span));
        }
    }
    lines
}
