//! A report's folder with the open texts in the place of what lies on the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::load::{CachedFolder, Content, ContentHash, Disk, Photograph, RawFile, ReadError, is_read};
use crate::natural_order;

/// What is open, as a report is to read it.
#[derive(Default)]
pub(super) struct OpenTexts {
    /// Its own texts by their path from it
    pub(super) own: BTreeMap<String, Content>,
    /// Texts of other reports
    pub(super) others: Vec<OtherText>,
}

/// An open text of another report.
pub(super) struct OtherText {
    /// The folder of its report
    pub(super) root: PathBuf,
    pub(super) file: RawFile,
}

pub(super) struct Overlay<'a> {
    /// Absent where no report was found: then only what is open is looked at
    pub(super) folder: Option<&'a CachedFolder>,
    pub(super) open: &'a OpenTexts,
}

impl Disk for Overlay<'_> {
    fn read_texts(&self) -> io::Result<Vec<RawFile>> {
        let texts = match self.folder {
            Some(folder) => folder.read_texts()?,
            None => Vec::new(),
        };
        Ok(laid_over(texts, self.open.own.clone()))
    }

    fn read(&self, folder: &str, name: &str, limit: u64) -> Result<Arc<[u8]>, ReadError> {
        self.folder.map_or(Err(ReadError::NotFound), |own| own.read(folder, name, limit))
    }

    fn read_photograph(&self, folder: &str, name: &str, known: Option<ContentHash>) -> Result<Photograph, ReadError> {
        match self.folder {
            Some(own) => own.read_photograph(folder, name, known),
            None => Err(ReadError::NotFound),
        }
    }

    fn read_report(&self, folder: &str) -> io::Result<Vec<RawFile>> {
        let own = self.folder.ok_or(io::ErrorKind::NotFound)?;
        let texts = own.read_report(folder)?;
        let open = self.open.others.iter().filter(|text| own.is_report_named(folder, &text.root));
        Ok(laid_over(texts, open.map(|text| (text.file.path.clone(), text.file.content.clone())).collect()))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.folder.map(|own| own.list(folder)).unwrap_or_default()
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        self.folder.map(|own| own.folders(folder)).unwrap_or_default()
    }
}

/// The texts of a folder with those that are open in their place.
fn laid_over(mut texts: Vec<RawFile>, mut open: BTreeMap<String, Content>) -> Vec<RawFile> {
    for file in &mut texts {
        if let Some(content) = open.remove(&file.path) {
            file.content = content;
        }
    }
    // What is open and was never saved, or was taken away meanwhile.
    let before = texts.len();
    let unsaved = open.into_iter().filter(|(path, _)| is_read(path));
    texts.extend(unsaved.map(|(path, content)| RawFile { path, content }));
    if texts.len() > before {
        texts.sort_by(|one, other| natural_order::compare(&one.path, &other.path));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{ChangedPaths, Folder, create_new};

    #[test]
    fn what_is_open_wins_and_what_is_not_saved_yet_is_there() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        create_new(&folder.path().join("a.jigyo"), "一".as_bytes())?;
        create_new(&folder.path().join("b.jigyo"), "二".as_bytes())?;
        let mut disk = CachedFolder::new(Folder::new(folder.path()));
        disk.refresh(&ChangedPaths::everything())?;
        let text = |text: &str| Content::Text(text.into());
        let open = [("b.jigyo", "開"), ("a2.jigyo", "新"), ("_旧/c.jigyo", "旧"), ("c.txt", "他")];
        let own = open.into_iter().map(|(path, body)| (path.to_string(), text(body))).collect();
        let open = OpenTexts { own, others: Vec::new() };
        let found = Overlay { folder: Some(&disk), open: &open }.read_texts()?;
        let expected = [("a.jigyo", "一"), ("a2.jigyo", "新"), ("b.jigyo", "開")];
        let expected = expected.map(|(path, body)| RawFile { path: path.to_string(), content: text(body) });
        assert_eq!(found, expected);
        assert_eq!(Overlay { folder: None, open: &open }.read_texts()?.len(), 2);
        Ok(())
    }
}
