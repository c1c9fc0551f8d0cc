//! What people corrected, laid over a record: the machine's finding is told beside it and never lost.
//!
//! Corrections are applied one after another in the order in which they were made. Each holds on to its fact by an anchor,
//! so that it finds the fact again though reports were added or another version found it. One that does not find its
//! fact is told as such and changes nothing.

mod entity;

use rapporteur_schema::{
    Anchor, AppliedCorrection, Correction, CorrectionKind, Edtf, FactKind, IssueStatus, MeetingStatus, Record,
};

use crate::fact::{self, Fact};

/// Lays corrections over a record; those taken back are passed by.
pub fn correct(mut record: Record, corrections: &[Correction]) -> Record {
    for correction in corrections.iter().filter(|c| c.undone.is_none()) {
        let told = apply(&mut record, correction);
        record.corrections.push(told);
    }
    record
}

/// What there is to tell of one applied correction.
#[derive(Default)]
struct Told {
    on: Option<String>,
    was: Option<String>,
    now: Option<String>,
    applied: bool,
}

fn apply(record: &mut Record, correction: &Correction) -> AppliedCorrection {
    let facts = fact::facts(record);
    let anchor = subject(&correction.change);
    let found = fact::find(&facts, anchor);
    let told = found.map(|fact| amend(record, &facts, fact, &correction.change)).unwrap_or_default();
    AppliedCorrection {
        id: correction.id.clone(),
        at: correction.at.clone(),
        who: correction.who.clone(),
        why: correction.why.clone(),
        what: correction.change.word().to_owned(),
        fact: anchor.fact,
        on: told.on,
        about: found.map_or_else(|| anchor.about.clone(), |f| f.about.clone()),
        was: told.was,
        now: told.now.or_else(|| wish(&correction.change)),
        applied: told.applied,
    }
}

/// What a correction is about.
pub fn subject(change: &CorrectionKind) -> &Anchor {
    match change {
        CorrectionKind::Merge { keep, .. } => keep,
        CorrectionKind::Split { entity, .. } => entity,
        CorrectionKind::Speaker { on, .. }
        | CorrectionKind::Date { on, .. }
        | CorrectionKind::Status { on, .. }
        | CorrectionKind::Reject { on }
        | CorrectionKind::Note { on, .. } => on,
    }
}

/// What the person wants, in words, where it could not be done.
fn wish(change: &CorrectionKind) -> Option<String> {
    Some(match change {
        CorrectionKind::Merge { others, .. } => others.iter().map(|o| o.about.as_str()).collect::<Vec<_>>().join(", "),
        CorrectionKind::Split { forms, .. } => forms.join(", "),
        CorrectionKind::Speaker { speaker, .. } => {
            speaker.as_ref().map_or_else(|| "nobody known".into(), |s| s.about.clone())
        }
        CorrectionKind::Date { date, .. } => date.map_or_else(|| "no date".into(), |d| d.to_string()),
        CorrectionKind::Status { status, .. } => status.clone(),
        CorrectionKind::Reject { .. } => return None,
        CorrectionKind::Note { text, .. } => text.clone(),
    })
}

fn amend(record: &mut Record, facts: &[Fact], fact: &Fact, change: &CorrectionKind) -> Told {
    let on = Some(fact.id.clone());
    match change {
        CorrectionKind::Note { text, .. } => Told { on, was: None, now: Some(text.clone()), applied: true },
        CorrectionKind::Reject { .. } => {
            Told { was: Some(fact.about.clone()), applied: reject(record, fact), ..Told::default() }
        }
        CorrectionKind::Merge { others, .. } => entity::merge(record, facts, fact, others),
        CorrectionKind::Split { forms, .. } => entity::split(record, fact, forms),
        CorrectionKind::Speaker { speaker, .. } => entity::speaker(record, facts, fact, speaker.as_ref()),
        CorrectionKind::Date { date, .. } => {
            let was = set_date(record, fact, *date);
            let text = |d: Option<Edtf>| d.map_or_else(|| "no date".into(), |d| d.to_string());
            Told { on, applied: was.is_some(), was: was.map(text), now: Some(text(*date)) }
        }
        CorrectionKind::Status { status, .. } => {
            let was = set_status(record, fact, status);
            Told { on, applied: was.is_some(), was, now: Some(status.clone()) }
        }
    }
}

