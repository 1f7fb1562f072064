//! The program started without a command: what was dropped on it, and the page that asks where no single report is.

use std::path::Path;

use crate::driver::Browser;
use crate::http::{Answer, ask};
use crate::running::Running;
use crate::tools::{copy_folder, root};

/// A page, by its address.
struct Page {
    port: u16,
    path: String,
}

impl Page {
    fn of(running: &Running) -> Self {
        let (port, path) = running.address();
        Self { port, path }
    }

    fn at(url: &str) -> Self {
        let (port, path) = url.strip_prefix("http://127.0.0.1:").unwrap().split_once('/').unwrap();
        Self { port: port.parse().unwrap(), path: format!("/{}", path.split('#').next().unwrap()) }
    }

    fn ask(&self, method: &str, path: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        ask(self.port, method, &format!("{}{path}", self.path), &[("Host", &host)], "")
    }
}

fn sample_in(folder: &Path, name: &str) {
    copy_folder(&root().join("reports/tutorial"), &folder.join(name));
}

#[test]
fn a_dropped_file_opens_the_preview_at_what_it_prints() {
    let folder = tempfile::tempdir().unwrap();
    sample_in(folder.path(), "報告書");
    let running = Running::start_with(&folder.path().join("報告書/02_観光と交流/1_海辺の体験観光推進事業.jigyo"));
    let line = running.wait_for("http://127.0.0.1:", 0);
    let file = line.split_once('#').unwrap().1;
    assert!(file.starts_with("02_%E8%A6%B3") && file.ends_with(".jigyo") && file.contains("/1_"), "{file}");
    assert!(Page::of(&running).ask("GET", "").text().contains("報告書のプレビュー"));
}

#[test]
fn of_several_reports_one_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    sample_in(folder.path(), "令和2年度");
    sample_in(folder.path(), "古いもの/令和元年度");
    let running = Running::start_with(folder.path());
    let page = Page::of(&running);
    let greeting = page.ask("GET", "greeting").json();
    let found: Vec<&str> = greeting["reports"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert_eq!(found.len(), 2);
    assert!(found[0].ends_with("令和2年度") && found[1].ends_with("令和元年度"), "{found:?}");
    let typed: String = found[1].bytes().map(|byte| format!("%{byte:02X}")).collect();
    let answer = page.ask("POST", &format!("open?path={typed}"));
    assert_eq!(answer.status, 200);
    assert!(Page::at(&answer.text()).ask("GET", "").text().contains("報告書のプレビュー"));
    running.wait_for("令和元年度」を見ています", 0);
}

#[test]
fn without_a_report_a_page_says_so_and_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start_with(folder.path());
    let page = Page::of(&running);
    assert!(page.ask("GET", "").text().contains("報告書を開く"));
    for own in ["welcome.js", "welcome.css", "dom.js", "icon.svg"] {
        assert_eq!(page.ask("GET", own).status, 200, "{own}");
    }
    assert!(page.ask("GET", "greeting").json()["words"].as_str().unwrap().contains("報告書.jigyo のあるフォルダー"));
    assert_eq!(Page { port: page.port, path: "/another/".to_string() }.ask("POST", "make").status, 403);
    assert_eq!(page.ask("PUT", "make").status, 405);
    assert_eq!(page.ask("POST", "open?path=+").status, 400);
    assert_eq!(page.ask("POST", "delete").status, 400);
    let missing = page.ask("POST", "open?path=%2Fnowhere%2F%E3%81%82");
    assert!(missing.status == 503 && missing.text().contains("「/nowhere/あ」"), "{}", missing.text());
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);

    let made = page.ask("POST", "make");
    assert_eq!(made.status, 200);
    assert!(folder.path().join("報告書/報告書.jigyo").is_file());
    assert!(Page::at(&made.text()).ask("GET", "").text().contains("報告書のプレビュー"));
    // The page that was left has nothing more to ask for.
    assert!(page.ask("POST", "make").text().contains("もう開いています"));
}

#[test]
fn in_a_browser_a_click_leads_to_the_report_and_an_address_to_its_place() {
    let Some(browser) = Browser::open() else { return };
    let folder = tempfile::tempdir().unwrap();
    sample_in(folder.path(), "令和2年度");
    sample_in(folder.path(), "令和元年度");
    let running = Running::start_with(folder.path());
    let page = Page::of(&running);
    browser.go(&format!("http://127.0.0.1:{}{}", page.port, page.path));
    browser.wait("document.querySelectorAll('#reports button').length === 2");
    // What is typed wrong is said, and the page stays.
    browser.js("document.getElementById('path').value = '/nowhere'");
    browser.click_on("#open button");
    browser.wait("document.getElementById('wrong').textContent.includes('/nowhere')");
    browser.click_on("#reports li:last-child button");
    browser.wait("document.querySelectorAll('li.program').length > 5");

    let file = folder.path().join("令和2年度/02_観光と交流/3_姉妹港青少年交流事業.jigyo");
    let running = Running::start_with(&file);
    let address = running.wait_for("http://127.0.0.1:", 0);
    browser.go(&address);
    browser.wait("document.querySelector('[aria-current] .name')?.textContent.includes('姉妹港')");
    let complaints = browser.complaints();
    assert!(complaints.iter().all(|words| words.contains("503")), "{complaints:?}");
}
