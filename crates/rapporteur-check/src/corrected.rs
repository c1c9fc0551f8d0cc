//! Gatherings of which a person corrected the day, or how far they have come, words of which a person corrected when they were
//! said, and what in the draft tells of them.
//!
//! The words of a report stay what they are after a correction, so words alone cannot tell what is known: a clause of the
//! draft is laid beside the gatherings of the record, and one that fits a corrected gathering is judged by it
//! (`gathering`). Without such a correction there is nothing here, and nothing is looked for.

use std::collections::{BTreeSet, HashMap};

use rapporteur_schema::{
    Aim, AppliedCorrection, Citation, Edtf, EntityId, EntityKind, FactKind, Meeting, MeetingAccount, MeetingFinding,
    MeetingStatus, Record, Statement, StatementFinding,
};

use crate::date;
use crate::index::{ComparisonIndex, Doc};

/// How much of the draft's clause the words of an account must have to tell of the same gathering.
const MIN_SAME: f64 = 0.34;

/// The same, where the draft names only one who took part.
const MIN_SAME_ALONE: f64 = 0.5;

/// How much of what the draft makes somebody say must be in a report's words for the two to be the same.
const MIN_SAID: f64 = 0.6;

/// How much the same day, or the same place, speaks for one of several gatherings.
const SAME_SLOT: f64 = 0.4;

/// How much another number in a row speaks against it.
const OTHER_OF_A_ROW: f64 = 1.0;

/// A gathering of the record, as what a draft says is laid beside it.
#[derive(Debug)]
pub(crate) struct Gathering<'a> {
    /// It in the record; `None` where a person said that the reports tell of no such gathering.
    pub(crate) meeting: Option<&'a Meeting>,
    /// What each report says of it.
    pub(crate) accounts: Vec<Told<'a>>,
    /// The correction of its day that counts.
    pub(crate) day: Option<&'a AppliedCorrection>,
    /// The correction of how far it has come that counts, or of there being such a gathering at all.
    pub(crate) status: Option<&'a AppliedCorrection>,
    who: BTreeSet<usize>,
    place: Option<usize>,
}

/// One report's account of it.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    /// The report.
    pub(crate) doc: usize,
    /// The clause.
    pub(crate) at: &'a Citation,
    /// The day, as the record has it now.
    pub(crate) day: Option<Edtf>,
    /// How far it has come, as the record has it now.
    pub(crate) status: MeetingStatus,
    /// The finding as it was read, before anything was corrected.
    pub(crate) read: Option<&'a MeetingFinding>,
}

/// Words that somebody said on another day than was read or reported.
#[derive(Debug)]
pub(crate) struct Saying<'a> {
    /// The day that is known; `None` where a person said that nothing is.
    pub(crate) day: Option<Edtf>,
    /// The correction that counts.
    pub(crate) correction: &'a AppliedCorrection,
    /// The report's account of it.
    pub(crate) told: Told<'a>,
    statement: &'a Statement,
    speaker: Option<usize>,
}

/// What was corrected of these, and what in the draft tells of it.
#[derive(Debug, Default)]
pub(crate) struct Corrected<'a> {
    /// The gatherings of the record, where any of them was corrected.
    all: Vec<Gathering<'a>>,
    /// For each gathering that the draft tells of, its place among them.
    of_draft: Vec<Option<usize>>,
    sayings: Vec<Saying<'a>>,
    /// For each statement of the draft, which of these it gives.
    said: Vec<Option<usize>>,
}

impl<'a> Corrected<'a> {
    pub(crate) fn new(index: &ComparisonIndex<'a>) -> Self {
        let record = index.input.record;
        let sayings = sayings(index);
        let given = |s: &StatementFinding| sayings.iter().position(|w| w.is_given(index, s));
        let said: Vec<Option<usize>> = index.draft.findings.statements.iter().map(given).collect();
        if !record.corrections.iter().any(|c| c.applied && c.fact == FactKind::Meeting && c.what != "note") {
            return Corrected { sayings, said, ..Corrected::default() };
        }
        let places = places(record);
        let mut all: Vec<Gathering<'a>> = record.meetings.iter().map(|m| gathering(index, &places, m)).collect();
        all.extend(rejected(index, &all));
        let best = |f: &MeetingFinding| {
            if !(index.limits.go_on)() {
                return None;
            }
            let likeness = |(at, g): (usize, &Gathering<'a>)| Some((g.likeness(index, f)?, at));
            let best = all.iter().enumerate().filter_map(likeness);
            best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
        };
        let of_draft = index.draft.findings.meetings.iter().map(best).collect();
        Corrected { all, of_draft, sayings, said }
    }

    /// What the draft says of gatherings that were corrected, each with the one that it tells of.
    pub(crate) fn told<'g>(
        &'g self,
        index: &ComparisonIndex<'a>,
    ) -> impl Iterator<Item = (&'a MeetingFinding, &'g Gathering<'a>)> {
        let draft: &'a [MeetingFinding] = &index.draft.findings.meetings;
        let of = move |(f, at): (&'a MeetingFinding, &Option<usize>)| Some((f, self.all.get((*at)?)?));
        draft.iter().zip(&self.of_draft).filter_map(of).filter(|(_, g)| g.day.is_some() || g.status.is_some())
    }

    /// The statements of the draft that give words of which the day was corrected.
    pub(crate) fn said<'g>(
        &'g self,
        index: &ComparisonIndex<'a>,
    ) -> impl Iterator<Item = (&'a StatementFinding, &'g Saying<'a>)> {
        let draft: &'a [StatementFinding] = &index.draft.findings.statements;
        let of = move |(s, at): (&'a StatementFinding, &Option<usize>)| Some((s, self.sayings.get((*at)?)?));
        draft.iter().zip(&self.said).filter_map(of)
    }
}

impl Saying<'_> {
    /// Whether the same words stand in another statement, of that day.
    pub(crate) fn is_elsewhere_on(&self, index: &ComparisonIndex<'_>, day: Edtf) -> bool {
        let record = index.input.record;
        let same = record.utterances.iter().filter(|u| u.statements.contains(&self.statement.id));
        let others = same.flat_map(|u| &u.statements).filter(|id| **id != self.statement.id);
        let on_the_day = |s: &Statement| s.date.is_some_and(|d| date::fits(day, d));
        others.filter_map(|id| record.statements.iter().find(|s| s.id == *id)).any(on_the_day)
    }

