//! BP132: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::look::LONGEST_LINE;
use crate::boilerplate::report;
use crate::boilerplate::shape::{LINK, Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct EditorResidue;

static INFO: Info = Info {
    code: "BP132",
    name: "editor-residue",
    summary: "tag lines and containers that blog editors appended",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp132_editor_residue.md"),
};

impl Rule for EditorResidue {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::words(&[Use::Tags]), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element {
            if cx.holds(node) == Some(Holds::Editor) && is_short(node, 400) {
                let shape = Shape::of(node);
                let tags = words::is(&label_of(&shape.outside), Use::Tags);
                if !shape.other
                    && shape.pictures <= 1
                    && (tags || !shape.outside.chars().any(char::is_alphanumeric))
                {
                    report(
                        cx,
                        &INFO,
                        node,
                        node,
                        "what a blog editor appended",
                        "a class of Windows Live Writer, Zemanta or a feed",
                    );
                }
            }
            return;
        }
        let look = cx.look(node);
        if !look.is_short(LONGEST) || !look.outside.is_any(&[Use::Tags]) {
            return;
        }
        let shape = Shape::of(node);
        let lines: Vec<&str> =
            shape.outside.lines().filter(|l| l.chars().any(|c| c.is_alphanumeric() || c == LINK)).collect();
        let labelled = |line: &&str| line.contains([':', '：']) && words::is(&label_of(line), Use::Tags);
        let goes_on = |line: &&str| !line.chars().any(char::is_alphanumeric);
        // names of tags are short: the article may go on in the same paragraph
        let is_tag = |link: &NodeRef<'_>| link.words().split_whitespace().count() <= MOST_WORDS_OF_TAG;
        let behind = shape.outside.rsplit(LINK).next().unwrap_or("");
        let goes_on_in_words = !shape.links.is_empty()
            && behind.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
                > MOST_WORDS_OF_TAG;
        if !shape.other
            && !goes_on_in_words
            && shape.links.iter().all(is_tag)
            && lines.first().is_some_and(labelled)
            && lines.iter().all(|l| labelled(l) || goes_on(l))
        {
            report(cx, &INFO, node, node, "a line of tags", "a label of a tagging service");
        }
    }
}

/// The most text of lines of tags outside of links, in bytes.
const LONGEST: usize = LONGEST_LINE;

/// The most words of the name of a tag.
const MOST_WORDS_OF_TAG: usize = 5;

/// What stands before the first colon, folded.
fn label_of(line: &str) -> String {
    words::folded(line.split([':', '：', LINK]).next().unwrap_or(""))
}
