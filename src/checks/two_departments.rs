//! J028: two departments in one 担当, where the second would hide in the first one's name or group.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Department;
use crate::syntax::chars::is_blank;

/// How the name of a department ends.
const DEPARTMENTS: &[&str] = &["課", "室", "局", "部", "庁", "所", "署", "センター", "委員会"];
/// Houses of a prefecture or a city: before 、 they end a name too, but ・ may stand in one.
const HOUSES: &[&str] = &["場", "館", "園", "院", "校"];
/// And that of a part of one, behind which a second department may stand.
const GROUPS: &[&str] = &["グループ", "係", "班", "チーム", "担当", "G", "Ｇ"];
/// Between a name and a group these part two departments for certain; a 室 may be a part of a 課.
const WHOLE_DEPARTMENTS: &[&str] = &["課", "局", "部", "庁"];
/// Words that end as a department does and are none.
const WORDS: &[&str] = &["関係", "場所", "住所", "名所", "全部", "一部", "内部", "外部", "教室", "温室"];

/// The message where a 担当 names two departments. A name that `is_known` says there is is one; so are, of those that
/// `is_department` has, the one in （ ） and the one before it.
pub(super) fn message(
    department: &Department,
    is_known: &dyn Fn(&str) -> bool,
    is_department: &dyn Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let typed = department.typed.value.trim_matches(is_blank);
    let lines = parted(typed, is_known)
        .or_else(|| with_one_in_square_brackets(typed, is_known))
        .or_else(|| without_mark(typed, is_known))
        .or_else(|| with_one_in_brackets(department, is_department))?;
    let shown: Vec<String> = lines.iter().map(|line| format!("担当：{line}")).collect();
    let count = lines.len();
    Some(
        Diagnostic::new(Code::J028, department.typed.span, format!("1つの「担当：」に課が{count}つあります（{typed}）。"))
            .help(format!(
                "課ごとに行を分けて、次の{count}行を書いてください。\n{}\nこれで1つの課の名前なら、「組織：」の一覧にその名前を加えるか、1行目【事業】の下に次の行を書いてください。\n確認済：J028　（ここに理由）",
                shown.join("\n")
            )),
    )
}

/// 産業政策課（商業振興課）. A bureau or an office in （ ） is where a department works: 産業政策課（中南地域県民局）.
fn with_one_in_brackets(department: &Department, is_department: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let other = department.office.as_deref()?.trim_matches(is_blank);
    let is_second = other.ends_with('課') && other != department.name && is_department(other);
    let first = match &department.group {
        Some(group) => format!("{}　{group}", department.name),
        None => department.name.clone(),
    };
    let is_one = is_department(department.typed.value.trim_matches(is_blank));
    (is_second && !is_one && is_department(&department.name)).then(|| vec![first, other.to_string()])
}

/// 産業政策課〔商業振興課〕. A former name is none: 産業政策課〔旧商工課〕.
fn with_one_in_square_brackets(typed: &str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let (first, second) = typed.strip_suffix(['〕', '］', ']', '】'])?.split_once(['〔', '［', '[', '【'])?;
    let [first, second] = [first, second].map(|name| name.trim_matches(is_blank));
    let is_former = ["旧", "元", "現"].iter().any(|word| second.starts_with(word));
    let is_two = !is_former && second.ends_with('課') && ending(first, DEPARTMENTS).is_some();
    (is_two && !is_known(typed)).then(|| vec![first.to_string(), second.to_string()])
}

/// A name behind its first 課, with that 課 before it. In 学校課外活動課 課 is a part of another word.
fn behind_first_section(name: &str) -> Option<(&str, &str)> {
    const IN_WORDS: &[char] = &['外', '題', '程', '税', '長', '員', '業', '目', '金', '内', '係', '付'];
    let at = name.find('課')? + '課'.len_utf8();
    let (first, second) = (name.get(..at)?, name.get(at..)?);
    ((3..=12).contains(&first.chars().count()) && !second.starts_with(IN_WORDS)).then_some((first, second))
}

/// 保健衛生課食品衛生グループ: a department and its group without the blank between them.
pub(super) fn with_its_group(name: &str) -> Option<(&str, &str)> {
    let (department, group) = behind_first_section(name)?;
    (!group.contains('課') && ending(group, GROUPS).is_some()).then_some((department, group))
}

/// 産業政策課商業振興課
fn without_mark(typed: &str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let end = typed.find(is_blank).unwrap_or(typed.len());
    let whole = typed.get(..end)?;
    let (first, second) = behind_first_section(whole)?;
    let is_two = (3..=12).contains(&second.chars().count()) && second.ends_with('課');
    let other = second.matches('課').count() == 1 && !is_known(whole);
    (is_two && other).then(|| vec![first.to_string(), format!("{second}{}", typed.get(end..).unwrap_or(""))])
}

