//! The live page in a real browser, with real clicks and keys.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::Browser;
use crate::running::Running;
use crate::tools::{copy_folder, root};

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";

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
        copy_folder(&root().join("reports/aomori-r2"), &folder.path().join("報告書"));
        let running = Running::start(&["preview", "--no-open"], &folder.path().join("報告書"));
        let (port, base) = running.address();
        running.wait_for("ミリ秒", 0);
        browser.go(&format!("http://127.0.0.1:{port}{base}"));
        let office = Self { browser, running, folder };
        office.browser.wait("document.documentElement.dataset.round >= 1");
        Some(office)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("報告書/01_人材").join(format!("{name}.jigyo"))
    }

    /// Changes a text, as saving does, and waits until the page shows it whole.
    fn edit(&self, name: &str, change: impl Fn(&str) -> String) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        let round = self.round();
        fs::write(self.path(name), change(&text)).unwrap();
        self.browser.wait(&format!("document.documentElement.dataset.round > {round}"));
    }

    fn round(&self) -> u64 {
        self.browser.js("return Number(document.documentElement.dataset.round)").as_u64().unwrap()
    }

    /// Scrolls a program into view by its entry in the list.
    fn show(&self, anchor: &str) {
        self.browser.js(&format!(
            "document.querySelector('[data-anchor=\"{anchor}\"] button, [data-anchor=\"{anchor}\"] a').click()"
        ));
        self.browser.wait("[...document.querySelectorAll('#pages img')].every((img) => img.complete)");
    }

    /// The middle of the first line on a page that holds the words, in the window; scrolled there.
    fn place_of(&self, words: &str) -> (f64, f64) {
        let find = format!(
            "[...document.querySelectorAll('#pages .line')].find((line) => line.textContent.includes({}))",
            json!(words)
        );
        // Lines may be laid anew until the window is quiet.
        let scrolled = format!(
            "(() => {{ const line = {find}; if (!line) return null; line.scrollIntoView({{block: 'center'}}); \
             const box = line.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }})()"
        );
        self.browser.wait(&format!(
            "(() => {{ const place = {scrolled}, before = window.place; window.place = place; \
             return place && before && place[0] === before[0] && place[1] === before[1] && place[1] > 60 && place[1] < 840; }})()"
        ));
        let place = self.browser.js("const place = window.place; window.place = null; return place");
        (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
    }

    fn text(&self, selector: &str) -> String {
        let text = self.browser.js(&format!("return document.querySelector({}).textContent", json!(selector)));
        text.as_str().unwrap().to_string()
    }
}

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
    office.show("p1-6");
    browser.js("document.getElementById('pages').scrollTop += 60");
    browser.wait("document.querySelectorAll('#pages .line').length > 20");
    let remember = "window.before = [...document.querySelectorAll('#pages [data-page]')].map((page) => \
                    [page.dataset.hash, page.querySelector('img')]); \
                    return document.getElementById('pages').scrollTop";
    let top = browser.js(remember).as_f64().unwrap();
    office.edit("あおもり移住支援事業", |text| {
        text.replacen("【事業概要】\n", "【事業概要】\nこの一文を加えた。", 1)
    });
    browser.wait("[...document.querySelectorAll('#pages .line')].some((line) => line.textContent.includes('この一文を加えた。'))");
    let now = browser.js("return document.getElementById('pages').scrollTop").as_f64().unwrap();
    assert!((now - top).abs() < 2.0, "scrolled from {top} to {now}");
    assert_eq!(browser.js("return window.marker"), 1);
    // Pictures of pages that come near are loaded meanwhile; those that were there stay the same elements.
    let changed = browser.js("return [...document.querySelectorAll('#pages [data-page]')].filter((page, index) => { \
         const [hash, picture] = window.before[index], now = page.querySelector('img'); \
         return page.dataset.hash !== hash || (picture && now && now !== picture); })\
         .map((page) => page.dataset.hash !== window.before[page.dataset.page][0])");
    assert_eq!(changed, json!([true]), "one page is another, and no other picture was touched");
}

#[test]
fn a_saved_program_out_of_view_is_shown_unless_that_is_not_wanted() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    let top = || browser.js("return document.getElementById('pages').scrollTop").as_f64().unwrap();
    assert!(top() < 10.0);
    browser.click_on("#follow");
    office.edit("あおもり移住支援事業", |text| {
        text.replacen("【事業概要】\n", "【事業概要】\n書き直した。", 1)
    });
    assert!(top() < 10.0, "it stays");
    browser.click_on("#follow");
    office.edit("あおもり移住支援事業", |text| text.replacen("書き直した。", "また書き直した。", 1));
    browser.wait("document.getElementById('pages').scrollTop > 1000");
    browser.wait("document.querySelector('[data-anchor=\"p1-6\"] [aria-current]') || document.querySelector('[data-anchor=\"p1-6\"][aria-current]')");
}

