//! [`Seed`]: an element that may be an ad by itself, with its grounds: images, frames, films, objects. Owns weighing one element;
//! must not look at its neighbours.

use super::addresses::Addresses;
use super::attributes::{ad_size, add_names, add_rel, has_no_size, is_hidden, size, weight_of_size};
use super::lexicon::{is_call_to_action, is_label};
use super::memo::{Known, Memo};
use super::names::token_weight;
use super::page::Page;
use super::signal::{Grounds, Signal};
use super::url::{Facts, Family, Role, Signal as UrlSignal, UrlView, is_year, names_embed, shared_ids_score};
use super::{Outside, UnitKind};
use crate::data::FileKind;
use crate::document::{Flags, Kind, NodeId, NodeRef, Tag};
use std::rc::Rc;

/// An element that is, or may be, an ad.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub node: NodeId,
    pub kind: UnitKind,
    pub grounds: Grounds,
    /// Nothing but a call to action, for links with words.
    pub is_call: bool,
    /// Whether it shows an image, a frame, a film.
    pub has_media: bool,
    /// Visible words, for links with words.
    pub words: u32,
}

impl Seed {
    pub fn new(node: NodeRef<'_>, kind: UnitKind, grounds: Grounds) -> Self {
        Self { node: node.id, kind, grounds, is_call: false, has_media: false, words: 0 }
    }
}

/// What a seed is weighed with.
#[derive(Clone, Copy)]
pub(crate) struct Scales<'a> {
    pub facts: &'a Facts,
    pub addresses: &'a Addresses,
    pub memo: &'a Memo,
    pub page: &'a Page<'a>,
    pub outside: Option<&'a dyn Outside>,
}

/// Whether it leads to an ad: followed, it counts a click.
pub(crate) fn is_click(role: Role) -> bool {
    matches!(
        role,
        Role::Click
            | Role::Checkout
            | Role::Shortener
            | Role::Creative
            | Role::Display
            | Role::Script
            | Role::Pixel
    )
}

