//! A program written in its form in the live page: over its own protocol, and by keyboard alone in a real browser.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Browser;
use crate::run::run;
use crate::running::{PATIENCE, wait_until};
use crate::tools::{copy_folder, root};
use crate::writing::Office;

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const ESC: &str = "\u{E00C}";
const UP: &str = "\u{E013}";
const LEFT: char = '\u{E012}';
const RIGHT: &str = "\u{E014}";
const SHIFT: &str = "\u{E008}";
const CTRL: &str = "\u{E009}";
const ALT: &str = "\u{E00A}";
const ALT_SHIFT: &str = "\u{E00A}\u{E008}";
const DOWN: char = '\u{E015}';

const NEW: &str = "港の見学会事業";

/// A live page of a copy of a sample, with a program as `report new` writes it.
fn office_with_a_new_program(sample: &str, chapter: &str) -> Office {
    let folder = copy_of(sample);
    run(&folder.path().join("報告書"), &["new", NEW, "--chapter", chapter])
        .succeeds()
        .prints_nothing()
        .says("作りました");
    Office::open_in(folder, &["preview", "--no-open"])
}

fn copy_of(sample: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root().join("reports").join(sample), &folder.path().join("報告書"));
    folder
}

/// A person who sits before the page.
struct Writer<'a> {
    browser: Browser,
    office: &'a Office,
    file: String,
}

impl Writer<'_> {
    fn open<'a>(browser: Browser, office: &'a Office, name: &str) -> Writer<'a> {
        browser.go(&format!("http://{}{}", office.host(), office.base));
        let button = format!("document.querySelector('[aria-label=\"{name}を書く\"]')");
        browser.wait(&button);
        browser.js(&format!("{button}.focus()"));
        browser.keys(ENTER);
        browser.wait(
            "document.querySelector('#program-sections .section') && document.activeElement.id === 'program-title'",
        );
        let state = office.state();
        let chapters = state["chapters"].as_array().unwrap().clone();
        let mut programs = chapters.iter().flat_map(|chapter| chapter["programs"].as_array().unwrap());
        let file = programs.find(|program| program["name"] == name).unwrap()["file"].as_str().unwrap().to_string();
        Writer { browser, office, file }
    }

    fn text(&self) -> String {
        fs::read_to_string(self.office.folder.path().join("報告書").join(&self.file)).unwrap()
    }

    /// The name of the box in use.
    fn place(&self) -> String {
        let name = self.browser.js("const box = document.activeElement; \
             return box.getAttribute('aria-label') ?? box.labels?.[0]?.textContent ?? box.textContent");
        name.as_str().unwrap().split(" 必須").next().unwrap().trim().to_string()
    }

    /// Goes on with Tab until a box is in use.
    fn go_to(&self, name: &str) {
        for _ in 0..60 {
            self.browser.keys(TAB);
            if self.place() == name {
                return;
            }
        }
        panic!("{name} is not reached by Tab; now in {}", self.place());
    }

    fn types(&self, words: &str) {
        self.browser.insert(words);
    }

    /// Presses an arrow in a list until it shows a choice.
    fn chooses(&self, key: &str, choice: &str) {
        for _ in 0..20 {
            if self.browser.js("return document.activeElement.value") == choice {
                return;
            }
            self.browser.keys(key);
        }
        panic!("{choice} is not to be chosen in {}", self.place());
    }

    /// As with an input method: what is shown on the way is never saved, and its Enter chooses a word.
    fn composes(&self, on_the_way: &str, word: &str) {
        self.browser.compose(on_the_way);
        self.browser.js("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', \
             {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))");
        assert!(!self.text().contains(on_the_way), "{on_the_way}");
        self.browser.insert(word);
    }

    /// Cells of a row, from the one in use on.
    fn row(&self, cells: &[&str]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.browser.keys(TAB);
            }
            self.types(cell);
        }
    }

    fn expects(&self, expected: &str) {
        let started = Instant::now();
        while self.text() != expected {
            assert!(started.elapsed() < PATIENCE, "{}\nis not\n{expected}", self.text());
            thread::sleep(Duration::from_millis(30));
        }
    }

    fn leaves_nothing(&self) {
        wait_until("no draft is left", || self.office.get("drafts").json() == json!([]));
        let complaints = self.browser.complaints();
        // A page that is no more is asked for now and then: the next state is on its way. A conflict is answered as one.
        let is_expected = |complaint: &&String| complaint.contains("/page/") || complaint.contains("409");
        let others: Vec<&String> = complaints.iter().filter(|complaint| !is_expected(complaint)).collect();
        assert_eq!(others, Vec::<&String>::new());
    }
}

