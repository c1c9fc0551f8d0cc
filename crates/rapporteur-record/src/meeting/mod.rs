//! One entry for one gathering, however many reports tell of it and at whatever stage.
//!
//! Accounts are taken one after the other, those that tell most first, and each joins the gathering it is compatible
//! with: participants that contain each other or stand for each other, places that don't exclude each other, dates that
//! meet (`alike`). What only points back ("after their meeting") joins last, where one gathering fits (`pointing`).
//! `aggregate` then reads the slots of the whole off its accounts.
//!
//! Nobody takes part who is not named by the words of an account: what a report leaves open stays open, and an account
//! of "both sides" that its report does not resolve joins a gathering by its place, its day and what the report said
//! before, or none.

mod account;
mod aggregate;
mod alike;
mod group;
mod pointing;

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_schema::{Meeting, MeetingKind};

use self::account::{Account, accounts};
use self::group::Group;
use crate::context::MergeContext;

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

fn grouped(story: &MergeContext<'_>, all: &[Account<'_>]) -> Vec<Group> {
    let (mut order, pointing): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&i| !all[i].points());
    // What tells most comes first; among equals the order of the record.
    let fullness = |a: &Account<'_>| {
        let slots = [a.place.is_some(), a.date().is_some(), a.status().is_some()];
        slots.into_iter().map(usize::from).sum::<usize>() + a.who.len().min(3)
    };
    order.sort_by_key(|&i| (std::cmp::Reverse(fullness(&all[i])), i));
    let mut groups: Vec<Group> = Vec::new();
    // Which groups a participant, or the country they act for, stands in: an account is compared with those only.
    let mut holding: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for i in order {
        let at = best(story, all, i, &groups, &holding).unwrap_or_else(|| open(&mut groups));
        groups[at].add(i, &all[i]);
        for key in keys(story, &all[i]) {
            holding.entry(key).or_default().insert(at);
        }
    }
    for i in pointing {
        let fits = pointing::pointed(story, all, i, &groups);
        let own = fits.is_none() && stands_alone(story, &all[i]);
        if let Some(at) = fits.or_else(|| own.then(|| open(&mut groups))) {
            groups[at].add(i, &all[i]);
        }
    }
    groups
}

/// Opens a group and says where it is.
fn open(groups: &mut Vec<Group>) -> usize {
    groups.push(Group::default());
    groups.len() - 1
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

/// The group that an account fits best.
fn best(
    story: &MergeContext<'_>,
    all: &[Account<'_>],
    i: usize,
    groups: &[Group],
    holding: &BTreeMap<String, BTreeSet<usize>>,
) -> Option<usize> {
    let candidates: BTreeSet<usize> =
        keys(story, &all[i]).iter().filter_map(|k| holding.get(k)).flatten().copied().collect();
    let scored = candidates.into_iter().filter_map(|g| Some((alike::score(story, all, &all[i], &groups[g])?, g)));
    scored.max_by_key(|&(score, g)| (score, std::cmp::Reverse(g))).map(|(_, g)| g)
}
