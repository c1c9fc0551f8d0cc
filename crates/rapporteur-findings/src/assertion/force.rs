//! How a clause is meant: denied, held possible, planned, wanted; in whose words.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_lexicon::cues;
use rapporteur_lexicon::words::clause::{
    AUXILIARY_MOOD, CONDITION_MARK, DENIES, GOVERNING_MOOD, HEDGE, LIGHT_VERB, TURNS,
};
use rapporteur_schema::{ClauseSpeech, Mood};

use super::Sentence;
use super::participant::is_copula;
use crate::doc::Doc;
use crate::grammar::{child, head, is_verb, own_subject, subject};

/// How far up a clause is governed: a chain of verbs is short.
const MAX_UP: usize = 4;

/// Whether a clause is denied, by its own words or by what governs it; what is denied twice is not.
pub(super) fn is_negated(sentence: &Sentence<'_, '_>, t: usize) -> bool {
    let (doc, p) = (sentence.doc, sentence.p);
    let mut negated = denied(doc, p, t);
    for (governor, word) in governors(doc, p, t) {
        // "Denied wrongdoing" turns what it governs, "did not deny" turns it back.
        let turns = TURNS.has(doc.lower_lemma(p, word));
        negated ^= turns;
        // "Has yet to see"; "does not yet have to see" is denied once.
        let yet = || [t, governor].iter().any(|&v| doc.analyses[p].children(v).any(|c| doc.lower(p, c) == "yet"));
        negated ^= denied(doc, p, governor) || doc.lower_lemma(p, governor) == "have" && yet();
    }
    negated
}

/// Whether the words of the clause itself deny it.
fn denied(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let tokens = doc.tokens(p);
    let by_word = doc.analyses[p].children(t).any(|c| {
        let adverb = matches!(tokens[c].dep, Dep::Neg | Dep::Advmod | Dep::Preconj | Dep::Det | Dep::Cc);
        // "No longer": the adverb is denied.
        let longer = || doc.analyses[p].children(c).any(|a| DENIES.has(doc.lower(p, a)));
        adverb && (DENIES.has(doc.lower(p, c)) || tokens[c].dep == Dep::Advmod && longer())
    });
    let by_noun = doc.analyses[p]
        .children(t)
        .filter(|&c| matches!(tokens[c].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Expl))
        .any(|c| denied_noun(doc, p, c));
    // "Left without signing".
    let without = tokens[t].dep == Dep::Pcomp && head(doc, p, t).is_some_and(|h| DENIES.has(doc.lower(p, h)));
    by_word ^ by_noun ^ without
}

/// "No ship", "none of them", "nobody".
fn denied_noun(doc: &Doc<'_>, p: usize, noun: usize) -> bool {
    let of_noun = |c: usize| matches!(doc.tokens(p)[c].dep, Dep::Det | Dep::Neg | Dep::Preconj);
    DENIES.has(doc.lower(p, noun)) && doc.tokens(p)[noun].pos != Pos::Propn
        || doc.analyses[p].children(noun).any(|c| of_noun(c) && DENIES.has(doc.lower(p, c)))
}

/// What governs a clause, from the nearest on: the verb, and the word of it that says how ("is unable to": "unable").
fn governors(doc: &Doc<'_>, p: usize, t: usize) -> Vec<(usize, usize)> {
    let tokens = doc.tokens(p);
    let mut out = Vec::new();
    let mut at = t;
    for _ in 0..MAX_UP {
        let Some(up) = head(doc, p, at) else { break };
        match tokens[at].dep {
            Dep::Xcomp | Dep::Ccomp if tokens[up].pos != Pos::Noun => {
                // What is said, believed, reported stands for itself unless the cue turns it; "refused to say that" does not, nor
                // does "allowed them to go".
                let tells =
                    tokens[at].dep == Dep::Ccomp && !TURNS.has(doc.lower_lemma(p, up)) && !leads(doc, p, at, up);
                if tells {
                    break;
                }
                if is_verb(doc, p, up) {
                    let word = if is_copula(doc, p, up) {
                        child(doc, p, up, &[Dep::Acomp, Dep::Attr]).unwrap_or(up)
                    } else {
                        up
                    };
                    out.push((up, word));
                } else {
                    // "Unable to sign": the adjective stands under its copula.
                    let verb = head(doc, p, up).filter(|&v| is_verb(doc, p, v)).unwrap_or(up);
                    out.push((verb, up));
                    at = verb;
                    continue;
                }
                at = up;
            }
            // "Denied a report that", "rejected claims that".
            Dep::Acl | Dep::Ccomp if tokens[up].pos == Pos::Noun && !infinitive(doc, p, at) => {
                let Some(verb) = head(doc, p, up).filter(|&v| TURNS.has(doc.lower_lemma(p, v))) else { break };
                out.push((verb, verb));
                at = verb;
            }
            // "His refusal to sign", "plans to sign", "an attempt to sign".
            Dep::Acl if !is_verb(doc, p, up) && infinitive(doc, p, at) => {
                let verb = head(doc, p, up).filter(|&v| is_verb(doc, p, v));
                let denied_above = verb.is_some_and(|_| denied_noun(doc, p, up));
                if GOVERNING_MOOD.has(doc.lower_lemma(p, up)) || denied_above {
                    out.push((up, up));
                }
                break;
            }
            // "Banned from entering", "denied having met".
            Dep::Pcomp if tokens[up].dep == Dep::Prep => {
                let Some(verb) = head(doc, p, up).filter(|&v| TURNS.has(doc.lower_lemma(p, v))) else { break };
                out.push((verb, verb));
                at = verb;
            }
            Dep::Conj if own_subject(doc, p, at).is_none() && infinitive(doc, p, up) => at = up,
            _ => break,
        }
    }
    out
}

