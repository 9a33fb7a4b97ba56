//! Characters written as character references (`&acirc;`, `&#226;`, `&#xE2;`), also when their ampersand was escaped
//! once more (`&amp;#226;`), and as JSON escapes (`\u00e2`). Owns reading one of them; mojibake alone decodes them.
//!
//! The names are those of HTML 4 for the characters of Windows-1252
//! ([HTML standard, named character references](https://html.spec.whatwg.org/multipage/named-characters.html)).

/// The character that the reference at the start of `text` stands for, if it is not ASCII, and its length in bytes.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    if let Some(rest) = text.strip_prefix("\\u") {
        let digits = rest.get(..4)?;
        let code = number(digits, 16)?;
        return above_ascii(code).map(|c| (c, 6));
    }
    let rest = text.strip_prefix('&')?;
    let rest = rest.strip_prefix("amp;").unwrap_or(rest);
    // The longest name, "thetasym", has eight letters.
    let end = rest.bytes().take(10).position(|b| b == b';')?;
    let name = rest.get(..end)?;
    let length = text.len() - rest.len() + end + 1;
    let character = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => above_ascii(number(digits, 16)?)?,
            None => above_ascii(number(digits, 10)?)?,
        },
        None => NAMES.binary_search_by_key(&name, |(name, _)| name).ok().and_then(|at| NAMES.get(at))?.1,
    };
    Some((character, length))
}

fn number(digits: &str, radix: u32) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| u32::from_str_radix(digits, radix).ok())?
}

fn above_ascii(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| !c.is_ascii())
}

/// Names of the characters of Windows-1252, sorted.
#[rustfmt::skip]
static NAMES: [(&str, char); 123] = [
    ("AElig", 'Æ'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Agrave", 'À'), ("Aring", 'Å'), ("Atilde", 'Ã'),
    ("Auml", 'Ä'), ("Ccedil", 'Ç'), ("Dagger", '‡'), ("ETH", 'Ð'), ("Eacute", 'É'), ("Ecirc", 'Ê'),
    ("Egrave", 'È'), ("Euml", 'Ë'), ("Iacute", 'Í'), ("Icirc", 'Î'), ("Igrave", 'Ì'), ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'), ("OElig", 'Œ'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'), ("Ograve", 'Ò'), ("Oslash", 'Ø'),
    ("Otilde", 'Õ'), ("Ouml", 'Ö'), ("Scaron", 'Š'), ("THORN", 'Þ'), ("Uacute", 'Ú'), ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'), ("Uuml", 'Ü'), ("Yacute", 'Ý'), ("Yuml", 'Ÿ'), ("Zcaron", 'Ž'), ("aacute", 'á'),
    ("acirc", 'â'), ("acute", '´'), ("aelig", 'æ'), ("agrave", 'à'), ("aring", 'å'), ("atilde", 'ã'),
    ("auml", 'ä'), ("bdquo", '„'), ("brvbar", '¦'), ("bull", '•'), ("ccedil", 'ç'), ("cedil", '¸'),
    ("cent", '¢'), ("circ", 'ˆ'), ("copy", '©'), ("curren", '¤'), ("dagger", '†'), ("deg", '°'),
    ("divide", '÷'), ("eacute", 'é'), ("ecirc", 'ê'), ("egrave", 'è'), ("eth", 'ð'), ("euml", 'ë'),
    ("euro", '€'), ("fnof", 'ƒ'), ("frac12", '½'), ("frac14", '¼'), ("frac34", '¾'), ("hellip", '…'),
    ("iacute", 'í'), ("icirc", 'î'), ("iexcl", '¡'), ("igrave", 'ì'), ("iquest", '¿'), ("iuml", 'ï'),
    ("laquo", '«'), ("ldquo", '“'), ("lsaquo", '‹'), ("lsquo", '‘'), ("macr", '¯'), ("mdash", '—'),
    ("micro", 'µ'), ("middot", '·'), ("nbsp", '\u{a0}'), ("ndash", '–'), ("not", '¬'), ("ntilde", 'ñ'),
    ("oacute", 'ó'), ("ocirc", 'ô'), ("oelig", 'œ'), ("ograve", 'ò'), ("ordf", 'ª'), ("ordm", 'º'),
    ("oslash", 'ø'), ("otilde", 'õ'), ("ouml", 'ö'), ("para", '¶'), ("permil", '‰'), ("plusmn", '±'),
    ("pound", '£'), ("raquo", '»'), ("rdquo", '”'), ("reg", '®'), ("rsaquo", '›'), ("rsquo", '’'),
    ("sbquo", '‚'), ("scaron", 'š'), ("sect", '§'), ("shy", '\u{ad}'), ("sup1", '¹'), ("sup2", '²'),
    ("sup3", '³'), ("szlig", 'ß'), ("thorn", 'þ'), ("tilde", '˜'), ("times", '×'), ("trade", '™'),
    ("uacute", 'ú'), ("ucirc", 'û'), ("ugrave", 'ù'), ("uml", '¨'), ("uuml", 'ü'), ("yacute", 'ý'),
    ("yen", '¥'), ("yuml", 'ÿ'), ("zcaron", 'ž'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn references_are_read_and_ascii_is_not() {
        assert_eq!(reference("&acirc;x"), Some(('â', 7)));
        assert_eq!(reference("&#226;"), Some(('â', 6)));
        assert_eq!(reference("&#xE2;"), Some(('â', 6)));
        assert_eq!(reference("&amp;#226;"), Some(('â', 10)));
        assert_eq!(reference("\\u00e2\\u20ac"), Some(('â', 6)));
        for not in [
            "&",
            "&amp;",
            "&lt;",
            "&#60;",
            "&#;",
            "&#x;",
            "&#99999999;",
            "&acirc",
            "\\u00",
            "\\u0041",
            "&#+12;",
            "é",
        ] {
            assert_eq!(reference(not), None, "{not}");
        }
    }
}
