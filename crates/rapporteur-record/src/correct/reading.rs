//! What one report says, read anew: findings changed as if they had been read so.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{
    Actor, ActorIndex, Aim, Anchor, Citation, CorrectionKind, Edtf, Fact, FactKind, Findings, IssueStatus,
    MeetingStatus, PositionFinding, ReportId, Stance, StatementFinding, StatementId, TextRange, Topic,
};

use super::{Corrections, Outcome};
use crate::assemble::statement_id;
use crate::entity::Merged;
use crate::fact;

/// A finding: the report by its place, and its place in the list of its sort there.
type At = (usize, usize);

/// What is to be left out once all corrections are found: until then places in the lists must hold.
#[derive(Default)]
struct Rejected {
    statements: BTreeSet<At>,
    meetings: BTreeSet<At>,
    proposals: BTreeSet<At>,
    issues: BTreeSet<At>,
    positions: BTreeSet<At>,
    conditions: BTreeSet<At>,
}

/// Applies what was corrected of readings. `plain` are the facts of the record without corrections, asked for where an anchor's
/// reports are not there. Gives the statements whose speaker a person told.
pub(crate) fn readings(
    merged: &mut Merged,
    findings: &mut [Cow<'_, Findings>],
    corrections: &mut Corrections<'_>,
    plain: &dyn Fn() -> Vec<Fact>,
) -> BTreeSet<StatementId> {
    let mut told = BTreeSet::new();
    let mut rejected = Rejected::default();
    let facts = OnceCell::new();
    for (at, correction) in corrections.of(Aim::Reading) {
        let change = &correction.change;
        let anchor = change.subject();
        if !matches!(
            change,
            CorrectionKind::Speaker { .. } | CorrectionKind::Date { .. } | CorrectionKind::Status { .. }
        ) && !matches!(change, CorrectionKind::Reject { .. } if !of_ours(anchor.fact))
        {
            continue;
        }
        let mut found = at_anchor(merged, findings, anchor);
        if found.is_empty() {
            // The article has another version, or the fact another form: what the record would hold on to.
            let fact = fact::find(facts.get_or_init(plain), anchor).map(Fact::anchor);
            found = fact.map(|anchor| at_anchor(merged, findings, &anchor)).unwrap_or_default();
        }
        if found.is_empty() {
            continue;
        }
        corrections.outcomes[at] = match change {
            CorrectionKind::Speaker { speaker, .. } => {
                give_speaker(merged, findings, &found, speaker.as_ref(), &mut told)
            }
            CorrectionKind::Date { date, .. } => set_date(findings, anchor.fact, &found, *date),
            CorrectionKind::Status { status, .. } => set_status(findings, anchor.fact, &found, status),
            _ => {
                rejected.add(anchor.fact, &found);
                Outcome { was: Some(anchor.about.clone()), applied: true, ..Outcome::default() }
            }
        };
    }
    rejected.leave_out(findings);
    told
}

/// Whether something of this sort is put together by us, or stands for more than findings.
fn of_ours(kind: FactKind) -> bool {
    matches!(kind, FactKind::Entity | FactKind::Utterance | FactKind::Discrepancy)
}

/// The findings that an anchor holds on to.
fn at_anchor(merged: &Merged, findings: &[Cow<'_, Findings>], anchor: &Anchor) -> Vec<At> {
    let reports: BTreeMap<&ReportId, usize> = findings.iter().enumerate().map(|(r, f)| (&f.report, r)).collect();
    let mut places: BTreeMap<usize, Vec<&TextRange>> = BTreeMap::new();
    for place in &anchor.places {
        if let Some(&r) = reports.get(&place.report) {
            places.entry(r).or_default().push(place);
        }
    }
    let mut all: Vec<At> = Vec::new();
    for (r, places) in places {
        let cited: Vec<TextRange> = cited(&findings[r], anchor.fact).into_iter().map(TextRange::from).collect();
        let exact = |c: &TextRange| places.contains(&c);
        let mut here: Vec<usize> = (0..cited.len()).filter(|&i| exact(&cited[i])).collect();
        if here.is_empty() {
            // Another version reads a little more or less: what shares most with the place.
            let common = |i: usize, p: &TextRange| cited[i].end.min(p.end).saturating_sub(cited[i].start.max(p.start));
            let best = places.iter().filter_map(|p| {
                let best = (0..cited.len()).max_by_key(|&i| (common(i, p), std::cmp::Reverse(i)))?;
                (common(best, p) > 0).then_some(best)
            });
            here = best.collect();
            here.sort_unstable();
            here.dedup();
        }
        all.extend(here.into_iter().map(|i| (r, i)));
    }
    match anchor.fact {
        // Two cues may share a content.
        FactKind::Statement if all.iter().any(|&(r, i)| anchor.id == of(findings, r, i).as_str()) => {
            all.retain(|&(r, i)| anchor.id == of(findings, r, i).as_str());
        }
        FactKind::Position => positions(merged, findings, anchor, &mut all),
        _ => {}
    }
    all
}

fn of(findings: &[Cow<'_, Findings>], r: usize, i: usize) -> StatementId {
    statement_id(&findings[r].statements[i])
}

/// The words that findings of one sort stand in.
fn cited(found: &Findings, kind: FactKind) -> Vec<&Citation> {
    match kind {
        FactKind::Statement | FactKind::Utterance => found.statements.iter().map(|s| &s.content).collect(),
        FactKind::Meeting => found.meetings.iter().map(|m| &m.at).collect(),
        FactKind::Proposal => found.proposals.iter().map(|p| &p.at).collect(),
        FactKind::Issue => found.issues.iter().map(|i| &i.at).collect(),
        FactKind::Position => found.positions.iter().map(|p| &p.at).collect(),
        FactKind::Condition => found.conditions.iter().map(|c| &c.at).collect(),
        FactKind::Entity | FactKind::Discrepancy | FactKind::Claim => Vec::new(),
    }
}

/// One clause may tell several positions: those of the party and stance that the anchor's words begin with, and of those
/// the ones on the matter that they end with, where any is.
fn positions(merged: &Merged, findings: &[Cow<'_, Findings>], anchor: &Anchor, all: &mut Vec<At>) {
    let rest = |r: usize, p: &PositionFinding| -> Option<String> {
        let party = &merged.entities[merged.of[r].get(p.party.index()).copied().flatten()?];
        let names = party.names.iter().map(|n| n.form.as_str()).chain([party.name.as_str()]);
        let after =
            names.filter_map(|n| anchor.about.strip_prefix(n)?.strip_prefix(' ')).min_by_key(|rest| rest.len())?;
        let stances = Stance::ALL.iter().filter(|s| after.starts_with(s.as_str()));
        let stance = stances.max_by_key(|s| s.as_str().len())?;
        (*stance == p.stance).then(|| after[stance.as_str().len()..].trim().to_owned())
    };
    let finding = |&(r, i): &At| (r, &findings[r].positions[i]);
    let fits: Vec<(At, bool)> = all
        .iter()
        .filter_map(|at| {
            let (r, p) = finding(at);
            let on = rest(r, p)?;
            let name = match p.on {
                Some(Topic::Proposal(i)) => findings[r].proposals.get(i as usize).map(|p| p.name.as_str()),
                Some(Topic::Issue(i)) => findings[r].issues.get(i as usize).map(|i| i.name.as_str()),
                _ => None,
            };
            let name = name.or(p.subject.as_ref().map(|s| s.exact()));
            Some((*at, name.is_some_and(|n| n.eq_ignore_ascii_case(&on))))
        })
        .collect();
    // Names may have changed since: then the place alone.
    if !fits.is_empty() {
        let named = fits.iter().any(|(_, named)| *named);
        *all = fits.into_iter().filter(|(_, own)| *own || !named).map(|(at, _)| at).collect();
    }
}

/// Different values in words, in the order of the findings.
fn was(values: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for value in values {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    (!all.is_empty()).then(|| all.join(" / "))
}

/// Gives statements to somebody else, by the words of the report that name them nearest to the cue.
fn give_speaker(
    merged: &mut Merged,
    findings: &mut [Cow<'_, Findings>],
    found: &[At],
    speaker: Option<&Anchor>,
    told: &mut BTreeSet<StatementId>,
) -> Outcome {
    let entity = match speaker.map(|anchor| fact::find_entity(&merged.entities, anchor)) {
        Some(None) => return Outcome::default(),
        Some(found) => found,
        None => None,
    };
    let name = |e: Option<usize>| e.map_or_else(|| "nobody known".to_owned(), |e| merged.entities[e].name.clone());
    let before = |&(r, i): &At| {
        name(findings[r].statements[i].speaker.and_then(|a| merged.of[r].get(a.index()).copied().flatten()))
    };
    let (was, now) = (was(found.iter().map(before)), Some(name(entity)));
    for &(r, i) in found {
        let actor = entity.map(|entity| actor(merged, findings[r].to_mut(), r, entity));
        let found = findings[r].to_mut();
        let statement = &mut found.statements[i];
        statement.speaker = actor;
        statement.confidence = None; // a person told
        statement.speaker_span = actor.and_then(|a| nearest(&found.actors[a.index()], statement));
        told.insert(statement_id(statement));
    }
    Outcome { was, now, applied: true, on: None }
}

/// The actor that an entity is in a report; made where the report does not name it.
fn actor(merged: &mut Merged, found: &mut Findings, r: usize, entity: usize) -> ActorIndex {
    let of = &mut merged.of[r];
    let at = of.iter().position(|e| *e == Some(entity)).unwrap_or_else(|| {
        let known = &merged.entities[entity];
        found.actors.push(Actor {
            kind: known.kind,
            name: known.name.clone(),
            iso3166: known.iso3166.clone(),
            country: merged.countries[entity].clone(),
            mentions: Vec::new(),
            offices: Vec::new(),
        });
        of.push(Some(entity));
        of.len() - 1
    });
    ActorIndex(at as u32)
}

/// The words outside the content that name an actor nearest to where a statement is attributed.
fn nearest(actor: &Actor, statement: &StatementFinding) -> Option<Citation> {
    let content = statement.content.span();
    let to = statement.cue.as_ref().map_or(content, Citation::span);
    let outside = actor.mentions.iter().filter(|m| !m.span().overlaps(content));
    outside.min_by_key(|m| (m.span().start().abs_diff(to.start()), m.span())).map(|m| m.at.clone())
}

/// Gives findings another date.
fn set_date(findings: &mut [Cow<'_, Findings>], kind: FactKind, found: &[At], date: Option<Edtf>) -> Outcome {
    let text = |d: Option<Edtf>| d.map_or_else(|| "no date".to_owned(), |d| d.to_string());
    let mut before = Vec::new();
    for &(r, i) in found {
        let found = findings[r].to_mut();
        let slot = match kind {
            FactKind::Statement => &mut found.statements[i].date,
            FactKind::Meeting => &mut found.meetings[i].date,
            FactKind::Position => &mut found.positions[i].date,
            _ => return Outcome::default(),
        };
        before.push(text(std::mem::replace(slot, date)));
    }
    Outcome { was: was(before.into_iter()), now: Some(text(date)), applied: true, on: None }
}

/// Gives findings another status.
fn set_status(findings: &mut [Cow<'_, Findings>], kind: FactKind, found: &[At], status: &str) -> Outcome {
    let mut before = Vec::new();
    for &(r, i) in found {
        let found = findings[r].to_mut();
        match kind {
            FactKind::Meeting => {
                let Some(status) = MeetingStatus::from_word(status) else { return Outcome::default() };
                let meeting = &mut found.meetings[i];
                let was = if meeting.staged { meeting.status.as_str() } else { "not told" };
                before.push(was.to_owned());
                (meeting.status, meeting.staged) = (status, true);
            }
            FactKind::Issue => {
                let Some(status) = IssueStatus::from_word(status) else { return Outcome::default() };
                let was = found.issues[i].status.replace(status);
                before.push(was.map_or("not told", |s| s.as_str()).to_owned());
            }
            _ => return Outcome::default(),
        }
    }
    Outcome { was: was(before.into_iter()), now: Some(status.to_owned()), applied: true, on: None }
}

impl Rejected {
    fn add(&mut self, kind: FactKind, found: &[At]) {
        let set = match kind {
            FactKind::Statement => &mut self.statements,
            FactKind::Meeting => &mut self.meetings,
            FactKind::Proposal => &mut self.proposals,
            FactKind::Issue => &mut self.issues,
            FactKind::Position => &mut self.positions,
            FactKind::Condition => &mut self.conditions,
            FactKind::Entity | FactKind::Utterance | FactKind::Discrepancy | FactKind::Claim => return,
        };
        set.extend(found);
    }

    /// Takes them out of the lists. A position on a proposal or issue that is none goes with it; one on a gathering that
    /// was none keeps its words.
    fn leave_out(&self, findings: &mut [Cow<'_, Findings>]) {
        let sets = [&self.statements, &self.meetings, &self.proposals, &self.issues, &self.positions, &self.conditions];
        let touched: BTreeSet<usize> = sets.into_iter().flatten().map(|(r, _)| *r).collect();
        for r in touched {
            let found = findings[r].to_mut();
            let shifted = |set: &BTreeSet<At>, i: u32| {
                let gone = set.range((r, 0)..(r, i as usize)).count() as u32;
                (!set.contains(&(r, i as usize))).then_some(i - gone)
            };
            let mut at = 0..;
            found.positions.retain(|p| {
                let gone = at.next().is_some_and(|i| self.positions.contains(&(r, i)));
                let on_gone = match p.on {
                    Some(Topic::Proposal(i)) => shifted(&self.proposals, i).is_none(),
                    Some(Topic::Issue(i)) => shifted(&self.issues, i).is_none(),
                    _ => false,
                };
                !gone && !on_gone
            });
            for p in &mut found.positions {
                p.on = match p.on {
                    Some(Topic::Proposal(i)) => shifted(&self.proposals, i).map(Topic::Proposal),
                    Some(Topic::Issue(i)) => shifted(&self.issues, i).map(Topic::Issue),
                    Some(Topic::Meeting(i)) => shifted(&self.meetings, i).map(Topic::Meeting),
                    None => None,
                };
            }
            keep(&mut found.statements, r, &self.statements);
            keep(&mut found.meetings, r, &self.meetings);
            keep(&mut found.proposals, r, &self.proposals);
            keep(&mut found.issues, r, &self.issues);
            keep(&mut found.conditions, r, &self.conditions);
        }
    }
}

fn keep<T>(list: &mut Vec<T>, r: usize, gone: &BTreeSet<At>) {
    let mut at = 0..;
    list.retain(|_| at.next().is_some_and(|i| !gone.contains(&(r, i))));
}
