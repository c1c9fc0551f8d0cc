//! What is known better than the reports tell it, laid over a record that has everything else.

use std::collections::BTreeSet;

use rapporteur_schema::{
    Aim, Anchor, CorrectionKind, Edtf, Entity, EntityId, Fact, FactId, FactKind, IssueStatus, MeetingStatus, Record,
    ReportId, StatementId, UtteranceId,
};

use super::entity::absorb;
use super::{Corrections, Outcome};
use crate::fact;

/// Lays them over a record. Notes, of either kind, are told here as well.
pub(crate) fn overlay(record: &mut Record, corrections: &mut Corrections<'_>) {
    for aim in [Aim::Reading, Aim::World] {
        for (at, correction) in corrections.of(aim) {
            if aim == Aim::Reading && !matches!(correction.change, CorrectionKind::Note { .. }) {
                continue;
            }
            let facts = fact::facts(record);
            if let Some(on) = fact::find(&facts, correction.change.subject()) {
                corrections.outcomes[at] = apply(record, &facts, on, &correction.change);
            }
        }
    }
}

fn apply(record: &mut Record, facts: &[Fact], fact: &Fact, change: &CorrectionKind) -> Outcome {
    let on = Some(fact.id.clone());
    match change {
        CorrectionKind::Note { text, .. } => Outcome { on, was: None, now: Some(text.clone()), applied: true },
        CorrectionKind::Reject { .. } => deny(record, fact),
        CorrectionKind::Merge { others, .. } => merge(record, facts, fact, others),
        CorrectionKind::Split { forms, .. } => split(record, fact, forms),
        CorrectionKind::Speaker { speaker, .. } => give_speaker(record, facts, fact, speaker.as_ref()),
        CorrectionKind::Date { date, .. } => {
            let was = set_date(record, fact, *date);
            let text = |d: Option<Edtf>| d.map_or_else(|| "no date".into(), |d| d.to_string());
            Outcome { on, applied: was.is_some(), was: was.map(text), now: Some(text(*date)) }
        }
        CorrectionKind::Status { status, .. } => {
            let was = set_status(record, fact, status);
            Outcome { on, applied: was.is_some(), was, now: Some(status.clone()) }
        }
    }
}

/// What is not so stays as what reports say, marked; a meeting that was not is denied. What we put together ourselves no
/// report says.
fn deny(record: &mut Record, fact: &Fact) -> Outcome {
    if matches!(fact.kind, FactKind::Utterance | FactKind::Discrepancy | FactKind::Claim) {
        return Outcome::default();
    }
    let meeting = record.meetings.iter_mut().find(|m| fact.id == m.id.as_str());
    let was = match meeting {
        Some(meeting) => std::mem::replace(&mut meeting.status, MeetingStatus::Denied).as_str().to_owned(),
        None => fact.about.clone(),
    };
    Outcome { on: Some(fact.id.clone()), was: Some(was), now: Some("not so".into()), applied: true }
}

/// Makes entities one; the first keeps its name and id.
fn merge(record: &mut Record, facts: &[Fact], keep: &Fact, others: &[Anchor]) -> Outcome {
    let others: Vec<&Fact> = others.iter().filter_map(|a| fact::find(facts, a)).filter(|f| f.id != keep.id).collect();
    let ids: BTreeSet<&str> = others.iter().map(|f| f.id.as_str()).collect();
    let (gone, mut left): (Vec<Entity>, Vec<Entity>) =
        std::mem::take(&mut record.entities).into_iter().partition(|e| ids.contains(e.id.as_str()));
    let mut outcome = Outcome { on: Some(keep.id.clone()), now: Some(keep.about.clone()), ..Outcome::default() };
    if let Some(into) = left.iter_mut().find(|e| keep.id == e.id.as_str()) {
        outcome.was = Some(others.iter().map(|f| f.about.as_str()).collect::<Vec<_>>().join(", "));
        outcome.applied = !gone.is_empty();
        gone.into_iter().for_each(|entity| absorb(into, entity));
    }
    record.entities = left;
    let id = EntityId::new(keep.id.as_str());
    rename(record, &|e| if ids.contains(e.as_str()) { Some(id.clone()) } else { None });
    outcome
}