impl<'a> Scales<'a> {
    /// Where a link or an image leads.
    pub fn address(&self, node: NodeRef<'_>) -> Option<&'a Rc<Known>> {
        self.addresses.at(node.id).map(|a| &a.known)
    }

    fn add_outside(&self, url: &str, grounds: &mut Grounds) {
        if let Some(outside) = self.outside {
            grounds.add(Signal::Outside, outside.weight(url).clamp(0, 5));
        }
    }

    /// An image: a pixel, a creative, or nothing of the kind.
    pub fn image(&self, node: NodeRef<'_>) -> Option<Seed> {
        let url = self.address(node)?;
        let (commercial, known, score) = (url.is_commercial(), url.is_known(), url.score());
        let counts = matches!(url.role(), Role::Pixel | Role::Analytics);
        let creative = match (commercial, known) {
            (true, true) => 10,
            (true, false) => score.clamp(0, 5),
            (false, _) => score.clamp(-6, 5),
        };
        let in_hidden = memchr::memchr(b'?', url.url.as_bytes()).is_some()
            && !is_picture(url.view().path)
            && node.alternative().trim().is_empty()
            && stands_hidden(node);
        if !node.is_html() && !counts && creative <= 0 && !in_hidden && self.outside.is_none() {
            return None;
        }
        let view = url.view();
        if view.scheme.eq_ignore_ascii_case("data") || url.url.is_empty() || url.is_allowed() {
            return None;
        }
        let mut grounds = Grounds::default();
        let size = if node.is_html() { size(node) } else { (None, None) };
        let no_size = matches!(size, (Some(0 | 1), Some(0 | 1)));
        let hidden = node.is_html() && is_hidden(node);
        let in_noscript =
            node.is_html() && !is_picture(view.path) && node.ancestors().any(|a| a.tag() == Tag::Noscript);
        let hidden = hidden || in_noscript || in_hidden;
        if no_size {
            grounds.add(Signal::NoSize, 3);
        }
        if hidden {
            grounds.add(Signal::Hidden, 3);
        }
        if no_size || hidden || counts {
            let ids = !view.host.is_empty()
                && (view.parameters().any(|p| {
                    p.raw_value.is_some_and(|v| v.len() >= 2 && v.bytes().any(|b| b.is_ascii_digit()))
                }) || no_size && ends_in_id(view.path))
                && !self.page.is_own_host(view.host);
            if commercial {
                grounds.add_url(Signal::Url, url, if known { 10 } else { score.clamp(4, 8) });
            } else if ids {
                grounds.add(Signal::Ids, 3);
            } else {
                grounds.add_url(Signal::Url, url, score.clamp(0, 5));
            }
            let seen = !(no_size || hidden);
            // a picture that anybody can see needs more than a guess at its address; Markdown has no sizes, though
            let counting = !node.is_html()
                && ids
                && (url.has(UrlSignal::PixelFile) || ends_in_pixel(view.path))
                && view.parameters().nth(1).is_some()
                && node.alternative().trim().is_empty();
            if seen && !known && !counting {
                // the banner beside it may tell
                return (!node.is_html() && counts && ids && node.alternative().trim().is_empty()).then(
                    || {
                        let mut grounds = Grounds::default();
                        grounds.add(Signal::Ids, 3);
                        let mut seed = Seed::new(node, UnitKind::Pixel, grounds);
                        seed.has_media = true;
                        seed
                    },
                );
            }
            // a one by one spacer is none
            if no_size && !hidden && !commercial && !ids && score < 2 {
                return None;
            }
            self.add_outside(&url.url, &mut grounds);
            return Some(Seed::new(node, UnitKind::Pixel, grounds));
        }
        // what has a caption of its own and leads nowhere is a picture, whatever its size
        let sized_alone = url.has(UrlSignal::CreativeSize) && !url.has(UrlSignal::PathWord);
        if !commercial && sized_alone && describes(&node.alternative()) {
            return None;
        }
        grounds.add_url(Signal::Creative, url, creative);
        if node.is_html() {
            grounds.add(Signal::AdSize, weight_of_size(size));
            add_names(node, &mut grounds);
        }
        self.add_outside(&url.url, &mut grounds);
        let mut seed = Seed::new(node, UnitKind::Banner, grounds);
        seed.has_media = true;
        (seed.grounds.total() > 0).then_some(seed)
    }

    /// Adds what an image inside of a link tells about the link.
    fn add_image_of_link(&self, link: &Known, image: NodeRef<'_>, grounds: &mut Grounds) -> bool {
        let Some(url) = self.address(image) else { return false };
        let view = url.view();
        if url.is_allowed() {
            grounds.add(Signal::OwnImage, -20);
            return true;
        }
        let of_link = link.view();
        let own = view.host.is_empty() && !view.scheme.eq_ignore_ascii_case("data")
            || self.page.is_own_host(view.host);
        let commercial = url.is_commercial();
        let creative = match url.role() {
            _ if commercial => url.score().clamp(4, 8),
            Role::VendorSite => 0,
            _ => url.score().clamp(-2, 5),
        };
        grounds.add_url(Signal::Creative, url, creative);
        // whether the image itself says that it is an ad's
        let mut of_ad = creative >= 3 || link.medium_weight() > 0 && is_of_banner(&of_link);
        let size = ad_size(image);
        grounds.add(Signal::AdSize, size);
        if image.is_html() {
            let mut names = Grounds::default();
            add_names(image, &mut names);
            of_ad |= size > 0 || names.total() >= 3;
            grounds.join(&names);
        }
        let named = url.file_weight();
        if named >= 2 && !commercial {
            grounds.add(Signal::Words, named.min(3));
            of_ad = true;
        }
        let alternative = image.alternative();
        let starts = |word: &str| {
            alternative.as_bytes().get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word.as_bytes()))
        };
        if is_label(&alternative) || starts("banner") || token_weight(&alternative) >= 4 {
            grounds.add(Signal::Words, 3);
            of_ad = true;
        } else if is_call_to_action(&alternative) {
            grounds.add(Signal::CallToAction, 2);
        }
        if !of_link.host.is_empty() && !view.host.is_empty() {
            // numbers of dates and articles stand in both addresses of any picture: one alone says little
            let most = if shared_ids(link, url).count() >= 2 { 8 } else { 3 };
            let score = if link.url == url.url {
                0
            } else {
                let of_link_ids = link.ids();
                let shared = url.ids().filter(|id| of_link_ids.clone().any(|i| i == *id));
                // the day of a post and the month of its pictures: `/2011/08/24/title`, `/2011/08/picture.png`
                if shared.clone().any(is_year) {
                    shared_ids_score(shared_ids(link, url), &of_link, &view)
                } else {
                    shared_ids_score(shared, &of_link, &view)
                }
            };
            if score > 0 && self.is_on_its_page(link, url, image, &alternative) {
                grounds.add(Signal::LinkedImage, -3);
            } else {
                grounds.add(Signal::Pair, score.clamp(0, most));
            }
        }
        if url.is_badge() && !link.has(UrlSignal::Invitation) {
            grounds.add(Signal::Badge, -10);
        }
        if is_picture(of_link.path) && !commercial && of_link.query.is_none() || link.url == url.url {
            grounds.add(Signal::LinkedImage, -10);
        }
        if own && !of_ad {
            grounds.add(Signal::OwnImage, -5);
        } else if !own && self.page.shows_images() {
            grounds.add(Signal::Foreign, 1);
        }
        own && !of_ad
    }

    /// Whether a link leads to the page of a photograph that it shows, on the photograph's own site: numbers are what such pages are called by.
    /// What somebody pays for says so.
    fn is_on_its_page(&self, link: &Known, url: &Known, image: NodeRef<'_>, alternative: &str) -> bool {
        let is_told = |known: &Known| known.is_commercial() || known.medium_weight() > 0;
        let says_something = alternative.chars().filter(|c| c.is_alphabetic()).count() >= 4;
        let is_paid = || {
            let mut rel = Grounds::default();
            image.ancestors().find(|n| n.kind() == Kind::Link).into_iter().for_each(|n| add_rel(n, &mut rel));
            rel.total() > 0
        };
        says_something
            && !(is_told(link) || is_told(url))
            && FileKind::of_path(url.view().path).is_some_and(|kind| kind == FileKind::Picture)
            && link.view().site().eq_ignore_ascii_case(url.view().site())
            && !is_label(alternative)
            && !is_call_to_action(alternative)
            && !is_paid()
    }

    /// A link round images, frames, films: its grounds, and whether what it shows is the article's own.
    pub fn banner(&self, link: NodeRef<'_>, url: &Rc<Known>, inside: &[NodeRef<'_>]) -> (Grounds, bool) {
        let mut grounds = self.link(link, url);
        let mut own = false;
        for node in inside {
            match node.kind() {
                Kind::Image => own |= self.add_image_of_link(url, *node, &mut grounds),
                _ => {
                    if let Some(seed) = self.frame(*node) {
                        grounds.join(&seed.grounds);
                    }
                }
            }
        }
        if url.is_of_film_site() && !url.is_commercial() {
            grounds.add(Signal::Embed, -8);
        }
        if !url.is_commercial() && grounds.total() > 0 && is_captioned(link) {
            grounds.add(Signal::Captioned, -6);
        }
        (grounds, own)
    }

    /// What a link tells by its address and attributes.
    pub fn link(&self, link: NodeRef<'_>, url: &Rc<Known>) -> Grounds {
        let (commercial, score) = (url.is_commercial(), url.score());
        let mut grounds = Grounds::default();
        let weight = match url.role() {
            _ if commercial => score.clamp(6, 10),
            Role::Retail => score.clamp(0, 5).max(3),
            Role::VendorSite | Role::Share | Role::Widget | Role::Void => 0,
            _ => score.clamp(-8, 5),
        };
        grounds.add_url(Signal::Url, url, weight);
        add_rel(link, &mut grounds);
        if link.is_html() {
            add_names(link, &mut grounds);
        }
        let view = url.view();
        if view.host.is_empty() && !commercial {
            grounds.add(Signal::OwnImage, -3);
        }
        grounds.add(Signal::PaidMedium, url.medium_weight());
        grounds.add(Signal::Inviter, if url.has(UrlSignal::Invitation) { 3 } else { 0 });
        self.add_outside(&url.url, &mut grounds);
        grounds
    }

    /// A frame, a film, an object of Flash.
    pub fn frame(&self, node: NodeRef<'_>) -> Option<Seed> {
        let mut grounds = Grounds::default();
        let mut kind = UnitKind::Frame;
        let mut urls = 0;
        let nodes = std::iter::once(node).chain(node.descendants());
        for n in nodes {
            for a in n.attributes() {
                let address = ["src", "data", "poster", "data-src", "flashvars"]
                    .iter()
                    .any(|x| a.name.eq_ignore_ascii_case(x))
                    || n.element().is_some()
                        && a.name.eq_ignore_ascii_case("value")
                        && a.value.contains("//");
                if !address || a.value.is_empty() || urls >= 8 {
                    continue;
                }
                urls += 1;
                let url = self.memo.of(&a.decoded(), self.facts);
                if url.is_allowed() || url.is_of_film_site() && !url.is_commercial() {
                    return None;
                }
                if url.is_commercial() {
                    if matches!(url.role(), Role::Pixel | Role::Analytics) {
                        kind = UnitKind::Pixel;
                    } else if url.family() == Family::Affiliate && url.has_network() {
                        kind = UnitKind::AffiliateBanner;
                    }
                    grounds.add_url(Signal::Creative, &url, url.score().clamp(6, 10));
                } else if !matches!(url.role(), Role::VendorSite | Role::Widget | Role::Share) {
                    grounds.add_url(Signal::Creative, &url, url.score().clamp(-4, 5));
                }
                if !url.has_network() && names_embed(&url.view()) {
                    grounds.add(Signal::Embed, -5);
                }
                if url.url.to_ascii_lowercase().contains("clicktag") {
                    grounds.add(Signal::Creative, 6);
                }
                self.add_outside(&url.url, &mut grounds);
            }
        }
        grounds.add(Signal::AdSize, ad_size(node));
        add_names(node, &mut grounds);
        // whoever advertises starts the film himself
        if node.attribute("controls").is_some() {
            grounds.add(Signal::Embed, -3);
        }
        let frame = matches!(node.tag(), Tag::Iframe | Tag::AmpIframe);
        if frame {
            if node.attribute("scrolling").is_some_and(|a| a.value.eq_ignore_ascii_case("no")) {
                grounds.add(Signal::Attribute, 1);
            }
            if node.attribute("allowfullscreen").is_some() {
                grounds.add(Signal::Embed, -3);
            }
            if (has_no_size(node) || is_hidden(node)) && urls > 0 {
                grounds.add(Signal::NoSize, 6);
                kind = UnitKind::Pixel;
            }
        }
        let mut seed = Seed::new(node, kind, grounds);
        seed.has_media = true;
        (seed.grounds.total() > 0).then_some(seed)
    }
}

