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
    (&["目標", "目標値", "目標数", "計画", "計画値", "計画数"], ColumnKind::Goal),
    (&["予算", "予算額", "予算現額", "最終予算額", "当初予算額", "予算計"], ColumnKind::Budget),
    (&["基準", "基準値", "現状", "現状値", "策定時"], ColumnKind::Base),
    (&["実績", "実績値", "実績数"], ColumnKind::Result),
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
    // 参加者数（目標）
    let inner = name.trim_matches(is_blank).strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let word: String = inner.get(open..)?.chars().skip(1).collect();
    Some((stem(&bare(&word))?, inner.get(..open)?.trim_matches(is_blank).to_string()))
}
