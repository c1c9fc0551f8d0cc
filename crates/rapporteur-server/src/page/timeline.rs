//! What happened when: dated sentences as the reports write them, day by day, each on the lane of its kind or of the party that it
//! names first.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use rapporteur::brief::view::{Happening, MeetingLine, Saying, without_dateline};
use rapporteur::brief::words;
use rapporteur::{Citation, DateMention, Edtf, Entity, FactKind, StatementId};

use super::said::Choice;
use super::shell::Shell;
use crate::app::App;
use crate::ask::Query;
use crate::cache::Snapshot;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{self, Chip, Cites, Meeting, Presenter};

/// Sentences shown at most: those that most reports tell.
const LINES: usize = 80;
/// Meetings listed at most: those that most reports tell of.
pub(crate) const MEETINGS: usize = 25;
/// Days before and after the reports that still belong on it.
const AROUND: i32 = 400;
/// Days that a date may stand for, to have a place among days.
const MOST_DAYS: i32 = 10;
/// Letters of a sentence that are shown.
const LETTERS: usize = 320;
/// Words from which a citation is read as a sentence.
const LEAST_WORDS: usize = 5;
/// Parties that have a lane of their own.
const PARTIES: usize = 3;
/// Letters from which the beginning of a word is enough to name a party: "Karethi".
const TELLING: usize = 5;
/// Sentences of a lane on a day that are in sight; the others are folded away.
const SHOWN: usize = 5;

/// A sentence with its day.
struct Told {
    at: Edtf,
    lane: usize,
    /// Who says it, how far a gathering has come, that it is of a plan.
    tag: String,
    /// What the tag means.
    means: &'static str,
    text: String,
    first: Option<Chip>,
    also: Cites,
    /// The places that it rests on: by report, start, end.
    places: Vec<(usize, u32, u32)>,
    differs: Vec<&'static str>,
    doubtful: bool,
    reports: usize,
}

/// A day with what is told of it, lane by lane; lanes without anything are left out.
struct Day {
    name: String,
    lanes: Vec<(usize, Vec<Told>)>,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline<'p> {
    shell: &'p Shell,
    at: &'p Snapshot,
    orders: [Choice; 2],
    lanes: Vec<String>,
    days: Vec<Day>,
    left_out: usize,
    meetings: Vec<Meeting>,
}

