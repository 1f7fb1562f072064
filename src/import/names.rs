//! Names of programs with what is written around them: departments in brackets behind them, marks of new and of relisted
//! programs, former names. Each goes where it belongs; the name keeps it only where it would be another program's name
//! without it.

use std::collections::BTreeMap;

use super::draft::{Program, ReviewNote, SourcedText};
use super::offices::{behind_name, departments};
use super::place::Place;
use crate::syntax::chars::{is_blank, is_colon};

const BRACKETS: &[(char, char)] = &[
    ('【', '】'),
    ('（', '）'),
    ('(', ')'),
    ('［', '］'),
    ('[', ']'),
    ('〔', '〕'),
    ('＜', '＞'),
    ('<', '>'),
    ('《', '》'),
];
/// What is marked in front of a word: ○新, ☑新規, ★新規
const SIGNS: &[char] = &['○', '〇', '◯', '◎', '●', '☑', '☒', '■', '✓', '✔', '★', '☆', '※'];

/// What a mark at a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NameMark {
    Category(&'static str),
    Relisted,
    FormerName(String),
}

/// Parts what stands around names.
pub(super) fn part_names(programs: &mut [Program]) {
    for name in programs.iter_mut().filter_map(|program| program.name.as_mut()).filter(|name| name.text.contains('\n'))
    {
        name.text = on_one_line(&name.text);
    }
    part_marks(programs);
    part_departments(programs);
}

