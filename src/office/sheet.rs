//! The table as a CSV file that a spreadsheet opens as it is.

use super::text::numbers_of;
use super::{DepartmentProgress, Moment, Progress, RemarkCounts, RemarkTable};
use crate::model::Date;
use crate::tables::{BOM, write_sheet};

const HEADER: [&str; 10] = [
    "担当課",
    "予定",
    "提出",
    "未記入",
    "未提出",
    "エラーのある事業",
    "注意のある事業",
    "最終更新（日本時間）",
    "未提出・未記入の事業",
    "未記入の箇所",
];
/// Where anybody is given one
const DEADLINE: &str = "締切";
/// By these a file of an earlier version is known, too.
const FIRST_HEADS: usize = 9;

/// The file; with the days that are given, and with what the offices say to each other, where they do.
pub fn render_sheet(progress: &Progress, remarks: Option<&RemarkTable>) -> Vec<u8> {
    let rows = progress.departments.iter().map(|row| (row, remarks.map(|table| table.of_department(&row.department))));
    let total = (&progress.total, remarks.map(RemarkTable::total));
    let head = HEADER.into_iter().chain(progress.has_deadlines().then_some(DEADLINE));
    let head = head.chain(remarks.iter().flat_map(|_| RemarkTable::HEADS)).map(str::to_string);
    let rows = rows.chain([total]).map(|(row, counts)| {
        let day = row.deadline.map(|Date { year, month, day }| format!("{year}-{month:02}-{day:02}"));
        let day = progress.has_deadlines().then(|| day.unwrap_or_default());
        let counts = counts.into_iter().flat_map(RemarkCounts::cells);
        cells_of(progress, row).into_iter().chain(day).chain(counts).collect()
    });
    write_sheet(std::iter::once(head.collect::<Vec<_>>()).chain(rows))
}

fn cells_of(progress: &Progress, row: &DepartmentProgress) -> [String; 10] {
    let [expected, handed_in, blank, missing, errors, warnings] = numbers_of(row).map(|number| number.to_string());
    let of_it = progress.absent.iter().filter(|absent| absent.department == row.department);
    let absent = of_it.map(|absent| absent.name.as_str()).collect::<Vec<_>>().join("、");
    let changed = row.last_change.map(Moment::sortable).unwrap_or_default();
    [
        row.department.clone(),
        expected,
        handed_in,
        blank,
        missing,
        errors,
        warnings,
        changed,
        absent,
        row.open.to_string(),
    ]
}

/// Whether a file may be replaced: it begins as one of ours.
pub fn is_own_sheet(bytes: &[u8]) -> bool {
    let heads: Vec<&str> = HEADER.iter().take(FIRST_HEADS).copied().collect();
    bytes.starts_with(format!("{BOM}{}", heads.join(",")).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Absent;

    #[test]
    fn formulas_are_texts_and_the_file_is_known_again() {
        let row = DepartmentProgress { department: "=HYPERLINK(\"a\")".to_string(), missing: 1, ..Default::default() };
        let total = DepartmentProgress { department: "合計".to_string(), missing: 1, ..Default::default() };
        let absent = Absent { department: row.department.clone(), name: "＠一,二".to_string(), is_blank: false };
        let progress = Progress {
            title: String::new(),
            departments: vec![row],
            total,
            absent: vec![absent],
            programs: Vec::new(),
            deadline: None,
        };
        let bytes = render_sheet(&progress, None);
        assert!(is_own_sheet(&bytes) && !is_own_sheet("担当課,予定".as_bytes()));
        let text = String::from_utf8(bytes).expect("is UTF-8");
        assert!(text.contains("\r\n\"'=HYPERLINK(\"\"a\"\")\",1,0,0,1,0,0,,\"'＠一,二\",0\r\n"), "{text}");
        assert!(text.ends_with("合計,1,0,0,1,0,0,,,0\r\n"), "{text}");
    }
}
