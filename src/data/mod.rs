//! Facts about the advertising world as data: networks and the roles of their URLs, tracking parameters, redirectors.
//!
//! Owns the files `networks.toml`, `params.toml`, `unwrap.toml`, `words.toml`, `boilerplate_words.toml`,
//! `container_names.toml`, `code_names.toml`, `html_words.toml`, `repair_words.toml`, `file_endings.toml`, `language_words.toml`, `block_parts.toml`, what they may say, and [`Facts`], which is those files
//! compiled once together with what a user adds. It must not decide what a URL in a document is:
//! [`evidence::url`](crate::evidence::url) does, by asking here.

mod files;
mod lists;
mod pattern;
mod rows;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub(crate) use files::{FileKind, prepare};
pub(crate) use lists::{for_each as for_each_listed, listed};
pub(crate) use pattern::{path_match_end, value_matches};
pub(crate) use rows::for_each as for_each_row;
pub(crate) use table::{HostMatches, WordTable, public_suffix_start, site_start};
pub(crate) use tables::{Form, Network, Parameter, Unwrap};

use crate::error::ConfigError;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use tables::Tables;

pub(crate) const NETWORKS: &str = include_str!("networks.toml");
pub(crate) const PARAMS: &str = include_str!("params.toml");
pub(crate) const WORDS: &str = include_str!("words.toml");
pub(crate) const BOILERPLATE: &str = include_str!("boilerplate_words.toml");
pub(crate) const CODE_NAMES: &str = include_str!("code_names.toml");
pub(crate) const REPAIR_WORDS: &str = include_str!("repair_words.toml");
pub(crate) const CONTAINERS: &str = include_str!("container_names.toml");
pub(crate) const FILE_ENDINGS: &str = include_str!("file_endings.toml");
pub(crate) const LANGUAGE_WORDS: &str = include_str!("language_words.toml");
pub(crate) const BLOCK_PARTS: &str = include_str!("block_parts.toml");
pub(crate) const UNWRAP: &str = include_str!("unwrap.toml");
pub(crate) const AD_WORDS: &str = include_str!("ad_words.toml");
pub(crate) const CALL_WORDS: &str = include_str!("cta_words.toml");
pub(crate) const HTML_WORDS: &str = include_str!("html_words.toml");

/// What a URL is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// A click-through: it counts a click for somebody who is paid for it, and forwards to an advertiser.
    Click,
    /// An image, frame or video that is an ad.
    Creative,
    /// An image that counts a view.
    Pixel,
    /// A merchant's checkout or order page with an affiliate's id in it.
    Checkout,
    /// A wrapper that forwards to the URL it carries, for nobody's pay: `safelinks`, `l.facebook.com`, `google.com/url`.
    Redirector,
    /// A short link of an affiliate network: it carries no destination.
    Shortener,
    /// A script or collector of statistics.
    Analytics,
    /// A script that loads ads.
    Script,
    /// Anything else of a display network: a frame, a widget, a collector.
    Display,
    /// A share button's target: it opens a form that posts the page to a network.
    Share,
    /// A widget or loader of a social or commenting service.
    Widget,
    /// A page worth reading with an affiliate's id in its parameters: without them it is an ordinary link.
    Retail,
    /// The web site of a network or vendor itself, which an article may be about.
    VendorSite,
    /// A link that leads nowhere: `javascript:void(0)`.
    Void,
    /// None of these, as far as the URL tells.
    Ordinary,
}

/// Which family of rules a URL is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// Somebody earns by sales (`AF`).
    Affiliate,
    /// Display ads (`AD`).
    Ad,
    /// Counting readers, wrapping links (`TR`).
    Tracking,
    /// Share buttons and widgets (`BP`).
    Share,
    /// Ordinary.
    None,
}

