//! BP122: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Report, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::address;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::words::{self, Use};
use crate::boilerplate::{mentions_elsewhere, removal, report};
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};

pub(super) struct CookieNotice;

static INFO: Info = Info {
    code: "BP122",
    name: "cookie-notice",
    summary: "a cookie notice that is a block of its own",
    phase: Phase::Content,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp122_cookie_notice.md"),
};

impl Rule for CookieNotice {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::COOKIE, LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        if node.kind() == Kind::Element {
            let named = cx.holds(node) == Some(Holds::Cookies);
            if named && is_short(node, 2000) && !Shape::of(node).other {
                report(cx, &INFO, node, node, "a cookie notice", "a class of a consent manager");
                return;
            }
            if !(node.has(Flags::IN_BLOCK)
                && matches!(node.tag(), Tag::P | Tag::Div | Tag::Section | Tag::Aside))
            {
                return;
            }
        }
        if node.span().len() < 24 || !cx.stems(node).cookie || !cx.look(node).is_short(LONGEST) {
            return;
        }
        let shape = Shape::of(node);
        if shape.other || shape.pictures > 1 {
            return;
        }
        let text = shape.all_words();
        if !words::speaks_of_cookies(&text) {
            return;
        }
        let mut last = node;
        let mut asked = shape.fields > 0
            || shape.links.iter().any(|l| is_consent(*l))
            || words::is(&words::last_word(&text), Use::Consent) && shape.links.is_empty();
        if let Some(next) = removal::next(node).filter(|n| is_buttons(*n)) {
            last = next;
            asked = true;
        }
        if !asked {
            return;
        }
        // an article on cookies may show a notice
        if mentions_elsewhere(node, &["ookie", "уки", "çerez", "クッキー", "쿠키"], SUBJECT) >= SUBJECT
        {
            let Some((span, edits)) = removal::remove(node, last) else { return };
            cx.report(
                Report::new(&INFO, span, "a cookie notice in a text on cookies")
                    .confidence(0.4)
                    .fix(edits)
                    .needs_review(),
            );
            return;
        }
        report(cx, &INFO, node, last, "a cookie notice", "the words of a notice, and a choice");
    }
}

/// The most text of a notice outside of its links, in bytes.
const LONGEST: usize = 900;
/// From how many mentions elsewhere on cookies are a text's subject.
const SUBJECT: usize = 6;

fn is_consent(link: NodeRef<'_>) -> bool {
    let text = words::folded(&link.words());
    let address = address(link).to_ascii_lowercase();
    words::is(&text, Use::Consent)
        || address.contains("cookie")
        || address.contains("privacy")
        || address.contains("datenschutz")
        || address.contains("confidentialit")
        || address.contains("privacidad")
        || text.len() < 60 && memchr::memmem::find(text.as_bytes(), b"cookie").is_some()
        || text.len() < 60
            && [
                "隱私",
                "隐私",
                "プライバシー",
                "개인정보",
                "конфиденциальност",
                "privac",
                "confidentialité",
                "gizlilik",
                "الخصوصية",
                "datenschutz",
            ]
            .iter()
            .any(|part| text.contains(part))
}

/// A block of nothing but buttons: `[Accept](#accept) [Reject](#reject)`.
fn is_buttons(block: NodeRef<'_>) -> bool {
    if !(block.kind() == Kind::Paragraph
        || block.kind() == Kind::Element && matches!(block.tag(), Tag::P | Tag::Div | Tag::Button))
        || !is_short(block, 80)
    {
        return false;
    }
    let shape = Shape::of(block);
    !shape.other
        && shape.pictures == 0
        && (!shape.links.is_empty() || block.tag() == Tag::Button)
        && shape.pieces().iter().all(|p| words::is(p, Use::Consent))
        && shape.links.iter().all(|l| words::is(&words::folded(&l.words()), Use::Consent))
}
