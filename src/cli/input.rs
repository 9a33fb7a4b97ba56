//! What is read: files and the standard input, which behaves like a file. Owns names and reading; must not judge content.

use super::Failure;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// The standard input, with the name it was given.
    Stdin(Option<PathBuf>),
    /// A file.
    File(PathBuf),
}

impl Source {
    /// What an argument means: `-` is the standard input.
    pub fn of(path: &Path, stdin_filename: Option<&PathBuf>) -> Self {
        if path.as_os_str() == "-" {
            Self::Stdin(stdin_filename.cloned())
        } else {
            Self::File(path.to_owned())
        }
    }

    /// The path for finding a configuration.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin(name) => name.as_deref(),
            Self::File(path) => Some(path),
        }
    }

    /// What reports call it.
    pub fn name(&self) -> String {
        match self.path() {
            None => "<stdin>".to_owned(),
            // `./a.md` as walking the current folder gives it is `a.md` for everybody
            Some(path) => {
                let short = path.strip_prefix(".").unwrap_or(path);
                let name = if short.as_os_str().is_empty() { path } else { short };
                name.display().to_string()
            }
        }
    }

    /// A reader of its bytes.
    ///
    /// # Errors
    /// With its name, where it cannot be opened.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, Failure> {
        Ok(match self {
            Self::Stdin(_) => Box::new(io::stdin()),
            Self::File(path) => {
                self.refuse_folder().map_err(|e| self.problem(&e))?;
                Box::new(File::open(path).map_err(|e| self.problem(&e))?)
            }
        })
    }

    /// All its bytes.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Stdin(_) => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            Self::File(path) => {
                self.refuse_folder()?;
                std::fs::read(path)
            }
        }
    }

    /// A folder is no document: the system's own message comes late and does not say what to do.
    fn refuse_folder(&self) -> io::Result<()> {
        match self {
            Self::File(path) if path.is_dir() => Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "it is a folder, and one file is read here; `mdscrub check` and `mdscrub fix` take folders",
            )),
            _ => Ok(()),
        }
    }

    /// A message that names it.
    pub fn problem(&self, what: &dyn std::fmt::Display) -> Failure {
        Failure::Message(format!("{}: {what}", self.name()))
    }
}
