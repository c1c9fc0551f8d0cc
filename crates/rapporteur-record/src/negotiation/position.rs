//! One position a party, subject and stance, with the evidence of every report.

use std::collections::BTreeMap;

use rapporteur_schema::{Citation, Edtf, Evidence, Position, PositionFinding, Rule, Stance, Topic, phrase};

use super::issue::Issues;
use super::proposal::Proposals;
use super::rules;
use crate::context::MergeContext;
use crate::meeting::Meetings;

/// What distinguishes a position: whose, on what, how.
type Key = (usize, String, Stance);

/// What all reports tell of one position.
#[derive(Default)]
struct Group<'f> {
    cited: Vec<Citation>,
    dates: Vec<Option<Edtf>>,
    by: Vec<&'f Rule>,
    confidence: Option<f32>,
}

/// Merges the findings of all reports.
pub(super) fn merge(
    story: &MergeContext<'_>,
    proposals: &Proposals,
    issues: &Issues,
    meetings: &Meetings,
) -> Vec<Position> {
    let mut groups: BTreeMap<Key, Group<'_>> = BTreeMap::new();
    for (r, found) in story.findings.iter().enumerate() {
        for finding in &found.positions {
            let Some(party) = story.index(r, finding.party) else { continue };
            let Some(on) = subject(r, finding, proposals, issues, meetings) else { continue };
            let group = groups.entry((party, on, finding.stance)).or_default();
            group.cited.push(finding.at.clone());
            group.dates.push(finding.date);
            group.by.push(&finding.by);
            group.confidence = group.confidence.into_iter().chain(finding.confidence).reduce(f32::max);
        }
    }
    let mut all: Vec<Position> = groups
        .into_iter()
        .filter_map(|((party, on, stance), Group { cited, dates, by, confidence })| {
            let date = dates.first().copied().flatten().filter(|d| dates.iter().all(|x| x.as_ref() == Some(d)));
            let party = story.merged.entities[party].id.clone();
            let (by, evidence) = (rules(by.into_iter()), Evidence::collect(cited)?);
            Some(Position { by, party, on, stance, date, confidence, evidence })
        })
        .collect();
    all.sort_by(|a, b| {
        let key = |p: &Position| (std::cmp::Reverse(p.evidence.iter().count()), p.evidence.first().clone());
        (key(a), &a.party, &a.on, a.stance).cmp(&(key(b), &b.party, &b.on, b.stance))
    });
    all
}

/// The id of what a position is on, or the words for it where it has no entry.
fn subject(
    r: usize,
    finding: &PositionFinding,
    proposals: &Proposals,
    issues: &Issues,
    meetings: &Meetings,
) -> Option<String> {
    let entry = match finding.on {
        Some(Topic::Proposal(i)) => {
            let at = proposals.of.get(r)?.get(i as usize).copied().flatten();
            at.map(|p| proposals.all[p].id.to_string())
        }
        Some(Topic::Issue(i)) => {
            issues.of.get(r)?.get(i as usize).copied().flatten().map(|n| issues.all[n].id.to_string())
        }
        Some(Topic::Meeting(i)) => {
            meetings.of.get(r)?.get(i as usize).copied().flatten().map(|m| meetings.all[m].id.to_string())
        }
        None => None,
    };
    entry.or_else(|| finding.subject.as_ref().map(|s| bare(s.exact())))
}

/// The words of a subject without line breaks and article.
fn bare(exact: &str) -> String {
    let words = phrase::clean(exact);
    let bare = words.split_once(' ').filter(|(first, _)| matches!(first.to_lowercase().as_str(), "the" | "a" | "an"));
    bare.map_or(words.as_str(), |(_, rest)| rest).to_owned()
}
