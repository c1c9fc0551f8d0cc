//! What a stance is about: a proposal, an issue, a gathering, or another matter that parties bargain over.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{Char, Citation, IssueFinding, MeetingFinding, ProposalFinding, Span, Topic};

use super::party::Bodies;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, phrase};
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{NegotiationTopic, topics};

/// How far back a pronoun may point, in tokens.
const MAX_BACK: usize = 40;

/// What the report has found before, to be looked up by place.
pub(super) struct Topics<'a> {
    pub(super) proposals: &'a [ProposalFinding],
    pub(super) issues: &'a [IssueFinding],
    pub(super) meetings: &'a [MeetingFinding],
    /// The bodies that bare nouns mean.
    pub(super) bodies: Bodies,
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

/// The entry of a list, sorted by place, whose words hold a place; of several the shortest.
fn holding<'c>(list: impl Iterator<Item = &'c Citation>, at: Span<Char>) -> Option<u32> {
    let holds = |c: &Citation| c.span().start() <= at.start() && at.end() <= c.span().end();
    list.enumerate()
        .filter(|(_, c)| holds(c))
        .min_by_key(|(i, c)| (c.span().end() - c.span().start(), *i))
        .map(|(i, _)| i as u32)
}

impl Topics<'_> {
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
        let lemma = doc.lemma(p, t).to_lowercase();
        let part = |found: Object| Object { token: t, part: true, ..found };
        let kind = topics().noun(&lemma);
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
        if let Some(i) = holding(self.issues.iter().map(|x| &x.at), at) {
            let disputed = self.issues[i as usize].disputed;
            if disputed || topics().proposal(&lemma).is_none() {
                return Some(Object { token: t, on: Some(Topic::Issue(i)), part: false });
            }
        }
        if topics().proposal(&lemma).is_some_and(|n| n.strength >= 2) && is_one(doc, p, t) {
            return Some(Object { token: t, on: self.proposal(&lemma, at).map(Topic::Proposal), part: false });
        }
        match kind {
            Some(NegotiationTopic::Gathering) => {
                let on = holding(self.meetings.iter().map(|m| &m.at), at).map(Topic::Meeting);
                Some(Object { token: t, on, part: false })
            }
            Some(NegotiationTopic::Matter) => Some(Object { token: t, on: None, part: false }),
            _ => None,
        }
    }

    /// The proposal that "it" or "this" points back to: the nearest noun of plan kind before it, in its paragraph.
    pub(super) fn back(&self, doc: &Doc<'_>, p: usize, t: usize) -> Option<Object> {
        if !matches!(doc.word(p, t).to_lowercase().as_str(), "it" | "this" | "that")
            || doc.tokens(p)[t].pos != Pos::Pron
        {
            return None;
        }
        let near = (t.saturating_sub(MAX_BACK)..t).rev();
        let mut nouns = near.filter(|&i| {
            doc.tokens(p)[i].pos == Pos::Noun
                && !matches!(doc.tokens(p)[i].dep, Dep::Compound | Dep::Nmod)
                && topics().proposal(&doc.lemma(p, i).to_lowercase()).is_some_and(|n| n.strength == 3)
        });
        let found = nouns.find_map(|i| self.of(doc, p, i))?;
        Some(Object { token: t, part: false, ..found })
    }

    /// Whether a noun is a gathering.
    pub(super) fn is_gathering(&self, doc: &Doc<'_>, p: usize, t: usize) -> bool {
        topics().is_gathering(&doc.lemma(p, t).to_lowercase())
    }

    /// The mention that a noun of plan kind at this place is or points back to.
    fn proposal(&self, lemma: &str, at: Span<Char>) -> Option<u32> {
        let own =
            holding(self.proposals.iter().map(|x| &x.at), at).filter(|&i| self.proposals[i as usize].noun == lemma);
        if own.is_some() {
            return own;
        }
        let class = topics().proposal(lemma)?.class;
        let before = self.proposals.partition_point(|x| x.at.span().start() < at.start());
        let near = |same: &dyn Fn(&ProposalFinding) -> bool| {
            (0..before).rev().chain(before..self.proposals.len()).find(|&i| same(&self.proposals[i]))
        };
        // A plan has many names; an offer or a bill keeps its own.
        let other = || near(&|x| x.class == class).filter(|_| class == rapporteur_schema::ProposalClass::Plan);
        near(&|x| x.noun == lemma).or_else(other).map(|i| i as u32)
    }
}

/// Whether a noun of plan kind can be one plan: not a benefit, and not the making of plans.
fn is_one(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let range = phrase(doc, p, t);
    !(range.start..t).any(|i| negotiation::BENEFIT.has(&doc.lemma(p, i).to_lowercase()))
}
