//! What an entity is shown as, once it is known which actors it is made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rapporteur_lexicon::words::comparison;
use rapporteur_schema::{
    Citation, Entity, EntityId, EntityKind, Evidence, Findings, Mention, MentionKind, NameForm, Office, ReportId,
};

use super::name::fold;
use super::{Chains, Merged, Node};

/// Makes the entities: `members` are the nodes of each.
pub(super) fn build<'f>(
    findings: &[&'f Findings],
    chains: &mut Chains<'f>,
    nodes: &[Node<'f>],
    members: &[Vec<usize>],
) -> Merged {
    // Mentions and names stand in order of the reports' ids.
    let mut by_id: Vec<usize> = (0..findings.len()).collect();
    by_id.sort_unstable_by_key(|&f| &findings[f].report);
    let mut rank = vec![0; findings.len()];
    by_id.iter().enumerate().for_each(|(r, &f)| rank[f] = r);

    let mut of: Vec<Vec<usize>> = findings.iter().map(|f| vec![0; f.actors.len()]).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (entity, members) in members.iter().enumerate() {
        let mut group: Vec<usize> = members.iter().flat_map(|&n| &nodes[n].chains).copied().collect();
        for chain in group.iter().map(|&i| &chains.all[i]) {
            of[chain.findings][chain.index] = entity;
        }
        group.sort_unstable_by_key(|&i| (rank[chains.all[i].findings], i));
        groups.push(group);
    }
    let mut entities: Vec<Entity> = members
        .iter()
        .zip(&groups)
        .map(|(members, group)| entity(members.iter().map(|&n| &nodes[n]), group, chains, findings))
        .collect();
    tell_apart(&mut entities);
    let ids: Vec<EntityId> = entities.iter().map(|e| e.id.clone()).collect();
    for (entity, group) in entities.iter_mut().zip(&groups) {
        entity.offices = offices(group, chains, &of, &ids);
    }
    let country = |members: &Vec<usize>| {
        let named = members.iter().flat_map(|&n| nodes[n].countries.iter().map(|(c, n)| (*c, *n)));
        most(named).map(str::to_owned)
    };
    let countries = members.iter().map(country).collect();
    let of = of.into_iter().map(|actors| actors.into_iter().map(Some).collect()).collect();
    Merged { entities, countries, of }
}

/// One entity, of nodes with their chains in order of the reports' ids.
fn entity<'n, 'f: 'n>(
    nodes: impl Iterator<Item = &'n Node<'f>> + Clone,
    group: &[usize],
    chains: &Chains<'f>,
    findings: &[&Findings],
) -> Entity {
    let kind = most(nodes.clone().map(|n| (n.kind, n.chains.len()))).unwrap_or(EntityKind::Group);
    let mut forms: HashMap<u32, Vec<ReportId>> = HashMap::new();
    let mut mentions: Vec<Mention> = Vec::with_capacity(group.iter().map(|&i| chains.all[i].mentions.len()).sum());
    for same in group.chunk_by(|&a, &b| chains.all[a].findings == chains.all[b].findings) {
        let report = &findings[chains.all[same[0]].findings].report;
        let first = mentions.len();
        for m in same.iter().flat_map(|&i| &chains.mentions[chains.all[i].mentions.clone()]) {
            if m.kind == MentionKind::Name {
                let reports = forms.entry(m.form).or_default();
                if reports.last().is_none_or(|last| !std::ptr::eq(last.as_str(), report.as_str()) && last != report) {
                    reports.push(report.clone());
                }
            }
            mentions.push(Mention { report: report.clone(), start: m.start, end: m.end, kind: m.kind });
        }
        if same.len() > 1 {
            mentions[first..].sort_by_key(|m| (m.start, m.end));
        }
    }
    mentions.dedup_by(|a, b| (a.start, a.end, a.kind) == (b.start, b.end, b.kind) && a.report == b.report);
    let name = shown_name(kind, group, chains);
    let iso3166 = nodes.clone().find_map(|n| n.iso3166).map(str::to_owned);
    let mut names: Vec<NameForm> = forms
        .into_iter()
        .map(|(form, reports)| NameForm { form: chains.forms.written[form as usize].0.to_owned(), reports })
        .collect();
    names.sort_by(|a, b| a.form.cmp(&b.form));
    let id = EntityId::from_content(&[kind.as_str(), &fold(&name)]);
    Entity { id, kind, name, iso3166, names, offices: Vec::new(), mentions }
}

