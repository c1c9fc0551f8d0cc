//! Who met whom: every account of a gathering, with who took part, place, date and status.
//!
//! 1. `trigger` finds the words that tell of one: verbs, and nouns with the verb they depend on.
//! 2. `verb` and `noun` ask who takes part (each frame a rule), `antecedent` whom "both sides" means, `place` where, `when`
//!    when, `status` how far it has come, `doubt` what it depends on.
//! 3. `clause` cuts out the words that say so.

mod antecedent;
mod clause;
mod doubt;
mod marked;
mod noun;
mod participants;
mod place;
mod status;
mod trigger;
mod verb;
mod when;

use rapporteur_lexicon::Meets;
use rapporteur_lexicon::words::{gathering, number};
use rapporteur_reader::Tag;
use rapporteur_schema::{
    ActorIndex, Edtf, EntityKind, Manner, MeetingFinding, MeetingKind, MeetingStatus, PassageKind, Rule,
};

use self::antecedent::{Pair, Pairs};
use self::participants::{Participants, bar};
use self::trigger::{Role, Trigger};
use crate::doc::At;
use crate::grammar::subtree;
use crate::party::RuleContext;
use crate::places::Places;

/// Finds them all, in the order of the text.
pub(crate) fn find(context: &RuleContext<'_, '_>) -> Vec<MeetingFinding> {
    let mut out: Vec<MeetingFinding> = Vec::new();
    let mut met = Pairs::default();
    for p in 0..context.doc.len() {
        if !matches!(context.doc.kind(p), PassageKind::Body | PassageKind::Caption) {
            continue;
        }
        let mut told: Vec<(std::ops::Range<usize>, Option<Trigger>)> =
            trigger::triggers(context.doc, p).into_iter().map(|t| (t.words.clone(), Some(t))).collect();
        // What the tagger marks beside these.
        let rules = told.len();
        for mark in context.doc.tagged(p).marks(Tag::Gathering) {
            let touches = |(words, _): &(std::ops::Range<usize>, Option<Trigger>)| {
                words.start < mark.tokens.end && mark.tokens.start < words.end
            };
            if !told[..rules].iter().any(touches) {
                told.push((mark.tokens.clone(), None));
            }
        }
        // A caption tells when and where of what its picture shows.
        let caption = context.doc.kind(p) == PassageKind::Caption;
        told.retain(|(words, _)| caption || !context.doc.is_furniture(p, words.start));
        told.sort_by_key(|(words, _)| words.start);
        for (words, trigger) in told {
            let found = match &trigger {
                Some(trigger) => by_rule(context, trigger, &met),
                None => {
                    let mark = context.doc.tagged(p).marks(Tag::Gathering).find(|m| m.tokens == words);
                    mark.and_then(|m| marked::account(context, p, m))
                }
            };
            let Some(account) = found else { continue };
            if let [a, b] = account.participants[..] {
                met.meet(Pair { at: At::new(p, words), who: [a, b] });
            }
            out.push(account);
        }
    }
    // "flew to Oslo to meet": the journey and the meeting are one account, the fuller one.
    let clauses = Places::of(out.iter().map(|m| &m.at));
    let alone: Vec<bool> = out
        .iter()
        .map(|m| {
            let journey = m.refers && m.kind == MeetingKind::Visit;
            let fuller = |i: u32| out.get(i as usize).is_some_and(|o| o.trigger != m.trigger && !o.refers);
            !journey || !clauses.holding(m.trigger.span()).any(|(_, i)| fuller(i))
        })
        .collect();
    let mut keep = alone.into_iter();
    out.retain(|_| keep.next().unwrap_or(true));
    out.sort_by_key(|m| (m.at.span(), m.trigger.span()));
    out
}

/// What a trigger of the rules tells, with what the tagger adds to it; nothing where the tagger sees no gathering.
fn by_rule(context: &RuleContext<'_, '_>, trigger: &Trigger, met: &Pairs) -> Option<MeetingFinding> {
    let p = trigger.p;
    let Some(mark) = marked::mark_at(context, trigger) else {
        if context.doc.tagged(p).most(Tag::Gathering, trigger.words.clone()).is_some_and(|s| s < marked::DOUBTED) {
            dropped(context, trigger, "meeting/marked", "the tagger sees no gathering in it");
            return None;
        }
        return account(context, trigger, met);
    };
    match account(context, trigger, met) {
        Some(mut account) => {
            marked::complete(context, p, mark, &mut account);
            Some(account)
        }
        None => marked::account(context, p, mark),
    }
}

