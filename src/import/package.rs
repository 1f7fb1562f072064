//! The archive that a .xlsx, .ods or .docx is: looked through before anybody reads it, so that a damaged or a swollen
//! one is refused in words. Knows nothing of what its parts say.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

/// A file larger than this is refused unread.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// What the written parts may take when they are unpacked. Pictures are not unpacked.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Why a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Locked,
    Large,
    Damaged,
    /// Excel 95 and before
    Ancient,
}

/// How a file begins.
pub(super) enum PackageKind {
    /// .xlsx, .ods, .docx
    Archive,
    /// .xls, .doc
    Old,
    /// A .xlsx or .docx that asks for a password: it is wrapped in the old kind of file.
    Locked,
    Other,
}

pub(super) fn kind(bytes: &[u8]) -> PackageKind {
    match bytes {
        [b'P', b'K', 3, 4, ..] => PackageKind::Archive,
        [0xd0, 0xcf, 0x11, 0xe0, ..] if is_locked(bytes) => PackageKind::Locked,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => PackageKind::Old,
        _ => PackageKind::Other,
    }
}

/// By the name of the stream in which the file lies, in UTF-16.
fn is_locked(bytes: &[u8]) -> bool {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(stream.len()).any(|window| window == stream)
}

pub(super) fn refuse_large(name: &str, bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > MOST_BYTES { Err(too_large(name)) } else { Ok(()) }
}

pub(super) fn too_large(name: &str) -> String {
    format!("「{name}」は大きすぎて読めません。取り込む部分だけを別のファイルに写し、写真を除いて保存し直してください")
}

pub(super) fn locked(name: &str) -> String {
    format!("「{name}」はパスワードで保護されていて読めません。パスワードを外して保存し直してください")
}

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// `None` where it is no archive, or a written part of it is damaged.
    pub(super) fn open(name: &str, bytes: &'a [u8]) -> Result<Option<Self>, String> {
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(None) };
        let mut unpacked = 0;
        for index in 0..archive.len() {
            let Ok(part) = archive.by_index(index) else { return Ok(None) };
            if !part.name().is_ok_and(|name| is_written(&name)) {
                continue;
            }
            // What an archive says of its own sizes may be wrong.
            let Ok(size) = copy(&mut part.take(MOST_UNPACKED - unpacked + 1), &mut sink()) else { return Ok(None) };
            unpacked += size;
            if unpacked > MOST_UNPACKED {
                return Err(too_large(name));
            }
        }
        Ok(Some(Self { archive }))
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.archive.file_names().flatten().any(|name| name == part)
    }

    /// A part as text.
    pub(super) fn text(&mut self, part: &str) -> Option<String> {
        let mut text = String::new();
        self.archive.by_name(part).ok()?.take(MOST_UNPACKED).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// A part that is no text: a picture. Nothing where there is none, or it is too large.
    pub(super) fn bytes(&mut self, part: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        self.archive.by_name(part).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() <= MOST_BYTES).then_some(bytes)
    }

    /// A part without which nothing can be read.
    pub(super) fn part(&mut self, part: &str) -> Result<String, Fault> {
        self.text(part).ok_or(Fault::Damaged)
    }
}

fn is_written(part: &str) -> bool {
    let ending = part.rsplit('.').next().unwrap_or(part).to_ascii_lowercase();
    matches!(ending.as_str(), "xml" | "rels" | "bin" | "vml" | "mimetype")
}
