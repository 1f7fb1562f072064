//! What is wrong with a template's files before anything is set: `template.json` and the encoding of its texts.

use super::built_in::{MANIFEST, Manifest};
use super::template::Template;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Files, Span};
use crate::view::FORMAT;

/// J080 for what a template cannot be set with; whether there was anything.
pub(super) fn refuse(template: &Template, files: &mut Files, diagnostics: &mut Diagnostics) -> bool {
    let broken: Vec<&String> = template
        .files
        .iter()
        .filter(|(path, bytes)| is_text(path) && std::str::from_utf8(bytes).is_err())
        .map(|(path, _)| path)
        .collect();
    for path in &broken {
        let id = files.add(template.path_of(path), "");
        let message = format!(
            "体裁「{}」の {} は UTF-8 で保存されていません。原稿の誤りではありません。",
            template.name,
            path.trim_start_matches('/')
        );
        let help = "このファイルをメモ帳で開き、「名前を付けて保存」で文字コードに「UTF-8」を選んでください。";
        diagnostics.push(Diagnostic::new(Code::J080, Span::whole_file(id), message).help(help));
    }
    let text = template.files.get(MANIFEST).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let fault = text.map(without_mark).and_then(|text| Some((text, fault_of(template, text)?)));
    if let Some((text, (range, message, help))) = fault {
        let id = files.add(template.path_of(MANIFEST), text);
        diagnostics.push(Diagnostic::new(Code::J080, Span::new(id, range), message).help(help));
        return true;
    }
    !broken.is_empty()
}

fn is_text(path: &str) -> bool {
    path.ends_with(".typ") || path == MANIFEST
}

/// Notepad may put a mark before the first letter.
fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}')
}

/// What is wrong with a `template.json`: its place, a message and its help.
fn fault_of(template: &Template, text: &str) -> Option<(std::ops::Range<usize>, String, String)> {
    let name = &template.name;
    match serde_json::from_str::<Manifest>(text) {
        Ok(Manifest { format: Some(format), .. }) if format != FORMAT => {
            let start = text.find("\"format\"").unwrap_or(0);
            let end = text
                .get(start..)
                .and_then(|rest| rest.find(['\n', '\r', ',', '}']))
                .map_or(text.len(), |at| start + at);
            let help = if format < FORMAT {
                format!(
                    "体裁を作った人に、この表示を添えて連絡してください。新しい版の中身は「report template schema」で読めます。\
                     直したら、template.json の \"format\" を {FORMAT} に書き換えます。\
                     それまでは、報告書.jigyo の「体裁：」の行を消すと、備付けの体裁で作れます。"
                )
            } else {
                "新しい report で作ってください。今の report で作るときは、報告書.jigyo の「体裁：」の行を消します。"
                    .to_string()
            };
            let message = format!(
                "体裁「{name}」は版 {format} の中身に合わせて作られていますが、この report が体裁に渡すのは版 {FORMAT} です。原稿の誤りではありません。"
            );
            Some((start..end, message, help))
        }
        Ok(_) => None,
        Err(error) => {
            let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let line = text.get(before..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let message = format!(
                "体裁「{name}」の template.json {}行目が読めません。原稿の誤りではありません。（{error}）",
                error.line()
            );
            let help = format!(
                "{{ \"description\": \"体裁の説明\", \"format\": {FORMAT} }} の形に直してください。このファイルはなくてもかまいません。"
            );
            Some((before..before + line.len(), message, help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Memory;

    fn faults(manifest: &str) -> Vec<String> {
        let disk = Memory::new().with("わが県/main.typ", "#[]").with("わが県/template.json", manifest);
        let template = Template::from_folder("わが県", &disk, "わが県", None).expect("has a main.typ");
        let (mut files, mut diagnostics) = (Files::new(), Diagnostics::new());
        assert_eq!(refuse(&template, &mut files, &mut diagnostics), !diagnostics.is_empty());
        let shown = diagnostics.iter().map(|diagnostic| {
            let file = files.get(diagnostic.primary.span.file);
            format!("{} {:?} {}", file.path(), file.slice(diagnostic.primary.span), diagnostic.message)
        });
        shown.collect()
    }

    #[test]
    fn another_format_is_refused_in_its_own_line() {
        assert_eq!(faults("{}"), Vec::<String>::new());
        assert_eq!(faults(&format!("\u{FEFF}{{\"format\": {FORMAT}}}")), Vec::<String>::new());
        let [old] = &faults("{\r\n  \"description\": \"あ\",\r\n  \"format\": 1\r\n}\r\n")[..] else {
            panic!("one fault")
        };
        assert!(old.starts_with("わが県/template.json \"\\\"format\\\": 1\" 体裁「わが県」は版 1 の中身"), "{old}");
        assert!(faults("{\"format\": 999}")[0].contains("版 999"));
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_named_with_its_line() {
        let [fault] = &faults("{\n  \"format\": 三\n}\n")[..] else { panic!("one fault") };
        assert!(fault.starts_with("わが県/template.json \"  \\\"format\\\": 三\" "), "{fault}");
        assert!(fault.contains("template.json 2行目が読めません"), "{fault}");
        assert_eq!(faults("").len(), 1);
        assert_eq!(faults("[]").len(), 1);
    }
}
