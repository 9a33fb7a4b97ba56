//! Whether a sequence tells the reader what to do, lists things, or explains. Owns weighing its words, its heading and the lines
//! above it; must not look at other sequences.

use super::article::Article;
use super::marker::Style;
use super::titles::{before_aside, fold, key};
use super::tongue::{Instructs, Tongue};
use super::wording::Words;
use super::words::{Topic, words};

/// A judgement with what led to it.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    /// Weight for taking it as steps.
    pub(crate) score: f64,
    /// What was seen, in words.
    pub(crate) seen: Vec<&'static str>,
}

impl Judgement {
    fn new() -> Self {
        Self { score: 0.0, seen: Vec::new() }
    }

    fn add(&mut self, holds: bool, weight: f64, what: &'static str) {
        if holds {
            self.score += weight;
            self.seen.push(what);
        }
    }
}

/// The share of `items` for which `is` holds.
pub(crate) fn share<T>(items: &[T], is: impl Fn(&T) -> bool) -> f64 {
    let held = items.iter().filter(|i| is(i)).count();
    held as f64 / items.len().max(1) as f64
}

fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '？', '؟', ';']) && !text.trim_end().ends_with(';')
}

/// Whether a numbered list (its items' words) tells the reader what to do. `block` is where it begins.
pub(crate) fn of_list(article: &Article<'_>, block: usize, items: &[&Words]) -> Judgement {
    let mut j = Judgement::new();
    let w = words();
    let exclusion = article.exclusion(block);
    j.add(exclusion.is_some(), -10.0, exclusion.map_or("", Topic::name));
    let directions = article.sections_around(block).any(|s| s.topic == Some(Topic::Directions))
        || article.lead_of[block]
            .is_some_and(|l| w.topic(&article.blocks[l].words.text) == Some(Topic::Directions));
    j.add(directions, 4.0, "stands under a heading for directions");
    j.add(article.in_contract(article.section_of[block]), -10.0, "stands in a contract");

    // what announces it: the line above counts most, then the heading and the bold line
    let t = &article.tongue;
    let above = article.paragraphs_above(block, 2);
    let nearest = above.first().map(|b| last_sentence(&b.words.text).to_lowercase()).unwrap_or_default();
    let ends_open = nearest.trim_end().ends_with([':', '：', '…']) || nearest.trim_end().ends_with("...");
    let lead =
        article.lead_of[block].map(|l| article.blocks[l].words.text.to_lowercase()).unwrap_or_default();
    let heading = article
        .heading_of(block)
        .filter(|_| !article.section_of[block].is_some_and(|s| article.sections[s].is_title))
        .map(|b| b.words.text.to_lowercase())
        .unwrap_or_default();
    let promises = |s: &str| t.promises_howto(s) || t.begins_with_verb(s);
    let announced = t.announces(&nearest) || t.announces(&lead);
    let explained = !nearest.is_empty() && t.explains(&nearest) || t.explains(&lead);
    j.add(announced, 2.0, "the line above announces it");
    j.add(t.announces(&heading), 1.0, "its heading announces it");
    // what a reader gains is said in the same words as what he does: only a line above tells
    let heading_explains = t.explains(&heading) && !t.promises_howto(&heading);
    j.add(heading_explains, if announced { -1.0 } else { -2.0 }, "its heading explains");
    j.add(promises(&heading) || promises(&lead), 1.0, "its heading promises instructions");
    j.add(article.titles.iter().any(|s| promises(&s.to_lowercase())), 0.5, "the title promises instructions");
    let opens = t.promises_howto(&nearest) || t.instructs(&nearest) > Instructs::No;
    j.add(ends_open && !explained && opens, 1.0, "the line above opens to it");

    // the items themselves
    let first_lines: Vec<&str> = items.iter().map(|i| i.text.trim()).collect();
    let instructing = share(&first_lines, |s| t.instructs(s) == Instructs::Yes);
    let perhaps = share(&first_lines, |s| t.instructs(s) > Instructs::No);
    let (all, most) = if t.is_uninflected { (1.5, 1.0) } else { (3.0, 2.0) };
    j.add(instructing >= 0.7, all, "its items instruct");
    j.add((0.45..0.7).contains(&instructing), most, "most of its items instruct");
    j.add(instructing < 0.45 && perhaps >= 0.7, 1.0, "its items may instruct");
    j.add((0.25..0.45).contains(&instructing) && perhaps < 0.7, 0.5, "some of its items instruct");
    j.add(perhaps < 0.1, -1.0, "its items do not instruct");
    // words that explain stand in many a line: they count where the items do not speak for themselves
    let clear = instructing >= 0.7 && !t.is_uninflected;
    j.add(
        explained && !announced,
        if clear { -0.5 } else { -2.0 },
        "the line above announces an explanation",
    );
    j.add(explained && announced && !clear, -0.5, "the line above may announce an explanation");
    let enumerated = share(&first_lines, |s| s.ends_with([',', '，', '、']));
    j.add(enumerated >= 0.5, -2.0, "its items make one sentence");
    j.add(share(items, |i| i.has_markup) >= 0.5, 0.5, "its items name buttons or commands");
    // links to articles have titles; where the line above opens to what to do, and each link says it, they are steps
    let linked = share(items, |i| i.all_linked) >= 0.6;
    let other = w.topic(&nearest).is_some_and(|t| t != Topic::Directions);
    let leads_on = ends_open && (announced || opens) && !(explained || other);
    j.add(linked, if instructing >= 0.7 && leads_on { -1.5 } else { -6.0 }, "it is a list of links");
    j.add(share(items, |i| i.anchor_link) >= 0.6, -6.0, "it is a table of contents");
    j.add(share(&first_lines, |s| is_question(s)) >= 0.5, -4.0, "its items are questions");
    j.add(
        share(&first_lines, |s| t.states(s)) >= 0.5,
        if clear { -1.5 } else { -2.5 },
        "its items are statements",
    );
    j.add(matches_headings(article, &first_lines), -8.0, "its items are the headings of the article");
    let terms = share(items, |i| is_term(t, i));
    j.add(terms >= 0.6 && instructing < 0.7, -2.0, "its items define terms");
    j
}

