//! Which configuration a file has. Owns finding `mdscrub.toml`, the flags that go before it, and the defaults of each verb;
//! must not know what the keys do.
//!
//! The nearest `mdscrub.toml` or `.mdscrub.toml` in the folder of the file or above it counts, alone; configurations are not merged.
//! `--config` names another for all files, `--isolated` none. Flags go before the file's keys: `--select` replaces its `select` and
//! `ignore`, `--ignore` adds to `ignore`.

use super::Failure;
use super::args::Selection;
use crate::{Cleaner, Config, HtmlPolicy};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const NAMES: [&str; 2] = ["mdscrub.toml", ".mdscrub.toml"];

/// Whose defaults count where neither flag nor file says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// `check` and `fix`: the smallest difference.
    Folder,
    /// `clean` and `steps`: uniform text.
    Corpus,
}

/// The configurations of all files of a run.
pub(super) struct Configurations {
    flags: Selection,
    column: Column,
    /// By folder.
    known: Mutex<HashMap<PathBuf, Result<Arc<Cleaner>, String>>>,
}

impl Configurations {
    /// Those that the flags and the files ask for.
    ///
    /// # Errors
    /// Flags that name no rule, and a `--config` that cannot be used.
    pub fn new(flags: &Selection, column: Column) -> Result<Self, Failure> {
        let mut alone = Config::default();
        apply_flags(&mut alone, flags);
        Cleaner::new(alone).map_err(|e| Failure::Message(format!("--{e}")))?;
        let all = Self { flags: flags.clone(), column, known: Mutex::default() };
        if flags.config.is_some() {
            // wrong for every file: told before any is read
            all.cleaner(None).map_err(Failure::Message)?;
        }
        Ok(all)
    }

    /// The cleaner for a file (for one in the current folder, where there is no path).
    ///
    /// # Errors
    /// A configuration that cannot be read or used: its path and what is wrong.
    pub fn cleaner(&self, path: Option<&Path>) -> Result<Arc<Cleaner>, String> {
        let folder = folder_of(path);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let cleaner = known.entry(folder).or_insert_with_key(|folder| {
            let (from, config) = self.config_in(folder)?;
            Cleaner::new(config).map(Arc::new).map_err(|e| match from {
                Some(path) => format!("{}: {e}", path.display()),
                None => e.to_string(),
            })
        });
        cleaner.clone()
    }

    /// The configuration for a path, with the file it comes from.
    ///
    /// # Errors
    /// As [`Configurations::cleaner`].
    pub fn config(&self, path: &Path) -> Result<(Option<PathBuf>, Config), Failure> {
        let folder = if path.is_dir() { absolute(path) } else { folder_of(Some(path)) };
        self.config_in(&folder).map_err(Failure::Message)
    }

    fn config_in(&self, folder: &Path) -> Result<(Option<PathBuf>, Config), String> {
        let from = match &self.flags.config {
            Some(path) => Some(path.clone()),
            None if self.flags.isolated => None,
            None => {
                folder.ancestors().flat_map(|f| NAMES.iter().map(move |n| f.join(n))).find(|p| p.is_file())
            }
        };
        let mut config = match &from {
            Some(path) => {
                let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
                let text = std::fs::read_to_string(path).map_err(|e| named(&e))?;
                Config::from_toml(&text).map_err(|e| named(&e))?
            }
            None => Config::default(),
        };
        apply_flags(&mut config, &self.flags);
        apply_column(&mut config, self.column);
        Ok((from, config))
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn folder_of(path: Option<&Path>) -> PathBuf {
    let folder = path.and_then(Path::parent).filter(|p| !p.as_os_str().is_empty());
    absolute(folder.unwrap_or(Path::new(".")))
}

fn apply_flags(config: &mut Config, flags: &Selection) {
    if let Some(codes) = &flags.select {
        config.select = Some(codes.clone());
        config.ignore.clear();
    }
    config.ignore.extend(flags.ignore.iter().cloned());
    config.unsafe_fixes |= flags.unsafe_fixes;
    if flags.normalise || flags.no_normalise {
        config.normalise = Some(flags.normalise);
    }
    if let Some(html) = flags.html {
        config.html = Some(html.into());
    }
}

/// Sets what is unset as the verb's column says. A selection replaces the column: what it names runs as in the library.
fn apply_column(config: &mut Config, column: Column) {
    if column == Column::Folder && config.select.is_none() {
        config.normalise.get_or_insert(false);
        config.html.get_or_insert(HtmlPolicy::Keep);
    } else {
        config.normalise.get_or_insert(true);
        config.html.get_or_insert(HtmlPolicy::Convert);
    }
}
