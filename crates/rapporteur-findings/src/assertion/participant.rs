//! Who does what to whom: the participants of a predicate, passives turned round.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::senses;
use rapporteur_lexicon::words::clause::PRONOUN;
use rapporteur_schema::{ClauseArgument, ClauseRole};

use super::Sentence;
use crate::doc::Doc;
use crate::grammar::{child, head, is_passive, is_verb, own_subject, phrase, subject};

/// Whether a verb only joins its subject to what is said of it.
pub(super) fn is_copula(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    child(doc, p, t, &[Dep::Attr, Dep::Acomp]).is_some() && child(doc, p, t, &[Dep::Dobj]).is_none()
}

/// Whether a noun names what somebody does: one that stands for a verb in the lexicon, or that is made of one.
pub(super) fn is_deverbal(lemma: &str) -> bool {
    // not words: endings of nouns that are made of verbs
    let made = ["tion", "sion", "ment", "al", "ance"].iter().any(|e| lemma.len() > e.len() + 3 && lemma.ends_with(e));
    made || senses().knows(lemma)
}

/// The participants of the predicate with this head; `said` is what a copula says of its subject.
pub(super) fn all(sentence: &Sentence<'_, '_>, t: usize, said: Option<usize>) -> Vec<ClauseArgument> {
    let (doc, p) = (sentence.doc, sentence.p);
    let tokens = doc.tokens(p);
    let mut found: Vec<(ClauseRole, usize)> = Vec::new();
    if tokens[t].pos == Pos::Noun {
        found.extend(child(doc, p, t, &[Dep::Poss]).map(|s| (ClauseRole::Subject, s)));
        of_prepositions(doc, p, t, &mut found);
    } else {
        of_verb(doc, p, t, &mut found);
        if let Some(said) = said {
            of_prepositions(doc, p, said, &mut found);
            // "Is the minister of transport": what the noun is of belongs to it.
            found.retain(|(_, at)| *at != said);
        }
    }
    // "The mayor and the union": each of them.
    let joined: Vec<(ClauseRole, usize)> = found
        .iter()
        .flat_map(|(role, at)| doc.analyses[p].conjuncts(*at).filter(move |c| c > at).map(move |c| (role.clone(), c)))
        .filter(|(_, c)| matches!(tokens[*c].pos, Pos::Noun | Pos::Propn))
        .collect();
    found.extend(joined);
    found.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    found.dedup();
    found.into_iter().filter_map(|(role, at)| argument(sentence, role, at, true)).collect()
}

/// One participant by its head; `owned` also asks whose it is.
fn argument(sentence: &Sentence<'_, '_>, role: ClauseRole, at: usize, owned: bool) -> Option<ClauseArgument> {
    let (doc, p) = (sentence.doc, sentence.p);
    let tokens = doc.tokens(p);
    let beside = doc.analyses[p].children(at).filter(|&c| tokens[c].dep == Dep::Appos);
    let owner = child(doc, p, at, &[Dep::Poss]).filter(|_| owned);
    Some(ClauseArgument {
        role,
        head: doc.lower_lemma(p, at).to_owned(),
        at: sentence.span(at..at + 1)?,
        phrase: sentence.span(phrase(doc, p, at))?,
        pointing: PRONOUN.has(doc.lower(p, at)) || tokens[at].pos == Pos::Pron,
        appositions: beside.filter_map(|c| sentence.span(c..c + 1)).collect(),
        owner: owner.and_then(|o| argument(sentence, ClauseRole::Subject, o, false)).map(Box::new),
    })
}

fn of_verb(doc: &Doc<'_>, p: usize, t: usize, found: &mut Vec<(ClauseRole, usize)>) {
    let tokens = doc.tokens(p);
    let passive = passive(doc, p, t);
    let relative = |s: usize| matches!(tokens[s].tag, Tag::Wp | Tag::Wdt) || doc.lower(p, s) == "that";
    let noun = matches!(tokens[t].dep, Dep::Relcl | Dep::Acl).then(|| head(doc, p, t)).flatten();
    let agent = child(doc, p, t, &[Dep::Agent]).and_then(|a| child(doc, p, a, &[Dep::Pobj]));
    if passive {
        found.extend(agent.map(|a| (ClauseRole::Subject, a)));
        let own = own_subject(doc, p, t).filter(|s| Some(*s) != agent);
        let shared = || subject(doc, p, t).filter(|s| Some(*s) != agent);
        let object = match own {
            Some(s) if relative(s) => noun,
            Some(s) => Some(s),
            None => noun.or_else(shared),
        };
        found.extend(object.map(|o| (ClauseRole::Object, o)));
    } else {
        let who = subject(doc, p, t).map(|s| if relative(s) { noun.unwrap_or(s) } else { s });
        found.extend(who.map(|s| (ClauseRole::Subject, s)));
        let object = child(doc, p, t, &[Dep::Dobj]);
        match (object, noun) {
            (Some(o), Some(n)) if relative(o) => found.push((ClauseRole::Object, n)),
            (Some(o), _) => found.push((ClauseRole::Object, o)),
            // "The text the union signed": whose own subject stands between.
            (None, Some(n)) if tokens[t].dep == Dep::Relcl && who.is_some_and(|s| s != n) => {
                found.push((ClauseRole::Object, n));
            }
            _ => {}
        }
    }
    found.extend(child(doc, p, t, &[Dep::Dative]).map(|d| (ClauseRole::Other("to".to_owned()), d)));
    of_prepositions(doc, p, t, found);
}

/// Whether a verb is in the passive, where it shares the auxiliary of the verb before it too ("was seized and sold").
pub(super) fn passive(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let token = &doc.tokens(p)[t];
    if is_passive(doc, p, t) {
        return true;
    }
    if token.tag != Tag::Vbn || child(doc, p, t, &[Dep::Aux]).is_some() {
        return false;
    }
    match token.dep {
        Dep::Acl => true,
        Dep::Conj => head(doc, p, t).is_some_and(|h| is_verb(doc, p, h) && is_passive(doc, p, h)),
        _ => child(doc, p, t, &[Dep::Agent]).is_some(),
    }
}

fn of_prepositions(doc: &Doc<'_>, p: usize, t: usize, found: &mut Vec<(ClauseRole, usize)>) {
    let nominal = doc.tokens(p)[t].pos == Pos::Noun;
    for c in doc.analyses[p].children(t).filter(|&c| matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative)) {
        let Some(object) = child(doc, p, c, &[Dep::Pobj]) else { continue };
        let role = match doc.lower(p, c) {
            "of" if nominal => ClauseRole::Object,
            "by" if nominal => ClauseRole::Subject,
            preposition => ClauseRole::Other(preposition.to_owned()),
        };
        found.push((role, object));
    }
}
