//! Right text stays: sentences in many languages as they are and in capitals, signs that look like damage, and,
//! where the machine has them, the translations of its programs.

use mdscrub::mojibake::{Profile, repair, repair_with};
use std::path::Path;

/// A sentence or two in 58 languages.
const SENTENCES: [&str; 58] = [
    "Afrikaans: Môre gaan ons na die see, sê hy – as die weer so bly.",
    "Albanian: Nesër do të shkojmë në det, nëse moti është i mirë; çfarë mendon?",
    "Arabic: سنذهب غدًا إلى البحر إذا كان الطقس جميلًا، أليس كذلك؟",
    "Armenian: Վաղը կգնանք ծովի ափ, եթե եղանակը լավ լինի։",
    "Azerbaijani: Sabah dənizə gedəcəyik, əgər hava yaxşı olsa – ürəyim istəyir.",
    "Basque: Bihar itsasora joango gara, eguraldia ona bada, señora.",
    "Belarusian: Заўтра мы паедзем на мора, калі надвор’е будзе добрае, сказаў ён.",
    "Bengali: আবহাওয়া ভালো থাকলে আমরা কাল সমুদ্রে যাব।",
    "Bulgarian: Утре ще отидем на морето, ако времето е хубаво – „наистина“!",
    "Catalan: Demà anirem a la platja, si fa bon temps; l’avi és col·leccionista.",
    "Chinese: 如果天气好，我们明天去海边——真的吗？《旅行》",
    "Chinese (Taiwan): 如果天氣好，我們明天去海邊；「真的嗎？」",
    "Croatian: Sutra ćemo ići na more ako bude lijepo – „može“, reče žena.",
    "Czech: Zítra pojedeme k moři, když bude hezky; „to víš, že jo“, řekl Jiří.",
    "Danish: I morgen tager vi til stranden, hvis vejret bliver godt – på Ærø.",
    "Dutch: Morgen gaan we naar zee als het weer goed blijft; één idee, geïnspireerd.",
    "English: Tomorrow we’ll go to the sea – “if it’s fine” – for £5 or €6… naïve?",
    "Esperanto: Morgaŭ ni iros al la maro, se la vetero estos bela; ĉu ĝi plaĉas?",
    "Estonian: Homme läheme mere äärde, kui ilm on ilus; õhtul sööme šokolaadi.",
    "Finnish: Huomenna menemme merelle, jos sää on hyvä – ”ehkä”, hän sanoi.",
    "French: Demain, nous irons à la mer s’il fait beau… « C’est sûr ? » Où ça, là-bas ?",
    "Galician: Mañá iremos á praia se fai bo tempo; ¿que che parece a túa irmá?",
    "Georgian: ხვალ ზღვაზე წავალთ, თუ კარგი ამინდი იქნება.",
    "German: Morgen fahren wir ans Meer, falls es schön bleibt: „Grüße aus Köln“, 5 €.",
    "Greek: Αύριο θα πάμε στη θάλασσα, αν ο καιρός είναι καλός· «σίγουρα;»",
    "Gujarati: જો હવામાન સારું હશે તો આપણે કાલે દરિયે જઈશું.",
    "Hebrew: מחר ניסע לים, אם מזג האוויר יהיה יפה – ״בטוח?״",
    "Hindi: अगर मौसम अच्छा रहा तो हम कल समुद्र जाएँगे।",
    "Hungarian: Holnap a tengerhez megyünk, ha jó idő lesz – „őrült jó ötlet”, mondta.",
    "Icelandic: Á morgun förum við að sjónum ef veðrið verður gott, sagði Þórður.",
    "Indonesian: Besok kita pergi ke laut jika cuacanya bagus – “tentu saja”.",
    "Irish: Rachaimid chun na farraige amárach má bhíonn an aimsir go maith.",
    "Italian: Domani andremo al mare se farà bello; perché no? È così: «più tardi».",
    "Japanese: 天気が良ければ、明日は海へ行きます。「本当ですか？」",
    "Kazakh: Ертең ауа райы жақсы болса, теңізге барамыз – қалай ойлайсың?",
    "Korean: 날씨가 좋으면 내일 바다에 갈 거예요. “정말요?”",
    "Latvian: Rīt brauksim uz jūru, ja būs labs laiks – “protams”, teica Žanis.",
    "Lithuanian: Rytoj važiuosime prie jūros, jei bus gražus oras – „žinoma“, tarė Ąžuolas.",
    "Macedonian: Утре ќе одиме на море ако времето е убаво, рече Ѓорѓи.",
    "Malayalam: കാലാവസ്ഥ നല്ലതാണെങ്കിൽ നാളെ നമ്മൾ കടലിൽ പോകും.",
    "Maltese: Għada mmorru l-baħar jekk it-temp ikun sabiħ; ċertament, żgur.",
    "Norwegian: I morgen drar vi til sjøen hvis været blir fint – på øya, så klart.",
    "Persian: اگر هوا خوب باشد، فردا به دریا می‌رویم؛ «حتماً؟»",
    "Polish: Jutro pojedziemy nad morze, jeśli będzie ładnie – „oczywiście”, rzekł Łukasz.",
    "Portuguese: Amanhã iremos à praia se não chover; «às vezes», diz a avó, é uma questão de opção.",
    "Punjabi: ਜੇ ਮੌਸਮ ਚੰਗਾ ਰਿਹਾ ਤਾਂ ਅਸੀਂ ਕੱਲ੍ਹ ਸਮੁੰਦਰ ਜਾਵਾਂਗੇ।",
    "Romanian: Mâine mergem la mare dacă e vreme bună; „să vedem”, zise fata în grădină și țipă.",
    "Russian: Завтра мы поедем на море, если будет хорошая погода — «конечно», № 5.",
    "Serbian: Сутра идемо на море ако буде лепо – „наравно“, рече Љубица Ђорђевић.",
    "Slovak: Zajtra pôjdeme k moru, ak bude pekne; dĺžka cesty je veľká, ťažko povedať.",
    "Slovenian: Jutri gremo na morje, če bo lepo vreme – »seveda«, je rekla žena.",
    "Spanish: Mañana iremos al mar si hace buen tiempo; ¿qué te parece, señor? ¡Sí!",
    "Swedish: I morgon åker vi till havet om vädret blir fint – ”på ön” i Åland.",
    "Tamil: வானிலை நன்றாக இருந்தால் நாளை கடலுக்குப் போவோம்.",
    "Thai: ถ้าอากาศดี พรุ่งนี้เราจะไปทะเลกัน",
    "Turkish: Yarın hava güzel olursa denize gideceğiz; İstanbul’dan çıkış – “şüphesiz”.",
    "Ukrainian: Завтра поїдемо на море, якщо буде гарна погода — «звісно», мовив Єгор з ґанку.",
    "Vietnamese: Ngày mai chúng ta sẽ đi biển nếu trời đẹp; ăn cơm chưa, Ân ơi? Ừ, được.",
];

