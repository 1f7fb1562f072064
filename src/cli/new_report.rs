//! `report new --report DIR`: a report that builds at once.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::overwrite::{is_begun, make_files};
use super::place::name_of;
use super::{Failure, Outcome};
use crate::load::shown;
use crate::model::{Date, FiscalYear, date_from_days, years_in_title};

const REPORT: &str = "\
【報告書】{year}主要施策の成果に関する報告書
年度：{year}
発行：調整中の発行者

【構成】
01_章

【メモ】
この下は印刷されません。
題名と発行を書き換え、「発行日：{date}」のような行を加えてください。章を増やすときは、フォルダーを作って中に 章.jigyo を置き、【構成】に加えます。
事業は「report new 事業名」で加えます。
";

const CHAPTER: &str = "\
【章】調整中の題名

【取組の概要】
この章の取組の概要は、調整中である。

【構成】

【メモ】
この下は印刷されません。
題名と【取組の概要】を書き換えてください。
この章の【構成】には、事業のファイル名を順に書きます。
";

pub(super) fn run(folder: &Path) -> Result<Outcome, Failure> {
    let full = make(folder)?;
    say!("{} に報告書を作りました。", shown(&full.display().to_string()));
    say!("年度は{}としました。違うときは、報告書.jigyo の題名と「年度：」を直してください。", year_of(&full).label());
    say!("「report build {}」で PDF になります。", shown(&folder.display().to_string()));
    Ok(Outcome::Clean)
}

/// Makes a report in a folder that is not there yet, or empty; where it is now.
pub(super) fn make(folder: &Path) -> Result<PathBuf, Failure> {
    let full = std::path::absolute(folder).map_err(|error| Failure::io("を作れません", folder, &error))?;
    let year = year_of(&full);
    let fill = |text: &str| {
        let text = text.replace("{year}", &year.label()).replace("{date}", &Date::example(year).label());
        if cfg!(windows) { text.replace('\n', "\r\n") } else { text }
    };
    let files = [("報告書.jigyo", REPORT), ("01_章/章.jigyo", CHAPTER)];
    let files = files.map(|(path, text)| (path.to_string(), fill(text).into_bytes()));
    if full.read_dir().is_ok_and(|mut entries| entries.next().is_some()) && !is_begun(&full, &files) {
        return Err(Failure::new(format!(
            "フォルダー「{}」は空ではありません。新しいフォルダーの名前を指定してください。",
            name_of(&full)
        )));
    }
    make_files(&full, files)?;
    Ok(full)
}

/// The year that the folder's name says, of several the last; otherwise the one that is to be reported on now.
fn year_of(folder: &Path) -> FiscalYear {
    let now = last_fiscal_year();
    let named = years_in_title(name_of(folder).as_ref(), now);
    named.last().map_or(now, |named| named.year)
}

/// The fiscal year that was finished last: a report is about what has been done.
fn last_fiscal_year() -> FiscalYear {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    let today = i64::try_from(seconds / 86_400).ok().and_then(date_from_days);
    today.map_or(FiscalYear::new(1970), |day| FiscalYear::new(if day.month >= 4 { day.year - 1 } else { day.year - 2 }))
}
