//! J002, J026, J047 and J081: characters that cannot be printed or seen, or are taken for others, in every line that is printed.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_bar, is_blank, is_bullet, is_invisible, is_selector, is_soft_break};
use crate::syntax::look_alikes::{foreign_letters, plain_of};
use crate::syntax::{Ast, LineKind, SectionKind};

/// What to type for characters that offices meet and the faces lack.
const INSTEAD: &[(char, &str)] = &[
    ('𠮷', "吉"),
    ('✔', "○"),
    ('✓', "○"),
    ('✕', "×"),
    ('✖', "×"),
    ('►', "▶"),
    ('➢', "・"),
    ('➀', "①"),
    ('➁', "②"),
    ('➂', "③"),
    ('‧', "・"),
    ('︱', "｜"),
    ('︳', "｜"),
    ('❘', "｜"),
    ('❙', "｜"),
    ('∣', "｜"),
    ('┆', "｜"),
    ('┊', "｜"),
];

/// So many look-alikes of a line are named one by one.
const MOST_NAMED: usize = 5;

/// Which faces have a character.
pub struct Faces<'a> {
    /// Any face that the report is set with.
    pub has_glyph: &'a dyn Fn(char) -> bool,
    /// The embedded ones, which are those that office PCs come with.
    pub is_embedded: &'a dyn Fn(char) -> bool,
}

pub(super) fn check(file: &SourceFile, ast: &Ast, faces: &Faces<'_>, diagnostics: &mut Diagnostics) {
    for section in &ast.sections {
        let printed = section.kind.is_some_and(|kind| kind != SectionKind::Memo);
        if !printed {
            continue;
        }
        check_text(file, section.rest, faces, diagnostics);
        for line in &section.lines {
            if !matches!(line.kind, LineKind::Blank) {
                check_text(file, line.span, faces, diagnostics);
            }
        }
    }
}

fn check_text(file: &SourceFile, span: Span, faces: &Faces<'_>, diagnostics: &mut Diagnostics) {
    let text = file.slice(span);
    let mut taken: Vec<char> = Vec::new();
    if !text.is_ascii() {
        let found = look_alikes(text);
        taken.extend(found.iter().map(|(_, c, _)| *c));
        if let Some(diagnostic) = taken_for_others(span, text, &found, faces) {
            diagnostics.push(diagnostic);
        }
    }
    // A line of a cell, counted from the cell's first, with what was reported there.
    let mut said: Vec<(usize, char)> = Vec::new();
    let (mut cell_line, mut is_begun) = (0, false);
    let mut before: Option<char> = None;
    for (offset, c) in text.char_indices() {
        if is_bar(c) {
            (cell_line, is_begun) = (0, false);
        } else if is_soft_break(c) {
            cell_line += usize::from(is_begun);
            is_begun = false;
        } else {
            is_begun |= !is_blank(c);
        }
        let start = span.start + offset;
        let place = Span { start, end: start + c.len_utf8(), ..span };
        if offset == 0 && is_bullet(c) {
            // The mark of a bullet is printed as ・, whichever was typed.
        } else if c == '?' || c == '？' {
            let after = text.get(offset + c.len_utf8()..).and_then(|rest| rest.chars().next());
            if c == '?' && before.is_some_and(is_kanji) && after.is_some_and(is_kanji) {
                diagnostics.push(between_kanji(place));
            }
        } else if !is_ordinary(c)
            && !said.contains(&(cell_line, c))
            && !taken.contains(&c)
            && let Some(mut diagnostic) = judge(c, place, faces)
        {
            said.push((cell_line, c));
            mend_to_the_break(&mut diagnostic, file, Span { end: span.end, ..place }, c);
            diagnostics.push(diagnostic);
        }
        before = Some(c);
    }
}

fn between_kanji(place: Span) -> Diagnostic {
    Diagnostic::new(Code::J002, place, "漢字の間に「?」があります。文字が化けていませんか。")
        .help("元の文字を入れ直してください。")
        .severity(Severity::Warning)
}

