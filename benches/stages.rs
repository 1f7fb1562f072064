//! Speed of the stages inside the program, on the real chapter and on many copies of it.
//!
//! `cargo bench` prints the figures. Whole processes, side by side with the plain typesetter, are measured by
//! `benches/side_by_side.py`.

use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use jigyo::diagnostic::Diagnostics;
use jigyo::load::Memory;
use jigyo::pipeline::{BuildOptions, build, check, view_json};
use jigyo::source::Files;
use jigyo::syntax::parse;
use jigyo::typeset::Template;

fn main() {
    divan::main();
}

fn chapter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/aomori-r2")
}

/// The real chapter as `copies` chapters, names and IDs made different.
fn copies(copies: usize) -> Memory {
    let mut disk = Memory::new();
    let folder = chapter();
    let report = fs::read_to_string(folder.join("報告書.jigyo")).expect("the sample is there");
    let head = report.split("【構成】").next().unwrap_or("");
    disk.insert("報告書.jigyo", head);
    for entry in fs::read_dir(folder.join("01_人材")).expect("the sample is there") {
        let path = entry.expect("is readable").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("is text");
        for copy in 1..=copies {
            let text = match name.as_str() {
                "章.jigyo" => text.split("【構成】").next().unwrap_or("").to_string(),
                _ => text.replacen('\n', &format!("（{copy}）\n"), 1),
            };
            let stem =
                if name == "章.jigyo" { name.clone() } else { name.replace(".jigyo", &format!("_{copy}.jigyo")) };
            disk.insert(format!("{copy:03}/{stem}"), text);
        }
    }
    disk
}

#[divan::bench]
fn parse_all_files(bencher: Bencher<'_, '_>) {
    let disk = copies(10);
    let mut files = Files::new();
    for path in disk.paths() {
        files.add(path, String::from_utf8_lossy(disk.get(path).unwrap_or_default()));
    }
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut diagnostics = Diagnostics::new();
        for file in files.iter() {
            divan::black_box(parse(file, &mut diagnostics));
        }
    });
}

#[divan::bench(args = [1, 10, 100, 256])]
fn check_copies(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies(count);
    bencher.bench(|| check(&disk).map(|checked| checked.diagnostics.has_errors()).ok());
}

#[divan::bench(args = [1, 10, 100])]
fn view_copies(bencher: Bencher<'_, '_>, count: usize) {
    let checked = check(&copies(count)).expect("is read");
    bencher.bench(|| view_json(&checked, false).len());
}

#[divan::bench(args = [1, 10], sample_count = 5)]
fn build_copies(bencher: Bencher<'_, '_>, count: usize) {
    let disk = copies(count);
    bencher.bench(|| {
        let mut checked = check(&disk).expect("is read");
        let template = Template::built_in("official").expect("is built in");
        build(&mut checked, template, BuildOptions::default()).map(|built| built.pdf.len())
    });
}
