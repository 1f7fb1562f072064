//! `report diff`

use std::io::{self, IsTerminal};
use std::path::Path;

use super::arguments::Diff;
use super::output::{has_color, print};
use super::overwrite::{is_pdf, write_own};
use super::place::check_folder;
use super::progress::Progress;
use super::target::{refuse_manuscript, source_date_epoch};
use super::{Failure, Outcome};
use crate::comparison::{Change, compare, is_own_table, to_csv, to_text};
use crate::diagnostic::Severity;
use crate::model::{Date, parse_date};
use crate::pipeline::{Checked, OFFICE, PageNumbers, build_errata, is_report};

pub(super) fn run(arguments: &Diff) -> Result<Outcome, Failure> {
    for (path, option, ending) in [(&arguments.csv, "--csv", ".csv"), (&arguments.errata, "--errata", ".pdf")] {
        path.as_ref().map_or(Ok(()), |path| refuse_manuscript(path, option, ending))?;
    }
    if arguments.csv.is_some() && arguments.csv == arguments.errata {
        return Err(Failure::new("「--csv」と「--errata」には、別の名前を書いてください。"));
    }
    let date = arguments.date.as_deref().map(date_of).transpose()?;
    let (mut old, mut new) = (read(&arguments.old)?, read(&arguments.new)?);
    let changes = compare(&old.state(), &new.state());
    print(&to_text(&changes, OFFICE, has_color(arguments.color, io::stdout().is_terminal())))?;
    for (name, path, checked) in [("前", &arguments.old, &old), ("今", &arguments.new, &new)] {
        let errors = checked.diagnostics.count(Severity::Error);
        if errors > 0 {
            say!("{name}の状態「{}」にエラーが {errors} 件あります。読めない箇所は比べていません。", path.display());
        }
    }
    if let Some(path) = &arguments.csv {
        write(path, &to_csv(&changes, OFFICE), is_own_table)?;
    }
    if let Some(path) = &arguments.errata {
        write_errata(path, &mut old, &mut new, (&changes, date))?;
    }
    Ok(Outcome::Clean)
}

/// The date of the 正誤表, in every way in which 発行日 may be written.
fn date_of(typed: &str) -> Result<Date, Failure> {
    parse_date(typed).ok_or_else(|| {
        Failure::new(format!(
            "「--date」の「{typed}」は日付ではありません。「令和8年11月30日」か「2026-11-30」のように書いてください。"
        ))
    })
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

fn write(path: &Path, bytes: &[u8], is_own: fn(&[u8]) -> bool) -> Result<(), Failure> {
    write_own(path, bytes, is_own)?;
    say!("{} を作りました。", path.display());
    Ok(())
}

fn write_errata(
    path: &Path,
    old: &mut Checked,
    new: &mut Checked,
    (changes, date): (&[Change], Option<Date>),
) -> Result<(), Failure> {
    if !changes.iter().any(|change| change.on_page) {
        say!("印刷の変わるところがないため、正誤表は作りませんでした。");
        return Ok(());
    }
    let progress = Progress::start("正誤表を組んでいます…");
    let built = build_errata(old, new, changes, date, source_date_epoch());
    drop(progress);
    let Some(built) = built else {
        let reason = new.template_fault().unwrap_or("原因は分かりません。");
        return Err(Failure::new(format!("正誤表を作れませんでした。{reason}")));
    };
    match built.numbers {
        PageNumbers::Official => {}
        PageNumbers::Draft => say!("前の状態にエラーがあるため、正誤表の頁は下書きの頁です。"),
        PageNumbers::None => say!("前の状態を組むことができないため、正誤表の頁は空けてあります。"),
    }
    write(path, &built.pdf, is_pdf)
}
