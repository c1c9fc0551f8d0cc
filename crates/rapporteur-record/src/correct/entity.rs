//! Who is who, corrected before anything rests on it: entities made one, parted, or left out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    ActorIndex, ActorMention, Aim, Char, Citation, CorrectionKind, Entity, EntityId, Evidence, FactId, FactKind,
    Findings, Mention, MentionKind, NameForm, Office, ReportId, Span,
};

use super::{Corrections, Outcome};
use crate::entity::Merged;
use crate::fact;

/// Applies what was corrected of entities' readings; a report in which one actor was two is parted in its findings.
pub(crate) fn entities(merged: &mut Merged, findings: &mut [Cow<'_, Findings>], corrections: &mut Corrections<'_>) {
    for (at, correction) in corrections.of(Aim::Reading) {
        let find = |anchor| fact::find_entity(&merged.entities, anchor);
        corrections.outcomes[at] = match &correction.change {
            CorrectionKind::Merge { keep, others } => match find(keep) {
                Some(keep) => {
                    let others: BTreeSet<usize> = others.iter().filter_map(find).filter(|&o| o != keep).collect();
                    merge(merged, keep, &others)
                }
                None => Outcome::default(),
            },
            CorrectionKind::Split { entity, forms } => match find(entity) {
                Some(entity) => split(merged, findings, entity, forms),
                None => Outcome::default(),
            },
            CorrectionKind::Reject { on } if on.fact == FactKind::Entity => match find(on) {
                Some(entity) => {
                    let was = Some(merged.entities[entity].name.clone());
                    remove(merged, &BTreeSet::from([entity]), None);
                    Outcome { was, applied: true, ..Outcome::default() }
                }
                None => Outcome::default(),
            },
            _ => continue,
        };
    }
}

/// Makes entities one; the first keeps its name and id.
fn merge(merged: &mut Merged, keep: usize, others: &BTreeSet<usize>) -> Outcome {
    let names: Vec<&str> = others.iter().map(|&o| merged.entities[o].name.as_str()).collect();
    let was = Some(names.join(", "));
    for &other in others {
        let other_entity = merged.entities[other].clone();
        absorb(&mut merged.entities[keep], other_entity);
        merged.countries[keep] = merged.countries[keep].take().or(merged.countries[other].clone());
    }
    let kept = &merged.entities[keep];
    let (on, now) = (Some(FactId::from(&kept.id)), Some(kept.name.clone()));
    remove(merged, others, Some(keep));
    Outcome { on, was, now, applied: !others.is_empty() }
}

/// Puts all that is known of one entity to another.
pub(super) fn absorb(into: &mut Entity, other: Entity) {
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
    into.names.sort_by(|a, b| a.form.cmp(&b.form));
    into.offices.extend(other.offices);
    into.mentions.extend(other.mentions);
    into.mentions.sort_by(|a, b| (&a.report, a.start, a.end).cmp(&(&b.report, b.start, b.end)));
    into.mentions.dedup();
    into.iso3166 = into.iso3166.take().or(other.iso3166);
}

/// Takes entities off the list; their actors are those of `instead`, or nobody's.
fn remove(merged: &mut Merged, gone: &BTreeSet<usize>, instead: Option<usize>) {
    let ids: BTreeSet<EntityId> = gone.iter().map(|&g| merged.entities[g].id.clone()).collect();
    let instead_id = instead.map(|i| merged.entities[i].id.clone());
    let shifted = |at: usize| at - gone.range(..at).count();
    let place = |at: usize| if gone.contains(&at) { instead.map(shifted) } else { Some(shifted(at)) };
    for of in merged.of.iter_mut().flatten() {
        *of = of.and_then(place);
    }
    let mut at = 0..;
    merged.entities.retain(|_| at.next().is_some_and(|n| !gone.contains(&n)));
    let mut at = 0..;
    merged.countries.retain(|_| at.next().is_some_and(|n| !gone.contains(&n)));
    for office in merged.entities.iter_mut().flat_map(|e| &mut e.offices) {
        if office.of.as_ref().is_some_and(|of| ids.contains(of)) {
            office.of.clone_from(&instead_id);
        }
    }
}

/// Makes an entity of its own of some spellings of another: the actors that go by them, and in a report that uses both the
/// mentions that do.
fn split(merged: &mut Merged, findings: &mut [Cow<'_, Findings>], old: usize, forms: &[String]) -> Outcome {
    let (id, name) = (merged.entities[old].id.clone(), merged.entities[old].name.clone());
    let mut outcome = Outcome { on: Some(FactId::from(&id)), was: Some(name.clone()), ..Outcome::default() };
    let known = |form: &String| merged.entities[old].names.iter().any(|n| n.form == *form);
    let (Some(first), true) = (forms.first(), forms.iter().any(known)) else { return outcome };
    if merged.entities[old].names.iter().all(|n| forms.contains(&n.form)) {
        return outcome; // Everything is called so.
    }
    let new = merged.entities.len();
    let mut stay: Vec<(usize, usize)> = Vec::new();
    let mut go: Vec<(usize, usize)> = Vec::new();
    for (r, found) in findings.iter_mut().enumerate() {
        for a in 0..merged.of[r].len() {
            if merged.of[r][a] != Some(old) {
                continue;
            }
            let moved = moved(&found.actors[a].mentions, forms);
            if moved.iter().all(|m| *m) {
                go.push((r, a));
            } else if moved.iter().all(|m| !*m) {
                stay.push((r, a));
            } else {
                part(found.to_mut(), a, &moved, first);
                stay.push((r, a));
                go.push((r, merged.of[r].len()));
                merged.of[r].push(Some(new));
            }
        }
    }
    go.iter().for_each(|&(r, a)| merged.of[r][a] = Some(new));
    let mut parted = merged.entities[old].clone();
    parted.id = EntityId::from_content(&["split", id.as_str(), first]);
    parted.name.clone_from(first);
    parted.iso3166 = None;
    merged.entities.push(parted);
    merged.countries.push(go.iter().find_map(|&(r, a)| findings[r].actors[a].country.clone()));
    for (entity, actors) in [(old, &stay), (new, &go)] {
        describe(merged, findings, entity, actors);
    }
    let kept = &mut merged.entities[old];
    if forms.contains(&name)
        && let Some(longest) = kept.names.iter().max_by_key(|n| n.form.len())
    {
        kept.name.clone_from(&longest.form);
    }
    outcome.now = Some(forms.join(", "));
    outcome.applied = true;
    outcome
}

/// Which mentions go: those by one of the forms, and what points back to them.
fn moved(mentions: &[ActorMention], forms: &[String]) -> Vec<bool> {
    let named = |m: &ActorMention| (m.kind == MentionKind::Name).then(|| forms.iter().any(|f| f == m.at.exact()));
    // What stands before the first name means who is named next.
    let mut last = mentions.iter().find_map(named).unwrap_or(false);
    let mut moved = |m: &ActorMention| {
        last = named(m).unwrap_or(last);
        last
    };
    mentions.iter().map(&mut moved).collect()
}

/// Makes two actors of one: the mentions that go, and all that is told in words that name it there.
fn part(found: &mut Findings, old: usize, moved: &[bool], name: &str) {
    let (from, to) = (ActorIndex(old as u32), ActorIndex(found.actors.len() as u32));
    let actor = &mut found.actors[old];
    let mut new = actor.clone();
    let mut goes = moved.iter();
    actor.mentions.retain(|_| !goes.next().is_some_and(|m| *m));
    let mut goes = moved.iter();
    new.mentions.retain(|_| goes.next().is_some_and(|m| *m));
    new.name = name.to_owned();
    if actor.name == new.name
        && let Some(longest) = actor.mentions.iter().map(|m| m.at.exact()).max_by_key(|n| n.len())
    {
        actor.name = longest.to_owned();
    }
    let near = |mentions: &[ActorMention], at: Span<Char>| {
        mentions.iter().map(|m| m.span().start().abs_diff(at.start())).min().unwrap_or(u32::MAX)
    };
    let (own, other) = (actor.mentions.clone(), new.mentions.clone());
    // Whether words are about the new one: they name it and not the old one, or it stands nearer.
    let is_new = |at: &Citation| {
        let names = |all: &[ActorMention]| all.iter().any(|m| m.span().overlaps(at.span()));
        match (names(&own), names(&other)) {
            (false, true) => true,
            (true, _) => false,
            (false, false) => near(&other, at.span()) < near(&own, at.span()),
        }
    };
    actor.offices.retain(|o| !is_new(&o.at));
    new.offices.retain(|o| is_new(&o.at));
    let change = |actor: &mut ActorIndex, at: &Citation| {
        if *actor == from && is_new(at) {
            *actor = to;
        }
    };
    for office in found.actors.iter_mut().flat_map(|a| &mut a.offices) {
        office.of.iter_mut().for_each(|of| change(of, &office.at));
    }
    found.actors.push(new);
    for s in &mut found.statements {
        let at = s.speaker_span.clone().or(s.cue.clone()).unwrap_or_else(|| s.content.clone());
        s.speaker.iter_mut().for_each(|a| change(a, &at));
    }
    for m in &mut found.meetings {
        let at = m.at.clone();
        m.participants.iter_mut().chain(&mut m.of).chain(&mut m.place).for_each(|a| change(a, &at));
    }
    for p in &mut found.proposals {
        let at = p.at.clone();
        p.authors.iter_mut().for_each(|a| change(a, &at));
    }
    for p in &mut found.positions {
        change(&mut p.party, &p.at);
    }
    for c in &mut found.conditions {
        let at = c.at.clone();
        c.party.iter_mut().for_each(|a| change(a, &at));
    }
    for q in &mut found.quantities {
        let at = q.clause.clone();
        q.actors.iter_mut().for_each(|a| change(a, &at));
    }
}

/// Reads names, mentions and offices of an entity off its actors.
fn describe(merged: &mut Merged, findings: &[Cow<'_, Findings>], entity: usize, actors: &[(usize, usize)]) {
    let mut names: BTreeMap<&str, BTreeSet<&ReportId>> = BTreeMap::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut offices: BTreeMap<(String, Option<EntityId>), Vec<Citation>> = BTreeMap::new();
    for &(r, a) in actors {
        let (report, actor) = (&findings[r].report, &findings[r].actors[a]);
        for m in &actor.mentions {
            if m.kind == MentionKind::Name {
                names.entry(m.at.exact()).or_default().insert(report);
            }
            let (start, end) = (m.span().start(), m.span().end());
            mentions.push(Mention { report: report.clone(), start, end, kind: m.kind });
        }
        for o in &actor.offices {
            let of = o.of.and_then(|of| merged.of[r].get(of.index()).copied().flatten());
            let of = of.map(|of| merged.entities[of].id.clone());
            offices.entry((o.title.clone(), of)).or_default().push(o.at.clone());
        }
    }
    mentions.sort_by(|a, b| (&a.report, a.start, a.end).cmp(&(&b.report, b.start, b.end)));
    let form = |(form, reports): (&str, BTreeSet<&ReportId>)| NameForm {
        form: form.to_owned(),
        reports: reports.into_iter().cloned().collect(),
    };
    let names = names.into_iter().map(form).collect();
    let office = |((title, of), at)| Some(Office { title, of, evidence: Evidence::collect(at)? });
    let offices = offices.into_iter().filter_map(office).collect();
    let slot = &mut merged.entities[entity];
    (slot.names, slot.mentions, slot.offices) = (names, mentions, offices);
}
