//! Ways to other pages, as a template writes them.

use serde::Serialize;

/// A page.
#[derive(Serialize)]
pub(super) struct Link {
    pub(super) label: String,
    /// From the edition's folder
    pub(super) path: String,
}

/// A chapter with its programs.
#[derive(Serialize)]
pub(super) struct ChapterLink {
    pub(super) anchor: String,
    pub(super) level: usize,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) programs: Vec<ProgramLink>,
}

/// A program.
#[derive(Serialize)]
pub(super) struct ProgramLink {
    pub(super) no: String,
    pub(super) name: String,
    pub(super) path: String,
}

/// Another year of the report, or of a program.
#[derive(Serialize)]
pub(super) struct YearLink {
    /// 令和元年度
    pub(super) label: String,
    /// What it is called there
    pub(super) name: String,
    pub(super) path: String,
}
