//! Gatherings that the tagger marks: who takes part, where, when and how far by its roles and labels.
//!
//! Where a rule tells the same gathering, the rule's account stands, and what it lacks is filled in from here ([`complete`]); a
//! gathering that no rule tells has an account of its own ([`account`]).

use rapporteur_language::{Dep, Pos};
use rapporteur_reader::{Role as TagRole, Tag};
use rapporteur_schema::{ActorIndex, Edtf, EntityKind, MeetingFinding, MeetingKind, MeetingStatus, Rule};

use super::participants::bar;
use super::status;
use super::trigger::{Role, Trigger, of_mark};
use super::{by_day, clause, manner, ordinal, when};
use crate::doc::At;
use crate::grammar::phrase;
use crate::party::RuleContext;
use crate::tagged::{Mark, top};

/// The rule.
const RULE: &str = "meeting/marked";

/// A status that the tagger is this sure of goes before what tense and modals tell.
const SURE: f32 = 0.85;

/// From this score on a marked gathering may stand by itself in a record.
const ALONE: f32 = 0.85;

/// Words that take part in a gathering which a rule tells do so at least this likely.
const LIKELY: f32 = 0.5;

/// A gathering that a rule tells and whose words the tagger rates below this is none.
pub(super) const DOUBTED: f32 = 0.05;

/// The anchor of a gathering at some tokens.
pub(super) fn mark_at<'d>(context: &'d RuleContext<'_, '_>, trigger: &Trigger) -> Option<&'d Mark> {
    let touches = |m: &&Mark| m.tokens.start < trigger.words.end && trigger.words.start < m.tokens.end;
    context.doc.tagged(trigger.p).marks(Tag::Gathering).find(touches)
}

/// Who takes part by the role's words of at least this likelihood, in order, each once; nobody who can meet nobody.
fn participants(context: &RuleContext<'_, '_>, p: usize, mark: &Mark, least: f32) -> (Vec<ActorIndex>, bool) {
    let mut out: Vec<ActorIndex> = Vec::new();
    let mut both = false;
    for (run, likely) in mark.runs(TagRole::GatheringWith) {
        if likely < least {
            continue;
        }
        let token = top(context.doc, p, run.clone());
        let mut found = context.parties(p, token);
        // The parse may hang several on the verb, or on each other.
        let apart = run.filter(|&t| t != token && context.names.at(p, t).is_some_and(|a| !found.contains(&a)));
        for t in apart.collect::<Vec<_>>() {
            let above = crate::grammar::head(context.doc, p, t);
            if above.is_none_or(|h| {
                context.doc.tokens(p)[t].dep == Dep::Conj || !phrase(context.doc, p, token).contains(&h)
            }) {
                found.extend(context.party(p, t));
            }
        }
        // Whom "the two leaders" means is left open: the pair met last was another too often.
        both |= found.is_empty() && context.means_both(p, token);
        for actor in found {
            if bar(context, actor).is_none() && !out.contains(&actor) {
                out.push(actor);
            }
        }
    }
    (out, both)
}

