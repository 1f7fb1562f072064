//! The daily work in a real browser: by mouse, by keys, by dropping.

use std::fs;

use serde_json::json;

use crate::driver::Browser;
use crate::tasks::{office, report};
use crate::writing::Office;

const ENTER: &str = "\u{E007}";

fn open(browser: &Browser, office: &Office) {
    browser.go(&format!("http://{}{}", office.host(), office.base));
    browser.wait("!document.getElementById('tab-tasks').hidden && document.querySelectorAll('li.program').length > 2");
}

fn names(browser: &Browser) -> Vec<String> {
    let found = browser.js("return [...document.querySelectorAll('li.program .name')].map((name) => name.textContent)");
    found.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_string()).collect()
}

#[test]
fn a_button_makes_the_pdf_and_says_how_far_it_is() {
    let Some(browser) = Browser::open() else { return };
    let office = office();
    open(&browser, &office);
    browser.click_on("#tab-tasks");
    browser.js("[...document.querySelectorAll('#tasks button')].find((own) => own.textContent === '正式な PDF を作る').focus()");
    browser.keys(ENTER);
    browser.wait("document.querySelector('.task')?.dataset.stage === 'done'");
    assert_eq!(browser.js("return document.querySelector('.made .name').textContent"), "out/報告書.pdf");
    browser.wait("document.getElementById('announcement').textContent === '正式な PDF：済みました'");
    assert!(report(&office).join("out/報告書.pdf").exists());
    let time = "document.querySelector('.task time').textContent";
    let begun = browser.js(&format!("return {time}"));
    assert_eq!(begun.as_str().map(str::len), Some("14:05".len()), "{begun}");
    // After a reload what was made is still there, and when.
    open(&browser, &office);
    browser.wait("document.querySelector('.task')?.dataset.stage === 'done'");
    assert_eq!(browser.js(&format!("return {time}")), begun);
    // A name that cannot be one is said beside its field.
    browser.click_on("#tab-tasks");
    browser.js("const form = document.querySelector('form[aria-label=\"次年度の報告書\"]'); form.querySelector('input').value = '../外'; form.querySelector('button').click()");
    browser.wait(
        "document.querySelector('form[aria-label=\"次年度の報告書\"] .wrong').textContent.includes('名前にできません')",
    );
    assert!(browser.complaints().iter().all(|line| line.contains("422")), "{:?}", browser.complaints());
}

