//! Code: `<code>` as a code span, `<pre>` as a fence. Owns decoding its references and choosing marks that nothing in it can end; what is
//! literal is kept where it stands.

use super::Change;
use super::items::Item;
use super::meaning;
use super::words::{self, Known};
use super::writer::Writer;
use crate::document::html::Tag;
use crate::document::html::entities::{decode_text, entity_at};
use crate::document::{Flags, Kind};
use crate::span::Span;

impl Writer<'_> {
    /// Writes a code span; `false` where there is more in it than text.
    pub(super) fn code(&mut self, item: &Item) -> bool {
        let node = self.around.document.node(item.node);
        if node.children().any(|c| !matches!(c.kind(), Kind::Text | Kind::SoftBreak)) {
            return false;
        }
        if makes_template(self.slice(node.span())) {
            return false;
        }
        // what it says, and where each run of it that is spelled as it stands
        let mut text = String::new();
        let mut parts: Vec<(Span, std::ops::Range<usize>)> = Vec::new();
        let mut literal = true;
        for child in node.children() {
            let from = text.len();
            if child.kind() == Kind::SoftBreak {
                text.push(' ');
                literal = false;
                continue;
            }
            let said = child.text();
            literal &= !child.has(Flags::DECODED) || said == child.source();
            text.push_str(&self.around.prefix.strip(&said));
            parts.push((child.span(), from..text.len()));
        }
        let folded = text
            .split(|c: char| c.is_ascii_whitespace())
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if folded.is_empty() {
            return text.is_empty() || {
                self.note_blank(Span::new(item.span.start, item.span.start), false);
                true
            };
        }
        if !text.starts_with(|c: char| !c.is_ascii_whitespace()) {
            self.note_blank(Span::at(item.span.start), false);
        }
        let ends_blank = text.ends_with(|c: char| c.is_ascii_whitespace());
        let pad = folded.starts_with('`') || folded.ends_with('`');
        let fence = "`".repeat(free_run(&folded, '`'));
        let owner = self.change(Change::Code, item.node);
        self.before_word();
        self.insert(&fence, owner);
        self.insert(if pad { " " } else { "" }, owner);
        let start = text.len() - text.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
        match parts.as_slice() {
            [(span, _)]
                if literal
                    && text.trim_matches(|c: char| c.is_ascii_whitespace()) == folded
                    && self.slice(*span).get(start..start + folded.len()) == Some(folded.as_str())
                    && !(self.is_in_cell && folded.contains('|')) =>
            {
                self.keep(Span::new(span.start + start, span.start + start + folded.len()));
            }
            [(span, _)] if !self.is_in_cell => self.code_text(*span, owner),
            _ => {
                let text = if self.is_in_cell { folded.replace('|', "\\|") } else { folded.clone() };
                self.insert(&text, owner);
            }
        }
        self.insert(if pad { " " } else { "" }, owner);
        self.insert(&fence, owner);
        self.is_line_start = false;
        if ends_blank {
            self.note_blank(Span::at(item.span.end), false);
        }
        true
    }

    /// The text of a code span: what is literal is kept, references become characters, blanks one.
    fn code_text(&mut self, span: Span, owner: Option<u32>) {
        let source = self.slice(span);
        let (mut at, mut blank, mut empty) = (0, false, true);
        let mut from = None;
        while let Some(c) = source.get(at..).and_then(|s| s.chars().next()) {
            let reference = if c == '&' { entity_at(source.get(at..).unwrap_or(""), false) } else { None };
            let is_blank = c.is_ascii_whitespace();
            if (is_blank || reference.is_some())
                && let Some(start) = from.take()
            {
                self.keep(Span::new(span.start + start, span.start + at));
            }
            if !is_blank && blank && !empty {
                self.insert(" ", owner);
            }
            blank = is_blank;
            if let Some(reference) = reference {
                let mut text = String::from(reference.first);
                text.extend(reference.second);
                self.insert(&text, owner);
                at += reference.len;
                empty = false;
                continue;
            }
            if !is_blank {
                empty = false;
                from.get_or_insert(at);
            } else if c == '\n' {
                at += self.around.prefix.skip(source.get(at + 1..).unwrap_or(""));
            }
            at += c.len_utf8();
        }
        if let Some(start) = from {
            self.keep(Span::new(span.start + start, span.start + source.len()));
        }
    }

    /// Writes `<pre>` as a fence; `false` where there is more in it than text.
    pub(super) fn preformatted(&mut self, item: &Item) -> bool {
        let node = self.around.document.node(item.node);
        let children: Vec<_> =
            node.children().filter(|c| c.kind() != Kind::Text || !c.text().trim().is_empty()).collect();
        let code = match children.as_slice() {
            [only] if only.kind() == Kind::Element && only.tag() == Tag::Code => Some(*only),
            _ => None,
        };
        let quiet =
            |n| meaning::says_nothing(n, self.around.referrers, &["class", "lang", "title", "data-lang"]);
        let plain = node.descendants().all(|d| match d.kind() {
            Kind::Text => true,
            Kind::Element => {
                code.is_some_and(|c| c.id == d.id) && quiet(d)
                    || d.tag() == Tag::Span
                        && d.end_tag().is_some()
                        && meaning::says_nothing(d, self.around.referrers, &["class", "style"])
            }
            _ => false,
        });
        let Some(end_tag) = node.end_tag() else { return false };
        if !plain || !quiet(node) || makes_template(self.slice(node.span())) {
            return false;
        }
        let texts: Vec<Span> = node
            .descendants()
            .filter(|d| d.kind() == Kind::Text && d.span().end <= end_tag.start)
            .map(|d| d.span())
            .collect();
        let said: String = texts
            .iter()
            .map(|s| decode_text(&self.around.prefix.strip(self.slice(*s))).into_owned())
            .collect();
        if said.trim().is_empty() {
            return false;
        }
        let language = code
            .and_then(|c| language_of(&c.attribute_value("class").unwrap_or_default()))
            .or_else(|| language_of(&node.attribute_value("class").unwrap_or_default()))
            .or_else(|| drawn_by(&node.attribute_value("class").unwrap_or_default()))
            .or_else(|| node.attribute("lang").and_then(|lang| language_of_code(lang.value)))
            .unwrap_or_default();
        let fence = "`".repeat((longest_run(&said, '`') + 1).max(3));
        let owner = self.change(Change::Preformatted, item.node);
        self.begin_block();
        self.insert(&format!("{fence}{language}"), owner);
        self.line_end(false, owner);
        self.code_lines(&texts, owner);
        self.line_end(false, owner);
        self.insert(&fence, owner);
        true
    }

    /// The lines of code in `texts`, without the line end that HTML drops at the start and the one at the end.
    fn code_lines(&mut self, texts: &[Span], owner: Option<u32>) {
        let last = texts.len().saturating_sub(1);
        let mut is_first = true;
        for (index, span) in texts.iter().enumerate() {
            let mut from = span.start;
            let mut end = span.end;
            let source = self.slice(*span);
            if is_first {
                let drop = if source.starts_with("\r\n") { 2 } else { usize::from(source.starts_with('\n')) };
                from += drop;
                if drop > 0 {
                    from += self.around.prefix.skip(self.slice(Span::new(from, end)));
                }
                is_first = source.trim_matches(['\r', '\n']).is_empty() && drop > 0;
            }
            if index == last {
                // what stands before the end tag on its line: a prefix at most
                let tail = self.slice(Span::new(from.min(end), end));
                if let Some(at) = tail.rfind('\n') {
                    let rest = tail.get(at + 1..).unwrap_or("");
                    if rest.get(self.around.prefix.skip(rest)..).unwrap_or("").is_empty() {
                        end = from + at;
                        if tail.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\r') {
                            end -= 1;
                        }
                    }
                }
            }
            self.code_part(from.min(end), end, owner);
        }
    }

    fn code_part(&mut self, from: usize, end: usize, owner: Option<u32>) {
        let source = self.slice(Span::new(from, end));
        let mut at = 0;
        let mut kept = 0;
        while let Some(found) = source.get(at..).and_then(|s| memchr::memchr2(b'&', b'\n', s.as_bytes())) {
            let here = at + found;
            let rest = source.get(here..).unwrap_or("");
            if rest.starts_with('\n') {
                let skip = self.around.prefix.skip(rest.get(1..).unwrap_or(""));
                if !self.nested.is_empty() {
                    // deeper than the source: the rest of the prefix is put in
                    self.keep(Span::new(from + kept, from + here + 1 + skip));
                    let nested = self.nested.clone();
                    self.insert(&nested, owner);
                    kept = here + 1 + skip;
                }
                at = here + 1 + skip;
            } else if let Some(reference) = entity_at(rest, false) {
                self.keep(Span::new(from + kept, from + here));
                let mut text = String::from(reference.first);
                text.extend(reference.second);
                self.insert(&text, owner);
                at = here + reference.len;
                kept = at;
            } else {
                at = here + 1;
            }
        }
        self.keep(Span::new(from + kept, end));
    }
}

