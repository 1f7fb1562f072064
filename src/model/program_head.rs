//! The head of 【事業】: its fields, each with the message that it may need.

use super::amount::{AmountError, format_amount, parse_amount};
use super::contents::Contents;
use super::custom_field::lower_custom_fields;
use super::department::parse_department;
use super::fields::Fields;
use super::head::lower_title;
use super::{Amount, Category, Context, Department, Program, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{FieldKind, Form};
use crate::reading_order::is_reading;
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_digit, is_ditto, is_no_value};
use crate::syntax::{Ast, FieldName, has_misread};

/// A program with what its head says, its sections still empty.
pub(super) fn lower_head(
    file: &SourceFile,
    ast: &Ast,
    heading: Span,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Program {
    let fields = Fields::collect(file, ast, diagnostics);
    // A field in a wrong form or place was reported where it stands.
    let is_misread = |field| has_misread(file, ast, field);
    Program {
        file: file.id(),
        id: file.stem().to_string(),
        heading,
        name: lower_title(file, ast, "事業", diagnostics),
        amount: lower_amount(&fields, heading, context, &is_misread, diagnostics),
        amount_place: fields.get(FieldName::Amount).map(|field| field.value.span),
        category: lower_category(&fields, &context.form, diagnostics),
        category_place: fields.get(FieldName::Category).map(|field| field.value.span),
        departments: lower_departments(&fields, heading, (&context.form, &is_misread), diagnostics),
        outside_total: lower_outside_total(&fields, diagnostics),
        former_names: fields.all(FieldName::FormerName).map(|field| field.value.clone()).collect(),
        reading: lower_reading(&fields, diagnostics),
        has_reading_line: fields.get(FieldName::Reading).is_some(),
        has_chart: lower_chart(&fields, diagnostics),
        is_fresh: false,
        acknowledgements: fields.acknowledgements(diagnostics),
        fields: lower_custom_fields(file, ast, &fields, (&context.form.fields, None), context, diagnostics),
        contents: Contents::default(),
    }
}

fn lower_amount(
    fields: &Fields,
    heading: Span,
    context: &Context,
    is_misread: &dyn Fn(FieldName) -> bool,
    diagnostics: &mut Diagnostics,
) -> Option<Amount> {
    let unit = context.unit().name();
    let form = format!("{unit}単位の数字だけで「1,234」のように書いてください。");
    let word = context.form.typed_word(FieldName::Amount);
    let none = format!("{word}のない事業なら「—」と書きます。");
    let Some(field) = fields.get(FieldName::Amount) else {
        if !is_required(&context.form, FieldName::Amount) || !context.form.asks_for_amount() {
            return Some(Amount::NotApplicable);
        }
        if !is_misread(FieldName::Amount) {
            diagnostics.push(
                Diagnostic::new(Code::J014, heading, format!("{word}がありません。"))
                    .help(format!("【事業】のすぐ下に「{word}：」と書き、{form}{none}")),
            );
        }
        return None;
    };
    let text = &field.value.value;
    if text.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::J014, field.line, format!("{word}が未記入です。"))
                .help(format!("{form}{none}"))
                .open(),
        );
        return None;
    }
    match parse_amount(text, context.unit()) {
        Ok(amount) => Some(amount),
        // One message about 単位 is enough; the build stops there.
        Err(_) if context.unit.is_none() && text.contains('円') => None,
        Err(AmountError { reason, exact }) => {
            let help = match exact {
                Some(value) => format!("{unit}単位の数字だけで「{}」と書いてください。", format_amount(value)),
                None if text.chars().any(is_digit) => form,
                None => format!("{form}{none}"),
            };
            diagnostics.push(
                Diagnostic::new(Code::J014, field.value.span, format!("{word}「{text}」は読めません（{reason}）。"))
                    .help(help)
                    .proposal_if_known(field.value.span, exact.map(format_amount)),
            );
            None
        }
    }
}

/// Whether a field of the language must stand there. A form that says nothing of it leaves it as it is.
fn is_required(form: &Form, name: FieldName) -> bool {
    form.field(name).is_none_or(|field| field.is_required)
}

