//! J072: the names by which columns and rows say that they are 目標, 実績, 達成率 and their like.

use super::figures::bare;
use super::rate_bases::RateOf;
use crate::model::split_year;
use crate::syntax::chars::is_blank;

/// What a column or a row is beside the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Goal,
    Budget,
    Base,
    /// 実績
    Result,
    /// 決算額
    Spent,
    /// 達成率
    Achievement,
    /// 執行率
    Execution,
    /// 増減率, 前年度比
    Growth,
    /// 増減
    Change,
    /// 差引, 不用額: of which sign is not said
    Rest,
}

const KINDS: &[(&[&str], ColumnKind)] = &[
    (&["目標", "目標値", "目標数", "年度目標", "最終目標", "最終目標値", "計画", "計画値", "計画数"], ColumnKind::Goal),
    (&["予算", "予算額", "予算現額", "最終予算額", "当初予算額", "予算計"], ColumnKind::Budget),
    (&["基準", "基準値", "現状", "現状値", "策定時"], ColumnKind::Base),
    (&["実績", "実績値", "実績数", "年度実績"], ColumnKind::Result),
    (&["決算", "決算額", "執行額", "支出済額", "支出額"], ColumnKind::Spent),
    (
        &[
            "達成率",
            "達成度",
            "達成割合",
            "達成状況",
            "目標達成率",
            "目標達成度",
            "目標達成状況",
            "進捗率",
            "進捗度",
            "進捗状況",
        ],
        ColumnKind::Achievement,
    ),
    (&["執行率", "予算執行率"], ColumnKind::Execution),
    (
        &["増減率", "伸び率", "前年度比", "前年比", "対前年度比", "対前年比", "対前年度増減率", "前年度増減率"],
        ColumnKind::Growth,
    ),
    (&["増減", "増減額", "増減数", "対前年度増減", "前年度増減", "前年度からの増減"], ColumnKind::Change),
    (&["差", "差額", "差引", "差引額", "不用額", "執行残", "執行残額", "残額"], ColumnKind::Rest),
];

impl ColumnKind {
    /// What a rate may be of beside its nearest figures.
    pub(super) fn rate_of(self) -> Option<RateOf> {
        match self {
            Self::Achievement => Some(RateOf::Goal),
            Self::Execution => Some(RateOf::Budget),
            Self::Goal | Self::Budget | Self::Base | Self::Result | Self::Spent => None,
            Self::Growth | Self::Change | Self::Rest => None,
        }
    }
}

/// 【目標】, 参加者数の目標, 目標参加者数: the word around what is counted.
fn around(name: &str) -> Option<(ColumnKind, String)> {
    const WORDS: &[(&str, ColumnKind)] = &[("目標", ColumnKind::Goal), ("実績", ColumnKind::Result)];
    const COUNTED: &[&str] = &["数", "人員", "量", "額", "回数", "時間", "面積", "延長"];
    let bare = name.trim_matches(['【', '】', '［', '］', '[', ']']);
    WORDS.iter().find_map(|(word, kind)| {
        let behind = bare.strip_suffix(*word).and_then(|rest| rest.strip_suffix('の')).filter(|rest| !rest.is_empty());
        let ahead = bare.strip_prefix(*word).filter(|rest| COUNTED.iter().any(|end| rest.ends_with(end)));
        let stem = if bare == *word && bare != name { Some("") } else { behind.or(ahead) };
        stem.map(|stem| (*kind, stem.to_string()))
    })
}

/// The kind, and what stands before it: 参加者数の, 令和2年度.
pub(super) fn kind_of(name: &str) -> Option<(ColumnKind, String)> {
    let stem = |name: &str| KINDS.iter().find(|(words, _)| words.contains(&name)).map(|(_, kind)| *kind);
    let name_only = bare(name);
    if let Some(kind) = stem(&name_only) {
        return Some((kind, String::new()));
    }
    if let Some((year, rest)) = split_year(&name_only)
        && let Some(kind) = stem(&rest)
    {
        return Some((kind, format!("{year:?}")));
    }
    if let Some(found) = around(&name_only) {
        return Some(found);
    }
    // 参加者数（目標）
    let inner = name.trim_matches(is_blank).strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let word: String = inner.get(open..)?.chars().skip(1).collect();
    Some((stem(&bare(&word))?, inner.get(..open)?.trim_matches(is_blank).to_string()))
}

/// Shares of which offices agree what they are of: what is done, and of whom or what. 就職率 is of those who look for work, whom
/// no table counts.
const SHARES: &[(&str, &[&str])] = &[
    ("修了", &["受講", "入校", "入所", "入学"]),
    ("合格", &["受験", "受検"]),
    ("受診", &["対象"]),
    ("接種", &["対象"]),
    ("回収", &["配布", "発送", "送付", "対象"]),
    ("回答", &["配布", "発送", "送付", "依頼"]),
];

/// A rate of which it is known what it is of: 修了率.
pub(super) struct Share {
    part: &'static str,
    wholes: &'static [&'static str],
}

impl Share {
    pub(super) fn of(rate: &str) -> Option<Self> {
        let stem = rate.strip_suffix('率')?;
        SHARES.iter().find(|(part, _)| *part == stem).map(|(part, wholes)| Self { part, wholes })
    }

    /// The places of the whole and of the part among the names beside it, where there is one of each.
    pub(super) fn places(&self, names: &[String]) -> Option<(usize, usize)> {
        let only = |is: &dyn Fn(&str) -> bool| {
            let mut found = names.iter().enumerate().filter(|(_, name)| is(name)).map(|(place, _)| place);
            found.next().filter(|_| found.next().is_none())
        };
        let counts =
            |name: &str, begin: &str| name.strip_prefix(begin).is_some_and(|rest| rest.ends_with(['数', '者']));
        let whole = only(&|name| self.wholes.iter().any(|whole| counts(name, whole)))?;
        Some((whole, only(&|name| counts(name, self.part))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_shares() {
        let find = |rate: &str, names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_string()).collect();
            Share::of(rate).and_then(|share| share.places(&names))
        };
        assert_eq!(find("修了率", &["定員", "受講者数", "修了者数", "修了率"]), Some((1, 2)));
        assert_eq!(find("回収率", &["回収数", "配布数"]), Some((1, 0)));
        assert_eq!(find("修了率", &["受講者数", "入校者数", "修了者数"]), None);
        assert_eq!(find("就職率", &["修了者数", "就職者数"]), None);
    }

    #[test]
    fn names_of_goals_and_results() {
        let is = |name: &str, kind, stem: &str| assert_eq!(kind_of(name), Some((kind, stem.to_string())), "{name}");
        for name in ["参加者数（目標）", "参加者数の目標", "目標参加者数"] {
            is(name, ColumnKind::Goal, "参加者数");
        }
        is("【実績】", ColumnKind::Result, "");
        is("実績件数", ColumnKind::Result, "件数");
        for name in ["目標達成のための会議", "実績報告", "目標年度", "目標設定の方法"] {
            assert_eq!(kind_of(name), None, "{name}");
        }
    }
}
