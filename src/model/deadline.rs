//! 締切 of 【報告書】: by when texts are handed in, by all or by one department. It is printed nowhere.

use super::date::parse_date;
use super::fields::{Field, Fields, not_understood};
use super::{Date, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::syntax::FieldName;
use crate::syntax::chars::is_blank;

const HELP: &str = "「締切：令和3年9月1日」のように日付を書いてください。課ごとに決めるときは「締切：商工政策課　令和3年8月20日」のように、課の名前を前に書きます。";

/// The last day on which a text is taken in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Absent for one of every department that has none of its own
    pub department: Option<Text>,
    pub date: Date,
}

/// The deadlines in their order; J018 for a date that cannot be read, J017 for a second one of the same department.
pub(super) fn lower_deadlines(fields: &Fields, diagnostics: &mut Diagnostics) -> Vec<Deadline> {
    let mut found: Vec<(&Field, Deadline)> = Vec::new();
    for field in fields.all(FieldName::Deadline) {
        let Some(deadline) = read(&field.value) else {
            diagnostics.push(not_understood(field, HELP));
            continue;
        };
        let name = |deadline: &Deadline| deadline.department.as_ref().map(|name| name.value.clone());
        if let Some((first, _)) = found.iter().find(|(_, other)| name(other) == name(&deadline)) {
            let whose = name(&deadline).map(|name| format!("{name}の")).unwrap_or_default();
            diagnostics.push(
                Diagnostic::new(Code::J017, field.line, format!("{whose}締切が2つあります。"))
                    .help("どちらか1つを消してください。")
                    .related(first.line, "1つ目はここです"),
            );
            continue;
        }
        found.push((field, deadline));
    }
    found.into_iter().map(|(_, deadline)| deadline).collect()
}

/// A date, or what stands before the longest one that the value ends in.
fn read(value: &Text) -> Option<Deadline> {
    let is_between = |c: char| is_blank(c) || matches!(c, '：' | ':' | '、' | '，' | ',' | '｜' | '|');
    let typed = value.value.as_str();
    let (at, date) = typed.char_indices().find_map(|(at, _)| Some((at, parse_date(typed.get(at..)?)?)))?;
    let name = typed.get(..at)?.trim_matches(is_between);
    let department = (!name.is_empty()).then(|| Text::new(name.to_string(), value.span));
    Some(Deadline { department, date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Span};

    #[test]
    fn a_date_with_a_department_or_without() {
        let id = Files::new().add("報告書.jigyo", String::new());
        let read = |typed: &str| {
            let Deadline { department, date } = read(&Text::new(typed.to_string(), Span::whole_file(id)))?;
            Some((department.map(|name| name.value), (date.year, date.month, date.day)))
        };
        let of = |name: Option<&str>| Some((name.map(str::to_string), (2021, 8, 20)));
        for typed in ["令和3年8月20日", "R3.8.20", "2021-08-20", "２０２１／８／２０"] {
            assert_eq!(read(typed), of(None), "{typed}");
        }
        for typed in ["商工政策課　令和3年8月20日", "商工政策課令和3年 8月20日", "商工政策課：R3.8.20"]
        {
            assert_eq!(read(typed), of(Some("商工政策課")), "{typed}");
        }
        assert_eq!((read("8月20日"), read("商工政策課"), read("")), (None, None, None));
    }
}
