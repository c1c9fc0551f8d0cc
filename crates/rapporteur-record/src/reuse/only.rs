//! What one report alone has.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_schema::{Citation, EntityId, FactId, Mode, OnlyIn, Record, ReportId};

/// The facts of the record that rest on one report only, where there are other origins that could have them: meetings,
/// proposals, issues, and statements. A statement counts if it gives the speaker's own words and no other report gives
/// them, or if its speaker is heard nowhere else; what others may tell in words of their own does not.
pub(crate) fn only_in(record: &Record) -> Vec<OnlyIn> {
    if record.origins.len() < 2 {
        return Vec::new();
    }
    let mut facts = Facts::new();
    for meeting in &record.meetings {
        add(&mut facts, meeting.accounts.iter().map(|a| a.span.report()), FactId::from(&meeting.id));
    }
    for proposal in &record.proposals {
        let evidence = proposal.versions.iter().flat_map(|v| v.evidence.iter());
        add(&mut facts, evidence.map(|c| c.report()), FactId::from(&proposal.id));
    }
    for issue in &record.issues {
        add(&mut facts, issue.evidence.iter().map(|c| c.report()), FactId::from(&issue.id));
    }
    // Where each speaker is heard; `None` for more than one report.
    let mut heard: HashMap<&EntityId, Option<&ReportId>> = HashMap::new();
    for statement in &record.statements {
        if let Some(speaker) = &statement.speaker {
            let report = heard.entry(speaker).or_insert(Some(&statement.report));
            *report = report.filter(|r| **r == statement.report);
        }
    }
    for statement in record.statements.iter().filter(|s| s.utterance.is_none()) {
        let alone = statement.speaker.as_ref().is_some_and(|s| heard.get(s).is_some_and(Option::is_some));
        if alone || statement.mode == Mode::Direct {
            add(&mut facts, std::iter::once(&statement.report), FactId::from(&statement.id));
        }
    }
    // What another report asserts alike is not told by one alone, in whatever words.
    let alike: Vec<&Citation> = record.claims.iter().flat_map(|c| &c.spans).collect();
    let told = |id: &FactId| {
        let statement = record.statements.iter().find(|s| *id == s.id.as_str());
        statement.is_some_and(|s| {
            alike.iter().any(|c| c.report() == s.content.report() && c.span().overlaps(s.content.span()))
        })
    };
    facts.values_mut().for_each(|all| all.retain(|id| !told(id)));
    facts.retain(|_, all| !all.is_empty());
    let reports = record.reports.iter().map(|r| &r.id);
    reports.filter_map(|r| Some(OnlyIn { report: r.clone(), facts: facts.remove(r)? })).collect()
}

/// Ids of facts by report.
type Facts<'r> = BTreeMap<&'r ReportId, Vec<FactId>>;

/// Adds a fact to the report that alone has it.
fn add<'r>(facts: &mut Facts<'r>, reports: impl Iterator<Item = &'r ReportId>, id: FactId) {
    let reports: BTreeSet<&ReportId> = reports.collect();
    if let (1, Some(only)) = (reports.len(), reports.first()) {
        facts.entry(only).or_default().push(id);
    }
}
