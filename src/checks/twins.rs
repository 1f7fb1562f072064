//! J008: two programs that look like one and its copy under another name. Counted twice, they double their sums.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{Amount, BlockKind, Program, Report, Value};
use crate::source::FileId;
use crate::syntax::Scope;
use crate::syntax::chars::{unified, without_blanks};

/// What more programs share is a standard text of the office.
const MOST_SHARING: usize = 6;
/// Shorter results are the same by chance: 補助金を交付した。
const SHORTEST: u32 = 40;
/// The same where the amounts differ too
const SHORTEST_OF_TWO_AMOUNTS: u32 = 150;
/// The same where sentences alone are compared
const SHORTEST_OF_ALL_SENTENCES: u32 = 80;

/// The sentences of a program's results and the rows of its tables, as numbers with their lengths.
#[derive(Debug, Default)]
pub struct Fingerprint {
    sentences: BTreeMap<u64, u32>,
    rows: BTreeMap<u64, u32>,
}

impl Fingerprint {
    /// What a program is and ※ are left out: they may be the same in all programs of one law.
    pub fn new(program: &Program) -> Self {
        let mut print = Self::default();
        let prose = program.prose().filter(|(kind, _)| kind.spec().speaks_of == Scope::OfTheYear);
        let blocks = prose.flat_map(|(_, prose)| &prose.blocks).filter(|block| block.kind != BlockKind::Note);
        for line in blocks.flat_map(|block| &block.lines) {
            line.value.split_inclusive('。').for_each(|sentence| add(&mut print.sentences, sentence));
        }
        for row in program.tables().flat_map(|table| &table.rows) {
            let values = row.values.iter().map(|value| match value {
                Value::Own(cell) | Value::Computed(cell) => cell.text(),
                Value::Shared { .. } => "↑".to_string(),
                Value::Hole(_) => String::new(),
            });
            let cells: Vec<String> = std::iter::once(row.label.text()).chain(values).collect();
            add(&mut print.rows, &cells.join("｜"));
        }
        print
    }

    fn length(&self) -> u32 {
        self.sentences.values().chain(self.rows.values()).sum()
    }
}

fn add(units: &mut BTreeMap<u64, u32>, text: &str) {
    let text = without_blanks(text);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    if !text.is_empty() {
        units.insert(hasher.finish(), u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    }
}

/// What two programs share.
#[derive(Debug, Default, Clone, Copy)]
struct InCommon {
    reading: bool,
    former_name: bool,
    /// One is called what the other was called before.
    left_behind: bool,
    sentences: u32,
    rows: u32,
}

/// Says each pair once, at the later program.
pub fn check_twins(report: &Report, prints: &BTreeMap<FileId, Arc<Fingerprint>>, diagnostics: &mut Diagnostics) {
    let programs: Vec<&Program> =
        report.printed_programs().map(|(_, program)| program.as_ref()).filter(|program| !program.is_fresh).collect();
    let empty = Fingerprint::default();
    let print_of =
        |index: usize| programs.get(index).and_then(|program| prints.get(&program.file)).map_or(&empty, Arc::as_ref);
    let mut pairs: BTreeMap<(usize, usize), InCommon> = BTreeMap::new();
    share_names(&programs, &mut pairs);
    share_texts(programs.len(), &print_of, |print| &print.sentences, |shared| &mut shared.sentences, &mut pairs);
    share_texts(programs.len(), &print_of, |print| &print.rows, |shared| &mut shared.rows, &mut pairs);
    for ((first, second), shared) in pairs {
        let prints = (print_of(first), print_of(second));
        let (Some(first), Some(second)) = (programs.get(first), programs.get(second)) else { continue };
        let is_amount = has_same_amount(first, second);
        let shortest = if is_amount { SHORTEST } else { SHORTEST_OF_TWO_AMOUNTS };
        let is_text = is_most(prints.0, prints.1, shared, shortest)
            || (is_amount && are_all_sentences(prints.0, prints.1, shared));
        if let Some(diagnostic) = judge(first, second, shared, is_text, is_amount) {
            diagnostics.push(diagnostic);
        }
    }
}

/// よみ, 旧名称, and 旧名称 beside the name that is still there.
fn share_names(programs: &[&Program], pairs: &mut BTreeMap<(usize, usize), InCommon>) {
    let (mut readings, mut former, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (index, program) in programs.iter().enumerate() {
        let name = program.name.as_ref().map(|name| unified(&name.value));
        names.extend(name.map(|name| (name, index)));
        let reading = program.reading.as_ref().map(|reading| unified(&reading.value));
        if let Some(first) = reading.and_then(|reading| first_of(&mut readings, reading, index)) {
            pairs.entry((first, index)).or_default().reading = true;
        }
        for name in &program.former_names {
            if let Some(first) = first_of(&mut former, unified(&name.value), index) {
                pairs.entry((first, index)).or_default().former_name = true;
            }
        }
    }
    for (index, program) in programs.iter().enumerate() {
        let others = program.former_names.iter().filter_map(|name| names.get(&unified(&name.value)));
        for other in others.filter(|other| **other != index) {
            pairs.entry((index.min(*other), index.max(*other))).or_default().left_behind = true;
        }
    }
}

/// The program that had it first, where that is another one.
fn first_of(seen: &mut BTreeMap<String, usize>, key: String, index: usize) -> Option<usize> {
    let first = *seen.entry(key).or_insert(index);
    (first != index).then_some(first)
}

fn share_texts<'a>(
    count: usize,
    print_of: &impl Fn(usize) -> &'a Fingerprint,
    units: impl Fn(&Fingerprint) -> &BTreeMap<u64, u32>,
    sum: impl Fn(&mut InCommon) -> &mut u32,
    pairs: &mut BTreeMap<(usize, usize), InCommon>,
) {
    let mut places: Vec<(u64, u32, usize)> = (0..count)
        .flat_map(|index| units(print_of(index)).iter().map(move |(unit, length)| (*unit, *length, index)))
        .collect();
    places.sort_unstable();
    for same in places.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=MOST_SHARING).contains(&same.len())) {
        for (at, (_, length, first)) in same.iter().enumerate() {
            for (_, _, second) in same.get(at + 1..).unwrap_or(&[]) {
                *sum(pairs.entry((*first, *second)).or_default()) += length;
            }
        }
    }
}

