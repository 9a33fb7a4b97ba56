//! The address of an image that a script was to load: in which attribute it is, and whether what stands in its place is a placeholder.
//! Owns these two; what becomes of the image, TR301 says.

use super::words::{self, Known};
use crate::document::html::Tag;
use crate::document::{AttributeRef, NodeRef};

/// The address that a lazy `<img>` keeps in another attribute, as written there. `is_placeholder` tells of addresses that are none.
pub(crate) fn kept_address<'a>(
    image: NodeRef<'a>,
    is_placeholder: impl Fn(&str) -> bool,
    also: Option<Known>,
) -> Option<AttributeRef<'a>> {
    let is_kept =
        |name: &str| words::is(name, Known::LazyAddress) || also.is_some_and(|k| words::is(name, k));
    image.attributes().find(|a| is_kept(a.name) && is_address(a.value) && !is_placeholder(a.value))
}

/// Whether a value is an address and no setting: a path or more.
fn is_address(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && !value.contains([' ', '{', '}', '<']) && value.contains(['/', '.'])
}

/// The largest of the images of a `srcset` or the like, decoded.
pub(crate) fn largest_of_set(image: NodeRef<'_>, is_placeholder: impl Fn(&str) -> bool) -> Option<String> {
    let sets = image.attributes().filter(|a| words::is(a.name, Known::AddressSet));
    sets.flat_map(|a| candidates(&a.decoded()))
        .filter(|(url, _)| is_address(url) && !is_placeholder(url))
        // of equals the first
        .fold(None, |best: Option<(String, f32)>, new| match best {
            Some(best) if best.1 >= new.1 => Some(best),
            _ => Some(new),
        })
        .map(|(url, _)| url)
}

/// The addresses of a set, each with its width or density.
fn candidates(set: &str) -> Vec<(String, f32)> {
    let mut found = Vec::new();
    let mut rest = set.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        let bare = url.trim_end_matches(',');
        let (size, next) = if bare.len() < url.len() {
            ("", behind)
        } else {
            behind.split_once(',').unwrap_or((behind, ""))
        };
        let size: f32 = size.trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        found.push((bare.to_owned(), size));
        rest = next.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    found
}

/// Whether another element holds the address of an `<img>`: a `<source>` beside it in its `<picture>`.
pub(crate) fn has_source_beside(image: NodeRef<'_>) -> bool {
    let picture = image.parent().filter(|p| p.tag() == Tag::Picture);
    picture.is_some_and(|p| {
        p.children().filter(|c| c.tag() == Tag::Source).any(|source| {
            source.attributes().any(|a| {
                (words::is(a.name, Known::AddressSet) || words::is(a.name, Known::LazyAddress))
                    && is_address(a.value)
            })
        })
    })
}

/// Whether an address is that of a file which stands where `real` is to be loaded: named so, or the same picture, small.
pub(crate) fn stands_for(address: &str, real: &str) -> bool {
    let file = stem(address);
    let is_named_so = words::all(Known::Placeholder).iter().any(|word| {
        file.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    });
    // a smaller one says so: it names a size, or asks for one
    let is_sized = file.len() < name(address).len();
    let says_how_small = is_sized || address.contains('?');
    is_named_so || !file.is_empty() && file == stem(real) && says_how_small && end(address) != end(real)
}

/// Whether two addresses are one but for the host: one picture in two places.
pub(crate) fn is_same_file(address: &str, other: &str) -> bool {
    let behind_host = |url: &str| {
        let rest = url.split_once("//").map_or(url, |(_, rest)| rest.trim_start_matches(|c| c != '/'));
        rest.trim_start_matches('/').to_owned()
    };
    behind_host(address) == behind_host(other)
}

/// The end of an address from the name of the file on, with what is asked of it.
fn end(address: &str) -> &str {
    let (path, _) = parted(address);
    let name = path.rfind('/').map_or(0, |at| at + 1);
    address.get(name..).unwrap_or(address)
}

/// The path of an address, and what is asked of it.
fn parted(address: &str) -> (&str, &str) {
    address.split_at(address.find(['?', '#']).unwrap_or(address.len()))
}

/// The name of the file at an address, without its ending.
fn name(address: &str) -> &str {
    let file = parted(end(address)).0;
    file.rsplit_once('.').map_or(file, |(name, _)| name)
}

/// The name of a file in lower case, without its ending and what says how large it is: `a` of `/x/a-20x15.jpg?w=20`.
fn stem(address: &str) -> String {
    let name = name(address).to_ascii_lowercase();
    let is_size = |part: &str| {
        part.split_once('x').is_some_and(|(w, h)| {
            !w.is_empty() && !h.is_empty() && (w.to_owned() + h).bytes().all(|b| b.is_ascii_digit())
        }) || matches!(
            part,
            "small" | "thumb" | "thumbnail" | "tiny" | "lqip" | "blur" | "preview" | "lowres"
        )
    };
    match name.rsplit_once(['-', '_', '.']) {
        Some((whole, size)) if is_size(size) && !whole.is_empty() => whole.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_stand_for_others() {
        for (address, real) in [
            ("/img/placeholder.png", "https://a.example/b.jpg"),
            ("loading.gif", "b.jpg"),
            ("/x/a-20x15.jpg", "/x/a.jpg"),
            ("/x/a.jpg?w=20", "/x/a.jpg?w=900"),
            ("https://a.example/1x1.trans.gif", "b"),
        ] {
            assert!(stands_for(address, real), "{address}");
        }
        for (address, real) in [
            ("/x/a.jpg", "/x/b.jpg"),
            ("/whitewater.jpg", "/y.jpg"),
            ("https://b.example/img/a?w=540", "/img/a?w=540"),
            ("/x/a.jpg", "/x/a-20x15.jpg"),
        ] {
            assert!(!stands_for(address, real), "{address}");
        }
    }

    #[test]
    fn one_file_on_two_hosts() {
        assert!(is_same_file("https://b.example/img/a?w=540", "/img/a?w=540"));
        assert!(!is_same_file("/thumbs/a.jpg", "/full/a.jpg"));
    }

    #[test]
    fn sets_of_images() {
        let urls = |set| candidates(set).into_iter().map(|(u, s)| format!("{u} {s}")).collect::<Vec<_>>();
        assert_eq!(urls("a.jpg 300w, b,c.jpg 600w"), ["a.jpg 300", "b,c.jpg 600"]);
        assert_eq!(urls("a.jpg, b.jpg 2x"), ["a.jpg 1", "b.jpg 2"]);
        assert!(urls(" ").is_empty());
    }
}
