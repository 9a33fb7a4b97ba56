//! Shortcodes of WordPress (and codes of bulletin boards) whose content is code: `[code language="sql"] … [/code]`.
//! Owns telling them from words in brackets; between other shortcodes stands prose.

use crate::span::Span;
use memchr::memchr;

/// How far before its end a shortcode may begin, in bytes.
const LONGEST_BODY: usize = 64 * 1024;
/// How long the start may be, in bytes.
const LONGEST_START: usize = 512;

/// Those of WordPress's own plug-in (SyntaxHighlighter Evolved: its languages are shortcodes too), of CodeColorer, Crayon, Enlighter,
/// WP-Syntax and of bulletin boards. Names that mean other things as well are left out (`text`, `go`, `c`, `pl`).
const NAMES: [&str; 68] = [
    "actionscript3",
    "as3",
    "bash",
    "cc",
    "cci",
    "cce",
    "code",
    "codebox",
    "codeblock",
    "codesyntax",
    "coldfusion",
    "console",
    "cpp",
    "crayon",
    "csharp",
    "c-sharp",
    "css",
    "delphi",
    "diff",
    "enlighter",
    "erlang",
    "fsharp",
    "golang",
    "groovy",
    "haskell",
    "highlight",
    "html",
    "java",
    "javafx",
    "javascript",
    "jfx",
    "jquery",
    "js",
    "jscript",
    "json",
    "kotlin",
    "latex",
    "lua",
    "matlab",
    "objc",
    "pascal",
    "patch",
    "perl",
    "php",
    "powershell",
    "pre",
    "prettify",
    "python",
    "rails",
    "ror",
    "ruby",
    "rust",
    "scala",
    "shell",
    "sourcecode",
    "sql",
    "swift",
    "syntax",
    "tex",
    "typescript",
    "vb",
    "vbnet",
    "xhtml",
    "xml",
    "xslt",
    "yaml",
    "yml",
    "zsh",
];

/// Finds the shortcodes of code that end with one of the `[/` at `ends`, ascending: `opaque` takes them with what they hold. An end that
/// nothing opens goes to `lone`: a start may come to be before it.
pub(super) fn find(text: &str, from: usize, ends: &[usize], opaque: &mut Vec<Span>, lone: &mut Vec<Span>) {
    // behind the last end of each name, where the search for the next start goes on
    let mut passed: Vec<(&str, usize)> = Vec::new();
    for (at, name, end) in ends.iter().filter_map(|&at| end_at(text, at)) {
        let reach = at.saturating_sub(LONGEST_BODY).max(from);
        let since = match passed.iter_mut().find(|(known, _)| *known == name) {
            Some((_, since)) => std::mem::replace(since, end),
            None => {
                passed.push((name, end));
                from
            }
        };
        match start(text, since.max(reach), at, name) {
            Some(start) => opaque.push(Span::new(start, end)),
            None => lone.push(Span::new(at, end)),
        }
    }
}

/// The end of a shortcode of code whose `[/` stands at `at`: where it begins (with its backslash), the name, where it ends.
fn end_at(text: &str, at: usize) -> Option<(usize, &'static str, usize)> {
    let rest = text.get(at + 2..)?;
    let (name, length) = name_at(rest)?;
    let end = at + 2 + length + closing(rest.get(length..)?)?;
    let bytes = text.as_bytes();
    // a link
    if bytes.get(end).is_some_and(|b| matches!(b, b'(' | b':')) {
        return None;
    }
    let is_escaped = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
    Some((at - usize::from(is_escaped), name, end))
}

/// The name of a shortcode of code at the head of `text`, and how long it is there.
fn name_at(text: &str) -> Option<(&'static str, usize)> {
    let bytes = text.as_bytes();
    let is_of_name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    let length = bytes.iter().take(16).take_while(|b| is_of_name(b)).count();
    let written = text.get(..length)?;
    let name = NAMES.iter().find(|name| name.eq_ignore_ascii_case(written))?;
    // CodeColorer names the language behind a low line: `[cc_php]`
    let suffix = bytes.get(length..)?.iter().take(16).take_while(|b| is_of_name(b) || **b == b'_').count();
    (suffix == 0 || *name == "cc" && bytes.get(length) == Some(&b'_')).then_some((name, length + suffix))
}

/// How many bytes the bracket at the head of `text` takes that closes a shortcode, escaped or not.
fn closing(text: &str) -> Option<usize> {
    ["]", "\\]"].iter().find(|mark| text.starts_with(**mark)).map(|mark| mark.len())
}

/// Where the first start of `name` between `from` and `until` begins.
fn start(text: &str, from: usize, until: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'[', bytes.get(from..until)?).map(|i| from + i).find_map(|at| {
        let rest = text.get(at + 1..until)?;
        let (found, length) = name_at(rest)?;
        let rest = rest.as_bytes().get(length..)?;
        let line = rest.get(..LONGEST_START).unwrap_or(rest);
        let line = line.get(..memchr(b'\n', line).unwrap_or(line.len()))?;
        let close = memchr(b']', line)?;
        let attributes = line.get(..close)?;
        let attributes = attributes.strip_suffix(b"\\").unwrap_or(attributes);
        // `[code]`, `[code language="sql"]`, `[code=sql]`, `[code:1]`
        let fits = attributes.first().is_none_or(|b| matches!(b, b' ' | b'\t' | b'=' | b':'));
        let behind = rest.get(close + 1);
        let is_link = behind.is_some_and(|b| matches!(b, b'(' | b':'));
        // what holds no text, and a mark on words that has the name of a shortcode for code
        let is_other = attributes.ends_with(b"/")
            || found == "highlight" && memchr::memmem::find(attributes, b"lang").is_none();
        let sound = found == name && fits && !is_link && !is_other;
        sound.then(|| at - usize::from(at > from && bytes.get(at - 1) == Some(&b'\\')))
    })
}
