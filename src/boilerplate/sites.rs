//! [`Cited`]: the sites that the article's own sentences lead to. Owns telling a sentence from a label or a list of links; must not
//! judge what leads elsewhere.

use super::links::{address, site_of};
use super::shape::Shape;
use crate::contract::Gather;
use crate::document::{Document, Kind};
use crate::settings::Settings;
use crate::zone::Zone;
use std::collections::HashSet;

/// Words outside of its links from which a paragraph is a sentence and no label.
const WORDS: usize = 8;
/// The same in letters, for scripts without blanks.
const WIDE_LETTERS: usize = 14;
/// A longer paragraph is a sentence without a look.
const LONG: usize = 2000;

/// Sites (`example.co.uk`) that sentences of the article link to.
#[derive(Debug, Default)]
pub(crate) struct Cited {
    sites: HashSet<String>,
}

impl Gather for Cited {
    fn gather(document: Document<'_>, _: &Settings, _: &Zone) -> Self {
        let mut cited = Self::default();
        for block in document.nodes().filter(|n| n.kind() == Kind::Paragraph) {
            let has_link = block.descendants().any(|n| n.kind() == Kind::Link);
            if !has_link {
                continue;
            }
            let shape = Shape::of(block);
            if block.span().len() > LONG || is_sentence(&shape.outside) {
                for link in &shape.links {
                    let site = site_of(&address(*link));
                    if !site.is_empty() {
                        cited.sites.insert(site);
                    }
                }
            }
        }
        cited
    }
}

impl Cited {
    /// Whether a sentence of the article links to the site of `url`.
    pub fn holds(&self, url: &str) -> bool {
        let site = site_of(url);
        !site.is_empty() && self.sites.contains(&site)
    }
}

fn is_sentence(outside: &str) -> bool {
    outside.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count() >= WORDS
        || outside.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii()).count() >= WIDE_LETTERS
}
