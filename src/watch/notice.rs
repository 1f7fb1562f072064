//! What the system says of changes, reduced to what concerns the report.

use std::path::{Path, PathBuf};

use notify::event::{ModifyKind, RemoveKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::output::Output;

/// A notice about the report's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Noticed {
    Nothing,
    Paths {
        paths: Vec<PathBuf>,
        /// Whether a folder came, went or was renamed
        is_folder: bool,
    },
    /// Notices were lost.
    Everything,
    /// The folder itself was renamed or deleted.
    RootMoved,
}

/// Keeps the system telling as long as it lives.
pub(super) struct Notices {
    _watcher: RecommendedWatcher,
}

impl Notices {
    /// Watches the folder and all below it: folders, because editors replace files.
    ///
    /// # Errors
    /// Why the system cannot tell, in its own words.
    pub(super) fn start(
        root: &Path,
        output: &Option<Output>,
        tell: impl Fn(Noticed) + Send + 'static,
    ) -> Result<Self, String> {
        let own: Vec<PathBuf> = output.iter().flat_map(Output::names).collect();
        // Some systems name what they saw by its true path.
        let roots: Vec<PathBuf> =
            [Some(root.to_path_buf()), std::fs::canonicalize(root).ok()].into_iter().flatten().collect();
        let hear = move |event: notify::Result<Event>| {
            let noticed = reduce(event, &roots, &own);
            if noticed != Noticed::Nothing {
                tell(noticed);
            }
        };
        let mut watcher = notify::recommended_watcher(hear).map_err(|error| error.to_string())?;
        watcher.watch(root, RecursiveMode::Recursive).map_err(|error| error.to_string())?;
        Ok(Self { _watcher: watcher })
    }
}

/// Reads of our own are notices too: they are left out before any file is touched.
fn reduce(event: notify::Result<Event>, roots: &[PathBuf], own: &[PathBuf]) -> Noticed {
    let Ok(event) = event else { return Noticed::Everything };
    if event.need_rescan() {
        return Noticed::Everything;
    }
    let moves = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    if matches!(event.kind, EventKind::Access(_)) {
        return Noticed::Nothing;
    }
    if moves && event.paths.iter().any(|path| roots.contains(path)) {
        return Noticed::RootMoved;
    }
    let paths: Vec<PathBuf> =
        event.paths.into_iter().filter(|path| !own.contains(path) && concerns(path, roots)).collect();
    if paths.is_empty() {
        return Noticed::Nothing;
    }
    let is_folder = matches!(event.kind, EventKind::Remove(RemoveKind::Folder))
        || (moves || matches!(event.kind, EventKind::Create(_))) && paths.iter().any(|path| path.is_dir());
    Noticed::Paths { paths, is_folder }
}

/// Whether a path may be part of the report: a template or picture may lie in `_…`, where no text is read.
fn concerns(path: &Path, roots: &[PathBuf]) -> bool {
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok()).unwrap_or(path);
    let mut names = below.components().map(|part| part.as_os_str().to_string_lossy());
    let is_output = names.clone().next().is_some_and(|first| first.eq_ignore_ascii_case("out"));
    !is_output && !names.any(|name| name.starts_with('.') || name.starts_with("_report-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, DataChange, Flag, RenameMode};

    fn noticed(kind: EventKind, paths: &[&str]) -> Noticed {
        let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(PathBuf::from(path)));
        reduce(Ok(event), &[PathBuf::from("/r")], &[PathBuf::from("/r/報告書.pdf")])
    }

    #[test]
    fn only_what_concerns_the_report_is_a_notice() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let one = |path: &str| Noticed::Paths { paths: vec![PathBuf::from(path)], is_folder: false };
        assert_eq!(noticed(written, &["/r/01/a.jigyo"]), one("/r/01/a.jigyo"));
        assert_eq!(noticed(written, &["/r/01/写真/会場.jpg"]), one("/r/01/写真/会場.jpg"));
        for path in ["/r/out/r.pdf", "/r/.git/index", "/r/報告書.pdf", "/r/01/_report-x.tmp"] {
            assert_eq!(noticed(written, &[path]), Noticed::Nothing, "{path}");
        }
        assert_eq!(noticed(EventKind::Access(AccessKind::Any), &["/r/01/a.jigyo"]), Noticed::Nothing);
        assert_eq!(noticed(written, &["/r/_体裁/main.typ"]), one("/r/_体裁/main.typ"));
        assert_eq!(noticed(EventKind::Create(CreateKind::File), &["/r/b.jigyo"]), one("/r/b.jigyo"));
    }

    #[test]
    fn lost_notices_and_a_lost_folder_are_told() {
        let rescan = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(reduce(Ok(rescan), &[], &[]), Noticed::Everything);
        assert_eq!(reduce(Err(notify::Error::generic("lost")), &[], &[]), Noticed::Everything);
        assert_eq!(noticed(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["/r"]), Noticed::RootMoved);
        assert_eq!(noticed(EventKind::Remove(RemoveKind::Folder), &["/r"]), Noticed::RootMoved);
    }
}
