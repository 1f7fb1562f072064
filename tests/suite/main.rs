//! Everything that is tested from outside, in one binary, so that the typesetter is linked once more and no oftener.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails"
)]
mod architecture;
mod attachments;
mod book;
mod browser;
mod cases;
mod catalogue;
mod chart_bars;
mod command;
mod conformance;
mod corpus;
mod declared_cells;
mod declared_checks;
mod diff;
mod documents;
mod driver;
mod editing;
mod editing_sequences;
mod entries;
mod errata;
mod excerpt;
mod export;
mod exported;
mod exported_json;
mod files;
mod fix;
mod form_command;
mod form_consequences;
mod form_formulas;
mod form_headings;
mod form_lines;
mod form_names;
mod form_pages;
mod form_rows;
mod form_tables;
mod forms;
mod grouped;
mod html;
mod http;
mod import;
mod import_by_form;
mod import_colours;
mod import_form_amounts;
mod import_form_choices;
mod import_forms;
mod import_list_rows;
mod import_list_words;
mod import_lists;
mod import_own_form;
mod import_pairs;
mod import_readers;
mod import_sheet_tables;
mod import_word;
mod import_workbooks;
mod lines;
mod mangle;
mod mends;
mod messages;
mod mutation;
mod nested;
mod never_flag;
mod new_year;
mod new_year_forms;
mod new_year_titles;
mod office;
mod order;
mod own_form;
mod page;
mod page_ends;
mod papers;
mod photographs;
mod pictures;
mod preview;
mod program_form;
mod properties;
mod published;
mod random_reports;
mod remarks;
mod run;
mod running;
mod start;
mod structure;
mod structure_tree;
mod table_columns;
mod tasks;
mod tasks_page;
mod template;
mod template_errors;
mod tools;
mod typography;
mod watch;
mod web;
mod web_files;
mod web_page;
mod web_search;
mod writing;
mod writing_program;
