//! When a gathering is: the dates that depend on its noun, its verb, or the journey to it.

use jiff::Span;
use rapporteur_language::{Dep, Tag};
use rapporteur_schema::{Edtf, MeetingStatus, PassageKind, Timing};

use super::place::{belongs, journey};
use super::status::Stage;
use super::trigger::{Role, Trigger};
use crate::doc::{At, Doc};
use crate::grammar::head;
use crate::party::RuleContext;
use rapporteur_lexicon::words::{gathering, time};
use rapporteur_lexicon::{Meets, gatherings};

/// The clause of a noun with a date that follows it at once, which the parse may hang higher ("the pledges made at the
/// summit in Oslo last year").
pub(super) fn with_date(
    context: &RuleContext<'_, '_>,
    trigger: &Trigger,
    clause: std::ops::Range<usize>,
) -> (std::ops::Range<usize>, Option<Edtf>) {
    let (p, doc) = (trigger.p, context.doc);
    if trigger.role == Role::Verb {
        return (clause, None);
    }
    let end = doc.bytes(p, clause.clone()).end;
    let at = context.dates.partition_point(|d| (d.paragraph, d.bytes.start) < (p, end));
    let next = context.dates.get(at).filter(|d| d.paragraph == p && d.listed);
    let next = next.map(|d| (doc.tokens_in(p, d.bytes.clone()), d.value));
    match next {
        // "led the first round, on April 21 and 22, and"
        Some((tokens, value)) if follows(context, p, clause.end, tokens.start) && tokens.end > clause.end => {
            (clause.start..tokens.end, value.map(|v| and_next(context, p, tokens.end, v)))
        }
        _ => (clause, None),
    }
}

/// When it is: the dates that depend on its noun, its verb, or the journey to it.
pub(super) fn date(context: &RuleContext<'_, '_>, trigger: &Trigger, clause: &std::ops::Range<usize>) -> Option<Edtf> {
    let (p, doc) = (trigger.p, context.doc);
    let bytes = doc.bytes(p, clause.clone());
    let first = context.dates.partition_point(|d| (d.paragraph, d.bytes.start) < (p, bytes.start));
    let inside = context.dates[first..].iter().take_while(|d| d.paragraph == p && d.bytes.end <= bytes.end).take(16);
    let goes = trigger.verb.and_then(|v| journey(context, p, v));
    let mut found: Option<Edtf> = None;
    let mut last_end = 0;
    for d in inside.filter(|d| d.listed) {
        let Some(value) = d.value else { continue };
        let tokens = doc.tokens_in(p, d.bytes.clone());
        let value = and_next(context, p, tokens.end, value);
        let lost = |why: &'static str| {
            let words = At::new(p, trigger.words.clone());
            doc.trace.lost(doc, "meeting/when", "date", &words, &At::new(p, tokens.clone()), why);
        };
        if !belongs(context, trigger, goes, tokens.clone()) || behind_another(context, trigger, goes, tokens.start) {
            lost("the day of another verb or noun");
            continue;
        }
        // "announced on Tuesday a meeting": the day of the announcement, where it stands before what is announced.
        let only_told = trigger.role == Role::Object
            && trigger.verb.is_some_and(|v| !gatherings().takes(doc.lemma(p, v), Meets::HAVE | Meets::PLAN));
        if only_told && tokens.end <= trigger.token {
            lost("the day on which it was told of");
            continue;
        }
        // "cancelled a meeting with her on Tuesday": the day of cancelling, unless it hangs on the noun.
        let off = trigger.role == Role::Object
            && trigger.verb.is_some_and(|v| gatherings().takes(doc.lemma(p, v), Meets::CALL_OFF));
        if off && !tokens.clone().any(|t| under(doc, p, t, trigger.token)) {
            lost("the day on which it was called off");
            continue;
        }
        found = match found {
            None => Some(value),
            // "on Monday and Tuesday", "late Monday and throughout Tuesday" are one stretch.
            Some(before)
                if tokens.start <= last_end + 3
                    && (last_end..tokens.start)
                        .any(|t| time::RANGE_LINK.has(doc.word(p, t)) || matches!(doc.word(p, t), "-" | "–")) =>
            {
                Some(before.hull(value))
            }
            before => {
                lost("another day is named before");
                before
            }
        };
        last_end = tokens.end;
    }
    found
}

