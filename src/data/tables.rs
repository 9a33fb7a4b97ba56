//! The data files compiled: rows grouped by host and by name. Owns what a row means; must not look at a whole URL.

use super::pattern::value_matches;
use super::table::{HostMatches, HostTable, WordTable};
use super::{Family, NETWORKS, PARAMS, Role, UNWRAP, UserNetwork, rows};
use std::borrow::Cow;
use std::ops::Range;

/// A row of `networks.toml`: what URLs of a host, or of a shape, are.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    /// The network's name.
    pub name: Cow<'static, str>,
    /// What such a URL is.
    pub role: Role,
    /// Whose rules are asked.
    pub family: Family,
    /// A path pattern, or nothing.
    pub path: Cow<'static, str>,
    /// A query pattern, or nothing.
    pub query: Cow<'static, str>,
    /// Whether others have URLs of that shape too.
    pub unsure: bool,
}

/// How a redirector carries its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// In a parameter's value: percent-encoded any number of times, base64, hexadecimal, with or without a scheme.
    Value,
    /// In the path, from where the path pattern ends or the first `http` after it.
    Tail,
    /// The whole query string.
    Query,
    /// Proofpoint's own alphabet: version 2 in a parameter, version 3 in the path.
    UrlDefense,
    /// An object of JSON in base64, in the path from where the path pattern ends or in the parameter that the first key names; the keys
    /// name its members, or those of an object in one.
    Json,
}

/// A row of `unwrap.toml`.
#[derive(Clone, Debug)]
pub(crate) struct Unwrap {
    /// A path pattern, or nothing.
    pub path: &'static str,
    /// Names of parameters, in the order they are tried, separated by blanks.
    pub keys: &'static str,
    /// How it is written.
    pub form: Form,
    /// Whether the redirector is nobody's network: mail gateways, forums, search engines.
    pub neutral: bool,
}

/// A row of `params.toml`.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    host: Option<u32>,
    /// Whether it can go.
    pub strip: bool,
    /// Whose rules take it.
    pub family: Family,
    /// What its value must be, as in a query pattern; or nothing.
    value: &'static str,
}

/// Rows that stand together in a table, as first and end.
type Group = (u32, u32);

fn range(group: Group) -> Range<usize> {
    group.0 as usize..group.1 as usize
}

#[derive(Clone, Debug, Default)]
struct OfHost {
    networks: Group,
    unwraps: Group,
}

/// A shape of paths that begin with a letter.
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// What the second letter must be, in lower case; 0: anything.
    second: u8,
    /// What the path must end in, but for a slash, in lower case; 0: anything.
    last: u8,
    /// Its row in `networks`.
    number: u32,
}

/// All rows, and where those of a host, a name, a first letter stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub hosts: HostTable,
    of_host: Vec<OfHost>,
    networks: Vec<Network>,
    any_host: Group,
    /// For the first letter of a path: the shapes it can have.
    shapes: Vec<Vec<Shape>>,
    /// Shapes that begin anywhere in a path (`*/order/…`): the four letters that their first segments begin with, and their numbers.
    deep_shapes: Vec<(u32, u32)>,
    /// The first two letters of these.
    deep_starts: Vec<bool>,
    unwraps: Vec<Unwrap>,
    any_unwraps: Group,
    names: WordTable,
    of_name: Vec<Group>,
    parameters: Vec<Parameter>,
}

impl Tables {
    /// Reads the built-in files.
    pub fn compile() -> Self {
        let mut tables = Self::default();
        rows::for_each(NETWORKS, |row| {
            let Some(role) = role_named(row.text("role")) else { return };
            let family = Family::of(row.text("family"), role);
            let (path, query) = (row.text("path").into(), row.text("query").into());
            tables.add_network(
                row.text("host").into(),
                Network {
                    name: row.text("name").into(),
                    role,
                    family,
                    path,
                    query,
                    unsure: !row.text("unsure").is_empty(),
                },
            );
        });
        tables.index_shapes();
        rows::for_each(UNWRAP, |row| {
            let form = match row.text("form") {
                "tail" => Form::Tail,
                "query" => Form::Query,
                "urldefense" => Form::UrlDefense,
                "json" => Form::Json,
                _ => Form::Value,
            };
            let neutral = row.text("neutral") == "yes";
            tables.add_unwrap(
                row.text("host"),
                Unwrap { path: row.text("path"), keys: row.text("keys"), form, neutral },
            );
        });
        rows::for_each(PARAMS, |row| {
            let host = match row.text("host") {
                "*" => None,
                host => Some(tables.host_number(host.into()) as u32),
            };
            let strip = row.text("action") == "strip";
            let family = Family::of(row.text("family"), Role::Pixel);
            let number = tables.names.number(row.text("name"));
            let at = tables.parameters.len() as u32;
            tables.parameters.push(Parameter { host, strip, family, value: row.text("value") });
            if tables.of_name.len() <= number {
                tables.of_name.resize(number + 1, (at, at));
            }
            tables.of_name[number].1 = at + 1;
        });
        tables
    }

