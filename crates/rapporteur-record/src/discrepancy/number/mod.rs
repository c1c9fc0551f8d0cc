//! Different numbers for the same thing: "8,600 members", "9,100 nurses".
//!
//! Two numbers are taken for the same thing by what speaks for it: the noun, the words and actors of their context, how
//! near they are (two reports rarely have 1,900 and 2,100 nurses by chance), a start they share ("from 6 to 8 percent",
//! "from 6 to 8.5"), a term ("over three years"). What is asked is not what is offered or agreed; other days, other
//! rates and the sum of two parts are other things. A number meets only its best match in each other report, and only if
//! it is that one's best match too: so a report that has both figures contradicts nobody.

mod interval;
mod same;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{Citation, DiscrepancyKind, QuantityFinding, phrase};

use super::{RawDiscrepancy, label};
use crate::context::MergeContext;
use crate::entity::Sets;
pub use interval::Interval;
pub use same::meaning;
use same::{Scale, is_person};

/// How many neighbours in size a number is compared with.
const MAX_NEIGHBOURS: usize = 40;

/// A number of a report.
struct Item<'f> {
    report: usize,
    found: &'f QuantityFinding,
    interval: Interval,
    /// The noun, one for all words that mean it.
    noun: &'f str,
    /// The entities in its context.
    actors: BTreeSet<usize>,
}

/// Finds them.
pub(super) fn find(story: &MergeContext<'_>) -> Vec<RawDiscrepancy> {
    let items = items(story);
    let scale = Scale::of(&items, story);
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        // All nouns of people meet, for one report's "members" are another's "nurses".
        let group = if is_person(item.noun) { "person" } else { item.noun };
        groups.entry(group).or_default().push(i);
    }
    let mut best: BTreeMap<(usize, usize), (i64, usize)> = BTreeMap::new();
    for group in groups.values_mut() {
        group.sort_by(|&a, &b| items[a].interval.stated.total_cmp(&items[b].interval.stated).then(a.cmp(&b)));
        for (n, &b) in group.iter().enumerate() {
            for &a in group[n.saturating_sub(MAX_NEIGHBOURS)..n].iter().rev() {
                let Some(score) = scale.score(&items, a, b) else { continue };
                // In hundredths, for a fixed order; of equals the earlier.
                let score = (score * 100.0) as i64;
                for (x, y) in [(a, b), (b, a)] {
                    let slot = best.entry((x, items[y].report)).or_insert((score, y));
                    if (score, std::cmp::Reverse(y)) > (slot.0, std::cmp::Reverse(slot.1)) {
                        *slot = (score, y);
                    }
                }
            }
        }
    }
    let mut sets = Sets::new(items.len());
    let mut strength = vec![0i64; items.len()];
    for (&(a, report_b), &(score, b)) in &best {
        debug_assert_eq!(items[b].report, report_b);
        if score >= same::ENOUGH && best.get(&(b, items[a].report)).is_some_and(|&(_, back)| back == a) {
            sets.union(a, b);
            strength[a] += score;
        }
    }
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..items.len() {
        clusters.entry(sets.find(i)).or_default().push(i);
    }
    clusters.into_values().filter(|c| c.len() > 1).filter_map(|c| draft(&items, c, &strength)).collect()
}

fn items<'f>(story: &MergeContext<'f>) -> Vec<Item<'f>> {
    let mut out = Vec::new();
    for (report, found) in story.findings.iter().enumerate() {
        // What the tagger alone marks (lengths of time, days, "thousands") has no noun that two reports could be compared by.
        for q in found.quantities.iter().filter(|q| !q.by.is_marked()) {
            let Some(interval) = Interval::of(q) else { continue };
            let actors = q.actors.iter().filter_map(|&a| story.index(report, a)).collect();
            out.push(Item { report, found: q, interval, noun: meaning(&q.noun), actors });
        }
    }
    out
}

