//! Who is meant: the person or body behind a name, a pronoun or a description.
//!
//! A name is looked up. "He" is the person last spoken of who fits, subjects first (`pronoun`); "the Republican", "the US
//! president" are whoever holds such an office here, or the person last spoken of (`description`); "the union" is the
//! last body of that kind (`body`); people without a name and parts of bodies are actors by their description
//! (`name/implied`). `voice` puts these together. Where nothing is clear the speaker stays open and the words stand as written.

mod asked;
mod before;
mod body;
mod description;
mod government;
mod meant;
mod pronoun;
mod voice;

use rapporteur_language::Pos;
use rapporteur_schema::{ActorIndex, ActorMention, MentionKind};

pub(crate) use asked::Asked;
pub(super) use before::{Before, Speaker};
pub(crate) use body::{described_body, is_union};
pub(crate) use government::government;
pub(super) use meant::meant;
pub(super) use pronoun::pronoun;

use super::candidate::AttributionCandidate;
use crate::doc::Doc;
use crate::name::Names;

/// The speaker of each candidate, and the words that name them.
pub(super) fn resolve(doc: &Doc<'_>, names: &Names, candidates: &[AttributionCandidate]) -> Vec<Speaker> {
    let mut out: Vec<Speaker> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let speaker = match (candidate.source, candidate.follows) {
            (Some((p, t)), _) => {
                let (known, words) = voice::voice(Before { doc, names, candidates, speakers: &out }, p, t);
                (known, Some(words))
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
