//! One issue for what reports call by several names: "territory", "the territorial question", "territorial issues"; "inspections" and
//! "monitoring", by the senses of the lexicon.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::senses;
use rapporteur_lexicon::words::negotiation;
use rapporteur_schema::{EntityId, Evidence, Issue, IssueFinding, IssueId, IssueStatus, Position, Stance, phrase};

use super::rules;
use super::words::stem;
use crate::context::MergeContext;
use crate::words::content;

/// The issues of a story.
pub(super) struct Issues {
    /// Each once.
    pub(super) all: Vec<Issue>,
    /// `of[r][i]`: the issue of finding `i` of the findings at `r`.
    pub(super) of: Vec<Vec<Option<usize>>>,
}

/// What no report puts in dispute is an issue only if so many reports deal with it, so many times.
const MIN_REPORTS: usize = 2;
const MIN_MENTIONS: usize = 2;

/// A telling word of a name: its stem, and the senses that it can have.
#[derive(Clone, Debug)]
struct Term {
    stem: String,
    senses: &'static [u16],
}

impl Term {
    fn of(word: &str) -> Self {
        let singular = word.strip_suffix("ies").map(|root| format!("{root}y"));
        let forms = [Some(word), word.strip_suffix('s'), word.strip_suffix("es"), singular.as_deref()];
        let known = forms.into_iter().flatten().find(|form| senses().knows(form));
        Term { stem: stem(word), senses: known.map_or(&[], |form| senses().get(form)) }
    }

    /// Whether two words can be the same thing.
    fn same(&self, other: &Self) -> bool {
        self.stem == other.stem || self.senses.iter().any(|sense| other.senses.contains(sense))
    }

    /// By what a word that can be the same is looked up.
    fn keys(&self) -> impl Iterator<Item = String> {
        self.senses.iter().map(|sense| format!("#{sense}")).chain([self.stem.clone()])
    }
}

/// Findings of one issue in the making.
struct Cluster {
    terms: Vec<Term>,
    /// The noun that says what it is; none where that noun is empty.
    head: Option<Term>,
    of: Vec<(usize, usize)>,
}

/// Whether each word of one name is a word of another.
fn within(few: &[Term], many: &[Term]) -> bool {
    few.iter().all(|a| many.iter().any(|b| a.same(b)))
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
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (name, of) in order {
        let telling: Vec<&str> = name.split(' ').filter(|w| !negotiation::WEAK_HEAD.has(w)).collect();
        let mut words = content(&telling.join(" "));
        if words.is_empty() {
            words = content(name);
        }
        let terms: Vec<Term> = words.iter().map(|w| Term::of(w)).collect();
        // The head says what it is, unless that was an empty word: "border security" is not "border".
        let head = telling.last().filter(|h| name.ends_with(*h)).map(|h| Term::of(h));
        let near: BTreeSet<usize> =
            terms.iter().flat_map(Term::keys).filter_map(|k| by_key.get(&k)).flatten().copied().collect();
        let same = |c: &usize| {
            let other = &clusters[*c];
            let heads = head.as_ref().zip(other.head.as_ref()).is_none_or(|(a, b)| a.same(b));
            heads && (within(&terms, &other.terms) || within(&other.terms, &terms))
        };
        let home = near.into_iter().filter(same).max_by_key(|&c| (clusters[c].of.len(), std::cmp::Reverse(c)));
        match home {
            Some(c) => clusters[c].of.extend(of),
            None => {
                let keys: BTreeSet<String> = terms.iter().flat_map(Term::keys).collect();
                keys.into_iter().for_each(|k| by_key.entry(k).or_default().push(clusters.len()));
                clusters.push(Cluster { terms, head, of });
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

/// An issue that nobody calls settled or put off is disputed where one party is for what another is against.
pub(super) fn oppose(issues: &mut [Issue], positions: &[Position]) {
    for issue in issues.iter_mut().filter(|i| matches!(i.status, None | Some(IssueStatus::Open))) {
        let on = || positions.iter().filter(|p| p.on == issue.id.as_str());
        let parties = |wanted: Side| -> BTreeSet<&EntityId> {
            on().filter(|p| side(p.stance) == Some(wanted)).map(|p| &p.party).collect()
        };
        let (for_it, against) = (parties(Side::For), parties(Side::Against));
        if for_it.iter().any(|a| against.iter().any(|b| a != b)) {
            issue.status = Some(IssueStatus::Disputed);
        }
    }
}

/// Which way a stance goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    For,
    Against,
}

fn side(stance: Stance) -> Option<Side> {
    match stance {
        Stance::Accepts | Stance::AcceptsWithReservations | Stance::Supports | Stance::Demands | Stance::Offers => {
            Some(Side::For)
        }
        Stance::Rejects => Some(Side::Against),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(name: &str) -> Vec<Term> {
        content(name).iter().map(|w| Term::of(w)).collect()
    }

    #[test]
    fn names_of_one_matter_meet_by_stem_and_by_sense() {
        for (a, b) in [
            ("inspections", "monitoring"),
            ("territory", "territorial question"),
            ("wages", "pay"),
            ("truce", "ceasefire"),
        ] {
            let (a, b) = (terms(a), terms(b));
            assert!(within(&a, &b) || within(&b, &a), "{a:?} {b:?}");
        }
        for (a, b) in [("prisoners", "borders"), ("pay", "tariffs")] {
            assert!(!within(&terms(a), &terms(b)), "{a} {b}");
        }
    }
}
