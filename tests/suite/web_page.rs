//! The web edition in a real browser, opened from its folder.

use std::path::{Path, PathBuf};

use jigyo::web::address_of;
use serde_json::json;
use tempfile::TempDir;

use crate::driver::Browser;
use crate::run::run;
use crate::tools::{root, squeezed};

const ENTER: &str = "\u{E007}";
const TAB: &str = "\u{E004}";

/// The real chapter's edition, and how its folder is opened.
fn laid_out() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("公開 r2");
    let report = root().join("reports/aomori-r2");
    run(&report, &["export", "html", "-o", out.to_str().unwrap()]).succeeds().prints_nothing().says("index.html");
    (folder, out)
}

fn address(out: &Path, page: &str) -> String {
    let path = out.join(page).to_string_lossy().replace('%', "%25").replace(' ', "%20");
    format!("file://{path}")
}

#[test]
fn a_folder_is_read_and_searched_by_keys_alone() {
    let Some(browser) = Browser::open() else { return };
    let (_folder, out) = laid_out();
    browser.go(&address(&out, "index.html"));
    // The first key leads past the head, the next ones through it.
    browser.keys(TAB);
    assert_eq!(browser.js("return document.activeElement.textContent"), "本文へ移動");
    browser.keys(ENTER);
    assert_eq!(browser.js("return location.hash"), "#main");
    browser.js("document.getElementById('q').focus()");
    browser.keys("かいだんす");
    browser.keys(ENTER);
    browser.wait("document.getElementById('count')?.textContent === '見つかりませんでした'");
    // ひらがな for カタカナ, half of a word.
    browser.js("document.getElementById('q').value = ''; document.getElementById('q').focus()");
    browser.keys("がいだん");
    browser.keys(ENTER);
    browser.wait("document.querySelectorAll('#found > li').length > 0");
    let marked = "[...document.querySelectorAll('#found mark')].map((mark) => mark.textContent)";
    assert!(browser.js(&format!("return {marked}.every((word) => word === 'ガイダン')")).as_bool().unwrap());
    browser.js("document.querySelector('#found a').focus()");
    browser.keys(ENTER);
    browser.wait("document.querySelector('article h1')");
    let name = browser.js("return document.querySelector('h1').textContent");
    assert!(browser.js("return document.body.textContent").as_str().unwrap().contains("ガイダン"), "{name}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_part_of_a_text_is_found_in_the_browser() {
    let Some(browser) = Browser::open() else { return };
    let (_folder, out) = laid_out();
    for (word, wanted) in [
        ("風力発電関連業担い手", "風力発電関連業担い手育成事業"),
        ("(4) ", ""),
        ("ＩＣＴ施工", "あおもりICT施工推進事業"),
        ("電", ""),
    ] {
        browser.go(&address(&out, "search.html"));
        browser.js(&format!(
            "document.getElementById('q').value = {}; document.getElementById('search').requestSubmit()",
            json!(word)
        ));
        browser.wait("document.querySelectorAll('#found > li').length > 0");
        let first = browser.js("return document.querySelector('#found a').textContent");
        assert!(wanted.is_empty() || first == wanted, "{word}: {first}");
    }
    browser.js("document.getElementById('q').value = '電気　存在しない言葉'; document.getElementById('search').requestSubmit()");
    browser.wait("document.getElementById('count').textContent === '見つかりませんでした'");
}

#[test]
fn what_could_not_be_read_is_said_and_tried_again() {
    let Some(browser) = Browser::open() else { return };
    let (_folder, out) = laid_out();
    let (texts, away) = (out.join("search/texts-0.js"), out.join("search/away.js"));
    std::fs::rename(&texts, &away).unwrap();
    browser.go(&address(&out, "search.html"));
    let search = "document.getElementById('q').value = 'ガイダンス'; document.getElementById('search').requestSubmit()";
    browser.js(search);
    browser.wait("document.getElementById('count').textContent.endsWith('一部を読めませんでした')");
    std::fs::rename(&away, &texts).unwrap();
    browser.js(search);
    browser.wait("/^[0-9]+件見つかりました$/.test(document.getElementById('count').textContent)");
}

#[test]
fn a_page_is_as_wide_as_its_window_and_prints_without_its_ways() {
    let Some(browser) = Browser::open() else { return };
    let (_folder, out) = laid_out();
    let page = format!("programs/{}.html", address_of("就職ガイダンス開催事業"));
    for page in ["index.html", "list.html", "names.html", "charts.html", "summary.html", &page] {
        if !out.join(page).exists() {
            assert_eq!(page, "list.html");
            continue;
        }
        browser.go(&address(&out, page));
        assert!(browser.js("return document.documentElement.scrollWidth <= innerWidth").as_bool().unwrap(), "{page}");
        assert!(!squeezed(browser.js("return document.querySelector('h1').textContent").as_str().unwrap()).is_empty());
        let scripts = browser.js("return document.querySelectorAll('script:not([type])').length");
        assert_eq!(scripts, 0, "{page}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
