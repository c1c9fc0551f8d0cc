//! Who is meant: the person or body behind a name, a pronoun or a description.
//!
//! A name is looked up. "He" is the person last spoken of who fits, subjects first (`pronoun`); "the Republican", "the US
//! president" are whoever holds such an office here, or the person last spoken of (`description`); "the union" is the
//! last body of that kind (`body`); officials without a name are a group (`name/implied`). Where nothing is clear the speaker stays open
//! and the words stand as written.

mod asked;
mod before;
mod body;
mod description;
mod government;
mod meant;
mod pronoun;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, ActorMention, MentionKind};

pub(crate) use asked::Asked;
pub(super) use before::{Before, Speaker};
pub(crate) use body::{described_body, is_union};
pub(crate) use government::government;
pub(super) use meant::meant;
pub(super) use pronoun::pronoun;

use super::candidate::AttributionCandidate;
use crate::doc::{At, Doc};
use crate::grammar::{child, full_phrase};
use crate::name::Names;

/// The speaker of each candidate, and the words that name them.
pub(super) fn resolve(doc: &Doc<'_>, names: &Names, candidates: &[AttributionCandidate]) -> Vec<Speaker> {
    let mut out: Vec<Speaker> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let speaker = match (candidate.source, candidate.follows) {
            (Some((p, t)), _) => {
                let words = At::new(p, full_phrase(doc, p, t));
                // "Roe and Voss": two speakers, no one of them.
                let joined = |c: usize| names.at(p, c).is_some() || doc.tokens(p)[c].pos == Pos::Noun;
                let several = child(doc, p, t, &[Dep::Conj]).is_some_and(joined);
                let known = match several {
                    true => None,
                    false => meant(Before { doc, names, candidates, speakers: &out }, p, t),
                };
                (known.or_else(|| names.group(p, t)), Some(words))
            }
            // The words that name the speaker are those of the statement it goes on with.
            (None, Some(before)) => out.get(before).cloned().unwrap_or((None, None)),
            (None, None) => (None, None),
        };
        out.push(speaker);
    }
    out
}

/// The pronouns and descriptions that name the speakers, as mentions of whom they mean.
pub(super) fn descriptions(doc: &Doc<'_>, names: &Names, speakers: &[Speaker]) -> Vec<(ActorIndex, ActorMention)> {
    let mention = |speaker: &Speaker| {
        let (Some(actor), Some(at)) = speaker else { return None };
        let named = at.tokens.clone().any(|t| names.at(at.paragraph, t) == Some(*actor));
        let cited = doc.cite(at).filter(|_| !named)?;
        let pronoun = at.tokens.len() == 1 && doc.tokens(at.paragraph)[at.tokens.start].pos == Pos::Pron;
        let kind = if pronoun { MentionKind::Pronoun } else { MentionKind::Description };
        Some((*actor, ActorMention { at: cited, kind }))
    };
    speakers.iter().filter_map(mention).collect()
}
