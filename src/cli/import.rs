//! `report import`: files that an office has become `.jigyo` files of a chapter. The only part of it that touches the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::arguments::Import;
use super::composition::add_to_composition;
use super::file_name::file_stem;
use super::overwrite::refuse_outside_of;
use super::place::{absolute, check_folder, relative};
use super::{Failure, Outcome};
use crate::checks::is_copy;
use crate::import::document::Document;
use crate::import::{
    Imported, Message, Words, Written, import, omitted_from, read_table_text, read_text, read_word, read_workbook,
};
use crate::load::{MAX_FILE_BYTES, MAX_PICTURE_BYTES, create_new, decode, read_bounded};
use crate::model::{Context, format_amount};
use crate::pipeline::{Checked, find_root};

/// The chapter's folder that files go to, and the report around it.
struct Target {
    folder: PathBuf,
    report: Option<(PathBuf, Checked)>,
}

pub(super) fn run(arguments: &Import) -> Result<Outcome, Failure> {
    let target = target(&arguments.chapter)?;
    let mut words = Words::default();
    if let Some(path) = &arguments.mapping {
        let text = text_of(path, &bytes_of(path)?)?;
        words.add_mapping(&text).map_err(|reason| Failure::new(format!("対応表「{}」の{reason}。", path.display())))?;
    }
    let mut documents = Vec::new();
    let mut outcome = Outcome::Clean;
    for path in &arguments.files {
        match read(path) {
            Ok(read) if read.iter().all(|document| document.blocks.is_empty()) => {
                say!("「{}」には、文も表もありません。", path.display());
                read.iter().flat_map(omitted_from).for_each(|note| say!("{note}"));
                outcome = Outcome::Failed;
            }
            Ok(read) => documents.extend(read),
            Err(Failure(message)) => {
                say!("{message}");
                outcome = Outcome::Failed;
            }
        }
    }
    if documents.is_empty() {
        return Ok(Outcome::Failed);
    }
    let context =
        target.report.as_ref().map_or_else(Context::default, |(_, checked)| Context::of(checked.report.head.as_ref()));
    let chapter_file = target.folder.join("章.jigyo");
    let writer = Writer { target: &target, dry: arguments.dry_run };
    let refused = |name: &str| writer.refusal(&stem_of(name, 1), &BTreeSet::new()).is_some();
    let imported = import(&documents, &words, &context, chapter_file.is_file().then_some(&refused));
    let kept = writer.write(&imported)?;
    // Nothing was written that it could stand in.
    if kept.written == 0 && kept.refused > 0 {
        imported.chapter_texts().for_each(|text| say!("入れる所がありません：{text}"));
    }
    say_messages(&kept.said);
    imported.notes.iter().for_each(|note| say!("{note}"));
    summary(&imported, &kept, &context, arguments.dry_run);
    Ok(if kept.refused > 0 || kept.written == 0 { Outcome::Failed } else { outcome })
}

/// `--chapter`, from the current folder or, as `report new` takes it, from the report's.
fn target(typed: &Path) -> Result<Target, Failure> {
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
    Ok(Target { folder, report })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_bounded(path, MAX_PICTURE_BYTES).map_err(|error| Failure::io("を読めません", path, &error))?;
    bytes.ok_or_else(|| Failure::new(format!("「{}」は大きすぎます。", path.display())))
}

fn text_of(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    decode(bytes).map_err(|_| {
        Failure::new(format!(
            "「{}」の文字コードが読み取れません。メモ帳で開き、「名前を付けて保存」で「UTF-8」を選んで保存し直してください。",
            path.display()
        ))
    })
}

/// The documents of a file, by its ending.
fn read(path: &Path) -> Result<Vec<Document>, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let refused = |reason: String| Failure::new(format!("{reason}。"));
    match ending.as_str() {
        "txt" | "text" => Ok(read_text(&name, &text_of(path, &bytes_of(path)?)?)),
        "csv" | "tsv" => Ok(read_table_text(&name, &text_of(path, &bytes_of(path)?)?)),
        "xlsx" | "xlsm" | "ods" | "xls" => read_workbook(&name, &bytes_of(path)?).map_err(refused),
        "docx" | "docm" => read_word(&name, &bytes_of(path)?).map_err(refused),
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

#[derive(Default)]
struct Kept {
    written: usize,
    refused: usize,
    /// Of a dry run: what it would write
    files: Vec<String>,
    /// Where a person must decide: file and line, words, where it came from
    said: Vec<(String, String)>,
}

struct Writer<'a> {
    target: &'a Target,
    dry: bool,
}

