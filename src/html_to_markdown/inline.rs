//! Inline elements: emphasis, code, links, images, line breaks, wrappers. Owns how each is spelled in Markdown, in a leaf block and
//! in the text of an HTML block alike.

use super::Change;
use super::destination::{
    is_plain_alternative, reads_as_reference, spelled, spelled_alternative, spelled_title,
};
use super::escape::{self, Around};
use super::items::{Item, Role};
use super::meaning::Stress;
use super::writer::{Mark, Waiting, Writer};
use super::{lazy, meaning, style};
use crate::document::html::Tag;
use crate::document::html::entities::entity_at;
use crate::document::{Kind, NodeRef};
use crate::span::Span;

/// Images up to that size, in pixels, are signs in the text, which Markdown would draw as large as they come.
const SMALL: f32 = 32.0;

impl Writer<'_> {
    pub(super) fn node_of(&self, item: &Item) -> NodeRef<'_> {
        self.around.document.node(item.node)
    }

    fn says_nothing(&self, item: &Item, expressible: &[&str]) -> bool {
        meaning::says_nothing(self.node_of(item), self.around.referrers, expressible)
    }

    /// Writes inline items. In Markdown, `from` is where the first of them may have something before it that is no node (an escape).
    pub(super) fn inline(&mut self, items: &[Item], from: usize) {
        let mut at = from;
        for item in items {
            if self.around.in_markdown {
                self.between(at, item.span.start);
            }
            self.inline_item(item);
            at = item.span.end.max(at);
        }
    }

    /// What stands between two nodes of a leaf block: line prefixes, backslashes, delimiters.
    pub(super) fn between(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let span = Span::new(from, to);
        if self.slice(span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>') && self.blank.is_some() {
            self.note_blank(span, false);
        } else {
            self.verbatim(span);
        }
    }

    /// Keeps `span` as a part of the text.
    pub(super) fn verbatim(&mut self, span: Span) {
        self.before_word();
        // a tag that comes to begin a line may begin a block
        self.has_failed |= self.is_line_start
            && self.around.in_markdown
            && self.slice(span).starts_with('<')
            && begins_html_block(self.slice(span))
            && !self.begins_in_source(span.start);
        self.keep(span);
        self.is_line_start = false;
    }

    fn inline_item(&mut self, item: &Item) {
        match item.role {
            Role::Text => self.html_text(item.span),
            Role::Markdown => self.markdown(item),
            Role::Element => self.inline_element(item),
            Role::LooseOpen | Role::LooseClose | Role::Comment | Role::Other => self.verbatim(item.span),
        }
    }

    fn markdown(&mut self, item: &Item) {
        let node = self.around.document.node(item.node);
        match node.kind() {
            Kind::SoftBreak | Kind::HardBreak => self.note_blank(item.span, true),
            Kind::Text => {
                let text = self.slice(item.span);
                let start = item.span.start + (text.len() - text.trim_start_matches([' ', '\t']).len());
                let trimmed = text.trim_matches([' ', '\t']);
                if start > item.span.start {
                    self.note_blank(Span::new(item.span.start, start), false);
                }
                if trimmed.is_empty() {
                    return;
                }
                self.before_word();
                let mut from = start;
                if self.is_line_start
                    && !self.is_one_line
                    && let Some(at) = escape::line_start(trimmed)
                    && !self.begins_in_source(start)
                {
                    self.keep(Span::new(from, start + at));
                    self.insert("\\", None);
                    from = start + at;
                }
                let end = start + trimmed.len();
                self.keep(Span::new(from, end));
                self.is_line_start = false;
                if end < item.span.end {
                    self.note_blank(Span::new(end, item.span.end), false);
                }
            }
            _ if item.children.is_empty() => self.verbatim(item.span),
            _ => {
                let first = item.children.first().map_or(item.span.start, |c| c.span.start);
                let last = item.children.last().map_or(item.span.end, |c| c.span.end);
                self.verbatim(Span::new(item.span.start, first));
                self.inline_depth += 1;
                self.inline(&item.children, first);
                self.inline_depth -= 1;
                self.verbatim(Span::new(last, item.span.end));
            }
        }
    }

    /// Whether a line of the source begins there too, or an escape stands before it: then it is Markdown already.
    fn begins_in_source(&self, at: usize) -> bool {
        // as far back as marks go: a line may be long
        let rest = self.slice(Span::new(0, at)).trim_end_matches([' ', '\t', '>', '\\']);
        rest.is_empty()
            || rest.ends_with('\n')
            || self.around.markdown_from.is_some_and(|from| (rest.len()..=at).contains(&from))
    }

    fn inline_element(&mut self, item: &Item) {
        use Tag::*;
        let node = self.around.document.node(item.node);
        let allowed = |change| self.around.allowed.is(change);
        let (start, end) = (node.start_tag(), node.end_tag());
        // what is no mark of words is shown as it is, whatever is in it
        let is_opaque = !node.tag().is_inline_formatting() && !node.tag().is_void();
        if item.has_block || is_opaque {
            return self.verbatim(item.span);
        }
        match node.tag() {
            Br => {
                self.breaks.push((item.span, item.node));
                return;
            }
            Img if allowed(Change::Image) && self.image(item) => return,
            A if allowed(Change::Link)
                && end.is_some()
                && node.kind() == Kind::Link
                && self.says_nothing(item, &["href", "title", "class"])
                && self.link_depth == 0 =>
            {
                return self.link(item, &item.children);
            }
            A if allowed(Change::Wrapper) && node.attributes().next().is_none() && end.is_some() => {
                return self.unwrapped(item);
            }
            B | Strong | I | Em
                if meaning::is_undone(node)
                    && allowed(Change::Wrapper)
                    && end.is_some()
                    && self.says_nothing(item, &[]) =>
            {
                return self.unwrapped(item);
            }
            B | Strong | I | Em | S | Strike | Del | Span | Font
                if allowed(Change::Emphasis)
                    && end.is_some()
                    && !self.around.refused.contains(&item.node)
                    && self.can_be_marked(item) =>
            {
                return self.emphasis(item);
            }
            Code | Tt if allowed(Change::Code) && end.is_some() && self.says_nothing(item, &["class"]) => {
                if self.code(item) {
                    return;
                }
                return self.verbatim(item.span);
            }
            Code | Tt => return self.verbatim(item.span),
            tag if meaning::is_wrapper(tag)
                && allowed(Change::Wrapper)
                && end.is_some()
                && self.says_nothing(item, &[]) =>
            {
                return self.unwrapped(item);
            }
            _ => {}
        }
        // it stays; what is in it may not
        let (Some(start), Some(end)) = (start, end) else { return self.verbatim(item.span) };
        self.verbatim(start);
        self.inline_depth += 1;
        self.inline(&item.children, start.end);
        self.inline_depth -= 1;
        self.rest_of(item);
        self.verbatim(end);
    }

    /// Writes what an element holds, without its tags.
    fn unwrapped(&mut self, item: &Item) {
        let start = self.node_of(item).start_tag();
        self.change(Change::Wrapper, item.node);
        self.inline(&item.children, start.map_or(item.span.start, |s| s.end));
        self.rest_of(item);
    }

    /// The end of an element's content in Markdown may hold something that is no node.
    fn rest_of(&mut self, item: &Item) {
        if !self.around.in_markdown {
            return;
        }
        let node = self.around.document.node(item.node);
        let from = item.children.last().map(|c| c.span.end).or(node.start_tag().map(|s| s.end));
        if let (Some(from), Some(end)) = (from, node.end_tag()) {
            self.between(from, end.start);
        }
    }

    fn emphasis(&mut self, item: &Item) {
        let node = self.around.document.node(item.node);
        let delimiter = match self.stress(node) {
            Some(Stress::Strong) => "**",
            Some(Stress::Struck) => "~~",
            // `***x***` reads as strong in emphasis
            _ if self.is_whole_of_strong(item) => "_",
            _ => "*",
        };
        let owner = self.change(Change::Emphasis, item.node);
        self.waiting.push(Waiting { text: delimiter.to_owned(), owner, node: item.node });
        self.inline_depth += 1;
        self.inline(&item.children, node.start_tag().map_or(item.span.start, |s| s.end));
        self.rest_of(item);
        self.inline_depth -= 1;
        if self.waiting.last().is_some_and(|w| w.node == item.node) {
            // nothing in it: the tags go
            self.waiting.pop();
            return;
        }
        if let Some(at) = self.open_marks.iter().rposition(|(n, _)| *n == item.node) {
            let (_, open) = self.open_marks.remove(at);
            let from = self.plain.len();
            // breaks at its end stay outside, as blanks do
            self.insert(delimiter, owner);
            self.marks.push(Mark { node: item.node, open, close: Span::new(from, self.plain.len()) });
        }
    }

    fn stress(&self, node: NodeRef<'_>) -> Option<Stress> {
        meaning::stress(node, self.around.referrers)
    }

    /// Whether marks of Markdown say all that an element does to its words. Runs of one sign cannot nest: in its like it stays.
    fn can_be_marked(&self, item: &Item) -> bool {
        let node = self.node_of(item);
        let Some(stress) = self.stress(node) else { return false };
        let of = |n: NodeRef<'_>| match n.kind() {
            Kind::Strong => Some(Stress::Strong),
            Kind::Emphasis => Some(Stress::Emphasis),
            Kind::Strike => Some(Stress::Struck),
            _ => self.stress(n),
        };
        let by_style = matches!(node.tag(), Tag::Span | Tag::Font);
        (by_style || self.says_nothing(item, &[]))
            && !node.ancestors().take(32).any(|a| of(a) == Some(stress))
    }

    /// Whether it is all that a strong element holds.
    fn is_whole_of_strong(&self, item: &Item) -> bool {
        let node = self.around.document.node(item.node);
        let Some(parent) = node.parent() else { return false };
        let is_strong = parent.kind() == Kind::Strong || self.stress(parent) == Some(Stress::Strong);
        is_strong
            && parent
                .children()
                .take(4)
                .all(|c| c.id == node.id || c.kind() == Kind::Text && c.text().trim().is_empty())
    }

    /// Writes a link of `children`: what it holds, or what the block in it does.
    pub(super) fn link(&mut self, item: &Item, children: &[Item]) {
        let node = self.around.document.node(item.node);
        let href = node.attribute_value("href").unwrap_or_default();
        let title = node.attribute_value("title").unwrap_or_default();
        let owner = self.change(Change::Link, item.node);
        self.waiting.push(Waiting { text: "[".to_owned(), owner, node: item.node });
        self.link_depth += 1;
        self.inline_depth += 1;
        self.inline(children, node.start_tag().map_or(item.span.start, |s| s.end));
        self.rest_of(item);
        self.link_depth -= 1;
        self.inline_depth -= 1;
        if self.waiting.last().is_some_and(|w| w.node == item.node) {
            self.waiting.pop();
            return;
        }
        self.open_marks.retain(|(n, _)| *n != item.node);
        let end = format!("]({}{})", spelled(&href), spelled_title(&title));
        let end = if self.is_in_cell { end.replace('|', "\\|") } else { end };
        self.insert(&end, owner);
    }

    /// Writes an image; `false` where Markdown cannot say it.
    fn image(&mut self, item: &Item) -> bool {
        let node = self.around.document.node(item.node);
        let Some(source) = node.attribute("src") else { return false };
        let url = source.decoded();
        let of_style = node.attribute("style").map_or("", |a| a.value);
        let small = ["width", "height"].iter().any(|name| {
            let written = node.attribute(name).map(|a| a.value).or(style::property(of_style, name));
            written.and_then(style::width).is_some_and(|size| size <= SMALL)
        });
        // what a script was to load instead
        let is_lazy = || {
            lazy::kept_address(node, |_| false, None)
                .is_some_and(|real| !lazy::is_same_file(url.trim(), real.decoded().trim()))
        };
        let hidden =
            node.attribute("style").is_some_and(|a| a.value.contains("hidden") || a.value.contains("none"));
        if url.trim().is_empty()
            || url.trim_start().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"))
            || small
            || is_lazy()
            || hidden && !self.says_nothing(item, &["src", "alt", "title"])
            || !self.says_nothing(item, &["src", "alt", "title", "class"])
        {
            return false;
        }
        let owner = self.change(Change::Image, item.node);
        self.before_word();
        self.insert("![", owner);
        let alternative = node.attribute("alt");
        let kept = alternative.and_then(|a| a.value_span).filter(|s| is_plain_alternative(self.slice(*s)));
        match kept {
            Some(span) => self.keep(span),
            None => {
                let text = node.attribute_value("alt").unwrap_or_default();
                self.insert(&spelled_alternative(&text), owner);
            }
        }
        self.insert("](", owner);
        let title = node.attribute_value("title").unwrap_or_default();
        let written = spelled(&url);
        match source.value_span {
            // the address stays where it is, if it comes behind the alternative in the source
            Some(span)
                if self.slice(span) == written
                    && kept.is_none_or(|k| k.end <= span.start)
                    && !self.is_in_cell =>
            {
                self.keep(span);
            }
            _ => self.insert(&written, owner),
        }
        self.insert(&format!("{})", spelled_title(&title)), owner);
        self.is_line_start = false;
        true
    }

    /// Text of HTML: the words are kept, what would be markup is escaped, blanks are noted.
    pub(super) fn html_text(&mut self, span: Span) {
        let source = self.slice(span);
        let mut at = 0;
        let mut before: Option<char> = None;
        while let Some(rest) = source.get(at..).filter(|r| !r.is_empty()) {
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']).len();
            if blanks > 0 {
                let mut end = at + blanks;
                let has_line_end = rest.as_bytes()[..blanks].contains(&b'\n');
                if has_line_end {
                    let line = source[..end].rfind('\n').map_or(end, |i| i + 1);
                    end = end.max(line + self.around.prefix.skip(source.get(line..).unwrap_or("")));
                }
                self.note_blank(Span::new(span.start + at, span.start + end), has_line_end);
                before = Some(' ');
                at = end;
                continue;
            }
            self.before_word();
            if self.is_line_start && !self.is_one_line {
                self.escape_at = escape::line_start(rest).map(|i| at + i);
            }
            self.is_line_start = false;
            at = self.word(span, source, at, &mut before);
        }
    }

    /// Writes the word of `source` at `at`; gives where it ends.
    fn word(&mut self, span: Span, source: &str, mut at: usize, before: &mut Option<char>) -> usize {
        let mut from = at;
        let bytes = source.as_bytes();
        loop {
            // most characters are no markup, wherever they stand
            while let Some(&byte) = bytes.get(at).filter(|b| is_never_markup(**b)) {
                if self.escape_at == Some(at) {
                    break;
                }
                *before = Some(char::from(byte));
                at += 1;
            }
            let Some(c) = source.get(at..).and_then(|s| s.chars().next()) else { break };
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                break;
            }
            let rest = source.get(at..).unwrap_or("");
            let reference = if c == '&' { entity_at(rest, false) } else { None };
            if let Some(reference) = reference {
                let written = rest.get(..reference.len).unwrap_or("");
                if !is_markdown_reference(written, reference.first) {
                    self.keep(Span::new(span.start + from, span.start + at));
                    let mut text = String::new();
                    if matches!(reference.first, '*' | '_' | '[' | ']' | '<' | '`' | '\\' | '~' | '|') {
                        text.push('\\');
                    }
                    text.push(reference.first);
                    text.extend(reference.second);
                    self.insert(&text, None);
                    from = at + reference.len;
                }
                at += reference.len;
                *before = Some(reference.first);
                continue;
            }
            let next = at + c.len_utf8();
            let after = source.get(next..).and_then(|s| s.chars().next());
            let around = Around {
                before: *before,
                after,
                in_cell: self.is_in_cell,
                in_link: self.link_depth > 0,
                is_last: source.get(next..).is_none_or(|rest| rest.trim().is_empty()),
            };
            let is_reference = c == '&' && reads_as_reference(rest);
            if is_reference || self.escape_at == Some(at) || escape::is_markup(c, around) {
                self.keep(Span::new(span.start + from, span.start + at));
                self.insert("\\", None);
                from = at;
            }
            *before = Some(c);
            at = next;
        }
        self.keep(Span::new(span.start + from, span.start + at));
        self.escape_at = None;
        at
    }
}

