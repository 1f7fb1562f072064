//! Rules that need more than one line, or only characters: one file per family, with its messages and its tests.
//!
//! Rules about the form of a line live where the line is read (`syntax`, `model`). Knows nothing of pages; which
//! characters can be printed, and which pictures can be read, are values that the caller brings.

mod bare_rates;
mod brackets;
mod characters;
mod computed;
mod computed_kinds;
mod contents;
mod copies;
mod copy_marks;
mod count_columns;
mod count_sums;
mod custom_numbers;
mod deadlines;
mod declared_sums;
mod declared_wrong;
mod error_word_lists;
mod error_words;
mod figures;
mod gap_words;
mod gaps;
mod glued_values;
mod last_year;
mod ledger;
mod levels;
mod line_ends;
mod missing_since_last_year;
mod money_cells;
mod money_sums;
mod named_years;
mod names;
mod near_departments;
mod normalized;
mod notation;
mod open_cells;
mod open_marks;
mod organization;
mod pairing;
mod parts_in_text;
mod pictures;
mod placeholders;
mod point_for_comma;
mod program_amount;
mod prose_amount;
mod prose_rates;
mod prose_sums;
mod published_cells;
mod quoted_sums;
mod rate_bases;
mod rates;
mod readings;
mod rows;
mod rows_above;
mod sheet_values;
mod stale_years;
mod swapped_digits;
mod table_units;
mod table_values;
mod texts;
mod title;
mod twins;
mod two_departments;
mod two_units;
mod unit;
mod unreadable;
mod words;
mod yen;

pub use characters::Faces;
pub use contents::{check_content, no_report, two_reports};
pub use copies::{find_copies, is_copy};
pub use last_year::check_last_year;
pub use ledger::{LedgerContext, check_ledger};
pub use near_departments::check_near_departments;
pub use organization::check_organization;
pub use pictures::{BadPicture, ForeignPicture, PictureProblem, check_picture, refuse_picture};
pub use twins::{Fingerprint, check_twins};
pub use words::WordList;

use crate::diagnostic::{Code, Diagnostics};
use crate::form::Form;
use crate::model::{Context, Program, Report};
use crate::source::{Files, SourceFile};
use crate::syntax::{Ast, FileKind, file_kind};

/// J002, J026, J047, J057 and J081 in one file: every character that is printed, and the levels of its lines.
pub fn check_characters(files: &Files, ast: &Ast, form: &Form, faces: &Faces<'_>, diagnostics: &mut Diagnostics) {
    characters::check(files.get(ast.file), ast, faces, diagnostics);
    levels::check(files.get(ast.file), ast, form, diagnostics);
}

/// What a program's words are held against beyond its own file.
pub struct CheckContext<'a> {
    pub context: Context,
    pub words: &'a WordList,
}

/// What is wrong with the words and the figures of one program, as far as its own file tells.
pub fn check_program(program: &Program, files: &Files, about: &CheckContext<'_>, diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::new();
    texts::for_each_text_of_program(program, &mut |text| check_text(text, files, about, &mut found));
    // A word that a department writes so it writes so throughout.
    found.join_repeated(Code::J045);
    diagnostics.extend(found);
    line_ends::check_program(program, files, diagnostics);
    names::check(program, diagnostics);
    table_units::check(program, &about.context, diagnostics);
    bare_rates::check(program, diagnostics);
    table_values::check(program, &about.context, diagnostics);
    two_units::check(program, diagnostics);
    swapped_digits::check(program, &about.context, diagnostics);
    money_sums::check(program, diagnostics);
    count_sums::check(program, diagnostics);
    count_columns::check(program, diagnostics);
    open_cells::check(program, files, diagnostics);
    parts_in_text::check(program, diagnostics);
    prose_sums::check(program, diagnostics);
    prose_rates::check(program, diagnostics);
    computed::check(program, &about.context, diagnostics);
    program_amount::check(program, &about.context, diagnostics);
    declared_sums::check(program, &about.context, diagnostics);
}

/// What is wrong in the files of the report and of its chapters.
pub fn check_heads(report: &Report, files: &Files, about: &CheckContext<'_>, diagnostics: &mut Diagnostics) {
    texts::for_each_text_of_heads(report, &mut |text| check_text(text, files, about, diagnostics));
    title::check(report, files, diagnostics);
    levels::check_chapters(report, files, diagnostics);
    line_ends::check_heads(report, files, diagnostics);
    quoted_sums::check(report, diagnostics);
    custom_numbers::check(report, diagnostics);
    deadlines::check(report, diagnostics);
    readings::check(report, diagnostics);
}

/// The title heading that a file of the language begins with, under which its 確認済 stands.
fn heading_of(file: &SourceFile) -> &'static str {
    match file_kind(file.text()) {
        Some(FileKind::Report) => "【報告書】",
        Some(FileKind::Chapter) => "【章】",
        Some(FileKind::Form) => "【様式】",
        Some(FileKind::Program) | None => "【事業】",
    }
}

fn check_text(text: &texts::CheckedText<'_>, files: &Files, about: &CheckContext<'_>, diagnostics: &mut Diagnostics) {
    brackets::check(text, diagnostics);
    placeholders::check(text, files, diagnostics);
    gaps::check(text, files, diagnostics);
    notation::check(text, diagnostics);
    point_for_comma::check(text, diagnostics);
    glued_values::check(text, diagnostics);
    stale_years::check(text, &about.context, files, diagnostics);
    words::check(text, about.words, files, diagnostics);
}
