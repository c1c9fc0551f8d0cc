//! Countries, parties and office holders that words of a noun phrase name.

use rapporteur_lexicon::words::people;
use rapporteur_schema::{Actor, ActorIndex, EntityKind};

use super::RuleContext;
use crate::name::demonym_at;
use crate::statement::speaker::is_union;

impl RuleContext<'_, '_> {
    /// "the Roe-Voss summit": a name made of two that the report also has apart.
    pub(super) fn compound(&self, actor: ActorIndex) -> Vec<ActorIndex> {
        let name = self.names.actor(actor).name.clone();
        let Some((first, second)) = name.split_once(['-', '–']).filter(|_| !self.names.is_person(actor)) else {
            return Vec::new();
        };
        let called = |part: &str| {
            let is =
                |a: &Actor| a.name == part || a.kind == EntityKind::Person && a.name.ends_with(&format!(" {part}"));
            let mut found = (0..self.names.actors.len()).filter(|&i| i != actor.index() && is(&self.names.actors[i]));
            found.next().filter(|_| found.next().is_none()).map(|i| ActorIndex(i as u32))
        };
        let found: Vec<ActorIndex> = [first, second].into_iter().filter_map(called).collect();
        found.into_iter().filter_map(|a| self.acting(a)).collect()
    }

    /// Who holds an office of this country or body, if the report names them.
    pub(super) fn holder(&self, lemma: &str, owner: ActorIndex) -> Option<ActorIndex> {
        let code = self.names.actor(owner).iso3166.as_deref();
        let holds = |actor: &Actor| {
            let of_owner = |of: Option<ActorIndex>| of == Some(owner);
            actor.offices.iter().any(|o| {
                let title = o.title.to_lowercase();
                let same = title == lemma || lemma == "minister" && title.ends_with("minister") || lemma == "leader";
                let lesser = title.contains("vice") || title.contains("former") || title.contains("deputy");
                same && !lesser
                    && (of_owner(o.of) || o.of.is_none() && code.is_some() && actor.country.as_deref() == code)
            })
        };
        let mut found = (0..self.names.actors.len())
            .filter(|&i| self.names.actors[i].kind == EntityKind::Person && holds(&self.names.actors[i]));
        let first = found.next()?;
        // A leader is whoever holds an office there, if that is one person only.
        (lemma != "leader" || found.next().is_none()).then_some(ActorIndex(first as u32))
    }

    /// The country whose people a word, or it and the next ("North Korean"), names, and how many words that takes.
    pub(crate) fn demonym(&self, p: usize, t: usize) -> Option<(&'static str, usize)> {
        demonym_at(self.doc, p, t)
    }

    /// "the nurses", "the striking drivers": their union, where the report names one only.
    pub(super) fn union_of(&self, p: usize, t: usize) -> Option<ActorIndex> {
        let doc = self.doc;
        let definite = doc.analyses[p].children(t).any(|c| matches!(doc.lemma(p, c), "the" | "striking" | "strike"));
        if !definite || !people::WORKER.has(doc.lemma(p, t)) {
            return None;
        }
        let mut unions = (0..self.names.actors.len() as u32).map(ActorIndex).filter(|&a| is_union(self.names, a));
        unions.next().filter(|_| unions.next().is_none())
    }
}
