//! What a line of a document is, told by its words, by what stands around it and by what follows it. Changes nothing: what
//! comes of it is in `recognise`.

use super::document::{is_short, text_at};
use super::events::{Element, Event};
use super::meanings::Meaning;
use super::offices::is_department;
use super::recognise::{Position, Recogniser};
use super::words::is_category;
use crate::syntax::SectionKind;
use crate::syntax::chars::{is_blank, is_colon, is_digit};

/// What headings stand in.
const ENCLOSURES: &[(char, char)] = &[
    ('【', '】'),
    ('＜', '＞'),
    ('〈', '〉'),
    ('《', '》'),
    ('≪', '≫'),
    ('〔', '〕'),
    ('［', '］'),
    ('<', '>'),
    ('[', ']'),
];

impl Recogniser<'_> {
    /// `text` is not blank; `rest` is what follows it.
    pub(super) fn classify<'t>(&self, text: &'t str, heading: Option<u8>, rest: &[Element<'_>]) -> Event<'t> {
        if let Some((label, value)) = self.bracketed_department(text) {
            return Event::Departments { label, value };
        }
        let text = self.unbracketed(text);
        if self.cursor.after_department && is_department(text) {
            return Event::FurtherDepartments(text.trim_matches(|c| "（）()".contains(c) || is_blank(c)));
        }
        let is_value = is_category(text) && matches!(self.cursor.pending, Some((Meaning::Category, _)));
        if let Some((meaning, label, value)) = self.labelled(text).filter(|_| !is_value) {
            let enclosure = text.chars().next().filter(|c| ENCLOSURES.iter().any(|(open, _)| open == c));
            return Event::Labelled { meaning, label, value, enclosure };
        }
        match (&self.cursor.pending, heading) {
            (Some(_), _) => Event::Value(text),
            (None, Some(level)) => self.heading(text, level, rest),
            (None, None) => self.title(text, rest),
        }
    }

    /// `（担当課：課 グループ）`, whichever of its brackets are there.
    fn bracketed_department<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let body = text.strip_prefix(['（', '('])?;
        let (label, value) = body.split_once(is_colon)?;
        (self.words.label(label) == Some(Meaning::Department)).then_some(())?;
        let value = value.trim_matches(is_blank);
        let is_closed_here = value.matches(['）', ')']).count() > value.matches(['（', '(']).count();
        Some((label, value.strip_suffix(['）', ')']).filter(|_| is_closed_here).unwrap_or(value)))
    }

    /// `（決算額：12,345千円）` without its brackets.
    fn unbracketed<'t>(&self, text: &'t str) -> &'t str {
        let inside = text.strip_prefix(['（', '(']).and_then(|body| body.strip_suffix(['）', ')']));
        let inside = inside.filter(|inside| !inside.contains(['（', '(', '）', ')']));
        inside.filter(|inside| self.is_amount(inside)).unwrap_or(text)
    }

    /// A heading or a label with what stands behind it in its line.
    pub(super) fn labelled<'t>(&self, text: &'t str) -> Option<(Meaning, &'t str, &'t str)> {
        if let Some((inside, rest)) = text.strip_prefix('【').and_then(|body| body.split_once('】'))
            && let Some(meaning) = self.meaning(inside)
        {
            return Some((meaning, inside, rest.trim_matches(is_blank)));
        }
        // Of 実績（達成率）：227名 the whole would be known too, without what stands behind its bracket.
        if let Some((label, value)) =
            text.split_once(is_colon).filter(|(label, _)| is_closed(label)).or_else(|| behind_bracket(text))
            && let Some(meaning) = self.meaning(label)
        {
            return Some((meaning, label, value.trim_matches(is_blank)));
        }
        if let Some(meaning) = self.meaning(text) {
            return Some((meaning, text, ""));
        }
        let (label, value) = text.split_once(is_blank)?;
        let value = value.trim_matches(is_blank);
        let is_amount = self.words.label(label) == Some(Meaning::Amount)
            && value.trim_start_matches(['△', '▲', '-', '約']).starts_with(is_digit);
        is_amount.then_some((Meaning::Amount, label, value))
    }

    /// A heading before a label: 指標 alone in a line is one.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning> {
        if text.contains('。') {
            return None;
        }
        let known = self.words.heading(text).or_else(|| self.words.label(text));
        // What stands under a heading of grades says itself which of them it is.
        let known = known.or_else(|| self.words.is_grades(text).then_some(Meaning::Memo));
        known.filter(|meaning| *meaning != Meaning::IndicatorHead)
    }

    /// Names of programs and titles of chapters, which no word tells: what follows them does.
    fn title<'t>(&self, text: &'t str, rest: &[Element<'_>]) -> Event<'t> {
        let (number, name) = numbered(text);
        let is_nameless = self.drafts.programs.last().is_some_and(|program| {
            let is_begun = !program.sections.is_empty() || program.amount.is_some();
            program.name.is_none() && program.number.is_some() && !is_begun
        });
        let is_number = text.chars().count() <= 4 && text.chars().all(is_digit);
        let is_name = is_short(text)
            && ((number.is_some() && self.is_department_above_sections(rest))
                || (!is_number && rest.first().is_some_and(|next| self.begins_with_amount(next))));
        let has_no_title = self.drafts.programs.is_empty() && self.drafts.chapter.title.is_none();
        let is_heading = |(open, close): &(char, char)| {
            let inside = text.strip_prefix(*open).and_then(|body| body.strip_suffix(*close));
            (*open == '【' || self.cursor.enclosure == Some(*open))
                && inside.is_some_and(|inside| !inside.is_empty() && !inside.contains([*open, *close]))
        };
        let position = self.cursor.position;
        match () {
            () if position == Position::Head && is_nameless => Event::NameBelowNumber(text),
            () if is_number && rest.get(1).is_some_and(|next| self.begins_program(next)) => Event::Number(text),
            () if is_name => Event::Name { number, name, level: None },
            () if position == Position::Chapter && has_no_title && text.starts_with(is_circled) => {
                Event::ChapterTitle(text.trim_start_matches(is_circled).trim_matches(is_blank))
            }
            () if self.in_program() && ENCLOSURES.iter().any(is_heading) => Event::UnknownHeading(text),
            () => Event::Text(text),
        }
    }

    /// A heading of Word that no word tells.
    fn heading<'t>(&self, text: &'t str, level: u8, rest: &[Element<'_>]) -> Event<'t> {
        let is_name = self.cursor.level == Some(level)
            || (self.cursor.level.is_none_or(|own| level < own) && self.leads_to_program(level, rest));
        if is_name {
            let (number, name) = numbered(text);
            Event::Name { number, name, level: Some(level) }
        } else if self.cursor.level.is_some_and(|own| level > own) && self.in_program() {
            Event::UnknownHeading(text)
        } else if self.cursor.position == Position::ChapterOverview {
            Event::OverviewHeading(text.trim_start_matches('○'))
        } else if self.drafts.chapter.title.is_none() && self.drafts.programs.is_empty() {
            Event::ChapterTitle(text.trim_start_matches(|c: char| is_circled(c) || is_blank(c)))
        } else {
            Event::ChapterHeading(text)
        }
    }

    /// Whether fields or sections of a program come before another heading.
    fn leads_to_program(&self, level: u8, rest: &[Element<'_>]) -> bool {
        for element in rest {
            match element {
                Element::Line { text, heading: Some(next), .. } => return *next > level && self.is_section(text),
                _ if self.begins_program(element) => return true,
                Element::Line { .. } | Element::Table(_) => {}
            }
        }
        false
    }

    fn is_section(&self, text: &str) -> bool {
        matches!(self.labelled(text), Some((Meaning::Section(kind), _, _)) if kind != SectionKind::ChapterOverview)
    }

    fn is_amount(&self, text: &str) -> bool {
        matches!(self.labelled(text), Some((Meaning::Amount, _, value)) if !value.is_empty())
    }

    /// An amount, or the first section.
    fn begins_program(&self, element: &Element<'_>) -> bool {
        self.begins_with_amount(element) || matches!(element, Element::Line { text, .. } if self.is_section(text))
    }

    /// （担当課：…） below a name, and then what a program begins with
    fn is_department_above_sections(&self, rest: &[Element<'_>]) -> bool {
        let is_department = |text: &str| {
            let inside = text.trim_matches(is_blank).strip_prefix(['（', '(']);
            matches!(inside.and_then(|inside| self.labelled(inside)), Some((Meaning::Department, _, _)))
        };
        matches!(rest, [Element::Line { text, .. }, next, ..] if is_department(text) && self.begins_program(next))
    }

    /// A line or a form that begins with 事業費 or 担当課.
    fn begins_with_amount(&self, element: &Element<'_>) -> bool {
        match element {
            Element::Line { text, .. } => self.is_amount(text),
            Element::Table(table) => {
                let label = table.rows.first().and_then(|row| self.words.label(text_at(row, 0)));
                matches!(label, Some(Meaning::Amount | Meaning::Department | Meaning::Category))
                    && self.list_head(table).is_none()
            }
        }
    }
}

fn is_circled(c: char) -> bool {
    ('①'..='⑳').contains(&c)
}

fn is_closed(text: &str) -> bool {
    text.matches(['（', '(']).count() == text.matches(['）', ')']).count()
}

/// 事業費（千円） and 3,254
fn behind_bracket(text: &str) -> Option<(&str, &str)> {
    let open = text.find(['（', '(']).filter(|open| *open > 0)?;
    let close = open + text.get(open..)?.find(['）', ')'])?;
    let end = close + text.get(close..)?.chars().next()?.len_utf8();
    text.split_at_checked(end).filter(|(_, value)| value.contains(is_digit))
}

/// `1　名` and `１．名` as a number and a name.
fn numbered(text: &str) -> (Option<&str>, &str) {
    let rest = text.trim_start_matches(is_digit);
    let digits = text.get(..text.len() - rest.len()).unwrap_or("");
    let name = rest.trim_start_matches(|c| is_blank(c) || matches!(c, '.' | '．' | '、'));
    let is_number = !digits.is_empty() && name.len() < rest.len() && !name.is_empty() && digits.chars().count() <= 4;
    if is_number { (Some(digits), name) } else { (None, text) }
}