/// What one trigger tells, if it is a gathering; `met` are the pairs told of before.
fn account(context: &RuleContext<'_, '_>, trigger: &Trigger, met: &Pairs) -> Option<MeetingFinding> {
    let (p, doc) = (trigger.p, context.doc);
    let found = match trigger.role {
        Role::Verb => verb::of_verb(context, trigger),
        _ => Some(noun::of_noun(context, trigger)),
    };
    let Some(found) = found else {
        dropped(context, trigger, "meeting/verb", "not in the frame of a gathering, or nobody is named with it");
        return None;
    };
    let place = place::place(context, trigger);
    let participants = taking_part(context, trigger, &found, place, met);
    let clause = clause::clause(doc, trigger, found.subject);
    let (clause, behind) = when::with_date(context, trigger, clause);
    let date = when::date(context, trigger, &clause).or(behind);
    let mut stage = status::stage(doc, trigger);
    let date = date.map(|d| when::to_come(context, trigger, d, &stage));
    if stage.status == MeetingStatus::Held && stage.staged && doubt::hearsay(context, trigger) {
        stage.status = MeetingStatus::Unconfirmed;
    }
    let status = by_day(stage.status, date, context.published, doc.kind(p));
    let several = participants.len() > 1 || found.both.is_some();
    let journey = trigger.role == Role::Verb && trigger.known.frames.any(Meets::GO);
    if journey && place.is_some_and(|a| place::is_building(context, a)) {
        dropped(context, trigger, found.by, "a way to a building is no visit");
        return None;
    }
    if trigger.kind == MeetingKind::Signing && trigger.role == Role::Verb && place.is_none() && date.is_none() {
        dropped(
            context,
            trigger,
            found.by,
            "a contract that is closed, not told as a gathering: neither a place nor a day",
        );
        return None;
    }
    if !enough(context, trigger, several, !participants.is_empty(), place.is_some(), date.is_some()) {
        dropped(context, trigger, found.by, "names too few, and neither a place nor a day that would do");
        return None;
    }
    let timing = when::timing(context, p, &clause);
    Some(MeetingFinding {
        by: Rule::new(found.by),
        at: doc.cite(&At::new(p, clause))?,
        trigger: doc.cite(&At::new(p, trigger.words.clone()))?,
        kind: trigger.kind,
        refers: journey || !several || stage.open,
        of: found.of.filter(|a| participants.contains(a)),
        participants,
        place,
        date,
        timing,
        status,
        staged: stage.staged || status != stage.status,
        condition: stage.condition,
        manner: manner(context, trigger),
        ordinal: ordinal(context, trigger),
        sides: found.both.is_some(),
    })
}

/// Tells somebody who asks why that a trigger is no account.
fn dropped(context: &RuleContext<'_, '_>, trigger: &Trigger, by: &'static str, why: &'static str) {
    let words = At::new(trigger.p, trigger.words.clone());
    context.doc.trace.lost(context.doc, by, "gathering", &words, &words, why);
}

/// Whether what is told makes a gathering, by how many are named, and whether a place and a day are.
fn enough(
    context: &RuleContext<'_, '_>,
    trigger: &Trigger,
    several: bool,
    somebody: bool,
    place: bool,
    day: bool,
) -> bool {
    match trigger.role {
        // A body that meets by itself needs a day or a place; a journey a traveller.
        Role::Verb if trigger.known.frames.any(Meets::GO) => somebody && place,
        Role::Verb => several || somebody && (place || day),
        _ if trigger.known.frames.any(Meets::STRONG) => {
            several || place || day || somebody && definite(context, trigger)
        }
        _ => several || somebody && (place || day),
    }
}

/// Who takes part of those that were found: nobody who is where they meet or can meet nobody, with whom "both sides" means.
fn taking_part(
    context: &RuleContext<'_, '_>,
    trigger: &Trigger,
    found: &Participants,
    place: Option<ActorIndex>,
    met: &Pairs,
) -> Vec<ActorIndex> {
    let mut out: Vec<ActorIndex> = Vec::new();
    for &actor in &found.all {
        let barred = if Some(actor) == place { Some("it is where they meet") } else { bar(context, actor) };
        match barred {
            Some(why) => lost(context, trigger, found.by, actor, why),
            None => out.push(actor),
        }
    }
    if let Some(t) = found.both.filter(|_| out.len() < 2)
        && let Some(pair) = antecedent::resolve(context, trigger.p, t, met)
        && !out.iter().any(|a| pair.who.contains(a))
    {
        out.extend(pair.who);
    }
    one_side_once(context, trigger, found.by, out)
}

