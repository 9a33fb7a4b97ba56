//! [`attribute_list`]: the attributes that site generators read behind a link or an image: `{:target="_blank"}`, `{.wide width=50%}`. Owns how they
//! are written; must not know what they mean.

/// The most bytes of such a list.
const LONGEST: usize = 400;

/// How many bytes the attribute list has that `text` begins with: that of kramdown, Pandoc, Python-Markdown or markdown-it. 0 if there is none.
pub(crate) fn attribute_list(text: &str) -> usize {
    if !text.starts_with('{') {
        return 0;
    }
    let mut quote = None;
    let end = text.bytes().take(LONGEST).position(|b| {
        match (quote, b) {
            (_, b'\n') => return true,
            (Some(open), b) if b == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b'}') => return true,
            _ => {}
        }
        false
    });
    let Some(end) = end.filter(|&at| text.as_bytes().get(at) == Some(&b'}')) else { return 0 };
    let inside = text.get(1..end).unwrap_or("");
    let inside = inside.strip_prefix(':').unwrap_or(inside);
    if holds_attributes(inside) { end + 1 } else { 0 }
}

/// The value of an attribute in a list.
pub(crate) fn attribute_in_list<'a>(list: &'a str, name: &str) -> Option<&'a str> {
    let bytes = list.as_bytes();
    memchr::memmem::find_iter(bytes, name).find_map(|at| {
        let begins =
            at.checked_sub(1).is_some_and(|before| matches!(bytes[before], b'{' | b':' | b' ' | b'\t'));
        let value = list.get(at + name.len()..)?.strip_prefix('=').filter(|_| begins)?;
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split([' ', '\t', '}']).next(),
        }
    })
}

/// Whether `inside` is attributes with blanks between: `.class`, `#id`, `name="value"`.
fn holds_attributes(inside: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
    };
    let mut rest = inside.trim_start();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', '=']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        rest = match behind.strip_prefix('=') {
            Some(value) if is_name(name) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let Some(close) = value[1..].find(quote) else { return false };
                    &value[close + 2..]
                }
                Some(' ' | '\t') | None => return false,
                Some(_) => &value[value.find([' ', '\t']).unwrap_or(value.len())..],
            },
            None if name.strip_prefix(['.', '#']).is_some_and(is_name) => behind,
            _ => return false,
        };
        rest = rest.trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{attribute_in_list, attribute_list};

    #[test]
    fn values() {
        let list = "{:.wide width=300 rel=\"nofollow sponsored\" data-width='1'}";
        assert_eq!(attribute_in_list(list, "width"), Some("300"));
        assert_eq!(attribute_in_list(list, "rel"), Some("nofollow sponsored"));
        assert_eq!(attribute_in_list(list, "height"), None);
    }

    #[test]
    fn lists() {
        for list in [
            "{:target=\"_blank\" rel=\"nofollow\"}",
            "{: .btn rel='a}b' }",
            "{width=50%}",
            "{.wide #fig}",
            "{ target=_blank }",
        ] {
            assert_eq!(attribute_list(&format!("{list} and more")), list.len(), "{list}");
        }
        for other in [
            "{x}",
            "{}",
            "{: }",
            "{{ a=1 }}",
            "{% a=1 %}",
            "{a = 1}",
            "{a=\n1}",
            "{toc}",
            "{1, 2}",
            "{=html}",
            " {.a}",
            "",
        ] {
            assert_eq!(attribute_list(other), 0, "{other}");
        }
    }
}
