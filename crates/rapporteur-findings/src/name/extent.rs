//! Where a name begins and ends, where the model's marks and runs of capitals cut it short or take too much.

use std::ops::Range;

use rapporteur_language::{EntType, Tag};
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::{function, people};

use super::evidence::{Usage, is_name_tag};
use crate::doc::Doc;
use crate::number;

/// A stretch with what belongs to the same name behind it.
pub(super) fn whole(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let n = doc.tokens(p).len();
    let mut end = tokens.end;
    while end < n && end > tokens.start {
        let (last, next) = (doc.word(p, end - 1), doc.word(p, end));
        let body = (people::BODY_WORD.has(next) || people::PLACE_WORD.has(next))
            && matches!(doc.tokens(p)[end].tag, Tag::Nnp | Tag::Nnps)
            && facts().known(doc.words(p, tokens.start..end)).is_none();
        let number = end - tokens.start == 1
            && people::NUMBERED.has(last)
            && (next.chars().all(|c| c.is_ascii_digit()) || is_written_number(next));
        if body || number {
            end += 1;
        } else if next == "-" && end + 1 < n && hyphened(doc, p, tokens.start..end) {
            end += 2;
        } else {
            break;
        }
    }
    owned(doc, usage, p, tokens.start..end)
}

/// A body's name with the office that it belongs to, whose possessive parts it: "Information Commissioner's Office".
fn owned(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, tokens: Range<usize>) -> Range<usize> {
    let is_body = tokens.clone().last().is_some_and(|t| people::BODY_WORD.has(doc.word(p, t)));
    let holder = |t: usize| {
        matches!(doc.word(p, t), "'s" | "’s")
            && t > 0
            && doc.word(p, t - 1).starts_with(char::is_uppercase)
            && facts().title(doc.lower(p, t - 1)).is_some()
            // "Stephen King's Foundation" is not of a king.
            && doc.tokens(p)[t - 1].ent_type != EntType::Person
            && !usage.surnames.contains(doc.word(p, t - 1))
    };
    let Some(mark) = tokens.start.checked_sub(1).filter(|&t| is_body && holder(t)) else { return tokens };
    let sentence = doc.sentence(p, mark);
    let named = |t: &usize| {
        let (word, token) = (doc.word(p, *t), doc.tokens(p)[*t]);
        let opens = *t == sentence.start && function::STOP_WORD.has(doc.lower(p, *t));
        word.starts_with(char::is_uppercase) && is_name_tag(token.tag) && *t >= sentence.start && !opens
    };
    let start = (0..mark - 1).rev().take_while(named).last().unwrap_or(mark - 1);
    start..tokens.end
}

/// Whether a number stands in words as names have it: "Channel Six".
fn is_written_number(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && number::unit(word).is_some_and(|n| (1..=10).contains(&n))
}

/// Whether a hyphen and the second syllable of a given name go on behind a name of two words or more: "Park Min-ho",
/// "Chae Yu-rin", but not "the Jane Roe-led board".
fn hyphened(doc: &Doc<'_>, p: usize, tokens: Range<usize>) -> bool {
    let all = doc.tokens(p);
    let glued = !all[tokens.end - 1].space_after && !all[tokens.end].space_after;
    glued && tokens.len() >= 2 && is_syllable(doc.word(p, tokens.end + 1))
}

/// A syllable of East Asian names as they are written in Latin letters: consonants of the beginning, vowels, and one of
/// the few consonants that may end it.
fn is_syllable(word: &str) -> bool {
    let vowels = |c: char| "aeiouüöwy".contains(c);
    let Some(first) = word.find(vowels) else { return false };
    let (begin, rest) = word.split_at(first);
    let inner = rest.trim_start_matches(vowels);
    // not words: the consonants that such a syllable begins with
    let begins = [
        "", "b", "c", "ch", "d", "f", "g", "h", "hs", "j", "jh", "k", "kh", "l", "m", "n", "p", "ph", "q", "r", "s",
        "sh", "ss", "sz", "t", "th", "ts", "tz", "x", "z", "zh",
    ];
    // not words: the consonants that it ends with
    let ends = ["", "h", "k", "l", "m", "n", "ng", "p", "r", "t"];
    word.len() <= 6
        && word.chars().all(|c| c.is_lowercase())
        && begins.contains(&begin)
        && ends.contains(&inner)
        && !people::COMPOUND_TAIL.has(word)
}