/// Tells somebody who asks why that an actor takes no part.
fn lost(context: &RuleContext<'_, '_>, trigger: &Trigger, by: &'static str, actor: ActorIndex, why: &'static str) {
    let (doc, p) = (context.doc, trigger.p);
    if !doc.trace.is_on() {
        return;
    }
    let sentence = doc.sentence(p, trigger.token);
    let named = context.names.within(p, sentence).iter().find(|(_, a)| *a == actor).map(|(at, _)| at.clone());
    let words = At::new(p, trigger.words.clone());
    doc.trace.lost(doc, by, "participants", &words, named.as_ref().unwrap_or(&words), why);
}

/// "Norway's leader, Jon Berg" may be read as two; two alone who are a person and their own country are one side.
fn one_side_once(
    context: &RuleContext<'_, '_>,
    trigger: &Trigger,
    by: &'static str,
    mut actors: Vec<ActorIndex>,
) -> Vec<ActorIndex> {
    if let [a, b] = actors[..] {
        let own = |person: ActorIndex, country: ActorIndex| {
            context.names.is_person(person)
                && context.names.actor(country).kind == EntityKind::Country
                && context.country_of(person) == context.country_of(country)
        };
        let country = if own(a, b) { Some(1) } else { own(b, a).then_some(0) };
        if let Some(country) = country {
            let actor = actors.remove(country);
            lost(context, trigger, by, actor, "the own country of the other: one side");
        }
    }
    actors
}

/// A gathering told as held on a day to come is planned; told as under way it is held if its day is past.
fn by_day(status: MeetingStatus, date: Option<Edtf>, published: Option<Edtf>, kind: PassageKind) -> MeetingStatus {
    let (Some(date), Some(today)) = (date, published) else {
        return if kind == PassageKind::Caption && status == MeetingStatus::UnderWay {
            MeetingStatus::Held
        } else {
            status
        };
    };
    match status {
        MeetingStatus::Held | MeetingStatus::UnderWay if date.first_day() > today.last_day() => MeetingStatus::Planned,
        MeetingStatus::UnderWay if date.last_day() < today.first_day() => MeetingStatus::Held,
        MeetingStatus::UnderWay if kind == PassageKind::Caption => MeetingStatus::Held,
        other => other,
    }
}

/// Whether the noun is pointed at as one that is known ("the talks", "their meeting").
fn definite(context: &RuleContext<'_, '_>, trigger: &Trigger) -> bool {
    let doc = context.doc;
    doc.analyses[trigger.p]
        .children(trigger.token)
        .any(|c| c < trigger.token && gathering::KNOWN.has(doc.lower(trigger.p, c)))
}

/// How it is held, by the words beside it.
fn manner(context: &RuleContext<'_, '_>, trigger: &Trigger) -> Vec<Manner> {
    let (p, doc) = (trigger.p, context.doc);
    let verb = trigger.verb.unwrap_or(trigger.token);
    let beside = doc.analyses[p].children(trigger.token).chain(doc.analyses[p].children(verb));
    let mut out: Vec<Manner> = beside
        .filter_map(|c| match doc.lower_lemma(p, c) {
            "direct" | "directly" | "face" | "bilateral" => Some(Manner::Direct),
            "indirect" | "indirectly" => Some(Manner::Indirect),
            secret if gathering::IN_SECRET.has(secret) => Some(Manner::Closed),
            "public" | "publicly" | "televised" => Some(Manner::Open),
            "behind" => subtree(doc, p, c).any(|t| doc.lemma(p, t) == "door").then_some(Manner::Closed),
            _ => None,
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Which of a row it is ("the third round of talks").
fn ordinal(context: &RuleContext<'_, '_>, trigger: &Trigger) -> Option<u32> {
    let (p, doc) = (trigger.p, context.doc);
    if trigger.role == Role::Verb {
        return None;
    }
    doc.analyses[p]
        .children(trigger.token)
        .filter(|&c| c < trigger.token)
        .find_map(|c| number::ORDINAL.number(doc.lemma(p, c)))
}
