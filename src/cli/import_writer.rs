//! Writing what `import` made: a file for each program, the chapter's own file, and their lines in 【構成】. No file that is there
//! is written over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Failure;
use super::composition::{add_to_composition, missing_in_composition};
use super::import_pictures::text_with_pictures;
use super::place::relative;
use crate::checks::is_copy;
use crate::editing::file_stem;
use crate::import::{Entry, Message, Written};
use crate::load::create_new;
use crate::pipeline::Checked;

/// The chapter's folder that files go to, and the report around it.
pub(super) struct ImportTarget {
    pub(super) folder: PathBuf,
    pub(super) report: Option<(PathBuf, Checked)>,
}

/// What a run wrote and what it left to a person.
#[derive(Default)]
pub(super) struct WriteSummary {
    pub(super) written: usize,
    pub(super) refused: usize,
    /// Of a dry run: what it would write
    pub(super) files: Vec<String>,
    /// Where a person must decide: the line of its file, and what to decide
    pub(super) said: Vec<(String, Message)>,
    /// What was written, or would be: the file as it is shown, and its text
    pub(super) texts: Vec<(String, String)>,
    /// What is said of the writing itself
    pub(super) lines: Vec<String>,
}

pub(super) struct Writer<'a> {
    pub(super) target: &'a ImportTarget,
    pub(super) dry: bool,
}

/// What goes into one chapter's folder.
pub(super) struct Batch<'a> {
    pub(super) programs: &'a [Written],
    /// The lines of the chapter's 【構成】
    pub(super) entries: Vec<Entry>,
    /// Folders of chapters in it, which its 【構成】 names too
    pub(super) inner: Vec<String>,
    /// The chapter's file with such lines
    pub(super) chapter: &'a dyn Fn(&[String]) -> Written,
    /// It is a chapter of the files themselves: it is written without programs too.
    pub(super) is_own: bool,
    /// The file that names the chapter is written in the same run.
    pub(super) is_listed: bool,
}

/// What other chapters of the same run have.
#[derive(Default)]
pub(super) struct Planned {
    /// Stems in small letters
    pub(super) taken: BTreeSet<String>,
    /// Stems of programs by their names
    pub(super) stems: BTreeMap<String, String>,
}

