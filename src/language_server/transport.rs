//! Messages on two pipes: `Content-Length: N`, an empty line, N bytes of JSON.
//!
//! What cannot be read is answered, or left out, and the next message is read: an editor with a fault of its own keeps its server.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::json;

use super::session::{Ended, serve};

/// More than any text that is read, escaped.
const MAX_MESSAGE_BYTES: u64 = 256 * 1024 * 1024;
const MAX_HEADER_BYTES: u64 = 64 * 1024;

/// The editor's end.
pub struct Pipes<R, W> {
    pub input: R,
    pub output: W,
}

/// Serves an editor until it ends the session or its pipe closes.
///
/// # Errors
/// When nothing more can be written.
pub fn serve_pipes<R, W>(pipes: Pipes<R, W>) -> io::Result<Ended>
where
    R: Read + Send + 'static,
    W: Write + Send + 'static,
{
    let (ours, theirs) = Connection::memory();
    let Connection { sender, receiver } = theirs;
    let Pipes { input, mut output } = pipes;
    let refusals = ours.sender.clone();
    // It is not waited for: it may be reading a pipe that stays open.
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            match read_message(&mut input) {
                Ok(Some(Ok(message))) => {
                    let is_last = matches!(&message, Message::Notification(own) if own.method == "exit");
                    if sender.send(message).is_err() || is_last {
                        return;
                    }
                }
                // Nobody knows which question it was.
                Ok(Some(Err(reason))) => drop(refusals.send(unreadable(&reason))),
                Ok(None) | Err(_) => return,
            }
        }
    });
    let writer = thread::spawn(move || -> io::Result<()> {
        for message in receiver {
            write_message(&mut output, &message)?;
        }
        output.flush()
    });
    let ended = serve(&ours);
    drop(ours);
    // The reader has ended too, with the last message or the pipe: what was answered is written to its end.
    writer.join().unwrap_or(Ok(())).map(|()| ended)
}

fn unreadable(reason: &str) -> Message {
    let text = format!("読み取れない知らせを受け取りました（{reason}）。");
    let params = json!({ "type": 2, "message": text, "code": ErrorCode::ParseError as i32 });
    Message::Notification(lsp_server::Notification::new("window/logMessage".to_string(), params))
}

/// The next message, or why it is none; nothing at the end.
fn read_message(input: &mut impl BufRead) -> io::Result<Option<Result<Message, String>>> {
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(MAX_HEADER_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(length) => return read_body(input, length).map(Some),
                // An empty line more than there should be
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("Content-Length")
        {
            length = value.trim().parse().ok();
        }
    }
}

fn read_body(input: &mut impl BufRead, length: u64) -> io::Result<Result<Message, String>> {
    if length > MAX_MESSAGE_BYTES {
        io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        return Ok(Err(format!("{length} bytes")));
    }
    let mut body = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut body)?;
    if (read as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&body).map_err(|error| error.to_string()))
}

fn write_message(output: &mut impl Write, message: &Message) -> io::Result<()> {
    message.write(output)?;
    output.flush()
}
