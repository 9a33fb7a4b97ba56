//! [`Page`]: what the whole document shows about its own images and anchors. Owns counting, when somebody asks; must not judge.

use super::addresses::Addresses;
use super::url::UrlView;
use crate::bytes::any_byte;
use crate::document::tree::Node;
use crate::document::{Document, Kind, NodeId};
use crate::hash::Quick;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Facts of a whole document.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    document: Document<'a>,
    addresses: &'a Addresses,
    images: OnceCell<Images>,
    /// Whether an attribute list stands behind a link or an image.
    attribute_lists: OnceCell<bool>,
    /// Anchors that links of the document lead to.
    fragments: OnceCell<HashSet<String, Quick>>,
}

/// The images that are no links.
#[derive(Debug, Default)]
struct Images {
    count: usize,
    /// How many of them each host has, in lower case.
    hosts: HashMap<String, u32, Quick>,
}

impl Images {
    fn add(&mut self, host: &str) {
        self.count += 1;
        if host.is_empty() {
            return;
        }
        let mut host = Cow::Borrowed(host);
        if any_byte(host.as_bytes(), |b| b.is_ascii_uppercase()) {
            host.to_mut().make_ascii_lowercase();
        }
        match self.hosts.get_mut(&*host) {
            Some(count) => *count += 1,
            None => _ = self.hosts.insert(host.into_owned(), 1),
        }
    }
}

impl<'a> Page<'a> {
    pub fn of(document: Document<'a>, addresses: &'a Addresses) -> Self {
        Self {
            document,
            addresses,
            images: OnceCell::new(),
            attribute_lists: OnceCell::new(),
            fragments: OnceCell::new(),
        }
    }

    fn images(&self) -> &Images {
        self.images.get_or_init(|| {
            let mut images = Images::default();
            let nodes = &self.document.parsed.tree.nodes;
            let is_alone = |image: &Node| {
                image.kind == Kind::Image
                    && nodes.get(image.parent as usize).is_none_or(|parent| parent.kind != Kind::Link)
            };
            if self.addresses.is_complete {
                for address in &self.addresses.of_nodes {
                    if nodes.get(address.node.index()).is_some_and(is_alone) {
                        images.add(address.known.view().host);
                    }
                }
                return images;
            }
            for (_, index) in nodes.iter().zip(0..).filter(|(record, _)| is_alone(record)) {
                if let Some(destination) = self.document.node(NodeId(index)).destination() {
                    images.add(UrlView::parse(&destination.url()).host);
                }
            }
            images
        })
    }

    /// Whether images of `host` are the article's own: it shows several of them, not as links.
    pub fn is_own_host(&self, host: &str) -> bool {
        self.images().hosts.get(&host.to_ascii_lowercase()).is_some_and(|&n| n >= 2)
    }

    /// Whether the article has images enough to tell its hosts from others.
    pub fn shows_images(&self) -> bool {
        self.images().count >= 2
    }

    /// Whether an attribute list may stand behind a link or an image.
    pub fn has_attribute_lists(&self) -> bool {
        *self.attribute_lists.get_or_init(|| {
            let bytes = self.document.text.as_bytes();
            memchr::memchr_iter(b'{', bytes)
                .any(|at| at.checked_sub(1).is_some_and(|before| matches!(bytes[before], b')' | b']')))
        })
    }

    /// Whether a link of the document leads to an element of that id.
    pub fn is_anchor(&self, id: &str) -> bool {
        let fragments = self.fragments.get_or_init(|| {
            let links = self.document.nodes().filter(|n| n.kind() == Kind::Link);
            let written = links.filter_map(|link| Some(link.destination()?.written));
            written
                .filter_map(|to| to.strip_prefix('#'))
                .filter(|f| !f.is_empty())
                .map(str::to_owned)
                .collect()
        });
        fragments.contains(id)
    }
}
