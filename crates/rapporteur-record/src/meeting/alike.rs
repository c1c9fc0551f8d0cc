//! Whether an account tells of a gathering that is already there: its sides, place, date and stage must allow it, and
//! something must speak for it.

use rapporteur_schema::{Edtf, EntityKind, MeetingKind, MeetingStatus};

use super::account::Account;
use super::group::Group;
use crate::context::MergeContext;

/// How well an account fits a group; `None` if it is another gathering.
pub(super) fn score(
    story: &MergeContext<'_>,
    accounts: &[Account<'_>],
    one: &Account<'_>,
    group: &Group,
) -> Option<i32> {
    let who = agreement(story, accounts, one, group)?;
    let place = place(story, one, group)?;
    let date = date(one, group, place > 0 && who >= 4, who >= 5)?;
    same_medium(accounts, one, group)?;
    let evidence = place + date;
    let rounds = |o: u32| group.accounts.iter().any(|&a| accounts[a].finding.ordinal.is_some_and(|x| x != o));
    if one.finding.ordinal.is_some_and(rounds) && date <= 0 {
        return None;
    }
    let stage = stage(one, group);
    // What was and what is to be are one only if day or place say so, and not in one report, which would have said so.
    if stage < 0 && (evidence <= 0 || date <= 0 && group.reports.contains(&one.report)) {
        return None;
    }
    // Countries meet in many rooms: sides named in general join what is named in particular by day or place only.
    // A summit of two countries is that of their leaders.
    let summit = |t: &Account<'_>| t.finding.kind == MeetingKind::Summit;
    let leaders = summit(one) && group.accounts.iter().any(|&a| summit(&accounts[a]));
    let particular = one.place.is_some() || !group.places.is_empty() || one.date().is_some() || !group.dates.is_empty();
    // Officials who prepare the leaders' summit in the same city are another meeting, unless the day is the same.
    let theirs = group.accounts.iter().any(|&a| summit(&accounts[a]));
    if who <= 2 && theirs && !summit(one) && date <= 0 && one.date().is_some() {
        return None;
    }
    // One side the same and a minister for their country, at the same stage: as good as the same.
    let near = leaders || who == 3;
    if evidence <= 0 && !(near && stage > 0 || leaders && stage == 0) && (who < 4 || who == 4 && particular) {
        return None;
    }
    Some(who + evidence + stage)
}

/// 1 if an account and a group speak of the same stage, 0 if one does not tell or is a denial, which may be of either;
/// -1 if one speaks of what was and the other of what is to be.
pub(super) fn stage(one: &Account<'_>, group: &Group) -> i32 {
    let Some(ours) = one.status() else { return 0 };
    let theirs = || group.stages.keys().copied();
    let off = MeetingStatus::is_off;
    if theirs().any(|s| s == ours || is_ahead(s) == is_ahead(ours) && !off(s) && !off(ours)) {
        1
    } else if theirs().next().is_none() || off(ours) || theirs().any(off) {
        0
    } else {
        -1
    }
}

fn is_ahead(status: MeetingStatus) -> bool {
    matches!(status, MeetingStatus::Planned | MeetingStatus::Ordered | MeetingStatus::Conditional)
}

/// How well the sides agree: 2 a side that is the same, 1 one that stands for the other; every side of the account that
/// names fewer must be found in the other, and two at least unless fewer are named.
fn agreement(story: &MergeContext<'_>, accounts: &[Account<'_>], one: &Account<'_>, group: &Group) -> Option<i32> {
    let theirs: Vec<usize> = group.who.keys().copied().collect();
    let ours: Vec<usize> = one.who.iter().copied().collect();
    let (few, many) = if ours.len() <= theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
    let mut taken = vec![false; many.len()];
    let (mut total, mut found, mut exact, mut known) = (0, 0, 0, 0);
    // The same first, so that a country does not take the place of its own minister.
    for pass in 0..2 {
        for &a in few.iter() {
            let done = many.iter().zip(&taken).any(|(&b, &t)| t && b == a);
            if done {
                continue;
            }
            let hit = many
                .iter()
                .enumerate()
                .position(|(n, &b)| !taken[n] && (pass == 0 && a == b || pass == 1 && stands_for(story, a, b)));
            if let Some(n) = hit {
                taken[n] = true;
                found += 1;
                exact += usize::from(pass == 0);
                known += usize::from(pass == 0 && story.merged.entities[a].kind == EntityKind::Person);
                total += if pass == 0 { 2 } else { 1 };
            }
        }
    }
    let people = few.iter().filter(|&&a| story.merged.entities[a].kind == EntityKind::Person).count();
    // A list of many may name one whom the other leaves out, but two people and no third make a pair of their own.
    let enough = match few.len() {
        0 => false,
        1 => found == 1,
        2 => found == 2,
        n => found + 1 >= n && found >= 2,
    };
    // "a call of the council", led by one in one report and joined by others in another: the body is the same.
    if !enough {
        let same = one.of.is_some_and(|b| group.bodies.contains(&b));
        let shared = one.of.iter().chain(&group.bodies).any(|b| one.who.contains(b) && group.who.contains_key(b));
        let wire = |k: MeetingKind| matches!(k, MeetingKind::Call | MeetingKind::VideoCall);
        let wired = wire(one.finding.kind) && group.accounts.iter().any(|&a| wire(accounts[a].finding.kind));
        return (same || shared && wired).then_some(5);
    }
    let others = many.iter().filter(|&&b| story.merged.entities[b].kind == EntityKind::Person).count();
    // Two of three people is another room unless the place or the day says otherwise.
    if few.len() == 2 && people == 2 && others > 2 {
        return Some(2);
    }
    // "officials of the three countries" are not their leaders.
    if few.len() > 2 && exact < few.len().min(2) {
        return Some(2);
    }
    // Two people named on both sides are the same gathering more surely than two countries.
    Some(if exact >= 2 && people >= 1 {
        total + 1
    } else if exact >= 2 {
        total.min(4)
    } else if known == 0 {
        // A country the same and another's minister: many rooms.
        total.min(2)
    } else {
        total
    })
}

