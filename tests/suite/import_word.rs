//! Documents of Word: their text is what the page shows; what was struck out, hidden or deleted, prompts of empty
//! controls, and what is not read are named and never taken for text. Damaged documents are refused in words.

use std::io::{Cursor, Write};

use jigyo::import::document::{Cell, Document, Merged};
use jigyo::import::{Words, import, omitted_from, read_word};
use jigyo::model::Context;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import_readers::{bytes, repacked, said, tables};

/// A document of Word with nothing but what is tested: parts by their names, the text's own as `document`.
fn word_with(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let root = |name: &str, inner: &str| format!("<w:{name} xmlns:w=\"w\" xmlns:v=\"v\">{inner}</w:{name}>");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let main = ("document", format!("<w:body>{body}</w:body>"));
    let others: Vec<(&str, String)> = others.iter().map(|(part, inner)| (*part, inner.to_string())).collect();
    let mut relations = String::new();
    for (part, inner) in std::iter::once(main).chain(others) {
        archive.start_file(format!("word/{part}.xml"), SimpleFileOptions::default()).unwrap();
        archive.write_all(root(part, &inner).as_bytes()).unwrap();
        let kind = part.trim_end_matches(|c: char| c.is_ascii_digit());
        relations += &format!("<Relationship Id=\"{part}\" Type=\"office/{kind}\" Target=\"{part}.xml\"/>");
    }
    archive.start_file("word/_rels/document.xml.rels", SimpleFileOptions::default()).unwrap();
    archive.write_all(format!("<Relationships>{relations}</Relationships>").as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn document(body: &str, others: &[(&str, &str)]) -> Document {
    read_word("試し.docx", &word_with(body, others)).unwrap().pop().unwrap_or_default()
}

fn word_lines(body: &str, others: &[(&str, &str)]) -> Vec<String> {
    said(&[document(body, others)])
}

/// The lines of a paragraph and what was left out of it.
fn shown(inner: &str) -> (String, Vec<String>) {
    let document = document(&p(inner), &[("styles", STYLES)]);
    let left_out = document.left_out.iter().map(|word| format!("{} {} {}", word.how, word.text, word.place)).collect();
    (said(&[document]).join("|"), left_out)
}

fn run(text: &str) -> String {
    with("", text)
}

fn with(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

fn cell(properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(inner))
}

fn row(properties: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
}

fn field(instruction: &str, form: &str, result: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\">{form}</w:fldChar></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}

const STYLES: &str = "\
    <w:style w:type=\"character\" w:styleId=\"gone\"><w:rPr><w:strike/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"below\"><w:basedOn w:val=\"gone\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"old\"><w:rPr><w:dstrike/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"unseen\"><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type=\"table\" w:styleId=\"crossed\"><w:rPr><w:strike/></w:rPr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"pale\"><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"ghost\"><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"bar\"><w:pPr><w:shd w:val=\"clear\" w:fill=\"1F3864\"/></w:pPr></w:style>\
    <w:style w:type=\"table\" w:styleId=\"plain\"/>\
    <w:style w:type=\"table\" w:styleId=\"coloured\"><w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:shd w:val=\"clear\" w:fill=\"4472C4\"/></w:tcPr></w:tblStylePr></w:style>\
    <w:style w:type=\"character\" w:styleId=\"note\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>";

#[test]
fn text_of_word_is_read_as_its_page_shows_it() {
    let text = |inner: String| shown(&inner).0;
    assert_eq!(text(format!("{}<w:ins>{}</w:ins>", run("前"), run("新"))), "前新");
    let ruby =
        format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", run("くん"), run("訓"));
    assert_eq!(text(ruby + &run("練")), "訓練");
    assert_eq!(text("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>".to_string()), "a|b\tc");
    let symbol = |face: &str, code: &str| format!("<w:r><w:sym w:font=\"{face}\" w:char=\"{code}\"/></w:r>");
    assert_eq!(text(symbol("Wingdings", "F0FE") + &run("新規") + &symbol("Wingdings", "F0A8")), "☑新規□");
    assert_eq!(text(symbol("Webdings", "F0FE") + &run("済")), "〓済");
    assert_eq!(text(run("25") + &symbol("Symbol", "F0B0") + &run("±1") + &symbol("Wingdings", "F0E0")), "25°±1→");
    let faced = |face: &str, text: &str| with(&format!("<w:rFonts w:ascii=\"{face}\" w:hAnsi=\"{face}\"/>"), text);
    let marked = faced("Wingdings", "\u{fe}") + &run("済") + &faced("Symbol", "\u{f06d}") + &run("m");
    assert_eq!(text(marked), "☑済μm");
    let capitals = with("<w:caps/>", "npoとｎｐｏ、5µmß") + &with("<w:smallCaps/>", "ict");
    assert_eq!(text(capitals), "NPOとＮＰＯ、5µMßICT");
    assert_eq!(text(with("<w:caps w:val=\"0\"/>", "npo") + &with("<w:b/>", "Jr東日本")), "npoJr東日本");
    let framed =
        format!("<w:r><w:pict><v:rect><w:txbxContent>{}</w:txbxContent></v:rect></w:pict></w:r>", p(&run("枠")));
    assert_eq!(text(run("本文") + &framed), "本文|枠");
    let both = format!(
        "<w:r><AlternateContent><Choice><wsp><w:txbxContent>{0}</w:txbxContent></wsp></Choice><Fallback>{1}</Fallback></AlternateContent></w:r>",
        p(&run("枠")),
        framed
    );
    assert_eq!(text(run("本文") + &both), "本文|枠");
}

#[test]
fn notes_have_the_numbers_of_their_page() {
    let refer = |id: &str| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let note = |id: &str, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p(&run(text)));
    let notes = note("2", "出典") + &note("3", "速報値") + &note("4", "消した注");
    let body = p(&(run("70") + &refer("3") + &run("名、実績") + &refer("2")));
    let document = document(&body, &[("footnotes", &notes)]);
    assert_eq!(document.left_out[0].text, "消した注");
    assert_eq!(said(&[document]), ["70（注1）名、実績（注2）", "（注2）出典", "（注1）速報値"]);
}

#[test]
fn what_is_struck_hidden_or_deleted_is_no_text_and_is_named() {
    let gone = |properties: &str| shown(&(run("参加者は") + &with(properties, "96") + &run("128名")));
    let left = |how: &str| ("参加者は128名".to_string(), vec![format!("{how} 96 1段落目")]);
    for properties in
        ["<w:strike/>", "<w:dstrike w:val=\"1\"/>", "<w:rStyle w:val=\"gone\"/>", "<w:rStyle w:val=\"below\"/>"]
    {
        assert_eq!(gone(properties), left("取り消し線"), "{properties}");
    }
    assert_eq!(gone("<w:vanish/>"), left("隠し文字"));
    let live = ("参加者は96128名".to_string(), Vec::new());
    for properties in ["<w:strike w:val=\"false\"/>", "<w:rStyle w:val=\"gone\"/><w:strike w:val=\"0\"/>", "<w:b/>"] {
        assert_eq!(gone(properties), live, "{properties}");
    }
    for change in ["del", "moveFrom"] {
        let text =
            format!("{}<w:{change}><w:r><w:delText>96</w:delText></w:r></w:{change}>{}", run("参加者は"), run("128名"));
        assert_eq!(shown(&text), left("変更履歴で消した所"), "{change}");
    }
    let styled = |style: &str| shown(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}", run("取りやめた。")));
    assert_eq!(styled("old"), (String::new(), vec!["取り消し線 取りやめた。 1段落目".to_string()]));
    assert_eq!(styled("unseen"), (String::new(), vec!["隠し文字 取りやめた。 1段落目".to_string()]));
}

#[test]
fn words_in_the_colour_of_their_ground_are_no_text_and_white_on_dark_is() {
    let white = "<w:color w:val=\"FFFFFF\"/>";
    let secret = with(white, "秘");
    let unseen = |word: &str| vec![format!("背景と同じ色 {word} 1段落目")];
    assert_eq!(shown(&(run("前") + &secret + &run("後"))), ("前後".to_string(), unseen("秘")));
    let theme = with("<w:color w:themeColor=\"background1\"/>", "秘");
    assert_eq!(shown(&(run("前") + &theme)), ("前".to_string(), unseen("秘")));
    assert_eq!(shown(&(run("前") + &with("<w:rStyle w:val=\"pale\"/>", "秘"))).1, unseen("秘"));
    assert_eq!(shown(&format!("<w:pPr><w:pStyle w:val=\"ghost\"/></w:pPr>{}", run("秘"))).1, unseen("秘"));
    let black = with("<w:color w:val=\"000000\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>", "氏名");
    assert_eq!(shown(&(run("前") + &black)), ("前".to_string(), unseen("氏名")));
    // A gap parts words of whatever colour; letters without a colour and others on a dark ground are seen.
    assert_eq!(shown(&(run("a") + &with(white, " ") + &run("b"))).0, "a b");
    let dark = "<w:shd w:val=\"clear\" w:fill=\"1F3864\"/>";
    for seen in [
        with("<w:shd w:val=\"clear\" w:fill=\"000000\"/>", "見出し"),
        with(&format!("{white}{dark}"), "見出し"),
        with(&format!("{white}<w:highlight w:val=\"red\"/>"), "見出し"),
        format!("<w:pPr>{dark}</w:pPr>{}", with(white, "見出し")),
        format!("<w:pPr><w:pStyle w:val=\"bar\"/></w:pPr>{}", with(white, "見出し")),
        with("<w:color w:val=\"F2F2F2\"/>", "見出し"),
        with("<w:rStyle w:val=\"pale\"/><w:color w:val=\"auto\"/>", "見出し"),
    ] {
        assert_eq!(shown(&seen), ("見出し".to_string(), Vec::new()), "{seen}");
    }
}

#[test]
fn white_heads_of_tables_stay_and_where_the_ground_is_not_known_it_is_said() {
    let white = |text: &str| with("<w:color w:val=\"FFFFFF\"/>", text);
    let table =
        |style: &str, rows: &str| format!("<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/></w:tblPr>{rows}</w:tbl>");
    let dark = "<w:shd w:val=\"clear\" w:fill=\"1F3864\"/>";
    let rows = row("", &[cell(dark, &white("指標")), cell("", &white("128"))])
        + &row("", &[cell("", &run("a")), cell("", &run("b"))]);
    let of = |style: &str| {
        let document = document(&table(style, &rows), &[("styles", STYLES)]);
        let cells: Vec<String> = tables(&document)[0].rows.iter().flatten().map(|cell| cell.text.clone()).collect();
        (cells.join("／"), omitted_from(&document).join("\n"))
    };
    let (cells, said) = of("plain");
    assert_eq!(cells, "指標／／a／b");
    assert!(said.contains("背景と同じ色の語が1か所あります（表1の1行目「128」）"), "{said}");
    let (cells, said) = of("coloured");
    assert_eq!(cells, "指標／128／a／b");
    assert!(
        said.contains("白い文字が1か所あります（表1の1行目「128」）。背景の色が分からないので、そのまま読みました"),
        "{said}"
    );
    let framed =
        format!("<w:r><w:pict><v:rect><w:txbxContent>{}</w:txbxContent></v:rect></w:pict></w:r>", p(&white("枠")));
    let document = document(&p(&(run("本文") + &framed)), &[]);
    assert!(omitted_from(&document).concat().contains("白い文字が1か所あります（2段落目「枠」）"));
}

#[test]
fn rows_and_cells_that_were_taken_out_are_no_part_of_a_table() {
    let strike = |text: &str| with("<w:strike/>", text);
    let rows = [
        row("", &[cell("", &run("項目")), cell("", &run("実績"))]),
        row("", &[cell("", &strike("取りやめた指標")), cell("", &strike("5回"))]),
        row("<w:del w:id=\"1\"/>", &[cell("", &run("消した行")), cell("", &run("6回"))]),
        row("<w:hidden/>", &[cell("", &run("隠した行")), cell("", &run("7回"))]),
        row("", &[cell("", &run("参加者")), cell("<w:cellDel w:id=\"2\"/>", &run("8名")), cell("", &run("9名"))]),
    ];
    let document = document(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &[("styles", STYLES)]);
    let drawn: Vec<String> =
        tables(&document)[0].rows.iter().map(|row| row.iter().map(drawn).collect::<Vec<_>>().join("/")).collect();
    assert_eq!(drawn, ["項目/実績", "参加者/9名"]);
    let left: Vec<String> = document.left_out.iter().map(|word| format!("{}{}", word.how, word.text)).collect();
    assert_eq!(
        left,
        [
            "取り消し線取りやめた指標",
            "取り消し線5回",
            "変更履歴で消した所消した行",
            "変更履歴で消した所6回",
            "隠した行隠した行",
            "隠した行7回",
            "変更履歴で消した所8名"
        ]
    );
    assert_eq!(document.left_out[0].place, "表1の2行目");
    let crossed = format!("<w:tbl><w:tblPr><w:tblStyle w:val=\"crossed\"/></w:tblPr>{}</w:tbl>", rows[0]);
    assert_eq!(word_lines(&(p(&run("本文")) + &crossed), &[("styles", STYLES)]), ["本文"]);
}

#[test]
fn struck_words_stand_in_the_memo_of_their_program_and_nowhere_else() {
    let line = |text: &str| p(&run(text));
    let body = line("事業名：港湾見学会開催事業")
        + &line("事業費：1,250千円")
        + &line("【事業実績】")
        + &p(&(run("見学会に") + &with("<w:strike/>", "96") + &run("128名が参加した。")));
    let document = document(&body, &[]);
    let notes = omitted_from(&document);
    assert_eq!(
        notes,
        ["試し.docx：取り消し線の語が1か所あります（4段落目「96」）。本文と表には入れず、【メモ】に入れました。"]
    );
    let imported = import(&[document], &Words::default(), &Context::default(), None);
    let text = &imported.programs[0].text;
    assert!(text.contains("\n見学会に128名が参加した。\n"), "{text}");
    let (printed, memo) = text.split_once("【メモ】").unwrap();
    assert!(!printed.contains("96") && memo.contains("取り消し線の語：96（4段落目）"), "{text}");
    assert!(imported.notes.contains(&notes[0]));
}

#[test]
fn a_sentence_behind_a_list_within_a_program_is_named() {
    let line = |text: &str| p(&run(text));
    let cells = |texts: [&str; 2]| row("", &texts.map(|text| cell("", &line(text))));
    let list = [["事業名", "事業費（千円）"], ["港湾整備事業", "1,234"], ["漁港整備事業", "2,345"]].map(cells).concat();
    let body = line("事業名：港湾見学会開催事業")
        + &line("事業費：1,250千円")
        + &line("【事業実績】")
        + &line("次の事業と行った。")
        + &format!("<w:tbl>{list}</w:tbl>")
        + &line("見学者は昨年より多かった。");
    let imported = import(&[document(&body, &[])], &Words::default(), &Context::default(), None);
    let named = |note: &&String| note.contains("一覧の表より後に文があります。【メモ】に入れました");
    assert_eq!(imported.notes.iter().filter(named).count(), 1, "{:?}", imported.notes);
}

#[test]
fn choices_of_forms_and_controls_are_read() {
    let text = |inner: String| shown(&inner).0;
    let list = |chosen: &str| {
        format!(
            "<w:ffData><w:ddList>{chosen}<w:listEntry w:val=\"新規\"/><w:listEntry w:val=\"拡充\"/></w:ddList></w:ffData>"
        )
    };
    assert_eq!(text(field(" FORMDROPDOWN ", &list("<w:result w:val=\"1\"/>"), "")), "拡充");
    assert_eq!(text(field(" FORMDROPDOWN ", &list("<w:default w:val=\"1\"/>"), "")), "拡充");
    assert_eq!(text(field(" FORMDROPDOWN ", &list(""), "")), "新規");
    assert_eq!(text(field(" FORMDROPDOWN ", &list(""), &run("継続"))), "継続");
    let tick =
        |state: &str| field(" FORMCHECKBOX ", &format!("<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"), "");
    let ticks = tick("<w:default w:val=\"0\"/><w:checked/>")
        + &run("新規")
        + &tick("<w:default w:val=\"1\"/>")
        + &tick("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>");
    assert_eq!(text(ticks), "☑新規☑□");
    assert_eq!(text(field(" FORMTEXT ", "<w:ffData/>", &run("港湾課"))), "港湾課");
    assert_eq!(text(run("参加") + &field(" eq \\o\\ac(○,新) ", "", "") + &run("事業")), "参加○新事業");
    assert_eq!(text(run("3") + &field(" eq \\f(1,2) ", "", "") + &run("日")), "3と1/2日");
    assert_eq!(text(field(" = 96/120*100 ", "", &run("80")) + &run("％")), "80％");
    assert_eq!(text(format!("<w:fldSimple w:instr=\" eq \\o\\ad(事業名,　　) \"/>{}", run("：港"))), "事業名：港");
    // Fields that never end keep their words, and any number of them is read in no time.
    let open = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(20_000) + &run("港").repeat(20_000);
    assert_eq!(text(open), "港".repeat(20_000));
    assert_eq!(text(format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}", run("港"))), "港");
    let control = |properties: &str, inner: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    assert_eq!(text(control("<w:dropDownList/>", &run("拡充"))), "拡充");
    assert_eq!(
        text(control("<w14:checkbox><w14:checked w14:val=\"1\"/></w14:checkbox>", &run("☒")) + &run("新規")),
        "☑新規"
    );
    assert_eq!(
        text(control("<w14:checkbox><w14:checked w14:val=\"0\"/></w14:checkbox>", &run("☐")) + &run("継続")),
        "□継続"
    );
    let prompt = control("<w:showingPlcHdr/>", &run("ここをクリックまたはタップしてテキストを入力してください。"));
    assert_eq!(text(run("区分：") + &prompt), "区分：");
    let own = shown(&(run("区分：") + &control("<w:showingPlcHdr/>", &run("課名（正式に）"))));
    assert_eq!(own, ("区分：".to_string(), vec!["未記入の欄の案内 課名（正式に） 1段落目".to_string()]));
    assert_eq!(text(run("区分：") + &control("<w:showingPlcHdr w:val=\"0\"/>", &run("新規"))), "区分：新規");
}

#[test]
fn an_empty_control_around_paragraphs_and_cells_leaves_them_empty() {
    let control = |inner: &str| {
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    };
    let prompt = run("アイテムを選択してください。");
    let table = format!(
        "<w:tbl>{}</w:tbl>",
        row("", &[cell("", &run("区分")), control(&cell("", &prompt)), cell("", &run("後"))])
    );
    let document = document(&(control(&p(&prompt)) + &table), &[]);
    assert_eq!(
        omitted_from(&document),
        [
            "試し.docx：未記入の入力欄の案内 2か所は読んでいません。要る文や数があれば、元のファイルを見て書き足してください。"
        ]
    );
    let row: Vec<String> = tables(&document)[0].rows[0].iter().map(drawn).collect();
    assert_eq!(row, ["区分", "", "後"]);
}

#[test]
fn a_raised_figure_joins_no_other() {
    let up = |text: &str| with("<w:vertAlign w:val=\"superscript\"/>", text);
    let text = |inner: String| shown(&inner).0;
    assert_eq!(text(run("70") + &up("1") + &run("名")), "70（注1）名");
    assert_eq!(text(run("70") + &with("<w:rStyle w:val=\"note\"/>", "1")), "70（注1）");
    assert_eq!(text(run("70") + &with("<w:position w:val=\"6\"/>", "1")), "70（注1）");
    assert_eq!(text(run("2×10") + &up("3") + &run("m") + &up("3")), "2×10^3m³");
    assert_eq!(text(run("半日") + &run("½")), "半日1/2");
    assert_eq!(text(with("<w:position w:val=\"6\"/>", "1,250")), "1,250");
    let formula =
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    assert_eq!(text(run("3") + formula + &run("日")), "3と1/2日");
    let document = document(&p(&(run("参加者は96") + &up("2") + &run("名"))), &[]);
    assert!(document.remarks[0].contains("1段落目「参加者は96（注2）」"), "{:?}", document.remarks);
}

#[test]
fn every_geta_is_named_with_its_place() {
    let sign = "<w:r><w:sym w:font=\"Webdings\" w:char=\"F04E\"/></w:r>";
    let sum = field(" =1/0 ", "", "");
    let nary = "<m:oMath><m:nary><m:e><m:r><m:t>12</m:t></m:r></m:e></m:nary></m:oMath>";
    let struck =
        with("<w:strike/>", "旧") + "<w:r><w:rPr><w:strike/></w:rPr><w:sym w:font=\"Webdings\" w:char=\"F04E\"/></w:r>";
    let rows = row("", &[cell("", &run("率")), cell("", &sum)]) + &row("", &[cell("", &run("計")), cell("", nary)]);
    let body = p(&(run("記号") + sign)) + &format!("<w:tbl>{rows}</w:tbl>") + &p(&(run("今の文") + &struck));
    let said = omitted_from(&document(&body, &[])).join("\n");
    let places =
        "〓の欄や段落が4か所あります（1段落目「記号〓」、表1の1行目「〓」、表1の2行目「〓」、2段落目「旧〓」）";
    assert!(said.contains(places), "{said}");
}

#[test]
fn what_is_not_read_is_counted_in_one_line() {
    let object =
        "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r>";
    let picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>";
    let equation = "<w:r><w:object><o:OLEObject ProgID=\"Equation.3\"/></w:object></w:r>";
    let body = p(&(run("面積は") + equation + object + picture + picture));
    let comments: String =
        ["確認", "済"].iter().map(|text| format!("<w:comment>{}</w:comment>", p(&run(text)))).collect();
    let header = p(&run("令和6年度"));
    let document =
        document(&body, &[("comments", &comments), ("header1", &header), ("header2", "<w:p/>"), ("footer1", &header)]);
    assert_eq!(
        omitted_from(&document),
        [
            "試し.docx：〓の欄や段落が1か所あります（1段落目「面積は〓」）。記号や数式が読めずに〓としたか、元から〓です。元のファイルを見て、〓を正しい文字に書き換えてください。",
            "試し.docx：ヘッダー 1か所、フッター 1か所、コメント 2件、埋め込みの表 1つ、図や写真 2つは読んでいません。要る文や数があれば、元のファイルを見て書き足してください。"
        ]
    );
    assert_eq!(said(&[document]), ["面積は〓"]);
    assert!(omitted_from(&read_word("章.docx", &bytes("python/章.docx")).unwrap()[0]).is_empty());
}

#[test]
fn tables_of_word_have_rows_of_one_length() {
    let inner = format!("<w:tbl>{}</w:tbl>", row("", &[cell("", &run("内")), cell("", &run("側"))]));
    let nested = format!("<w:tc><w:p/>{inner}</w:tc>");
    let rows = [
        row("", &[cell("<w:vMerge/>", &run("見出し")), cell("<w:gridSpan w:val=\"2\"/>", &run("二列"))]),
        row("", &[cell("<w:vMerge w:val=\"restart\"/>", &run("上")), cell("", &run("a")), nested]),
        row("", &[cell("<w:vMerge/>", &run(""))]),
    ];
    let document = document(&format!("<w:tbl>{}</w:tbl>", rows.concat()), &[]);
    let table = tables(&document)[0];
    let drawn: Vec<String> = table.rows.iter().map(|row| row.iter().map(drawn).collect::<Vec<_>>().join("/")).collect();
    assert_eq!(drawn, ["見出し/二列/<", "上/a/内\t側", "^//"]);
}

fn drawn(cell: &Cell) -> String {
    match cell.merged {
        Merged::No => cell.text.clone(),
        Merged::Up => "^".to_string(),
        Merged::Left => "<".to_string(),
    }
}

/// Bytes of the archive, and bytes, signs and whole tags of its parts. `MUTATIONS` makes more of them than CI does.
#[test]
fn damaged_documents_are_refused_in_words_or_read() {
    let rounds = std::env::var("MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(90);
    let up = with("<w:vertAlign w:val=\"superscript\"/>", "1");
    let form = field(" FORMDROPDOWN ", "<w:ffData><w:ddList><w:listEntry w:val=\"新規\"/></w:ddList></w:ffData>", "");
    let eq = field(" eq \\o\\ac(○,新) ", "", "");
    let control =
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("案内"));
    let table = format!(
        "<w:tbl>{}</w:tbl>",
        row("", &[cell("<w:gridSpan w:val=\"2\"/>", &run("a")), cell("<w:vMerge/>", &eq)]).repeat(4)
    );
    let own = word_with(&(p(&(run("70") + &up + &form + &control)) + &table).repeat(5), &[("styles", STYLES)]);
    let files = [own, bytes("python/章.docx"), bytes("libreoffice/章.docx")];
    let mut random = fastrand::Rng::with_seed(2022);
    for round in 0..rounds {
        // The small one is read fastest.
        let file = &files[if round % 10 == 0 { random.usize(1..3) } else { 0 }];
        let damaged = if random.u8(..4) == 0 {
            let mut damaged = file.clone();
            (0..random.usize(1..9)).for_each(|_| damaged[random.usize(..file.len())] = random.u8(..));
            damaged.truncate(if random.bool() { random.usize(..file.len()) } else { file.len() });
            damaged
        } else {
            repacked(file, |part| (0..random.usize(0..4)).for_each(|_| damage(part, &mut random)))
        };
        if let Err(message) = read_word("様式.docx", &damaged) {
            assert!(message.contains("読めません") || message.contains("保護されて"), "{message}");
        }
    }
}

fn damage(part: &mut Vec<u8>, random: &mut fastrand::Rng) {
    if part.is_empty() {
        return;
    }
    let at = random.usize(..part.len());
    let tag = |from: usize, part: &[u8]| {
        let start = from + part[from..].iter().position(|b| *b == b'<')?;
        let end = start + part[start..].iter().position(|b| *b == b'>')?;
        Some(start..end + 1)
    };
    match random.u8(..7) {
        0 => part.truncate(at.max(1)),
        1 => _ = part.remove(at),
        2 => part[at] = *random.choice(b"<>/\"=09 :&;").unwrap(),
        3 => part[at] = random.u8(..),
        4 => {
            if let Some(tag) = tag(at, part) {
                part.drain(tag);
            }
        }
        5 => {
            if let Some(tag) = tag(at, part) {
                let copied = part[tag].repeat(random.usize(1..400));
                part.splice(at..at, copied);
            }
        }
        _ => {
            if let Some(digit) = part[at..].iter().position(u8::is_ascii_digit) {
                part.splice(at + digit..at + digit, *b"99999999999");
            }
        }
    }
}
