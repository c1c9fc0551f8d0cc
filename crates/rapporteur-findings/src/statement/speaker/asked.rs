//! What descriptions ask about all actors of a report, worked out once: a report may name thousands, and describe them as often.

use std::cell::OnceCell;

use rapporteur_lexicon::facts;
use rapporteur_schema::ActorIndex;
use rustc_hash::FxHashMap;

use crate::name::Names;

/// The answers so far; they hold once all names are found.
#[derive(Default)]
pub(crate) struct Asked {
    /// For each actor, whether "the company" can be it.
    pub(super) companies: OnceCell<Vec<bool>>,
    /// The company that the report names most.
    pub(super) company: OnceCell<Option<ActorIndex>>,
    /// The association that speaks for employers.
    pub(super) employers: OnceCell<Option<ActorIndex>>,
    /// The only union of the report.
    pub(super) union: OnceCell<Option<ActorIndex>>,
    /// Who holds which office.
    offices: OnceCell<Offices>,
}

/// Who holds which office, by its title in lower case without "former", and by the last word of that.
struct Offices {
    by_title: FxHashMap<String, Vec<ActorIndex>>,
    by_noun: FxHashMap<String, Vec<ActorIndex>>,
}

/// A title in lower case without "former", in full where it is short ("gov."), and whether that word was there.
pub(super) fn without_former(title: &str) -> (&str, bool) {
    let (title, former) = title.strip_prefix("former ").map_or((title, false), |rest| (rest, true));
    (facts().whole_title(title).unwrap_or(title), former)
}

impl Offices {
    fn of(names: &Names) -> Self {
        let mut offices = Offices { by_title: FxHashMap::default(), by_noun: FxHashMap::default() };
        for (i, actor) in names.actors.iter().enumerate() {
            for office in &actor.offices {
                let lower = office.title.to_lowercase();
                let (title, _) = without_former(&lower);
                let noun = title.rsplit(' ').next().unwrap_or(title);
                offices.by_title.entry(title.to_owned()).or_default().push(ActorIndex(i as u32));
                offices.by_noun.entry(noun.to_owned()).or_default().push(ActorIndex(i as u32));
            }
        }
        offices
    }
}

impl Asked {
    /// Those who may hold an office: by its whole title, or by the noun that heads it. In order, each once.
    pub(super) fn holders(&self, names: &Names, title: &str, noun: &str) -> Vec<ActorIndex> {
        let offices = self.offices.get_or_init(|| Offices::of(names));
        let of = |by: &FxHashMap<String, Vec<ActorIndex>>, key: &str| by.get(key).cloned().unwrap_or_default();
        let mut found = of(&offices.by_title, title);
        found.extend(of(&offices.by_noun, noun));
        found.sort_unstable();
        found.dedup();
        found
    }
}