/// What stands below the sections of a program that `report new` makes.
fn memo(text: &str) -> String {
    text.get(text.find("【メモ】").unwrap()..).unwrap().to_string()
}

#[test]
fn a_whole_program_is_typed_by_keyboard_alone() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let memo = memo(&writer.text());
    let browser = &writer.browser;
    writer.go_to("事業費");
    writer.composes("３２５４", "3,254千円");
    writer.go_to("区分");
    writer.chooses(UP, "新規");
    writer.go_to("担当");
    writer.types("監理課　建設グループ");
    writer.go_to("事業概要");
    writer.composes("みなとを", "港の仕事を知ってもらうため、");
    writer.types("親子の見学会を開く。");
    writer.go_to("事業実績");
    writer.types("見学会を4回開いた。");
    browser.keys(ENTER);
    writer.types("あわせて、働く人の話を聞く会を開いた。");
    browser.keys(ENTER);
    writer.types("感染症の状況から、船内の見学は見送った。");
    writer.go_to("項目名");
    writer.composes("けんがくかい", "見学会の回数");
    browser.keys(TAB);
    writer.composes("３かい", "3回");
    browser.keys(TAB);
    writer.types("4回");
    browser.keys(ENTER);
    writer.row(&["参加者数", "延べ58名"]);
    browser.chord(SHIFT, '\u{E007}');
    writer.types("（定員60名）");
    // What is offered for an empty cell, by its own key.
    browser.keys(TAB);
    browser.chord(ALT, DOWN);
    browser.keys(RIGHT);
    browser.keys(ENTER);
    // The group with its two rows
    browser.chord(ALT_SHIFT, 'g');
    writer.types("工業高校生向け");
    browser.keys(ENTER);
    writer.row(&["開催回数", "6回", "7回"]);
    browser.chord(CTRL, '\u{E007}');
    writer.row(&["受講者数", "107名", "220名"]);
    browser.keys(ENTER);
    // Behind a part a part is offered.
    browser.chord(ALT_SHIFT, LEFT);
    writer.row(&["船の見学", "2回"]);
    browser.keys(TAB);
    browser.chord(ALT, DOWN);
    browser.keys(ENTER);
    wait_until("the table is there", || writer.text().contains("船の見学｜2回｜—"));
    // A fold opens with Enter, and the photograph's caption is in use once it is copied.
    writer.go_to("写真");
    browser.keys(ENTER);
    let picture = root().join("reports/tutorial/02_観光と交流/写真/朝市.jpg");
    browser.choose("#program .drop input", picture.to_str().unwrap());
    browser.wait("document.activeElement.closest('.photo')");
    writer.composes("みなとの", "港の見学会");
    writer.go_to("何が写っているか（目の見えない人に読み上げる文）");
    writer.types("岸壁に並ぶ親子");
    browser.keys(ENTER);
    writer.expects(&format!(
        "【事業】港の見学会事業\n事業費：3,254千円\n区分：新規\n担当：監理課　建設グループ\n\n\
         【事業概要】\n港の仕事を知ってもらうため、親子の見学会を開く。\n\n\
         【事業実績】\n見学会を4回開いた。\nあわせて、働く人の話を聞く会を開いた。\n感染症の状況から、船内の見学は見送った。\n\n\
         【指標】\n見学会の回数｜3回｜4回\n参加者数｜延べ58名｜中止\n＋｜（定員60名）\n工業高校生向け\n\
         \u{3000}・開催回数｜6回｜7回\n　・受講者数｜107名｜220名\n船の見学｜2回｜—\n\n\
         【写真】\n写真/朝市.jpg｜港の見学会｜岸壁に並ぶ親子\n\n{memo}"
    ));
    let copied = office.folder.path().join("報告書/01_人材/写真/朝市.jpg");
    assert_eq!(fs::read(copied).unwrap(), fs::read(picture).unwrap());
    browser.wait(
        "[...document.querySelectorAll('.line')].some((line) => line.textContent.includes('船内の見学は見送った'))",
    );
    // Esc closes only after saving, and the way back is where it began.
    browser.keys(ESC);
    browser.wait("document.getElementById('program').hidden");
    assert_eq!(writer.place(), format!("{NEW}を書く"));
    writer.leaves_nothing();
}

