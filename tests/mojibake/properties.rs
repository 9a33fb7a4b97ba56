//! Promises of the mojibake engine on any text, and one example of every kind of damage.

use crate::{applied, repaired};
use mdscrub::Span;
use mdscrub::mojibake::{CodePage, Damage, HOLE, Profile, Repair, lost, repair, repair_with};
use proptest::prelude::*;

/// Repairs lie on character boundaries, ascend, do not overlap, change what they cover, and hold no hole.
fn assert_well_formed(text: &str, repairs: &[Repair]) {
    let mut end = 0;
    for repair in repairs {
        let span = repair.edit.span;
        assert!(span.start >= end && span.end <= text.len() && span.start <= span.end, "{text:?} {repair:?}");
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{text:?} {repair:?}");
        assert_ne!(&text[span.range()], repair.edit.text, "{text:?}");
        assert!(
            !text[span.range()].contains(HOLE) && !repair.edit.text.contains(HOLE),
            "{text:?} {repair:?}"
        );
        assert!(repair.layers > 0);
        end = span.end;
    }
}

fn safe(repairs: Vec<Repair>) -> Vec<Repair> {
    repairs.into_iter().filter(|repair| repair.damage.is_safe()).collect()
}

/// Text made of what mojibake is made of.
fn mojibake_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Ã", "Â", "â", "€", "™", "œ", "\u{9d}", "\u{80}", "\u{a0}", "©", "ð", "Ÿ", "Ð", "Ñ", "°", "Р", "С",
        "В", "Г", "ї", "√", "¬", "∞", "├", "┬", "⌐", "Γ", "Ç", "ö", "×", "”", "Ă", "Å", "Ä", "\u{FFFD}", "?",
        " ", "\"", "a", "E", "z", "1", ",", ".", "\n", "í", "½", "¸", "&acirc;", "&euro;", "&#153;",
        "\\u00c3", "\\u00a9", "ã", "’", "“", "é", "中", "\u{FFFC}", "š", "ž", "¿", "ƒ", "‚",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn repairs_are_well_formed_on_any_text(text in any::<String>()) {
        assert_well_formed(&text, &repair(&text));
    }

    #[test]
    fn repairs_are_well_formed_on_what_mojibake_is_made_of(text in mojibake_like()) {
        assert_well_formed(&text, &repair(&text));
        assert_well_formed(&text, &repair_with(&text, &Profile::gather(["Itâ€™s â€œfineâ€\u{9d}, cafÃ© and naÃ¯ve."])));
    }

    #[test]
    fn repairing_leaves_nothing_to_repair(text in mojibake_like()) {
        let once = applied(&text, &safe(repair(&text)));
        prop_assert_eq!(applied(&once, &safe(repair(&once))), once);
    }

    #[test]
    fn ascii_without_references_stays(text in "[ -~&&[^&\\\\]]{0,80}") {
        prop_assert!(repair(&text).is_empty());
    }

    #[test]
    fn a_second_run_finds_nothing_in_repaired_words(words in prop::collection::vec("[a-zéèüñçößøåäčšžřąęł’“”–€]{1,9}", 1..8)) {
        let text = words.join(" ");
        let damaged: String = text.bytes().map(|byte| CodePage::Windows1252.decoded(byte)).collect();
        let once = repaired(&damaged);
        prop_assert_eq!(repaired(&once), once);
    }
}

