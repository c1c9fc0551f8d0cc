//! One entry for one gathering, however many reports tell of it and at whatever stage.
//!
//! Accounts are taken one after the other, those that tell most first, and each joins the gathering it is compatible
//! with: sides that contain each other or stand for each other, places that don't exclude each other, dates that meet
//! (`alike`). What only points back ("after their meeting") joins last, where one gathering fits. `settle` then reads the
//! slots of the whole off its accounts.

mod alike;
mod parties;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{ActorIndex, Edtf, Meeting, MeetingFinding, MeetingKind, MeetingStatus};

use self::parties::principals;
use crate::story::Story;

/// The gatherings of a story.
pub(crate) struct Meetings {
    /// Each once.
    pub(crate) all: Vec<Meeting>,
    /// `of[r][m]`: the gathering, as an index into `all`, that the account `m` of the findings at `r` tells of.
    pub(crate) of: Vec<Vec<Option<usize>>>,
}

/// One account, with its actors as entities.
pub(super) struct Told<'f> {
    /// The findings it stands in.
    pub(super) report: usize,
    /// Its place in them.
    pub(super) index: usize,
    /// What it says.
    pub(super) finding: &'f MeetingFinding,
    /// Who takes part.
    pub(super) who: BTreeSet<usize>,
    /// The body whose gathering it is.
    pub(super) of: Option<usize>,
    /// Where.
    pub(super) place: Option<usize>,
    /// Whether sides were filled in because it speaks of "both sides".
    pub(super) filled: bool,
}

impl Told<'_> {
    /// When.
    pub(super) fn date(&self) -> Option<Edtf> {
        self.finding.date
    }

    /// Whether it only points to a gathering, or names too few to be one by itself.
    fn points(&self) -> bool {
        self.finding.refers || self.who.len() < 2 || self.filled
    }

    /// How far it has come, where the words tell.
    pub(super) fn status(&self) -> Option<MeetingStatus> {
        self.finding.staged.then_some(self.finding.status)
    }
}

/// A gathering in the making: its accounts, and what they say of each slot.
#[derive(Default)]
pub(super) struct Group {
    /// Places in the list of accounts.
    pub(super) accounts: Vec<usize>,
    /// Who takes part, by how many accounts.
    pub(super) who: BTreeMap<usize, usize>,
    /// Where, by how many accounts.
    pub(super) places: BTreeMap<usize, usize>,
    /// When, by how many accounts.
    pub(super) dates: BTreeMap<Edtf, usize>,
    /// How far it has come, by how many accounts.
    pub(super) stages: BTreeMap<MeetingStatus, usize>,
    /// The bodies whose gathering it is.
    pub(super) bodies: BTreeSet<usize>,
    /// The reports that tell of it.
    pub(super) reports: BTreeSet<usize>,
}

impl Group {
    fn add(&mut self, at: usize, told: &Told<'_>) {
        self.accounts.push(at);
        if !told.filled {
            told.who.iter().for_each(|&w| *self.who.entry(w).or_default() += 1);
        } else if self.who.is_empty() {
            told.who.iter().for_each(|&w| *self.who.entry(w).or_default() += 1);
        }
        told.place.iter().for_each(|&p| *self.places.entry(p).or_default() += 1);
        told.date().iter().for_each(|&d| *self.dates.entry(d).or_default() += 1);
        told.status().iter().for_each(|&s| *self.stages.entry(s).or_default() += 1);
        self.bodies.extend(told.of);
        self.reports.insert(told.report);
    }
}

/// Merges the accounts of all reports.
pub(crate) fn merge(story: &Story<'_>) -> Meetings {
    let told = accounts(story);
    let (mut order, pointing): (Vec<usize>, Vec<usize>) = (0..told.len()).partition(|&i| !told[i].points());
    // What tells most comes first; among equals the order of the record.
    let fullness = |t: &Told<'_>| {
        let slots = [t.place.is_some(), t.date().is_some(), t.status().is_some(), !t.filled];
        slots.into_iter().map(usize::from).sum::<usize>() + t.who.len().min(3)
    };
    order.sort_by_key(|&i| (std::cmp::Reverse(fullness(&told[i])), i));
    let mut groups: Vec<Group> = Vec::new();
    // Which groups a participant, or the country they act for, stands in: an account is compared with those only.
    let mut holding: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for i in order {
        let at = best(story, &told, i, &groups, &holding).unwrap_or_else(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[at].add(i, &told[i]);
        for key in keys(story, &told[i]) {
            holding.entry(key).or_default().insert(at);
        }
    }
    for i in pointing {
        let fits = alike::pointed(story, &told, i, &groups);
        let own = fits.is_none() && stands_alone(story, &told[i]);
        if let Some(at) = fits.or_else(|| {
            own.then(|| {
                groups.push(Group::default());
                groups.len() - 1
            })
        }) {
            groups[at].add(i, &told[i]);
        }
    }
    settle::settle(story, &told, groups)
}

