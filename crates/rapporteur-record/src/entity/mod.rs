//! One entity for one person, body or place, across all reports, whatever each report calls it.
//!
//! Every report brings its own actors, already one each ([`Findings::actors`]). Here they are joined: countries by
//! their code, people by family and given name, the rest by any name they share. Two people who only share a surname
//! stay two; a surname alone joins the one person it can mean, or nobody. Nothing depends on the order of reports.

mod name;
mod person;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Actor, Entity, EntityId, EntityKind, Evidence, Findings, Mention, MentionKind, NameForm, Office, ReportId,
};

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
pub(crate) struct Chain<'f> {
    /// The findings it comes from.
    pub(crate) findings: usize,
    /// Its place in them.
    pub(crate) index: usize,
    /// What they say of it.
    pub(crate) actor: &'f Actor,
    /// Its kind, once reports have been asked.
    pub(crate) kind: EntityKind,
    /// The names it goes by, folded, each once.
    pub(crate) names: BTreeSet<String>,
}

/// Joins the actors of all reports. `findings` must come in a fixed order (that of the record's reports).
pub(crate) fn merge(findings: &[Findings]) -> Merged {
    let chains = chains(findings);
    let mut sets = Sets::new(chains.len());
    join_countries(&chains, &mut sets);
    person::join(&chains, &mut sets);
    join_named(&chains, &mut sets);

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..chains.len() {
        members.entry(sets.find(i)).or_default().push(i);
    }
    let mut of: Vec<Vec<usize>> = findings.iter().map(|f| vec![0; f.actors.len()]).collect();
    for (entity, group) in members.values().enumerate() {
        for &i in group {
            of[chains[i].findings][chains[i].index] = entity;
        }
    }
    let mut entities: Vec<Entity> = members.values().map(|group| entity(group, &chains, findings)).collect();
    tell_apart(&mut entities);
    for (entity, group) in entities.iter_mut().zip(members.values()) {
        entity.offices = offices(group, &chains, &of);
    }
    // An office's holder is named by id, which is only known now.
    let ids: Vec<EntityId> = entities.iter().map(|e| e.id.clone()).collect();
    for office in entities.iter_mut().flat_map(|e| &mut e.offices) {
        office.of = office.of.take().and_then(|index| Some(ids.get(index.as_str().parse::<usize>().ok()?)?.clone()));
    }
    let country = |group: &Vec<usize>| {
        let codes =
            group.iter().filter_map(|&i| chains[i].actor.country.as_deref().or(chains[i].actor.iso3166.as_deref()));
        most(codes).map(str::to_owned)
    };
    let countries = members.values().map(country).collect();
    Merged { entities, countries, of }
}

/// The names of an actor, folded, without a leading article.
fn names(actor: &Actor) -> BTreeSet<String> {
    let named = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let forms = named.map(|m| m.at.exact()).chain([actor.name.as_str()]);
    forms.map(|f| bare(&fold(f)).to_owned()).filter(|f| !f.is_empty()).collect()
}

fn bare(folded: &str) -> &str {
    folded.strip_prefix("the ").unwrap_or(folded)
}

fn chains(findings: &[Findings]) -> Vec<Chain<'_>> {
    let mut chains: Vec<Chain<'_>> = Vec::new();
    for (f, found) in findings.iter().enumerate() {
        for (index, actor) in found.actors.iter().enumerate() {
            chains.push(Chain { findings: f, index, actor, kind: actor.kind, names: names(actor) });
        }
    }
    // Reports vote on what a name is: one report's slip ("Brandt" a place) is outvoted by the others.
    let mut votes: BTreeMap<String, BTreeMap<EntityKind, usize>> = BTreeMap::new();
    for chain in &chains {
        for name in &chain.names {
            *votes.entry(name.clone()).or_default().entry(chain.kind).or_default() += 1;
        }
        // A full name tells what its surname alone is as well.
        if chain.kind == EntityKind::Person
            && let Some((_, surname)) = fold(&chain.actor.name).rsplit_once(' ')
            && !chain.names.contains(surname)
        {
            *votes.entry(surname.to_owned()).or_default().entry(EntityKind::Person).or_default() += 1;
        }
    }
    for chain in &mut chains {
        let full = fold(&chain.actor.name);
        if let Some(kinds) = votes.get(bare(&full)) {
            let (own, best) =
                (kinds.get(&chain.kind).copied().unwrap_or(0), kinds.values().copied().max().unwrap_or(0));
            if best > own
                && let Some((&kind, _)) = kinds.iter().find(|(_, n)| **n == best)
                && chain.kind != EntityKind::Country
                && kind != EntityKind::Country
            {
                chain.kind = kind;
            }
        }
    }
    chains
}

