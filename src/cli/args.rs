//! What the command line takes. Owns flags and help texts; must not do anything.

use crate::config::HtmlPolicy;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Scraped articles in, clean Markdown out: removes ads, affiliate fragments and trackers, repairs damaged text, and explains every
/// byte it touched.
#[derive(Debug, Parser)]
#[command(name = "mdscrub", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub verb: Verb,
    /// Colours and drawing in reports (NO_COLOR is respected)
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// No summary on the standard error
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Report what is found; exit 1 if there is anything
    Check(Check),
    /// Rewrite files in place; exit 1 if something is left for a person
    Fix(Fix),
    /// Print one document clean, or a stream of them (--jsonl)
    Clean(Clean),
    /// Print the steps of an article
    Steps(Steps),
    /// What a rule does, why, and when it is wrong
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Print the configuration that a verb would use
    Config(ShowConfig),
    /// List the files that would be read
    Files(Sources),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// Which files, and how many at once.
#[derive(Args, Debug)]
pub(crate) struct Sources {
    /// Files and folders; `-` is the standard input. Folders are walked for Markdown, .gitignore is respected
    #[arg(value_name = "PATHS", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The name of what `-` reads: for reports, and for finding its configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
}

/// Which rules run and what they may do.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Selection {
    /// Run exactly these rules: codes, beginnings of codes (AD, AF2), names or ALL, separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub select: Option<Vec<String>>,
    /// Rules that do not run
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Apply fixes too that want a look
    #[arg(long)]
    pub unsafe_fixes: bool,
    /// Normalise style too (family NM)
    #[arg(long, alias = "normalize")]
    pub normalise: bool,
    /// Leave style alone (family NM)
    #[arg(long, alias = "no-normalize", conflicts_with = "normalise")]
    pub no_normalise: bool,
    /// What becomes of left-over HTML
    #[arg(long, value_enum, value_name = "POLICY")]
    pub html: Option<Html>,
    /// Read this configuration, whatever lies beside the files
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long)]
    pub isolated: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub sources: Sources,
    #[command(flatten)]
    pub selection: Selection,
    /// How to report
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub jobs: Jobs,
}

#[derive(Args, Debug)]
pub(crate) struct Fix {
    #[command(flatten)]
    pub sources: Sources,
    /// Show what would change and write nothing; exit 1 if there is a difference
    #[arg(long)]
    pub diff: bool,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub jobs: Jobs,
}

#[derive(Args, Debug)]
pub(crate) struct Clean {
    /// The document, or with --jsonl the stream
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// The name of what `-` reads: for messages, and for finding its configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// One JSON object a line in, the same object out, its text clean
    #[arg(long)]
    pub jsonl: bool,
    /// The key that holds the text
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    pub text_field: String,
    /// What to say of findings in each line
    #[arg(long, value_enum, default_value_t = Findings::Compact, value_name = "HOW", requires = "jsonl")]
    pub findings: Findings,
    /// Add the list of edits to each line
    #[arg(long, requires = "jsonl")]
    pub edits: bool,
    /// Add the article's steps to each line
    #[arg(long, requires = "jsonl")]
    pub steps: bool,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub jobs: Jobs,
}

#[derive(Args, Debug)]
pub(crate) struct Steps {
    /// The article
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// The name of what `-` reads: for messages, and for finding its configuration
    #[arg(long, value_name = "PATH")]
    pub stdin_filename: Option<PathBuf>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = StepsFormat::Text, value_name = "FORMAT")]
    pub format: StepsFormat,
    /// Say on the standard error why this was taken for steps
    #[arg(long)]
    pub verbose: bool,
    /// The article's address, for the links of JSON-LD
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Args, Debug)]
pub(crate) struct Jobs {
    /// How many threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

impl Jobs {
    /// How many threads to use.
    pub fn count(&self) -> usize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A rule's code or name, or a family
    #[arg(value_name = "CODE")]
    pub code: String,
}

#[derive(Args, Debug)]
pub(crate) struct Rules {
    /// How to list them
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Args, Debug)]
pub(crate) struct ShowConfig {
    /// The file whose configuration to show
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// The verb whose defaults count
    #[arg(long, value_enum, default_value_t = ForVerb::Check, value_name = "VERB")]
    pub verb: ForVerb,
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StepsFormat {
    /// For people
    Text,
    /// All that is known of them
    Json,
    /// HowTo or ItemList of schema.org
    Jsonld,
    /// A list of Markdown
    Markdown,
    /// The JSON Schema of `json`; no article is read
    Schema,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Findings {
    /// Nothing
    Off,
    /// Rule, start and end
    Compact,
    /// Everything
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Html {
    /// It stays; only what is empty or unsafe goes
    Keep,
    /// Meaningless wrappers go, their content stays
    Unwrap,
    /// What Markdown can say becomes Markdown
    Convert,
}

impl From<Html> for HtmlPolicy {
    fn from(html: Html) -> Self {
        match html {
            Html::Keep => Self::Keep,
            Html::Unwrap => Self::Unwrap,
            Html::Convert => Self::Convert,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ForVerb {
    Check,
    Fix,
    Clean,
    Steps,
}
