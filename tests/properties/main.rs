//! The four promises, on documents that nobody has seen: generated ones, broken ones, and the fixtures.

mod generate;
mod promises;
mod trees;

use mdscrub::{Cleaner, Config};

/// Cleaners by the choices that users have.
fn cleaners() -> Vec<(&'static str, Cleaner)> {
    let with = |toml: &str| Cleaner::new(Config::from_toml(toml).unwrap()).unwrap();
    vec![
        ("the library's", with("")),
        ("check's", with("normalise = false\nhtml = \"keep\"")),
        ("everything", with("unsafe-fixes = true")),
        ("unwrap", with("html = \"unwrap\"\nnormalise = false")),
    ]
}

/// The Markdown of the fixtures.
fn fixtures() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                files.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(!files.is_empty());
    files
}