fn lower_departments(
    fields: &Fields,
    heading: Span,
    (form, is_misread): (&Form, &dyn Fn(FieldName) -> bool),
    diagnostics: &mut Diagnostics,
) -> Vec<Department> {
    let word = form.typed_word(FieldName::Department);
    let missing = |place| {
        Diagnostic::new(Code::J016, place, "担当課がありません。")
            .help(format!("「{word}：課名　グループ名」と書いてください。2つ以上あるときは行を分けます。"))
    };
    let mut departments = Vec::new();
    for field in fields.all(FieldName::Department) {
        match parse_department(&field.value) {
            // A mark of the line above, or of nothing: who it is stands nowhere.
            Some(department) if is_no_name(&department.name) => diagnostics.push(
                Diagnostic::new(Code::J016, field.line, format!("担当課が「{}」になっています。", department.name))
                    .help(format!("「{word}：課名　グループ名」と、課の名前を書いてください。")),
            ),
            Some(Department { group: Some(group), .. }) if is_no_name(&group) => diagnostics.push(
                Diagnostic::new(Code::J016, field.line, format!("担当の後の「{group}」に名前がありません。")).help(
                    format!("「{word}：課名　グループ名」と、グループの名前まで書くか、「{group}」を消してください。"),
                ),
            ),
            Some(department) => departments.push(department),
            None => diagnostics.push(missing(field.line)),
        }
    }
    let is_awaited = is_required(form, FieldName::Department) && !is_misread(FieldName::Department);
    if fields.get(FieldName::Department).is_none() && is_awaited {
        diagnostics.push(missing(heading));
    }
    departments
}

/// What stands behind the name of a department, left alone in a form.
const OFFICES: &[&str] =
    &["課", "室", "局", "部", "庁", "所", "署", "係", "班", "センター", "グループ", "チーム", "担当", "担当課"];

fn is_no_name(name: &str) -> bool {
    is_ditto(name)
        || OFFICES.contains(&name)
        || ["上記", "未定", "未記入", "不明", "課名", "室名", "係名", "班名", "グループ名", "TBD"].contains(&name)
        || is_no_value(name)
}

/// 区分, of the form's choices; the standard one where none is given. J018 and `None` where it cannot be read.
fn lower_category(fields: &Fields, form: &Form, diagnostics: &mut Diagnostics) -> Option<Category> {
    let choices = form
        .field(FieldName::Category)
        .and_then(|field| if let FieldKind::Choice(choices) = &field.kind { Some(choices) } else { None });
    let Some(choices) = choices else { return lower_usual_category(fields, diagnostics) };
    if fields.get(FieldName::Category).is_none() {
        return choices.standard().map(Category::of_form);
    }
    let parse = |text: &str| choices.find(text).map(Category::of_form);
    fields.parse(FieldName::Category, parse, &format!("{} のどれかを書いてください。", choices.listed()), diagnostics)
}

fn lower_usual_category(fields: &Fields, diagnostics: &mut Diagnostics) -> Option<Category> {
    if fields.get(FieldName::Category).is_none() {
        return Some(Category::default());
    }
    fields.parse(
        FieldName::Category,
        Category::from_name,
        "新規・拡充・継続・終了 のどれかを書いてください。",
        diagnostics,
    )
}

/// よみ, in kana alone: anything else has no place in the reading order.
fn lower_reading(fields: &Fields, diagnostics: &mut Diagnostics) -> Option<Text> {
    fields.text(FieldName::Reading)?;
    let parse = |text: &str| is_reading(text).then(|| text.to_string());
    let help = "ひらがなかカタカナだけで書いてください。例：しゅうしょくガイダンスかいさいじぎょう";
    fields.parse(FieldName::Reading, parse, help, diagnostics).and_then(|_| fields.text(FieldName::Reading))
}

fn lower_chart(fields: &Fields, diagnostics: &mut Diagnostics) -> bool {
    let parse = |text: &str| match text {
        "あり" => Some(true),
        "なし" => Some(false),
        _ => None,
    };
    let help = "指標を図表の頁に描くなら「図：あり」と書き、描かないならこの行を消してください。";
    fields.parse(FieldName::Chart, parse, help, diagnostics).unwrap_or_default()
}

fn lower_outside_total(fields: &Fields, diagnostics: &mut Diagnostics) -> Option<Text> {
    let field = fields.get(FieldName::OutsideTotal)?;
    if field.value.value.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::J018, field.line, "合計に含めない理由がありません。")
                .help("「合計に含めない：理由」と書いてください。理由は一覧の下に印刷されます。"),
        );
    }
    Some(field.value.clone())
}
