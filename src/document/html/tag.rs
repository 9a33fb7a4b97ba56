//! [`Tag`]: the elements a cleaner of articles meets, and what the HTML standard says of them.
//!
//! Facts from <https://html.spec.whatwg.org/multipage/> (void elements: 13.1.2; display: 15.3; implied end tags: 13.1.2.4
//! and 13.2.6.4.7) and the AMP component list <https://amp.dev/documentation/components>.

/// The longest name known, in bytes.
const LONGEST: usize = 16;

/// The name in lower case as a number; 0 for one that is empty or longer than any known.
const fn pack(name: &[u8]) -> u128 {
    if name.len() > LONGEST {
        return 0;
    }
    let mut packed = 0;
    let mut i = 0;
    while i < name.len() {
        packed = packed << 8 | name[i].to_ascii_lowercase() as u128;
        i += 1;
    }
    packed
}

const SLOTS: usize = 512;

/// Where in the table of names a packed name belongs.
const fn slot(packed: u128) -> usize {
    let folded = (packed as u64) ^ ((packed >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 55) as usize
}

macro_rules! elements {
    ($($variant:ident = $name:literal,)*) => {
        /// An element by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag {
            $(#[doc = concat!("`<", $name, ">`")] $variant,)*
            /// Any other: custom elements, elements of SVG, misspelt names.
            Unknown,
        }

        impl Tag {
            /// All of them but [`Tag::Unknown`].
            pub const ALL: &[Tag] = &[$(Tag::$variant,)*];
        }

        const NAMES: &[&str] = &[$($name,)* ""];
        const PACKED: &[u128] = &[$(pack($name.as_bytes()),)* u128::MAX];
    };
}

elements! {
    A = "a", Abbr = "abbr", Acronym = "acronym", Address = "address", AmpAd = "amp-ad",
    AmpAnalytics = "amp-analytics", AmpAnim = "amp-anim", AmpAudio = "amp-audio", AmpAutoAds = "amp-auto-ads",
    AmpCarousel = "amp-carousel", AmpConsent = "amp-consent", AmpEmbed = "amp-embed",
    AmpIframe = "amp-iframe", AmpImg = "amp-img", AmpPixel = "amp-pixel", AmpStickyAd = "amp-sticky-ad",
    AmpVideo = "amp-video", AmpYoutube = "amp-youtube", AnnotationXml = "annotation-xml", Applet = "applet",
    Area = "area", Article = "article", Aside = "aside", Audio = "audio", B = "b", Base = "base",
    Basefont = "basefont", Bdi = "bdi", Bdo = "bdo", Bgsound = "bgsound", Big = "big", Blink = "blink",
    Blockquote = "blockquote", Body = "body", Br = "br", Button = "button", Canvas = "canvas",
    Caption = "caption", Center = "center", Cite = "cite", Code = "code", Col = "col", Colgroup = "colgroup",
    Data = "data", Datalist = "datalist", Dd = "dd", Del = "del", Desc = "desc", Details = "details",
    Dfn = "dfn", Dialog = "dialog", Dir = "dir", Div = "div", Dl = "dl", Dt = "dt", Em = "em",
    Embed = "embed", Fieldset = "fieldset", Figcaption = "figcaption", Figure = "figure", Font = "font",
    Footer = "footer", ForeignObject = "foreignobject", Form = "form", Frame = "frame", Frameset = "frameset",
    H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5", H6 = "h6", Head = "head", Header = "header",
    Hgroup = "hgroup", Hr = "hr", Html = "html", I = "i", Iframe = "iframe", Image = "image", Img = "img",
    Input = "input", Ins = "ins", Isindex = "isindex", Kbd = "kbd", Keygen = "keygen", Label = "label",
    Legend = "legend", Li = "li", Link = "link", Listing = "listing", Main = "main", Map = "map",
    Mark = "mark", Marquee = "marquee", Math = "math", Menu = "menu", Menuitem = "menuitem", Meta = "meta",
    Meter = "meter", Mi = "mi", Mn = "mn", Mo = "mo", Ms = "ms", Mtext = "mtext", Nav = "nav", Nobr = "nobr",
    Noembed = "noembed", Noframes = "noframes", Noscript = "noscript", Object = "object", Ol = "ol",
    Optgroup = "optgroup", Option = "option", Output = "output", P = "p", Param = "param",
    Picture = "picture", Plaintext = "plaintext", Pre = "pre", Progress = "progress", Q = "q", Rb = "rb",
    Rp = "rp", Rt = "rt", Rtc = "rtc", Ruby = "ruby", S = "s", Samp = "samp", Script = "script",
    Search = "search", Section = "section", Select = "select", Slot = "slot", Small = "small",
    Source = "source", Span = "span", Strike = "strike", Strong = "strong", Style = "style", Sub = "sub",
    Summary = "summary", Sup = "sup", Svg = "svg", Table = "table", Tbody = "tbody", Td = "td",
    Template = "template", Textarea = "textarea", Tfoot = "tfoot", Th = "th", Thead = "thead", Time = "time",
    Title = "title", Tr = "tr", Track = "track", Tt = "tt", U = "u", Ul = "ul", Var = "var", Video = "video",
    Wbr = "wbr", Xmp = "xmp",
}

/// The tags by the slot of their names; a taken slot moves a tag to the next free one.
static TABLE: [Tag; SLOTS] = {
    let mut table = [Tag::Unknown; SLOTS];
    let mut i = 0;
    while i < Tag::ALL.len() {
        let mut at = slot(PACKED[i]);
        while !matches!(table[at], Tag::Unknown) {
            at = (at + 1) % SLOTS;
        }
        table[at] = Tag::ALL[i];
        i += 1;
    }
    table
};

impl Tag {
    /// The element of that name, in any case. What Word puts behind each paragraph (`<o:p>`) is a span to a browser.
    pub fn from_name(name: &str) -> Self {
        if name.eq_ignore_ascii_case("o:p") {
            return Self::Span;
        }
        let packed = pack(name.as_bytes());
        let mut at = slot(packed);
        loop {
            let tag = TABLE[at % SLOTS];
            if tag == Self::Unknown {
                return tag;
            }
            // Leading NUL bytes do not show in the number.
            if PACKED[tag as usize] == packed && NAMES[tag as usize].len() == name.len() {
                return tag;
            }
            at += 1;
        }
    }

    /// Its name in lower case; empty for [`Tag::Unknown`].
    pub const fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// Whether it never has content nor an end tag (`<br>`; with the obsolete ones: `<basefont>`, `<bgsound>`,
    /// `<frame>`, `<keygen>`, `<image>`, which is read as `<img>`).
    pub const fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base
                | Basefont
                | Bgsound
                | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Image
                | Img
                | Input
                | Keygen
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Whether its content is text in which markup is none. (Not `<noscript>`: scripting is off.)
    pub const fn is_raw_text(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Textarea | Title | Xmp | Iframe | Noembed | Noframes | Plaintext)
    }

    /// Whether its content is raw text in which character references count all the same.
    pub const fn is_escapable_raw_text(self) -> bool {
        matches!(self, Tag::Textarea | Tag::Title)
    }

    /// Whether it opens content by the rules of XML: `<svg>` and `<math>`.
    pub const fn opens_foreign_content(self) -> bool {
        matches!(self, Tag::Svg | Tag::Math)
    }

    /// Whether browsers lay it out as a block, list item or part of a table. Elements not shown at all are none.
    pub const fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Caption
                | Center
                | Col
                | Colgroup
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | Frameset
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | Optgroup
                | Option
                | P
                | Plaintext
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | Ul
                | Xmp
        )
    }

    /// Whether browsers show neither it nor its content (`display: none`).
    pub const fn is_hidden(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Area | Base
                | Basefont
                | Datalist
                | Head
                | Link
                | Meta
                | Noembed
                | Noframes
                | Param
                | Rp
                | Script
                | Style
                | Template
                | Title
        )
    }

    /// Whether all it does is to mark up the words in it: without words it is nothing.
    pub const fn is_inline_formatting(self) -> bool {
        use Tag::*;
        matches!(
            self,
            A | Abbr
                | Acronym
                | B
                | Bdi
                | Bdo
                | Big
                | Blink
                | Cite
                | Code
                | Data
                | Del
                | Dfn
                | Em
                | Font
                | I
                | Ins
                | Kbd
                | Mark
                | Nobr
                | Q
                | S
                | Samp
                | Small
                | Span
                | Strike
                | Strong
                | Sub
                | Sup
                | Time
                | Tt
                | U
                | Var
        )
    }

    /// Whether it is `<h1>` to `<h6>`: the level.
    pub const fn heading_level(self) -> Option<u8> {
        match self {
            Tag::H1 => Some(1),
            Tag::H2 => Some(2),
            Tag::H3 => Some(3),
            Tag::H4 => Some(4),
            Tag::H5 => Some(5),
            Tag::H6 => Some(6),
            _ => None,
        }
    }

    /// Whether it may be left open: the end of its parent closes it without an error.
    pub const fn may_omit_end_tag(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Body | Caption
                | Colgroup
                | Dd
                | Dt
                | Head
                | Html
                | Li
                | Optgroup
                | Option
                | P
                | Rb
                | Rp
                | Rt
                | Rtc
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
        )
    }

    /// Whether its start tag closes an open `<p>`.
    pub const fn closes_paragraph(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Li
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Plaintext
                | Pre
                | Search
                | Section
                | Summary
                | Table
                | Ul
                | Xmp
        )
    }
}

