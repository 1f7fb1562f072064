//! The little server behind the page: one thread for each few questions, one for each open page.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use include_dir::{Dir, include_dir};
use tiny_http::{Header, Request, Response};

use super::Workshop;
use super::guard::{Guard, Refusal};
use super::state::State;

/// The page's own files.
static PAGE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/preview/page");

/// Browsers ask for a few pictures at a time.
const THREADS: usize = 4;
/// A line that says nothing, so that neither side takes the other for gone.
const ALIVE: Duration = Duration::from_secs(10);

const POLICY: &str = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) struct Server {
    guard: Guard,
    workshop: Box<dyn Workshop>,
    shared: Mutex<Shared>,
}

#[derive(Default)]
struct Shared {
    state: State,
    /// Open pages, each waiting for events
    open: Vec<Sender<Event>>,
    is_over: bool,
}

#[derive(Clone)]
enum Event {
    State(Arc<str>),
    End,
}

/// What a question is answered with.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    /// A page's picture never changes under its hash.
    lasts: bool,
    file_name: Option<String>,
}

impl Server {
    pub(super) fn start(workshop: Box<dyn Workshop>) -> io::Result<Arc<Self>> {
        let http = tiny_http::Server::http("127.0.0.1:0").map_err(io::Error::other)?;
        let port = http.server_addr().to_ip().map(|address| address.port()).ok_or(io::ErrorKind::AddrNotAvailable)?;
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let server = Arc::new(Self {
            guard: Guard::new(format!("127.0.0.1:{port}"), token),
            workshop,
            shared: Mutex::default(),
        });
        let http = Arc::new(http);
        for _ in 0..THREADS {
            let (http, server) = (Arc::clone(&http), Arc::clone(&server));
            thread::spawn(move || {
                while let Ok(request) = http.recv() {
                    server.answer(request);
                }
            });
        }
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        self.guard.url()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and tells every open page.
    pub(super) fn publish(&self, change: impl FnOnce(&mut State)) {
        let mut shared = self.shared();
        change(&mut shared.state);
        let event = Event::State(shared.state.json().into());
        // A page that was closed is forgotten.
        shared.open.retain(|page| page.send(event.clone()).is_ok());
    }

    /// Tells every open page that it is over, and gives them a moment to hear it.
    pub(super) fn end(&self) {
        let mut shared = self.shared();
        shared.is_over = true;
        let is_open = !shared.open.is_empty();
        for page in shared.open.drain(..) {
            let _ = page.send(Event::End);
        }
        drop(shared);
        if is_open {
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn answer(self: &Arc<Self>, request: Request) {
        let admitted = self.guard.admit(request.method(), request.url(), request.headers());
        let answer = match admitted {
            Err(Refusal(status, words)) => Answer::words(status, words),
            Ok(("events", _)) => return self.serve_events(request),
            Ok((path, query)) => self.answer_path(path, query),
        };
        // Who asked may have gone.
        let _ = request.respond(answer.into_response());
    }

    fn answer_path(&self, path: &str, query: &str) -> Answer {
        // Pictures are drawn after the lock is free: an edit does not wait for them.
        let shown = || self.shared().state.shown();
        let not_found = || Answer::words(404, "ありません。");
        if let Some(name) = path.strip_prefix("page/") {
            let found = match name.rsplit_once('.') {
                Some((hash, "svg")) => shown().svg(hash).map(|svg| Answer::new("image/svg+xml", svg)),
                Some((hash, "json")) => shown().lines(hash).map(|lines| Answer::new("application/json", lines)),
                _ => None,
            };
            return found.map_or_else(not_found, |answer| Answer { lasts: true, ..answer });
        }
        match path {
            "search" => {
                let found = shown().search(&parameter(query, "q").unwrap_or_default());
                Answer::json(&found)
            }
            "source" => {
                let number = |name| parameter(query, name).and_then(|value| value.parse::<f64>().ok());
                let page = parameter(query, "page").and_then(|page| page.parse().ok());
                match (page, number("x"), number("y")) {
                    (Some(page), Some(x), Some(y)) => Answer::json(&shown().source(page, x, y, &*self.workshop)),
                    _ => Answer::words(400, "頁と位置が要ります。"),
                }
            }
            "report.pdf" => match self.workshop.pdf() {
                Ok((name, pdf)) => Answer { file_name: Some(name), ..Answer::new("application/pdf", pdf.to_vec()) },
                Err(words) => Answer::words(503, &words),
            },
            path => {
                let name = if path.is_empty() { "index.html" } else { path };
                let file = PAGE.get_file(name);
                file.map_or_else(not_found, |file| Answer::new(kind_of(name), file.contents().to_vec()))
            }
        }
    }

    /// Keeps a page told. Written by hand: browsers do not take events in pieces of a length of their own.
    fn serve_events(self: &Arc<Self>, request: Request) {
        let (page, events) = channel();
        {
            let mut shared = self.shared();
            let _ = page.send(Event::State(shared.state.json().into()));
            if shared.is_over {
                let _ = page.send(Event::End);
            } else {
                shared.open.push(page);
            }
        }
        thread::spawn(move || {
            // A page that was closed ends its thread.
            let _ = write_events(&mut *request.into_writer(), &events);
        });
    }
}

fn write_events(to: &mut dyn Write, events: &Receiver<Event>) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\
         Content-Security-Policy: {POLICY}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    to.write_all(head.as_bytes())?;
    loop {
        match events.recv_timeout(ALIVE) {
            Ok(Event::State(json)) => to.write_all(format!("event: state\ndata: {json}\n\n").as_bytes())?,
            Ok(Event::End) => {
                to.write_all(b"event: end\ndata: \n\n")?;
                return to.flush();
            }
            Err(RecvTimeoutError::Timeout) => to.write_all(b":\n\n")?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        to.flush()?;
    }
}

impl Answer {
    fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), lasts: false, file_name: None }
    }

    fn words(status: u16, words: &str) -> Self {
        Self { status, ..Self::new("text/plain; charset=utf-8", words) }
    }

    fn json(value: &impl serde::Serialize) -> Self {
        // Strings, numbers and lists always serialize.
        Self::new("application/json", serde_json::to_vec(value).unwrap_or_default())
    }

    fn into_response(self) -> Response<io::Cursor<Vec<u8>>> {
        let cache = if self.lasts { "private, max-age=31536000, immutable" } else { "no-store" };
        let mut response = Response::from_data(self.body).with_status_code(self.status);
        let mut headers = vec![
            ("Content-Type", self.kind.to_string()),
            ("Cache-Control", cache.to_string()),
            ("Content-Security-Policy", POLICY.to_string()),
            ("X-Content-Type-Options", "nosniff".to_string()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_string()),
            ("Referrer-Policy", "no-referrer".to_string()),
        ];
        if let Some(name) = self.file_name {
            headers.push(("Content-Disposition", format!("inline; filename*=UTF-8''{}", escaped(&name))));
        }
        for (name, value) in headers {
            // Names and values are ASCII of our own making.
            if let Ok(header) = Header::from_bytes(name, value) {
                response.add_header(header);
            }
        }
        response
    }
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn escaped(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

/// A parameter of a query, with `%E3%81%82` and `+` undone.
fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))?.1;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_unescaped_and_rubbish_is_none() {
        assert_eq!(parameter("page=1&q=%E3%81%82+b", "q").as_deref(), Some("あ b"));
        assert_eq!(parameter("q=%E3%8", "q"), None);
        assert_eq!(parameter("q=%FF", "q"), None);
        assert_eq!(parameter("a=1", "q"), None);
    }
}
