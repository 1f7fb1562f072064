//! `_履歴/`: what a file was before it was changed from a page, one copy a file and day, the last ten days.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::load::{Folder, MAX_FILE_BYTES, create_new, read_bounded};

/// Begins with `_`: no file in it belongs to the report.
const FOLDER: &str = "_履歴";
const DAYS: usize = 10;

/// The copies of a report's files.
pub struct History {
    folder: Folder,
    /// 2026-11-30
    today: Box<dyn Fn() -> String + Send + Sync>,
}

impl History {
    pub fn new(folder: Folder, today: Box<dyn Fn() -> String + Send + Sync>) -> Self {
        Self { folder, today }
    }

    fn path_of(&self, day: &str, file: &str) -> PathBuf {
        self.folder.path_of(&format!("{FOLDER}/{day}/{file}"))
    }

    /// Keeps a file as it is before today's first change.
    ///
    /// # Errors
    /// The operating system's: without a copy nothing is to be changed.
    pub(super) fn keep(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path_of(&(self.today)(), file);
        if !self.folder.holds(&path) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        match create_new(&path, bytes) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
            Ok(()) => {
                self.let_go();
                Ok(())
            }
        }
    }

    /// Keeps a file as it is before somebody goes back to an earlier day: that takes away what was written today.
    ///
    /// # Errors
    /// The operating system's.
    pub(super) fn keep_before_going_back(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        let stem = file.strip_suffix(".jigyo").unwrap_or(file);
        let name = |number: usize| format!("{stem}（戻す前{number}）.jigyo");
        let path = |number: usize| self.path_of(&(self.today)(), &name(number));
        let free = (1..).find(|number| fs::symlink_metadata(path(*number)).is_err());
        free.map_or(Ok(()), |number| create_new(&path(number), bytes))
    }

    /// Takes away the days before the last ten. One that cannot be taken away does no harm.
    fn let_go(&self) {
        let days = self.days();
        let old = days.iter().rev().skip(DAYS);
        for day in old {
            let path = self.folder.path_of(&format!("{FOLDER}/{day}"));
            if self.folder.holds(&path) && fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir()) {
                let _ = fs::remove_dir_all(path);
            }
        }
    }

    /// The days that have copies, the earliest first. What does not bear a day's name is somebody's own.
    fn days(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder.path_of(FOLDER)) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut days: Vec<String> = names.filter(|name| is_day(name)).collect();
        days.sort();
        days
    }

    /// The days on which a file was changed, the latest first.
    pub fn days_of(&self, file: &str) -> Vec<String> {
        let days = self.days().into_iter().rev();
        days.filter(|day| fs::symlink_metadata(self.path_of(day, file)).is_ok_and(|data| data.is_file())).collect()
    }

    /// A file as it was at the beginning of a day.
    ///
    /// # Errors
    /// `NotFound`, and the operating system's others.
    pub fn read(&self, day: &str, file: &str) -> io::Result<Vec<u8>> {
        let path = self.path_of(day, file);
        if !is_day(day) || !self.folder.holds(&path) || self.folder.is_reached_by_link(&path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        read_bounded(&path, MAX_FILE_BYTES)?.ok_or_else(|| io::ErrorKind::FileTooLarge.into())
    }
}

/// 2026-11-30
fn is_day(name: &str) -> bool {
    let is_right = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    name.len() == 10 && name.bytes().enumerate().all(is_right)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn one_copy_a_day_and_ten_days() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let today = Arc::new(Mutex::new(String::new()));
        let clock = Arc::clone(&today);
        let day = move || clock.lock().expect("is free").clone();
        let history = History::new(Folder::new(root.path()), Box::new(day));
        for day in 1..=12 {
            *today.lock().expect("is free") = format!("2026-11-{day:02}");
            history.keep("01_人材/一.jigyo", format!("朝{day}").as_bytes())?;
            history.keep("01_人材/一.jigyo", b"later")?;
        }
        fs::create_dir(root.path().join("_履歴/控え"))?;
        let days = history.days_of("01_人材/一.jigyo");
        assert_eq!((days.len(), days.first().map(String::as_str)), (10, Some("2026-11-12")));
        assert_eq!(history.read("2026-11-03", "01_人材/一.jigyo")?, "朝3".as_bytes());
        assert!(history.read("2026-11-02", "01_人材/一.jigyo").is_err());
        assert!(history.read("..", "01_人材/一.jigyo").is_err());
        assert!(root.path().join("_履歴/控え").is_dir());
        assert_eq!(history.days_of("01_人材/二.jigyo"), Vec::<String>::new());
        Ok(())
    }
}