/// Whether the start tag `by` closes the element `open`, if that is the innermost one: `<li>` by `<li>`, `<p>` by blocks,
/// `<td>` by `<tr>`, …
pub const fn closes_implicitly(open: Tag, by: Tag) -> bool {
    use Tag::*;
    match open {
        P => by.closes_paragraph(),
        Li => matches!(by, Li),
        Dt | Dd => matches!(by, Dt | Dd),
        Td | Th | Caption => closes_table_cell(by),
        Tr => closes_table_row(by),
        Tbody | Thead | Tfoot => matches!(by, Tbody | Thead | Tfoot | Caption | Colgroup | Col),
        Colgroup => closes_table_row(by) && !matches!(by, Col),
        Option => matches!(by, Option | Optgroup | Hr),
        Optgroup => matches!(by, Optgroup | Hr),
        Rb | Rt | Rp => matches!(by, Rb | Rtc | Rt | Rp),
        Rtc => matches!(by, Rb | Rtc),
        H1 | H2 | H3 | H4 | H5 | H6 => by.heading_level().is_some(),
        A => matches!(by, A),
        Button => matches!(by, Button),
        Nobr => matches!(by, Nobr),
        Head => matches!(by, Body),
        _ => false,
    }
}

const fn closes_table_row(by: Tag) -> bool {
    use Tag::*;
    matches!(by, Tr | Tbody | Thead | Tfoot | Caption | Colgroup | Col)
}

