//! Where something was said ("in a post on Telegram", "in an interview with a broadcaster") and who is credited with having
//! it ("the agency reported").

use std::ops::Range;

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::{ActorIndex, EntityKind};

use super::candidate::AttributionCandidate;
use crate::doc::Doc;
use crate::grammar::{child, head, phrase, subtree};
use crate::name::Names;
use rapporteur_lexicon::facts;
use rapporteur_lexicon::words::speech;

/// Whether a noun names an occasion or a text in which things are said, other than a gathering.
pub(crate) fn is_medium(lemma: &str) -> bool {
    speech::MEDIUM.has(lemma) && !speech::GATHERING_MEDIUM.has(lemma)
}

/// Where a statement was said, as its sentence or the one it goes on with names it.
pub(super) fn medium(doc: &Doc<'_>, names: &Names, candidates: &[AttributionCandidate], i: usize) -> Option<String> {
    let mut at = i;
    // A quotation that goes on was said where it began; bounded by their number.
    for _ in 0..candidates.len() {
        let candidate = &candidates[at];
        if let Some((p, cue)) = candidate.cue_head() {
            return of_verb(doc, names, p, cue);
        }
        at = candidate.follows.filter(|&f| f < at)?;
    }
    None
}

fn of_verb(doc: &Doc<'_>, names: &Names, p: usize, verb: usize) -> Option<String> {
    let mut v = verb;
    for _ in 0..3 {
        // "posting on his platform", "speaking in an interview".
        let aside = doc.analyses[p].children(v).filter(|&c| {
            doc.tokens(p)[c].dep == Dep::Advcl && matches!(doc.lemma(p, c), "post" | "speak" | "write" | "tweet")
        });
        let found = own(doc, names, p, v).or_else(|| aside.into_iter().find_map(|c| own(doc, names, p, c)));
        if found.is_some() {
            return found;
        }
        // "In a post, X confirmed the move, stating …": the clause above has it.
        v = head(doc, p, v).filter(|_| matches!(doc.tokens(p)[v].dep, Dep::Advcl | Dep::Conj | Dep::Xcomp))?;
    }
    None
}

/// The medium among a verb's own adjuncts and objects.
fn own(doc: &Doc<'_>, names: &Names, p: usize, v: usize) -> Option<String> {
    doc.analyses[p].children(v).find_map(|c| match doc.tokens(p)[c].dep {
        Dep::Prep if speech::MEDIUM_PREPOSITION.has(doc.lemma(p, c)) => {
            child(doc, p, c, &[Dep::Pobj]).and_then(|o| named(doc, names, p, o))
        }
        Dep::Dobj | Dep::Dative if doc.lemma(p, v) == "tell" => broadcaster(doc, names, p, c),
        _ => None,
    })
}

/// The medium that a noun phrase names: a platform in it by its name, an occasion by its words.
fn named(doc: &Doc<'_>, names: &Names, p: usize, noun: usize) -> Option<String> {
    let all = subtree(doc, p, noun);
    let platform = names
        .within(p, all)
        .iter()
        .find(|(at, _)| facts().known(doc.words(p, at.tokens.clone())).is_some_and(|k| k.class == "platform"));
    if let Some((at, _)) = platform {
        return Some(doc.words(p, at.tokens.clone()).to_owned());
    }
    speech::MEDIUM.has(doc.lemma(p, noun)).then(|| doc.words(p, occasion(doc, p, noun)).to_owned())
}

/// "told the RTL broadcast", "told Reuters".
fn broadcaster(doc: &Doc<'_>, names: &Names, p: usize, noun: usize) -> Option<String> {
    let outlet = names.at(p, noun).filter(|&a| {
        let actor = names.actor(a);
        actor.kind == EntityKind::Organization
            && facts().known(&actor.name).is_some_and(|k| matches!(k.class, "outlet" | "agency"))
    });
    (outlet.is_some() || speech::MEDIUM.has(doc.lemma(p, noun)))
        .then(|| doc.words(p, occasion(doc, p, noun)).to_owned())
}

/// The words of an occasion, up to its first clause or date.
fn occasion(doc: &Doc<'_>, p: usize, noun: usize) -> Range<usize> {
    let range = phrase(doc, p, noun);
    let end = doc.analyses[p]
        .children(noun)
        .filter(|&c| c > noun && matches!(doc.lemma(p, c), "on" | "release" | "before" | "after"))
        .map(|c| subtree(doc, p, c).start)
        .fold(range.end, usize::min);
    range.start..end.max(noun + 1)
}

/// To whom a statement was made: "told reporters", "said to the crowd", "wrote to the board". An outlet that was told is
/// where it was said.
pub(super) fn audience(doc: &Doc<'_>, names: &Names, candidate: &AttributionCandidate) -> Option<String> {
    let (p, cue) = candidate.cue_head()?;
    let hearer = match doc.lemma(p, cue) {
        verb if speech::TELL_VERB.has(verb) => child(doc, p, cue, &[Dep::Dobj, Dep::Dative])
            .filter(|&c| c > cue && broadcaster(doc, names, p, c).is_none()),
        verb if speech::SAY_TO_VERB.has(verb) => {
            let to = doc.analyses[p].children(cue).find(|&c| c > cue && doc.word(p, c) == "to");
            to.and_then(|to| child(doc, p, to, &[Dep::Pobj]))
        }
        _ => None,
    }?;
    let words = phrase(doc, p, hearer);
    let inside = (p, doc.bytes(p, words.clone()).start);
    let in_content = candidate.content.start <= inside && inside < candidate.content.end;
    (!in_content && doc.quoted(p, hearer).is_none() && words.len() <= 12).then(|| doc.words(p, words).to_owned())
}

/// Who is credited with having a statement.
pub(super) fn via(doc: &Doc<'_>, names: &Names, candidate: &AttributionCandidate) -> Option<String> {
    if let Some(at) = &candidate.via {
        // The credit names a body: its name is enough.
        let body = |a: ActorIndex| names.actor(a).kind == EntityKind::Organization;
        let named = names.within(at.paragraph, at.tokens.clone()).iter().find(|(_, a)| body(*a));
        return Some(match named {
            Some((m, _)) => doc.words(m.paragraph, m.tokens.clone()).to_owned(),
            None => doc.words(at.paragraph, at.tokens.clone()).to_owned(),
        });
    }
    // "said in remarks reported by the agency".
    let (p, cue) = candidate.cue_head()?;
    let below = subtree(doc, p, cue);
    let reported = below
        .clone()
        .find(|&t| t > cue && doc.tokens(p)[t].dep == Dep::Acl && speech::CREDIT_VERB.has(doc.lemma(p, t)))?;
    let agent = child(doc, p, reported, &[Dep::Agent])?;
    let by = child(doc, p, agent, &[Dep::Pobj])?;
    let body = subtree(doc, p, by)
        .filter_map(|t| names.mention_at(p, t))
        .find(|(_, a)| names.actor(*a).kind == EntityKind::Organization);
    match body {
        Some((m, _)) => Some(doc.words(p, m.tokens.clone()).to_owned()),
        None if doc.tokens(p)[by].pos != Pos::Pron => Some(doc.words(p, phrase(doc, p, by)).to_owned()),
        None => None,
    }
}
