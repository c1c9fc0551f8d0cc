//! Where and when a gathering is: what depends on its verb or noun, or on the journey to it.

use rapporteur_language::{Dep, Tag};
use rapporteur_schema::{ActorIndex, Edtf, EntityKind};

use super::trigger::{Role, Trigger};
use crate::doc::Doc;
use crate::facts::{Meets, gatherings};
use crate::grammar::{child, head, is_verb, own_subject, subtree};
use crate::party::Ground;
use crate::statement::is_medium;

/// The verb above a gathering's verb that tells of going there ("flew to Oslo to meet").
fn journey(ground: &Ground<'_, '_>, p: usize, v: usize) -> Option<usize> {
    let doc = ground.doc;
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
pub(super) fn place(ground: &Ground<'_, '_>, trigger: &Trigger) -> Option<ActorIndex> {
    let (p, doc) = (trigger.p, ground.doc);
    // "visited Oslo"
    if trigger.role == Role::Verb && trigger.known.frames.any(Meets::PLACE) {
        let object = child(doc, p, trigger.token, &[Dep::Dobj]);
        if let Some(actor) = object.and_then(|o| located(ground, p, o)) {
            return Some(actor);
        }
    }
    let mut heads = vec![trigger.token];
    heads.extend(trigger.verb.filter(|_| !matches!(trigger.role, Role::Bare)));
    let goes = trigger.verb.and_then(|v| journey(ground, p, v));
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
            let word = doc.word(p, prep).to_lowercase();
            let hosts = matches!(doc.lemma(p, h), "welcome" | "host" | "receive" | "invite" | "summon" | "call");
            let to = Some(h) == goes || visit || hosts;
            let fits = matches!(word.as_str(), "in" | "at" | "near" | "outside" | "inside")
                || to && matches!(word.as_str(), "to" | "for");
            let object = child(doc, p, prep, &[Dep::Pobj]).filter(|_| fits);
            match object.and_then(|o| located(ground, p, o)) {
                Some(actor) if is_building(ground, actor) => house = house.or(Some(actor)),
                Some(actor) => return Some(actor),
                None => {}
            }
        }
    }
    if let Some(actor) = deeper(ground, trigger, goes).filter(|&a| house.is_none() || !is_building(ground, a)).or(house)
    {
        return Some(actor);
    }
    // "the Oslo talks", "the Palace meeting"
    if trigger.role != Role::Verb {
        let start = subtree(doc, p, trigger.token).start;
        let named = ground.names.within(p, start..trigger.token).iter().map(|(_, a)| *a);
        return named.filter(|&a| ground.names.actor(a).kind == EntityKind::Place || is_building(ground, a)).last();
    }
    None
}

/// A place that hangs on something told of the gathering ("met the delegation in Oslo", "met to discuss it in Oslo").
fn deeper(ground: &Ground<'_, '_>, trigger: &Trigger, goes: Option<usize>) -> Option<ActorIndex> {
    let (p, doc) = (trigger.p, ground.doc);
    let top = trigger.verb.filter(|_| trigger.role != Role::Bare).unwrap_or(trigger.token);
    let visit = trigger.kind == rapporteur_schema::MeetingKind::Visit;
    let range = trigger.token..subtree(doc, p, top).end.min(trigger.token + 40);
    let preps = range.filter(|&c| {
        let word = doc.word(p, c);
        doc.tokens(p)[c].dep == Dep::Prep && (matches!(word, "in" | "at") || visit && word == "to")
    });
    let mut house = None;
    for prep in preps {
        let object = child(doc, p, prep, &[Dep::Pobj]);
        if belongs(ground, trigger, goes, prep..prep + 1)
            && let Some(actor) = object.and_then(|o| located(ground, p, o))
            // "met to end the war in Norway": a country so far off is what is talked about.
            && (ground.names.actor(actor).kind != EntityKind::Country || word_of_visit(visit, doc.word(p, prep)))
        {
            if !is_building(ground, actor) {
                return Some(actor);
            }
            house = house.or(Some(actor));
        }
    }
    house
}

/// "a visit of the president to Norway"
fn word_of_visit(visit: bool, word: &str) -> bool {
    visit && word == "to"
}

