//! 担当: department, group, regional office.
//!
//! ```text
//! department = name [ blank group ] [ "（" office "）" ]
//! ```

use super::Text;
use crate::syntax::chars::is_blank;

/// One 担当 line. A program may have several; the first one's department owns the file's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub typed: Text,
    /// 労政・能力開発課
    pub name: String,
    /// 産業人財確保支援グループ
    pub group: Option<String>,
    /// 中南地域県民局
    pub office: Option<String>,
}

/// Reads a value of 担当; nothing for an empty one.
pub(super) fn parse_department(text: &Text) -> Option<Department> {
    let (body, office) = split_office(text.value.trim_matches(is_blank));
    let (name, group) = match body.find(is_blank) {
        Some(at) => (body.get(..at)?, Some(body.get(at..)?.trim_matches(is_blank))),
        None => (body, None),
    };
    let group = group.map(|group| group.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　"));
    (!name.is_empty()).then(|| Department {
        typed: text.clone(),
        name: name.to_string(),
        group: group.filter(|group| !group.is_empty()),
        office: office.filter(|office| !office.is_empty()).map(str::to_string),
    })
}

/// The last bracket, when it closes the line.
fn split_office(text: &str) -> (&str, Option<&str>) {
    let Some(inner) = text.strip_suffix(['）', ')']) else {
        return (text, None);
    };
    let mut depth = 1;
    for (offset, c) in inner.char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let body = inner.get(..offset).unwrap_or("").trim_end_matches(is_blank);
            return (body, inner.get(offset + c.len_utf8()..).map(|office| office.trim_matches(is_blank)));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Files, Span};

    #[test]
    fn the_three_parts() {
        let mut files = Files::new();
        let id = files.add("a", "");
        let read = |text: &str| {
            parse_department(&Text::new(text.to_string(), Span::whole_file(id))).map(|d| (d.name, d.group, d.office))
        };
        let some = |text: &str| Some(text.to_string());
        assert_eq!(
            read("労政・能力開発課　産業人財確保支援グループ（中南地域県民局）"),
            Some(("労政・能力開発課".into(), some("産業人財確保支援グループ"), some("中南地域県民局")))
        );
        assert_eq!(read("広報広聴課"), Some(("広報広聴課".into(), None, None)));
        assert_eq!(
            read("監理課 建設業 振興グループ(本庁)"),
            Some(("監理課".into(), some("建設業　振興グループ"), some("本庁")))
        );
        assert_eq!(read("　"), None);
    }
}
