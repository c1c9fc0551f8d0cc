//! Who takes part in a gathering: the subject of its verb, who is named "with", "between" or "of" it, whose it is, and who
//! is sent to it. A place is nobody.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind, MeetingKind};

use super::place::is_building;
use super::status;
use super::trigger::{Role, Trigger};
use crate::facts::{Meets, gatherings};
use crate::grammar::{child, head, is_passive, is_verb, own_subject, subject, subtree};
use crate::party::Ground;

/// The sides of a gathering.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides {
    /// Who takes part, in the order of the text, each once.
    pub(super) all: Vec<ActorIndex>,
    /// Whether two sides are named apart ("X with Y", "between X and Y"): more than a list of who was in a room.
    pub(super) apart: bool,
    /// The body whose gathering it is ("a meeting of the council").
    pub(super) of: Option<ActorIndex>,
    /// Whether the subject of the verb above the noun takes part.
    pub(super) subject: bool,
    /// Whether one side stands before the noun, so that its verb's subject is none of them.
    before: bool,
    /// Whether it is said of both parties of the story without naming them.
    pub(super) both: bool,
}

impl Sides {
    fn add(&mut self, found: Vec<ActorIndex>) -> bool {
        let any = !found.is_empty();
        for actor in found {
            if !self.all.contains(&actor) {
                self.all.push(actor);
            }
        }
        any
    }
}

/// Who takes part; `None` where the frame is not that of a gathering ("met the deadline").
pub(super) fn sides(ground: &mut Ground<'_, '_>, trigger: &Trigger) -> Option<Sides> {
    match trigger.role {
        Role::Verb => of_verb(ground, trigger),
        _ => Some(of_noun(ground, trigger)),
    }
}

/// The tokens that a preposition of this verb or noun governs.
fn objects(ground: &Ground<'_, '_>, p: usize, of: usize, preps: &[&str]) -> Vec<usize> {
    let doc = ground.doc;
    let links = doc.analyses[p].children(of).filter(|&c| {
        matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative | Dep::Agent)
            && preps.contains(&doc.word(p, c).to_lowercase().as_str())
    });
    links.filter_map(|c| child(doc, p, c, &[Dep::Pobj])).collect()
}

