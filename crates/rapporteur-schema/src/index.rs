//! A record, looked up by the ids of its things.

use std::collections::HashMap;

use crate::{
    AppliedCorrection, Condition, ConditionId, Discrepancy, DiscrepancyId, Entity, EntityId, Fact, Issue, IssueId,
    Meeting, MeetingId, Position, PositionId, Proposal, ProposalId, Record, ReportHead, ReportId, Statement,
    StatementId, Utterance, UtteranceId,
};

/// Where a thing stands in its list of the record, by its id.
type At<'r> = HashMap<&'r str, usize>;

/// A record with its things at hand by their ids: everything that shows, exports or corrects a record looks things up here.
#[derive(Clone, Debug)]
pub struct RecordIndex<'r> {
    record: &'r Record,
    reports: At<'r>,
    entities: At<'r>,
    statements: At<'r>,
    utterances: At<'r>,
    meetings: At<'r>,
    proposals: At<'r>,
    issues: At<'r>,
    discrepancies: At<'r>,
    origins: At<'r>,
}

/// The places of some things by their ids; of several with one id, the first.
fn places<'r, T>(all: &'r [T], id: impl Fn(&'r T) -> &'r str) -> At<'r> {
    let mut at = At::with_capacity(all.len());
    for (n, one) in all.iter().enumerate() {
        at.entry(id(one)).or_insert(n);
    }
    at
}

impl<'r> RecordIndex<'r> {
    /// Looks everything up once.
    pub fn new(record: &'r Record) -> Self {
        let mut origins = At::new();
        for (n, reports) in record.origins.iter().enumerate() {
            origins.extend(reports.iter().map(|r| (r.as_str(), n)));
        }
        RecordIndex {
            record,
            reports: places(&record.reports, |r| r.id.as_str()),
            entities: places(&record.entities, |e| e.id.as_str()),
            statements: places(&record.statements, |s| s.id.as_str()),
            utterances: places(&record.utterances, |u| u.id.as_str()),
            meetings: places(&record.meetings, |m| m.id.as_str()),
            proposals: places(&record.proposals, |p| p.id.as_str()),
            issues: places(&record.issues, |i| i.id.as_str()),
            discrepancies: places(&record.discrepancies, |d| d.id.as_str()),
            origins,
        }
    }

    /// The record itself.
    pub fn record(&self) -> &'r Record {
        self.record
    }

    /// The place of a report among [`Record::reports`].
    pub fn report_place(&self, id: &ReportId) -> Option<usize> {
        self.reports.get(id.as_str()).copied()
    }

    /// What is known of a report.
    pub fn report(&self, id: &ReportId) -> Option<&'r ReportHead> {
        self.record.reports.get(self.report_place(id)?)
    }

    /// The origin that a report is of, by its place among [`Record::origins`].
    pub fn origin(&self, id: &ReportId) -> Option<usize> {
        self.origins.get(id.as_str()).copied()
    }

    /// The place of an entity among [`Record::entities`].
    pub fn entity_place(&self, id: &EntityId) -> Option<usize> {
        self.entities.get(id.as_str()).copied()
    }

    /// An entity.
    pub fn entity(&self, id: &EntityId) -> Option<&'r Entity> {
        self.record.entities.get(self.entity_place(id)?)
    }

    /// A statement.
    pub fn statement(&self, id: &StatementId) -> Option<&'r Statement> {
        self.record.statements.get(*self.statements.get(id.as_str())?)
    }

    /// An utterance.
    pub fn utterance(&self, id: &UtteranceId) -> Option<&'r Utterance> {
        self.record.utterances.get(*self.utterances.get(id.as_str())?)
    }

    /// A meeting.
    pub fn meeting(&self, id: &MeetingId) -> Option<&'r Meeting> {
        self.record.meetings.get(*self.meetings.get(id.as_str())?)
    }

    /// A proposal.
    pub fn proposal(&self, id: &ProposalId) -> Option<&'r Proposal> {
        self.record.proposals.get(*self.proposals.get(id.as_str())?)
    }

    /// An issue.
    pub fn issue(&self, id: &IssueId) -> Option<&'r Issue> {
        self.record.issues.get(*self.issues.get(id.as_str())?)
    }

    /// A discrepancy.
    pub fn discrepancy(&self, id: &DiscrepancyId) -> Option<&'r Discrepancy> {
        self.record.discrepancies.get(*self.discrepancies.get(id.as_str())?)
    }

    /// A position; its id is worked out, not kept, so that this goes through all of them.
    pub fn position(&self, id: &PositionId) -> Option<&'r Position> {
        self.record.positions.iter().find(|p| p.id() == *id)
    }

    /// A condition; its id is worked out, not kept, so that this goes through all of them.
    pub fn condition(&self, id: &ConditionId) -> Option<&'r Condition> {
        self.record.conditions.iter().find(|c| c.id() == *id)
    }

    /// The name that an entity is shown under; its id where the record does not have it.
    pub fn name<'n>(&self, id: &'n EntityId) -> &'n str
    where
        'r: 'n,
    {
        self.entity(id).map_or(id.as_str(), |e| e.name.as_str())
    }

    /// The names of some entities with this between them.
    pub fn names(&self, ids: &[EntityId], between: &str) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(between)
    }

    /// What a position is on, in words, where that is a proposal, an issue or a meeting; `None` where [`Position::on`] is
    /// the words themselves.
    pub fn subject(&self, on: &str) -> Option<String> {
        let proposal = || self.proposals.get(on).map(|&at| self.proposal_label(&self.record.proposals[at]).to_owned());
        let issue = || self.issues.get(on).map(|&at| self.record.issues[at].name.clone());
        let meeting = || self.meetings.get(on).map(|&at| self.meeting_label(&self.record.meetings[at]));
        proposal().or_else(issue).or_else(meeting)
    }

    /// What people corrected of a fact, by its id.
    pub fn corrections(&self, fact: &str) -> impl Iterator<Item = &'r AppliedCorrection> {
        self.record.corrections.iter().filter(move |c| c.on.as_ref().is_some_and(|on| on == fact))
    }

    /// One fact, by its id.
    pub fn fact(&self, id: &str) -> Option<Fact> {
        self.facts().into_iter().find(|f| f.id == id)
    }
}
