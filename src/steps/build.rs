//! Reads the parts of each step that was decided on: how far it goes, its body, pictures, links, code, sub-steps and tips. Owns
//! extents; must not decide what is a step.

use super::article::Article;
use super::extent::{extent, is_portrait, trimmed};
use super::groups;
use super::marker::marker;
use super::outline::BlockKind;
use super::rules::{Chosen, Decision};
use super::start::{Form, Start, heading_start, item_start, paragraph_starts};
use super::titles::fold;
use super::wording::first_words;
use super::words::words;
use super::{ArticleKind, Step, StepCode, StepImage, StepKind, StepLink, Steps, SubStep};
use crate::data::FileKind;
use crate::document::html::Tag;
use crate::document::{Flags, Kind, NodeRef};
use crate::span::Span;
use std::collections::HashMap;

/// The nodes that steps collect, in document order.
#[derive(Default)]
struct Parts<'a> {
    images: Vec<NodeRef<'a>>,
    links: Vec<NodeRef<'a>>,
    code: Vec<NodeRef<'a>>,
}

/// Builds the result.
pub(crate) fn steps(
    article: &Article<'_>,
    decision: Decision,
    ads: &[Span],
    original: &dyn Fn(Span) -> Span,
) -> Steps {
    let parts = parts(article, ads);
    let mut numbers: HashMap<(Option<usize>, StepKind), u32> = HashMap::new();
    let mut out = Vec::with_capacity(decision.chosen.len());
    for (i, chosen) in decision.chosen.iter().enumerate() {
        let (end, end_block) = extent(article, &decision, i);
        let span = trimmed(article, Span::new(chosen.start.at, end.max(chosen.start.at)));
        let number = numbers.entry((chosen.group, chosen.kind)).or_insert(0);
        *number += 1;
        out.push(step(article, chosen, *number, span, end_block, &parts, original));
    }
    let count = |kind| out.iter().filter(|s| s.kind == kind).count();
    let kind = match (count(StepKind::Procedure), count(StepKind::ListItem)) {
        (0, 0) => ArticleKind::None,
        (_, 0) => ArticleKind::Procedure,
        (0, _) => ArticleKind::ListItem,
        _ => ArticleKind::Mixed,
    };
    let mut titles: Vec<String> = Vec::new();
    for &g in &decision.group_blocks {
        let title = groups::title(&article.blocks[g]);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let confidence = if out.is_empty() { 0.8 } else { decision.confidence };
    let title = article.titles.first().cloned();
    Steps {
        version: 1,
        kind,
        groups: titles,
        steps: out,
        confidence: (confidence * 100.0).round() / 100.0,
        title,
        reasons: decision.reasons,
    }
}

/// All pictures, links and blocks of code outside of ads.
fn parts<'a>(article: &Article<'a>, ads: &[Span]) -> Parts<'a> {
    let mut parts = Parts::default();
    let mut skip = 0;
    for node in article.document.nodes() {
        if node.id.0 < skip {
            continue;
        }
        let kind = node.kind();
        let hidden = kind == Kind::Element
            && (node.tag().is_hidden() || matches!(node.tag(), Tag::Ins | Tag::Noscript | Tag::Iframe));
        if hidden {
            skip = node.node().next;
            continue;
        }
        if kind == Kind::CodeBlock || kind == Kind::Element && node.tag() == Tag::Pre {
            parts.code.push(node);
            skip = node.node().next;
            continue;
        }
        if kind == Kind::Element && node.tag() == Tag::Code {
            skip = node.node().next;
            continue;
        }
        if !matches!(kind, Kind::Image | Kind::Link) || inside(ads, node.span().start) {
            continue;
        }
        if kind == Kind::Image && !is_ad_picture(node) {
            parts.images.push(node);
        } else if kind == Kind::Link {
            parts.links.push(node);
        }
    }
    parts
}

/// Whether `at` lies in one of the ascending spans.
fn inside(spans: &[Span], at: usize) -> bool {
    let i = spans.partition_point(|s| s.start <= at);
    i.checked_sub(1).and_then(|i| spans.get(i)).is_some_and(|s| at < s.end)
}

/// A pixel, a creative of an ad, a button that leads to a download, the author's portrait.
fn is_ad_picture(node: NodeRef<'_>) -> bool {
    let tiny = |name: &str| {
        node.attribute_value(name).is_some_and(|v| matches!(v.trim(), "0" | "1" | "0px" | "1px"))
    };
    if tiny("width") || tiny("height") || is_portrait(node) {
        return true;
    }
    let url = node.destination().map(|d| d.url().to_lowercase()).unwrap_or_default();
    if [
        "/display-ad/",
        "clicktoplayimage",
        "impactradius-go.com",
        "googlesyndication",
        "doubleclick.net",
        "/image-ad/",
    ]
    .iter()
    .any(|p| url.contains(p))
    {
        return true;
    }
    let link = node
        .ancestors()
        .take(3)
        .find(|n| n.kind() == Kind::Link)
        .and_then(|l| l.destination())
        .map(|d| d.url().to_lowercase());
    link.is_some_and(|to| {
        let shows_itself = to == url || FileKind::of_url(&to).is_some_and(FileKind::is_picture);
        let file = url.rsplit('/').next().unwrap_or("");
        let alt = node.alternative().to_lowercase();
        let button = [
            "download",
            "buy-now",
            "buynow",
            "buy_now",
            "free-trial",
            "app-store",
            "appstore",
            "google-play",
            "googleplay",
        ];
        !shows_itself
            && !to.is_empty()
            && button.iter().any(|b| file.contains(b) || alt.contains(b) && alt.len() < 40)
    })
}

