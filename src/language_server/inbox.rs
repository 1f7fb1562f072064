//! The messages that wait, and those of them that the editor took back.

use std::collections::VecDeque;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, RequestId, Response};
use serde_json::Value;

/// How often a folder is looked at for an editor that cannot tell of changes.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What is to be done next.
pub(super) enum Next {
    Message(Message),
    /// No message waits.
    Idle,
    /// Nobody will send any more.
    Closed,
}

#[derive(Default)]
pub(super) struct Inbox {
    waiting: VecDeque<Message>,
}

impl Inbox {
    /// The next message that waits already.
    pub(super) fn next(&mut self, connection: &Connection) -> Next {
        while let Ok(message) = connection.receiver.try_recv() {
            self.take(message, connection);
        }
        self.waiting.pop_front().map_or(Next::Idle, Next::Message)
    }

    /// Waits for a message; with `looks` not for ever.
    pub(super) fn wait(&mut self, connection: &Connection, looks: bool) -> Next {
        let received = if looks {
            match connection.receiver.recv_timeout(LOOK_AGAIN) {
                Err(error) if error.is_timeout() => return Next::Idle,
                received => received.ok(),
            }
        } else {
            connection.receiver.recv().ok()
        };
        let Some(message) = received else { return Next::Closed };
        self.take(message, connection);
        self.next(connection)
    }

    fn take(&mut self, message: Message, connection: &Connection) {
        match message {
            Message::Notification(own) if own.method == "$/cancelRequest" => self.cancel(&own, connection),
            message @ (Message::Request(_) | Message::Response(_) | Message::Notification(_)) => {
                self.waiting.push_back(message);
            }
        }
    }

    /// A question that was answered already stays answered.
    fn cancel(&mut self, cancelled: &Notification, connection: &Connection) {
        let id = cancelled.params.get("id").cloned().and_then(|id| serde_json::from_value::<RequestId>(id).ok());
        let is_it = |message: &Message| matches!(message, Message::Request(own) if Some(&own.id) == id.as_ref());
        let Some(at) = self.waiting.iter().position(is_it) else { return };
        if let Some(Message::Request(request)) = self.waiting.remove(at) {
            let words = "取り消されました。".to_string();
            let refused = Response::new_err(request.id, ErrorCode::RequestCanceled as i32, words);
            send(connection, refused);
        }
    }
}

/// An editor that went away hears nothing.
pub(super) fn send(connection: &Connection, message: impl Into<Message>) {
    let _ = connection.sender.send(message.into());
}

pub(super) fn notify(connection: &Connection, method: &str, params: Value) {
    send(connection, Notification { method: method.to_string(), params });
}
