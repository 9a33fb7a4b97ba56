//! Steps as Markdown: numbered lists, a heading for each group. Owns that layout; must not read documents.

use super::Steps;

/// The steps as Markdown: groups as headings, steps as numbered lists with their bodies inside. Ends with a line end, and is
/// empty where there are no steps.
///
/// ```
/// let text = "# Tea\n\n## Step 1: Boil\n\nUse fresh water.\n\n## Step 2: Pour\n\nSlowly.\n";
/// let parsed = mdscrub::document::Parsed::new(text);
/// let steps = mdscrub::steps::extract(parsed.document(text), |span| span);
/// assert_eq!(mdscrub::steps::to_markdown(&steps), "1. **Boil**\n\n   Use fresh water.\n2. **Pour**\n\n   Slowly.\n");
/// ```
pub fn to_markdown(steps: &Steps) -> String {
    let mut out = String::new();
    let mut group: Option<&str> = None;
    for step in &steps.steps {
        if step.group.as_deref() != group {
            group = step.group.as_deref();
            if !out.is_empty() {
                out.push('\n');
            }
            if let Some(title) = group {
                out.push_str(&format!("## {}\n\n", escaped(title)));
            }
        }
        let mark = format!("{}. ", step.number);
        let title = escaped(&step.title);
        if step.level > 0 {
            out.push_str(&format!("{mark}**{title}**\n"));
        } else {
            out.push_str(&format!("{mark}{title}\n"));
        }
        if !step.body.is_empty() {
            out.push('\n');
            let indent = " ".repeat(mark.len());
            for line in step.body.lines() {
                if !line.is_empty() {
                    out.push_str(&indent);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
    }
    out
}

/// Plain text as Markdown that says the same: marks escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
