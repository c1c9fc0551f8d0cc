//! What fills the slots of a stance verb's frames: its object, the object of its preposition or particle, an infinitive, a
//! clause, or the noun that it hangs on.

use rapporteur_language::{Dep, Pos, Tag};

use super::object::{Object, Topics};
use crate::clause::end_of;
use crate::doc::{At, Doc};
use crate::grammar::{child, head, is_passive, own_subject, subtree};
use rapporteur_lexicon::words::negotiation;
use rapporteur_lexicon::{StanceFrame, stances};

/// A complement of a verb is cited in no more words than this.
const MAX_COMPLEMENT: usize = 26;

/// Whether a noun is a sum: "9 percent", "$20 an hour".
fn is_sum(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let lemma = doc.lemma(p, t);
    let unit = negotiation::SUM_UNIT.has(lemma) || matches!(lemma, "raise" | "percentage");
    unit && doc.analyses[p].children(t).any(|c| doc.tokens(p)[c].pos == Pos::Num)
}

/// The name of the rule by the form of the frame.
pub(super) fn rule(form: &str) -> &'static str {
    match form {
        "np" => "position/verb/object",
        "ask" => "position/verb/ask",
        "inf" | "ing" => "position/verb/infinitive",
        "that" => "position/verb/clause",
        _ if form.starts_with('+') => "position/verb/particle",
        _ => "position/verb/preposition",
    }
}

/// What fills the slots of a frame.
#[derive(Clone)]
pub(super) struct Filled {
    pub(super) object: Option<Object>,
    /// The words for the subject of the stance.
    pub(super) subject: Option<std::ops::Range<usize>>,
    /// Where the clause ends.
    pub(super) end: usize,
    /// Whether a longer frame should not be beaten by this one.
    pub(super) weak: bool,
}

