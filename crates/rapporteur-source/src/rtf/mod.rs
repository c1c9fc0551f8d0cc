//! RTF: the paragraphs as they would be printed. No crate reads it well: the one there is panics on letters beyond ASCII and
//! knows no code pages (d0rianb/rtf-parser#18), and it is a language of four signs.

mod word;

use encoding_rs::{Encoding, WINDOWS_1252};
use rapporteur_schema::PassageKind;

use crate::ErrorKind;
use crate::known::Known;
use crate::paragraphs::Paragraphs;
use crate::raw_article::RawArticle;
use word::{Destination, Sign, signs};

/// The most groups inside one another; what lies deeper belongs to the last.
const MAX_DEPTH: usize = 1_000;

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
struct State {
    into: Destination,
    /// How many letters stand behind a `\u` for programs that know no Unicode.
    fallback: usize,
    encoding: &'static Encoding,
    /// Hidden, or struck out by tracked changes.
    unseen: bool,
}

/// The article in a document.
pub(crate) fn draft(bytes: &[u8]) -> Result<RawArticle, ErrorKind> {
    let mut reading = Reading::new();
    for sign in signs(bytes) {
        reading.take(sign);
    }
    reading.end_paragraph();
    let mut out = reading.out;
    if !reading.notes.is_empty() && !out.is_empty() {
        out.part("notes", None);
    }
    for note in &reading.notes {
        out.push(note, None);
    }
    let mut article = out.article();
    article.encoding = reading.base.name().to_owned();
    let written = |field: String| Some(field.trim().to_owned()).filter(|f| !f.is_empty());
    article.known = Known { title: written(reading.title), byline: written(reading.author), ..Known::default() };
    if reading.changed {
        article.notes.push("it has tracked changes; it is read as if all of them were accepted".into());
    }
    Ok(article)
}

struct Reading {
    out: Paragraphs,
    notes: Vec<String>,
    state: State,
    groups: Vec<State>,
    /// Groups that are open beyond those that are remembered.
    too_deep: usize,
    /// The encoding that the document says it is in.
    base: &'static Encoding,
    /// The encodings of fonts, and the one that is being told of.
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    /// Bytes of letters that are not decoded yet: some encodings have two a letter.
    pending: Vec<u8>,
    /// Half of a letter that takes two `\u`.
    half: Option<u16>,
    /// Letters to be passed over behind a `\u`.
    skip: usize,
    words: String,
    note: String,
    title: String,
    author: String,
    heading: bool,
    changed: bool,
    /// Whether `\*` stands before the next word.
    optional: bool,
}

impl Reading {
    fn new() -> Self {
        let state = State { into: Destination::Text, fallback: 1, encoding: WINDOWS_1252, unseen: false };
        Reading {
            out: Paragraphs::default(),
            notes: Vec::new(),
            state,
            groups: Vec::new(),
            too_deep: 0,
            base: WINDOWS_1252,
            fonts: Vec::new(),
            font: 0,
            pending: Vec::new(),
            half: None,
            skip: 0,
            words: String::new(),
            note: String::new(),
            title: String::new(),
            author: String::new(),
            heading: false,
            changed: false,
            optional: false,
        }
    }