#[test]
fn a_photograph_gets_another_file_and_keeps_its_words() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open_in(copy_of("tutorial"), &["preview", "--no-open"]);
    let folder = office.folder.path().join("報告書/02_観光と交流/写真");
    let writer = Writer::open(browser, &office, "海辺の体験観光推進事業");
    let before = writer.text();
    let browser = &writer.browser;
    // The system's own window for files is not opened.
    browser.js("HTMLInputElement.prototype.click = () => {}");
    browser.wait("document.querySelector('#program .photo')");
    browser.js("document.querySelector('#program .photo button[data-at=\"-1\"]').click()");
    let picture = office.folder.path().join("海.png");
    fs::copy(folder.join("岸壁.png"), &picture).unwrap();
    browser.choose("#program input[type=file][hidden]", picture.to_str().unwrap());
    writer.expects(&before.replacen("写真/海岸.svg｜", "写真/海.png｜", 1));
    assert_eq!(fs::read(folder.join("海.png")).unwrap(), fs::read(picture).unwrap());
    assert!(folder.join("海岸.svg").exists());
    writer.leaves_nothing();
}

#[test]
fn a_row_with_nothing_but_a_name_becomes_the_name_of_a_group() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let before = writer.text();
    let browser = &writer.browser;
    writer.go_to("項目名");
    writer.types("受講者数");
    browser.chord(ALT_SHIFT, 'g');
    writer.row(&["春期", "3名", "18名"]);
    browser.keys(ENTER);
    writer.row(&["夏期", "2名", "4名"]);
    browser.keys(ENTER);
    browser.chord(ALT_SHIFT, LEFT);
    writer.row(&["認定した人数", "1名", "2名"]);
    browser.keys(ENTER);
    let table = "【指標】\n受講者数\n\u{3000}・春期｜3名｜18名\n　・夏期｜2名｜4名\n認定した人数｜1名｜2名\n";
    writer.expects(&before.replacen("【指標】\n", table, 1));
    // What an act did is told until the next one.
    browser.chord(ALT, '\u{E017}');
    let told = "document.querySelector('#program .told').textContent";
    browser.wait(&format!("{told}.includes('の行を消しました')"));
    browser.keys(UP);
    browser.wait(&format!("{told} === ''"));
    writer.leaves_nothing();
}

