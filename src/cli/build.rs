//! `report build`

use std::mem;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use super::arguments::Build;
use super::options::Format;
use super::output::show;
use super::place::{check_folder, locate};
use super::progress::Progress;
use super::target::{default_target, options_of, say_made, template_of, write_pdf_at};
use super::{Failure, Outcome, excerpt};
use crate::pipeline::{Built, build};
use crate::typeset::load_faces;

pub(super) fn run(arguments: &Build) -> Result<Outcome, Failure> {
    if !arguments.only.is_empty() {
        return excerpt::run(arguments);
    }
    let started = Instant::now();
    let place = locate(arguments.target.path.as_deref())?;
    let progress = Progress::start("組版しています…");
    thread::spawn(load_faces);
    let mut checked = check_folder(&place.root)?;
    let template = template_of(arguments, &mut checked)?;
    let options = options_of(arguments);
    let built = template.and_then(|template| build(&mut checked, template, options));
    let written = built.map(|built| {
        let written = write(arguments, &place.root, &built);
        // The process ends soon and gives its memory back whole: thousands of pages need not be taken apart before.
        mem::forget(built);
        written
    });
    let written = written.transpose();
    drop(progress);
    let outcome = show(&checked, &place.root, None, &arguments.messages)?;
    let Some((path, pages)) = written? else {
        if arguments.messages.message_format == Format::Human {
            say!("{}", refusal(arguments, &place.root, checked.template_fault().is_some()));
        }
        return Ok(Outcome::Errors);
    };
    if arguments.messages.message_format == Format::Human {
        say_made(&path, pages, started);
    }
    Ok(outcome)
}

fn write(arguments: &Build, root: &Path, built: &Built) -> Result<(PathBuf, usize), Failure> {
    let path = target(arguments, root);
    write_pdf_at(&path, &built.pdf)?;
    Ok((path, built.document.pages().len()))
}

fn target(arguments: &Build, root: &Path) -> PathBuf {
    arguments.target.output.clone().unwrap_or_else(|| default_target(root, arguments.draft))
}

fn refusal(arguments: &Build, root: &Path, by_template: bool) -> String {
    let is_there = target(arguments, root).exists();
    let kept = if is_there { "前に作った PDF はそのまま残してあります。" } else { "" };
    if by_template {
        let what = if arguments.draft { "下書きの PDF " } else { "PDF " };
        return format!("体裁に誤りがあるため、{what}を作れませんでした。{kept}");
    }
    format!("エラーがあるため PDF を作りませんでした。{kept}下書きは「report build --draft」で作れます。")
}