impl Writer<'_> {
    fn write(&self, imported: &Imported) -> Result<Kept, Failure> {
        let mut kept = Kept::default();
        let mut wanted: Vec<(String, &Written)> = Vec::new();
        let mut listed: Vec<String> = Vec::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (index, program) in imported.programs.iter().enumerate() {
            let stem = stem_of(&program.name, index + 1);
            let Some(reason) = self.refusal(&stem, &taken) else {
                taken.insert(stem.to_lowercase());
                listed.push(stem.clone());
                wanted.push((stem, program));
                continue;
            };
            let name = if program.name.is_empty() { &stem } else { &program.name };
            say!("「{name}」は書きませんでした。{reason}");
            kept.refused += 1;
            // What an ended run wrote may not be listed yet.
            if self.is_written(&stem, program) {
                listed.push(stem);
            }
        }
        // Lines come first: a name without its file is an error that says so, and is made good by the next run.
        let mut of_chapter = Kept::default();
        self.write_chapter(imported, &listed, &mut of_chapter)?;
        for (stem, program) in wanted {
            if self.write_file(&format!("{stem}.jigyo"), program, &mut kept)? {
                kept.written += 1;
            } else {
                let name = if program.name.is_empty() { &stem } else { &program.name };
                say!("「{name}」は書きませんでした。「{stem}.jigyo」が、もうあります。");
                kept.refused += 1;
            }
        }
        kept.files.extend(of_chapter.files);
        kept.said.extend(of_chapter.said);
        Ok(kept)
    }

    /// Whether the file is there, as it would be written now.
    fn is_written(&self, stem: &str, program: &Written) -> bool {
        let path = self.target.folder.join(format!("{stem}.jigyo"));
        let text = with_line_ends(&program.text);
        read_bounded(&path, MAX_FILE_BYTES).is_ok_and(|bytes| bytes.is_some_and(|bytes| bytes == text.as_bytes()))
    }

    /// Why a program cannot have this file's name.
    fn refusal(&self, stem: &str, taken: &BTreeSet<String>) -> Option<String> {
        if taken.contains(&stem.to_lowercase()) {
            return Some(format!(
                "同じ名前の「{stem}」が、この取り込みの中に2つあります。どちらかの名前を変えてください。"
            ));
        }
        let report = self.target.report.as_ref();
        if report.is_some_and(|(_, checked)| checked.report.all_programs().any(|program| program.id == stem)) {
            return Some(format!(
                "「{stem}」というファイルは、この報告書にもうあります。取り込み直すときは、そのファイルを消すか、別のフォルダーに移してください。"
            ));
        }
        let is_there = self.target.folder.join(format!("{stem}.jigyo")).exists();
        is_there.then(|| format!("「{stem}.jigyo」が、もうあります。"))
    }

    /// False where a file of that name is there.
    fn write_file(&self, name: &str, file: &Written, kept: &mut Kept) -> Result<bool, Failure> {
        let path = self.target.folder.join(name);
        if path.exists() {
            return Ok(false);
        }
        if !self.dry {
            match create_new(&path, with_line_ends(&file.text)) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
                other => other.map_err(|error| Failure::io("を作れません", &path, &error))?,
            }
        }
        let shown = self.shown(&path);
        if self.dry {
            kept.files.push(shown.clone());
        }
        kept.said
            .extend(file.messages.iter().map(|Message { line, text }| (format!("{shown} {line}行目"), text.clone())));
        Ok(true)
    }

    /// The chapter's own file, or the new names in the one that is there; a new chapter in the report's list.
    fn write_chapter(&self, imported: &Imported, stems: &[String], kept: &mut Kept) -> Result<(), Failure> {
        if stems.is_empty() {
            return Ok(());
        }
        let path = self.target.folder.join("章.jigyo");
        if self.dry {
            return self.write_file("章.jigyo", &imported.chapter(stems), kept).map(|_| ());
        }
        if path.symlink_metadata().is_err() {
            self.list_chapter()?;
        }
        if self.write_file("章.jigyo", &imported.chapter(stems), kept)? {
            return Ok(());
        }
        match add_to_composition(&path, &self.programs_here(), stems)? {
            0 => {}
            count => say!("{} の【構成】の終わりに、{count}件を加えました。", self.shown(&path)),
        }
        Ok(())
    }

    /// A new chapter's line in the report's 【構成】.
    fn list_chapter(&self) -> Result<(), Failure> {
        let Some((root, checked)) = self.target.report.as_ref() else { return Ok(()) };
        let Some(head) = &checked.report.head else { return Ok(()) };
        let file = root.join(checked.files.get(head.file).path());
        let folder = relative(root, &self.target.folder);
        let chapters: Vec<String> = checked.report.chapters.iter().map(|chapter| chapter.folder.clone()).collect();
        if add_to_composition(&file, &chapters, std::slice::from_ref(&folder))? > 0 {
            say!("{} の【構成】の終わりに「{folder}」を加えました。", self.shown(&file));
        }
        Ok(())
    }

    /// IDs of the programs that the chapter has, in their order.
    fn programs_here(&self) -> Vec<String> {
        let Some((root, checked)) = self.target.report.as_ref() else { return Vec::new() };
        let folder = relative(root, &self.target.folder);
        let here = checked.report.chapters.iter().filter(|chapter| chapter.folder == folder);
        here.flat_map(|chapter| &chapter.programs).map(|program| program.id.clone()).collect()
    }

    /// As it is found from the report, or else from the current folder.
    fn shown(&self, path: &Path) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let from = self.target.report.as_ref().map_or(here.as_path(), |(root, _)| root.as_path());
        match path.strip_prefix(from) {
            Ok(_) => relative(from, path),
            Err(_) => path.display().to_string(),
        }
    }
}

