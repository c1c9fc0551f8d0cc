//! Values of one sentence that change places: "three of 12 ships" for "12 of three".

use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur_lexicon::words::checking::WAY;
use rapporteur_schema::{Char, Span};

use crate::index::{ComparisonIndex, Doc, Hit};
use crate::word;

/// Words around a value that tell what it is of.
const REACH: usize = 6;

/// Where two values of a sentence of the draft stand the other way round: the report, the place, and what is said of it.
pub(super) fn swapped(
    index: &ComparisonIndex<'_>,
    words: &Range<usize>,
    hits: &[Hit],
) -> Option<(usize, Span<Char>, String)> {
    let ours = values(&index.draft, words);
    if ours.len() < 2 {
        return None;
    }
    for (n, &a) in ours.iter().enumerate() {
        for &b in &ours[n + 1..] {
            let (x, y) = (&index.draft.words[a].folded, &index.draft.words[b].folded);
            if x == y {
                continue;
            }
            let mut crossed: Option<(usize, Span<Char>)> = None;
            for hit in hits {
                let doc = &index.docs[hit.doc];
                let there = values(doc, &doc.sentences[hit.sentence].words);
                let find = |value: &str| there.iter().copied().find(|&w| doc.words[w].folded == value);
                let (Some(p), Some(q)) = (find(x), find(y)) else { continue };
                let draft = (around(&index.draft, words, &ours, a), around(&index.draft, words, &ours, b));
                let theirs = &doc.sentences[hit.sentence].words;
                let report = (around(doc, theirs, &there, p), around(doc, theirs, &there, q));
                let shared = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).count();
                // What both values have around them tells neither.
                let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> BTreeSet<String> {
                    a.difference(b).cloned().collect()
                };
                let (da, db) = (only(&draft.0, &draft.1), only(&draft.1, &draft.0));
                let (ra, rb) = (only(&report.0, &report.1), only(&report.1, &report.0));
                let straight = shared(&da, &ra) + shared(&db, &rb);
                let turned = shared(&da, &rb) + shared(&db, &ra);
                if straight > turned {
                    crossed = None;
                    break;
                }
                if straight == 0 && shared(&da, &rb) > 0 && shared(&db, &ra) > 0 {
                    let at = doc.span(p.min(q)..p.max(q) + 1);
                    crossed = crossed.or(at.map(|at| (hit.doc, at)));
                }
            }
            if let Some((doc, at)) = crossed {
                return Some((doc, at, "the two values stand the other way round".to_owned()));
            }
        }
    }
    None
}

/// The words of a sentence that are figures, outside of quotations.
fn values(doc: &Doc<'_>, words: &Range<usize>) -> Vec<usize> {
    let value = |&w: &usize| doc.words[w].folded.bytes().any(|b| b.is_ascii_digit());
    words.clone().filter(value).collect()
}

/// Stems of the telling words around a value, as far as the next value on either side.
fn around(doc: &Doc<'_>, sentence: &Range<usize>, values: &[usize], at: usize) -> BTreeSet<String> {
    let before = values.iter().copied().filter(|v| *v < at).max().map_or(sentence.start, |v| v + 1);
    let after = values.iter().copied().filter(|v| *v > at).min().unwrap_or(sentence.end);
    let range = before.max(at.saturating_sub(REACH))..after.min(at + 1 + REACH);
    let telling =
        |w: &usize| *w != at && !word::is_small(&doc.words[*w].folded) && !word::is_number(&doc.words[*w].folded);
    let mut all: BTreeSet<String> =
        range.filter(telling).map(|w| word::stem(&doc.words[w].folded).to_owned()).collect();
    // "From 3 to 5": where it leads to and where from.
    let before = at.checked_sub(1).filter(|w| sentence.contains(w)).map(|w| doc.words[w].folded.as_str());
    all.extend(before.filter(|w| WAY.has(w)).map(|w| format!("{w} …")));
    all
}