/// The place that a noun names, itself or by a name inside its phrase ("a hotel in Oslo", "the town hall of Brenn").
fn located(ground: &Ground<'_, '_>, p: usize, noun: usize) -> Option<ActorIndex> {
    let doc = ground.doc;
    let fits = |a: ActorIndex| match ground.names.actor(a).kind {
        EntityKind::Place | EntityKind::Country => true,
        _ => is_building(ground, a),
    };
    let own = ground.names.at(p, noun).filter(|&a| fits(a));
    own.or_else(|| {
        let range = subtree(doc, p, noun);
        let range = range.start..range.end.min(noun + 8);
        // A body inside is no place: "the office of the president of Norway".
        let place = |a: &ActorIndex| matches!(ground.names.actor(*a).kind, EntityKind::Place);
        ground.names.within(p, range).iter().map(|(_, a)| *a).find(place)
    })
}

/// Whether a name is that of a building in which people meet.
pub(super) fn is_building(ground: &Ground<'_, '_>, actor: ActorIndex) -> bool {
    let actor = ground.names.actor(actor);
    matches!(actor.kind, EntityKind::Organization | EntityKind::Place)
        && BUILDINGS.iter().any(|b| actor.name.split(' ').any(|w| w == *b))
}

/// Words of names of buildings in which people meet.
const BUILDINGS: &[&str] = &[
    "House",
    "Palace",
    "Hall",
    "Kremlin",
    "Hotel",
    "Centre",
    "Center",
    "Building",
    "Castle",
    "Office",
    "Mansion",
    "Club",
    "Lodge",
    "Ministry",
    "Headquarters",
    "Court",
    "Pentagon",
    "Capitol",
];

/// The clause of a noun with a date that follows it at once, which the parse may hang higher ("the pledges made at the
/// summit in Oslo last year").
pub(super) fn with_date(
    ground: &Ground<'_, '_>,
    trigger: &Trigger,
    clause: std::ops::Range<usize>,
) -> (std::ops::Range<usize>, Option<Edtf>) {
    let (p, doc) = (trigger.p, ground.doc);
    if trigger.role == Role::Verb {
        return (clause, None);
    }
    let end = doc.bytes(p, clause.clone()).end;
    let at = ground.dates.partition_point(|d| (d.paragraph, d.bytes.start) < (p, end));
    let next = ground.dates.get(at).filter(|d| d.paragraph == p && d.listed);
    let next = next.map(|d| (doc.tokens_in(p, d.bytes.clone()), d.value));
    match next {
        // "led the first round, on April 21 and 22, and"
        Some((tokens, value)) if follows(ground, p, clause.end, tokens.start) && tokens.end > clause.end => {
            (clause.start..tokens.end, value.map(|v| and_next(ground, p, tokens.end, v)))
        }
        _ => (clause, None),
    }
}

/// When it is: the dates that depend on its noun, its verb, or the journey to it.
pub(super) fn date(ground: &Ground<'_, '_>, trigger: &Trigger, clause: &std::ops::Range<usize>) -> Option<Edtf> {
    let (p, doc) = (trigger.p, ground.doc);
    let bytes = doc.bytes(p, clause.clone());
    let first = ground.dates.partition_point(|d| (d.paragraph, d.bytes.start) < (p, bytes.start));
    let inside = ground.dates[first..].iter().take_while(|d| d.paragraph == p && d.bytes.end <= bytes.end).take(16);
    let goes = trigger.verb.and_then(|v| journey(ground, p, v));
    let mut found: Option<Edtf> = None;
    let mut last_end = 0;
    for d in inside.filter(|d| d.listed) {
        let Some(value) = d.value else { continue };
        let tokens = doc.tokens_in(p, d.bytes.clone());
        let value = and_next(ground, p, tokens.end, value);
        if !belongs(ground, trigger, goes, tokens.clone()) || behind_another(ground, trigger, goes, tokens.start) {
            continue;
        }
        // "announced on Tuesday a meeting": the day of the announcement, where it stands before what is announced.
        let only_told = trigger.role == Role::Object
            && trigger.verb.is_some_and(|v| !gatherings().takes(doc.lemma(p, v), Meets::HAVE | Meets::PLAN));
        if only_told && tokens.end <= trigger.token {
            continue;
        }
        // "cancelled a meeting with her on Tuesday": the day of cancelling, unless it hangs on the noun.
        let off = trigger.role == Role::Object
            && trigger.verb.is_some_and(|v| gatherings().takes(doc.lemma(p, v), Meets::CALL_OFF));
        if off && !tokens.clone().any(|t| under(doc, p, t, trigger.token)) {
            continue;
        }
        found = match found {
            None => Some(value),
            // "on Monday and Tuesday", "late Monday and throughout Tuesday" are one stretch.
            Some(before)
                if tokens.start <= last_end + 3
                    && (last_end..tokens.start).any(|t| {
                        matches!(doc.word(p, t), "and" | "to" | "through" | "throughout" | "until" | "-" | "–")
                    }) =>
            {
                Some(before.hull(value))
            }
            before => before,
        };
        last_end = tokens.end;
    }
    found
}

