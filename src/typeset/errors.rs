//! The typesetter's errors in our words: J080 names the template's file and line, never the author's; J082.

use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::PagedDocument;
use super::error_words::in_japanese;
use super::manifest::refuse;
use super::page_numbers::page_without_number;
use super::world::{Engine, Input};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Files, Span};

impl Engine {
    /// Lays out the pages. Nothing where the template fails (J080) or the page numbers do not settle (J082); the
    /// template's file then is in `files`.
    pub fn typeset(&mut self, input: Input, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<PagedDocument> {
        if refuse(&self.template, files, diagnostics) {
            return None;
        }
        let result = self.lay_out(input);
        match result.output {
            Ok(document) => {
                let is_well = explain_warnings(self, &result.warnings, files, diagnostics)
                    && explain_numbers(self, &document, files, diagnostics);
                is_well.then_some(document)
            }
            Err(errors) => {
                explain(self, &errors, files, diagnostics);
                None
            }
        }
    }
}

/// J080 for each place in the template.
pub(super) fn explain(engine: &Engine, errors: &[SourceDiagnostic], files: &mut Files, diagnostics: &mut Diagnostics) {
    for error in errors {
        let (span, place) = locate(engine, error, files);
        let mut message =
            format!("体裁「{}」{place}で組版できません。原稿の誤りではありません。", engine.template.name);
        let words = in_japanese(&error.message);
        message.push_str(&format!("（{}）", words.as_deref().unwrap_or(&error.message)));
        let own = words.as_ref().map(|_| format!("組版の表示：{}", error.message));
        let hints: Vec<&str> =
            own.as_deref().into_iter().chain(error.hints.iter().map(|hint| hint.v.as_str())).collect();
        let mut help = engine.template.help().to_string();
        if !hints.is_empty() {
            help.push_str(&format!("\n{}", hints.join("\n")));
        }
        diagnostics.push(Diagnostic::new(Code::J080, span, message).help(help));
    }
}

/// What the typesetter takes lightly and a report cannot: J080 for a face that is not there, whose text would be missing
/// on paper, and J082 where page numbers did not settle. Whether all is well.
pub(super) fn explain_warnings(
    engine: &Engine,
    warnings: &[SourceDiagnostic],
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> bool {
    let mut is_well = true;
    for warning in warnings {
        if let Some(family) = warning.message.strip_prefix("unknown font family: ") {
            let (span, place) = locate(engine, warning, files);
            let message = format!(
                "体裁「{}」{place}の字体「{family}」がありません。原稿の誤りではありません。",
                engine.template.name
            );
            let help = format!(
                "体裁のフォルダーの fonts に字体のファイルを置くか、ある字体の名前に直してください。今あるのは {} です。",
                engine.families().join("・")
            );
            diagnostics.push(Diagnostic::new(Code::J080, span, message).help(help));
            is_well = false;
        }
    }
    let Some(warning) = warnings.iter().find(|warning| warning.message.contains("did not converge")) else {
        return is_well;
    };
    let (span, _) = locate(engine, warning, files);
    diagnostics.push(
        Diagnostic::new(Code::J082, span, "頁番号が決まりません。原稿の誤りではありません。")
            .help("この報告書のフォルダーと、この表示を添えて連絡してください。"),
    );
    false
}

/// J080 for a page that does not show its number. Whether all do.
fn explain_numbers(
    engine: &Engine,
    document: &PagedDocument,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some((page, label)) = page_without_number(document) else { return true };
    let id = files.add(engine.template.path_of("/main.typ"), "");
    let message = format!(
        "体裁「{}」では、{}枚目の頁に頁番号「{label}」が印刷されません。原稿の誤りではありません。",
        engine.template.name,
        page + 1
    );
    let help = format!(
        "main.typ の「set page」の footer に頁番号を書き、下の余白を 10mm 以上にしてください。番号の要らない頁には「set page(numbering: none)」と書きます。\n{}",
        engine.template.help()
    );
    diagnostics.push(Diagnostic::new(Code::J080, Span::whole_file(id), message).help(help));
    false
}

/// The place in the template's file, and its words: ` の main.typ 42行目`.
fn locate(engine: &Engine, error: &SourceDiagnostic, files: &mut Files) -> (Span, String) {
    let found = place_of(engine, error.span)
        .or_else(|| error.trace.iter().find_map(|point| place_of(engine, DiagSpan::from(point.span))));
    let Some((path, text, range)) = found else {
        let id = files.add(engine.template.path_of("/main.typ"), "");
        return (Span::whole_file(id), String::new());
    };
    let id = files.add(engine.template.path_of(path), text);
    let line = files.get(id).position(range.start).line;
    (Span::new(id, range), format!("の {} {line}行目", path.trim_start_matches('/')))
}

fn place_of(engine: &Engine, span: DiagSpan) -> Option<(&'static str, String, std::ops::Range<usize>)> {
    let id = span.id()?;
    let range = engine.range(span)?;
    let source = engine.source(id).ok()?;
    Some((id.get().vpath().get_with_slash(), source.text().to_string(), range))
}
