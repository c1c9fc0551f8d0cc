//! One condition for what several reports tell in their own words or in the same ones.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Condition, ConditionFinding, Evidence};

use super::words::{overlap, stems};
use crate::context::MergeContext;

/// A condition in the making.
struct Group<'a> {
    party: Option<usize>,
    only_if: BTreeSet<String>,
    what: BTreeSet<String>,
    members: Vec<&'a ConditionFinding>,
}

/// The same condition: most of the telling words of what must be, some of what would be.
const ONLY_IF: f64 = 0.6;
const WHAT: f64 = 0.34;

/// Merges the findings of all reports.
pub(super) fn merge(story: &MergeContext<'_>) -> Vec<Condition> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    // Only groups that share a word with a condition are compared with it.
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (r, found) in story.findings.iter().enumerate() {
        for finding in &found.conditions {
            let party = finding.party.and_then(|a| story.index(r, a));
            let (only_if, what) = (stems(finding.only_if.exact()), stems(finding.what.exact()));
            let near: BTreeSet<usize> = only_if.iter().filter_map(|s| by_stem.get(s)).flatten().copied().collect();
            let same = |g: &Group<'_>| {
                let parties = g.party.is_none() || party.is_none() || g.party == party;
                let what = overlap(&g.what, &what);
                parties && overlap(&g.only_if, &only_if) >= ONLY_IF && what >= WHAT
            };
            match near.into_iter().find(|&g| same(&groups[g])) {
                Some(g) => {
                    groups[g].party = groups[g].party.or(party);
                    groups[g].members.push(finding);
                }
                None => {
                    only_if.iter().for_each(|s| by_stem.entry(s.clone()).or_default().push(groups.len()));
                    groups.push(Group { party, only_if, what, members: vec![finding] });
                }
            }
        }
    }
    let mut all: Vec<Condition> = groups.into_iter().filter_map(|g| condition(story, &g)).collect();
    all.sort_by(|a, b| {
        let key = |c: &Condition| (std::cmp::Reverse(c.evidence.iter().count()), c.evidence.first().clone());
        (key(a), &a.only_if).cmp(&(key(b), &b.only_if))
    });
    all
}

/// The fullest wording stands for all.
fn condition(story: &MergeContext<'_>, group: &Group<'_>) -> Option<Condition> {
    let fullest = group.members.iter().max_by_key(|m| {
        (m.what.exact().chars().count() + m.only_if.exact().chars().count(), std::cmp::Reverse(m.at.clone()))
    })?;
    Some(Condition {
        by: fullest.by.clone(),
        what: fullest.what.clone(),
        only_if: fullest.only_if.clone(),
        party: group.party.map(|p| story.merged.entities[p].id.clone()),
        evidence: Evidence::collect(group.members.iter().map(|m| m.at.clone()))?,
    })
}