fn of_verb(ground: &mut Ground<'_, '_>, trigger: &Trigger) -> Option<Sides> {
    let (p, v, frames) = (trigger.p, trigger.token, trigger.known.frames);
    let doc = ground.doc;
    let mut sides = Sides::default();
    if frames.any(Meets::SEND) {
        let sent = child(doc, p, v, &[Dep::Dobj])?;
        sides.add(ground.parties(p, sent));
        return (!sides.all.is_empty()).then_some(sides);
    }
    let object = child(doc, p, v, &[Dep::Dobj]);
    let passive = is_passive(doc, p, v);
    let actors = whose(ground, p, v).map_or_else(|| actors_of(ground, p, v), |owner| vec![owner]);
    for t in actors {
        sides.both |= ground.means_both(p, t);
        sides.add(ground.parties(p, t));
    }
    // "was received by the king": who is received is the subject, who receives the agent.
    if passive && frames.any(Meets::OBJECT) {
        if let Some(received) = own_subject(doc, p, v) {
            sides.apart |= sides.add(ground.parties(p, received));
        }
        return (sides.all.len() > 1).then_some(sides);
    }
    if frames.any(Meets::GO) {
        return (!sides.all.is_empty() && object.is_none()).then_some(sides);
    }
    // "will sign the agreement": two at least sign with each other.
    if trigger.kind == MeetingKind::Signing {
        let with = [Some(v), object].into_iter().flatten().flat_map(|h| objects(ground, p, h, &["with"]));
        for t in with.collect::<Vec<_>>() {
            sides.apart |= sides.add(ground.parties(p, t));
        }
        return (sides.all.len() > 1 && object.is_some()).then_some(sides);
    }
    if let Some(object) = object {
        if !frames.any(Meets::OBJECT) || matches!(doc.word(p, object), "himself" | "herself") {
            return None;
        }
        sides.both |= ground.means_both(p, object);
        let met = ground.parties(p, object);
        // "which he called a disaster": only people are rung up.
        let rung = matches!(doc.lemma(p, v), "call" | "phone" | "telephone");
        if rung && !met.iter().all(|&a| ground.names.is_person(a)) {
            return None;
        }
        // "received a prize", "welcomed the plan": people and countries are received.
        let hosts = matches!(doc.lemma(p, v), "receive" | "welcome" | "host");
        let guest = |a: ActorIndex| {
            ground.names.is_person(a)
                || ground.names.actor(a).kind == EntityKind::Country && doc.lemma(p, v) != "receive"
        };
        let met: Vec<ActorIndex> = met.into_iter().filter(|&a| !hosts || guest(a)).collect();
        if hosts && met.is_empty() {
            return None;
        }
        // "visited Oslo": a place, which is nobody.
        if met.is_empty() && sides.both && !sides.all.is_empty() {
            return Some(sides);
        }
        if met.is_empty() {
            return (frames.any(Meets::PLACE) && !sides.all.is_empty()).then_some(sides);
        }
        sides.apart = sides.add(met);
        return Some(sides);
    }
    let mut preps: Vec<&str> = Vec::new();
    if frames.any(Meets::WITH) {
        preps.extend(["with", "alongside"]);
    }
    if frames.any(Meets::TO) {
        preps.push("to");
    }
    let mut named = false;
    for t in objects(ground, p, v, &preps) {
        sides.both |= ground.means_both(p, t);
        let met = ground.parties(p, t);
        // "spoke to Channel Six": an interview.
        if !met.is_empty() && !met.iter().any(|&a| may_meet(ground, a)) {
            return None;
        }
        named |= sides.add(met);
    }
    sides.apart = named;
    // "the minister and the union's head spoke by telephone", but not "spoke at a rally".
    let speaks = matches!(doc.lemma(p, v), "speak" | "talk");
    let elsewhere = || {
        doc.analyses[p].children(v).any(|c| {
            doc.tokens(p)[c].dep == Dep::Prep
                && matches!(doc.word(p, c), "to" | "at" | "about" | "of" | "against" | "in")
        })
    };
    if speaks && !named {
        return (sides.all.len() > 1 && !elsewhere()).then_some(sides);
    }
    match named {
        true => Some(sides),
        false if frames.any(Meets::TOGETHER) && (!sides.all.is_empty() || sides.both) => Some(sides),
        false => None,
    }
}

/// The heads of who does what a verb tells, with who is sent to do it.
fn actors_of(ground: &Ground<'_, '_>, p: usize, v: usize) -> Vec<usize> {
    let doc = ground.doc;
    // "an envoy to meet him", "who has met": the noun that the clause is about.
    if matches!(doc.tokens(p)[v].dep, Dep::Relcl | Dep::Acl) && own_subject(doc, p, v).is_none() {
        return head(doc, p, v).into_iter().collect();
    }
    let mut at = v;
    // "is sending his envoy to Oslo to meet", "flew to Oslo to meet": the one sent, the one who flies.
    for _ in 0..4 {
        if own_subject(doc, p, at).is_some() {
            break;
        }
        let Some(mut up) = head(doc, p, at) else { break };
        // "is due to meet": through the adjective.
        if !is_verb(doc, p, up) && doc.tokens(p)[up].dep == Dep::Acomp {
            let Some(be) = head(doc, p, up) else { break };
            up = be;
        }
        if !is_verb(doc, p, up) {
            break;
        }
        if matches!(doc.tokens(p)[at].dep, Dep::Advcl | Dep::Xcomp | Dep::Conj)
            && gatherings().takes(doc.lemma(p, up), Meets::SEND | Meets::ORDER)
            && let Some(sent) = child(doc, p, up, &[Dep::Dobj])
            && sent < at
        {
            return vec![sent];
        }
        at = up;
    }
    subject(doc, p, v).or_else(|| subject(doc, p, at)).into_iter().collect()
}

/// Whose a thing is that is to bring a gathering about: "her decision to meet", "has plans to meet", "Roe's offer to
/// meet". Nothing where the noun is somebody who meets ("an envoy to meet him").
fn whose(ground: &mut Ground<'_, '_>, p: usize, v: usize) -> Option<usize> {
    let doc = ground.doc;
    let noun = head(doc, p, v).filter(|_| doc.tokens(p)[v].dep == Dep::Acl && doc.tokens(p)[v].tag == Tag::Vb)?;
    let thing = doc.tokens(p)[noun].pos == Pos::Noun && ground.party(p, noun).is_empty() && !ground.means_both(p, noun);
    if !thing {
        return None;
    }
    let owner = child(doc, p, noun, &[Dep::Poss]);
    owner.or_else(|| {
        let above = head(doc, p, noun).filter(|&h| is_verb(doc, p, h) && doc.tokens(p)[noun].dep == Dep::Dobj)?;
        subject(doc, p, above)
    })
}

