//! Which row of the ledger is which program, and the messages about those that one side alone has.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{MissingProgram, Program, Report, number_of};
use crate::source::{Files, Span};
use crate::syntax::chars::unified;
use crate::syntax::nearest;
use crate::tables::{Ledger, LedgerRow};

/// Beyond as many comparisons names are not guessed: where so much is missing nobody reads the guesses.
const MOST_GUESSES: usize = 200_000;

/// Programs with their rows, and what is left.
pub(super) struct Pairing<'a> {
    pub(super) pairs: Vec<(&'a Program, &'a LedgerRow)>,
    only_in_report: Vec<&'a Program>,
    only_in_ledger: Vec<&'a LedgerRow>,
    /// Rows that name the same program, by the place of the first of them
    again: BTreeMap<usize, Vec<&'a LedgerRow>>,
}

/// Pairs by ID, by name, by former name, then by an ID that a file's name begins with (`015` and `015_就職支援.jigyo`).
pub(super) fn pair<'a>(ledger: &'a Ledger, report: &'a Report, unread: &[(String, String)]) -> Pairing<'a> {
    let index = Index::new(ledger);
    let mut pairing =
        Pairing { pairs: Vec::new(), only_in_report: Vec::new(), only_in_ledger: Vec::new(), again: BTreeMap::new() };
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for program in report.all_programs() {
        match index.find(program).and_then(|at| Some((at, ledger.rows.get(at)?))) {
            Some((at, row)) if used.insert(at) => pairing.pairs.push((program, row)),
            // Two programs of one name were reported (J061): the row is of the first of them.
            Some((_, row)) if program.name.as_ref().is_some_and(|name| Some(&name.value) == row.name.as_ref()) => {}
            Some(_) | None => pairing.only_in_report.push(program),
        }
    }
    // What 【構成】 misses, and files that cannot be read, were reported.
    let numbers = report.missing.iter().filter_map(|MissingProgram { id, .. }| number_of(id));
    let said: BTreeSet<String> = report
        .missing
        .iter()
        .map(|MissingProgram { id, .. }| id.as_str())
        .chain(numbers)
        .chain(unread.iter().map(|(_, stem)| stem.as_str()))
        .map(unified)
        .collect();
    let is_said = |name: &Option<String>| name.as_ref().is_some_and(|name| said.contains(&unified(name)));
    for (at, row) in ledger.rows.iter().enumerate() {
        match index.first_of(row).filter(|first| *first != at) {
            Some(first) => {
                let rows = pairing.again.entry(first).or_default();
                if rows.is_empty() {
                    rows.extend(ledger.rows.get(first));
                }
                rows.push(row);
            }
            None if used.contains(&at) || is_said(&row.id) || is_said(&row.name) => {}
            None => pairing.only_in_ledger.push(row),
        }
    }
    pairing
}

/// Rows by what they are called; the first of several.
struct Index {
    by_id: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

impl Index {
    fn new(ledger: &Ledger) -> Self {
        let (mut by_id, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (at, row) in ledger.rows.iter().enumerate() {
            if let Some(id) = &row.id {
                by_id.entry(unified(id)).or_insert(at);
            }
            if let Some(name) = &row.name {
                by_name.entry(unified(name)).or_insert(at);
            }
        }
        Self { by_id, by_name }
    }

    fn find(&self, program: &Program) -> Option<usize> {
        let id = unified(&program.id);
        let named = |name: &str| self.by_name.get(&unified(name));
        let by_former_name = || program.former_names.iter().find_map(|name| named(&name.value));
        let by_number = || self.by_id.get(number_of(&id)?);
        self.by_id
            .get(&id)
            .or_else(|| named(&program.name.as_ref()?.value))
            .or_else(|| named(&program.id))
            .or_else(by_former_name)
            .or_else(by_number)
            .copied()
    }

    /// The first row that names the same program. Numbers may begin anew in each part of a ledger.
    fn first_of(&self, row: &LedgerRow) -> Option<usize> {
        match (&row.name, &row.id) {
            (Some(name), _) => self.by_name.get(&unified(name)).copied(),
            (None, id) => self.by_id.get(&unified(id.as_ref()?)).copied(),
        }
    }
}

impl Pairing<'_> {
    /// J063 for programs that one side alone has. A name that is near one of the other side is one message. Returns the
    /// programs that the ledger alone has.
    pub(super) fn say_unpaired(
        &self,
        ledger: &Ledger,
        files: &Files,
        diagnostics: &mut Diagnostics,
    ) -> Vec<MissingProgram> {
        let guessed = self.say_only_in_report(ledger, files, diagnostics);
        self.say_again(files, diagnostics);
        let rows = self.only_in_ledger.iter().filter(|row| !guessed.contains(&row.line));
        rows.filter_map(|row| say_only_in_ledger(row, diagnostics)).collect()
    }

