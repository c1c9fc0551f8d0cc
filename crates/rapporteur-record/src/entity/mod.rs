//! One entity for one person, body or place, across all reports, whatever each report calls it.
//!
//! Every report brings its own actors, already one each ([`Findings::actors`]). Actors that reports call alike are one
//! `Node` first, so that a thousand reports cost little more than the names they use. Nodes are then joined: countries by
//! their code, people by family and given name (`person`), the rest by any name they share (`named`). Two people who
//! only share a surname stay two; a surname alone joins the one person it can mean, or nobody. Nothing depends on the
//! order of reports.

mod attach;
mod build;
mod name;
mod named;
mod person;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rapporteur_schema::{Actor, Entity, EntityKind, Findings, MentionKind};

use crate::words::QuickMap;
pub use attach::attach;
use name::fold;

/// Which entity each actor of each report is.
pub(crate) struct Merged {
    /// The entities, in order of their ids' first mention.
    pub(crate) entities: Vec<Entity>,
    /// The country that each entity belongs to or acts for, where most reports that tell agree.
    pub(crate) countries: Vec<Option<String>>,
    /// `of[r][a]`: the entity of actor `a` of the findings at `r`; none where a person said that there is no such.
    pub(crate) of: Vec<Vec<Option<usize>>>,
}

/// One actor of one report. Words are numbers of [`Forms`]: a thousand reports hold few names, but hold them far apart.
struct Chain<'f> {
    /// The findings it comes from.
    findings: usize,
    /// Its place in them.
    index: usize,
    /// What they say of it.
    actor: &'f Actor,
    /// Its kind, once reports have been asked.
    kind: EntityKind,
    /// Its fullest name, as written.
    name: u32,
    /// Where in [`Chains::lists`] the names it goes by stand, folded, each once, in order.
    names: Range<usize>,
    /// Where its offices stand there, folded, each once, in order.
    offices: Range<usize>,
    /// Where its mentions stand in [`Chains::mentions`].
    mentions: Range<usize>,
}

/// One mention: first code point and first after it, how, and as what.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    start: u32,
    end: u32,
    kind: MentionKind,
    form: u32,
}

/// The actors of all reports.
struct Chains<'f> {
    all: Vec<Chain<'f>>,
    mentions: Vec<Seen>,
    /// Names and offices of all of them, one after the other.
    lists: Vec<u32>,
    forms: Forms<'f>,
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
    /// Its offices, folded.
    offices: BTreeSet<u32>,
    iso3166: Option<&'f str>,
    /// The country it belongs to or acts for, by how many reports.
    countries: BTreeMap<&'f str, usize>,
    /// The findings that have it, in order.
    reports: Vec<usize>,
    /// Its members, in order.
    chains: Vec<usize>,
}

/// Joins the actors of all reports. `findings` must come in a fixed order (that of the record's reports).
pub(crate) fn merge(findings: &[&Findings]) -> Merged {
    let mut chains = chains(findings);
    vote(&mut chains);
    let nodes = nodes(&chains);
    let mut sets = Sets::new(nodes.len());
    person::join(&nodes, &mut sets);
    named::join(&nodes, &mut sets);

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.len() {
        members.entry(sets.find(node)).or_default().push(node);
    }
    let members: Vec<Vec<usize>> = members.into_values().collect();
    build::build(findings, &mut chains, &nodes, &members)
}

/// What reports write, numbered, each folded once.
#[derive(Default)]
struct Forms<'f> {
    numbers: QuickMap<&'f str, u32>,
    /// Each as written, and the number of what it is folded.
    written: Vec<(&'f str, u32)>,
    folded_numbers: HashMap<Arc<str>, u32>,
    folded: Vec<Arc<str>>,
}

impl<'f> Forms<'f> {
    fn of(&mut self, name: &'f str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let text = fold(name);
        let bare: Arc<str> = text.strip_prefix("the ").unwrap_or(&text).into();
        let fresh = self.folded.len() as u32;
        let folded = *self.folded_numbers.entry(bare.clone()).or_insert(fresh);
        if folded == fresh {
            self.folded.push(bare);
        }
        let number = self.written.len() as u32;
        self.written.push((name, folded));
        self.numbers.insert(name, number);
        number
    }

    /// The same, folded.
    fn folded(&self, form: u32) -> u32 {
        self.written[form as usize].1
    }

    fn text(&self, folded: u32) -> &Arc<str> {
        &self.folded[folded as usize]
    }
}