/// Whether a figure says in words of its own what a link in it shows.
fn is_captioned(link: NodeRef<'_>) -> bool {
    let figure = link.ancestors().take(MOST_ROUND).find(|n| n.tag() == Tag::Figure);
    let captions =
        figure.into_iter().flat_map(|figure| figure.descendants().filter(|n| n.tag() == Tag::Figcaption));
    captions.take(1).any(|caption| {
        let words = caption.words();
        words.chars().any(char::is_alphabetic) && !is_label(&words) && !is_call_to_action(&words)
    })
}

/// How much the parameters of an address say that somebody pays for its clicks.
pub(super) fn medium_weight(view: &UrlView<'_>) -> i16 {
    if view.query.is_none() {
        return 0;
    }
    let mut names_ad = false;
    for parameter in view.parameters() {
        // how the names of mediums and campaigns begin, as such or encoded
        let first = parameter.raw_name.as_bytes().first().map_or(0, |b| b | 0x20);
        if !matches!(first, b'u' | b'w' | b'x' | b'm' | b'p' | b'c' | b'%') {
            continue;
        }
        let name = parameter.name();
        if name.eq_ignore_ascii_case("utm_medium") {
            if is_paid(&parameter.value()) {
                return 4;
            }
        } else if !names_ad && CAMPAIGN.iter().any(|c| name.eq_ignore_ascii_case(c)) {
            let value = parameter.value();
            names_ad = token_weight(&value.replace(['.', '[', ']', '+', ' '], "-")) >= 2
                || value.to_ascii_lowercase().contains("display");
        }
    }
    if names_ad { 3 } else { 0 }
}

