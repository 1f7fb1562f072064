//! The web edition: every page of every sample and of every form says what the paper says, under the right heads, at an address that
//! lasts, and asks for nothing from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jigyo::form::{BUILT_IN, built_in, specimen};
use jigyo::load::Memory;
use jigyo::model::{Indicator, Program, Role, Value as ModelValue};
use jigyo::pipeline::{Checked, WebRequest, build_web, check, view_json};
use jigyo::web::{EditionFile, TemplateFault, WebFile, WebTemplate, address_of};
use serde_json::Value as Json;

use crate::html::{Element, Value, parse, values};
use crate::tools::{
    build_folder, check_folder, folders_in, in_memory, program, root, small_report, squeezed, texts_of,
};

pub(crate) type Pages = BTreeMap<String, Vec<u8>>;

pub(crate) fn edition(checked: &Checked) -> Pages {
    edition_beside(checked, Vec::new())
}

fn edition_beside(checked: &Checked, beside: Vec<(String, EditionFile)>) -> Pages {
    assert!(!checked.diagnostics.has_errors());
    let files = build_web(checked, WebRequest { template: WebTemplate::built_in(), beside, before: None }).unwrap();
    let count = files.len();
    let pages: Pages = files.into_iter().map(|WebFile { path, bytes }| (path, bytes)).collect();
    assert_eq!(pages.len(), count, "a path twice");
    pages
}

/// Of every form
pub(crate) fn samples() -> Vec<PathBuf> {
    folders_in(&root().join("reports"))
}

/// The samples, published forms, the hardest page, and a specimen of each built-in form.
pub(crate) fn reports() -> Vec<(String, Checked)> {
    let cases = folders_in(&root().join("tests/cases/forms")).into_iter().chain([root().join("tests/cases/page/hard")]);
    let samples = samples().into_iter().chain(cases).map(|path| (path.display().to_string(), check_folder(&path)));
    let specimens = BUILT_IN.iter().map(|form| {
        let mut disk = Memory::new().with("様式.jigyo", form.text);
        for (path, text) in specimen(&built_in(form.name).unwrap()) {
            disk.insert(path, text);
        }
        (form.name.to_string(), check(&disk).unwrap())
    });
    samples.chain(specimens).collect()
}

fn page<'p>(pages: &'p Pages, path: &str) -> &'p str {
    std::str::from_utf8(pages.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

fn html_pages(pages: &Pages) -> impl Iterator<Item = (&str, Element)> {
    pages.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), parse(page(pages, path))))
}

/// What an address in a page leads to, from the edition's folder; nothing for a place on the page itself.
fn target(from: &str, address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop().unwrap_or_else(|| panic!("{from}: {address} leads out"))),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_leads_somewhere_and_nothing_comes_from_elsewhere() {
    for (name, checked) in reports() {
        let pages = edition(&checked);
        for (path, html) in html_pages(&pages) {
            let ids: Vec<&str> = html.all().iter().map(|own| own.attribute("id")).filter(|id| !id.is_empty()).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name} {path}: an id twice");
            for own in html.all() {
                for (key, value) in &own.attributes {
                    if matches!(
                        key.as_str(),
                        "href" | "src" | "action" | "srcset" | "poster" | "data" | "background" | "xlink:href"
                    ) {
                        let is_place = value.starts_with('#') && ids.contains(&&value[1..]);
                        assert!(is_place || pages.contains_key(&target(path, value)), "{name} {path}: {key} {value}");
                    }
                    assert!(
                        !value.contains("://") && !value.trim_start().starts_with("//"),
                        "{name} {path}: {key} {value}"
                    );
                    assert!(!key.starts_with("on") && key != "style" && key != "ping", "{name} {path}: {key}");
                    if matches!(key.as_str(), "aria-labelledby" | "headers" | "for" | "aria-describedby") {
                        for id in value.split_whitespace() {
                            assert!(ids.contains(&id), "{name} {path}: {key} {value}");
                        }
                    }
                }
                let is_data = own.attribute("type") == "application/ld+json";
                let is_of_search = path == "search.html" && !own.attribute("src").is_empty();
                assert!(own.name != "script" || is_data || is_of_search, "{name} {path}: a script");
            }
        }
        let style = page(&pages, "assets/style.css");
        assert!(!style.contains("url(") && !style.contains("@import"));
        let script = page(&pages, "assets/search.js");
        assert!(
            !script.contains("fetch")
                && !script.contains("://")
                && !script.contains("innerHTML")
                && !script.contains("eval(")
        );
        assert!(pages.keys().all(|path| path.is_ascii()), "{name}");
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for path in samples() {
        assert_eq!(edition(&check_folder(&path)), edition(&check_folder(&path)));
    }
}

