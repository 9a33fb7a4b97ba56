//! What an outcome promises about its text.

use super::{cleaners, fixtures, generate};
use mdscrub::document::Parsed;
use mdscrub::rules::{Phase, find};
use mdscrub::{Cleaner, Outcome, Status};
use proptest::prelude::*;

/// The promises that hold for every text.
fn check(text: &str, cleaner: &Cleaner, name: &str) -> Result<(), TestCaseError> {
    let outcome = cleaner.clean(text);
    let spans: Vec<_> = outcome.edits.iter().map(|e| e.edit.span).collect();
    prop_assert!(
        spans.windows(2).all(|w| w[0].end < w[1].start),
        "{name}: edits ascend and never touch: {spans:?}"
    );
    let (mut rebuilt, mut at) = (String::new(), 0);
    for e in &outcome.edits {
        let span = e.edit.span;
        prop_assert!(span.start <= span.end && span.end <= text.len(), "{name}: {span:?} leaves the text");
        prop_assert!(
            text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{name}: {span:?} splits a character"
        );
        prop_assert_ne!(&text[span.range()], e.edit.text.as_str(), "{}: an edit that changes nothing", name);
        prop_assert!(!e.findings.is_empty(), "{name}: nobody owns {span:?}");
        for &owner in &e.findings {
            let finding = outcome.findings.get(owner as usize);
            prop_assert!(
                finding.is_some_and(|f| f.status == Status::Applied),
                "{name}: {owner} did not make {span:?}"
            );
        }
        rebuilt.push_str(&text[at..span.start]);
        rebuilt.push_str(&e.edit.text);
        at = span.end;
    }
    rebuilt.push_str(&text[at..]);
    prop_assert_eq!(rebuilt.as_str(), &*outcome.markdown, "{}: the edits give the output", name);
    for f in &outcome.findings {
        prop_assert!(
            text.get(f.span.range()).is_some(),
            "{name}: {} at {:?} is no part of the text",
            f.rule,
            f.span
        );
    }
    check_protected(text, &outcome, name)?;
    let again = cleaner.clean(&outcome.markdown);
    prop_assert_eq!(
        &*again.markdown,
        &*outcome.markdown,
        "{}: a second run changes nothing; by {:?}",
        name,
        rules_of(&again)
    );
    prop_assert!(again.edits.is_empty(), "{name}: a second run edits: {:?}", again.edits);
    prop_assert!(
        outcome.converged,
        "{name}: no end in {} rounds: {:?}",
        outcome.stats.rounds,
        rules_of(&outcome)
    );
    Ok(())
}

fn rules_of(outcome: &Outcome<'_>) -> Vec<&'static str> {
    outcome.findings.iter().filter(|f| f.status == Status::Applied).map(|f| f.rule).collect()
}

/// No edit reaches into code, templates or front matter, but by rules that declare it. Where blocks of HTML went or a line became something
/// else, what is code is only known afterwards: then only what comes out can be asked.
fn check_protected(text: &str, outcome: &Outcome<'_>, name: &str) -> Result<(), TestCaseError> {
    let info = find;
    let moves = |rule: &str| {
        info(rule)
            .is_none_or(|i| i.phase == Phase::Structure || i.effect >= mdscrub::rules::Effect::Structure)
    };
    if outcome.findings.iter().any(|f| f.status == Status::Applied && moves(f.rule)) {
        return Ok(());
    }
    let parsed = Parsed::new(text);
    for e in &outcome.edits {
        let declared = e
            .findings
            .iter()
            .any(|&f| info(outcome.findings[f as usize].rule).is_none_or(|i| i.enters_protected));
        prop_assert!(
            declared || !parsed.protected.cuts(e.edit.span),
            "{name}: {:?} by {:?} in a protected region",
            e,
            rules_of(outcome)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents(text in generate::document(), which in 0usize..4) {
        let (name, cleaner) = &cleaners()[which];
        check(&text, cleaner, name)?;
    }

    #[test]
    fn long_documents(text in generate::long_document(), which in 0usize..4) {
        let (name, cleaner) = &cleaners()[which];
        check(&text, cleaner, name)?;
    }

    #[test]
    fn any_string(text in "(?s).{0,200}", which in 0usize..4) {
        let (name, cleaner) = &cleaners()[which];
        check(&text, cleaner, name)?;
    }

    #[test]
    fn any_bytes(text in generate::document(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        match (Cleaner::default().clean_bytes(&bytes), std::str::from_utf8(&bytes)) {
            (Ok(outcome), Ok(text)) => prop_assert_eq!(&outcome.markdown, &mdscrub::clean(text).markdown),
            (Err(e), Err(theirs)) => prop_assert_eq!(e.offset, theirs.valid_up_to()),
            // byte order marks of UTF-16
            (Ok(_), Err(_)) => prop_assert!(matches!(bytes[..], [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..])),
            (Err(e), Ok(_)) => prop_assert!(false, "{e}"),
        }
    }

    #[test]
    fn utf_16(text in generate::document(), big in any::<bool>()) {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
        let outcome = Cleaner::default().clean_bytes(&bytes);
        prop_assert_eq!(&outcome.expect("it has a mark").markdown, &mdscrub::clean(&text).markdown);
    }

    /// Code, mathematics and templates come out as they went in, in their order, whatever is mended or goes beside them.
    #[test]
    fn what_is_protected_stays((text, kept) in generate::protected_document(), which in 0usize..4) {
        let (name, cleaner) = &cleaners()[which];
        let outcome = cleaner.clean(&text);
        prop_assert!(!outcome.edits.is_empty(), "{name}: nothing was done");
        let mut at = 0;
        for own in &kept {
            let found = outcome.markdown[at..].find(own.as_str());
            prop_assert!(found.is_some(), "{name}: {own:?} is not in {:?}; by {:?}", &outcome.markdown[at..], rules_of(&outcome));
            at += found.unwrap_or(0) + own.len();
        }
        check(&text, cleaner, name)?;
    }

    /// Code between blank lines comes out as it went in, whatever stands around it.
    #[test]
    fn fenced_code_is_sacred(before in "[a-z ]{0,20}", code in prop::collection::vec("[ -~â€™é]{0,30}", 1..5), after in "[a-z ]{0,20}") {
        let code: String = code.iter().filter(|l| !l.contains("~~~")).map(|l| format!("{l}\n")).collect();
        let fence = format!("~~~text\n{code}~~~\n");
        let text = format!("{before}\n\n{fence}\n{after}\n");
        let outcome = mdscrub::clean(&text);
        let kept = outcome.markdown.contains(&code);
        prop_assert!(kept || code.trim().is_empty(), "{:?} is not in {:?}", code, outcome.markdown);
    }
}

#[test]
fn fixtures_too() {
    for (path, text) in fixtures() {
        for (name, cleaner) in cleaners() {
            for text in [text.clone(), text.replace("\r\n", "\n").replace('\n', "\r\n")] {
                if let Err(e) = check(&text, &cleaner, name) {
                    panic!("{path}: {e}");
                }
            }
        }
    }
}
