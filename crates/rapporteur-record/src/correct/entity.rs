//! Corrections of who is who: entities made one, parted, or given what they said.

use std::collections::BTreeSet;

use rapporteur_schema::{Anchor, Entity, EntityId, FactKind, Record, UtteranceId};

use super::Told;
use crate::fact::{self, Fact};

/// Makes entities one; the first keeps its name and id.
pub(super) fn merge(record: &mut Record, facts: &[Fact], keep: &Fact, others: &[Anchor]) -> Told {
    let others: Vec<&Fact> = others.iter().filter_map(|a| fact::find(facts, a)).filter(|f| f.id != keep.id).collect();
    let ids: BTreeSet<&str> = others.iter().map(|f| f.id.as_str()).collect();
    let (gone, mut left): (Vec<Entity>, Vec<Entity>) =
        std::mem::take(&mut record.entities).into_iter().partition(|e| ids.contains(e.id.as_str()));
    let mut told = Told { on: Some(keep.id.clone()), now: Some(keep.about.clone()), ..Told::default() };
    if let Some(into) = left.iter_mut().find(|e| e.id.as_str() == keep.id) {
        told.was = Some(others.iter().map(|f| f.about.as_str()).collect::<Vec<_>>().join(", "));
        told.applied = !gone.is_empty();
        for entity in gone {
            absorb(into, entity);
        }
    }
    record.entities = left;
    let id = EntityId::new(keep.id.as_str());
    rename(record, &|e| if ids.contains(e.as_str()) { Some(id.clone()) } else { None });
    told
}

/// Puts all that is known of one entity to another.
fn absorb(into: &mut Entity, other: Entity) {
    for name in other.names {
        match into.names.iter_mut().find(|n| n.form == name.form) {
            Some(same) => {
                same.reports.extend(name.reports);
                same.reports.sort();
                same.reports.dedup();
            }
            None => into.names.push(name),
        }
    }
    into.offices.extend(other.offices);
    into.mentions.extend(other.mentions);
    into.mentions.sort_by(|a, b| (&a.report, a.start, a.end).cmp(&(&b.report, b.start, b.end)));
    into.mentions.dedup();
    into.iso3166 = into.iso3166.take().or(other.iso3166);
}

/// Gives other ids to entities wherever they are spoken of.
fn rename(record: &mut Record, new: &dyn Fn(&EntityId) -> Option<EntityId>) {
    let change = |id: &mut EntityId| {
        if let Some(other) = new(id) {
            *id = other;
        }
    };
    let maybe = |id: &mut Option<EntityId>| id.iter_mut().for_each(change);
    let all = |ids: &mut Vec<EntityId>| {
        ids.iter_mut().for_each(change);
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(id.clone()));
    };
    record.entities.iter_mut().flat_map(|e| &mut e.offices).for_each(|o| maybe(&mut o.of));
    record.statements.iter_mut().for_each(|s| maybe(&mut s.speaker));
    record.utterances.iter_mut().for_each(|u| maybe(&mut u.speaker));
    for m in &mut record.meetings {
        all(&mut m.participants);
        maybe(&mut m.place);
        for account in &mut m.accounts {
            all(&mut account.participants);
            maybe(&mut account.place);
        }
    }
    record.proposals.iter_mut().flat_map(|p| &mut p.versions).for_each(|v| all(&mut v.authors));
    record.positions.iter_mut().for_each(|p| change(&mut p.party));
    record.conditions.iter_mut().for_each(|c| maybe(&mut c.party));
}