#[test]
fn every_kind_of_damage_is_repaired() {
    let cases: [(&str, &str, Damage); 15] = [
        ("The neighbourâ€™s dog", "The neighbour’s dog", Damage::Utf8),
        ("Das schÃ¶ne MÃ¤dchen", "Das schöne Mädchen", Damage::Utf8),
        ("Merhaba dГјnya", "Merhaba dünya", Damage::Utf8),
        ("gr├╝n", "grün", Damage::Utf8),
        ("fun í\u{a0}½í¸\u{80}", "fun 😀", Damage::Surrogates),
        ("a â€œwordâ€\u{FFFD}", "a “word\u{FFFD}", Damage::Lossy),
        ("dÃ©jÃ vu ici", "déjà vu ici", Damage::NoBreakSpace),
        ("at 30Âkm", "at 30\u{a0}km", Damage::NoBreakSpace),
        ("one â€œwordâ€ here", "one “word” here", Damage::Cut),
        ("yesâ€¦ and â€\" no", "yes… and — no", Damage::Straightened),
        ("the cafã© opens", "the café opens", Damage::Lowercased),
        ("wasn\u{92}t \u{93}it\u{94}", "wasn’t “it”", Damage::Control),
        ("wasn&acirc;&euro;&trade;t", "wasn’t", Damage::Entity),
        ("wasn&#226;&#8364;&#8482;t &amp; &lt;b&gt;", "wasn’t &amp; &lt;b&gt;", Damage::Entity),
        (r"wasn\u00e2\u20ac\u2122t", "wasn’t", Damage::Escape),
    ];
    for (damaged, right, damage) in cases {
        let repairs = repair(damaged);
        assert_eq!(applied(damaged, &repairs), right);
        assert!(repairs.iter().any(|repair| repair.damage == damage), "{damaged:?}: {repairs:?}");
    }
}

#[test]
fn half_damaged_lines_are_repaired() {
    for (damaged, right) in [
        ("â€œShouldnâ€™t we”, she said – “why?”", "“Shouldn’t we”, she said – “why?”"),
        ("Le café, le thÃ© et l’Ã©tÃ© 🎉", "Le café, le thé et l’été 🎉"),
        ("Привет, РґСЂСѓР·СЊСЏ, как дела?", "Привет, друзья, как дела?"),
    ] {
        assert_eq!(repaired(damaged), right);
    }
}

#[test]
fn edits_cover_what_changes() {
    let text = "Price:Â\u{a0}10, cafÃ©";
    let spans: Vec<&str> = repair(text).iter().map(|repair| &text[repair.edit.span.range()]).collect();
    assert_eq!(spans, ["Â", "Ã©"]);
}

#[test]
fn garbage_stays() {
    assert_eq!(
        repaired("ã†â€™ãƒâ€ ã¢â‚¬â„¢ãƒæ’ã‚â¢ãƒâ¢ã¢â‚¬å¡ã‚â¬"),
        "ã†â€™ãƒâ€ ã¢â‚¬â„¢ãƒæ’ã‚â¢ãƒâ¢ã¢â‚¬å¡ã‚â¬"
    );
}

#[test]
fn a_document_decides_for_its_weak_cases() {
    let texts = ["Ğ\u{90} Ñ€Ğ°Ğ·Ğ³Ğ¾Ğ²Ğ¾Ñ€ Ğ´Ğ°Ğ²Ğ½Ğ¾ Ğ½Ğ°Ñ‡Ğ°Ğ»Ñ\u{81}Ñ\u{8f}", "Ğ¸"];
    let profile = Profile::gather(texts);
    assert_eq!(applied(texts[1], &repair_with(texts[1], &profile)), "и");
}

#[test]
fn mix_ups_are_unsafe_and_need_most_of_a_document() {
    let text = "Ñòàðûé äîì ñòîèò íà áåðåãó ðåêè";
    let repairs = repair(text);
    assert_eq!(applied(text, &repairs), "Старый дом стоит на берегу реки");
    assert!(
        repairs
            .iter()
            .all(|repair| repair.damage == Damage::SingleByte { written_in: CodePage::Windows1251 })
    );
    assert!(repair("The word Ñòàðûé stands in a long English sentence about something else.").is_empty());
}

#[test]
fn lost_characters_are_told_and_not_repaired() {
    let text = "caf\u{FFFD} na\u{FFFD}\u{FFFD}ve";
    assert_eq!(lost(text), [Span::new(3, 6), Span::new(9, 15)]);
    assert!(repair(text).is_empty());
}
