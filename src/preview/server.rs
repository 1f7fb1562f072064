//! The little server behind the page: one thread for each connection.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::Backend;
use super::daily;
use super::earlier::{earlier, restore};
use super::edit::{change, drafts};
use super::guard::{Guard, Refusal};
use super::http::{Answer, LONGEST_BODY, Request, events_head};
use super::mend;
use super::opening::open;
use super::order::order;
use super::own_files::{not_found, own_file};
use super::photograph::{LONGEST_PHOTOGRAPH, add_photograph, picture};
use super::program::program;
use super::remarks;
use super::state::PreviewState;
use super::waiting::Waiting;

/// More than a browser opens for a few windows.
const MOST_CONNECTIONS: usize = 100;
/// A line that says nothing, so that neither side takes the other for gone.
const ALIVE: Duration = Duration::from_secs(10);

pub(super) struct Server {
    guard: Guard,
    backend: Box<dyn Backend>,
    shared: Mutex<ServerState>,
    waiting: Waiting,
    /// Counts the connections that have asked: each holds one
    admitted: Arc<()>,
}

#[derive(Default)]
struct ServerState {
    state: PreviewState,
    /// Open pages, each waiting for events
    open: Vec<Weak<Slot>>,
    is_over: bool,
}

#[derive(Clone)]
enum PageEvent {
    State(Arc<str>),
    End,
}

/// What an open page has not heard yet: the latest alone, for a page that sleeps need not hear the others.
#[derive(Default)]
struct Slot {
    event: Mutex<Option<PageEvent>>,
    bell: Condvar,
}

impl Slot {
    fn put(&self, event: PageEvent) {
        *self.event.lock().unwrap_or_else(PoisonError::into_inner) = Some(event);
        self.bell.notify_one();
    }

    /// Waits for the next event; nothing when none came in time.
    fn take(&self, patience: Duration) -> Option<PageEvent> {
        let event = self.event.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.bell.wait_timeout_while(event, patience, |event| event.is_none());
        waited.unwrap_or_else(PoisonError::into_inner).0.take()
    }
}

impl ServerState {
    /// A page that was closed is forgotten.
    fn tell(&mut self, event: &PageEvent) {
        self.open.retain(|page| page.upgrade().map(|page| page.put(event.clone())).is_some());
    }
}

