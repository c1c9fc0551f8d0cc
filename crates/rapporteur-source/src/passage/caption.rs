//! The text under a picture: it ends in a picture credit, or begins by saying that it is one.

use rapporteur_lexicon::words::furniture;

use super::{Paragraph, credit, words};

/// Whether a paragraph stands under a picture.
pub(super) fn is(paragraph: &Paragraph<'_>) -> bool {
    let text = paragraph.text;
    if paragraph.words > 80 {
        return false;
    }
    furniture::CAPTION_OPENING.words().iter().any(|o| text.starts_with(o))
        || slash_credit(text)
        || bracket_credit(text)
        || labelled_credit(text)
}

/// "… on Monday. /VCG", "… in Oslo. REUTERS/Jane Doe": what follows the last full stop is a source.
fn slash_credit(text: &str) -> bool {
    let Some((before, after)) = text.rsplit_once('/') else { return false };
    let after = after.trim().trim_end_matches('.');
    let source = before.rsplit([' ', '\n']).next().unwrap_or("");
    let sentence =
        before.trim_end().ends_with(['.', '"', '”', ')']) || (source.len() < before.len() && credit::is_source(source));
    let name = words(after) <= 4 && after.chars().next().is_some_and(char::is_uppercase);
    sentence && name && (credit::is_source(after) || credit::is_source(source) || before.trim_end().ends_with('.'))
}

/// "… (AP Photo/Jane Doe)", "… [Jane Doe/Reuters]", "… (Photo by Jane Doe/Getty Images)".
fn bracket_credit(text: &str) -> bool {
    let Some(inner) = last_brackets(text) else { return false };
    let lower = inner.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let has_source = inner.split(['/', ',', ':']).any(|part| credit::is_source(part.trim()));
    // Only brackets are no caption but a credit; a sentence must come before them.
    inner.len() < text.len() - 2
        && words(inner) <= 10
        && (furniture::PICTURE_CREDIT.has(first)
            || lower.contains("photo")
            || (has_source && (inner.contains('/') || lower.contains("via "))))
}

/// "…. Photo: Jane Doe", "…. Credit: Reuters".
fn labelled_credit(text: &str) -> bool {
    furniture::PICTURE_LABEL.words().iter().any(|label| {
        text.rfind(label).is_some_and(|at| {
            let before = text[..at].trim_end_matches([' ', '\n', '|', '(']);
            let after = &text[at + label.len()..];
            (before.is_empty() || before.ends_with(['.', '"', '”', '|']))
                && words(after) <= 6
                && !after.trim_end().ends_with('.')
        })
    })
}

/// What stands in the brackets that end a text.
pub(super) fn last_brackets(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['.', ' ']);
    let (open, close) = match text.chars().last()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let start = text.rfind(open)?;
    Some(text[start + open.len_utf8()..].trim_end_matches(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caption(text: &str) -> bool {
        is(&Paragraph::new(text, 1, None, true))
    }

    #[test]
    fn captions_end_in_a_credit() {
        for text in [
            "Envoys of both sides shake hands in Lund, May 3, 2031. /VCG",
            "The harbour of Lund on Monday. REUTERS/Jane Doe",
            "Dockers outside the gates on Friday (AP Photo/Jane Doe)",
            "The minister arrives for talks. [File: Jane Doe/AFP]",
            "The minister arrives for talks. Photo: Jane Doe",
            "FILE - The harbour in 2029.",
        ] {
            assert!(caption(text), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_captions() {
        for text in [
            "The union wants 6 and/or 7 percent.",
            "The Lund Accord (signed in 2029) remains in force.",
            "He told Reuters that the talks (and the ships) had stopped.",
            "The board met on 3/4. Nothing was agreed.",
            "\"Good progress,\" the spokesman of the Dockers' Union (DU) said.",
        ] {
            assert!(!caption(text), "{text}");
        }
    }
}