fn of_noun(ground: &mut Ground<'_, '_>, trigger: &Trigger) -> Sides {
    let (p, noun) = (trigger.p, trigger.token);
    let doc = ground.doc;
    let mut sides = Sides::default();
    // "Norwegian-Swedish talks", "the union's meeting with", "our call": who stands before the noun.
    before(ground, p, noun, &mut sides);
    sides.before = !sides.all.is_empty();
    let body = |all: &[ActorIndex]| match all {
        [one] if ground.names.actor(*one).kind == EntityKind::Organization => Some(*one),
        _ => None,
    };
    sides.of = body(&sides.all);
    let mut with = false;
    for t in objects(ground, p, noun, &["between", "among", "involving", "of"]) {
        // "talks of peace", "a meeting of minds" name nobody.
        sides.both |= ground.means_both(p, t);
        let found = ground.parties(p, t);
        sides.apart |= found.len() > 1;
        if let [one] = found[..]
            && sides.of.is_none()
            && ground.names.actor(one).kind == EntityKind::Organization
        {
            sides.of = Some(one);
        }
        sides.add(found);
        // "meetings of officials with Norway": the other side may hang on the first.
        for t in objects(ground, p, t, &["with"]) {
            with |= sides.add(ground.parties(p, t));
        }
    }
    // "involving X" may be read as a participle.
    for c in doc.analyses[p].children(noun).collect::<Vec<_>>() {
        if doc.tokens(p)[c].dep == Dep::Acl && doc.lemma(p, c) == "involve" {
            if let Some(t) = child(doc, p, c, &[Dep::Dobj]) {
                sides.add(ground.parties(p, t));
            }
        }
        // "talks, conducted chiefly by the two leaders"
        if matches!(doc.tokens(p)[c].dep, Dep::Relcl | Dep::Acl) {
            joined(ground, p, c, &mut sides);
        }
    }
    // "a conference of the group, in which he was joined by": the clause may hang on a noun below.
    for c in subtree(doc, p, noun).filter(|&c| doc.tokens(p)[c].dep == Dep::Relcl).take(2).collect::<Vec<_>>() {
        joined(ground, p, c, &mut sides);
    }
    let whole = sides.apart;
    for t in objects(ground, p, noun, &["with"]) {
        sides.both |= ground.means_both(p, t);
        with |= sides.add(ground.parties(p, t));
    }
    let Some(v) = trigger.verb else {
        sides.apart |= with;
        return sides;
    };
    if matches!(trigger.role, Role::Object | Role::Adjunct(_)) {
        // "led a call on Tuesday with leaders": the parse hangs the phrase on the verb as often as on the noun.
        for t in objects(ground, p, v, &["with"]) {
            let after = t > noun && t - noun < 24;
            if after {
                sides.both |= ground.means_both(p, t);
                with |= sides.add(ground.parties(p, t));
            }
        }
    }
    if trigger.role == Role::Subject && is_passive(doc, p, v) {
        // "talks were held with X", "between X and Y" on the verb.
        for t in objects(ground, p, v, &["with", "between", "among"]) {
            let found = ground.parties(p, t);
            sides.apart |= found.len() > 1;
            with |= sides.add(found);
        }
    }
    sides.apart |= with;
    if !whole && takes_part(ground, trigger, v, with, &sides) {
        for t in actors_of(ground, p, v) {
            // The gathering cannot take part in itself.
            if t != noun && !subtree(doc, p, noun).contains(&t) {
                sides.both |= ground.means_both(p, t);
                let had = sides.all.len();
                sides.subject |= sides.add(ground.parties(p, t));
                sides.apart |= had > 0 && sides.all.len() > had;
            }
        }
    }
    sides
}

