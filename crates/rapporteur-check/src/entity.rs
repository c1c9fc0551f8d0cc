//! Who is who: the entities of the record, those that the draft names among them, and after them those that the draft
//! alone names.

use std::collections::{BTreeSet, HashMap};

use rapporteur_schema::{
    Actor, Entity, EntityId, EntityKind, Evidence, Findings, NameForm, Office, RecordIndex, ReportId,
};

use crate::word;

/// The entities of a check; an index names one.
#[derive(Debug)]
pub(crate) struct Entities {
    /// Without their mentions: these stand text by text, in order.
    all: Vec<Entity>,
    /// The names of each, as folded words without the smallest.
    forms: Vec<Vec<Vec<String>>>,
    /// All words of all names.
    words: BTreeSet<String>,
    /// The people with a name that ends with a word.
    people: HashMap<String, Vec<usize>>,
    /// How many of them the record has.
    reported: usize,
    /// Which of them each actor of the draft is.
    of_draft: Vec<usize>,
}

impl Entities {
    /// `attached` says of each actor of the draft which entity of the record it is.
    pub(crate) fn new(record: &RecordIndex<'_>, draft: &Findings, attached: &[Option<EntityId>]) -> Self {
        let mut all: Vec<Entity> = record.record().entities.iter().map(without_mentions).collect();
        let reported = all.len();
        let mut of_draft = Vec::with_capacity(draft.actors.len());
        for (n, actor) in draft.actors.iter().enumerate() {
            let known = attached.get(n).and_then(Option::as_ref).and_then(|id| record.entity_place(id));
            of_draft.push(known.unwrap_or_else(|| {
                all.push(of_draft_alone(n, actor));
                all.len() - 1
            }));
        }
        // What the draft calls them, and which offices it gives them.
        for (actor, &at) in draft.actors.iter().zip(&of_draft) {
            for mention in actor.mentions.iter().filter(|m| m.kind == rapporteur_schema::MentionKind::Name) {
                add_form(&mut all[at].names, mention.at.exact(), &draft.report);
            }
            for office in &actor.offices {
                let of = office.of.and_then(|a| of_draft.get(a.index())).map(|&e| all[e].id.clone());
                let (title, evidence) = (office.title.clone(), Evidence::of(office.at.clone()));
                all[at].offices.push(Office { title, of, evidence });
            }
        }
        let telling = |name: &NameForm| -> Vec<String> { word::telling(&name.form) };
        let forms: Vec<Vec<Vec<String>>> = all.iter().map(|e| e.names.iter().map(telling).collect()).collect();
        let words = forms.iter().flatten().flatten().cloned().collect();
        let mut people: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, names) in forms.iter().enumerate().filter(|(n, _)| all[*n].kind == EntityKind::Person) {
            let lasts: BTreeSet<&String> = names.iter().filter_map(|name| name.last()).collect();
            lasts.into_iter().for_each(|last| people.entry(last.clone()).or_default().push(n));
        }
        Entities { all, forms, words, people, reported, of_draft }
    }

    /// The entity with this index.
    pub(crate) fn get(&self, index: usize) -> &Entity {
        &self.all[index]
    }

    /// All of them, in the order of their indexes.
    pub(crate) fn all(&self) -> &[Entity] {
        &self.all
    }

    /// The names of one, as folded words without the smallest.
    pub(crate) fn forms(&self, index: usize) -> &[Vec<String>] {
        &self.forms[index]
    }

    /// The people with a name that ends with this word.
    pub(crate) fn people_called(&self, last: &str) -> &[usize] {
        self.people.get(last).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is part of anybody's name.
    pub(crate) fn is_of_a_name(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether any report names it.
    pub(crate) fn is_reported(&self, index: usize) -> bool {
        index < self.reported
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

fn add_form(names: &mut Vec<NameForm>, form: &str, draft: &ReportId) {
    match names.iter_mut().find(|n| n.form == form) {
        Some(known) if known.reports.contains(draft) => {}
        Some(known) => known.reports.push(draft.clone()),
        None => names.push(NameForm { form: form.to_owned(), reports: vec![draft.clone()] }),
    }
}