/// Whether a date stands right behind another verb than those that tell the gathering ("said on Tuesday he would meet
/// her"), to which the parse does not always give it.
fn behind_another(ground: &Ground<'_, '_>, trigger: &Trigger, goes: Option<usize>, date: usize) -> bool {
    let (p, doc) = (trigger.p, ground.doc);
    let small = |t: usize| matches!(doc.word(p, t).to_lowercase().as_str(), "on" | "late" | "early" | "," | "last");
    let Some(v) = (date.saturating_sub(3)..date).rev().find(|&t| !small(t)) else { return false };
    let finite = matches!(doc.tokens(p)[v].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp);
    let aux = matches!(doc.tokens(p)[v].dep, Dep::Aux | Dep::Auxpass);
    v < trigger.token && finite && !aux && Some(v) != trigger.verb && Some(v) != goes && v != trigger.token
}

/// Whether a token hangs below another.
fn under(doc: &Doc<'_>, p: usize, t: usize, above: usize) -> bool {
    let mut at = t;
    for _ in 0..8 {
        if at == above {
            return true;
        }
        let Some(up) = head(doc, p, at) else { return false };
        at = up;
    }
    false
}

/// Whether nothing but a comma and a preposition stands between a clause and a date.
fn follows(ground: &Ground<'_, '_>, p: usize, end: usize, date: usize) -> bool {
    let between = (end..date).map(|t| ground.doc.word(p, t));
    date >= end && date - end <= 2 && between.into_iter().all(|w| matches!(w, "," | "on" | "in"))
}

/// "on April 21 and 22": the second day, which is no date by itself.
fn and_next(ground: &Ground<'_, '_>, p: usize, end: usize, value: Edtf) -> Edtf {
    let doc = ground.doc;
    if !value.is_day() || end + 1 >= doc.tokens(p).len() || !matches!(doc.word(p, end), "and" | "-" | "–") {
        return value;
    }
    let month = value.first_day();
    let day = doc.word(p, end + 1).parse().ok().filter(|d| *d > month.day() && *d <= 31);
    let counted = end + 2 < doc.tokens(p).len() && doc.tokens(p)[end + 2].tag == Tag::Nns;
    let last = day.filter(|_| !counted).and_then(|d| jiff::civil::Date::new(month.year(), month.month(), d).ok());
    last.map_or(value, |last| Edtf::days(month, last))
}

/// Whether a date's tokens hang on the gathering: its noun, its verb or the journey, with no other verb between.
fn belongs(ground: &Ground<'_, '_>, trigger: &Trigger, goes: Option<usize>, tokens: std::ops::Range<usize>) -> bool {
    let (p, doc) = (trigger.p, ground.doc);
    let all = doc.tokens(p);
    let Some(mut t) = tokens.clone().find(|&t| !tokens.contains(&(all[t].head as usize))) else { return false };
    let verb = trigger.verb.filter(|_| match trigger.role {
        Role::Verb | Role::Object | Role::Subject => true,
        Role::Adjunct(prep) => {
            let v = trigger.verb.map_or("", |v| doc.lemma(p, v));
            gatherings().takes(v, Meets::GO | Meets::HAVE | Meets::SEND)
                || v == "be"
                || matches!(doc.word(p, prep), "at" | "during" | "in" | "over")
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
