//! The page of a program that was started where no single report is: it lists those at hand, makes one, or opens a folder
//! that is typed. What a choice leads to is decided by who waits for it.

use std::io;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde::Serialize;

use super::guard::{Guard, Refusal};
use super::http::{Answer, Request};
use super::own_files::own_file;
use super::server::parameter;
use super::waiting::Waiting;

/// What the page says and offers.
pub struct Greeting {
    /// Where a new report would be made
    pub new_report: PathBuf,
    /// Reports that were found near the program
    pub reports: Vec<PathBuf>,
    /// Why nothing was opened at once
    pub words: String,
}

/// What was chosen on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WelcomeChoice {
    Make,
    /// A folder or a file, as it was typed or listed
    Open(PathBuf),
}

/// A choice, and the page that waits for its answer: an address to go to, or what is wrong.
pub struct Asked {
    pub choice: WelcomeChoice,
    answer: SyncSender<Result<String, String>>,
}

impl Asked {
    /// A page that was closed meanwhile hears nothing.
    pub fn answer(&self, answer: Result<String, String>) {
        let _ = self.answer.try_send(answer);
    }
}

/// The page while it is being served.
pub struct Welcome {
    url: String,
    choices: Receiver<Asked>,
}

impl Welcome {
    /// Begins to serve, on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// The operating system's, when no port or no random token is to be had.
    pub fn start(greeting: Greeting) -> io::Result<Self> {
        let (listener, guard) = Guard::open()?;
        let (sender, choices) = channel();
        let url = guard.url();
        let page: &'static Page =
            Box::leak(Box::new(Page { guard, greeting, waiting: Waiting::default(), choices: Mutex::new(sender) }));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let connection = page.waiting.enter(connection);
                thread::spawn(move || page.answer(&connection));
            }
        });
        Ok(Self { url, choices })
    }

    /// The address with its token.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The next choice; nothing when the page can ask no more.
    pub fn next(&self) -> Option<Asked> {
        self.choices.recv().ok()
    }
}

struct Page {
    guard: Guard,
    greeting: Greeting,
    waiting: Waiting,
    choices: Mutex<std::sync::mpsc::Sender<Asked>>,
}

impl Page {
    fn answer(&self, connection: &Arc<TcpStream>) -> io::Result<()> {
        let mut stream: &TcpStream = connection;
        stream.set_nodelay(true)?;
        let request = Request::read(stream);
        self.waiting.leave(connection);
        let request = request?;
        let answer = match self.guard.admit(&request, &["GET", "HEAD", "POST"]) {
            Err(Refusal(status, words)) => Answer::words(status, words),
            Ok((path, query)) if request.method == "POST" => self.grant(path, query),
            Ok((path, _)) => self.show(path),
        };
        answer.write(&mut stream, request.method != "HEAD")
    }

    fn show(&self, path: &str) -> Answer {
        #[derive(Serialize)]
        struct GreetingAnswer<'a> {
            new_report: String,
            reports: Vec<String>,
            words: &'a str,
        }
        let text = |path: &Path| path.display().to_string();
        match path {
            "greeting" => Answer::json(&GreetingAnswer {
                new_report: text(&self.greeting.new_report),
                reports: self.greeting.reports.iter().map(|path| text(path)).collect(),
                words: &self.greeting.words,
            }),
            path => own_file(if path.is_empty() { "welcome.html" } else { path }),
        }
    }

    /// Hands a choice on and waits for what comes of it.
    fn grant(&self, path: &str, query: &str) -> Answer {
        let typed = || parameter(query, "path").filter(|path| !path.trim().is_empty());
        let choice = match path {
            "make" => Some(WelcomeChoice::Make),
            "open" => typed().map(|path| WelcomeChoice::Open(PathBuf::from(path))),
            _ => None,
        };
        let Some(choice) = choice else {
            return Answer::words(400, "フォルダーの場所を書いてください。");
        };
        let (answer, answered) = sync_channel(1);
        let sent = self.choices.lock().unwrap_or_else(PoisonError::into_inner).send(Asked { choice, answer });
        match sent.ok().and_then(|()| answered.recv().ok()) {
            Some(Ok(url)) => Answer::words(200, &url),
            Some(Err(words)) => Answer::words(503, &words),
            None => Answer::words(
                503,
                "もう開いています。ほかの報告書を開くには、もう一度 report をダブルクリックしてください。",
            ),
        }
    }
}