impl Writer<'_> {
    /// Writes what came of the files; what is known when it fails is in `kept` too.
    pub(super) fn write(
        &self,
        batch: &Batch<'_>,
        planned: &mut Planned,
        kept: &mut WriteSummary,
    ) -> Result<(), Failure> {
        let mut wanted: Vec<(String, &Written)> = Vec::new();
        let mut listed: BTreeMap<usize, String> = BTreeMap::new();
        for (index, program) in batch.programs.iter().enumerate() {
            let stem = stem_of(&program.name, index + 1);
            let Some(reason) = self.refusal(&stem, &planned.taken) else {
                planned.taken.insert(stem.to_lowercase());
                listed.insert(index, stem.clone());
                wanted.push((stem, program));
                continue;
            };
            let name = if program.name.is_empty() { &stem } else { &program.name };
            kept.lines.push(format!("「{name}」は書きませんでした。{reason}"));
            kept.refused += 1;
            // What an ended run wrote may not be listed yet, whoever has written in it since.
            if self.target.folder.join(format!("{stem}.jigyo")).is_file() {
                listed.insert(index, stem);
            }
        }
        // Lines come first: a name without its file is an error that says so, and is made good by the next run.
        let mut of_chapter = WriteSummary::default();
        let written = self.write_chapter(batch, (&listed, planned), &mut of_chapter);
        kept.lines.append(&mut of_chapter.lines);
        written?;
        for (stem, program) in wanted {
            if self.write_file(&format!("{stem}.jigyo"), program, kept)? {
                kept.written += 1;
            } else {
                let name = if program.name.is_empty() { &stem } else { &program.name };
                kept.lines.push(format!("「{name}」は書きませんでした。「{stem}.jigyo」が、もうあります。"));
                kept.refused += 1;
            }
        }
        kept.files.extend(of_chapter.files);
        kept.said.extend(of_chapter.said);
        kept.texts.extend(of_chapter.texts);
        Ok(())
    }

    /// Why a program cannot have this file's name.
    pub(super) fn refusal(&self, stem: &str, taken: &BTreeSet<String>) -> Option<String> {
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
    fn write_file(&self, name: &str, file: &Written, kept: &mut WriteSummary) -> Result<bool, Failure> {
        let path = self.target.folder.join(name);
        if path.exists() {
            return Ok(false);
        }
        let root = self.target.report.as_ref().map_or(self.target.folder.as_path(), |(root, _)| root.as_path());
        let text = text_with_pictures((root, &path), file, self.dry, &mut kept.lines)?;
        if !self.dry {
            match create_new(&path, with_line_ends(&text)) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
                other => other.map_err(|error| Failure::io("を作れません", &path, &error))?,
            }
        }
        let shown = self.shown(&path);
        if self.dry {
            kept.files.push(shown.clone());
        }
        kept.texts.push((shown.clone(), text));
        kept.said
            .extend(file.messages.iter().map(|message| (format!("{shown} {}行目", message.line), message.clone())));
        Ok(true)
    }

    /// The chapter's own file, or the new names in the one that is there; a new chapter in the report's list.
    fn write_chapter(
        &self,
        batch: &Batch<'_>,
        (listed, planned): (&BTreeMap<usize, String>, &Planned),
        kept: &mut WriteSummary,
    ) -> Result<(), Failure> {
        let (stems, lines) = self.lines(batch, (listed, planned), kept);
        if stems.is_empty() && !batch.is_own {
            return Ok(());
        }
        let path = self.target.folder.join("章.jigyo");
        if self.dry {
            if !self.write_file("章.jigyo", &(batch.chapter)(&lines), kept)? {
                let count = missing_in_composition(&path, &stems);
                let line = format!("{}（【構成】の終わりに{count}件を加えます）", self.shown(&path));
                kept.files.extend((count > 0).then_some(line));
            }
            return Ok(());
        }
        if path.symlink_metadata().is_err() && !batch.is_listed {
            self.list_chapter(kept)?;
        }
        if self.write_file("章.jigyo", &(batch.chapter)(&lines), kept)? {
            return Ok(());
        }
        match add_to_composition(&path, &self.programs_here(), &stems)? {
            0 => {}
            count => {
                kept.lines.push(format!("{} の【構成】の終わりに、{count}件を加えました。", self.shown(&path)));
            }
        }
        Ok(())
    }

    /// The lines of 【構成】: programs and inner chapters alone, and all of them. A 再掲 of a program that is nowhere is told.
    fn lines(
        &self,
        batch: &Batch<'_>,
        (listed, planned): (&BTreeMap<usize, String>, &Planned),
        kept: &mut WriteSummary,
    ) -> (Vec<String>, Vec<String>) {
        let (mut stems, mut lines) = (Vec::new(), Vec::new());
        for entry in &batch.entries {
            match entry {
                Entry::Own(at) => {
                    stems.extend(listed.get(at).cloned());
                    lines.extend(listed.get(at).cloned());
                }
                Entry::Relisted(name) => match planned.stems.get(name).cloned().or_else(|| self.stem_in_report(name)) {
                    Some(stem) => lines.push(format!("再掲　{stem}")),
                    None => kept.lines.push(format!(
                        "再掲の「{name}」は、この報告書に見つからないので【構成】に入れませんでした。その事業を入れてから「再掲　{name}」の行を書いてください。"
                    )),
                },
            }
        }
        stems.extend(batch.inner.iter().cloned());
        lines.extend(batch.inner.iter().cloned());
        (stems, lines)
    }

    fn stem_in_report(&self, name: &str) -> Option<String> {
        let (_, checked) = self.target.report.as_ref()?;
        let mut programs = checked.report.all_programs();
        let own = programs.find(|program| program.name.as_ref().is_some_and(|own| own.value == name));
        own.map(|program| program.id.clone())
    }

    /// A new chapter's line in the 【構成】 of the chapter that it lies in, or of the report.
    fn list_chapter(&self, kept: &mut WriteSummary) -> Result<(), Failure> {
        let Some((root, checked)) = self.target.report.as_ref() else { return Ok(()) };
        let Some(head) = &checked.report.head else { return Ok(()) };
        let whole = relative(root, &self.target.folder);
        let chapters = &checked.report.chapters;
        let outer = whole.match_indices('/').filter_map(|(at, _)| whole.get(..at)).collect::<Vec<_>>();
        let outer = outer.iter().rev().find_map(|outer| chapters.iter().position(|chapter| chapter.folder == *outer));
        let names = checked.report.entries_of(outer);
        let outer = outer.and_then(|index| chapters.get(index));
        let file = root.join(checked.files.get(outer.map_or(head.file, |outer| outer.head.file)).path());
        let inside = outer.and_then(|outer| whole.strip_prefix(&outer.folder)?.strip_prefix('/'));
        let folder = inside.unwrap_or(&whole).to_string();
        if add_to_composition(&file, &names, std::slice::from_ref(&folder))? > 0 {
            kept.lines.push(format!("{} の【構成】の終わりに「{folder}」を加えました。", self.shown(&file)));
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
pub(super) fn with_line_ends(text: &str) -> String {
    if cfg!(windows) { text.replace('\n', "\r\n") } else { text.to_string() }
}

/// A name that a program's file may have, whatever the office called it.
pub(super) fn stem_of(name: &str, number: usize) -> String {
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
