//! A session from its first message to its last.

use lsp_server::{Connection, ErrorCode, Message, Request, RequestId, Response};
use serde_json::Value;

use super::inbox::{Inbox, Next, send};
use super::protocol::InitializeParams;
use super::requests;
use super::semantic_tokens::TOKEN_TYPES;
use super::server::Server;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol wants it: `shutdown`, then `exit`
    Properly,
    /// `exit` without `shutdown`
    WithoutShutdown,
    /// The editor went away.
    Disconnected,
}

/// Serves an editor until the session ends.
pub fn serve(connection: &Connection) -> Ended {
    let mut inbox = Inbox::default();
    let mut server: Option<Server> = None;
    let mut is_shut_down = false;
    loop {
        let next = match inbox.next(connection) {
            Next::Idle => {
                server.iter_mut().filter(|_| !is_shut_down).for_each(|server| server.settle(connection));
                inbox.wait(connection, server.as_ref().is_some_and(Server::looks_itself))
            }
            next @ (Next::Message(_) | Next::Closed) => next,
        };
        match next {
            Next::Closed => return Ended::Disconnected,
            Next::Idle => server.iter_mut().for_each(Server::disk_changed),
            Next::Message(Message::Notification(own)) if own.method == "exit" => {
                return if is_shut_down { Ended::Properly } else { Ended::WithoutShutdown };
            }
            Next::Message(Message::Notification(own)) => {
                server.iter_mut().filter(|_| !is_shut_down).for_each(|server| server.hear(connection, &own));
            }
            Next::Message(Message::Request(request)) => {
                let answer = answer(connection, &mut server, &mut is_shut_down, request);
                send(connection, answer);
            }
            Next::Message(Message::Response(_)) => {}
        }
    }
}

fn answer(connection: &Connection, server: &mut Option<Server>, is_shut_down: &mut bool, request: Request) -> Response {
    let Request { id, method, params } = request;
    let refuse = |id: RequestId, code: ErrorCode, words: &str| Response::new_err(id, code as i32, words.to_string());
    match (server, method.as_str()) {
        (_, _) if *is_shut_down => refuse(id, ErrorCode::InvalidRequest, "もう終わっています。"),
        (server @ None, "initialize") => match serde_json::from_value::<InitializeParams>(params) {
            Ok(params) => {
                let started = server.insert(Server::new(params));
                Response::new_ok(id, started.client.answer(TOKEN_TYPES))
            }
            Err(error) => refuse(id, ErrorCode::InvalidParams, &error.to_string()),
        },
        (None, _) => refuse(id, ErrorCode::ServerNotInitialized, "まだ始まっていません。"),
        (Some(_), "initialize") => refuse(id, ErrorCode::InvalidRequest, "もう始まっています。"),
        (Some(_), "shutdown") => {
            *is_shut_down = true;
            Response::new_ok(id, Value::Null)
        }
        (Some(server), method) => match requests::answer(server, connection, method, params) {
            Ok(result) => Response::new_ok(id, result),
            Err(refused) => refuse(id, refused.code, &refused.words),
        },
    }
}
