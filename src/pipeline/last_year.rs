//! 前年度: the report that was published before, read to be compared with. What is wrong in it is not said.

use std::sync::Arc;

use super::cache::Cache;
use super::checked::own_texts;
use super::reader::Reader;
use super::reference_data::LastYear;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Disk, RawFile};
use crate::model::{FiscalYear, Owners, Report, ReportHead, Text};

/// The report that 前年度 names. J018 where there is none, or where it is of another year.
pub(super) fn read_last_year(
    disk: &dyn Disk,
    cache: &mut Cache,
    head: Option<&ReportHead>,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<LastYear>> {
    let (head, named) = head.and_then(|head| Some((head, head.last_year.as_ref()?)))?;
    let texts = match disk.read_report(&named.value) {
        Ok(texts) => texts,
        Err(error) => {
            let reason = crate::load::explain_io(&error);
            diagnostics
                .push(not_found(named, &format!("前年度「{}」のフォルダーを開けません（{reason}）。", named.value)));
            return None;
        }
    };
    let before = cache.last_year.take().filter(|before| before.texts == texts);
    let found = before.unwrap_or_else(|| Arc::new(LastYear { report: lower(&texts), texts }));
    let year = found.report.head.as_ref().and_then(|head| head.fiscal_year);
    let is_right = match (year, head.fiscal_year) {
        (None, _) => {
            diagnostics
                .push(not_found(named, &format!("前年度「{}」に、読める報告書.jigyo がありません。", named.value)));
            false
        }
        (Some(year), Some(own)) if year != own.previous() => {
            diagnostics.push(of_another_year(named, year, own));
            false
        }
        (Some(_), _) => true,
    };
    cache.last_year = Some(Arc::clone(&found));
    is_right.then_some(found)
}

fn not_found(named: &Text, message: &str) -> Diagnostic {
    Diagnostic::new(Code::J018, named.span, message).help(
        "前年度の報告書のフォルダーをこの報告書のフォルダーの中に置き、「前年度：昨年」のようにその名前を書いてください。隣にあるフォルダーなら「前年度：../昨年」と書きます。前年度と比べないなら、この行を消してください。",
    )
}

fn of_another_year(named: &Text, year: FiscalYear, own: FiscalYear) -> Diagnostic {
    let message = format!("前年度「{}」は{}の報告書です。", named.value, year.label());
    Diagnostic::new(Code::J018, named.span, message)
        .help(format!("{}の報告書のフォルダーを書くか、この行を消してください。", own.previous().label()))
}

fn lower(texts: &[RawFile]) -> Report {
    let mut cache = Cache::default();
    let mut reader = Reader::without_checks(&mut cache);
    let asts = reader.read_files(own_texts(texts.to_vec()).0);
    let head = reader.lower_head(&asts);
    reader.lower_report(head, &asts, &Owners::default())
}
