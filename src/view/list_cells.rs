//! What a program says in each column of the list.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::block::{BlockKind, BlockView};
use super::build::ViewBuilder;
use super::list_contract::{ListCellView, ListColumnKind};
use super::style::UNPRINTABLE;
use crate::form::{ColumnSource, FieldKind, Form, ListColumn, ListShape};
use crate::model::{
    Amount, Category, Cell, Department, FieldMeaning, FiscalYear, Grade, Program, Report, format_amount,
};
use crate::source::Span;
use crate::syntax::{FieldName, SectionKind};

/// What a cell of a column of amounts adds to the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// In the report's unit
    Number(Decimal),
    /// —, words, a figure of another unit
    NotApplicable,
    /// Could not be read; only in a report with errors.
    Unread,
}

impl Figure {
    /// Nothing where there is no half a sum.
    pub fn summand(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::NotApplicable => Some(Decimal::ZERO),
            Self::Unread => None,
        }
    }

    fn of(amount: Option<Amount>) -> Self {
        match amount {
            Some(Amount::Value(value)) => Self::Number(Decimal::from(value)),
            Some(Amount::NotApplicable) => Self::NotApplicable,
            None => Self::Unread,
        }
    }
}

/// 当年度事業費 is R2事業費, 前年度 and 前年度の値 alike; a name of the form's own stays as it is.
pub fn head_with_year(column: &ListColumn, year: Option<FiscalYear>) -> String {
    let head = column.head.as_str();
    if !column.has_year {
        return head.to_string();
    }
    let labels = [("当年度", 0), ("前年度", -1), ("翌年度", 1)];
    let with_year = labels.iter().find_map(|(word, offset)| {
        let rest = head.strip_prefix(word)?;
        let of = |year: FiscalYear| FiscalYear::new(year.year() + offset);
        let short = year.map_or_else(|| UNPRINTABLE.to_string(), |year| of(year).short());
        Some(format!("{short}{rest}"))
    });
    with_year.unwrap_or_else(|| head.to_string())
}

/// What a column is for a template.
pub(super) fn column_kind(form: &Form, what: &ColumnSource) -> ListColumnKind {
    match what {
        ColumnSource::Number => ListColumnKind::Number,
        ColumnSource::Name => ListColumnKind::Name,
        ColumnSource::New | ColumnSource::Category | ColumnSource::Choice(_) | ColumnSource::Grade(..) => {
            ListColumnKind::Mark
        }
        ColumnSource::Department => ListColumnKind::Departments,
        ColumnSource::Page => ListColumnKind::Page,
        ColumnSource::Amount | ColumnSource::Field(_) | ColumnSource::Cell(..) if is_amount_column(form, what) => {
            ListColumnKind::Amount
        }
        ColumnSource::Field(name) if is_choice(form, *name) => ListColumnKind::Mark,
        ColumnSource::Amount | ColumnSource::Field(_) | ColumnSource::Cell(..) => ListColumnKind::Text,
        ColumnSource::Prose(_) => ListColumnKind::Prose,
        ColumnSource::Table(_) => ListColumnKind::Table,
    }
}

fn is_choice(form: &Form, name: FieldName) -> bool {
    form.field(name).is_some_and(|field| matches!(field.kind, FieldKind::Choice(_)))
}

/// Whether a column is of amounts, which are summed. A rate is none.
pub fn is_amount_column(form: &Form, what: &ColumnSource) -> bool {
    match what {
        ColumnSource::Amount => true,
        ColumnSource::Field(name) => form.field(*name).is_some_and(|field| matches!(field.kind, FieldKind::Amount(_))),
        ColumnSource::Cell(kind, address) => form.table(*kind).is_some_and(|table| table.is_amount_at(address)),
        ColumnSource::Number
        | ColumnSource::Name
        | ColumnSource::New
        | ColumnSource::Category
        | ColumnSource::Department
        | ColumnSource::Page
        | ColumnSource::Choice(_)
        | ColumnSource::Grade(..)
        | ColumnSource::Prose(_)
        | ColumnSource::Table(_) => false,
    }
}

