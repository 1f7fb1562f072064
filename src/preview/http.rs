//! One question and one answer over a connection: as much of HTTP as a page on the same machine needs.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A browser's own questions have a tenth of it.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// A connection that has not asked for so long is let go: browsers open some before they need them.
const PATIENCE: Duration = Duration::from_secs(20);
/// What was begun is sent whole within this time.
const HEAD_PATIENCE: Duration = Duration::from_secs(2);
/// The largest text that a report may have, as JSON may write it; files of an office, in base64.
pub(super) const LONGEST_BODY: usize = 16 * 1024 * 1024;
const BODY_PATIENCE: Duration = Duration::from_secs(10);

const POLICY: &str = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A question. What follows the head of one that only asks is of no interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    /// As much of the body as came with the head
    pub(super) begun: Vec<u8>,
}

impl Request {
    /// Reads a question.
    ///
    /// # Errors
    /// The connection's; `InvalidData` for what is no question or has no end; `TimedOut`.
    pub(super) fn read(from: &TcpStream) -> io::Result<Self> {
        let mut until = Instant::now() + PATIENCE;
        let mut bytes = Vec::new();
        let mut piece = [0; 2048];
        loop {
            let count = read_until(from, &mut piece, until)?;
            if bytes.is_empty() {
                until = Instant::now() + HEAD_PATIENCE;
            }
            bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
            if let Some((request, length)) = Self::parse(&bytes)? {
                bytes.drain(..length);
                return Ok(Self { begun: bytes, ..request });
            }
            if count == 0 || bytes.len() > LONGEST_HEAD {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// Reads the rest of the body, of a question that is admitted, if it has `most` bytes at most.
    ///
    /// # Errors
    /// The connection's; `FileTooLarge`, `InvalidData` for a length that is none, `TimedOut`.
    pub(super) fn read_body(&self, from: &TcpStream, most: usize) -> io::Result<Vec<u8>> {
        let length: usize = match self.all("Content-Length").next() {
            None => 0,
            Some(length) => length.parse().map_err(|_| io::ErrorKind::InvalidData)?,
        };
        if length > most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let until = Instant::now() + BODY_PATIENCE;
        let (mut body, mut piece) = (self.begun.clone(), vec![0; 64 * 1024]);
        while body.len() < length {
            let count = read_until(from, &mut piece, until)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            body.extend_from_slice(piece.get(..count).unwrap_or_default());
        }
        body.truncate(length);
        Ok(body)
    }

    /// The question and how long its head is; nothing while the end of the head is still to come.
    fn parse(bytes: &[u8]) -> io::Result<Option<(Self, usize)>> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let length = match head.parse(bytes) {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(_) => return Err(io::ErrorKind::InvalidData.into()),
        };
        let header = |header: &httparse::Header<'_>| {
            (header.name.to_string(), String::from_utf8_lossy(header.value).into_owned())
        };
        let request = Self {
            method: head.method.unwrap_or_default().to_string(),
            target: head.path.unwrap_or_default().to_string(),
            headers: head.headers.iter().map(header).collect(),
            begun: Vec::new(),
        };
        Ok(Some((request, length)))
    }

    /// Every value of a header, whatever the case of its name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Reads what has come, waiting no longer than to a moment.
fn read_until(mut from: &TcpStream, piece: &mut [u8], until: Instant) -> io::Result<usize> {
    let left = until.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    from.set_read_timeout(Some(left))?;
    from.read(piece)
}

/// What a question is answered with.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// A page's picture never changes under its hash.
    pub(super) lasts: bool,
    pub(super) file_name: Option<String>,
}

impl Answer {
    pub(super) fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), lasts: false, file_name: None }
    }

    pub(super) fn words(status: u16, words: &str) -> Self {
        Self { status, ..Self::new("text/plain; charset=utf-8", words) }
    }

    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        // Strings, numbers and lists always serialize.
        Self::new("application/json", serde_json::to_vec(value).unwrap_or_default())
    }

    /// Writes head and body together; the connection is then done with.
    pub(super) fn write(&self, to: &mut impl Write, with_body: bool) -> io::Result<()> {
        let mut bytes = head(self.status, self.kind, self.lasts);
        if let Some(name) = &self.file_name {
            bytes.push_str(&format!("Content-Disposition: inline; filename*=UTF-8''{}\r\n", escaped(name, b"")));
        }
        bytes.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        let mut bytes = bytes.into_bytes();
        if with_body {
            bytes.extend_from_slice(&self.body);
        }
        to.write_all(&bytes)?;
        to.flush()
    }
}

/// The head of a stream of events, which has no length.
pub(super) fn events_head() -> String {
    head(200, "text/event-stream; charset=utf-8", false) + "\r\n"
}

fn head(status: u16, kind: &str, lasts: bool) -> String {
    let reason = match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        _ => "Service Unavailable",
    };
    let cache = if lasts { "private, max-age=31536000, immutable" } else { "no-store" };
    // A browser's viewer of PDFs is a page of its own, and brings its own scripts.
    let policy = if kind == "application/pdf" { "frame-ancestors 'none'" } else { POLICY };
    format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nCache-Control: {cache}\r\n\
         Content-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n"
    )
}

/// ASCII letters, digits, `.`, `-`, `_` and what is named beside them stay; every other byte becomes `%E3`.
pub(super) fn escaped(text: &str, plain: &[u8]) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        other if plain.contains(&other) => char::from(other).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_whole_or_not_at_all() {
        let head = b"GET /a/?q=1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\norigin: x\r\n\r\n";
        let (request, length) = Request::parse(head).expect("is a question").expect("is whole");
        assert_eq!(length, head.len());
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a/?q=1"));
        assert_eq!(request.all("Origin").collect::<Vec<_>>(), ["x"]);
        assert_eq!(Request::parse(&head[..head.len() - 2]).expect("may go on"), None);
        for rubbish in [&b"\x16\x03\x01\x02\x00"[..], b"GET / HTTP/9\r\n\r\n", b"GET / HTTP/1.1\r\n\0\r\n\r\n"] {
            assert!(Request::parse(rubbish).is_err(), "{rubbish:?}");
        }
    }

    #[test]
    fn an_answer_has_its_length_and_its_guards() {
        let mut bytes = Vec::new();
        let answer = Answer { file_name: Some("報告.pdf".to_string()), ..Answer::new("application/pdf", "%PDF") };
        answer.write(&mut bytes, true).expect("is written");
        let text = String::from_utf8(bytes).expect("is text");
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n") && text.ends_with("Content-Length: 4\r\n\r\n%PDF"), "{text}");
        assert!(text.contains("filename*=UTF-8''%E5%A0%B1%E5%91%8A.pdf") && text.contains("frame-ancestors 'none'"));
    }
}
