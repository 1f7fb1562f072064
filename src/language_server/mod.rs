//! `report lsp`: a report in an editor, over the Language Server Protocol.
//!
//! One thread, one message after the other. What the editor holds counts before what lies on the disk; a report is checked anew when
//! no message waits, and its messages are pushed, or pulled by editors that ask for them. Knows no terminal and no standard
//! streams: `cli` hands it two pipes, tests the ends of a channel.
//!
//! ```text
//! bytes ──transport──▶ inbox ──session──▶ documents ──overlay──▶ pipeline ──kept_report──▶ answers
//! ```

mod actions;
mod changes;
mod client;
mod completion;
mod completion_values;
mod computed_words;
mod definition;
mod diagnostics;
mod document;
mod files;
mod folding;
mod formatting;
mod home;
mod hover;
mod inbox;
mod kept_report;
mod names;
mod offer;
mod overlay;
mod position;
mod protocol;
mod publishing;
mod refused;
mod rename;
mod renamed_files;
mod requests;
mod row;
mod semantic_tokens;
mod server;
mod session;
mod sight;
mod symbols;
mod transport;
mod uri;

pub use session::{Ended, serve};
pub use transport::{Pipes, serve_pipes};
pub use uri::{path_of_uri, uri_of_path};
