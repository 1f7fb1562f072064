//! `report diff`

use std::io::{self, IsTerminal};
use std::path::Path;

use super::arguments::Diff;
use super::build::refuse_manuscript;
use super::check::check_folder;
use super::output::{has_color, print};
use super::{Failure, Outcome};
use crate::comparison::{State, compare, to_csv, to_text};
use crate::diagnostic::Severity;
use crate::load::write_whole;
use crate::pipeline::{Checked, OFFICE, is_report};

pub(super) fn run(arguments: &Diff) -> Result<Outcome, Failure> {
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let changes = compare(&state_of(&old), &state_of(&new));
    if let Some(path) = &arguments.csv {
        refuse_manuscript(path, "--csv", ".csv")?;
        write_whole(path, &to_csv(&changes, OFFICE)).map_err(|error| Failure::io("に書き込めません", path, &error))?;
    }
    print(&to_text(&changes, OFFICE, has_color(arguments.color, io::stdout().is_terminal())))?;
    for (name, path, checked) in [("前", &arguments.old, &old), ("今", &arguments.new, &new)] {
        let errors = checked.diagnostics.count(Severity::Error);
        if errors > 0 {
            say!("{name}の状態「{}」にエラーが {errors} 件あります。読めない箇所は比べていません。", path.display());
        }
    }
    Ok(Outcome::Clean)
}

/// The report that lies in the folder itself: one further up would be another one than was meant.
fn read(folder: &Path) -> Result<Checked, Failure> {
    let data = std::fs::metadata(folder).map_err(|error| Failure::io("を開けません", folder, &error))?;
    if !data.is_dir() || !is_report(folder) {
        return Err(Failure::new(format!(
            "「{}」は報告書のフォルダーではありません。【報告書】のファイルが入っているフォルダーを指定してください。",
            folder.display()
        )));
    }
    check_folder(folder)
}

fn state_of(checked: &Checked) -> State<'_> {
    State {
        files: &checked.files,
        report: &checked.report,
        diagnostics: &checked.diagnostics,
        pictures: checked.good_pictures.iter().map(|(span, picture)| (*span, picture.bytes())).collect(),
    }
}
