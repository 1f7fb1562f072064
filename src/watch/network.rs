//! Folders where the system tells of no change: network shares, and Windows' disks seen from WSL.

use std::path::{Component, Path, Prefix};
use std::time::Duration;

/// How often such a folder is looked at.
pub(super) const INTERVAL: Duration = Duration::from_secs(1);

/// What keeps notices from coming, in words; nothing for a disk of the machine's own.
pub(super) fn remote_kind(root: &Path) -> Option<&'static str> {
    // A drive letter of a share has its true name here.
    let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
    if is_share(root) || is_share(&real) {
        return Some("共有フォルダー");
    }
    if !cfg!(target_os = "linux") {
        return None;
    }
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    kind_of_mount(file_system(&mounts, &real)?)
}

/// `\\server\share`
fn is_share(path: &Path) -> bool {
    matches!(
        path.components().next(),
        Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    )
}

fn kind_of_mount(file_system: &str) -> Option<&'static str> {
    match file_system {
        "9p" | "drvfs" | "virtiofs" => Some("Windows 側のディスク"),
        "nfs" | "nfs4" | "cifs" | "smb3" | "smbfs" | "ncpfs" | "afs" | "vboxsf" | "vmhgfs" | "fuse.vmhgfs-fuse"
        | "fuse.sshfs" | "fuse.rclone" | "fuse.gvfsd-fuse" | "davfs" | "fuse.davfs" => Some("共有フォルダー"),
        _ => None,
    }
}

/// The kind of file system that holds the path: of the mounts above it the deepest, and of two there the later.
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mut found: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut words = line.split(' ').skip(1);
        let (Some(place), Some(kind)) = (words.next(), words.next()) else { continue };
        let place = unescape(place);
        if path.starts_with(&place) && found.is_none_or(|(depth, _)| place.len() >= depth) {
            found = Some((place.len(), kind));
        }
    }
    found.map(|(_, kind)| kind)
}

/// `\040` is a blank.
fn unescape(place: &str) -> String {
    place.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
//server/share /mnt/共有\\040一 cifs rw 0 0
tmpfs /mnt/c/tmp tmpfs rw 0 0
";

    #[test]
    fn the_deepest_mount_decides() {
        let kind = |path: &str| kind_of_mount(file_system(MOUNTS, Path::new(path)).unwrap_or(""));
        assert_eq!(kind("/home/報告書"), None);
        assert_eq!(kind("/mnt/c/報告書"), Some("Windows 側のディスク"));
        assert_eq!(kind("/mnt/共有 一/報告書"), Some("共有フォルダー"));
        assert_eq!(kind("/mnt/c/tmp/報告書"), None);
    }

    #[cfg(windows)]
    #[test]
    fn a_share_is_known_by_its_name() {
        assert!(is_share(Path::new(r"\\server\share\r")) && is_share(Path::new(r"\\?\UNC\server\share\r")));
        assert!(!is_share(Path::new(r"C:\r")));
    }
}
