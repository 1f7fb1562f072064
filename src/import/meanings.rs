//! What offices write over and beside their texts, and what it means here.

use super::form_cells::{CellPlace, FreePlace};
use crate::syntax::{FieldName, SectionKind};

/// What a label or a heading says of what stands beside or below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Name,
    Amount,
    Category,
    /// 新規: marked with ○
    New,
    Department,
    /// 部, where the list has 課 too
    Division,
    /// Belongs to the department before it
    Group,
    Number,
    Page,
    Reading,
    FormerName,
    ChapterTitle,
    /// 基本方針事業一覧
    List,
    /// The first cell of a table of indicators
    IndicatorHead,
    /// Goes into 【メモ】 and needs no message
    Memo,
    Section(SectionKind),
    /// What the office's form alone knows
    Own(Own),
}

/// What the office's form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Own {
    Field(FieldName),
    /// A field that takes several columns: 会計 of 予算科目（会計）
    FieldPart(FieldName),
    /// A criterion, by its section and its place there
    Grade(SectionKind, usize),
    /// Why a grade was given, or a choice made
    Reason(SectionKind, Option<usize>),
    /// A cell of a table
    Cell(SectionKind, CellPlace),
    /// A cell of a row of a table whose rows are free
    FreeCell(SectionKind, FreePlace),
}

impl Meaning {
    pub(super) fn is_office(self) -> bool {
        matches!(self, Self::Department | Self::Division | Self::Group)
    }
}

/// The names that a mapping file gives to meanings, each with the words that offices commonly write.
pub(super) const KNOWN: &[(&str, Meaning, &[&str])] = &[
    (
        "事業名",
        Meaning::Name,
        &[
            "事業名",
            "事業名称",
            "事業の名称",
            "事務事業名",
            "事務事業名称",
            "事務事業の名称",
            "施策名",
            "施策名称",
            "施策の名称",
            "細事業名",
            "主要事業名",
            "件名",
        ],
    ),
    (
        "事業費",
        Meaning::Amount,
        &[
            "事業費",
            "決算額",
            "事業費決算額",
            "決算見込額",
            "予算額",
            "当初予算額",
            "執行額",
            "金額",
            "総事業費",
            "決算",
            "事業費計",
            "事業費合計",
            "直接事業費",
            "支出済額",
            "歳出決算額",
            "予算現額",
            "最終予算額",
        ],
    ),
    (
        "区分",
        Meaning::Category,
        &["区分", "新規継続", "新規・継続", "新規・継続の別", "事業区分", "新規継続区分", "新規/継続"],
    ),
    ("新規", Meaning::New, &["新規"]),
    (
        "担当",
        Meaning::Department,
        &[
            "担当",
            "担当課",
            "担当課等",
            "所管課",
            "所管",
            "担当部署",
            "所属",
            "担当課室",
            "担当課名",
            "所管課名",
            "課名",
            "担当部局",
            "主管課",
            "担当部課",
            "担当部課名",
            "所管部課",
            "所管部課名",
            "部課名",
            "担当室",
            "担当部",
            "担当部名",
            "担当部局名",
            "所管部",
            "所管部名",
            "所管部局",
            "所管部局名",
            "部局名",
            "実施課",
            "実施課名",
            "実施課等名",
            "担当課等名",
            "所管課等",
        ],
    ),
    ("グループ", Meaning::Group, &["グループ", "担当グループ", "グループ名", "班", "担当班", "係", "担当係", "係名"]),
    ("番号", Meaning::Number, &["番号", "no", "no.", "整理番号", "事業番号", "№", "通番"]),
    ("掲載頁", Meaning::Page, &["掲載頁", "頁", "ページ", "掲載ページ"]),
    ("よみ", Meaning::Reading, &["よみ", "ふりがな", "フリガナ", "読み"]),
    ("旧名称", Meaning::FormerName, &["旧名称", "旧事業名", "前年度の事業名"]),
    ("章の題名", Meaning::ChapterTitle, &["章の題名", "基本方針", "施策の柱"]),
    ("事業一覧", Meaning::List, &["事業一覧", "基本方針事業一覧", "一覧", "事業一覧表", "実施事業一覧"]),
    (
        "項目名",
        Meaning::IndicatorHead,
        &["項目名", "項目", "指標名", "指標", "成果指標", "活動指標", "指標項目", "評価指標", "主な指標", "主要指標"],
    ),
    (
        "メモ",
        Meaning::Memo,
        &[
            "メモ",
            "備考",
            "特記事項",
            "摘要",
            "財源内訳",
            "担当者",
            "担当者名",
            "作成者",
            "記入者",
            "電話",
            "電話番号",
            "内線",
            "連絡先",
        ],
    ),
    (
        "取組の概要",
        Meaning::Section(SectionKind::ChapterOverview),
        &["取組の概要", "取組概要", "取り組みの概要", "基本方針の概要"],
    ),
    (
        "事業概要",
        Meaning::Section(SectionKind::Overview),
        &[
            "事業概要",
            "事業の概要",
            "概要",
            "目的",
            "事業の目的",
            "事業目的",
            "事業内容",
            "事業の内容",
            "内容",
            "取組内容",
            "取組の内容",
            "目的・概要",
            "事業の目的・概要",
            "事業の目的及び概要",
            "目的・内容",
            "事業の目的・内容",
            "事業の趣旨",
            "事務事業の概要",
            "事務事業の目的",
            "施策の概要",
            "施策の内容",
            "趣旨",
        ],
    ),
    (
        "事業実績",
        Meaning::Section(SectionKind::Results),
        &[
            "事業実績",
            "事業の実績",
            "実績",
            "実施状況",
            "事業の実施状況",
            "取組実績",
            "取組状況",
            "実施内容",
            "実施結果",
            "事業実施状況",
            "活動実績",
        ],
    ),
    (
        "指標",
        Meaning::Section(SectionKind::Indicators),
        &["指標", "成果指標", "指標の推移", "活動指標", "評価指標", "指標の実績", "数値目標"],
    ),
    (
        "成果",
        Meaning::Section(SectionKind::Outcome),
        &["成果", "事業の成果", "事業成果", "効果", "事業の効果", "成果・効果"],
    ),
    ("課題", Meaning::Section(SectionKind::Issues), &["課題", "事業の課題", "今後の課題", "問題点", "課題・問題点"]),
    (
        "今後の方向",
        Meaning::Section(SectionKind::Direction),
        &[
            "今後の方向",
            "今後の方向性",
            "今後の取組",
            "今後の展開",
            "今後の予定",
            "今後の対応",
            "改善策",
            "今後の取組方針",
        ],
    ),
    ("事例", Meaning::Section(SectionKind::Case), &["事例", "取組事例", "活用事例", "事例紹介"]),
];

/// What some words mean over a column of a list; elsewhere they are words like others.
pub(super) const LISTED: &[(&str, Meaning)] = &[
    ("事業", Meaning::Name),
    ("事務事業", Meaning::Name),
    ("細事業", Meaning::Name),
    ("施策", Meaning::Name),
    ("取組", Meaning::Name),
    ("取組名", Meaning::Name),
    ("部", Meaning::Department),
    ("部局", Meaning::Department),
    ("部名", Meaning::Department),
    ("課", Meaning::Department),
    ("課等", Meaning::Department),
    ("室", Meaning::Group),
];
