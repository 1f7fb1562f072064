//! What travels inside an official PDF, and the small form of one.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

use jigyo::export::{Encoding, csv_files, json};
use jigyo::pipeline::{BuildOptions, build};
use jigyo::typeset::Template;

use crate::conformance::assert_conformant;
use crate::tools::{build_folder, check_folder, root, sample_reports, texts_of};

/// The files inside a PDF, by name.
fn files_in(pdf: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let document = Document::load_mem(pdf).unwrap();
    let specifications = document.objects.values().filter_map(|object| object.as_dict().ok());
    let specifications = specifications.filter(|dictionary| dictionary.has_type(b"Filespec"));
    specifications
        .map(|specification| {
            let name = lopdf::decode_text_string(specification.get(b"UF").unwrap()).unwrap();
            let relation = specification.get(b"AFRelationship").and_then(Object::as_name).unwrap();
            assert_eq!(relation == b"Source", name.ends_with(".jigyo"), "{name}");
            let file = specification.get(b"EF").and_then(Object::as_dict).unwrap().get(b"F").unwrap();
            let (_, file) = document.dereference(file).unwrap();
            (name, file.as_stream().unwrap().decompressed_content().unwrap())
        })
        .collect()
}

fn built(folder: &std::path::Path, options: BuildOptions) -> Vec<u8> {
    let mut checked = check_folder(folder);
    build(&mut checked, Template::built_in("official").unwrap(), options).expect("builds").pdf
}

#[test]
fn the_data_in_the_pdf_is_what_export_gives() {
    for folder in sample_reports() {
        let report = check_folder(&folder).report;
        let mut expected: BTreeMap<String, Vec<u8>> =
            csv_files(&report, Encoding::Utf8).into_iter().map(|file| (file.name, file.bytes)).collect();
        expected.insert("報告書.json".to_string(), json(&report).into_bytes());
        assert_eq!(files_in(&built(&folder, BuildOptions::default())), expected);
        let drafted = built(&folder, BuildOptions { draft: true, ..BuildOptions::default() });
        assert!(files_in(&drafted).is_empty(), "a draft's figures are not to be taken for the report's");
    }
}

#[test]
fn the_manuscripts_travel_when_asked_for() {
    let folder = root().join("reports/tutorial");
    let options = BuildOptions { with_sources: true, ..BuildOptions::default() };
    let pdf = built(&folder, options);
    assert_conformant("with its manuscripts", &pdf);
    let mut found = files_in(&pdf);
    found.retain(|name, _| name.ends_with(".jigyo"));
    let manuscripts =
        crate::tools::files_below(&folder).into_iter().filter(|path| path.extension().unwrap() == "jigyo");
    let expected: BTreeMap<String, Vec<u8>> = manuscripts
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert_eq!(found, expected);
}

#[test]
fn a_compact_pdf_is_smaller_and_says_the_same() {
    for folder in sample_reports() {
        let plain = build_folder(&folder, false).1.expect("builds").pdf;
        let options = BuildOptions { compact: true, ..BuildOptions::default() };
        let compact = built(&folder, options);
        assert_eq!(compact, built(&folder, options), "the same bytes each time");
        assert!(compact.len() * 10 < plain.len() * 8, "{} of {}", compact.len(), plain.len());
        assert!(plain.len() < 1_000_000, "{}", plain.len());
        assert_conformant("compact", &compact);
        assert_eq!(files_in(&compact), files_in(&plain));
        assert_eq!(texts_of(&compact), texts_of(&plain));
        let texts = |pdf: &[u8]| crate::structure_tree::structure_of(pdf).whole_text();
        assert_eq!(texts(&compact), texts(&plain));
    }
}