/// Right text that looks like damage.
const LOOK_ALIKES: [&str; 40] = [
    "5€–10€, £3, ¥900 – 25 % ± 2",
    "a radius of 5 Å, 10 Å² at 20 °C",
    "x ≥ √y, 2 × 3 ≠ 7, √2 ≈ 1,41, ∂f/∂x",
    "├── src\n│   ├── lib.rs\n│   └── é.rs\n└── ü",
    "╔══╗║ok║╚══╝ ┌─┬─┐ ▓▒░ 40 %",
    "NESCAFÉ® и L’ORÉAL™, CITROËN©",
    "GALÃ… A MAÇÃ – AMANHÃ “NÃO”",
    "CHÂTEAU ÂGÉ – « DÉJÀ » À 5 €",
    "À\u{a0}bientôt\u{a0}! L’ÉTÉ\u{a0}: c’est là\u{a0}»",
    "FORÊT\u{a0}NOIRE À\u{a0}CÔTÉ",
    "MÂINE, ÎN ROMÂNIA, FĂRĂ TVA – CÂND?",
    "Cysylltu Â Ni – mynd â phobl",
    "Ă Â Î Ș Ț, Ă, Â",
    "DĹŽKA A ŠÍRKA",
    "ГіБ, МіБ і КіБ – дії",
    "ВГРС – С. Р. Петров, «В° и С°»",
    "ΕΛΛΆΔΑ – «ΌΧΙ», Γ΄ τάξη",
    "¿Qué? ¡No! «¿Sí?»",
    "(╯°□°)╯︵ ┻━┻ ¯\\_(ツ)_/¯ ( o¬ô )",
    "µm, µg/m³, 10¹², ½ cup, 1º, 2ª",
    "Müller†, 1932; Weiß‡",
    "“…” ‘’ „ja“ »Über«",
    "Il a dit : « à 5 ans, où ça ? »",
    "PÓŁ ŻÓŁĆ GĘŚLĄ JAŹŃ – ŁÓDŹ",
    "ŠKODA® A ČEŠTINA™",
    "İSTANBUL, IĞDIR, ŞIRNAK",
    "Ø£ og Å€ – ÅRHUS, ÆRØ",
    "Þórður á Ísafirði, ÞÓ AÐ",
    "ﾊﾝｶｸ ｶﾀｶﾅ ＡＢＣ",
    "👍🏽 ❤️ 🇩🇪 ★★★☆☆ ✓",
    "a\u{200b}b\u{ad}c\u{2060}d\u{feff}",
    "line\u{85}line",
    "AT&amp;T &lt;b&gt; &copy; 2020 &mdash; &#42;&#8217;",
    "C:\\users\\u00fcber \\u2019",
    "caf\u{FFFD} and na\u{FFFD}ve",
    "NULLE PART AILLEURS?",
    "NÃO?",
    "Qurʾān, Ḥadīth, Pāṇini",
    "/ˈæpəl/ [ˈɡœɐ̯] ʃ ʒ",
    "trompe-l’œil, sœur’s cœur",
];

