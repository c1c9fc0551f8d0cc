//! What a stance is about: a proposal, an issue, a gathering, or another matter that parties bargain over.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{Char, IssueFinding, MeetingFinding, ProposalClass, ProposalFinding, Span, Topic};
use rustc_hash::FxHashMap;

use super::party::Bodies;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, phrase};
use crate::places::Places;
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{NegotiationTopic, topics};

/// How far back a pronoun may point, in tokens.
const MAX_BACK: usize = 40;

/// What the report has found before, to be looked up by place.
pub(super) struct Topics<'a> {
    pub(super) proposals: &'a [ProposalFinding],
    pub(super) issues: &'a [IssueFinding],
    /// The bodies that bare nouns mean.
    pub(super) bodies: Bodies,
    /// Where proposals, issues and meetings stand.
    places: [Places; 3],
    /// The proposals of each noun, in order.
    by_noun: FxHashMap<&'a str, Vec<usize>>,
    /// The plans among them, in order.
    plans: Vec<usize>,
}

/// The subject of a stance.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// The head of its words.
    pub(super) token: usize,
    /// The entry it is, where it has one.
    pub(super) on: Option<Topic>,
    /// Whether only part of it is meant ("the main points of the plan").
    pub(super) part: bool,
}

/// The entry of a list in order that is nearest before a place in the list, else the first behind it.
fn nearest(list: &[usize], before: usize) -> Option<usize> {
    let at = list.partition_point(|&i| i < before);
    at.checked_sub(1).and_then(|last| list.get(last)).or_else(|| list.get(at)).copied()
}

impl<'a> Topics<'a> {
    /// Looks over what has been found.
    pub(super) fn new(
        proposals: &'a [ProposalFinding],
        issues: &'a [IssueFinding],
        meetings: &'a [MeetingFinding],
        bodies: Bodies,
    ) -> Self {
        let places = [
            Places::of(proposals.iter().map(|x| &x.at)),
            Places::of(issues.iter().map(|x| &x.at)),
            Places::of(meetings.iter().map(|x| &x.at)),
        ];
        let mut by_noun: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, proposal) in proposals.iter().enumerate() {
            by_noun.entry(&proposal.noun).or_default().push(i);
        }
        let plans = (0..proposals.len()).filter(|&i| proposals[i].class == ProposalClass::Plan).collect();
        Topics { proposals, issues, bodies, places, by_noun, plans }
    }

    /// What the noun at `t` is as the subject of a stance, if it is a matter of bargaining at all.
    pub(super) fn of(&self, doc: &Doc<'_>, p: usize, t: usize) -> Option<Object> {
        self.descend(doc, p, t, 0)
    }

    fn descend(&self, doc: &Doc<'_>, p: usize, t: usize, depth: u8) -> Option<Object> {
        if depth > 3 {
            return None;
        }
        let token = doc.tokens(p)[t];
        // "the offer, which the union rejected": the noun that the clause belongs to.
        if matches!(token.tag, Tag::Wdt | Tag::Wp) {
            let verb = head(doc, p, t)?;
            let mut v = verb;
            for _ in 0..3 {
                if doc.tokens(p)[v].dep == Dep::Relcl {
                    return self.descend(doc, p, head(doc, p, v)?, depth + 1);
                }
                v = head(doc, p, v)?;
            }
            return None;
        }
        if !matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Det | Pos::Pron | Pos::Adj | Pos::Num | Pos::Adv) {
            return None;
        }
        let lemma = doc.lower_lemma(p, t);
        let part = |found: Object| Object { token: t, part: true, ..found };
        let kind = topics().noun(lemma);
        // "the terms of the agreement", "any softening of the deal", "some of the demands"
        if matches!(kind, Some(NegotiationTopic::Part | NegotiationTopic::Wording | NegotiationTopic::Empty))
            || token.tag == Tag::Dt && doc.word(p, t) != "that"
        {
            let below = doc.analyses[p]
                .children(t)
                .filter(|&c| doc.tokens(p)[c].dep == Dep::Prep && negotiation::PART_OF.has(doc.word(p, c)));
            for link in below.collect::<Vec<_>>() {
                if let Some(found) = child(doc, p, link, &[Dep::Pobj]).and_then(|o| self.descend(doc, p, o, depth + 1))
                {
                    return Some(if kind == Some(NegotiationTopic::Wording) {
                        Object { token: t, ..found }
                    } else {
                        part(found)
                    });
                }
            }
        }
        let at = doc.cite(&At::new(p, t..t + 1))?.span();
        if let Some(i) = self.places[1].shortest_holding(at) {
            let disputed = self.issues[i as usize].disputed;
            if disputed || topics().proposal(lemma).is_none() {
                return Some(Object { token: t, on: Some(Topic::Issue(i)), part: false });
            }
        }
        if topics().proposal(lemma).is_some_and(|n| n.strength >= 2) && is_one(doc, p, t) {
            return Some(Object { token: t, on: self.proposal(lemma, at).map(Topic::Proposal), part: false });
        }
        match kind {
            Some(NegotiationTopic::Gathering) => {
                let on = self.places[2].shortest_holding(at).map(Topic::Meeting);
                Some(Object { token: t, on, part: false })
            }
            Some(NegotiationTopic::Matter) => Some(Object { token: t, on: None, part: false }),
            _ => None,
        }
    }

    /// The proposal that "it" or "this" points back to: the nearest noun of plan kind before it, in its paragraph.
    pub(super) fn back(&self, doc: &Doc<'_>, p: usize, t: usize) -> Option<Object> {
        if !matches!(doc.lower(p, t), "it" | "this" | "that") || doc.tokens(p)[t].pos != Pos::Pron {
            return None;
        }
        let near = (t.saturating_sub(MAX_BACK)..t).rev();
        let mut nouns = near.filter(|&i| {
            doc.tokens(p)[i].pos == Pos::Noun
                && !matches!(doc.tokens(p)[i].dep, Dep::Compound | Dep::Nmod)
                && topics().proposal(doc.lower_lemma(p, i)).is_some_and(|n| n.strength == 3)
        });
        let found = nouns.find_map(|i| self.of(doc, p, i))?;
        Some(Object { token: t, part: false, ..found })
    }

    /// Whether a noun is a gathering.
    pub(super) fn is_gathering(&self, doc: &Doc<'_>, p: usize, t: usize) -> bool {
        topics().is_gathering(doc.lower_lemma(p, t))
    }

    /// The mention that a noun of plan kind at this place is or points back to.
    fn proposal(&self, lemma: &str, at: Span<Char>) -> Option<u32> {
        let own = self.places[0].shortest_holding(at).filter(|&i| self.proposals[i as usize].noun == lemma);
        if own.is_some() {
            return own;
        }
        let class = topics().proposal(lemma)?.class;
        let before = self.proposals.partition_point(|x| x.at.span().start() < at.start());
        // A plan has many names; an offer or a bill keeps its own.
        let other = || nearest(&self.plans, before).filter(|_| class == ProposalClass::Plan);
        self.by_noun.get(lemma).and_then(|all| nearest(all, before)).or_else(other).map(|i| i as u32)
    }
}

/// Whether a noun of plan kind can be one plan: not a benefit, and not the making of plans.
fn is_one(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let range = phrase(doc, p, t);
    !(range.start..t).any(|i| negotiation::BENEFIT.has(doc.lower_lemma(p, i)))
}
