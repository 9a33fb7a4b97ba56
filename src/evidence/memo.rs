//! [`Memo`]: what each address of a document was found to be, once for all rules and rounds. Owns remembering; what an address is,
//! `url` says.

use super::comments::Remark;
use super::names::token_weight;
use super::seed::medium_weight;
use super::sites::{is_badge, is_film_site};
use super::url::{
    Places, Signal, Stripping, UNSURE, UrlView, Verdict, classify_view, destination, ids_of,
    strip_tracking_of,
};
use crate::data::{Facts, Family, HostPlace, Role};
use crate::hash::{Quick, hash_of};
use crate::span::Span;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// So many places are looked at for an address; beyond that it is judged anew, so that no text can make the look-up slow.
const PLACES: usize = 12;

/// An address and what it is by itself.
#[derive(Debug)]
pub(crate) struct Known {
    /// As it was asked for.
    pub url: Box<str>,
    hash: u64,
    places: Places,
    verdict: Verdict<'static>,
    is_allowed: bool,
    is_known: bool,
    network: Option<Box<str>>,
    /// Whether an image's data stand in it.
    pub holds_image: bool,
    stripping: OnceCell<Option<Stripping>>,
    destination: OnceCell<Option<String>>,
    ids: OnceCell<Vec<Span>>,
    /// What its file's name says of ads, and whether it is a badge.
    picture: OnceCell<(i16, bool)>,
    film_site: OnceCell<bool>,
    medium: OnceCell<i16>,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Known {
    fn new(url: &str, hash: u64, facts: &Facts, hosts: &mut Hosts) -> Self {
        let view = UrlView::parse(url);
        let verdict = classify_view(&view, facts, |host| facts.at_host(hosts.place_of(host, facts)));
        Self {
            url: url.into(),
            hash,
            places: view.places(),
            is_allowed: verdict.evidence.has(Signal::Allowed),
            is_known: verdict.evidence.has(Signal::KnownHost) || verdict.evidence.has(Signal::KnownPath),
            network: verdict.network.map(Into::into),
            verdict: Verdict { network: None, ..verdict },
            holds_image: holds_image(url),
            stripping: OnceCell::new(),
            destination: OnceCell::new(),
            ids: OnceCell::new(),
            picture: OnceCell::new(),
            film_site: OnceCell::new(),
            medium: OnceCell::new(),
        }
    }

    /// What it is.
    pub fn verdict(&self) -> Verdict<'_> {
        Verdict { network: self.network.as_deref(), ..self.verdict }
    }

    /// Whether it leads to a network whose links are unwrapped: clicks, checkouts, short links.
    pub fn leads_to_network(&self) -> bool {
        let (role, family) = (self.verdict.role, self.verdict.family);
        matches!(role, Role::Click | Role::Checkout | Role::Shortener | Role::Display | Role::Creative)
            && matches!(family, Family::Affiliate | Family::Ad | Family::Tracking)
    }

    /// Whether it belongs to an ad, an affiliate programme or a tracker.
    pub fn is_commercial(&self) -> bool {
        self.verdict.is_commercial()
    }

    /// What it is there for.
    pub fn role(&self) -> Role {
        self.verdict.role
    }

    /// Its parts.
    pub fn view(&self) -> UrlView<'_> {
        UrlView::at(&self.url, &self.places)
    }

    /// Whether `signal` is among what it rests on.
    pub fn has(&self, signal: Signal) -> bool {
        self.verdict.evidence.has(signal)
    }

    /// Whether the user allows it.
    pub fn is_allowed(&self) -> bool {
        self.is_allowed
    }

    /// Whether a fact or a network's own shape told what it is, not weak signals added up.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// Whether it has nothing but a shape that others have too.
    pub fn is_unsure(&self) -> bool {
        self.verdict.score == UNSURE && self.has(Signal::Shape)
    }

    /// How much speaks for an ad: [`Verdict::score`].
    pub fn score(&self) -> i16 {
        self.verdict.score
    }

    /// Which family of rules it is for.
    pub fn family(&self) -> Family {
        self.verdict.family
    }

    /// Whether a fact told what it is, with the network's name.
    pub fn has_network(&self) -> bool {
        self.network.is_some()
    }

    /// What tracks in it.
    pub fn stripping(&self, facts: &Facts) -> Option<&Stripping> {
        self.stripping.get_or_init(|| strip_tracking_of(&self.view(), facts)).as_ref()
    }

    /// The page that it carries.
    pub fn destination(&self, facts: &Facts) -> Option<&str> {
        self.destination.get_or_init(|| destination(&self.url, facts)).as_deref()
    }

    /// The [`ids`] in it.
    pub fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        let places = self.ids.get_or_init(|| {
            let start = self.url.as_ptr() as usize;
            let place =
                |id: &str| Span::new(id.as_ptr() as usize - start, id.as_ptr() as usize - start + id.len());
            ids_of(&self.view()).into_iter().map(place).collect()
        });
        places.iter().filter_map(|place| self.url.get(place.range()))
    }

    /// How much the name of its file says of ads.
    pub fn file_weight(&self) -> i16 {
        self.picture().0
    }

    /// Whether it is the picture of a badge.
    pub fn is_badge(&self) -> bool {
        self.picture().1
    }

    fn picture(&self) -> (i16, bool) {
        *self.picture.get_or_init(|| {
            let view = self.view();
            let file = view.path.rsplit('/').next().unwrap_or_default();
            (token_weight(file.split('.').next().unwrap_or_default()), is_badge(&view))
        })
    }

    /// How much its parameters say that it is paid for.
    pub fn medium_weight(&self) -> i16 {
        *self.medium.get_or_init(|| medium_weight(&self.view()))
    }

    /// Whether films, music, maps, programs are embedded from its site.
    pub fn is_of_film_site(&self) -> bool {
        *self.film_site.get_or_init(|| is_film_site(self.view().host))
    }
}

