//! The text of a program in which nobody wrote yet, in the words of the report's form.

use crate::form::{ContentSpec, Field, FieldKind, Form, Section, blank_rows, standard, typed_columns};
use crate::syntax::FieldName;

const STANDARD: &str = "\
【事業】{name}
事業費：
区分：継続
担当：

【事業概要】

【事業実績】

【指標】

【メモ】
この下は印刷されません。
事業費は「3,254千円」、担当は「課名　グループ名」のように書きます。区分は 新規・拡充・継続・終了 です。
文は【事業概要】と【事業実績】の下に書きます。1行が1つの段落です。
表は【指標】の下に「県内就職者数｜58名｜22名」のように、項目名・前年度・今年度を「｜」で区切って書きます。
";

/// The form's fields and the sections that must be there, in its order; its department where that is known.
pub(super) fn blank_program(form: &Form, title: &str, department: &str) -> String {
    let text = blank(form, title);
    let own = form.field(FieldName::Department).map(|field| field.word);
    let mut lines = own.into_iter().chain([FieldName::Department.name()]).map(|word| format!("\n{word}："));
    match lines.find(|line| text.contains(&format!("{line}\n"))) {
        Some(line) => text.replacen(&format!("{line}\n"), &format!("{line}{department}\n"), 1),
        None => text,
    }
}

fn blank(form: &Form, title: &str) -> String {
    if *form == **standard() {
        return STANDARD.replace("{name}", title);
    }
    let mut text = format!("【事業】{title}\n");
    for (word, value) in fields(form) {
        text.push_str(&format!("{word}：{value}\n"));
    }
    for section in form.sections.iter().filter(|section| section.kind.is_required()) {
        text.push_str(&format!("\n【{}】\n", section.kind.name()));
        let rows = match &section.content {
            ContentSpec::Grades(criteria) => criteria.iter().map(|criterion| format!("{}｜", criterion.name)).collect(),
            ContentSpec::Table(Some(table)) => blank_rows(table),
            ContentSpec::Table(None)
            | ContentSpec::Prose
            | ContentSpec::Choice(_)
            | ContentSpec::Photos
            | ContentSpec::Cases => Vec::new(),
        };
        rows.iter().for_each(|row| text.push_str(&format!("{row}\n")));
    }
    text.push_str("\n【メモ】\nこの下は印刷されません。\n");
    remarks(form).iter().for_each(|remark| text.push_str(&format!("{remark}\n")));
    text
}

/// Words and values. 事業費 and 担当 are asked for where the form says nothing of them.
fn fields(form: &Form) -> Vec<(&str, &str)> {
    let is_computed = |field: &&Field| field.name == FieldName::Amount && form.amount_table().is_some();
    let used = form.fields.iter().filter(|field| field.kind != FieldKind::None && !is_computed(field));
    let mut found: Vec<(&str, &str)> = used.map(|field| (field.word, standard_of(field))).collect();
    for (name, place) in [(FieldName::Department, found.len()), (FieldName::Amount, 0)] {
        let is_asked = name != FieldName::Amount || form.amount_table().is_none();
        if is_asked && form.field(name).is_none() {
            found.insert(place, (name.name(), ""));
        }
    }
    found
}

fn standard_of(field: &Field) -> &str {
    if let FieldKind::Choice(choices) = &field.kind { choices.standard().unwrap_or_default() } else { "" }
}

/// What may be chosen, and how grades are written.
fn remarks(form: &Form) -> Vec<String> {
    let mut remarks = Vec::new();
    for field in &form.fields {
        if let FieldKind::Choice(choices) = &field.kind {
            remarks.push(format!("{}は {} です。", field.word, choices.listed()));
        }
    }
    for Section { kind, content, .. } in &form.sections {
        let name = kind.name();
        match content {
            ContentSpec::Choice(choices) => remarks.push(format!(
                "{name}は、見出しのすぐ下の行に {} のどれかを書き、説明はその下に書きます。",
                choices.listed()
            )),
            ContentSpec::Grades(criteria) => remarks.extend(criteria.first().map(|first| {
                let grade = first.choices.list.first().map_or("", String::as_str);
                format!("{name}は「{}｜{grade}｜理由」のように書きます。", first.name)
            })),
            ContentSpec::Table(Some(table)) if !blank_rows(table).is_empty() => remarks.push(format!(
                "{name}の欄は、左から {} です。計算する欄と行は書きません。数がなければ「—」と書きます。",
                typed_columns(table).join("、")
            )),
            ContentSpec::Prose | ContentSpec::Table(_) | ContentSpec::Photos | ContentSpec::Cases => {}
        }
    }
    let optional = form.sections.iter().map(|section| section.kind).filter(|kind| !kind.is_required());
    let names: String = optional.map(|kind| format!("【{}】", kind.name())).collect();
    if !names.is_empty() {
        remarks.push(format!("ほかに書ける見出しは {names} です。"));
    }
    remarks
}