/// The report as templates read it, and its programs with what the model has of each.
fn programs(checked: &Checked) -> Vec<(Json, &Program)> {
    let whole: Json = serde_json::from_str(&view_json(checked, false)).unwrap();
    let shown = whole["chapters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|chapter| chapter["programs"].as_array().unwrap().clone());
    shown.zip(checked.report.printed_programs().map(|(_, program)| program.as_ref())).collect()
}

fn text(value: &Json) -> String {
    squeezed(value.as_str().unwrap())
}

fn array(value: &Json) -> &Vec<Json> {
    value.as_array().unwrap()
}

/// Every value of a table with the heads that it has in the model; the words are those of the view.
fn expected(table: &Json, model: &Indicator) -> Vec<Value> {
    let groups = array(&table["groups"])
        .iter()
        .flat_map(|group| vec![text(&group["label"]); group["columns"].as_u64().unwrap() as usize]);
    let groups: Vec<String> = groups.collect();
    let columns = array(&table["columns"]).iter().skip(1).enumerate().map(|(at, column)| {
        let above = groups.get(at).filter(|label| !label.is_empty()).cloned();
        above.into_iter().chain([text(&column["label"])]).filter(|label| !label.is_empty()).collect::<Vec<_>>()
    });
    let columns: Vec<Vec<String>> = columns.collect();
    let rows: Vec<usize> = (0..model.rows.len()).filter(|row| model.rows[*row].role != Role::Group).collect();
    let mut labels: BTreeMap<usize, String> = BTreeMap::new();
    for (row, shown) in rows.iter().zip(array(&table["rows"])) {
        let own: Vec<&Json> = array(&shown["cells"]).iter().filter(|cell| cell["label"] == true).collect();
        labels.insert(*row, text(&own.last().unwrap()["text"]));
        if let (Role::Child { parent }, [group, _]) = (model.rows[*row].role, own.as_slice()) {
            labels.insert(parent, text(&group["text"]));
        }
    }
    let heads = |row: usize| -> Vec<String> {
        let mut own = vec![labels[&row].clone()];
        let mut at = row;
        while let Role::Child { parent } = model.rows[at].role {
            own.insert(0, labels[&parent].clone());
            at = parent;
        }
        // うち… without ・ is a part of the row above that is none.
        if model.rows[row].role == Role::Plain && model.rows[row].is_within() && row > 0 {
            let whole =
                (0..row).rev().find(|above| model.rows[*above].role == Role::Plain && !model.rows[*above].is_within());
            own.splice(0..0, whole.map(|above| labels[&above].clone()));
        }
        own
    };
    let mut out = Vec::new();
    for (row, shown) in rows.iter().zip(array(&table["rows"])) {
        let own: Vec<usize> = (0..model.rows[*row].values.len())
            .filter(|column| !matches!(model.rows[*row].values[*column], ModelValue::Shared { .. }))
            .collect();
        let cells: Vec<&Json> = array(&shown["cells"]).iter().filter(|cell| cell["label"] == false).collect();
        assert_eq!(cells.len(), own.len());
        for (column, cell) in own.into_iter().zip(cells) {
            let down = cell["rowspan"].as_u64().unwrap() as usize;
            let mut all = columns[column].clone();
            for head in rows.iter().skip_while(|other| *other != row).take(down).flat_map(|row| heads(*row)) {
                if !all.contains(&head) {
                    all.push(head);
                }
            }
            out.push(Value { text: text(&cell["text"]), heads: all });
        }
    }
    out
}

#[test]
fn every_value_of_a_table_has_the_heads_that_it_has_in_the_model() {
    let mut seen = 0;
    for (name, checked) in reports() {
        let pages = edition(&checked);
        if checked.report.form.layout.list_shape == jigyo::form::ListShape::Wide {
            continue;
        }
        for (shown, model) in programs(&checked) {
            let path = format!("programs/{}.html", address_of(&model.id));
            let html = parse(page(&pages, &path));
            let tables = html.find("table").into_iter().filter(|own| own.attribute("class").is_empty());
            let made: Vec<Vec<Value>> = tables.map(values).collect();
            let of_view = array(&shown["sections"]).iter().flat_map(|section| array(&section["tables"]));
            let wanted: Vec<Vec<Value>> =
                of_view.zip(model.tables()).map(|(table, model)| expected(table, model)).collect();
            assert_eq!(made.len(), wanted.len(), "{name} {path}");
            for (made, wanted) in made.iter().zip(&wanted) {
                // A label that stands twice in a row's heads is one head by `scope` and by its name.
                assert_eq!(made, wanted, "{name} {path}");
                seen += made.len();
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

fn push_blocks(out: &mut String, blocks: &Json) {
    for block in array(blocks) {
        out.push_str(&text(&block["marker"]));
        out.push_str(&text(&block["text"]));
    }
}

/// Everything that a program prints, in its order, without blanks.
fn printed(program: &Json) -> String {
    let mut out = text(&program["no"]) + &text(&program["name"]) + &text(&program["amount"]);
    for field in array(&program["fields"]) {
        out.push_str(&(text(&field["label"]) + &text(&field["text"])));
    }
    for section in array(&program["sections"]) {
        out.push_str(&(text(&section["heading"]) + &text(&section["choice"])));
        push_blocks(&mut out, &section["blocks"]);
        let grades = array(&section["grades"]);
        out.push_str(if grades.is_empty() { "" } else { "観点評価理由" });
        for grade in grades {
            out.push_str(&(text(&grade["criterion"]) + &text(&grade["grade"]) + &text(&grade["reason"])));
        }
        for table in array(&section["tables"]) {
            push_table(&mut out, table);
        }
        for photo in array(&section["photos"]) {
            out.push_str(&text(&photo["caption"]));
        }
    }
    array(&program["departments"]).iter().for_each(|own| out.push_str(&text(own)));
    out
}

fn push_table(out: &mut String, table: &Json) {
    out.push_str(&(text(&table["caption"]) + &text(&table["unit"])));
    let columns = array(&table["columns"]);
    out.push_str(&text(&columns[0]["label"]));
    let groups = array(&table["groups"]);
    let mut at = 1;
    let mut lower = String::new();
    for group in groups {
        let count = group["columns"].as_u64().unwrap() as usize;
        let own: String = columns[at..at + count].iter().map(|column| text(&column["label"])).collect();
        at += count;
        if group["label"] == "" {
            out.push_str(&own)
        } else {
            lower.push_str(&own)
        }
        out.push_str(&text(&group["label"]));
    }
    columns[at..].iter().for_each(|column| out.push_str(&text(&column["label"])));
    out.push_str(&lower);
    for row in array(&table["rows"]) {
        array(&row["cells"]).iter().for_each(|cell| out.push_str(&text(&cell["text"])));
    }
    push_blocks(out, &table["notes"]);
}

#[test]
fn a_program_says_what_templates_for_paper_read() {
    for (name, checked) in reports() {
        if checked.report.form.layout.list_shape == jigyo::form::ListShape::Wide {
            continue;
        }
        let pages = edition(&checked);
        for (shown, model) in programs(&checked) {
            let html = parse(page(&pages, &format!("programs/{}.html", address_of(&model.id))));
            let article = html.find("article")[0].seen();
            assert_eq!(article, printed(&shown), "{name} {}", model.id);
        }
    }
}

/// Texts of cells and paragraphs of the pages, as far as a page of paper holds each whole.
fn cells_of(pages: &Pages, folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, html) in html_pages(pages).filter(|(path, _)| path.starts_with(folder)) {
        let main = html.find("main").into_iter().next().unwrap();
        for own in main.all().into_iter().filter(|own| matches!(own.name.as_str(), "td" | "th")) {
            found.push((path.to_string(), own.seen()));
        }
    }
    found
}

#[test]
fn figures_of_every_table_stand_in_the_pdf() {
    for path in samples() {
        let (checked, built) = build_folder(&path, false);
        let Some(paper) = texts_of(&built.unwrap().pdf) else { return };
        let paper: String = paper.iter().map(|page| squeezed(page)).collect();
        let pages = edition(&checked);
        let mut seen = 0;
        for folder in ["programs/", "chapters/", "summary", "departments", "charts"] {
            for (page, cell) in cells_of(&pages, folder) {
                // Long texts may be parted by the end of a page.
                let is_figure = cell.chars().any(|c| c.is_ascii_digit()) && cell.chars().count() <= 12;
                if is_figure {
                    assert!(paper.contains(&cell), "{}: {page}: {cell}", path.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 30, "{}: {seen}", path.display());
    }
}

#[test]
fn the_wide_table_and_its_programs_say_the_same() {
    let path = samples().into_iter().find(|path| path.ends_with("ichiran")).unwrap();
    let checked = check_folder(&path);
    let pages = edition(&checked);
    let whole: Json = serde_json::from_str(&view_json(&checked, false)).unwrap();
    let mut lists = 0;
    for (at, chapter) in array(&whole["chapters"]).iter().enumerate() {
        // A chapter of chapters has no list of its own.
        let Some(rows) = chapter["list"]["rows"].as_array() else { continue };
        lists += 1;
        let folder = &checked.report.chapters[at].folder;
        let found: Vec<_> = html_pages(&pages)
            .filter(|(path, html)| {
                path.starts_with("chapters/") && html.find("h1")[0].seen().ends_with(&text(&chapter["title"]))
            })
            .collect();
        assert_eq!(found.len(), 1, "{folder}");
        let seen = found[0].1.find("main")[0].seen();
        for row in rows {
            for cell in array(&row["cells"]) {
                let mut own = text(&cell["text"]);
                push_blocks(&mut own, &cell["blocks"]);
                assert!(seen.contains(&own), "{own}");
                for part in array(&cell["rows"]).iter().flat_map(array) {
                    assert!(seen.contains(&text(part)), "{part}");
                }
            }
        }
        let table = found[0].1.find("table").into_iter().last().unwrap();
        assert!(values(table).iter().all(|value| value.text.is_empty() || !value.heads.is_empty()));
    }
    assert!(lists > 0);
}

const HOSTILE: &str = "<script>alert(1)</script>&amp;\"'{{ 7*7 }}{% raw %}--></title>";

#[test]
fn hostile_texts_appear_as_they_stand() {
    let id = "<b>&名\"'";
    let own = program(HOSTILE)
        .replace("研修を行う。", &format!("{HOSTILE}。"))
        .replace("参加者数", "<i>&lt;")
        .replace("監理課", "監理課</li>");
    let disk =
        small_report().with(format!("01_章/{id}.jigyo"), own).with("01_章/章.jigyo", format!("【章】{HOSTILE}\n"));
    let checked = check(&disk).unwrap();
    let pages = edition(&checked);
    let path = format!("programs/{}.html", address_of(id));
    let html = parse(page(&pages, &path));
    assert_eq!(html.find("h1")[0].seen(), squeezed(HOSTILE));
    assert!(html.find("main")[0].seen().contains(&squeezed(&format!("{HOSTILE}。"))));
    assert!(html.find("th").iter().any(|own| own.seen() == "<i>&lt;"));
    assert!(html.find("title")[0].seen().starts_with(&squeezed(HOSTILE)));
    let scripts = html.find("script");
    assert_eq!(scripts.len(), 1);
    assert!(!page(&pages, &path).contains("<script>"));
    let said: Json = match &scripts[0].children[0] {
        crate::html::Node::Text(text) => serde_json::from_str(text).unwrap(),
        crate::html::Node::Element(_) => panic!("an element in a script"),
    };
    assert_eq!(said["name"], HOSTILE);
    for (path, bytes) in pages.iter().filter(|(path, _)| path.starts_with("search/")) {
        assert!(!String::from_utf8_lossy(bytes).contains('<'), "{path}");
    }
}

fn renamed(last_year: bool) -> Checked {
    let last = small_report()
        .with("01_章/二.jigyo", program("二").replace("研修", "講習"))
        .with("01_章/終わった事業.jigyo", program("終わった事業").replace("研修", "見学"));
    let mut disk = small_report()
        .with(
            "報告書.jigyo",
            format!(
                "【報告書】令和3年度報告書\n年度：令和3年度\n発行：青森県\n発行日：令和4年9月1日\n{}",
                if last_year { "前年度：昨年\n" } else { "" }
            ),
        )
        .with("01_章/章.jigyo", "【章】人材の育成\n")
        .with(
            "01_章/二の新しい名.jigyo",
            program("二の新しい名").replace("研修", "講習").replace("担当", "旧名称：二\n担当"),
        );
    if last_year {
        for path in last.paths() {
            disk.insert(format!("昨年/{path}"), last.get(path).unwrap());
        }
    }
    check(&disk).unwrap()
}

#[test]
fn a_link_of_last_year_leads_to_where_its_program_went() {
    for last_year in [false, true] {
        let checked = renamed(last_year);
        let pages = edition(&checked);
        let old = parse(page(&pages, &format!("programs/{}.html", address_of("二"))));
        let main = old.find("main")[0];
        assert!(main.seen().contains("令和3年度の報告書では「二の新しい名」です"), "{}", main.seen());
        let new = format!("../programs/{}.html", address_of("二の新しい名"));
        assert!(main.find("a").iter().any(|link| link.attribute("href") == new));
        let gone = format!("programs/{}.html", address_of("終わった事業"));
        assert_eq!(pages.contains_key(&gone), last_year);
        if last_year {
            assert!(parse(page(&pages, &gone)).find("main")[0].seen().contains("令和3年度の報告書にはありません"));
        }
        // What kept its name kept its address.
        assert!(parse(page(&pages, &format!("programs/{}.html", address_of("一")))).find("article").len() == 1);
    }
}

#[test]
fn editions_beside_each_other_are_linked_both_ways() {
    let this = renamed(true);
    let last = check(
        &small_report()
            .with("01_章/二.jigyo", program("二").replace("研修", "講習"))
            .with("01_章/終わった事業.jigyo", program("終わった事業").replace("研修", "見学")),
    )
    .unwrap();
    let read = |pages: &Pages| EditionFile::read(&pages["data/edition.json"]).unwrap();
    let (this_edition, last_edition) = (read(&edition(&this)), read(&edition(&last)));
    let other = EditionFile { title: "別の報告書".to_string(), ..last_edition.clone() };
    let now = edition_beside(&this, vec![("a".to_string(), other), ("令和2年度".to_string(), last_edition)]);
    let before = edition_beside(&last, vec![("r3".to_string(), this_edition)]);
    let links = |pages: &Pages, path: &str| -> Vec<String> {
        parse(page(pages, path)).find("a").iter().map(|own| own.attribute("href").to_string()).collect()
    };
    let (old, new) = (address_of("二"), address_of("二の新しい名"));
    let folder = "../../%E4%BB%A4%E5%92%8C2%E5%B9%B4%E5%BA%A6/";
    assert!(links(&now, &format!("programs/{new}.html")).contains(&format!("{folder}programs/{old}.html")));
    assert!(links(&before, &format!("programs/{old}.html")).contains(&format!("../../r3/programs/{new}.html")));
    assert!(links(&now, "index.html").contains(&format!("{}index.html", &folder[3..])));
    let gone = address_of("終わった事業");
    assert!(links(&now, &format!("programs/{gone}.html")).contains(&format!("{folder}programs/{gone}.html")));
    assert!(links(&before, &format!("programs/{gone}.html")).iter().all(|link| !link.contains("r3")));
}

#[test]
fn a_reading_stands_above_its_name_where_the_form_asks_for_it() {
    let with = |form: &str| {
        let own = program("一").replace("担当", "よみ：いち\n担当");
        let disk = small_report().with("01_章/一.jigyo", own).with("様式.jigyo", format!("【様式】様式\n\n【項目】\n{form}\n\n【見出し】\n事業概要｜文章｜必須、事業概要として\n事業実績｜文章｜必須、事業実績として\n指標｜表｜何度でも、指標として\n"));
        let checked = check(&disk).unwrap();
        parse(page(&edition(&checked), &format!("programs/{}.html", address_of("一"))))
            .find("rt")
            .iter()
            .map(|own| own.seen())
            .collect::<Vec<_>>()
    };
    assert_eq!(with("よみ｜文字"), ["いち"]);
    assert_eq!(with("科目｜文字"), Vec::<String>::new());
    assert_eq!(with("よみ｜文字｜印刷しない"), Vec::<String>::new());
}

#[test]
fn data_beside_a_page_is_what_the_export_has_of_it() {
    for path in samples() {
        let checked = check_folder(&path);
        let pages = edition(&checked);
        let whole: Json = serde_json::from_str(&jigyo::export::json(&checked.report)).unwrap();
        let mut rows = BTreeMap::new();
        for (chapter, found) in array(&whole["chapters"]).iter().enumerate() {
            for (place, own) in array(&found["programs"]).iter().enumerate() {
                let stem = format!("programs/{}", address_of(own["id"].as_str().unwrap()));
                let made: Json = serde_json::from_slice(&pages[&format!("{stem}.json")]).unwrap();
                assert_eq!(made["program"], *own);
                assert_eq!(made["chapter"]["order"], chapter + 1);
                for (ending, table) in [(".csv", "data/programs.csv"), (".values.csv", "data/values.csv")] {
                    let Some(bytes) = pages.get(&format!("{stem}{ending}")) else { continue };
                    let lines = |bytes: &[u8]| {
                        String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_string).collect::<Vec<_>>()
                    };
                    let (part, all) = (lines(bytes), lines(&pages[table]));
                    assert_eq!(part[0], all[0]);
                    assert!(part.len() > 1 && part[1..].iter().all(|line| all.contains(line)), "{stem}");
                    *rows.entry(table).or_insert(0) += part.len() - 1;
                    assert!(place < 1000);
                }
            }
        }
        assert_eq!(rows["data/programs.csv"], checked.report.printed_programs().count());
        let catalogue: Json = serde_json::from_slice(&pages["data/catalog.jsonld"]).unwrap();
        let sets = array(&catalogue["dcat:dataset"]);
        assert_eq!(sets.len(), 1 + checked.report.printed_programs().count());
        for file in sets.iter().flat_map(|set| array(&set["dcat:distribution"])) {
            let path = file["dcat:downloadURL"]["@id"].as_str().unwrap().trim_start_matches("../");
            assert_eq!(pages[path].len() as u64, file["dcat:byteSize"].as_u64().unwrap());
        }
        assert!(catalogue.get("dct:license").is_none());
    }
}

#[test]
fn a_licence_is_said_only_where_the_template_says_one() {
    let mut template = WebTemplate::built_in();
    template.settings.licence =
        Some(jigyo::web::Licence { name: "CC BY 4.0".to_string(), url: "https://example.jp/by".to_string() });
    template.settings.base = Some("https://example.jp/r2/".to_string());
    let checked = check(&small_report()).unwrap();
    let files = build_web(&checked, WebRequest { template, beside: Vec::new(), before: None }).unwrap();
    let pages: Pages = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let own = page(&pages, &format!("programs/{}.html", address_of("一")));
    assert!(own.contains("\"license\":\"https://example.jp/by\"") && own.contains("https://example.jp/r2/programs/"));
    assert!(parse(own).find("footer")[0].seen().contains("利用条件：CCBY4.0"));
    let catalogue: Json = serde_json::from_slice(&pages["data/catalog.jsonld"]).unwrap();
    assert_eq!(catalogue["dct:license"]["@id"], "https://example.jp/by");
}

#[test]
fn a_licence_of_the_report_stands_on_every_page_and_in_its_data() {
    let head =
        "【報告書】令和2年度報告書\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n利用条件：ＣＣ　ＢＹ　4.0\n";
    let checked = check(&small_report().with("報告書.jigyo", head)).unwrap();
    assert_eq!(crate::tools::found(&checked), Vec::<String>::new());
    let pages = edition(&checked);
    let address = "https://creativecommons.org/licenses/by/4.0/deed.ja";
    for (path, html) in html_pages(&pages) {
        let links: Vec<&Element> = html.find("a").into_iter().filter(|own| own.attribute("rel") == "license").collect();
        assert_eq!(links.len(), 1, "{path}");
        assert_eq!(links[0].attribute("href"), address);
    }
    assert!(
        page(&pages, &format!("programs/{}.html", address_of("一"))).contains(&format!("\"license\":\"{address}\""))
    );
}

#[test]
fn the_address_of_a_licence_is_taken_out_of_what_stands_around_it() {
    let deed = "https://creativecommons.org/licenses/by/4.0/deed.ja";
    let terms = "公共データ利用規約（第1.0版）";
    for (typed, name, url) in [
        (format!("CC BY 4.0（{deed}）"), "CC BY 4.0", deed),
        (format!("CC BY 4.0 ({deed})"), "CC BY 4.0", deed),
        (format!("CC BY 4.0：{deed}を見てください"), "CC BY 4.0", deed),
        (format!("{terms}（{deed} ）"), terms, deed),
        (format!("{deed}（CC BY 4.0）"), "CC BY 4.0", deed),
        (deed.to_string(), deed, deed),
        (terms.to_string(), terms, "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
        ("県の利用規約（案）".to_string(), "県の利用規約（案）", ""),
    ] {
        let read = jigyo::web::Licence::read(&typed);
        assert_eq!((read.name.as_str(), read.url.as_str()), (name, url), "{typed}");
    }
}

/// A chapter's file and one of its programs.
fn chapter_in(disk: &mut Memory, folder: &str, title: &str, id: &str) {
    disk.insert(format!("{folder}/章.jigyo"), format!("【章】{title}\n"));
    disk.insert(format!("{folder}/{id}.jigyo"), program(id));
}

#[test]
fn a_chapter_is_known_by_what_it_lies_in_and_by_its_programs() {
    let head = |year: &str| format!("【報告書】{year}報告書\n年度：{year}\n発行：青森県\n発行日：令和3年9月1日\n");
    let mut disk = Memory::new().with("報告書.jigyo", head("令和2年度") + "前年度：昨年\n");
    disk.insert("昨年/報告書.jigyo", head("令和元年度"));
    for (top, name) in [("01", "産業"), ("02", "農業")] {
        chapter_in(&mut disk, &format!("昨年/{top}"), name, &format!("{top}a"));
        chapter_in(&mut disk, &format!("昨年/{top}/01"), "人材の育成", &format!("{top}b"));
    }
    // The other order, other folders, and one chapter under another title.
    for (folder, name, old) in [("甲", "農業", "02"), ("乙", "産業", "01")] {
        chapter_in(&mut disk, folder, name, &format!("{old}a"));
        chapter_in(&mut disk, &format!("{folder}/子"), "人材の育成", &format!("{old}b"));
    }
    chapter_in(&mut disk, "昨年/03", "観光", "03a");
    chapter_in(&mut disk, "丙", "観光の振興", "03a");
    let pages = edition(&check(&disk).unwrap());
    let moved = &edition_file(&pages).moved;
    let leads = |old: &str, new: &str| {
        let page = |folder: &str| page_of_chapter(folder);
        assert_eq!(moved[&page(old)].as_deref(), Some(page(new).as_str()), "{old}");
    };
    leads("01", "乙");
    leads("02", "甲");
    leads("01/01", "乙/子");
    leads("02/01", "甲/子");
    leads("03", "丙");
}

#[test]
fn addresses_last_through_editions_of_many_years_in_one_place() {
    let report = |year: &str, last: Option<&str>, names: &[&str]| {
        let mut disk = Memory::new().with("01/章.jigyo", "【章】人材\n");
        let before = if last.is_some() { "前年度：昨年\n" } else { "" };
        let head = format!("【報告書】{year}報告書\n年度：{year}\n発行：青森県\n発行日：令和3年9月1日\n{before}");
        disk.insert("報告書.jigyo", head);
        for name in names {
            disk.insert(format!("01/{name}.jigyo"), program(name));
        }
        disk
    };
    let with_last = |mut disk: Memory, last: &Memory| {
        for path in last.paths().map(str::to_string).collect::<Vec<_>>() {
            disk.insert(format!("昨年/{path}"), last.get(&path).unwrap());
        }
        disk
    };
    let made = |disk: &Memory, before: Option<EditionFile>| -> Pages {
        let checked = check(disk).unwrap();
        assert!(!checked.diagnostics.has_errors());
        let request = WebRequest { template: WebTemplate::built_in(), beside: Vec::new(), before };
        build_web(&checked, request).unwrap().into_iter().map(|file| (file.path, file.bytes)).collect()
    };
    let address = |id: &str| format!("programs/{}.html", address_of(id));
    let first = report("令和元年度", None, &["甲", "乙", "丙"]);
    let one = made(&first, None);
    // R2 has no 乙; 丙 has another name, which only R2 says.
    let mut second = report("令和2年度", None, &["甲", "丁"]);
    second.insert("01/丁.jigyo", program("丁").replace("担当：監理課\n", "担当：監理課\n旧名称：丙\n"));
    let two = made(&second, Some(edition_file(&one)));
    assert!(page(&two, &address("乙")).contains("この事業は、令和2年度の報告書にはありません。"));
    assert!(page(&two, &address("丙")).contains(&address("丁").replace("programs/", "../programs/")));
    assert!(edition_file(&two).carried.contains_key(&address("乙")));
    // R3 knows nothing of R1.
    let third = with_last(report("令和3年度", Some("昨年"), &["甲", "丁"]), &report("令和2年度", None, &["甲", "丁"]));
    let three = made(&third, Some(edition_file(&two)));
    assert!(parse(page(&three, &address("乙"))).find("h1")[0].seen() == "乙");
    assert!(page(&three, &address("乙")).contains("この事業は、令和3年度の報告書にはありません。"));
    assert!(page(&three, &address("丙")).contains(&address("丁").replace("programs/", "../programs/")));
    // Made again it is the same; a draft's own programs are not carried.
    assert_eq!(made(&third, Some(edition_file(&three))), three);
    let draft = report("令和3年度", None, &["甲", "丁", "仮"]);
    let again = made(&third, Some(edition_file(&made(&draft, Some(edition_file(&two))))));
    assert!(!again.contains_key(&address("仮")) && again.contains_key(&address("乙")));
    // What somebody wrote into the file leads nowhere outside.
    let mut wrong = edition_file(&two);
    wrong.moved.insert("../../evil.html".to_string(), None);
    wrong.moved.insert("programs/../x.html".to_string(), Some("programs/../x.html".to_string()));
    assert!(made(&third, Some(wrong)).keys().all(|path| !path.contains("..")));
}

fn edition_file(pages: &Pages) -> EditionFile {
    EditionFile::read(&pages["data/edition.json"]).unwrap()
}

/// The address of a chapter's page, as an edition with this folder alone has it.
fn page_of_chapter(folder: &str) -> String {
    let mut disk =
        Memory::new().with("報告書.jigyo", "【報告書】報告\n年度：令和2年度\n発行：青森県\n発行日：令和3年9月1日\n");
    let top = folder.split('/').next().unwrap();
    chapter_in(&mut disk, top, "上", "a");
    chapter_in(&mut disk, folder, "章", "b");
    let checked = check(&disk).unwrap();
    let addresses = jigyo::web::Addresses::of(&checked.report);
    let at = checked.report.chapters.iter().position(|chapter| chapter.folder == folder).unwrap();
    addresses.page(&jigyo::view::chapter_anchor(at)).unwrap().to_string()
}

#[test]
fn a_fault_in_a_template_is_told_with_its_line() {
    let disk = in_memory(&root().join("templates"));
    let text = String::from_utf8(disk.get("web/program.html").unwrap().to_vec()).unwrap();
    let broken = disk.with("web/program.html", text.replace("{{ p.no }}", "{{ p.number }}"));
    let template = WebTemplate::from_folder(&broken, "web", "わが県").unwrap().unwrap();
    let checked = check(&small_report()).unwrap();
    let fault = build_web(&checked, WebRequest { template, beside: Vec::new(), before: None }).unwrap_err();
    assert_eq!((fault.template.as_str(), fault.file.as_str()), ("わが県", "program.html"));
    assert_eq!(fault.line, text.lines().position(|line| line.contains("{{ p.no }}")).map(|at| at + 1));
}

/// The template of the web in memory, with another file.
fn template_with(path: &str, text: impl AsRef<[u8]>) -> Result<WebTemplate, TemplateFault> {
    let disk = in_memory(&root().join("templates")).with(path, text);
    WebTemplate::from_folder(&disk, "web", "わが県").map(Option::unwrap)
}

#[test]
fn settings_that_are_not_understood_are_told_with_their_line() {
    let told = |text: &str| {
        let fault = template_with("web/template.json", text).unwrap_err();
        assert_eq!((fault.template.as_str(), fault.file.as_str()), ("わが県", "template.json"));
        (fault.line, fault.reason)
    };
    assert_eq!(told("{\n  \"licence\": { \"name\": \"CC BY 4.0\",\n}\n").0, Some(3));
    let (line, reason) = told("{\n  \"format\": 3\n}\n");
    assert!(line == Some(2) && reason.contains("版 3"), "{reason}");
    for base in ["example.jp/r2/", "file:///r2/", "https://", "ftp://例.jp/", "https://例.jp/r 2/", ""] {
        let (line, reason) = told(&format!("{{\n  \"description\": \"\",\n  \"base\": \"{base}\"\n}}\n"));
        assert!(line == Some(3) && reason.contains("https://"), "{base}: {reason}");
    }
}

#[test]
fn a_base_ends_with_a_slash_whether_it_was_typed_or_not() {
    for base in ["https://example.jp/r2", "https://example.jp/r2/", " HTTPS://example.jp/r2// "] {
        let template = template_with("web/template.json", format!("{{ \"base\": \"{base}\" }}")).unwrap();
        let base = template.settings.base.clone().unwrap();
        assert!(base.ends_with("//example.jp/r2/"), "{base}");
        let files =
            build_web(&check(&small_report()).unwrap(), WebRequest { template, beside: Vec::new(), before: None })
                .unwrap();
        let catalogue = files.iter().find(|file| file.path == "data/catalog.jsonld").unwrap();
        let catalogue: Json = serde_json::from_slice(&catalogue.bytes).unwrap();
        assert_eq!(catalogue["@id"], format!("{base}data/catalog.jsonld"));
    }
}

#[test]
fn partial_pages_and_folders_of_assets_belong_to_a_template() {
    let disk = in_memory(&root().join("templates"))
        .with("web/_head.html", "<!-- わが県 -->")
        .with("web/base.html", "{% include '_head.html' %}{% block main %}{% endblock %}")
        .with("web/assets/icons/deep/a.svg", "<svg/>")
        .with("web/assets/_headers", "x")
        .with("web/assets/_old/b.svg", "<svg/>")
        .with("web/assets/a.svg.bak", "<svg/>");
    let template = WebTemplate::from_folder(&disk, "web", "わが県").unwrap().unwrap();
    let own: Vec<&str> = template.assets.keys().map(String::as_str).collect();
    assert_eq!(own, ["assets/_headers", "assets/icons/deep/a.svg", "assets/search.js", "assets/style.css"]);
    let files =
        build_web(&check(&small_report()).unwrap(), WebRequest { template, beside: Vec::new(), before: None }).unwrap();
    assert!(files.iter().any(|file| file.path == "assets/icons/deep/a.svg"));
    let front = files.iter().find(|file| file.path == "index.html").unwrap();
    assert!(String::from_utf8_lossy(&front.bytes).contains("<!-- わが県 -->"));
}

#[test]
fn a_file_of_a_template_that_cannot_be_read_is_told() {
    let large = vec![b'x'; usize::try_from(jigyo::load::MAX_PICTURE_BYTES).unwrap() + 1];
    let fault = template_with("web/assets/large.bin", large).unwrap_err();
    assert_eq!(fault.file, "assets/large.bin");
    assert!(fault.reason.contains("大きすぎます"), "{}", fault.reason);
}

/// For `tests/web/check`: every edition in a folder of its own, where one is named.
#[test]
fn editions_are_laid_out_for_judges() {
    let Some(folder) = std::env::var_os("WEB_EDITIONS") else { return };
    for (name, checked) in reports() {
        let own = std::path::Path::new(&folder).join(name.rsplit(['/', '\\']).next().unwrap());
        for (path, bytes) in edition(&checked) {
            crate::tools::write(&own.join(path), bytes);
        }
    }
}