/// Said once a line of a cell, fixed wherever it stands in it. `rest`: the text from the character on.
fn mend_to_the_break(diagnostic: &mut Diagnostic, file: &SourceFile, rest: Span, c: char) {
    let Some(fix) = &mut diagnostic.fix else { return };
    let part = file.slice(rest).split(is_soft_break).next().unwrap_or("");
    let end = rest.start + part.rfind(c).unwrap_or(0) + c.len_utf8();
    fix.span = Span { end, ..rest };
    fix.replacement = file.slice(fix.span).replace(c, &fix.replacement);
}

/// What looks like another character, with its place and the plain one.
fn look_alikes(text: &str) -> Vec<(usize, char, String)> {
    let plain = text.char_indices().filter_map(|(at, c)| Some((at, c, plain_of(c)?)));
    let letters = foreign_letters(text).into_iter().map(|(at, c, latin)| (at, c, latin.to_string()));
    let mut found: Vec<_> = plain.chain(letters).collect();
    found.sort_by_key(|(at, ..)| *at);
    found
}

/// One message for all of a line, since they come together, with a fix of them all: J081 where one of them cannot be printed.
fn taken_for_others(span: Span, text: &str, found: &[(usize, char, String)], faces: &Faces<'_>) -> Option<Diagnostic> {
    let ((first, ..), (last, end, _)) = (found.first()?, found.last()?);
    let is_printed = found.iter().all(|(_, c, _)| (faces.has_glyph)(*c));
    let mut names: Vec<String> = Vec::new();
    for (_, c, plain) in found {
        let name = format!("「{c}」（{}、番号 {:04X}）は「{plain}」", kind_of(*c), u32::from(*c));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if names.len() > MOST_NAMED { format!("など{}字", names.len()) } else { String::new() };
    names.truncate(MOST_NAMED);
    let stretch = *first..last + end.len_utf8();
    let mut mended = text.get(stretch.clone())?.to_string();
    for (at, c, plain) in found.iter().rev() {
        let at = at - first;
        mended.replace_range(at..at + c.len_utf8(), plain);
    }
    let place = Span { start: span.start + stretch.start, end: span.start + stretch.end, ..span };
    let message = format!("形のよく似た別の文字です：{}{more}の誤りではありませんか。", names.join("、"));
    let code = if is_printed { Code::J026 } else { Code::J081 };
    let help = format!("「{mended}」と打ち直してください。PDF から写した文には、このような文字がまじります。");
    Some(Diagnostic::new(code, place, message).help(help).fix(place, mended))
}

/// What a character is, for somebody who sees only the other one in it.
fn kind_of(c: char) -> &'static str {
    match c {
        '\u{2E80}'..='\u{2FDF}' => "部首の記号",
        '\u{370}'..='\u{3FF}' => "ギリシャ文字",
        '\u{400}'..='\u{4FF}' => "ロシア文字",
        '\u{FB00}'..='\u{FB06}' => "英字をつないだ字",
        '\u{FE10}'..='\u{FE44}' => "縦書き用の記号",
        _ => "別の記号",
    }
}

/// ASCII, kana and the kanji of everyday: what the built-in faces have for certain is not looked up.
fn is_ordinary(c: char) -> bool {
    matches!(c, ' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '、' | '。' | '（' | '）' | '「' | '」' | '｜' | '\u{3000}')
}

fn judge(c: char, place: Span, faces: &Faces<'_>) -> Option<Diagnostic> {
    match c {
        '\u{F0B7}' | '\u{F0A7}' => Some(private(c, place, "・").fix(place, "・")),
        '\u{F06C}' => Some(private(c, place, "●").fix(place, "●")),
        '\u{F06E}' => Some(private(c, place, "■").fix(place, "■")),
        // An arrow and a tick: they may say more than that a line is one of several.
        '\u{F0D8}' | '\u{F0FC}' => Some(private(c, place, "・").proposal(place, "・")),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}' => Some(
            Diagnostic::new(
                Code::J002,
                place,
                format!("この職場だけで登録した外字（番号 {:04X}）は、ほかでは表示できません。", c as u32),
            )
            .help("元の文字（例：﨑、—）を入れ直してください。"),
        ),
        '\u{FFFD}' => Some(
            Diagnostic::new(Code::J002, place, "表示できない文字があります。")
                .help("元の文字（例：﨑、—）を入れ直してください。"),
        ),
        c if is_blank(c) || matches!(c, '\u{B}' | '\u{2028}') || is_invisible(c) || is_selector(c) => None,
        c if c.is_control() => Some(
            Diagnostic::new(Code::J002, place, "目に見えない文字があります。")
                .help("この行を消し、同じ文を打ち直してください。"),
        ),
        c if (faces.is_embedded)(c) => None,
        c if (faces.has_glyph)(c) => Some(
            Diagnostic::new(Code::J047, place, format!("「{c}」は職員端末で表示されないことがあります。"))
                .help("人名や地名でなければ、ふつうの字に替えてください。印刷はこのままできます。"),
        ),
        c => {
            let instead = INSTEAD.iter().find(|(other, _)| *other == c).map(|(_, instead)| *instead);
            let message = match instead {
                Some(instead) => format!("「{c}」は印刷できる字体がありません。「{instead}」に替えてください。"),
                None => format!("「{c}」は印刷できる字体がありません。別の文字に替えてください。"),
            };
            Some(
                Diagnostic::new(Code::J081, place, message)
                    .help("替えられない人名などの字は、その字のある字体のファイル（.ttf）を、報告書のフォルダーの fonts に置いてください。"),
            )
        }
    }
}

