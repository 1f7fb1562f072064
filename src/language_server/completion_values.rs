//! What may stand behind a field, in a cell of a table, and in a line of 【構成】.

use std::ops::Range;

use super::names::{Named, NamedLine, named, named_lines, program_of};
use super::offer::{CHOICE, FILE, KEYWORD, Offer, REFERENCE, UNIT, VALUE};
use super::row::{cell_at, units_above};
use super::sight::Sight;
use crate::diagnostic::Code;
use crate::form::BUILT_IN;
use crate::model::{BlockKind, Part, Unit};
use crate::pipeline::{Checked, program_basis};
use crate::program_form::{Body, Grid, ProgramForm, program_form};
use crate::syntax::chars::{is_blank, is_colon, is_digit, parse_item_number, unified};
use crate::syntax::{FieldName, FileKind, SectionRole, Shape};
use crate::typeset::built_in;

/// What may stand behind the colon of a field.
pub(super) fn values(sight: &Sight<'_>, byte: usize, colon: usize) -> Vec<Offer> {
    let line = sight.line_of(byte);
    let typed = sight.text(colon..byte).trim_start_matches(is_colon);
    let start = byte - typed.trim_start_matches(is_blank).len();
    let Some(name) = sight.vocabulary.field(&unified(sight.text(line.start..colon)), sight.kind()) else {
        return Vec::new();
    };
    let stretch = start..line.end.max(byte);
    let offers = of_form(sight, name, &stretch);
    if offers.is_empty() { of_language(sight, name, typed, &stretch, byte) } else { offers }
}

/// The values that the language itself knows of.
fn of_language(sight: &Sight<'_>, name: FieldName, typed: &str, stretch: &Range<usize>, byte: usize) -> Vec<Offer> {
    let plain = |label: &str| Offer::new(label, CHOICE, stretch.clone());
    match name {
        FieldName::Unit => Unit::ALL.iter().map(|unit| plain(unit.name())).collect(),
        FieldName::Template => built_in().iter().map(|template| plain(&template.name)).collect(),
        FieldName::Form => BUILT_IN.iter().map(|form| plain(form.name).saying(form.description)).collect(),
        FieldName::FrontMatter | FieldName::BackMatter => {
            // Several, parted by 、: the one under the cursor
            let last = typed.rfind('、').map_or(stretch.start, |at| byte - typed.len() + at + '、'.len_utf8());
            Part::ALL.iter().map(|part| Offer::new(part.name(), CHOICE, last..byte)).collect()
        }
        FieldName::Acknowledged => codes("　", code_stretch(sight, stretch, byte, is_blank)),
        FieldName::Rules => codes("=", code_stretch(sight, stretch, byte, |c| matches!(c, '=' | '＝'))),
        FieldName::Ledger | FieldName::Words | FieldName::Organization => {
            let names = sight.files.as_ref().map(|files| files.report.list("")).unwrap_or_default();
            let tables = names.iter().filter(|name| name.to_lowercase().ends_with(".csv"));
            tables.map(|name| Offer::new(name.as_str(), FILE, stretch.clone())).collect()
        }
        FieldName::FiscalYear
        | FieldName::Publisher
        | FieldName::IssueDate
        | FieldName::Deadline
        | FieldName::FirstPage
        | FieldName::LastYear
        | FieldName::Licence
        | FieldName::ChapterNumber
        | FieldName::Amount
        | FieldName::Category
        | FieldName::Department
        | FieldName::OutsideTotal
        | FieldName::FormerName
        | FieldName::Reading
        | FieldName::Chart
        | FieldName::Custom(_) => Vec::new(),
    }
}

/// The whole code under the cursor, with the sign that stands behind it already.
fn code_stretch(sight: &Sight<'_>, value: &Range<usize>, byte: usize, ends: fn(char) -> bool) -> Range<usize> {
    let rest = sight.text(byte..value.end);
    let is_of_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９');
    let behind = rest.trim_start_matches(is_of_code);
    let sign = behind.chars().next().filter(|c| ends(*c)).map_or(0, char::len_utf8);
    value.start..byte + (rest.len() - behind.len()) + sign
}

/// The numbers of all messages, and what stands behind one.
fn codes(behind: &str, stretch: Range<usize>) -> Vec<Offer> {
    let offer = |code: &Code| {
        Offer::new(code.name(), VALUE, stretch.clone()).typing(format!("{code}{behind}")).saying(code.title())
    };
    Code::ALL.iter().map(offer).collect()
}

/// The form of a program, as the live page shows it: it knows choices, departments and last year's labels.
fn form(sight: &Sight<'_>) -> Option<ProgramForm> {
    if sight.kind() != FileKind::Program {
        return None;
    }
    let basis = sight.state.map(|state| program_basis(&state.checked, sight.relative())).unwrap_or_default();
    program_form(sight.relative(), sight.source.text(), &basis)
}

