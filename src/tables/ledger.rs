//! 台帳: what the finance office has of each program.

use rust_decimal::Decimal;

use super::columns::{CsvHeading, find, find_amount};
use super::messages::{Paper, RowFault};
use super::rows::CsvRow;
use super::{CsvTable, open};
use crate::diagnostic::Diagnostics;
use crate::model::{Category, Unit, has_right_commas};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::chars::{is_blank, is_no_value, unified};

const ID: &[&str] = &["ID", "事業ID", "事業番号", "事業コード", "管理番号", "整理番号", "コード"];
/// May be running numbers, that begin anew in each part: never without names.
const NUMBER: &[&str] = &["番号", "NO.", "NO"];
const NAME: &[&str] = &["事業名", "事業名称", "事務事業名", "細事業名", "事業の名称", "名称", "事業"];
const AMOUNT: &[&str] = &[
    "事業費",
    "決算額",
    "決算見込額",
    "執行額",
    "支出済額",
    "支出額",
    "実績額",
    "金額",
    "最終予算額",
    "予算現額",
    "予算額",
    "当初予算額",
    "決算",
    "予算",
];
const CATEGORY: &[&str] = &["区分", "新規区分", "事業区分", "新規・継続", "新規継続", "新規・継続の別", "新規継続の別"];
const DEPARTMENT: &[&str] = &[
    "担当",
    "担当課",
    "担当課名",
    "担当課等",
    "担当課室",
    "担当部署",
    "所管課",
    "所管課名",
    "所管",
    "課名",
    "課室名",
    "課",
    "部署",
    "部署名",
    "所属",
    "所属名",
];
const TOTALS: &[&str] = &["合計", "小計", "計", "総計", "総合計", "再計"];

/// The finance office's list.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub file: FileId,
    pub rows: Vec<LedgerRow>,
    /// Whether every row could be read: what is not here is then in no row.
    pub is_whole: bool,
}

/// A program of the list. What its row does not say, or does not say readably, is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    pub line: Span,
    pub id: Option<String>,
    pub name: Option<String>,
    pub amount: Option<LedgerAmount>,
    /// `None` also where the office means another division by 区分
    pub category: Option<Category>,
    /// As it stands there: a group may follow, and other departments in lines of their own.
    pub department: Option<String>,
}

impl LedgerRow {
    /// What the row calls its program.
    pub fn called(&self) -> Option<&str> {
        self.name.as_deref().or(self.id.as_deref())
    }
}

/// An amount as its column has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerAmount {
    pub value: Decimal,
    /// `None` where neither cell, header nor title says
    pub unit: Option<Unit>,
}

struct LedgerColumns {
    id: Option<usize>,
    name: Option<usize>,
    amount: Option<usize>,
    unit: Option<Unit>,
    category: Option<usize>,
    department: Option<usize>,
    /// Cells that a row needs, and the header of the last of them
    needed: usize,
    last: String,
}

/// Reads a ledger; nothing where no column names the programs.
pub fn read_ledger(file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Ledger> {
    let mut table: CsvTable<LedgerColumns> = open(file, Paper::Ledger, find_columns, diagnostics)?;
    if table.columns.unit.is_none() {
        let mut cells = table.above.iter().flat_map(|row| &row.cells);
        table.columns.unit = cells.find_map(|cell| Unit::named_in(&unified(cell)));
    }
    let is_whole = table.unclosed.is_none();
    let rows = table.read(file, diagnostics, read_row);
    Some(Ledger { file: file.id(), rows, is_whole })
}

fn find_columns(headings: &[CsvHeading]) -> Option<LedgerColumns> {
    let [id, number, name, category, department] =
        [ID, NUMBER, NAME, CATEGORY, DEPARTMENT].map(|names| find(headings, names));
    id.or(name)?;
    let id = id.or(number);
    let amount = find_amount(headings, AMOUNT);
    let found = [id, name, amount, category, department];
    let last = found.into_iter().flatten().max()?;
    Some(LedgerColumns {
        id,
        name,
        amount,
        unit: amount.and_then(|amount| headings.get(amount)?.unit),
        category,
        department,
        needed: last + 1,
        last: headings.get(last)?.name.clone(),
    })
}

fn read_row(columns: &LedgerColumns, row: &CsvRow, faults: &mut Vec<RowFault>) -> Option<LedgerRow> {
    let text = |column| row.cell(column).map(str::to_string);
    let (id, name) = (text(columns.id), text(columns.name));
    let is_total = row.cells.iter().any(|cell| TOTALS.contains(&unified(cell).as_str()));
    if is_total || (id.is_none() && name.is_none()) {
        return None;
    }
    if row.cells.len() < columns.needed {
        faults.push(RowFault::too_few(row.line, row.cells.len(), &columns.last));
    }
    let typed = row.cell(columns.amount).filter(|cell| !cell.is_empty());
    let amount = typed.and_then(|typed| {
        let amount = parse_amount(typed, columns.unit);
        if amount.is_none() {
            faults.push(RowFault::new(
                row.line,
                format!("の金額「{}」は読めません。", shortened(typed)),
                "「1,234」のように数字だけを入れてください。負の額は「△1,234」です。",
            ));
        }
        amount
    });
    Some(LedgerRow {
        line: row.line,
        id,
        name,
        amount,
        category: row.cell(columns.category).and_then(|cell| Category::from_name(&unified(cell))),
        department: text(columns.department),
    })
}

/// What a message has room for.
fn shortened(cell: &str) -> String {
    let line: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match line.char_indices().nth(20) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or("")),
        None => line,
    }
}