    fn take(&mut self, sign: Sign<'_>) {
        if !matches!(sign, Sign::Byte(_)) {
            self.decode();
        }
        match sign {
            Sign::Open => {
                if self.groups.len() < MAX_DEPTH {
                    self.groups.push(self.state);
                } else {
                    self.too_deep += 1;
                }
            }
            Sign::Close if self.too_deep > 0 => self.too_deep -= 1,
            Sign::Close => self.close(),
            Sign::Byte(byte) => {
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.pending.push(byte);
                }
            }
            Sign::Unicode(unit) => self.unicode(unit),
            Sign::Letter(letter) => self.put(letter),
            Sign::Optional => self.optional = true,
            Sign::Word(name, value) => {
                // What follows is for programs that know the word: notes are, with or without this mark.
                if std::mem::take(&mut self.optional) && word::destination(name).is_none() {
                    self.state.into = Destination::Nowhere;
                }
                self.word(name, value);
            }
        }
    }

    fn close(&mut self) {
        let was = self.state.into;
        if let Some(outer) = self.groups.pop() {
            self.state = outer;
        }
        self.skip = 0;
        if was == Destination::Note && self.state.into != Destination::Note && !self.note.trim().is_empty() {
            self.notes.push(std::mem::take(&mut self.note));
        }
    }

    fn word(&mut self, name: &str, value: Option<i32>) {
        if let Some(into) = word::destination(name) {
            // Within what is thrown away nothing is kept, but what is told of the document stands in such.
            let kept = matches!(into, Destination::Title | Destination::Author);
            if self.state.into != Destination::Nowhere || kept {
                self.state.into = into;
            }
            return;
        }
        if let Some(letter) = word::letter(name) {
            return self.put(letter);
        }
        let on = value != Some(0);
        match name {
            // not words: control words of RTF
            "par" | "sect" | "page" | "cell" | "row" | "nestcell" | "nestrow" => self.end_of(true),
            "line" | "tab" => self.put(' '),
            "pard" => self.heading = false,
            "outlinelevel" => self.heading = value.is_some_and(|level| (0..9).contains(&level)),
            "plain" => self.state.unseen = false,
            "v" => self.state.unseen = on,
            "deleted" => (self.state.unseen, self.changed) = (on, true),
            "revised" => self.changed = true,
            "uc" => self.state.fallback = value.unwrap_or(1).clamp(0, 16) as usize,
            "ansicpg" => {
                self.base = value.and_then(word::code_page).unwrap_or(self.base);
                self.state.encoding = self.base;
            }
            "mac" => (self.base, self.state.encoding) = (encoding_rs::MACINTOSH, encoding_rs::MACINTOSH),
            "f" if self.state.into == Destination::Fonts => self.font = value.unwrap_or(0),
            "fcharset" if self.fonts.len() < 4_096 => {
                self.fonts.extend(value.and_then(word::charset).map(|encoding| (self.font, encoding)));
            }
            "f" => {
                let font = self.fonts.iter().find(|(font, _)| Some(*font) == value);
                self.state.encoding = font.map_or(self.base, |(_, encoding)| *encoding);
            }
            _ => {}
        }
    }

    fn unicode(&mut self, unit: u16) {
        self.skip = self.state.fallback;
        let units = self.half.take().into_iter().chain([unit]);
        for letter in char::decode_utf16(units) {
            match letter {
                Ok(letter) => self.put(letter),
                Err(half) if (0xd800..0xdc00).contains(&half.unpaired_surrogate()) => {
                    self.half = Some(half.unpaired_surrogate());
                }
                Err(_) => self.put(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    fn decode(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        for letter in text.chars() {
            self.put(letter);
        }
    }

    fn put(&mut self, letter: char) {
        let unseen = self.state.unseen;
        match self.state.into {
            Destination::Text if !unseen => self.words.push(letter),
            Destination::Note if !unseen => self.note.push(letter),
            Destination::Title => self.title.push(letter),
            Destination::Author => self.author.push(letter),
            _ => {}
        }
    }

    fn end_of(&mut self, paragraph: bool) {
        match self.state.into {
            Destination::Note => self.note.push(' '),
            Destination::Text if paragraph => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.decode();
        let words = std::mem::take(&mut self.words);
        self.out.push(&words, self.heading.then_some(PassageKind::Heading));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &str) -> String {
        draft(rtf.as_bytes()).unwrap().text
    }

    #[test]
    fn letters_of_all_kinds_are_read() {
        let cases = [
            (
                r"{\rtf1\ansi The weir\line stays \ldblquote open\rdblquote .\par Nobody\~asked.}",
                "The weir stays “open”.\nNobody\u{a0}asked.",
            ),
            (r"{\rtf1\ansi caf\'e9 \u8364?5 \u-10179?\u-8704? na\u239\'efve}", "café €5 😀 naïve"),
            (r"{\rtf1\ansi\uc2\u233ab\uc0\u233 x}", "ééx"),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
            (r"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'cf{\f0 \'e9}\'cf}", "ПéП"),
            (r"{\rtf1\ansi a\{b\}c\\d\-e\_f}", "a{b}c\\de\u{2011}f"),
        ];
        for (rtf, wanted) in cases {
            assert_eq!(text(rtf), wanted, "{rtf}");
        }
    }

    #[test]
    fn what_is_not_printed_is_left_out_and_notes_come_last() {
        let rtf = r"{\rtf1{\info{\title Weir}{\author Ada}}{\stylesheet{\s1 Heading;}}{\header Page}{\*\generator X;}{\pict 0102}Open{\v hidden}{\deleted gone}{\footnote\pard It was.\par} now.\par{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\bin3 }}}}";
        let article = draft(rtf.as_bytes()).unwrap();
        assert_eq!(article.text, "Open now.\nlink\nIt was.");
        assert_eq!(article.known.title.as_deref(), Some("Weir"));
        assert_eq!(article.known.byline.as_deref(), Some("Ada"));
        assert!(article.notes[0].contains("tracked changes"));
    }

    #[test]
    fn broken_documents_end() {
        for rtf in ["{\\rtf1", "{\\rtf1\\'", "{\\rtf1\\'zz\\u", "}}}}", "{\\rtf1\\bin99999999 x", "\\u99999999999 a"] {
            let _ = draft(rtf.as_bytes());
        }
        let _ = draft("{".repeat(100_000).as_bytes());
        let _ = draft(&[b"{\\rtf1 ".as_slice(), &[0xff, 0, 0x80]].concat());
    }
}
