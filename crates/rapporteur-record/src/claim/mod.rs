//! Claims: what sentences of several reports assert alike.
//!
//! 1. `unit`: the sentences of the reports' bodies, with their names, figures, days.
//! 2. `near`: for each those of other reports that it is like (TF-IDF through an index): similarity proposes.
//! 3. `pair`: a scorer over named features decides whether two assert the same.
//! 4. Pairs are joined from the surest on into claims of one sentence a report.
//!
//! Vectors of a sentence encoder were tried for both steps and gained less than .01 of pairs found on dev; figures are in
//! docs/accuracy.md.

mod near;
mod pair;
#[cfg(feature = "train")]
pub mod train;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Citation, Claim, ClaimId, ReportId, Rule};

use crate::context::MergeContext;
use crate::words::QuickMap;
use near::Near;
pub(crate) use pair::both as shared_of;
pub(crate) use unit::{Unit, sentences};

/// Claims that one sentence is part of at most.
const MOST_CLAIMS: usize = 3;

/// What the sentences of a story have to do with each other.
pub(crate) struct Alignment {
    /// The sentences, report by report, in order.
    pub(crate) units: Vec<Unit>,
    /// Pairs that were compared, in order of their sentences.
    pub(crate) pairs: Vec<Pair>,
    /// The claims, each as sentences, the best formulated first, with how sure it is.
    pub(crate) groups: Vec<(Vec<usize>, f32)>,
    /// How much a stem weighs: more the fewer sentences have it.
    pub(crate) weight: QuickMap<u32, f32>,
}

/// Two sentences of different reports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// How likely they assert the same, 0 to 1.
    pub(crate) same: f32,
}

/// Compares the sentences of all reports.
pub(crate) fn align(story: &MergeContext<'_>) -> Alignment {
    let units = unit::units(story);
    let near = Near::find(&units);
    let candidates = pair::candidates(story, &units, &near);
    let pairs: Vec<Pair> =
        candidates.iter().map(|c| Pair { a: c.a, b: c.b, same: pair::probability(&c.features) }).collect();
    let groups = group(&units, &pairs, pair::threshold());
    Alignment { units, pairs, groups, weight: near.weight }
}

/// Joins pairs from the surest on. A claim has one sentence a report; a sentence that asserts several things is in several claims, for
/// then other sentences of one report tell what it tells. A sentence joins a claim if it is like all who are in it as far as they
/// were compared, and like one of them for sure.
fn group(units: &[Unit], pairs: &[Pair], least: f32) -> Vec<(Vec<usize>, f32)> {
    let mut sure: Vec<&Pair> = pairs.iter().filter(|p| p.same >= least).collect();
    sure.sort_by(|p, q| q.same.total_cmp(&p.same).then((p.a, p.b).cmp(&(q.a, q.b))));
    // With whom each sentence was compared and was found unlike, and the reports of each claim: so that a claim of thousands of reports
    // need not be gone through for each that joins.
    let mut unlike: QuickMap<usize, Vec<usize>> = QuickMap::default();
    for pair in pairs.iter().filter(|p| p.same < least / 2.0) {
        unlike.entry(pair.a).or_default().push(pair.b);
        unlike.entry(pair.b).or_default().push(pair.a);
    }
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut groups: Vec<(Vec<usize>, f32)> = Vec::new();
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    for pair in sure {
        let in_claims = |unit: usize| of.get(&unit).cloned().unwrap_or_default();
        let (a, b) = (in_claims(pair.a), in_claims(pair.b));
        if a.iter().any(|g| b.contains(g)) {
            continue;
        }
        let fits = |group: usize, unit: usize| {
            let is_in = |other: &usize| of.get(other).is_some_and(|all| all.contains(&group));
            !told.contains(&(group, units[unit].report)) && !unlike.get(&unit).into_iter().flatten().any(is_in)
        };
        let into =
            a.iter().map(|&g| (g, pair.b)).chain(b.iter().map(|&g| (g, pair.a))).find(|&(g, unit)| fits(g, unit));
        match into {
            Some((group, unit)) => {
                groups[group].0.push(unit);
                groups[group].1 = groups[group].1.min(pair.same);
                told.insert((group, units[unit].report));
                of.entry(unit).or_default().push(group);
            }
            None if a.len() < MOST_CLAIMS && b.len() < MOST_CLAIMS => {
                told.extend([pair.a, pair.b].map(|unit| (groups.len(), units[unit].report)));
                groups.push((vec![pair.a, pair.b], pair.same));
                of.entry(pair.a).or_default().push(groups.len() - 1);
                of.entry(pair.b).or_default().push(groups.len() - 1);
            }
            None => {}
        }
    }
    groups.retain(|(all, _)| all.len() > 1);
    for (all, _) in &mut groups {
        all.sort_by_cached_key(|&u| (formulated(&units[u]), units[u].report));
    }
    groups.sort_by_cached_key(|(all, _)| {
        let place = all.iter().map(|&u| units[u].place).min();
        (std::cmp::Reverse(all.len()), place, all.iter().map(|&u| (units[u].report, units[u].place)).min())
    });
    groups
}

/// How well a sentence stands by itself: 0 is best. One that names who it is about, without quotation, neither a scrap nor a list.
fn formulated(unit: &Unit) -> (bool, bool, usize) {
    let length = unit.stems.len();
    (unit.named.is_empty(), unit.quoted, length.abs_diff(14))
}

/// The claims as the record has them, one a group; `origins` as places of reports.
pub(crate) fn claims(story: &MergeContext<'_>, alignment: &Alignment, origins: &[Vec<usize>]) -> Vec<Option<Claim>> {
    let mut origin: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, reports) in origins.iter().enumerate() {
        origin.extend(reports.iter().map(|&r| (r, n)));
    }
    let claim = |(all, confidence): &(Vec<usize>, f32)| {
        let units = || all.iter().map(|&u| &alignment.units[u]);
        let spans: Vec<Citation> = units().filter_map(|u| u.cite(story)).collect();
        let mut sources: Vec<usize> = units().filter_map(|u| origin.get(&u.report).copied()).collect();
        sources.sort_unstable();
        sources.dedup();
        (spans.len() > 1).then(|| Claim {
            id: id(&spans),
            by: Rule::new("claim/pair"),
            spans,
            origins: sources.len() as u32,
            confidence: rounded(*confidence),
        })
    };
    alignment.groups.iter().map(claim).collect()
}

/// A claim is named by where its sentences stand.
pub(crate) fn id(spans: &[Citation]) -> ClaimId {
    let mut places: Vec<(&ReportId, u32, u32)> =
        spans.iter().map(|c| (c.report(), c.span().start(), c.span().end())).collect();
    places.sort();
    let parts: Vec<String> = places.iter().map(|(r, s, e)| format!("{r} {s} {e}")).collect();
    ClaimId::from_content(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// To hundredths: more digits would promise what nobody knows.
pub(crate) fn rounded(probability: f32) -> f32 {
    (probability * 100.0).round() / 100.0
}
