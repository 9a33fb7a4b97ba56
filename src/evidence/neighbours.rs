//! What stands beside something and speaks for an ad: labels, marker comments, paired pixels, other ads; and whether a link with
//! words fills its lines. Owns looking sideways; containers are weighed in `containers`.

use super::UnitKind;
use super::comments::{comment_words, is_same_word};
use super::judge::{Judge, Nature, Part, begins_item, note};
use super::seed::shared_ids;
use super::signal::{Grounds, Signal, THRESHOLD};
use crate::document::{Flags, Kind, NodeId, NodeRef};

impl<'a> Judge<'a> {
    /// Counts labels, marker comments, paired pixels beside what may be an ad.
    pub(super) fn weigh_neighbours(&mut self, parts: &mut [Part], parent: NodeRef<'a>, context: i16) {
        for at in 0..parts.len() {
            match parts[at].nature {
                Nature::Maybe(seed) => {
                    let more = self.beside(parts, at, seed, context);
                    if more.total() > 0
                        && let Some(s) = self.seeds.get_mut(seed as usize)
                    {
                        s.grounds.join(&more);
                        if s.grounds.total() >= THRESHOLD {
                            self.promote(&mut parts[at], seed);
                        }
                    }
                }
                Nature::Text(seed) if self.stands_alone(parts, at, parent) => {
                    self.promote(&mut parts[at], seed)
                }
                _ => {}
            }
        }
    }

    pub(super) fn promote(&mut self, part: &mut Part, seed: u32) {
        part.nature = Nature::Ad(seed);
        if part.to == part.from + 1 {
            self.set_nature(part.node, part.nature);
        } else {
            self.joined.insert(part.node.0, part.nature);
        }
    }

    /// What stands beside part `at` and speaks for an ad, and did not when it was asked before: each side speaks once.
    fn beside(&mut self, parts: &[Part], at: usize, seed: u32, context: i16) -> Grounds {
        let mut more = Grounds::default();
        let shows =
            |i: &usize| parts.get(*i).is_some_and(|p| !matches!(p.nature, Nature::Blank | Nature::Empty));
        let before = (0..at).rev().find(shows);
        let after = (at + 1..parts.len()).find(shows);
        let Some(node) = parts.get(at).map(|p| p.node) else { return more };
        if context >= 4 && !self.set_note(node, note::NAMED_AROUND) {
            more.add(Signal::Token, context.min(5));
        }
        for (side, i) in [(note::TOLD_BEFORE, before), (note::TOLD_BEHIND, after)] {
            let Some((i, part)) = i.and_then(|i| Some((i, parts.get(i)?))) else { continue };
            if self.has_note(node, side) {
                continue;
            }
            let told = more.total();
            match part.nature {
                Nature::Content if Some(i) == before && self.is_label_node(part.node) => {
                    more.add(Signal::Label, 4)
                }
                Nature::Comment if !more.has(Signal::Marker) && self.remark(part.node).weight >= 4 => {
                    more.add(Signal::Marker, 4);
                }
                Nature::Ad(other) => self.add_ad_beside(seed, other, &mut more),
                _ => {}
            }
            if more.total() > told {
                self.set_note(node, side);
            }
        }
        more
    }

    /// Adds what an ad beside something tells of it.
    fn add_ad_beside(&self, seed: u32, other: u32, more: &mut Grounds) {
        let (Some(this), Some(ad)) = (self.seeds.get(seed as usize), self.seeds.get(other as usize)) else {
            return;
        };
        let code = [UnitKind::Script, UnitKind::Counter, UnitKind::Slot];
        if code.contains(&this.kind) && code.contains(&ad.kind) {
            // a place, its settings and their loader stand side by side
            more.add(Signal::Script, 5);
        } else if ad.kind == UnitKind::Pixel && self.pair(seed, other) >= 1
            || this.kind == UnitKind::Pixel && self.pair(seed, other) >= 2
        {
            more.add(Signal::Pair, 6);
        } else if self.document.node(ad.node).has(Flags::UNCLOSED) && ad.node < this.node {
            // it stands in a link of which the end tag is lost
            more.add(Signal::Url, THRESHOLD);
        } else if !this.has_media {
            more.add(Signal::Beside, if ad.kind == UnitKind::Pixel { 3 } else { 2 });
        } else if self.document.node(this.node).kind() != Kind::Image
            && ad.has_media
            && !more.has(Signal::Beside)
        {
            // ads stand beside the article's own pictures and films: what nobody sees says nothing of what everybody sees
            more.add(Signal::Beside, 2);
        }
    }

