//! The command line: what each verb does with files, streams and exit codes. It knows the library; the library does not know it.
//!
//! Results go to the standard output, everything else to the standard error. Exit codes: 0 nothing found or all done, 1 findings or
//! something left, 2 bad usage, configuration or input, 130 after Ctrl-C; a closed pipe ends quietly.

mod about;
mod args;
mod check;
mod clean;
mod configuration;
mod files;
mod fix;
mod input;
mod interrupt;
mod jsonl;
mod problems;
mod steps;
mod write;

use args::{Arguments, Color, Verb};
use clap::Parser;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    match arguments.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let done = match &arguments.verb {
        Verb::Check(args) => check::run(args, arguments.quiet),
        Verb::Fix(args) => fix::run(args, arguments.quiet),
        Verb::Clean(args) => clean::run(args),
        Verb::Steps(args) => steps::run(args),
        Verb::Explain(args) => about::explain(args),
        Verb::Rules(args) => about::rules(args),
        Verb::Config(args) => about::config(args),
        Verb::Files(args) => about::files(args),
        Verb::Completions(args) => about::completions(args),
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

/// A message of something that went wrong, on the standard error.
fn complain(message: &dyn fmt::Display) {
    say(&format!("mdscrub: {message}"));
}

/// A line on the standard error; if nobody reads it, it is lost.
fn say(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// What `work` gives. A panic is a mistake of this program, but it costs one document, not the run.
fn without_panic<T>(work: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| "internal error; please report it with this document at the project's issue tracker")
}

/// Threads to share files among.
fn threads(count: usize) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    pool.map_err(|e| Failure::Message(format!("cannot start {count} threads: {e}")))
}