/// Gives other ids to entities wherever they are spoken of.
fn rename(record: &mut Record, new: &dyn Fn(&EntityId) -> Option<EntityId>) {
    let change = |id: &mut EntityId| {
        if let Some(other) = new(id) {
            *id = other;
        }
    };
    let maybe = |id: &mut Option<EntityId>| id.iter_mut().for_each(change);
    let all = |ids: &mut Vec<EntityId>| {
        ids.iter_mut().for_each(change);
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
    };
    record.entities.iter_mut().flat_map(|e| &mut e.offices).for_each(|o| maybe(&mut o.of));
    record.statements.iter_mut().for_each(|s| maybe(&mut s.speaker));
    record.utterances.iter_mut().for_each(|u| maybe(&mut u.speaker));
    for m in &mut record.meetings {
        all(&mut m.participants);
        maybe(&mut m.place);
        for account in &mut m.accounts {
            all(&mut account.participants);
            maybe(&mut account.place);
        }
    }
    record.proposals.iter_mut().flat_map(|p| &mut p.versions).for_each(|v| all(&mut v.authors));
    record.positions.iter_mut().for_each(|p| change(&mut p.party));
    record.conditions.iter_mut().for_each(|c| maybe(&mut c.party));
}

/// Makes an entity of its own of some spellings of another: what is mentioned by them, and what was said there.
fn split(record: &mut Record, fact: &Fact, forms: &[String]) -> Outcome {
    let mut outcome = Outcome { on: Some(fact.id.clone()), was: Some(fact.about.clone()), ..Outcome::default() };
    let Some(first) = forms.first() else { return outcome };
    let Some(at) = record.entities.iter().position(|e| fact.id == e.id.as_str()) else { return outcome };
    let id = EntityId::from_content(&["split", fact.id.as_str(), first]);
    let old = &mut record.entities[at];
    let (mut names, kept) =
        std::mem::take(&mut old.names).into_iter().partition::<Vec<_>, _>(|n| forms.contains(&n.form));
    old.names = kept;
    if names.is_empty() || old.names.is_empty() {
        // Nothing is called so, or everything is.
        old.names.append(&mut names);
        return outcome;
    }
    // A report that uses one of the forms and no other spelling means the new entity throughout.
    let own: BTreeSet<_> = names.iter().flat_map(|n| n.reports.iter().cloned()).collect();
    let both: BTreeSet<_> = old.names.iter().flat_map(|n| n.reports.iter().cloned()).collect();
    let moved = |report: &ReportId| own.contains(report) && !both.contains(report);
    let (mentions, stay) = std::mem::take(&mut old.mentions).into_iter().partition::<Vec<_>, _>(|m| moved(&m.report));
    old.mentions = stay;
    let (offices, stay) = std::mem::take(&mut old.offices)
        .into_iter()
        .partition::<Vec<_>, _>(|o| o.evidence.iter().all(|c| moved(c.report())));
    old.offices = stay;
    if forms.contains(&old.name)
        && let Some(longest) = old.names.iter().max_by_key(|n| n.form.len())
    {
        old.name.clone_from(&longest.form);
    }
    let kind = old.kind;
    let new = Entity { id: id.clone(), kind, name: first.clone(), iso3166: None, names, offices, mentions };
    record.entities.push(new);
    let old = EntityId::new(fact.id.as_str());
    for s in record.statements.iter_mut().filter(|s| s.speaker.as_ref() == Some(&old)) {
        let named = s.speaker_span.as_ref().is_some_and(|c| forms.iter().any(|f| c.exact().contains(f.as_str())));
        if named || moved(&s.report) {
            s.speaker = Some(id.clone());
        }
    }
    for m in &mut record.meetings {
        for account in m.accounts.iter_mut().filter(|a| moved(a.span.report())) {
            account.participants.iter_mut().filter(|p| **p == old).for_each(|p| *p = id.clone());
        }
        if m.accounts.iter().all(|a| !a.participants.contains(&old)) {
            m.participants.iter_mut().filter(|p| **p == old).for_each(|p| *p = id.clone());
        }
    }
    for p in record.positions.iter_mut().filter(|p| p.party == old && p.evidence.iter().all(|c| moved(c.report()))) {
        p.party = id.clone();
    }
    outcome.now = Some(forms.join(", "));
    outcome.applied = true;
    outcome
}

