//! How far a gathering has come as a clause tells it: held, under way, planned, ordered, conditional, denied, called off,
//! unconfirmed.
//!
//! The verb's tense and modals tell first, then the verbs above it ("ordered to meet", "hopes to meet", "was to have
//! met"), then adjectives of the noun ("the cancelled summit"), then the day (after Saurí & Pustejovsky, FactBank, 2009:
//! what a text commits itself to is read off the chain of predicates above an event).

use rapporteur_language::{Dep, Pos, Tag};
use rapporteur_schema::{Citation, MeetingStatus};

use super::doubt::{added, condition, hedged, open};
use super::trigger::{Role, Trigger};
use crate::doc::Doc;
use crate::grammar::{child, head, is_negated, is_passive, is_verb};
use rapporteur_lexicon::words::gathering;
use rapporteur_lexicon::{Meets, gatherings};

/// A gathering's status and what it depends on.
pub(super) struct Stage {
    /// How far it has come.
    pub(super) status: MeetingStatus,
    /// Whether the words tell so.
    pub(super) staged: bool,
    /// Whether the clause leaves open if it is so ("if he meets him").
    pub(super) open: bool,
    /// The clause that it depends on.
    pub(super) condition: Option<Citation>,
}

/// Reads the status of a gathering off its clause.
pub(super) fn stage(doc: &Doc<'_>, trigger: &Trigger) -> Stage {
    let p = trigger.p;
    let condition = trigger.verb.or(Some(trigger.token)).and_then(|v| condition(doc, p, v));
    let condition = condition.or_else(|| added(doc, trigger));
    let open = open(doc, p, trigger.verb.unwrap_or(trigger.token));
    let (told, staged) = match trigger.role {
        Role::Verb => (of_verb(doc, p, trigger.token), true),
        _ => of_noun(doc, trigger),
    };
    let doubted = trigger.verb.is_some_and(|v| hedged(doc, p, v)) || hedged(doc, p, trigger.token);
    let status = match told {
        off if off.is_off() => off,
        _ if condition.is_some() && told != MeetingStatus::Held => MeetingStatus::Conditional,
        MeetingStatus::Held | MeetingStatus::UnderWay if doubted => MeetingStatus::Unconfirmed,
        other => other,
    };
    let staged = staged && !open || status == MeetingStatus::Conditional;
    Stage { status, staged, open, condition: condition.filter(|_| status == MeetingStatus::Conditional) }
}