/// Whether a byte is a character that is text in HTML and in Markdown, but at the start of a line, and no blank.
const fn is_never_markup(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b','
                | b';'
                | b':'
                | b'-'
                | b'\''
                | b'"'
                | b'('
                | b')'
                | b'/'
                | b'?'
                | b'='
                | b'+'
                | b'%'
                | b'#'
                | b'@'
        )
}

/// Whether Markdown may have another spelling for an inline element, or can do without it.
pub(super) const fn is_written_otherwise(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Br | Img | A | B | Strong | I | Em | S | Strike | Del | Code | Tt)
        || meaning::is_wrapper(tag)
}

/// Whether a tag can begin an HTML block in the middle of a paragraph.
fn begins_html_block(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
    let tag = Tag::from_name(name);
    tag.is_block() || tag.is_raw_text() || tag.is_hidden() || name.is_empty()
}

/// Whether CommonMark reads a reference of HTML as HTML does.
fn is_markdown_reference(written: &str, first: char) -> bool {
    let Some(name) = written.strip_prefix('&').and_then(|w| w.strip_suffix(';')) else { return false };
    match name.strip_prefix('#') {
        None => true,
        Some(number) => {
            let digits = number.trim_start_matches(['x', 'X']);
            let value = if digits.len() < number.len() {
                u32::from_str_radix(digits, 16).ok()
            } else {
                digits.parse().ok()
            };
            digits.len() <= 6 && value == Some(first as u32)
        }
    }
}
