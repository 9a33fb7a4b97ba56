//! Which files are meant. Owns walking folders; must not read a file.
//!
//! A file that is named is read, whatever it is called. In folders only Markdown counts, hidden and ignored files (`.gitignore`,
//! `.ignore`, also outside of a repository) do not, and symbolic links are not followed.

use super::args::Sources;
use super::input::Source;
use super::problems::Problem;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::path::Path;

/// The extensions of Markdown files.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mdx"];

/// What the arguments name.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// By path, each once.
    pub sources: Vec<Source>,
    /// What is not there or cannot be looked into.
    pub problems: Vec<Problem>,
}

/// The files that the arguments name, sorted.
pub(super) fn sources(args: &Sources) -> Found {
    let mut found = Found::default();
    for path in &args.paths {
        match Source::of(path, args.stdin_filename.as_ref()) {
            stdin @ Source::Stdin(_) => found.sources.push(stdin),
            Source::File(path) => match std::fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => walk(&path, &mut found),
                Ok(_) => found.sources.push(Source::File(path)),
                Err(e) => found.problems.push(Problem::new(path.display().to_string(), e)),
            },
        }
    }
    found.sources.sort();
    // one file under two names would be written twice
    let mut seen = HashSet::new();
    found.sources.retain(|source| match source {
        Source::Stdin(_) => seen.insert(None),
        Source::File(path) => seen.insert(Some(std::fs::canonicalize(path).unwrap_or_else(|_| path.clone()))),
    });
    found
}

fn walk(folder: &Path, found: &mut Found) {
    let (sources, problems) = (found.sources.len(), found.problems.len());
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                if entry.file_type().is_some_and(|t| t.is_file()) && is_markdown(entry.path()) {
                    found.sources.push(Source::File(entry.into_path()));
                }
            }
            Err(e) => found.problems.push(Problem::new("", e)),
        }
    }
    if (sources, problems) == (found.sources.len(), found.problems.len()) {
        let message = format!("no Markdown files in this folder (*.{})", EXTENSIONS.join(", *."));
        found.problems.push(Problem::new(folder.display().to_string(), message));
    }
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|e| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}
