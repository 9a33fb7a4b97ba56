//! Steps as plain text for a terminal. Owns that layout; must not read documents.

use super::{Step, Steps};
use crate::document::Parsed;

/// The steps as plain text: groups as lines of their own, steps numbered, sub-steps and tips indented below. Ends with a line
/// end, and is empty where there are no steps.
///
/// ```
/// let text = "# Tea\n\n1. Boil the water.\n2. Pour it over the leaves.\n";
/// let parsed = mdscrub::document::Parsed::new(text);
/// let steps = mdscrub::steps::extract(parsed.document(text), |span| span);
/// assert_eq!(mdscrub::steps::to_text(&steps), "1. Boil the water.\n2. Pour it over the leaves.\n");
/// ```
pub fn to_text(steps: &Steps) -> String {
    let mut out = String::new();
    let mut group: Option<&str> = None;
    for step in &steps.steps {
        if step.group.as_deref() != group {
            group = step.group.as_deref();
            if !out.is_empty() {
                out.push('\n');
            }
            if let Some(title) = group {
                out.push_str(title);
                out.push('\n');
            }
        }
        out.push_str(&format!("{}. {}\n", step.number, step.title));
        for sub in &step.substeps {
            out.push_str(&format!("   {}.{} {}\n", step.number, sub.number, sub.title));
        }
        for tip in &step.tips {
            out.push_str(&format!("   ! {tip}\n"));
        }
        for image in step.images.iter().filter(|i| !i.url.starts_with("data:")) {
            out.push_str(&format!("   [{}]\n", image.url));
        }
    }
    out
}

/// The words of a step for those who cannot show Markdown: its title, and what its body says.
pub(crate) fn words_of(step: &Step) -> String {
    let parsed = Parsed::new(&step.body);
    let body = parsed.document(&step.body).root().words();
    if body.is_empty() {
        step.title.clone()
    } else if step.level > 0 {
        body
    } else {
        format!("{} {body}", step.title)
    }
}
