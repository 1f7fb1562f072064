//! The live page in a real browser, with real clicks and keys.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Browser;
use crate::running::Running;
use crate::tools::{copy_folder, root, squeezed};

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";
const DOWN: &str = "\u{E015}";

/// In the middle of the report: its page begins with it.
const PROGRAM: &str = "あおもり移住支援事業";
/// The last of the report.
const FAR: &str = "あおもりICT施工推進事業";

/// What the tests ask of the page, once for all: `pageArea` is what scrolls, `sheets` are its pages.
const EYES: &str = r#"
window.pageArea = document.getElementById("pages");
window.sheets = () => [...pageArea.querySelectorAll("[data-page]")];
window.textOf = (node) => node.textContent.replace(/\s/g, "");
window.sheetWith = (words) => sheets().find((sheet) => textOf(sheet.querySelector(".text")).includes(words));
window.lineWith = (words) => {
  const lines = [...pageArea.querySelectorAll(".line")].filter((line) => line.textContent.includes(words));
  return lines.find(isSeen) ?? lines[0];
};
window.itemOf = (name) => [...document.querySelectorAll("li.program")].find((item) =>
  item.querySelector(".name").textContent === name);
window.isSeen = (node) => {
  const box = node?.getBoundingClientRect(), frame = pageArea.getBoundingClientRect();
  return Boolean(box) && box.height > 0 && box.top >= frame.top && box.bottom <= frame.bottom;
};
window.isCurrent = (name) => itemOf(name).querySelector(".entry").hasAttribute("aria-current");
window.messagesIn = (node) => [...node.querySelectorAll(".message")].map((message) =>
  [".source", ".source mark", ".where .whole"].map((part) => message.querySelector(part).textContent));
"#;

/// The real chapter, its live page, and a browser that shows it.
struct Office {
    browser: Browser,
    running: Running,
    folder: TempDir,
}

