//! [`Verdict`] and the [`Signal`]s it rests on. Owns their names and what they say to a person; must not look at URLs.

use crate::data::{Family, Role};
use std::borrow::Cow;

/// Something about a URL that speaks for (or against) an ad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// The host is a network's.
    KnownHost,
    /// The host and the path are a network's.
    KnownPath,
    /// The path has a network's shape, whatever the host.
    Shape,
    /// A label of the host is a word of the trade (`click.`, `adserver.`).
    HostWord,
    /// A segment of the path is a word of the trade (`/track`, `/banners/`).
    PathWord,
    /// The path or a parameter names the size of an ad (`728x90`).
    CreativeSize,
    /// A parameter holds an affiliate's or a campaign's id.
    IdParameter,
    /// The path is made of ids.
    NumericPath,
    /// The file is a pixel by its name (`0.gif`).
    PixelFile,
    /// A parameter carries a URL on another host.
    CarriesUrl,
    /// A parameter has the code of who invites.
    Invitation,
    /// What an ad server fills in was never filled in (`%%CACHEBUSTER%%`).
    Macro,
    /// It is the web site of a network itself.
    VendorSite,
    /// The URL stands inside a `javascript:` link.
    InScript,
    /// The host or the path are those of documentation, code, archives.
    Documentation,
    /// The user allows the host or the id.
    Allowed,
}

impl Signal {
    /// The signal in words, for a finding's evidence.
    pub const fn text(self) -> &'static str {
        match self {
            Self::KnownHost => "host of a known network",
            Self::KnownPath => "host and path of a known network",
            Self::Shape => "path in a network's shape",
            Self::HostWord => "host name of the trade",
            Self::PathWord => "path word of the trade",
            Self::CreativeSize => "size of an ad in the URL",
            Self::IdParameter => "affiliate or campaign id",
            Self::NumericPath => "path made of ids",
            Self::PixelFile => "file name of a pixel",
            Self::CarriesUrl => "carries a URL of another site",
            Self::Invitation => "has an inviter's code",
            Self::Macro => "an ad server's placeholder",
            Self::VendorSite => "a network's own web site",
            Self::InScript => "inside a javascript: link",
            Self::Documentation => "looks like documentation or code",
            Self::Allowed => "allowed by the configuration",
        }
    }
}

/// Up to eight signals with their weights, the first ones found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    signals: [Option<(Signal, i16)>; 8],
    /// Which ones are among them, as bits.
    kinds: u32,
}

impl Evidence {
    pub(crate) fn push(&mut self, signal: Signal, weight: i16) {
        for place in &mut self.signals {
            match place {
                Some((known, sum)) if *known == signal => {
                    *sum = sum.saturating_add(weight);
                    return;
                }
                None => {
                    *place = Some((signal, weight));
                    self.kinds |= 1 << signal as u32;
                    return;
                }
                _ => {}
            }
        }
    }

    /// The signals, each once, with the sum of its weights.
    pub fn iter(&self) -> impl Iterator<Item = (Signal, i16)> + '_ {
        self.signals.iter().flatten().copied()
    }

    /// Whether `signal` is among them.
    pub fn has(&self, signal: Signal) -> bool {
        self.kinds & 1 << signal as u32 != 0
    }
}

/// What a URL is, as far as it tells by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verdict<'f> {
    /// What it is there for.
    pub role: Role,
    /// Which family of rules it is for.
    pub family: Family,
    /// The network's name, if a fact told.
    pub network: Option<&'f str>,
    /// What it rests on.
    pub evidence: Evidence,
    /// The weights added up: 5 and more make a role (not if ids are all there is), a known host is 10. For ordinary URLs
    /// what weak signals there are.
    pub score: i16,
}

impl Verdict<'_> {
    pub(crate) fn ordinary() -> Self {
        Self {
            role: Role::Ordinary,
            family: Family::None,
            network: None,
            evidence: Evidence::default(),
            score: 0,
        }
    }

    /// How sure it is, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        1.0 - 1.0 / (1.0 + f32::from(self.score.max(0)) / 3.0).powi(2)
    }

    /// Whether it belongs to an ad, an affiliate programme or a tracker in any role: not a page worth a link.
    pub fn is_commercial(&self) -> bool {
        !matches!(
            self.role,
            Role::Ordinary | Role::Retail | Role::VendorSite | Role::Share | Role::Widget | Role::Void
        )
    }

    /// The evidence in words, with the network's name first.
    pub fn reasons(&self) -> Vec<Cow<'static, str>> {
        let network = self.network.map(|name| Cow::Owned(name.to_owned()));
        network.into_iter().chain(self.evidence.iter().map(|(signal, _)| signal.text().into())).collect()
    }
}