fn of_form(sight: &Sight<'_>, name: FieldName, stretch: &Range<usize>) -> Vec<Offer> {
    let Some(form) = form(sight) else { return Vec::new() };
    let word = sight.form().typed_word(name);
    let Some(entry) = form.fields.into_iter().find(|entry| entry.name == word) else { return Vec::new() };
    let standard = entry.standard;
    let choices = entry.choices.into_iter().map(|choice| {
        let detail = if standard.as_ref() == Some(&choice) { "書かないときはこれ" } else { "" };
        Offer::new(choice, CHOICE, stretch.clone()).saying(detail)
    });
    let suggestions = entry.suggestions.into_iter().map(|word| Offer::new(word, VALUE, stretch.clone()));
    choices.chain(suggestions).collect()
}

/// What may stand in a cell, or in the first line of a choice.
pub(super) fn cells(sight: &Sight<'_>, byte: usize, shape: Option<Shape>) -> Vec<Offer> {
    let Some(section) = sight.section_at(byte) else { return Vec::new() };
    let place = cell_at(sight, byte);
    let entry = form(sight).and_then(|form| {
        let kind = section.kind?;
        let ordinal = sight.ast.sections_of(kind).position(|own| own.heading == section.heading)?;
        form.sections.into_iter().find(|entry| entry.key == format!("{}#{ordinal}", kind.name()))
    });
    let offer = |label: &str, kind| Offer::new(label, kind, place.cell.clone());
    match entry.map(|entry| entry.body) {
        Some(Body::Choice { choices, .. }) => choices.iter().map(|choice| offer(choice, CHOICE)).collect(),
        Some(Body::Grades { rows, .. }) if place.column == 0 => {
            rows.iter().map(|row| offer(&row.name, VALUE).typing(format!("{}｜", row.name))).collect()
        }
        Some(Body::Grades { rows, .. }) if place.column == 1 => {
            let label = sight.line_at(byte).and_then(|(_, line)| line.label()).map_or("", |label| sight.slice(label));
            let own = rows.iter().find(|row| crate::form::is_alike(&row.name, label));
            own.iter().flat_map(|row| &row.choices).map(|choice| offer(choice, CHOICE)).collect()
        }
        Some(Body::Photos { .. }) if place.column == 0 => pictures(sight, &place.cell),
        Some(Body::Table { grid, .. }) if place.column == 0 => {
            let mut offers = items(sight, byte, &place.cell);
            offers.extend(labels(&grid).into_iter().map(|label| offer(label, VALUE)));
            offers
        }
        Some(Body::Table { .. }) => figures(sight, byte, &place.cell, &place.typed, place.column),
        None if shape == Some(Shape::Table) && place.column > 0 => {
            figures(sight, byte, &place.cell, &place.typed, place.column)
        }
        Some(
            Body::Prose { .. }
            | Body::Grades { .. }
            | Body::Photos { .. }
            | Body::Case { .. }
            | Body::Memo { .. }
            | Body::Unknown { .. },
        )
        | None => Vec::new(),
    }
}

/// Last year's labels and those of the form that nobody typed yet.
fn labels(grid: &Grid) -> Vec<&str> {
    let open = grid.rows.iter().filter(|row| row.start == row.end).map(|row| row.label.as_str());
    let mut found: Vec<&str> = Vec::new();
    for label in grid.labels.iter().map(String::as_str).chain(open) {
        if !label.is_empty() && !found.contains(&label) {
            found.push(label);
        }
    }
    found
}

/// The number that stands there with the units of the column above; in an empty cell what stands there instead of a number.
fn figures(sight: &Sight<'_>, byte: usize, cell: &Range<usize>, typed: &str, column: usize) -> Vec<Offer> {
    let Some(section) = sight.section_at(byte) else { return Vec::new() };
    let units = units_above(sight, section, byte, column);
    let number = typed.trim_end_matches(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c));
    let offer = |text: String, kind, detail: &str| Offer::new(text, kind, cell.clone()).saying(detail);
    if typed.is_empty() {
        let words = [("↑", "上の欄と同じ枠"), ("—", "実績の対象でない"), ("中止", "予定していて、行わなかった")];
        let units = units.into_iter().map(|unit| offer(unit, UNIT, "上の行の単位"));
        return units.chain(words.map(|(word, says)| offer(word.to_string(), VALUE, says))).collect();
    }
    if number.is_empty() {
        return Vec::new();
    }
    units.into_iter().map(|unit| offer(format!("{number}{unit}"), UNIT, "上の行の単位").of_typed()).collect()
}

/// `(4)` in front of a label names an item of 【事業実績】. Only a number that stands there makes room for another one.
fn items(sight: &Sight<'_>, byte: usize, cell: &Range<usize>) -> Vec<Offer> {
    let own = sight.text(cell.clone());
    let stretch = cell.start..cell.start + number_begun(own);
    if !(stretch.start..=stretch.end).contains(&byte) {
        return Vec::new();
    }
    let typed = sight.text(stretch.start..byte);
    let program = sight
        .state
        .filter(|_| sight.is_of_report())
        .and_then(|state| program_of(&state.checked.report, sight.source.id()));
    let results = program.and_then(|program| program.prose_as(SectionRole::Results));
    let blocks = results.iter().flat_map(|prose| &prose.blocks);
    let numbered = blocks.filter_map(|block| match block.kind {
        BlockKind::Item(number) => Some((number, block.lines.first().map_or("", |line| line.value.as_str()))),
        BlockKind::Paragraph | BlockKind::Hanging(_) | BlockKind::Subheading | BlockKind::Bullet | BlockKind::Note => {
            None
        }
    });
    let offer = |(number, text): (u8, &str)| {
        let offer = Offer::new(format!("({number})"), REFERENCE, stretch.clone()).saying(text).of_typed();
        offer.found_by(in_width_of(typed, number))
    };
    numbered.map(offer).collect()
}

