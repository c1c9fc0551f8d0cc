//! One proposal for what reports call by several names, with its versions.
//!
//! Mentions of one class (plan, law, offer, demand) are parted by whose they are: the union's demand is not the firm's
//! offer, one side's plan not the other's counter-plan. Where nobody is named, the number or sum tells, then what the
//! same report last spoke of, then the proposal that most mentions are of.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_lexicon::words::negotiation;
use rapporteur_schema::{EntityId, Evidence, Proposal, ProposalClass, ProposalFinding, ProposalId, Version};

use super::rules;
use crate::context::MergeContext;

/// So many names are shown of one proposal.
const MAX_NAMES: usize = 8;

/// The proposals of a story.
pub(super) struct Proposals {
    /// Each once.
    pub(super) all: Vec<Proposal>,
    /// `of[r][i]`: the proposal of mention `i` of the findings at `r`.
    pub(super) of: Vec<Vec<Option<usize>>>,
}

/// A mention with its place among the findings.
struct Mention<'a> {
    report: usize,
    index: usize,
    finding: &'a ProposalFinding,
    /// Whose it is: countries where the story is between countries, else the entities themselves.
    sides: BTreeSet<String>,
    cluster: Option<usize>,
}

/// Merges the mentions of all reports.
pub(super) fn merge(story: &MergeContext<'_>) -> Proposals {
    let mut of: Vec<Vec<Option<usize>>> = story.findings.iter().map(|f| vec![None; f.proposals.len()]).collect();
    let mut by_class: BTreeMap<ProposalClass, Vec<Mention<'_>>> = BTreeMap::new();
    for (report, found) in story.findings.iter().enumerate() {
        for (index, finding) in found.proposals.iter().enumerate() {
            let mention = Mention { report, index, finding, sides: BTreeSet::new(), cluster: None };
            by_class.entry(finding.class).or_default().push(mention);
        }
    }
    let mut all = Vec::new();
    for mut mentions in by_class.into_values() {
        name_sides(story, &mut mentions);
        let clusters = cluster(&mut mentions);
        for c in 0..clusters {
            let members: Vec<&Mention<'_>> = mentions.iter().filter(|m| m.cluster == Some(c)).collect();
            if let Some(proposal) = proposal(story, &members) {
                members.iter().for_each(|m| of[m.report][m.index] = Some(all.len()));
                all.push(proposal);
            }
        }
    }
    // Those of most evidence first.
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut count = vec![0usize; all.len()];
    of.iter().flatten().flatten().for_each(|&p| count[p] += 1);
    order.sort_by_key(|&i| (std::cmp::Reverse(count[i]), all[i].id.clone()));
    let mut place = vec![0; all.len()];
    order.iter().enumerate().for_each(|(to, &from)| place[from] = to);
    of.iter_mut().flatten().for_each(|slot| *slot = slot.map(|p| place[p]));
    let mut sorted: Vec<(usize, Proposal)> = all.into_iter().enumerate().map(|(i, p)| (place[i], p)).collect();
    sorted.sort_by_key(|(to, _)| *to);
    Proposals { all: sorted.into_iter().map(|(_, p)| p).collect(), of }
}

/// Says whose each mention is: by country if the authors are of several, else by entity.
fn name_sides(story: &MergeContext<'_>, mentions: &mut [Mention<'_>]) {
    let authors = |m: &Mention<'_>| -> Vec<usize> {
        m.finding.authors.iter().filter_map(|&a| story.index(m.report, a)).collect()
    };
    let countries: BTreeSet<&str> = mentions.iter().flat_map(authors).filter_map(|e| story.country(e)).collect();
    let by_country = countries.len() > 1;
    for m in mentions {
        let of = m.finding.authors.iter().filter_map(|&a| story.index(m.report, a));
        m.sides = of
            .map(|e| match story.country(e).filter(|_| by_country) {
                Some(code) => code.to_owned(),
                None => story.merged.entities[e].id.to_string(),
            })
            .collect();
    }
}