#[test]
fn a_name_alone_gets_its_values_and_a_cell_too_many_goes() {
    let Some(browser) = Browser::open() else { return };
    let folder = copy_of("tutorial");
    let path = folder.path().join("報告書/01_港と産業/コンテナ航路誘致事業.jigyo");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("【指標】\n").unwrap();
    let end = rest.find("\n\n").unwrap();
    let with = |rows: &str| format!("{before}【指標】\n{rows}{}", &rest[end..]);
    fs::write(&path, with("訪問数｜5社｜6社｜7社\n相談数")).unwrap();
    let office = Office::open_in(folder, &["preview", "--no-open"]);
    let writer = Writer::open(browser, &office, "コンテナ航路誘致事業");
    let browser = &writer.browser;
    let cell = |value: &str| {
        format!("[...document.querySelectorAll('#program .grid textarea')].find((box) => box.value === '{value}')")
    };
    let press = |tool: &str| browser.js(&format!("document.querySelector('#program [data-tool={tool}]').click()"));
    browser.js(&format!("{}.focus()", cell("7社")));
    press("uncolumn");
    writer.expects(&with("訪問数｜5社｜6社\n相談数"));
    browser.js(&format!("{}.focus()", cell("相談数")));
    press("group");
    writer.row(&["30件", "40件"]);
    browser.keys(ENTER);
    writer.expects(&with("訪問数｜5社｜6社\n相談数｜30件｜40件"));
    // The first click takes the whole cell.
    browser.js(&format!("{}.id = 'wanted'", cell("30件")));
    browser.click_on("#wanted");
    writer.types("31件");
    browser.keys(TAB);
    browser.keys(ENTER);
    writer.expects(&with("訪問数｜5社｜6社\n相談数｜31件｜40件"));
}

#[test]
fn a_choice_goes_back_to_what_holds_where_nothing_is_written() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open_in(copy_of("tutorial"), &["preview", "--no-open"]);
    let writer = Writer::open(browser, &office, "海辺の体験観光推進事業");
    assert!(!writer.text().contains("区分："));
    let browser = &writer.browser;
    let select =
        "[...document.querySelectorAll('#program select')].find((box) => box.labels[0].textContent.startsWith('区分'))";
    let offered = format!("[...{select}.options].map((option) => option.textContent).join()");
    assert_eq!(browser.js(&format!("return {offered}")), "継続,新規,拡充,終了");
    browser.js(&format!("{select}.focus()"));
    writer.chooses(&DOWN.to_string(), "新規");
    wait_until("it is written", || writer.text().contains("\n区分：新規\n"));
    browser.wait(&format!("{offered} === '新規,拡充,継続,終了'"));
    writer.chooses(&DOWN.to_string(), "継続");
    wait_until("it is written back", || writer.text().contains("\n区分：継続\n"));
    writer.leaves_nothing();
}

#[test]
fn messages_of_a_row_wait_until_it_is_left() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open_in(copy_of("tutorial"), &["preview", "--no-open"]);
    let writer = Writer::open(browser, &office, "コンテナ航路誘致事業");
    let browser = &writer.browser;
    browser.js("[...document.querySelectorAll('#program .grid textarea')].at(-3).focus()");
    writer.types("会議の数");
    browser.keys(TAB);
    browser.wait("document.querySelector('#messages').textContent.includes('欄が空です')");
    assert_eq!(browser.js("return document.querySelectorAll('#program .found .message, #program .wrong').length"), 0);
    browser.keys(&UP.repeat(2));
    browser.wait("document.querySelector('#program .found .message')?.textContent.includes('欄が空です')");
    assert_eq!(browser.js("return document.querySelectorAll('#program .wrong').length"), 1);
}

#[test]
fn a_message_of_what_is_missing_leads_to_its_first_box() {
    let Some(browser) = Browser::open() else { return };
    let folder = copy_of("tutorial");
    let path = folder.path().join("報告書/01_港と産業/コンテナ航路誘致事業.jigyo");
    let text = fs::read_to_string(&path).unwrap().replace("図：あり\n", "");
    let (start, end) = (text.find("【指標】").unwrap(), text.find("【メモ】").unwrap());
    fs::write(&path, format!("{}{}", &text[..start], &text[end..])).unwrap();
    let office = Office::open_in(folder, &["preview", "--no-open"]);
    browser.go(&format!("http://{}{}", office.host(), office.base));
    let message = "[...document.querySelectorAll('#messages .message')].find((item) => item.textContent.includes('指標がありません'))";
    browser.wait(&format!("{message}?.querySelector('.write')"));
    browser.js(&format!("{message}.querySelector('.write').click()"));
    browser.wait("document.activeElement.closest('.grid tbody')");
    assert_eq!(browser.js("return document.activeElement.dataset.at"), "-1");
    // The form has the room of the list, which comes back after it.
    assert_eq!(browser.js("return document.getElementById('sidebar').hidden"), true);
    browser.keys(ESC);
    browser.wait("document.getElementById('program').hidden && !document.getElementById('sidebar').hidden");
}