/// Whether an account that names one side only is a gathering by itself: a body that meets on a day, a visit abroad.
fn stands_alone(story: &Story<'_>, told: &Told<'_>) -> bool {
    let visit = told.finding.kind == MeetingKind::Visit;
    let abroad = || {
        let place = told.place.and_then(|p| story.country(p));
        place.is_some() && told.who.iter().all(|&w| story.country(w).is_some_and(|c| Some(c) != place))
    };
    let day = told.date().is_some_and(|d| (d.last_day() - d.first_day()).get_days() <= 10);
    !told.who.is_empty()
        && day
        && (!visit || abroad())
        && (!told.finding.refers || visit || told.filled || told.who.len() < 2)
}

fn accounts<'f>(story: &Story<'f>) -> Vec<Told<'f>> {
    let mut all: Vec<Told<'f>> = Vec::new();
    for (report, found) in story.findings.iter().enumerate() {
        for (index, finding) in found.meetings.iter().enumerate() {
            let mut who: BTreeSet<usize> =
                finding.participants.iter().filter_map(|&a| story.index(report, a)).collect();
            // "North Korea's leader, Kim" may be read as two: a person and their own country are one side.
            let own = who.iter().copied().find(|&c| {
                let code = story.merged.entities[c].iso3166.as_deref();
                let person = |&w: &usize| w != c && code.is_some() && story.country(w) == code;
                who.len() == 2 && code.is_some() && who.iter().any(person)
            });
            own.iter().for_each(|c| {
                who.remove(c);
            });
            let of = finding.of.and_then(|a| story.index(report, a));
            let place = finding.place.and_then(|a| story.index(report, a));
            all.push(Told { report, index, finding, who, of, place, filled: false });
        }
    }
    if let Some(pair) = principals(story, &all) {
        // A report of another matter, read beside these, speaks of other sides.
        let named: Vec<bool> = (0..story.findings.len()).map(|r| pair.iter().any(|&w| names(story, r, w))).collect();
        for told in all.iter_mut().filter(|t| named[t.report]) {
            let one_more = told.finding.sides && told.who.len() < 2;
            // "The talks resumed on Monday": whose, a report that has named the parties does not say again.
            // With one other, they bargain before a mediator.
            let bargaining = told.date().is_some() && is_bargaining(told.finding.trigger.exact());
            let nobody = bargaining && told.who.iter().all(|w| !pair.contains(w)) && told.who.len() < 2;
            if one_more || nobody {
                told.who.extend(pair);
                told.filled = true;
            }
        }
    }
    all
}

/// Whether a report names this entity, or its country.
fn names(story: &Story<'_>, report: usize, entity: usize) -> bool {
    let country = story.country(entity);
    let is = |w: usize| w == entity || (country.is_some() && story.country(w) == country);
    let actors = story.findings[report].actors.len() as u32;
    (0..actors).any(|a| story.index(report, ActorIndex(a)).is_some_and(is))
}

/// Whether a noun means the bargaining that the story is about, whoever else may hold meetings in it.
fn is_bargaining(trigger: &str) -> bool {
    let lower = trigger.to_lowercase();
    ["talk", "table", "negotiat", "bargain", "session", "round", "parley", "discussion"]
        .iter()
        .any(|w| lower.starts_with(w))
}

/// What an account is looked up by: its participants and the countries they act for.
fn keys(story: &Story<'_>, told: &Told<'_>) -> BTreeSet<String> {
    let own = told.who.iter().map(|w| w.to_string());
    let countries = told.who.iter().filter_map(|&w| story.country(w).map(str::to_owned));
    own.chain(countries).collect()
}

/// The group that an account fits best.
fn best(
    story: &Story<'_>,
    told: &[Told<'_>],
    i: usize,
    groups: &[Group],
    holding: &BTreeMap<String, BTreeSet<usize>>,
) -> Option<usize> {
    let candidates: BTreeSet<usize> =
        keys(story, &told[i]).iter().filter_map(|k| holding.get(k)).flatten().copied().collect();
    let scored = candidates.into_iter().filter_map(|g| Some((alike::score(story, told, &told[i], &groups[g])?, g)));
    scored.max_by_key(|&(score, g)| (score, std::cmp::Reverse(g))).map(|(_, g)| g)
}