impl Server {
    pub(super) fn start(backend: Box<dyn Backend>) -> io::Result<Arc<Self>> {
        let (listener, guard) = Guard::open()?;
        let mut shared = ServerState::default();
        if let Some(stores) = backend.stores() {
            shared.state.let_write(stores.editor.store().has_history());
        }
        let server = Arc::new(Self {
            guard,
            backend,
            shared: Mutex::new(shared),
            waiting: Waiting::default(),
            admitted: Arc::default(),
        });
        let serving = Arc::clone(&server);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                serving.take(connection);
            }
        });
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        self.guard.url()
    }

    fn shared(&self) -> MutexGuard<'_, ServerState> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and tells every open page.
    pub(super) fn publish(&self, change: impl FnOnce(&mut PreviewState)) {
        let mut shared = self.shared();
        change(&mut shared.state);
        shared.state.count();
        let event = PageEvent::State(shared.state.json().into());
        shared.tell(&event);
    }

    /// Tells every open page that it is over, and gives them a moment to hear it.
    pub(super) fn end(&self) {
        let mut shared = self.shared();
        shared.is_over = true;
        let is_open = !shared.open.is_empty();
        shared.tell(&PageEvent::End);
        drop(shared);
        if is_open {
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// A thread for each connection: the page is one person's.
    fn take(self: &Arc<Self>, connection: TcpStream) {
        let connection = self.waiting.enter(connection);
        let server = Arc::clone(self);
        thread::spawn(move || {
            // A connection that ends or says rubbish ends its thread; who asked may have gone.
            let _ = server.answer(&connection);
        });
    }

    fn answer(&self, connection: &Arc<TcpStream>) -> io::Result<()> {
        let mut stream: &TcpStream = connection;
        stream.set_nodelay(true)?;
        // A page that takes nothing for so long is gone.
        stream.set_write_timeout(Some(ALIVE))?;
        let request = Request::read(stream);
        self.waiting.leave(connection);
        let request = request?;
        let has_body = request.method != "HEAD";
        let _turn = Arc::clone(&self.admitted);
        let methods: &[&str] =
            if self.backend.stores().is_some() { &["GET", "HEAD", "POST"] } else { &["GET", "HEAD"] };
        let answer = match self.guard.admit(&request, methods) {
            Err(Refusal(status, words)) => Answer::words(status, words),
            Ok(_) if Arc::strong_count(&self.admitted) > MOST_CONNECTIONS => {
                Answer::words(503, "開いている画面が多すぎます。要らない画面を閉じてください。")
            }
            Ok((path, _)) if request.method == "POST" => self.change(path, &request, stream),
            Ok(("events", _)) if has_body => return self.serve_events(&mut stream),
            Ok(("events", _)) => return stream.write_all(events_head().as_bytes()),
            Ok((path, query)) => self.answer_path(path, query),
        };
        answer.write(&mut stream, has_body)
    }

    /// What a page that may write asks for. Nothing more is read of a question that is none of its own.
    fn change(&self, path: &str, request: &Request, from: &TcpStream) -> Answer {
        if let Err(Refusal(status, words)) = self.guard.admit_change(request) {
            return Answer::words(status, words);
        }
        let Some(stores) = self.backend.stores() else { return not_found() };
        let most = if path == "photo" { LONGEST_PHOTOGRAPH } else { LONGEST_BODY };
        match request.read_body(from, most) {
            Ok(body) => {
                let backend = &*self.backend;
                let answer = change(stores, path, &body).or_else(|| mend::change(stores, backend, path, &body));
                let answer = answer.or_else(|| restore(stores, path, &body));
                let answer = answer.or_else(|| remarks::change(stores, backend, path, &body));
                let answer = answer.or_else(|| order(stores, backend, path, &body));
                let answer = answer.or_else(|| open(stores, backend, path, &body));
                let answer = answer.or_else(|| (path == "photo").then(|| add_photograph(stores, &body)));
                answer.or_else(|| daily::grant(backend.task_runner()?, path, &body)).unwrap_or_else(not_found)
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Answer::words(413, "文かファイルが大きすぎます。ファイルは合わせて12MBまで、写真は64MBまでです。")
            }
            Err(_) => Answer::words(400, "この操作はできません。"),
        }
    }

    fn answer_path(&self, path: &str, query: &str) -> Answer {
        // Pictures are drawn after the lock is free: an edit does not wait for them.
        let shown = || self.shared().state.shown();
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
                match (parameter(query, "page"), number("x"), number("y")) {
                    (Some(page), Some(x), Some(y)) => Answer::json(&shown().source(&page, x, y, &*self.backend)),
                    _ => Answer::words(400, "頁と位置が要ります。"),
                }
            }
            "progress.json" => match self.backend.progress() {
                Some(json) => Answer::new("application/json", json),
                None => Answer::words(503, "まだ読み込んでいます。"),
            },
            "tasks" | "choices" => {
                self.backend.task_runner().and_then(|runner| daily::look(runner, path)).unwrap_or_else(not_found)
            }
            "drafts" => self.backend.stores().map_or_else(not_found, drafts),
            "remarks" if self.backend.stores().is_some() => {
                let (shown, entries) = {
                    let shared = self.shared();
                    (shared.state.shown(), shared.state.entries())
                };
                remarks::remarks(&shown, entries, &*self.backend)
            }
            "certain" => self.backend.stores().map_or_else(not_found, |_| Answer::json(&self.shared().state.certain())),
            "program" => program(&*self.backend, parameter(query, "file").as_deref()),
            "picture" => match (parameter(query, "file"), parameter(query, "name")) {
                (Some(file), Some(name)) => picture(&*self.backend, &file, &name),
                _ => not_found(),
            },
            "earlier" => match (self.backend.stores(), parameter(query, "file")) {
                (Some(stores), Some(file)) => earlier(stores, &file, parameter(query, "day").as_deref()),
                _ => not_found(),
            },
            "report.pdf" => match self.backend.pdf() {
                Ok((name, pdf)) => Answer { file_name: Some(name), ..Answer::new("application/pdf", pdf.to_vec()) },
                Err(words) => Answer::words(503, &words),
            },
            path => own_file(if path.is_empty() { "index.html" } else { path }),
        }
    }

    /// Keeps a page told until it is closed.
    fn serve_events(&self, to: &mut dyn Write) -> io::Result<()> {
        let page = Arc::new(Slot::default());
        {
            let mut shared = self.shared();
            page.put(if shared.is_over { PageEvent::End } else { PageEvent::State(shared.state.json().into()) });
            shared.open.push(Arc::downgrade(&page));
        }
        write_events(to, &page)
    }
}

fn write_events(to: &mut dyn Write, events: &Slot) -> io::Result<()> {
    to.write_all(events_head().as_bytes())?;
    loop {
        match events.take(ALIVE) {
            Some(PageEvent::State(json)) => to.write_all(format!("event: state\ndata: {json}\n\n").as_bytes())?,
            Some(PageEvent::End) => {
                to.write_all(b"event: end\ndata: \n\n")?;
                return to.flush();
            }
            None => to.write_all(b":\n\n")?,
        }
        to.flush()?;
    }
}

/// A parameter of a query, with `%E3%81%82` and `+` undone.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
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
