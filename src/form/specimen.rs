//! A report that shows a form: every field, section, table and grade filled with its own name.

use super::Form;
use super::choices::Choices;
use super::fields::{Field, FieldKind};
use super::sections::{ContentSpec, Section};
use super::table::{Table, ValueColumn};
use super::units::unit_in_name;
use super::years;
use crate::syntax::{FieldName, SectionKind};

/// The texts of the specimen without the form itself, by their paths in the report.
pub fn specimen(form: &Form) -> Vec<(String, String)> {
    let title = if form.title.is_empty() { "様式の見本" } else { &form.title };
    let report = format!(
        "【報告書】{title}\n年度：令和6年度\n発行：様式の見本\n発行日：令和7年9月1日\n前付：表紙、目次、総括表\n"
    );
    let mut files = vec![("報告書.jigyo".to_string(), report)];
    let mut folder = String::new();
    for level in 0..form.numbering.levels().max(1) {
        folder += "01_見本/";
        files.push((format!("{folder}章.jigyo"), chapter(form, level)));
    }
    files.push((format!("{folder}見本事業.jigyo"), program(form)));
    files
}

/// A chapter of a level, from 0.
fn chapter(form: &Form, level: usize) -> String {
    let title = if level == 0 { "【章】章の題名" } else { "【章】その中の章の題名" };
    let mut lines = vec![title.to_string()];
    let own = form.chapter_fields.iter().filter(|field| field.level.is_none_or(|own| own == level));
    lines.extend(own.filter_map(line));
    form.chapter_sections.iter().for_each(|section| lines.extend(lines_of(section)));
    lines.join("\n") + "\n"
}

fn program(form: &Form) -> String {
    let mut lines = vec!["【事業】見本の事業".to_string()];
    if form.has_amount() && form.amount_table().is_none() {
        lines.push("事業費：1,234".to_string());
    }
    lines.push("担当：見本課".to_string());
    lines.extend(form.fields.iter().filter_map(line));
    form.sections.iter().for_each(|section| lines.extend(lines_of(section)));
    lines.join("\n") + "\n"
}

/// `項目：値` with a value of the field's kind; nothing for a field of the language.
fn line(field: &Field) -> Option<String> {
    let FieldName::Custom(spec) = field.name else { return None };
    let value = match &field.kind {
        FieldKind::Text => format!("{}の例", spec.name),
        FieldKind::Number(_) => "12人".to_string(),
        FieldKind::Amount(_) => "1,234".to_string(),
        FieldKind::Year(_) => "令和6年度".to_string(),
        FieldKind::Period(_) => "令和4年度～令和8年度".to_string(),
        FieldKind::Id => "0001".to_string(),
        FieldKind::Choice(choices) => first(choices),
        FieldKind::Department => "見本課".to_string(),
        FieldKind::None => return None,
    };
    Some(format!("{}：{value}", spec.name))
}

fn first(choices: &Choices) -> String {
    choices.list.first().cloned().unwrap_or_default()
}

fn lines_of(section: &Section) -> Vec<String> {
    let name = section.kind.name();
    let heading = format!("【{name}】");
    let words = format!("ここに「{name}」の文が入ります。");
    let body = match &section.content {
        ContentSpec::Prose => vec![words],
        ContentSpec::Choice(choices) => vec![first(choices), words],
        ContentSpec::Grades(criteria) => {
            let row = |name: &str, choices: &Choices| format!("{name}｜{}｜ここに理由が入ります。", first(choices));
            criteria.iter().map(|criterion| row(&criterion.name, &criterion.choices)).collect()
        }
        ContentSpec::Table(None) => vec!["参加者数の例｜12件｜15件".to_string()],
        ContentSpec::Table(Some(table)) => rows(table),
        ContentSpec::Cases => return vec![String::new(), format!("【{name}】ここに題が入ります"), words],
        // A photograph is a file of its own.
        ContentSpec::Photos => return Vec::new(),
    };
    [String::new(), heading].into_iter().chain(body).collect()
}

fn rows(table: &Table) -> Vec<String> {
    if table.is_transposed {
        let typed = table.columns.iter().filter(|column| column.formula.is_none());
        let cells = |name: &str| format!("・{name}{}", cells(table, false));
        return std::iter::once("参加者数の例".to_string()).chain(typed.map(|column| cells(&column.name))).collect();
    }
    if table.rows.is_empty() {
        return ["参加者数の例", "開催回数の例"].map(|name| format!("{name}{}", cells(table, false))).to_vec();
    }
    fixed_rows(table, |is_part| cells(table, is_part))
}

/// The rows of the form that a person types, with no value in them yet. None where rows are free.
pub fn blank_rows(table: &Table) -> Vec<String> {
    if table.is_transposed {
        return Vec::new();
    }
    let values = table.value_columns().into_iter().filter(|column| table.formula(*column).is_none()).count();
    fixed_rows(table, |_| "｜".repeat(table.front.len() + values))
}

/// What the columns are called that a person types, from left to right: 単位, 前年度の決算.
pub fn typed_columns(table: &Table) -> Vec<String> {
    let name = |column: &ValueColumn| {
        let year = column.year.map(years::name);
        let own = column.column.and_then(|column| table.columns.get(column)).map(|column| column.name.clone());
        [year, own].into_iter().flatten().collect::<Vec<_>>().join("の")
    };
    let columns = table.value_columns();
    let values = columns.iter().filter(|column| table.formula(**column).is_none()).map(name);
    table.front.iter().cloned().chain(values).chain(table.back.iter().cloned()).collect()
}