    /// A user's networks.
    pub fn of_user(networks: &[UserNetwork]) -> Self {
        // rows of one host come one after the other, in whatever case it is written
        let mut by_host: Vec<(String, &UserNetwork)> =
            networks.iter().flat_map(|n| n.hosts.iter().map(move |h| (h.to_ascii_lowercase(), n))).collect();
        by_host.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut tables = Self::default();
        for (host, network) in by_host {
            tables.add_network(
                host.into(),
                Network {
                    name: network.name.clone().into(),
                    role: network.role,
                    family: Family::of("", network.role),
                    path: network.path.clone().unwrap_or_default().into(),
                    query: network.query.clone().unwrap_or_default().into(),
                    unsure: false,
                },
            );
        }
        tables.index_shapes();
        tables
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.networks.len() + self.unwraps.len() + self.parameters.len()
    }

    fn host_number(&mut self, host: Cow<'static, str>) -> usize {
        let number = self.hosts.number(host);
        if self.of_host.len() <= number {
            self.of_host.resize_with(number + 1, OfHost::default);
        }
        number
    }

    /// Adds a row; rows of one host come one after the other.
    fn add_network(&mut self, host: Cow<'static, str>, network: Network) {
        let at = self.networks.len() as u32;
        let group = if host == "*" {
            &mut self.any_host
        } else {
            let number = self.host_number(host);
            &mut self.of_host[number].networks
        };
        if group.0 == group.1 {
            *group = (at, at);
        }
        debug_assert!(group.1 == at, "rows of one host come one after the other");
        group.1 = at + 1;
        self.networks.push(network);
    }

    fn add_unwrap(&mut self, host: &'static str, unwrap: Unwrap) {
        let at = self.unwraps.len() as u32;
        let group = if host == "*" {
            &mut self.any_unwraps
        } else {
            let number = self.host_number(host.into());
            &mut self.of_host[number].unwraps
        };
        if group.0 == group.1 {
            *group = (at, at);
        }
        group.1 = at + 1;
        self.unwraps.push(unwrap);
    }

