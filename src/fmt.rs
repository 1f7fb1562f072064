//! A file in its one canonical form: `Ast` to text.
//!
//! Never changes what a file means: memos, unknown headings and lines that could not be read stay as they stand, and
//! a file whose kind is not known stays whole, and so does a 【様式】. Formatting twice is formatting once.

use std::collections::BTreeSet;

use crate::source::{SourceFile, Span};
use crate::syntax::chars::{is_blank, is_circle, is_colon, is_soft_break, without_blanks};
use crate::syntax::{Ast, FieldName, FileKind, Line, LineKind, Section, SectionKind, Shape, deeper_lines};

/// Another word of the language itself, for 担当.
const OLD_DEPARTMENT: &str = "担当課";
/// A label and the two years.
const USUAL_CELLS: usize = 3;

/// The canonical text, with the line ends that the file has.
pub fn format(file: &SourceFile, ast: &Ast) -> String {
    if ast.refused || matches!(ast.kind, None | Some(FileKind::Form)) {
        return file.text().to_string();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in &ast.before {
        lines.push(file.slice(line.span).to_string());
    }
    for section in &ast.sections {
        drop_blank_end(&mut lines);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format_heading(file, section));
        let inline = usize::from(keeps_rest(file, section));
        // A level that the page does not have stays to be seen, since it is reported (J057).
        let deeper: BTreeSet<Span> = deeper_lines(file, section)
            .iter()
            .filter(|deeper| deeper.is_indented)
            .map(|deeper| deeper.line.span)
            .collect();
        for line in section.lines.iter().skip(inline) {
            let start = lines.len();
            format_line(file, section, line, &mut lines);
            if let Some(first) = lines.get_mut(start).filter(|_| deeper.contains(&line.span)) {
                first.insert(0, '　');
            }
        }
    }
    drop_blank_end(&mut lines);
    let line_end = file.line_end();
    let mut text = lines.join(line_end);
    text.push_str(line_end);
    text
}

fn drop_blank_end(lines: &mut Vec<String>) {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
}

fn format_heading(file: &SourceFile, section: &Section) -> String {
    let Some(kind) = section.kind.filter(|_| section.exact || !section.quiet) else {
        // A heading with a fault stays to the letter, with what follows it in its line.
        let inline = section.lines.first().filter(|_| keeps_rest(file, section));
        let end = inline.map_or(section.rest.end.max(section.heading.end), |line| line.span.end);
        return file.slice(Span { end, ..section.heading }).to_string();
    };
    let rest = match section.lines.first() {
        Some(first) if keeps_rest(file, section) => first.span,
        _ => section.rest,
    };
    format!("【{}】{}", typed_name(file, section, kind), file.slice(rest))
}

/// The name of a section, or another word of the form for it, as typed.
fn typed_name(file: &SourceFile, section: &Section, kind: SectionKind) -> String {
    let inside = file.slice(section.heading).strip_prefix('【').and_then(|rest| rest.strip_suffix('】'));
    match inside.filter(|_| !section.quiet) {
        Some(inside) => without_blanks(inside),
        None => kind.name().to_string(),
    }
}

/// A field's name, or another word of the form for it, as typed.
fn typed_field(file: &SourceFile, line: &Line, name: FieldName, value: Span) -> String {
    let before = file.slice(Span { end: value.start, ..line.span });
    let typed = without_blanks(before.trim_end_matches(is_blank).trim_end_matches(is_colon));
    if typed.is_empty() || typed == OLD_DEPARTMENT { name.name().to_string() } else { typed }
}

/// 【事業概要】【事業実績】文: on a line of its own the rest would be a heading. After a heading with a fault it stays too.
fn keeps_rest(file: &SourceFile, section: &Section) -> bool {
    section.lines.first().is_some_and(|line| {
        let same_line = file.line_index(line.span.start) == file.line_index(section.heading.start);
        let is_faulty = section.quiet && !section.exact;
        // A choice stands where it was typed, in the line of its heading or below it.
        let is_choice = section.kind.is_some_and(|kind| kind.spec().shape == Shape::Choice);
        same_line && (is_faulty || is_choice || file.slice(line.span).starts_with('【'))
    })
}

fn format_line(file: &SourceFile, section: &Section, line: &Line, lines: &mut Vec<String>) {
    let text = |span: Span| file.slice(span);
    let is_kept = matches!(section.kind, None | Some(SectionKind::Memo));
    let formatted = match &line.kind {
        LineKind::Unread | LineKind::Misread { .. } => text(line.span).to_string(),
        LineKind::Blank if is_kept => text(line.span).to_string(),
        LineKind::Blank => return,
        LineKind::Field { name, value } => {
            format!("{}：{}", typed_field(file, line, *name, *value), text(*value))
        }
        LineKind::Paragraph => guard(text(line.span).to_string()),
        LineKind::Subheading { text: body } => format!("○{}{}", kept_blank(file, line, *body), text(*body)),
        LineKind::Item { number, text: body } => format!("（{}）{}", full_width(*number), text(*body)),
        LineKind::Bullet { text: body } => format!("・{}", text(*body)),
        LineKind::Note { text: body } => format!("※{}", text(*body)),
        LineKind::Label { child, text: body } => guard(format!("{}{}", child_mark(*child), text(*body))),
        LineKind::Name { relisted: true, name } if name.is_empty() => "再掲".to_string(),
        LineKind::Name { relisted: true, name } => format!("再掲　{}", text(*name)),
        LineKind::Name { relisted: false, name } => guard(text(*name).to_string()),
        LineKind::Continuation { cells } if !may_part(file, section, line, cells) => {
            format!("＋{}", in_one_line(file, cells))
        }
        LineKind::Continuation { cells } => {
            format_cells("＋", file, cells, lines);
            return;
        }
        LineKind::Row { child, cells } if !may_part(file, section, line, cells) => {
            format!("{}{}", child_mark(*child), in_one_line(file, cells))
        }
        LineKind::Row { child, cells } => {
            format_cells(child_mark(*child), file, cells, lines);
            return;
        }
    };
    lines.push(formatted);
}

