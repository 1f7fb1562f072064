//! What a line of a form looks like, whatever heading it stands under: how a forgotten heading is seen.

use super::choices::unparted;
use super::lines::{Row, before_colon, parted};
use super::list::is_word;
use super::names::is_alike;
use super::{conditions, fields, list_signs, sections};

/// What stands under a heading of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Settings,
    Fields,
    Sections,
    Table,
    Grades,
    List,
}

/// A line that is neither blank nor a remark.
pub(super) struct Typed {
    /// Its place among the lines of its section
    pub(super) at: usize,
    pub(super) row: Row,
    /// The name in front of a colon, and what stands behind it; absent in a line with ｜
    pub(super) setting: Option<(String, String)>,
    /// Whether a blank line stands above it
    pub(super) is_apart: bool,
}

impl Typed {
    pub(super) fn name(&self) -> &str {
        self.row.cell(0).map_or("", |name| name.value.as_str())
    }
}

/// What is known of the whole form.
pub(super) struct Known {
    /// Names of fields, sections and criteria: what a list may name beside its own words
    pub(super) names: Vec<String>,
    pub(super) has_list: bool,
    pub(super) has_fields: bool,
    pub(super) has_sections: bool,
    /// Whether a table of 【見出し】 has no 【表】; the form may have left its columns to the programs.
    pub(super) awaits_table: bool,
    /// Whether a section of grades has no 【評価】
    pub(super) awaits_grades: bool,
}

/// Where something begins that stands under another heading than `home`.
pub(super) fn begins_elsewhere(lines: &[Typed], home: Content, known: &Known) -> Option<(usize, Content)> {
    let found = [
        (table_start(lines, home, known), Content::Table),
        (grades_start(lines, home, known), Content::Grades),
        (list_start(lines, home, known), Content::List),
        (rows_start(lines, home, known, (fields::KINDS, sections::KINDS), Content::Fields), Content::Fields),
        (rows_start(lines, home, known, (sections::KINDS, fields::KINDS), Content::Sections), Content::Sections),
    ];
    found.into_iter().filter_map(|(start, content)| Some((start?, content))).min_by_key(|(start, _)| *start)
}

/// 値：金額, 列：予算額、決算額
fn table_start(lines: &[Typed], home: Content, known: &Known) -> Option<usize> {
    if home == Content::Table {
        return known.awaits_table.then(|| second_table_start(lines)).flatten();
    }
    let kinds: &[&str] = match home {
        Content::Fields => fields::KINDS,
        Content::Sections => sections::KINDS,
        Content::Settings | Content::Table | Content::Grades | Content::List => &[],
    };
    let name_of = |line: &Typed| {
        let (name, _) = line.setting.as_ref()?;
        list_signs::SETTINGS.iter().copied().find(|known| known == name)
    };
    let start = (0..lines.len()).find(|start| {
        let run: Vec<&Typed> = lines.iter().skip(*start).take_while(|line| name_of(line).is_some()).collect();
        // 計：金額 in 【項目】 is a row in which the colon stands for ｜.
        let is_row = |line: &&&Typed| {
            line.setting.as_ref().is_some_and(|(_, value)| kinds.contains(&before_colon(value).as_str()))
        };
        let own: Vec<&str> = run.iter().filter(|line| !is_row(line)).filter_map(|line| name_of(line)).collect();
        own.len() > 1 || own.iter().any(|name| !["年度", "計", "事業費"].contains(name))
    })?;
    Some(start)
}

/// Below a blank line, where what stands above it is a whole table: it ends in 計 or 事業費. (One whose settings stand again is seen
/// by `declarations`.)
fn second_table_start(lines: &[Typed]) -> Option<usize> {
    let is_one_of =
        |line: &Typed, names: &[&str]| line.setting.as_ref().is_some_and(|(name, _)| names.contains(&name.as_str()));
    let begins = |at: &usize| {
        let (above, below) = lines.split_at(*at);
        let is_whole = above.iter().any(|line| is_one_of(line, &["計", "事業費"]));
        let has_columns = below.iter().any(|line| is_one_of(line, &["年度", "列"]));
        let is_setting = below.first().is_some_and(|line| line.is_apart && is_one_of(line, list_signs::SETTINGS));
        is_whole && has_columns && is_setting
    };
    (1..lines.len()).find(begins)
}

