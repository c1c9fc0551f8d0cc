//! Where sentences begin, for the rules: the model's bounds, mended where news misleads it.
//!
//! The model splits after abbreviations ("Lt. Col. | Roe", "Jan. | 5"), parts a closing mark from what it closes, and
//! runs on where a full stop and a capital say otherwise. Its own answer stays in the analysis, untouched; this is a
//! second opinion beside it, made of marks and the list of abbreviations.

use std::ops::Range;
use std::sync::LazyLock;

use rapporteur_language::Analysis;
use rustc_hash::FxHashMap;

use crate::quotation::Quotation;
use rapporteur_lexicon::rows;

/// Abbreviations, and whether a sentence may end with them all the same.
static ABBREVIATIONS: LazyLock<FxHashMap<&str, bool>> = LazyLock::new(|| {
    rows(rapporteur_lexicon::table::ABBREVIATIONS).map(|[form, class]| (form, class == "may_end")).collect()
});

/// The first tokens of the sentences of a paragraph, in order; the first of them is 0.
pub(crate) fn starts(text: &str, analysis: &Analysis, quotations: &[Quotation]) -> Vec<u32> {
    let tokens = analysis.tokens();
    let word = |i: usize| &text[tokens[i].range()];
    // The word before a bound, with its full stop where the tokenizer took that for a token.
    let before = |i: usize| {
        let glued = i >= 2 && word(i - 1) == "." && tokens[i - 2].end == tokens[i - 1].start;
        let whole = &text[tokens[if glued { i - 2 } else { i - 1 }].start as usize..tokens[i - 1].end as usize];
        if ABBREVIATIONS.contains_key(whole) { whole } else { word(i - 1) }
    };
    // Outermost quotations do not overlap, so their ends are in order.
    let ends: Vec<usize> = quotations.iter().filter(|q| q.closed).map(|q| q.outer.end).collect();
    let closes = |i: usize| ends.binary_search(&(tokens[i].end as usize)).is_ok();
    let mut out = Vec::new();
    // A bound that fell before a closing mark moves behind it.
    let mut moved = false;
    for (i, token) in tokens.iter().enumerate() {
        if i == 0 {
            out.push(0);
            continue;
        }
        let bound = token.sent_start || moved;
        moved = false;
        // not words: closing marks
        let mark = matches!(word(i), "\"" | "”" | "’" | "»" | "'" | ")" | "]");
        if bound && mark && (matches!(word(i), ")" | "]") || closes(i)) {
            moved = true;
        } else if if bound { !runs_on(before(i), word(i)) } else { stops(before(i), word(i)) } {
            out.push(i as u32);
        }
    }
    out
}

/// The sentence of a token, given where sentences start.
pub(crate) fn of(starts: &[u32], tokens: usize, t: usize) -> Range<usize> {
    let n = starts.partition_point(|&s| s as usize <= t);
    let start = n.checked_sub(1).map_or(0, |n| starts[n] as usize);
    start..starts.get(n).map_or(tokens, |&s| s as usize)
}

/// Whether the sentence goes on over this bound of the model.
fn runs_on(before: &str, after: &str) -> bool {
    let small = after.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let ended = before.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', '»', ')', '—', '–', '-']);
    match ABBREVIATIONS.get(before) {
        Some(false) => true,
        Some(true) => small,
        // An initial ("J. Roe") and a small letter after no stop at all.
        None => is_initial(before) || (small && !ended),
    }
}

/// Whether a sentence ends here though the model sees none: a full stop of its own, and a capital.
fn stops(before: &str, after: &str) -> bool {
    before == "." && after.chars().next().is_some_and(char::is_uppercase)
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::quotations;
    use rapporteur_language::Pipeline;

    fn split(text: &str) -> Vec<&str> {
        let analysis = Pipeline::builtin().analyze(text);
        let quotations = quotations(std::iter::once((0, text)));
        let starts = starts(text, &analysis, &quotations);
        let tokens = analysis.tokens();
        let ends = starts.iter().skip(1).map(|&s| s as usize).chain([tokens.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(&s, e)| &text[tokens[s as usize].start as usize..tokens[e - 1].end as usize])
            .collect()
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        for text in [
            "Spokesman Lt. Col. Jeff Roe met Sen. Jane Doe on Jan. 5 in St. Anne.",
            "The U.S. envoy and Gen. A. B. Roe of Acme Inc. in Oslo agreed at 5 p.m. on Monday.",
            "Mr. Roe and Dr. Doe vs. the Dept. of Ports.",
        ] {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(split("They met in the U.S. The talks failed.").len(), 2);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        let text = "“We agree. It is late.” She left the hall.";
        assert_eq!(split(text), ["“We agree.", "It is late.”", "She left the hall."]);
        assert_eq!(split("He left (at noon.) She stayed.").last().copied(), Some("She stayed."));
    }

    #[test]
    fn an_open_quotation_and_dialogue() {
        assert_eq!(split("“We agree. It is late.").len(), 2);
        assert_eq!(
            split("“Do you agree?” she asked. “No,” he said. “Not today.”").last().copied(),
            Some("“Not today.”")
        );
    }
}