    /// Whether a statement of the draft gives these words: of the same speaker, as far as is known.
    fn is_given(&self, index: &ComparisonIndex<'_>, said: &StatementFinding) -> bool {
        let speaker = said.speaker.and_then(|a| index.draft.entity_of.get(a.index()).copied().flatten());
        let features = index.features_of(index.draft.words_at(said.content.span()), &[]);
        let there = index.docs[self.told.doc].words_at(self.told.at.span());
        speaker.is_none_or(|s| self.speaker.is_none_or(|t| s == t))
            && features.len() > 1
            && index.shared_by(&features, self.told.doc, there) >= MIN_SAID
    }
}

impl Gathering<'_> {
    /// How well a clause of the draft fits it; `None` where it tells of another.
    fn likeness(&self, index: &ComparisonIndex<'_>, told: &MeetingFinding) -> Option<f64> {
        let mut stages =
            self.accounts.iter().map(|a| a.read.map_or(a.status, |r| r.status)).chain(self.meeting.map(|m| m.status));
        // "will meet again" is another round than the one that was held, whatever became of that.
        if told.staged && stage(told.status) == Stage::ToCome && !stages.any(|s| stage(s) == Stage::ToCome) {
            return None;
        }
        let who = entities(&index.draft, told);
        let takes_part = |e: &&usize| {
            // A country may stand for its people, and they for it; one of them never for another.
            let is_country = |x: usize| index.entity(x).kind == EntityKind::Country;
            let acts_for = |w: &usize| {
                (is_country(**e) || is_country(*w))
                    && index.countries(**e).intersection(index.countries(*w)).next().is_some()
            };
            self.who.contains(*e) || self.who.iter().any(acts_for)
        };
        let shared = who.iter().filter(takes_part).count();
        // One in common makes two gatherings no one gathering.
        if shared < who.len().min(2) {
            return None;
        }
        let words = index.draft.words_at(told.at.span());
        let features = index.features_of(words, &[index.draft.words_at(told.trigger.span())]);
        let same = |a: &Told<'_>| index.shared_by(&features, a.doc, index.docs[a.doc].words_at(a.at.span()));
        let text = self.accounts.iter().map(same).fold(0.0, f64::max);
        if text < if shared > 1 { MIN_SAME } else { MIN_SAME_ALONE } {
            return None;
        }
        let place = told.place.and_then(|p| index.draft.entity_of.get(p.index()).copied().flatten());
        let place = match (place, self.place) {
            (Some(ours), Some(theirs)) if ours == theirs => SAME_SLOT,
            (Some(_), Some(_)) => -SAME_SLOT,
            _ => 0.0,
        };
        let on_the_day = |day: Edtf| self.days().any(|d| date::fits(day, d));
        let day = if told.date.is_some_and(on_the_day) { SAME_SLOT } else { 0.0 };
        let of_a_row = |n: u32| self.accounts.iter().filter_map(|a| a.read?.ordinal).any(|o| o != n);
        let row = if told.ordinal.is_some_and(of_a_row) { -OTHER_OF_A_ROW } else { 0.0 };
        let whole = who.len().max(1) as f64;
        Some(shared as f64 / whole + text + place + day + row)
    }

    /// Every day that it is or was said to be on.
    fn days(&self) -> impl Iterator<Item = Edtf> {
        let told = self.accounts.iter().flat_map(|a| [a.day, a.read.and_then(|r| r.date)]);
        told.chain([self.meeting.and_then(|m| m.date)]).flatten()
    }
}

/// What stages of a gathering can be told by one another's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Held,
    ToCome,
    Denied,
    Unconfirmed,
}

