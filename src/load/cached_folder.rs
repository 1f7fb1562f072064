//! A report's folder that remembers its answers, so that a second look reads only what may have changed.
//!
//! Between two calls of `refresh` every question has one answer, however often it is asked: a check sees one state of the
//! folder. A file is read again when the system named it, when its size or time changed, or when it changed so lately
//! that a second change could bear the same time.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::folder::Found;
use super::other_reports::{OtherReports, is_same_folder};
use super::pending_writes::{PendingWrites, SAVING};
use super::query::{Query, QueryResult, look_up, read_photograph};
use super::stamp::Stamp;
use super::{ChangedPaths, Content, ContentHash, Disk, Folder, Photograph, RawFile, ReadError, compose_voiced_kana};
use crate::natural_order;

/// What a second look found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Whether any answer is another.
    pub changed: bool,
    /// Paths of the texts that are new, gone or different.
    pub texts: Vec<String>,
    /// How long until an editor has had time to write what it took away; absent when nothing is missing.
    pub look_again_in: Option<Duration>,
}

/// The folder of a report, in its last known state.
pub struct CachedFolder {
    folder: Folder,
    texts: Vec<RawFile>,
    stamps: BTreeMap<String, Stamp>,
    asked: RefCell<BTreeMap<Query, Asked>>,
    other_reports: RefCell<OtherReports>,
    /// What is missing, since when
    pending_writes: BTreeMap<String, Instant>,
    has_looked: bool,
}

struct Asked {
    answer: QueryResult,
    /// Whether the last check asked for it
    is_wanted: bool,
}

impl CachedFolder {
    /// A folder of which nothing is known yet.
    pub fn new(folder: Folder) -> Self {
        Self {
            folder,
            texts: Vec::new(),
            stamps: BTreeMap::new(),
            asked: RefCell::new(BTreeMap::new()),
            other_reports: RefCell::default(),
            pending_writes: BTreeMap::new(),
            has_looked: false,
        }
    }

    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Whether another report was read, or looked for, in this very folder.
    pub fn reads_report_at(&self, folder: &Path) -> bool {
        self.other_reports.borrow().lie_at(folder)
    }

    /// Whether a folder as 前年度 names it is this one.
    pub fn is_report_named(&self, named: &str, folder: &Path) -> bool {
        is_same_folder(&self.folder.report_named(named), folder)
    }

    /// A file on the disk may be another one now: other reports that it belongs to are read anew. Whether there are any.
    pub fn report_changed(&mut self, path: &Path) -> bool {
        self.other_reports.get_mut().forget_with(path)
    }

    /// Whether the folder holds a file that could not be opened.
    pub fn has_unreadable(&self) -> bool {
        self.texts.iter().any(|file| matches!(file.content, Content::Unreadable(_)))
    }

    /// Looks again.
    ///
    /// # Errors
    /// When the folder itself cannot be read; what is known of it stays.
    pub fn refresh(&mut self, changed_paths: &ChangedPaths) -> io::Result<Refreshed> {
        let now = Instant::now();
        let before = std::mem::take(&mut self.pending_writes);
        let mut pending_writes = PendingWrites { before, now: BTreeMap::new(), at: now };
        let texts = match self.look_at_texts(changed_paths, &mut pending_writes) {
            Ok(texts) => texts,
            Err(error) => {
                self.pending_writes = pending_writes.before;
                return Err(error);
            }
        };
        let names = differences(&self.texts, &texts);
        let answers_changed = self.look_at_answers(changed_paths, &mut pending_writes);
        let changed = !names.is_empty() || answers_changed || self.texts.len() != texts.len();
        self.texts = texts;
        self.has_looked = true;
        self.pending_writes = pending_writes.now;
        let oldest = self.pending_writes.values().min();
        Ok(Refreshed {
            changed,
            texts: names,
            look_again_in: oldest.map(|since| SAVING.saturating_sub(now.duration_since(*since))),
        })
    }

