//! Candidates with their features, for fitting: the same code as in reading.

use rapporteur_schema::{Citation, Findings, Report};
use rapporteur_scorer::Features;

use super::near::Near;
use super::{pair, unit};
use crate::context::MergeContext;

/// Two sentences that reading would compare, and what is known of them.
pub struct PairCandidate {
    /// The sentences.
    pub spans: [Citation; 2],
    /// What is known of them.
    pub features: Features,
}

/// The pairs of a story.
pub fn pairs(reports: &[Report], findings: &[Findings]) -> Vec<PairCandidate> {
    with(reports, findings, |story| {
        let units = unit::units(story);
        let near = Near::find(&units);
        let candidates = pair::candidates(story, &units, &near);
        let one = |c: pair::Candidate| {
            let spans = [units[c.a].cite(story)?, units[c.b].cite(story)?];
            Some(PairCandidate { spans, features: c.features })
        };
        candidates.into_iter().filter_map(one).collect()
    })
}

/// A sentence, and what is known of it as one of the lead.
pub struct LeadCandidate {
    /// The sentence.
    pub span: Citation,
    /// What is known of it.
    pub features: Features,
}

/// The sentences of a story.
pub fn lead(reports: &[Report], findings: &[Findings]) -> Vec<LeadCandidate> {
    with(reports, findings, |story| {
        let alignment = super::align(story);
        let features = crate::lead::features(story, &alignment);
        let all = alignment.units.iter().zip(features);
        all.filter_map(|(u, features)| Some(LeadCandidate { span: u.cite(story)?, features })).collect()
    })
}

/// Runs something on a story as merging sees it.
pub(crate) fn with<T>(reports: &[Report], findings: &[Findings], run: impl FnOnce(&MergeContext<'_>) -> T) -> T {
    let ordered: Vec<&Findings> =
        reports.iter().filter_map(|r| findings.iter().find(|f| f.report == *r.id())).collect();
    let reports = reports.iter().filter(|r| ordered.iter().any(|f| f.report == *r.id())).collect();
    let merged = crate::entity::merge(&ordered);
    run(&MergeContext::new(reports, &ordered, &merged, Default::default()))
}
