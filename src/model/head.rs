//! 【報告書】 and 【章】: their heads, and what else their files hold.

use super::composition::{Listed, empty_composition, lower_composition};
use super::contents::{Contents, Item, Items, SectionContent};
use super::custom_field::lower_custom_fields;
use super::date::parse_date;
use super::deadline::lower_deadlines;
use super::fields::{Field, Fields, not_understood};
use super::lower_sections::{check_required, lower_prose_sections, lower_sections};
use super::part::{Part, lower_parts};
use super::rule_levels::{RuleLevel, lower_rules};
use super::year::parse_fiscal_year;
use super::{Acknowledgement, Context, CustomField, Date, Deadline, FiscalYear, Indicator, Prose, Text, Unit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::form::{Form, standard};
use crate::natural_order::digit;
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::chars::without_blanks;
use crate::syntax::{Ast, FieldName, SectionKind, has_misread};

/// 【報告書】
#[derive(Debug, Clone)]
pub struct ReportHead {
    pub file: FileId,
    /// 【報告書】
    pub heading: Span,
    pub title: Option<Text>,
    pub fiscal_year: Option<FiscalYear>,
    pub publisher: Option<Text>,
    pub issue_date: Option<Date>,
    pub deadlines: Vec<Deadline>,
    /// `None` where 単位 is there and could not be read
    pub unit: Option<Unit>,
    pub first_page: u32,
    pub template: Option<Text>,
    pub last_year: Option<Text>,
    /// A built-in form; empty where 様式 has no value
    pub form: Option<Text>,
    pub ledger: Option<Text>,
    pub words: Option<Text>,
    pub organization: Option<Text>,
    /// 利用条件 of texts and data, as typed
    pub licence: Option<Text>,
    pub rules: Vec<RuleLevel>,
    /// 前付
    pub front_matter: Vec<Part>,
    /// 後付
    pub back_matter: Vec<Part>,
    pub acknowledgements: Vec<Acknowledgement>,
    /// Chapter folders in order; absent without 【構成】.
    pub(super) composition: Option<Vec<Listed>>,
}

/// 【章】 without its programs.
#[derive(Debug, Clone)]
pub struct ChapterHead {
    pub file: FileId,
    pub heading: Span,
    pub title: Option<Text>,
    pub number: Option<Text>,
    /// 【取組の概要】, where it opens the chapter
    pub overview: Prose,
    pub acknowledgements: Vec<Acknowledgement>,
    /// Of the office's form, in its order
    pub fields: Vec<CustomField>,
    /// Every section but `overview`
    contents: Contents,
    /// A 【構成】 with nothing below it
    pub(super) empty_composition: Option<Span>,
    pub(super) composition: Option<Vec<Listed>>,
}

impl ReportHead {
    /// Whether a 【構成】 names the chapters.
    pub fn lists_chapters(&self) -> bool {
        self.composition.as_ref().is_some_and(|lines| !lines.is_empty())
    }
}

impl ChapterHead {
    /// Every section of the office's form with its content, in printed order; empty ones too.
    pub fn contents(&self) -> impl Iterator<Item = (SectionKind, &SectionContent)> {
        self.contents.iter()
    }

    /// Every table, in printed order.
    pub fn tables(&self) -> impl Iterator<Item = &Indicator> {
        self.contents()
            .filter_map(|(_, content)| if let SectionContent::Tables(tables) = content { Some(tables) } else { None })
            .flatten()
    }

    /// Everything of the office's form that its page prints, in order.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        self.fields.iter().for_each(|field| items.field(field));
        self.contents().for_each(|(kind, content)| items.content(kind, content));
        items.0
    }

    /// Whether a 【構成】 names the programs.
    pub fn lists_programs(&self) -> bool {
        self.composition.as_ref().is_some_and(|lines| !lines.is_empty())
    }
}