    fn look_at_texts(
        &mut self,
        changed_paths: &ChangedPaths,
        pending_writes: &mut PendingWrites,
    ) -> io::Result<Vec<RawFile>> {
        let found = self.folder.find_texts()?;
        let mut before: BTreeMap<&str, &RawFile> = self.texts.iter().map(|file| (file.path.as_str(), file)).collect();
        let mut texts: Vec<RawFile> = Vec::with_capacity(found.len());
        let mut stamps = BTreeMap::new();
        for found in found {
            let path = match found {
                Found::Text(path) => path,
                Found::Known(file) => {
                    before.remove(file.path.as_str());
                    texts.push(file);
                    continue;
                }
            };
            let on_disk = self.folder.root().join(&path);
            let name = compose_voiced_kana(path.clone());
            let known = before.remove(name.as_str());
            let stamp = Stamp::of(&on_disk, self.stamps.get(&name));
            let is_still = stamp.zip(self.stamps.get(&name)).is_some_and(|(now, then)| now.vouches_for(then));
            let is_readable = |known: &&RawFile| !matches!(known.content, Content::Unreadable(_));
            let file = match known.filter(|_| is_still && !changed_paths.holds(&name)).filter(is_readable) {
                Some(known) => known.clone(),
                None => pending_writes.bridge(known, self.folder.read_found(path)),
            };
            // A new file is made first and written then.
            let is_unwritten = known.is_none() && matches!(&file.content, Content::Text(text) if text.is_empty());
            if is_unwritten && self.has_looked && pending_writes.opens(&name) {
                continue;
            }
            stamps.extend(stamp.map(|stamp| (name, stamp)));
            texts.push(file);
        }
        // What is gone may be on its way back, unless it came back under another name.
        let gone: Vec<RawFile> = before
            .into_values()
            .filter(|gone| !texts.iter().any(|new| new.content == gone.content && !self.stamps.contains_key(&new.path)))
            .filter(|gone| matches!(&gone.content, Content::Text(text) if !text.is_empty()))
            .filter(|gone| pending_writes.opens(&gone.path))
            .cloned()
            .collect();
        if !gone.is_empty() {
            texts.extend(gone);
            let order: BTreeMap<&str, usize> =
                self.texts.iter().enumerate().map(|(index, file)| (file.path.as_str(), index)).collect();
            texts.sort_by_key(|file| order.get(file.path.as_str()).copied().unwrap_or(usize::MAX));
        }
        self.stamps = stamps;
        Ok(texts)
    }

    /// Asks anew what was asked since the last look. Whether an answer is another.
    fn look_at_answers(&mut self, changed_paths: &ChangedPaths, pending_writes: &mut PendingWrites) -> bool {
        let mut changed = false;
        let asked = self.asked.get_mut();
        asked.retain(|_, asked| asked.is_wanted);
        for (query, Asked { answer, .. }) in asked {
            let mut new = look_up(&self.folder, query, Some((&*answer, changed_paths)));
            if let (QueryResult::List(names), QueryResult::List(before), Query::List(folder)) =
                (&mut new, &*answer, query)
            {
                // A name that an editor took away comes back.
                let gone: Vec<&String> = before.iter().filter(|name| !names.contains(name)).collect();
                let kept = gone.into_iter().filter(|name| pending_writes.opens(&format!("{folder}/{name}"))).cloned();
                let kept: Vec<String> = kept.collect();
                names.extend(kept);
                names.sort_by(|one, other| natural_order::compare(one, other));
            }
            let kept_back = new.is_gap() && !answer.is_gap() && pending_writes.opens(&format!("{query:?}"));
            if !kept_back {
                changed |= !new.says_the_same(answer);
                *answer = new;
            }
        }
        changed
    }

    fn ask(&self, query: Query) -> QueryResult {
        let mut asked = self.asked.borrow_mut();
        let look = |query: &Query| Asked { answer: look_up(&self.folder, query, None), is_wanted: true };
        let entry = asked.entry(query).or_insert_with_key(look);
        entry.is_wanted = true;
        entry.answer.clone()
    }
}

impl Disk for CachedFolder {
    /// The first question of every check.
    fn read_texts(&self) -> io::Result<Vec<RawFile>> {
        self.asked.borrow_mut().values_mut().for_each(|asked| asked.is_wanted = false);
        Ok(self.texts.clone())
    }

    fn read(&self, folder: &str, name: &str, limit: u64) -> Result<Arc<[u8]>, ReadError> {
        match self.ask(Query::File { folder: folder.to_string(), name: name.to_string(), limit }) {
            QueryResult::File(_, result) => result,
            QueryResult::Photograph(..) | QueryResult::List(_) => Err(ReadError::NotFound),
        }
    }