/// The stage that a status is of.
pub(crate) fn stage(status: MeetingStatus) -> Stage {
    use MeetingStatus::{CalledOff, Conditional, Denied, Held, Ordered, Planned, Unconfirmed, UnderWay};
    match status {
        Held | UnderWay => Stage::Held,
        Planned | Ordered | Conditional => Stage::ToCome,
        Denied | CalledOff => Stage::Denied,
        Unconfirmed => Stage::Unconfirmed,
    }
}

fn gathering<'a>(
    index: &ComparisonIndex<'a>,
    places: &HashMap<&EntityId, usize>,
    meeting: &'a Meeting,
) -> Gathering<'a> {
    let record = index.input.record;
    let everyone = meeting.participants.iter().chain(meeting.accounts.iter().flat_map(|a| &a.participants));
    let told = |a: &'a MeetingAccount| {
        let doc = index.doc_of(a.span.report())?;
        let read = index.docs[doc].findings.meetings.iter().find(|f| f.at == a.span);
        Some(Told { doc, at: &a.span, day: a.date, status: a.status, read })
    };
    Gathering {
        meeting: Some(meeting),
        accounts: meeting.accounts.iter().filter_map(told).collect(),
        day: counts(record, meeting.id.as_str(), &|c| c.what == "date"),
        status: counts(record, meeting.id.as_str(), &|c| c.what == "status" || c.what == "reject"),
        who: everyone.filter_map(|id| places.get(id).copied()).collect(),
        place: meeting.place.as_ref().and_then(|id| places.get(id).copied()),
    }
}

/// The statements of which the day was corrected.
fn sayings<'a>(index: &ComparisonIndex<'a>) -> Vec<Saying<'a>> {
    let record = index.input.record;
    let of = |s: &'a Statement| {
        let correction = counts(record, s.id.as_str(), &|c| c.what == "date")?;
        let doc = index.doc_of(&s.report)?;
        // What the report says: its words stand where it is wrong.
        let read = || index.docs[doc].findings.statements.iter().find(|f| f.content == s.content && f.cue == s.cue);
        let day = if correction.aim == Aim::World { read().and_then(|f| f.date) } else { s.date };
        let told = Told { doc, at: &s.content, day, status: MeetingStatus::Held, read: None };
        let speaker = s.speaker.as_ref().and_then(|id| record.entities.iter().position(|e| e.id == *id));
        Some(Saying { day: s.date, correction, told, statement: s, speaker })
    };
    let any = record.corrections.iter().any(|c| c.applied && c.fact == FactKind::Statement && c.what == "date");
    if any { record.statements.iter().filter_map(of).collect() } else { Vec::new() }
}

/// Of the corrections of one sort, the one that counts: what is known better than the reports tell it, else the last.
fn counts<'a>(
    record: &'a Record,
    fact: &str,
    is: &dyn Fn(&AppliedCorrection) -> bool,
) -> Option<&'a AppliedCorrection> {
    let on = |c: &&AppliedCorrection| c.on.as_ref().is_some_and(|on| on.as_str() == fact);
    let all = || record.corrections.iter().filter(on).filter(|c| c.applied && is(c));
    all().rfind(|c| c.aim == Aim::World).or_else(|| all().next_back())
}

/// What a person said is no gathering: clauses that no gathering of the record has, and that the correction names those of
/// who was read in them.
fn rejected<'a>(index: &ComparisonIndex<'a>, kept: &[Gathering<'a>]) -> Vec<Gathering<'a>> {
    let record = index.input.record;
    let none = |c: &&AppliedCorrection| {
        c.applied && c.fact == FactKind::Meeting && c.what == "reject" && c.aim == Aim::Reading
    };
    let stands: BTreeSet<&Citation> = kept.iter().flat_map(|g| &g.accounts).map(|a| a.at).collect();
    let told = |correction: &'a AppliedCorrection| {
        let named = |e: &usize| correction.about.contains(index.entity(*e).name.as_str());
        let mut gone = Gathering {
            meeting: None,
            accounts: Vec::new(),
            day: None,
            status: None,
            who: BTreeSet::new(),
            place: None,
        };
        for (doc, d) in index.docs.iter().enumerate() {
            for read in d.findings.meetings.iter().filter(|f| !stands.contains(&f.at)) {
                let who = entities(d, read);
                if !who.is_empty() && who.iter().all(named) {
                    let (at, day, status) = (&read.at, read.date, read.status);
                    gone.accounts.push(Told { doc, at, day, status, read: Some(read) });
                    gone.who.extend(who);
                }
            }
        }
        gone.status = Some(correction);
        (!gone.accounts.is_empty()).then_some(gone)
    };
    record.corrections.iter().filter(none).filter_map(told).collect()
}

/// Who takes part by a clause.
fn entities(doc: &Doc<'_>, told: &MeetingFinding) -> BTreeSet<usize> {
    told.participants.iter().filter_map(|a| doc.entity_of.get(a.index()).copied().flatten()).collect()
}

/// The place of each entity of the record, by which it is compared.
fn places(record: &Record) -> HashMap<&EntityId, usize> {
    record.entities.iter().enumerate().map(|(at, e)| (&e.id, at)).collect()
}