/// Whether an image's data stand in `url`: `data:image/…`, also where a scraper resolved it against the page's address.
fn holds_image(url: &str) -> bool {
    // behind the colon of the web's schemes
    let (bytes, from) = (url.as_bytes(), if url.starts_with("http") { 6 } else { 0 });
    memchr::memchr_iter(b':', bytes.get(from..).unwrap_or_default()).any(|place| {
        let (before, behind) = bytes.split_at(from + place);
        before.ends_with(b"data") && behind.starts_with(b":image/")
    })
}

/// The addresses met so far. It stays true whatever becomes of the text, as long as the facts are the same.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    table: RefCell<Table>,
    remarks: RefCell<HashMap<Box<str>, Remark, Quick>>,
}

/// The hosts met last, with what is known about them: a document's links lead to a few again and again.
#[derive(Debug, Default)]
struct Hosts {
    last: Vec<(u64, Box<str>, HostPlace)>,
    next: usize,
}

impl Hosts {
    fn place_of(&mut self, host: &str, facts: &Facts) -> HostPlace {
        const KEPT: usize = 32;
        let hash = hash_of(host.as_bytes());
        if let Some((_, _, place)) = self.last.iter().find(|(its, known, _)| *its == hash && **known == *host)
        {
            return *place;
        }
        let place = facts.place_of(host);
        let new = (hash, host.into(), place);
        match self.last.get_mut(self.next) {
            Some(oldest) => *oldest = new,
            None => self.last.push(new),
        }
        self.next = (self.next + 1) % KEPT;
        place
    }
}

#[derive(Debug, Default)]
struct Table {
    hosts: Hosts,
    known: Vec<Rc<Known>>,
    /// Numbers of `known` plus one; 0 is free. Its length is a power of two, at least twice that of `known`.
    slots: Vec<u32>,
}

impl Memo {
    /// What `url` is.
    pub fn of(&self, url: &str, facts: &Facts) -> Rc<Known> {
        let hash = hash_of(url.as_bytes());
        // nothing below comes back here while the table is borrowed
        let Ok(mut table) = self.table.try_borrow_mut() else {
            return Rc::new(Known::new(url, hash, facts, &mut Hosts::default()));
        };
        if let Some(found) = table.find(url, hash) {
            return Rc::clone(found);
        }
        let known = Rc::new(Known::new(url, hash, facts, &mut table.hosts));
        table.add(&known);
        known
    }

    /// What a comment says.
    pub fn remark(&self, source: &str) -> Remark {
        let mut remarks = self.remarks.borrow_mut();
        if let Some(known) = remarks.get(source) {
            return *known;
        }
        let new = Remark::of(source);
        remarks.insert(source.into(), new);
        new
    }
}

impl Table {
    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.slots.len().wrapping_sub(1);
        (0..PLACES).map(move |step| (hash as usize).wrapping_add(step) & mask)
    }

    fn find(&self, url: &str, hash: u64) -> Option<&Rc<Known>> {
        if self.slots.is_empty() {
            return None;
        }
        for place in self.places(hash) {
            let known = self.known.get((*self.slots.get(place)? as usize).checked_sub(1)?)?;
            if known.hash == hash && *known.url == *url {
                return Some(known);
            }
        }
        None
    }

    fn add(&mut self, known: &Rc<Known>) {
        self.known.push(Rc::clone(known));
        if self.slots.len() < self.known.len() * 2 {
            self.slots = vec![0; (self.known.len() * 4).next_power_of_two().max(64)];
            for number in 0..self.known.len() {
                self.place(number);
            }
        } else {
            self.place(self.known.len() - 1);
        }
    }

    fn place(&mut self, number: usize) {
        let Some(hash) = self.known.get(number).map(|k| k.hash) else { return };
        for place in self.places(hash) {
            if let Some(slot) = self.slots.get_mut(place)
                && *slot == 0
            {
                *slot = number as u32 + 1;
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::url::{classify, strip_tracking};
    use super::*;

    #[test]
    fn an_address_is_judged_once() {
        let (memo, facts) = (Memo::default(), Facts::builtin());
        let urls: Vec<String> = (0..500).map(|n| format!("https://www.example.org/page-{n}")).collect();
        let first: Vec<Rc<Known>> = urls.iter().map(|u| memo.of(u, &facts)).collect();
        let again = urls.iter().zip(&first).filter(|(u, k)| Rc::ptr_eq(&memo.of(u, &facts), k)).count();
        assert!(again > 450, "{again}");
        for (url, known) in urls.iter().zip(&first) {
            assert_eq!((&*known.url, known.role()), (url.as_str(), Role::Ordinary));
        }
    }

    #[test]
    fn it_says_what_the_facts_say() {
        let (memo, facts) = (Memo::default(), Facts::builtin());
        let url =
            "https://goto.walmart.com/c/1/2/3?u=https%3A%2F%2Fwww.walmart.com%2Fip%2F5%3Futm_source%3Dx";
        let known = memo.of(url, &facts);
        assert_eq!(known.verdict(), classify(url, &facts));
        assert_eq!(known.stripping(&facts), strip_tracking(url, &facts).as_ref());
        assert_eq!(known.destination(&facts), destination(url, &facts).as_deref());
    }
}
