//! The attributions of a report with their speakers: what later rules ask about "he" and "I".

use std::collections::BTreeSet;

use rapporteur_schema::{ActorIndex, ActorMention};

use super::candidate::{AttributionCandidate, Spot};
use super::speaker::{self, Before, Speaker, described_body};
use crate::doc::Doc;
use crate::name::Names;

/// The attributions of a report with their speakers, in the order of the text.
pub(crate) struct Speech {
    candidates: Vec<AttributionCandidate>,
    speakers: Vec<Speaker>,
    /// Where the innermost content changes, in order, and which candidate's it is from there on.
    innermost: Vec<(Spot, Option<usize>)>,
}

impl Speech {
    /// Attributions and the speaker of each. They are put in the order of the text, so that what stands before a spot is
    /// a prefix.
    pub(super) fn new(candidates: Vec<AttributionCandidate>, speakers: Vec<Speaker>) -> Self {
        let mut both: Vec<_> = candidates.into_iter().zip(speakers).enumerate().collect();
        both.sort_by_key(|(i, (c, _))| (c.content.start, *i));
        let mut moved_to = vec![0; both.len()];
        both.iter().enumerate().for_each(|(to, (from, _))| moved_to[*from] = to);
        let (mut candidates, speakers): (Vec<AttributionCandidate>, Vec<_>) =
            both.into_iter().map(|(_, pair)| pair).unzip();
        candidates.iter_mut().for_each(|c| c.follows = c.follows.and_then(|f| moved_to.get(f).copied()));
        Speech { innermost: innermost(&candidates), candidates, speakers }
    }

    /// Who is meant by the noun phrase with this head, one actor at most.
    pub(crate) fn meant(&self, doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
        speaker::meant(self.before(doc, names, p, t), p, t)
    }

    /// The words other than names by which speakers are meant, as mentions of them.
    pub(crate) fn descriptions(&self, doc: &Doc<'_>, names: &Names) -> Vec<(ActorIndex, ActorMention)> {
        speaker::descriptions(doc, names, &self.speakers)
    }

    /// Whom a pronoun at this place means, read as this subject form ("he", "she", "it").
    pub(crate) fn pronoun(&self, doc: &Doc<'_>, names: &Names, p: usize, t: usize, form: &str) -> Option<ActorIndex> {
        speaker::pronoun(self.before(doc, names, p, t), p, t, form)
    }

    /// Which body a noun before another means: "the" is not needed in "union negotiators".
    pub(crate) fn body(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
        described_body(doc, names, p, t, doc.lower_lemma(p, t))
    }

    /// The attributions that begin before a token.
    fn before<'a, 'r>(&'a self, doc: &'a Doc<'r>, names: &'a Names, p: usize, t: usize) -> Before<'a, 'r> {
        let spot = (p, doc.bytes(p, t..t + 1).start);
        let end = self.candidates.partition_point(|c| c.content.start <= spot).min(self.speakers.len());
        Before { doc, names, candidates: &self.candidates[..end], speakers: &self.speakers[..end] }
    }

    /// The attribution in whose content this byte of a paragraph stands, the innermost of several.
    pub(crate) fn around(&self, p: usize, byte: usize) -> Option<usize> {
        let before = self.innermost.partition_point(|(spot, _)| *spot <= (p, byte));
        self.innermost.get(before.checked_sub(1)?)?.1
    }

    /// Whether an attribution's content stands in quotation marks as a whole.
    pub(crate) fn is_direct(&self, i: usize) -> bool {
        self.candidates[i].quotation.is_some()
    }

    /// Who speaks in an attribution.
    pub(crate) fn speaker(&self, i: usize) -> Option<ActorIndex> {
        self.speakers.get(i).and_then(|(actor, _)| *actor)
    }

    /// The paragraph and token of the cue of an attribution, or of the one that it goes on with.
    pub(crate) fn cue(&self, i: usize) -> Option<(usize, usize)> {
        let mut at = i;
        for _ in 0..self.candidates.len() {
            if let Some(cue) = self.candidates[at].cue_head() {
                return Some(cue);
            }
            at = self.candidates[at].follows.filter(|&f| f < at)?;
        }
        None
    }
}

/// Where the content that begins last of those around a place changes, and to which candidate's: of two that begin alike the
/// later one counts.
fn innermost(candidates: &[AttributionCandidate]) -> Vec<(Spot, Option<usize>)> {
    let of = |i: usize| &candidates[i].content;
    let held = (0..candidates.len()).filter(|&i| of(i).start < of(i).end);
    let mut bounds: Vec<(Spot, bool, usize)> =
        held.flat_map(|i| [(of(i).start, true, i), (of(i).end, false, i)]).collect();
    bounds.sort_unstable();
    let mut open: BTreeSet<(Spot, usize)> = BTreeSet::new();
    let mut out: Vec<(Spot, Option<usize>)> = Vec::with_capacity(bounds.len());
    for (spot, begins, i) in bounds {
        match begins {
            true => open.insert((of(i).start, i)),
            false => open.remove(&(of(i).start, i)),
        };
        let now = open.last().map(|(_, i)| *i);
        match out.last_mut().filter(|(last, _)| *last == spot) {
            Some(last) => last.1 = now,
            None => out.push((spot, now)),
        }
    }
    out
}
