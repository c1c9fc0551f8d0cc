//! Stance verbs with their frames: "rejected the offer", "agreed to the plan", "signed off on the text", "demands that …".

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::Stance;

use super::clause::{clause, end_of, holder};
use super::lexicon::{Frame, lexicon};
use super::mood::mood;
use super::object::{Object, Topics};
use super::{Draft, silence};
use crate::doc::Doc;
use crate::grammar::{child, head, is_passive, own_subject, subject, subtree};
use crate::party::Ground;

/// A complement of a verb is cited in no more words than this.
const COMPLEMENT: usize = 26;

/// The stances that the verb at `v` tells.
pub(super) fn drafts(ground: &mut Ground<'_, '_>, topics: &Topics<'_>, p: usize, v: usize, out: &mut Vec<Draft>) {
    let doc = ground.doc;
    if doc.tokens(p)[v].pos != Pos::Verb {
        return;
    }
    let lemma = doc.lemma(p, v).to_lowercase();
    let frames = lexicon().verb(&lemma);
    let mut best: Option<(Frame, Filled)> = None;
    for &frame in frames {
        if let Some(filled) = fill(doc, topics, p, v, frame) {
            // The frame with the longest form is the most telling: "sign off on" before "sign".
            if best.as_ref().is_none_or(|(b, _)| frame.form.len() > b.form.len() && !filled.weak) {
                best = Some((frame, filled));
            }
        }
    }
    let Some((frame, filled)) = best else { return };
    // "a bill that nobody has endorsed" tells which bill is meant, not a stance to it.
    if doc.tokens(p)[v].dep == Dep::Relcl && crate::grammar::is_negated(doc, p, v) {
        return;
    }
    // Only laws are passed.
    if lemma == "pass" && !filled.object.as_ref().is_some_and(|o| is_law(topics, o)) {
        return;
    }
    let Some(mut mood) = mood(doc, p, v, frame.stance) else { return };
    // "signed a deal", "reached an agreement": only once it is done.
    if is_joint(&lemma) && !is_done(doc, p, v) && mood.stance == Stance::Accepts {
        return;
    }
    let passive = is_passive(doc, p, v) || is_reduced(doc, p, v);
    let who = if passive { agent(doc, p, v) } else { holder(doc, p, mood.of) };
    let Some(who) = who.filter(|&w| Some(w) != filled.object.as_ref().map(|o| o.token)) else {
        return unowned(ground, p, v, mood.stance, filled, out);
    };
    let partly = filled.object.as_ref().is_some_and(|o| o.part) || is_partly(doc, p, v);
    if partly && mood.stance == Stance::Accepts {
        mood.stance = Stance::AcceptsWithReservations;
    }
    let parties = topics.sides.parties(ground, p, who);
    let start = if subject_near(doc, p, mood.of, v) { mood.of } else { v };
    // A plan put forward is told by its author; only an offer to the other side is a stance.
    if mood.stance == Stance::Offers && filled.object.as_ref().is_some_and(|o| is_plan(topics, o)) {
        return;
    }
    let mut at = clause(doc, p, start, filled.end);
    if let Some(o) = filled.object.as_ref().filter(|o| o.token < at.tokens.start && at.tokens.start - o.token < 20) {
        at.tokens.start = crate::grammar::phrase(doc, p, o.token).start;
    }
    denied(ground, topics, p, v, &parties, mood.stance, &filled, &at, out);
    if is_denied(doc, p, v) == Some(true) {
        return;
    }
    out.push(Draft { at, parties, stance: mood.stance, object: filled.object, subject: filled.subject });
}

/// Whether a noun is a sum: "9 percent", "$20 an hour".
fn is_sum(doc: &Doc<'_>, p: usize, t: usize) -> bool {
    let unit =
        matches!(doc.lemma(p, t), "percent" | "%" | "cent" | "dollar" | "euro" | "pound" | "raise" | "percentage");
    unit && doc.analyses[p].children(t).any(|c| doc.tokens(p)[c].pos == Pos::Num)
}