/// The accounts of a cluster: numbers that fit each other are one answer.
fn draft(items: &[Item<'_>], mut cluster: Vec<usize>, strength: &[i64]) -> Option<RawDiscrepancy> {
    // What is tied best counts most: of two numbers of one report that do not fit, the other is of something else, and
    // so is what fits that one in other reports.
    cluster.sort_by_key(|&i| (std::cmp::Reverse(strength[i]), i));
    let fits = |a: usize, b: usize| items[a].interval.fits(items[b].interval);
    // A thousand reports give a handful of numbers: they are compared by those.
    let distinct = |some: &[usize]| {
        let mut kinds: Vec<usize> = Vec::new();
        for &i in some {
            if !kinds.iter().any(|&k| items[k].interval == items[i].interval) {
                kinds.push(i);
            }
        }
        kinds
    };
    let (mut kept, mut other): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut of_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in cluster {
        let own = of_report.entry(items[i].report).or_default();
        match own.iter().any(|&k| !fits(k, i)) {
            true => other.push(i),
            false => {
                own.push(i);
                kept.push(i);
            }
        }
    }
    let first = kept.first().copied()?;
    let other = distinct(&other);
    kept.retain(|&k| fits(k, first) || !other.iter().any(|&o| fits(k, o)));
    // Exact numbers first: a hedge joins the one answer it fits.
    kept.sort_by_key(|&i| (items[i].interval.hedged, i));
    let mut accounts: Vec<Vec<usize>> = Vec::new();
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for &i in &kept {
        // Hedges that do not fit each other may both fit the exact number: "about 40", 38, "more than 30".
        let exact = |a: &[usize]| a.iter().any(|&k| !items[k].interval.hedged);
        let asked = |a: &[usize], k: usize| !exact(a) || !items[k].interval.hedged;
        let fitting: Vec<usize> = (0..accounts.len())
            .filter(|&a| kinds[a].iter().filter(|&&k| asked(&kinds[a], k)).all(|&k| fits(k, i)))
            .collect();
        match fitting.as_slice() {
            &[one] => {
                accounts[one].push(i);
                if !kinds[one].iter().any(|&k| items[k].interval == items[i].interval) {
                    kinds[one].push(i);
                }
            }
            [] => {
                accounts.push(vec![i]);
                kinds.push(vec![i]);
            }
            // It fits several answers and so decides for none.
            _ => {}
        }
    }
    let mut reports: Vec<usize> = accounts.iter().flatten().map(|&i| items[i].report).collect();
    reports.sort_unstable();
    reports.dedup();
    if accounts.len() < 2 || reports.len() < 2 {
        return None;
    }
    let about = about(items, &kept);
    let accounts = accounts.into_iter().map(|account| {
        let value = account.first().map(|&i| label(items[i].found.number.exact())).unwrap_or_default();
        let evidence: Vec<Citation> = account.iter().map(|&i| items[i].found.clause.clone()).collect();
        (value, evidence)
    });
    Some(RawDiscrepancy::new(DiscrepancyKind::Number, about, accounts.collect()))
}

/// What is counted, in the reports' words: the noun as written, and what most contexts share.
fn about(items: &[Item<'_>], kept: &[usize]) -> String {
    let mut words: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for &i in kept {
        for word in &items[i].found.of {
            words.entry(word).or_default().insert(items[i].report);
        }
    }
    let mut shared: Vec<(&str, usize)> = words.into_iter().map(|(w, r)| (w, r.len())).collect();
    shared.sort_by_key(|&(w, n)| (std::cmp::Reverse(n), w));
    // Words that one report alone has are better than none.
    let most = shared.first().map_or(0, |&(_, n)| n.min(2));
    shared.retain(|&(_, n)| n >= most);
    // The words behind the number, without whose they are; a particular noun rather than "people".
    let noun = kept.iter().map(|&i| {
        let q = items[i].found;
        let rest = q.at.exact().strip_prefix(q.number.exact()).unwrap_or_default().trim();
        let mut rest = rest;
        while let Some((_, noun)) = rest.split_once(' ').filter(|(w, _)| comparison::DETERMINER_OF_A_COUNT.has(w)) {
            rest = noun;
        }
        (!same::is_general(items[i].noun), if rest.is_empty() { q.noun.as_str() } else { rest })
    });
    let noun = noun.max_by_key(|&(own, n)| (own, phrase::words(n).count(), std::cmp::Reverse(n.len())));
    let noun = noun.map(|(_, n)| n).unwrap_or_default();
    let context: Vec<&str> = shared.iter().map(|&(w, _)| w).filter(|w| !noun.contains(w)).take(3).collect();
    label(&if context.is_empty() { noun.to_owned() } else { format!("{noun}: {}", context.join(", ")) })
}
