//! The patterns of the data files: paths and queries. Owns their language; must not know what a match means.
//!
//! A path pattern is compared with the start of the path as it is written, letters without regard to case:
//!
//! | in the pattern | stands for |
//! | --- | --- |
//! | `#`, `##`, … | at least so many digits, all there are |
//! | `@`, `@@`, … | at least so many of `A-Z a-z 0-9 _ -`, all there are |
//! | `*` | any characters, also none |
//! | `$` (last) | the end of the path, after a slash or not |
//!
//! A pattern that ends in a letter or a digit ends at the end of a word: `/share` is `/share.php`, not `/shareware`.
//!
//! A query pattern is a list of parameter names that must all be there, `name=#` with a value of digits only,
//! `name=TEXT` with a value that begins with that text, `name=@@.@` (first an `@`) with one that begins as a path of that pattern would.

/// Where in `path` the match of `pattern` ends, in bytes.
pub(crate) fn path_match_end(pattern: &str, path: &str) -> Option<usize> {
    // Anywhere in the path, but at the start of a segment.
    if pattern.as_bytes().starts_with(b"*/") {
        let rest = &pattern[1..];
        let mut slashes = memchr::memchr_iter(b'/', path.as_bytes());
        return slashes.find_map(|at| match_end(rest, &path[at..]).map(|end| at + end));
    }
    match_end(pattern, path)
}

fn match_end(pattern: &str, path: &str) -> Option<usize> {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    // Most paths differ in the first letter.
    if let ([b'/', wanted, ..], [b'/', first, ..]) = (pattern, path)
        && wanted.is_ascii_alphabetic()
        && !wanted.eq_ignore_ascii_case(first)
    {
        return None;
    }
    let (mut at, mut here) = (0, 0);
    let mut star = None;
    loop {
        let wanted = match pattern.get(at) {
            Some(&wanted) => wanted,
            None if ends_in_word(pattern) && path.get(here).is_some_and(|&b| in_class(b'@', b)) => b'\0',
            None => return Some(here),
        };
        let step = match wanted {
            b'*' => {
                star = Some((at + 1, here));
                at += 1;
                continue;
            }
            b'$' if at + 1 == pattern.len() => {
                if here == path.len() || path.get(here..) == Some(b"/") {
                    return Some(path.len());
                }
                None
            }
            b'#' | b'@' => {
                let least = pattern[at..].iter().take_while(|&&b| b == wanted).count();
                let run = path[here..].iter().take_while(|&&b| in_class(wanted, b)).count();
                (run >= least).then_some((least, run))
            }
            _ => path.get(here).is_some_and(|b| b.eq_ignore_ascii_case(&wanted)).then_some((1, 1)),
        };
        match (step, star) {
            (Some((in_pattern, in_path)), _) => {
                at += in_pattern;
                here += in_path;
            }
            (None, Some((after, from))) if from < path.len() => {
                star = Some((after, from + 1));
                at = after;
                here = from + 1;
            }
            _ => return None,
        }
    }
}

fn ends_in_word(pattern: &[u8]) -> bool {
    pattern.last().is_some_and(u8::is_ascii_alphanumeric)
}

fn in_class(class: u8, byte: u8) -> bool {
    if class == b'@' { OF_WORD[usize::from(byte)] } else { byte.is_ascii_digit() }
}

/// `A-Z a-z 0-9 _ -`
const OF_WORD: [bool; 256] = {
    let mut of_word = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        of_word[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'-');
        byte += 1;
    }
    of_word
};

/// Whether `value` is what the part of a query pattern after `=` asks for.
pub(crate) fn value_matches(pattern: &str, value: &str) -> bool {
    if pattern == "#" {
        !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
    } else if pattern.starts_with('@') {
        match_end(pattern, value).is_some()
    } else {
        value.get(..pattern.len()).is_some_and(|start| start.eq_ignore_ascii_case(pattern))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_ends() {
        let click = "/c/####/####/###$";
        assert_eq!(path_match_end(click, "/c/12345/67890/1234"), Some(19));
        assert_eq!(path_match_end(click, "/c/12345/67890/1234/"), Some(20));
        assert_eq!(path_match_end(click, "/C/12345/67890/1234"), Some(19));
        assert_eq!(path_match_end(click, "/c/support/12/l/latest"), None);
        assert_eq!(path_match_end(click, "/c/12345/67890/12"), None);
        assert_eq!(path_match_end(click, "/c/12345/67890/1234/more"), None);
        assert_eq!(path_match_end("/image-######-######$", "/image-10112-20934.jpg"), None);
    }

    #[test]
    fn stars_try_every_place() {
        assert_eq!(path_match_end("*/www/delivery/ck.php$", "/ads/www/x/www/delivery/ck.php"), Some(30));
        assert_eq!(
            path_match_end("/click/*/destination:", "/click/camref:1/pubref:2/destination:http"),
            Some(37)
        );
        assert_eq!(path_match_end("*a*b$", "aaaaaaaaaaaac"), None);
        assert_eq!(path_match_end("", "/any"), Some(0));
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(path_match_end("/share", "/share.php"), Some(6));
        assert_eq!(path_match_end("/share", "/share"), Some(6));
        assert_eq!(path_match_end("/share", "/shareware"), None);
        assert_eq!(path_match_end("/tr", "/travel"), None);
        assert_eq!(path_match_end("*/clk", "/clkx/clk/1"), Some(9));
        assert_eq!(path_match_end("/x", "/x\0"), Some(2));
    }

    #[test]
    fn values() {
        assert!(value_matches("#", "120") && !value_matches("#", "1a") && !value_matches("#", ""));
        assert!(value_matches("ad", "AD-12") && !value_matches("ad", "a"));
    }
}