    /// Only its mark is remembered: who asks without knowing it makes the disk be read once more.
    fn read_photograph(&self, folder: &str, name: &str, known: Option<ContentHash>) -> Result<Photograph, ReadError> {
        let mut asked = self.asked.borrow_mut();
        let query = Query::Photograph { folder: folder.to_string(), name: name.to_string() };
        if let Some(entry) = asked.get_mut(&query) {
            entry.is_wanted = true;
            match entry.answer {
                QueryResult::Photograph(_, Err(error)) => return Err(error),
                QueryResult::Photograph(_, Ok(mark)) if known == Some(mark) => return Ok(Photograph::Known),
                QueryResult::Photograph(..) | QueryResult::File(..) | QueryResult::List(_) => {}
            }
        }
        let (answer, read) = read_photograph(&self.folder, folder, name);
        asked.insert(query, Asked { answer, is_wanted: true });
        read
    }

    /// A published report seldom changes while another is written: it is read once, until `report_changed`.
    fn read_report(&self, folder: &str) -> io::Result<Vec<RawFile>> {
        if let Some(known) = self.other_reports.borrow().known(folder) {
            return Ok(known.to_vec());
        }
        let found = self.folder.read_report(folder);
        self.other_reports.borrow_mut().keep(folder, &self.folder.report_named(folder), &found);
        found
    }

    fn list(&self, folder: &str) -> Vec<String> {
        match self.ask(Query::List(folder.to_string())) {
            QueryResult::List(names) => names,
            QueryResult::Photograph(..) | QueryResult::File(..) => Vec::new(),
        }
    }

    /// Only templates of the web ask for them, which no check does: they are not remembered.
    fn folders(&self, folder: &str) -> Vec<String> {
        self.folder.folders(folder)
    }
}