/// Verbs by which one side speaks of its own gathering with another ("wants talks with", "denied a meeting with").
const OWN: &[&str] = &[
    "accept", "agree", "announce", "arrange", "cancel", "confirm", "consider", "decline", "demand", "deny", "expect",
    "get", "need", "offer", "plan", "postpone", "propose", "refuse", "reject", "request", "schedule", "seek", "set",
    "signal", "suspend", "want", "win", "secure", "scrap", "skip", "call", "break", "cut", "abandon", "delay",
];

/// Whether the subject of the verb takes part in the noun that depends on it.
fn takes_part(ground: &Ground<'_, '_>, trigger: &Trigger, v: usize, with: bool, sides: &Sides) -> bool {
    let (doc, p) = (ground.doc, trigger.p);
    let lemma = doc.lemma(p, v);
    match trigger.role {
        Role::Object => {
            gatherings().takes(lemma, Meets::HAVE)
                || status::leaves(lemma)
                || with && !sides.before && OWN.contains(&lemma)
        }
        Role::Adjunct(prep) => {
            let goes = gatherings().takes(lemma, Meets::GO | Meets::HAVE | Meets::SEND | Meets::WITH) || lemma == "be";
            let word = doc.word(p, prep).to_lowercase();
            match word.as_str() {
                "for" | "to" | "in" | "into" if goes => true,
                // "walked out of talks", "withdrew from talks with X"
                "of" | "from" => status::leaves(lemma),
                // "said at a meeting with X", "told X during a call".
                "at" | "during" | "in" | "after" | "following" | "before" | "over" => with && !sides.before,
                _ => false,
            }
        }
        _ => false,
    }
}

/// Who stands before the noun: compounds, adjectives of nations, possessors.
fn before(ground: &mut Ground<'_, '_>, p: usize, noun: usize, sides: &mut Sides) {
    let doc = ground.doc;
    let start = subtree(doc, p, noun).start;
    let mut t = start;
    while t < noun {
        let token = doc.tokens(p)[t];
        let own = token.head as usize == noun || near(ground, p, t, noun);
        let adjective = token.pos == Pos::Adj && ground.demonym(p, t).is_some();
        let name = adjective || matches!(token.pos, Pos::Propn | Pos::Pron) || token.dep == Dep::Poss;
        if own && name && !matches!(token.dep, Dep::Det) {
            let had = sides.all.len();
            let found = match ground.names.mention_at(p, t).cloned() {
                // "the second White House meeting": where, not who.
                Some((at, actor)) if is_building(ground, actor) => {
                    t = at.tokens.end.max(t + 1) - 1;
                    Vec::new()
                }
                Some((at, _)) => {
                    let found = ground.party(p, t);
                    t = at.tokens.end.max(t + 1) - 1;
                    found
                }
                None => ground.party(p, t),
            };
            sides.add(found);
            sides.apart |= had > 0 && sides.all.len() > had;
        }
        t += 1;
    }
}

/// Whether a token hangs on the noun through names before it ("US-Norway talks", "the Roe-Voss meeting").
fn near(ground: &Ground<'_, '_>, p: usize, t: usize, noun: usize) -> bool {
    let doc = ground.doc;
    let mut at = t;
    for _ in 0..3 {
        let Some(up) = head(doc, p, at) else { return false };
        if up == noun {
            return true;
        }
        let joins = matches!(doc.tokens(p)[at].dep, Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Conj | Dep::Punct);
        if up > noun || !joins {
            return false;
        }
        at = up;
    }
    false
}

/// "in which he was joined by X", "that Y hosted": who takes part by a clause about the gathering.
fn joined(ground: &mut Ground<'_, '_>, p: usize, v: usize, sides: &mut Sides) {
    let doc = ground.doc;
    if !gatherings().takes(doc.lemma(p, v), Meets::HAVE) {
        return;
    }
    if let Some(s) = own_subject(doc, p, v) {
        sides.add(ground.parties(p, s));
    }
    for t in objects(ground, p, v, &["by"]) {
        sides.apart |= sides.add(ground.parties(p, t));
    }
}

/// Whether an actor can meet anybody: a newspaper that "spoke to" a minister is an interview, a platform meets nobody.
pub(super) fn may_meet(ground: &Ground<'_, '_>, actor: ActorIndex) -> bool {
    let actor = ground.names.actor(actor);
    let class = crate::facts::facts().known(&actor.name).map(|k| k.class);
    actor.kind != EntityKind::Place && !matches!(class, Some("outlet" | "agency" | "platform"))
}
