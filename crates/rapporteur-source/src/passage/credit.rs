//! Lines that say who else worked on a report: "(With input from …)", "Reporting by …", an agency's name alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapporteur_lexicon::words::furniture;
use rapporteur_lexicon::{rows, table};

use super::{Paragraph, caption};

/// How a source signs, to whether it sends text (an agency) and the name it is known by.
static SOURCES: LazyLock<HashMap<&str, (bool, &str)>> =
    LazyLock::new(|| rows(table::SOURCES).map(|[form, kind, name]| (form, (kind == "agency", name))).collect());

/// Whether a form is how an agency or a picture service signs.
pub(super) fn is_source(form: &str) -> bool {
    SOURCES.contains_key(form)
}

/// Whether a paragraph says who else worked on the report.
pub(super) fn is(paragraph: &Paragraph<'_>) -> bool {
    let text = paragraph.text;
    if paragraph.words > 40 || text.contains(['"', '“']) {
        return false;
    }
    let bare = text.trim_matches(|c: char| "()[]—–-*_ ".contains(c));
    let folded = bare.to_lowercase();
    let opens = furniture::CREDIT_OPENING
        .words()
        .iter()
        .any(|o| folded.strip_prefix(o).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    // "Reporting by the commission shows …" is a sentence; a credit names people or agencies.
    let narrated = folded.contains(" shows ") || folded.contains(" said ") || folded.contains(" says ");
    let signed = bare.split(['/', ',', ';']).flat_map(|s| s.split(" and ")).all(|s| is_source(s.trim()));
    let bracketed =
        caption::last_brackets(text).is_some_and(|inner| inner.len() + 2 >= text.trim_end_matches('.').len());
    (opens && !narrated && (paragraph.words <= 25 || bracketed))
        || furniture::CREDIT_INSIDE.words().iter().any(|i| folded.contains(i))
        || signed
}

/// The agencies that a credit line names, by the names they are known by.
pub(crate) fn credited(text: &str) -> Vec<String> {
    sources_in(text).filter(|(agency, _)| *agency).map(|(_, name)| name.to_owned()).collect()
}

/// Every source named in a text, longest forms first: whether it is an agency, and its name.
pub(crate) fn sources_in(text: &str) -> impl Iterator<Item = (bool, &'static str)> {
    let tokens: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|t| !t.is_empty()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let longest = (1..=3.min(tokens.len() - at))
            .rev()
            .find_map(|n| SOURCES.get(tokens[at..at + n].join(" ").as_str()).map(|&source| (n, source)));
        match longest {
            Some((n, source)) => {
                found.push(source);
                at += n;
            }
            None => at += 1,
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(text: &str) -> bool {
        is(&Paragraph::new(text, 9, None, true))
    }

    #[test]
    fn credits_name_who_worked_on_it() {
        for text in [
            "(With input from Xinhua)",
            "Reporting by Jane Doe; Editing by John Roe",
            "Jane Doe in Lund contributed to this report.",
            "— Reuters",
            "AP, AFP",
            "Source: Agencies",
        ] {
            assert!(credit(text), "{text}");
        }
        assert_eq!(credited("(With input from Xinhua and Reuters)"), ["Xinhua", "Reuters"]);
        assert!(credited("/VCG").is_empty(), "a picture service sends no text");
    }

    #[test]
    fn sentences_are_no_credits() {
        for text in [
            "Reporting by the commission shows that the dam leaks.",
            "Sources said the talks would go on.",
            "\"Source: a friend\", the note said.",
            "Agencies in Lund were closed on Monday.",
        ] {
            assert!(!credit(text), "{text}");
        }
    }
}