    fn index_shapes(&mut self) {
        self.shapes = vec![Vec::new(); 32];
        self.deep_starts = vec![false; 32 * 32];
        for number in range(self.any_host) {
            let path = self.networks[number].path.as_bytes();
            let last = match path {
                [.., b'*' | b'#' | b'@', b'$'] => 0,
                [.., last, b'$'] => last.to_ascii_lowercase(),
                _ => 0,
            };
            let shape = Shape { second: 0, last, number: number as u32 };
            match path {
                [b'*', b'/', first, second, third, fourth, ..]
                    if [first, second, third, fourth]
                        .iter()
                        .all(|b| !matches!(b, b'*' | b'#' | b'@' | b'$')) =>
                {
                    self.deep_shapes.push((four_letters([*first, *second, *third, *fourth]), number as u32));
                    self.deep_starts[two_letters(*first, *second)] = true;
                }
                [b'/', first, rest @ ..] if first.is_ascii_alphabetic() => {
                    let second = rest.first().filter(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'-'));
                    let second = second.map_or(0, |b| b | 0x20);
                    self.shapes[usize::from(first & 31)].push(Shape { second, ..shape });
                }
                _ => self.shapes.iter_mut().for_each(|shapes| shapes.push(shape)),
            }
        }
    }

    /// The rows of a host suffix.
    pub fn networks_of(&self, host: usize) -> &[Network] {
        self.of_host.get(host).and_then(|rows| self.networks.get(range(rows.networks))).unwrap_or_default()
    }

    /// The first row of any host that `fits`, of those that this path may fit: its letters narrow them down.
    pub fn shape(&self, path: &str, fits: impl Fn(&Network) -> bool) -> Option<&Network> {
        if range(self.any_host).is_empty() {
            return None;
        }
        let bytes = path.as_bytes();
        let first = bytes.get(1).copied().unwrap_or_default();
        let second = bytes.get(2).map_or(0, |b| b | 0x20);
        let last = bytes.last().map_or(0, u8::to_ascii_lowercase);
        let before_slash = match bytes {
            [.., before, b'/'] => before.to_ascii_lowercase(),
            _ => last,
        };
        for shape in self.shapes.get(usize::from(first & 31))? {
            if (shape.second == 0 || shape.second == second)
                && (shape.last == 0 || shape.last == last || shape.last == before_slash)
                && let Some(row) = self.networks.get(shape.number as usize)
                && fits(row)
            {
                return Some(row);
            }
        }
        let letters = letters_of_segments(bytes, &self.deep_starts);
        // few paths have a segment that begins as one of these
        if letters.is_empty() {
            return None;
        }
        let deep = self.deep_shapes.iter().filter(|(its, _)| letters.contains(its));
        deep.filter_map(|(_, number)| self.networks.get(*number as usize)).find(|row| fits(row))
    }

    /// The unwrap rules of a host suffix.
    pub fn unwraps_of(&self, host: usize) -> &[Unwrap] {
        self.of_host.get(host).and_then(|rows| self.unwraps.get(range(rows.unwraps))).unwrap_or_default()
    }

    /// The unwrap rules of any host.
    pub fn unwraps_of_any_host(&self) -> &[Unwrap] {
        self.unwraps.get(range(self.any_unwraps)).unwrap_or_default()
    }

    /// The row of `name`: of these hosts before any host, the name itself before its beginnings (`utm_*`).
    pub fn parameter(&self, name: &str, value: &str, hosts: &HostMatches) -> Option<&Parameter> {
        let mut anywhere = None;
        let mut consider = |written: &str| -> Option<&Parameter> {
            let rows = self.parameters.get(range(*self.of_name.get(self.names.get(written)?)?))?;
            let fits = |row: &Parameter| row.value.is_empty() || value_matches(row.value, value);
            // a row that asks for a value says more than one that takes any
            let of = |host: Option<u32>| {
                let rows = rows.iter().filter(|row| row.host == host && fits(row));
                rows.max_by_key(|row| !row.value.is_empty())
            };
            let row = hosts.longest_first().find_map(|host| of(Some(host as u32)));
            if row.is_none() && anywhere.is_none() {
                anywhere = of(None);
            }
            row
        };
        if let Some(row) = consider(name) {
            return Some(row);
        }
        const LONGEST: usize = 24;
        let mut beginning = [0_u8; LONGEST];
        for at in memchr::memchr_iter(b'_', name.as_bytes()).filter(|&at| at + 2 <= LONGEST) {
            beginning[..=at].copy_from_slice(&name.as_bytes()[..=at]);
            beginning[at + 1] = b'*';
            if let Ok(written) = str::from_utf8(&beginning[..at + 2])
                && let Some(row) = consider(written)
            {
                return Some(row);
            }
        }
        anywhere
    }
}

/// The [`four_letters`] that segments of a path begin with, of those whose first two are `wanted`.
fn letters_of_segments(path: &[u8], wanted: &[bool]) -> Vec<u32> {
    let mut found = Vec::new();
    for at in memchr::memchr_iter(b'/', path) {
        let Some(&[a, b, c, d]) = path.get(at + 1..at + 5) else { break };
        if wanted.get(two_letters(a, b)) == Some(&true) {
            found.push(four_letters([a, b, c, d]));
        }
    }
    found
}

/// A number for four letters, the same for both cases.
fn four_letters(letters: [u8; 4]) -> u32 {
    u32::from_le_bytes(letters) | 0x2020_2020
}

/// A number below 1,024 for two letters, the same for both cases.
fn two_letters(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

fn role_named(name: &str) -> Option<Role> {
    Some(match name {
        "click" => Role::Click,
        "creative" => Role::Creative,
        "pixel" => Role::Pixel,
        "checkout" => Role::Checkout,
        "redirector" => Role::Redirector,
        "shortener" => Role::Shortener,
        "analytics" => Role::Analytics,
        "script" => Role::Script,
        "display" => Role::Display,
        "share" => Role::Share,
        "widget" => Role::Widget,
        "retail" => Role::Retail,
        "vendor-site" => Role::VendorSite,
        "ordinary" => Role::Ordinary,
        _ => return None,
    })
}
