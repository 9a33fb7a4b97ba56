//! Raw text: where the content of `<script>`, `<title>` and their like ends. Positions are bytes of the text.

use super::{Tag, markup::ends_tag_name};
use memchr::{memchr, memchr2};

/// Where the raw text of `raw` that starts at `from` ends: at the `<` of the matching end tag, or with the text.
pub(super) fn end(bytes: &[u8], from: usize, raw: Tag) -> usize {
    match raw {
        Tag::Plaintext => bytes.len(),
        Tag::Script => script_end(bytes, from),
        _ => {
            let mut at = from;
            while let Some(open) = find_open(bytes, at) {
                if is_end_tag(bytes, open, raw.name()) {
                    return open;
                }
                at = open + 1;
            }
            bytes.len()
        }
    }
}

fn find_open(bytes: &[u8], from: usize) -> Option<usize> {
    memchr(b'<', bytes.get(from..)?).map(|found| from + found)
}

/// Whether at `open` stands `</name` and a byte that ends the name.
fn is_end_tag(bytes: &[u8], open: usize, name: &str) -> bool {
    bytes.get(open + 1) == Some(&b'/') && is_word(bytes, open + 2, name)
}

/// Whether at `start` stands `name`, in any case, and a byte that ends it.
fn is_word(bytes: &[u8], start: usize, name: &str) -> bool {
    let end = start + name.len();
    bytes.get(start..end).is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(end).is_some_and(|&byte| ends_tag_name(byte))
}

/// Script data: `<!--` hides a `<script>` … `</script>` pair in it until `-->`.
fn script_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(open) = find_open(bytes, at) {
        if is_end_tag(bytes, open, "script") {
            return open;
        }
        at = open + 1;
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(b"!--")) {
            match escaped_script(bytes, open + 2) {
                Escaped::EndTag(end) => return end,
                Escaped::Left(after) => at = after,
            }
        }
    }
    bytes.len()
}

/// How the escaped part of script data ends.
enum Escaped {
    /// With the script's end tag at this byte, or with the text.
    EndTag(usize),
    /// With `-->`, before this byte.
    Left(usize),
}

/// The script data escaped states (double escaped ones included) from `dashes` on, the two of `<!--`.
fn escaped_script(bytes: &[u8], dashes: usize) -> Escaped {
    let mut is_double = false;
    let mut at = dashes + 2;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'<', b'>', rest)) {
        let found = at + found;
        at = found + 1;
        if bytes.get(found) == Some(&b'>') {
            if bytes.get(dashes..found).is_some_and(|before| before.ends_with(b"--")) {
                return Escaped::Left(at);
            }
        } else if is_double {
            if is_end_tag(bytes, found, "script") {
                is_double = false;
            }
        } else if is_end_tag(bytes, found, "script") {
            return Escaped::EndTag(found);
        } else if is_word(bytes, at, "script") {
            is_double = true;
        }
    }
    Escaped::EndTag(bytes.len())
}