/// ○　○印の店: without the blank ○○ would be a place left open.
fn kept_blank(file: &SourceFile, line: &Line, body: Span) -> &'static str {
    let is_parted = file.slice(Span { end: body.start, ..line.span }).ends_with(is_blank);
    let begins_mark =
        |c: char| is_circle(c) || matches!(c, '●' | '月' | '日' | '名' | '人' | '件' | '回' | '社' | '校' | '円');
    if is_parted && file.slice(body).starts_with(begins_mark) { "　" } else { "" }
}

/// Whether what Word broke inside the cells may become lines of ＋. The first row may be a head; a cell too many would be
/// one in each line; ↑ with a line under it is a fault of one line, and a quotation mark may open one. These stay.
fn may_part(file: &SourceFile, section: &Section, line: &Line, cells: &[Span]) -> bool {
    if cells.iter().all(|cell| !file.slice(*cell).contains(is_soft_break)) {
        return true;
    }
    let Some(first) = section.lines.iter().find(|line| matches!(line.kind, LineKind::Row { .. })) else { return false };
    let LineKind::Row { cells: columns, .. } = &first.kind else { return false };
    // A cell whose first line is blank or 未記入 alone would be one to fill in.
    let is_open = |cell: &str| {
        cell.split_once(is_soft_break).is_some_and(|(line, _)| matches!(line.trim_matches(is_blank), "" | "未記入"))
    };
    let holds_mark = cells.iter().map(|cell| file.slice(*cell)).any(|cell| cell.contains(['↑', '"']) || is_open(cell));
    // A ＋ below no row, or below a head, is a fault of one line too.
    let owner = section
        .lines
        .iter()
        .rev()
        .filter(|other| other.span.start <= line.span.start)
        .find(|other| !matches!(other.kind, LineKind::Blank | LineKind::Continuation { .. }));
    // A head that is blank is no column.
    let named = 1 + columns.iter().skip(1).filter(|column| !column.is_empty()).count();
    // Below a row that cannot be read a draft shows the lines as they stand.
    let is_read = |owner: &Line| matches!(&owner.kind, LineKind::Row { cells, .. } if cells.len() == named && !cells.iter().any(|cell| cell.is_empty()));
    let is_of_row = owner.is_some_and(|owner| owner != first && is_read(owner));
    is_of_row && !holds_mark && cells.len() <= named.min(USUAL_CELLS)
}

fn in_one_line(file: &SourceFile, cells: &[Span]) -> String {
    cells.iter().map(|cell| file.slice(*cell)).collect::<Vec<_>>().join("｜")
}

/// Cells with ｜ between them; what Word or Excel broke inside a cell goes to ＋ rows.
fn format_cells(mark: &str, file: &SourceFile, cells: &[Span], lines: &mut Vec<String>) {
    let parts: Vec<Vec<&str>> = cells.iter().map(|cell| file.slice(*cell).split(is_soft_break).collect()).collect();
    let height = parts.iter().map(Vec::len).max().unwrap_or(1);
    for index in 0..height {
        let row: Vec<&str> =
            parts.iter().map(|cell| cell.get(index).map_or("", |part| part.trim_matches(is_blank))).collect();
        lines.push(format!("{}{}", if index == 0 { mark } else { "＋" }, row.join("｜")));
    }
}

fn child_mark(child: bool) -> &'static str {
    if child { "　・" } else { "" }
}

/// A line that begins with 【…】 is text only after a blank.
fn guard(line: String) -> String {
    if line.starts_with('【') { format!("　{line}") } else { line }
}

fn full_width(number: u8) -> String {
    number.to_string().chars().filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::source::Files;
    use crate::syntax::parse;

    fn formatted(text: &str) -> String {
        let mut files = Files::new();
        let id = files.add("a.jigyo", text);
        let ast = parse(files.get(id), &crate::syntax::Vocabulary::standard(), &mut Diagnostics::new());
        format(files.get(id), &ast)
    }

    #[test]
    fn one_form_whatever_was_typed() {
        let typed = "【 事業 】訓練校事業 \r\n担当課: 監理課  建設業振興グループ\r\n事 業 費 ：178\r\n【事業概要】　本文\u{b}続き\r\n\r\n  　【注】本文\r\n【事業実績】\r\n(1) あ\r\n+ い\r\n･う\r\n【指標】表\r\n\t・回数\t6回\t7回\r\n名|1名│2名 \r\n･回数\t6回\t7回\r\n";
        let once = "【事業】訓練校事業\r\n担当：監理課  建設業振興グループ\r\n事業費：178\r\n\r\n【事業概要】\r\n本文\r\n＋続き\r\n　【注】本文\r\n\r\n【事業実績】\r\n（１）あ\r\n＋い\r\n・う\r\n\r\n【指標】表\r\n｜・回数｜6回｜7回\r\n名｜1名｜2名\r\n　・回数｜6回｜7回\r\n";
        assert_eq!(formatted(typed), once);
        assert_eq!(formatted(once), once);
    }

    #[test]
    fn what_is_not_known_stays() {
        let text = "【事業】あ\n事業比：  1\nただの 文\n\n【メモ】控え\n　・ x|y\n\n\tz\n\n【なに これ】\n(1) あ\n\n【事業慨要】\n（１）い\n";
        assert_eq!(formatted(text), text);
        assert_eq!(formatted("題\n【概要】\n(1)"), "題\n【概要】\n(1)");
    }
}
