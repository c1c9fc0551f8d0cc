//! Different numbers of points for one plan at one stage: 19, "around 20".

use rapporteur_schema::{Citation, DiscrepancyKind, Record, Version};

use super::RawDiscrepancy;

/// Versions so much apart are stages of a plan, not two counts of one.
const NEAR: f64 = 0.8;

/// Finds them.
pub(super) fn find(record: &Record) -> Vec<RawDiscrepancy> {
    let mut found = Vec::new();
    for proposal in &record.proposals {
        let mut versions: Vec<(&Version, u32)> =
            proposal.versions.iter().filter_map(|v| Some((v, v.points?))).filter(|(_, n)| *n > 0).collect();
        versions.sort_by_key(|&(_, n)| n);
        let mut at = 0;
        while at < versions.len() {
            let first = versions[at].1;
            let end = versions[at..].iter().position(|&(_, n)| f64::from(first) < NEAR * f64::from(n));
            let run = &versions[at..end.map_or(versions.len(), |e| at + e)];
            at += run.len();
            let name = proposal.names.first().map(String::as_str).unwrap_or_default();
            if run.len() > 1 && same_stage(run) {
                let accounts = run.iter().map(|&(v, n)| {
                    let value = if v.approximate { format!("around {n}") } else { n.to_string() };
                    (value, v.evidence.iter().cloned().collect::<Vec<Citation>>())
                });
                found.push(RawDiscrepancy::new(
                    DiscrepancyKind::Number,
                    format!("points in the {name}"),
                    accounts.collect(),
                ));
            }
        }
    }
    found
}

/// Whether no report has two of them: it would tell of a change, as would dates that differ.
fn same_stage(run: &[(&Version, u32)]) -> bool {
    run.windows(2).all(|pair| {
        let (a, b) = (pair[0].0, pair[1].0);
        let both = a.evidence.iter().any(|x| b.evidence.iter().any(|y| x.report() == y.report()));
        let apart = a.date.zip(b.date).is_some_and(|(x, y)| !x.meets(y));
        !both && !apart
    })
}