    /// How many ids the addresses of two seeds share.
    fn pair(&self, one: u32, other: u32) -> usize {
        let url = |seed: u32| {
            let s = self.seeds.get(seed as usize)?;
            self.scales.address(self.document.node(s.node))
        };
        match (url(one), url(other)) {
            (Some(a), Some(b)) => shared_ids(a, b).count(),
            _ => 0,
        }
    }

    /// Whether a link with words fills its lines, and is not a sentence's beginning.
    fn stands_alone(&self, parts: &[Part], at: usize, parent: NodeRef<'a>) -> bool {
        let Some(part) = parts.get(at) else { return false };
        let Nature::Text(seed) = part.nature else { return false };
        let Some(s) = self.seeds.get(seed as usize) else { return false };
        let node = self.document.node(part.node);
        if !node.is_html() {
            return false;
        }
        // in a paragraph: at its beginning, or behind a sentence's end; in HTML: anywhere
        let text = self.document.text;
        if parent.kind() == Kind::Paragraph {
            let first = parts
                .iter()
                .take(at)
                .all(|p| matches!(p.nature, Nature::Blank | Nature::Ad(_) | Nature::Comment | Nature::Empty));
            let above = text.get(parent.span().start..part.span.start).unwrap_or("").trim_end();
            let closed = above
                .ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：', ')', '>', '”', '」'])
                || begins_item(parent);
            if !first && !s.has_media && !closed {
                return false;
            }
        } else if !matches!(parent.kind(), Kind::Root | Kind::Quote | Kind::Item) {
            return false;
        }
        let line = self.document.line_at(part.span.start);
        let before = text.get(line.start..part.span.start).unwrap_or("x");
        if !before.trim_matches([' ', '\t', '>']).is_empty() {
            return false;
        }
        let mut end = part.span.end;
        for p in parts.iter().skip(at + 1) {
            if matches!(p.nature, Nature::Ad(_)) {
                end = p.span.end;
            } else if !matches!(p.nature, Nature::Blank | Nature::Comment)
                || self.document.slice(p.span).contains('\n')
            {
                break;
            }
        }
        let line = self.document.line_at(end);
        let after = text.get(end..line.end).unwrap_or("x");
        if !after.trim().is_empty() {
            return false;
        }
        let pixel = parts.iter().any(|p| matches!(p.nature, Nature::Ad(i) if self.seeds.get(i as usize).is_some_and(|s| s.kind == UnitKind::Pixel)));
        if s.has_media || s.is_call {
            return true;
        }
        if parent.kind() == Kind::Item && parts.len() == 1 || pixel && s.words <= 10 {
            return false;
        }
        let next =
            text.get(line.end..).unwrap_or("").trim_start_matches(['\r', '\n', ' ', '>']).chars().next();
        let blank_follows =
            text.get(line.end..).unwrap_or("").trim_start_matches('\r').strip_prefix('\n').is_none_or(|t| {
                let l = t.split('\n').next().unwrap_or("");
                l.trim_matches([' ', '\t', '>', '\r']).is_empty()
            });
        blank_follows || next.is_none_or(|c| !c.is_lowercase())
    }

    /// Whether a comment marks the place of a project's sponsors: a program fills it in.
    fn is_filled_in(&self, comment: NodeId) -> bool {
        let source = self.document.node(comment).source();
        comment_words(source).any(|word| {
            ["sponsor", "sponsors", "backers", "funding", "donors"].iter().any(|w| is_same_word(word, w))
        })
    }

    /// Two comments that begin and end an ad of which nothing is left.
    pub(super) fn mark_empty_markers(&mut self, parts: &mut [Part]) {
        let mut open: Option<usize> = None;
        for at in 0..parts.len() {
            match parts[at].nature {
                Nature::Comment => {
                    let remark = self.remark(parts[at].node);
                    let ended = open.filter(|_| remark.ends_ad());
                    // most comments mark nothing
                    let marks = ended.is_some() || remark.begins_ad();
                    if !marks || self.is_filled_in(parts[at].node) {
                        open = None;
                    } else if let Some(first) = ended {
                        for i in [first, at] {
                            let node = self.document.node(parts[i].node);
                            let nature = self.ad(node, UnitKind::Markers, Signal::Marker, 8);
                            let Nature::Ad(seed) = nature else { continue };
                            self.promote(&mut parts[i], seed);
                        }
                        open = None;
                    } else {
                        open = Some(at);
                    }
                }
                Nature::Blank | Nature::Empty => {}
                _ => open = None,
            }
        }
    }
}
