//! The README says what is true: its help text is the program's, its commands and flags exist, its before becomes its after.
//!
//! `MDSCRUB_BLESS=1 cargo test --test readme` puts the program's help text in.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use std::path::Path;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// What stands in the fences that open with `info`.
fn fences<'t>(text: &'t str, info: &str) -> Vec<&'t str> {
    let opening = format!("\n```{info}\n");
    text.match_indices(&opening)
        .map(|(at, _)| {
            let body = &text[at + opening.len()..];
            &body[..body.find("```\n").expect("a closing fence")]
        })
        .collect()
}

fn help(verb: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdscrub"));
    let output = command.args(verb).arg("--help").env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success(), "{verb:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_help_text_is_the_programs() {
    let (text, help) = (readme(), help(&[]));
    let shown = fences(&text, "text help");
    assert_eq!(shown.len(), 1);
    if std::env::var_os("MDSCRUB_BLESS").is_some() && shown[0] != help {
        let (before, after) = text.split_once("```text help\n").unwrap();
        let after = &after[shown[0].len()..];
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        std::fs::write(path, format!("{before}```text help\n{help}{after}")).unwrap();
        return;
    }
    assert_eq!(shown[0], help);
}

#[test]
fn its_commands_and_flags_exist() {
    let text = readme();
    let mut count = 0;
    for line in fences(&text, "sh").iter().flat_map(|f| f.lines()) {
        let line = line.split('#').next().unwrap_or("").trim();
        let Some(command) =
            line.strip_prefix("mdscrub ").or_else(|| line.strip_prefix("cargo run --release -- "))
        else {
            continue;
        };
        let mut words = command.split_whitespace();
        let verb = words.next().unwrap();
        let help = help(&[verb]);
        for flag in words.filter(|w| w.starts_with("--")) {
            assert!(help.contains(flag), "{line}: no {flag}");
        }
        count += 1;
    }
    assert!(count > 5, "{count} commands");
}

#[test]
fn its_files_and_rules_exist() {
    let text = readme();
    for line in fences(&text, "sh").iter().flat_map(|f| f.lines()) {
        for word in line.split_whitespace().filter(|w| w.starts_with("fixtures/")) {
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(word).is_file(), "{word}");
        }
        if let Some(code) = line.strip_prefix("mdscrub explain ") {
            let code = code.split_whitespace().next().unwrap();
            assert!(mdscrub::rules::find(code).is_some(), "{code}");
        }
    }
}

#[test]
fn before_becomes_after() {
    let text = readme();
    let (before, after) = (fences(&text, "markdown before"), fences(&text, "markdown after"));
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!(mdscrub::clean(before[0]).markdown, after[0]);
}

#[test]
fn its_configuration_is_one() {
    let text = readme();
    let config = fences(&text, "toml config");
    assert_eq!(config.len(), 1);
    mdscrub::Config::from_toml(config[0]).unwrap();
}
