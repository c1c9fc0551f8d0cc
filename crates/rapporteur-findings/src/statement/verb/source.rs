//! Who or what can say things: people, bodies of people, texts.

use rapporteur_language::{Dep, Pos};
use rapporteur_schema::EntityKind;

use crate::doc::Doc;
use crate::grammar::{head, is_verb, subject};
use crate::name::Names;
use rapporteur_lexicon::words::speech;
use rapporteur_lexicon::{Cue, Frames, facts};

/// More verbs in a row than this are not followed to the first.
const MAX_JOINED: usize = 100;

/// The subject of a cue. "X said the talks would go on but added that …": where the parse gives the cue the subject of
/// the clause before it, which says nothing, the speaker of that clause is meant.
pub(super) fn speaking_subject(doc: &Doc<'_>, names: &Names, p: usize, v: usize, cue: Cue) -> Option<usize> {
    let own = subject(doc, p, v).filter(|&s| s != v)?;
    if may_speak(doc, names, p, own, cue) && (cue.strength < 3 || can_speak(doc, names, p, own)) {
        return Some(own);
    }
    let mut up = v;
    // Bounded: a row of thousands of verbs is no sentence.
    for _ in 0..MAX_JOINED {
        if doc.tokens(p)[up].dep != Dep::Conj {
            break;
        }
        up = head(doc, p, up)?;
    }
    let above = (up != v && doc.tokens(p)[up].dep == Dep::Ccomp).then(|| head(doc, p, up)).flatten();
    let shared =
        above.filter(|&a| is_verb(doc, p, a)).and_then(|a| subject(doc, p, a)).filter(|&s| can_speak(doc, names, p, s));
    shared.or(Some(own).filter(|&s| may_speak(doc, names, p, s, cue)))
}

/// Whether this is a person, a body or a text, whatever the cue.
pub(in crate::statement) fn can_speak(doc: &Doc<'_>, names: &Names, p: usize, source: usize) -> bool {
    const WEAKEST: Cue = Cue { frames: Frames::CLAUSE, kind: b's', strength: 1 };
    may_speak(doc, names, p, source, WEAKEST)
}

/// Whether this is somebody or something that can say things, as far as the cue needs it.
fn may_speak(doc: &Doc<'_>, names: &Names, p: usize, source: usize, cue: Cue) -> bool {
    let token = doc.tokens(p)[source];
    // In somebody's own mouth: "I think" inside a quotation is no attribution by the reporter.
    if speech::SILENT_PRONOUN.has(doc.lower_lemma(p, source)) {
        return false;
    }
    if let Some(actor) = names.at(p, source) {
        // A capital speaks for its government.
        let actor = names.actor(actor);
        let capital = || facts().known(&actor.name).is_some_and(|k| k.class == "capital");
        return actor.kind != EntityKind::Place || cue.strength >= 2 || capital();
    }
    match token.pos {
        Pos::Pron => {
            let lower = doc.lower(p, source);
            speech::SPEAKING_PRONOUN.has(lower) || (lower == "it" && cue.strength >= 2)
        }
        Pos::Propn => true,
        Pos::Noun if speech::SHOW_VERB.has(doc.lemma(p, head(doc, p, source).unwrap_or(source))) => true,
        Pos::Noun | Pos::Adj | Pos::Num | Pos::Det => {
            is_human(doc, p, source) || is_document(doc.lemma(p, source)) || cue.strength >= 3
        }
        _ => cue.strength >= 3,
    }
}

/// Whether a noun is one of people or of a body of people.
fn is_human(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let lemma = doc.lower_lemma(p, t);
    speech::SPEAKER_NOUN.has(lemma) || facts().title(lemma).is_some() || facts().demonym(doc.word(p, t)).is_some()
}

/// Whether a noun is a text or study that "says" things.
fn is_document(lemma: &str) -> bool {
    speech::SPEAKING_TEXT.has(lemma)
}
