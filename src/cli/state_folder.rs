//! Where a user's programs keep what is nobody else's: drafts of the live page.

use std::env;
use std::path::PathBuf;

/// The user's own folder for this program's state, as the system has it; a temporary one where it has none.
pub(super) fn state_folder() -> PathBuf {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_STATE_HOME").or_else(|| named("HOME").map(|home| home.join(".local/state")))
    };
    home.unwrap_or_else(env::temp_dir).join("report")
}
