//! One judgement for all that has a value in a sentence (a number, a day, a place): what the places of the reports that
//! speak of the same thing have there.

use rapporteur_schema::Citation;

use crate::say::VerdictBuilder;
use crate::verdict::{Judgement, Severity, Verdict};

/// How much of a sentence of the draft must be in a report's for the two to speak of the same thing.
const SAME: f64 = 0.34;

/// The same, where the value is found elsewhere.
const ALONE: f64 = 0.42;

/// How much makes it sure.
const SURE: f64 = 0.6;

/// How much nearer another value must be to speak against one that is found elsewhere.
const NEARER: f64 = 0.22;

/// A value as some place of a report has it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The report.
    pub(crate) doc: usize,
    /// How much the two sentences have in common, 0 to 1.
    pub(crate) near: f64,
    /// Whether the value is that of the draft, or can be meant by the same words.
    pub(crate) fits: bool,
    /// The place.
    pub(crate) at: Citation,
}

/// What the candidates make of a value.
pub(crate) fn judge(
    builder: &VerdictBuilder<'_, '_>,
    mut verdict: Verdict,
    candidates: &[Candidate],
    elsewhere: bool,
    what: &str,
) -> Verdict {
    let best = |fits: bool| candidates.iter().filter(|c| c.fits == fits).map(|c| c.near).fold(f64::MIN, f64::max);
    let (with, against) = (best(true), best(false));
    let near = |fits: bool, least: f64| -> Vec<&Candidate> {
        let mut all: Vec<&Candidate> = candidates.iter().filter(|c| c.fits == fits && c.near >= least).collect();
        all.sort_by(|a, b| b.near.total_cmp(&a.near).then_with(|| a.at.cmp(&b.at)));
        all.truncate(4);
        all
    };
    let docs = |some: &[&Candidate]| some.iter().map(|c| c.doc).collect::<Vec<_>>();
    let cites = |some: &[&Candidate]| some.iter().map(|c| c.at.clone()).collect::<Vec<_>>();
    if with > f64::MIN && (against < ALONE || against < with + NEARER) {
        let some = near(true, (with - 0.2).max(0.0));
        verdict.sources = cites(&some);
        builder.borne_out(&mut verdict, docs(&some));
        verdict.judgement = Judgement::BorneOut;
        verdict.severity = if with >= SAME { Severity::Fine } else { Severity::Note };
        verdict.says = match with >= SAME {
            true => format!("so in {}", builder.named(docs(&some))),
            false => format!("{what} stands in {}, perhaps of something else", builder.named(docs(&some))),
        };
    } else if against >= SAME {
        let some = near(false, (against - 0.1).max(SAME));
        verdict.against = cites(&some);
        verdict.judgement = Judgement::Contradicted;
        verdict.severity = if against >= SURE { Severity::Error } else { Severity::Warning };
        let told: Vec<String> = some.iter().map(|c| crate::say::quote(c.at.exact())).take(2).collect();
        verdict.says = format!("{} in {}", told.join(" and "), builder.named(docs(&some)));
    } else if elsewhere {
        (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Note);
        verdict.says = format!("{what} stands in the reports, but not of this");
    } else {
        (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Warning);
        verdict.says = format!("no report has {what}");
    }
    verdict
}
