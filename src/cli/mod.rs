//! The command line: what each verb does with files, streams and exit codes. It knows the library; the library does not know it.
//!
//! Results go to the standard output, everything else to the standard error. Exit codes: 0 nothing found or all done, 1 findings or
//! something left, 2 bad usage, configuration or input, 130 after Ctrl-C; a closed pipe ends quietly.

mod args;
mod clean;
mod configuration;
mod input;
mod interrupt;
mod jsonl;

use args::{Arguments, Verb};
use clap::Parser;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// Why a verb ended early.
#[derive(Debug)]
enum Failure {
    /// For the user, who can do something about it.
    Message(String),
    /// Nobody reads the output any more.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    /// An error of the standard output.
    fn from(e: io::Error) -> Self {
        if e.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::Message(format!("cannot write to the standard output: {e}"))
        }
    }
}

/// Runs the program with `args` (the first one is its name).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(e) => {
            // a closed pipe is nothing to report here either
            let _ = e.print();
            return ExitCode::from(u8::try_from(e.exit_code()).unwrap_or(2));
        }
    };
    interrupt::exit_on_interrupt();
    let done = match arguments.verb {
        Verb::Clean(clean) => clean::run(&clean),
        _ => Err(Failure::Message("not yet".into())),
    };
    match done {
        Ok(code) => code,
        Err(failure) => ExitCode::from(exit_code(failure)),
    }
}

/// Says what went wrong; the exit code for it.
fn exit_code(failure: Failure) -> u8 {
    match failure {
        Failure::ClosedPipe => 0,
        Failure::Message(message) => {
            complain(&message);
            2
        }
    }
}

/// Ends the program at once: for threads that cannot be told.
fn leave(failure: Failure) -> ! {
    std::process::exit(i32::from(exit_code(failure)))
}

/// A message on the standard error.
fn complain(message: &str) {
    anstream::eprintln!("mdscrub: {message}");
}
