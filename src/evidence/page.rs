//! [`Page`]: what the whole document shows about its own images and anchors. Owns counting; must not judge.

use super::addresses::Addresses;
use super::memo::Known;
use crate::document::{Document, Kind};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Facts of a whole document; what few ask for is counted when they do.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// What unlinked images show.
    unlinked: Vec<Rc<Known>>,
    /// How many of them each host has.
    hosts: OnceCell<HashMap<String, u32>>,
    /// Anchors that links of the document lead to.
    fragments: HashSet<String>,
}

impl Page {
    pub fn of(document: Document<'_>, addresses: &Addresses) -> Self {
        let mut page = Page::default();
        let nodes = &document.parsed.tree.nodes;
        for address in &addresses.of_nodes {
            let Some(node) = nodes.get(address.node.index()) else { continue };
            match node.kind {
                Kind::Image => {
                    let linked = nodes.get(node.parent as usize).is_some_and(|p| p.kind == Kind::Link);
                    if !linked {
                        page.unlinked.push(Rc::clone(&address.known));
                    }
                }
                Kind::Link => {
                    if let Some(fragment) = document.slice(address.span).strip_prefix('#')
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

    /// Whether images of `host` are the article's own: it shows several of them, not as links.
    pub fn is_own_host(&self, host: &str) -> bool {
        let hosts = self.hosts.get_or_init(|| {
            let mut hosts: HashMap<String, u32> = HashMap::new();
            for known in &self.unlinked {
                let host = known.view().host;
                if !host.is_empty() {
                    *hosts.entry(host.to_ascii_lowercase()).or_default() += 1;
                }
            }
            hosts
        });
        hosts.get(&host.to_ascii_lowercase()).is_some_and(|&n| n >= 2)
    }

    /// Whether the article has images enough to tell its hosts from others.
    pub fn shows_images(&self) -> bool {
        self.unlinked.len() >= 2
    }

    /// Whether a link of the document leads to an element of that id.
    pub fn is_anchor(&self, id: &str) -> bool {
        self.fragments.contains(id)
    }
}
