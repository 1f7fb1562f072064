//! Wide lists of programs, as an office's own workbook has them: a program a row whatever its heads are called, every cell
//! with its head, and a question where several columns could be 事業費.

use jigyo::import::{Imported, Words, import, read_table_text, read_workbook};
use jigyo::model::{Context, FiscalYear};
use rust_xlsxwriter::{Format, Workbook};

fn context() -> Context {
    Context { fiscal_year: Some(FiscalYear::new(2020)), ..Context::default() }
}

fn words(mapping: &str) -> Words {
    let mut words = Words::default();
    words.add_mapping(mapping).unwrap();
    words
}

fn from_table(text: &str, mapping: &str) -> Imported {
    import(&read_table_text("一覧.csv", text), &words(mapping), &context(), None)
}

fn names(imported: &Imported) -> Vec<&str> {
    imported.programs.iter().map(|program| program.name.as_str()).collect()
}

/// Years of costs side by side under one name, a row of remarks above, most heads the office's own.
fn wide_workbook() -> Vec<u8> {
    let heads = [
        "No.",
        "作成\n月",
        "事務事業ID",
        "事務事業名",
        "政策名",
        "施策名",
        "部課名",
        "係名",
        "協働の有無",
        "事業費計  （A）",
        "延べ業務時間",
        "事業費計  （A）",
        "延べ業務時間",
        "事業費計  （A）",
        "延べ業務時間",
        "見直しの余地",
    ];
    let rows = [
        [
            "1",
            "9",
            "0086",
            "浜の清掃事業",
            "海",
            "環境",
            "市民部環境課",
            "衛生係",
            "○",
            "3089",
            "280",
            "2948",
            "281",
            "2793",
            "282",
            "ない",
        ],
        [
            "2",
            "9",
            "0087",
            "魚市場の運営",
            "海",
            "水産",
            "農林部水産課",
            "漁政係",
            "",
            "89",
            "20",
            "80",
            "21",
            "",
            "",
            "ある\n検討中",
        ],
        [
            "3",
            "9",
            "0088",
            "灯台の見学",
            "海",
            "観光",
            "農林部水産課",
            "漁政係",
            "",
            "7",
            "1",
            "8",
            "2",
            "9",
            "3",
            "ない",
        ],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (2_u16..).zip(heads) {
        sheet.write(0, column, "調整用（消さないこと）").unwrap();
        sheet.write(1, column, head).unwrap();
    }
    for (row, cells) in (2_u32..).zip(rows) {
        for (column, cell) in (2_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(figure) if !cell.starts_with('0') => sheet.write(row, column, figure).unwrap(),
                _ => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_wide_list_waits_for_the_office_to_say_which_column_is_the_cost() {
    let documents = read_workbook("台帳.xlsx", &wide_workbook()).unwrap();
    let open = import(&documents, &Words::default(), &context(), None);
    assert_eq!((names(&open), open.total), (vec!["浜の清掃事業", "魚市場の運営", "灯台の見学"], 0));
    assert!(open.programs.iter().all(|program| program.text.contains("\n事業費：\n")));
    let question = open.notes.iter().find(|note| note.contains("どれが事業費か決められません")).unwrap();
    for words in ["L列「事業費計  （A）」（初めの値は 3089）", "N列", "P列", "「L列,事業費」", "令和2年度の決算額"]
    {
        assert!(question.contains(words), "{words}: {question}");
    }
    let told = import(&documents, &words("様式の言葉,項目\nP列,事業費\n見直しの余地,今後の方向\n"), &context(), None);
    assert_eq!(told.total, 2793 + 9);
    assert!(!told.notes.iter().any(|note| note.contains("決められません")), "{:?}", told.notes);
    let text = &told.programs[0].text;
    assert!(text.starts_with("【事業】浜の清掃事業\n事業費：2,793\n担当：市民部環境課　衛生係\n"), "{text}");
    for line in [
        "作成月：9",
        "事務事業ID：0086",
        "政策名：海",
        "施策名：環境",
        "協働の有無：○",
        "事業費計  （A）（L列）：3089",
        "延べ業務時間（M列）：280",
        "事業費計  （A）（N列）：2948",
        "延べ業務時間（O列）：281",
        "延べ業務時間（Q列）：282",
    ] {
        assert!(text.lines().any(|typed| typed == line), "{line}: {text}");
    }
    // A blank cell of the column is not filled from another.
    let blank = &told.programs[1].text;
    assert!(blank.contains("\n事業費：\n") && blank.contains("【今後の方向】\nある\n検討中\n"), "{blank}");
}

#[test]
fn heads_of_groups_tell_equal_columns_apart() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 1, 0, "事業名", &plain).unwrap();
    sheet.merge_range(0, 1, 1, 1, "担当課", &plain).unwrap();
    for (column, group) in [(2, "R元決算"), (4, "R2決算"), (6, "R3予算")] {
        sheet.merge_range(0, column, 0, column + 1, group, &plain).unwrap();
        sheet.write(1, column, "国庫支出金").unwrap();
        sheet.write(1, column + 1, "事業費（千円）").unwrap();
    }
    for (row, name) in [(2, "港湾事業"), (3, "観光事業")] {
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 1, "監理課").unwrap();
        (2..8).for_each(|column| _ = sheet.write(row, column, f64::from(row * 100) + f64::from(column)).unwrap());
    }
    let documents = read_workbook("一覧.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let read = |year: Option<FiscalYear>, mapping: &str| {
        import(&documents, &words(mapping), &Context { fiscal_year: year, ..Context::default() }, None)
    };
    let own = read(Some(FiscalYear::new(2020)), "");
    assert_eq!((own.programs.len(), own.total), (2, 205 + 305));
    assert!(own.programs[0].text.contains("国庫支出金（R3予算）：206\n"), "{}", own.programs[0].text);
    assert!(own.programs[0].text.contains("事業費（千円）（R元決算）：203\n"), "{}", own.programs[0].text);
    // Of a plan for the year and what other years cost, none is taken; nor where no year is known.
    let asked = [read(Some(FiscalYear::new(2021)), ""), read(None, "")];
    for imported in asked {
        assert_eq!(imported.total, 0);
        assert!(
            imported.notes.iter().any(|note| note.contains("「事業費（千円）（R2決算）」")),
            "{:?}",
            imported.notes
        );
    }
    assert_eq!(read(None, "事業費（千円）（R元決算）,事業費\n").total, 203 + 303);
}

#[test]
fn words_for_a_program_and_its_departments_are_known_over_columns() {
    let plan = from_table(
        "コード,事業,担当課,前期,評価\n11,名簿の見直し,福祉課,○,A\n,,学校教育課,△,B\n12,図書の充実,図書館,◎,A\n",
        "",
    );
    assert_eq!(names(&plan), ["名簿の見直し", "図書の充実"]);
    let text = &plan.programs[0].text;
    assert!(text.contains("担当：福祉課\n担当：学校教育課\n"), "{text}");
    assert!(
        text.contains("前期：○\n評価：A\n（同じ事業の続き：3行目）\n担当課：学校教育課\n前期：△\n評価：B\n"),
        "{text}"
    );
    let parted =
        from_table("番号,事業名,担当部名,担当課名,施策の方針\n1,港湾事業,土木部,監理課,海\n2,道の駅,土木部,,陸\n", "");
    assert!(
        parted.programs[0].text.contains("担当：監理課\n") && parted.programs[0].text.contains("担当部名：土木部\n")
    );
    assert!(parted.programs[1].text.contains("担当：土木部\n"), "{}", parted.programs[1].text);
    let behind = from_table(
        "施策名（実施課等名）,予算額（千円）,説明文\n水質の調査（環境保全課）,13,海\n測定（夜間）（保健所）,5,陸\n",
        "",
    );
    assert_eq!((names(&behind), behind.total), (vec!["水質の調査", "測定（夜間）"], 18));
    assert!(behind.programs[0].text.contains("担当：環境保全課\n"));
    assert!(behind.programs[1].text.contains("担当：保健所\n"));
    let kept =
        from_table("事業名,担当課,事業費（千円）\n訓練事業（夜間の部）,監理課,1\n研修（県立学校）,監理課,2\n", "");
    assert_eq!(names(&kept), ["訓練事業（夜間の部）", "研修（県立学校）"]);
}

#[test]
fn rows_of_one_program_with_other_amounts_are_asked_for() {
    let table = "様式,事業名,部,課,予算年度,執行額（千円）\nシート,回線の更新,総務部,監理課,2019,900\nシート,回線の更新,総務部,監理課,2020,1100\n";
    let own = from_table(table, "");
    assert_eq!((own.programs.len(), own.total), (1, 1100));
    assert!(own.programs[0].text.contains("執行額（千円）（予算年度 2019）：900\n"), "{}", own.programs[0].text);
    let asked = from_table(&table.replace("2020", "2018"), "");
    assert_eq!((asked.programs.len(), asked.total), (1, 0));
    let message = &asked.programs[0].messages[0];
    assert!(message.text.contains("「900」（一覧.csv 2行目のF列）、「1100」"), "{}", message.text);
    assert!(asked.programs[0].text.contains("（予算年度 2018）：1100\n"), "{}", asked.programs[0].text);
}

#[test]
fn a_form_is_no_list() {
    let form = from_table(
        "事業名,港湾事業,所管,未来戦略本部\n事業期間,令和元年度から,根拠,港湾法\n関連計画,海の計画,主な相手,漁協\n手段,委託,効率,良い\n",
        "",
    );
    assert_eq!(names(&form), ["港湾事業"]);
}

#[test]
fn names_over_heads_of_the_office_are_a_list() {
    for heads in ["国庫,市費,その他", "4年度,5年度,増減", "開催回数,参加者数,経費の内訳", "優先度,方向,評点"]
    {
        let list = from_table(&format!("事務事業名,{heads}\n浜の清掃,10,20,30\n魚市場の運営,1,2,3\n"), "");
        assert_eq!(names(&list), ["浜の清掃", "魚市場の運営"], "{heads}");
        let text = &list.programs[1].text;
        let first = heads.split(',').next().unwrap();
        assert!(text.contains("【メモ】\n") && text.contains(&format!("{first}：1\n")), "{text}");
        assert!(list.notes.iter().any(|note| note.contains(&format!("「{first}」"))), "{:?}", list.notes);
    }
    let mapped = from_table("事業名,国庫,市費\n浜の清掃,10,20\n魚市場の運営,1,2\n", "国庫,メモ\n");
    assert_eq!(names(&mapped), ["浜の清掃", "魚市場の運営"]);
    assert_eq!(names(&from_table("事業名,国庫,市費\n浜の清掃,10,20\n", "")), ["浜の清掃"]);
}

#[test]
fn names_over_values_of_one_program_are_no_list() {
    for form in [
        "事業名,港湾事業\n国庫,10\n市費,20\n",
        "事業名,令和4年度,令和5年度\n国庫支出金,10,20\n一般財源,1,2\n",
        "事業名,港湾事業,\n根拠,港湾法,\n相手,漁協,\n",
    ] {
        assert_eq!(from_table(form, "").programs.len(), 1, "{form}");
    }
}

#[test]
fn a_table_wider_than_any_list_is_not_read() {
    let row = |text: &str, count: usize| vec![text; count].join(",");
    let table = |count: usize| format!("{}\n{}\n", row("事業名", count), row("港の灯", count));
    assert!(read_table_text("一覧.csv", &table(1_001)).is_empty());
    assert_eq!(read_table_text("一覧.csv", &table(40)).len(), 1);
}

#[test]
fn an_amount_in_another_unit_is_no_lost_text_of_the_program_before_it() {
    let list = "事業名,事業費（千円）,担当課\n甲整備事業,980,港湾課\n壬整備事業,12.345百万円,港湾課\n";
    let imported = from_table(list, "");
    assert!(imported.programs[1].text.contains("事業費：12,345千円"), "{}", imported.programs[1].text);
    assert!(!imported.programs[0].text.contains("12.345"), "{}", imported.programs[0].text);
    assert!(!imported.notes.iter().any(|note| note.contains("入る所の分からない文")), "{:?}", imported.notes);
}

#[test]
fn a_title_names_the_unit() {
    let list = "番号,事業名,事業費,担当課\n1,港の見学会,1000000,港湾課\n2,船員の体験,2000000,観光課\n";
    let imported = from_table(&format!("令和2年度　事業一覧（単位：円）,,,\n{list}"), "");
    let amounts: Vec<&str> = imported.programs.iter().filter_map(|program| program.text.lines().nth(1)).collect();
    assert_eq!(amounts, ["事業費：1,000千円", "事業費：2,000千円"]);
}
