//! The command line: arguments, one file per subcommand, exit codes.
//!
//! 0: clean, or only 注意 and 参考. 1: errors in the report. 2: wrong usage, or a file that cannot be read or written.
//! Messages for people go to standard error; what another program reads goes to standard output.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program speaks")]

/// Says a line on standard error. A reader that went away is no fault.
macro_rules! say {
    ($($words:tt)*) => {{
        let _ = crate::cli::console::say_plain(&(format!($($words)*) + "\n"));
    }};
}

mod arguments;
mod browser;
mod build;
mod by_department;
mod check;
mod command_runner;
mod composition;
mod console;
mod diff;
mod excerpt;
mod explain;
mod export;
mod export_web;
mod export_word;
mod fix;
mod fmt;
mod form;
mod import;
mod import_chapters;
mod import_page;
mod import_pictures;
mod import_summary;
mod import_writer;
mod lsp;
mod made_files;
mod new;
mod new_chapter;
mod new_program;
mod new_report;
mod new_year;
mod office_arguments;
mod options;
mod output;
mod overwrite;
mod page_words;
mod place;
mod printer;
mod progress;
mod put_aside;
mod screen;
mod start;
mod state_folder;
mod status;
mod system_open;
mod target;
mod tasks;
mod template;
mod usage;
mod view;
mod watch;
mod web_folder;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};

use crate::pipeline::{Checked, Edition, EditionRequest, edition};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    Errors,
    Failed,
}

impl Outcome {
    /// How a command ends that made what it was asked for, of a report with errors or of one without.
    fn of(checked: &Checked) -> Self {
        match edition(checked, EditionRequest::Official) {
            Edition::Official | Edition::Draft => Self::Clean,
            Edition::Refused => Self::Errors,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::from(0),
            Outcome::Errors => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Why a command could not do its work; said by `run`.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A file that cannot be read or written.
    fn io(doing: &str, path: &std::path::Path, error: &io::Error) -> Self {
        let shown = path.to_string_lossy();
        Self(format!("「{}」{doing}（{}）。", crate::load::shown(&shown), crate::load::explain_io(error)))
    }
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(dropped) = start::without_command(&typed) {
        return start::run(dropped);
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(&error),
    };
    let outcome = match arguments.command {
        Command::Check(check) => check::run(&check),
        Command::Status(status) => status::run(&status),
        Command::Build(build) => build::run(&build),
        Command::View(view) => view::run(&view),
        Command::Export(export) => export::run(&export),
        Command::Fmt(fmt) => fmt::run(&fmt),
        Command::Diff(diff) => diff::run(&diff),
        Command::New(new) => new::run(&new),
        Command::Import(import) => import::run(&import),
        Command::Explain(explain) => explain::run(&explain),
        Command::Watch(watch) => watch::run(&watch),
        Command::Preview(preview) => watch::run_preview(&preview),
        Command::Lsp(_) => lsp::run(),
        Command::Template(template) => template::run(&template.command),
        Command::Form(form) => form::run(&form.command),
        Command::Completion { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "report", &mut text);
            output::print_data(&String::from_utf8_lossy(&text)).map(|()| Outcome::Clean)
        }
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(Failure(message)) => {
            say!("{message}");
            Outcome::Failed.into()
        }
    }
}