impl Office {
    fn open() -> Option<Self> {
        let browser = Browser::open()?;
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("報告書");
        copy_folder(&root().join("reports/aomori-r2"), &report);
        // The chapter alone: its names stand on one page each.
        let head = report.join("報告書.jigyo");
        let text = fs::read_to_string(&head).unwrap();
        let bare = text.lines().filter(|line| !line.starts_with("前付") && !line.starts_with("後付"));
        fs::write(&head, bare.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let office = Self { browser, running: Running::start(&["preview", "--no-open"], &report), folder };
        let (port, base) = office.running.address();
        office.running.wait_for("ミリ秒", 0);
        office.browser.go(&format!("http://127.0.0.1:{port}{base}"));
        office.browser.wait("document.documentElement.dataset.round >= 1");
        office.browser.js(EYES);
        Some(office)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("報告書/01_人材").join(format!("{name}.jigyo"))
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Changes a text, as saving does, and waits until the page shows it whole.
    fn edit(&self, name: &str, change: impl Fn(&str) -> String) {
        let text = self.text(name);
        let changed = change(&text);
        assert_ne!(changed, text, "nothing was edited");
        let round = self.number("Number(document.documentElement.dataset.round)");
        fs::write(self.path(name), changed).unwrap();
        self.browser.wait(&format!("document.documentElement.dataset.round > {round}"));
    }

    /// Clicks a program in the list, and waits until it is seen and all near it is loaded.
    fn show(&self, name: &str) {
        let mark = "document.querySelector('#wanted')?.removeAttribute('id'); ";
        self.browser.js(&format!(
            "{mark} const entry = itemOf({}).querySelector('.entry'); entry.id = 'wanted'; \
             entry.scrollIntoView({{block: 'nearest'}})",
            json!(name)
        ));
        self.browser.click_on("#wanted");
        self.browser.wait(&format!("isSeen(lineWith({0})) && isCurrent({0})", json!(name)));
        self.browser
            .wait("sheets().filter((sheet) => sheet.querySelector('img') && sheet.querySelector('.line')).length >= 3");
    }

    fn value(&self, expression: &str) -> Value {
        self.browser.js(&format!("return {expression}"))
    }

    fn number(&self, expression: &str) -> f64 {
        self.value(expression).as_f64().unwrap()
    }

    fn is_kept(&self, top: f64) {
        let now = self.number("pageArea.scrollTop");
        assert!((now - top).abs() <= 2.0, "scrolled from {top} to {now}");
    }

    fn words(&self, expression: &str) -> String {
        self.value(expression).as_str().unwrap().to_string()
    }

    /// Clicks in the middle of the printed line that holds the words; what is printed there.
    fn click_line(&self, words: &str) -> String {
        let line = format!("lineWith({})", json!(words));
        self.browser.wait(&line);
        self.browser.js(&format!("{line}.scrollIntoView({{block: 'center'}})"));
        // As the server told it, in pt from the corner of the sheet; two looks alike mean that scrolling is over.
        let place = format!(
            "(() => {{ const line = {line}; if (!isSeen(line)) return [0, 0]; const {{x, y, width, height}} = line.entry; \
             const sheet = line.closest('[data-page]'), box = sheet.getBoundingClientRect(); \
             const scale = box.width / parseFloat(sheet.style.getPropertyValue('--width')); \
             return [box.x + (x + width / 2) * scale, box.y + (y + height / 2) * scale]; }})()"
        );
        self.browser.wait(&format!(
            "(() => {{ const last = window.place; window.place = {place}; \
             return place[1] > 0 && String(place) === String(last); }})()"
        ));
        let place = self.value("window.place");
        let printed = self.words(&format!("{line}.textContent"));
        self.browser.click(place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
        printed
    }

    /// Asks for the source of a printed line by a click: the number of the line in the file, which must be named.
    fn asked(&self, words: &str) -> usize {
        let printed = squeezed(&self.click_line(words));
        let text = self.text(PROGRAM);
        let mut typed = text.lines().enumerate().filter(|(_, line)| squeezed(line).contains(&printed));
        let (index, line) = typed.next().expect("what is printed was typed");
        assert!(typed.next().is_none(), "{printed} is in one line only");
        let place = format!("01_人材/{PROGRAM}.jigyo　{}行目", index + 1);
        self.browser.wait("!document.getElementById('source-panel').hidden");
        assert_eq!(self.words("document.getElementById('source-place').textContent"), place, "{printed}");
        assert_eq!(self.words("document.getElementById('source-line').textContent"), line);
        self.browser.keys(ESCAPE);
        self.browser.wait("document.getElementById('source-panel').hidden");
        index + 1
    }

    /// Presses Tab until the element is reached, as who has no mouse does.
    fn tab_to(&self, element: &str) {
        for _ in 0..120 {
            self.browser.keys(TAB);
            if self.value(&format!("document.activeElement === {element}")) == true {
                return;
            }
        }
        panic!("{element} is not reached with Tab");
    }
}

/// What the page complains of in its console is a fault in every test.
impl Drop for Office {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.browser.complaints(), Vec::<String>::new());
        }
    }
}

#[test]
fn an_edit_appears_without_a_reload_and_the_place_is_kept() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    browser.js("window.marker = 1");
    office.show(PROGRAM);
    let top = office.number("pageArea.scrollTop += 60, pageArea.scrollTop");
    browser.js("window.before = sheets().map((sheet) => [sheet.dataset.hash, sheet.querySelector('img')])");
    let edited = office.value("Number(sheetWith('その数は18件となった。').dataset.page)");
    office.edit(PROGRAM, |text| text.replace("18件となった。", "18件となった。この一文を書き足した。"));
    let sheet = format!("sheets()[{edited}]");
    browser.wait(&format!("textOf({sheet}).includes('その数は18件となった。この一文を書き足した。')"));
    office.is_kept(top);
    assert_eq!(office.value("window.marker"), 1, "nothing was loaded again");
    let other_hashes = "sheets().filter((sheet, index) => sheet.dataset.hash !== before[index][0])";
    assert_eq!(office.value(&format!("{other_hashes}.map((sheet) => Number(sheet.dataset.page))")), json!([edited]));
    // Pictures of pages that come near are loaded meanwhile; those that were there stay the same elements.
    let others =
        "sheets().filter((sheet, index) => before[index][1] && before[index][1] !== sheet.querySelector('img'))";
    assert_eq!(office.value(&format!("{others}.map((sheet) => Number(sheet.dataset.page))")), json!([edited]));
    let laid = format!("[...{sheet}.querySelectorAll('.line')].map((line) => line.textContent)");
    let told = format!("fetch(`./page/${{{sheet}.dataset.hash}}.json`).then((answer) => answer.json())");
    assert_eq!(office.value(&laid), office.value(&format!("{told}.then((lines) => lines.map(({{text}}) => text))")));
}

