//! J037 inside a line: 25名（うち女性30名）, a part larger than the whole that stands before it.

use super::texts::for_each_text_of_program;
use super::unit::{Count, counts, is_same};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Program, Text};
use crate::syntax::chars::is_blank;

/// Words that make a part a figure of another kind: 25名（うち延べ30名）.
const OF_ANOTHER_KIND: &[&str] =
    &["延", "実", "前年", "昨年", "累計", "目標", "定員", "以上", "当たり", "あたり", "平均"];
/// What may stand before the whole and makes it one of many: 1社25名（うち…）.
const CUT: &[char] = &['万', '億', '千', '百', '各'];

pub(super) fn check(program: &Program, diagnostics: &mut Diagnostics) {
    for_each_text_of_program(program, &mut |text| {
        for line in text.lines {
            check_line(line, diagnostics);
        }
    });
}

fn check_line(line: &Text, diagnostics: &mut Diagnostics) {
    if !line.value.contains("うち") {
        return;
    }
    let counts = counts(&line.value);
    for pair in counts.windows(2) {
        let [whole, part] = pair else { continue };
        if is_part_of(&line.value, whole, part) && part.number > whole.number {
            diagnostics.push(message(line, whole, part));
        }
    }
}

fn is_part_of(line: &str, whole: &Count<'_>, part: &Count<'_>) -> bool {
    let before = line.get(..whole.start).unwrap_or("");
    let between = line.get(whole.start + whole.text.len()..part.start).unwrap_or("");
    let begins = ["うち", "のうち", "（うち", "(うち", "、うち", "（内", "(内"];
    let opened = between.trim_start_matches(is_blank);
    let Some(noun) = begins.iter().find_map(|begin| opened.strip_prefix(begin)) else { return false };
    let is_cut = before.ends_with(CUT) || before.ends_with("当たり") || before.ends_with("あたり");
    // One noun, and no sentence between.
    let is_near = noun.chars().count() <= 15 && !noun.contains(['。', '）', ')']) && !noun.contains(char::is_numeric);
    is_same(whole.counter, part.counter)
        && is_near
        && !is_cut
        && !OF_ANOTHER_KIND.iter().any(|word| noun.contains(word))
}

fn message(line: &Text, whole: &Count<'_>, part: &Count<'_>) -> Diagnostic {
    let place = line.stretch(part.start..part.start + part.text.len());
    let message = format!("うちの「{}」が、全体の「{}」より多くなっています。", part.text, whole.text);
    Diagnostic::new(Code::J037, place, message)
        .help("どちらかの数を直してください。")
        .or_acknowledge("【事業】", part.text)
        .related(line.stretch(whole.start..whole.start + whole.text.len()), "全体はここです")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::texts::said_of;

    fn found(text: &str) -> usize {
        said_of(text, check_line).len()
    }

    #[test]
    fn parts_larger_than_their_whole() {
        for text in ["25名（うち女性30名）", "参加者は25名、うち女性は30人であった。", "25名のうち女性が30名であった。"]
        {
            assert_eq!(found(text), 1, "{text}");
        }
        for text in [
            "25名（うち女性10名）",
            "実人数25名（うち延べ30名）",
            "25社（うち参加者30名）",
            "2万5,000名（うち女性6,000名）",
            "1社25名（うち12社30名）",
            "3回のうち1回に30名、25名が来た。",
            "5名。うちの会に30名が来た。",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
    }
}
