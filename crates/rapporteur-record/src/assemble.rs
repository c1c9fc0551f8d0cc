//! Puts the findings of many reports together into one record.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{
    Correction, Findings, MadeWith, Record, Relation, Report, ReportHead, ReportId, SCHEMA, Statement,
    StatementFinding, StatementId,
};

use crate::context::{MergeContext, passages};
use crate::correct::{self, Corrections};
use crate::utterance::{self, Candidate};
use crate::{claim, discrepancy, entity, fact, lead, meeting, negotiation, reuse};

/// Puts the findings of `reports` together, with what people corrected; `findings` may come in any order and number.
///
/// The same reports, findings and corrections give the same record, byte for byte, in whatever order reports and findings
/// come. Corrections count in the order in which they were made; those taken back are passed by.
pub fn assemble(reports: &[Report], findings: &[Findings], corrections: &[Correction], made_with: MadeWith) -> Record {
    let mut log = Corrections::new(corrections);
    let plain = || fact::facts(&assemble(reports, findings, &[], made_with.clone()));
    let mut reports: Vec<&Report> = reports.iter().collect();
    reports.sort_by(|a, b| (&a.head.source, a.id()).cmp(&(&b.head.source, b.id())));
    let by_report: BTreeMap<&ReportId, &Findings> = findings.iter().map(|f| (&f.report, f)).collect();
    let ordered: Vec<&Findings> = reports.iter().filter_map(|r| by_report.get(r.id()).copied()).collect();

    let mut merged = entity::merge(&ordered);
    let mut ordered: Vec<Cow<'_, Findings>> = ordered.into_iter().map(Cow::Borrowed).collect();
    correct::entities(&mut merged, &mut ordered, &mut log);
    let speaker_corrected = correct::readings(&mut merged, &mut ordered, &mut log, &plain);
    let ordered: Vec<&Findings> = ordered.iter().map(AsRef::as_ref).collect();

    let read = reports.iter().copied().filter(|r| by_report.contains_key(r.id())).collect();
    let story = MergeContext::new(read, &ordered, &merged, speaker_corrected);
    let (mut statements, mut utterances) = statements(&story);
    correct::utterances(&mut utterances, &mut statements, &mut log);
    let dates = ordered.iter().flat_map(|f| f.dates.iter().cloned()).collect();
    let meetings = meeting::merge(&story);
    let negotiation = negotiation::merge(&story, &meetings);
    let shared = reuse::find(&story);
    let alignment = claim::align(&story);
    let mut claims = claim::claims(&story, &alignment, &shared.origins);
    correct::claims(&mut claims, &mut log);
    let lead = lead::find(&story, &alignment, &claims.iter().map(Option::as_ref).collect::<Vec<_>>());
    let id = |r: &usize| story.reports[*r].id().clone();
    let origins = shared.origins.iter().map(|o| o.iter().map(id).collect()).collect();
    let mut entities = merged.entities.clone();
    entities.sort_by(|a, b| (b.mentions.len(), &a.name, &a.id).cmp(&(a.mentions.len(), &b.name, &b.id)));
    let mut record = Record {
        schema: SCHEMA.into(),
        made_with,
        reports: reports.iter().map(|r| head(r, by_report.get(r.id()).copied())).collect(),
        entities,
        dates,
        statements,
        utterances,
        meetings: meetings.all,
        proposals: negotiation.proposals,
        issues: negotiation.issues,
        positions: negotiation.positions,
        conditions: negotiation.conditions,
        discrepancies: Vec::new(),
        claims: claims.into_iter().flatten().collect(),
        lead,
        only_in: Vec::new(),
        reuse: shared.passages,
        origins,
        corrections: Vec::new(),
        left_out: Vec::new(),
        unread: Vec::new(),
        cut: ordered.iter().flat_map(|f| f.cut.iter().cloned()).collect(),
    };
    let (discrepancies, uncompared) = discrepancy::find(&story, &alignment, &record);
    record.discrepancies = discrepancies;
    record.cut.extend(uncompared);
    record.cut.sort();
    correct::differences(&mut record.discrepancies, &mut log);
    correct::overlay(&mut record, &mut log);
    record.only_in = reuse::only_in(&record);
    record.corrections = log.applied(&record);
    record
}

/// What is known of a report, with the date that reading it brought.
fn head(report: &Report, findings: Option<&Findings>) -> ReportHead {
    let mut head = report.head.clone();
    // A dossier of before, or a program of its own, may bring anything.
    head.sanitize();
    head.passages = passages(report, findings);
    if head.published.is_none()
        && let Some(found) = findings
    {
        (head.published, head.published_basis) = (found.published, found.published_basis);
    }
    head
}

/// The statements of all reports, and the utterances among them.
fn statements(story: &MergeContext<'_>) -> (Vec<Statement>, Vec<rapporteur_schema::Utterance>) {
    let merged = story.merged;
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for (report, found) in story.findings.iter().enumerate() {
        for finding in &found.statements {
            let speaker = finding.speaker.and_then(|a| story.index(report, a));
            candidates.push(Candidate { id: statement_id(finding), report, finding, speaker });
        }
    }
    let found = utterance::find(story, &candidates);
    let entity = |index: Option<usize>| index.map(|i| merged.entities[i].id.clone());
    let statements = candidates.iter().zip(found.of).map(|(c, utterance)| Statement {
        id: c.id.clone(),
        by: c.finding.by.clone(),
        report: c.finding.content.report().clone(),
        mode: c.finding.mode,
        speaker: entity(c.speaker),
        speaker_span: c.finding.speaker_span.clone(),
        cue: c.finding.cue.clone(),
        content: c.finding.content.clone(),
        medium: c.finding.medium.clone(),
        audience: c.finding.audience.clone(),
        via: c.finding.via.clone(),
        date: c.finding.date,
        utterance,
        confidence: c.finding.confidence,
    });
    let mut utterances: Vec<_> = found
        .utterances
        .into_iter()
        .map(|(mut utterance, speaker)| {
            utterance.speaker = entity(speaker);
            // Other words for what was said in another language are other renderings of it.
            let foreign = speaker
                .and_then(|s| merged.countries[s].as_deref())
                .is_some_and(|c| !comparison::ENGLISH_SPEAKING_COUNTRY.has(c));
            if utterance.relation == Relation::Reworded && foreign {
                utterance.relation = Relation::Translated;
            }
            utterance
        })
        .collect();
    utterances.sort_by(|a, b| (b.statements.len(), &a.id).cmp(&(a.statements.len(), &b.id)));
    (statements.collect(), utterances)
}

/// A statement is named by where its content stands and by its cue: two cues may share a content.
pub(crate) fn statement_id(finding: &StatementFinding) -> StatementId {
    let span = finding.content.span();
    let cue = finding.cue.as_ref().map(|c| c.span().start().to_string()).unwrap_or_default();
    let place = format!("{} {}", span.start(), span.end());
    let (start, end) = place.split_once(' ').unwrap_or_default();
    StatementId::from_content(&[finding.content.report().as_str(), start, end, &cue])
}