/// The place that the role's words name.
fn place(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> Option<ActorIndex> {
    let mut runs = mark.runs(TagRole::GatheringWhere);
    runs.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = runs.into_iter().flat_map(|(run, _)| context.names.within(p, run).iter().map(|(_, a)| *a));
    let mut places = named.filter(|&a| {
        matches!(context.names.actor(a).kind, EntityKind::Place | EntityKind::Country | EntityKind::Organization)
    });
    places.next()
}

/// The day that the role's words tell.
fn day(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> Option<Edtf> {
    let mut runs = mark.runs(TagRole::GatheringWhen);
    runs.sort_by(|a, b| b.1.total_cmp(&a.1));
    runs.into_iter().find_map(|(run, _)| {
        let bytes = context.doc.bytes(p, run);
        let touches = |d: &&crate::date::Found| {
            d.paragraph == p && d.listed && d.bytes.start < bytes.end && bytes.start < d.bytes.end
        };
        context.dates.iter().filter(touches).find_map(|d| d.value)
    })
}

/// Fills in what a rule's account of a gathering lacks: its place, those who take part where a rule finds fewer than two, and how far it
/// has come where the tagger is sure. Which day a rule leaves open it leaves open for a reason that the roles do not know ("announced on
/// Tuesday two meetings").
pub(super) fn complete(context: &RuleContext<'_, '_>, p: usize, mark: &Mark, account: &mut MeetingFinding) {
    // Where a sentence tells of several gatherings, the roles' places go to the wrong one too often.
    let sentence = context.doc.sentence(p, mark.tokens.start);
    let all = context.doc.tagged(p).marks(Tag::Gathering).filter(|m| sentence.contains(&m.tokens.start)).count();
    if all < 2 {
        account.place = account.place.or_else(|| place(context, p, mark));
        let place = account.place;
        account.participants.retain(|&a| Some(a) != place);
    }
    // Whom a rule does not reach ("Roe said at the talks that …"), where it names fewer than two.
    if all < 2 && account.participants.len() < 2 && !account.sides {
        let (found, _) = participants(context, p, mark, LIKELY);
        for actor in found {
            if Some(actor) != account.place && !account.participants.contains(&actor) {
                account.participants.push(actor);
            }
        }
        // Told with both and with its day it does not only point to one that is told elsewhere.
        if account.participants.len() > 1 && account.date.is_some() && account.staged {
            account.refers &= account.kind == MeetingKind::Visit;
        }
    }
    // Doubts, denials, orders and conditions are told by words that rules know.
    let open = matches!(account.status, MeetingStatus::Held | MeetingStatus::UnderWay | MeetingStatus::Planned);
    if let Some((status, likely)) = mark.status
        && likely >= SURE
        && open
    {
        account.status = by_day(status, account.date, context.published, context.doc.kind(p));
        account.staged = true;
    }
}

/// A gathering that no rule tells.
pub(super) fn account(context: &RuleContext<'_, '_>, p: usize, mark: &Mark) -> Option<MeetingFinding> {
    let doc = context.doc;
    let kind = mark.kind.unwrap_or(MeetingKind::Talks);
    let trigger = of_mark(doc, p, top(doc, p, mark.tokens.clone()), mark.tokens.clone(), kind);
    let place = place(context, p, mark);
    let (mut participants, sides) = participants(context, p, mark, 0.0);
    participants.retain(|&a| Some(a) != place);
    let date = day(context, p, mark);
    if participants.is_empty() && place.is_none() && date.is_none() {
        let at = mark.at(p);
        doc.trace.lost(doc, RULE, "gathering", &at, &at, "names nobody, neither a place nor a day");
        return None;
    }
    let clause = clause::clause(doc, &trigger, trigger.role == Role::Verb);
    let stage = status::stage(doc, &trigger);
    // What is denied or called off is told by words that rules know ("cancelled the trip").
    let told = mark.status.map(|(s, _)| s).filter(|_| !(stage.staged && stage.status.is_off())).unwrap_or(stage.status);
    let status = by_day(told, date, context.published, doc.kind(p));
    let several = participants.len() > 1 || sides;
    let verb = matches!(doc.tokens(p)[trigger.token].pos, Pos::Verb | Pos::Aux);
    Some(MeetingFinding {
        by: Rule::new(RULE),
        timing: when::timing(context, p, &clause),
        at: doc.cite(&At::new(p, clause))?,
        trigger: doc.cite(&mark.at(p))?,
        kind,
        // Without a day it may be any gathering of these people, and one the tagger is not sure of may be none: it joins another
        // or stands back.
        refers: !several || date.is_none() || mark.score < ALONE || kind == MeetingKind::Visit && verb,
        of: None,
        participants,
        place,
        date,
        status,
        staged: true,
        condition: stage.condition,
        manner: manner(context, &trigger),
        ordinal: ordinal(context, &trigger),
        sides,
    })
}
