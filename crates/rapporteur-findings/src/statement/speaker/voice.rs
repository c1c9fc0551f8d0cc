//! Who speaks where a noun phrase is the subject of a cue, and which words name them.
//!
//! Of joint speakers it is the first whom anything is known of. A text or a sign that "says" something leads to who made it,
//! where that is told. A name that ends a long office is who holds it. People without a name and parts of bodies speak for
//! themselves, under their description.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::words::{function, people, speech};
use rapporteur_lexicon::{cues, facts};
use rapporteur_schema::{ActorIndex, EntityKind};

use super::before::Before;
use super::meant::meant;
use super::pronoun::pronoun;
use crate::doc::{At, Doc};
use crate::grammar::{child, full_phrase, head, is_verb, subject, subtree};
use crate::name::{Names, demonym_at, title_before};

/// How many joint speakers are asked for one that is known.
const MAX_JOINT: usize = 6;

/// More words than this name nobody by themselves, where no verb stands among them: something else is glued to them.
const MAX_PLAIN: usize = 12;

/// Who speaks, and the words that name them.
pub(super) fn voice(before: Before<'_, '_>, p: usize, t: usize) -> (Option<ActorIndex>, At) {
    let Before { doc, names, .. } = before;
    let words = |t: usize| At::new(p, full_phrase(doc, p, t));
    match maker(doc, names, p, t) {
        Some(Maker::Named(actor)) => return (Some(actor), words(t)),
        Some(Maker::Beside(o)) => return (one(before, p, o), words(t)),
        Some(Maker::Above(s)) => return (joint(before, p, s), words(s)),
        None => {}
    }
    let at = words(t);
    let known = joint(before, p, t).or_else(|| glued(before, &at, t));
    (known, at)
}

/// The first of several who is known.
fn joint(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let mut next = Some(t);
    for _ in 0..MAX_JOINT {
        let here = next?;
        if let Some(actor) = one(before, p, here) {
            return Some(actor);
        }
        next = child(before.doc, p, here, &[Dep::Conj]).filter(|&c| before.doc.tokens(p)[c].pos != Pos::Verb);
    }
    None
}

/// Whom one noun means that speaks.
fn one(before: Before<'_, '_>, p: usize, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    // "House Democrats" are not their party.
    if names.at(p, t).is_some()
        && let Some(some) = names.described(p, t)
    {
        return Some(some);
    }
    let form = match doc.lower(p, t) {
        "their" => Some("they"),
        lower => function::THIRD_PERSON.value(lower).filter(|form| *form != lower),
    };
    if let Some(form) = form {
        return pronoun(before, p, t, form);
    }
    meant(before, p, t)
        .or_else(|| titled(doc, names, p, t))
        .or_else(|| whole(doc, names, p, t))
        .or_else(|| names.group(p, t))
        .or_else(|| names.described(p, t))
}

/// "Director of the Harbour Trust Jane Roe": the person whose name ends the words for an office.
fn titled(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
    let all = doc.tokens(p);
    let apart = |&i: &usize| {
        all[i].pos == Pos::Punct && doc.word(p, i) != "-"
            || is_verb(doc, p, i)
            || matches!(all[i].tag, Tag::Wp | Tag::Wdt | Tag::Pos)
            || doc.quoted(p, i).is_some()
    };
    let below = subtree(doc, p, t).end;
    let end = (t + 1..below).find(apart).unwrap_or(below);
    let (at, actor) = names.mention_at(p, end.checked_sub(1).filter(|&last| last > t)?)?;
    let start = at.tokens.start;
    let possessive = at.tokens.end < all.len() && all[at.tokens.end].tag == Tag::Pos;
    // "a friend of Minister Jane Roe": the office is hers alone.
    let own = title_before(doc, p, start).is_some_and(|(title, _)| title.start > t);
    let office = facts().title(doc.lower_lemma(p, t)).is_some() || all[t].pos == Pos::Propn;
    let joined = start > t + 1 && matches!(all[start - 1].pos, Pos::Propn | Pos::Noun);
    (names.is_person(*actor) && office && joined && !own && !possessive).then_some(*actor)
}