/// The last word of a person's name that is no "Jr.".
fn family(name: &str) -> &str {
    let mut words = name.rsplit(' ');
    words.find(|w| !comparison::NAME_SUFFIX.has(w)).unwrap_or(name)
}

/// The fullest name, and of several as full the one that most reports use; one that shouts (as datelines do) only where
/// there is no other.
fn shown_name(kind: EntityKind, group: &[usize], chains: &Chains<'_>) -> String {
    let mut count: HashMap<u32, usize> = HashMap::new();
    for &i in group {
        *count.entry(chains.all[i].name).or_default() += 1;
    }
    let fullness = |name: &str| match kind {
        EntityKind::Person => name.split_whitespace().count().min(3),
        _ => usize::from(name.len() > 4),
    };
    // A word that a headline glued to a name ("Ada Roe Warns") makes it no fuller: the family name is the one that most have.
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    let forms: BTreeMap<u32, usize> = count.iter().map(|(form, n)| (*form, *n)).collect();
    for (form, n) in &forms {
        *families.entry(family(chains.forms.written[*form as usize].0)).or_default() += n;
    }
    let most = families.values().max().copied().unwrap_or_default();
    let own = |name: &str| kind != EntityKind::Person || families.get(family(name)) == Some(&most);
    let speaks = |name: &str| name.len() <= 5 || name.chars().any(char::is_lowercase);
    let named = count.into_iter().map(|(form, n)| (chains.forms.written[form as usize].0, n));
    let words = |name: &str| name.split_whitespace().count();
    let best = named
        .max_by_key(|&(name, n)| (own(name), speaks(name), fullness(name), n, words(name), std::cmp::Reverse(name)));
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
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
fn offices(group: &[usize], chains: &mut Chains<'_>, of: &[Vec<usize>], ids: &[EntityId]) -> Vec<Office> {
    // By title and holder: how the title is written, and where.
    type Titles<'t> = (BTreeSet<&'t str>, Vec<Citation>);
    let mut found: BTreeMap<(u32, Option<&EntityId>), Titles<'_>> = BTreeMap::new();
    for &i in group {
        let (actor, findings) = (chains.all[i].actor, chains.all[i].findings);
        for office in &actor.offices {
            let holder = office.of.and_then(|a| of[findings].get(a.index()).copied());
            let form = chains.forms.of(&office.title);
            let slot = found.entry((chains.forms.folded(form), holder.map(|h| &ids[h]))).or_default();
            slot.0.insert(&office.title);
            slot.1.push(office.at.clone());
        }
    }
    let mut offices: Vec<Office> = found
        .into_iter()
        .filter_map(|((_, holder), (titles, citations))| {
            let evidence = Evidence::collect(citations)?;
            Some(Office { title: (*titles.first()?).to_owned(), of: holder.cloned(), evidence })
        })
        .collect();
    offices.sort_by(|a, b| (&a.title, &a.of).cmp(&(&b.title, &b.of)));
    offices
}

/// The most frequent of some values with how often each is there; the smallest of several as frequent.
fn most<T: Ord + Copy>(values: impl Iterator<Item = (T, usize)>) -> Option<T> {
    let mut count: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|(v, n)| *count.entry(v).or_default() += n);
    count.into_iter().max_by_key(|&(v, n)| (n, std::cmp::Reverse(v))).map(|(v, _)| v)
}
