//! Who is meant: the person or body behind a name, a pronoun or a description.
//!
//! A name is looked up. "He" is the person last spoken of who fits, subjects first (`pronoun`); "the Republican", "the US
//! president" are whoever holds such an office here, or the person last spoken of (`description`); "the union" is the
//! last body of that kind (`body`); people without a name and parts of bodies are actors by their description
//! (`name/implied`). `voice` puts these together. Where nothing is clear the speaker stays open and the words stand as written.

mod antecedent;
mod asked;
mod before;
mod body;
mod description;
mod government;
mod meant;
mod pronoun;
mod voice;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, ActorMention, MentionKind};

#[cfg(feature = "train")]
pub(crate) use antecedent::Offer;
pub(crate) use asked::Asked;
pub(super) use before::{Before, Speaker};
pub(crate) use body::{described_body, is_union};
pub(crate) use government::government;
pub(super) use meant::meant;
pub(super) use pronoun::pronoun;

use self::before::MAX_PARAGRAPHS_BACK;
use super::candidate::AttributionCandidate;
use crate::doc::{At, Doc};
use crate::grammar::{full_phrase, own_subject};
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
            (None, None) if candidate.quotation.is_some() => {
                alone(Before { doc, names, candidates, speakers: &out }, candidate).unwrap_or((None, None))
            }
            (None, None) => (None, None),
        };
        out.push(speaker);
    }
    out
}

/// How likely whoever spoke last speaks in a quotation that no words give to anybody: the share of those right on `annotated/dev`.
const ALONE: f32 = 0.84;

/// How many attributions back whoever spoke last is looked for.
const MAX_BACK: usize = 60;

/// How likely each speaker is right, 0 to 1 in hundredths, where a pronoun has to be understood or no words tell; what goes on with another is as
/// likely as that.
pub(super) fn confidences(
    doc: &Doc<'_>,
    names: &Names,
    candidates: &[AttributionCandidate],
    speakers: &[Speaker],
) -> Vec<Option<f32>> {
    let mut out: Vec<Option<f32>> = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let who = speakers.get(i).and_then(|(actor, _)| *actor);
        let confidence = match (candidate.source, candidate.follows) {
            (Some((p, t)), _) => {
                let before = Before { doc, names, candidates, speakers: &speakers[..i] };
                pronoun::confidence(before, p, t).filter(|(meant, _)| *meant == who).map(|(_, confidence)| confidence)
            }
            (None, Some(before)) => out.get(before).copied().flatten(),
            // No surer than what was said last by whoever it is.
            (None, None) => {
                let last = (0..i).rev().take(MAX_BACK).find(|&b| speakers[b].0 == who);
                Some(last.and_then(|b| out[b]).map_or(ALONE, |last: f32| last.min(ALONE)))
            }
        };
        out.push(confidence.filter(|_| who.is_some()).map(|s| (s * 100.0).round() / 100.0));
    }
    out
}

/// Whose words a quotation without a cue gives that fills its paragraph: of who spoke last in the paragraphs before it, or
/// of the person who is the subject of what leads up to it ("Voss denied it.").
fn alone(before: Before<'_, '_>, candidate: &AttributionCandidate) -> Option<Speaker> {
    let Before { doc, names, candidates, speakers } = before;
    let p = candidate.content.start.0;
    // What is no language stands in nobody's way: a line of a word or two between two paragraphs.
    let above = (0..p).rev().take(MAX_PARAGRAPHS_BACK).find(|&q| doc.tokens(q).len() > MAX_LINE)?;
    let last = candidates.iter().zip(speakers).rev().take_while(|(c, _)| c.content.start.0 >= above);
    let last = last.filter(|(c, (actor, words))| c.content.end.0 == above && (actor.is_some() || words.is_some()));
    let spoken = last.map(|(c, s)| (c.content.start, s)).max_by_key(|(start, _)| *start).map(|(_, s)| s.clone());
    spoken.or_else(|| {
        let end = doc.tokens(above).len();
        let sentence = doc.sentence(above, end.checked_sub(1)?);
        let root = sentence.clone().find(|&t| doc.tokens(above)[t].dep == Dep::Root)?;
        let subject = own_subject(doc, above, root).filter(|&s| doc.quoted(above, s).is_none())?;
        let actor = meant(before, above, subject).filter(|&a| names.is_person(a))?;
        Some((Some(actor), Some(At::new(above, full_phrase(doc, above, subject)))))
    })
}

/// A line of no more tokens than this is no paragraph that somebody could speak in.
const MAX_LINE: usize = 4;

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
