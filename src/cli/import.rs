//! `report import`: files that an office has become `.jigyo` files of a chapter.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::arguments::Import;
use super::import_chapters::write_chapters;
use super::import_summary::{Total, say_messages, summary};
use super::import_writer::{Batch, ImportTarget, Planned, WriteSummary, Writer, stem_of};
use super::overwrite::refuse_outside_of;
use super::place::{absolute, check_folder};
use super::{Failure, Outcome};
use crate::import::document::Document;
use crate::import::{Words, import, omitted_from, read_table_text, read_text, read_word, read_workbook};
use crate::load::{MAX_PICTURE_BYTES, decode, read_bounded};
use crate::model::Context;
use crate::pipeline::find_root;

pub(super) fn run(arguments: &Import) -> Result<Outcome, Failure> {
    let target = match &arguments.chapter {
        Some(chapter) => target(chapter)?,
        None => whole_report()?,
    };
    let context = context_of(&target);
    let mut words = Words::of_form(&context.form, context.fiscal_year);
    if let Some(path) = &arguments.mapping {
        let text = text_of(&path.display().to_string(), &bytes_of(path)?)?;
        words.add_mapping(&text).map_err(|reason| Failure::new(format!("対応表「{}」の{reason}。", path.display())))?;
    }
    let mut documents = Vec::new();
    let mut outcome = Outcome::Clean;
    for path in &arguments.files {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let read = read((&name, &path.display().to_string()), &|| bytes_of(path));
        if !take(&path.display().to_string(), read, &mut documents, &mut |line| say!("{line}")) {
            outcome = Outcome::Failed;
        }
    }
    if documents.is_empty() {
        return Ok(Outcome::Failed);
    }
    let mut lines = Vec::new();
    let written = match &arguments.chapter {
        Some(_) => write(&target, (&documents, &words, &context), arguments.dry_run, &mut lines),
        None => write_chapters(&target, (&documents, &context), arguments.dry_run, &mut lines),
    };
    lines.iter().for_each(|line| say!("{line}"));
    let kept = written?;
    Ok(if kept.refused > 0 || kept.written == 0 { Outcome::Failed } else { outcome })
}

pub(super) fn context_of(target: &ImportTarget) -> Context {
    target.report.as_ref().map_or_else(Context::default, |(_, checked)| {
        Context::of(checked.report.head.as_ref(), Arc::clone(&checked.report.form))
    })
}

/// Keeps what was read of a file; says why nothing was, and is then false.
pub(super) fn take(
    shown: &str,
    read: Result<Vec<Document>, Failure>,
    documents: &mut Vec<Document>,
    say: &mut dyn FnMut(String),
) -> bool {
    match read {
        Ok(read) if read.iter().all(|document| document.blocks.is_empty()) => {
            say(format!("「{shown}」には、文も表もありません。"));
            read.iter().flat_map(omitted_from).for_each(say);
            false
        }
        Ok(read) => {
            documents.extend(read);
            true
        }
        Err(Failure(message)) => {
            say(message);
            false
        }
    }
}

/// Writes what comes of the documents, or only says what it would write.
pub(super) fn write(
    target: &ImportTarget,
    (documents, words, context): (&[Document], &Words, &Context),
    dry: bool,
    lines: &mut Vec<String>,
) -> Result<WriteSummary, Failure> {
    let chapter_file = target.folder.join("章.jigyo");
    let writer = Writer { target, dry };
    let refused = |name: &str| writer.refusal(&stem_of(name, 1), &BTreeSet::new()).is_some();
    let imported = import(documents, words, context, chapter_file.is_file().then_some(&refused));
    let mut kept = WriteSummary::default();
    let batch = Batch {
        programs: &imported.programs,
        entries: imported.entries(),
        inner: Vec::new(),
        chapter: &|lines| imported.chapter(lines),
        is_own: false,
        is_listed: false,
    };
    let stems = imported.programs.iter().enumerate().map(|(at, own)| (own.name.clone(), stem_of(&own.name, at + 1)));
    let mut planned = Planned { stems: stems.collect(), ..Planned::default() };
    let written = writer.write(&batch, &mut planned, &mut kept);
    lines.append(&mut kept.lines);
    written?;
    // Nothing was written that it could stand in.
    if kept.written == 0 && kept.refused > 0 {
        lines.extend(imported.chapter_texts().iter().map(|text| format!("入れる所がありません：{text}")));
    }
    say_messages(&kept.said, lines);
    lines.extend(imported.notes.iter().cloned());
    let total = Total {
        programs: imported.programs.iter().collect(),
        sum: imported.total,
        subtotal: imported.subtotal.clone(),
    };
    summary(&total, &kept, context, dry, lines);
    Ok(kept)
}

