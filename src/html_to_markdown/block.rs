//! Blocks of HTML: paragraphs, headings, lists, quotes, code, breaks, wrappers (tables have a room of their own). Owns how each is
//! laid out in Markdown. What cannot be said stays as it is, with all that is in it.

use super::Change;
use super::items::{Item, Role};
use super::meaning;
use super::writer::Writer;
use crate::document::Kind;
use crate::document::html::Tag;
use crate::span::Span;

impl Writer<'_> {
    /// Writes items of which some may be blocks.
    pub(super) fn flow(&mut self, items: &[Item]) {
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let end = (at..items.len())
                .find(|&i| items.get(i).is_none_or(|it| !self.is_inline(it)))
                .unwrap_or(items.len());
            if end > at {
                self.paragraph(items.get(at..end).unwrap_or(&[]), None);
                at = end;
            } else {
                self.block(item);
                at += 1;
            }
        }
    }

    /// Writes inline items and the text behind them as a block.
    pub(super) fn paragraph_of(&mut self, items: &[Item], text: &Item) {
        self.begins_block = true;
        self.is_block_empty = true;
        self.blank = None;
        self.inline(items, items.first().map_or(text.span.start, |i| i.span.start));
        self.html_text(text.span);
        self.end_of_leaf();
        self.begins_block = false;
    }

    pub(super) fn is_inline(&self, item: &Item) -> bool {
        match item.role {
            Role::Text | Role::Markdown => true,
            Role::Element => {
                let tag = self.node_of(item).tag();
                !item.has_block && !matches!(tag, Tag::Script | Tag::Style | Tag::Iframe)
            }
            Role::Comment => {
                // a comment on lines of its own is a block; in a sentence it stays there
                let line = self.around.document.line_at(item.span.start);
                let before = Span::new(line.start, item.span.start);
                !self.slice(before).bytes().all(|b| matches!(b, b' ' | b'\t' | b'>'))
            }
            Role::LooseOpen | Role::LooseClose | Role::Other => false,
        }
    }

    /// Writes inline items as a block, if there is anything in them to see. `start` is written before the first word.
    fn paragraph(&mut self, items: &[Item], start: Option<(String, Option<u32>)>) {
        self.leaf(start, |writer| writer.inline(items, items.first().map_or(0, |i| i.span.start)));
    }

    /// Writes a block of words, as `write` does.
    fn leaf(&mut self, start: Option<(String, Option<u32>)>, write: impl FnOnce(&mut Self)) {
        self.begins_block = true;
        self.is_block_empty = true;
        self.block_start = start;
        self.blank = None;
        self.breaks.clear();
        write(self);
        self.end_of_leaf();
        self.begins_block = false;
        self.block_start = None;
    }

    fn block(&mut self, item: &Item) {
        use Tag::*;
        let node = self.around.document.node(item.node);
        let allowed = |change| self.around.allowed.is(change);
        let quiet = |expressible: &[&str]| meaning::says_nothing(node, self.around.referrers, expressible);
        if item.role != Role::Element {
            return self.keep_block(item);
        }
        let held = item.children.iter().any(|c| c.has_block);
        match node.tag() {
            P if !held && allowed(Change::Paragraph) && quiet(&[]) => {
                self.change(Change::Paragraph, item.node);
                self.paragraph(&item.children, None);
            }
            Hr if allowed(Change::Break) && quiet(&["class"]) => {
                let owner = self.change(Change::Break, item.node);
                // hyphens in the first line begin front matter
                let above = self.around.document.text.get(..item.span.start).unwrap_or("");
                let is_first =
                    self.plain.is_empty() && above.trim_start_matches('\u{feff}').trim().is_empty();
                self.begin_block();
                self.insert(if is_first { "***" } else { "---" }, owner);
            }
            Ul | Ol if allowed(Change::List) && self.is_plain_list(item) => self.list(item),
            Blockquote if allowed(Change::Quote) && quiet(&["cite"]) => {
                let owner = self.change(Change::Quote, item.node);
                self.nest("> ", "> ", owner, &item.children);
            }
            Pre if allowed(Change::Preformatted) && self.preformatted(item) => {}
            Table if allowed(Change::Table) && self.table(item) => {}
            tag if tag.heading_level().is_some() && !held && allowed(Change::Heading) && quiet(&[]) => {
                let owner = self.change(Change::Heading, item.node);
                self.heading(tag, owner, |writer| {
                    let items = &item.children;
                    writer.inline(items, items.first().map_or(0, |i| i.span.start));
                });
            }
            A if allowed(Change::Link)
                && node.kind() == Kind::Link
                && node.end_tag().is_some()
                && meaning::sole_block(node, self.around.referrers).is_some()
                && quiet(&["href", "title", "class"]) =>
            {
                self.linked_block(item);
            }
            Figure if allowed(Change::Wrapper) && meaning::holds_only_code(node) && quiet(&[]) => {
                self.change(Change::Wrapper, item.node);
                self.flow(&item.children);
            }
            tag if meaning::is_wrapper(tag) && allowed(Change::Wrapper) && quiet(&[]) => {
                self.change(Change::Wrapper, item.node);
                self.flow(&item.children);
            }
            _ => self.keep_block(item),
        }
    }

    /// Writes a heading with the words that `write` writes.
    fn heading(&mut self, tag: Tag, owner: Option<u32>, write: impl FnOnce(&mut Self)) {
        let level = usize::from(tag.heading_level().unwrap_or(1));
        self.is_one_line = true;
        let from = self.plain.len();
        self.leaf(Some((format!("{} ", "#".repeat(level)), owner)), write);
        self.is_one_line = false;
        // closing hashes would not be seen
        if self.plain.len() > from && self.plain.ends_with('#') {
            self.has_failed = true;
        }
    }

    /// Writes a link round a heading or a paragraph: in Markdown it is one of its words.
    fn linked_block(&mut self, item: &Item) {
        let Some(inner) = item.children.iter().find(|c| c.role == Role::Element) else {
            return self.keep_block(item);
        };
        let tag = self.node_of(inner).tag();
        let change = if tag == Tag::P { Change::Paragraph } else { Change::Heading };
        if !self.around.allowed.is(change) {
            return self.keep_block(item);
        }
        let owner = self.change(change, inner.node);
        if tag == Tag::P {
            self.leaf(None, |writer| writer.link(item, &inner.children));
        } else {
            self.heading(tag, owner, |writer| writer.link(item, &inner.children));
        }
    }

    /// Keeps a block as it is, beside another such one with what is between them.
    pub(super) fn keep_block(&mut self, item: &Item) {
        let between = self.kept_to.map(|to| Span::new(to, item.span.start));
        let is_beside =
            between.is_some_and(|s| self.slice(s).bytes().all(|b| b.is_ascii_whitespace() || b == b'>'));
        match between {
            Some(between) if is_beside => self.keep(between),
            _ => self.begin_block(),
        }
        if !self.nested.is_empty() && self.slice(item.span).contains('\n') {
            self.has_failed = true;
        }
        // browsers do not see it there: the words in it go on in the line, which a block of its own would tear
        if !self.nested.is_empty()
            && matches!(self.node_of(item).tag(), Tag::Html | Tag::Head | Tag::Body | Tag::Frameset)
        {
            self.has_failed = true;
        }
        self.keep(item.span);
        self.kept_to = Some(item.span.end);
        self.is_block_empty = false;
    }

    /// Writes a container: `first` before its first line, `rest` before the others.
    fn nest(&mut self, first: &str, rest: &str, owner: Option<u32>, items: &[Item]) {
        self.begin_block();
        self.insert(first, owner);
        let outer = self.nested.len();
        self.nested.push_str(rest);
        self.is_fresh = true;
        let (bullet, delimiter) = (self.bullet.take(), self.delimiter.take());
        self.flow(items);
        (self.bullet, self.delimiter) = (bullet, delimiter);
        self.nested.truncate(outer);
        self.is_fresh = false;
        self.is_tight = false;
        self.kept_to = None;
    }

    /// Whether a list holds items alone, numbered as Markdown numbers them.
    fn is_plain_list(&self, item: &Item) -> bool {
        let node = self.node_of(item);
        let is_start_plain =
            node.attribute("start").is_none_or(|a| a.value.trim().parse::<u32>().is_ok_and(|n| n < 100_000));
        let mut any = false;
        meaning::says_nothing(node, self.around.referrers, &["start"])
            && is_start_plain
            && item.children.iter().all(|c| match c.role {
                Role::Text => self.slice(c.span).bytes().all(|b| b.is_ascii_whitespace() || b == b'>'),
                Role::Element => {
                    any = true;
                    let li = self.node_of(c);
                    li.tag() == Tag::Li && meaning::says_nothing(li, self.around.referrers, &[])
                }
                _ => false,
            })
            && any
    }

    fn list(&mut self, item: &Item) {
        let node = self.around.document.node(item.node);
        let owner = self.change(Change::List, item.node);
        let is_ordered = node.tag() == Tag::Ol;
        let start = node.first_number().unwrap_or(1);
        // lists that follow each other must not become one
        let (bullets, delimiters) = ([self.bullet, self.below.0], [self.delimiter, self.below.1]);
        let bullet = ['-', '*', '+'].into_iter().find(|b| !bullets.contains(&Some(*b))).unwrap_or('-');
        let delimiter = if delimiters.contains(&Some('.')) { ')' } else { '.' };
        let items: Vec<&Item> = item.children.iter().filter(|c| c.role == Role::Element).collect();
        let is_loose = items.iter().any(|li| {
            li.children.iter().any(|c| {
                c.role == Role::Element && c.has_block && !matches!(self.node_of(c).tag(), Tag::Ul | Tag::Ol)
            })
        });
        for (index, li) in (0u32..).zip(items.iter()) {
            let number = start + index;
            let marker = if is_ordered { format!("{number}{delimiter} ") } else { format!("{bullet} ") };
            self.is_tight = self.is_tight || index > 0 && !is_loose;
            self.begin_block();
            self.insert(&marker, owner);
            let outer = self.nested.len();
            self.nested.extend(std::iter::repeat_n(' ', marker.len()));
            self.is_fresh = true;
            (self.bullet, self.delimiter) = (None, None);
            self.item_content(&li.children, is_loose);
            if self.is_fresh {
                // an empty item
                self.has_failed |= li.children.iter().any(|c| c.role != Role::Text);
            }
            self.nested.truncate(outer);
            self.is_fresh = false;
            self.kept_to = None;
        }
        self.is_tight = false;
        self.is_block_empty = false;
        if is_ordered {
            (self.bullet, self.delimiter) = (None, Some(delimiter));
        } else {
            (self.bullet, self.delimiter) = (Some(bullet), None);
        }
    }

    /// The content of a list item: a list in it follows its text without a blank line.
    fn item_content(&mut self, items: &[Item], is_loose: bool) {
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let end = (at..items.len())
                .find(|&i| items.get(i).is_none_or(|it| !self.is_inline(it)))
                .unwrap_or(items.len());
            if end > at {
                self.paragraph(items.get(at..end).unwrap_or(&[]), None);
                at = end;
            } else {
                let is_list =
                    item.role == Role::Element && matches!(self.node_of(item).tag(), Tag::Ul | Tag::Ol);
                self.is_tight = is_list && !is_loose && !self.is_fresh;
                self.block(item);
                at += 1;
            }
        }
    }
}