/// The status of what a verb tells.
pub(super) fn of_verb(doc: &Doc<'_>, p: usize, verb: usize) -> MeetingStatus {
    use MeetingStatus::{CalledOff, Denied, Held, Ordered, Planned, UnderWay};
    let all = doc.tokens(p);
    let mut v = verb;
    let mut moved = false;
    for step in 0..6 {
        if is_negated(doc, p, v) || nobody(doc, p, v) {
            return Denied;
        }
        let lemma = doc.lemma(p, v);
        if step == 0
            && (gatherings().takes(lemma, Meets::SEND)
                || matches!(lemma, "summon" | "invite" | "call") && calls_in(doc, p, v))
        {
            return if lemma == "invite" { Planned } else { Ordered };
        }
        if step > 0 {
            // A journey made has brought the meeting about as far as is told; what is sent is ordered.
            if gatherings().takes(lemma, Meets::SEND | Meets::ORDER)
                && (child(doc, p, v, &[Dep::Dobj]).is_some() || is_passive(doc, p, v) || all[verb].dep == Dep::Ccomp)
            {
                return Ordered;
            }
            if gathering::AVERTING.has(lemma) {
                return CalledOff;
            }
            if gathering::PROSPECTIVE.has(lemma) && !moved {
                return Planned;
            }
        }
        let mut perfect = false;
        let mut progressive = all[v].tag == Tag::Vbg;
        for c in doc.analyses[p].children(v).filter(|&c| matches!(all[c].dep, Dep::Aux | Dep::Auxpass)) {
            match (all[c].tag, doc.lemma(p, c)) {
                (Tag::Md, _) => return Planned,
                (Tag::Vbd, "have" | "be" | "do") => return Held,
                (_, "have") => perfect = true,
                (Tag::Vbz | Tag::Vbp, "be") if progressive => progressive = true,
                (Tag::Vbz | Tag::Vbp, "be") => perfect = perfect || is_passive(doc, p, v),
                _ => {}
            }
        }
        if perfect {
            return Held;
        }
        let finite_be = doc.analyses[p]
            .children(v)
            .any(|c| matches!(all[c].tag, Tag::Vbz | Tag::Vbp) && all[c].dep == Dep::Aux && doc.lemma(p, c) == "be");
        if progressive && finite_be {
            // "is going to meet" is ahead; "is meeting" is under way, unless a day to come is named.
            return if lemma == "go" && v != verb { Planned } else { UnderWay };
        }
        match all[v].tag {
            Tag::Vbd => return Held,
            // "visits the capital later this week"
            Tag::Vbz | Tag::Vbp if lemma != "be" && to_come(doc, p, v) => return Planned,
            Tag::Vbz | Tag::Vbp => {
                // "travels to Oslo on Friday to meet".
                return if lemma == "be" && v != verb { of_copula(doc, p, v, verb) } else { UnderWay };
            }
            _ => {}
        }
        moved |= gatherings().takes(lemma, Meets::GO);
        let Some(mut up) = head(doc, p, v) else { return if all[v].tag == Tag::Vbn { Held } else { Planned } };
        // "look forward to meeting", "after meeting", "plans to meet": through prepositions, nouns and adjectives.
        if !is_verb(doc, p, up) {
            let word = doc.lower(p, up);
            if matches!(word, "after" | "following" | "since" | "upon") {
                return Held;
            }
            let lemma = doc.lower_lemma(p, up);
            if matches!(lemma, "no" | "without" | "refusal") {
                return Denied;
            }
            let infinitive = doc.analyses[p].children(v).any(|c| all[c].tag == Tag::To);
            // "the pledges made during the talks"
            if all[v].dep == Dep::Acl && all[v].tag == Tag::Vbn {
                return Held;
            }
            // "directed his envoy to meet", read as if he were a directed envoy.
            let directed = |c: usize| all[c].dep == Dep::Amod && gatherings().takes(doc.lemma(p, c), Meets::ORDER);
            if infinitive && doc.analyses[p].children(up).any(directed) {
                return Ordered;
            }
            if infinitive || matches!(all[up].pos, Pos::Noun | Pos::Adj) && all[v].dep != Dep::Relcl {
                let off = doc.analyses[p].children(up).any(|c| matches!(doc.lemma(p, c), "no" | "not" | "unwilling"));
                let order = matches!(lemma, "order" | "mission" | "instruction");
                return if off || lemma == "unwilling" || lemma == "unlikely" {
                    Denied
                } else if order {
                    Ordered
                } else {
                    Planned
                };
            }
            match head(doc, p, up) {
                Some(higher) => up = if is_verb(doc, p, higher) { higher } else { return Held },
                None => return Held,
            }
        }
        v = up;
    }
    Planned
}

/// Whether an adverb of the verb, or of its words of time, puts it ahead: "visits later this week", "meets again tomorrow".
fn to_come(doc: &Doc<'_>, p: usize, verb: usize) -> bool {
    let all = doc.tokens(p);
    let time = |c: usize| matches!(all[c].dep, Dep::Advmod | Dep::Npadvmod | Dep::Prep);
    let ahead = |c: usize| matches!(doc.lower(p, c), "later" | "tomorrow" | "next" | "soon");
    let of_time = doc.analyses[p].children(verb).filter(|&c| time(c));
    of_time.into_iter().any(|c| ahead(c) || doc.analyses[p].children(c).any(ahead))
}