/// Gives each mention its cluster; returns how many there are.
fn cluster(mentions: &mut [Mention<'_>]) -> usize {
    let mut of_side: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_number: BTreeMap<(u32, Option<String>), usize> = BTreeMap::new();
    let mut size: Vec<usize> = Vec::new();
    // A single author first: it is what parts proposals.
    for m in mentions.iter_mut().filter(|m| m.sides.len() == 1) {
        let side = m.sides.iter().next().cloned().unwrap_or_default();
        let key = number(m.finding);
        let known = key.as_ref().and_then(|k| of_number.get(k)).copied();
        let c = *of_side.entry(side).or_insert_with(|| {
            known.unwrap_or_else(|| {
                size.push(0);
                size.len() - 1
            })
        });
        if let Some(key) = key {
            of_number.entry(key).or_insert(c);
        }
        size[c] += 1;
        m.cluster = Some(c);
    }
    let biggest = |size: &[usize]| (0..size.len()).max_by_key(|&c| (size[c], std::cmp::Reverse(c)));
    for m in mentions.iter_mut().filter(|m| m.sides.len() > 1) {
        let sizes = &size;
        let own =
            m.sides.iter().filter_map(|s| of_side.get(s).copied()).max_by_key(|&c| (sizes[c], std::cmp::Reverse(c)));
        m.cluster = own;
    }
    for m in mentions.iter_mut().filter(|m| m.cluster.is_none()) {
        let by_number = number(m.finding).and_then(|k| of_number.get(&k).copied());
        let chosen = by_number.or_else(|| biggest(&size)).unwrap_or_else(|| {
            size.push(0);
            size.len() - 1
        });
        size[chosen] += 1;
        m.cluster = Some(chosen);
    }
    size.len()
}

/// What tells a version by itself: its number of points, or its sum.
fn number(finding: &ProposalFinding) -> Option<(u32, Option<String>)> {
    let sum = finding.sum.as_ref().map(|s| sum_key(s.exact()));
    (finding.points.is_some() || sum.is_some()).then(|| (finding.points.unwrap_or(0), sum))
}

/// A sum as it is compared: its first figure and its unit ("4.5 percent over two years" and "4.5%" are the same).
pub(super) fn sum_key(exact: &str) -> String {
    let lower = exact.to_lowercase();
    let figure: String = lower
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .filter(|c| *c != ',')
        .collect();
    let figure = figure.trim_end_matches('.');
    // Of the scales only those written out: a bare letter stands in many words.
    let scales = negotiation::SCALE.words();
    let scale = scales.into_iter().find(|s| s.len() > 2 && lower.contains(s)).unwrap_or("");
    let unit = match () {
        () if lower.contains('%') || lower.contains("percent") || lower.contains("per cent") => "%",
        () if lower.contains('£') || lower.contains("pound") => "£",
        () if lower.contains('€') || lower.contains("euro") => "€",
        () if lower.contains('$') || lower.contains("dollar") => "$",
        () => "",
    };
    format!("{figure}{scale}{unit}")
}

/// What distinguishes versions: points, whether rough, sum.
type VersionKey = (Option<u32>, bool, Option<String>);

fn proposal(story: &MergeContext<'_>, members: &[&Mention<'_>]) -> Option<Proposal> {
    let mut versions: BTreeMap<VersionKey, Vec<&Mention<'_>>> = BTreeMap::new();
    for m in members {
        let sum = m.finding.sum.as_ref().map(|s| sum_key(s.exact()));
        versions.entry((m.finding.points, m.finding.approximate, sum)).or_default().push(m);
    }
    // What has no number only stands for the proposal where nothing has.
    if versions.len() > 1 {
        versions.remove(&(None, false, None));
    }
    let mut made: Vec<Version> = versions.into_iter().filter_map(|(key, of)| version(story, key, &of)).collect();
    // By date where it is given, else the larger number of points first, as plans are whittled down.
    made.sort_by_key(|v| (v.date.map(|d| d.first_day()), std::cmp::Reverse(v.points), v.sum.clone()));
    let first = members.iter().map(|m| &m.finding.at).min()?;
    let (start, end) = (first.span().start().to_string(), first.span().end().to_string());
    let id = ProposalId::from_content(&[first.report().as_str(), &start, &end, &members[0].finding.noun]);
    (!made.is_empty()).then(|| Proposal { id, names: names(members), versions: made })
}

fn version(story: &MergeContext<'_>, key: VersionKey, of: &[&Mention<'_>]) -> Option<Version> {
    let mut authors: Vec<EntityId> = Vec::new();
    for m in of {
        for id in m.finding.authors.iter().filter_map(|&a| story.id(m.report, a)) {
            if !authors.contains(&id) {
                authors.push(id);
            }
        }
    }
    let dates: BTreeSet<_> =
        of.iter().filter_map(|m| m.finding.date).map(|d| (d.first_day(), d.last_day(), d)).collect();
    let date = (dates.len() == 1).then(|| dates.iter().next().map(|d| d.2)).flatten();
    let evidence = Evidence::collect(of.iter().map(|m| m.finding.at.clone()))?;
    Some(Version {
        by: rules(of.iter().map(|m| &m.finding.by)),
        points: key.0,
        approximate: key.1,
        authors,
        date,
        sum: of.iter().find_map(|m| m.finding.sum.as_ref()).map(|s| s.exact().to_owned()),
        change: of.iter().find_map(|m| m.finding.change.as_ref()).map(|c| c.exact().to_owned()),
        evidence,
    })
}

/// What it is called: the names of most reports first; a bare noun only where there is no other.
fn names(members: &[&Mention<'_>]) -> Vec<String> {
    let mut count: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for m in members {
        let name = m.finding.name.trim_matches(|c: char| !c.is_alphanumeric());
        let slot = count.entry(name.to_lowercase()).or_insert((0, name));
        slot.0 += 1;
        // The same name in small letters reads better than in a heading's.
        slot.1 = slot.1.max(name);
    }
    let bare = count.keys().all(|n| !n.contains(' '));
    let mut all: Vec<(usize, &str)> = count.into_values().filter(|(_, n)| bare || n.contains(' ')).collect();
    all.sort_by_key(|(n, name)| (std::cmp::Reverse(*n), *name));
    all.into_iter().take(MAX_NAMES).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::sum_key;

    #[test]
    fn one_sum_however_written() {
        assert_eq!(sum_key("4.5 percent over two years"), sum_key("4.5%"));
        assert_eq!(sum_key("$5.7 billion"), sum_key("5.7 billion dollars"));
        assert_ne!(sum_key("4.5%"), sum_key("6.5%"));
    }
}