fn assert_unchanged(text: &str) {
    let repairs = repair(text);
    assert!(repairs.is_empty(), "{text:?}: {repairs:?}");
}

#[test]
fn sentences_stay() {
    for sentence in SENTENCES {
        assert_unchanged(sentence);
    }
}

#[test]
fn sentences_in_capitals_stay() {
    for sentence in SENTENCES {
        assert_unchanged(&sentence.to_uppercase());
    }
}

#[test]
fn sentences_stay_with_the_profile_of_all_of_them() {
    let profile = Profile::gather(SENTENCES);
    assert!(profile.code_pages().is_empty());
    assert_eq!(profile.mix_up(), None);
    for sentence in SENTENCES {
        assert!(repair_with(sentence, &profile).is_empty(), "{sentence}");
    }
}

#[test]
fn look_alikes_stay() {
    for text in LOOK_ALIKES {
        assert_unchanged(text);
    }
}

#[test]
fn look_alikes_stay_in_one_document() {
    assert_unchanged(&LOOK_ALIKES.join("\n\n"));
}

#[test]
fn examples_stay() {
    for text in [
        "UTF-8 read as Latin-1: \"é\" becomes \"Ã©\".",
        "In mojibake, Ã© stands for é and â€™ for ’.",
        "assert fix('âœ” done') == '✔ done'",
        "乱码的例子：“Ã¼”。",
    ] {
        assert_unchanged(text);
    }
}

/// The translations that the programs of this machine carry: GNU message catalogues.
#[test]
fn translations_of_the_machine_stay() {
    let mut texts = Vec::new();
    let Ok(languages) = std::fs::read_dir("/usr/share/locale") else { return };
    for language in languages.flatten() {
        let Ok(catalogues) = std::fs::read_dir(language.path().join("LC_MESSAGES")) else { continue };
        // The smallest ones: the whole run is to take a second.
        let mut catalogues: Vec<_> =
            catalogues.flatten().filter_map(|c| Some((c.metadata().ok()?.len(), c.path()))).collect();
        catalogues.sort();
        for (_, path) in catalogues.into_iter().take(2) {
            texts.extend(translations(&path));
        }
    }
    let changed: Vec<&String> = texts.iter().filter(|text| !repair(text).is_empty()).collect();
    let capitals = texts.iter().map(|text| text.to_uppercase());
    let changed_capitals: Vec<String> = capitals.filter(|text| !repair(text).is_empty()).collect();
    println!(
        "{} translations, {} changed, {} in capitals",
        texts.len(),
        changed.len(),
        changed_capitals.len()
    );
    // Translations hold real damage now and then.
    let most = texts.len() / 20_000 + 1;
    assert!(changed.len() <= most && changed_capitals.len() <= most, "{changed:?} {changed_capitals:?}");
}

/// The translated strings of a catalogue (format: the manual of GNU gettext, "The Format of GNU MO Files").
fn translations(path: &Path) -> Vec<String> {
    let Ok(file) = std::fs::read(path) else { return Vec::new() };
    let number = |at: usize| -> Option<usize> {
        Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?) as usize)
    };
    if number(0) != Some(0x9504_12de) {
        return Vec::new();
    }
    let (Some(count), Some(table)) = (number(8), number(16)) else { return Vec::new() };
    let string = |at: usize| -> Option<String> {
        let (length, start) = (number(table + 8 * at)?, number(table + 8 * at + 4)?);
        String::from_utf8(file.get(start..start + length)?.to_vec()).ok()
    };
    (1..count.min(100_000)).filter_map(string).filter(|text| !text.is_ascii() && text.len() < 2000).collect()
}
