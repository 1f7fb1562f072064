//! `report new --report DIR`: a report that builds at once.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::place::name_of;
use super::{Failure, Outcome};
use crate::load::create_new;
use crate::model::FiscalYear;

const REPORT: &str = "\
【報告書】{year}主要施策の成果に関する報告書
年度：{year}
発行：県
発行日：{date}

【構成】
01_章

【メモ】
この下は印刷されません。
題名・発行・発行日を書き換えてください。章を増やすときは、フォルダーを作って中に 章.jigyo を置き、【構成】に加えます。
事業は「report new 事業名」で加えます。
";

const CHAPTER: &str = "\
【章】章の題名

【取組の概要】
この章の取組の概要を書きます。

【構成】

【メモ】
この下は印刷されません。
題名と【取組の概要】を書き換えてください。
この章の【構成】には、事業のファイル名を順に書きます。
";

pub(super) fn run(folder: &Path) -> Result<Outcome, Failure> {
    let full = std::path::absolute(folder).map_err(|error| Failure::io("を作れません", folder, &error))?;
    if full.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::new(format!(
            "フォルダー「{}」は空ではありません。新しいフォルダーの名前を指定してください。",
            name_of(&full)
        )));
    }
    let (year, date) = this_year();
    let fill = |text: &str| {
        let text = text.replace("{year}", &year.label()).replace("{date}", &date);
        if cfg!(windows) { text.replace('\n', "\r\n") } else { text }
    };
    for (path, text) in [(full.join("報告書.jigyo"), REPORT), (full.join("01_章").join("章.jigyo"), CHAPTER)] {
        create_new(&path, &fill(text)).map_err(|error| Failure::io("を作れません", &path, &error))?;
    }
    eprintln!("{} に報告書を作りました。", full.display());
    eprintln!("「report build {}」で PDF になります。", folder.display());
    Ok(Outcome::Clean)
}

/// The fiscal year that was finished last, and today's date: a report is about what has been done.
fn this_year() -> (FiscalYear, String) {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    let (year, month, day) = day_of(seconds / 86_400);
    let fiscal = if month >= 4 { year - 1 } else { year - 2 };
    (FiscalYear::new(fiscal), format!("{year}-{month:02}-{day:02}"))
}

/// Year, month and day of a number of days after 1 January 1970.
fn day_of(days: u64) -> (i32, u32, u32) {
    crate::model::date_from_days(i64::try_from(days).unwrap_or(0)).map_or((1970, 1, 1), |d| (d.year, d.month, d.day))
}
