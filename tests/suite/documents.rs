//! README and guide: their blocks are run.

use std::fs;

use jigyo::pipeline::check;

use crate::cases::{jigyo_blocks, with_block};
use crate::tools::{copy_folder, found, report, root, stderr};

const DOCUMENTS: &[&str] = &["README.md", "docs/guide.ja.md", "docs/language.md"];

#[test]
fn every_text_of_the_language_is_clean() {
    let mut count = 0;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        for block in jigyo_blocks(&text) {
            assert_eq!(found(&check(&with_block(&block)).unwrap()), Vec::<String>::new(), "{document}:\n{block}");
            count += 1;
        }
    }
    assert!(count >= 3, "the documents show the language");
}

#[test]
fn every_command_of_the_guide_works() {
    let folder = tempfile::tempdir().unwrap();
    let tutorial = folder.path().join("tutorial");
    copy_folder(&root().join("reports/tutorial"), &tutorial);
    let text = fs::read_to_string(root().join("docs/guide.ja.md")).unwrap();
    let mut open = false;
    let mut count = 0;
    for line in text.lines() {
        if line.starts_with("```") {
            open = line == "```console";
        } else if let Some(command) = line.strip_prefix("> report ").filter(|_| open) {
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let output = report(&tutorial, &arguments);
            assert_eq!(output.status.code(), Some(0), "{command}: {}", stderr(&output));
            count += 1;
        }
    }
    assert!(count >= 4, "the guide shows its commands");
}

/// The two commands of a fresh machine: the first builds the sample, the second is this run.
#[test]
fn the_readme_names_the_two_commands() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.contains("cargo run --release -- build reports/aomori-r2"));
    assert!(text.contains("cargo test"));
}
