//! A file takes the place of another, and the one that stood there is looked at: whoever saved it between our last look and the new
//! name gets the place back. Linux alone exchanges two names at once; elsewhere an open file is not replaced at all.

use std::io;
use std::path::Path;

/// Puts `file`, which holds `after`, in the place of `target`, which was to hold `before`. Whether it stayed there: not where somebody
/// had saved meanwhile. `None` where names cannot be exchanged: nothing has changed then.
///
/// # Errors
/// The operating system's.
#[cfg(target_os = "linux")]
pub(super) fn exchange(file: &Path, target: &Path, before: &[u8], after: &[u8]) -> io::Result<Option<bool>> {
    use super::plain_file::read_bounded;
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    let swap = || renameat_with(CWD, file, CWD, target, RenameFlags::EXCHANGE);
    match swap() {
        Ok(()) => {}
        Err(Errno::NOENT) => return Ok(Some(false)),
        Err(_) => return Ok(None),
    }
    // What cannot be read is somebody's too: it gets its place back like any other.
    let displaced = || read_bounded(file, isize::MAX.unsigned_abs() as u64).ok().flatten();
    let found = displaced();
    if found.as_deref() == Some(before) {
        return Ok(Some(true));
    }
    // Each turn gives the place to the latest save; another one may come meanwhile.
    let (mut given, mut placed) = (found, Some(after.to_vec()));
    loop {
        swap()?;
        let found = displaced();
        if found == placed {
            return Ok(Some(false));
        }
        (given, placed) = (found, given);
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(_: &Path, _: &Path, _: &[u8], _: &[u8]) -> io::Result<Option<bool>> {
    Ok(None)
}
