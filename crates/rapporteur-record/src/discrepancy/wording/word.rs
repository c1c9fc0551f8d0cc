//! The words of a quotation with their places, folded so that spelling, case and an editor's hand do not show.

use rapporteur_lexicon::words::function;
use rapporteur_schema::{Char, Span, Text};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::Token;

/// One word of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents; contractions are parted ("don't" is "do" and "not").
    pub(super) folded: String,
    /// Its place in the report.
    pub(super) place: (u32, u32),
}

impl Word {
    /// Whether another word here changes what is said: anything but the smallest words.
    pub(super) fn is_telling(&self) -> bool {
        !matches!(function::STOP_WORD.value(&self.folded), Some("small" | "pointing"))
    }

    /// Whether it only points: an article, a demonstrative, a pronoun.
    pub(super) fn is_pointing(&self) -> bool {
        function::STOP_WORD.value(&self.folded) == Some("pointing")
    }
}

/// The words that stand at a place of a text, of which `tokens` are those in it; what an editor put in is left out.
pub(super) fn words(text: &Text, tokens: &[Token]) -> Vec<Word> {
    let mut out = Vec::new();
    let mut tokens = tokens.iter().filter(|t| !t.inserted).peekable();
    while let Some(token) = tokens.next() {
        let slice = |start, end| text.slice(Span::new(start, end)).unwrap_or_default();
        let mut written = fold(slice(token.start, token.end));
        let mut end = token.end;
        // An apostrophe within a word belongs to it.
        while let Some(next) = tokens.next_if(|next| matches!(slice(end, next.start), "'" | "’")) {
            written.push('\'');
            written.push_str(&fold(slice(next.start, next.end)));
            end = next.end;
        }
        let place = (token.start, end);
        // The letters of "U.S." are words as well.
        let parts = written.split('.').filter(|w| !w.is_empty()).flat_map(parted);
        out.extend(parts.map(|folded| Word { folded, place }));
    }
    out
}

/// Lower case, without accents, an editor's brackets and what is not seen.
fn fold(written: &str) -> String {
    let letters = written.nfkd().filter(|c| !is_combining_mark(*c) && (c.is_alphanumeric() || *c == '.'));
    letters.flat_map(char::to_lowercase).collect()
}

/// A contraction or an abbreviated title as it is spoken.
fn parted(word: &str) -> Vec<String> {
    let two = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    match word {
        "can't" | "cannot" => return two("can", "not"),
        "won't" => return two("will", "not"),
        "shan't" => return two("shall", "not"),
        _ => {}
    }
    match word {
        "gonna" => return two("going", "to"),
        "wanna" => return two("want", "to"),
        "gotta" => return two("got", "to"),
        "sen" => return vec!["senator".to_owned()],
        "gov" => return vec!["governor".to_owned()],
        "rep" => return vec!["representative".to_owned()],
        "gen" => return vec!["general".to_owned()],
        _ => {}
    }
    // "It's" is "it is"; a noun's "'s" is its owner's.
    if let Some(stem) = word.strip_suffix("'s")
        && let Some(whole) = function::BEFORE_S.value(stem)
    {
        return two(stem, whole);
    }
    for (ending, whole) in
        [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would")]
    {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| !s.is_empty()) {
            return two(stem, whole);
        }
    }
    vec![word.to_owned()]
}

/// Whether two stretches are one in another spelling: hyphens and spaces, British and American, figures and words.
pub(super) fn same_spelling(a: &[Word], b: &[Word]) -> bool {
    let joined = |words: &[Word]| words.iter().map(|w| american(&w.folded)).collect::<String>();
    let number =
        |words: &[Word]| !words.is_empty() && words.iter().all(|w| w.folded.chars().any(|c| c.is_ascii_digit()));
    let (x, y) = (joined(a), joined(b));
    let near = x.len() >= 6
        && x.len().abs_diff(y.len()) <= 1
        && x.chars().next() == y.chars().next()
        && one_letter_apart(&x, &y);
    // A plural or a person's ending more is a slip of the ear.
    let ending = x.strip_suffix('s') == Some(&y) || y.strip_suffix('s') == Some(&x);
    x == y || near || ending || number(a) != number(b) && (number(a) || number(b)) && a.len() <= 3 && b.len() <= 3
}

/// Whether one letter parts two words.
fn one_letter_apart(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = short.bytes().zip(long.bytes()).take_while(|(x, y)| x == y).count();
    let tail = short.bytes().rev().zip(long.bytes().rev()).take_while(|(x, y)| x == y).count();
    // A tense at the end is another word.
    head + tail + 1 >= long.len() && head + 1 < long.len()
}

fn american(word: &str) -> String {
    word.replace("our", "or")
        .replace("isation", "ization")
        .replace("ise", "ize")
        .replace("ence", "ense")
        .replace('\'', "")
}

/// The span from one word to another.
pub(super) fn span(words: &[Word]) -> Option<Span<Char>> {
    Some(Span::new(words.first()?.place.0, words.last()?.place.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lexicon;

    fn of(text: &str) -> Vec<Word> {
        words(&Text::new(text), &Lexicon::default().read_str(text))
    }

    #[test]
    fn an_editors_hand_does_not_show() {
        let folded: Vec<String> = of("[T]hey can’t [ever] sign, Zoë").into_iter().map(|w| w.folded).collect();
        assert_eq!(folded, ["they", "can", "not", "sign", "zoe"]);
        assert_eq!(of("no deal")[1].place, (3, 7));
    }

    #[test]
    fn spelling_is_no_difference() {
        for (a, b) in [
            ("long-planned", "long planned"),
            ("goodwill", "good will"),
            ("labour", "labor"),
            ("28", "twenty-eight"),
            ("it’s", "it is"),
        ] {
            assert!(same_spelling(&of(a), &of(b)), "{a} {b}");
        }
        for (a, b) in [("core", "key"), ("do", "can"), ("carried", "pulled"), ("accept", "accepted")] {
            assert!(!same_spelling(&of(a), &of(b)), "{a} {b}");
        }
    }
}
