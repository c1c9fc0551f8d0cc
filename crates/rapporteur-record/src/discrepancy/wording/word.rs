//! The words of a quotation with their places, folded so that spelling, case and an editor's hand do not show.

use rapporteur_schema::{Char, Citation, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents; contractions are parted ("don't" is "do" and "not").
    pub(super) folded: String,
    /// Its place in the report.
    pub(super) place: (u32, u32),
}

/// Words that carry little matter.
const SMALL: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "for", "from", "had", "has", "have", "he", "her", "here", "him", "his", "i", "if", "in", "into", "is", "it", "its",
    "just", "me", "my", "now", "of", "on", "or", "our", "out", "over", "she", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "up", "us", "very", "was",
    "we", "were", "what", "when", "where", "which", "who", "with", "you", "your",
];

impl Word {
    /// Whether another word here changes what is said: anything but the smallest words.
    pub(super) fn is_telling(&self) -> bool {
        !SMALL.contains(&self.folded.as_str())
    }

    /// Whether it only points: an article, a demonstrative, a pronoun.
    pub(super) fn is_pointing(&self) -> bool {
        const POINTING: &[&str] = &[
            "a", "an", "the", "this", "that", "these", "those", "it", "its", "our", "their", "his", "her", "my",
            "your", "we", "they", "he", "she", "i", "you", "us", "them", "him", "and", "so", "then",
        ];
        POINTING.contains(&self.folded.as_str())
    }
}

/// The words of a citation; what stands in square brackets is an editor's and left out.
pub(super) fn words(citation: &Citation) -> Vec<Word> {
    let mut out = Vec::new();
    let mut word = String::new();
    let (mut start, mut depth, mut inserted) = (0, 0usize, true);
    let first = citation.span().start();
    let chars: Vec<char> = citation.exact().chars().collect();
    let at = |i: usize| first + u32::try_from(i).unwrap_or(u32::MAX);
    for i in 0..=chars.len() {
        let c = chars.get(i).copied().unwrap_or(' ');
        // An apostrophe within a word belongs to it.
        let apostrophe =
            matches!(c, '\'' | '’') && !word.is_empty() && chars.get(i + 1).is_some_and(|n| n.is_alphabetic());
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if c.is_alphanumeric() || apostrophe => {
                if word.is_empty() {
                    (start, inserted) = (i, true);
                }
                inserted &= depth > 0;
                match apostrophe {
                    true => word.push('\''),
                    false => word.extend(
                        std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase),
                    ),
                }
            }
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ if !word.is_empty() => {
                if !inserted {
                    let place = (at(start), at(i));
                    out.extend(parted(&word).into_iter().map(|folded| Word { folded, place }));
                }
                word.clear();
            }
            _ => {}
        }
    }
    out
}

/// Words that an "'s" after them makes a verb.
const POINTERS: &[&str] = &["it", "he", "she", "that", "there", "here", "what", "who", "this", "where", "how"];

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
    if let Some(stem) = word.strip_suffix("'s").filter(|s| POINTERS.contains(s)) {
        return two(stem, "is");
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
    let near = x.len() >= 6 && x.len().abs_diff(y.len()) <= 1 && x.chars().next() == y.chars().next() && slip(&x, &y);
    // A plural or a person's ending more is a slip of the ear.
    let ending = x.strip_suffix('s') == Some(&y) || y.strip_suffix('s') == Some(&x);
    x == y || near || ending || number(a) != number(b) && (number(a) || number(b)) && a.len() <= 3 && b.len() <= 3
}

/// Whether one letter parts two words.
fn slip(a: &str, b: &str) -> bool {
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
    use rapporteur_schema::{ReportId, Text};

    fn of(text: &str) -> Vec<Word> {
        let kept = Text::new(text);
        let all = Span::new(0, kept.chars());
        words(&Citation::new(&ReportId::new("r"), &kept, all).unwrap())
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
