//! Everything that is tested from outside, in one binary, so that the typesetter is linked once more and no oftener.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails"
)]
#[path = "suite/architecture.rs"]
mod architecture;
#[path = "suite/attachments.rs"]
mod attachments;
#[path = "suite/book.rs"]
mod book;
#[path = "suite/browser.rs"]
mod browser;
#[path = "suite/cases.rs"]
mod cases;
#[path = "suite/catalogue.rs"]
mod catalogue;
#[path = "suite/command.rs"]
mod command;
#[path = "suite/conformance.rs"]
mod conformance;
#[path = "suite/corpus.rs"]
mod corpus;
#[path = "suite/diff.rs"]
mod diff;
#[path = "suite/documents.rs"]
mod documents;
#[path = "suite/driver.rs"]
mod driver;
#[path = "suite/excerpt.rs"]
mod excerpt;
#[path = "suite/export.rs"]
mod export;
#[path = "suite/exported.rs"]
mod exported;
#[path = "suite/exported_json.rs"]
mod exported_json;
#[path = "suite/files.rs"]
mod files;
#[path = "suite/fix.rs"]
mod fix;
#[path = "suite/grouped.rs"]
mod grouped;
#[path = "suite/http.rs"]
mod http;
#[path = "suite/import.rs"]
mod import;
#[path = "suite/import_forms.rs"]
mod import_forms;
#[path = "suite/import_list_rows.rs"]
mod import_list_rows;
#[path = "suite/import_lists.rs"]
mod import_lists;
#[path = "suite/import_readers.rs"]
mod import_readers;
#[path = "suite/import_word.rs"]
mod import_word;
#[path = "suite/import_workbooks.rs"]
mod import_workbooks;
#[path = "suite/mangle.rs"]
mod mangle;
#[path = "suite/messages.rs"]
mod messages;
#[path = "suite/mutation.rs"]
mod mutation;
#[path = "suite/never_flag.rs"]
mod never_flag;
#[path = "suite/new_year.rs"]
mod new_year;
#[path = "suite/office.rs"]
mod office;
#[path = "suite/page.rs"]
mod page;
#[path = "suite/page_ends.rs"]
mod page_ends;
#[path = "suite/photographs.rs"]
mod photographs;
#[path = "suite/pictures.rs"]
mod pictures;
#[path = "suite/preview.rs"]
mod preview;
#[path = "suite/properties.rs"]
mod properties;
#[path = "suite/published.rs"]
mod published;
#[path = "suite/random_reports.rs"]
mod random_reports;
#[path = "suite/running.rs"]
mod running;
#[path = "suite/start.rs"]
mod start;
#[path = "suite/structure.rs"]
mod structure;
#[path = "suite/structure_tree.rs"]
mod structure_tree;
#[path = "suite/template.rs"]
mod template;
#[path = "suite/template_errors.rs"]
mod template_errors;
#[path = "suite/tools.rs"]
mod tools;
#[path = "suite/typography.rs"]
mod typography;
#[path = "suite/watch.rs"]
mod watch;
