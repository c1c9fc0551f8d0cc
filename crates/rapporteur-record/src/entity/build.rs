//! What an entity is shown as, once it is known which actors it is made of.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Entity, EntityId, EntityKind, Evidence, Findings, Mention, MentionKind, NameForm, Office, ReportId,
};

use super::name::fold;
use super::{Chain, Folds, Merged};

/// Makes the entities: `members` are the chains of each, in order.
pub(super) fn build<'f>(
    findings: &[&'f Findings],
    chains: &[Chain<'f>],
    members: &[Vec<usize>],
    folds: &mut Folds<'f>,
) -> Merged {
    let mut of: Vec<Vec<usize>> = findings.iter().map(|f| vec![0; f.actors.len()]).collect();
    for (entity, group) in members.iter().enumerate() {
        for &i in group {
            of[chains[i].findings][chains[i].index] = entity;
        }
    }
    // Mentions and names stand in order of the reports' ids.
    let mut by_id: Vec<usize> = (0..findings.len()).collect();
    by_id.sort_unstable_by_key(|&f| &findings[f].report);
    let mut rank = vec![0; findings.len()];
    by_id.iter().enumerate().for_each(|(r, &f)| rank[f] = r);

    let in_rank = |group: &[usize]| {
        let mut group = group.to_vec();
        group.sort_unstable_by_key(|&i| (rank[chains[i].findings], chains[i].index));
        group
    };
    let ranked: Vec<Vec<usize>> = members.iter().map(|g| in_rank(g)).collect();
    let mut entities: Vec<Entity> = ranked.iter().map(|group| entity(group, chains, findings)).collect();
    tell_apart(&mut entities);
    let ids: Vec<EntityId> = entities.iter().map(|e| e.id.clone()).collect();
    for (entity, group) in entities.iter_mut().zip(&ranked) {
        entity.offices = offices(group, chains, &of, &ids, folds);
    }
    let country = |group: &Vec<usize>| {
        let codes =
            group.iter().filter_map(|&i| chains[i].actor.country.as_deref().or(chains[i].actor.iso3166.as_deref()));
        most(codes).map(str::to_owned)
    };
    let countries = members.iter().map(country).collect();
    Merged { entities, countries, of }
}

/// One entity, of chains in order of their reports' ids.
fn entity(group: &[usize], chains: &[Chain<'_>], findings: &[&Findings]) -> Entity {
    let kind = most(group.iter().map(|&i| chains[i].kind)).unwrap_or(EntityKind::Group);
    let mut forms: BTreeMap<&str, Vec<ReportId>> = BTreeMap::new();
    let mut mentions: Vec<Mention> = Vec::new();
    for same in group.chunk_by(|&a, &b| chains[a].findings == chains[b].findings) {
        let report = &findings[chains[same[0]].findings].report;
        let first = mentions.len();
        for m in same.iter().flat_map(|&i| &chains[i].actor.mentions) {
            if m.kind == MentionKind::Name {
                let reports = forms.entry(m.at.exact()).or_default();
                if reports.last() != Some(report) {
                    reports.push(report.clone());
                }
            }
            let span = m.span();
            mentions.push(Mention { report: report.clone(), start: span.start(), end: span.end(), kind: m.kind });
        }
        mentions[first..].sort_by_key(|m| (m.start, m.end));
    }
    mentions.dedup();
    let name = shown_name(kind, group, chains);
    let iso3166 = group.iter().find_map(|&i| chains[i].actor.iso3166.clone());
    let names = forms.into_iter().map(|(form, reports)| NameForm { form: form.to_owned(), reports }).collect();
    let id = EntityId::from_content(&[kind.as_str(), &fold(&name)]);
    Entity { id, kind, name, iso3166, names, offices: Vec::new(), mentions }
}

/// The fullest name, and of several as full the one that most reports use; one that shouts (as datelines do) only where
/// there is no other.
fn shown_name(kind: EntityKind, group: &[usize], chains: &[Chain<'_>]) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in group {
        *count.entry(chains[i].actor.name.as_str()).or_default() += 1;
    }
    let fullness = |name: &str| match kind {
        EntityKind::Person => name.split_whitespace().count().min(3),
        _ => usize::from(name.len() > 4),
    };
    let speaks = |name: &str| name.len() <= 5 || name.chars().any(char::is_lowercase);
    let best = count.iter().max_by_key(|(name, n)| (speaks(name), fullness(name), **n, std::cmp::Reverse(**name)));
    best.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

/// Two entities of one name and kind (two people called alike) get ids of their own, from where they are first named.
fn tell_apart(entities: &mut [Entity]) {
    let mut count: BTreeMap<EntityId, usize> = BTreeMap::new();
    for e in entities.iter() {
        *count.entry(e.id.clone()).or_default() += 1;
    }
    for e in entities.iter_mut().filter(|e| count.get(&e.id).is_some_and(|&n| n > 1)) {
        let first = e.mentions.first().map(|m| format!("{}:{}", m.report, m.start)).unwrap_or_default();
        e.id = EntityId::from_content(&[e.id.as_str(), &first]);
    }
}

/// The offices that the reports give an entity.
fn offices<'f>(
    group: &[usize],
    chains: &[Chain<'f>],
    of: &[Vec<usize>],
    ids: &[EntityId],
    folds: &mut Folds<'f>,
) -> Vec<Office> {
    let mut found: BTreeMap<_, (BTreeSet<&str>, Vec<_>)> = BTreeMap::new();
    for chain in group.iter().map(|&i| &chains[i]) {
        for office in &chain.actor.offices {
            let holder = office.of.and_then(|a| of[chain.findings].get(a.index()).copied());
            let slot = found.entry((folds.of(&office.title), holder.map(|h| &ids[h]))).or_default();
            slot.0.insert(&office.title);
            slot.1.push(office.at.clone());
        }
    }
    let offices = found.into_iter().filter_map(|((_, holder), (titles, citations))| {
        let evidence = Evidence::collect(citations)?;
        Some(Office { title: (*titles.first()?).to_owned(), of: holder.cloned(), evidence })
    });
    offices.collect()
}

/// The most frequent of some values; the smallest of several as frequent.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut count: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|v| *count.entry(v).or_default() += 1);
    count.into_iter().max_by_key(|&(v, n)| (n, std::cmp::Reverse(v))).map(|(v, _)| v)
}
