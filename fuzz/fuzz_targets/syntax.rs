//! Any bytes as one file: read, parsed, formatted. Formatting twice is formatting once.

#![no_main]

use jigyo::diagnostic::Diagnostics;
use jigyo::fmt::format;
use jigyo::load::decode;
use jigyo::source::Files;
use jigyo::syntax::{Vocabulary, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    let once = formatted(&text);
    assert_eq!(formatted(&once), once);
});

fn formatted(text: &str) -> String {
    let mut files = Files::new();
    let id = files.add("a.jigyo", text);
    let ast = parse(files.get(id), &Vocabulary::standard(), &mut Diagnostics::new());
    format(files.get(id), &ast)
}
