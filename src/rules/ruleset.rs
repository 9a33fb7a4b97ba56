//! [`Ruleset`]: the rules that a configuration runs, ready to run. Owns which these are.

use super::plan::Plan;
use super::{FAMILIES, Info, all};
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
                let family = FAMILIES.iter().any(|(f, _)| f.eq_ignore_ascii_case(code));
                if !family && !all().any(|info| info.is_named(code)) {
                    return Err(ConfigError::UnknownRule { key, code: code.clone() });
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
        let plan = Plan::new(|info| settings.runs(info.code));
        Ok(Self { settings, plan })
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