/// How much of a text is the number of an item, whole or begun.
fn number_begun(text: &str) -> usize {
    if let Ok((rest, _)) = parse_item_number(text) {
        return text.len() - rest.len();
    }
    let Some(inside) = text.strip_prefix(['(', '（']) else { return 0 };
    let digits = inside.trim_start_matches(is_digit);
    text.len() - digits.strip_prefix([')', '）']).unwrap_or(digits).len()
}

/// A number in the width in which it was begun.
fn in_width_of(typed: &str, number: u8) -> String {
    let digits = number.to_string();
    let is_wide = typed.chars().any(|c| ('０'..='９').contains(&c));
    let wide = |c: char| char::from_u32(c as u32 + ('０' as u32 - '0' as u32)).unwrap_or(c);
    let digits = if is_wide { digits.chars().map(wide).collect() } else { digits };
    if typed.starts_with('（') { format!("（{digits}）") } else { format!("({digits})") }
}

fn pictures(sight: &Sight<'_>, cell: &Range<usize>) -> Vec<Offer> {
    let Some(files) = &sight.files else { return Vec::new() };
    let is_picture = |name: &&String| {
        let name = name.to_lowercase();
        [".jpg", ".jpeg", ".png"].iter().any(|ending| name.ends_with(ending))
    };
    let names = files.report.list(sight.source.folder());
    names.iter().filter(is_picture).map(|name| Offer::new(name.as_str(), FILE, cell.clone())).collect()
}

/// The names that a line of 【構成】 may hold: those of no line yet, and behind 再掲 those of other chapters.
pub(super) fn composition(sight: &Sight<'_>, byte: usize) -> Vec<Offer> {
    let Some(state) = sight.state else { return Vec::new() };
    let line = sight.line_of(byte);
    let text = sight.text(line.start..byte);
    let bare = text.trim_start_matches(is_blank);
    let relisted = bare.strip_prefix("再掲").filter(|rest| rest.starts_with(|c| is_blank(c) || is_colon(c)));
    let typed = relisted.map_or(bare, |rest| rest.trim_start_matches(|c| is_blank(c) || is_colon(c)));
    let stretch = byte - typed.len()..line.end.max(byte);
    let Checked { report, files, .. } = &state.checked;
    let folder = sight.source.folder();
    let is_own = |file| files.get(file).folder() == folder;
    if relisted.is_some() {
        let others = report.all_programs().filter(|program| !is_own(program.file));
        return others.map(|program| program_offer(program, &stretch)).collect();
    }
    let taken = named_in(sight, &state.checked, &line);
    let mut offers: Vec<Offer> = Vec::new();
    if sight.kind() == FileKind::Chapter {
        let own = report.all_programs().filter(|program| is_own(program.file) && !taken.contains(&program.id));
        offers.extend(own.map(|program| program_offer(program, &stretch)));
        let again = Offer::new("再掲", KEYWORD, stretch.clone()).typing("再掲　");
        offers.push(again.saying("ほかの章の事業を、一覧にだけ載せる"));
    }
    let chapters = report.chapters.iter().filter(|chapter| !taken.contains(&chapter.folder));
    offers.extend(chapters.filter_map(|chapter| {
        let all = chapter.folder.as_str();
        let inside = if folder.is_empty() { Some(all) } else { all.strip_prefix(folder)?.strip_prefix('/') };
        let title = chapter.head.title.as_ref().map_or("", |title| title.value.as_str());
        Some(Offer::new(inside.filter(|inside| !inside.is_empty())?, FILE, stretch.clone()).saying(title))
    }));
    offers
}

/// What the other lines of this file name: IDs of programs and folders of chapters.
fn named_in(sight: &Sight<'_>, checked: &Checked, line: &Range<usize>) -> Vec<String> {
    let is_other = |own: &NamedLine| own.line.file == sight.source.id() && !line.contains(&own.line.start);
    let lines = named_lines(checked).into_iter().filter(is_other).filter(|own| !own.is_relisted);
    let names = lines.filter_map(|own| match named(checked, &own)? {
        Named::Program(program) => Some(program.id.clone()),
        Named::Chapter(_, chapter) => Some(chapter.folder.clone()),
    });
    names.collect()
}

fn program_offer(program: &crate::model::Program, stretch: &Range<usize>) -> Offer {
    let name = program.name.as_ref().map_or("", |name| name.value.as_str());
    let says = if name == program.id { program.departments.first().map_or("", |own| own.name.as_str()) } else { name };
    Offer::new(program.id.as_str(), REFERENCE, stretch.clone()).saying(says)
}