#[test]
fn messages_of_a_table_lead_to_the_cell_and_are_mended_there() {
    let Some(browser) = Browser::open() else { return };
    let folder = copy_of("tutorial");
    let path = folder.path().join("報告書/01_港と産業/コンテナ航路誘致事業.jigyo");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("企業数｜19社｜", "企業数｜｜")
        .replace("便数｜2便｜3便", "便数,2便,3便");
    fs::write(&path, &text).unwrap();
    let office = Office::open_in(folder, &["preview", "--no-open"]);
    browser.go(&format!("http://{}{}", office.host(), office.base));
    let open = |words: &str| {
        let message = format!(
            "[...document.querySelectorAll('#messages .message')].find((item) => item.textContent.includes('{words}'))"
        );
        browser.wait(&format!("{message}?.querySelector('.write')"));
        browser.js(&format!("{message}.querySelector('.write').click()"));
    };
    open("欄が空です");
    browser.wait("document.activeElement.ariaLabel === '輸送費補助を利用した企業数　5年度'");
    // A word that is chosen is saved at once.
    browser.js("[...document.querySelectorAll('.picks button')].find((button) => button.textContent === '該当なし（—）').click()");
    let chosen = text.replace("企業数｜｜", "企業数｜—｜");
    wait_until("the word is saved", || fs::read_to_string(&path).unwrap() == chosen);
    open("区切り「｜」がありません");
    browser.wait("document.activeElement.value === '定期航路の週当たり便数,2便,3便'");
    // The bars that the message asks for part the row.
    browser.js("document.activeElement.select()");
    browser.insert("定期航路の週当たり便数｜2便｜3便");
    browser.keys(TAB);
    wait_until("the row is parted", || fs::read_to_string(&path).unwrap() == chosen.replace(",2便,3便", "｜2便｜3便"));
    browser.wait("document.querySelector('[aria-label=\"定期航路の週当たり便数　6年度\"]')?.value === '3便'");
}

#[test]
fn cells_of_a_spreadsheet_fill_the_grid() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let before = writer.text();
    writer.go_to("項目名");
    writer.browser.paste(
        "項目名\t令和元年度\t令和2年度\r\n見学会の回数\t3回\t4回\t昨年より多い\r\n参加者数\t\"延べ58名\n（定員\"\"60\"\"名）\"\t中止\r\n\
         工業高校生向け\t\t\r\n・開催回数\t6回\t7回\r\n・受講者数\t\t220名\r\n※受講者数は、初めの回を除く。\t\t\r\n",
    );
    let table = "【指標】\n見学会の回数｜3回｜4回\n参加者数｜延べ58名｜中止\n＋｜（定員\"60\"名）\n工業高校生向け\n\
                 \u{3000}・開催回数｜6回｜7回\n　・受講者数｜｜220名\n※受講者数は、初めの回を除く。\n";
    writer.expects(&before.replacen("【指標】\n", table, 1));
    let said = writer.browser.js("return document.querySelector('#program .told').textContent");
    let said = said.as_str().unwrap();
    assert!(said.contains("見出しの行は自動で付く") && said.contains("「昨年より多い」は入れていません"), "{said}");
    // One cell that was left open; the others of its table stay byte for byte.
    writer.browser.js("document.querySelector('[aria-label=\"受講者数　元年度\"]').focus()");
    writer.browser.paste("107名\r\n");
    writer.browser.keys(TAB);
    writer.expects(&before.replacen("【指標】\n", &table.replace("・受講者数｜｜", "・受講者数｜107名｜"), 1));
    writer.leaves_nothing();
}

