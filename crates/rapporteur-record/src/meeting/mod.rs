//! One entry for one gathering, however many reports tell of it and at whatever stage.
//!
//! Accounts are taken one after the other, those that tell most first, what only points back ("after their meeting") last; each
//! joins the gathering whose accounts it is most likely one with, on the mean of a scorer over features with names (`pair`,
//! weights/gathering.json), or opens one. `aggregate` then reads the slots of the whole off its accounts.
//!
//! Nobody takes part who is not named by the words of an account: what a report leaves open stays open, and an account
//! of "both sides" that its report does not resolve joins a gathering by its place, its day and what the report said
//! before, or none.

mod account;
mod aggregate;
mod group;
mod pair;
#[cfg(feature = "train")]
pub(crate) mod train;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Meeting, MeetingKind};

use self::account::{Account, accounts};
use self::group::Group;
use crate::context::MergeContext;

/// Accounts of a gathering that another is compared with at most: those that tell most.
const MOST_COMPARED: usize = 12;

/// Log-odds of one pair at most, either way: one feature may not outvote all other accounts.
const BOUND: f32 = 5.0;

/// The gatherings of a story.
pub(crate) struct Meetings {
    /// Each once.
    pub(crate) all: Vec<Meeting>,
    /// `of[r][m]`: the gathering, as an index into `all`, that the account `m` of the findings at `r` tells of.
    pub(crate) of: Vec<Vec<Option<usize>>>,
}

/// Merges the accounts of all reports.
pub(crate) fn merge(story: &MergeContext<'_>) -> Meetings {
    let all = accounts(story);
    let groups = grouped(story, &all);
    let merged = aggregate::aggregate(story, &all, groups);
    let mut of: Vec<Vec<Option<usize>>> = story.findings.iter().map(|f| vec![None; f.meetings.len()]).collect();
    for (n, (_, accounts)) in merged.iter().enumerate() {
        for &a in accounts {
            of[all[a].report][all[a].index] = Some(n);
        }
    }
    Meetings { all: merged.into_iter().map(|(m, _)| m).collect(), of }
}

/// Groups of accounts, each a gathering or left out.
fn grouped(story: &MergeContext<'_>, all: &[Account<'_>]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    // What tells most comes first; among equals the order of the record.
    let fullness = |a: &Account<'_>| {
        let slots = [a.place.is_some(), a.date().is_some(), a.status().is_some()];
        slots.into_iter().map(usize::from).sum::<usize>() + a.who.len().min(3)
    };
    order.sort_by_key(|&i| (all[i].points(), std::cmp::Reverse(fullness(&all[i])), i));
    let mut groups: Vec<Group> = Vec::new();
    let mut candidates = Candidates::default();
    for i in order {
        let near = candidates.of(story, &all[i]);
        let fit = |g: usize| -> f32 {
            let members = &groups[g].accounts;
            let compared = members.iter().take(MOST_COMPARED);
            let sum: f32 = compared.map(|&a| pair::score(story, &all[a], &all[i]).clamp(-BOUND, BOUND)).sum();
            sum / members.len().min(MOST_COMPARED) as f32
        };
        let scored = near.into_iter().map(|g| (fit(g), g)).filter(|(score, _)| *score > 0.0);
        let best = scored.max_by(|(x, g), (y, h)| x.total_cmp(y).then(h.cmp(g)));
        let at = best.map_or_else(|| open(&mut groups), |(_, g)| g);
        groups[at].add(i, &all[i]);
        candidates.add(story, &all[i], at);
    }
    // What only points to a gathering that nobody tells of stands back.
    groups.retain(|g| g.accounts.iter().any(|&a| !all[a].points() || stands_alone(story, &all[a])));
    groups
}

/// Opens a group and says where it is.
fn open(groups: &mut Vec<Group>) -> usize {
    groups.push(Group::default());
    groups.len() - 1
}

/// Which of what was seen before an account is compared with: what shares a participant or the country they act for, and,
/// where it names too few to be found so, what its own report tells.
#[derive(Default)]
struct Candidates {
    holding: BTreeMap<String, BTreeSet<usize>>,
    of_report: BTreeMap<usize, BTreeSet<usize>>,
}

impl Candidates {
    /// The numbers that an account is compared with, in order.
    fn of(&self, story: &MergeContext<'_>, account: &Account<'_>) -> BTreeSet<usize> {
        let mut out: BTreeSet<usize> =
            keys(story, account).iter().filter_map(|k| self.holding.get(k)).flatten().copied().collect();
        if account.points() {
            out.extend(self.of_report.get(&account.report).into_iter().flatten());
        }
        out
    }

    /// Takes an account in under a number.
    fn add(&mut self, story: &MergeContext<'_>, account: &Account<'_>, number: usize) {
        for key in keys(story, account) {
            self.holding.entry(key).or_default().insert(number);
        }
        self.of_report.entry(account.report).or_default().insert(number);
    }
}

/// Whether an account that names one participant only is a gathering by itself: a body that meets on a day, a visit
/// abroad.
fn stands_alone(story: &MergeContext<'_>, account: &Account<'_>) -> bool {
    let visit = account.finding.kind == MeetingKind::Visit;
    let abroad = || {
        let place = account.place.and_then(|p| story.country(p));
        place.is_some() && account.who.iter().all(|&w| story.country(w).is_some_and(|c| Some(c) != place))
    };
    let day = account.date().is_some_and(|d| (d.last_day() - d.first_day()).get_days() <= 10);
    !account.who.is_empty()
        && !account.finding.by.is_marked()
        && day
        && (!visit || abroad())
        && (!account.finding.refers || visit || account.who.len() < 2)
}

/// What an account is looked up by: its participants and the countries they act for.
fn keys(story: &MergeContext<'_>, account: &Account<'_>) -> BTreeSet<String> {
    let own = account.who.iter().map(|w| w.to_string());
    let countries = account.who.iter().filter_map(|&w| story.country(w).map(str::to_owned));
    own.chain(countries).collect()
}
