//! Where and when a gathering is: what depends on its verb or noun, or on the journey to it.

use rapporteur_language::{Dep, Tag};
use rapporteur_schema::{ActorIndex, EntityKind};

use super::trigger::{Role, Trigger};
use crate::doc::At;
use crate::grammar::{child, head, is_verb, own_subject, subtree};
use crate::party::RuleContext;
use crate::statement::is_medium;
use rapporteur_lexicon::words::{function, gathering};
use rapporteur_lexicon::{Meets, gatherings};

/// The verb above a gathering's verb that tells of going there ("flew to Oslo to meet").
pub(super) fn journey(context: &RuleContext<'_, '_>, p: usize, v: usize) -> Option<usize> {
    let doc = context.doc;
    let mut at = v;
    for _ in 0..3 {
        if gatherings().takes(doc.lemma(p, at), Meets::GO | Meets::SEND) {
            return Some(at);
        }
        let carried = matches!(doc.tokens(p)[at].dep, Dep::Advcl | Dep::Xcomp | Dep::Conj | Dep::Acl);
        // A clause with a subject of its own tells of somebody else's way.
        if !carried || own_subject(doc, p, at).is_some() {
            return None;
        }
        at = head(doc, p, at).filter(|&h| is_verb(doc, p, h))?;
    }
    None
}

/// Where it is.
pub(super) fn place(context: &RuleContext<'_, '_>, trigger: &Trigger) -> Option<ActorIndex> {
    let (p, doc) = (trigger.p, context.doc);
    // "visited Oslo"
    if trigger.role == Role::Verb && trigger.known.frames.any(Meets::PLACE) {
        let object = child(doc, p, trigger.token, &[Dep::Dobj]);
        if let Some(actor) = object.and_then(|o| located(context, p, o)) {
            return Some(actor);
        }
    }
    let mut heads = vec![trigger.token];
    heads.extend(trigger.verb.filter(|_| !matches!(trigger.role, Role::Bare)));
    let goes = trigger.verb.and_then(|v| journey(context, p, v));
    heads.extend(goes);
    heads.dedup();
    // "at the Foreign Ministry in Oslo": the city before the house.
    let mut house = None;
    for &h in &heads {
        let visit = trigger.kind == rapporteur_schema::MeetingKind::Visit && h == trigger.token;
        for prep in doc.analyses[p]
            .children(h)
            .filter(|&c| matches!(doc.tokens(p)[c].dep, Dep::Prep | Dep::Dative))
            .collect::<Vec<_>>()
        {
            let word = doc.lower(p, prep);
            let hosts = gathering::HOSTING.has(doc.lemma(p, h));
            let to = Some(h) == goes || visit || hosts;
            let fits = function::PLACE_PREPOSITION.value(word) == Some("spot") || to && matches!(word, "to" | "for");
            let object = child(doc, p, prep, &[Dep::Pobj]).filter(|_| fits);
            match object.and_then(|o| located(context, p, o)) {
                Some(actor) if is_building(context, actor) => house = house.or(Some(actor)),
                Some(actor) => return Some(actor),
                None => {}
            }
        }
    }
    if let Some(actor) =
        deeper(context, trigger, goes).filter(|&a| house.is_none() || !is_building(context, a)).or(house)
    {
        return Some(actor);
    }
    // "the Oslo talks", "the Palace meeting"
    if trigger.role != Role::Verb {
        let start = subtree(doc, p, trigger.token).start;
        // "Oslo's talks with Stockholm": whose, not where.
        let whose = |at: &At| doc.tokens(p)[at.tokens.end - 1].dep == Dep::Poss;
        let named = context.names.within(p, start..trigger.token).iter();
        let mut named = named.filter(|(at, _)| !whose(at)).map(|(_, a)| *a);
        // "the Singapore summit": a state that is one city is where, unless another is named beside it.
        let alone = named.clone().count() == 1;
        let city = |a: ActorIndex| {
            alone && gathering::CITY_STATE.has(&context.names.actor(a).name) && !context.names.is_person(a)
        };
        // "Oslo-Stockholm talks": two capitals that meet.
        let place = |a: ActorIndex| context.names.actor(a).kind == EntityKind::Place;
        let two = named.clone().filter(|&a| place(a) && !is_building(context, a)).count() > 1;
        return named.rfind(|&a| place(a) && !two || is_building(context, a) || city(a));
    }
    None
}

