//! BP121: see the `.md` beside this file.

use super::{Context, Effect, Info, Needs, Phase, Rule};
use crate::boilerplate::containers::Holds;
use crate::boilerplate::links::address;
use crate::boilerplate::lists;
use crate::boilerplate::look::{first_link, says};
use crate::boilerplate::mail_field::{Words, is_button, is_small_box, said_by, shows_fields, takes_mail};
use crate::boilerplate::pieces::{self, Piece, Says};
use crate::boilerplate::shape::{Shape, is_short};
use crate::boilerplate::signs::Signs;
use crate::boilerplate::stems::{SIGN_UP, SIGN_UP_FRAMES};
use crate::boilerplate::words::{self, Perhaps, Use};
use crate::boilerplate::{announces, removal, report};
use crate::data::FileKind;
use crate::document::Flags;
use crate::document::html::Tag;
use crate::document::{Kind, NodeRef};
use crate::evidence::url::UrlView;
use crate::finding::{Safety, Severity};

pub(super) struct NewsletterBox;

static INFO: Info = Info {
    code: "BP121",
    name: "newsletter-box",
    summary: "a box to sign up for a newsletter",
    phase: Phase::Structure,
    kinds: &[Kind::Paragraph, Kind::Element],
    effect: Effect::Words,
    safety: Safety::Safe,
    severity: Severity::Warning,
    enters_protected: false,
    documentation: include_str!("bp121_newsletter_box.md"),
};

impl Rule for NewsletterBox {
    fn info(&self) -> &'static Info {
        &INFO
    }

    fn needs(&self) -> Needs {
        Needs::signs(Signs::FEW_LINKS.or(Signs::words(&[Use::SignUp])), LONGEST)
    }

    fn visit(&self, node: NodeRef<'_>, cx: &mut Context<'_>) {
        match node.kind() {
            Kind::Paragraph if node.span().len() <= LONGEST_FIELD && is_field(node) => field(node, cx),
            Kind::Paragraph => {
                in_words(node, cx);
                without_field(node, cx);
            }
            _ if node.tag() == Tag::Form => form(node, cx),
            _ if node.tag() == Tag::Iframe => frame(node, cx),
            _ if node.tag() == Tag::Input => without_form(node, cx),
            _ => {
                if cx.holds(node) == Some(Holds::Newsletter) && is_short(node, 700) {
                    let shape = Shape::of(node);
                    let signs_up =
                        shape.fields > 0 || shape.links.iter().any(|l| is_sign_up(*l)) || holds_form(node);
                    if !shape.other && signs_up {
                        report(
                            cx,
                            &INFO,
                            with_lead(node),
                            node,
                            "a newsletter box",
                            "a class of a sign-up form",
                        );
                    }
                }
            }
        }
    }
}

/// The longest paragraph that is a sign-up box, in bytes.
const LONGEST: usize = 420;

/// `**Sign up for our newsletter** and never miss a post. [Subscribe](…)`.
fn in_words(node: NodeRef<'_>, cx: &mut Context<'_>) {
    if node.span().len() > LONGEST + 400 {
        return;
    }
    let may_sign_up = |link| says(link).is_any(&[Use::SignUp, Use::Newsletter]) || leads_to_service(link);
    if !first_link(node).is_some_and(may_sign_up) || !is_short(node, LONGEST) {
        return;
    }
    let shape = Shape::of(node);
    if shape.links.is_empty() || shape.links.len() > 3 || shape.other || shape.pictures > 1 {
        return;
    }
    if !shape.links.iter().all(|l| is_sign_up(*l)) {
        return;
    }
    let text = words::folded(&shape.outside);
    let lead = with_lead(node);
    // beside the name of a newsletter no more than a few words; an invitation may have more
    let invites = |link: &NodeRef<'_>| {
        let says = words::folded(&link.words());
        let asks = || says.split(' ').next().is_some_and(|first| words::is(first, Use::SignUp));
        words::starts_with(&says, Use::Newsletter) && (is_long(&says) || !is_long(&text) || asks())
    };
    let by_link = text.len() < 120 && shape.links.iter().any(invites);
    if lead.id != node.id && text.len() < 250 || words::starts_with(&text, Use::Newsletter) || by_link {
        let (what, evidence) = ("a newsletter box", "an invitation, and a link to sign up");
        let Some(report) =
            pieces::removed_less_others(&INFO, lead, node, &invites_to_sign_up, what, evidence)
        else {
            return;
        };
        // one of the ways to reach somebody
        let among_others = node.parent().is_some_and(|item| {
            item.kind() == Kind::Item && (item.next_sibling().is_some() || item.previous_sibling().is_some())
        });
        cx.report(if among_others { report.confidence(0.5).needs_review() } else { report });
    }
}