/// The ends of lines that this machine's editors write.
fn with_line_ends(text: &str) -> String {
    if cfg!(windows) { text.replace('\n', "\r\n") } else { text.to_string() }
}

/// A name that a program's file may have, whatever the office called it.
fn stem_of(name: &str, number: usize) -> String {
    let stem = file_stem(name);
    let stem: String =
        if stem.is_empty() { format!("名前のない事業{number:02}") } else { stem.chars().take(80).collect() };
    match stem {
        stem if stem.starts_with("再掲") => format!("（{stem}）"),
        stem if is_copy(&stem) || stem == "章" || stem == "報告書" => format!("{stem}＿"),
        stem => match stem.strip_prefix('_') {
            Some(rest) => format!("＿{rest}"),
            None => stem,
        },
    }
}

/// One thing that is to be decided in many places is said once, and counted.
fn say_messages(said: &[(String, String)]) {
    const MANY: usize = 5;
    let words = |text: &str| text.split("（取り込み元：").next().unwrap_or_default().to_string();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in said {
        *counts.entry(words(text)).or_default() += 1;
    }
    for (place, text) in said {
        match counts.get_mut(&words(text)) {
            Some(0) => {}
            Some(count) if *count >= MANY => {
                say!("{place}：{text}");
                say!("　同じことが、ほか {} か所にあります。", *count - 1);
                *count = 0;
            }
            _ => say!("{place}：{text}"),
        }
    }
}

fn summary(imported: &Imported, kept: &Kept, context: &Context, dry: bool) {
    let written = kept.written;
    let unit = context.unit().name();
    let total = format_amount(imported.total);
    let count = imported.programs.len();
    let sum = match &imported.subtotal {
        Some((typed, Some(value))) if *value == imported.total => format!("取り込み元の小計 {typed} と一致します"),
        Some((typed, Some(value))) => {
            let difference = format_amount(imported.total - value);
            format!("取り込み元の小計 {typed} と {difference}{unit} 違います。事業費を確かめてください")
        }
        Some((typed, None)) => format!("取り込み元の小計「{typed}」は読めません"),
        None => "取り込み元に小計はありません".to_string(),
    };
    let decisions: usize = imported.programs.iter().map(|program| program.messages.len()).sum();
    let decisions =
        if decisions > 0 { format!("人が決める所が {decisions} か所あります。") } else { String::new() };
    say!("{count}事業、事業費の合計 {total}{unit}（{sum}）。{decisions}");
    if kept.refused > 0 {
        say!("このうち{}事業は、上の理由で書きませんでした。", kept.refused);
    }
    if dry && !kept.files.is_empty() {
        say!("書くことになるファイル：");
        kept.files.iter().for_each(|file| say!("　{file}"));
    }
    match (dry, written) {
        (true, _) => say!("試しに読んだだけで、{written}個のファイルはまだ書いていません。"),
        (false, 0) => say!("書いたファイルはありません。"),
        (false, _) => say!("{written}個のファイルを書きました。「report check」で確かめてください。"),
    }
}

#[cfg(test)]
mod tests {
    use super::stem_of;

    #[test]
    fn any_name_becomes_a_file_that_is_read() {
        let stems = ["", "再掲事業", "訓練校事業 (2)", "章", "_下書き", "AI/IoT"].map(|name| stem_of(name, 3));
        assert_eq!(stems, ["名前のない事業03", "（再掲事業）", "訓練校事業 (2)＿", "章＿", "＿下書き", "AI／IoT"]);
        assert_eq!(stem_of(&"長".repeat(300), 1).chars().count(), 80);
    }
}
