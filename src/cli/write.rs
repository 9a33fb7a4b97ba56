//! Replacing a file. Owns that a file is either as it was or wholly new, whatever happens in between.
//!
//! The new text goes to a temporary file in the same folder, is synced, gets the old one's mode (and owner, where that is allowed), and takes its
//! place by renaming. A symbolic link stays, its target is replaced. A file with further hard links is replaced under the name
//! that was given only; the caller says so. A file that is not as it was when it was read is left alone.

use super::interrupt::uninterrupted;
use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::Path;

/// What is worth saying of a file that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// How many other names keep the old text.
    pub other_names: u64,
}

/// Puts `new` in the place of a file that held `old` when it was read.
///
/// # Errors
/// What hinders it, for the user; the file is then as it was.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<Replaced, String> {
    uninterrupted(|| {
        let target = fs::canonicalize(path).map_err(|e| e.to_string())?;
        let metadata = fs::metadata(&target).map_err(|e| e.to_string())?;
        if metadata.permissions().readonly() {
            return Err("the file is read-only; left as it is".to_owned());
        }
        let folder = target.parent().ok_or("it is in no folder")?;
        let unwritten = |e: io::Error| format!("cannot write beside it in {}: {e}", folder.display());
        let mut beside = tempfile::Builder::new()
            .prefix(".mdscrub-")
            .suffix(".tmp")
            .tempfile_in(folder)
            .map_err(unwritten)?;
        beside.write_all(new).map_err(unwritten)?;
        keep_owner(beside.path(), &metadata);
        beside.as_file().set_permissions(metadata.permissions()).map_err(unwritten)?;
        beside.as_file().sync_all().map_err(unwritten)?;
        // as late as can be: nobody's work of the meantime may be lost
        if fs::read(&target).map_err(|e| e.to_string())? != old {
            return Err("the file changed while it was read; left as it is".to_owned());
        }
        beside.persist(&target).map_err(|e| unwritten(e.error))?;
        sync_folder(folder);
        Ok(Replaced { other_names: other_names(&metadata) })
    })
}

#[cfg(unix)]
fn keep_owner(path: &Path, old: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    let Ok(new) = fs::metadata(path) else { return };
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // only root may give files away; for everybody else the file is theirs, as with any editor that writes so
        let _ = std::os::unix::fs::chown(path, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) {}

#[cfg(unix)]
fn other_names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata).saturating_sub(1)
}

#[cfg(not(unix))]
fn other_names(_: &Metadata) -> u64 {
    0
}

/// Makes the new name last through a loss of power, where the system can.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = fs::File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "somebody's new words").unwrap();
        let problem = replace(&path, b"what was read", b"clean").unwrap_err();
        assert!(problem.contains("changed while it was read"), "{problem}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's new words");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
