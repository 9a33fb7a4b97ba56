//! Damage and repair: text misread in one code page comes back, whole sentences and single words.

use crate::repaired;
use mdscrub::mojibake::{CodePage, repair};

/// Sentences of twelve languages.
const SENTENCES: [(&str, [&str; 4]); 12] = [
    (
        "English",
        [
            "The crew’s boat – “a naïve idea” – cost £40… or €45.",
            "She’s paid for the café’s new façade, hasn’t she?",
            "It’s 20 °C outside, isn’t it?",
            "He wrote “I don’t know” — and left.",
        ],
    ),
    (
        "French",
        [
            "Le garçon a mangé des crêpes à l’école près de la forêt.",
            "Où êtes-vous ? Là-bas, très loin, au-delà du château.",
            "La fenêtre du théâtre était fermée l’été dernier.",
            "Ça coûte cher, mais c’est déjà payé.",
        ],
    ),
    (
        "German",
        [
            "Die Bäckerei öffnet früh, außer montags.",
            "„Schönes Wetter“, sagte die Müllerin und grüßte.",
            "Größe und Übermut führen oft ins Unglück.",
            "Für die Überfahrt zahlen wir fünf Euro.",
        ],
    ),
    (
        "Spanish",
        [
            "El niño comió piñón y bebió café en la montaña.",
            "¿Cuántos años tenía el señor cuando llegó aquí?",
            "La canción más bonita suena en el corazón.",
            "Mañana será otro día, dijo mamá.",
        ],
    ),
    (
        "Portuguese",
        [
            "A manhã não começou bem, mas a tarde será melhor.",
            "Você já comeu pão com maçã e limão?",
            "A avó contou histórias às crianças no verão.",
            "É preciso ter atenção à informação.",
        ],
    ),
    (
        "Polish",
        [
            "Żółta łódź płynie po spokojnej rzece.",
            "Książka leży na półce obok okna.",
            "Jeść śniadanie o świcie to przyjemność.",
            "Mąż i żona poszli na długi spacer.",
        ],
    ),
    (
        "Czech",
        [
            "Žluťoučký kůň běžel přes zelenou louku.",
            "Řeka teče kolem staré vesnice, říká dědeček.",
            "Děti si hrají před školou každé odpoledne.",
            "Příští týden přijede naše babička.",
        ],
    ),
    (
        "Turkish",
        [
            "Küçük çocuk ağacın gölgesinde uyuyor.",
            "Güneş doğarken balıkçılar denize açıldı.",
            "Şehirdeki ışıklar birer birer söndü.",
            "Öğretmen öğrencilere güzel bir öykü anlattı.",
        ],
    ),
    (
        "Russian",
        [
            "Маленькая девочка читает книгу у окна.",
            "Завтра поезд прибудет на станцию рано утром.",
            "Мы пили чай и говорили о погоде.",
            "Старый дом стоит на берегу реки.",
        ],
    ),
    (
        "Greek",
        [
            "Το μικρό παιδί διαβάζει ένα βιβλίο.",
            "Η θάλασσα είναι ήρεμη σήμερα το πρωί.",
            "Πίνουμε καφέ και μιλάμε για τον καιρό.",
            "Το παλιό σπίτι βρίσκεται κοντά στο ποτάμι.",
        ],
    ),
    (
        "Hebrew",
        [
            "הילדה הקטנה קוראת ספר ליד החלון.",
            "מחר תגיע הרכבת לתחנה מוקדם בבוקר.",
            "שתינו תה ודיברנו על מזג האוויר.",
            "הבית הישן עומד על שפת הנהר.",
        ],
    ),
    (
        "Japanese",
        [
            "小さな女の子が窓のそばで本を読んでいます。",
            "明日の朝早く電車が駅に着きます。",
            "お茶を飲みながら天気の話をしました。",
            "古い家が川のほとりに立っています。",
        ],
    ),
];