#[test]
fn rows_that_are_filled_become_parts_of_the_one_above() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let before = writer.text();
    let table = |rows: &str| before.replacen("【指標】\n", &format!("【指標】\n{rows}"), 1);
    let browser = &writer.browser;
    writer.go_to("項目名");
    browser.paste("来所者数\t\t\r\n日本人\t1人\t2人\r\n外国人\t3人\t4人\r\n");
    browser.keys(TAB);
    wait_until("the rows are saved", || writer.text().contains("外国人｜3人｜4人"));
    let row = |name: &str| {
        format!(
            "[...document.querySelectorAll('#program .grid tbody tr')].find((row) => row.querySelector('textarea')?.value === '{name}')"
        )
    };
    // By a click on the button, and by keys: what stands in the boxes stays there.
    browser.js(&format!("{}.querySelector('textarea').focus()", row("日本人")));
    browser.click_on("#program .grid [data-tool=child]");
    wait_until("the row is a part", || writer.text().contains("\n　・日本人｜1人｜2人\n外国人"));
    browser.js(&format!("{}.querySelector('textarea').focus()", row("外国人")));
    browser.chord("\u{E00A}\u{E008}", '\u{E014}');
    writer.expects(&table("来所者数\n　・日本人｜1人｜2人\n　・外国人｜3人｜4人\n"));
    assert_eq!(browser.js("return document.activeElement.value"), "外国人");
    browser.keys("\u{E010}");
    browser.insert("客");
    browser.keys(TAB);
    writer.expects(&table("来所者数\n　・日本人｜1人｜2人\n　・外国人客｜3人｜4人\n"));
    let shown =
        format!("return [...{}.querySelectorAll('textarea')].map(({{ value }}) => value).join('｜')", row("外国人客"));
    assert_eq!(browser.js(&shown), "外国人客｜3人｜4人");
    browser.js(&format!("{}.querySelector('textarea').focus()", row("日本人")));
    browser.chord("\u{E00A}\u{E008}", '\u{E015}');
    writer.expects(&table("来所者数\n　・外国人客｜3人｜4人\n　・日本人｜1人｜2人\n"));
    assert_eq!(browser.js("return document.activeElement.value"), "日本人");
    writer.leaves_nothing();
}

#[test]
fn a_form_of_another_office_is_written_too() {
    let Some(browser) = Browser::open() else { return };
    let office = Office::open_in(copy_of("hyoka"), &["preview", "--no-open"]);
    let writer = Writer::open(browser, &office, "自主防災会活動補助事業");
    let before = writer.text();
    let browser = &writer.browser;
    let focus = |name: &str| {
        browser.js(&format!(
            "[...document.querySelectorAll('#program :is(input, select, textarea)')].find((box) => \
             (box.getAttribute('aria-label') ?? box.labels?.[0]?.textContent ?? '').startsWith({})).focus()",
            json!(name)
        ));
    };
    focus("県支出金　6年度 決算");
    browser.chord(CTRL, 'a');
    writer.types("455");
    browser.keys(ENTER);
    // Below it 地方債 is — for all years: each cell is written where one differs.
    browser.chord(CTRL, 'a');
    writer.types("10");
    browser.keys(TAB);
    let costs = before
        .replace("県支出金｜400｜420｜450｜480\n地方債｜—\n", "県支出金｜400｜420｜455｜480\n地方債｜—｜—｜10｜—\n");
    writer.expects(&costs);
    // What is computed follows.
    browser.wait("document.querySelector('#program').innerText.includes('2,477')");
    focus("必要性の理由");
    browser.chord(CTRL, '\u{E010}');
    browser.keys(ENTER);
    writer.composes("べんきょう", "勉強会も続ける。");
    focus("効率性");
    writer.chooses(UP, "Ａ");
    focus("改革改善の方向性");
    writer.chooses("\u{E015}", "現状のまま");
    focus("開始年度");
    browser.chord(CTRL, 'a');
    writer.types("平成10年度");
    browser.keys(ENTER);
    let expected = costs
        .replace("支えるべきことである。\n", "支えるべきことである。\n＋勉強会も続ける。\n")
        .replace("効率性｜Ｂ｜", "効率性｜Ａ｜")
        .replace("【改革改善の方向性】\n拡大\n", "【改革改善の方向性】\n現状のまま\n")
        .replace("平成9年度", "平成10年度");
    writer.expects(&expected);
    writer.leaves_nothing();
}