fn chains<'f>(findings: &[&'f Findings]) -> Chains<'f> {
    let (mut all, mut mentions, mut lists) = (Vec::new(), Vec::new(), Vec::new());
    let (mut forms, mut list) = (Forms::default(), Vec::new());
    let mut keep = |list: &mut Vec<u32>| {
        list.sort_unstable();
        list.dedup();
        let first = lists.len();
        lists.append(list);
        first..lists.len()
    };
    for (f, found) in findings.iter().enumerate() {
        for (index, actor) in found.actors.iter().enumerate() {
            let first = mentions.len();
            let name = forms.of(&actor.name);
            list.push(forms.folded(name));
            for m in &actor.mentions {
                let form = if m.kind == MentionKind::Name { forms.of(m.at.exact()) } else { name };
                list.push(forms.folded(form));
                let span = m.span();
                mentions.push(Seen { start: span.start(), end: span.end(), kind: m.kind, form });
            }
            list.retain(|&n| !forms.text(n).is_empty());
            let names = keep(&mut list);
            for office in &actor.offices {
                let form = forms.of(&office.title);
                list.push(forms.folded(form));
            }
            let (offices, mentions) = (keep(&mut list), first..mentions.len());
            all.push(Chain { findings: f, index, actor, kind: actor.kind, name, names, offices, mentions });
        }
    }
    Chains { all, mentions, lists, forms }
}

/// Reports vote on what a name is: one report's slip ("Brandt" a place) is outvoted by the others. Who has a full name
/// or an office in a report is a person more surely than what stands there by one word.
fn vote(chains: &mut Chains<'_>) {
    let forms = &mut chains.forms;
    let mut votes: QuickMap<u32, BTreeMap<EntityKind, usize>> = QuickMap::default();
    let mut ends: HashMap<u32, Vec<u32>> = HashMap::new();
    for chain in &chains.all {
        let names = &chains.lists[chain.names.clone()];
        let (person, written) = (chain.kind == EntityKind::Person, forms.written[chain.name as usize].0);
        let full = written.contains(' ') || !chain.offices.is_empty();
        let weight = match (person, full) {
            (_, true) => 3,
            (false, false) => 2,
            (true, false) => 1,
        };
        for &name in names {
            *votes.entry(name).or_default().entry(chain.kind).or_default() += weight;
        }
        // A full name tells what its surname alone is as well.
        if person && written.contains(' ') {
            let surnames = ends.entry(chain.name).or_insert_with(|| {
                let words = person::surnames(written).into_iter().map(|w| forms.of(w));
                words.collect::<Vec<_>>().into_iter().map(|f| forms.folded(f)).collect()
            });
            for &surname in surnames.iter().filter(|s| names.binary_search(s).is_err()) {
                *votes.entry(surname).or_default().entry(EntityKind::Person).or_default() += weight;
            }
        }
    }
    // A country that the lists know is that one, whatever the others; another may be a city.
    let known = |c: &Chain<'_>| c.kind == EntityKind::Country && c.actor.iso3166.is_some();
    let listed: BTreeSet<u32> = chains.all.iter().filter(|c| known(c)).map(|c| forms.folded(c.name)).collect();
    for chain in chains.all.iter_mut().filter(|c| !known(c)) {
        let Some(kinds) = votes.get(&forms.folded(chain.name)) else { continue };
        // Of as many votes the one that is not a person's, and of those a body's.
        let best = kinds.iter().max_by_key(|&(kind, n)| (*n, *kind != EntityKind::Person, std::cmp::Reverse(*kind)));
        let open = |kind: EntityKind| kind != EntityKind::Country || !listed.contains(&forms.folded(chain.name));
        if let Some((&kind, _)) = best.filter(|(kind, _)| open(**kind)) {
            chain.kind = kind;
        }
    }
}

fn nodes<'f>(chains: &Chains<'f>) -> Vec<Node<'f>> {
    // What makes two actors one node: for a country its code; for a person of one name what office goes with it.
    type Key<'k> = (EntityKind, Option<&'k str>, u32, &'k [u32]);
    let mut at: HashMap<Key<'_>, usize> = HashMap::new();
    let mut nodes: Vec<Node<'f>> = Vec::new();
    let mut names: Vec<HashMap<u32, usize>> = Vec::new();
    let forms = &chains.forms;
    for (i, chain) in chains.all.iter().enumerate() {
        let folded = forms.folded(chain.name);
        let code = chain.actor.iso3166.as_deref().filter(|_| chain.kind == EntityKind::Country);
        // A full name is one person's, whatever the office; of one word, only the same office says so.
        let single = chain.kind == EntityKind::Person && !forms.text(folded).contains(' ');
        let offices = &chains.lists[chain.offices.clone()];
        let name = if code.is_some() { u32::MAX } else { folded };
        let n = *at.entry((chain.kind, code, name, if single { offices } else { &[] })).or_insert_with(|| {
            names.push(HashMap::new());
            nodes.push(Node {
                kind: chain.kind,
                name: forms.text(folded).clone(),
                written: forms.written[chain.name as usize].0,
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
        for &name in &chains.lists[chain.names.clone()] {
            *names[n].entry(name).or_default() += 1;
        }
        node.offices.extend(offices);
        if let Some(country) = chain.actor.country.as_deref().or(chain.actor.iso3166.as_deref()) {
            *node.countries.entry(country).or_default() += 1;
        }
        if node.reports.last() != Some(&chain.findings) {
            node.reports.push(chain.findings);
        }
        node.chains.push(i);
    }
    for (node, names) in nodes.iter_mut().zip(names) {
        let mut counted: Vec<(u32, usize)> = names.into_iter().collect();
        counted.sort_unstable();
        node.names = counted.into_iter().map(|(name, n)| (forms.text(name).clone(), n)).collect();
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
