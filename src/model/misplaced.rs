//! Names of a chapter's 【構成】 whose file is not in its folder: where it lies instead. J060 is reported here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Program;
use super::composition::Listed;
use super::draft::ChapterDraft;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Files, Span};
use crate::syntax::chars::unified;

/// Where every program of the report lies: its ID and its folder, by ID and by the name inside.
pub(super) struct Elsewhere {
    ids: BTreeMap<String, String>,
    names: BTreeMap<String, (String, String)>,
}

impl Elsewhere {
    pub(super) fn new<'a>(
        files: &Files,
        drafts: impl Iterator<Item = &'a ChapterDraft>,
        unlisted: &'a [Arc<Program>],
    ) -> Self {
        let mut found = Self { ids: BTreeMap::new(), names: BTreeMap::new() };
        for program in drafts.flat_map(|draft| &draft.programs).chain(unlisted) {
            let folder = files.get(program.file).folder().to_string();
            if let Some(name) = &program.name {
                found.names.entry(unified(&name.value)).or_insert_with(|| (program.id.clone(), folder.clone()));
            }
            found.ids.entry(program.id.clone()).or_insert(folder);
        }
        found
    }

    /// The ID and the folder of what 【構成】 names, where it lies in another folder than `own`.
    pub(super) fn find(&self, name: &str, own: &str) -> Option<(String, String)> {
        let by_id = self.ids.get(name).map(|folder| (name.to_string(), folder.clone()));
        by_id.or_else(|| self.names.get(&unified(name)).cloned()).filter(|(_, folder)| folder != own)
    }
}

/// Each name that stands in a 【構成】, with the folders of its chapters.
pub(super) fn wanted_names<'a>(drafts: impl Iterator<Item = &'a ChapterDraft>) -> BTreeMap<String, BTreeSet<String>> {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for draft in drafts {
        for listed in draft.program_lines().filter(|listed| !listed.relisted) {
            wanted.entry(listed.name.value.clone()).or_default().insert(draft.folder.clone());
        }
    }
    wanted
}

/// A name in a chapter's 【構成】 whose file lies in another folder.
pub(super) fn lies_elsewhere(listed: &Listed, id: &str, place: &str, own: &str) -> Diagnostic {
    let name = &listed.name.value;
    let (message, renamed) = if id == name {
        (format!("「{name}」のファイルは、別のフォルダー（{place}）にあります。"), String::new())
    } else {
        let message = format!("「{name}」のファイルは、別のフォルダーに別の名前（{place}/{id}.jigyo）であります。");
        (message, format!("、名前を「{name}.jigyo」に直して"))
    };
    let moved = if renamed.is_empty() { "移して" } else { "移し" };
    Diagnostic::new(Code::J060, listed.line, message).help(format!(
        "この章の事業なら、ファイルをフォルダー「{own}」に{moved}{renamed}ください。別の章の事業で、この章の一覧にも載せるなら、この行を「再掲　{id}」に直します。"
    ))
}

/// A name in a chapter's 【構成】 without its file.
pub(super) fn not_there(listed: &Listed, near: Option<&str>, department: Option<&str>) -> Diagnostic {
    let name = &listed.name.value;
    let help = match near {
        Some(near) => format!("「{near}」の誤りではありませんか。"),
        None if name.starts_with("再掲") => "「再掲」の後に空白を1つ入れてください。".to_string(),
        None => "ファイルをこの章のフォルダーに置くか、この行を消してください。".to_string(),
    };
    let owner = department.map(|department| format!("（担当：{department}）")).unwrap_or_default();
    let message = format!("「{name}」のファイル（{name}.jigyo）が提出されていません{owner}。");
    Diagnostic::new(Code::J060, listed.line, message).help(help).proposal_if_known(listed.name.span, near)
}

/// Without names nobody sees when a file goes away.
pub(super) fn empty_composition(heading: Span, programs: &[Arc<Program>]) -> Diagnostic {
    const MOST_NAMES: usize = 50;
    let names: Vec<&str> = programs.iter().take(MOST_NAMES).map(|program| program.id.as_str()).collect();
    let more = programs.len().saturating_sub(MOST_NAMES);
    let more = if more > 0 { format!("\n（ほか {more} 行）") } else { String::new() };
    Diagnostic::new(
        Code::J060,
        heading,
        format!("【構成】の下に事業がありません（フォルダーには{}事業あります）。", programs.len()),
    )
    .severity(Severity::Warning)
    .help(format!(
        "ファイルがなくなっても気づけるよう、載せる事業を順に書いてください。名前の順でよく、書かないなら、見出し「【構成】」を消します。\n{}{more}",
        names.join("\n")
    ))
}