#[test]
fn a_mistake_appears_at_its_program_and_goes_when_it_is_mended() {
    let Some(office) = Office::open() else { return };
    assert!(office.text("#status").contains("エラー 0"));
    let text = fs::read_to_string(office.path("あおもり移住支援事業")).unwrap();
    office.edit("あおもり移住支援事業", |text| text.replace("事業費：", "事業費：およそ"));
    assert!(office.text("#status").contains("エラー 1") && office.text("#status").contains("下書き"));
    let item = office.text("[data-anchor=\"p1-6\"]");
    assert!(item.contains("は読めません") && item.contains("直し方"), "{item}");
    assert_eq!(office.text("[data-anchor=\"p1-6\"] mark"), "およそ13,675千円");
    assert!(!office.text("[data-anchor=\"p1-7\"]").contains("エラー"));
    office.browser.click_on("#tab-messages");
    assert!(office.text("#messages").contains("事業費：およそ13,675千円"));
    let link = office.browser.js("return document.querySelector('#messages a[href^=\"vscode://file/\"]').href");
    assert!(link.as_str().unwrap().ends_with(".jigyo:2:5"), "{link}");
    office.edit("あおもり移住支援事業", |_| text.clone());
    assert!(office.text("#status").contains("エラー 0"));
    assert_eq!(office.browser.js("return document.querySelectorAll('#messages mark').length"), 0);
    assert!(!office.text("[data-anchor=\"p1-6\"]").contains("は読めません"));
}

#[test]
fn a_click_names_the_line_it_was_written_in_even_after_lines_moved() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    office.show("p1-6");
    let line_of = |words: &str| {
        let text = fs::read_to_string(office.path("あおもり移住支援事業")).unwrap();
        text.lines().position(|line| line.contains(words)).unwrap() + 1
    };
    let asked = |words: &str, typed: &str| {
        let (x, y) = office.place_of(words);
        browser.click(x, y);
        let line = line_of(typed);
        browser.wait(&format!("document.getElementById('source-panel').textContent.includes('{line}行目')"));
        let said = office.text("#source-panel");
        assert!(said.contains("あおもり移住支援事業.jigyo") && said.contains(typed), "{said}");
        browser.keys(ESCAPE);
        browser.wait("document.getElementById('source-panel').hidden");
    };
    asked("177法人", "177法人");
    asked("担い手が足りない地方", "担い手が足りない地方");
    // A blank line changes no page, but where everything below it stands.
    office.edit("あおもり移住支援事業", |text| text.replacen("【事業概要】", "\n\n【事業概要】", 1));
    asked("177法人", "177法人");
    asked("担い手が足りない地方", "担い手が足りない地方");
    let (x, y) = office.place_of("元年度");
    browser.click(x, y);
    browser.wait("document.getElementById('source-panel').textContent.includes('自動で')");
}

#[test]
fn search_counts_shows_and_is_cleared() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    browser.keys("/");
    browser.wait("document.activeElement.id === 'search'");
    browser.keys("移住支援金");
    browser.wait("/[1-9]/.test(document.getElementById('search-count').textContent)");
    browser.keys(ENTER);
    browser.wait("document.querySelectorAll('#pages .hit').length > 0");
    browser.keys(ESCAPE);
    browser.wait("document.querySelectorAll('#pages .hit').length === 0");
    assert_eq!(browser.js("return document.getElementById('search').value"), "");
}

#[test]
fn the_keyboard_alone_is_enough() {
    let Some(office) = Office::open() else { return };
    let browser = &office.browser;
    let mut reached: Vec<String> = Vec::new();
    for _ in 0..80 {
        browser.keys(TAB);
        let now = browser.js("const now = document.activeElement; \
             return now.id || now.closest('[data-anchor]')?.dataset.anchor || now.className || now.tagName");
        reached.push(now.as_str().unwrap().to_string());
        if reached.last().is_some_and(|now| now == "p1-6") {
            browser.keys(ENTER);
            browser.wait("document.getElementById('pages').scrollTop > 1000");
        }
    }
    for wanted in ["skip", "p1-6", "search", "page-number", "zoom-in", "pdf"] {
        assert!(reached.iter().any(|now| now == wanted), "{wanted} is reached: {reached:?}");
    }
}

#[test]
fn a_folder_that_goes_away_is_said_until_it_is_back() {
    let Some(office) = Office::open() else { return };
    let (here, away) = (office.folder.path().join("報告書"), office.folder.path().join("別の名前"));
    fs::rename(&here, &away).unwrap();
    office.browser.wait("!document.getElementById('problem').hidden");
    assert!(office.text("#problem").contains("を開けません"));
    assert_ne!(office.browser.js("return document.querySelectorAll('#pages [data-page]').length"), Value::from(0));
    fs::rename(&away, &here).unwrap();
    office.browser.wait("document.getElementById('problem').hidden");
}

#[cfg(unix)]
#[test]
fn the_end_is_said() {
    let Some(mut office) = Office::open() else { return };
    assert_eq!(office.running.end("-TERM"), Some(0));
    office.browser.wait("document.body.textContent.includes('プレビューは終了しました')");
    // What was shown stays.
    assert_ne!(office.browser.js("return document.querySelectorAll('#pages [data-page]').length"), Value::from(0));
}