/// Whether a line invites to sign up, or leads there.
fn invites_to_sign_up(piece: &Piece<'_>) -> Says {
    if piece.is_picture {
        Says::Else
    } else if words::starts_with(&piece.words, Use::Newsletter)
        || piece.shape.links.iter().any(|l| is_sign_up(*l))
    {
        Says::It
    } else {
        piece.beside_an_invitation()
    }
}

/// Whether words are more than the name of something.
fn is_long(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() > 3
}

/// The longest text that stands in a field for an address, in bytes.
const LONGEST_FIELD: usize = 80;

/// Whether a paragraph is nothing but what a field for an address asks for.
fn is_field(paragraph: NodeRef<'_>) -> bool {
    let shape = Shape::of(paragraph);
    shape.is_plain() && lists::asks_for_address(&words::folded(&shape.outside))
}

/// The text of a box whose form is gone: an invitation, what its field asked for, the word on its button.
fn field(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let lead = with_lead(node);
    if lead.id == node.id
        || Shape::of(lead).outside.split_whitespace().count() < 3 && lead.source().is_ascii()
    {
        return;
    }
    // a button that was indented reads like code
    let is_button = |n: &NodeRef<'_>| {
        matches!(n.kind(), Kind::Paragraph | Kind::CodeBlock)
            && !n.has(Flags::FENCED)
            && n.span().len() <= LONGEST_FIELD
            && words::is(&words::folded(n.source()), Use::SignUp)
    };
    let title = removal::previous(lead).filter(|p| {
        matches!(p.kind(), Kind::Heading | Kind::Paragraph)
            && is_short(*p, 120)
            && words::is_like(&words::folded(&p.words()), Use::Newsletter, |name| !name.is_empty())
    });
    let last = removal::below(node).take(3).take_while(|n| is_button(n) || is_agreement(*n)).last();
    let last = last.unwrap_or(node);
    let title = title.or_else(|| title_of_box(lead, last)).unwrap_or(lead);
    let what = "what a field for an address asked for, below an invitation";
    report(cx, &INFO, title, last, "a newsletter box", what);
}

/// The longest note below a field for an address, in bytes.
const LONGEST_NOTE: usize = 320;

/// Whether a paragraph tells what one agrees to who signs up.
fn is_agreement(block: NodeRef<'_>) -> bool {
    block.kind() == Kind::Paragraph && is_short(block, LONGEST_NOTE) && {
        let shape = Shape::of(block);
        let text = shape.all_words();
        shape.is_words_and_links()
            && shape.links.len() <= 3
            && lists::asks_to_agree(&text)
            && (lists::names_policy(&text) || lists::offers_something(&text))
    }
}

/// The heading above a box of which its section has nothing else, or the question in bold that leads to it.
fn title_of_box<'a>(lead: NodeRef<'a>, last: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let above = removal::previous(lead).filter(|p| is_short(*p, 120))?;
    let is_section = || removal::next(last).is_none_or(|n| n.kind() == Kind::Heading);
    let is_title = match above.kind() {
        Kind::Heading => {
            lead.kind() == Kind::Paragraph
                && above.node().data > 1
                && is_section()
                && removal::previous(above).is_some()
        }
        Kind::Paragraph => {
            let alone = removal::only_shown(above).is_some_and(|n| n.kind() == Kind::Strong);
            alone && lists::offers_something(&words::folded(&above.words()))
        }
        _ => false,
    };
    is_title.then_some(above)
}

/// The text of a box whose title names the site, with what its field asked for in the same block or without that: «Discover more from *»,
/// «Subscribe to get the latest posts sent to your email».
fn without_field(node: NodeRef<'_>, cx: &mut Context<'_>) {
    if node.span().len() > LONGEST || cx.look(node).links > 0 {
        return;
    }
    let is_title = |p: &NodeRef<'_>| {
        p.kind() == Kind::Heading && is_short(*p, LONGEST) && {
            let title = without_attributes(p.source()).trim_start_matches(['#', ' ']);
            words::is_like(&words::folded(title), Use::Newsletter, |name| !name.is_empty())
        }
    };
    let Some(title) = removal::previous(node).filter(is_title) else { return };
    let mut lines = node.source().lines().map(|line| words::folded(without_attributes(line)));
    let invites = lines.next().is_some_and(|first| is_long(&first) && words::is(&first, Use::Newsletter));
    if !invites || !lines.all(|line| lists::asks_for_address(&line)) {
        return;
    }
    let is_part = |n: &NodeRef<'_>| {
        n.kind() == Kind::Paragraph && n.span().len() <= LONGEST_FIELD && {
            let text = words::folded(without_attributes(n.source()));
            lists::asks_for_address(&text) || words::is(&text, Use::SignUp)
        }
    };
    let last = removal::below(node).take(2).take_while(is_part).last().unwrap_or(node);
    let what = "a title that names the site, and an invitation";
    report(cx, &INFO, title, last, "a newsletter box", what);
}

