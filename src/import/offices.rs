//! 担当課 as offices write it, as lines of 担当. Knows nothing of where it stood.

use crate::syntax::chars::{is_blank, is_digit};

const OFFICES: &[&str] = &["課", "室", "局", "所", "センター", "校", "館", "部", "委員会", "試験場"];
const GROUPS: &[&str] = &["グループ", "G", "Ｇ", "班", "係", "担当", "チーム"];

/// `課　グループ（県民局）`, one for each department.
pub(super) fn departments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.split(['\n', '、', '，', '；', ';']) {
        let mut is_first = true;
        for part in parts(line) {
            let is_bracket = part.starts_with(['（', '(']);
            match found.last_mut() {
                Some(last) if is_bracket => last.push_str(&wide_brackets(&part)),
                Some(last) if continues(last, &part, is_first) => {
                    last.push('　');
                    last.push_str(&part);
                }
                _ => found.push(part),
            }
            is_first = false;
        }
    }
    found
}

/// A department, and the telephone number behind it: 港湾振興課　TEL 00-1234.
pub(super) fn without_telephone(text: &str) -> (&str, &str) {
    const MARKS: &[&str] = &["TEL", "Tel", "tel", "ＴＥＬ", "℡", "☎", "電話", "内線", "FAX", "ＦＡＸ"];
    let at = MARKS.iter().filter_map(|mark| text.find(mark)).min();
    let at = at.filter(|at| *at > 0 && text.get(*at..).is_some_and(|rest| rest.contains(is_digit)));
    let (department, telephone) = text.split_at(at.unwrap_or(text.len()));
    (department.trim_end_matches(|c| is_blank(c) || "（(・、\n".contains(c)), telephone)
}

/// Whether a line can be nothing but a department: what follows a （担当課：…） whose own bracket was lost.
pub(super) fn is_department(line: &str) -> bool {
    let line = line.trim_matches(|c| is_blank(c) || "（）()".contains(c));
    let mut parts = line.split(is_blank);
    let first = parts.next().unwrap_or("");
    let ends = |text: &str, ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    let last = parts.next_back();
    line.chars().count() <= 60
        && ends(first, OFFICES)
        && last.is_none_or(|last| ends(last, GROUPS) || ends(last, OFFICES))
}

/// Whether a text ends as the name of an office or of a group does.
pub(super) fn is_office(text: &str) -> bool {
    let text = text.trim_end_matches(['）', ')']);
    OFFICES.iter().chain(GROUPS).any(|end| text.ends_with(end))
}

/// A name and the department in brackets behind it: `りんご輸出促進事業（りんご果樹課）`. With `is_said` it is known that one stands there.
pub(super) fn behind_name(name: &str, is_said: bool) -> Option<(&str, &str)> {
    let (bare, inside) = name.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    let first = inside.split(is_blank).next().unwrap_or("");
    let is_department = first.ends_with(['課', '室']) && first.chars().count() > 2;
    let bare = bare.trim_end_matches(is_blank);
    (!bare.is_empty() && !inside.is_empty() && (is_department || (is_said && is_office(inside))))
        .then_some((bare, inside))
}

/// Cut at blanks, and before a bracket that closes the part.
fn parts(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut depth, mut part) = (0_usize, String::new());
    for c in line.chars() {
        let opens = matches!(c, '（' | '(');
        if (opens || is_blank(c)) && depth == 0 {
            parts.push(std::mem::take(&mut part));
        }
        depth += usize::from(opens);
        if matches!(c, '）' | ')') {
            depth = depth.saturating_sub(1);
        }
        if !is_blank(c) || depth > 0 {
            part.push(c);
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

/// A group belongs to the department before it, a 課 to the 部 or センター before it; a 課 behind a 課 is another department.
fn continues(last: &str, part: &str, is_first: bool) -> bool {
    let is_group = GROUPS.iter().any(|end| part.ends_with(end));
    if is_group {
        return !last.ends_with(['）', ')']);
    }
    let is_office = OFFICES.iter().any(|end| part.ends_with(end));
    !is_first && (!is_office || !last.ends_with(['課', '室']))
}

fn wide_brackets(part: &str) -> String {
    part.chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_groups_and_regional_offices() {
        for (text, expected) in [
            ("労政課 人財グループ", vec!["労政課　人財グループ"]),
            ("労政課 (中南地域県民局)", vec!["労政課（中南地域県民局）"]),
            ("労政課 人財グループ（三八地域県民局）", vec!["労政課　人財グループ（三八地域県民局）"]),
            ("企画調整課 広報広聴課", vec!["企画調整課", "広報広聴課"]),
            (
                "地域産業課　経営グループ\n労政課　人財グループ",
                vec!["地域産業課　経営グループ", "労政課　人財グループ"],
            ),
            ("商工労働部 地域産業課", vec!["商工労働部　地域産業課"]),
            ("総合社会教育センター 育成研修課", vec!["総合社会教育センター　育成研修課"]),
        ] {
            assert_eq!(departments(text), expected, "{text}");
        }
        assert!(is_department("労政・能力開発課 産業人財確保支援グループ）"));
        assert!(!is_department("県内の企業を支援した。"));
    }
}
