//! What to write in a box, in one plain sentence.

use crate::form::{ContentSpec, FieldKind};
use crate::syntax::{FieldName, SectionKind, SectionRole};

const FIELDS: &[(FieldName, &str)] = &[
    (FieldName::Reading, "索引に使う読みを、ひらがなで書きます。"),
    (FieldName::FormerName, "名前が変わった事業の、前の名前です。"),
    (FieldName::OutsideTotal, "事業費を合計に入れないときだけ、その理由を書きます。"),
    (FieldName::Chart, "「あり」にすると、指標の図が図表に載ります。"),
    (FieldName::Acknowledged, "確かめた指摘を出さないようにします。指摘の番号と理由を書きます。"),
];

/// Of a field; empty where its name says all.
pub(super) fn hint_of_field(name: FieldName, kind: &FieldKind, unit: &str) -> String {
    if let Some((_, own)) = FIELDS.iter().find(|(field, _)| *field == name) {
        return (*own).to_string();
    }
    let words = |words: &[String]| match words {
        [] => String::new(),
        words => format!("「{}」とも書けます。", words.join("」「")),
    };
    match kind {
        FieldKind::Amount(other) => format!("3,254 のように数字で書きます（単位は{unit}）。{}", words(other)),
        FieldKind::Number(other) => format!("12人 のように、1つの数と単位を書きます。{}", words(other)),
        FieldKind::Year(other) => format!("令和6年度 のように書きます。{}", words(other)),
        FieldKind::Period(other) => format!("令和4年度～令和8年度 のように書きます。{}", words(other)),
        FieldKind::Id => "ほかの事業と重ならない番号です。初めの0も書きます。".to_string(),
        FieldKind::Department => "「課名　グループ名」のように、課とグループの間を空けて書きます。".to_string(),
        FieldKind::Text | FieldKind::Choice(_) | FieldKind::None => String::new(),
    }
}

/// Of a section.
pub(super) fn hint_of_section(kind: SectionKind, content: &ContentSpec) -> String {
    match content {
        ContentSpec::Prose => hint_of_prose(kind).to_string(),
        ContentSpec::Choice(_) => "1つ選びます。説明があれば、下の欄に書きます。".to_string(),
        ContentSpec::Grades(_) => "観点ごとに評価を選び、理由を書きます。".to_string(),
        ContentSpec::Table(Some(table)) if table.is_transposed => {
            "1つの項目に、下の段の数を入れます。灰色の欄は自動で計算します。".to_string()
        }
        ContentSpec::Table(Some(_)) => {
            "灰色の欄は自動で計算します。Excel の表をコピーして、欄に貼り付けることもできます。".to_string()
        }
        ContentSpec::Table(None) => {
            "項目名と数を、単位を付けて入れます（58名）。Excel の表をコピーして、欄に貼り付けることもできます。"
                .to_string()
        }
        ContentSpec::Photos => "写真のファイルを選ぶか、ここへ引いてきて放します。".to_string(),
        ContentSpec::Cases => "題と、その事例の文を書きます。".to_string(),
    }
}

const PROSE: &[(SectionKind, &str)] = &[
    (SectionKind::Outcome, "事業によって何がどう変わったかを書きます。"),
    (SectionKind::Issues, "残っている課題を書きます。"),
    (SectionKind::Direction, "次の年度からどうするかを書きます。"),
];

fn hint_of_prose(kind: SectionKind) -> &'static str {
    let role = kind.spec().role;
    if role == Some(SectionRole::Overview) {
        return "何のために、誰に、何をする事業かを書きます。Enter で行を分けると、段落が分かれます。";
    }
    if role == Some(SectionRole::Results) {
        return "この年度に行ったことを書きます。Enter で行を分けると、段落が分かれます。番号を付けるときは（１）で始めます。";
    }
    let own = PROSE.iter().find(|(section, _)| *section == kind);
    own.map_or("文を書きます。Enter で行を分けると、段落が分かれます。", |(_, words)| words)
}