/// "is due to", "is ready to", "was to": the copula above an infinitive.
fn of_copula(doc: &Doc<'_>, p: usize, be: usize, verb: usize) -> MeetingStatus {
    let adjective = child(doc, p, be, &[Dep::Acomp, Dep::Attr]).map(|a| doc.lower_lemma(p, a));
    match adjective {
        Some("unwilling" | "unlikely" | "unable") => MeetingStatus::Denied,
        Some(_) => MeetingStatus::Planned,
        // "are in Oslo to discuss"
        None if doc.tokens(p)[verb].dep == Dep::Advcl => MeetingStatus::UnderWay,
        None => MeetingStatus::Planned,
    }
}

/// "Nobody met", "no meeting took place", "neither side".
fn nobody(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let none = |t: usize| matches!(doc.lower_lemma(p, t), "no" | "neither" | "nobody" | "none");
    child(doc, p, v, &[Dep::Nsubj, Dep::Nsubjpass])
        .is_some_and(|s| none(s) || doc.analyses[p].children(s).any(|c| doc.tokens(p)[c].dep == Dep::Det && none(c)))
}

/// The status of what a noun tells, and whether the words tell it.
fn of_noun(doc: &Doc<'_>, trigger: &Trigger) -> (MeetingStatus, bool) {
    use MeetingStatus::{CalledOff, Denied, Held, Planned, UnderWay};
    let (p, noun) = (trigger.p, trigger.token);
    let mut ahead = false;
    for c in doc.analyses[p].children(noun) {
        match doc.lower_lemma(p, c) {
            "no" => return (Denied, true),
            word if gathering::CANCELLED.has(word) => return (CalledOff, true),
            "cancel" | "scrap" | "scuttle" | "abort" if doc.tokens(p)[c].dep == Dep::Amod => return (CalledOff, true),
            word if gathering::UPCOMING.has(word) => ahead = true,
            "ongoing" | "current" | "continuing" => return (UnderWay, true),
            word if c < noun && gathering::PAST.has(word) => return (Held, true),
            _ => {}
        }
    }
    let guess = if ahead { Planned } else { Held };
    let Some(v) = trigger.verb else { return (guess, ahead) };
    let lemma = doc.lemma(p, v);
    let told = of_verb(doc, p, v);
    // "broke off talks", "walked out of talks": they had begun.
    let left = leaves(lemma) && lemma != "pull" && told == Held && begun(doc, trigger, v);
    let off = !left
        && (gatherings().takes(lemma, Meets::CALL_OFF) || gathering::AVERTING.has(lemma) || called_off(doc, p, v));
    let has = gatherings().takes(lemma, Meets::HAVE);
    let goes = gatherings().takes(lemma, Meets::GO | Meets::HAVE | Meets::SEND | Meets::WITH) || lemma == "be";
    match trigger.role {
        _ if left => (Held, true),
        Role::Subject if off => (CalledOff, true),
        // "Talks collapsed", "the meeting took place" against "talks are scheduled".
        Role::Subject if gathering::PROSPECTIVE.has(lemma) && is_passive(doc, p, v) => {
            (if told.is_off() { told } else { Planned }, true)
        }
        Role::Subject if lemma == "continue" || lemma == "proceed" => {
            (if told == Held { UnderWay } else { told }, true)
        }
        Role::Subject if gathering::COURSE.has(lemma) || has => (told, true),
        // "talks are set for Friday", "the summit remains on".
        Role::Subject if lemma == "be" => match child(doc, p, v, &[Dep::Acomp, Dep::Prep, Dep::Advmod]) {
            Some(a) if doc.word(p, a) == "over" => (Held, true),
            Some(a) if matches!(doc.lower_lemma(p, a), "off" | "dead") => (CalledOff, true),
            Some(a) if matches!(doc.lemma(p, a), "under" | "underway" | "ongoing") => (UnderWay, true),
            Some(a) if gathering::PROSPECTIVE.has(doc.lemma(p, a)) || doc.lemma(p, a) == "likely" => (Planned, true),
            _ => (if told == Held { Held } else { Planned }, told == Held),
        },
        // "the talks with him would force the other side": ahead; "the talks show": nothing is told.
        Role::Subject => (if told == Planned { Planned } else { guess }, told == Planned || ahead),
        // "did not cancel the meeting" leaves open whether it was held.
        Role::Object if off && is_wish(doc, p, v) => (Planned, true),
        Role::Object if off => (if told.is_off() { guess } else { CalledOff }, !told.is_off()),
        Role::Object if has && told == Held && ahead && matches!(lemma, "have" | "schedule") => (Planned, true),
        Role::Object if has => (told, true),
        Role::Object if gathering::PROSPECTIVE.has(lemma) => (if told.is_off() { told } else { Planned }, true),
        // "the only way is a meeting": nothing has been held, as long as the verb does not say that it was.
        Role::Object if lemma == "be" && told != Held => (if told.is_off() { told } else { Planned }, false),
        Role::Object => (guess, ahead),
        Role::Adjunct(prep) => match doc.lower(p, prep) {
            "after" | "following" | "since" => (Held, true),
            before if gathering::BEFORE_IT.has(before) => (Planned, false),
            // "ahead of their meeting on Monday": of something that has been, one writes "before".
            "of" if head(doc, p, prep).is_some_and(|h| doc.lower(p, h) == "ahead") => (Planned, true),
            "for" | "to" if gatherings().takes(lemma, Meets::SEND) => (MeetingStatus::Ordered, true),
            "for" | "to" if !goes => (Planned, gathering::PROSPECTIVE.has(lemma)),
            "during" => (if told == Planned { Planned } else { Held }, true),
            "at" | "in" if told == Held => (Held, true),
            _ if goes => (told, true),
            _ => (guess, ahead),
        },
        Role::Bare | Role::Verb => (guess, ahead),
    }
}