impl Family {
    fn of(name: &str, role: Role) -> Self {
        match name {
            "affiliate" => Self::Affiliate,
            "ad" => Self::Ad,
            "tracking" => Self::Tracking,
            "share" => Self::Share,
            _ => match role {
                Role::Click | Role::Creative | Role::Checkout | Role::Shortener | Role::Retail => {
                    Self::Affiliate
                }
                Role::Script | Role::Display => Self::Ad,
                Role::Pixel | Role::Analytics | Role::Redirector => Self::Tracking,
                Role::Share | Role::Widget | Role::Void => Self::Share,
                Role::VendorSite | Role::Ordinary => Self::None,
            },
        }
    }
}

/// A network that a user adds: `[[network]]` in the configuration.
///
/// ```
/// use mdscrub::data::{Facts, Role, UserNetwork};
/// use mdscrub::evidence::url::classify;
///
/// let mine = UserNetwork::new("Our banners", ["banners.example.org"], Role::Creative);
/// let facts = Facts::new(&[mine], &[], &[])?;
/// assert_eq!(classify("https://banners.example.org/x.png", &facts).role, Role::Creative);
/// # Ok::<(), mdscrub::ConfigError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct UserNetwork {
    /// Its name, for messages.
    pub name: String,
    /// Host suffixes: `example.org` holds for its subdomains, `example.*` for every public suffix.
    pub hosts: Vec<String>,
    /// What its URLs are.
    pub role: Role,
    /// The paths it is about, from their start: `#` a number, `@` a word, `*` anything, `$` the end. Unset: all.
    #[serde(default)]
    pub path: Option<String>,
    /// The parameters that must be there, separated by spaces; `name=#` wants a number. Unset: none.
    #[serde(default)]
    pub query: Option<String>,
}

impl UserNetwork {
    /// A network of these hosts, whatever the path.
    pub fn new<H: Into<String>>(
        name: impl Into<String>,
        hosts: impl IntoIterator<Item = H>,
        role: Role,
    ) -> Self {
        let hosts = hosts.into_iter().map(Into::into).collect();
        Self { name: name.into(), hosts, role, path: None, query: None }
    }
}

/// The built-in facts and what a user adds to them.
#[derive(Clone, Debug)]
pub struct Facts {
    builtin: &'static Tables,
    own: Tables,
    allowed_hosts: table::HostTable,
    allowed_ids: Vec<String>,
}

impl Facts {
    /// The built-in facts alone. The data is compiled at the first call.
    pub fn builtin() -> Self {
        Self {
            builtin: compiled(),
            own: Tables::default(),
            allowed_hosts: table::HostTable::default(),
            allowed_ids: Vec::new(),
        }
    }

    /// The built-in facts with a user's networks, hosts and affiliate ids that are left alone.
    ///
    /// # Errors
    /// [`ConfigError::Host`] if a host is not one (`https://…`, blanks, nothing but a suffix).
    pub fn new(
        networks: &[UserNetwork],
        allow_hosts: &[String],
        allow_ids: &[String],
    ) -> Result<Self, ConfigError> {
        let mut facts = Self::builtin();
        for network in networks {
            let bad = network.hosts.iter().find(|host| !is_host_suffix(host));
            if let Some(host) = bad {
                return Err(not_a_host("network", host));
            }
        }
        facts.own = Tables::of_user(networks);
        for host in allow_hosts {
            let name = host.strip_prefix("*.").unwrap_or(host);
            if !is_host_suffix(name) {
                return Err(not_a_host("allow-hosts", host));
            }
            facts.allowed_hosts.number(name.to_owned());
        }
        facts.allowed_ids = allow_ids.iter().filter(|id| !id.is_empty()).cloned().collect();
        Ok(facts)
    }

    /// The ids of the user's own programmes.
    pub(crate) fn allowed_ids(&self) -> &[String] {
        &self.allowed_ids
    }

    /// Whether the user allows everything of `host`.
    pub(crate) fn allows_host(&self, host: &str) -> bool {
        self.allowed_hosts.len() > 0
            && !self.allowed_hosts.matches(host, public_suffix_start(host)).is_empty()
    }