/// Reads a report's file.
pub fn lower_report(file: &SourceFile, ast: &Ast, form: &Form, diagnostics: &mut Diagnostics) -> ReportHead {
    let fields = Fields::collect(file, ast, diagnostics);
    let title = title_of_form(ast, form).or_else(|| lower_title(file, ast, "報告書", diagnostics));
    let heading = ast.head().map_or(Span::whole_file(file.id()), |head| head.heading);
    let is_missing = |field| fields.get(field).is_none() && !has_misread(file, ast, field);
    if is_missing(FieldName::FiscalYear) {
        diagnostics.push(without_year(heading));
    }
    let fiscal_year = lower_fiscal_year(&fields, diagnostics);
    if is_missing(FieldName::IssueDate) {
        diagnostics.push(without_issue_date(heading, fiscal_year));
    }
    let (front_matter, back_matter) = lower_parts(&fields, diagnostics);
    let issue_date = fields.parse(
        FieldName::IssueDate,
        parse_date,
        "「令和3年9月1日」「R3.9.1」「2021-09-01」のどれかの形で書いてください。",
        diagnostics,
    );
    if let (Some(year), Some(date), Some(field)) = (fiscal_year, issue_date, fields.get(FieldName::IssueDate)) {
        check_issue_date(year, date, title.as_ref(), field.value.span, diagnostics);
    }
    ReportHead {
        file: file.id(),
        heading,
        title,
        fiscal_year,
        publisher: fields.text(FieldName::Publisher),
        issue_date,
        deadlines: lower_deadlines(&fields, diagnostics),
        unit: lower_unit(&fields, diagnostics),
        first_page: fields
            .parse(FieldName::FirstPage, parse_page, "「開始頁：18」のように数字で書いてください。", diagnostics)
            .unwrap_or(1),
        template: fields.text(FieldName::Template),
        last_year: fields.text(FieldName::LastYear),
        form: fields.get(FieldName::Form).map(named_form),
        ledger: fields.text(FieldName::Ledger),
        words: fields.text(FieldName::Words),
        organization: fields.text(FieldName::Organization),
        licence: fields.text(FieldName::Licence),
        rules: lower_rules(&fields, diagnostics),
        front_matter,
        back_matter,
        acknowledgements: fields.acknowledgements(diagnostics),
        composition: lower_composition(file, ast, diagnostics),
    }
}

/// A form that nobody named has the place of its line.
fn named_form(field: &Field) -> Text {
    if field.value.value.is_empty() { Text::new(String::new(), field.line) } else { field.value.clone() }
}

/// The title that a report without one of its own has from an office's form. It stands in no file: its place is empty.
fn title_of_form(ast: &Ast, form: &Form) -> Option<Text> {
    let head = ast.head().filter(|head| head.rest.is_empty() && !head.quiet)?;
    let is_own = !form.title.is_empty() && *form != **standard();
    is_own.then(|| Text::new(form.title.clone(), head.rest))
}

fn without_year(heading: Span) -> Diagnostic {
    Diagnostic::new(Code::J018, heading, "年度がありません。")
        .help("【報告書】のすぐ下に「年度：令和2年度」のように書いてください。")
}

fn without_issue_date(heading: Span, year: Option<FiscalYear>) -> Diagnostic {
    let example = year
        .map(|year| format!("「発行日：{}」のように書いてください。", Date::example(year).label()))
        .unwrap_or_default();
    Diagnostic::new(Code::J068, heading, "発行日がありません。")
        .help(format!("{example}日付がないと、PDF は長期保存用の形式（PDF/A）になりません。"))
}

/// J069: a report of a year is issued when the year is over, unless its title says that it looks ahead.
fn check_issue_date(year: FiscalYear, date: Date, title: Option<&Text>, span: Span, diagnostics: &mut Diagnostics) {
    const BEFORE_THE_END: &[&str] =
        &["見込", "中間", "上半期", "上期", "四半期", "速報", "暫定", "途中", "計画", "予算", "方針", "予定"];
    let looks_ahead = title.is_some_and(|title| BEFORE_THE_END.iter().any(|word| title.value.contains(word)));
    let last_day = Date { year: year.next().year(), month: 3, day: 31 };
    if date < last_day && !looks_ahead {
        diagnostics.push(
            Diagnostic::new(
                Code::J069,
                span,
                format!("発行日（{}）が、{}の終わり（{}）より前です。", date.label(), year.label(), last_day.label()),
            )
            .help("発行日か年度の、違っているほうを直してください。")
            .or_acknowledge("【報告書】", "発行日"),
        );
    }
}

/// 年度. A year of the calendar is another one, and which of the two is meant nobody but the office knows.
/// 単位, 千円 where none is given; J018 and `None` where it cannot be read.
fn lower_unit(fields: &Fields, diagnostics: &mut Diagnostics) -> Option<Unit> {
    let parse = |text: &str| Unit::from_name(&without_blanks(text));
    let unit = fields.parse(FieldName::Unit, parse, "千円・百万円・円 のどれかを書いてください。", diagnostics);
    if fields.text(FieldName::Unit).is_some() { unit } else { Some(Unit::default()) }
}

