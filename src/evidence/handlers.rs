//! What an element is that a click on it takes somewhere by its `onclick`: a banner without a link. Owns finding the address;
//! how a link of that address is weighed, `seed` knows.

use super::UnitKind;
use super::judge::{Judge, Nature};
use super::links::has_words;
use super::memo::Known;
use super::seed::{Scales, Seed};
use super::signal::THRESHOLD;
use crate::document::{Kind, NodeRef};
use std::rc::Rc;

impl Scales<'_> {
    /// Where a click on an element leads by its `onclick`.
    fn opened(&self, node: NodeRef<'_>) -> Option<Rc<Known>> {
        let code = node.attribute("onclick")?.decoded();
        let known = self.memo.of(address_opened(&code)?, self.facts);
        (!known.is_allowed()).then_some(known)
    }
}

impl<'a> Judge<'a> {
    /// An element without words that leads to an ad by its `onclick`; `None` if it does not.
    pub(super) fn handler(&mut self, node: NodeRef<'a>) -> Option<Nature> {
        let url = self.scales.opened(node)?;
        let inside = node.id.0 + 1..node.node().next;
        if has_words(self.nodes_in(&inside)) {
            return None;
        }
        let media = if node.kind() == Kind::Image { vec![node] } else { self.media(&inside) };
        if media.is_empty() && !url.is_commercial() {
            return None;
        }
        let (grounds, is_own) = self.scales.banner(node, &url, &media);
        if is_own || grounds.total() < THRESHOLD {
            return None;
        }
        let mut seed = Seed::new(node, UnitKind::Banner, grounds);
        seed.has_media = !media.is_empty();
        Some(self.weighed(seed))
    }
}

/// The web address that `window.open('…')` or `location.href = '…'` in a script leads to.
fn address_opened(code: &str) -> Option<&str> {
    let opens = |before: &str| {
        let before = before.trim_end();
        before.ends_with("open(")
            || before.ends_with('=') && before.contains("location")
            || before.ends_with(".assign(")
    };
    let mut from = 0;
    while let Some(at) = code.get(from..)?.find(['\'', '"', '`']) {
        let quote = from + at;
        let inside = code.get(quote + 1..)?;
        let end = inside.find(code.get(quote..=quote)?)?;
        let address = inside.get(..end)?;
        let is_web = ["http://", "https://", "//"].iter().any(|scheme| address.starts_with(scheme));
        if is_web && opens(code.get(..quote)?) {
            return Some(address);
        }
        from = quote + end + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::address_opened;

    #[test]
    fn addresses_of_scripts_that_open_them() {
        for (code, address) in [
            ("window.open('https://a.example/r?c=1')", Some("https://a.example/r?c=1")),
            ("window.open( \"https://a.example/\", '_blank')", Some("https://a.example/")),
            ("location.href='//a.example/x'", Some("//a.example/x")),
            ("document.location = `https://a.example/`; return false", Some("https://a.example/")),
            ("ga('send', 'click'); window.open('https://a.example/')", Some("https://a.example/")),
            ("location.assign('https://a.example/')", Some("https://a.example/")),
            ("window.open('/own/large.png')", None),
            ("show('https://a.example/')", None),
            ("toggle(this)", None),
            ("open('", None),
            ("'", None),
            ("", None),
        ] {
            assert_eq!(address_opened(code), address, "{code}");
        }
    }
}