/// Whether a link says itself that a banner is clicked: `utm_medium=banner`. Others pay for links round pictures of the article too.
fn is_of_banner(view: &UrlView<'_>) -> bool {
    view.parameters().filter(|p| p.name().eq_ignore_ascii_case("utm_medium")).any(|p| {
        let medium = p.value().to_ascii_lowercase();
        medium.contains("banner") || medium.contains("display")
    })
}

/// Parameters that name a campaign.
const CAMPAIGN: &[&str] =
    &["utm_campaign", "utm_content", "utm_source", "wt_mc", "xtor", "mc", "pk_campaign", "campaign", "cmp"];

/// Whether a medium is one that is paid for.
fn is_paid(medium: &str) -> bool {
    [
        "banner",
        "display",
        "cpc",
        "cpm",
        "ppc",
        "affiliate",
        "affiliates",
        "paid",
        "ads",
        "ad",
        "sponsor",
        "sponsored",
        "native",
        "advertising",
        "aff",
    ]
    .iter()
    .any(|p| medium.eq_ignore_ascii_case(p))
}

/// The ids that two addresses share and that are no dates.
pub(crate) fn shared_ids<'k>(one: &'k Known, other: &'k Known) -> impl Iterator<Item = &'k str> {
    let ids = other.ids();
    one.ids().filter(move |id| {
        let date = is_year(id) || id.len() == 2 && id.as_bytes() <= b"31".as_slice();
        !date && ids.clone().any(|i| i == *id)
    })
}