pub(super) fn fill(doc: &Doc<'_>, topics: &Topics<'_>, p: usize, v: usize, frame: StanceFrame) -> Option<Filled> {
    let tokens = doc.tokens(p);
    let of = |t: usize| -> Option<Filled> {
        let mut object = topics.of(doc, p, t).or_else(|| topics.back(doc, p, t).filter(|_| !frame.any));
        // "came to a joint understanding on tolls": what is come to is about something else.
        if object.is_none()
            && negotiation::COMING_TO_TERMS.has(doc.lemma(p, v))
            && matches!(doc.lemma(p, t), "understanding" | "consensus")
        {
            object = linked(doc, p, t).and_then(|o| topics.of(doc, p, o));
        }
        // "the rises that they demanded": the noun that the clause hangs on.
        let t = match tokens[t].tag {
            Tag::Wdt | Tag::Wp => {
                object.as_ref().map(|o| o.token).or_else(|| head(doc, p, v).filter(|_| tokens[v].dep == Dep::Relcl))?
            }
            _ => t,
        };
        let free = frame.any && matches!(tokens[t].pos, Pos::Noun | Pos::Num) && !negotiation::COURTESY.has(doc.lemma(p, t))
            // "accepted 9 percent", "turned down 40 crowns an hour": a sum is bargained over whatever the verb.
            || is_sum(doc, p, t);
        if object.is_none() && !free {
            if frame.any && negotiation::COURTESY.has(doc.lemma(p, t)) {
                let (of, lost) = (At::new(p, v..v + 1), At::new(p, t..t + 1));
                doc.trace.lost(doc, rule(frame.form), "finding", &of, &lost, "asked for or held out without a bargain");
            }
            return None;
        }
        let end = end_of(doc, p, t).max(v + 1);
        let subject = crate::grammar::phrase(doc, p, t);
        Some(Filled { object, subject: Some(subject), end, weak: false })
    };
    let particle = |word: &str| {
        doc.analyses[p].children(v).any(|c| {
            matches!(tokens[c].dep, Dep::Prt | Dep::Advmod | Dep::Prep) && c > v && c - v < 8 && doc.word(p, c) == word
        })
    };
    match frame.form {
        "np" => {
            // "turned down", "put off" are other verbs than "turn" and "put".
            if doc.analyses[p].children(v).any(|c| tokens[c].dep == Dep::Prt && c > v) {
                return None;
            }
            direct(doc, p, v).and_then(of).or_else(|| reduced(doc, topics, p, v))
        }
        // "urged them to talk", "called on both sides to return"
        "ask" => {
            let verb = doc.analyses[p].children(v).find(|&c| {
                let to = doc.analyses[p].children(c).any(|x| tokens[x].tag == Tag::To && x < c);
                c > v && to && matches!(tokens[c].dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl)
            })?;
            let told = doc.analyses[p]
                .children(v)
                .any(|c| c > v && c < verb && (matches!(tokens[c].dep, Dep::Dobj | Dep::Prep)))
                || own_subject(doc, p, verb).is_some_and(|s| s > v);
            let inner = stances().verb(doc.lemma(p, verb));
            let stance =
                inner.iter().any(|&f| f.form != "inf" && f.form != "that" && fill(doc, topics, p, verb, f).is_some());
            if !told || stance || is_passive(doc, p, v) {
                return None;
            }
            let object = direct(doc, p, verb).and_then(|o| topics.of(doc, p, o));
            let end = subtree(doc, p, verb).end.min(verb + MAX_COMPLEMENT);
            Some(Filled { object, subject: Some(verb..end), end, weak: true })
        }
        "inf" | "ing" => {
            let verb = doc.analyses[p].children(v).find(|&c| {
                let form = match frame.form {
                    "inf" => doc.analyses[p].children(c).any(|x| tokens[x].tag == Tag::To && x < c),
                    _ => tokens[c].tag == Tag::Vbg,
                };
                c > v && form && matches!(tokens[c].dep, Dep::Xcomp | Dep::Ccomp | Dep::Pcomp)
            })?;
            let idle = negotiation::SPEAKING.has(doc.lemma(p, verb)) && doc.lemma(p, v) == "refuse"
                || negotiation::THINKING.has(doc.lemma(p, verb));
            if idle || own_subject(doc, p, verb).is_some_and(|s| s > v) {
                return None;
            }
            // A stance inside ("agreed to accept the offer") is told by the inner verb.
            let inner = stances().verb(doc.lemma(p, verb));
            if inner.iter().any(|&f| f.form != "inf" && f.form != "that" && fill(doc, topics, p, verb, f).is_some()) {
                return None;
            }
            let object = direct(doc, p, verb).and_then(|o| topics.of(doc, p, o));
            if object.is_none() && !frame.any {
                return None;
            }
            let range = subtree(doc, p, verb);
            // "agreed to scrap the deal" accepts no deal: what is agreed to is the whole of it.
            Some(Filled {
                object: None,
                subject: Some(verb..range.end.min(verb + MAX_COMPLEMENT)),
                end: range.end.min(verb + MAX_COMPLEMENT),
                weak: true,
            })
        }
        "that" => {
            let verb = doc.analyses[p].children(v).find(|&c| {
                c > v && matches!(tokens[c].dep, Dep::Ccomp) && matches!(tokens[c].pos, Pos::Verb | Pos::Aux)
            })?;
            // "insisted that he was right" states; "insisted that he be heard" asks.
            let bare = tokens[verb].tag == Tag::Vb && super::mood::modal(doc, p, verb).is_none();
            let asks = match super::mood::modal(doc, p, verb) {
                Some("must" | "should") => true,
                Some(_) => false,
                None => {
                    bare || doc.analyses[p]
                        .children(verb)
                        .any(|c| doc.word(p, c) == "be" && tokens[c].dep == Dep::Auxpass)
                }
            };
            let range = subtree(doc, p, verb);
            let end = range.end.min(verb + MAX_COMPLEMENT);
            let object = own_subject(doc, p, verb)
                .and_then(|s| topics.of(doc, p, s))
                .or_else(|| direct(doc, p, verb).and_then(|o| topics.of(doc, p, o)));
            asks.then_some(Filled { object, subject: Some(range.start..end), end, weak: true })
        }
        form => {
            let mut words = form.split(' ');
            let first = words.next()?;
            let second = words.next();
            let with_particle = first.strip_prefix('+');
            match (with_particle, second) {
                (Some(part), None) if part == "to" || part == "on" => None,
                (Some(part), None) => {
                    particle(part).then(|| direct(doc, p, v).or_else(|| after_particle(doc, p, v, part)))?.and_then(of)
                }
                (Some(part), Some(prep)) => particle(part).then(|| through(doc, p, v, prep))?.and_then(of),
                (None, Some(prep)) => {
                    let link = doc.analyses[p].children(v).find(|&c| c > v && doc.word(p, c) == first)?;
                    child(doc, p, link, &[Dep::Pobj])
                        .or_else(|| {
                            let inner = doc.analyses[p].children(link).find(|&c| doc.word(p, c) == prep)?;
                            child(doc, p, inner, &[Dep::Pobj])
                        })
                        .or_else(|| through(doc, p, v, prep))
                        .and_then(of)
                }
                (None, None) => through(doc, p, v, first).and_then(of),
            }
        }
    }
}

