//! The log of what people corrected, with undo; nothing is ever deleted from it.

use askama::Template;
use rapporteur::dossier::{Deed, DeedKind};
use rapporteur::{Aim, Correction, CorrectionKind, Turn};

use super::report::{Given, head};
use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::Query;
use crate::link;
use crate::reply::{Page, Refusal, Reply};

/// Corrections on a page.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "log.html")]
struct Log<'p> {
    shell: &'p Shell,
    all: Vec<Row>,
    described: Vec<Described>,
    back: Vec<Back>,
    pages: Pages,
}

/// A report that is described otherwise than it was read.
struct Described {
    at: String,
    who: String,
    title: String,
    given: Given,
    /// What it is about, as it was read, as it is said to be.
    changes: Vec<(&'static str, String, String)>,
}

/// A correction.
struct Row {
    id: String,
    at: String,
    who: String,
    what: &'static str,
    /// What was wrong, where something was.
    wrong: Option<&'static str>,
    fact: &'static str,
    on: String,
    about: String,
    to: Option<String>,
    why: Option<String>,
    undone: Option<String>,
    turns: Vec<(&'static str, String, String)>,
}

/// A report that was brought back to how it was read.
struct Back {
    at: String,
    who: String,
    title: String,
    href: String,
}

/// Lists the corrections, the latest first.
pub(crate) fn log(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let mut all = app.cache.store().dossier().corrections()?;
    all.reverse();
    let pages = Pages::new(query.page(), all.len(), LINES, |n| link::with("/log", &[("page", Some(n.to_string()))]));
    let shell = Shell::new(app, "Corrections", "log");
    let rows = pages.of(&all, LINES).iter().map(row).collect();
    // On the first page: they are few.
    let (described, back) = if pages.at == 1 { (described(app)?, back(app)?) } else { (Vec::new(), Vec::new()) };
    Ok(Reply::Page(Page::html(Log { shell: &shell, all: rows, described, back, pages: pages.clone() }.render()?)))
}

/// What people say of reports themselves, the latest first.
fn described(app: &App) -> Result<Vec<Described>, Refusal> {
    let store = app.cache.store();
    let mut all = Vec::new();
    for one in store.dossier().described()? {
        let Ok(now) = store.dossier().report(one.report.as_str()) else { continue };
        let (was, is, title) = (Given::of(&one.as_read), Given::of(&now.report.head), head(&now).title);
        // not words: parts of a report's head
        let parts = [("outlet", was.outlet, &is.outlet), ("date", was.date, &is.date), ("title", was.title, &is.title)];
        let changes =
            parts.into_iter().filter(|(_, was, is)| was != *is).map(|(what, was, is)| (what, was, is.clone()));
        all.push((
            one.at.clone(),
            Described { at: time(&one.at), who: one.who, title, changes: changes.collect(), given: is },
        ));
    }
    all.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(all.into_iter().map(|(_, one)| one).collect())
}

/// The reports that were brought back to how they were read, the latest first.
fn back(app: &App) -> Result<Vec<Back>, Refusal> {
    let store = app.cache.store();
    let deeds = store.dossier().deeds()?;
    let of_reports = deeds.into_iter().rev().filter(|deed| deed.kind == DeedKind::AsRead).take(LINES);
    let one = |deed: Deed| {
        let kept = store.dossier().report(&deed.of).ok()?;
        let href = link::report(kept.report.id().as_str(), &[]);
        Some(Back { at: time(&deed.at), who: deed.who, title: head(&kept).title, href })
    };
    Ok(of_reports.filter_map(one).collect())
}

fn time(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

fn turn(turn: &Turn) -> (&'static str, String, String) {
    (if turn.undone { "taken back" } else { "taken up again" }, time(&turn.at), turn.who.clone())
}

fn row(c: &Correction) -> Row {
    let on = c.change.subject();
    Row {
        id: c.id.to_string(),
        at: time(&c.at),
        who: c.who.clone(),
        what: match c.change {
            CorrectionKind::Merge { .. } => "same as",
            CorrectionKind::Split { .. } => "parted from",
            CorrectionKind::Speaker { .. } => "said by",
            CorrectionKind::Date { .. } => "dated",
            CorrectionKind::Status { .. } => "stands",
            CorrectionKind::Reject { .. } if c.aim == Aim::World => "not so",
            CorrectionKind::Reject { .. } => "left out",
            CorrectionKind::Note { .. } => "note",
        },
        wrong: match (&c.change, c.aim) {
            (CorrectionKind::Note { .. }, _) => None,
            (_, Aim::Reading) => Some("the reading was wrong"),
            (_, Aim::World) => Some("the report is wrong"),
        },
        fact: on.fact.as_str(),
        on: on.id.to_string(),
        about: on.about.clone(),
        to: c.change.wish(),
        why: c.why.clone(),
        undone: c.undone.as_deref().map(time),
        turns: c.turns.iter().map(turn).collect(),
    }
}
