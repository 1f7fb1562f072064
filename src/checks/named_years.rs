//! The fiscal year that a sentence says of a figure: 令和4年度の421件, 来年度は421件.

use crate::model::{FiscalYear, TitleForm, years_in_title};

/// Words for years beside the one that the report is of.
const WORDS: &[(&str, i32)] = &[
    ("前々年度", -2),
    ("一昨年度", -2),
    ("前年度", -1),
    ("昨年度", -1),
    ("今年度", 0),
    ("本年度", 0),
    ("当年度", 0),
    ("翌々年度", 2),
    ("翌年度", 1),
    ("来年度", 1),
    ("次年度", 1),
];
/// Behind a year these say that something began in it.
const BEGINNINGS: &[&str] = &["から", "より", "以降", "以来", "に始", "に開始", "に開設", "に創設", "に制定", "に策定"];

/// Whether the sentence around a place of a line leaves it open that the figure there is one of that year.
pub(super) fn may_be_of(line: &str, at: usize, year: FiscalYear, current: FiscalYear) -> bool {
    let start = line.get(..at).and_then(|before| before.rfind('。')).map_or(0, |end| end + '。'.len_utf8());
    let rest = line.get(start..).unwrap_or("");
    let sentence = rest.get(..rest.find('。').unwrap_or(rest.len())).unwrap_or("");
    let mut years: Vec<(usize, Vec<i32>)> = years_in_title(sentence, current)
        .into_iter()
        .filter(|found| is_said_of_figures(sentence, found.range.end))
        .map(|found| {
            let own = found.year.year();
            // Of a year of the calendar the first months belong to the fiscal year before.
            let all = if found.form == TitleForm::Fiscal { vec![own] } else { vec![own - 1, own] };
            (found.range.start, all)
        })
        .collect();
    years.extend(WORDS.iter().flat_map(|(word, away)| {
        let found = sentence.match_indices(word).map(|(place, _)| place);
        // 前年度 of 前々年度 is another word: what is longer stands first.
        let own = found.filter(|place| {
            !WORDS.iter().any(|(longer, _)| {
                longer.len() > word.len()
                    && longer.ends_with(word)
                    && sentence.get(..place + word.len()).is_some_and(|text| text.ends_with(longer))
            }) && is_said_of_figures(sentence, place + word.len())
        });
        own.map(|place| (place, vec![current.year() + away])).collect::<Vec<_>>()
    }));
    years.sort_by_key(|(place, _)| *place);
    let nearest = years.iter().rfind(|(place, _)| start + place < at).or_else(|| years.first());
    nearest.is_none_or(|(_, years)| years.contains(&year.year()))
}

fn is_said_of_figures(sentence: &str, end: usize) -> bool {
    let behind = sentence.get(end..).unwrap_or("");
    !BEGINNINGS.iter().any(|word| behind.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_of_2020(line: &str) -> bool {
        let at = line.find("321").unwrap_or(0);
        may_be_of(line, at, FiscalYear::new(2020), FiscalYear::new(2020))
    }

    #[test]
    fn figures_of_the_year_at_hand() {
        for line in [
            "利用は321件であった。",
            "令和2年度の利用は321件であった。",
            "令和3年度に備えた。利用は321件であった。",
            "令和元年度から始め、利用は321件であった。",
            "令和3年2月までに321件の利用があった。",
            "前年度の300件に対し、今年度は321件であった。",
            "2年度は321件、3年度も同じと見込む。",
        ] {
            assert!(is_of_2020(line), "{line}");
        }
    }

    #[test]
    fn figures_of_other_years() {
        for line in [
            "平成29年度の321件から減った。",
            "令和3年度は321件を見込む。",
            "来年度には321件とする。",
            "利用は321件であった前年度を下回った。",
            "前々年度の321件が最も多い。",
            "2018年に321件を数えた。",
        ] {
            assert!(!is_of_2020(line), "{line}");
        }
    }
}
