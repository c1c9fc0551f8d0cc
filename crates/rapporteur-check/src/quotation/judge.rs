//! What the differences between a quotation and its source do to what is said.

use std::ops::Range;

use super::align::Op;
use super::lookup::{Found, Lookup};
use crate::index::ComparisonIndex;
use crate::verdict::{Judgement, Step, Weight};
use crate::word::{self, Word};

/// A stretch of the comparison.
#[derive(Clone, Debug)]
pub(super) struct Diff {
    pub(super) step: Step,
    pub(super) weight: Option<Weight>,
    pub(super) doc: usize,
    /// Words of the draft.
    pub(super) draft: Option<Range<usize>>,
    /// Words of the report.
    pub(super) report: Option<Range<usize>>,
}

/// What an alignment amounts to.
pub(super) struct Judged {
    pub(super) judgement: Judgement,
    pub(super) doc: usize,
    /// The report's words from the first to the last that the quotation has.
    pub(super) words: (usize, usize),
    /// How many of these stand in no quotation marks.
    pub(super) unquoted: usize,
    pub(super) changes: Vec<Diff>,
    /// Whether words are left out and nothing else is changed.
    pub(super) only_left_out: bool,
    /// Whether all of it stands in one quotation of the report.
    pub(super) one_quotation: bool,
}

/// The pairs of words that are the same.
pub(super) fn matched(ops: &[Op]) -> Vec<(usize, usize)> {
    ops.iter().filter_map(|op| if let Op::Same(i, j) = op { Some((*i, *j)) } else { None }).collect()
}

/// Judges the best alignment; `None` where the two have too little in common.
pub(super) fn judge(
    index: &ComparisonIndex<'_>,
    lookup: &Lookup,
    part: &[usize],
    window: Found,
    ops: &[Op],
) -> Option<Judged> {
    let run = &lookup.runs[window.run];
    let doc = &index.docs[run.doc];
    let there = |j: usize| run.words.get(window.first + j).copied().filter(|&w| w != usize::MAX);
    let same = matched(ops);
    let telling = same.iter().filter(|(i, _)| !word::is_small(&index.draft.words[part[*i]].folded)).count();
    let own = part.iter().filter(|&&w| !word::is_small(&index.draft.words[w].folded)).count();
    // A quotation of few words has to keep more of them to be known again.
    let enough = same.len() * 5 >= part.len() * 3 && telling * 2 >= own && (telling > 0 || same.len() >= 4);
    let put_in = ops.iter().any(|op| matches!(op, Op::PutIn(..)));
    let short = part.len() <= super::SHORT;
    let quoted = |w: usize| doc.quoted[w].is_some();
    let in_marks = || same.iter().filter_map(|&(_, j)| there(j)).all(quoted);
    if !enough || part.len() < 2 || short && (put_in || same.len() + 1 < part.len() || !in_marks()) {
        return None;
    }
    let mut changes: Vec<Diff> = Vec::new();
    let mut at = 0;
    while at < ops.len() {
        let is_same = |op: &Op| matches!(op, Op::Same(..));
        let end = (at..ops.len()).find(|&k| is_same(&ops[k]) != is_same(&ops[at])).unwrap_or(ops.len());
        let (mut draft, mut report): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for op in &ops[at..end] {
            match *op {
                Op::Same(i, j) | Op::Other(i, j) => {
                    draft.push(part[i]);
                    report.extend(there(j));
                }
                Op::LeftOut(_, j) => report.extend(there(j)),
                Op::PutIn(i, _) => draft.push(part[i]),
            }
        }
        let words = |of: &[Word], some: &[usize]| some.iter().filter_map(|&w| of.get(w).cloned()).collect::<Vec<_>>();
        let (ours, theirs) = (words(&index.draft.words, &draft), words(&doc.words, &report));
        let step = match (is_same(&ops[at]) || alike(&ours, &theirs), ours.is_empty(), theirs.is_empty()) {
            (true, _, _) => Step::Same,
            (_, true, _) => Step::LeftOut,
            (_, _, true) => Step::PutIn,
            _ => Step::Replaced,
        };
        let weight = (step != Step::Same).then(|| weight(&ours, &theirs));
        changes.push(Diff { step, weight, doc: run.doc, draft: stretch(&draft), report: stretch(&report) });
        at = end;
    }
    let places: Vec<usize> = ops
        .iter()
        .filter_map(|op| match *op {
            Op::Same(_, j) | Op::Other(_, j) => there(j),
            _ => None,
        })
        .collect();
    let words = (*places.iter().min()?, *places.iter().max()? + 1);
    let unquoted = places.iter().filter(|&&w| doc.quoted[w].is_none()).count();
    let first = doc.quoted[words.0];
    let one_quotation = first.is_some() && doc.quoted[words.0..words.1].iter().all(|q| *q == first);
    let real: Vec<&Diff> = changes.iter().filter(|c| c.step != Step::Same).collect();
    let only_left_out = !real.is_empty() && real.iter().all(|c| c.step == Step::LeftOut);
    let grave = |c: &&Diff| matches!(c.weight, Some(Weight::Negation | Weight::Number | Weight::Modal));
    let judgement = match real.is_empty() {
        true if unquoted == 0 => Judgement::Exact,
        true => Judgement::NotQuoted,
        false if only_left_out && !real.iter().any(grave) => Judgement::Cut,
        false => Judgement::Altered,
    };
    Some(Judged { judgement, doc: run.doc, words, unquoted, changes, only_left_out, one_quotation })
}

/// From the first of some words to the last.
fn stretch(words: &[usize]) -> Option<Range<usize>> {
    Some(*words.iter().min()?..*words.iter().max()? + 1)
}

/// Whether two stretches are one in another spelling: "good will", "goodwill".
fn alike(ours: &[Word], theirs: &[Word]) -> bool {
    let joined = |words: &[Word]| words.iter().map(|w| w.folded.as_str()).collect::<String>();
    !ours.is_empty() && !theirs.is_empty() && joined(ours) == joined(theirs)
}

/// What putting `ours` for `theirs` does.
fn weight(ours: &[Word], theirs: &[Word]) -> Weight {
    let of = |words: &[Word], is: fn(&str) -> bool| {
        let mut found: Vec<String> = words.iter().map(|w| w.folded.clone()).filter(|w| is(w)).collect();
        found.sort();
        found
    };
    let differ = |is: fn(&str) -> bool| of(ours, is) != of(theirs, is);
    let name = |w: &Word| w.capital && !w.after_stop && !word::is_small(&w.folded);
    if of(ours, word::is_negation).len() != of(theirs, word::is_negation).len() {
        Weight::Negation
    } else if differ(word::is_number) {
        Weight::Number
    } else if ours.iter().any(name) || theirs.iter().any(name) {
        Weight::Name
    } else if differ(word::is_modal) {
        Weight::Modal
    } else if ours.iter().chain(theirs).all(|w| word::is_small(&w.folded)) {
        Weight::Small
    } else {
        Weight::Word
    }
}
