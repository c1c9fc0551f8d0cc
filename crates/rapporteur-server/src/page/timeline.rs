//! What happened when, drawn to scale: meetings, what was said, versions of plans, a lane each.

use std::collections::HashMap;

use askama::Template;
use jiff::civil::Date;
use rapporteur::brief::view::Happening;
use rapporteur::brief::words;
use rapporteur::{Edtf, FactKind, MeetingId, MeetingStatus};

use super::shell::Shell;
use crate::app::App;
use crate::ask::Query;
use crate::cache::Snapshot;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Cites, Meeting, Presenter};

/// Marks drawn at most.
const MARKS: usize = 120;
/// Lines listed at most.
const LINES: usize = 50;
/// Meetings listed at most: those that most reports tell of.
pub(crate) const MEETINGS: usize = 25;
/// Days before and after the reports that still belong on the scale.
const AROUND: i32 = 60;

/// A chart: lanes over a scale of days; places are percent of the width across and pixels down.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub height: u32,
    pub lanes: Vec<Lane>,
    pub ticks: Vec<Tick>,
    /// Happenings that lie off the scale or were too many.
    pub left_out: usize,
    pub days: String,
}

/// One lane.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub name: &'static str,
    pub kind: &'static str,
    pub y: u32,
    pub marks: Vec<Mark>,
}

/// A happening on a lane.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub x: String,
    pub width: String,
    /// Where the sign stands that accounts differ.
    pub sign: String,
    pub long: bool,
    pub y: u32,
    pub title: String,
    pub href: String,
    /// What is to be, or may be: drawn dashed.
    pub planned: bool,
    pub differs: bool,
}

/// A day on the scale.
#[derive(Clone, Debug)]
pub(crate) struct Tick {
    pub x: String,
    pub anchor: &'static str,
    pub name: String,
}

const ROW: u32 = 18;
const HEAD: u32 = 22;

/// Draws what happened; nothing where nothing is dated.
pub(crate) fn chart(show: &Presenter<'_>, most: usize) -> Option<Chart> {
    let all = &show.snapshot.view.timeline;
    let (first, last) = scale(show.snapshot, all)?;
    let on = |h: &&Happening| h.at.last_day() >= first && h.at.first_day() <= last && is_close(h.at);
    let mut drawn: Vec<&Happening> = all.iter().filter(on).collect();
    // Where there are too many, those that most reports tell are drawn.
    let mut weights: Vec<usize> = drawn.iter().map(|h| h.reports.len()).collect();
    weights.sort_unstable_by_key(|w| std::cmp::Reverse(*w));
    if let Some(&least) = weights.get(most) {
        drawn.retain(|h| h.reports.len() > least);
    }
    let days = f64::from((last - first).get_days() + 1);
    let across = |day: Date| 1.0 + 98.0 * f64::from((day.clamp(first, last) - first).get_days()) / days;
    let status = |id: &str| show.index.meeting(&MeetingId::new(id)).map(|m| m.status);
    let disputed = Disputed::new(show.snapshot);
    let mut y = 0;
    let mut lanes = Vec::new();
    let kinds = [
        (FactKind::Meeting, "Meetings", "meeting"),
        (FactKind::Proposal, "Plans and offers", "proposal"),
        (FactKind::Utterance, "Said, in several reports", "utterance"),
    ];
    for (fact, name, kind) in kinds {
        let mut rows: Vec<f64> = Vec::new();
        let mut marks = Vec::new();
        for h in drawn.iter().filter(|h| h.fact == fact) {
            let from = across(h.at.first_day());
            let width = (across(h.at.last_day()) + 98.0 / days - from).max(0.0);
            // A mark goes to the first row that has room.
            let row = rows.iter().position(|end| *end <= from).unwrap_or(rows.len());
            let end = from + if h.at.is_day() { 2.2 } else { width + 0.6 };
            if row == rows.len() {
                rows.push(end)
            } else {
                rows[row] = end
            }
            let planned = h.first_reported
                || matches!(
                    status(&h.id),
                    Some(
                        MeetingStatus::Planned
                            | MeetingStatus::Ordered
                            | MeetingStatus::Conditional
                            | MeetingStatus::Unconfirmed
                    )
                );
            // A day's mark stands in the middle of its day.
            let x = if h.at.is_day() { from + 49.0 / days } else { from };
            let differs = disputed.holds(&h.id);
            let sign = if differs { " — accounts differ" } else { "" };
            marks.push(Mark {
                x: format!("{x:.2}"),
                width: format!("{width:.2}"),
                sign: format!("{:.2}", if h.at.is_day() { x } else { x + width / 2.0 }),
                long: !h.at.is_day(),
                y: y + HEAD + ROW * row as u32 + ROW / 2,
                title: format!("{}: {}{sign}", h.date, h.what),
                href: show.happening_href(h),
                planned,
                differs,
            });
        }
        if !marks.is_empty() {
            lanes.push(Lane { name, kind, y, marks });
            y += HEAD + ROW * rows.len() as u32 + 8;
        }
    }
    if lanes.is_empty() {
        return None;
    }
    Some(Chart {
        height: y + 22,
        left_out: all.len() - drawn.len(),
        ticks: ticks(first, last, &across, days),
        lanes,
        days: words::date(Edtf::days(first, last)),
    })
}