/// `1,234` `△1,234` `▲ 1,234千円` `\1,234` in every width; — is 0.
fn parse_amount(cell: &str, unit: Option<Unit>) -> Option<LedgerAmount> {
    if is_no_value(cell) {
        return Some(LedgerAmount { value: Decimal::ZERO, unit });
    }
    let text: String = unified(cell).chars().filter(|c| !is_blank(*c)).collect();
    let is_minus = |c: char| matches!(c, '△' | '▲' | '-' | '−' | '‐' | '–');
    let (text, is_negative) = match text.strip_prefix(is_minus) {
        Some(rest) => (rest, true),
        None => (text.as_str(), false),
    };
    let text = text.trim_start_matches(['¥', '\\', '￥']);
    let digits = text.trim_end_matches(['百', '万', '千', '円']);
    let suffix = text.get(digits.len()..)?;
    let unit = if suffix.is_empty() { unit } else { Some(Unit::from_name(suffix)?) };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number =
        whole.starts_with(|c: char| c.is_ascii_digit()) && whole.chars().all(|c| c.is_ascii_digit() || c == ',');
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if !is_number || !has_right_commas(whole) || !is_fraction {
        return None;
    }
    let value: Decimal = format!("{}.{fraction}", whole.replace(',', "")).parse().ok()?;
    Some(LedgerAmount { value: if is_negative { -value } else { value }, unit })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn read(text: &str) -> (Option<Ledger>, Vec<String>) {
        let mut files = Files::new();
        let id = files.add("資料/台帳.csv", text);
        let mut said = Diagnostics::new();
        let ledger = read_ledger(files.get(id), &mut said);
        (ledger, said.iter().map(|d| d.message.clone()).collect())
    }

    #[test]
    fn columns_in_any_order_and_extra_ones() {
        let (ledger, said) = read(
            "令和2年度 事業一覧\n（単位：千円）\n所管課,備考,決算額,事業名,ＩＤ,区分\n\n監理課,x,\"1,234\",一事業,001,新規\n,,\"9,999\",小計,,\n労政課,,△５,二事業,002,\n合計,,,,,\n※決算見込み\n",
        );
        assert_eq!(said, Vec::<String>::new());
        let rows = ledger.expect("is read").rows;
        let [one, two] = rows.as_slice() else { panic!("{rows:?}") };
        let amount = |value: i64| Some(LedgerAmount { value: value.into(), unit: Some(Unit::ThousandYen) });
        assert_eq!((one.name.as_deref(), one.amount), (Some("一事業"), amount(1_234)));
        assert_eq!((one.id.as_deref(), one.category), (Some("001"), Some(Category::New)));
        assert_eq!((two.department.as_deref(), two.amount, two.category), (Some("労政課"), amount(-5), None));
    }

    #[test]
    fn amounts_of_every_kind() {
        let read = |cell: &str| parse_amount(cell, None).map(|amount| (amount.value.to_string(), amount.unit));
        for (cell, value, unit) in [
            ("３，２５４", "3254.0", None),
            ("▲ 1,234千円", "-1234.0", Some(Unit::ThousandYen)),
            ("-5", "-5.0", None),
            ("\\3,254,000円", "3254000.0", Some(Unit::Yen)),
            ("3254.50", "3254.50", None),
            ("—", "0", None),
        ] {
            assert_eq!(read(cell), Some((value.to_string(), unit)), "{cell}");
        }
        for cell in ["8,18l", "1,23", "1234,567", "約5", "1.2.3", "3万円", "△", "99999999999999999999999999999999"]
        {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn rows_that_cannot_be_read_are_named() {
        let (ledger, said) = read("ID,事業名,事業費(円),担当課\n1,一\n2,二,8l,監理課\n3,\"三\n");
        assert_eq!(
            said,
            [
                "台帳.csv の2行目は列が2つしかありません。",
                "台帳.csv の3行目の金額「8l」は読めません。",
                "台帳.csv の4行目の「\"」が閉じていません。ここから後は読まれません。"
            ]
        );
        let ledger = ledger.expect("is read");
        assert_eq!((ledger.rows.len(), ledger.is_whole), (2, false));
    }

    #[test]
    fn without_a_header_there_is_no_ledger() {
        assert_eq!(read("1,2\n3,4\n").1, ["台帳.csv に「事業名」か「ID」の列がありません。"]);
        assert_eq!(read("番号,決算額\n1,2\n").1.len(), 1);
        assert_eq!(read("\n").1, ["台帳.csv は空です。"]);
        assert!(read("事業名\t事業費\n一\t1\n").0.is_some_and(|ledger| ledger.rows.len() == 1));
    }

    #[test]
    fn a_file_of_nothing_but_faults_is_cut_short() {
        let (_, said) = read(&format!("事業名,事業費\n{}", "一,x\n".repeat(100_000)));
        assert_eq!(said.len(), 20);
        assert!(said[19].ends_with("ほかに99980行、読めない行があります。"), "{}", said[19]);
    }
}
