//! The story in one screen: what happened, where accounts differ, who wants what, what is open, what is new.

use askama::Template;
use rapporteur::brief::diff::Segment;
use rapporteur::brief::view::{MeetingLine, Row};
use rapporteur::brief::words::COMPARED;

use super::shell::Shell;
use super::take::{Offer, offers};
use crate::app::App;
use crate::ask::{Query, story_id};
use crate::cache::{Asked, Snapshot};
use crate::link;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Line, Meeting, Presenter, Told, Words};

/// Lines of a section before it is cut.
const LINES: usize = 8;
/// News before they are cut.
const NEWS: usize = 24;
/// Stands of a party.
const STANDS: usize = 3;
/// Speakers, and sayings of each.
const SPEAKERS: usize = 5;
const SAYINGS: usize = 2;
/// Facts that one report alone has.
const ALONE: usize = 2;

#[derive(Template)]
#[template(path = "story.html")]
struct Story<'p> {
    shell: &'p Shell,
    at: &'p Snapshot,
    news: Vec<Line>,
    since: Vec<(String, &'static str)>,
    lead: Vec<Told>,
    differ: Vec<Line>,
    wants: Vec<(&'p str, Vec<Line>)>,
    meetings: Vec<Meeting>,
    open: Vec<Line>,
    conditions: Vec<Line>,
    speakers: Vec<(&'p str, Option<&'p str>, Vec<Words<'p>>)>,
    shown: usize,
    only_in: Vec<(Line, &'p str, usize)>,
    corrected: Vec<Line>,
    take: Vec<Offer>,
}

/// The story that an address asks for.
pub(crate) fn story(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    of(app, &query.asked(story)?)
}

/// Turns what the slider sends into the day that it means.
pub(crate) fn on_day(app: &App, story: &str, view: &str, query: &Query) -> Result<Option<Reply>, Refusal> {
    let Some(day) = query.day else { return Ok(None) };
    let snapshot = app.snapshot(&Asked { story: story_id(story)?, ..Asked::default() })?;
    let path = if view.is_empty() { format!("/story/{story}") } else { format!("/story/{story}/{view}") };
    let day = snapshot.days.and_then(|(first, last)| {
        let day = first.checked_add(jiff::Span::new().try_days(i64::from(day)).ok()?).ok()?;
        // The last day is the whole story, as it grows.
        (day < last).then(|| day.to_string())
    });
    Ok(Some(Reply::See(link::with(&path, &[("as_of", day), ("since", query.since.clone())]))))
}

pub(crate) fn of(app: &App, asked: &Asked) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(asked)?;
    let (show, view) = (Presenter::new(&snapshot), &snapshot.view);
    let shell = Shell::of(app, &snapshot, "story", "");
    let speakers = view.sayings.speakers.iter().take(SPEAKERS).map(|s| {
        let sayings = s.sayings.iter().take(SAYINGS.min(s.shown.max(1))).map(|w| show.words(w)).collect();
        (s.name.as_str(), s.office.as_deref(), sayings)
    });
    let speakers: Vec<(&str, Option<&str>, Vec<Words<'_>>)> = speakers.collect();
    // What is sure; the page of positions has the rest.
    let wants = view.wants.parties.iter().map(|p| (p.name.as_str(), show.stands(p, STANDS, false)));
    let wants = wants.filter(|(_, stands)| !stands.is_empty());
    let path = format!("/story/{}", snapshot.id());
    let as_of = snapshot.asked.as_of.map(|d| d.to_string());
    let since = |since: &str| link::with(&path, &[("as_of", as_of.clone()), ("since", Some(since.to_owned()))]);
    let mut choices = vec![(since("last"), "the last arrivals")];
    if let Some(eve) = snapshot.days.and_then(|(first, last)| last.yesterday().ok().filter(|eve| *eve >= first)) {
        choices.push((since(&eve.to_string()), "the day before"));
    }
    let page = Story {
        news: view.news.iter().take(NEWS).map(|row| show.about(row, "change")).collect(),
        since: choices,
        lead: show.lead(),
        wants: wants.take(LINES / 2).collect(),
        open: open(&show, LINES, true),
        meetings: most_reported(&view.meetings, LINES).into_iter().map(|m| show.meeting(m)).collect(),
        differ: show.lines(&view.differ, "discrepancy", LINES),
        conditions: sure(&view.conditions).take(LINES / 2).map(|row| show.line(row, "condition")).collect(),
        shown: speakers.iter().map(|(.., s)| s.len()).sum(),
        speakers,
        only_in: only_in(&show),
        corrected: view.corrected.iter().take(LINES).map(|row| show.about(row, "correction")).collect(),
        take: offers(&snapshot),
        at: &snapshot,
        shell: &shell,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// What one report alone has and no line above shows: the outlet, its first clauses, and how many more there are.
fn only_in<'s>(show: &Presenter<'s>) -> Vec<(Line, &'s str, usize)> {
    let view = &show.snapshot.view;
    let rows = view.only_in.iter().filter(|row| !row.told).take(LINES / 2);
    let line = |row: &Row| {
        let mut line = show.about(row, "only");
        line.pieces.truncate(row.parts.iter().filter(|p| !p.told).count().min(ALONE));
        line.more = 0;
        let name = row.label.parse().ok().and_then(|n| view.report(n)).map_or("", |r| r.name.as_str());
        let more = row.parts.len() - line.pieces.len();
        (line, name, more)
    };
    rows.map(line).collect()
}

/// The rows that are sure and that no line above shows.
fn sure(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| !row.doubtful && !row.told)
}

/// Plans by their versions, and issues; the first line of a plan is the one that a link leads to. Either all of them, or what is sure
/// and no line above shows.
pub(crate) fn open(show: &Presenter<'_>, most: usize, short: bool) -> Vec<Line> {
    let mut known: Vec<String> = Vec::new();
    let line = |row| {
        let mut line = show.line(row, "proposal");
        if line.id.as_ref().is_some_and(|id| id.starts_with('i')) {
            line.kind = "issue";
        }
        line.id = line.id.take().filter(|id| !known.contains(id));
        known.extend(line.id.clone());
        line
    };
    let rows = &show.snapshot.view.open;
    if short { sure(rows).take(most).map(line).collect() } else { rows.iter().take(most).map(line).collect() }
}

/// The lines that most reports tell of, in the order of the list.
fn most_reported(all: &[MeetingLine], most: usize) -> Vec<&MeetingLine> {
    all.iter().filter(|m| m.rank < most && !m.doubtful).collect()
}
