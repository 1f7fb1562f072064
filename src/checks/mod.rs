//! Rules that need more than one line, or only characters: one file per family, with its messages and its tests.
//!
//! Rules about the form of a line live where the line is read (`syntax`, `model`). Knows nothing of pages; which
//! characters can be printed, and which pictures can be read, are values that the caller brings.

mod brackets;
mod characters;
mod contents;
mod copies;
mod ledger;
mod organization;
mod pairing;
mod pictures;
mod placeholders;
mod texts;
mod title;
mod words;
mod yen;

pub use contents::{check_content, no_report, two_reports};
pub use copies::is_copy;
pub use ledger::{LedgerContext, check_ledger};
pub use organization::check_organization;
pub use pictures::{PictureProblem, check_picture};
pub use words::Words;
pub use yen::looks_like_yen;

use crate::diagnostic::Diagnostics;
use crate::model::{Program, Report};
use crate::source::Files;
use crate::syntax::Ast;

/// J002 and J081 in one file: every character that is printed.
pub fn check_characters(files: &Files, ast: &Ast, has_glyph: &dyn Fn(char) -> bool, diagnostics: &mut Diagnostics) {
    characters::check(files.get(ast.file), ast, has_glyph, diagnostics);
}

/// J042, J044, J053 and J054 in a program: what is wrong with words.
pub fn check_program_texts(program: &Program, files: &Files, words: &Words, diagnostics: &mut Diagnostics) {
    texts::for_each_text_of_program(program, &mut |text| check_text(text, files, words, diagnostics));
}

/// J042, J044, J053, J054 and J055 in the files of the report and of its chapters.
pub fn check_head_texts(report: &Report, files: &Files, words: &Words, diagnostics: &mut Diagnostics) {
    texts::for_each_text_of_heads(report, &mut |text| check_text(text, files, words, diagnostics));
    title::check(report, diagnostics);
}

fn check_text(text: &texts::Checked<'_>, files: &Files, words: &Words, diagnostics: &mut Diagnostics) {
    brackets::check(text, diagnostics);
    placeholders::check(text, files, diagnostics);
    words::check(text, words, diagnostics);
}