/// The days, and all gatherings.
pub(crate) fn timeline(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let show = Presenter::new(&snapshot);
    let shell = Shell::of(app, &snapshot, "timeline", "Timeline");
    let by_party = query.sort.as_deref() == Some("party");
    let mut all = told(&show);
    let left_out = keep_most_told(&mut all);
    let lanes = if by_party { party_lanes(&show, &mut all) } else { kind_lanes(&mut all) };
    let order = |name: &str, sort: Option<&str>, here| Choice {
        name: name.into(),
        href: snapshot.view_at("timeline", &[("sort", sort.map(str::to_owned))]),
        count: 0,
        here,
    };
    let page = Timeline {
        shell: &shell,
        orders: [order("by kind", None, !by_party), order("by party", Some("party"), by_party)],
        days: days(all, snapshot.days),
        lanes,
        left_out,
        meetings: snapshot.view.meetings.iter().filter(|m| m.rank < MEETINGS).map(|m| show.meeting(m)).collect(),
        at: &snapshot,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

const HAPPENED: usize = 0;
const MET: usize = 1;
const SAID: usize = 2;

/// Everything that is told with a day, in the order of days: gatherings, versions of plans and words first, then what several reports
/// tell and what the lead has, unless it is told by one of those.
fn told(show: &Presenter<'_>) -> Vec<Told> {
    let snapshot = show.snapshot;
    let (view, record) = (&snapshot.view, &snapshot.record);
    let near = |at: Edtf| {
        let (first, last) = (at.first_day(), at.last_day());
        (last - first).get_days() <= MOST_DAYS
            && snapshot.days.is_none_or(|(a, b)| (a - first).get_days() <= AROUND && (last - b).get_days() <= AROUND)
    };
    let mut all: Vec<Told> = view.timeline.iter().filter(|h| near(h.at)).filter_map(|h| happening(show, h)).collect();
    let meets = |a: &Told, places: &[(usize, u32, u32)]| {
        a.places.iter().any(|(r, s, e)| places.iter().any(|(q, t, f)| r == q && s < f && t < e))
    };
    let mut add = |spans: &[Citation], at: Edtf| {
        let places: Vec<(usize, u32, u32)> = spans.iter().filter_map(|c| place(show, c)).collect();
        let Some(first) = spans.first().filter(|_| near(at)) else { return };
        let days = |a: &Told| a.at.meets(at);
        if all.iter().any(|a| days(a) && meets(a, &places)) {
            return;
        }
        let text = words::clip(without_dateline(&words::clean(first.exact())), LETTERS);
        all.push(sentence(show, at, HAPPENED, text, places));
    };
    for l in &record.lead {
        let claim = l.claim.as_ref().and_then(|id| record.claims.iter().find(|c| c.id == *id));
        let others = claim.into_iter().flat_map(|c| &c.spans).filter(|c| c.report() != l.span.report());
        let spans: Vec<Citation> = std::iter::once(&l.span).chain(others).cloned().collect();
        if let Some(at) = l.date {
            add(&spans, at);
        }
    }
    let dates = Dates::new(&record.dates);
    for claim in record.claims.iter().filter(|c| c.spans.len() > 1) {
        // The sentence that names the day is the one to show.
        if let Some((place, at)) = claim.spans.iter().enumerate().find_map(|(n, c)| Some((n, dates.named_in(c)?))) {
            let mut spans = claim.spans.clone();
            spans[..=place].rotate_right(1);
            add(&spans, at);
        }
    }
    let fresh: Vec<Told> =
        said(show).into_iter().filter(|t| near(t.at) && !all.iter().any(|a| meets(a, &t.places))).collect();
    all.extend(fresh);
    let disputed = |t: &mut Told| t.differs = disputed(show, t);
    all.iter_mut().filter(|t| t.lane != MET).for_each(disputed);
    all.sort_by_key(|t| (t.at.first_day(), t.at.last_day(), t.lane));
    all
}

/// What one report says that somebody known said on a day that its words name; what several reports carry is among what happened.
fn said(show: &Presenter<'_>) -> Vec<Told> {
    let mut all = Vec::new();
    for speaker in show.snapshot.view.sayings.speakers.iter().filter(|s| !s.doubtful) {
        for saying in speaker.sayings.iter().filter(|s| s.reports.len() < 2 && is_sentence(&s.text)) {
            let of = saying.statements.iter().filter_map(|id| show.index.statement(&StatementId::new(id.as_str())));
            let Some((statement, at)) = of.filter_map(|s| Some((s, s.date?))).next() else { continue };
            let places = place(show, &statement.content).into_iter().collect();
            let told = sentence(show, at, SAID, quoted(saying), places);
            all.push(Told { tag: words::clip(&speaker.name, 40), means: "Who said it.", ..told });
        }
    }
    all
}

fn quoted(saying: &Saying) -> String {
    let text = words::clip(&saying.text, LETTERS);
    if saying.quoted { format!("“{text}”") } else { text }
}

/// On what accounts differ in the words that are shown.
fn disputed(show: &Presenter<'_>, t: &Told) -> Vec<&'static str> {
    let Some((report, start, end)) = t.places.first() else { return Vec::new() };
    let inside = |c: &Citation| place(show, c).is_some_and(|(r, s, e)| r == *report && *start <= s && e <= *end);
    let rests = |d: &&rapporteur::Discrepancy| d.accounts.iter().any(|a| a.evidence.iter().any(inside));
    let mut kinds: Vec<&str> =
        show.snapshot.record.discrepancies.iter().filter(rests).map(|d| d.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// A sentence on a lane.
fn sentence(show: &Presenter<'_>, at: Edtf, lane: usize, text: String, places: Vec<(usize, u32, u32)>) -> Told {
    let mut of: crate::link::Places = BTreeMap::new();
    for (report, start, end) in &places {
        of.entry(*report).or_default().push((*start, *end));
    }
    let (first, also) = show.first_and_others_at(of.clone(), places.first().map_or(0, |p| p.0));
    Told {
        at,
        lane,
        tag: String::new(),
        means: "",
        text,
        first,
        also,
        differs: Vec::new(),
        doubtful: false,
        reports: of.len(),
        places,
    }
}

fn place(show: &Presenter<'_>, c: &Citation) -> Option<(usize, u32, u32)> {
    Some((show.number(c.report())?, c.span().start(), c.span().end()))
}

/// A gathering, a version of a plan, or words, as a report tells it.
fn happening(show: &Presenter<'_>, h: &Happening) -> Option<Told> {
    let view = &show.snapshot.view;
    let cited = |c: &usize| view.cites.get(*c).map(|c| (c.report, c.start, c.end));
    let mut places: Vec<(usize, u32, u32)> = h.cites.iter().filter_map(cited).collect();
    Some(match h.fact {
        FactKind::Meeting => {
            let m: &MeetingLine = view.meetings.iter().find(|m| m.id == h.id)?;
            // The report whose clause is shown stands first.
            places.sort_by_key(|p| p.0 != m.report);
            let told = sentence(show, h.at, MET, words::clip(&m.clause, LETTERS), places);
            let (tag, means) = (m.status.to_owned(), show::state(m.status));
            Told { tag, means, differs: m.differs.clone(), doubtful: m.doubtful, ..told }
        }
        FactKind::Proposal => {
            let of = |r: &&rapporteur::brief::view::Row| {
                r.ids.contains(&h.id) && r.cites.iter().any(|c| h.cites.contains(c))
            };
            let row = view.open.iter().find(of);
            let text = row.and_then(|r| r.parts.first()).map(|p| p.text.clone()).filter(|t| is_sentence(t))?;
            let told = sentence(show, h.at, HAPPENED, words::clip(&text, LETTERS), places);
            let (tag, means) = match h.first_reported {
                true => (
                    "first reported",
                    "A version of a plan whose day nobody tells: this is the day of the first report of it.",
                ),
                false => ("plan", "A version of a plan."),
            };
            Told { tag: tag.into(), means, doubtful: row.is_some_and(|r| r.doubtful), ..told }
        }
        _ => {
            let mut speakers = view.sayings.speakers.iter();
            let (speaker, saying) = speakers.find_map(|s| Some((s, s.sayings.iter().find(|w| w.id == h.id)?)))?;
            let told = sentence(show, h.at, SAID, quoted(saying), places);
            Told { tag: words::clip(&speaker.name, 40), means: "Who said it.", ..told }
        }
    })
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() >= LEAST_WORDS
}

/// The expressions of time that mean a day, report by report.
struct Dates<'r> {
    all: BTreeMap<&'r str, Vec<&'r DateMention>>,
}

impl<'r> Dates<'r> {
    fn new(dates: &'r [DateMention]) -> Self {
        let mut all: BTreeMap<&str, Vec<&DateMention>> = BTreeMap::new();
        for d in dates.iter().filter(|d| d.value.is_some()) {
            all.entry(d.at.report().as_str()).or_default().push(d);
        }
        Dates { all }
    }

    /// The first day that these words name.
    fn named_in(&self, words: &Citation) -> Option<Edtf> {
        let of = self.all.get(words.report().as_str())?;
        of.iter().filter(|d| words.span().contains(d.at.span())).find_map(|d| d.value.filter(|v| v.is_day()))
    }
}

/// Keeps those that most reports tell, and says how many are left out.
fn keep_most_told(all: &mut Vec<Told>) -> usize {
    let mut weights: Vec<(bool, usize)> = all.iter().map(|t| (!t.doubtful, t.reports)).collect();
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let before = all.len();
    if let Some(&least) = weights.get(LINES) {
        all.retain(|t| (!t.doubtful, t.reports) > least);
    }
    before - all.len()
}

/// Puts each on the lane of its kind, and names the lanes that have any.
fn kind_lanes(all: &mut [Told]) -> Vec<String> {
    let names = ["What happened", "Who met whom", "Who said what"];
    close_up(all, names.iter().map(|n| (*n).to_owned()).collect())
}

/// Puts each on the lane of the party that it names first, and names the lanes that have any.
fn party_lanes(show: &Presenter<'_>, all: &mut [Told]) -> Vec<String> {
    let wants = &show.snapshot.view.wants.parties;
    let parties: Vec<&Entity> =
        wants.iter().filter_map(|p| show.snapshot.record.entities.iter().find(|e| e.id.as_str() == p.id)).collect();
    let named: Vec<Vec<Option<usize>>> =
        all.iter().map(|t| parties.iter().map(|e| first_named(e, &t.tag, &t.text)).collect()).collect();
    let mut counts: Vec<(usize, usize)> =
        (0..parties.len()).map(|p| (named.iter().filter(|of| of[p].is_some()).count(), p)).collect();
    counts.retain(|(n, _)| *n > 0);
    counts.sort_by_key(|(n, p)| (std::cmp::Reverse(*n), *p));
    counts.truncate(PARTIES);
    for (t, of) in all.iter_mut().zip(&named) {
        let lane = counts.iter().enumerate().filter_map(|(lane, (_, p))| Some((of[*p]?, lane))).min();
        t.lane = lane.map_or(counts.len(), |(_, lane)| lane);
    }
    let mut names: Vec<String> =
        counts.iter().filter_map(|(_, p)| parties.get(*p)).map(|e| words::clip(&words::clean(&e.name), 40)).collect();
    names.push("Others".into());
    close_up(all, names)
}

/// Where a text names a party first, by any of its spellings; whoever says it stands before what is said.
fn first_named(party: &Entity, by: &str, text: &str) -> Option<usize> {
    let spelt = |form: &str| {
        let at = text.match_indices(form).map(|(at, _)| at);
        let begins = |at: &usize| text[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let ends = |at: &usize| {
            form.len() >= TELLING || text[at + form.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        };
        at.filter(begins).find(ends)
    };
    if !by.is_empty() && words::clean(&party.name) == by {
        return Some(0);
    }
    party.names.iter().filter(|n| !n.form.is_empty()).filter_map(|n| spelt(&n.form)).min()
}

/// Leaves out lanes that have nothing.
fn close_up(all: &mut [Told], names: Vec<String>) -> Vec<String> {
    let used: Vec<usize> = (0..names.len()).filter(|lane| all.iter().any(|t| t.lane == *lane)).collect();
    for t in all.iter_mut() {
        t.lane = used.iter().position(|lane| *lane == t.lane).unwrap_or(0);
    }
    names.into_iter().enumerate().filter(|(lane, _)| used.contains(lane)).map(|(_, name)| name).collect()
}

/// Day by day, each lane by lane.
fn days(all: Vec<Told>, reported: Option<(Date, Date)>) -> Vec<Day> {
    let year = reported.map(|(_, last)| last.year());
    let mut days: Vec<Day> = Vec::new();
    for t in all {
        let name = words::date_within(t.at, year);
        if days.last().is_none_or(|d| d.name != name) {
            days.push(Day { name, lanes: Vec::new() });
        }
        let Some(day) = days.last_mut() else { continue };
        match day.lanes.iter_mut().find(|(lane, _)| *lane == t.lane) {
            Some((_, of)) => of.push(t),
            None => day.lanes.push((t.lane, vec![t])),
        }
    }
    for day in &mut days {
        day.lanes.sort_by_key(|(lane, _)| *lane);
    }
    days
}
