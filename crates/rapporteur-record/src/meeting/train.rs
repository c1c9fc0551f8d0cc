//! Pairs of accounts with their features, for fitting: the same code as in reading.

use rapporteur_schema::{Citation, Findings, Report};
use rapporteur_scorer::Features;

use super::account::accounts;
use super::{Candidates, pair};
use crate::claim::train::with;

/// Two accounts that reading would compare, and what is known of them.
pub struct GatheringPair {
    /// The words by which each tells of a gathering.
    pub triggers: [Citation; 2],
    /// The clauses that these stand in.
    pub clauses: [Citation; 2],
    /// What is known of them.
    pub features: Features,
}

/// The pairs of a story.
pub fn gatherings(reports: &[Report], findings: &[Findings]) -> Vec<GatheringPair> {
    with(reports, findings, |story| {
        let all = accounts(story);
        let mut candidates = Candidates::default();
        let mut out = Vec::new();
        for b in 0..all.len() {
            for a in candidates.of(story, &all[b]) {
                let triggers = [all[a].finding.trigger.clone(), all[b].finding.trigger.clone()];
                let clauses = [all[a].finding.at.clone(), all[b].finding.at.clone()];
                out.push(GatheringPair { triggers, clauses, features: pair::features(story, &all[a], &all[b]) });
            }
            candidates.add(story, &all[b], b);
        }
        out
    })
}
