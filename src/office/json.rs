//! The table and how far each program is, as the live page's own page reads it.

use serde::Serialize;

use super::{
    DepartmentProgress, Moment, ProgramProgress, Progress, RemarkTable, RemarkedProgram, Stage, deadline_words,
};
use crate::model::Date;

#[derive(Serialize)]
struct JsonProgress<'a> {
    title: &'a str,
    /// 11月22日 14:03
    now: Option<String>,
    deadline: Option<JsonDeadline>,
    departments: Vec<JsonDepartment<'a>>,
    total: JsonDepartment<'a>,
}

#[derive(Serialize)]
struct JsonDeadline {
    words: String,
    /// Days to it; negative where it is over
    left: Option<i64>,
}

#[derive(Serialize)]
struct JsonDepartment<'a> {
    name: &'a str,
    expected: usize,
    handed_in: usize,
    blank: usize,
    missing: usize,
    with_errors: usize,
    with_warnings: usize,
    open: usize,
    /// 11月22日 14:03
    last_change: Option<String>,
    deadline: Option<JsonDeadline>,
    /// Remarks on which somebody must still say something; nothing where nobody remarks on anything
    remarks: Option<usize>,
    programs: Vec<JsonProgram<'a>>,
}

#[derive(Serialize)]
struct JsonProgram<'a> {
    name: &'a str,
    file: Option<&'a str>,
    stage: &'static str,
    /// Places that are open, or errors
    count: usize,
    /// 連絡 1　差戻し 2026-11-30
    remarks: String,
}

/// The JSON of a moment.
pub fn render_json(progress: &Progress, remarks: Option<&RemarkTable>, now: Option<Moment>) -> String {
    let said_of = |program: &ProgramProgress| {
        let is_its = |said: &&RemarkedProgram| said.department == program.department && said.name == program.name;
        remarks.and_then(|table| table.programs.iter().find(is_its)).map(RemarkedProgram::words).unwrap_or_default()
    };
    let departments = progress.departments.iter().map(|own| {
        let programs = progress.programs.iter().filter(|program| program.department == own.department);
        let open = remarks.map(|table| table.of_department(&own.department).open);
        department(own, programs.map(|own| program(own, said_of(own))).collect(), open, now)
    });
    let json = JsonProgress {
        title: &progress.title,
        now: now.map(Moment::label),
        deadline: progress.deadline.map(|date| deadline(date, now)),
        departments: departments.collect(),
        total: department(&progress.total, Vec::new(), remarks.map(|table| table.total().open), now),
    };
    // Strings, numbers and lists always serialize.
    serde_json::to_string(&json).unwrap_or_default()
}

fn deadline(date: Date, now: Option<Moment>) -> JsonDeadline {
    JsonDeadline { words: deadline_words(date, now), left: now.map(|now| date.days_since(now.date)) }
}

fn department<'a>(
    row: &'a DepartmentProgress,
    programs: Vec<JsonProgram<'a>>,
    remarks: Option<usize>,
    now: Option<Moment>,
) -> JsonDepartment<'a> {
    JsonDepartment {
        name: &row.department,
        expected: row.expected(),
        handed_in: row.handed_in,
        blank: row.blank,
        missing: row.missing,
        with_errors: row.with_errors,
        with_warnings: row.with_warnings,
        open: row.open,
        last_change: row.last_change.map(Moment::label),
        deadline: row.deadline.map(|date| deadline(date, now)),
        remarks,
        programs,
    }
}

fn program(program: &ProgramProgress, remarks: String) -> JsonProgram<'_> {
    let (stage, count) = match program.stage {
        Stage::Missing => ("missing", 0),
        Stage::Blank => ("blank", 0),
        Stage::Open(count) => ("open", count),
        Stage::Wrong(count) => ("wrong", count),
        Stage::Done => ("done", 0),
    };
    JsonProgram { name: &program.name, file: program.file.as_deref(), stage, count, remarks }
}
