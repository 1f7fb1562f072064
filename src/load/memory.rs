//! A report's folder in memory: for tests, and for whatever has texts without a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use super::{Content, Disk, RawFile, ReadError, clean_relative, decode, is_read};
use crate::natural_order;

/// Files by their path from the report, with `/`.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn with(mut self, path: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        self.insert(path, bytes);
        self
    }

    pub fn insert(&mut self, path: impl Into<String>, bytes: impl AsRef<[u8]>) {
        self.files.insert(path.into(), bytes.as_ref().to_vec());
    }

    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl Memory {
    /// The texts below a folder that is named with a slash at its end, or of the whole.
    fn texts_below(&self, folder: &str) -> Vec<RawFile> {
        let mut found: Vec<RawFile> = self
            .files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?, bytes)))
            .filter(|(path, _)| is_read(path))
            .map(|(path, bytes)| RawFile {
                path: super::compose_voiced_kana(path.to_string()),
                content: match decode(bytes) {
                    _ if bytes.len() as u64 > super::MAX_FILE_BYTES => Content::TooLarge { bytes: bytes.len() as u64 },
                    Ok(text) => Content::Text(text.into()),
                    Err(error) => Content::Undecodable(error),
                },
            })
            .collect();
        found.sort_by(|a, b| natural_order::compare(&a.path, &b.path));
        found
    }
}

impl Disk for Memory {
    fn read_texts(&self) -> io::Result<Vec<RawFile>> {
        Ok(self.texts_below(""))
    }

    fn read_report(&self, folder: &str) -> io::Result<Vec<RawFile>> {
        let folder = crate::source::with_slashes(folder);
        let found = self.texts_below(&format!("{}/", folder.trim_end_matches('/')));
        if found.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(found) }
    }

    fn read(&self, folder: &str, name: &str, limit: u64) -> Result<Arc<[u8]>, ReadError> {
        let path = clean_relative(folder, name).ok_or(ReadError::Outside)?;
        let bytes = self.files.get(&path).ok_or(ReadError::NotFound)?;
        if bytes.len() as u64 > limit { Err(ReadError::TooLarge) } else { Ok(Arc::from(bytes.as_slice())) }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.files
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter(|name| !name.contains('/'))
            .map(str::to_string)
            .collect()
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let inside = self.files.keys().filter_map(|path| path.strip_prefix(&prefix));
        let names: BTreeSet<&str> = inside.filter_map(|path| Some(path.split_once('/')?.0)).collect();
        names.into_iter().map(str::to_string).collect()
    }
}