fn lower_fiscal_year(fields: &Fields, diagnostics: &mut Diagnostics) -> Option<FiscalYear> {
    const HELP: &str = "「令和2年度」「R2」「2020年度」のどれかの形で書いてください。";
    let typed = fields.text(FieldName::FiscalYear);
    let bare = typed.as_ref().map(|typed| without_blanks(&typed.value)).unwrap_or_default();
    let calendar =
        bare.strip_suffix('年').map(|year| format!("{year}年度")).filter(|year| parse_fiscal_year(year).is_some());
    let (Some(year), Some(typed)) = (calendar, typed) else {
        return fields.parse(FieldName::FiscalYear, parse_fiscal_year, HELP, diagnostics);
    };
    diagnostics.push(
        Diagnostic::new(
            Code::J018,
            typed.span,
            format!("年度「{}」は1月からの年です。4月からの年度を書いてください。", typed.value),
        )
        .help(format!(
            "「{year}」と書いてください。年（1月から12月まで）ごとの表には、「項目名｜令和元年｜令和2年」のように見出しを書きます。"
        ))
        .proposal(typed.span, year),
    );
    None
}

/// Reads a chapter's file.
pub fn lower_chapter(file: &SourceFile, ast: &Ast, context: &Context, diagnostics: &mut Diagnostics) -> ChapterHead {
    let fields = Fields::collect(file, ast, diagnostics);
    let number = fields.get(FieldName::ChapterNumber);
    if let Some(field) = number.filter(|field| field.value.value.is_empty()) {
        diagnostics.push(not_understood(
            field,
            "「番号：①」のように書くか、この行を消してください。消せば順に①②…が付きます。",
        ));
    }
    let form = &context.form;
    let opens_with_overview =
        form.chapter_sections.first().is_some_and(|first| first.kind == SectionKind::ChapterOverview);
    let (overview, sections) = match form.chapter_sections.split_first() {
        Some((_, rest)) if opens_with_overview => {
            (lower_prose_sections(file, ast, SectionKind::ChapterOverview, diagnostics).unwrap_or_default(), rest)
        }
        _ => (Prose::default(), form.chapter_sections.as_slice()),
    };
    let mut missing = Diagnostics::new();
    let contents = lower_sections(file, ast, sections, context, (&mut missing, diagnostics));
    if ast.head().is_some_and(|head| !head.quiet) {
        diagnostics.extend(missing);
        check_required(file, ast, sections, diagnostics);
    }
    ChapterHead {
        file: file.id(),
        heading: ast.head().map_or(Span::whole_file(file.id()), |head| head.heading),
        title: lower_title(file, ast, "章", diagnostics),
        number: fields.text(FieldName::ChapterNumber),
        overview,
        acknowledgements: fields.acknowledgements(diagnostics),
        fields: lower_custom_fields(
            file,
            ast,
            &fields,
            (&form.chapter_fields, Some(level_of(file))),
            context,
            diagnostics,
        ),
        contents,
        empty_composition: empty_composition(ast),
        composition: lower_composition(file, ast, diagnostics),
    }
}

/// The level of a chapter by its folder, from 0.
fn level_of(file: &SourceFile) -> usize {
    file.folder().matches('/').count()
}

/// The title behind a title heading; J010 where there is none.
pub(super) fn lower_title(file: &SourceFile, ast: &Ast, kind: &str, diagnostics: &mut Diagnostics) -> Option<Text> {
    let head = ast.head()?;
    if head.rest.is_empty() {
        let name = if kind == "事業" { "事業名" } else { "題名" };
        diagnostics.push(
            Diagnostic::new(Code::J010, head.heading, format!("{name}がありません。"))
                .help(format!("「【{kind}】」のすぐ後に{name}を書いてください。")),
        );
        return None;
    }
    Some(Text::new(file.slice(head.rest).to_string(), head.rest))
}

fn parse_page(text: &str) -> Option<u32> {
    let text = without_blanks(text);
    let text = text.strip_suffix('頁').or_else(|| text.strip_suffix("ページ")).unwrap_or(&text);
    let mut page = 0_u32;
    for c in text.chars() {
        page = page.checked_mul(10)?.checked_add(digit(c)?)?;
    }
    (1..=9_999).contains(&page).then_some(page)
}
