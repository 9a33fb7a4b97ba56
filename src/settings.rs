//! [`Settings`]: a [`Config`] made ready for use. Owns which rules run; must not read files.

use crate::config::{Config, HtmlPolicy};
use crate::data::Facts;
use crate::error::ConfigError;
use crate::evidence::Outside;
use crate::html_to_markdown::Allowed;
use crate::rules::{ALL, Info, Plan};
use crate::selectors::Selectors;
use std::sync::Arc;

/// A configuration, checked and compiled.
#[derive(Clone, Debug)]
pub struct Settings {
    /// As it was given.
    pub config: Config,
    /// Whether each rule of [`ALL`] runs, by its index.
    enabled: Vec<bool>,
    /// What becomes of left-over HTML.
    pub html: HtmlPolicy,
    /// Whether unsafe fixes are applied.
    pub unsafe_fixes: bool,
    /// What is known about networks, parameters and redirectors, the user's own included.
    pub facts: Facts,
    /// What is known about ads from outside of the document.
    pub outside: Option<Arc<dyn Outside>>,
    /// Which conversions of HTML may be made.
    pub(crate) conversions: Allowed,
    /// The elements that `remove` and `keep` name.
    pub(crate) selectors: Selectors,
    /// The rules that run, by the kind of node they want.
    pub(crate) plan: Plan,
}

impl Settings {
    /// Checks and compiles a configuration.
    ///
    /// # Errors
    /// [`ConfigError`] for codes that no rule has, selectors that are none, hosts that are none, and limits that are no shares.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        for (key, codes) in [("select", config.select.as_deref().unwrap_or(&[])), ("ignore", &config.ignore)]
        {
            for code in codes {
                if !ALL.iter().any(|r| selects(code, r.info())) {
                    return Err(ConfigError::UnknownRule {
                        key,
                        code: code.clone(),
                        similar: similar_to(code),
                    });
                }
            }
        }
        for (key, share) in [("guard.fix", config.guard.fix), ("guard.total", config.guard.total)] {
            if !(0.0..=1.0).contains(&share) {
                return Err(ConfigError::Share { key, value: share.to_string() });
            }
        }
        crate::boilerplate::prepare();
        let html = config.html.unwrap_or(HtmlPolicy::Convert);
        let enabled: Vec<bool> = ALL.iter().map(|r| runs(&config, html, r.info())).collect();
        let conversions = Allowed::by(|code| {
            ALL.iter().zip(&enabled).any(|(r, enabled)| *enabled && r.info().code == code)
        });
        let plan = Plan::new(|index| enabled.get(index).copied().unwrap_or(false));
        crate::evidence::prepare();
        let selectors = Selectors::new(&config.remove, &config.keep)?;
        // tables are made here, and not while the first text waits
        crate::mojibake::prepare();
        crate::evidence::language::prepare();
        let facts = Facts::new(&config.networks, &config.allow_hosts, &config.allow_ids)?;
        let unsafe_fixes = config.unsafe_fixes;
        Ok(Self { enabled, html, unsafe_fixes, facts, outside: None, selectors, conversions, plan, config })
    }

    /// Whether the rule with that code runs.
    pub fn runs(&self, code: &str) -> bool {
        ALL.iter().position(|r| r.info().code == code).is_some_and(|index| self.is_enabled(index))
    }

    /// Whether the rule at `index` of [`ALL`] runs.
    pub fn is_enabled(&self, index: usize) -> bool {
        self.enabled.get(index).copied().unwrap_or(false)
    }
}

fn runs(config: &Config, html: HtmlPolicy, info: &Info) -> bool {
    let named = |codes: &[String]| codes.iter().any(|c| selects(c, info));
    if named(&config.ignore) {
        return false;
    }
    match (&config.select, info.family()) {
        (Some(codes), "HT") => named(codes) && (config.html.is_none() || policy_has(html, info)),
        (Some(codes), _) => named(codes),
        (None, "NM") => config.normalise.unwrap_or(true),
        (None, "HT") => policy_has(html, info),
        (None, _) => true,
    }
}

/// Whether what `select` or `ignore` says means a rule: its code or how that begins (`AF2`, at least the family), its name, or `ALL`.
fn selects(code: &str, info: &Info) -> bool {
    let is_beginning = || {
        let begins = info.code.get(..code.len()).is_some_and(|start| start.eq_ignore_ascii_case(code));
        code.len() >= info.family().len() && begins
    };
    info.is_named(code) || is_beginning() || code.eq_ignore_ascii_case("ALL")
}

/// The code or the name of a rule that may have been meant: the one that is most alike, if one alone is.
fn similar_to(code: &str) -> Option<&'static str> {
    /// How alike two words are where one may be the other misspelt, from 0 to 1.
    const ALIKE: f64 = 0.7;
    let given = code.to_ascii_lowercase();
    let mut found: Vec<(f64, &str)> = ALL
        .iter()
        .flat_map(|rule| [rule.info().code, rule.info().name])
        .map(|known| (strsim::normalized_damerau_levenshtein(&given, &known.to_ascii_lowercase()), known))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    match found[..] {
        [(_, known)] => Some(known),
        [(first, known), (second, _), ..] if first > second => Some(known),
        _ => None,
    }
}

/// Whether a rule on left-over HTML belongs to the policy: `HT0xx`, the unsafe and the empty, are on whatever it is.
fn policy_has(html: HtmlPolicy, info: &Info) -> bool {
    match html {
        _ if info.code.starts_with("HT0") => true,
        HtmlPolicy::Keep => false,
        HtmlPolicy::Unwrap => info.code == "HT106",
        HtmlPolicy::Convert => true,
    }
}
