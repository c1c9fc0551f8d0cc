//! Which gathering words point back to that name too few to be one by themselves ("after their meeting", "the talks").

use rapporteur_schema::{EntityKind, MeetingKind};

use super::account::Account;
use super::alike::{date, place, same_medium, stage, stands_for};
use super::group::Group;
use crate::context::MergeContext;

/// The group that words point back to: everybody and every place they name must be in it. Of several that fit the one
/// that the same report tells of, and of those the one before it.
pub(super) fn pointed(story: &MergeContext<'_>, accounts: &[Account<'_>], i: usize, groups: &[Group]) -> Option<usize> {
    let one = &accounts[i];
    let visit = one.finding.kind == MeetingKind::Visit;
    let fits = |g: &Group| {
        let who = one.who.iter().all(|&w| g.who.keys().any(|&x| x == w || stands_for(story, w, x)));
        let place = place(story, one, g)
            .filter(|&s| s > 0 || one.place.is_none() || g.places.is_empty() && !one.who.is_empty());
        // A visit to a country is one to who stands for it.
        let host = visit
            && g.who.len() <= 2
            && g.who.keys().all(|&w| story.merged.entities[w].kind == EntityKind::Person)
            && one.who.iter().all(|&w| g.who.keys().any(|&x| x == w || stands_for(story, w, x)))
            && one.place.is_some_and(|at| {
                let own = story.country(at);
                g.who.keys().any(|&w| !one.who.contains(&w) && own.is_some() && story.country(w) == own)
            });
        let place = if host { place.map(|s| s + 1) } else { place };
        let day = date(one, g, false, false).filter(|&s| s > 0 || one.date().is_none() || g.dates.is_empty());
        // What could stand by itself needs more than a name in common.
        if one.date().is_some() && place.unwrap_or(0) + day.unwrap_or(0) <= 0 {
            return None;
        }
        // A journey stands for a meeting to which it leads.
        let stage = stage(one, g);
        let stages = stage >= 0 || !visit && (one.place.is_some() || one.date().is_some());
        (who && stages && same_medium(accounts, one, g).is_some()).then_some(())?;
        Some(2 * place? + day?)
    };
    let before = |g: &Group| {
        let start = one.finding.at.span().start();
        g.accounts
            .iter()
            .filter(|&&a| accounts[a].report == one.report && accounts[a].finding.at.span().start() <= start)
            .map(|&a| accounts[a].finding.at.span().start())
            .max()
    };
    let scored = groups.iter().enumerate().filter_map(|(n, g)| {
        let s = fits(g)?;
        let own = g.reports.contains(&one.report);
        // Without a place or a party, only what the same report named before can be meant.
        let named = one.place.is_some() || !one.who.is_empty();
        (s > 0 && named || before(g).is_some()).then_some(((s, own, before(g)), n))
    });
    scored.max_by_key(|&(key, n)| (key, std::cmp::Reverse(n))).map(|(_, n)| n)
}