/// 必要性｜Ａ、Ｂ、Ｃ, where a section of grades waits for such rows.
fn grades_start(lines: &[Typed], home: Content, known: &Known) -> Option<usize> {
    if !known.awaits_grades {
        return None;
    }
    if home == Content::Grades {
        let is_again = |(at, line): &(usize, &Typed)| {
            let mut above = lines.iter().take(*at);
            *at > 0 && is_grade(line) && (line.is_apart || above.any(|other| is_alike(other.name(), line.name())))
        };
        return lines.iter().enumerate().find(is_again).map(|(at, _)| at);
    }
    lines.iter().position(is_grade)
}

fn is_grade(line: &Typed) -> bool {
    let (Some(cell), true) = (line.row.cell(1), line.row.cells.len() == 2) else { return false };
    let parts = parted(cell);
    let is_word = |text: &str| {
        let word = before_colon(text);
        let words = [fields::KINDS, sections::KINDS, conditions::CONDITIONS];
        words.iter().any(|known| known.contains(&word.as_str()))
    };
    let are_choices = parts.len() > 1 || unparted(&cell.value).is_some_and(|parts| parts.len() > 2);
    are_choices && !parts.iter().any(|part| is_word(&part.value))
}

/// Names alone, down to the end, in a form without 【一覧】.
fn list_start(lines: &[Typed], home: Content, known: &Known) -> Option<usize> {
    if known.has_list || home == Content::List {
        return None;
    }
    let is_column = |line: &Typed| {
        let name = line.name();
        is_word(name) || known.names.iter().any(|other| is_alike(other, name))
    };
    // 課題｜文章 is a row of its own there; 総合評価｜評価 elsewhere a column and its head.
    let is_of_rows = matches!(home, Content::Settings | Content::Fields | Content::Sections);
    let has_head = |line: &Typed| {
        line.row.cells.len() == 2
            && line.row.cell(1).is_some_and(|head| parted(head).len() == 1 && !(is_of_rows && is_kind(&head.value)))
    };
    let is_alone = |line: &Typed| line.row.cells.len() == 1 && line.setting.is_none();
    let first = |line: &Typed| is_column(line) && (is_alone(line) || (is_word(line.name()) && has_head(line)));
    let mut start = lines.iter().position(first)?;
    let tail = lines.get(start..)?;
    let is_list = tail.iter().all(|line| is_alone(line) || has_head(line));
    let is_sure = tail.iter().any(|line| ["No.", "事業名", "掲載頁"].iter().any(|word| is_alike(word, line.name())));
    let alone = tail.iter().filter(|line| is_alone(line) && is_column(line)).count();
    if !is_list || !(is_sure || (alone > 1 && home == Content::Grades)) {
        return None;
    }
    // A row above it, without a blank line between, belongs to it: 合計の予算額｜予算額
    while let Some(above) = start.checked_sub(1).and_then(|above| lines.get(above))
        && lines.get(start).is_some_and(|line| !line.is_apart)
        && has_head(above)
    {
        start -= 1;
    }
    Some(start)
}

fn is_kind(text: &str) -> bool {
    let word = before_colon(text);
    fields::KINDS.contains(&word.as_str()) || sections::KINDS.contains(&word.as_str())
}

/// Two rows and more whose kind only 【項目】, or only 【見出し】, has. Below 【様式】 and 【項目】 `headless` sees them.
fn rows_start(
    lines: &[Typed],
    home: Content,
    known: &Known,
    (own, others): (&[&str], &[&str]),
    content: Content,
) -> Option<usize> {
    let is_there = if content == Content::Fields { known.has_fields } else { known.has_sections };
    let is_open = match home {
        Content::Settings | Content::Fields | Content::List => false,
        Content::Sections => content == Content::Fields && !is_there,
        Content::Table | Content::Grades => true,
    };
    let is_row = |line: &Typed| {
        let word = line.row.cell(1).map(|kind| before_colon(&kind.value));
        word.is_some_and(|word| own.contains(&word.as_str()) && !others.contains(&word.as_str()))
    };
    let pair = |lines: &[Typed]| matches!(lines, [first, second] if is_row(first) && is_row(second));
    lines.windows(2).position(pair).filter(|_| is_open)
}