/// Paths of the files that are new, gone or different.
fn differences(before: &[RawFile], after: &[RawFile]) -> Vec<String> {
    let mut old: BTreeMap<&str, &Content> = before.iter().map(|file| (file.path.as_str(), &file.content)).collect();
    let mut different: Vec<String> = after
        .iter()
        .filter(|file| old.remove(file.path.as_str()).is_none_or(|content| *content != file.content))
        .map(|file| file.path.clone())
        .collect();
    different.extend(old.into_keys().map(str::to_string));
    different
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn write(folder: &Path, path: &str, text: &str) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("has a parent")).expect("is made");
        fs::write(path, text).expect("is written");
    }

    fn texts(disk: &CachedFolder) -> Vec<(String, String)> {
        let text = |file: RawFile| match file.content {
            Content::Text(text) => (file.path, text.to_string()),
            refused @ (Content::Undecodable(_)
            | Content::TooLarge { .. }
            | Content::TxtAdded
            | Content::Unreadable(_)) => (file.path, format!("{refused:?}")),
        };
        disk.read_texts().expect("are kept").into_iter().map(text).collect()
    }

    fn changed_paths(names: &[&str]) -> ChangedPaths {
        let mut changed_paths = ChangedPaths::default();
        names.iter().for_each(|name| changed_paths.add(Path::new(name)));
        changed_paths
    }

    #[test]
    fn the_same_bytes_are_no_change_and_other_bytes_are() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "01/a.jigyo", "一");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        assert_eq!(disk.refresh(&ChangedPaths::everything())?.texts, ["01/a.jigyo"]);
        write(folder.path(), "01/a.jigyo", "一");
        assert_eq!(disk.refresh(&changed_paths(&["a.jigyo"]))?, Refreshed::default());
        write(folder.path(), "01/a.jigyo", "二");
        assert!(disk.refresh(&changed_paths(&["a.jigyo"]))?.changed);
        assert_eq!(texts(&disk), [("01/a.jigyo".to_string(), "二".to_string())]);
        Ok(())
    }

    #[test]
    fn a_change_that_nobody_named_is_found_by_its_time() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "a.jigyo", "一");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        write(folder.path(), "a.jigyo", "二");
        assert!(disk.refresh(&ChangedPaths::default())?.changed);
        Ok(())
    }

    #[test]
    fn texts_are_read_anew_where_neither_size_nor_time_tells() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let save = |text: &str| -> io::Result<()> {
            write(folder.path(), "a.jigyo", text);
            fs::File::options().write(true).open(folder.path().join("a.jigyo"))?.set_modified(long_ago)
        };
        save("一")?;
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        std::thread::sleep(Duration::from_millis(2_100));
        disk.refresh(&ChangedPaths::everything())?;
        save("二")?;
        assert!(!disk.refresh(&ChangedPaths::default())?.changed);
        assert!(disk.refresh(&ChangedPaths::texts())?.changed);
        Ok(())
    }

    #[test]
    fn a_file_being_saved_keeps_its_text_for_a_moment_and_no_longer() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "a.jigyo", "一");
        write(folder.path(), "b.jigyo", "二");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        write(folder.path(), "a.jigyo", "");
        fs::remove_file(folder.path().join("b.jigyo"))?;
        let second = disk.refresh(&changed_paths(&["a.jigyo", "b.jigyo"]))?;
        assert!(!second.changed && second.look_again_in.is_some_and(|wait| wait <= SAVING), "{second:?}");
        assert_eq!(texts(&disk).len(), 2);
        std::thread::sleep(SAVING);
        let third = disk.refresh(&ChangedPaths::default())?;
        assert_eq!((third.changed, third.look_again_in), (true, None));
        assert_eq!(texts(&disk), [("a.jigyo".to_string(), String::new())]);
        Ok(())
    }

    #[test]
    fn a_renamed_file_is_not_there_twice() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "01/a.jigyo", "一");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        fs::rename(folder.path().join("01"), folder.path().join("02"))?;
        assert!(disk.refresh(&changed_paths(&["01", "02"]))?.changed);
        assert_eq!(texts(&disk), [("02/a.jigyo".to_string(), "一".to_string())]);
        Ok(())
    }

    #[test]
    fn pictures_and_lists_that_were_asked_for_are_looked_at_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "a.png", "一");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        assert_eq!(disk.read("", "a.png", 10).as_deref(), Ok("一".as_bytes()));
        assert_eq!(disk.read("", "b.png", 10), Err(ReadError::NotFound));
        assert!(!disk.refresh(&changed_paths(&["a.png"]))?.changed);
        write(folder.path(), "b.png", "二");
        assert!(disk.refresh(&ChangedPaths::default())?.changed);
        assert_eq!(disk.read("", "b.png", 10).as_deref(), Ok("二".as_bytes()));
        assert!(disk.list("fonts").is_empty());
        write(folder.path(), "fonts/f.ttf", "三");
        assert!(disk.refresh(&ChangedPaths::default())?.changed);
        Ok(())
    }

    #[test]
    fn a_photograph_that_is_known_is_not_read_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), "a.jpg", "一");
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        let read = |disk: &CachedFolder, known| disk.read_photograph("", "a.jpg", known);
        let Ok(Photograph::New(mark, bytes)) = read(&disk, None) else { panic!("was never read") };
        assert_eq!(&*bytes, "一".as_bytes());
        assert_eq!(read(&disk, Some(mark)), Ok(Photograph::Known));
        assert!(!disk.refresh(&changed_paths(&["a.jpg"]))?.changed);
        assert_eq!(read(&disk, Some(mark)), Ok(Photograph::Known));
        write(folder.path(), "a.jpg", "二");
        assert!(disk.refresh(&changed_paths(&["a.jpg"]))?.changed);
        assert!(matches!(read(&disk, Some(mark)), Ok(Photograph::New(other, _)) if other != mark));
        assert_eq!(disk.read_photograph("", "b.jpg", None), Err(ReadError::NotFound));
        write(folder.path(), "b.jpg", "三");
        assert!(disk.refresh(&ChangedPaths::default())?.changed);
        Ok(())
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error_and_loses_nothing() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("r");
        write(&root, "a.jigyo", "一");
        let mut disk = CachedFolder::new(Folder::new(&root));
        disk.refresh(&ChangedPaths::everything())?;
        fs::rename(&root, folder.path().join("s"))?;
        assert!(disk.refresh(&ChangedPaths::default()).is_err());
        assert_eq!(texts(&disk).len(), 1);
        fs::rename(folder.path().join("s"), &root)?;
        assert!(!disk.refresh(&ChangedPaths::everything())?.changed);
        Ok(())
    }
}