/// The names in a stretch that goes over a possessive, an "and" or an "of": "Averick's Straits Council", "Averick and Straits Council" and
/// "Roe of Averick" (who speaks well of whom) are two, but "Seafarers' Federation", "People's Assembly" and "Procter and Gamble" are one, whose owner is nobody in the report.
pub(super) fn parts(doc: &Doc<'_>, usage: &Usage<'_>, p: usize, tokens: Range<usize>) -> Vec<Range<usize>> {
    let owner = tokens.clone().find(|&t| {
        let named = |t: usize| usage.owners.contains(doc.word(p, t));
        matches!(doc.word(p, t), "'s" | "’s") && t > tokens.start && t + 1 < tokens.end && named(t - 1)
    });
    let second = tokens.start + 2;
    let surname = |t: usize| usage.surnames.contains(doc.word(p, t));
    let joined = second + 1 < tokens.end && doc.lower(p, second - 1) == "and" && surname(tokens.start);
    let of = second + 1 == tokens.end && doc.lower(p, second - 1) == "of" && (surname(tokens.start) || surname(second));
    if (joined || of) && facts().known(doc.words(p, tokens.clone())).is_none() {
        let person = std::iter::once(tokens.start..tokens.start + 1);
        return person.chain(parts(doc, usage, p, second..tokens.end)).collect();
    }
    match owner {
        // "Lloyd's List": a name of the lists stays whole.
        Some(t) if facts().known(doc.words(p, tokens.clone())).is_none() => {
            let owner = std::iter::once(tokens.start..t);
            owner.chain(parts(doc, usage, p, t + 1..tokens.end)).collect()
        }
        _ => vec![tokens],
    }
}

#[cfg(test)]
mod tests {

    use super::is_syllable;

    fn names(text: &str) -> Vec<String> {
        let report = crate::view::tests::report(text);
        let found = crate::read(&report, crate::Models::quick());
        found.actors.iter().flat_map(|a| &a.mentions).map(|m| m.at.exact().to_owned()).collect()
    }

    #[test]
    fn names_are_whole() {
        let has = |text: &str, name: &str| {
            let found = names(text);
            assert!(found.iter().any(|n| n == name), "{text:?}: {found:?}");
        };
        has("The envoy Park Min-ho arrived in Oslo on Monday.", "Park Min-ho");
        has("Pickets waited at Pier 9 in Oslo.", "Pier 9");
        has("Averick came. She advised Averick's National Straits Council in Oslo.", "National Straits Council");
        has("The Harbour Pilots' Union met in Oslo.", "Harbour Pilots' Union");
        has("They met at the Tolls Commissioner's Office in Oslo.", "Tolls Commissioner's Office");
        has("The mayor of St. Averick left Oslo.", "St. Averick");
        has("They met Senate President Pro Tem Ada Roe in Oslo.", "Ada Roe");
        let two = "Ada Roe and Jane Averick met in Oslo. They spoke well of each other, especially Roe of Averick.";
        has(two, "Averick");
        assert!(names(two).iter().all(|n| n != "Roe of Averick"), "{:?}", names(two));
        let both = "Jane Averick came. Averick and National Straits Council director Ada Roe met in Oslo.";
        has(both, "National Straits Council");
        has(
            "Jane Averick came. The Department of Health and Human Services spoke in Oslo.",
            "Department of Health and Human Services",
        );
    }

    #[test]
    fn syllables_end_as_they_do() {
        assert!(["un", "in", "hui", "moon", "ho", "wen", "kyung", "hwan"].iter().all(|s| is_syllable(s)));
        assert!(!["led", "backed", "era", "style", "based", "wide"].iter().any(|s| is_syllable(s)));
    }
}