/// `--chapter`, from the current folder or, as `report new` takes it, from the report's.
fn target(typed: &Path) -> Result<ImportTarget, Failure> {
    let here = absolute(Path::new("."))?;
    let mut folder = absolute(typed)?;
    if !folder.is_dir()
        && let Some(root) = find_root(&here)
        && root.join(typed).is_dir()
    {
        folder = root.join(typed);
    }
    if folder.is_file() {
        return Err(Failure::new(format!("「{}」はファイルです。章のフォルダーを書いてください。", typed.display())));
    }
    let existing = folder.ancestors().find(|folder| folder.is_dir()).map(Path::to_path_buf);
    let root = existing.and_then(|folder| find_root(&folder));
    if root.as_ref() == Some(&folder) {
        return Err(Failure::new(
            "「--chapter」に報告書のフォルダーそのものは書けません。その中の章のフォルダー（01_人材 など）を書いてください。",
        ));
    }
    if let Some(root) = &root {
        refuse_outside_of(root, &folder)?;
    }
    let report = root.map(|root| check_folder(&root).map(|checked| (root, checked))).transpose()?;
    Ok(ImportTarget { folder, report })
}

/// Without `--chapter`: the report that this folder lies in.
fn whole_report() -> Result<ImportTarget, Failure> {
    let here = absolute(Path::new("."))?;
    let Some(root) = find_root(&here) else {
        return Err(Failure::new(
            "ここに報告書（【報告書】のファイル）がありません。報告書のフォルダーで実行するか、「--chapter 01_人材」のように章のフォルダーを書いてください。",
        ));
    };
    let checked = check_folder(&root)?;
    Ok(ImportTarget { folder: root.clone(), report: Some((root, checked)) })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_bounded(path, MAX_PICTURE_BYTES).map_err(|error| Failure::io("を読めません", path, &error))?;
    bytes.ok_or_else(|| Failure::new(format!("「{}」は大きすぎます。", path.display())))
}

fn text_of(shown: &str, bytes: &[u8]) -> Result<String, Failure> {
    decode(bytes).map_err(|_| {
        Failure::new(format!(
            "「{shown}」の文字コードが読み取れません。メモ帳で開き、「名前を付けて保存」で「UTF-8」を選んで保存し直してください。"
        ))
    })
}

/// A file of nothing but text. Readers give nothing for one that is too large.
fn read_plain(
    (name, shown): (&str, &str),
    bytes: &[u8],
    reader: impl Fn(&str, &str) -> Vec<Document>,
) -> Result<Vec<Document>, Failure> {
    let text = text_of(shown, bytes)?;
    let first = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if ["【事業】", "【章】"].iter().any(|heading| first.starts_with(heading)) {
        return Err(Failure::new(format!(
            "「{name}」は、もう原稿の書き方（.jigyo）で書かれています。取り込まずに、名前の終わりを「.jigyo」に替えて章のフォルダーに入れてください。"
        )));
    }
    let documents = reader(name, &text);
    let is_blank = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\u{feff}');
    if documents.is_empty() && !text.chars().all(is_blank) {
        return Err(Failure::new(format!(
            "「{name}」の表は大きすぎて読めません（100,000行、1,000列まで）。取り込む行と列だけを別のファイルに写してください。"
        )));
    }
    Ok(documents)
}

/// The documents of a file, by the ending of its name; `shown` is what it is called where it cannot be read.
pub(super) fn read(
    (name, shown): (&str, &str),
    bytes: &dyn Fn() -> Result<Vec<u8>, Failure>,
) -> Result<Vec<Document>, Failure> {
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let refused = |reason: String| Failure::new(format!("{reason}。"));
    match ending.unwrap_or_default().as_str() {
        "txt" | "text" => read_plain((name, shown), &bytes()?, read_text),
        "csv" | "tsv" => read_plain((name, shown), &bytes()?, read_table_text),
        "xlsx" | "xlsm" | "ods" | "xls" => read_workbook(name, &bytes()?).map_err(refused),
        "docx" | "docm" => read_word(name, &bytes()?).map_err(refused),
        "doc" | "rtf" | "odt" | "jtd" => Err(Failure::new(format!(
            "「{name}」は、このままでは読めません。Word（一太郎）で開き、「名前を付けて保存」で種類を「Word 文書（*.docx）」にしてから取り込んでください。"
        ))),
        "pdf" => Err(Failure::new(format!(
            "「{name}」は PDF なので、このままでは読めません。元の Word か Excel のファイルを取り込んでください。なければ、PDF の文をすべて選んでメモ帳に貼り付け、「.txt」で保存してから取り込んでください。"
        ))),
        "jigyo" => Err(Failure::new(format!(
            "「{name}」は、もう原稿（.jigyo）です。取り込まずに、章のフォルダーへ写してください。"
        ))),
        _ => Err(Failure::new(format!(
            "「{name}」は読めない種類のファイルです。取り込めるのは .xlsx .xls .ods .docx .csv .tsv .txt です。"
        ))),
    }
}
