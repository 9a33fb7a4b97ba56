//! The headings of an article as a tree of sections, and which of them are its title, clauses of a contract, or hold no steps. Owns
//! reading one heading after the other; must not look at what stands below them.

use super::number::{any_number, lowered};
use super::outline::{Block, BlockKind};
use super::titles::{fold, key};
use super::words::{Topic, words};

/// A heading with what stands below it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The heading's block.
    pub(crate) block: usize,
    /// The heading's level.
    pub(crate) level: u8,
    /// The section of a higher level that it stands in.
    pub(crate) parent: Option<usize>,
    /// What it is about.
    pub(crate) topic: Option<Topic>,
    /// The topic, its own or of a section it stands in, for which nothing in it is a step.
    pub(crate) excluded: Option<Topic>,
    /// The same of the sections it stands in alone.
    pub(crate) excluded_above: Option<Topic>,
    /// The block after the last one in it.
    pub(crate) end: usize,
    /// Whether it is the article's title.
    pub(crate) is_title: bool,
    /// Whether its heading counts a clause of a contract.
    pub(crate) is_clause: bool,
}

/// The headings of an article.
pub(super) struct Sections {
    /// The headings in order.
    pub(super) sections: Vec<Section>,
    /// For each block the innermost section it stands in; a heading stands in its own.
    pub(super) section_of: Vec<Option<usize>>,
    /// The titles of the article: of the front matter, of its first headings.
    pub(super) titles: Vec<String>,
}

impl Sections {
    /// Reads the headings among blocks. `title` is the front matter's.
    pub(super) fn of(blocks: &[Block<'_>], title: Option<String>) -> Self {
        let mut all = Self {
            sections: Vec::new(),
            section_of: vec![None; blocks.len()],
            titles: title.into_iter().collect(),
        };
        // the sections that block `i` stands in, the innermost last
        let mut open: Vec<usize> = Vec::new();
        let first_heading = blocks.iter().position(|b| b.level().is_some());
        let top_headings = blocks.iter().filter(|b| b.level() == Some(1)).count();
        for (i, block) in blocks.iter().enumerate() {
            if let Some(level) = block.level() {
                while let Some(s) = open.pop_if(|s| all.sections[*s].level >= level) {
                    all.sections[s].end = i;
                }
                let is_title = block.marker.is_none()
                    && (level == 1 && top_headings == 1
                        || all.sections.len() < 2 && all.repeats_title(block)
                        || Some(i) == first_heading && stands_as_title(blocks, i, level));
                if is_title {
                    all.titles.push(fold(&block.words.text));
                }
                let section = all.section(blocks, i, level, open.last().copied(), is_title);
                open.push(all.sections.len());
                all.sections.push(section);
            }
            all.section_of[i] = open.last().copied();
        }
        // one clause alone may be anything: `Article 3` of a series
        if all.sections.iter().filter(|s| s.is_clause).count() < 2 {
            all.sections.iter_mut().for_each(|s| s.is_clause = false);
        }
        all
    }

    /// Whether a heading says what the front matter's title says, or what the first title says.
    fn repeats_title(&self, block: &Block<'_>) -> bool {
        let own = key(&fold(&block.words.text));
        self.titles.first().is_some_and(|t| {
            let t = key(t);
            own.len() > 8 && (t == own || t.contains(&own) || own.contains(&t) && t.len() > 8)
        })
    }

    /// The section that the heading at block `i` opens.
    fn section(
        &self,
        blocks: &[Block<'_>],
        i: usize,
        level: u8,
        parent: Option<usize>,
        is_title: bool,
    ) -> Section {
        let heading = &blocks[i];
        let text = &heading.words.text;
        let unmarked = heading.marker.as_ref().and_then(|m| text.get(m.title..)).unwrap_or(text);
        let topic = words().topic(unmarked);
        // below a table of contents, or an overview, the article goes on
        let excluded_above = parent
            .and_then(|p| self.sections[p].excluded)
            .filter(|t| !matches!(t, Topic::Contents | Topic::Overview));
        let excluded = topic.filter(|t| *t != Topic::Directions && (!is_title || rules_out_article(*t)));
        Section {
            block: i,
            level,
            parent,
            topic,
            excluded: excluded.or(excluded_above),
            excluded_above,
            end: blocks.len(),
            is_title,
            is_clause: !is_title && is_clause(text),
        }
    }
}

/// Whether an article whose title is about this holds no steps at all.
fn rules_out_article(topic: Topic) -> bool {
    matches!(topic, Topic::Changelog | Topic::Faq | Topic::Related | Topic::References | Topic::Terms)
}

/// Whether the first heading of an article without another title is it: no prose above it, and deeper headings or none below.
fn stands_as_title(blocks: &[Block<'_>], i: usize, level: u8) -> bool {
    // what only names a part that articles have is the first part, not the title
    let part = blocks.get(i).and_then(|b| words().topic(&b.words.text));
    if part.is_some_and(|t| !matches!(t, Topic::Directions | Topic::Changelog | Topic::Terms)) {
        return false;
    }
    let prose_above =
        blocks[..i].iter().any(|b| b.kind == BlockKind::Paragraph && b.words.text.chars().count() > 80);
    let next = blocks[i + 1..].iter().find(|b| b.kind != BlockKind::Rule);
    let followed_by_list = next.is_some_and(|b| matches!(b.kind, BlockKind::List { .. }));
    let alike = blocks[i + 1..].iter().any(|b| b.level().is_some_and(|l| l <= level));
    !(prose_above || followed_by_list && alike)
}

/// Whether a heading counts a clause of a contract or a law: `§ 3`, `Article 3`, `第3条`, `제3조`, `Madde 3`.
fn is_clause(heading: &str) -> bool {
    let text = heading.trim_start();
    if let Some(rest) = text.strip_prefix('§') {
        return behind_number(rest.trim_start_matches('§')).is_some();
    }
    if let Some(rest) = text.strip_prefix('第').or_else(|| text.strip_prefix('제')) {
        return behind_number(rest).is_some_and(|r| r.starts_with(['条', '條', '조']));
    }
    let lower = lowered(text, 24);
    words().clause.iter().any(|word| {
        lower.starts_with(word.as_str())
            && text
                .get(word.len()..)
                .filter(|r| !r.starts_with(char::is_alphabetic))
                .is_some_and(|r| behind_number(r).is_some())
    })
}

/// What stands behind the number at the beginning of a text, which may follow blanks and a point.
fn behind_number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', '\u{a0}', '.', '°', 'º']);
    text.get(any_number(text)?.len..).map(str::trim_start)
}