/// Shows statements as somebody else's: one, or all of an utterance.
fn give_speaker(record: &mut Record, facts: &[Fact], fact: &Fact, speaker: Option<&Anchor>) -> Outcome {
    let mut outcome = Outcome { on: Some(fact.id.clone()), ..Outcome::default() };
    let now = match speaker {
        None => None,
        Some(anchor) => match fact::find(facts, anchor).filter(|f| f.kind == FactKind::Entity) {
            Some(found) => Some(found),
            None => return outcome,
        },
    };
    let name = |id: &Option<EntityId>| match id.as_ref().map(FactId::from) {
        Some(id) => facts.iter().find(|f| f.id == id).map_or_else(|| id.to_string(), |f| f.about.clone()),
        None => "nobody known".to_owned(),
    };
    let id = now.map(|f| EntityId::new(f.id.as_str()));
    let of_utterance = record.utterances.iter().find(|u| fact.id == u.id.as_str()).map(|u| u.statements.clone());
    let meant = of_utterance.unwrap_or_else(|| vec![StatementId::new(fact.id.as_str())]);
    let mut was: Vec<String> = Vec::new();
    let mut utterances: BTreeSet<UtteranceId> = BTreeSet::new();
    for s in record.statements.iter_mut().filter(|s| meant.contains(&s.id)) {
        let before = name(&s.speaker);
        if !was.contains(&before) {
            was.push(before);
        }
        s.speaker.clone_from(&id);
        s.confidence = None; // a person told
        utterances.extend(s.utterance.clone());
    }
    utterances.iter().for_each(|u| follow(record, u));
    outcome.applied = !was.is_empty();
    outcome.was = Some(was.join(" / ")).filter(|w| !w.is_empty());
    outcome.now = Some(name(&id));
    outcome
}

/// An utterance is of the speaker whom all its statements name now.
fn follow(record: &mut Record, utterance: &UtteranceId) {
    let Some(utterance) = record.utterances.iter_mut().find(|u| u.id == *utterance) else { return };
    let mut speakers = record.statements.iter().filter(|s| utterance.statements.contains(&s.id)).map(|s| &s.speaker);
    if let Some(first) = speakers.next()
        && speakers.all(|s| s == first)
    {
        utterance.speaker = first.clone();
    }
}

/// Gives a fact another date; the one it had, if it is of a sort that has one.
fn set_date(record: &mut Record, fact: &Fact, date: Option<Edtf>) -> Option<Option<Edtf>> {
    let slot = match fact.kind {
        FactKind::Statement => &mut record.statements.iter_mut().find(|s| fact.id == s.id.as_str())?.date,
        FactKind::Meeting => &mut record.meetings.iter_mut().find(|m| fact.id == m.id.as_str())?.date,
        FactKind::Position => &mut record.positions.iter_mut().find(|p| fact.id == p.id().as_str())?.date,
        _ => return None,
    };
    Some(std::mem::replace(slot, date))
}

/// Gives a fact another status; the one it had, if it is of a sort that has one and the word is one of those.
fn set_status(record: &mut Record, fact: &Fact, status: &str) -> Option<String> {
    match fact.kind {
        FactKind::Meeting => {
            let status = MeetingStatus::from_word(status)?;
            let meeting = record.meetings.iter_mut().find(|m| fact.id == m.id.as_str())?;
            Some(std::mem::replace(&mut meeting.status, status).as_str().to_owned())
        }
        FactKind::Issue => {
            let status = IssueStatus::from_word(status)?;
            let issue = record.issues.iter_mut().find(|i| fact.id == i.id.as_str())?;
            let was = issue.status.replace(status);
            Some(was.map_or_else(|| "not told".to_owned(), |s| s.as_str().to_owned()))
        }
        _ => None,
    }
}
