//! Who is who: the entities of the record, those that the draft names among them, and after them those that the draft
//! alone names.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rapporteur_schema::{Actor, Entity, EntityId, EntityKind, Evidence, Findings, NameForm, Office, Record, ReportId};

use crate::word;

/// The entities of a record; an index names one.
#[derive(Debug)]
pub(crate) struct KnownEntities {
    /// Without their mentions: these stand text by text, in order.
    all: Vec<Entity>,
    /// The names of each, as folded words without the smallest.
    forms: Vec<Vec<Vec<String>>>,
    /// All words of all names.
    words: HashSet<String>,
    /// The people with a name that ends with a word.
    people: HashMap<String, Vec<usize>>,
    places: HashMap<EntityId, usize>,
}

impl KnownEntities {
    pub(crate) fn new(record: &Record) -> Self {
        let all: Vec<Entity> = record.entities.iter().map(without_mentions).collect();
        let forms: Vec<Vec<Vec<String>>> = all.iter().map(forms).collect();
        let words = forms.iter().flatten().flatten().cloned().collect();
        let mut people: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, names) in forms.iter().enumerate().filter(|(n, _)| all[*n].kind == EntityKind::Person) {
            lasts(names).into_iter().for_each(|last| people.entry(last.clone()).or_default().push(n));
        }
        let mut places = HashMap::with_capacity(all.len());
        for (n, entity) in all.iter().enumerate() {
            places.entry(entity.id.clone()).or_insert(n);
        }
        KnownEntities { all, forms, words, people, places }
    }

    /// All of them, in the order of their indexes.
    pub(crate) fn all(&self) -> &[Entity] {
        &self.all
    }
}

/// An entity that the draft names: of the record, with what the draft calls it, or of the draft alone.
#[derive(Debug)]
struct Drafted {
    entity: Entity,
    forms: Vec<Vec<String>>,
}

/// The entities of a check; an index names one.
#[derive(Debug)]
pub(crate) struct Entities<'a> {
    known: &'a KnownEntities,
    drafted: BTreeMap<usize, Drafted>,
    /// How many there are.
    count: usize,
    /// The words of the names of those that the draft names.
    words: BTreeSet<String>,
    /// The people with a name that ends with a word, where the draft names any.
    people: HashMap<String, Vec<usize>>,
    /// Which of them each actor of the draft is.
    of_draft: Vec<usize>,
}

impl<'a> Entities<'a> {
    /// `attached` says of each actor of the draft which entity of the record it is.
    pub(crate) fn new(known: &'a KnownEntities, draft: &Findings, attached: &[Option<EntityId>]) -> Self {
        let mut own: BTreeMap<usize, Entity> = BTreeMap::new();
        let mut of_draft = Vec::with_capacity(draft.actors.len());
        let mut count = known.all.len();
        for (n, actor) in draft.actors.iter().enumerate() {
            let at = attached.get(n).and_then(Option::as_ref).and_then(|id| known.places.get(id)).copied();
            let at = at.unwrap_or(count);
            let entity = || known.all.get(at).cloned().unwrap_or_else(|| of_draft_alone(n, actor));
            own.entry(at).or_insert_with(entity);
            count = count.max(at + 1);
            of_draft.push(at);
        }
        let ids: BTreeMap<usize, EntityId> = own.iter().map(|(at, e)| (*at, e.id.clone())).collect();
        // What the draft calls them, and which offices it gives them.
        for (actor, at) in draft.actors.iter().zip(&of_draft) {
            let Some(entity) = own.get_mut(at) else { continue };
            for mention in actor.mentions.iter().filter(|m| m.kind == rapporteur_schema::MentionKind::Name) {
                add_form(&mut entity.names, mention.at.exact(), &draft.report);
            }
            for office in &actor.offices {
                let of = office.of.and_then(|a| of_draft.get(a.index())).and_then(|e| ids.get(e).cloned());
                let (title, evidence) = (office.title.clone(), Evidence::of(office.at.clone()));
                entity.offices.push(Office { title, of, evidence });
            }
        }
        let drafted: BTreeMap<usize, Drafted> =
            own.into_iter().map(|(at, entity)| (at, Drafted { forms: forms(&entity), entity })).collect();
        let words = drafted.values().flat_map(|d| &d.forms).flatten().cloned().collect();
        let mut people: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, d) in drafted.iter().filter(|(_, d)| d.entity.kind == EntityKind::Person) {
            for last in lasts(&d.forms) {
                let all =
                    people.entry(last.clone()).or_insert_with(|| known.people.get(last).cloned().unwrap_or_default());
                if let Err(free) = all.binary_search(at) {
                    all.insert(free, *at);
                }
            }
        }
        Entities { known, drafted, count, words, people, of_draft }
    }

    /// The entity with this index.
    pub(crate) fn get(&self, index: usize) -> &Entity {
        self.drafted.get(&index).map_or_else(|| &self.known.all[index], |d| &d.entity)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The names of one, as folded words without the smallest.
    pub(crate) fn forms(&self, index: usize) -> &[Vec<String>] {
        self.drafted.get(&index).map_or_else(|| self.known.forms[index].as_slice(), |d| &d.forms)
    }

    /// The people with a name that ends with this word.
    pub(crate) fn people_called(&self, last: &str) -> &[usize] {
        self.people.get(last).or_else(|| self.known.people.get(last)).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is part of anybody's name.
    pub(crate) fn is_of_a_name(&self, word: &str) -> bool {
        self.known.words.contains(word) || self.words.contains(word)
    }

    /// Whether any report names it.
    pub(crate) fn is_reported(&self, index: usize) -> bool {
        index < self.known.all.len()
    }

    /// Which of them each actor of the draft is.
    pub(crate) fn of_draft(&self) -> &[usize] {
        &self.of_draft
    }
}

fn without_mentions(e: &Entity) -> Entity {
    Entity {
        id: e.id.clone(),
        kind: e.kind,
        name: e.name.clone(),
        iso3166: e.iso3166.clone(),
        names: e.names.clone(),
        offices: e.offices.clone(),
        mentions: Vec::new(),
    }
}

/// Somebody or something that no report names.
fn of_draft_alone(number: usize, actor: &Actor) -> Entity {
    Entity {
        id: EntityId::new(format!("draft-{number}")),
        kind: actor.kind,
        name: actor.name.clone(),
        iso3166: actor.iso3166.clone(),
        names: Vec::new(),
        offices: Vec::new(),
        mentions: Vec::new(),
    }
}

fn forms(entity: &Entity) -> Vec<Vec<String>> {
    entity.names.iter().map(|name| word::telling(&name.form)).collect()
}

/// The last words of names.
fn lasts(names: &[Vec<String>]) -> BTreeSet<&String> {
    names.iter().filter_map(|name| name.last()).collect()
}

fn add_form(names: &mut Vec<NameForm>, form: &str, draft: &ReportId) {
    match names.iter_mut().find(|n| n.form == form) {
        Some(known) if known.reports.contains(draft) => {}
        Some(known) => known.reports.push(draft.clone()),
        None => names.push(NameForm { form: form.to_owned(), reports: vec![draft.clone()] }),
    }
}
