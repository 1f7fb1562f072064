//! Which form a report has: a 【様式】 beside its 【報告書】, the built-in one that 様式 names, or the standard one.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form::{BUILT_IN, Form, built_in, read_form, standard};
use crate::load::{Content, Disk, RawFile};
use crate::model::{Report, ReportHead, Text};
use crate::source::{FileId, Files, SourceFile, Span};
use crate::syntax::{Ast, FieldName, FileKind, LineKind, Vocabulary, file_kind, nearest, parse};

use super::checked::read_own_texts;

/// The form of the report on a disk, for whoever reads single files of it.
pub fn form_of(disk: &dyn Disk) -> Arc<Form> {
    read_own_texts(disk).map_or_else(|_| Arc::clone(standard()), |(raw, _)| form_among(&raw))
}

/// The form of a report by its texts. What is wrong with it is said by `report_form`.
pub(super) fn form_among(raw: &[RawFile]) -> Arc<Form> {
    let is_of = |kind| move |(_, text): &(&str, &str)| file_kind(text) == Some(kind);
    let of_kind = |kind| texts(raw).filter(|(path, _)| !path.contains('/')).find(is_of(kind));
    let (mut files, mut silent) = (Files::new(), Diagnostics::new());
    // One that lies in a chapter's folder is reported there, and was meant.
    if let Some((path, text)) = of_kind(FileKind::Form).or_else(|| texts(raw).find(is_of(FileKind::Form))) {
        let id = files.add(path, text);
        let ast = parse(files.get(id), &Vocabulary::of_forms(), &mut silent);
        return Arc::new(read_form(files.get(id), &ast, &mut silent));
    }
    let named = of_kind(FileKind::Report).and_then(|(path, text)| {
        let id = files.add(path, text);
        let ast = parse(files.get(id), &Vocabulary::standard(), &mut silent);
        named_form(files.get(id), &ast)
    });
    named.and_then(|name| built_in(meant(&name)?)).unwrap_or_else(|| Arc::clone(standard()))
}

/// The name of the built-in form that was meant.
fn meant(named: &str) -> Option<&'static str> {
    let names = || BUILT_IN.iter().map(|form| form.name);
    let holds = |name: &&str| named.contains(name) || (named.chars().count() > 2 && name.contains(named));
    names().find(|name| *name == named).or_else(|| nearest(named, names())).or_else(|| names().find(holds))
}

/// Takes back what only a form can say of the other files, where 様式 names none that is known or its own lines have errors: of
/// headings, fields, rows and cells nobody can say which are wrong. The first error of the form says how many there were.
pub(super) fn hold_what_the_form_decides(report: &Report, diagnostics: &mut Diagnostics) {
    const DECIDED: &[Code] = &[
        Code::J011,
        Code::J012,
        Code::J013,
        Code::J014,
        Code::J018,
        Code::J019,
        Code::J020,
        Code::J021,
        Code::J071,
        Code::J072,
    ];
    if !is_unknown(report) && (report.form_file.is_none() || report.form.is_certain) {
        return;
    }
    let head = report.head.as_ref().map(|head| head.file);
    let is_kept = |file: FileId| Some(file) == head || Some(file) == report.form_file;
    let before = diagnostics.iter().count();
    diagnostics.retain(|diagnostic| is_kept(diagnostic.primary.span.file) || !DECIDED.contains(&diagnostic.code));
    let held = before - diagnostics.iter().count();
    let is_fault = |diagnostic: &&mut Diagnostic| {
        let is_named = diagnostic.code == Code::J018 && Some(diagnostic.primary.span.file) == head;
        let is_own = Some(diagnostic.primary.span.file) == report.form_file;
        diagnostic.severity == Severity::Error && (is_own || (is_named && report.form_file.is_none()))
    };
    let mut faults = diagnostics.iter_mut().filter(is_fault);
    if let (Some(first), true) = (faults.next(), held > 0) {
        let help = first.help.take().unwrap_or_default();
        first.help = Some(format!("{help}（直すまで、原稿の見出し・項目・欄についての{held}件は示しません。）"));
    }
}

