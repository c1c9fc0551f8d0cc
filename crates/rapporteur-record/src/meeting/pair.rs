//! What is known of two accounts as accounts of one gathering. The names of the features are what a person reads in the weights.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rapporteur_schema::{Edtf, EntityKind, MeetingKind, MeetingStatus};
use rapporteur_scorer::{Features, Model};

use super::account::Account;
use crate::context::MergeContext;

/// The weights, fitted by `cargo xtask train gatherings` (weights/ORIGIN.md).
static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_str!("../../weights/gathering.json")).ok());

/// How likely two accounts tell of one gathering, in log-odds above what the weights ask for; far below 0 without weights.
///
/// Places and days are exact, and so is what they settle: two cities are two gatherings (or a difference, which the comparator of places
/// finds), told days that lie apart are two gatherings (in one report also days that follow each other), and two who meet on one day meet once, unless
/// one account is of a call and the other of a room.
pub(super) fn score(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>) -> f32 {
    let Some(model) = MODEL.as_ref() else { return f32::MIN };
    let known = features(story, a, b);
    let asked = model.threshold.clamp(0.001, 0.999);
    let score = model.score(&known) - (asked / (1.0 - asked)).ln();
    let so = |name: &str| known.get(name) > 0.0;
    let apart = so("days near each other") || so("days far apart");
    let next = a.report == b.report && so("days next to each other");
    // One report would have said that what it announces is what it tells of.
    let other = a.report == b.report && so("what was and what is to be");
    if so("other places") || other || strangers(story, a, b) || exact(a) && exact(b) && (apart || next) {
        f32::MIN
    } else if so("one day") && so("all of one in the other") && !so("a call and a room") {
        score.max(SETTLED)
    } else {
        score
    }
}

/// Whether each account names two or more, and nobody of one is or stands for one of the other: on one day in one city two pairs can meet.
fn strangers(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>) -> bool {
    let knows = |x: &usize| b.who.iter().any(|y| x == y || stands_for(story, *x, *y));
    a.who.len() > 1 && b.who.len() > 1 && !a.who.iter().any(knows)
}

/// What is settled by sides and day, in log-odds.
const SETTLED: f32 = 1.0;

/// Whether an account tells its day, or two.
fn exact(account: &Account<'_>) -> bool {
    account.date().is_some_and(|d| (d.last_day() - d.first_day()).get_days() <= 2)
}

/// What is known of two accounts; the same whichever comes first.
pub(super) fn features(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>) -> Features {
    let mut f = Features::default();
    sides(story, a, b, &mut f);
    place(story, a, b, &mut f);
    date(a.date(), b.date(), &mut f);
    stage(a.status(), b.status(), &mut f);
    kind(story, a, b, &mut f);
    // What speaks for it together: a summit's own sides, at its place or on its day.
    if f.get("all of one in the other") > 0.0 {
        for told in ["one place", "one day", "a day and its week", "one stage"] {
            let both = f.get(told) > 0.0;
            f.flag(format!("all of one in the other, {told}"), both);
        }
    }
    f.flag("the same body's", a.of.is_some() && a.of == b.of);
    if let (Some(x), Some(y)) = (a.finding.ordinal, b.finding.ordinal) {
        f.flag(if x == y { "the same round" } else { "other rounds" }, true);
    }
    let marked = [a, b].iter().filter(|t| t.finding.by.is_marked()).count();
    f.flag("one by the tagger alone", marked == 1);
    f.flag("both by the tagger alone", marked == 2);
    let refers = [a, b].iter().filter(|t| t.finding.refers).count();
    f.flag("one points back", refers == 1);
    f.flag("both point back", refers == 2);
    f.add("words in common", words(story, a, b));
    if a.report == b.report {
        let apart = a.finding.at.span().start().abs_diff(b.finding.at.span().start());
        f.flag("in one report", true);
        f.add("apart in one report", (1.0 + apart as f32 / 100.0).ln() / 4.0);
        f.flag("near in one report", apart < 400);
        f.flag("near in one report, one points back", apart < 400 && refers > 0);
    } else {
        let day = |t: &Account<'_>| story.findings[t.report].published.map(|d| d.first_day());
        if let (Some(x), Some(y)) = (day(a), day(b)) {
            f.add("reports days apart", ((x - y).get_days().abs().min(14) as f32) / 14.0);
        }
    }
    f
}