#[test]
fn two_who_write_in_one_field_see_both_texts() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let browser = &writer.browser;
    writer.go_to("事業費");
    writer.types("4,000");
    let path = office.folder.path().join("報告書").join(&writer.file);
    let theirs = writer.text().replacen("事業費：", "事業費：5,000千円", 1).replacen(
        "【事業概要】\n",
        "【事業概要】\n相手の文。\n",
        1,
    );
    fs::write(path, &theirs).unwrap();
    // What nobody types in follows; what is being typed stays.
    browser.wait("[...document.querySelectorAll('#program textarea')].some((box) => box.value === '相手の文。')");
    assert_eq!(browser.js("return document.activeElement.value"), "4,000");
    browser.keys(TAB);
    browser.wait("!document.getElementById('edit-conflict').hidden");
    assert_eq!(browser.js("return document.getElementById('edit-theirs').textContent"), "5,000千円");
    assert_eq!(writer.text(), theirs);
    browser.js("document.querySelector('#edit-choices button').click()");
    writer.expects(&theirs.replacen("5,000千円", "4,000", 1));
    browser.wait("[...document.querySelectorAll('#program-fields .field')].find((field) => field.textContent.startsWith('事業費')).querySelector('input').value === '4,000'");
    writer.leaves_nothing();
}

#[test]
fn what_would_be_read_as_something_else_is_told_before_it_is_saved() {
    let Some(browser) = Browser::open() else { return };
    let office = office_with_a_new_program("aomori-r2", "01_人材");
    let writer = Writer::open(browser, &office, NEW);
    let before = writer.text();
    let browser = &writer.browser;
    let said = |words: &str| {
        browser.wait(&format!(
            "[...document.querySelectorAll('#program .said:not([hidden])')].some((said) => said.textContent.includes({}))",
            json!(words)
        ));
    };
    writer.go_to("事業概要");
    writer.types("行う。\n【成果】が上がった。");
    browser.keys(TAB);
    said("次の見出しになります");
    writer.go_to("項目名");
    writer.types("入｜出");
    browser.keys(TAB);
    said("欄の区切りになる記号");
    assert_eq!(writer.text(), before);
    // It is not lost: a draft is kept, and the panel does not close over it.
    wait_until("both are kept", || office.get("drafts").json().as_array().unwrap().len() == 2);
    browser.keys(ESC);
    assert_eq!(browser.js("return document.getElementById('program').hidden"), false);
}

/// Of every program of the samples some cells, one by one: no line changes but those of the row, and what is read there is what was typed.
#[test]
fn a_changed_cell_changes_the_lines_of_its_row() {
    let Some(browser) = Browser::open() else { return };
    for sample in ["hyoka", "tutorial"] {
        let office = Office::open_in(copy_of(sample), &["preview", "--no-open"]);
        browser.go(&format!("http://{}{}", office.host(), office.base));
        let state = office.state();
        let chapters = state["chapters"].as_array().unwrap().clone();
        let programs = chapters.iter().flat_map(|chapter| chapter["programs"].as_array().unwrap());
        for file in programs.map(|program| program["file"].as_str().unwrap()) {
            let tried = browser.js(&format!("{TRY_CELLS}; return tryCells({})", json!(file)));
            assert_eq!(tried["faults"], json!([]), "{file}");
        }
    }
}