/// The share of sentences that must come back, by page.
const FLOORS: [(CodePage, f64); 11] = [
    (CodePage::Windows1252, 0.97),
    (CodePage::Latin1, 0.97),
    (CodePage::Windows1254, 0.93),
    (CodePage::Windows1250, 0.9),
    // Where it cannot be told from Windows-1250, that one is taken: å for á.
    (CodePage::Iso8859_2, 0.85),
    (CodePage::Windows1251, 0.9),
    (CodePage::Windows1253, 0.9),
    (CodePage::Windows1257, 0.9),
    (CodePage::MacRoman, 0.9),
    (CodePage::Cp437, 0.9),
    (CodePage::Cp850, 0.9),
];

fn misread(text: &str, page: CodePage) -> String {
    text.bytes().map(|byte| page.decoded(byte)).collect()
}

/// The share of `cases` that come back through `chain`, the misses printed.
fn rate(name: &str, cases: impl Iterator<Item = (String, String)>) -> f64 {
    let (mut right, mut all) = (0, 0);
    for (damaged, wanted) in cases {
        let got = repaired(&damaged);
        all += 1;
        if got == wanted {
            right += 1;
        } else {
            println!("{name}: {damaged:?}\n    got    {got:?}\n    wanted {wanted:?}");
        }
    }
    let rate = f64::from(right) / f64::from(all);
    println!("{name:24} {right:4} of {all:4}  {rate:.3}");
    rate
}

fn sentences() -> impl Iterator<Item = &'static str> {
    SENTENCES.iter().flat_map(|(_, sentences)| sentences.iter().copied())
}

#[test]
fn sentences_come_back_from_every_page() {
    for (page, floor) in FLOORS {
        let rate = rate(page.name(), sentences().map(|text| (misread(text, page), text.to_owned())));
        assert!(rate >= floor, "{page}: {rate}");
    }
}

#[test]
fn sentences_come_back_from_several_layers() {
    use CodePage::{Latin1, Windows1250, Windows1252};
    for (chain, floor) in [
        (&[Windows1252, Windows1252][..], 0.97),
        (&[Latin1, Latin1], 0.97),
        (&[Windows1252, Latin1], 0.97),
        (&[Windows1252, Windows1252, Windows1252], 0.95),
        (&[Windows1250, Windows1250], 0.8),
    ] {
        let name: Vec<&str> = chain.iter().map(|page| page.name()).collect();
        let damaged = |text: &str| chain.iter().fold(text.to_owned(), |text, &page| misread(&text, page));
        let rate = rate(&name.join(" > "), sentences().map(|text| (damaged(text), text.to_owned())));
        assert!(rate >= floor, "{name:?}: {rate}");
    }
}

#[test]
fn layers_and_page_are_told() {
    for (chain, layers) in [
        (&[CodePage::Windows1252][..], 1),
        (&[CodePage::Windows1252; 2], 2),
        (&[CodePage::Windows1252; 3], 3),
    ] {
        let damaged = chain.iter().fold("It’s naïve".to_owned(), |text, &page| misread(&text, page));
        for repair in repair(&damaged) {
            assert_eq!((repair.code_page, repair.layers), (CodePage::Windows1252, layers), "{damaged:?}");
        }
    }
}

/// One damaged word in a right sentence.
#[test]
fn words_come_back_in_right_sentences() {
    for (page, floor) in FLOORS {
        let cases = sentences().flat_map(|text| {
            // Japanese has no words between blanks.
            let words = text
                .split(' ')
                .filter(|word| word.chars().filter(|c| !c.is_ascii()).count() >= 2 && text.contains(' '));
            words.map(move |word| (text.replacen(word, &misread(word, page), 1), text.to_owned()))
        });
        let rate = rate(&format!("{} (word)", page.name()), cases);
        assert!(rate >= floor - 0.12, "{page}: {rate}");
    }
}
