//! One entity for one person, body or place, across all reports, whatever each report calls it.
//!
//! Every report brings its own actors, already one each ([`Findings::actors`]). Actors that reports call alike are one
//! `Node` first, so that a thousand reports cost little more than the names they use. Nodes are then joined: countries by
//! their code, people by family and given name (`person`), the rest by any name they share (`named`). Two people who
//! only share a surname stay two; a surname alone joins the one person it can mean, or nobody. Nothing depends on the
//! order of reports.

mod build;
mod name;
mod named;
mod person;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rapporteur_schema::{Actor, Entity, EntityKind, Findings, MentionKind};

use name::fold;

/// Which entity each actor of each report is.
pub(crate) struct Merged {
    /// The entities, in order of their ids' first mention.
    pub(crate) entities: Vec<Entity>,
    /// The country that each entity belongs to or acts for, where most reports that tell agree.
    pub(crate) countries: Vec<Option<String>>,
    /// `of[r][a]`: the entity of actor `a` of the findings at `r`.
    pub(crate) of: Vec<Vec<usize>>,
}

/// One actor of one report.
struct Chain<'f> {
    /// The findings it comes from.
    findings: usize,
    /// Its place in them.
    index: usize,
    /// What they say of it.
    actor: &'f Actor,
    /// Its kind, once reports have been asked.
    kind: EntityKind,
    /// Its fullest name, folded, without a leading article.
    name: Arc<str>,
    /// The names it goes by, folded, each once.
    names: BTreeSet<Arc<str>>,
    /// Its offices, folded.
    offices: BTreeSet<Arc<str>>,
}

/// The actors of several reports that nothing tells apart: what is joined.
#[derive(Debug)]
struct Node<'f> {
    kind: EntityKind,
    /// Its fullest name, folded, without a leading article.
    name: Arc<str>,
    /// The same as one report writes it.
    written: &'f str,
    /// The names it goes by, and how many reports use each.
    names: BTreeMap<Arc<str>, usize>,
    offices: BTreeSet<Arc<str>>,
    iso3166: Option<&'f str>,
    /// The country it belongs to or acts for, by how many reports.
    countries: BTreeMap<&'f str, usize>,
    /// The findings that have it, in order.
    reports: Vec<usize>,
    /// Its members, in order.
    chains: Vec<usize>,
}

/// What makes two actors one node: for a country its code; for a person of one name what office goes with it.
type Key<'f> = (EntityKind, Option<&'f str>, Arc<str>, BTreeSet<Arc<str>>);

/// Joins the actors of all reports. `findings` must come in a fixed order (that of the record's reports).
pub(crate) fn merge(findings: &[&Findings]) -> Merged {
    let mut folds = Folds::default();
    let mut chains = chains(findings, &mut folds);
    vote(&mut chains, &mut folds);
    let nodes = nodes(&chains);
    let mut sets = Sets::new(nodes.len());
    person::join(&nodes, &mut sets);
    named::join(&nodes, &mut sets);

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, node) in nodes.iter().enumerate() {
        members.entry(sets.find(i)).or_default().extend(&node.chains);
    }
    let mut members: Vec<Vec<usize>> = members.into_values().collect();
    members.iter_mut().for_each(|m| m.sort_unstable());
    members.sort_unstable_by_key(|m| m.first().copied());
    build::build(findings, &chains, &members, &mut folds)
}

/// Folded names, each folded once.
#[derive(Default)]
struct Folds<'f>(HashMap<&'f str, Arc<str>>);

impl<'f> Folds<'f> {
    fn of(&mut self, name: &'f str) -> Arc<str> {
        self.0.entry(name).or_insert_with(|| bare(&fold(name)).into()).clone()
    }
}

fn bare(folded: &str) -> &str {
    folded.strip_prefix("the ").unwrap_or(folded)
}