/// Whether most of what was reached is told in the same words and with the same figures. Two parts of one series may
/// share their words: their figures differ.
fn is_most(first: &Fingerprint, second: &Fingerprint, shared: InCommon, shortest: u32) -> bool {
    let least = |units: fn(&Fingerprint) -> &BTreeMap<u64, u32>| {
        let length = |print| units(print).values().sum::<u32>();
        length(first).min(length(second))
    };
    let (sentences, rows) = (least(|print| &print.sentences), least(|print| &print.rows));
    let has_tables = rows > 0;
    let long_enough = first.length().min(second.length()) >= shortest;
    let most = |part: u32, whole: u32, percent: u32| part.saturating_mul(100) >= whole.saturating_mul(percent);
    long_enough
        && most(shared.sentences, sentences, if has_tables { 60 } else { 80 })
        && most(shared.rows, rows, 50)
        && (has_tables || first.rows.len() == second.rows.len())
}

/// Whether everything that was told is told in the same words, and much was: a figure of a small table may have been put right in the
/// copy. Only beside the same amount.
fn are_all_sentences(first: &Fingerprint, second: &Fingerprint, shared: InCommon) -> bool {
    let length = |print: &Fingerprint| print.sentences.values().sum::<u32>();
    let is_all = length(first) == shared.sentences && length(second) == shared.sentences;
    is_all && shared.sentences >= SHORTEST_OF_ALL_SENTENCES
}

fn has_same_amount(first: &Program, second: &Program) -> bool {
    match (first.amount, second.amount) {
        (Some(Amount::Value(one)), Some(Amount::Value(other))) => one == other && one != 0,
        _ => false,
    }
}

fn judge(first: &Program, second: &Program, shared: InCommon, is_text: bool, is_amount: bool) -> Option<Diagnostic> {
    let (name, other) = (second.name.as_ref()?, first.name.as_ref()?);
    // Two of one name are J061.
    if unified(&name.value) == unified(&other.value) {
        return None;
    }
    let is_series = is_series(&name.value, &other.value);
    let is_name = (shared.reading || shared.former_name || shared.left_behind) && !is_series;
    if !is_text && !is_name {
        return None;
    }
    let is_certain = is_text || is_amount || shared.reading;
    let mut same: Vec<&str> = Vec::new();
    same.extend(shared.reading.then_some("よみ"));
    same.extend(shared.former_name.then_some("旧名称"));
    same.extend(is_amount.then_some("事業費"));
    same.extend(is_text.then_some("実績と指標の大半"));
    let why = match same.as_slice() {
        _ if shared.left_behind => "一方の旧名称が、もう一方の事業名です".to_string(),
        same => format!("{}が同じです", same.join("・")),
    };
    let message = format!("「{}」と「{}」は、同じ事業の写しではありませんか（{why}）。", other.value, name.value);
    let diagnostic = Diagnostic::new(Code::J008, name.span, message)
        .help(
            "同じ事業なら、古いほうのファイルをフォルダー「_旧」に移してください。両方あると、事業費が合計に2回入ります。\n別の事業なら、写したままの所（よみ・旧名称・実績）を直してください。",
        )
        .or_acknowledge("【事業】", &name.value)
        .related(other.span, "もう1つはここです");
    Some(if is_certain { diagnostic } else { diagnostic.severity(Severity::Warning) })
}

/// （前期） and （後期）, 第1回 and 第2回: the names differ in a remark behind them or in figures alone.
fn is_series(one: &str, other: &str) -> bool {
    let base = |name: &str| {
        let name = unified(name);
        let bare =
            name.strip_suffix(')').and_then(|body| body.rsplit_once('(')).map_or(name.as_str(), |(base, _)| base);
        bare.trim_end_matches(|c: char| "ⅠⅡⅢⅣIV一二三四五".contains(c)).replace(|c: char| c.is_ascii_digit(), "")
    };
    base(one) == base(other)
}
