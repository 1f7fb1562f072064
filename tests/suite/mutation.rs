//! Whole reports, made wrong in every way that a disk, an editor or a copy can: no panic, no case that takes a second,
//! no memory that grows.
//!
//! A fixed number of cases in every run. More by hand:
//! `MUTATIONS=1000000 MUTATION_SEED=7 cargo test --release --test suite mutation -- --nocapture`.
//! Each case has a seed of its own. One that fails is written to `target/mutations/SEED`, and
//! `MUTATIONS=1 MUTATION_SEED=SEED` runs it again.

use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jigyo::diagnostic::Code;
use jigyo::export::{Encoding, csv_files, json, workbook};
use jigyo::load::{Memory, RewriteError, decode, rewrite};
use jigyo::model::Report;
use jigyo::pipeline::{Checked, check, view_json};

use crate::exported::{from_csv, from_workbook};
use crate::mangle::mangle;
use crate::properties::{assert_format_keeps, draw_all};
use crate::tools::{folders_in, in_memory, root, sample_reports};

const USUAL_CASES: u64 = 20_000;
const USUAL_SEED: u64 = 20_200_401;
const LONGEST: Duration = Duration::from_secs(1);

pub(crate) fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// Every sample and every case, and the samples again in parts: three programs to a report are checked ten times sooner.
fn corpus() -> Vec<Memory> {
    let mut corpus: Vec<Memory> =
        folders_in(&root().join("tests/cases/check")).iter().map(|case| in_memory(case)).collect();
    for sample in sample_reports().iter().map(|sample| in_memory(sample)) {
        let is_program = |path: &&str| {
            sample
                .get(path)
                .and_then(|bytes| std::str::from_utf8(bytes).ok())
                .is_some_and(|text| text.starts_with("【事業】"))
        };
        let programs: Vec<&str> = sample.paths().filter(is_program).collect();
        for some in programs.chunks(3) {
            let mut part = sample.clone();
            for other in programs.iter().filter(|other| !some.contains(other)) {
                part.remove(other);
            }
            corpus.push(part);
        }
        corpus.push(sample);
    }
    corpus
}

/// What must hold of any report.
fn judge(disk: &Memory, seed: u64) {
    let checked = check(disk).unwrap();
    draw_all(&checked);
    match seed % 8 {
        0 | 1 => drop(view_json(&checked, true)),
        2 if !checked.diagnostics.has_errors() => drop(view_json(&checked, false)),
        3 => mend(disk, &checked),
        4 => {
            let texts: Vec<String> = disk.paths().filter_map(|path| decode(disk.get(path)?).ok()).collect();
            let text = &texts[seed as usize / 8 % texts.len().max(1)..];
            // A long text's formatting is compared line by line with much else: it has had its check.
            if let Some(text) = text.first().filter(|text| text.len() < 20_000) {
                assert_format_keeps(text);
            }
        }
        5 => export_all(&checked.report, seed % 64 == 5),
        _ => {}
    }
}

/// Whatever was read, its tables have as many cells in each row, and its document can be read.
fn export_all(report: &Report, as_workbook: bool) {
    from_csv(&csv_files(report, Encoding::Utf8));
    drop(serde_json::from_str::<serde_json::Value>(&json(report)).unwrap());
    // To read back a workbook of thousands of rows takes most of a second by itself.
    let rows: usize = report.all_programs().flat_map(|program| program.tables()).map(|table| table.rows.len()).sum();
    if as_workbook && rows < 2_000 {
        from_workbook(&workbook(report).unwrap().bytes);
    }
}

/// Every certain mend can be written, or the file's encoding lacks its character.
fn mend(disk: &Memory, checked: &Checked) {
    for diagnostic in checked.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::J045) {
        if let Some(edit) = &diagnostic.fix {
            let typed = checked.files.slice(edit.span);
            assert_eq!(
                typed.split([' ', '　', '\t', '\u{A0}']).collect::<String>(),
                edit.replacement,
                "blanks alone go"
            );
        }
    }
    for file in checked.files.iter() {
        let edits = checked.diagnostics.certain_edits();
        let edits: Vec<(Range<usize>, &str)> = edits
            .iter()
            .filter(|edit| edit.span.file == file.id())
            .map(|edit| (edit.span.start..edit.span.end, edit.replacement.as_str()))
            .collect();
        // Two names that differ by か + ゛ alone are one path: the other file is not meant.
        let is_its_text = |bytes: &&[u8]| decode(bytes).as_deref() == Ok(file.text());
        let Some(bytes) = disk.get(file.path()).filter(|_| !edits.is_empty()).filter(is_its_text) else { continue };
        match rewrite(bytes, &edits) {
            Ok(mended) => assert!(mended != bytes),
            Err(RewriteError::Unencodable(_)) => {}
            Err(RewriteError::OtherText) => panic!("{}: a mend is not of its text: {edits:?}", file.path()),
        }
    }
}

