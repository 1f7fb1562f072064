//! The compiler that prefectures write their annual reports with.
//!
//! ```text
//! bytes ──load──▶ text ──syntax──▶ Ast ──model──▶ Report ──checks──▶ (Report, Diagnostics)
//!                                                   │
//!                                                 totals
//!                                                   ▼
//!          PDF ◀──typeset── View ◀──────────────── view
//! ```
//!
//! Every stage takes its input and the diagnostics and always gives an output; what it could not understand is an
//! explicit hole. Only `pipeline` decides by errors what is made. Environment, clock and disk are touched in `load`,
//! `editing`, `watch` and `cli` alone; `preview` measures how long a connection waits.
//!
//! Modules, lowest first. A module names only modules of a lower rank; a test reads this table and the imports.
//!
//! ```text
//! 0  source natural_order reading_order xml
//! 1  diagnostic
//! 2  load syntax
//! 3  form editing remarks
//! 4  model fmt
//! 5  totals rollover tables program_form
//! 6  checks view
//! 7  typeset comparison export import web word
//! 8  pipeline
//! 9  watch preview office language_server
//! 10 cli
//! ```

pub mod checks;
pub mod cli;
pub mod comparison;
pub mod diagnostic;
pub mod editing;
pub mod export;
pub mod fmt;
pub mod form;
pub mod import;
pub mod language_server;
pub mod load;
pub mod model;
pub mod natural_order;
pub mod office;
pub mod pipeline;
pub mod preview;
pub mod program_form;
pub mod reading_order;
pub mod remarks;
pub mod rollover;
pub mod source;
pub mod syntax;
pub mod tables;
pub mod totals;
pub mod typeset;
pub mod view;
pub mod watch;
pub mod web;
pub mod word;
pub mod xml;