fn chains<'f>(findings: &[&'f Findings], folds: &mut Folds<'f>) -> Vec<Chain<'f>> {
    let mut chains: Vec<Chain<'f>> = Vec::new();
    for (f, found) in findings.iter().enumerate() {
        for (index, actor) in found.actors.iter().enumerate() {
            let named = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name).map(|m| m.at.exact());
            let name = folds.of(&actor.name);
            let names = named.map(|n| folds.of(n)).chain([name.clone()]).filter(|n| !n.is_empty()).collect();
            let offices = actor.offices.iter().map(|o| folds.of(&o.title)).collect();
            chains.push(Chain { findings: f, index, actor, kind: actor.kind, name, names, offices });
        }
    }
    chains
}

/// Reports vote on what a name is: one report's slip ("Brandt" a place) is outvoted by the others.
fn vote<'f>(chains: &mut [Chain<'f>], folds: &mut Folds<'f>) {
    let mut votes: HashMap<Arc<str>, BTreeMap<EntityKind, usize>> = HashMap::new();
    for chain in chains.iter() {
        for name in &chain.names {
            *votes.entry(name.clone()).or_default().entry(chain.kind).or_default() += 1;
        }
        // A full name tells what its surname alone is as well.
        if chain.kind == EntityKind::Person
            && let Some((_, surname)) = chain.actor.name.rsplit_once([' ', '-'])
        {
            let surname = folds.of(surname);
            if !chain.names.contains(&surname) {
                *votes.entry(surname).or_default().entry(EntityKind::Person).or_default() += 1;
            }
        }
    }
    for chain in chains.iter_mut().filter(|c| c.kind != EntityKind::Country) {
        let Some(kinds) = votes.get(&chain.name) else { continue };
        let own = kinds.get(&chain.kind).copied().unwrap_or(0);
        let best = kinds.iter().max_by_key(|&(kind, n)| (*n, std::cmp::Reverse(*kind)));
        if let Some((&kind, &n)) = best
            && n > own
            && kind != EntityKind::Country
        {
            chain.kind = kind;
        }
    }
}

fn nodes<'f>(chains: &[Chain<'f>]) -> Vec<Node<'f>> {
    let mut at: HashMap<Key<'f>, usize> = HashMap::new();
    let mut nodes: Vec<Node<'f>> = Vec::new();
    for (i, chain) in chains.iter().enumerate() {
        let code = chain.actor.iso3166.as_deref().filter(|_| chain.kind == EntityKind::Country);
        // A full name is one person's, whatever the office; of one word, only the same office says so.
        let single = chain.kind == EntityKind::Person && !chain.name.contains(' ');
        let offices = if single { chain.offices.clone() } else { BTreeSet::new() };
        let name: Arc<str> = if code.is_some() { "".into() } else { chain.name.clone() };
        let n = *at.entry((chain.kind, code, name, offices)).or_insert_with(|| {
            nodes.push(Node {
                kind: chain.kind,
                name: chain.name.clone(),
                written: &chain.actor.name,
                names: BTreeMap::new(),
                offices: BTreeSet::new(),
                iso3166: code,
                countries: BTreeMap::new(),
                reports: Vec::new(),
                chains: Vec::new(),
            });
            nodes.len() - 1
        });
        let node = &mut nodes[n];
        for name in &chain.names {
            *node.names.entry(name.clone()).or_default() += 1;
        }
        if !single || node.chains.is_empty() {
            node.offices.extend(chain.offices.iter().cloned());
        }
        if let Some(country) = chain.actor.country.as_deref() {
            *node.countries.entry(country).or_default() += 1;
        }
        if node.reports.last() != Some(&chain.findings) {
            node.reports.push(chain.findings);
        }
        node.chains.push(i);
    }
    nodes
}

/// Disjoint sets whose representative is always the smallest member, so that the result does not depend on the order
/// of unions.
pub(crate) struct Sets(Vec<usize>);

impl Sets {
    /// `n` sets of one.
    pub(crate) fn new(n: usize) -> Self {
        Sets((0..n).collect())
    }

    /// The smallest member of the set of `i`.
    pub(crate) fn find(&mut self, i: usize) -> usize {
        let mut root = i;
        while self.0[root] != root {
            root = self.0[root];
        }
        let mut at = i;
        while self.0[at] != root {
            at = std::mem::replace(&mut self.0[at], root);
        }
        root
    }

    /// Makes one set of two.
    pub(crate) fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
