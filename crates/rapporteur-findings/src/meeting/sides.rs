//! Who takes part in a gathering: the subject of its verb, who is named "with", "between" or "of" it, whose it is, and who
//! is sent to it. A place is nobody.

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind, MeetingKind};

use super::trigger::{Role, Trigger};
use crate::grammar::{child, head, is_passive, is_verb, own_subject, subject};
use crate::party::RuleContext;
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Meets, gatherings};

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
    pub(super) before: bool,
    /// Whether it is said of both parties of the story without naming them.
    pub(super) both: bool,
}

impl Sides {
    pub(super) fn add(&mut self, found: Vec<ActorIndex>) -> bool {
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
pub(super) fn sides(context: &mut RuleContext<'_, '_>, trigger: &Trigger) -> Option<Sides> {
    match trigger.role {
        Role::Verb => of_verb(context, trigger),
        _ => Some(super::noun::of_noun(context, trigger)),
    }
}

/// The tokens that a preposition of this verb or noun governs.
pub(super) fn objects(context: &RuleContext<'_, '_>, p: usize, of: usize, preps: &[&str]) -> Vec<usize> {
    let doc = context.doc;
    let links = doc.analyses[p].children(of).filter(|&c| {
        matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative | Dep::Agent)
            && preps.contains(&doc.word(p, c).to_lowercase().as_str())
    });
    links.filter_map(|c| child(doc, p, c, &[Dep::Pobj])).collect()
}

fn of_verb(context: &mut RuleContext<'_, '_>, trigger: &Trigger) -> Option<Sides> {
    let (p, v, frames) = (trigger.p, trigger.token, trigger.known.frames);
    let doc = context.doc;
    let mut sides = Sides::default();
    if frames.any(Meets::SEND) {
        let sent = child(doc, p, v, &[Dep::Dobj])?;
        sides.add(context.parties(p, sent));
        return (!sides.all.is_empty()).then_some(sides);
    }
    let object = child(doc, p, v, &[Dep::Dobj]);
    let passive = is_passive(doc, p, v);
    let actors = whose(context, p, v).map_or_else(|| actors_of(context, p, v), |owner| vec![owner]);
    for t in actors {
        sides.both |= context.means_both(p, t);
        sides.add(context.parties(p, t));
    }
    // "was received by the king": who is received is the subject, who receives the agent.
    if passive && frames.any(Meets::OBJECT) {
        if let Some(received) = own_subject(doc, p, v) {
            sides.apart |= sides.add(context.parties(p, received));
        }
        return (sides.all.len() > 1).then_some(sides);
    }
    if frames.any(Meets::GO) {
        return (!sides.all.is_empty() && object.is_none()).then_some(sides);
    }
    // "will sign the agreement": two at least sign with each other.
    if trigger.kind == MeetingKind::Signing {
        let with = [Some(v), object].into_iter().flatten().flat_map(|h| objects(context, p, h, &["with"]));
        for t in with.collect::<Vec<_>>() {
            sides.apart |= sides.add(context.parties(p, t));
        }
        return (sides.all.len() > 1 && object.is_some()).then_some(sides);
    }
    if let Some(object) = object {
        if !frames.any(Meets::OBJECT) || matches!(doc.word(p, object), "himself" | "herself") {
            return None;
        }
        sides.both |= context.means_both(p, object);
        let met = context.parties(p, object);
        // "which he called a disaster": only people are rung up.
        let rung = matches!(doc.lemma(p, v), "call" | "phone" | "telephone");
        if rung && !met.iter().all(|&a| context.names.is_person(a)) {
            return None;
        }
        // "received a prize", "welcomed the plan": people and countries are received.
        let hosts = matches!(doc.lemma(p, v), "receive" | "welcome" | "host");
        let guest = |a: ActorIndex| {
            context.names.is_person(a)
                || context.names.actor(a).kind == EntityKind::Country && doc.lemma(p, v) != "receive"
        };
        let met: Vec<ActorIndex> = met.into_iter().filter(|&a| !hosts || guest(a)).collect();
        let home = |c: usize| matches!(doc.word(p, c), "home" | "back");
        if hosts && (met.is_empty() || doc.analyses[p].children(v).any(home)) {
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
    for t in objects(context, p, v, &preps) {
        sides.both |= context.means_both(p, t);
        let met = context.parties(p, t);
        // "spoke to Channel Six": an interview.
        if !met.is_empty() && !met.iter().any(|&a| may_meet(context, a)) {
            return None;
        }
        named |= sides.add(met);
    }
    sides.apart = named;
    // "the minister and the union's head spoke by telephone", but not "spoke at a rally".
    let speaks = matches!(doc.lemma(p, v), "speak" | "talk");
    let elsewhere = || {
        doc.analyses[p]
            .children(v)
            .any(|c| doc.tokens(p)[c].dep == Dep::Prep && gathering::NO_EXCHANGE.has(doc.word(p, c)))
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
pub(super) fn actors_of(context: &RuleContext<'_, '_>, p: usize, v: usize) -> Vec<usize> {
    let doc = context.doc;
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
fn whose(context: &mut RuleContext<'_, '_>, p: usize, v: usize) -> Option<usize> {
    let doc = context.doc;
    let noun = head(doc, p, v).filter(|_| doc.tokens(p)[v].dep == Dep::Acl && doc.tokens(p)[v].tag == Tag::Vb)?;
    let thing =
        doc.tokens(p)[noun].pos == Pos::Noun && context.party(p, noun).is_empty() && !context.means_both(p, noun);
    if !thing {
        return None;
    }
    let owner = child(doc, p, noun, &[Dep::Poss]);
    owner.or_else(|| {
        let above = head(doc, p, noun).filter(|&h| is_verb(doc, p, h) && doc.tokens(p)[noun].dep == Dep::Dobj)?;
        subject(doc, p, above)
    })
}

/// Whether an actor can meet anybody: a newspaper that "spoke to" a minister is an interview, a platform meets nobody.
pub(super) fn may_meet(context: &RuleContext<'_, '_>, actor: ActorIndex) -> bool {
    let actor = context.names.actor(actor);
    let class = rapporteur_lexicon::facts().known(&actor.name).map(|k| k.class);
    actor.kind != EntityKind::Place && !matches!(class, Some("outlet" | "agency" | "platform"))
}