/// Whether an item is a term with its explanation: a bold lead that is not an instruction.
fn is_term(tongue: &Tongue, item: &Words) -> bool {
    let Some(lead) =
        item.bold.first().filter(|b| item.text.get(..b.start).is_some_and(|t| t.trim().is_empty()))
    else {
        return false;
    };
    let bold = item.text.get(lead.range()).unwrap_or("");
    let rest = item.text.get(lead.end..).unwrap_or("").trim_start();
    let cut = bold.trim_end().ends_with([':', '：', '.', '。'])
        || rest.starts_with([':', '：', '-', '–', '—', '\n']);
    cut && !tongue.begins_with_verb(bold)
}

/// Whether most of the lines say what headings further on say again.
pub(crate) fn matches_headings(article: &Article<'_>, lines: &[&str]) -> bool {
    if lines.is_empty() {
        return false;
    }
    let same = lines
        .iter()
        .filter(|l| {
            let from = super::marker::marker(l).map_or(0, |m| m.title);
            let text = l.get(from..).unwrap_or("");
            article.heading_keys.contains(&key(text))
                || article.heading_keys.contains(&key(before_aside(text)))
        })
        .count();
    same * 10 >= lines.len() * 6
}

/// The last sentence of a paragraph, with what stands behind its last full stop.
fn last_sentence(text: &str) -> &str {
    let text = text.trim();
    let body = text.trim_end_matches(['.', '。', ':', '：', '!', '?']);
    let cut = body
        .rfind(['。', '！', '？', '\n'])
        .into_iter()
        .chain(body.rfind(". "))
        .chain(body.rfind("! "))
        .chain(body.rfind("? "))
        .max();
    match cut.and_then(|c| text.get(c..)) {
        Some(last) if last.chars().count() > 12 => last,
        _ => text,
    }
}

/// What a run of numbered headings or paragraphs is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunKind {
    /// The reader does it.
    Procedure,
    /// Entries of a listicle.
    Items,
    /// Chapters, questions: no steps.
    Nothing,
}

/// What is known of a run of numbered headings or paragraphs.
pub(crate) struct Run<'r> {
    /// The block of its first member.
    pub(crate) block: usize,
    /// How its numbers are written, if it has no words.
    pub(crate) style: Option<Style>,
    /// The titles without marks.
    pub(crate) titles: &'r [String],
    /// How many members hold code, lists of their own, or pictures.
    pub(crate) with_code: usize,
    /// How many hold numbered lists.
    pub(crate) with_lists: usize,
    /// How many hold sections of their own.
    pub(crate) with_sections: usize,
    /// Whether the members are headings.
    pub(crate) headings: bool,
    /// Whether its words are those of parts, which may be chapters.
    pub(crate) parts: bool,
}

