//! What the forms of offices call our sections: a heading that is one of these is answered with ours.

use super::sections::{FileKind, SectionKind};
use super::vocabulary::Vocabulary;

/// What the forms of offices call our sections.
const SYNONYMS: &[(SectionKind, &[&str])] = &[
    (
        SectionKind::Overview,
        &[
            "目的",
            "事業目的",
            "目的内容",
            "内容",
            "事業内容",
            "概要",
            "趣旨",
            "目的及び内容",
            "目的概要",
            "背景",
            "施策概要",
        ],
    ),
    (SectionKind::ChapterOverview, &["概要", "取組概要", "取組", "取組状況", "取組内容", "施策概要", "現状"]),
    (
        SectionKind::Results,
        &[
            "実績",
            "実績内容",
            "実施状況",
            "取組状況",
            "進捗状況",
            "実施内容",
            "実施結果",
            "取組内容",
            "取組実績",
            "取組結果",
            "実施実績",
            "活動実績",
            "活動内容",
            "実績成果",
            "実施状況及び成果",
            "実績及び成果",
            "取組状況及び実績",
            "事業実施状況",
            "事業結果",
            "主取組",
        ],
    ),
    (
        SectionKind::Outcome,
        &["効果", "事業効果", "事業成果", "成果効果", "成果及び効果", "取組成果", "評価", "事業評価"],
    ),
    (SectionKind::Issues, &["課題", "今後課題", "課題等", "問題点", "課題問題点", "現状課題", "事業課題", "残課題"]),
    (
        SectionKind::Direction,
        &[
            "今後取組",
            "今後予定",
            "今後方針",
            "今後対応",
            "今後展開",
            "今後方向性",
            "今後見通し",
            "今後進め方",
            "次年度取組",
            "次年度以降取組",
            "翌年度取組",
            "来年度取組",
            "改善策",
            "対応方針",
            "課題対応",
            "今後取組方針",
            "今後対応方針",
            "今後取組方向",
        ],
    ),
    (
        SectionKind::Indicators,
        &[
            "成果指標",
            "活動指標",
            "評価指標",
            "数値目標",
            "指標推移",
            "実績値",
            "実績数値",
            "目標値",
            "指標等",
            "指標達成状況",
        ],
    ),
    (SectionKind::Case, &["取組事例", "好事例", "事例紹介", "具体例", "コラム", "トピックス"]),
    (SectionKind::Photos, &["画像", "写真等", "活動写真", "図表写真"]),
    (SectionKind::Composition, &["事業一覧", "構成事業", "章構成", "事業構成", "目次", "掲載事業"]),
    (SectionKind::FormFields, &["こうもく", "項目欄", "項目一覧", "基本項目", "欄"]),
    (SectionKind::FormChapterFields, &["章項目"]),
    (SectionKind::FormSections, &["みだし", "見出", "見出し一覧"]),
    (SectionKind::FormChapterSections, &["章見出し", "章見出"]),
    (SectionKind::FormTable, &["ひょう", "表定義"]),
    (SectionKind::FormGrades, &["ひょうか", "評価観点", "評定", "観点"]),
    (SectionKind::FormList, &["いちらん", "一らん", "一覧表", "事業一覧", "事業一覧表"]),
];

/// The section that is called so elsewhere, or the one with its role in the office's form. の, ・ and a leading 事業の do not
/// matter.
pub(super) fn synonym(name: &str, file: FileKind, vocabulary: &Vocabulary) -> Option<SectionKind> {
    let bare: String = name.chars().filter(|c| !"の・･と、，, 　".contains(*c)).collect();
    let matches = |names: &[&str]| {
        let without = bare.strip_prefix("事業").or_else(|| bare.strip_prefix("主な")).unwrap_or(&bare);
        names.contains(&bare.as_str()) || names.contains(&without)
    };
    let meant = SYNONYMS.iter().find(|(kind, names)| kind.belongs_to(file) && matches(names))?.0;
    let role = meant.spec().role;
    vocabulary.sections_of(file).find(|kind| *kind == meant || (role.is_some() && kind.spec().role == role))
}