/// A country for its government or its people, a body for its members.
fn whole(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<ActorIndex> {
    let lemma = doc.lower_lemma(p, t);
    // "the French", "the Norwegians"
    let folk = doc.tokens(p)[t].pos != Pos::Noun && doc.analyses[p].children(t).any(|c| doc.lower(p, c) == "the");
    if folk && let Some((code, _)) = demonym_at(doc, p, t) {
        return names.country(code);
    }
    if people::RULING.has(lemma) {
        let range = subtree(doc, p, t).start..t;
        let adjective = range.clone().find_map(|i| demonym_at(doc, p, i)).and_then(|(code, _)| names.country(code));
        let owner = || child(doc, p, t, &[Dep::Poss, Dep::Compound]).and_then(|o| names.at(p, o));
        let country = |a: &ActorIndex| names.actor(*a).kind == EntityKind::Country;
        return adjective.or_else(|| owner().filter(country));
    }
    let of = child(doc, p, t, &[Dep::Prep]).filter(|&c| lemma == "member" && doc.word(p, c) == "of")?;
    let body = child(doc, p, of, &[Dep::Pobj]).and_then(|o| names.at(p, o))?;
    (names.actor(body).kind == EntityKind::Organization).then_some(body)
}

/// Who made a text or a sign that "says" something.
enum Maker {
    /// By a word in its phrase: "an Oslo Herald analysis", "Norwegian statements".
    Named(ActorIndex),
    /// The noun beside it: "the ministry's statement", "a letter from the drivers".
    Beside(usize),
    /// The subject of the verb that takes it: "the drivers held signs that read", whose words are those of the speaker.
    Above(usize),
}

/// Who made what this noun means, if it is a text or a sign and the words tell that.
fn maker(doc: &Doc<'_>, names: &Names, p: usize, t: usize) -> Option<Maker> {
    let lemma = doc.lower_lemma(p, t);
    let text = speech::SPEAKING_TEXT.has(lemma) || speech::MEDIUM.has(lemma) || cues().noun(lemma).is_some();
    if doc.tokens(p)[t].pos != Pos::Noun || names.at(p, t).is_some() || !text || speech::SPEAKER_NOUN.has(lemma) {
        return None;
    }
    let by = doc.analyses[p].children(t).find(|&c| c > t && matches!(doc.word(p, c), "by" | "from"));
    if let Some(o) = by.and_then(|c| child(doc, p, c, &[Dep::Pobj])).or_else(|| child(doc, p, t, &[Dep::Poss])) {
        return Some(Maker::Beside(o));
    }
    let body = |a: &ActorIndex| matches!(names.actor(*a).kind, EntityKind::Organization | EntityKind::Country);
    let beside = |c: usize| names.at(p, c).filter(body).or_else(|| names.country(demonym_at(doc, p, c)?.0));
    let mut left = doc.analyses[p].children(t).filter(|&c| c < t);
    if let Some(actor) = left.find_map(beside) {
        return Some(Maker::Named(actor));
    }
    let up = head(doc, p, t)?;
    let (verb, free) = match doc.tokens(p)[t].dep {
        Dep::Dobj => (up, false),
        Dep::Pobj => (head(doc, p, up)?, matches!(doc.word(p, up), "in" | "with")),
        _ => return None,
    };
    let issues =
        is_verb(doc, p, verb) && (free && speech::MEDIUM.has(lemma) || speech::ISSUING_VERB.has(doc.lemma(p, verb)));
    let who = subject(doc, p, verb).filter(|&s| issues && s != t && doc.quoted(p, s).is_none())?;
    (!subtree(doc, p, t).contains(&who)).then_some(Maker::Above(who))
}

/// Where something is glued to the words, the person named nearest to their end or before "who".
fn glued(before: Before<'_, '_>, at: &At, t: usize) -> Option<ActorIndex> {
    let Before { doc, names, .. } = before;
    let (p, tokens) = (at.paragraph, at.tokens.clone());
    let relative = (t + 1..tokens.end).find(|&i| doc.tokens(p)[i].tag == Tag::Wp);
    let end = relative.unwrap_or(tokens.end);
    if end.saturating_sub(tokens.start) <= MAX_PLAIN || (tokens.start..end).any(|i| is_verb(doc, p, i)) {
        return None;
    }
    names.within(p, tokens.start..end).iter().rev().map(|(_, a)| *a).find(|&a| names.is_person(a))
}