/// A line without the attributes that some converters write at its end: `Subscribe {#submit}`.
fn without_attributes(line: &str) -> &str {
    let line = line.trim_end();
    line.strip_suffix('}').and_then(|l| l.rsplit_once(" {")).map_or(line, |(before, _)| before)
}

/// Whether a link leads to a sign-up form, and says so.
fn is_sign_up(link: NodeRef<'_>) -> bool {
    if leads_to_list_or_issue(&address(link)) {
        return false;
    }
    let text = link.words();
    if Perhaps::of(&text).is_any(&[Use::SignUp, Use::Newsletter])
        && words::is_any(&words::folded(&text), &[Use::SignUp, Use::Newsletter])
    {
        return true;
    }
    leads_to_service(link) && words::folded(&text).len() < 60
}

/// Whether an address is that of a mailing list that a project talks on, or of one issue of a letter: no form.
fn leads_to_list_or_issue(url: &str) -> bool {
    const LISTS: [&str; 6] = ["groups", "lists", "list", "mailman", "listserv", "sympa"];
    let view = UrlView::parse(url);
    let is_list =
        view.host.split('.').next().is_some_and(|first| LISTS.iter().any(|l| first.eq_ignore_ascii_case(l)))
            || view.path.contains("/mailman/")
            || view.path.contains("/listinfo/");
    let last = view.path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let is_file = FileKind::of_path(last) == Some(FileKind::Document);
    let is_dated =
        last.len() >= 6 && last.starts_with("20") && last.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    is_list || is_file || is_dated
}

/// Whether a link leads to a service for newsletters, or to a page of that name.
fn leads_to_service(link: NodeRef<'_>) -> bool {
    // most are left by their source, behind their words
    let source = link.source();
    let behind = memchr::memchr(b'(', source.as_bytes()).filter(|_| !link.is_html()).unwrap_or(0);
    let may_lead =
        link.has(Flags::REFERENCE) || SIGN_UP.is_in_lower_case_of(source.get(behind..).unwrap_or(source));
    may_lead && SIGN_UP.is_in_lower_case_of(&address(link))
}

/// A frame in which a service for newsletters shows its form.
fn frame(node: NodeRef<'_>, cx: &mut Context<'_>) {
    let Some(src) = node.attribute_value("src") else { return };
    // `NAME.substack.com/embed` is the form, what has more behind it a post
    let address = format!("{}?", src.trim_end_matches('/'));
    if SIGN_UP_FRAMES.is_in_lower_case_of(&address) && node.end_tag().is_some() {
        report(cx, &INFO, with_lead(node), node, "a newsletter box", "a frame with a sign-up form");
    }
}

/// A form with a field for an address, below words that speak of a newsletter or with an action that does.
fn form(node: NodeRef<'_>, cx: &mut Context<'_>) {
    if node.end_tag().is_none() || !is_short(node, 500) {
        return;
    }
    let (mut mail, mut says, mut harmless) = (false, false, true);
    for n in node.descendants().filter(|n| n.kind() == Kind::Element) {
        match n.tag() {
            Tag::Input => {
                let kind = n.attribute_value("type").unwrap_or_default().to_ascii_lowercase();
                let name = n.attribute_value("name").unwrap_or_default().to_ascii_lowercase();
                harmless &= !matches!(kind.as_str(), "password" | "file" | "search" | "range" | "date");
                mail |= kind == "email" || name.contains("email") || name == "mail";
                says |= kind == "submit"
                    && words::is(
                        &words::folded(&n.attribute_value("value").unwrap_or_default()),
                        Use::SignUp,
                    );
            }
            Tag::Button => says |= words::is(&words::folded(&n.words()), Use::SignUp),
            Tag::Textarea => harmless = false,
            _ => {}
        }
    }
    let action = node.attribute_value("action").unwrap_or_default().to_ascii_lowercase();
    let acts = [
        "subscribe",
        "newsletter",
        "list-manage",
        "signup",
        "sign-up",
        "mailverify",
        "optin",
        "mailchimp",
        "convertkit",
        "sendinblue",
        "mailerlite",
        "getresponse",
        "aweber",
    ]
    .iter()
    .any(|part| action.contains(part));
    let first = with_lead(node);
    if mail && harmless && (acts || says || first.id != node.id) {
        report(cx, &INFO, first, node, "a newsletter box", "a form that takes an address");
    }
}

/// How many elements round a field are looked at.
const MOST_AROUND: usize = 4;

