//! Photographs that a page adds: each a new file in the folder 写真 beside its program, never in the place of another.

use std::io;

use crate::load::{Disk, Folder, MAX_PICTURE_BYTES, Photograph, create_new, is_device_name, read_bounded};

/// Where photographs lie, beside the file that names them.
const FOLDER: &str = "写真";
/// More of one name are none that a person made.
const MOST: usize = 1_000;
/// What a name may have on every system that an office uses, in bytes, with room for a number.
const LONGEST: usize = 180;

/// Why a photograph was not added.
#[derive(Debug)]
pub enum PhotographError {
    /// The name is none that a file of every system and a row of the language can have.
    Name,
    TooLarge,
    Io(io::Error),
}

/// The photographs of a report's folder.
pub struct Photographs {
    folder: Folder,
}

impl Photographs {
    pub fn new(folder: Folder) -> Self {
        Self { folder }
    }

    /// Copies a photograph beside `file`, which is one of the report's; returns what a row of that file calls it. Where the same
    /// bytes lie there under that name, that is it.
    ///
    /// # Errors
    /// A name that is none, and the operating system's.
    pub fn add(&self, file: &str, name: &str, bytes: &[u8]) -> Result<String, PhotographError> {
        let (stem, ending) = parts_of(name).ok_or(PhotographError::Name)?;
        if bytes.len() as u64 > MAX_PICTURE_BYTES {
            return Err(PhotographError::TooLarge);
        }
        let beside = file.rfind('/').and_then(|slash| file.get(..=slash)).unwrap_or_default();
        for number in 1..MOST {
            let own = if number == 1 { format!("{stem}.{ending}") } else { format!("{stem}_{number}.{ending}") };
            let named = format!("{FOLDER}/{own}");
            let path = self.folder.path_of(&format!("{beside}{named}"));
            if !self.folder.holds(&path) || self.folder.is_reached_by_link(&path) {
                return Err(PhotographError::Io(io::ErrorKind::PermissionDenied.into()));
            }
            match create_new(&path, bytes) {
                Ok(()) => return Ok(named),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(PhotographError::Io(error)),
            }
            if read_bounded(&path, MAX_PICTURE_BYTES).is_ok_and(|there| there.as_deref() == Some(bytes)) {
                return Ok(named);
            }
        }
        Err(PhotographError::Io(io::ErrorKind::AlreadyExists.into()))
    }

    /// The bytes of a photograph as a row of `file` names it; nothing for one that is not of the report.
    pub fn read(&self, file: &str, name: &str) -> Option<std::sync::Arc<[u8]>> {
        let beside = file.rfind('/').and_then(|slash| file.get(..slash)).unwrap_or_default();
        match self.folder.read_photograph(beside, name, None) {
            Ok(Photograph::New(_, bytes)) => Some(bytes),
            Ok(Photograph::Known) | Err(_) => None,
        }
    }
}

/// The name in front of its last dot, and what stands behind that. None where a part of it means something to a system or to
/// the language.
fn parts_of(name: &str) -> Option<(&str, &str)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_foreign = |c: char| c.is_control() || "\\/:*?\"<>|¥￥｜│\u{2028}".contains(c);
    let is_right = !stem.trim().is_empty()
        && !ending.is_empty()
        && name.len() <= LONGEST
        && name.trim() == name
        && !stem.starts_with(['.', '_'])
        && !name.contains(is_foreign);
    is_right.then_some((stem, ending)).filter(|_| !is_device_name(stem))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_photograph_never_takes_the_place_of_another() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        fs::create_dir(root.path().join("01_章"))?;
        let photographs = Photographs::new(Folder::new(root.path()));
        let add = |name: &str, bytes: &[u8]| photographs.add("01_章/事業.jigyo", name, bytes);
        assert_eq!(add("朝市.jpg", b"1").ok().as_deref(), Some("写真/朝市.jpg"));
        assert_eq!(add("朝市.jpg", b"2").ok().as_deref(), Some("写真/朝市_2.jpg"));
        assert_eq!(add("朝市.jpg", b"1").ok().as_deref(), Some("写真/朝市.jpg"));
        assert_eq!(add("朝市.jpg", b"2").ok().as_deref(), Some("写真/朝市_2.jpg"));
        assert_eq!(fs::read(root.path().join("01_章/写真/朝市.jpg"))?, b"1");
        assert_eq!(photographs.read("01_章/事業.jigyo", "写真/朝市.jpg").as_deref(), Some(&b"1"[..]));
        assert!(photographs.read("01_章/事業.jigyo", "../../x.jpg").is_none());
        for name in
            ["", "a", ".jpg", "../a.jpg", "a/b.jpg", "C:a.jpg", "a\nb.jpg", "a｜b.jpg", "con.jpg", "_a.jpg", " a.jpg"]
        {
            assert!(matches!(add(name, b"1"), Err(PhotographError::Name)), "{name:?}");
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() -> io::Result<()> {
        let (root, elsewhere) = (tempfile::tempdir()?, tempfile::tempdir()?);
        std::os::unix::fs::symlink(elsewhere.path(), root.path().join("写真"))?;
        let photographs = Photographs::new(Folder::new(root.path()));
        assert!(matches!(photographs.add("事業.jigyo", "朝市.jpg", b"1"), Err(PhotographError::Io(_))));
        assert_eq!(fs::read_dir(elsewhere.path())?.count(), 0);
        Ok(())
    }
}
