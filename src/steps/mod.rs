//! The steps of an article as data: what the reader does one after the other, or the entries of a listicle. Owns deciding what
//! steps are and reading them out of a [`Document`]; must not clean, and invents nothing: prose without marks gives no steps.
//!
//! [`extract`] goes this way: `outline` lays the tree out as a row of blocks, `article` (with `sections`) finds what stands under which heading,
//! `rules` decides (with `runs` and `sequences` for what is numbered, `evidence` for weighing it, `groups` for what groups it),
//! `build` reads the parts of each step as far as `extent` says it goes. `marker`, `number`, `words`, `forms` and `tongue` know how
//! steps are marked and said in each language. [`to_text`], [`to_markdown`] and [`to_jsonld`]
//! show the result, [`json_schema`] describes its JSON.

mod article;
mod build;
mod evidence;
mod extent;
mod forms;
mod groups;
mod jsonld;
mod markdown;
mod marker;
mod number;
mod outline;
mod rules;
mod runs;
mod schema;
mod sections;
mod sequences;
mod start;
mod text;
mod titles;
mod tongue;
mod wording;
mod words;

#[cfg(test)]
mod tests;

pub use jsonld::to_jsonld;
pub use markdown::to_markdown;
pub use schema::json_schema;
pub use text::to_text;

use crate::document::Document;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What kind of steps an article holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ArticleKind {
    /// The reader does them.
    Procedure,
    /// Entries of a listicle.
    ListItem,
    /// Both.
    Mixed,
    /// No steps.
    #[default]
    None,
}

/// What kind of step one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StepKind {
    /// The reader does it.
    Procedure,
    /// An entry of a listicle.
    ListItem,
}

/// A picture of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StepImage {
    /// Where it is, escapes and character references decoded.
    pub url: String,
    /// What it says where it cannot be shown; may be empty.
    pub alt: String,
}

/// A link of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StepLink {
    /// Where it leads, escapes and character references decoded.
    pub url: String,
    /// Its words; may be empty.
    pub text: String,
}

/// A block of code of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StepCode {
    /// The language a fence names; `null` without one.
    pub language: Option<String>,
    /// The code, without its fence or indent.
    pub text: String,
}

/// A step inside a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubStep {
    /// Counted from 1.
    pub number: u32,
    /// The mark as it stands in the text; `null` without one.
    pub printed: Option<String>,
    /// Its title, plain text.
    pub title: String,
    /// Where it stands in the text the steps were read from, in bytes.
    pub span: Span,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// Counted from 1, anew in each group and kind.
    pub number: u32,
    /// The mark as it stands in the text (`Step 3`, `2.`, `第三步`); `null` without one.
    pub printed: Option<String>,
    /// Plain text: marks, Markdown and HTML removed. Where the mark is all there is, the mark.
    pub title: String,
    /// What kind of step it is.
    pub kind: StepKind,
    /// The title of its group, as in [`Steps::groups`]; `null` outside of groups, and where all steps share one.
    pub group: Option<String>,
    /// The level of its heading, 0 if it is none.
    pub level: u8,
    /// What follows the title, Markdown.
    pub body: String,
    /// Its pictures, ads not counted.
    pub images: Vec<StepImage>,
    /// Its links.
    pub links: Vec<StepLink>,
    /// Its blocks of code.
    pub code: Vec<StepCode>,
    /// The steps inside it.
    pub substeps: Vec<SubStep>,
    /// Its tips and warnings, plain text.
    pub tips: Vec<String>,
    /// Where it stands in the text the steps were read from, in bytes.
    pub span: Span,
    /// Where it stands in the decoded input, in bytes.
    pub original_span: Span,
}

/// The steps of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Steps {
    /// The version of this format.
    pub version: u32,
    /// What kind of steps these are.
    pub kind: ArticleKind,
    /// The titles of the groups, in reading order.
    pub groups: Vec<String>,
    /// The steps, in reading order.
    pub steps: Vec<Step>,
    /// How sure this is, from 0 to 1; of an article without steps, how sure it is that it has none.
    pub confidence: f64,
    /// The article's title, as far as it names one.
    #[serde(skip)]
    pub title: Option<String>,
    /// Why this was taken for steps, and that was not: sentences for people.
    #[serde(skip)]
    pub reasons: Vec<String>,
}

/// Reads the steps of a document. `original` maps a span of its text to one of the input it was made from; give `|span| span`
/// where the text is the input.
///
/// ```
/// let text = "# Tea\n\n1. Boil the water.\n2. Pour it over the leaves.\n3. Wait.\n";
/// let parsed = mdscrub::document::Parsed::new(text);
/// let steps = mdscrub::steps::extract(parsed.document(text), |span| span);
/// assert_eq!(steps.steps.len(), 3);
/// assert_eq!(steps.steps[1].title, "Pour it over the leaves.");
/// ```
pub fn extract(document: Document<'_>, original: impl Fn(Span) -> Span) -> Steps {
    let outline = outline::outline(document);
    let ads = outline.ads.clone();
    let article = article::Article::new(document, outline);
    let decision = rules::decide(&article);
    build::steps(&article, decision, &ads, &original)
}
