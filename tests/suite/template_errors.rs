//! Errors of a template: its own file and line, never the author's.

use jigyo::load::Memory;
use jigyo::pipeline::Checked;
use jigyo::typeset::copy_of;

use crate::tools::{build_memory, found, program, small_report};

/// The fault of a template in the report's folder `体裁集/わが県の体裁`, beside the official's other files.
fn fault_in(file: &str, text: impl AsRef<[u8]>, draft: bool) -> (Checked, Vec<String>) {
    let home = "体裁集/わが県の体裁";
    let mut disk = small_report().with(
        "報告書.jigyo",
        format!("【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：{home}\n"),
    );
    for (path, bytes) in copy_of("plain").unwrap() {
        disk.insert(format!("{home}/{path}"), bytes);
    }
    disk.insert(format!("{home}/{file}"), text);
    let (checked, built) = build_memory(&disk, draft);
    assert!(built.is_none(), "{file}");
    let messages = checked.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
    (checked, messages)
}

#[test]
fn errors_of_a_template_name_its_own_file_and_line() {
    let start = "#set document(title: \"あ\")\n#set text(lang: \"ja\")\n";
    let jumped = format!("{start}#heading(level: 1)[あ]\n#heading(level: 3)[い]\n");
    let picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>\"))";
    let without_alt = format!("{start}{picture}\n");
    let no_face = format!("{start}#set text(font: (\"BIZ UDMincho\", \"無い字体\"))\n本文\n");
    let cases: &[(&str, &str, &str)] = &[
        ("main.typ", "#let x = (\n", "J080@1:10 体裁集/わが県の体裁/main.typ"),
        (
            "main.typ",
            "\u{FEFF}#set document(title: \"あ\")\r\n\r\n#nothing\r\n",
            "J080@3:2 体裁集/わが県の体裁/main.typ",
        ),
        ("look.typ", "// 字\n#let a = 1 + \"二\"\n", "J080@2:10 体裁集/わが県の体裁/look.typ"),
        (
            "parts/pages.typ",
            "#let page-number(anchor) = nothing\n#let page-of(anchor) = none\n#let linked(anchor, it) = none\n#let contents-of = none\n#let last-on-pages = ()\n#let begins-report(p) = false\n#let closer-gap = none\n",
            "J080@1:28 体裁集/わが県の体裁/parts/pages.typ",
        ),
        ("main.typ", "#import \"無い.typ\": a\n", "J080@1:9 体裁集/わが県の体裁/main.typ"),
        ("main.typ", "#let r = json(\"/report.json\")\n#(r.title + 1)\n", "J080@2:3 体裁集/わが県の体裁/main.typ"),
        ("main.typ", "#let r = json(\"/report.json\")\n\n#r.subtitle\n", "J080@3:4 体裁集/わが県の体裁/main.typ"),
        ("main.typ", "#panic(\"だめ\")\n", "J080@1:2 体裁集/わが県の体裁/main.typ"),
        ("main.typ", "#let f(n) = f(n + 1)\n#f(1)\n", "J080@1:13 体裁集/わが県の体裁/main.typ"),
        ("main.typ", "#while true { [あ] }\n", "J080@1:8 体裁集/わが県の体裁/main.typ"),
        ("main.typ", &without_alt, "J080@3:2 体裁集/わが県の体裁/main.typ"),
        ("main.typ", &jumped, "J080@4:2 体裁集/わが県の体裁/main.typ"),
        ("main.typ", &no_face, "J080@3:17 体裁集/わが県の体裁/main.typ"),
        ("template.json", "{\n  \"format\": 2\n}\n", "J080@2:3 体裁集/わが県の体裁/template.json"),
        ("template.json", "{\n  \"format\": \"三\"\n}\n", "J080@2:1 体裁集/わが県の体裁/template.json"),
    ];
    for (file, text, wanted) in cases {
        for draft in [false, true] {
            let (checked, messages) = fault_in(file, text, draft);
            assert_eq!(found(&checked).first().map(String::as_str), Some(*wanted), "{text}: {messages:?}");
            assert!(messages[0].contains("原稿の誤りではありません"), "{messages:?}");
        }
    }
}

#[test]
fn a_template_in_another_encoding_is_named() {
    // 体裁 in Shift_JIS
    let (checked, messages) = fault_in("look.typ", [&b"// "[..], &[0x91, 0xCC, 0x8D, 0xD9], b"\n"].concat(), false);
    assert_eq!(found(&checked), ["J080@1:1 体裁集/わが県の体裁/look.typ"]);
    assert!(messages[0].contains("look.typ は UTF-8 で保存されていません"), "{messages:?}");
}

#[test]
fn a_folder_without_an_entry_is_said_where_it_is_named() {
    let disk = |name: &str| {
        Memory::new()
            .with(
                "報告書.jigyo",
                format!("【報告書】報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n体裁：{name}\n"),
            )
            .with("01_章/章.jigyo", "【章】人材の育成\n")
            .with("01_章/一.jigyo", program("一"))
            .with("わが県/look.typ", "")
    };
    let messages = |name: &str| {
        let (checked, _) = build_memory(&disk(name), false);
        assert_eq!(found(&checked), ["J018@5:4 報告書.jigyo"]);
        checked.diagnostics.iter().next().unwrap().message.clone()
    };
    assert_eq!(messages("わが県"), "体裁のフォルダー「わが県」に main.typ がありません。");
    assert_eq!(messages("となりの県"), "体裁「となりの県」がありません。");
}

#[test]
fn a_page_that_does_not_show_its_number_is_said() {
    let main = String::from_utf8(
        copy_of("plain").unwrap().into_iter().find(|(path, _)| path == "main.typ").unwrap().1.to_vec(),
    )
    .unwrap();
    let foot = main.lines().find(|line| line.trim_start().starts_with("footer:")).unwrap();
    // Lost, without the number, below the edge of the paper.
    for other in ["footer: none,", "footer: [青森県],", "footer: move(dy: 40mm, context counter(page).display()),"] {
        for draft in [false, true] {
            let (checked, messages) = fault_in("main.typ", main.replace(foot, other), draft);
            let first = found(&checked).first().cloned().unwrap_or_default();
            assert_eq!(first, "J080@1:1 体裁集/わが県の体裁/main.typ", "{other}: {messages:?}");
            // On the first page the No. of a program in the last line looks like its number.
            assert!(messages[0].contains("枚目の頁に頁番号「"), "{messages:?}");
        }
    }
}