/// Gives a fact another date; the one it had, if it is of a sort that has one.
fn set_date(record: &mut Record, fact: &Fact, date: Option<Edtf>) -> Option<Option<Edtf>> {
    let slot = match fact.kind {
        FactKind::Statement => &mut record.statements.iter_mut().find(|s| s.id.as_str() == fact.id)?.date,
        FactKind::Meeting => &mut record.meetings.iter_mut().find(|m| m.id.as_str() == fact.id)?.date,
        FactKind::Position => &mut record.positions.iter_mut().find(|p| p.id().as_str() == fact.id)?.date,
        _ => return None,
    };
    Some(std::mem::replace(slot, date))
}

/// Gives a fact another status; the one it had, if it is of a sort that has one and the word is one of those.
fn set_status(record: &mut Record, fact: &Fact, status: &str) -> Option<String> {
    match fact.kind {
        FactKind::Meeting => {
            let status = meeting_status(status)?;
            let meeting = record.meetings.iter_mut().find(|m| m.id.as_str() == fact.id)?;
            Some(std::mem::replace(&mut meeting.status, status).as_str().to_owned())
        }
        FactKind::Issue => {
            let status = issue_status(status)?;
            let issue = record.issues.iter_mut().find(|i| i.id.as_str() == fact.id)?;
            let was = issue.status.replace(status);
            Some(was.map_or_else(|| "not told".to_owned(), |s| s.as_str().to_owned()))
        }
        _ => None,
    }
}

/// The status of a meeting that this word of the record means.
pub fn meeting_status(word: &str) -> Option<MeetingStatus> {
    use MeetingStatus as S;
    let all = [S::Held, S::UnderWay, S::Planned, S::Ordered, S::Conditional, S::Denied, S::Unconfirmed];
    all.into_iter().find(|s| s.as_str() == word)
}

/// The status of an issue that this word of the record means.
pub fn issue_status(word: &str) -> Option<IssueStatus> {
    use IssueStatus as S;
    [S::Open, S::Deferred, S::Agreed, S::Disputed].into_iter().find(|s| s.as_str() == word)
}

/// Leaves a finding out; whether it was there.
fn reject(record: &mut Record, fact: &Fact) -> bool {
    let id = fact.id.as_str();
    let before = size(record);
    match fact.kind {
        FactKind::Entity => return entity::reject(record, id),
        FactKind::Statement => {
            record.statements.retain(|s| s.id.as_str() != id);
            for u in &mut record.utterances {
                u.statements.retain(|s| s.as_str() != id);
            }
            let gone: Vec<_> =
                record.utterances.iter().filter(|u| u.statements.len() < 2).map(|u| u.id.clone()).collect();
            record.utterances.retain(|u| u.statements.len() > 1);
            for s in &mut record.statements {
                s.utterance = s.utterance.take().filter(|u| !gone.contains(u));
            }
        }
        FactKind::Utterance => {
            record.utterances.retain(|u| u.id.as_str() != id);
            for s in &mut record.statements {
                s.utterance = s.utterance.take().filter(|u| u.as_str() != id);
            }
        }
        FactKind::Meeting => record.meetings.retain(|m| m.id.as_str() != id),
        FactKind::Proposal => {
            record.proposals.retain(|p| p.id.as_str() != id);
            record.positions.retain(|p| p.on != id);
        }
        FactKind::Issue => {
            record.issues.retain(|i| i.id.as_str() != id);
            record.positions.retain(|p| p.on != id);
        }
        FactKind::Position => record.positions.retain(|p| p.id().as_str() != id),
        FactKind::Condition => record.conditions.retain(|c| c.id().as_str() != id),
        FactKind::Discrepancy => record.discrepancies.retain(|d| d.id.as_str() != id),
    }
    for only in &mut record.only_in {
        only.facts.retain(|f| f != id);
    }
    record.only_in.retain(|o| !o.facts.is_empty());
    size(record) < before
}

/// How many facts there are.
fn size(record: &Record) -> usize {
    record.statements.len()
        + record.utterances.len()
        + record.meetings.len()
        + record.proposals.len()
        + record.issues.len()
        + record.positions.len()
        + record.conditions.len()
        + record.discrepancies.len()
}
