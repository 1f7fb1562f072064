//! `report export docx`: the report, or the pages of a department or program, as a Word document.

use std::path::{Path, PathBuf};

use super::arguments::Export;
use super::excerpt::{excerpt_stem, refusal};
use super::options::Format;
use super::output::show;
use super::overwrite::{refuse_others, write_own};
use super::place::{check_folder, name_of};
use super::progress::Progress;
use super::{Failure, Outcome};
use crate::pipeline::{Checked, Wanted, WordEdition, build_word, build_word_excerpt, files_of_excerpt, find_wanted};
use crate::word::is_own_document;

pub(super) fn run(arguments: &Export, root: &Path) -> Result<Outcome, Failure> {
    let progress = Progress::start("Word の文書を作っています…");
    let mut checked = check_folder(root)?;
    if checked.report.head.is_none() {
        drop(progress);
        return show(&checked, root, None, &arguments.messages);
    }
    let wanted = match arguments.only.as_slice() {
        [] => None,
        names => Some(find_wanted(&checked.report, names).map_err(|unknown| refusal(&unknown))?),
    };
    let path = target(arguments, root, wanted.as_ref());
    refuse_others(&path, is_own_document)?;
    let edition = checked.template().and_then(|template| match &wanted {
        None => build_word(&mut checked, template),
        Some(wanted) => build_word_excerpt(&mut checked, template, wanted).ok(),
    });
    let written = edition.as_ref().map_or(Ok(()), |edition| write_own(&path, &edition.bytes, is_own_document));
    drop(progress);
    // As the other exports of the whole: of one that is made nothing is remarked.
    let outcome = if edition.is_none() || wanted.is_some() {
        shown(arguments, root, &checked, wanted.as_ref())?
    } else {
        Outcome::Clean
    };
    written?;
    let is_human = arguments.messages.message_format == Format::Human;
    let Some(WordEdition { provisional, .. }) = edition else {
        if is_human {
            say!("{}", refused(&checked, path.exists()));
        }
        return Ok(Outcome::Errors);
    };
    if is_human && provisional {
        say!("ほかの原稿にエラーがあるため、頁は仮です。各頁の上に「頁は仮」と入れました。");
    }
    say!("「{}」に書きました。", path.display());
    Ok(outcome)
}

/// Messages: of an excerpt those of its own manuscripts, of the whole those that prevent it.
fn shown(arguments: &Export, root: &Path, checked: &Checked, wanted: Option<&Wanted>) -> Result<Outcome, Failure> {
    match wanted {
        Some(wanted) => {
            let own = files_of_excerpt(checked, wanted);
            let only: Vec<&str> = own.iter().map(|file| checked.files.get(*file).path()).collect();
            show(checked, root, Some(&only), &arguments.messages)
        }
        None => show(checked, root, None, &arguments.messages),
    }
}

fn refused(checked: &Checked, is_there: bool) -> String {
    let why =
        if checked.template_fault().is_some() { "体裁に誤りがあるため" } else { "エラーがあるため" };
    let kept =
        if is_there { "前に書き出したファイルは、そのまま残してあります。" } else { "" };
    format!("{why}、Word の文書を作りませんでした。{kept}")
}

/// `DIR/out/<DIR name>.docx`, `DIR/out/<DIR name>_抜粋_監理課.docx`
fn target(arguments: &Export, root: &Path, wanted: Option<&Wanted>) -> PathBuf {
    let folder = arguments.output.clone().unwrap_or_else(|| root.join("out"));
    let stem = wanted.map_or_else(|| name_of(root), |wanted| excerpt_stem(root, wanted));
    folder.join(format!("{stem}.docx"))
}