/// Whether a verb says how another in the infinitive is meant: "allowed the mayor to sign".
fn leads(doc: &Doc<'_>, p: usize, t: usize, verb: usize) -> bool {
    infinitive(doc, p, t) && GOVERNING_MOOD.value(doc.lower_lemma(p, verb)).is_some()
}

/// Whether a verb tells what something is done for: "to clear the mines, they left", "they left the harbour to clear the mines".
pub(super) fn is_purpose(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let behind_object = || {
        head(doc, p, t).is_some_and(|up| {
            let plain = GOVERNING_MOOD.value(doc.lower_lemma(p, up)).is_none() && !TURNS.has(doc.lower_lemma(p, up));
            plain && child(doc, p, up, &[Dep::Dobj]).is_some()
        })
    };
    infinitive(doc, p, t)
        && match doc.tokens(p)[t].dep {
            Dep::Advcl => true,
            Dep::Xcomp => behind_object(),
            _ => false,
        }
}

/// Whether a verb is an infinitive with "to".
pub(super) fn infinitive(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    doc.analyses[p].children(t).any(|c| doc.tokens(p)[c].dep == Dep::Aux && doc.lower(p, c) == "to")
}

/// Whether nothing says if a clause is so: it is asked, or stands in a form that asserts nothing and that no verb above turns or tells the mood of.
pub(super) fn is_open(sentence: &Sentence<'_, '_>, t: usize) -> bool {
    let (doc, p) = (sentence.doc, sentence.p);
    let tokens = doc.tokens(p);
    let asked = (0..tokens.len()).rev().take(3).any(|c| doc.lower(p, c) == "?");
    // "Only after it withdraws": not yet; "after it withdrew" tells that it did.
    let ahead = matches!(tokens[t].tag, Tag::Vbz | Tag::Vbp);
    let marked = |v: usize| {
        doc.analyses[p].children(v).any(|c| {
            let word = doc.lower(p, c);
            matches!(tokens[c].dep, Dep::Mark | Dep::Advmod)
                && (matches!(word, "whether" | "until" | "before" | "lest")
                    || ahead && matches!(word, "after" | "once" | "when"))
        })
    };
    let finite = |v: usize| {
        doc.analyses[p].children(v).any(|c| matches!(tokens[c].dep, Dep::Aux | Dep::Auxpass) && doc.lower(p, c) != "to")
    };
    let bare = is_verb(doc, p, t) && matches!(tokens[t].tag, Tag::Vb | Tag::Vbg) && !finite(t);
    let governed = governors(doc, p, t).iter().any(|(_, word)| {
        let lemma = doc.lower_lemma(p, *word);
        TURNS.has(lemma) || GOVERNING_MOOD.has(lemma)
    });
    // "Agreed to meet", "voted to leave": what the verb above does is this.
    let done = || {
        let up = head(doc, p, t).filter(|&up| tokens[t].dep == Dep::Xcomp && is_verb(doc, p, up));
        up.is_some_and(|up| {
            !is_copula(doc, p, up)
                && !LIGHT_VERB.has(doc.lower_lemma(p, up))
                && child(doc, p, up, &[Dep::Dobj]).is_none()
        })
    };
    asked || marked(t) || bare && !governed && tokens[t].dep != Dep::Root && !done()
}

