//! The command `report`.

use std::process::ExitCode;

fn main() -> ExitCode {
    jigyo::cli::run()
}
