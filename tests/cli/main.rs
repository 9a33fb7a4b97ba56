//! The command line as users call it: exit codes, streams, files, bad input.
#![cfg(feature = "cli")]

mod check;
mod clean;
mod fix;
mod jsonl;
mod steps;
mod verbs;

use assert_cmd::Command;
use std::path::Path;

/// A pixel of a known tracker: every configuration removes it.
const PIXEL: &str = r#"<img src="https://www.facebook.com/tr?id=1234567890&ev=PageView&noscript=1" width="1" height="1" style="display:none">"#;

/// Text with a pixel in it, and without.
fn damaged() -> (String, String) {
    (format!("# Title\n\nOpen the {PIXEL}app.\n"), "# Title\n\nOpen the app.\n".to_owned())
}

/// `mdscrub` in `folder`, without the user's surroundings.
fn mdscrub(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdscrub"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
    command
}

/// What a run gave.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
    let output = mdscrub(folder).args(args).write_stdin(stdin).output().unwrap();
    Run {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8 on the standard output"),
        err: String::from_utf8(output.stderr).expect("UTF-8 on the standard error"),
    }
}

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}
