//! Tells when what is embedded has changed: the embedding macro cannot.

#![allow(clippy::print_stdout, reason = "how a build script speaks")]

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=src/preview/page");
}