/// The departments of a 担当, each as a line of its own; nothing where it names one.
fn parted(typed: &str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, length) in separators(typed) {
        let (left, right) = (typed.get(start..at)?, typed.get(at + length..)?);
        let mark = typed.get(at..at + length)?;
        // The name that a separator stands in, as it would be were it one.
        let whole_name = typed.get(start..)?.split([' ', '　', '（', '(']).next().unwrap_or("");
        let in_name = at + length <= start + whole_name.len();
        if parts(left, mark, right) && !(in_name && is_known(whole_name)) && !is_known(group_around(typed, at)) {
            lines.push(left.trim_matches(is_blank).to_string());
            start = at + length;
        }
    }
    if lines.is_empty() {
        return None;
    }
    lines.push(typed.get(start..)?.trim_matches(is_blank).to_string());
    Some(lines)
}

/// The stretch without blanks around a place.
fn group_around(typed: &str, at: usize) -> &str {
    let start = typed.get(..at).and_then(|before| before.rfind(is_blank)).unwrap_or(0);
    let end = typed.get(at..).and_then(|rest| rest.find(is_blank)).map_or(typed.len(), |end| at + end);
    typed.get(start..end).unwrap_or("").trim_matches(is_blank)
}

/// The places of what may part two names, with its length; brackets hold no second department.
fn separators(typed: &str) -> Vec<(usize, usize)> {
    const WORDS_BETWEEN: &[&str] = &["兼", "及び", "および", "並びに", "ならびに", "または", "又は", "から", "と"];
    let mut depth = 0_usize;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, c) in typed.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '、' | '，' | ',' | '､' | '／' | '/' | '・' | '･' | '＆' | '&' | '；' | ';' | '：' | ':' | '＋' | '+'
            | '→' | '⇒' | '｜' | '|' | '│' | '～' | '〜' | '~' | 'ー' | '－' | '-' | '–' | '—' | '―' =>
            {
                found.push((at, c.len_utf8()));
            }
            c if is_blank(c) => found.push((at, c.len_utf8())),
            _ => {
                let word =
                    WORDS_BETWEEN.iter().find(|word| typed.get(at..).is_some_and(|rest| rest.starts_with(**word)));
                found.extend(word.map(|word| (at, word.len())));
            }
        }
    }
    found
}

/// Whether a mark parts two departments.
fn parts(left: &str, mark: &str, right: &str) -> bool {
    let left = without_office(left.trim_end_matches(is_blank));
    let right = right.trim_start_matches(is_blank);
    // The first name behind the mark, up to what parts it from the next.
    let is_name = |name: &str| ending(name, DEPARTMENTS).or_else(|| ending(name, GROUPS)).is_some();
    let end = separators(right).into_iter().find(|(at, _)| *at > 0 && is_name(name(right, *at)));
    let right = name(right, end.map_or(right.len(), |(at, _)| at));
    // Behind a blank stands one word: 企画G of 産業政策課　企画G、商業振興課.
    let is_blank_mark = mark.chars().all(is_blank);
    let is_comma_mark = matches!(mark, "、" | "，" | "," | "､" | "；" | ";");
    let right = right.split(['、', '，', ',', '､']).next().filter(|_| is_blank_mark).unwrap_or(right);
    if are_groups_alone(left, mark, right) || are_houses(left, mark, right) {
        return true;
    }
    let Some(second) = ending(right, DEPARTMENTS) else { return false };
    let is_group = ending(left, GROUPS).is_some();
    if is_group {
        return WHOLE_DEPARTMENTS.contains(&second);
    }
    // 産業政策課　企画: a group is called as its office likes.
    let of_group = || left.split(is_blank).next().and_then(|first| ending(first, &["課", "室"]));
    let Some(first) = ending(left, DEPARTMENTS).or_else(|| of_group().filter(|_| is_comma_mark)) else { return false };
    match mark.chars().next() {
        // 商工労働部　産業政策課 is one department, and its 部.
        Some(c) if is_blank(c) => first == second && WHOLE_DEPARTMENTS.contains(&second),
        // 危機管理部・防災課, 総務部／財政課 may be one too.
        Some('・' | '･' | '／' | '/') => {
            first == second || [first, second].iter().all(|end| ["課", "室"].contains(end))
        }
        _ => true,
    }
}

/// 工業技術センター、農業試験場
fn are_houses(left: &str, mark: &str, right: &str) -> bool {
    let is_one = |name: &str| {
        name.chars().count() > 2 && (ending(name, HOUSES).is_some() || ending(name, DEPARTMENTS).is_some())
    };
    let is_house = |name: &str| ending(name, HOUSES).is_some();
    matches!(mark, "、" | "，" | "," | "及び" | "および" | "並びに")
        && is_one(left)
        && is_one(right)
        && (is_house(left) || is_house(right))
}

/// 観光班、商工班: groups of no department are departments. ・ may stand in a name.
fn are_groups_alone(left: &str, mark: &str, right: &str) -> bool {
    let is_alone = !left.contains(is_blank) && !left.contains(['課', '室', '局', '部']);
    is_alone
        && matches!(mark, "、" | "，" | ",")
        && ending(left, GROUPS).is_some_and(|end| ending(right, GROUPS) == Some(end))
}

