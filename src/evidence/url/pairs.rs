//! [`ids`] and [`pair_score`]: a click and an impression of the same placement carry the same ids.
//! Owns what an id looks like; must not know networks.

use super::view::UrlView;

/// The parts of a URL's path and parameters that can be ids: numbers of two digits and more, mixed runs of letters and
/// digits of five and more. Sizes of ads are none. Each once, in the order they stand.
///
/// ```
/// use mdscrub::evidence::url::ids;
///
/// assert_eq!(ids("https://a.example/cl/70213/5512/300x250.png?site=kp1x9"), ["70213", "5512", "kp1x9"]);
/// ```
pub fn ids(url: &str) -> Vec<&str> {
    ids_of(&UrlView::parse(url))
}

/// The [`ids`] of a URL that is cut up already.
pub(crate) fn ids_of<'a>(view: &UrlView<'a>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    add_ids(view.path, &mut found);
    for parameter in view.parameters() {
        add_ids(parameter.raw_value.unwrap_or(parameter.raw_name), &mut found);
    }
    found
}

/// Adds those among the words of `text` that can be ids.
fn add_ids<'a>(text: &'a str, found: &mut Vec<&'a str>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // `%2Fgithub`: the two digits are of the sign
        if bytes[at] == b'%' && bytes.get(at + 1..at + 3).is_some_and(|b| b.iter().all(u8::is_ascii_hexdigit))
        {
            at += 3;
            continue;
        }
        let (from, mut digits) = (at, 0);
        while let Some(byte) = bytes.get(at).filter(|b| b.is_ascii_alphanumeric()) {
            digits += usize::from(byte.is_ascii_digit());
            at += 1;
        }
        if digits > 0
            && let Some(word) = text.get(from..at)
            && is_id(word, digits)
            && found.len() < MOST_IDS
            && !found.contains(&word)
        {
            found.push(word);
        }
        at += usize::from(at == from);
    }
}

/// So many ids are looked at.
const MOST_IDS: usize = 16;

fn is_id(word: &str, digits: usize) -> bool {
    if digits == word.len() {
        return word.len() >= 2;
    }
    let is_size = || {
        word.split_once(['x', 'X']).is_some_and(|(width, height)| {
            [width, height].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        })
    };
    digits >= 1 && word.len() >= 4 && !(digits + 1 == word.len() && is_size())
}

/// How much two URLs speak for one placement, in the weights of [`Verdict::score`](super::Verdict::score): shared ids
/// count by their length, and more on the same site. 0 if they share none; 5 and more is a pair.
///
/// ```
/// use mdscrub::evidence::url::pair_score;
///
/// let click = "https://partners.hazel.example.org/cl/70213/5512/91";
/// assert!(pair_score(click, "https://partners.hazel.example.org/im/70213/5512/91") >= 6);
/// assert_eq!(pair_score(click, "https://images.example.com/screenshot-2.png"), 0);
/// ```
pub fn pair_score(click: &str, impression: &str) -> i16 {
    if click == impression {
        return 0; // A picture linked to itself.
    }
    let of_click = ids(click);
    let (click, impression) = (UrlView::parse(click), UrlView::parse(impression));
    score(ids(impression.text).iter().filter(|id| of_click.contains(id)).copied(), &click, &impression)
}

/// How much the ids that two URLs share speak for one placement.
pub(crate) fn score<'a>(
    shared: impl Iterator<Item = &'a str>,
    click: &UrlView<'_>,
    impression: &UrlView<'_>,
) -> i16 {
    let shared: usize = shared.map(|id| if id.len() >= 5 { 3 } else { 2 }).sum();
    if shared == 0 {
        return 0;
    }
    let same_site = !click.host.is_empty() && click.site().eq_ignore_ascii_case(impression.site());
    (shared.min(9) as i16) + if same_site { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let click = "https://a.mint.example.com/c?aid=3391&mid=204&cr=17";
        assert!(pair_score(click, "https://a.mint.example.com/v?aid=3391&mid=204&cr=17") >= 6);
        assert!(pair_score(click, "https://media.mint.example.com/cr/17.jpg") > 0);
        assert!(
            pair_score("https://x.example/click-1234567-7654321", "https://y.example/image-1234567-7654321")
                >= 6
        );
        assert_eq!(pair_score(click, click), 0);
        assert_eq!(pair_score("", ""), 0);
    }

    #[test]
    fn words_and_sizes_are_no_ids() {
        assert!(ids("https://example.org/a/page-of-words/728x90?lang=en").is_empty());
        assert!(ids("https://example.org/git%2Bhttps%3A%2F%2Fcode.example.net%2Fkiln").is_empty());
        assert_eq!(ids("https://example.org/to?u=%2Fcl%2F70213%2F"), ["70213"]);
    }
}
