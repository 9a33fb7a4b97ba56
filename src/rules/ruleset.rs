//! [`Ruleset`]: the rules that a configuration runs, ready to run. Owns which these are.

use super::plan::Plan;
use super::{Info, all};
use crate::config::{Config, HtmlPolicy};
use crate::error::ConfigError;
use crate::settings::Settings;

/// The rules that run, and what they go by.
#[derive(Clone, Debug)]
pub(crate) struct Ruleset {
    /// What the user chose.
    pub settings: Settings,
    /// The rules that run, by the kind of node they want.
    pub plan: Plan,
}

impl Ruleset {
    /// Checks and compiles a configuration.
    ///
    /// # Errors
    /// [`ConfigError`] for codes that no rule has, selectors that are none, hosts that are none, and limits that are no shares.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        for (key, codes) in [("select", config.select.as_deref().unwrap_or(&[])), ("ignore", &config.ignore)]
        {
            for code in codes {
                if !all().any(|info| selects(code, info)) {
                    let similar = similar_to(code);
                    return Err(ConfigError::UnknownRule { key, code: code.clone(), similar });
                }
            }
        }
        let html = config.html.unwrap_or(HtmlPolicy::Convert);
        let enabled = all().filter(|info| runs(&config, html, info));
        let settings = Settings::new(enabled.map(|info| info.code).collect(), config)?;
        // tables are made here, and not while the first text waits
        crate::first_look::prepare();
        crate::data::prepare();
        crate::evidence::prepare();
        crate::mojibake::prepare();
        let plan = Plan::new(|rule| settings.runs(rule.info().code) && rule.has_work(&settings));
        Ok(Self { settings, plan })
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
    let mut found: Vec<(f64, &str)> = all()
        .flat_map(|info| [info.code, info.name])
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