/// Whether its date is narrow enough to have a place on a scale of days: a year has none.
fn is_close(at: Edtf) -> bool {
    (at.last_day() - at.first_day()).get_days() <= AROUND
}

/// From the first to the last happening that is not far from the reports.
fn scale(snapshot: &Snapshot, all: &[Happening]) -> Option<(Date, Date)> {
    let margin = jiff::Span::new().days(AROUND);
    let around = snapshot.days.map(|(a, b)| (a.saturating_sub(margin), b.saturating_add(margin)));
    let near =
        |h: &&Happening| is_close(h.at) && around.is_none_or(|(a, b)| h.at.first_day() >= a && h.at.last_day() <= b);
    let first = all.iter().filter(near).map(|h| h.at.first_day()).min()?;
    let last = all.iter().filter(near).map(|h| h.at.last_day()).max()?;
    Some((first, last))
}

/// At most eight named days, evenly apart.
fn ticks(first: Date, last: Date, across: &impl Fn(Date) -> f64, days: f64) -> Vec<Tick> {
    let step = [1, 2, 7, 14, 28, 56, 91, 182, 365].into_iter().find(|s| days / f64::from(*s) <= 8.0).unwrap_or(730);
    let mut ticks: Vec<Tick> = Vec::new();
    let mut day = first;
    while day <= last {
        let x = across(day) + 49.0 / days;
        let anchor = if x < 6.0 {
            "start"
        } else if x > 94.0 {
            "end"
        } else {
            "middle"
        };
        let name = words::date_within(Edtf::day(day), Some(first.year()));
        ticks.push(Tick { x: format!("{x:.2}"), anchor, name });
        day = day.saturating_add(jiff::Span::new().days(step));
    }
    ticks
}

/// The facts whose words are among those on which accounts differ.
struct Disputed<'s> {
    ids: std::collections::HashSet<&'s str>,
}

impl<'s> Disputed<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let mut places: HashMap<&str, Vec<(u32, u32)>> = HashMap::new();
        for fact in snapshot.facts.iter().filter(|f| f.kind == FactKind::Discrepancy) {
            for p in &fact.places {
                places.entry(p.report.as_str()).or_default().push((p.start, p.end));
            }
        }
        let hit = |p: &rapporteur::TextRange| {
            places.get(p.report.as_str()).is_some_and(|all| all.iter().any(|(a, b)| *a < p.end && p.start < *b))
        };
        let ids = snapshot.facts.iter().filter(|f| f.places.iter().any(hit)).map(|f| f.id.as_str());
        Disputed { ids: ids.collect() }
    }

    fn holds(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline<'p> {
    shell: &'p Shell,
    at: &'p Snapshot,
    chart: Option<Chart>,
    days: Vec<(&'p str, &'static str, &'p str, Cites)>,
    meetings: Vec<Meeting>,
}

/// The chart, what is on it as a list, and all meetings.
pub(crate) fn timeline(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let show = Presenter::new(&snapshot);
    let shell = Shell::of(app, &snapshot, "timeline", "Timeline");
    let line = |h: &'_ Happening| {
        let kind = match h.fact {
            FactKind::Meeting => "meeting",
            FactKind::Proposal => "plan",
            _ => "said",
        };
        (kind, show.cites(&h.cites))
    };
    let days = snapshot.view.timeline.iter().take(LINES).map(|h| {
        let (kind, cites) = line(h);
        (h.date.as_str(), kind, h.what.as_str(), cites)
    });
    let page = Timeline {
        shell: &shell,
        chart: chart(&show, MARKS),
        days: days.collect(),
        meetings: snapshot.view.meetings.iter().filter(|m| m.rank < MEETINGS).map(|m| show.meeting(m)).collect(),
        at: &snapshot,
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}