fn case(corpus: &[Memory], seed: u64) -> Memory {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut disk = corpus[random.usize(..corpus.len())].clone();
    if disk.paths().count() > 12 && random.u8(..) > 4 {
        // A whole sample is dear.
        disk = corpus[random.usize(..corpus.len().min(60))].clone();
    }
    for _ in 0..random.usize(1..4) {
        mangle(&mut disk, corpus, &mut random);
    }
    disk
}

/// What a case needed, or how it failed.
fn run(make: impl Fn(u64) -> Memory, judge: fn(&Memory, u64), seed: u64) -> Result<Duration, String> {
    let disk = make(seed);
    let clock = Clock::start();
    let result = catch_unwind(AssertUnwindSafe(|| judge(&disk, seed)));
    let needed = clock.elapsed();
    if result.is_err() {
        return Err(format!("seed {seed} panics: {}", keep(&disk, seed).display()));
    }
    if needed >= LONGEST {
        return Err(format!("seed {seed} takes {needed:?}: {}", keep(&disk, seed).display()));
    }
    Ok(needed)
}

/// Time of this thread on a processor, where the system tells it: a machine that does something else meanwhile is no fault.
struct Clock {
    started: Instant,
    worked: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { started: Instant::now(), worked: Self::worked() }
    }

    fn elapsed(&self) -> Duration {
        match (self.worked, Self::worked()) {
            (Some(before), Some(now)) => now - before,
            _ => self.started.elapsed(),
        }
    }

    fn worked() -> Option<Duration> {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
    }
}

/// Writes a case so that it can become one of `tests/cases`. What no disk can hold is left out.
fn keep(disk: &Memory, seed: u64) -> PathBuf {
    let folder = root().join("target/mutations").join(seed.to_string());
    for path in disk.paths() {
        let target = folder.join(path);
        if let Some(parent) = target.parent() {
            let _ = fs::create_dir_all(parent);
            let _ = fs::write(target, disk.get(path).unwrap());
        }
    }
    folder
}

/// Bytes of this process that are in memory; nothing where the system does not say so in this way.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}

#[test]
fn any_report_is_checked_without_a_panic_and_in_time() {
    let corpus = corpus();
    run_all(number("MUTATIONS", USUAL_CASES), USUAL_CASES, |seed| case(&corpus, seed), judge);
}

/// Makes and judges `cases` reports on every processor. Memory is measured in what is more than a `usual` run.
pub(crate) fn run_all(cases: u64, usual: u64, make: impl Fn(u64) -> Memory + Sync, judge: fn(&Memory, u64)) {
    let seed = number("MUTATION_SEED", USUAL_SEED);
    let (next, slowest) = (AtomicU64::new(0), Mutex::new((Duration::ZERO, 0)));
    let (failures, sizes) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let done = next.fetch_add(1, Ordering::Relaxed);
                    if done >= cases || failures.lock().unwrap().len() >= 20 {
                        break;
                    }
                    match run(&make, judge, seed.wrapping_add(done)) {
                        Ok(needed) => {
                            let mut slowest = slowest.lock().unwrap();
                            *slowest = (*slowest).max((needed, seed.wrapping_add(done)));
                        }
                        Err(failure) => failures.lock().unwrap().push(failure),
                    }
                    if done % (cases / 100).max(1) == 0 {
                        sizes.lock().unwrap().extend(resident());
                    }
                }
            });
        }
    });
    let (failures, sizes, slowest) =
        (failures.into_inner().unwrap(), sizes.into_inner().unwrap(), slowest.into_inner().unwrap());
    let size = |place: usize| sizes.get(place).map_or_else(|| "?".to_string(), |bytes| format!("{} MB", bytes >> 20));
    eprintln!(
        "{} cases from seed {seed} in {:.0} s, slowest {:?} (seed {}), memory {} after a tenth, {} at the end",
        next.into_inner().min(cases),
        started.elapsed().as_secs_f64(),
        slowest.0,
        slowest.1,
        size(sizes.len() / 10),
        size(sizes.len().saturating_sub(1)),
    );
    assert_eq!(failures, Vec::<String>::new());
    // Other tests share this process unless the run is a long one by hand.
    if cases > usual
        && let (Some(early), Some(late)) = (sizes.get(sizes.len() / 10), sizes.last())
    {
        assert!(*late < early + (64 << 20), "memory grows: {sizes:?}");
    }
}