/// Who takes part: the same, who stands for whom, who is in one and not in the other.
fn sides(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>, f: &mut Features) {
    let (few, many) = if a.who.len() <= b.who.len() { (a, b) } else { (b, a) };
    let kind = |&e: &usize| story.merged.entities[e].kind;
    let person = |e: &&usize| kind(e) == EntityKind::Person;
    let shared: Vec<usize> = few.who.intersection(&many.who).copied().collect();
    let persons = shared.iter().filter(person).count();
    f.flag("one person the same", persons == 1);
    f.flag("two persons the same", persons >= 2);
    let others = shared.len() - persons;
    f.flag("one country or body the same", others == 1);
    f.flag("two countries or bodies the same", others >= 2);
    f.flag("all the same", shared.len() == many.who.len() && !shared.is_empty());
    f.flag("all the same, two at least", shared.len() == many.who.len() && shared.len() > 1);
    let rest =
        |own: &Account<'_>, other: &Account<'_>| -> Vec<usize> { own.who.difference(&other.who).copied().collect() };
    let (left, right) = (rest(few, many), rest(many, few));
    let stands = |e: &usize, among: &BTreeSet<usize>| among.iter().any(|&x| stands_for(story, *e, x));
    let stood = left.iter().filter(|e| stands(e, &many.who)).count();
    f.flag("one stands for another", stood == 1);
    f.flag("two stand for others", stood >= 2);
    let lost = left.len() - stood;
    f.flag("who is in neither list of the other", lost > 0 && right.iter().any(|e| !stands(e, &few.who)));
    f.flag("one of few not in the other", lost == 1);
    f.flag("two of few not in the other", lost >= 2);
    f.flag("each has a person of its own", left.iter().any(|e| person(&e)) && right.iter().any(|e| person(&e)));
    f.flag("one names nobody", few.who.is_empty());
    f.flag("one names one side", few.who.len() == 1);
    f.flag("both name one side", few.who.len() == 1 && many.who.len() == 1);
    f.flag("all of one in the other", lost == 0 && few.who.len() > 1);
    f.flag("one of two or more, and nothing else", few.who.len() == 1 && shared.len() == 1 && many.who.len() > 1);
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

fn place(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>, f: &mut Features) {
    let within = |x: usize, y: usize| {
        let code = story.merged.entities[y].iso3166.as_deref();
        code.is_some() && story.country(x) == code
    };
    match (a.place, b.place) {
        (Some(x), Some(y)) if x == y => f.flag("one place", true),
        (Some(x), Some(y)) if within(x, y) || within(y, x) => f.flag("a place and its country", true),
        (Some(_), Some(_)) => f.flag("other places", true),
        (None, None) => f.flag("no place told", true),
        _ => {}
    }
}

/// Days: "this week" holds its days, and what is longer than a year says nothing.
fn date(a: Option<Edtf>, b: Option<Edtf>, f: &mut Features) {
    let length = |d: Edtf| (d.last_day() - d.first_day()).get_days();
    let told = |d: Option<Edtf>| d.filter(|&d| length(d) <= 366);
    match (told(a), told(b)) {
        (Some(x), Some(y)) => {
            let longest = length(x).max(length(y));
            let apart = ((x.first_day() - y.last_day()).get_days()).max((y.first_day() - x.last_day()).get_days());
            let name = match (x.meets(y), longest, apart) {
                (true, 0..=2, _) => "one day",
                (true, 3..=10, _) => "a day and its week",
                (true, ..) => "a day and its month or year",
                (false, _, ..=1) => "days next to each other",
                (false, _, ..=10) => "days near each other",
                (false, ..) => "days far apart",
            };
            f.flag(name, true);
        }
        (None, None) => f.flag("no day told", true),
        _ => f.flag("one day told", true),
    }
}

/// Whether they speak of the same stage.
fn stage(a: Option<MeetingStatus>, b: Option<MeetingStatus>, f: &mut Features) {
    let (Some(a), Some(b)) = (a, b) else { return };
    let ahead = |s| matches!(s, MeetingStatus::Planned | MeetingStatus::Ordered | MeetingStatus::Conditional);
    let open = |s: MeetingStatus| s.is_off() || s == MeetingStatus::Unconfirmed;
    let name = match (a == b, open(a) || open(b), ahead(a) == ahead(b)) {
        (true, ..) => "one stage",
        (_, true, _) => "denied, off or not confirmed in one",
        (_, _, true) => "stages next to each other",
        _ => "what was and what is to be",
    };
    f.flag(name, true);
}

/// Of what kind, and by which word.
fn kind(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>, f: &mut Features) {
    // A call with pictures is a call.
    let plain = |k: MeetingKind| if k == MeetingKind::VideoCall { MeetingKind::Call } else { k };
    let (x, y) = (plain(a.finding.kind), plain(b.finding.kind));
    let kinds = [x.min(y), x.max(y)];
    f.value("kinds", &format!("{} and {}", kinds[0].as_str(), kinds[1].as_str()));
    let wire = |k: MeetingKind| matches!(k, MeetingKind::Call | MeetingKind::VideoCall);
    let room =
        |t: &Account<'_>| t.place.is_some() || matches!(t.finding.kind, MeetingKind::Visit | MeetingKind::Summit);
    let clash = |x: &Account<'_>, y: &Account<'_>| wire(x.finding.kind) && room(y);
    f.flag("a call and a room", clash(a, b) || clash(b, a));
    // A visit to a country is one to who acts for it.
    let hosted = |x: &Account<'_>, y: &Account<'_>| {
        let at = x.place.filter(|_| x.finding.kind == MeetingKind::Visit).and_then(|p| story.country(p));
        let guests = !x.who.is_empty() && x.who.iter().all(|w| y.who.contains(w));
        guests && at.is_some() && y.who.iter().any(|&w| !x.who.contains(&w) && story.country(w) == at)
    };
    f.flag("a visit to the other's host", hosted(a, b) || hosted(b, a));
    f.flag("one kind", kinds[0] == kinds[1]);
}

/// The share of the telling words of the shorter account that are in the other.
fn words(story: &MergeContext<'_>, a: &Account<'_>, b: &Account<'_>) -> f32 {
    let stems = |t: &Account<'_>| -> BTreeSet<u32> {
        let tokens = story.tokens_at(t.report, &t.finding.at).iter().filter(|w| w.word.is_content());
        tokens.map(|w| story.forms.of(w.word).stem).collect()
    };
    let (x, y) = (stems(a), stems(b));
    x.intersection(&y).count() as f32 / x.len().min(y.len()).max(1) as f32
}