/// A name that a cell broke into lines; words of letters stay apart.
fn on_one_line(name: &str) -> String {
    let mut line = String::new();
    for part in name.split('\n').map(|part| part.trim_matches(is_blank)).filter(|part| !part.is_empty()) {
        if line.ends_with(|c: char| c.is_ascii_alphanumeric()) && part.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// How often each name would stand without what `bare` takes from it.
fn times(programs: &[Program], bare: impl Fn(&Program) -> Option<String>) -> BTreeMap<String, usize> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for program in programs {
        let name = bare(program).or_else(|| program.name.as_ref().map(|name| name.text.clone()));
        *times.entry(name.unwrap_or_default()).or_default() += 1;
    }
    times
}

fn part_marks(programs: &mut [Program]) {
    let parted = |program: &Program| {
        let (bare, marks) = without_marks(&program.name.as_ref()?.text);
        (!marks.is_empty()).then_some((bare, marks))
    };
    let times = times(programs, |program| parted(program).map(|(bare, _)| bare));
    for program in programs {
        let Some((bare, marks)) = parted(program) else { continue };
        let place = program.name.as_ref().map(|name| name.place.clone()).unwrap_or_default();
        for mark in marks {
            put(mark, program, &bare, &place);
        }
        rename(program, bare, &times);
    }
}

fn rename(program: &mut Program, bare: String, times: &BTreeMap<String, usize>) {
    if times.get(&bare) == Some(&1)
        && let Some(name) = &mut program.name
    {
        program.memo.push(SourcedText::new(format!("もとの事業名：{}", name.text), &name.place));
        name.text = bare;
    }
}

fn put(mark: NameMark, program: &mut Program, bare: &str, place: &Place) {
    match mark {
        NameMark::Category(word) => match &program.category {
            None => program.category = Some(SourcedText::new(word, place)),
            Some(known) if known.text == word => {}
            Some(known) => {
                let what = format!(
                    "区分が「{}」で、事業名には「{word}」の印があります。正しい区分を残してください",
                    known.text
                );
                program.review_notes.push(ReviewNote::new(what, place));
            }
        },
        NameMark::Relisted => {
            let what = format!(
                "事業名に再掲の印があります。ほかの章の事業なら、このファイルを消し、章.jigyo の【構成】に「再掲　{bare}」と書いてください（残すと事業費が2回足されます）"
            );
            program.review_notes.push(ReviewNote::new(what, place));
        }
        NameMark::FormerName(text) if program.former_name.is_none() => {
            program.former_name = Some(SourcedText::new(text, place))
        }
        NameMark::FormerName(text) => program.memo.push(SourcedText::new(format!("旧名称：{text}"), place)),
    }
}

/// A name without the marks in front of it and behind it.
fn without_marks(name: &str) -> (String, Vec<NameMark>) {
    let mut bare = name.trim_matches(is_blank);
    let mut marks = Vec::new();
    while let Some((mark, rest)) = in_front(bare).or_else(|| behind(bare)) {
        let rest = rest.trim_matches(is_blank);
        if rest.is_empty() {
            break;
        }
        marks.push(mark);
        bare = rest;
    }
    (bare.to_string(), marks)
}

fn in_front(name: &str) -> Option<(NameMark, &str)> {
    if let Some(rest) = name.strip_prefix('🈟') {
        return Some((NameMark::Category("新規"), rest));
    }
    let bracketed = BRACKETS.iter().find_map(|(open, close)| name.strip_prefix(*open)?.split_once(*close));
    if let Some((inside, rest)) = bracketed {
        return mark(inside).map(|mark| (mark, rest));
    }
    let signed = name.strip_prefix(SIGNS)?.trim_start_matches(is_blank);
    // ○新規 is a mark, ○新 before 造船 is one too, ○新たな is none.
    let word = ["新規", "拡充", "継続", "終了", "再掲", "新"].into_iter().find(|word| signed.starts_with(word))?;
    let rest = signed.strip_prefix(word)?;
    let is_apart = rest.starts_with(|c| is_blank(c) || is_colon(c));
    let is_kanji = rest.starts_with(|c: char| !('ぁ'..='ん').contains(&c));
    let rest = rest.trim_start_matches(|c| is_blank(c) || is_colon(c));
    mark(word).filter(|_| is_apart || is_kanji).map(|mark| (mark, rest))
}

fn behind(name: &str) -> Option<(NameMark, &str)> {
    if let Some(rest) = name.strip_suffix("※再掲") {
        return Some((NameMark::Relisted, rest));
    }
    BRACKETS.iter().find_map(|(open, close)| {
        let (rest, inside) = name.strip_suffix(*close)?.rsplit_once(*open)?;
        mark(inside).map(|mark| (mark, rest))
    })
}

/// What the words in brackets say; nothing where they belong to the name.
fn mark(inside: &str) -> Option<NameMark> {
    let inside = inside.trim_matches(|c| is_blank(c) || SIGNS.contains(&c));
    let former = ["旧事業名", "旧名称", "旧"].into_iter().find_map(|word| inside.strip_prefix(word));
    if let Some(former) = former.and_then(|rest| rest.strip_prefix(is_colon)) {
        let former = former.trim_matches(is_blank);
        return (!former.is_empty()).then(|| NameMark::FormerName(former.to_string()));
    }
    Some(match inside {
        "新" | "新規" | "新規事業" | "NEW" | "New" => NameMark::Category("新規"),
        "拡" | "拡充" => NameMark::Category("拡充"),
        "継" | "継続" => NameMark::Category("継続"),
        "終了" => NameMark::Category("終了"),
        "再" | "再掲" => NameMark::Relisted,
        _ => return None,
    })
}

/// Parts what stands behind names, in programs that have no other department or the same.
fn part_departments(programs: &mut [Program]) {
    let parted = |program: &Program| {
        let name = program.name.as_ref()?;
        let (bare, inside) = behind_name(&name.text, program.has_department_in_name)?;
        let found = departments(inside);
        let is_own = program.departments.is_empty() || program.departments.iter().map(|said| &said.text).eq(&found);
        is_own.then(|| (bare.to_string(), found))
    };
    let times = times(programs, |program| parted(program).map(|(bare, _)| bare));
    for program in programs {
        let Some((bare, found)) = parted(program) else { continue };
        let place = program.name.as_ref().map(|name| name.place.clone()).unwrap_or_default();
        program.departments = found.iter().map(|department| SourcedText::new(department, &place)).collect();
        rename(program, bare, &times);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_parted_from_names() {
        let new = NameMark::Category("新規");
        for (name, bare, mark) in [
            ("【新規】船員体験事業", "船員体験事業", new.clone()),
            ("（新）船員体験事業", "船員体験事業", new.clone()),
            ("○新 船員体験事業", "船員体験事業", new.clone()),
            ("☑新規 船員体験事業", "船員体験事業", new.clone()),
            ("船員体験事業（新規）", "船員体験事業", new),
            ("灯台公開事業　（再掲）", "灯台公開事業", NameMark::Relisted),
            ("港の見学（旧：港見学）", "港の見学", NameMark::FormerName("港見学".to_string())),
        ] {
            assert_eq!(without_marks(name), (bare.to_string(), vec![mark]), "{name}");
        }
        for name in ["新規就農の支援", "（仮称）港の広場", "【新規】", "○新しい港づくり", "研修（夜間の部）"]
        {
            assert_eq!(without_marks(name).1, [], "{name}");
        }
        assert_eq!(on_one_line("港湾見学会\n開催事業 \nPort\nDay"), "港湾見学会開催事業Port Day");
    }
}
