//! The table of ranks in `src/lib.rs` and the imports agree.

use std::collections::{BTreeMap, BTreeSet};
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
        ("std::fs", "load/ editing/ watch/ cli/ preview/own_files.rs"),
        ("SystemTime", "load/ watch/ cli/"),
        ("Instant::now", "load/ editing/ watch/ cli/ preview/"),
        ("ariadne::", "diagnostic/terminal.rs"),
        ("nom::", "syntax/ model/"),
        ("typst::", "typeset/"),
        ("typst_pdf::", "typeset/"),
        ("clap::", "cli/"),
        ("encoding_rs::", "load/"),
        ("typst_eval::", "typeset/"),
        ("typst_layout::", "typeset/"),
        ("typst_svg::", "typeset/"),
        ("pdf_writer::", "typeset/"),
        ("flate2::", "typeset/"),
        ("image::", "typeset/"),
        ("img_parts::", "typeset/"),
        ("rayon::", "typeset/ pipeline/"),
        ("notify::", "watch/"),
        ("httparse::", "preview/"),
        ("ctrlc::", "cli/"),
        ("open::", "cli/"),
        ("csv::", "tables/ import/"),
        ("quick_xml::", "xml.rs import/xml.rs"),
        ("rust_xlsxwriter::", "export/"),
        ("minijinja::", "web/"),
        ("zip::", "export/ import/ word/"),
        ("docx_rs::", "word/"),
        ("resvg::", "typeset/"),
        ("aho_corasick::", "checks/"),
        ("icu_collator::", "reading_order.rs"),
        ("icu_locale_core::", "reading_order.rs"),
        ("schemars::", "view/"),
        ("similar::", "comparison/ editing/"),
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

/// A room's files, each with the others that it names.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// What stands behind each `super::` and `crate::room::` of a text: first names only.
fn names_behind(text: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in text.split(prefix).skip(1) {
        let tree = if rest.starts_with('{') {
            rest.split(';').next().unwrap().trim_start_matches('{').to_string()
        } else {
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        let mut depth = 0;
        let mut name = String::new();
        for c in tree.chars().chain([',']) {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth <= 0 => names.push(std::mem::take(&mut name).trim().to_string()),
                c if depth == 0 => name.push(c),
                _ => {}
            }
        }
    }
    names.iter().map(|name| name.split([':', ' ']).next().unwrap().to_string()).collect()
}

/// Where the items that a room's `mod.rs` passes on are written.
fn passed_on(room: &str) -> BTreeMap<String, String> {
    let mut homes = BTreeMap::new();
    for statement in room.split(';') {
        let Some((_, tree)) = statement.split_once("use ") else { continue };
        let Some((module, items)) = tree.split_once("::") else { continue };
        for item in items.split([',', '{', '}']).map(str::trim).filter(|item| !item.is_empty()) {
            homes.insert(item.to_string(), module.to_string());
        }
    }
    homes
}

fn graph_of(room: &str) -> Graph {
    let folder = root().join("src").join(room);
    let homes = passed_on(&fs::read_to_string(folder.join("mod.rs")).unwrap());
    let mut graph = Graph::new();
    for file in files_below(&folder).iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        let name = file.file_stem().unwrap().to_string_lossy().to_string();
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.join("\n");
        let named = names_behind(&code, "super::").into_iter().chain(names_behind(&code, &format!("crate::{room}::")));
        graph.insert(name, named.map(|name| homes.get(&name).cloned().unwrap_or(name)).collect());
    }
    graph.remove("mod");
    graph
}

/// The way from a file back to itself.
fn circle(graph: &Graph, path: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
    let last = path.last().unwrap().clone();
    for next in graph.get(&last)?.iter().filter(|next| **next != last) {
        if let Some(start) = path.iter().position(|file| file == next) {
            return Some(path[start..].to_vec());
        }
        if !done.contains(next) {
            path.push(next.clone());
            if let Some(found) = circle(graph, path, done) {
                return Some(found);
            }
            path.pop();
        }
    }
    done.insert(last);
    None
}

#[test]
fn files_of_a_room_name_each_other_in_no_circle() {
    for room in ranks().keys().filter(|room| root().join("src").join(room).is_dir()) {
        let graph = graph_of(room);
        assert!(graph.len() < 2 || graph.values().any(|named| !named.is_empty()), "{room}: nothing was read");
        let mut done = BTreeSet::new();
        for file in graph.keys() {
            assert_eq!(circle(&graph, &mut vec![file.clone()], &mut done), None, "{room}");
        }
    }
}

/// `src/form/list.rs`, `templates/*/list.typ`, `forms.rs`: each is there, a bare name somewhere.
#[test]
fn every_file_that_the_map_names_is_there() {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let (_, map) = text.split_once("## Where do I begin?").unwrap();
    let (map, _) = map.split_once("\n## ").unwrap();
    let files: Vec<String> = ["src", "templates", "tests", "docs", "fuzz"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder)))
        .map(|file| file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"))
        .collect();
    let is_file = |name: &&str| {
        [".rs", ".typ", ".md", ".js", ".css", ".json"].iter().any(|end| name.ends_with(end)) && !name.contains("CODE")
    };
    let is_there = |name: &str| {
        let (before, after) = name.split_once('*').unwrap_or((name, ""));
        files.iter().any(|file| {
            let file = if name.contains('/') { file.as_str() } else { file.rsplit('/').next().unwrap() };
            if name.contains('*') { file.starts_with(before) && file.ends_with(after) } else { file == name }
        })
    };
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).filter(is_file).collect();
    assert!(named.len() > 80);
    let missing: Vec<&&str> = named.iter().filter(|name| !is_there(name)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

#[test]
fn the_top_level_holds_what_its_ecosystem_expects() {
    let expected = [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE",
        "CHANGELOG.md",
        "README.md",
        "build.rs",
        "clippy.toml",
        "rustfmt.toml",
        "src",
        "reports",
        "templates",
        "tests",
        "docs",
        "benches",
        "fuzz",
        "editors",
        "target",
    ];
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strange: Vec<String> =
        entries.filter(|name| !name.starts_with('.') && !expected.contains(&name.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