fn private(c: char, place: Span, mark: &str) -> Diagnostic {
    Diagnostic::new(
        Code::J002,
        place,
        format!("Word の記号（番号 {:04X}）は表示できません。「{mark}」と打ち直してください。", c as u32),
    )
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn found(text: &str) -> Vec<String> {
        let mut files = Files::new();
        let id = files.add("a.jigyo", text);
        let mut diagnostics = Diagnostics::new();
        let ast = crate::syntax::parse(files.get(id), &crate::syntax::Vocabulary::standard(), &mut diagnostics);
        let faces = Faces { has_glyph: &|c| c != '𠮷', is_embedded: &|c| !matches!(c, '𠮷' | '𩸽') };
        check(files.get(id), &ast, &faces, &mut diagnostics);
        let place = |d: &Diagnostic| files.get(id).position(d.primary.span.start);
        diagnostics
            .iter()
            .map(|d| format!("{} {} {}:{}", d.code, d.severity.label(), place(d).line, place(d).column))
            .collect()
    }

    #[test]
    fn characters_without_a_form_are_found_once_a_line() {
        let text = "【事業】𠮷田\n担当：\u{E000}課\n【事業概要】\u{F0B7}あ\n損?害はなかったか?\n【メモ】\n𠮷\u{FFFD}\n";
        assert_eq!(found(text), ["J081 エラー 1:5", "J002 エラー 2:4", "J002 エラー 3:7", "J002 注意 4:2"]);
    }

    #[test]
    fn characters_of_the_reports_own_fonts_are_pointed_out() {
        assert_eq!(found("【事業】𩸽と𩸽\n"), ["J047 参考 1:5"]);
    }

    #[test]
    fn look_alikes_of_a_line_are_one_message_and_one_mend() {
        let mut files = Files::new();
        let id = files.add("a.jigyo", "【事業】⾒学\n担当：課\n【事業概要】⼩学⽣が⼩さな港へ\n");
        let mut diagnostics = Diagnostics::new();
        let ast = crate::syntax::parse(files.get(id), &crate::syntax::Vocabulary::standard(), &mut diagnostics);
        let faces = Faces { has_glyph: &|c| c != '⽣', is_embedded: &|c| c != '⽣' };
        check(files.get(id), &ast, &faces, &mut diagnostics);
        let shown: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code.name(), files.slice(d.primary.span), d.fix.as_ref().map(|fix| fix.replacement.as_str())))
            .collect();
        assert_eq!(shown, [("J026", "⾒", Some("見")), ("J081", "⼩学⽣が⼩", Some("小学生が小"))]);
        assert!(diagnostics.iter().all(|d| d.fix.as_ref().is_some_and(|fix| fix.certain)));
    }

    #[test]
    fn what_cannot_be_seen_is_no_fault() {
        assert_eq!(found("【事業】葛\u{E0100}\u{200B}①㈱—\u{FA46}"), Vec::<String>::new());
    }
}