fn is_law(topics: &Topics<'_>, object: &Object) -> bool {
    let Some(rapporteur_schema::Topic::Proposal(i)) = object.on else { return false };
    topics.proposals.get(i as usize).is_some_and(|x| x.class == rapporteur_schema::ProposalClass::Law)
}

/// Verbs of the mind: to refuse them refuses nothing that is bargained over.
fn is_thinking(lemma: &str) -> bool {
    matches!(
        lemma,
        "pretend"
            | "believe"
            | "think"
            | "admit"
            | "acknowledge"
            | "apologize"
            | "apologise"
            | "know"
            | "disagree"
            | "differ"
            | "feel"
            | "see"
            | "listen"
            | "be"
            | "play"
            | "die"
            | "run"
            | "learn"
            | "hear"
    )
}

/// What is asked for or held out without a bargain: "insisted on anonymity", "offered condolences".
fn is_courtesy(lemma: &str) -> bool {
    matches!(
        lemma,
        "anonymity"
            | "condolence"
            | "prayer"
            | "praise"
            | "apology"
            | "glimpse"
            | "advice"
            | "explanation"
            | "evidence"
            | "detail"
            | "assessment"
            | "comment"
            | "view"
            | "opinion"
            | "example"
            | "sympathy"
            | "thank"
            | "clue"
            | "answer"
            | "question"
            | "information"
            | "reason"
            | "insight"
            | "clarification"
            | "update"
            | "look"
            | "lesson"
            | "hint"
            | "office"
            | "nomination"
            | "way"
            | "revenge"
            | "attention"
            | "credit"
            | "person"
            | "people"
            | "man"
            | "woman"
            | "help"
            | "thing"
            | "something"
            | "everything"
            | "anything"
            | "nothing"
            | "what"
            | "all"
            | "one"
    )
}

fn is_plan(topics: &Topics<'_>, object: &Object) -> bool {
    let Some(rapporteur_schema::Topic::Proposal(i)) = object.on else { return false };
    topics.proposals.get(i as usize).is_some_and(|x| {
        matches!(x.class, rapporteur_schema::ProposalClass::Plan | rapporteur_schema::ProposalClass::Law)
    })
}

/// What fills the slots of a frame.
#[derive(Clone)]
pub(super) struct Filled {
    object: Option<Object>,
    /// The words for the subject of the stance.
    subject: Option<std::ops::Range<usize>>,
    /// Where the clause ends.
    end: usize,
    /// Whether a longer frame should not be beaten by this one.
    weak: bool,
}