#[test]
fn a_saved_program_out_of_view_is_shown_unless_that_is_not_wanted() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    assert_eq!(office.value("document.getElementById('follow').checked"), true);
    browser.click_on("#follow");
    browser.js("window.before = sheets().map((sheet) => sheet.dataset.hash)");
    office.edit(FAR, |text| text.replacen("【事業概要】\n", "【事業概要】\n書き直した。", 1));
    browser.wait("sheets().some((sheet, index) => sheet.dataset.hash !== before[index])");
    assert_eq!(office.number("pageArea.scrollTop"), 0.0, "it stays");
    browser.click_on("#follow");
    office.edit(FAR, |text| text.replacen("書き直した。", "また書き直した。", 1));
    browser.wait(&format!("isSeen(lineWith({0})) && isCurrent({0})", json!(FAR)));
    assert!(office.number("pageArea.scrollTop") > 10_000.0, "it is far");
    browser.wait("isSeen(lineWith('また書き直した。'))");
    // Who reads in the program that is saved is not moved to its beginning.
    let top = office.number("pageArea.scrollTop -= 20, pageArea.scrollTop");
    office.edit(FAR, |text| text.replacen("また書き直した。", "書き直さなかった。", 1));
    browser.wait("isSeen(lineWith('書き直さなかった。'))");
    office.is_kept(top);
}

#[test]
fn a_mistake_appears_at_its_program_and_goes_when_it_is_mended() {
    let Some(office) = Office::open() else { return };
    let status = |words: &str| {
        office.browser.wait(&format!("document.getElementById('status').textContent.includes({})", json!(words)));
    };
    let item = format!("itemOf({})", json!(PROGRAM));
    let everywhere = |wanted: Value| {
        assert_eq!(office.value(&format!("messagesIn({item})")), wanted, "in the list");
        assert_eq!(office.value("messagesIn(document.getElementById('contents'))"), wanted, "nowhere else in the list");
        assert_eq!(office.value("messagesIn(document.getElementById('messages'))"), wanted, "among all messages");
    };
    status("エラー 0");
    everywhere(json!([]));
    let text = office.text(PROGRAM);
    office.edit(PROGRAM, |text| text.replace("事業費：13,675千円", "事業費：abc"));
    status("エラー 1");
    status("下書き");
    everywhere(json!([["事業費：abc", "abc", "2行目"]]));
    assert!(office.words("document.title").starts_with("エラー 1"));
    assert_eq!(office.words(&format!("{item}.querySelector('.toggle').textContent")), "エラー 1");
    assert_eq!(office.value(&format!("{item}.querySelector('.message').checkVisibility()")), true);
    office.browser.click_on("#tab-messages");
    office.browser.wait("document.querySelector('#messages .message').checkVisibility()");
    let link = office.words("document.querySelector('#messages a[href^=\"vscode://file/\"]').href");
    assert!(link.ends_with(".jigyo:2:5"), "{link}");
    office.edit(PROGRAM, |_| text.clone());
    status("エラー 0");
    everywhere(json!([]));
    assert_eq!(office.value(&format!("{item}.querySelector('.toggle')")), Value::Null);
    assert_eq!(office.value("document.getElementById('no-messages').checkVisibility()"), true);
}

#[test]
fn a_click_names_the_line_it_was_written_in_even_after_lines_moved() {
    let Some(office) = Office::open() else { return };
    office.show(PROGRAM);
    let things = ["177法人", "18件と", "財源とする移住支援金", "求人の選択肢", "移住支援金支給件数"];
    let before = things.map(|words| office.asked(words));
    // A blank line changes no page, but where everything below it stands.
    let hashes = office.value("sheets().map((sheet) => sheet.dataset.hash)");
    office.edit(PROGRAM, |text| text.replacen("【事業概要】", "\n【事業概要】", 1));
    assert_eq!(office.value("sheets().map((sheet) => sheet.dataset.hash)"), hashes, "every page is as it was");
    assert_eq!(things.map(|words| office.asked(words)), before.map(|line| line + 1));
    office.click_line("元年度");
    office.browser.wait("document.getElementById('source-panel').checkVisibility()");
    assert!(office.words("document.getElementById('source-place').textContent").contains("自動で作られます"));
}