/// Makes an entity of its own of some spellings of another: what is mentioned by them, and what was said there.
pub(super) fn split(record: &mut Record, fact: &Fact, forms: &[String]) -> Told {
    let mut told = Told { on: Some(fact.id.clone()), was: Some(fact.about.clone()), ..Told::default() };
    let Some(first) = forms.first() else { return told };
    let Some(at) = record.entities.iter().position(|e| e.id.as_str() == fact.id) else { return told };
    let id = EntityId::from_content(&["split", &fact.id, first]);
    let old = &mut record.entities[at];
    let (mut names, kept) =
        std::mem::take(&mut old.names).into_iter().partition::<Vec<_>, _>(|n| forms.contains(&n.form));
    old.names = kept;
    if names.is_empty() || old.names.is_empty() {
        // Nothing is called so, or everything is.
        old.names.append(&mut names);
        return told;
    }
    // A report that uses one of the forms and no other spelling means the new entity throughout.
    let own: BTreeSet<_> = names.iter().flat_map(|n| n.reports.iter().cloned()).collect();
    let both: BTreeSet<_> = old.names.iter().flat_map(|n| n.reports.iter().cloned()).collect();
    let moved = |report: &rapporteur_schema::ReportId| own.contains(report) && !both.contains(report);
    let (mentions, stay) = std::mem::take(&mut old.mentions).into_iter().partition::<Vec<_>, _>(|m| moved(&m.report));
    old.mentions = stay;
    let (offices, stay) = std::mem::take(&mut old.offices)
        .into_iter()
        .partition::<Vec<_>, _>(|o| o.evidence.iter().all(|c| moved(c.report())));
    old.offices = stay;
    if forms.contains(&old.name)
        && let Some(longest) = old.names.iter().max_by_key(|n| n.form.len())
    {
        old.name.clone_from(&longest.form);
    }
    let kind = old.kind;
    let new = Entity { id: id.clone(), kind, name: first.clone(), iso3166: None, names, offices, mentions };
    record.entities.push(new);
    let old = EntityId::new(fact.id.as_str());
    for s in record.statements.iter_mut().filter(|s| s.speaker.as_ref() == Some(&old)) {
        let named = s.speaker_span.as_ref().is_some_and(|c| forms.iter().any(|f| c.exact().contains(f.as_str())));
        if named || moved(&s.report) {
            s.speaker = Some(id.clone());
        }
    }
    for m in &mut record.meetings {
        for account in m.accounts.iter_mut().filter(|a| moved(a.span.report())) {
            account.participants.iter_mut().filter(|p| **p == old).for_each(|p| *p = id.clone());
        }
        if m.accounts.iter().all(|a| !a.participants.contains(&old)) {
            m.participants.iter_mut().filter(|p| **p == old).for_each(|p| *p = id.clone());
        }
    }
    for p in record.positions.iter_mut().filter(|p| p.party == old && p.evidence.iter().all(|c| moved(c.report()))) {
        p.party = id.clone();
    }
    told.now = Some(forms.join(", "));
    told.applied = true;
    told
}

/// Gives a statement to somebody else.
pub(super) fn speaker(record: &mut Record, facts: &[Fact], fact: &Fact, speaker: Option<&Anchor>) -> Told {
    let mut told = Told { on: Some(fact.id.clone()), ..Told::default() };
    let now = match speaker {
        None => None,
        Some(anchor) => match fact::find(facts, anchor).filter(|f| f.kind == FactKind::Entity) {
            Some(found) => Some(found),
            None => return told,
        },
    };
    let name = |id: &Option<EntityId>| match id {
        Some(id) => facts.iter().find(|f| f.id == id.as_str()).map_or_else(|| id.to_string(), |f| f.about.clone()),
        None => "nobody known".to_owned(),
    };
    let id = now.map(|f| EntityId::new(f.id.as_str()));
    if let Some(s) = record.statements.iter_mut().find(|s| s.id.as_str() == fact.id) {
        told.was = Some(name(&s.speaker));
        told.now = Some(name(&id));
        s.speaker = id;
        told.applied = true;
        let utterance = s.utterance.clone();
        follow(record, utterance.as_ref());
    }
    told
}

/// An utterance is of the speaker whom all its statements name now.
fn follow(record: &mut Record, utterance: Option<&UtteranceId>) {
    let Some(utterance) = record.utterances.iter_mut().find(|u| Some(&u.id) == utterance) else { return };
    let mut speakers = record.statements.iter().filter(|s| utterance.statements.contains(&s.id)).map(|s| &s.speaker);
    if let Some(first) = speakers.next()
        && speakers.all(|s| s == first)
    {
        utterance.speaker = first.clone();
    }
}

/// Leaves an entity out: nobody is it, nobody said it.
pub(super) fn reject(record: &mut Record, id: &str) -> bool {
    let before = record.entities.len();
    record.entities.retain(|e| e.id.as_str() != id);
    let is = |e: &EntityId| e.as_str() == id;
    let clear = |slot: &mut Option<EntityId>| *slot = slot.take().filter(|e| !is(e));
    record.entities.iter_mut().flat_map(|e| &mut e.offices).for_each(|o| clear(&mut o.of));
    record.statements.iter_mut().for_each(|s| clear(&mut s.speaker));
    record.utterances.iter_mut().for_each(|u| clear(&mut u.speaker));
    for m in &mut record.meetings {
        m.participants.retain(|p| !is(p));
        clear(&mut m.place);
        for account in &mut m.accounts {
            account.participants.retain(|p| !is(p));
            clear(&mut account.place);
        }
    }
    record.proposals.iter_mut().flat_map(|p| &mut p.versions).for_each(|v| v.authors.retain(|a| !is(a)));
    record.positions.retain(|p| !is(&p.party));
    record.conditions.iter_mut().for_each(|c| clear(&mut c.party));
    record.entities.len() < before
}
