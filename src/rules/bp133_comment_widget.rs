//! BP133: see the `.md` beside this file.

use super::{Context, Effect, Info, Phase, Rule};
use crate::document::{Kind, NodeRef};
use crate::finding::{Safety, Severity};
use crate::boilerplate::containers::{Containers, Holds};
use crate::boilerplate::links::address;
use crate::boilerplate::report;
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::words::{self, Use};
use crate::document::html::Tag;

pub(super) struct CommentWidget;

static INFO: Info = Info {
    code: "BP133",
    name: "comment-widget",
    summary: "the place of a comment thread, and its loader",
    phase: Phase::Structure,
    kinds: &[Kind::Element, Kind::Paragraph, Kind::Link, Kind::Comment],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp133_comment_widget.md"),
};

impl Rule for CommentWidget {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        let evidence = match node.kind() {
            Kind::Comment => {
                let text = node.source().to_ascii_lowercase();
                let marks = text.contains("disqus") && text.len() < 120 && (text.contains("end") || text.contains("begin") || text.contains("comments"));
                if !marks {
                    return;
                }
                "a comment of a comment service"
            }
            Kind::Link if node.is_html() && node.attribute("class").is_some_and(|c| c.value.contains("dsq-")) => "a link of a comment service",
            Kind::Link => return,
            Kind::Element if matches!(node.tag(), Tag::Script | Tag::Noscript) => {
                if !loads_comments(node) {
                    return;
                }
                "the loader of a comment service"
            }
            Kind::Element => {
                if cx.gathered::<Containers>().holds(node) != Some(Holds::Comments) || !is_short(node, 160) {
                    return;
                }
                let shape = Shape::of(node);
                if shape.other || shape.links.iter().any(|l| !is_of_service(*l)) || shape.links.is_empty() && shape.outside.chars().any(char::is_alphanumeric) && !words::is(&shape.all_words(), Use::Comments) {
                    return;
                }
                "the id of a comment service"
            }
            _ => {
                if !is_short(node, 160) || node.span().len() < 8 {
                    return;
                }
                let shape = Shape::of(node);
                if shape.other || !words::is(&shape.all_words(), Use::Comments) {
                    return;
                }
                "the words of a comment service"
            }
        };
        report(cx, &INFO, node, node, "what is left of a comment thread", evidence);
    }
}

fn is_of_service(link: NodeRef<'_>) -> bool {
    address(link).contains("disqus") || words::is(&words::folded(&link.words()), Use::Comments)
}

fn loads_comments(node: NodeRef<'_>) -> bool {
    let source = node.source();
    if source.len() > 8000 {
        return false;
    }
    [".disqus.com/", "disqus_shortname", "disqus_config", "disqus.com/?ref_noscript", "//disqus.com/", "utteranc.es/client.js", "giscus.app/client.js", "cdn.commento.io", "cusdis.es.js", "livefyre", "intensedebate.com/js", "hypercomments", "cackle.me/widget", "talk.hyvor.com", "uyan.cc", "static.duoshuo.com", "changyan.sohu.com", "new gitalk", "new Gitalk", "new Valine", "remark_config"]
        .iter()
        .any(|name| source.contains(name))
}