/// The nodes that begin in `span`.
fn of<'n, 'a>(nodes: &'n [NodeRef<'a>], span: Span) -> &'n [NodeRef<'a>] {
    let from = nodes.partition_point(|n| n.span().start < span.start);
    let to = nodes.partition_point(|n| n.span().start < span.end);
    nodes.get(from..to.max(from)).unwrap_or_default()
}

fn step(
    article: &Article<'_>,
    chosen: &Chosen,
    number: u32,
    span: Span,
    end_block: usize,
    parts: &Parts<'_>,
    original: &dyn Fn(Span) -> Span,
) -> Step {
    let start = &chosen.start;
    let images = of(&parts.images, span)
        .iter()
        .map(|n| StepImage {
            url: n.destination().map(|d| d.url().into_owned()).unwrap_or_default(),
            alt: n.alternative().trim().to_string(),
        })
        .collect();
    let links = of(&parts.links, span)
        .iter()
        .filter_map(|n| {
            let url = n.destination()?.url().into_owned();
            (!url.is_empty()).then(|| StepLink { url, text: n.words() })
        })
        .collect();
    let code = of(&parts.code, span).iter().map(|n| code(article, *n)).collect();
    Step {
        number,
        printed: start.printed.clone(),
        title: start.title.clone(),
        kind: chosen.kind,
        group: chosen.group.map(|g| groups::title(&article.blocks[g])),
        level: start.level,
        body: body(article, start, span),
        images,
        links,
        code,
        substeps: substeps(article, start, span, end_block),
        tips: tips(article, start, span, end_block),
        span,
        original_span: original(span),
    }
}

/// What follows the title, without the indent of the item it stands in.
fn body(article: &Article<'_>, start: &Start, span: Span) -> String {
    let mut from = start.title_end.clamp(span.start, span.end);
    while !article.document.text.is_char_boundary(from) {
        from += 1;
    }
    let raw = article.document.slice(Span::new(from, span.end));
    // closing marks of what the title was wrapped in
    let raw = raw.trim_start_matches(['*', '_', '~', '`']).trim_start_matches([':', '：']);
    let indent = match start.form {
        Form::List => {
            let line = article.document.line_at(start.at);
            let text = article.document.slice(Span::new(start.at, line.end));
            let mark = text.len() - text.trim_start_matches(|c: char| !c.is_whitespace()).len();
            let gap = text.get(mark..).map_or(0, |t| t.len() - t.trim_start_matches(' ').len());
            (start.at - line.start) + mark + gap
        }
        _ => 0,
    };
    let mut out = String::with_capacity(raw.len());
    for line in raw.trim_matches(['\n', '\r']).lines() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push_str(line.get(blanks.min(indent)..).unwrap_or(line));
        out.push('\n');
    }
    out.trim().to_string()
}

fn code(article: &Article<'_>, node: NodeRef<'_>) -> StepCode {
    let source = node.source();
    if node.kind() != Kind::CodeBlock {
        let mut text = String::new();
        for n in node.descendants() {
            match n.kind() {
                Kind::Text => text.push_str(&n.text()),
                Kind::HardBreak => text.push('\n'),
                _ => {}
            }
        }
        return StepCode { language: None, text: text.trim_matches('\n').to_string() };
    }
    if !node.has(Flags::FENCED) {
        let text: Vec<&str> = source
            .lines()
            .map(|l| l.strip_prefix("    ").or_else(|| l.strip_prefix('\t')).unwrap_or(l))
            .collect();
        return StepCode { language: None, text: text.join("\n").trim_end().to_string() };
    }
    let column = node.span().start - article.document.line_at(node.span().start).start;
    let mut lines = source.lines();
    let fence = lines.next().unwrap_or("").trim();
    let mark = fence.chars().next().unwrap_or('`');
    let info = fence.trim_start_matches(mark).trim();
    let language =
        info.split(|c: char| c.is_whitespace() || c == ',' || c == '{').next().filter(|l| !l.is_empty());
    let mut content: Vec<&str> = lines
        .map(|l| {
            let blanks = l.len() - l.trim_start_matches(' ').len();
            l.get(blanks.min(column)..).unwrap_or(l)
        })
        .collect();
    if content.last().is_some_and(|l| l.trim().len() >= 3 && l.trim().chars().all(|c| c == mark)) {
        content.pop();
    }
    StepCode { language: language.map(str::to_string), text: content.join("\n") }
}

/// A sub-step from the beginning of a would-be step.
fn sub(start: &Start, number: u32, span: Span) -> SubStep {
    SubStep { number, printed: start.printed.clone(), title: start.title.clone(), span }
}

