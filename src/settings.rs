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
                let family = crate::rules::FAMILIES.iter().any(|(f, _)| f.eq_ignore_ascii_case(code));
                if !family && !ALL.iter().any(|r| r.info().is_named(code)) {
                    return Err(ConfigError::UnknownRule { key, code: code.clone() });
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
    let named = |codes: &[String]| codes.iter().any(|c| info.is_named(c));
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

/// Whether a rule on left-over HTML belongs to the policy: `HT0xx`, the unsafe and the empty, are on whatever it is.
fn policy_has(html: HtmlPolicy, info: &Info) -> bool {
    match html {
        _ if info.code.starts_with("HT0") => true,
        HtmlPolicy::Keep => false,
        HtmlPolicy::Unwrap => info.code == "HT106",
        HtmlPolicy::Convert => true,
    }
}