const fn closes_table_cell(by: Tag) -> bool {
    matches!(by, Tag::Td | Tag::Th) || closes_table_row(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        for &tag in Tag::ALL {
            assert_eq!(Tag::from_name(tag.name()), tag);
            assert_eq!(Tag::from_name(&tag.name().to_ascii_uppercase()), tag);
            assert!(tag.name().len() <= LONGEST, "{} is too long to be found", tag.name());
        }
        assert!(NAMES.iter().zip(&NAMES[1..Tag::ALL.len()]).all(|(name, next)| name < next), "not sorted");
    }

    #[test]
    fn other_names_are_unknown() {
        for name in [
            "",
            "my-element",
            "h7",
            "\0a",
            "h\u{11}",
            "a-name-longer-than-any-known",
            "ſpan",
            "amp\rad",
            "diva",
            "di",
        ] {
            assert_eq!(Tag::from_name(name), Tag::Unknown, "{name:?}");
        }
        for name in ["o:p", "O:P"] {
            assert_eq!(Tag::from_name(name), Tag::Span, "{name:?}");
        }
    }

    #[test]
    fn start_tags_close_what_html_says() {
        for (open, by) in [
            (Tag::Li, Tag::Li),
            (Tag::P, Tag::Div),
            (Tag::Td, Tag::Tr),
            (Tag::Tr, Tag::Tbody),
            (Tag::Dt, Tag::Dd),
            (Tag::Option, Tag::Optgroup),
            (Tag::Rt, Tag::Rp),
        ] {
            assert!(closes_implicitly(open, by), "{open:?} by {by:?}");
        }
        for (open, by) in [
            (Tag::Li, Tag::Ul),
            (Tag::P, Tag::Span),
            (Tag::Tr, Tag::Td),
            (Tag::Colgroup, Tag::Col),
            (Tag::Rtc, Tag::Rt),
            (Tag::Div, Tag::Div),
        ] {
            assert!(!closes_implicitly(open, by), "{open:?} by {by:?}");
        }
    }
}