/// "summoned", "invited", "called both sides in"; "called her" is a call.
fn calls_in(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    doc.lemma(p, v) != "call"
        || child(doc, p, v, &[Dep::Prt, Dep::Advmod, Dep::Prep]).is_some_and(|c| doc.word(p, c) == "in")
}

/// Whether somebody only wants what a verb tells: "should cancel the summit", "urged him to cancel it".
fn is_wish(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    let modal = |c: usize| {
        doc.tokens(p)[c].dep == Dep::Aux && matches!(doc.lemma(p, c), "should" | "could" | "might" | "would")
    };
    let urged = || {
        let clause = matches!(doc.tokens(p)[v].dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl);
        head(doc, p, v).is_some_and(|up| clause && gathering::URGING.has(doc.lemma(p, up)))
    };
    doc.analyses[p].children(v).any(modal) || urged()
}

/// "called off", "broke off", "put off", "pulled out of".
fn called_off(doc: &Doc<'_>, p: usize, v: usize) -> bool {
    gathering::OFF_PARTICLE.has(doc.lemma(p, v))
        && child(doc, p, v, &[Dep::Prt]).is_some_and(|c| matches!(doc.word(p, c), "off" | "out" | "away"))
}

/// Verbs by which a side ends its part in a gathering that has begun.
pub(super) fn leaves(lemma: &str) -> bool {
    gathering::LEAVING.has(lemma)
}

/// Verbs of what two sides bring about together at the end of a gathering ("reached a deal after a long session").
pub(super) fn settles(lemma: &str) -> bool {
    gathering::SETTLING.has(lemma)
}

/// Whether a gathering that somebody leaves had begun: "broke off the talks", "talks broke down", "left the session",
/// "walked out of the talks"; "withdrew from the summit" leaves that open.
fn begun(doc: &Doc<'_>, trigger: &Trigger, v: usize) -> bool {
    match trigger.role {
        Role::Object => matches!(doc.lemma(trigger.p, v), "break" | "leave" | "quit" | "exit"),
        Role::Subject => doc.lemma(trigger.p, v) == "break",
        Role::Adjunct(_) => matches!(doc.lemma(trigger.p, v), "walk" | "storm"),
        _ => false,
    }
}