#[test]
fn search_counts_shows_and_is_cleared() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    // Blanks and the ends of lines do not count.
    let told = office.value(
        "Promise.all(sheets().map(async ({dataset}) => (await (await fetch(`./page/${dataset.hash}.json`)).json())\
         .map(({text}) => text).join('').replace(/\\s/g, '').split('求人').length - 1))",
    );
    let counts: Vec<u64> = told.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).collect();
    let all: u64 = counts.iter().sum();
    assert!(all > 5 && counts.contains(&0), "{counts:?}");
    browser.keys("/");
    browser.wait("document.activeElement.id === 'search'");
    browser.keys("求人");
    let at = |hit: u64| {
        browser.wait(&format!("document.getElementById('search-count').textContent === '{hit}／{all}件'"));
        browser.wait(&format!(
            "[...pageArea.querySelectorAll('.hit')].findIndex((hit) => hit.matches('.now')) === {}",
            hit - 1
        ));
        browser.wait("isSeen(pageArea.querySelector('.hit.now'))");
    };
    at(1);
    assert_eq!(office.value("sheets().map((sheet) => sheet.querySelectorAll('.hit').length)"), json!(counts));
    for hit in 2..=all {
        browser.keys(ENTER);
        at(hit);
    }
    browser.keys(ENTER);
    at(1);
    browser.keys(ESCAPE);
    browser.wait("!pageArea.querySelector('.hit')");
    assert_eq!(office.words("document.getElementById('search').value"), "");
    assert_eq!(office.words("document.getElementById('search-count').textContent"), "");
}

#[test]
fn the_keyboard_alone_is_enough() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    office.tab_to("document.querySelector('.skip')");
    browser.wait("document.activeElement.getBoundingClientRect().bottom > 0");
    browser.keys(ENTER);
    browser.wait("document.activeElement === pageArea");
    office.tab_to("document.getElementById('search')");
    office.tab_to("document.getElementById('page-number')");
    let label = office.words("sheets().at(-1).ariaLabel");
    browser.keys(&format!("{}{ENTER}", label.trim_end_matches('頁')));
    browser.wait("isSeen(sheets().at(-1).querySelector('.line'))");
    office.tab_to(&format!("itemOf({}).querySelector('.entry')", json!(PROGRAM)));
    browser.keys(ENTER);
    browser.wait(&format!("isSeen(lineWith({0})) && isCurrent({0})", json!(PROGRAM)));
    // The sheet in view is a stop; its lines are walked with the arrows, and Enter asks where one was written.
    office.tab_to(&format!("sheetWith({})", json!(PROGRAM)));
    browser.keys(&DOWN.repeat(2));
    browser.wait(&format!("document.activeElement === lineWith({})", json!(PROGRAM)));
    browser.keys(ENTER);
    browser.wait("document.activeElement.id === 'edit-text'");
    assert_eq!(office.words("document.getElementById('source-line').textContent"), format!("【事業】{PROGRAM}"));
    browser.keys(ESCAPE);
    browser.wait("document.activeElement.matches('.line') && document.getElementById('source-panel').hidden");
}

#[test]
fn a_folder_that_goes_away_is_said_until_it_is_back() {
    let Some(office) = Office::open() else { return };
    let (here, away) = (office.folder.path().join("報告書"), office.folder.path().join("別の名前"));
    let problem = "document.getElementById('problem')";
    fs::rename(&here, &away).unwrap();
    office.browser.wait(&format!("{problem}.checkVisibility()"));
    assert!(office.words(&format!("{problem}.textContent")).contains("を開けません"));
    assert_eq!(office.value("sheets().length"), 28, "what was shown stays");
    fs::rename(&away, &here).unwrap();
    office.browser.wait(&format!("!{problem}.checkVisibility()"));
}

#[cfg(unix)]
#[test]
fn the_end_is_said() {
    let Some(mut office) = Office::open() else { return };
    let banner = "document.getElementById('connection')";
    assert_eq!(office.value(&format!("{banner}.checkVisibility()")), false);
    assert_eq!(office.running.end("-TERM"), Some(0));
    office.browser.wait(&format!("{banner}.textContent.startsWith('プレビューは終了しました。')"));
    assert_eq!(office.value(&format!("{banner}.checkVisibility()")), true);
    // What was shown stays.
    assert_eq!(office.value("isSeen(sheets()[0].querySelector('.line')) && sheets().length"), 28);
}