/// Whether a run of numbered headings or paragraphs is steps, a listicle, or chapters.
pub(crate) fn of_run(article: &Article<'_>, run: &Run<'_>) -> (RunKind, Judgement) {
    let w = words();
    let mut j = Judgement::new();
    let count = run.titles.len();
    let exclusion = article.exclusion(run.block);
    let own = article.section_of[run.block].and_then(|s| article.sections.get(s)).filter(|_| run.headings);
    // a numbered procedure may begin with what it needs; that it begins so is weighed below
    let exclusion = match own {
        Some(s) if exclusion == Some(Topic::Prerequisites) => s.excluded_above,
        _ => exclusion,
    };
    j.add(exclusion.is_some(), -10.0, exclusion.map_or("", Topic::name));
    let around = if run.headings { own.and_then(|s| s.parent) } else { article.section_of[run.block] };
    j.add(article.in_contract(around), -10.0, "stands in a contract");

    // what may announce it: the headings around and the lines above the first member; where those say nothing, the titles
    let mut announcing: Vec<String> = Vec::new();
    for s in article.sections_around(run.block) {
        if !(s.is_title || run.headings && s.block == run.block) {
            announcing.push(article.blocks[s.block].words.text.to_lowercase());
        }
    }
    let close: Vec<String> =
        article.paragraphs_above(run.block, 3).iter().map(|b| b.words.text.to_lowercase()).collect();
    let lead =
        article.lead_of[run.block].map(|l| article.blocks[l].words.text.to_lowercase()).unwrap_or_default();
    let tongue = &article.tongue;
    let says = |t: &String| tongue.announces(t) || tongue.promises_howto(t) || tongue.promises_list(t);
    if run.headings || !announcing.iter().any(says) {
        announcing.extend(article.titles.iter().map(|t| t.to_lowercase()));
    }

    let counted = announcing.iter().chain(&close).any(|t| names_count(t, count));
    let to_do = announcing.iter().chain(&close).any(|t| tongue.announces(t));
    let howto = announcing.iter().any(|t| tongue.promises_howto(t))
        || announcing.iter().any(|t| tongue.begins_with_verb(t));
    let list_in_title = announcing.iter().any(|t| tongue.promises_list(t));
    let list_words = list_in_title || close.iter().chain([&lead]).any(|t| tongue.promises_list(t));
    j.add(counted, 2.0, "the text says how many there are");
    j.add(to_do, 1.5, "it is announced");
    j.add(howto, 1.0, "the title promises instructions");
    j.add(list_words, 1.0, "a list is announced");

    let imperative = share(run.titles, |t| {
        match run.headings {
            // `Preise steigen` is no instruction where nothing is promised
            true => tongue.begins_with_verb(t) || (howto || to_do) && tongue.ends_in_infinitive(t),
            false => tongue.instructs(t) == Instructs::Yes,
        }
    });
    let how = share(run.titles, |t| tongue.promises_howto(&t.to_lowercase()));
    j.add(imperative >= 0.5, 2.0, "its titles instruct");
    // what chapters hold as well only strengthens what the words say; numbered paragraphs are none
    let told = !run.headings || counted || to_do || howto || list_words || imperative > 0.0 || how > 0.0;
    j.add(told && run.with_code * 2 >= count, 1.0, "its members hold code or pictures");
    j.add(told && run.with_lists * 2 >= count, 1.0, "its members hold numbered lists");
    let question = share(run.titles, |t| is_question(t));
    j.add(question >= 0.5 && how < 0.5, -3.0, "its titles are questions");
    let edges = [run.titles.first(), run.titles.last()];
    let chapters = edges
        .iter()
        .flatten()
        .filter(|t| {
            matches!(
                w.topic(t),
                Some(Topic::Overview | Topic::Conclusion | Topic::References | Topic::Prerequisites)
            )
        })
        .count();
    j.add(chapters > 0, -2.0 * chapters as f64, "it begins or ends like chapters do");
    j.add(run.with_sections * 2 > count && run.headings, -0.5, "its members have sections of their own");
    match run.style {
        Some(Style::Chinese) => j.add(true, -1.5, "its numbers are those of chapters"),
        Some(Style::Roman) => j.add(true, -2.0, "its numbers are those of chapters"),
        Some(Style::Loose) => j.add(true, -0.5, "its numbers stand loose"),
        Some(Style::Hash) => j.add(true, 1.0, "its numbers count entries"),
        Some(Style::Arabic | Style::Ideographic | Style::Circled) => j.add(true, 0.5, "its numbers count"),
        // an essay has parts, too
        None if run.parts => j.add(true, 0.5, "its words count parts"),
        None => j.add(true, 1.0, "its words count"),
    }
    if j.score < 1.0 {
        return (RunKind::Nothing, j);
    }
    // things, or things to do
    let mut items = Judgement::new();
    items.add(list_words, if list_in_title { 1.5 } else { 1.0 }, "");
    items.add(imperative < 0.3 && how < 0.3, if imperative == 0.0 { 1.5 } else { 1.0 }, "");
    items.add(imperative >= 0.5 || how >= 0.5, -2.5, "");
    items.add((0.3..0.5).contains(&imperative), -0.5, "");
    items.add(to_do && !list_words, -1.0, "");
    items.add(howto && !list_words, -1.0, "");
    items.add(run.with_lists * 2 >= count, -1.0, "");
    items.add(run.with_code * 2 >= count && !list_words, -0.5, "");
    let kind = if items.score > 0.0 { RunKind::Items } else { RunKind::Procedure };
    (kind, j)
}

/// Whether a text names the number of members (in digits or words), or one beside it.
fn names_count(lower: &str, count: usize) -> bool {
    let close = |n: usize| n == count && n > 1 || n == count + 1 && count > 3;
    let mut digits = String::new();
    for c in lower.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            if digits.len() < 3 && digits.parse().is_ok_and(close) {
                return true;
            }
            digits.clear();
        }
    }
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| words().numerals.get(word).is_some_and(|&n| n > 1 && close(n as usize)))
}

/// A title as it is shown: folded.
pub(crate) fn shown(text: &str) -> String {
    fold(text)
}
