//! `report lsp`: the language server on the standard streams. Standard output carries the protocol and nothing else.

use std::io;

use super::{Failure, Outcome};
use crate::language_server::{Ended, Pipes, serve_pipes};

pub(super) fn run() -> Result<Outcome, Failure> {
    let pipes = Pipes { input: io::stdin(), output: io::stdout() };
    let ended = serve_pipes(pipes).map_err(|error| {
        Failure::new(format!("エディターに書き出せません（{}）。", crate::load::explain_io(&error)))
    })?;
    // The protocol's own exit status: 1 where nobody said that it was over.
    Ok(match ended {
        Ended::Properly => Outcome::Clean,
        Ended::WithoutShutdown | Ended::Disconnected => Outcome::Errors,
    })
}
