//! `report export`

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::arguments::{CsvEncoding, Export, ExportKind};
use super::options::Format;
use super::output::{say_all, show};
use super::overwrite::{refuse_others, write_own};
use super::place::{check_folder, locate, name_of};
use super::{Failure, Outcome, export_web, export_word};
use crate::export::{Changed, Encoding, csv_files, is_own_csv, is_own_json, is_own_workbook, json, workbook};
use crate::model::Report;
use crate::pipeline::{Edition, EditionRequest, edition};

/// A file to write.
struct OutputFile {
    path: PathBuf,
    bytes: Vec<u8>,
    is_own: fn(&[u8]) -> bool,
    /// What is not in it as it was typed
    changed: Vec<Changed>,
}

pub(super) fn run(arguments: &Export) -> Result<Outcome, Failure> {
    if arguments.encoding != CsvEncoding::Utf8 && arguments.kind != ExportKind::Csv {
        return Err(Failure::new("「--encoding」は、csv を書き出すときだけ使えます。"));
    }
    if arguments.template.is_some() && arguments.kind != ExportKind::Html {
        return Err(Failure::new("「--template」は、html を書き出すときだけ使えます。"));
    }
    if !arguments.only.is_empty() && arguments.kind != ExportKind::Docx {
        return Err(Failure::new("「--only」は、docx を書き出すときだけ使えます。"));
    }
    let place = locate(arguments.path.as_deref())?;
    if arguments.kind == ExportKind::Docx {
        return export_word::run(arguments, &place.root);
    }
    let checked = check_folder(&place.root)?;
    if edition(&checked, EditionRequest::Official) == Edition::Refused {
        let outcome = show(&checked, &place.root, None, &arguments.messages)?;
        if arguments.messages.message_format == Format::Human {
            say!("エラーがあるため、データを書き出しませんでした。前に書き出したファイルは、そのまま残してあります。");
        }
        return Ok(outcome);
    }
    if arguments.kind == ExportKind::Html {
        return export_web::run(arguments, &checked, &place.root);
    }
    let folder = arguments.output.clone().unwrap_or_else(|| place.root.join("out"));
    let outputs = outputs(arguments, &checked.report, &|rest| folder.join(format!("{}{rest}", name_of(&place.root))))?;
    // All or none: a file of somebody else's is found before the first is written.
    for output in &outputs {
        refuse_others(&output.path, output.is_own)?;
    }
    for output in &outputs {
        write_own(&output.path, &output.bytes, output.is_own)?;
        say!("「{}」に書きました。", output.path.display());
    }
    say_all(&changes_of(&outputs))?;
    Ok(Outcome::Clean)
}

/// The files; `named` gives the path of one by the end of its name.
fn outputs(arguments: &Export, report: &Report, named: &dyn Fn(&str) -> PathBuf) -> Result<Vec<OutputFile>, Failure> {
    let encoding = match arguments.encoding {
        CsvEncoding::Utf8 => Encoding::Utf8,
        CsvEncoding::Cp932 => Encoding::Cp932,
    };
    Ok(match arguments.kind {
        ExportKind::Csv => csv_files(report, encoding)
            .into_iter()
            .map(|file| OutputFile {
                path: named(&format!("_{}", file.name)),
                bytes: file.bytes,
                is_own: is_own_csv,
                changed: file.changed,
            })
            .collect(),
        // A folder of its own, written by `export_web`
        ExportKind::Html => Vec::new(),
        // Written by `export_word`
        ExportKind::Docx => Vec::new(),
        ExportKind::Json => vec![OutputFile {
            path: named(".json"),
            bytes: json(report).into_bytes(),
            is_own: is_own_json,
            changed: Vec::new(),
        }],
        ExportKind::Xlsx => {
            let path = named(".xlsx");
            let book = workbook(report).ok_or_else(|| {
                Failure::new(format!(
                    "「{}」は作れません。Excel の1枚のシートに入る行の数を超えます。csv を使ってください。",
                    path.display()
                ))
            })?;
            vec![OutputFile { path, bytes: book.bytes, is_own: is_own_workbook, changed: book.changed }]
        }
    })
}

/// What could not be written as it is, place by place.
fn changes_of(outputs: &[OutputFile]) -> String {
    let mut text = String::new();
    for output in outputs.iter().filter(|output| !output.changed.is_empty()) {
        let lost: usize = output.changed.iter().map(|changed| changed.lost.chars().count()).sum();
        let what = match lost {
            0 => format!("1つの欄に入らない長い文が {} 件あり、途中までを書きました。", output.changed.len()),
            _ => format!("この文字コードで書けない文字が {lost} 字あり、〓 にしました。"),
        };
        text.push_str(&format!("「{}」：{what}\n", output.path.display()));
        // A name is repeated in many rows: its loss is one line.
        let mut places: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
        for changed in &output.changed {
            places.entry((changed.table, changed.column, &changed.lost)).or_default().push(changed.row);
        }
        for ((table, column, lost), rows) in places {
            let characters: String = lost.chars().map(character).collect();
            text.push_str(&format!("  {table}　{column}{characters}　{}行目\n", runs(&rows)));
        }
    }
    text
}

/// 2～5、9: rows in their order.
fn runs(rows: &[usize]) -> String {
    let runs = rows.chunk_by(|one, next| one + 1 == *next).filter_map(|run| Some((run.first()?, run.last()?)));
    let runs = runs.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}～{last}") });
    runs.collect::<Vec<_>>().join("、")
}

/// A character with its number: it may be one that the screen cannot show either.
fn character(c: char) -> String {
    format!("　「{c}」（番号 {:X}）", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_follow_each_other_are_a_run() {
        assert_eq!(runs(&[2, 3, 4, 9, 11, 12]), "2～4、9、11～12");
    }
}
