//! Who takes part in a gathering that a verb tells of: its subject, whom it meets or meets with. A rule a frame
//! of the verb (`meeting/verb/object`, `meeting/verb/with` …).

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{ActorIndex, EntityKind, MeetingKind};

use super::participants::{Participants, actors_of, bar, objects};
use super::place::is_building;
use super::trigger::Trigger;
use crate::grammar::{child, head, is_passive, is_verb, own_subject, subject};
use crate::party::RuleContext;
use rapporteur_lexicon::Meets;
use rapporteur_lexicon::words::gathering;

/// Who takes part in what a verb tells, with the rule that says so; `None` where the frame is not that of a gathering
/// ("met the deadline").
pub(super) fn of_verb(context: &RuleContext<'_, '_>, trigger: &Trigger) -> Option<Participants> {
    let (p, v, frames) = (trigger.p, trigger.token, trigger.known.frames);
    let doc = context.doc;
    let mut out = Participants::default();
    let object = child(doc, p, v, &[Dep::Dobj]);
    let passive = is_passive(doc, p, v);
    let actors = whose(context, p, v).map_or_else(|| actors_of(context, p, v), |owner| vec![owner]);
    for t in actors {
        out.add_phrase(context, p, t);
    }
    // "was received by the king": who is received is the subject, who receives the agent.
    if passive && frames.any(Meets::OBJECT) {
        if let Some(received) = own_subject(doc, p, v) {
            out.apart |= out.add(context.parties(p, received));
        }
        out.by = "meeting/verb/received";
        return (out.all.len() > 1).then_some(out);
    }
    if frames.any(Meets::GO) {
        out.by = "meeting/verb/journey";
        return (!out.all.is_empty() && object.is_none()).then_some(out);
    }
    // "will sign the agreement": two at least sign with each other.
    if trigger.kind == MeetingKind::Signing {
        out.by = "meeting/verb/signing";
        let with = [Some(v), object].into_iter().flatten().flat_map(|h| objects(context, p, h, &["with"]));
        for t in with.collect::<Vec<_>>() {
            out.apart |= out.add(context.parties(p, t));
        }
        return (out.all.len() > 1 && object.is_some()).then_some(out);
    }
    if let Some(object) = object {
        if !frames.any(Meets::OBJECT) || matches!(doc.word(p, object), "himself" | "herself") {
            return None;
        }
        out.by = "meeting/verb/object";
        out.note_both(context, p, object);
        let met = context.parties(p, object);
        // "which he called a disaster": only people are rung up.
        let rung = matches!(doc.lemma(p, v), "call" | "phone" | "telephone");
        if rung {
            out.by = "meeting/verb/rung";
        }
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
        if hosts {
            out.by = "meeting/verb/hosted";
        }
        if hosts && (met.is_empty() || doc.analyses[p].children(v).any(home)) {
            return None;
        }
        // "visited Oslo": a place, which is nobody.
        if met.is_empty() && out.both.is_some() && !out.all.is_empty() {
            return Some(out);
        }
        if met.is_empty() {
            out.by = "meeting/verb/visited";
            // "visited the consulate", "visits a plant in Oslo": a walk through a building is no visit of state.
            let names_place = context.names.at(p, object).is_some_and(|a| {
                let kind = context.names.actor(a).kind;
                matches!(kind, EntityKind::Place | EntityKind::Country) && !is_building(context, a)
            });
            if !names_place {
                return None;
            }
            return (frames.any(Meets::PLACE) && !out.all.is_empty()).then_some(out);
        }
        out.apart = out.add(met);
        return Some(out);
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
        out.note_both(context, p, t);
        let met = context.parties(p, t);
        // "spoke to Channel Six": an interview.
        if !met.is_empty() && met.iter().all(|&a| bar(context, a).is_some()) {
            return None;
        }
        named |= out.add(met);
    }
    out.apart = named;
    out.by = if named { "meeting/verb/with" } else { "meeting/verb/together" };
    // "the minister and the union's head spoke by telephone", but not "spoke at a rally".
    let speaks = matches!(doc.lemma(p, v), "speak" | "talk");
    let elsewhere = || {
        doc.analyses[p]
            .children(v)
            .any(|c| doc.tokens(p)[c].dep == Dep::Prep && gathering::NO_EXCHANGE.has(doc.word(p, c)))
    };
    if speaks && !named {
        return (out.all.len() > 1 && !elsewhere()).then_some(out);
    }
    match named {
        true => Some(out),
        false if frames.any(Meets::TOGETHER) && (!out.all.is_empty() || out.both.is_some()) => Some(out),
        false => None,
    }
}

/// Whose a thing is that is to bring a gathering about: "her decision to meet", "has plans to meet", "Roe's offer to
/// meet". Nothing where the noun is somebody who meets ("an envoy to meet him").
fn whose(context: &RuleContext<'_, '_>, p: usize, v: usize) -> Option<usize> {
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
