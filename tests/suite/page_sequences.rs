//! Typing, Notepad, reloads and ends of the server in random turns, through the page's own script in a real browser: nothing that
//! somebody typed is lost until somebody who saw it takes it away. What the server does for it, in many more turns, is tried in
//! `editing_sequences.rs`.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::driver::Browser;
use crate::editing_sequences::{Dice, sequences};
use crate::mends::{ENTER, FILE, report};
use crate::running::wait_until;
use crate::writing::Office;

const TAB: &str = "\u{E004}";
const BOXES: [&str; 2] = ["事業概要", "事業実績"];
const BOXES_OF_THE_FORM: &str =
    "[...document.querySelectorAll('#program textarea')].map((box) => box.value).join('\\n')";
const TURNS: usize = 14;
/// A text that is on its way from a box to the file arrives.
const SOON: Duration = Duration::from_secs(20);
const CONFLICT: &str = "!document.getElementById('edit-conflict').hidden";
const CLOSED: &str = "document.getElementById('source-panel').hidden";

/// Every text bears a token of its own.
fn tokens(text: &str) -> Vec<String> {
    let ends = |at: usize| text[at..].find('⟩').map(|end| text[at..at + end + '⟩'.len_utf8()].to_string());
    text.match_indices('⟨').filter_map(|(at, _)| ends(at)).collect()
}

/// A person before the page, and another one with Notepad.
struct Desk<'a> {
    browser: &'a Browser,
    office: Office,
    dice: Dice,
    count: usize,
    /// What was typed and not taken away
    alive: Vec<String>,
    /// What of it stood in the file
    confirmed: Vec<String>,
}

impl Desk<'_> {
    fn path(&self) -> PathBuf {
        self.office.folder.path().join("報告書").join(FILE)
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    fn value(&self, script: &str) -> Value {
        self.browser.js(&format!("return {script}"))
    }

    fn is(&self, expression: &str) -> bool {
        self.value(&format!("Boolean({expression})")) == true
    }

    fn words(&self, script: &str) -> String {
        self.value(script).as_str().unwrap_or_default().to_string()
    }

    fn token(&mut self) -> String {
        self.count += 1;
        let token = format!("⟨{}⟩", self.count);
        self.alive.push(token.clone());
        token
    }

    /// Somebody saw it and took it away.
    fn drop_seen(&mut self, gone: &[String]) {
        self.alive.retain(|token| !gone.contains(token));
        self.confirmed.retain(|token| !gone.contains(token));
    }

    fn show(&self) {
        self.browser.go(&self.office.url());
        self.browser.wait("document.querySelector('[aria-label=\"一を書く\"]')");
        self.browser.js("if (document.getElementById('program').hidden) document.querySelector('[aria-label=\"一を書く\"]').click()");
        self.browser.wait("document.querySelectorAll('#program-sections textarea').length >= 2");
    }

    fn type_something(&mut self) {
        let name = BOXES[self.dice.roll(BOXES.len())];
        let token = self.token();
        self.browser.js(&format!(
            "const box = [...document.querySelectorAll('#program textarea')].find((box) => box.labels?.[0]?.textContent.trim() === {}); \
             box.focus(); box.setSelectionRange(box.value.length, box.value.length)",
            json!(name)
        ));
        if self.dice.roll(3) == 0 {
            self.browser.compose("かきかけ");
        }
        self.browser.insert(&token);
        if self.dice.roll(2) == 0 {
            self.leave();
        }
    }

    /// Goes on to the next box: what was typed is saved, or it is said why not.
    fn leave(&self) {
        self.browser.keys(TAB);
        wait_until("it is saved or told", || {
            let text = self.text();
            // A text that somebody else took away may still be shown.
            let shown = tokens(&self.words(BOXES_OF_THE_FORM));
            let mut typed = shown.iter().filter(|token| self.alive.contains(token));
            typed.all(|token| text.contains(token.as_str()))
                || self.is(CONFLICT)
                || self.is("document.querySelector('#program .said:not([hidden]):not(:empty)')")
        });
    }

    /// Another person's whole file.
    fn write_in_notepad(&mut self) {
        let token = self.token();
        let text = self.text();
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        let written: Vec<usize> =
            (1..lines.len()).filter(|at| !lines[*at].is_empty() && !lines[*at].contains(['【', '：', '｜'])).collect();
        let heading = lines.iter().position(|line| line.starts_with("【事業実績】")).unwrap();
        match self.dice.roll(3) {
            0 => lines.insert(heading + 1, token),
            _ if written.is_empty() => lines.insert(heading + 1, token),
            1 => lines[written[self.dice.roll(written.len())]].push_str(&token),
            _ => {
                let gone = tokens(&lines[written[self.dice.roll(written.len())]]);
                let at = lines.iter().position(|line| tokens(line) == gone && !gone.is_empty());
                if let Some(at) = at {
                    lines.remove(at);
                    self.drop_seen(&gone);
                }
                lines.insert(heading + 1, token);
            }
        }
        fs::write(self.path(), lines.join("\n") + "\n").unwrap();
        if self.dice.roll(2) == 0 {
            // The page has heard of it before the next turn.
            thread::sleep(Duration::from_millis(400));
        }
    }

    fn boxes(&self) -> String {
        let open = self.words(&format!("{CLOSED} ? '' : document.getElementById('edit-text').value"));
        self.words(BOXES_OF_THE_FORM) + &open
    }

    fn drafts(&self) -> String {
        self.office.get("drafts").text()
    }

    fn begin_again(mut self) -> Self {
        wait_until("all is kept", || {
            let kept = self.text() + &self.drafts();
            self.alive.iter().all(|token| kept.contains(token.as_str()))
        });
        self.office = self.office.begin_again();
        self.show();
        self
    }

    /// One of the texts that an earlier visit left.
    fn take_up_a_draft(&mut self) {
        if self.is(CONFLICT) || self.is("document.querySelectorAll('#draft-list li').length === 0") {
            return;
        }
        let draft = self.words("document.querySelector('#draft-list .source').textContent");
        if self.dice.roll(5) == 0 {
            self.browser.js("[...document.querySelectorAll('#draft-list li:first-child button')].at(-1).click()");
            let kept = self.text() + &self.boxes();
            let gone: Vec<String> = tokens(&draft).into_iter().filter(|token| !kept.contains(token.as_str())).collect();
            wait_until("it is thrown away", || !self.drafts().contains(&json!(draft).to_string()));
            // Another draft may hold it too.
            let left = self.drafts();
            let gone: Vec<String> = gone.into_iter().filter(|token| !left.contains(token.as_str())).collect();
            return self.drop_seen(&gone);
        }
        self.browser.js("document.querySelector('#draft-list li:first-child button').click()");
        self.browser.wait("document.activeElement.id === 'edit-text'");
        self.browser.keys(ENTER);
        self.settle();
    }

    /// The box for a line is closed, or there is something to decide or to read.
    fn settle(&self) {
        self.browser.wait(&format!(
            "{CLOSED} || {CONFLICT} || (!document.getElementById('edit-said').hidden && document.getElementById('edit-said').textContent)"
        ));
    }

    /// Chooses between two texts, where there are two.
    fn decide(&mut self) {
        if !self.is(CONFLICT) {
            return;
        }
        let of = |words: String| tokens(&words);
        let theirs = of(self.words("document.getElementById('edit-theirs').textContent"));
        let mine = of(self.words("document.getElementById('edit-text').value"));
        let only = |one: &[String], other: &[String]| -> Vec<String> {
            one.iter().filter(|token| !other.contains(token)).cloned().collect()
        };
        if self.is("document.querySelectorAll('#edit-choices button').length === 0") {
            // Nobody knows what it was: the text is thrown away by whoever copied it.
            self.browser.js("document.getElementById('edit-cancel').click()");
            let text = self.text();
            let gone: Vec<String> = mine.into_iter().filter(|token| !text.contains(token.as_str())).collect();
            self.drop_seen(&gone);
            return self.browser.wait(CLOSED);
        }
        let choice = self.dice.roll(3);
        match choice {
            0 => self.drop_seen(&only(&theirs, &mine)),
            1 => self.drop_seen(&only(&mine, &theirs)),
            _ => {}
        }
        self.browser.js(&format!("document.querySelectorAll('#edit-choices button')[{choice}].click()"));
        if choice == 2 {
            assert!(!self.is(CONFLICT));
            self.browser.js("document.getElementById('edit-text').focus()");
            self.browser.keys(ENTER);
        }
        self.browser.wait(&format!("{CLOSED} || {CONFLICT}"));
    }

    /// What lives stands in the file, in a draft or before somebody's eyes; what was confirmed stands in the file.
    fn is_whole(&mut self, turn: &str) {
        let missing = |found: &str, all: &[String]| -> Vec<String> {
            all.iter().filter(|token| !found.contains(token.as_str())).cloned().collect()
        };
        let started = Instant::now();
        loop {
            let lost = missing(&(self.text() + &self.drafts() + &self.boxes()), &self.alive);
            if lost.is_empty() {
                break;
            }
            let all = || format!("{turn}: {lost:?}\n{}\ndrafts {}\nboxes {}", self.text(), self.drafts(), self.boxes());
            assert!(started.elapsed() < SOON, "{}", all());
            thread::sleep(Duration::from_millis(20));
        }
        let text = self.text();
        assert_eq!(missing(&text, &self.confirmed), Vec::<String>::new(), "{turn}\n{text}");
        let found = self.alive.iter().filter(|token| text.contains(token.as_str()));
        self.confirmed = found.cloned().collect();
    }
}