    /// What is known about `host`.
    pub(crate) fn of_host(&self, host: &str) -> HostFacts<'_> {
        self.at_host(self.place_of(host))
    }

    /// Where in these facts stands what is known about `host`: to keep, for hosts come again.
    pub(crate) fn place_of(&self, host: &str) -> HostPlace {
        let suffix = public_suffix_start(host);
        HostPlace {
            suffix_start: suffix,
            builtin: self.builtin.hosts.matches(host, suffix),
            own: self.own.hosts.matches(host, suffix),
        }
    }

    /// What is known about the host of that [`Facts::place_of`].
    pub(crate) fn at_host(&self, place: HostPlace) -> HostFacts<'_> {
        let HostPlace { suffix_start, builtin, own } = place;
        HostFacts { facts: self, suffix_start, builtin, own }
    }
}

/// Where in [`Facts`] stands what is known about one host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostPlace {
    suffix_start: usize,
    builtin: HostMatches,
    own: HostMatches,
}

/// What is known about one host. The user's facts come before the built-in ones, longer suffixes before shorter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostFacts<'f> {
    facts: &'f Facts,
    /// Where the public suffix of the host begins.
    pub suffix_start: usize,
    builtin: HostMatches,
    own: HostMatches,
}

impl<'f> HostFacts<'f> {
    /// The networks the host is of, as the user says.
    pub fn users_networks(&self) -> impl Iterator<Item = &'f Network> + '_ {
        let own = &self.facts.own;
        self.own.longest_first().flat_map(|host| own.networks_of(host))
    }

    /// The networks the host is of, as the built-in data says.
    pub fn networks(&self) -> impl Iterator<Item = &'f Network> + '_ {
        let builtin = self.facts.builtin;
        self.builtin.longest_first().flat_map(|host| builtin.networks_of(host))
    }

    /// Whether the user says that the host is of a network.
    pub fn has_users_networks(&self) -> bool {
        !self.own.is_empty()
    }

    /// The first network that is told by the shape of the path and `fits`.
    pub fn shape(&self, path: &str, fits: impl Fn(&Network) -> bool + Copy) -> Option<&'f Network> {
        self.facts.own.shape(path, fits).or_else(|| self.facts.builtin.shape(path, fits))
    }

    /// The unwrap rules of the host, then those of any host.
    pub fn unwraps(&self) -> impl Iterator<Item = &'f Unwrap> + '_ {
        let builtin = self.facts.builtin;
        self.builtin
            .longest_first()
            .flat_map(|host| builtin.unwraps_of(host))
            .chain(builtin.unwraps_of_any_host())
    }

    /// The unwrap rules of the host alone.
    pub fn own_unwraps(&self) -> impl Iterator<Item = &'f Unwrap> + '_ {
        let builtin = self.facts.builtin;
        self.builtin.longest_first().flat_map(|host| builtin.unwraps_of(host))
    }

    /// What is known about the parameter `name` (percent-decoded) on this host.
    pub fn parameter(&self, name: &str, value: &str) -> Option<&'f Parameter> {
        self.facts.builtin.parameter(name, value, &self.builtin)
    }
}

fn compiled() -> &'static Tables {
    static COMPILED: OnceLock<Tables> = OnceLock::new();
    COMPILED.get_or_init(Tables::compile)
}

/// Compiles the built-in data anew and says how many rows it has: for benches, which measure how long it takes.
#[doc(hidden)]
pub fn compile_anew() -> usize {
    Tables::compile().len()
}

fn not_a_host(key: &'static str, host: &str) -> ConfigError {
    ConfigError::Host { key, host: host.to_owned() }
}

/// Whether `text` can be a host suffix: labels of letters, digits, `-`, `_`, the last one perhaps `*`.
fn is_host_suffix(text: &str) -> bool {
    let name = text.strip_suffix(".*").unwrap_or(text);
    let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    !name.is_empty() && name.split('.').all(label)
}