/// The rows that the form declares and does not compute. `cells` has what stands behind a name, by whether it is a part.
fn fixed_rows(table: &Table, cells: impl Fn(bool) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, row) in table.rows.iter().enumerate() {
        let children = table.rows.get(place + 1..).unwrap_or_default().iter().take_while(|next| next.level > row.level);
        let is_summed = children.filter(|next| next.level == row.level + 1).any(|next| !next.name.starts_with("うち"));
        let mark = "・".repeat(row.level);
        if row.formula.is_some() {
            continue;
        }
        let is_part = row.name.starts_with("うち");
        lines.push(format!("{mark}{}{}", row.name, if is_summed { String::new() } else { cells(is_part) }));
    }
    lines
}

/// ｜ and a value for each column that is typed.
fn cells(table: &Table, is_part: bool) -> String {
    let has_unit = table.front.iter().chain(&table.back).any(|name| name == "単位");
    let text = |name: &String| if name == "単位" { "件".to_string() } else { format!("{name}の例") };
    let has_own_unit = |column: &ValueColumn| {
        let own = column.column.and_then(|column| table.columns.get(column));
        own.is_some_and(|own| unit_in_name(&own.name).is_some())
    };
    let value = |column: &ValueColumn| match (table.is_amount(*column), has_unit || has_own_unit(column), is_part) {
        (true, _, false) => "1,234",
        (true, _, true) => "234",
        (false, true, false) => "12",
        (false, false, false) => "12件",
        (false, _, true) => "1件",
    };
    let columns = table.value_columns();
    let typed = columns.iter().filter(|column| table.is_transposed || table.formula(**column).is_none());
    let all = table.front.iter().map(text).chain(typed.map(|column| value(column).to_string()));
    all.chain(table.back.iter().map(text)).map(|cell| format!("｜{cell}")).collect()
}

/// What a line of a form does, as a remark to stand above it; nothing for a heading and a remark.
pub fn remark(section: Option<SectionKind>, line: &str) -> Option<String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with(['※', '【']) {
        return None;
    }
    let cells: Vec<&str> = line.split('｜').map(str::trim).collect();
    let name = cells.first().copied().unwrap_or_default();
    let kind = cells.get(1).copied().unwrap_or_default();
    let conditions = cells.get(2).map(|conditions| format!("（{conditions}）")).unwrap_or_default();
    let text = match section {
        Some(SectionKind::FormFields) => format!("事業の項目「{name}」：{}{conditions}", of_kind(kind)),
        Some(SectionKind::FormChapterFields) => format!("章の項目「{name}」：{}{conditions}", of_kind(kind)),
        Some(SectionKind::FormSections) => format!("事業の見出し【{name}】：{}{conditions}", of_section(kind)),
        Some(SectionKind::FormChapterSections) => format!("章の見出し【{name}】：{}{conditions}", of_section(kind)),
        Some(SectionKind::FormGrades) => format!("観点「{name}」に付けられる評価：{kind}"),
        Some(SectionKind::FormList) if kind.is_empty() => format!("一覧の列：{name}"),
        Some(SectionKind::FormList) => format!("一覧の列：{name}（見出しは「{kind}」）"),
        Some(SectionKind::FormTable) => of_setting(line)?,
        Some(SectionKind::Head(_)) => of_head(line)?,
        _ => return None,
    };
    Some(format!("※{text}"))
}

fn of_kind(kind: &str) -> String {
    let (word, words) = kind.split_once('：').unwrap_or((kind, ""));
    let what = match word {
        "文字" => "文字をそのまま書く",
        "数" => "1つの数と単位を書く",
        "金額" => "報告書の単位の金額を書く",
        "年度" => "年度を書く",
        "期間" => "始めと終わりの年度を書く",
        "番号" => "ほかの事業と重ならない番号を書く",
        "選択" => "次のどれかを書く",
        "課" => "課の名前を書く",
        _ => "使わない",
    };
    if words.is_empty() { what.to_string() } else { format!("{what}（{words}）") }
}

fn of_section(kind: &str) -> String {
    let (word, words) = kind.split_once('：').unwrap_or((kind, ""));
    match word {
        "文章" => "文を書く".to_string(),
        "表" => "表を書く".to_string(),
        "評価" => "観点ごとの評価を書く".to_string(),
        "選択" => format!("次のどれかを書く（{words}）"),
        "写真" => "写真を載せる".to_string(),
        _ => "題と文を書く".to_string(),
    }
}

fn of_setting(line: &str) -> Option<String> {
    let (name, _) = line.split_once('：')?;
    Some(match name {
        "年度" => "列になる年度。年が改まれば自動で進む".to_string(),
        "列" => "値の列。「＝」の右は自動で計算する".to_string(),
        "前の列" => "値の前に置く、文字の列".to_string(),
        "後の列" => "値の後に置く、文字の列".to_string(),
        "向き" => "縦なら、列を行として縦に並べる".to_string(),
        "値" => "欄に書くもの".to_string(),
        "金額の列" => "金額を書く列".to_string(),
        "行" => "どの事業にもある行。「・」は内訳".to_string(),
        "計" => "自動で合計する最後の行".to_string(),
        "事業費" => "この欄が、その事業の事業費になる".to_string(),
        _ => return None,
    })
}

fn of_head(line: &str) -> Option<String> {
    let (name, _) = line.split_once('：')?;
    Some(match name {
        "題名の年度" => "題名に書く年度（当年度・翌年度・問わない）".to_string(),
        "章の番号" => "段ごとの、1番目の番号の例".to_string(),
        "一覧の形" => "一覧・なし・表 のどれか".to_string(),
        "紙" => "A4縦・A4横・A3横・B5縦 のどれか".to_string(),
        "本文" => "本文の字の大きさ".to_string(),
        "組み方" => "分けない・続ける・1事業1頁 のどれか".to_string(),
        _ => return None,
    })
}
