//! Settings of a 【表】 with another sign than ： or 、, and brackets that do not pair up: told once, and read as they were meant.

use super::lines::{Setting, Text, named, parted, parted_by};
use super::messages::fault;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::chars::{is_bar, is_blank, is_bullet, is_colon, without_blanks};

/// What may stand under 【表】
pub(super) const SETTINGS: &[&str] =
    &["年度", "列", "前の列", "後の列", "向き", "値", "金額の列", "行", "文字の行", "計", "事業費"];
const LISTS: &[&str] = &["列", "前の列", "後の列", "金額の列", "行", "文字の行"];
/// Signs of a formula
const OPERATORS: &[char] = &['＝', '=', '÷', '／', '/', '－', '-', '−', '＋', '+', '×'];

/// How a message calls it, what it is, and how many names it parts at least where it parts names.
type Sign = (&'static str, fn(char) -> bool, usize);

/// The settings of some names, with those behind whose name a blank or ｜ stands for ：, and the lines above them that are none. Such a
/// line would be a name of the list above.
pub(super) fn with_colons(
    (settings, stray): (Vec<Setting>, Vec<Text>),
    names: &[&str],
    diagnostics: &mut Diagnostics,
) -> (Vec<Setting>, Vec<Text>) {
    let (mut found, mut above): (Vec<Setting>, Vec<Text>) = (Vec::new(), Vec::new());
    let mut take = |line: Text, found: &mut Vec<Setting>| {
        if let Some((name, value)) = without_colon(&line, names) {
            diagnostics.push(fault(
                line.span,
                format!("「{}」の後に「：」がありません。", name.value),
                format!("「{}：{}」と書いてください。", name.value, value.value),
            ));
            found.push(Setting { name, span: line.span, value, more: Vec::new() });
            return;
        }
        match found.last_mut() {
            Some(last) => last.more.push(line),
            None => above.push(line),
        }
    };
    stray.into_iter().for_each(|line| take(line, &mut found));
    for setting in settings {
        let (own, more) = (Setting { more: Vec::new(), ..setting.clone() }, setting.more);
        found.push(own);
        more.into_iter().for_each(|line| take(line, &mut found));
    }
    (found, above)
}

/// 向き　縦, 前の列｜単位
fn without_colon(line: &Text, names: &[&str]) -> Option<(Text, Text)> {
    let at = line.value.find(|c| is_blank(c) || is_bar(c))?;
    let name = line.value.get(..at)?;
    let rest = line.value.get(at..)?;
    let value = rest.trim_start_matches(|c| is_blank(c) || is_bar(c));
    let start = line.value.len() - value.len();
    let is_setting = names.contains(&name) && !value.is_empty();
    is_setting.then(|| {
        (
            Text::new(name.to_string(), line.stretch(0..at)),
            Text::new(value.to_string(), line.stretch(start..line.value.len())),
        )
    })
}

/// Reports brackets of a list that do not pair up, and years that another sign than 、 parts; whether there is one.
pub(super) fn report_wrong_signs(settings: &[Setting], diagnostics: &mut Diagnostics) -> bool {
    let mut has_found = false;
    for setting in
        settings.iter().filter(|setting| LISTS.contains(&setting.name.value.as_str()) || setting.name.value == "年度")
    {
        let below = setting.more.iter().map(|line| (line, line.span));
        for (line, place) in std::iter::once((&setting.value, setting.span)).chain(below) {
            let Some(fault) = wrong_sign(&setting.name.value, line, place) else { continue };
            diagnostics.push(fault);
            has_found = true;
        }
    }
    has_found
}

fn wrong_sign(name: &str, line: &Text, place: Span) -> Option<Diagnostic> {
    let (mut depth, mut inner) = (0_i32, 0_i32);
    for c in line.value.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        inner = inner.min(depth);
    }
    if depth != 0 || inner < 0 {
        let what =
            if depth > 0 { "「）」が足りません" } else { "「（」と「）」の数が合いません" };
        return Some(fault(
            place,
            format!("「{name}：」の{what}。"),
            format!("「{}」の、かっこの閉じる所を直してください。", line.value),
        ));
    }
    let is_formula = |part: &Text| {
        let (left, right) = part.value.split_once(is_colon)?;
        let is_computed = right.contains(['÷', '／', '－', '−', '＋', '×']) && !left.contains(['（', '(', '＝', '=']);
        is_computed.then(|| format!("{left}＝{right}"))
    };
    if let Some(right) = parted(line).iter().find_map(is_formula) {
        return Some(fault(
            place,
            "計算のしかたの前が「：」になっています。",
            format!("「{right}」と書いてください。"),
        ));
    }
    let parted_years = if name == "年度" { with_commas_between(&line.value) } else { None };
    let right = parted_years?;
    Some(fault(place, "年度と年度の間が「、」になっていません。", format!("「年度：{right}」と書いてください。")))
}