/// A text up to a place, without the bracket behind it.
fn name(text: &str, end: usize) -> &str {
    without_office(text.get(..end).unwrap_or(text).trim_end_matches(is_blank))
}

fn without_office(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(['）', ')']) else { return text };
    inner.rfind(['（', '(']).and_then(|open| text.get(..open)).map_or(text, |body| body.trim_end_matches(is_blank))
}

fn ending(name: &str, endings: &'static [&'static str]) -> Option<&'static str> {
    let last = name.rsplit(is_blank).next().unwrap_or(name);
    let is_word = WORDS.iter().any(|word| last.ends_with(word));
    endings.iter().copied().find(|end| !is_word && last.ends_with(end) && last.len() > end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(typed: &str) -> Vec<String> {
        let is_known = |name: &str| name == "健康課、医療課";
        let found = parted(typed, &is_known).or_else(|| with_one_in_square_brackets(typed, &is_known));
        found.or_else(|| without_mark(typed, &is_known)).unwrap_or_default()
    }

    #[test]
    fn two_departments() {
        for typed in [
            "産業政策課、商業振興課",
            "産業政策課，商業振興課",
            "産業政策課,商業振興課",
            "産業政策課／商業振興課",
            "産業政策課・商業振興課",
            "産業政策課及び商業振興課",
            "産業政策課と商業振興課",
            "産業政策課または商業振興課",
            "産業政策課→商業振興課",
            "産業政策課｜商業振興課",
            "産業政策課：商業振興課",
            "産業政策課兼商業振興課",
            "産業政策課　商業振興課",
            "産業政策課～商業振興課",
            "産業政策課ー商業振興課",
            "産業政策課－商業振興課",
            "産業政策課商業振興課",
            "産業政策課〔商業振興課〕",
            "産業政策課［商業振興課］",
        ] {
            assert_eq!(lines(typed), ["産業政策課", "商業振興課"], "{typed}");
        }
        assert_eq!(lines("産業政策課・商業振興室"), ["産業政策課", "商業振興室"]);
        assert_eq!(lines("観光班、商工班"), ["観光班", "商工班"]);
        assert_eq!(lines("工業技術センター、農業試験場"), ["工業技術センター", "農業試験場"]);
        assert_eq!(lines("環境課及び農業試験場"), ["環境課", "農業試験場"]);
        assert_eq!(lines("中央図書館、東図書館"), ["中央図書館", "東図書館"]);
        assert_eq!(
            lines("産業政策課　企画グループ、商業振興課　振興グループ（本庁）"),
            ["産業政策課　企画グループ", "商業振興課　振興グループ（本庁）"]
        );
        assert_eq!(
            lines("産業政策課　企画グループ　商業振興課　振興グループ"),
            ["産業政策課　企画グループ", "商業振興課　振興グループ"]
        );
        for group in ["企画G", "企画Ｇ", "企画"] {
            let typed = format!("産業政策課　{group}、商業振興課　商業G");
            assert_eq!(lines(&typed), [&format!("産業政策課　{group}"), "商業振興課　商業G"]);
        }
        assert_eq!(lines("産業政策課（本庁）、企業立地室"), ["産業政策課（本庁）", "企業立地室"]);
        assert_eq!(lines("産業政策課、労政・能力開発課、観光課"), ["産業政策課", "労政・能力開発課", "観光課"]);
    }

    #[test]
    fn a_group_without_its_blank() {
        assert_eq!(with_its_group("保健衛生課食品衛生グループ"), Some(("保健衛生課", "食品衛生グループ")));
        assert_eq!(with_its_group("農政課企画係"), Some(("農政課", "企画係")));
        for name in
            ["農政課", "学校課外活動グループ", "行政課題担当", "市民課税係", "農政課係", "広報広聴課担当", "課企画係"]
        {
            assert_eq!(with_its_group(name), None, "{name}");
        }
    }

    #[test]
    fn one_department() {
        for typed in [
            "労政・能力開発課　産業人財確保支援グループ（中南地域県民局）",
            "農林水産課（水産・漁港担当）",
            "農林水産課（水産課、漁港課）",
            "健康・医療課",
            "健康、医療課",
            "健康課、医療課",
            "健康課、医療課　総務グループ",
            "商工労働部　産業政策課",
            "産業政策課　企業立地室",
            "総合社会教育センター　育成研修課",
            "エネルギー開発振興課　環境・エネルギー産業振興グループ",
            "産業政策課　企画グループ、振興グループ",
            "産業政策課　企画係・調整係",
            "産業政策課　企画G、振興G",
            "産業政策課　企画、調整",
            "企画班・調整班",
            "支援担当、相談室",
            "総務部・財政課",
            "国際関係、交流課",
            "まちづくりとくらし課",
            "学校課外活動課",
            "市民課税務課税係",
            "教育課程課",
            "産業政策課〔企画係〕",
            "産業政策課〔旧商工振興課〕",
            "サービスセンター課",
            "コミュニティー課",
            "男女共同参画センター",
            "課",
            "",
        ] {
            assert_eq!(lines(typed), Vec::<String>::new(), "{typed}");
        }
    }
}