/// The box round a field for an address and its button that no form holds.
fn without_form(field: NodeRef<'_>, cx: &mut Context<'_>) {
    if !takes_mail(field) || field.ancestors().any(|n| n.tag() == Tag::Form) {
        return;
    }
    let has_button = |n: &NodeRef<'_>| n.descendants().any(is_button);
    let mut around = field.ancestors().take(MOST_AROUND);
    let Some(mut whole) = around.by_ref().find(has_button).filter(|n| is_small_box(*n)) else { return };
    // what holds it with an invitation, or alone
    while let Some(outer) = around.next().filter(|n| n.kind() == Kind::Element && is_small_box(*n)) {
        let mut others = outer.children().filter(|n| n.id != whole.id && !removal::is_nothing(*n));
        let are_its_own = others.all(|n| {
            let text = words::folded(&n.words());
            // a heading with nothing else below it is the box's
            let is_title = matches!(n.tag(), Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
                && n.span().start < whole.span().start;
            text.is_empty()
                || is_title
                || words::starts_with(&text, Use::Newsletter)
                || words::is(&text, Use::Newsletter)
        });
        if !are_its_own && cx.holds(outer) != Some(Holds::Newsletter) {
            break;
        }
        whole = outer;
    }
    let Some(words) = Words::of(whole, field) else { return };
    let is_newsletters = cx.holds(whole) == Some(Holds::Newsletter);
    let invites = is_newsletters || words::starts_with(&words::folded(&words.above), Use::Newsletter);
    // prose that a box without a name shares an element with is the article's
    let is_own = words.is_empty() || invites || whole.kind() == Kind::Element && words.may_invite(whole);
    if !is_own || words.below_is_prose() {
        return;
    }
    let lead = with_lead(whole);
    let is_said = || {
        let button = |n: NodeRef<'_>| is_button(n) && words::is(&words::folded(&said_by(n)), Use::SignUp);
        let asks = |text: &str| lists::asks_for_address(&words::folded(text));
        field.attribute_value("placeholder").is_some_and(|text| asks(&text))
            || whole.descendants().any(button)
    };
    // without a word that is known the box itself has to say it: an element of its own, which no text announces
    let is_apart = || {
        matches!(whole.tag(), Tag::Div | Tag::Section | Tag::Aside)
            && !words.above.trim_end().ends_with([':', '：'])
            && !removal::previous(whole).is_some_and(|p| p.kind() == Kind::Paragraph && announces(p))
    };
    if (lead.id != whole.id || invites || is_said() || is_apart()) && !shows_fields(whole) {
        let evidence = "a field for an address with its button, and few words";
        report(cx, &INFO, lead, whole, "a newsletter box", evidence);
    }
}

fn holds_form(node: NodeRef<'_>) -> bool {
    node.descendants().any(|n| n.kind() == Kind::Element && n.tag() == Tag::Form)
}

/// The heading or line that speaks of a newsletter above a form, over at most two short paragraphs; or the form itself.
fn with_lead<'a>(form: NodeRef<'a>) -> NodeRef<'a> {
    let mut at = form;
    for _ in 0..3 {
        let Some(previous) = removal::previous(at) else { break };
        let text_like = matches!(previous.kind(), Kind::Paragraph | Kind::Heading)
            || previous.kind() == Kind::Element && is_text(previous.tag());
        if !text_like || !is_short(previous, 220) {
            break;
        }
        let shape = Shape::of(previous);
        if !shape.is_plain() {
            break;
        }
        let text = words::folded(&shape.outside);
        let heading = previous.kind() == Kind::Heading
            || matches!(previous.tag(), Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6);
        // «Subscribe to the newsletter» may be either: as a title it has more words than one
        let is_title = text.contains(' ') && words::is(&text, Use::Newsletter);
        let button = !heading && !is_title && words::is(&text, Use::SignUp);
        // «… is a reader-supported publication. To receive new posts, …»
        let invites = || text.split(". ").any(|sentence| words::starts_with(sentence, Use::Newsletter));
        if !button && (words::is(&text, Use::Newsletter) || !heading && invites()) {
            return if begins_with_other_line(previous) { form } else { previous };
        }
        if heading {
            break;
        }
        at = previous;
    }
    form
}

/// Whether a line of the article stands above the invitation, in the same block.
fn begins_with_other_line(block: NodeRef<'_>) -> bool {
    let pieces = pieces::pieces(block);
    let invitation = pieces.iter().find(|piece| invites_to_sign_up(piece) == Says::It);
    invitation.is_some_and(|piece| pieces.first().is_some_and(|first| first.line < piece.line))
}

fn is_text(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::P
            | Tag::Div
            | Tag::Span
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Strong
            | Tag::B
            | Tag::Label
    )
}
