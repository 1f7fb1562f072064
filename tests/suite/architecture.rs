//! The table of ranks in `src/lib.rs` and the imports agree.

use std::collections::BTreeMap;
use std::fs;

use crate::tools::{files_below, root};

fn ranks() -> BTreeMap<String, u32> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut ranks = BTreeMap::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("//! ")) {
        let mut words = line.split_whitespace();
        if let Some(Ok(rank)) = words.next().map(str::parse::<u32>) {
            ranks.extend(words.map(|module| (module.to_string(), rank)));
        }
    }
    ranks
}

#[test]
fn a_module_names_only_modules_below_it() {
    let ranks = ranks();
    let source = root().join("src");
    let mut seen = Vec::new();
    for file in files_below(&source).iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let relative = file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
        let module = relative.split('/').next().unwrap().trim_end_matches(".rs").to_string();
        if module == "lib" || module == "main" {
            continue;
        }
        let own = *ranks.get(&module).unwrap_or_else(|| panic!("{module} stands in no rank of src/lib.rs"));
        seen.push(module.clone());
        for (number, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
            for named in line.split("crate::").skip(1) {
                let named: String = named.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(other) = ranks.get(&named) else { continue };
                assert!(
                    named == module || *other < own,
                    "{relative}:{} names {named} (rank {other}) from {module} (rank {own})",
                    number + 1
                );
            }
        }
    }
    for module in ranks.keys() {
        assert!(seen.contains(module), "{module} is in the table and not in src");
    }
}

#[test]
fn crates_environment_and_the_question_of_errors_have_their_rooms() {
    let rooms = [
        ("has_errors()", "diagnostic/ pipeline/edition.rs pipeline/trial_section.rs"),
        ("std::env", "load/ watch/ cli/"),
        ("std::fs", "load/ watch/ cli/"),
        ("SystemTime", "load/ watch/ cli/"),
        ("Instant::now", "load/ watch/ cli/ preview/"),
        ("ariadne::", "diagnostic/terminal.rs"),
        ("nom::", "syntax/ model/"),
        ("typst::", "typeset/"),
        ("typst_pdf::", "typeset/"),
        ("clap::", "cli/"),
        ("encoding_rs::", "load/"),
        ("typst_eval::", "typeset/"),
        ("typst_layout::", "typeset/"),
        ("typst_svg::", "typeset/"),
        ("image::", "typeset/"),
        ("img_parts::", "typeset/"),
        ("rayon::", "typeset/ pipeline/"),
        ("notify::", "watch/"),
        ("httparse::", "preview/"),
        ("ctrlc::", "cli/"),
        ("open::", "cli/"),
        ("csv::", "tables/ import/"),
        ("quick_xml::", "import/"),
        ("rust_xlsxwriter::", "export/"),
        ("zip::", "export/ import/"),
        ("aho_corasick::", "checks/"),
        ("icu_collator::", "reading_order.rs"),
        ("icu_locale_core::", "reading_order.rs"),
        ("schemars::", "view/"),
        ("similar::", "comparison/"),
        ("unicode_segmentation::", "comparison/"),
    ];
    let source = root().join("src");
    for file in files_below(&source).iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let relative = file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).unwrap();
        for (foreign, allowed) in rooms {
            let uses = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(foreign));
            let may = allowed.split(' ').any(|room| relative.starts_with(room));
            assert!(!uses || may, "{relative} uses {foreign}");
        }
    }
}