/// Whether code, once its references are characters, holds what site generators act on: who writes `&#123;&#123;` keeps it from them.
/// They look for it in code, too.
fn makes_template(source: &str) -> bool {
    const TAGS: &[&str] = &["{{", "{%", "<!--more-->", "<!-- more -->"];
    if memchr::memchr(b'&', source.as_bytes()).is_none() {
        return false;
    }
    let said = decode_text(source);
    TAGS.iter().any(|tag| said.contains(tag) && !source.contains(tag))
}

/// The language that a class of code names.
fn language_of(class: &str) -> Option<String> {
    let name = class.split_whitespace().find_map(|c| {
        ["language-", "lang-", "highlight-source-", "brush:", "sourceCode-"]
            .iter()
            .find_map(|p| c.strip_prefix(p))
    })?;
    let is_name = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_'));
    is_name.then(|| name.to_owned())
}

/// The language of code that is drawn, as a class names it.
fn drawn_by(class: &str) -> Option<String> {
    class.split_ascii_whitespace().find(|c| words::is(c, Known::DrawnCode)).map(str::to_ascii_lowercase)
}

/// A `lang` that names a language of code, as on GitHub: names of human languages have two letters, or a hyphen.
fn language_of_code(lang: &str) -> Option<String> {
    const SHORT: &[&str] = &["js", "ts", "py", "rb", "go", "rs", "sh", "cs", "md"];
    let is_name =
        (3..=20).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+');
    (is_name || SHORT.contains(&lang)).then(|| lang.to_owned())
}

/// The shortest length that no run of `c` has.
fn free_run(text: &str, c: char) -> usize {
    let mut runs = std::collections::HashSet::new();
    let mut run = 0;
    for t in text.chars().chain(std::iter::once(' ')) {
        if t == c {
            run += 1;
        } else {
            runs.insert(run);
            run = 0;
        }
    }
    (1..).find(|n| !runs.contains(n)).unwrap_or(1)
}

/// The length of the longest run of `c`.
fn longest_run(text: &str, c: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for t in text.chars() {
        run = if t == c { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
