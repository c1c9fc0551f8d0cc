//! Whether words in marks are somebody's words or the name of something.

use rapporteur_lexicon::words::speech;

/// Whether a stretch in marks is somebody's wording and not a name in marks ("Friends of the Strait").
pub(super) fn is_wording(text: &str) -> bool {
    text.split_whitespace().any(|w| {
        let word = w.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().next().is_some_and(char::is_lowercase) && !speech::NAME_FILLER.has(word)
    })
}