/// 前年度（決算額）、当年度（決算額）, of years that another sign or nothing parts.
fn with_commas_between(text: &str) -> Option<String> {
    let mut right = String::new();
    let mut rest = text;
    let mut is_changed = false;
    while let Some(at) = rest.find(['）', ')']) {
        let end = at + rest.get(at..)?.chars().next()?.len_utf8();
        right.push_str(rest.get(..end)?);
        rest = rest.get(end..)?;
        let behind = rest.trim_start_matches(|c| is_blank(c) || is_bullet(c) || matches!(c, '／' | '/'));
        let goes_on = behind.chars().next().is_some_and(|c| !matches!(c, '、' | '，' | ',' | '～' | '〜' | '~'));
        if goes_on {
            right.push('、');
            rest = behind;
            is_changed = true;
        }
    }
    right.push_str(rest);
    is_changed.then_some(right)
}

/// The settings with an entry a name; whether nobody can tell what was meant: ・ stands in front of the rows below one, too.
pub(super) fn with_commas(settings: &[Setting], diagnostics: &mut Diagnostics) -> (Vec<Setting>, bool) {
    let has_total = named(settings, "計").any(|setting| !setting.value.value.is_empty());
    let mut is_unsure = false;
    let mut found = Vec::new();
    for setting in settings {
        let name = without_blanks(&setting.name.value);
        if LISTS.contains(&name.as_str()) {
            check_lines_below(setting, diagnostics);
        }
        let is_list = LISTS.contains(&name.as_str()) && setting.more.is_empty();
        let parts = if is_list && named(settings, &name).count() == 1 {
            names(&setting.value, name == "行" && has_total)
        } else {
            None
        };
        let Some((sign, parts)) = parts else {
            found.push(setting.clone());
            continue;
        };
        is_unsure |= sign == "「・」";
        let words: Vec<&str> = parts.iter().map(|part| part.value.as_str()).collect();
        diagnostics.push(fault(
            setting.span,
            format!("「{name}：」の名前が{sign}で区切られています。「、」で区切ってください。"),
            format!(
                "「{name}：{}」と書いてください。全体で1つの名前なら、「{name}：」の次の行に、その名前だけを書いてください。",
                words.join("、")
            ),
        ));
        let mut parts = parts.into_iter();
        let value = parts.next().unwrap_or_else(|| setting.value.clone());
        found.push(Setting { value, more: parts.collect(), ..setting.clone() });
    }
    (found, is_unsure)
}

/// A line below a list is one name, with its 、 (`entries`): asked about where the names above it are parted by 、 in one line.
fn check_lines_below(setting: &Setting, diagnostics: &mut Diagnostics) {
    let ends_open = |line: &Text| line.value.ends_with(['、', '，', ',']);
    let mut above = &setting.value;
    let mut is_parted = parted(above).len() > 1;
    for line in &setting.more {
        let goes_on = ends_open(above) || ends_open(line);
        let parts = parted(line);
        if is_parted && !goes_on && parts.len() > 1 {
            let help = format!(
                "{}つの名前なら、上の行の終わりに「、」を付けてください。これで1つの名前なら、「{}：」の名前をどれも1行に1つずつ書いてください。",
                parts.len(),
                setting.name.value
            );
            let message = format!("「{}」は、これで1つの名前として読みました。", line.value);
            diagnostics.push(fault(line.span, message, help).severity(Severity::Warning));
        }
        is_parted |= goes_on && parts.len() > 1;
        above = line;
    }
}

/// The names of a list that holds no 、, with the sign that parts them. Of two names one alone could be meant, but in the rows of a
/// 計, which sums several.
fn names(list: &Text, has_total: bool) -> Option<(&'static str, Vec<Text>)> {
    let signs: [Sign; 5] = [
        ("「｜」", is_bar, 2),
        ("「：」", is_colon, 3),
        ("空白", is_blank, 3),
        ("「／」", |c| matches!(c, '／' | '/'), 3),
        ("「・」", is_bullet, 3),
    ];
    if list.value.contains(['、', '，', ',']) {
        return None;
    }
    let is_formula = list.value.contains(['＝', '=']);
    signs.into_iter().find_map(|(sign, is_sign, least)| {
        let parts = parted_by(list, |_, c| is_sign(c));
        let is_part = |part: &Text| !part.value.starts_with(OPERATORS) && !part.value.ends_with(OPERATORS);
        let least = if has_total { 2 } else { least };
        // 目標　実績, but not 目　標, 決算額　（千円） and 当初 予算
        let is_word = |part: &Text| part.value.chars().count() > 1 && !part.value.starts_with(['（', '(']);
        let is_wide = sign == "空白" && list.value.contains('　') && parts.iter().all(is_word);
        let least = if is_wide { 2 } else { least };
        let is_list = parts.len() >= least && parts.iter().all(is_part) && !(sign == "「／」" && is_formula);
        is_list.then_some((sign, parts))
    })
}