/// How a clause is meant.
pub(super) fn mood(sentence: &Sentence<'_, '_>, t: usize) -> Mood {
    let (doc, p) = (sentence.doc, sentence.p);
    let tokens = doc.tokens(p);
    let kids = || doc.analyses[p].children(t);
    let marked = |v: usize| {
        doc.analyses[p].children(v).any(|c| tokens[c].dep == Dep::Mark && CONDITION_MARK.has(doc.lower(p, c)))
    };
    // "If X signs, Y will go": both are conditional.
    if marked(t) || kids().any(|c| tokens[c].dep == Dep::Advcl && marked(c)) {
        return Mood::Conditional;
    }
    if kids().any(|c| tokens[c].dep == Dep::Advmod && HEDGE.has(doc.lower(p, c))) {
        return Mood::Possible;
    }
    let auxiliaries = kids().filter(|&c| tokens[c].dep == Dep::Aux);
    if let Some(mood) = auxiliaries.filter_map(|c| AUXILIARY_MOOD.value(doc.lower(p, c))).filter_map(named).next() {
        return mood;
    }
    for (governor, word) in governors(doc, p, t) {
        let own = GOVERNING_MOOD.value(doc.lower_lemma(p, word)).and_then(named);
        let of_auxiliary = doc.analyses[p]
            .children(governor)
            .filter(|&c| tokens[c].dep == Dep::Aux)
            .filter_map(|c| AUXILIARY_MOOD.value(doc.lower(p, c)).and_then(named))
            .next();
        // "Could be forced to": what the auxiliary says of the verb above holds of what it governs.
        if let Some(mood) = of_auxiliary.filter(|m| *m == Mood::Possible).or(own).or(of_auxiliary) {
            return mood;
        }
    }
    match tokens[t].dep {
        // "Are to meet on Friday".
        Dep::Xcomp if infinitive(doc, p, t) && head(doc, p, t).is_some_and(|h| doc.lower_lemma(p, h) == "be") => {
            Mood::Planned
        }
        // "To pass, it needs more votes": a purpose is not yet done.
        Dep::Advcl if infinitive(doc, p, t) => Mood::Wanted,
        _ => Mood::Fact,
    }
}

fn named(word: &str) -> Option<Mood> {
    Some(match word {
        "possible" => Mood::Possible,
        "planned" => Mood::Planned,
        "required" => Mood::Required,
        "wanted" => Mood::Wanted,
        "offered" => Mood::Offered,
        "demanded" => Mood::Demanded,
        "attempted" => Mood::Attempted,
        _ => return None,
    })
}

/// In whose words a clause stands: of the verb of speech above it, or beside it in a paragraph's own way ("…, the mayor said").
pub(super) fn speech(sentence: &Sentence<'_, '_>, t: usize) -> Option<ClauseSpeech> {
    let (doc, p) = (sentence.doc, sentence.p);
    let tokens = doc.tokens(p);
    let said = |verb: usize| {
        let speaker = subject(doc, p, verb).and_then(|s| sentence.span(s..s + 1));
        Some(ClauseSpeech { cue: doc.lower_lemma(p, verb).to_owned(), speaker })
    };
    let is_cue = |v: usize| is_verb(doc, p, v) && cues().verb(doc.lower_lemma(p, v)).is_some_and(|c| c.strength > 0);
    // "Denied having met": what is denied is told by who denies it; "refused to meet" is not.
    let denying =
        || governors(doc, p, t).into_iter().find(|&(v, w)| v == w && TURNS.has(doc.lower_lemma(p, w)) && is_cue(w));
    if let Some((verb, _)) = (!infinitive(doc, p, t)).then(denying).flatten() {
        return said(verb);
    }
    let mut at = t;
    for _ in 0..8 {
        // "According to the mayor".
        let source = doc.analyses[p].children(at).find(|&c| {
            tokens[c].dep == Dep::Prep && doc.lower_lemma(p, c) == "accord" || doc.lower(p, c) == "according"
        });
        if let Some(source) = source {
            let to = child(doc, p, source, &[Dep::Prep]);
            let speaker =
                to.and_then(|to| child(doc, p, to, &[Dep::Pobj])).or_else(|| child(doc, p, source, &[Dep::Pobj]));
            return Some(ClauseSpeech {
                cue: "accord".to_owned(),
                speaker: speaker.and_then(|s| sentence.span(s..s + 1)),
            });
        }
        if let Some(beside) = doc.analyses[p].children(at).find(|&c| tokens[c].dep == Dep::Parataxis && is_cue(c)) {
            return said(beside);
        }
        let up = head(doc, p, at)?;
        if tokens[at].dep == Dep::Ccomp && is_cue(up) && !leads(doc, p, at, up) {
            return said(up);
        }
        // "Accused the mayor of lying": what follows is said of him.
        let of = tokens[at].dep == Dep::Pcomp && tokens[up].dep == Dep::Prep;
        if let Some(verb) = of.then(|| head(doc, p, up)).flatten().filter(|&v| is_cue(v)) {
            return said(verb);
        }
        at = up;
    }
    None
}