/// Whether one entity acts for the other: a person or body for a country, a person for the body whose office they hold.
pub(super) fn stands_for(story: &MergeContext<'_>, a: usize, b: usize) -> bool {
    let kind = |e: usize| story.merged.entities[e].kind;
    let code = |e: usize| story.merged.entities[e].iso3166.as_deref();
    let office = |x: usize, y: usize| {
        let held = story.merged.entities[x].offices.iter().filter_map(|o| o.of.as_ref());
        kind(x) == EntityKind::Person
            && kind(y) == EntityKind::Organization
            && held.into_iter().any(|of| *of == story.merged.entities[y].id)
    };
    let acts = |x: usize, y: usize| {
        let country = kind(y) == EntityKind::Country && kind(x) != EntityKind::Country;
        country && code(y).is_some() && story.country(x) == code(y) || office(x, y)
    };
    acts(a, b) || acts(b, a)
}

/// 2 for the same place, 1 for a place and its country, 0 if one does not tell; `None` if they exclude each other.
pub(super) fn place(story: &MergeContext<'_>, one: &Account<'_>, group: &Group) -> Option<i32> {
    let Some(ours) = one.place else { return Some(0) };
    if group.places.is_empty() {
        return Some(0);
    }
    if group.places.contains_key(&ours) {
        return Some(2);
    }
    let within = |a: usize, b: usize| {
        let code = story.merged.entities[b].iso3166.as_deref();
        code.is_some() && story.country(a) == code
    };
    group.places.keys().any(|&p| within(ours, p) || within(p, ours)).then_some(1)
}

/// 2 for days that meet, 0 if one does not tell; `None` if they are apart. A day apart is a difference between accounts
/// rather than two gatherings where sides and place are the same (`sure`).
pub(super) fn date(one: &Account<'_>, group: &Group, sure: bool, surest: bool) -> Option<i32> {
    let Some(ours) = one.date() else { return Some(0) };
    if group.dates.is_empty() {
        return Some(0);
    }
    let length = |d: Edtf| (d.last_day() - d.first_day()).get_days();
    let long = |d: Edtf| length(d) > 10;
    // "this week" meets every day of it: where a day is given, days are compared with days.
    let exact: Vec<Edtf> = group.dates.keys().copied().filter(|&d| length(d) <= 2).collect();
    let all = group.dates.keys().copied().collect();
    let compared: Vec<Edtf> = if length(ours) <= 2 && !exact.is_empty() { exact } else { all };
    if let Some(&theirs) = compared.iter().find(|d| d.meets(ours)) {
        return Some(if long(theirs) || long(ours) { 1 } else { 2 });
    }
    // "last week" and "over the holiday": of two people who met, and no two meetings in one report.
    let near = |d: &Edtf| {
        let vague = surest && (length(ours) > 0 || length(*d) > 0);
        let gap =
            (ours.first_day() - d.last_day()).get_days().abs().min((d.first_day() - ours.last_day()).get_days().abs());
        gap <= if vague { 14 } else { 1 }
    };
    let other_report = !group.reports.contains(&one.report);
    ((sure || surest) && other_report && compared.iter().any(near)).then_some(0)
}

/// A telephone call is not a meeting in a room.
pub(super) fn same_medium(accounts: &[Account<'_>], one: &Account<'_>, group: &Group) -> Option<()> {
    let wire = |k: MeetingKind| matches!(k, MeetingKind::Call | MeetingKind::VideoCall);
    let room =
        |t: &Account<'_>| t.place.is_some() || matches!(t.finding.kind, MeetingKind::Visit | MeetingKind::Summit);
    let ours = one.finding.kind;
    let clash = group
        .accounts
        .iter()
        .map(|&a| &accounts[a])
        .any(|t| wire(ours) && room(t) || wire(t.finding.kind) && room(one));
    (!clash).then_some(())
}
