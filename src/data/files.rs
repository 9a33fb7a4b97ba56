//! [`FileKind`]: what kind of file a path names. Owns the reading of `file_endings.toml`; must not judge what a file is there for.

use super::{FILE_ENDINGS, for_each_listed};
use std::sync::LazyLock;

/// What kind of file a name is of, by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A picture of pixels.
    Picture,
    /// A picture of lines, which may be an icon.
    Drawing,
    Film,
    Flash,
    Sound,
    /// What a reader keeps: a PDF, a book.
    Document,
    /// Text that manuals are written in.
    Manual,
    /// Source of a program.
    Code,
    Data,
    /// An archive, or a program to install.
    Archive,
    /// HTML.
    Page,
    /// What a server runs.
    Program,
    /// The same, with the ending of a top-level domain.
    Perl,
    Script,
    Style,
}

impl FileKind {
    /// The kind of file that `path` names; it has no query.
    #[inline]
    pub fn of_path(path: &str) -> Option<Self> {
        let bytes = path.as_bytes();
        let last = bytes.len().saturating_sub(LONGEST + 1);
        let dot = memchr::memrchr(b'.', bytes.get(last..)?)?;
        Self::of_ending(bytes.get(last + dot + 1..)?)
    }

    /// The kind of file that an address names.
    pub fn of_url(url: &str) -> Option<Self> {
        let end = memchr::memchr2(b'?', b'#', url.as_bytes()).unwrap_or(url.len());
        Self::of_path(url.get(..end)?)
    }

    /// The kind of file whose name ends so, behind the dot; without regard to ASCII case.
    #[inline]
    pub fn of_ending(ending: &[u8]) -> Option<Self> {
        let key = key(ending)?;
        let at = ENDINGS.binary_search_by_key(&key, |(ending, _)| *ending).ok()?;
        ENDINGS.get(at).map(|&(_, kind)| kind)
    }

    /// Whether it is something to look at that does not move.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Picture | Self::Drawing)
    }

    fn named(list: &str) -> Option<Self> {
        Some(match list {
            "picture" => Self::Picture,
            "drawing" => Self::Drawing,
            "film" => Self::Film,
            "flash" => Self::Flash,
            "sound" => Self::Sound,
            "document" => Self::Document,
            "manual" => Self::Manual,
            "code" => Self::Code,
            "data" => Self::Data,
            "archive" => Self::Archive,
            "page" => Self::Page,
            "program" => Self::Program,
            "perl" => Self::Perl,
            "script" => Self::Script,
            "style" => Self::Style,
            _ => return None,
        })
    }
}

/// The longest ending, in bytes.
const LONGEST: usize = 8;

/// An ending as a number, in lower case.
#[inline]
fn key(ending: &[u8]) -> Option<u64> {
    let mut bytes = [0; LONGEST];
    bytes.get_mut(..ending.len())?.copy_from_slice(ending);
    bytes.make_ascii_lowercase();
    Some(u64::from_be_bytes(bytes))
}

static ENDINGS: LazyLock<Vec<(u64, FileKind)>> = LazyLock::new(|| {
    let mut endings = Vec::with_capacity(64);
    for_each_listed(FILE_ENDINGS, |list, ending| {
        endings.extend(key(ending.as_bytes()).zip(FileKind::named(list)))
    });
    endings.sort_unstable_by_key(|(key, _)| *key);
    endings
});

/// Reads the list, so that the first address does not wait for it.
pub(crate) fn prepare() {
    LazyLock::force(&ENDINGS);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ending_is_of_one_kind() {
        let mut count = 0;
        for_each_listed(FILE_ENDINGS, |list, ending| {
            let kind = FileKind::named(list);
            assert!(kind.is_some(), "no kind of file is called {list}");
            assert!(ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{ending}");
            assert_eq!(FileKind::of_path(&format!("/a/b.{ending}")), kind, "{ending} twice, or too long");
            count += 1;
        });
        assert_eq!(count, ENDINGS.len());
    }

    #[test]
    fn a_file_has_a_dot_before_its_ending() {
        assert_eq!(FileKind::of_path("a.tar.GZ"), Some(FileKind::Archive));
        assert_eq!(FileKind::of_url("https://example.org/a.PNG?b=c.d#e"), Some(FileKind::Picture));
        for none in ["", "png", "/png", "a.", "a.png/", "a.é", "a.markdowns", "x.png.é\u{1f600}"] {
            assert_eq!(FileKind::of_path(none), None, "{none}");
        }
    }
}
