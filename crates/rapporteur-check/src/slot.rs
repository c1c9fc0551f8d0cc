//! One judgement for all that has a value in a sentence (a number, a day, a place): what the places of the reports that
//! speak of the same thing have there.

use rapporteur_schema::{Char, Citation, Span};

use crate::builder::{VerdictBuilder, quote};
use crate::index::ComparisonIndex;
use crate::verdict::{Judgement, Severity, Verdict};

/// How much of a sentence of the draft must be in a report's for the two to speak of the same thing.
pub(crate) const MIN_SAME: f64 = 0.34;

/// The same, where the value is found elsewhere.
const MIN_SAME_ALONE: f64 = 0.42;

/// The most that words right beside two values add to what their sentences have in common.
pub(crate) const MOST_BESIDE: f64 = 0.2;

/// How much makes it sure.
const MIN_SURE: f64 = 0.6;

/// How much nearer another value must be to speak against one that is found elsewhere.
const MIN_NEARER: f64 = 0.22;

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
    pub(crate) at: Span<Char>,
}

/// Places that a verdict shows at most.
const MAX_SHOWN: usize = 4;

/// What the candidates make of a value.
pub(crate) fn judge(
    index: &ComparisonIndex<'_>,
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
        let order = |a: &&Candidate, b: &&Candidate| {
            let id = |c: &Candidate| index.docs[c.doc].report.id();
            b.near
                .total_cmp(&a.near)
                .then_with(|| id(a).cmp(id(b)))
                .then_with(|| a.at.start().cmp(&b.at.start()))
                .then_with(|| a.at.end().cmp(&b.at.end()))
        };
        if all.len() > MAX_SHOWN {
            all.select_nth_unstable_by(MAX_SHOWN - 1, order);
            all.truncate(MAX_SHOWN);
        }
        all.sort_by(order);
        all
    };
    let docs = |some: &[&Candidate]| some.iter().map(|c| c.doc).collect::<Vec<_>>();
    let cites = |some: &[&Candidate]| {
        some.iter().filter_map(|c| index.docs[c.doc].report.cite(c.at).ok()).collect::<Vec<Citation>>()
    };
    if with > f64::MIN && (against < MIN_SAME_ALONE || against < with + MIN_NEARER) {
        let some = near(true, (with - 0.2).max(0.0));
        verdict.sources = cites(&some);
        builder.supported(&mut verdict, docs(&some));
        verdict.judgement = Judgement::Supported;
        verdict.severity = if with >= MIN_SAME { Severity::Fine } else { Severity::Note };
        verdict.says = match with >= MIN_SAME {
            true => format!("so in {}", builder.named(docs(&some))),
            false => format!("{what} stands in {}, perhaps of something else", builder.named(docs(&some))),
        };
    } else if against >= MIN_SAME {
        let some = near(false, (against - 0.1).max(MIN_SAME));
        verdict.against = cites(&some);
        verdict.judgement = Judgement::Contradicted;
        verdict.severity = if against >= MIN_SURE { Severity::Error } else { Severity::Warning };
        let values: Vec<String> = verdict.against.iter().map(|c| quote(c.exact())).take(2).collect();
        verdict.says = format!("{} in {}", values.join(" and "), builder.named(docs(&some)));
    } else if elsewhere {
        (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Note);
        verdict.says = format!("{what} stands in the reports, but not of this");
    } else {
        (verdict.judgement, verdict.severity) = (Judgement::NotFound, Severity::Warning);
        verdict.says = format!("no report has {what}");
    }
    verdict
}