    /// The lines of the rows that were meant.
    fn say_only_in_report(&self, ledger: &Ledger, files: &Files, diagnostics: &mut Diagnostics) -> BTreeSet<Span> {
        let file = files.get(ledger.file).name();
        let can_guess = self.only_in_report.len() * self.only_in_ledger.len() <= MOST_GUESSES;
        let mut waiting: BTreeMap<&str, Span> = BTreeMap::new();
        for row in self.only_in_ledger.iter().filter(|_| can_guess) {
            waiting.extend(row.name.as_deref().map(|name| (name, row.line)));
        }
        let mut guessed = BTreeSet::new();
        let is_of_another = self.is_of_another_report();
        if is_of_another && ledger.is_whole {
            diagnostics.push(self.of_another_report(ledger, file));
        }
        for program in self.only_in_report.iter().filter(|_| ledger.is_whole) {
            let Some(name) = &program.name else { continue };
            let near = nearest(&name.value, waiting.keys().copied());
            guessed.extend(near.and_then(|near| waiting.remove(near)));
            if near.is_none() && is_of_another {
                continue;
            }
            let help = match near {
                Some(near) => format!("台帳の「{near}」の誤りではありませんか。"),
                None => format!(
                    "事業名を確かめてください。正しければ、{file} に加えるよう、とりまとめをする課に連絡してください。"
                ),
            };
            let message = format!("「{}」は台帳にありません。", name.value);
            diagnostics.push(Diagnostic::new(Code::J063, name.span, message).help(help));
        }
        guessed
    }

    /// Most programs are not in the ledger: that is its fault, and one message.
    fn is_of_another_report(&self) -> bool {
        const FEWEST: usize = 5;
        self.only_in_report.len() >= FEWEST && self.only_in_report.len() > 2 * self.pairs.len()
    }

    fn of_another_report(&self, ledger: &Ledger, file: &str) -> Diagnostic {
        let (missing, found) = (self.only_in_report.len(), self.pairs.len());
        let place = ledger.rows.first().map_or(Span::whole_file(ledger.file), |row| row.line);
        let message = format!("台帳には、この報告書の{}事業のうち{found}事業しかありません。", missing + found);
        Diagnostic::new(Code::J063, place, message).help(format!(
            "{file} が別の年度や部局の表でないか、途中までの表でないかを確かめ、この報告書の表に替えてください。まだできていないうちは、報告書.jigyo の「台帳：」の行を消します。"
        ))
    }

    /// One message a program, at the second of its rows.
    fn say_again(&self, files: &Files, diagnostics: &mut Diagnostics) {
        const NAMED: usize = 5;
        for rows in self.again.values() {
            let [first, second, ..] = rows.as_slice() else { continue };
            let number = |row: &LedgerRow| files.get(row.line.file).position(row.line.start).line;
            let named: Vec<String> = rows.iter().take(NAMED).map(|row| format!("{}行目", number(row))).collect();
            let more = if rows.len() > NAMED { "ほか" } else { "" };
            let name = one_line(first.called().unwrap_or(""));
            let message = format!("台帳に「{name}」が{}行（{}{more}）あります。", rows.len(), named.join("、"));
            diagnostics.push(
                Diagnostic::new(Code::J063, second.line, message)
                    .help(format!("比べるのは{}行目だけです。1つの事業は1行にまとめてください。", number(first))),
            );
        }
    }
}

fn say_only_in_ledger(row: &LedgerRow, diagnostics: &mut Diagnostics) -> Option<MissingProgram> {
    let name = one_line(row.called()?);
    let department = row.department.as_deref().map(one_line);
    let owner = department.as_ref().map(|department| format!("（担当：{department}）")).unwrap_or_default();
    diagnostics.push(
        Diagnostic::new(Code::J063, row.line, format!("台帳の「{name}」{owner}の原稿がありません。")).help(format!(
            "担当課に提出を確かめてください。この報告書に載せない事業なら、報告書.jigyo に「確認済：J063「{name}」　理由」と書いてください。"
        )),
    );
    Some(MissingProgram { id: name, line: row.line, department })
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join("　")
}
