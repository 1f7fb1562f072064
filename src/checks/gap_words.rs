//! Words beside which a figure was left out: what stands before it, what it counts, and what is said of it.

/// Behind these only a number can come.
pub(super) const BEFORE_A_NUMBER: &[&str] = &["延べ", "延", "約", "合計", "総勢", "総額", "合計額", "総数"];
pub(super) const BEFORE: &[&str] = &["は", "が", "も", "に", "で", "を", "計", "、"];
/// Counters that are words of their own: それは　本である. Before them stands what is counted: 参加者は　人でした.
pub(super) const WORDS: &[&str] = &[
    "人",
    "本",
    "部",
    "店",
    "班",
    "組",
    "台",
    "便",
    "戸",
    "棟",
    "社",
    "校",
    "円",
    "企業",
    "団体",
    "施設",
    "事業者",
    "事業所",
    "世帯",
    "講座",
    "コース",
    "品目",
    "種類",
    "店舗",
];
pub(super) const COUNTED: &[char] = &['者', '数', '員', '生', '客', '計', '額', '費', '金', '料', '高', '校', '社'];
pub(super) const MONEY: &[&str] = &["円", "千円", "万円", "百万円", "億円", "％", "%"];
/// What people and cases do that are counted: words about a number in front, wherever it stands.
pub(super) const DONE_BY_MANY: &[&str] =
    &["の参加", "が参加", "の出席", "が出席", "の来場", "が来場", "の応募", "が応募", "の利用", "が利用", "の相談"];
/// Further words about a number.
pub(super) const OF_A_NUMBER: &[&str] = &[
    "でし",
    "であ",
    "だっ",
    "です",
    "で、",
    "、",
    "。",
    "と、",
    "とな",
    "の申",
    "が申",
    "を超",
    "を上",
    "を下",
    "に達",
    "に上",
    "に増",
    "に減",
    "増",
    "減",
    "以上",
    "未満",
    "程度",
    "開催",
    "開い",
    "実施",
    "行い",
    "行っ",
    "を支援",
    "を採択",
    "を交付",
    "を開",
    "を実施",
];

/// What else behind a counter at the head of a line tells that its number was to stand in front: 件の相談があった.
pub(super) const AT_THE_START: &[&str] =
    &["の申請", "が申請", "の申込", "の支援", "開催し", "実施し", "開い", "行っ", "を支援し", "を採択し", "を交付し"];
/// What is counted behind 第.
pub(super) const ORDINALS: &[&str] = &["回", "期", "号", "次", "位", "条", "章", "弾"];
/// Behind an open bracket these go on with what was to stand in it. （　）内は is a sentence about brackets.
pub(super) const BEHIND_BRACKETS: &[&str] = &[
    "。",
    "年",
    "月",
    "日",
    "を実施",
    "を開催",
    "を行",
    "を支援",
    "を設",
    "を作",
    "を配",
    "を進",
    "を対象",
    "を訪",
    "を開",
    "において",
    "で開催",
    "で実施",
    "で行",
    "へ派遣",
    "が参加",
    "が主催",
    "市",
    "町",
    "村",
    "課",
    "氏",
];