#[test]
fn the_order_changes_by_keys_by_buttons_and_by_dragging() {
    let Some(browser) = Browser::open() else { return };
    let office = office();
    open(&browser, &office);
    let before = names(&browser);
    browser.js("document.querySelectorAll('li.program .entry')[1].focus()");
    browser.chord("\u{E00A}", '\u{E013}');
    browser.wait(&format!("document.querySelector('li.program .name').textContent === {}", json!(before[1])));
    // The focus goes along, so that it can be moved on.
    browser.wait(&format!("document.activeElement.querySelector('.name')?.textContent === {}", json!(before[1])));
    browser.chord("\u{E00A}", '\u{E015}');
    browser.wait(&format!("document.querySelectorAll('li.program .name')[1].textContent === {}", json!(before[1])));
    browser.js(
        "[...document.querySelectorAll('.list-tools button')].find((own) => own.textContent === '並べ替える').click()",
    );
    browser.js("document.querySelectorAll('li.program .mover.down')[0].click()");
    browser.wait(&format!("document.querySelectorAll('li.program .name')[1].textContent === {}", json!(before[0])));
    browser.js("[...document.querySelectorAll('li.program .mover.down')].at(-1).click()");
    browser.wait("document.querySelector('.order-said').textContent === '章の中でだけ動かせます。'");
    // It is taken back, and made again.
    for (button, at) in [("undo", 0), ("redo", 1)] {
        let can = format!("document.getElementById('{button}').getAttribute('aria-disabled') === 'false'");
        browser.wait(&can);
        browser.js(&format!("document.getElementById('{button}').click()"));
        let name = format!("document.querySelectorAll('li.program .name')[{at}].textContent");
        browser.wait(&format!("{name} === {}", json!(before[0])));
    }
    assert_eq!(names(&browser)[..2], [before[1].clone(), before[0].clone()]);
    let place = |at: usize| {
        let box_ = browser.js(&format!(
            "const box = document.querySelectorAll('li.program .handle')[{at}].getBoundingClientRect(); return [box.x + 20, box.y + box.height / 2]"
        ));
        (box_[0].as_f64().unwrap(), box_[1].as_f64().unwrap())
    };
    let (x, y) = place(2);
    browser.drag(place(0), (x, y + 10.0));
    browser.wait(&format!("document.querySelectorAll('li.program .name')[2].textContent === {}", json!(before[1])));
    let chapter = office.state()["chapters"][0]["file"].as_str().unwrap().to_string();
    let text = fs::read_to_string(report(&office).join(chapter)).unwrap();
    let at = |name: &str| text.lines().position(|line| line.trim() == name);
    assert!(at(&before[0]) < at(&before[2]) && at(&before[2]) < at(&before[1]), "{text}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_program_is_made_and_a_dropped_file_is_compared() {
    let Some(browser) = Browser::open() else { return };
    let office = office();
    open(&browser, &office);
    browser.js(
        "[...document.querySelectorAll('.list-tools button')].find((own) => own.textContent === '新しい事業').click()",
    );
    browser.wait("document.activeElement.closest('#new-program')");
    browser.insert("空き家の活用事業");
    browser.keys(ENTER);
    browser.wait(
        "[...document.querySelectorAll('li.program .name')].some((name) => name.textContent === '空き家の活用事業')",
    );
    // It is written at once.
    browser.wait("document.activeElement.id === 'program-title'");
    assert_eq!(browser.js("return document.getElementById('program-name').textContent"), "空き家の活用事業");
    // A photograph is for the box of a program.
    browser.js("const data = new DataTransfer(); \
         data.items.add(new File(['x'], '写真.png', {type: 'image/png'})); \
         window.over = new DragEvent('dragover', {bubbles: true, cancelable: true, dataTransfer: data}); \
         document.body.dispatchEvent(over)");
    let photograph = browser.js("return [over.defaultPrevented, document.body.classList.contains('dropping')]");
    assert_eq!(photograph, json!([true, false]));
    browser.js(
        "const data = new DataTransfer(); \
         data.items.add(new File(['事業名：橋の修繕事業\\n担当課：監理課\\n事業概要\\n橋を直す。\\n'], '様式.txt')); \
         for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data}))",
    );
    browser.wait("document.getElementById('tab-tasks').getAttribute('aria-selected') === 'true'");
    browser.js("document.querySelector('form[aria-label=\"Word・Excel の取り込み\"] button').click()");
    browser.wait("document.getElementById('import-view').open");
    let sides =
        browser.js("return [...document.querySelectorAll('#import-view .side')].map((side) => side.textContent)");
    assert!(sides[0].as_str().unwrap().contains("橋を直す。"), "{sides}");
    assert!(sides[1].as_str().unwrap().contains("【事業】橋の修繕事業"), "{sides}");
    browser.js("document.querySelector('#import-view button.main').click()");
    browser.wait("document.getElementById('import-title').textContent === '1個の原稿を作りました'");
    browser
        .wait("[...document.querySelectorAll('li.program .name')].some((name) => name.textContent === '橋の修繕事業')");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn the_progress_page_stays_open_and_one_that_only_shows_has_no_buttons() {
    let Some(browser) = Browser::open() else { return };
    let office = office();
    browser.go(&format!("http://{}{}progress.html", office.host(), office.base));
    browser.wait("document.querySelectorAll('#departments li').length > 3");
    let link = browser.js("return document.querySelector('#departments a').getAttribute('href')");
    assert!(link.as_str().unwrap().starts_with("./#01_"), "{link}");
    office.post("new", &json!({"kind": "program", "name": "新しい取組", "chapter": "01_人材", "department": null}));
    browser.wait("[...document.querySelectorAll('#departments li')].some((item) => item.textContent.includes('新しい取組') && item.querySelector('.blank'))");
    assert_eq!(browser.complaints(), Vec::<String>::new());
    let office = Office::open(&["preview", "--no-open", "--read-only"]);
    browser.go(&format!("http://{}{}", office.host(), office.base));
    browser.wait("document.querySelectorAll('li.program').length > 2");
    assert_eq!(browser.js("return [document.getElementById('tab-tasks').hidden, document.querySelectorAll('.list-tools').length, document.getElementById('progress-link').hidden]"), json!([true, 0, false]));
    assert_eq!(browser.js("return document.getElementById('import-view')"), json!(null));
}
