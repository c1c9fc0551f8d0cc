//! One issue for what reports call by several names: "territory", "the territorial question", "territorial issues".

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::negotiation;
use rapporteur_schema::{Evidence, Issue, IssueFinding, IssueId, IssueStatus, phrase};

use super::rules;
use super::words::{stem, stems};
use crate::context::MergeContext;

/// The issues of a story.
pub(super) struct Issues {
    /// Each once.
    pub(super) all: Vec<Issue>,
    /// `of[r][i]`: the issue of finding `i` of the findings at `r`.
    pub(super) of: Vec<Vec<Option<usize>>>,
}

/// What no report puts in dispute is an issue only if so many reports deal with it, so many times.
const MIN_REPORTS: usize = 2;
const MIN_MENTIONS: usize = 3;

/// Findings of one issue in the making.
struct Cluster {
    stems: BTreeSet<String>,
    /// The stem of the noun that says what it is; none where that noun is empty.
    head: Option<String>,
    of: Vec<(usize, usize)>,
}

/// Words for the same thing.
fn same_word(stem: String) -> String {
    match stem.as_str() {
        "wag" | "wage" | "salar" | "salary" => "pay".to_owned(),
        _ => stem,
    }
}

/// Merges the findings of all reports.
pub(super) fn merge(story: &MergeContext<'_>) -> Issues {
    // Findings by name; each name is then given its cluster, those of most findings first.
    let mut names: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (r, found) in story.findings.iter().enumerate() {
        for (i, issue) in found.issues.iter().enumerate() {
            names.entry(issue.name.as_str()).or_default().push((r, i));
        }
    }
    let mut order: Vec<(&str, Vec<(usize, usize)>)> = names.into_iter().collect();
    order.sort_by_key(|(name, of)| (std::cmp::Reverse(of.len()), name.len(), *name));
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (name, of) in order {
        let telling: Vec<&str> = name.split(' ').filter(|w| !negotiation::WEAK_HEAD.has(w)).collect();
        let mut set: BTreeSet<String> = stems(&telling.join(" ")).into_iter().map(same_word).collect();
        if set.is_empty() {
            set = stems(name);
        }
        // The head says what it is, unless that was an empty word: "border security" is not "border".
        let head = telling.last().filter(|h| name.ends_with(*h)).map(|h| same_word(stem(h)));
        let near: BTreeSet<usize> = set.iter().filter_map(|s| by_stem.get(s)).flatten().copied().collect();
        let same = |c: &usize| {
            let other = &clusters[*c];
            let heads = head.is_none() || other.head.is_none() || head == other.head;
            heads && (set.is_subset(&other.stems) || other.stems.is_subset(&set))
        };
        let home = near.into_iter().filter(same).max_by_key(|&c| (clusters[c].of.len(), std::cmp::Reverse(c)));
        match home {
            Some(c) => clusters[c].of.extend(of),
            None => {
                set.iter().for_each(|s| by_stem.entry(s.clone()).or_default().push(clusters.len()));
                clusters.push(Cluster { stems: set, head, of });
            }
        }
    }
    let mut of: Vec<Vec<Option<usize>>> = story.findings.iter().map(|f| vec![None; f.issues.len()]).collect();
    let mut all: Vec<(Issue, Vec<(usize, usize)>)> = Vec::new();
    for Cluster { of: mut members, .. } in clusters {
        members.sort_unstable();
        let found: Vec<&IssueFinding> = members.iter().map(|&(r, i)| &story.findings[r].issues[i]).collect();
        let reports: BTreeSet<usize> = members.iter().map(|m| m.0).collect();
        if found.iter().any(|f| f.disputed) || reports.len() >= MIN_REPORTS && found.len() >= MIN_MENTIONS {
            all.extend(issue(&found).map(|issue| (issue, members)));
        }
    }
    all.sort_by_key(|(issue, members)| {
        let reports: BTreeSet<usize> = members.iter().map(|m| m.0).collect();
        (std::cmp::Reverse(reports.len()), std::cmp::Reverse(members.len()), issue.id.clone())
    });
    for (n, (_, members)) in all.iter().enumerate() {
        members.iter().for_each(|&(r, i)| of[r][i] = Some(n));
    }
    Issues { all: all.into_iter().map(|(issue, _)| issue).collect(), of }
}

fn issue(found: &[&IssueFinding]) -> Option<Issue> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    found.iter().for_each(|f| *count.entry(f.name.as_str()).or_default() += 1);
    let short = |name: &str| std::cmp::Reverse(name.split(' ').count());
    let best = count.iter().max_by_key(|(name, n)| (**n, short(name), std::cmp::Reverse(**name)));
    let name = best.map(|(name, _)| (*name).to_owned())?;
    let terms: BTreeSet<String> = found.iter().map(|f| phrase::clean(f.at.exact())).collect();
    let mut votes: BTreeMap<IssueStatus, usize> = BTreeMap::new();
    found.iter().filter_map(|f| f.status).for_each(|s| *votes.entry(s).or_default() += 1);
    let weight = |s: IssueStatus| match s {
        IssueStatus::Deferred => 3,
        IssueStatus::Disputed => 2,
        IssueStatus::Open => 1,
        IssueStatus::Agreed => 0,
    };
    let status = votes.into_iter().max_by_key(|(s, n)| (*n, weight(*s))).map(|(s, _)| s);
    let evidence = Evidence::collect(found.iter().map(|f| f.at.clone()))?;
    let first = evidence.first();
    let id = IssueId::from_content(&[first.report().as_str(), &first.span().start().to_string(), &name]);
    Some(Issue {
        by: rules(found.iter().map(|f| &f.by)),
        id,
        name,
        terms: terms.into_iter().collect(),
        status,
        evidence,
    })
}