fn fill(doc: &Doc<'_>, topics: &Topics<'_>, p: usize, v: usize, frame: Frame) -> Option<Filled> {
    let tokens = doc.tokens(p);
    let of = |t: usize| -> Option<Filled> {
        let mut object = topics.of(doc, p, t).or_else(|| topics.back(doc, p, t).filter(|_| !frame.any));
        // "reached a common understanding on the terms": what is come to is about something else.
        if object.is_none() && is_joint(doc.lemma(p, v)) && matches!(doc.lemma(p, t), "understanding" | "consensus") {
            object = linked(doc, p, t).and_then(|o| topics.of(doc, p, o));
        }
        // "the rises that they demanded": the noun that the clause hangs on.
        let t = match tokens[t].tag {
            Tag::Wdt | Tag::Wp => {
                object.as_ref().map(|o| o.token).or_else(|| head(doc, p, v).filter(|_| tokens[v].dep == Dep::Relcl))?
            }
            _ => t,
        };
        let free = frame.any && matches!(tokens[t].pos, Pos::Noun | Pos::Num) && !is_courtesy(doc.lemma(p, t))
            // "accepted 9 percent", "turned down 40 crowns an hour": a sum is bargained over whatever the verb.
            || is_sum(doc, p, t);
        if object.is_none() && !free {
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
            let inner = lexicon().verb(doc.lemma(p, verb));
            let stance =
                inner.iter().any(|&f| f.form != "inf" && f.form != "that" && fill(doc, topics, p, verb, f).is_some());
            if !told || stance || is_passive(doc, p, v) {
                return None;
            }
            let object = direct(doc, p, verb).and_then(|o| topics.of(doc, p, o));
            let end = subtree(doc, p, verb).end.min(verb + COMPLEMENT);
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
            let idle = silence::is_speaking(doc.lemma(p, verb)) && doc.lemma(p, v) == "refuse"
                || is_thinking(doc.lemma(p, verb));
            if idle || own_subject(doc, p, verb).is_some_and(|s| s > v) {
                return None;
            }
            // A stance inside ("agreed to accept the offer") is told by the inner verb.
            let inner = lexicon().verb(doc.lemma(p, verb));
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
                subject: Some(verb..range.end.min(verb + COMPLEMENT)),
                end: range.end.min(verb + COMPLEMENT),
                weak: true,
            })
        }
        "that" => {
            let verb = doc.analyses[p].children(v).find(|&c| {
                c > v && matches!(tokens[c].dep, Dep::Ccomp) && matches!(tokens[c].pos, Pos::Verb | Pos::Aux)
            })?;
            // "insisted that he was right" states; "insisted that he be heard" asks.
            let bare = tokens[verb].tag == Tag::Vb && super::mood::modal(doc, p, verb).is_none();
            let asks = match super::mood::modal(doc, p, verb).as_deref() {
                Some("must" | "should") => true,
                Some(_) => false,
                None => {
                    bare || doc.analyses[p]
                        .children(verb)
                        .any(|c| doc.word(p, c) == "be" && tokens[c].dep == Dep::Auxpass)
                }
            };
            let range = subtree(doc, p, verb);
            let end = range.end.min(verb + COMPLEMENT);
            let object = own_subject(doc, p, verb)
                .and_then(|s| topics.of(doc, p, s))
                .or_else(|| direct(doc, p, verb).and_then(|o| topics.of(doc, p, o)));
            asks.then(|| Filled { object, subject: Some(range.start..end), end, weak: true })
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
fn is_reduced(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.tokens(p)[v].dep == Dep::Acl && doc.tokens(p)[v].tag == Tag::Vbn && own_subject(doc, p, v).is_none()
}

/// By whom it is done, in the passive.
fn agent(doc: &Doc<'_>, p: usize, v: usize) -> Option<usize> {
    let by = doc.analyses[p]
        .children(v)
        .find(|&c| matches!(doc.tokens(p)[c].dep, Dep::Agent | Dep::Prep) && doc.word(p, c) == "by")?;
    child(doc, p, by, &[Dep::Pobj])
}

/// "could be accepted": nobody is named, so it is the speaker who says so of the part that is meant.
fn unowned(ground: &mut Ground<'_, '_>, p: usize, v: usize, stance: Stance, filled: Filled, out: &mut Vec<Draft>) {
    if stance != Stance::AcceptsWithReservations {
        return;
    }
    let byte = ground.doc.bytes(p, v..v + 1).start;
    let speaker = ground.speech.around(p, byte).and_then(|i| ground.speech.speaker(i));
    let at = clause(ground.doc, p, v, filled.end);
    out.push(Draft {
        at,
        parties: speaker.into_iter().collect(),
        stance,
        object: filled.object,
        subject: filled.subject,
    });
}

/// Whether a verb above brings its subject near enough to be cited with it.
fn subject_near(doc: &Doc<'_>, p: usize, above: usize, v: usize) -> bool {
    above <= v && v - above <= 8 && own_subject(doc, p, above).is_some()
}

/// Verbs by which two sides come to terms: they tell a stance only once they have happened.
fn is_joint(lemma: &str) -> bool {
    matches!(
        lemma,
        "reach"
            | "strike"
            | "clinch"
            | "seal"
            | "conclude"
            | "sign"
            | "finalise"
            | "finalize"
            | "settle"
            | "approve"
            | "pass"
            | "ratify"
            | "adopt"
    )
}

/// Whether a verb tells what has happened: past or perfect, not an infinitive or a plan.
fn is_done(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let tag = doc.tokens(p)[v].tag;
    let perfect = doc.analyses[p].children(v).any(|c| doc.tokens(p)[c].dep == Dep::Aux && doc.lemma(p, c) == "have");
    (tag == Tag::Vbd || tag == Tag::Vbn && (perfect || is_passive(doc, p, v)))
        && super::mood::modal(doc, p, v).is_none()
}

/// Whether an adverb or what follows makes the acceptance a partial one.
fn is_partly(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    const PARTLY: &[&str] = &[
        "tentatively",
        "partially",
        "partly",
        "largely",
        "mostly",
        "reluctantly",
        "provisionally",
        "conditionally",
        "broadly",
        "preliminarily",
        "cautiously",
        "grudgingly",
        "generally",
        "initially",
    ];
    let near = subtree(doc, p, v);
    let window = near.start.max(v.saturating_sub(4))..near.end.min(v + 16);
    window.clone().any(|t| {
        let word = doc.word(p, t).to_lowercase();
        PARTLY.contains(&word.as_str())
            || word == "principle" && t > 0 && doc.word(p, t - 1) == "in"
            || matches!(word.as_str(), "reservations" | "tentative" | "preliminary" | "caveats" | "provisional")
    })
}

/// Whether the clause is what somebody denies: `Some(true)` if the denial is firm, `Some(false)` if it is played down.
fn is_denied(doc: &Doc<'_>, p: usize, v: usize) -> Option<bool> {
    denier(doc, p, v).map(|(_, firm)| firm)
}

/// The verb of denial above a clause: "denied that it had agreed", "rebut suggestions that it had agreed".
fn denier(doc: &Doc<'_>, p: usize, v: usize) -> Option<(usize, bool)> {
    let tokens = doc.tokens(p);
    let mut up = head(doc, p, v)?;
    if matches!(tokens[v].dep, Dep::Acl | Dep::Relcl | Dep::Ccomp) && tokens[up].pos == Pos::Noun {
        let told = matches!(
            doc.lemma(p, up),
            "suggestion"
                | "report"
                | "claim"
                | "rumor"
                | "rumour"
                | "speculation"
                | "notion"
                | "idea"
                | "assertion"
                | "allegation"
        );
        up = head(doc, p, up).filter(|_| told)?;
    }
    let firm = matches!(
        doc.lemma(p, up),
        "deny" | "rebut" | "dismiss" | "reject" | "refute" | "dispute" | "contradict" | "rebuff"
    );
    let soft = matches!(doc.lemma(p, up), "play" | "downplay");
    (tokens[up].pos == Pos::Verb && (firm || soft)).then_some((up, firm))
}

/// Who denies having taken the stance doubts what it is about.
#[allow(clippy::too_many_arguments, reason = "what one clause tells, handed on once")]
fn denied(
    ground: &mut Ground<'_, '_>,
    topics: &Topics<'_>,
    p: usize,
    v: usize,
    parties: &[rapporteur_schema::ActorIndex],
    stance: Stance,
    filled: &Filled,
    at: &crate::doc::At,
    out: &mut Vec<Draft>,
) {
    let doc = ground.doc;
    let Some((verb, true)) = denier(doc, p, v) else { return };
    if !matches!(stance, Stance::Accepts | Stance::AcceptsWithReservations) || crate::grammar::is_negated(doc, p, verb)
    {
        return;
    }
    let Some(who) = subject(doc, p, verb) else { return };
    let deniers = topics.sides.parties(ground, p, who);
    let own = deniers.iter().any(|&d| {
        parties.contains(&d)
            || ground.country_of(d).is_some_and(|c| parties.iter().any(|&x| ground.country_of(x) == Some(c)))
    });
    if own {
        let mut at = clause(doc, p, verb, at.tokens.end);
        at.tokens.end = at.tokens.end.max(filled.end.min(doc.sentence(p, v).end));
        out.push(Draft {
            at,
            parties: deniers,
            stance: Stance::Doubts,
            object: filled.object.clone(),
            subject: filled.subject.clone(),
        });
    }
}