/// The figure of a program in a column; nothing where the column is none of amounts.
pub fn column_figure(report: &Report, what: &ColumnSource, program: &Program) -> Option<Figure> {
    if !is_amount_column(&report.form, what) {
        return None;
    }
    if let ColumnSource::Field(name) = what {
        return Some(match program.custom_field(*name).map(|field| &field.meaning) {
            Some(FieldMeaning::Amount(amount)) => Figure::of(Some(*amount)),
            Some(_) | None => Figure::NotApplicable,
        });
    }
    let ColumnSource::Cell(kind, address) = what else { return Some(Figure::of(program.amount)) };
    let quantity = program.cell_at(*kind, address).and_then(Cell::only_figure);
    let unit = report.unit().name();
    let own = quantity.filter(|quantity| quantity.unit.is_empty() || quantity.unit == unit);
    Some(own.map_or(Figure::NotApplicable, |quantity| Figure::Number(quantity.number)))
}

/// 1,234.5; negative ones with △
pub(super) fn format_figure(number: Decimal) -> String {
    let number = number.normalize();
    let whole = number.trunc().abs().to_i64().map_or_else(|| number.trunc().abs().to_string(), format_amount);
    let fraction = number.fract().abs().to_string();
    let fraction = fraction.strip_prefix("0.").map(|digits| format!(".{digits}")).unwrap_or_default();
    let sign = if number.is_sign_negative() && !number.is_zero() { "△" } else { "" };
    format!("{sign}{whole}{fraction}")
}

/// The grade of a program by the place of its criterion in the form.
pub(super) fn grade_of<'p>(form: &Form, program: &'p Program, kind: SectionKind, place: usize) -> Option<&'p Grade> {
    program.grade(kind, &form.criterion(kind, place)?.name)
}