/// A place that hangs on something told of the gathering ("met the delegation in Oslo", "met to discuss it in Oslo").
fn deeper(context: &RuleContext<'_, '_>, trigger: &Trigger, goes: Option<usize>) -> Option<ActorIndex> {
    let (p, doc) = (trigger.p, context.doc);
    let top = trigger.verb.filter(|_| trigger.role != Role::Bare).unwrap_or(trigger.token);
    let visit = trigger.kind == rapporteur_schema::MeetingKind::Visit;
    let range = trigger.token..subtree(doc, p, top).end.min(trigger.token + 40);
    let preps = range.filter(|&c| {
        let word = doc.word(p, c);
        doc.tokens(p)[c].dep == Dep::Prep && (matches!(word, "in" | "at") || visit && word == "to")
    });
    let mut house = None;
    for prep in preps {
        let Some(object) = child(doc, p, prep, &[Dep::Pobj]) else { continue };
        let Some(actor) = located(context, p, object) else { continue };
        // "met to end the war in Norway": a country so far off is what is talked about.
        let country = context.names.actor(actor).kind == EntityKind::Country;
        let why = if !belongs(context, trigger, goes, prep..prep + 1) {
            Some("the place of another verb or noun")
        } else if of_purpose(context, trigger, prep) {
            Some("the place of what it is for")
        } else if country && !word_of_visit(visit, doc.word(p, prep)) {
            Some("a country so far off is what is talked about")
        } else {
            None
        };
        match why {
            Some(why) => {
                let words = At::new(p, trigger.words.clone());
                doc.trace.lost(doc, "meeting/place", "place", &words, &At::new(p, object..object + 1), why);
            }
            None if !is_building(context, actor) => return Some(actor),
            None => house = house.or(Some(actor)),
        }
    }
    house
}

/// Whether a place is that of a thing which the gathering is for ("talks to end a strike by drivers in Oslo").
fn of_purpose(context: &RuleContext<'_, '_>, trigger: &Trigger, prep: usize) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    let Some(mut at) = head(doc, p, prep).filter(|&h| h != trigger.token && !is_verb(doc, p, h)) else { return false };
    for _ in 0..6 {
        if at == trigger.token || Some(at) == trigger.verb {
            return false;
        }
        if is_verb(doc, p, at) {
            return doc.analyses[p].children(at).any(|c| doc.tokens(p)[c].tag == Tag::To);
        }
        let Some(up) = head(doc, p, at) else { return false };
        at = up;
    }
    false
}

/// "a visit of the president to Norway"
fn word_of_visit(visit: bool, word: &str) -> bool {
    visit && word == "to"
}

/// The place that a noun names, itself or by a name inside its phrase ("a hotel in Oslo", "the town hall of Brenn").
fn located(context: &RuleContext<'_, '_>, p: usize, noun: usize) -> Option<ActorIndex> {
    let doc = context.doc;
    let fits = |a: ActorIndex| match context.names.actor(a).kind {
        EntityKind::Place | EntityKind::Country => true,
        _ => is_building(context, a),
    };
    let own = context.names.at(p, noun).filter(|&a| fits(a));
    own.or_else(|| {
        let range = subtree(doc, p, noun);
        let range = range.start..range.end.min(noun + 8);
        // A body inside is no place: "the office of the president of Norway".
        let place = |a: &ActorIndex| matches!(context.names.actor(*a).kind, EntityKind::Place);
        context.names.within(p, range).iter().map(|(_, a)| *a).find(place)
    })
}

/// Whether a name is that of a building in which people meet.
pub(super) fn is_building(context: &RuleContext<'_, '_>, actor: ActorIndex) -> bool {
    let actor = context.names.actor(actor);
    matches!(actor.kind, EntityKind::Organization | EntityKind::Place)
        && actor.name.split(' ').any(|w| gathering::BUILDING.has(w))
}

/// Whether a date's tokens hang on the gathering: its noun, its verb or the journey, with no other verb between.
pub(super) fn belongs(
    context: &RuleContext<'_, '_>,
    trigger: &Trigger,
    goes: Option<usize>,
    tokens: std::ops::Range<usize>,
) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    let all = doc.tokens(p);
    let Some(mut t) = tokens.clone().find(|&t| !tokens.contains(&(all[t].head as usize))) else { return false };
    let verb = trigger.verb.filter(|_| match trigger.role {
        Role::Verb | Role::Object | Role::Subject => true,
        Role::Adjunct(prep) => {
            let v = trigger.verb.map_or("", |v| doc.lemma(p, v));
            gatherings().takes(v, Meets::GO | Meets::HAVE | Meets::SEND)
                || v == "be"
                || matches!(doc.word(p, prep), "at" | "during" | "in" | "over")
                || doc.word(p, prep) == "after" && super::status::settles(v)
        }
        Role::Bare => false,
    });
    for _ in 0..8 {
        if t == trigger.token || Some(t) == verb || Some(t) == goes {
            return true;
        }
        let Some(up) = head(doc, p, t) else { return false };
        // "in a tweet on Wednesday", "Friday's report of the talks": the day of what is said of it.
        let said = is_medium(doc.lemma(p, up));
        let modifies = matches!(all[t].dep, Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Amod);
        if up != trigger.token && (said || modifies) {
            return false;
        }
        // "another summit, following their meeting in Oslo in July": the place and the day of that one.
        let other = up != trigger.token && gatherings().noun(doc.lemma(p, up)).is_some();
        if other
            && head(doc, p, up).is_some_and(|h| matches!(doc.lower(p, h), "following" | "after" | "before" | "since"))
        {
            return false;
        }
        // "met to discuss it in Oslo": the purpose is told at the same place.
        let purpose = matches!(all[up].dep, Dep::Advcl | Dep::Xcomp | Dep::Acl)
            && doc.analyses[p].children(up).any(|c| all[c].tag == Tag::To && all[c].dep == Dep::Aux);
        if is_verb(doc, p, up) && up != trigger.token && Some(up) != verb && Some(up) != goes && !purpose {
            return false;
        }
        t = up;
    }
    false
}