/// Whether 様式 names a form that nobody knows: what headings and fields mean is unknown then.
fn is_unknown(report: &Report) -> bool {
    let named = report.head.as_ref().and_then(|head| head.form.as_ref());
    report.form_file.is_none() && named.is_some_and(|named| meant(&named.value).is_none())
}

fn texts(raw: &[RawFile]) -> impl Iterator<Item = (&str, &str)> {
    raw.iter().filter_map(|file| match &file.content {
        Content::Text(text) => Some((file.path.as_str(), &**text)),
        Content::Undecodable(_) | Content::TooLarge { .. } | Content::TxtAdded | Content::Unreadable(_) => None,
    })
}

/// What stands behind 様式：
fn named_form(file: &SourceFile, ast: &Ast) -> Option<String> {
    ast.head()?.lines.iter().find_map(|line| {
        let LineKind::Field { name: FieldName::Form, value } = line.kind else { return None };
        Some(file.slice(value).to_string())
    })
}

/// The file of the form; J007 for another one and for one in a chapter's folder, J018 for 様式 beside a file, or of an unknown
/// name, and J073 for what is wrong inside.
pub(super) fn report_form(
    files: &Files,
    asts: &[Arc<Ast>],
    head: Option<&ReportHead>,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let mut forms = asts.iter().filter(|ast| ast.kind == Some(FileKind::Form));
    let is_own = |ast: &Ast| files.get(ast.file).folder().is_empty();
    let heading = |ast: &Ast| ast.head().map_or(Span::whole_file(ast.file), |head| head.heading);
    let mut first: Option<&Ast> = None;
    let mut elsewhere: Option<&Ast> = None;
    for ast in forms.by_ref() {
        match first {
            _ if !is_own(ast) => {
                elsewhere = elsewhere.or(Some(ast));
                diagnostics.push(misplaced(heading(ast)));
            }
            Some(first) => diagnostics.push(second(heading(ast), heading(first))),
            None => first = Some(ast),
        }
    }
    let named = head.and_then(|head| head.form.as_ref());
    if let Some(named) = named {
        match first {
            Some(first) => diagnostics.push(both(named, heading(first))),
            None => diagnostics.extend(unknown(named)),
        }
    }
    let first = first.or(elsewhere)?;
    read_form(files.get(first.file), first, diagnostics);
    Some(first.file)
}

fn misplaced(heading: Span) -> Diagnostic {
    Diagnostic::new(Code::J007, heading, "【様式】のファイルが、章のフォルダーにあります。")
        .help("報告書.jigyo のあるフォルダーに移してください。様式は報告書に1つです。")
}

fn second(heading: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::J007, heading, "【様式】のファイルが2つあります。")
        .help("どちらか1つを、フォルダー「_旧」に移すか消してください。")
        .related(first, "1つ目はここです")
}

fn both(named: &Text, heading: Span) -> Diagnostic {
    Diagnostic::new(Code::J018, named.span, "様式が2通りあります（【様式】のファイルと、【報告書】の「様式：」）。")
        .help("この行を消すか、【様式】のファイルをフォルダー「_旧」に移してください。")
        .related(heading, "【様式】のファイルはここです")
}

fn unknown(named: &Text) -> Diagnostics {
    let mut said = Diagnostics::new();
    let names: Vec<&str> = BUILT_IN.iter().map(|form| form.name).collect();
    if !names.contains(&named.value.as_str()) {
        let message = if named.value.is_empty() {
            "様式が未記入です。".to_string()
        } else {
            let guess =
                meant(&named.value).map(|near| format!("「{near}」の誤りではありませんか。")).unwrap_or_default();
            format!("様式「{}」はありません。{guess}", named.value)
        };
        said.push(Diagnostic::new(Code::J018, named.span, message).help(format!(
            "書けるのは {} です。自分の様式を使うなら、この行を消し、【様式】で始まるファイルを報告書のフォルダーに置いてください。",
            names.join("・")
        )));
    }
    said
}