/// The numbered lists, lettered or numbered paragraphs and marked headings inside a step.
fn substeps(article: &Article<'_>, start: &Start, span: Span, end_block: usize) -> Vec<SubStep> {
    let mut out: Vec<SubStep> = Vec::new();
    let mut push = |s: &Start, own: Span| {
        if own.start > span.start && own.end <= span.end.max(own.start) && own.start < span.end {
            out.push(sub(s, out.len() as u32 + 1, own));
        }
    };
    if let Some(item) = start.item.and_then(|i| article.blocks[start.block].items.get(i)) {
        for list in item.node.children() {
            let ordered = list.kind() == Kind::List && list.has(Flags::ORDERED)
                || list.kind() == Kind::Element && list.tag() == Tag::Ol;
            let bullets = list.kind() == Kind::List || list.kind() == Kind::Element && list.tag() == Tag::Ul;
            if !ordered && !bullets {
                continue;
            }
            for child in list
                .children()
                .filter(|c| c.kind() == Kind::Item || c.kind() == Kind::Element && c.tag() == Tag::Li)
            {
                let words = first_words(child);
                let from = marker(&words.text).filter(|m| m.separated).map_or(0, |m| m.title);
                let printed = ordered
                    .then(|| child.source().trim_start().split(char::is_whitespace).next().unwrap_or(""))
                    .filter(|p| p.starts_with(|c: char| c.is_ascii_digit()))
                    .map(str::to_string);
                let title = fold(words.text.get(from..).unwrap_or(""));
                out.push(SubStep {
                    number: out.len() as u32 + 1,
                    printed,
                    title,
                    span: trimmed(article, child.span()),
                });
            }
        }
        return out;
    }
    for (i, block) in article.blocks.iter().enumerate().take(end_block).skip(start.block + 1) {
        match block.kind {
            BlockKind::List { ordered: true, .. } => {
                for k in 0..block.items.len() {
                    if let Some(s) = item_start(article, i, k) {
                        push(&s, trimmed(article, block.items[k].span));
                    }
                }
            }
            BlockKind::Paragraph if block.marker.as_ref().is_some_and(|m| m.separated) => {
                let starts = paragraph_starts(article, i);
                for (k, s) in starts.iter().enumerate() {
                    let end = starts.get(k + 1).map_or(block.span.end, |n| n.at);
                    push(s, trimmed(article, Span::new(s.at, end.max(s.at))));
                }
            }
            BlockKind::Paragraph => {
                if let Some((printed, title)) = lettered(&block.words.text) {
                    let s = Start {
                        printed: Some(printed),
                        title,
                        block: i,
                        item: None,
                        form: Form::Paragraph,
                        level: 0,
                        at: block.span.start,
                        marker: None,
                        title_end: block.span.end,
                    };
                    push(&s, block.span);
                }
            }
            BlockKind::Heading(_) if block.marker.is_some() => {
                if let Some(s) = heading_start(article, i) {
                    push(&s, block.span);
                }
            }
            _ => {}
        }
    }
    out
}

/// `a) Open it`.
fn lettered(text: &str) -> Option<(String, String)> {
    let text = text.trim_start();
    let mut chars = text.char_indices();
    let (_, letter) = chars.next()?;
    let (at, close) = chars.next()?;
    (letter.is_ascii_lowercase() && matches!(close, ')' | '.'))
        .then(|| (text[..at + 1].to_string(), fold(text.get(at + 1..).unwrap_or(""))))
        .filter(|(_, title)| !title.is_empty())
}

/// The words of tips and warnings inside a step.
fn tips(article: &Article<'_>, start: &Start, span: Span, end_block: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut look = |node: NodeRef<'_>| {
        if node.span().start >= span.end || node.span().start < span.start {
            return;
        }
        let words = node.words();
        if is_tip(&words) {
            out.push(words);
        }
    };
    if let Some(item) = start.item.and_then(|i| article.blocks[start.block].items.get(i)) {
        for child in item.node.children().skip(1) {
            if matches!(child.kind(), Kind::Paragraph | Kind::Quote) {
                look(child);
            }
        }
    }
    for block in article.blocks.get(start.block + 1..end_block).unwrap_or_default() {
        if block.kind == BlockKind::Paragraph || block.node.kind() == Kind::Quote {
            look(block.node);
        }
    }
    out
}

/// Whether a paragraph opens as tips and warnings do: a lead word and a colon, an exclamation mark or the like.
pub(crate) fn is_tip(text: &str) -> bool {
    let head: String = text.chars().take(40).collect::<String>().to_lowercase();
    let lower = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let w = words();
    let Some(end) = w.note.end_at_start(lower).into_iter().chain(w.warning.end_at_start(lower)).max() else {
        return false;
    };
    let rest = lower.get(end..).unwrap_or("").trim_start_matches([' ', '\u{a0}', '*', ')', ']']);
    let bracketed = head.trim_start().starts_with("[!");
    bracketed
        || rest.is_empty()
        || rest.starts_with([':', '：', '!', '！', '-', '–', '—', '.', ',', '，', '、', '·', '»'])
        || text.starts_with("注")
}
