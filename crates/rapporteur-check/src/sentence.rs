//! Where sentences end, by their marks alone: good enough to look things up by.

use std::ops::Range;

use rapporteur_schema::Text;

use crate::word::Word;

/// Words that a full stop belongs to.
const SHORT: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "adm", "col", "lt", "sgt", "capt", "maj", "sen", "rep", "gov", "rev",
    "hon", "st", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no",
    "vs", "inc", "co", "corp", "ltd", "dept", "fig", "approx",
];

/// The sentences among some words of a text.
pub(crate) fn sentences(text: &str, kept: &Text, words: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for at in range.clone().skip(1) {
        let (before, here) = (&words[at - 1], &words[at]);
        let between = kept.byte_at(before.end).zip(kept.byte_at(here.start)).and_then(|(a, b)| text.get(a..b));
        let Some(between) = between else { continue };
        let stop = between.find(['.', '!', '?', '…']);
        let blank = stop.is_some_and(|s| between[s..].contains(char::is_whitespace));
        let point = stop.is_some_and(|s| between[s..].starts_with('.'));
        let opens =
            here.capital || here.folded.bytes().all(|b| b.is_ascii_digit()) || between.contains(['“', '«', '"']);
        let short =
            point && (before.end - before.start == 1 && before.capital || SHORT.contains(&before.folded.as_str()));
        if blank && opens && !short {
            out.push(start..at);
            start = at;
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::words;

    #[test]
    fn marks_end_sentences_and_titles_do_not() {
        let text = "Mr. Roe met Gen. A. Poe on Jan. 5. “No,” he said. Was it 4.5? It was.";
        let all = words(text);
        let kept = Text::new(text);
        let found: Vec<usize> = sentences(text, &kept, &all, 0..all.len()).into_iter().map(|r| r.start).collect();
        let firsts: Vec<&str> = found.iter().map(|&i| all[i].folded.as_str()).collect();
        assert_eq!(firsts, ["mr", "no", "was", "it"]);
    }
}
