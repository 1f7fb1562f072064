//! Rows that programs write under the headings of a form: one slip is one message, which says what to type.

use jigyo::pipeline::check;

use crate::form_lines::{PURPOSE, report, said};

const FORM: &str = "財源｜表
点検｜評価
利用｜表
【表】財源
値：金額
列：当初、決算
行：国費、町費、財源の根拠
文字の行：財源の根拠
計：総計
【表】利用
前の列：単位
年度：前年度、当年度
【評価】点検
公平さ｜◎：よい、○：ふつう、△
今後 の見通し｜高い、低い
";

/// What is said of a program with these rows in the places of right ones.
fn told(rows: &[(&str, &str)]) -> Vec<String> {
    let mut program = "【目的】\n道を直す。\n【財源】\n国費｜100｜90\n町費｜50｜40\n財源の根拠｜条例｜条例\n【点検】\n公平さ｜◎\n今後 の見通し｜高い\n【利用】\n渡った人の数｜人｜300｜310\n"
        .to_string();
    for (from, to) in rows {
        assert!(program.contains(from), "{from}");
        program = program.replace(from, to);
    }
    said(&check(&report(&format!("{PURPOSE}{FORM}"), &program)).unwrap())
}

#[test]
fn another_sign_behind_the_name_of_a_row_is_one_message() {
    assert_eq!(told(&[]), Vec::<String>::new());
    for (right, typed, code) in [
        ("町費｜50｜40", "町費：50：40", "J025@7:1"),
        ("町費｜50｜40", "町費　50　40", "J025@7:1"),
        ("町費｜50｜40", "町費 50｜40", "J025@7:1"),
        ("町費｜50｜40", "町費：50｜40", "J025@7:1"),
        ("財源の根拠｜条例｜条例", "財源の根拠：条例：条例", "J025@8:1"),
    ] {
        let said = told(&[(right, typed)]);
        assert_eq!(said.len(), 1, "{typed}: {said:#?}");
        assert!(said[0].starts_with(code) && said[0].contains(&format!("「{right}」と書いて")), "{said:?}");
    }
    for (typed, right) in [("町費：0", "町費｜0"), ("町費　—", "町費｜—"), ("町費：未定：調査中", "町費｜")]
    {
        let said = told(&[("町費｜50｜40", typed)]);
        if right.ends_with('｜') {
            // 未定 is no figure: the row is told as one without ｜.
            assert!(said.iter().all(|said| !said.contains(right)), "{said:#?}");
            continue;
        }
        assert!(said.len() == 1 && said[0].contains(&format!("「{right}」と書いて")), "{typed}: {said:#?}");
    }
    // A row of its own that the form does not have, and one that is there already, are told as such.
    for (typed, code) in [("町費｜50｜40\n町費 2｜5｜4", "J018"), ("町費｜50｜40\n町費　5", "J018")] {
        let said = told(&[("町費｜50｜40", typed)]);
        assert!(said.iter().any(|said| said.starts_with(code)), "{typed}: {said:#?}");
        assert!(said.iter().all(|said| !said.contains("J017")), "{typed}: {said:#?}");
    }
    // As many figures as no row has: the row as it is to be typed
    let said = told(&[("町費｜50｜40", "町費：50：40：30")]);
    assert!(said.len() == 1 && said[0].contains("「町費｜当初｜決算」の順"), "{said:#?}");
}

#[test]
fn another_sign_behind_a_criterion_is_one_message() {
    for (typed, right) in [
        ("公平さ：◎", "公平さ｜◎"),
        ("公平さ　よい", "公平さ｜よい"),
        ("公平さ：△：遠い地区が残る。", "公平さ｜△｜遠い地区が残る。"),
        ("公平さ：○｜遠い地区が残る。", "公平さ｜○｜遠い地区が残る。"),
        ("公平さ：◎：よい", "公平さ｜◎：よい"),
    ] {
        let said = told(&[("公平さ｜◎", typed)]);
        assert_eq!(said.len(), 1, "{typed}: {said:#?}");
        assert!(said[0].starts_with("J020@10:1") && said[0].contains(&format!("「{right}」と書いて")), "{said:?}");
    }
    let said = told(&[("今後 の見通し｜高い", "今後の見通し 低い")]);
    assert!(said.len() == 1 && said[0].contains("「今後の見通し｜低い」"), "{said:#?}");
    // A grade that the form does not have is told as such.
    let said = told(&[("公平さ｜◎", "公平さ｜悪い")]);
    assert!(said.len() == 1 && said[0].starts_with("J018"), "{said:#?}");
}

#[test]
fn a_unit_that_was_left_out_is_one_message() {
    let said = told(&[("渡った人の数｜人｜300｜310", "渡った人の数｜300｜310")]);
    assert!(said.len() == 1 && said[0].starts_with("J020"), "{said:#?}");
}

#[test]
fn a_word_that_the_form_accepts_is_no_open_place() {
    let form = format!(
        "補助｜金額：調整中\n進め方｜選択：直営、要確認\n{PURPOSE}評定｜評価\n【評価】評定\n公平さ｜調整中、○\n"
    );
    let program = "補助：調整中\n進め方：要確認\n【目的】\n道を直す。\n【評定】\n公平さ｜調整中\n";
    assert_eq!(said(&check(&report(&form, program)).unwrap()), Vec::<String>::new());
    let program = "進め方：直営\n【目的】\n日程は調整中である。\n【評定】\n公平さ｜○｜調整中\n";
    let said = said(&check(&report(&form, program)).unwrap());
    assert!(said.len() == 2 && said.iter().all(|said| said.starts_with("J044")), "{said:#?}");
}

#[test]
fn a_period_that_ends_before_it_begins_is_told_so() {
    let form = format!("工期｜期間：毎年\n{PURPOSE}");
    let told = |period: &str| said(&check(&report(&form, &format!("工期：{period}\n【目的】\n道を直す。\n"))).unwrap());
    let said = told("令和7年度～令和3年度");
    assert!(said.len() == 1 && said[0].contains("終わりが始めより前です"), "{said:#?}");
    assert!(said[0].contains("「令和3年度～令和7年度」"), "{said:?}");
    for right in ["R3～R7", "平成30年度～令和2年度", "R5～R5", "毎年", "S60～"] {
        assert_eq!(told(right), Vec::<String>::new(), "{right}");
    }
    assert!(told("来年～再来年")[0].contains("分かりません"));
}

#[test]
fn an_open_choice_asks_for_one_of_the_choices() {
    let form = format!("{PURPOSE}方向｜選択：広げる、続ける、やめる\n");
    let program = "【目的】\n道を直す。\n【方向】\n未記入\n";
    let said = said(&check(&report(&form, program)).unwrap());
    assert!(said.len() == 1 && said[0].contains("広げる・続ける・やめる のどれか"), "{said:#?}");
}