/// In the page: the modules that it writes with, on every cell of a program.
const TRY_CELLS: &str = r#"
async function tryCells(file) {
  const { change, makeRow, isReal, hasCells } = await import("./rows.js");
  const form = await (await fetch(`./program?file=${encodeURIComponent(file)}`)).json();
  const faults = [];
  let count = 0;
  for (const { body } of form.sections.filter(({ body }) => body.grid)) {
    const { rows: entries, insert, columns, behind } = body.grid;
    const base = entries.filter(isReal);
    entries.forEach((entry, at) => columns.forEach((column, place) => {
      if (column.is_computed || !isReal(entry)) return;
      const rows = entries.map(makeRow);
      if (!hasCells(rows[at])) return;
      if (change({ rows, base, insert, columns, behind }) !== null) faults.push(`untouched: ${entry.text}`);
      while (rows[at].cells.length < place) rows[at].cells.push("");
      rows[at].cells[place] = `${rows[at].cells[place] ?? ""}9\n二行目`;
      const changed = change({ rows, base, insert, columns, behind });
      count += 1;
      if (changed.start !== entry.start || changed.end !== entry.end) faults.push(`${entry.text} → ${changed.value}`);
      if (!changed.value.includes("＋") || !changed.value.includes("二行目")) faults.push(`${entry.text} → ${changed.value}`);
    }));
    // A row that is moved a level in or out says so in the file.
    entries.forEach((entry, at) => {
      for (const by of entry.level > 0 ? [1, -1] : [1]) {
        const rows = entries.map(makeRow);
        if (!isReal(entry) || !hasCells(rows[at])) continue;
        rows[at].level += by;
        const changed = change({ rows, base, insert, columns, behind });
        const signs = changed?.value.match(/^[\s・･•‧]*/)[0].replace(/\s/g, "").length;
        if (signs !== rows[at].level) faults.push(`${entry.text}, level ${rows[at].level} → ${changed?.value}`);
      }
    });
  }
  return { faults, count };
}
"#;

#[test]
fn only_a_page_that_may_write_has_a_form() {
    let office = Office::open(&["preview", "--no-open"]);
    let file = "01_人材/あおもり移住支援事業.jigyo";
    let escaped: String = file.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form: Value = office.get(&format!("program?file={escaped}")).json();
    assert_eq!((&form["file"], &form["title"]["value"]), (&json!(file), &json!("あおもり移住支援事業")));
    let edit = json!({
        "file": file, "seen": form["seen"], "start": form["title"]["start"], "end": form["title"]["end"], "text": "移住支援事業",
    });
    assert_eq!(office.post("save", &edit).status, 200);
    for other in ["%E5%A0%B1%E5%91%8A%E6%9B%B8.jigyo", "..%2Fx.jigyo", "x.jigyo"] {
        assert_eq!(office.get(&format!("program?file={other}")).status, 404, "{other}");
    }
    let photo = |name: &str, data: &str| {
        let answer = office.post("photo", &json!({ "file": file, "name": name, "data": data }));
        (answer.status, answer.text())
    };
    let svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI0IiBoZWlnaHQ9IjQiPjxyZWN0IHdpZHRoPSI0IiBoZWlnaHQ9IjQiLz48L3N2Zz4=";
    assert_eq!(photo("図.svg", svg), (200, "{\"name\":\"写真/図.svg\"}".to_string()));
    assert_eq!(photo("../図.svg", svg).0, 422);
    assert_eq!(photo("図.svg", "R0lGODlh").0, 422);
    assert!(photo("図.gif", "R0lGODlh").1.contains("GIF"));
    assert_eq!(photo("図.svg", "*").0, 400);
    let picture = format!("picture?file={escaped}&name=%E5%86%99%E7%9C%9F%2F%E5%9B%B3.svg");
    assert!(office.get(&picture).head.contains("image/svg+xml"));
    let outside = format!("picture?file={escaped}&name=..%2F..%2Fx.svg");
    assert_eq!(office.get(&outside).status, 404);
    for arguments in [&["preview", "--no-open", "--read-only"][..], &["watch", "--preview", "--no-open"]] {
        let office = Office::open(arguments);
        assert_eq!(office.state()["writing"]["is_on"], false);
        assert_eq!(office.get(&format!("program?file={escaped}")).status, 404);
        assert_eq!(office.get(&picture).status, 404);
        assert_eq!(office.post("photo", &json!({})).status, 405, "{arguments:?}");
    }
}
