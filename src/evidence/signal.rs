//! [`Signal`]: what about an element speaks for an ad, and [`Grounds`]: the sum. Owns names and texts; must not look at elements.

use super::memo::Known;
use std::borrow::Cow;
use std::rc::Rc;

/// The sum from which something is an ad.
pub(crate) const THRESHOLD: i16 = 6;

/// Something about an element (besides its URL) that speaks for or against an ad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// Its URL is an ad's, an affiliate's or a tracker's.
    Url,
    /// Its image, frame or film is.
    Creative,
    /// It has the size of an ad.
    AdSize,
    /// It is hidden by its style.
    Hidden,
    /// It has no size: 0 or 1 pixel.
    NoSize,
    /// Its URL carries ids.
    Ids,
    /// `rel="sponsored"`.
    Sponsored,
    /// `rel="nofollow"`.
    NoFollow,
    /// A class, an id, another attribute has a word of advertising.
    Token,
    /// Attributes that only ad code has.
    Attribute,
    /// The label of an ad stands on it.
    Label,
    /// Comments mark it as an ad.
    Marker,
    /// It stands beside an ad.
    Beside,
    /// Click and impression carry the same ids.
    Pair,
    /// It comes from another host than the article's own images.
    Foreign,
    /// What the script says.
    Script,
    /// Its alternative or title is a word of advertising.
    Words,
    /// It is nothing but a call to action.
    CallToAction,
    /// Its link names a paid medium (`utm_medium=banner`).
    PaidMedium,
    /// Its link carries the code of who invites.
    Inviter,
    /// It is an element that only ads use (`<amp-ad>`).
    Element,
    /// It holds nothing.
    Empty,
    /// Something outside of the document says so.
    Outside,
    /// Its image is one of the article's.
    OwnImage,
    /// It is a badge.
    Badge,
    /// It leads to a picture or to itself.
    LinkedImage,
    /// It is a film, a map, a post of somebody, as articles embed them.
    Embed,
    /// A figure says in its own words what it shows.
    Captioned,
}

impl Signal {
    /// In words, for a finding's evidence.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Url => "leads to an ad",
            Self::Creative => "shows an ad's creative",
            Self::AdSize => "has the size of an ad",
            Self::Hidden => "is hidden",
            Self::NoSize => "has no size",
            Self::Ids => "carries ids",
            Self::Sponsored => "is marked as sponsored",
            Self::NoFollow => "is marked nofollow",
            Self::Token => "is named as an ad",
            Self::Attribute => "has attributes of ad code",
            Self::Label => "is labelled as an ad",
            Self::Marker => "comments mark it as an ad",
            Self::Beside => "stands beside an ad",
            Self::Pair => "click and impression have the same ids",
            Self::Foreign => "comes from another host than the article's images",
            Self::Script => "its script loads ads or counts readers",
            Self::Words => "its alternative text speaks of advertising",
            Self::CallToAction => "is nothing but a call to action",
            Self::PaidMedium => "its link names a paid medium",
            Self::Inviter => "carries the code of who invites",
            Self::Element => "is an element that only ads use",
            Self::Empty => "is an empty placeholder",
            Self::Outside => "recurs outside of this document as an ad",
            Self::OwnImage => "its image is the article's own",
            Self::Badge => "is a badge",
            Self::LinkedImage => "leads to a picture",
            Self::Embed => "is an embed of the article",
            Self::Captioned => "has a caption",
        }
    }
}

/// The signals of an element with their weights, and the reasons that its URLs gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    signals: Vec<(Signal, i16)>,
    urls: Vec<Rc<Known>>,
    total: i16,
}

impl Grounds {
    /// Counts a signal.
    pub(crate) fn add(&mut self, signal: Signal, weight: i16) {
        if weight != 0 {
            self.signals.push((signal, weight));
            self.total = self.total.saturating_add(weight);
        }
    }

    /// Counts what a URL tells by itself.
    pub(crate) fn add_url(&mut self, signal: Signal, url: &Rc<Known>, weight: i16) {
        if weight != 0 {
            self.add(signal, weight);
            self.add_reasons(url);
        }
    }

    fn add_reasons(&mut self, url: &Rc<Known>) {
        if !self.urls.iter().any(|u| Rc::ptr_eq(u, url)) {
            self.urls.push(Rc::clone(url));
        }
    }

    /// Counts the signals of another element too.
    pub(crate) fn join(&mut self, other: &Grounds) {
        for &(signal, weight) in &other.signals {
            self.add(signal, weight);
        }
        for url in &other.urls {
            self.add_reasons(url);
        }
    }

    /// The sum of the weights.
    pub fn total(&self) -> i16 {
        self.total
    }

    /// Whether a signal is among them.
    pub fn has(&self, signal: Signal) -> bool {
        self.signals.iter().any(|(s, _)| *s == signal)
    }

    /// The signals with their weights.
    pub fn signals(&self) -> &[(Signal, i16)] {
        &self.signals
    }

    /// How sure they make it, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        1.0 - 1.0 / (1.0 + f32::from(self.total.max(0)) / 3.0).powi(2)
    }

    /// In words: what speaks for an ad, the strongest first.
    pub fn reasons(&self) -> Vec<Cow<'static, str>> {
        let mut by_weight: Vec<(Signal, i16)> =
            self.signals.iter().copied().filter(|(_, w)| *w > 0).collect();
        by_weight.sort_by_key(|(_, w)| -*w);
        let mut out: Vec<Cow<'static, str>> = Vec::new();
        for (signal, _) in by_weight {
            let text = signal.text();
            if !out.iter().any(|o| o == text) {
                out.push(text.into());
            }
        }
        let own = out.len();
        for reason in self.urls.iter().flat_map(|url| url.verdict().reasons()) {
            if !out.iter().skip(own).any(|o| *o == reason) {
                out.push(reason);
            }
        }
        out
    }
}
