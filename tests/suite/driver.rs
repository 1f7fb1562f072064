//! A headless Chromium, driven through its `chromedriver` by plain WebDriver.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::ask;

const PATIENCE: Duration = Duration::from_secs(30);

/// Two browsers that start at once get in each other's way on a small machine.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The driver and its port; nothing for one that ended before it listened.
fn start_driver() -> Option<(Child, u16)> {
    let mut command = Command::new("chromedriver");
    let mut driver = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut lines = BufReader::new(driver.stdout.take()?).lines().map_while(Result::ok);
    let said = lines.find(|line| line.contains("started successfully on port"));
    let port = said.and_then(|said| said.trim_end_matches('.').rsplit(' ').next()?.parse().ok());
    let Some(port) = port else {
        let _ = driver.kill();
        let _ = driver.wait();
        return None;
    };
    // What it says later must not fill the pipe.
    thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

/// One window. The browser ends with it.
pub(crate) struct Browser {
    _turn: MutexGuard<'static, ()>,
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// A window of 1400 × 900; nothing, said aloud, where there is no browser or no driver.
    pub(crate) fn open() -> Option<Self> {
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find(|name| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()));
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(browser) = browser else {
            eprintln!("SKIPPED: no Chromium is installed, the live page was not tried in a browser");
            return None;
        };
        if Command::new("chromedriver").arg("--version").output().is_err() {
            eprintln!("SKIPPED: no chromedriver is installed, the live page was not tried in a browser");
            return None;
        }
        // The port that it chose may be taken by somebody else before it listens there: it then ends.
        let (driver, port) = (0..5).find_map(|_| start_driver()).expect("the driver starts");
        let mut opened = Self { _turn: turn, driver, port, session: String::new() };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=1400,900",
            "--lang=ja",
        ];
        let made = opened.call(
            "POST",
            "/session",
            &json!({"capabilities": {"alwaysMatch": {
                "goog:loggingPrefs": {"browser": "ALL"},
                "goog:chromeOptions": {"binary": path_of(browser), "args": arguments},
            }}}),
        );
        opened.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        Some(opened)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let host = format!("127.0.0.1:{}", self.port);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = ask(self.port, method, path, &[("Host", &host)], &body);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()["value"].clone()
    }

    fn tell(&self, path: &str, body: &Value) -> Value {
        self.call("POST", &format!("{}{path}", self.session), body)
    }

    pub(crate) fn go(&self, url: &str) {
        self.tell("/url", &json!({ "url": url }));
    }

    /// What a script returns.
    pub(crate) fn js(&self, script: &str) -> Value {
        self.tell("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&self, expression: &str) {
        let started = Instant::now();
        while self.js(&format!("return Boolean({expression})")) != true {
            assert!(started.elapsed() < PATIENCE, "waited in vain for {expression}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// A real click of the mouse.
    pub(crate) fn click(&self, x: f64, y: f64) {
        self.tell(
            "/actions",
            &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": [
                {"type": "pointerMove", "duration": 0, "x": x.round(), "y": y.round()},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ]}]}),
        );
    }

    pub(crate) fn click_on(&self, selector: &str) {
        let place = self.js(&format!(
            "const box = document.querySelector({}).getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]",
            json!(selector)
        ));
        self.click(place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
    }

    /// Real keys, one after the other: letters, and `\u{E00C}` (Esc), `\u{E007}` (Enter), `\u{E004}` (Tab).
    pub(crate) fn keys(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})))
            .collect();
        self.tell("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    /// A key while others are held: `\u{E008}` (Shift), `\u{E009}` (Ctrl), `\u{E00A}` (Alt).
    pub(crate) fn chord(&self, held: &str, key: char) {
        let press = |kind: &str, key: char| json!({"type": kind, "value": key.to_string()});
        let down = held.chars().map(|key| press("keyDown", key));
        let up = held.chars().rev().map(|key| press("keyUp", key));
        let actions: Vec<Value> = down.chain([press("keyDown", key), press("keyUp", key)]).chain(up).collect();
        self.tell("/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    /// The mouse goes down at a place, moves and goes up at another.
    pub(crate) fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let place = |(x, y): (f64, f64), duration: u32| {
            let (x, y) = (x.round() as i64, y.round() as i64);
            json!({"type": "pointerMove", "duration": duration, "x": x, "y": y})
        };
        let actions = [
            place(from, 0),
            json!({"type": "pointerDown", "button": 0}),
            place(to, 100),
            json!({"type": "pointerUp", "button": 0}),
        ];
        self.tell("/actions", &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": actions}]}));
    }

    /// Chooses a file in an input for files.
    pub(crate) fn choose(&self, selector: &str, path: &str) {
        let found = self.tell("/element", &json!({"using": "css selector", "value": selector}));
        let id = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_string();
        self.tell(&format!("/element/{id}/value"), &json!({ "text": path }));
    }

    /// Cells from the clipboard, as a spreadsheet puts them there.
    pub(crate) fn paste(&self, text: &str) {
        self.js(&format!(
            "const held = new DataTransfer(); held.setData('text/plain', {}); document.activeElement.dispatchEvent(\
             new ClipboardEvent('paste', {{ clipboardData: held, bubbles: true, cancelable: true }}))",
            json!(text)
        ));
    }

    /// What an input method shows of a word that is not chosen yet.
    pub(crate) fn compose(&self, word: &str) {
        let end = word.encode_utf16().count();
        let parameters = json!({ "text": word, "selectionStart": end, "selectionEnd": end });
        self.tell("/goog/cdp/execute", &json!({ "cmd": "Input.imeSetComposition", "params": parameters }));
    }

    /// The word that was chosen.
    pub(crate) fn insert(&self, word: &str) {
        self.tell("/goog/cdp/execute", &json!({ "cmd": "Input.insertText", "params": { "text": word } }));
    }

    /// What the page's own console complains of.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.tell("/se/log", &json!({"type": "browser"}));
        let severe = log.as_array().unwrap().iter().filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_string()).collect()
    }
}

fn path_of(name: &str) -> String {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.exists());
    found.expect("it was run").to_string_lossy().into_owned()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser running: it is asked first, even by a test that failed.
        let quit = || ask(self.port, "DELETE", &self.session, &[("Host", &format!("127.0.0.1:{}", self.port))], "");
        let _ = std::panic::catch_unwind(quit);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