/// What the clause says of time beside its day: the hours, that it tells only of a part, or names a stretch of days.
pub(super) fn timing(context: &RuleContext<'_, '_>, p: usize, clause: &std::ops::Range<usize>) -> Vec<Timing> {
    let mut out: Vec<Timing> = Vec::new();
    for t in clause.clone() {
        let word = context.doc.lower(p, t);
        let word = word.trim_matches('.');
        match time::HOUR.value(word) {
            Some("early") => out.push(Timing::Early),
            Some("late") => out.push(Timing::Late),
            Some(_) => out.extend([Timing::Early, Timing::Late]),
            None => {}
        }
        if gathering::PART.has(word) {
            out.push(Timing::Part);
        }
        if matches!(word, "weekend" | "week" | "days") {
            out.push(Timing::Stretch);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether a date stands right behind another verb than those that tell the gathering ("said on Tuesday he would meet
/// her"), to which the parse does not always give it.
fn behind_another(context: &RuleContext<'_, '_>, trigger: &Trigger, goes: Option<usize>, date: usize) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    let small = |t: usize| doc.word(p, t) == "," || time::BEFORE_DAY.has(doc.lower(p, t));
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

/// "meets the company on Wednesday", "the planned meeting on Wednesday", in a report of Monday: the Wednesday to come.
pub(super) fn to_come(context: &RuleContext<'_, '_>, trigger: &Trigger, date: Edtf, stage: &Stage) -> Edtf {
    let Some(today) = context.published else { return date };
    let planned = stage.staged && stage.status == MeetingStatus::Planned && trigger.role != Role::Verb;
    if !(planned && in_body(context, trigger) || is_present(context, trigger))
        || !date.is_day()
        || date.first_day() >= today.first_day()
    {
        return date;
    }
    // Only a bare weekday can be either: what is further back was told by its date.
    let later = date.first_day().checked_add(Span::new().days(7));
    later.ok().filter(|&d| d > today.last_day()).map_or(date, Edtf::day)
}

/// Whether the report itself tells it, in its own words: a caption tells what its picture shows, a quotation what was said
/// on another day.
fn in_body(context: &RuleContext<'_, '_>, trigger: &Trigger) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    doc.kind(p) == PassageKind::Body && doc.quoted(p, trigger.token).is_none()
}

/// Whether a verb of gathering tells it in the present tense.
fn is_present(context: &RuleContext<'_, '_>, trigger: &Trigger) -> bool {
    let (p, doc) = (trigger.p, context.doc);
    let Some(v) = trigger.verb else { return false };
    matches!(doc.tokens(p)[v].tag, Tag::Vbz | Tag::Vbp)
        && doc.kind(p) == PassageKind::Body
        && doc.quoted(p, v).is_none()
        && gatherings().verb(doc.lemma(p, v)).is_some()
}

/// Whether nothing but a comma and a preposition stands between a clause and a date.
fn follows(context: &RuleContext<'_, '_>, p: usize, end: usize, date: usize) -> bool {
    let between = (end..date).map(|t| context.doc.word(p, t));
    date >= end && date - end <= 2 && between.into_iter().all(|w| matches!(w, "," | "on" | "in"))
}

/// "on April 21 and 22": the second day, which is no date by itself.
fn and_next(context: &RuleContext<'_, '_>, p: usize, end: usize, value: Edtf) -> Edtf {
    let doc = context.doc;
    if !value.is_day() || end + 1 >= doc.tokens(p).len() || !matches!(doc.word(p, end), "and" | "-" | "–") {
        return value;
    }
    let month = value.first_day();
    let day = doc.word(p, end + 1).parse().ok().filter(|d| *d > month.day() && *d <= 31);
    let counted = end + 2 < doc.tokens(p).len() && doc.tokens(p)[end + 2].tag == Tag::Nns;
    let last = day.filter(|_| !counted).and_then(|d| jiff::civil::Date::new(month.year(), month.month(), d).ok());
    last.map_or(value, |last| Edtf::days(month, last))
}
