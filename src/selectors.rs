//! [`Selectors`]: the elements that a user's `remove` and `keep` name. Owns compiling and matching CSS selectors; must not
//! remove anything.
//!
//! An element is matched on a skeleton: its start tag within those of its ancestors, without content, so that size does not matter.
//! Selectors that need siblings or content are refused when the configuration is read.

use crate::document::NodeRef;
use crate::error::ConfigError;
use scraper::error::SelectorErrorKind;
use scraper::{ElementRef, Html, Selector};

/// The longest skeleton that is matched, in bytes: building its tree is quadratic on hostile input.
const LONGEST_SKELETON: usize = 4096;

/// Compiled selectors.
#[derive(Clone, Debug, Default)]
pub struct Selectors {
    remove: Vec<(String, Selector)>,
    keep: Vec<(String, Selector)>,
}

impl Selectors {
    /// Compiles the selectors of a configuration.
    ///
    /// # Errors
    /// [`ConfigError::Selector`] for what is no selector, and for those that need siblings or content
    /// (`+`, `~`, `:has`, `:nth-…`, `:empty`).
    pub fn new(remove: &[String], keep: &[String]) -> Result<Self, ConfigError> {
        Ok(Self { remove: compile("remove", remove)?, keep: compile("keep", keep)? })
    }

    /// Whether there is nothing to match.
    pub fn is_empty(&self) -> bool {
        self.remove.is_empty() && self.keep.is_empty()
    }

    /// Whether there is something to keep.
    pub(crate) fn keeps_some(&self) -> bool {
        !self.keep.is_empty()
    }

    /// The selector of `remove` that names an element.
    pub(crate) fn removing(&self, node: NodeRef<'_>) -> Option<&str> {
        named(&self.remove, node)
    }

    /// The selector of `keep` that names an element.
    pub(crate) fn keeping(&self, node: NodeRef<'_>) -> Option<&str> {
        named(&self.keep, node)
    }
}

fn compile(key: &'static str, selectors: &[String]) -> Result<Vec<(String, Selector)>, ConfigError> {
    selectors
        .iter()
        .map(|text| {
            let error = |reason: String| ConfigError::Selector { key, selector: text.clone(), reason };
            if let Some(what) = needs_more(text) {
                return Err(error(format!("`{what}` needs siblings or content, which are not looked at; name the element by tag, class, id, attribute or ancestor")));
            }
            let selector = Selector::parse(text).map_err(|e| error(reason(&e)))?;
            Ok((text.clone(), selector))
        })
        .collect()
}

/// What is wrong with a selector, in words for whoever wrote it.
fn reason(error: &SelectorErrorKind) -> String {
    match error {
        // the parser's own text asks to report a bug
        SelectorErrorKind::UnexpectedSelectorParseError(_) => {
            "it is no CSS selector that is known here, such as `div.promo > a[rel=sponsored]`".to_owned()
        }
        other => other.to_string(),
    }
}

/// What of a selector cannot be told from start tags alone.
fn needs_more(selector: &str) -> Option<String> {
    let mut quote = None;
    let mut bracket = 0;
    let mut chars = selector.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\\') => {
                chars.next();
            }
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => bracket += 1,
            (None, ']') => bracket -= 1,
            (None, '+' | '~') if bracket == 0 => return Some(c.to_string()),
            (None, ':') if bracket == 0 => {
                let name: String =
                    selector[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
                let lower = name.to_ascii_lowercase();
                let siblings = ["has", "empty", "contains"].contains(&lower.as_str())
                    || ["nth-", "first-", "last-", "only-"].iter().any(|p| lower.starts_with(p));
                if siblings {
                    return Some(format!(":{name}"));
                }
            }
            _ => {}
        }
    }
    None
}

fn named<'s>(selectors: &'s [(String, Selector)], node: NodeRef<'_>) -> Option<&'s str> {
    if selectors.is_empty() || !node.is_html() {
        return None;
    }
    let skeleton = skeleton(node)?;
    let html = Html::parse_fragment(&skeleton);
    let element = html.tree.nodes().filter_map(ElementRef::wrap).next_back()?;
    selectors.iter().find(|(_, s)| s.matches(&element)).map(|(text, _)| text.as_str())
}

/// The start tags of an element and its ancestors, the outermost first.
fn skeleton(node: NodeRef<'_>) -> Option<String> {
    let mut tags: Vec<&str> = vec![node.document.slice(node.start_tag()?)];
    tags.extend(node.ancestors().filter_map(|a| a.start_tag()).map(|s| node.document.slice(s)));
    let length: usize = tags.iter().map(|t| t.len()).sum();
    (length <= LONGEST_SKELETON).then(|| tags.iter().rev().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Config};

    fn clean(config: &str, text: &str) -> String {
        let config = Config::from_toml(&format!("select = [\"AD\", \"AF\", \"TR\"]\n{config}")).unwrap();
        Cleaner::new(config).unwrap().clean(text).markdown.into_owned()
    }

    #[test]
    fn an_element_is_named_by_tag_class_id_attribute_and_ancestors() {
        let text = "A.\n\n<div id=\"x\" class=\"promo box\"><p data-k=\"1\">Words</p></div>\n\nB.\n";
        for selector in ["div.promo", "#x", "div", "[class~=box]", ".promo.box"] {
            assert_eq!(clean(&format!("remove = ['{selector}']"), text), "A.\n\nB.\n", "{selector}");
        }
        for selector in ["div > p[data-k='1']", "#x p", ".promo > p"] {
            let out = clean(&format!("remove = [\"{selector}\"]"), text);
            assert_eq!(out, "A.\n\n<div id=\"x\" class=\"promo box\"></div>\n\nB.\n", "{selector}");
        }
        assert_eq!(clean("remove = ['div.other', 'body > span']", text), text);
    }

    #[test]
    fn what_is_kept_is_touched_by_no_removal() {
        let text =
            "A.\n\n<div class=\"mine\"><ins class=\"adsbygoogle\" data-ad-slot=\"1\"></ins></div>\n\nB.\n";
        assert_eq!(clean("", text), "A.\n\nB.\n");
        assert_eq!(clean("keep = ['.mine']", text), text);
    }

    #[test]
    fn selectors_that_need_more_than_start_tags_are_refused() {
        for selector in
            ["a + b", "a ~ b", "p:has(img)", "li:nth-child(2)", "p:empty", "p:first-child", "p:last-of-type"]
        {
            let error = Selectors::new(&[selector.to_owned()], &[]).unwrap_err();
            assert!(error.to_string().contains("needs siblings or content"), "{error}");
        }
        for selector in ["a[", "a[=", "::bad", "p:nosuch"] {
            let error = Selectors::new(&[selector.to_owned()], &[]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("remove: selector `{selector}`: ")), "{error}");
            assert!(!error.contains("report"), "{error}");
        }
        for selector in ["a[title='x + y']", "a[class~=\"b\"]", "p:not(.x)", "a:is(.x, .y)"] {
            assert!(Selectors::new(&[], &[selector.to_owned()]).is_ok(), "{selector}");
        }
    }
}
