//! The `mdscrub` program: a thin shell around [`mdscrub::cli::run`].
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    mdscrub::cli::run(std::env::args_os())
}
