//! What `html5ever` reads, in a form that can be compared.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::{Html, HtmlTreeSink};
use std::cell::RefCell;

/// A token without spans. Names are in lower case, NUL is U+FFFD.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    Text(String),
    StartTag { name: String, attributes: Vec<(String, String)>, self_closing: bool },
    EndTag(String),
    Comment(String),
    Doctype,
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

impl Event {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(without_nul(text))
    }

    pub(super) fn comment(content: &str) -> Self {
        Self::Comment(without_nul(content))
    }

    pub(super) fn end_tag(name: &str) -> Self {
        Self::EndTag(without_nul(&name.to_ascii_lowercase()))
    }

    /// Of attributes of one name the first counts.
    pub(super) fn start_tag(
        name: &str,
        attributes: impl Iterator<Item = (String, String)>,
        self_closing: bool,
    ) -> Self {
        let mut first: Vec<(String, String)> = Vec::new();
        for (name, value) in attributes {
            let name = without_nul(&name.to_ascii_lowercase());
            if first.iter().all(|(other, _)| *other != name) {
                first.push((name, without_nul(&value)));
            }
        }
        Self::StartTag { name: without_nul(&name.to_ascii_lowercase()), attributes: first, self_closing }
    }

    /// Adds an event; text joins text.
    pub(super) fn push(events: &mut Vec<Event>, event: Event) {
        match (events.last_mut(), event) {
            (_, Self::Text(text)) if text.is_empty() => {}
            (Some(Self::Text(before)), Self::Text(text)) => before.push_str(&text),
            (_, event) => events.push(event),
        }
    }
}

/// Writes down the tokens and passes them on.
struct Recorder<S> {
    events: RefCell<Vec<Event>>,
    next: S,
}

impl<S: TokenSink> TokenSink for Recorder<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let event = match &token {
            Token::CharacterTokens(text) => Some(Event::text(text)),
            Token::NullCharacterToken => Some(Event::text("\0")),
            Token::CommentToken(content) => Some(Event::comment(content)),
            Token::DoctypeToken(_) => Some(Event::Doctype),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => Some(Event::end_tag(&tag.name)),
            Token::TagToken(tag) => {
                let attributes = tag.attrs.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                Some(Event::start_tag(&tag.name, attributes, tag.self_closing))
            }
            Token::EOFToken | Token::ParseError(_) => None,
        };
        if let Some(event) = event {
            Event::push(&mut self.events.borrow_mut(), event);
        }
        self.next.process_token(token, line)
    }

    fn end(&self) {
        self.next.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.next.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Switches the tokenizer's state by the element's name, as a tree builder does.
struct StateSwitch;

impl TokenSink for StateSwitch {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => match &*tag.name {
                "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                    TokenSinkResult::RawData(RawKind::Rawtext)
                }
                "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                "plaintext" => TokenSinkResult::Plaintext,
                _ => TokenSinkResult::Continue,
            },
            _ => TokenSinkResult::Continue,
        }
    }
}

fn run<S: TokenSink>(text: &str, next: S) -> Vec<Event> {
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Recorder { events: RefCell::default(), next }, options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    // A script's end tag interrupts it.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.events.take()
}

/// What `html5ever`'s tokenizer reads.
pub(super) fn reference_events(text: &str) -> Vec<Event> {
    run(text, StateSwitch)
}

/// What it reads when its tree builder, without scripting, switches its states.
pub(super) fn tree_builder_events(text: &str) -> Vec<Event> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    run(text, TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options))
}
