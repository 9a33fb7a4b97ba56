//! [`Page`]: what the whole document shows about its own images, anchors and definitions. Owns counting; must not judge.

use super::url::UrlView;
use crate::document::{Document, Flags, Kind, NodeRef};
use std::collections::{HashMap, HashSet};

/// Facts of a whole document.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Unlinked images of each host.
    images: HashMap<String, u32>,
    unlinked: u32,
    /// Anchors that links of the document lead to.
    fragments: HashSet<String>,
    /// How many links and images each definition serves.
    pub uses: Vec<u32>,
}

impl Page {
    pub fn of(document: Document<'_>) -> Self {
        let mut page = Page { uses: vec![0; document.parsed.tree.definitions.len()], ..Page::default() };
        for node in document.nodes() {
            match node.kind() {
                Kind::Image => {
                    page.count_use(node);
                    let linked = node.parent().is_some_and(|p| p.kind() == Kind::Link);
                    if !linked && let Some(d) = node.destination() {
                        let url = d.url();
                        let host = UrlView::parse(&url).host;
                        if !host.is_empty() {
                            *page.images.entry(host.to_ascii_lowercase()).or_default() += 1;
                        }
                        page.unlinked += 1;
                    }
                }
                Kind::Link => {
                    page.count_use(node);
                    if let Some(d) = node.destination()
                        && let Some(fragment) = d.written.strip_prefix('#')
                        && !fragment.is_empty()
                    {
                        page.fragments.insert(fragment.to_owned());
                    }
                }
                _ => {}
            }
        }
        page
    }

    fn count_use(&mut self, node: NodeRef<'_>) {
        if node.has(Flags::REFERENCE)
            && let Some(uses) = self.uses.get_mut(node.node().data as usize)
        {
            *uses += 1;
        }
    }

    /// Whether images of `host` are the article's own: it shows several of them, not as links.
    pub fn is_own_host(&self, host: &str) -> bool {
        self.images.get(&host.to_ascii_lowercase()).is_some_and(|&n| n >= 2)
    }

    /// Whether the article has images enough to tell its hosts from others.
    pub fn shows_images(&self) -> bool {
        self.unlinked >= 2
    }

    /// Whether a link of the document leads to an element of that id.
    pub fn is_anchor(&self, id: &str) -> bool {
        self.fragments.contains(id)
    }
}