fn try_sequence(browser: &Browser, seed: u64) {
    let office = Office::open_in(report(&[]), &["preview", "--no-open"]);
    let dice = Dice::of(seed);
    let mut desk = Desk { browser, office, dice, count: 0, alive: Vec::new(), confirmed: Vec::new() };
    desk.show();
    for turn in 0..TURNS {
        let act = desk.dice.roll(12);
        match act {
            0..=4 => desk.type_something(),
            5..=7 => desk.write_in_notepad(),
            8 => {
                // Whoever leaves a page at once loses no letter that was kept; the last ones go with it.
                desk.show();
            }
            9 => desk = desk.begin_again(),
            10 => desk.take_up_a_draft(),
            _ => desk.decide(),
        }
        desk.is_whole(&format!("seed {seed}, turn {turn}, act {act}"));
    }
    // In the end everything is decided, and all that lives stands in the file.
    for _ in 0..40 {
        if desk.is(CONFLICT) {
            desk.decide();
        } else if desk.is("document.querySelectorAll('#draft-list li').length > 0") {
            desk.take_up_a_draft();
        } else {
            desk.leave();
            if !desk.is(CONFLICT) && desk.drafts() == "[]" {
                break;
            }
        }
        desk.is_whole(&format!("seed {seed}, at the end"));
    }
    let text = desk.text();
    let missing: Vec<&String> = desk.alive.iter().filter(|token| !text.contains(token.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "seed {seed}\n{text}");
}

#[test]
fn no_text_is_lost_through_the_pages_own_script() {
    let Some(browser) = Browser::open() else { return };
    for seed in 0..sequences("PAGE_SEQUENCES", 3) {
        try_sequence(&browser, seed);
    }
}