/// The direct object of a verb, or the subject of its passive.
fn direct(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    if is_passive(doc, p, v) {
        return child(doc, p, v, &[Dep::Nsubjpass]);
    }
    child(doc, p, v, &[Dep::Dobj])
}

/// What an understanding is on.
fn linked(doc: &Doc<'_>, p: usize, noun: usize) -> Option<usize> {
    let link =
        doc.analyses[p].children(noun).find(|&c| c > noun && matches!(doc.word(p, c), "on" | "about" | "over"))?;
    child(doc, p, link, &[Dep::Pobj])
}

/// "turned down the offer" where the parser makes a preposition of the particle.
fn after_particle(doc: &Doc<'_>, p: usize, v: usize, particle: &str) -> Option<usize> {
    let link = doc.analyses[p].children(v).find(|&c| c > v && doc.word(p, c) == particle)?;
    child(doc, p, link, &[Dep::Pobj])
}

/// The object of a preposition of this verb, or the subject of its passive ("was agreed on by").
fn through(doc: &Doc<'_>, p: usize, v: usize, prep: &str) -> Option<usize> {
    let links = doc.analyses[p].children(v).filter(|&c| {
        c > v && matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative | Dep::Prt) && doc.word(p, c) == prep
    });
    for link in links.collect::<Vec<_>>() {
        if let Some(o) = child(doc, p, link, &[Dep::Pobj]) {
            return Some(o);
        }
    }
    None
}

/// "the offer the union rejected", "a plan rejected by the union": the noun that the clause hangs on.
fn reduced(doc: &Doc<'_>, topics: &Topics<'_>, p: usize, v: usize) -> Option<Filled> {
    let token = doc.tokens(p)[v];
    let fits = is_reduced(doc, p, v)
        || token.dep == Dep::Relcl && own_subject(doc, p, v).is_some() && child(doc, p, v, &[Dep::Dobj]).is_none();
    let noun = head(doc, p, v).filter(|_| fits)?;
    if own_subject(doc, p, v).is_some_and(|s| matches!(doc.tokens(p)[s].tag, Tag::Wdt | Tag::Wp)) {
        return None;
    }
    let object = topics.of(doc, p, noun)?;
    let end = subtree(doc, p, v).end.min(v + 10);
    Some(Filled { object: Some(object), subject: Some(crate::grammar::phrase(doc, p, noun)), end, weak: false })
}

/// "a plan rejected by the union": a participle that hangs on what it is done to.
pub(super) fn is_reduced(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.tokens(p)[v].dep == Dep::Acl && doc.tokens(p)[v].tag == Tag::Vbn && own_subject(doc, p, v).is_none()
}