/// Whether an alternative tells what a picture shows: three words at least, or as much without blanks, and none of an ad's.
fn describes(alternative: &str) -> bool {
    let words = alternative.split_whitespace().count();
    let wide = alternative.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    (words >= LEAST_WORDS || words == 1 && wide >= LEAST_WIDE)
        && !is_label(alternative)
        && !is_call_to_action(alternative)
        && token_weight(alternative) == 0
}

/// The fewest words that describe a picture.
const LEAST_WORDS: usize = 3;
/// The fewest letters of a script without blanks that do.
const LEAST_WIDE: usize = 6;

/// Whether what an image stands in hides it, and shows no words if it is shown: an element round it, or the blocks of such an element's tags.
fn stands_hidden(image: NodeRef<'_>) -> bool {
    let hides = |n: NodeRef<'_>| n.kind() == Kind::Element && is_hidden(n);
    if image.ancestors().take(MOST_ROUND).any(|a| hides(a) && a.words().trim().is_empty()) {
        return true;
    }
    let Some(block) = image.ancestors().next().filter(|a| a.kind() == Kind::Paragraph) else { return false };
    let (Some(start), Some(end)) = (block.previous_sibling(), block.next_sibling()) else { return false };
    start.has(Flags::UNCLOSED)
        && start.partner().is_some_and(|partner| partner.id == end.id)
        && hides(start)
        && block.words().trim().is_empty()
}

/// So many elements round an image are asked whether they hide it.
const MOST_ROUND: usize = 4;

/// Whether the last segment of a path is an id and no picture's name: `/o/eJwVyDEOwjAMQNHT`.
fn ends_in_id(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.len() >= 16
        && last.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && last.bytes().any(|b| b.is_ascii_digit())
        && last.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether a path ends in the name of a pixel without a picture's ending: `/pixel?acct=4471`.
fn ends_in_pixel(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    ["pixel", "px", "pxl", "hit", "beacon", "impression", "imp"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(last))
}

/// Whether a path is a picture's.
pub(crate) fn is_picture(path: &str) -> bool {
    FileKind::of_path(path).is_some_and(FileKind::is_picture)
}