/// Each department once, with its regional office; with its group where there is no page of the program that names it.
pub fn list_departments(form: &Form, departments: &[Department], print: impl Fn(&str) -> String) -> Vec<String> {
    let has_page = form.layout.list_shape != ListShape::Wide;
    let mut names: Vec<String> = Vec::new();
    for department in departments {
        let group =
            department.group.as_ref().filter(|_| !has_page).map(|group| format!("　{group}")).unwrap_or_default();
        let office = department.office.as_ref().map(|office| format!("（{office}）")).unwrap_or_default();
        let name = print(&format!("{}{group}{office}", department.name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl ViewBuilder<'_> {
    /// A cell of a program's row; No. and the brackets of a 再掲 are the row's own.
    pub(super) fn list_cell(&self, what: &ColumnSource, program: &Program) -> ListCellView {
        let text = |text: String| ListCellView { text, ..ListCellView::default() };
        match what {
            ColumnSource::Number | ColumnSource::Page => ListCellView::default(),
            ColumnSource::Prose(kind) => {
                let blocks = program.prose_of(*kind).map(|prose| self.blocks(&prose.blocks)).unwrap_or_default();
                ListCellView { blocks, ..ListCellView::default() }
            }
            ColumnSource::Table(kind) => self.list_table(*kind, program),
            ColumnSource::Name => text(self.program_name(program)),
            ColumnSource::Choice(_) | ColumnSource::Grade(..) => {
                ListCellView { blocks: self.list_reasons(what, program), ..text(self.list_text(what, program)) }
            }
            ColumnSource::Amount
            | ColumnSource::New
            | ColumnSource::Category
            | ColumnSource::Department
            | ColumnSource::Field(_)
            | ColumnSource::Cell(..) => text(self.list_text(what, program)),
        }
    }

    /// What is said of a choice or a grade: in the wide form it has no other place.
    pub(super) fn list_reasons(&self, what: &ColumnSource, program: &Program) -> Vec<BlockView> {
        if self.input.report.form.layout.list_shape != ListShape::Wide {
            return Vec::new();
        }
        match what {
            ColumnSource::Choice(kind) => {
                program.chosen(*kind).map(|chosen| self.blocks(&chosen.blocks)).unwrap_or_default()
            }
            ColumnSource::Grade(kind, place) => {
                let row = self.grade_of(program, *kind, *place).filter(|row| !row.reason.is_empty());
                let paragraph = row.map(|row| BlockView {
                    kind: BlockKind::Paragraph,
                    marker: String::new(),
                    level: 0,
                    text: self.lines(&row.reason),
                    faulty: false,
                });
                paragraph.into_iter().collect()
            }
            ColumnSource::Number
            | ColumnSource::Name
            | ColumnSource::Amount
            | ColumnSource::New
            | ColumnSource::Category
            | ColumnSource::Department
            | ColumnSource::Page
            | ColumnSource::Field(_)
            | ColumnSource::Cell(..)
            | ColumnSource::Prose(_)
            | ColumnSource::Table(_) => Vec::new(),
        }
    }

    /// The text of a cell that is one.
    pub(super) fn list_text(&self, what: &ColumnSource, program: &Program) -> String {
        match what {
            ColumnSource::Name => self.program_name(program),
            ColumnSource::Amount => self.amount_text(program),
            ColumnSource::New if program.category() == Category::New => "○".to_string(),
            ColumnSource::Category => self.printer.text(program.category_name()),
            ColumnSource::Department => {
                let form = &self.input.report.form;
                list_departments(form, &program.departments, |name| self.printer.text(name)).join("\n")
            }
            ColumnSource::Field(name) => self.list_field(what, *name, program),
            ColumnSource::Choice(kind) => {
                program.chosen(*kind).map_or_else(String::new, |chosen| self.choice_text(chosen))
            }
            ColumnSource::Grade(kind, place) => {
                self.grade_of(program, *kind, *place).map_or_else(String::new, |row| self.grade(row).grade)
            }
            ColumnSource::Cell(kind, address) => match column_figure(self.input.report, what, program) {
                Some(Figure::Number(number)) => format_figure(number),
                _ => program.cell_at(*kind, address).map_or_else(|| "—".to_string(), |cell| self.cell_text(cell)),
            },
            ColumnSource::New
            | ColumnSource::Number
            | ColumnSource::Page
            | ColumnSource::Prose(_)
            | ColumnSource::Table(_) => String::new(),
        }
    }

    /// A field that is not there is empty, an amount —.
    fn list_field(&self, what: &ColumnSource, name: FieldName, program: &Program) -> String {
        let all: Vec<String> = program
            .fields
            .iter()
            .filter(|field| field.name == name)
            .map(|field| match (column_figure(self.input.report, what, program), &field.meaning) {
                (Some(Figure::Number(number)), FieldMeaning::Amount(_)) => format_figure(number),
                _ => self.field_text(field),
            })
            .collect();
        if all.is_empty() && is_amount_column(&self.input.report.form, what) {
            "—".to_string()
        } else {
            all.join("\n")
        }
    }

    fn grade_of<'p>(&self, program: &'p Program, kind: SectionKind, place: usize) -> Option<&'p Grade> {
        grade_of(&self.input.report.form, program, kind, place)
    }

    /// Where what a column says of a program was written.
    pub(super) fn list_place(&self, what: &ColumnSource, program: &Program) -> Option<Span> {
        match what {
            ColumnSource::Name => program.name.as_ref().map(|name| name.span),
            ColumnSource::Amount => program.amount_place,
            ColumnSource::Category => program.category_place,
            ColumnSource::Field(name) => program.custom_field(*name).map(|field| field.value.span),
            ColumnSource::Choice(kind) => program.chosen(*kind).and_then(|chosen| chosen.place),
            ColumnSource::Grade(kind, place) => {
                self.grade_of(program, *kind, *place).and_then(|row| row.grade.as_ref()).map(|grade| grade.span)
            }
            ColumnSource::Cell(kind, address) => program.cell_at(*kind, address).map(|cell| cell.span),
            ColumnSource::Number
            | ColumnSource::New
            | ColumnSource::Department
            | ColumnSource::Page
            | ColumnSource::Prose(_)
            | ColumnSource::Table(_) => None,
        }
    }
}
