//! One program at a time writes into a folder.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

/// A file is written in milliseconds: who holds a folder longer does something else with it.
const LONGEST: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(2);

/// Held while this program writes into a folder. The system gives it up with the process, however that ends.
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Nothing where the disk knows no locks, or somebody holds the folder for long: what is written is then only compared.
    pub(super) fn take(folder: &Path) -> Option<Self> {
        let started = Instant::now();
        loop {
            match try_lock(folder) {
                Attempt::Taken(file) => return Some(Self { _file: file }),
                Attempt::Busy if started.elapsed() < LONGEST => std::thread::sleep(PAUSE),
                Attempt::Busy | Attempt::Impossible => return None,
            }
        }
    }
}

enum Attempt {
    Taken(File),
    Busy,
    Impossible,
}

/// The folder itself is locked: no file is needed for it.
#[cfg(unix)]
fn try_lock(folder: &Path) -> Attempt {
    let Ok(file) = File::open(folder) else { return Attempt::Impossible };
    match file.try_lock() {
        Ok(()) => Attempt::Taken(file),
        Err(std::fs::TryLockError::WouldBlock) => Attempt::Busy,
        Err(std::fs::TryLockError::Error(_)) => Attempt::Impossible,
    }
}

/// A file that nobody else can open, and that the system takes away when it is closed.
#[cfg(windows)]
fn try_lock(folder: &Path) -> Attempt {
    use std::os::windows::fs::OpenOptionsExt;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const DELETE: u32 = 0x0001_0000;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const SHARING_VIOLATION: i32 = 32;
    let mut options = File::options();
    options.write(true).create(true).access_mode(GENERIC_WRITE | DELETE).share_mode(0).custom_flags(DELETE_ON_CLOSE);
    match options.open(folder.join("_report-lock.tmp")) {
        Ok(file) => Attempt::Taken(file),
        Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Attempt::Busy,
        Err(_) => Attempt::Impossible,
    }
}

#[cfg(not(any(unix, windows)))]
fn try_lock(_: &Path) -> Attempt {
    Attempt::Impossible
}