fn join_countries(chains: &[Chain<'_>], sets: &mut Sets) {
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, chain) in chains.iter().enumerate() {
        if let (EntityKind::Country, Some(code)) = (chain.kind, chain.actor.iso3166.as_deref()) {
            let first = *by_code.entry(code).or_insert(i);
            sets.union(first, i);
        }
    }
}

/// Bodies, places and groups are joined by any name they share, but an abbreviation alone does not join two that have
/// different full names.
fn join_named(chains: &[Chain<'_>], sets: &mut Sets) {
    let class = |kind| match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        EntityKind::Country | EntityKind::Place => 2,
        EntityKind::Group => 3,
    };
    let mut by_name: BTreeMap<(u8, &str), Vec<usize>> = BTreeMap::new();
    for (i, chain) in chains.iter().enumerate() {
        if chain.kind != EntityKind::Person {
            for name in &chain.names {
                by_name.entry((class(chain.kind), name)).or_default().push(i);
            }
        }
    }
    let full = |i: usize| chains[i].names.iter().filter(|n| n.contains(' ')).collect::<BTreeSet<_>>();
    for ((_, name), holders) in &by_name {
        let short = !name.contains(' ') && name.len() <= 5;
        for pair in holders.windows(2) {
            let (a, b) = (full(pair[0]), full(pair[1]));
            let strangers = short && !a.is_empty() && !b.is_empty() && a.is_disjoint(&b);
            if !strangers {
                sets.union(pair[0], pair[1]);
            }
        }
    }
}

fn entity(group: &[usize], chains: &[Chain<'_>], findings: &[Findings]) -> Entity {
    let kind = most(group.iter().map(|&i| chains[i].kind)).unwrap_or(EntityKind::Group);
    let mut forms: BTreeMap<&str, BTreeSet<&ReportId>> = BTreeMap::new();
    let mut mentions: Vec<Mention> = Vec::new();
    for &i in group {
        let report = &findings[chains[i].findings].report;
        for m in &chains[i].actor.mentions {
            if m.kind == MentionKind::Name {
                forms.entry(m.at.exact()).or_default().insert(report);
            }
            let span = m.span();
            mentions.push(Mention { report: report.clone(), start: span.start(), end: span.end(), kind: m.kind });
        }
    }
    mentions.sort_by(|a, b| (&a.report, a.start, a.end).cmp(&(&b.report, b.start, b.end)));
    mentions.dedup();
    let name = shown_name(kind, group, chains);
    let iso3166 = group.iter().find_map(|&i| chains[i].actor.iso3166.clone());
    let names = forms
        .into_iter()
        .map(|(form, reports)| NameForm { form: form.to_owned(), reports: reports.into_iter().cloned().collect() })
        .collect();
    let id = EntityId::from_content(&[kind.as_str(), &fold(&name)]);
    Entity { id, kind, name, iso3166, names, offices: Vec::new(), mentions }
}

/// The fullest name, and of several as full the one that most reports use.
fn shown_name(kind: EntityKind, group: &[usize], chains: &[Chain<'_>]) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in group {
        *count.entry(chains[i].actor.name.as_str()).or_default() += 1;
    }
    let fullness = |name: &str| match kind {
        EntityKind::Person => name.split_whitespace().count().min(3),
        _ => usize::from(name.len() > 4),
    };
    let best = count.iter().max_by_key(|(name, n)| (fullness(name), **n, std::cmp::Reverse(**name)));
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

/// The offices that the reports give an entity; `of` holds the holder's index as text until ids are known.
fn offices(group: &[usize], chains: &[Chain<'_>], of: &[Vec<usize>]) -> Vec<Office> {
    let mut found: BTreeMap<(String, Option<usize>), (String, Vec<_>)> = BTreeMap::new();
    for &i in group {
        let chain = &chains[i];
        for office in &chain.actor.offices {
            let holder = office.of.and_then(|a| of[chain.findings].get(a.index()).copied());
            let slot = found.entry((fold(&office.title), holder)).or_insert_with(|| (office.title.clone(), Vec::new()));
            slot.0 = slot.0.clone().min(office.title.clone());
            slot.1.push(office.at.clone());
        }
    }
    found
        .into_iter()
        .filter_map(|((_, holder), (title, citations))| {
            let evidence = Evidence::collect(citations)?;
            Some(Office { title, of: holder.map(|h| EntityId::new(h.to_string())), evidence })
        })
        .collect()
}

/// The most frequent of some values; the smallest of several as frequent.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut count: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|v| *count.entry(v).or_default() += 1);
    count.into_iter().max_by_key(|&(v, n)| (n, std::cmp::Reverse(v))).map(|(v, _)| v)
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
