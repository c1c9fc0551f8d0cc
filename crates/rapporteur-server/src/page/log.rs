//! The log of what people corrected, with undo; nothing is ever deleted from it.

use askama::Template;
use rapporteur::{Correction, CorrectionKind};

use super::{Pages, Shell};
use crate::ask::Query;
use crate::link;
use crate::reply::{Page, Refusal, Reply};
use crate::route::App;

/// Corrections on a page.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "log.html")]
struct Log<'p> {
    shell: &'p Shell,
    all: Vec<Told>,
    pages: Pages,
}

/// A correction.
struct Told {
    id: String,
    at: String,
    who: String,
    what: &'static str,
    fact: &'static str,
    on: String,
    about: String,
    to: Option<String>,
    why: Option<String>,
    undone: Option<String>,
}

/// Lists the corrections, the latest first.
pub(crate) fn log(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let mut all = app.cache.store().dossier().corrections()?;
    all.reverse();
    let pages = Pages::new(query.page(), all.len(), LINES, |n| link::with("/log", &[("page", Some(n.to_string()))]));
    let shell = Shell::new(app, "Corrections", "log");
    let told = pages.of(&all, LINES).iter().map(told).collect();
    Ok(Reply::Page(Page::html(Log { shell: &shell, all: told, pages: pages.clone() }.render()?)))
}

fn told(c: &Correction) -> Told {
    let on = c.change.subject();
    let to = match &c.change {
        CorrectionKind::Merge { others, .. } => {
            Some(others.iter().map(|o| o.about.as_str()).collect::<Vec<_>>().join(", "))
        }
        CorrectionKind::Split { forms, .. } => Some(forms.join(", ")),
        CorrectionKind::Speaker { speaker, .. } => {
            Some(speaker.as_ref().map_or_else(|| "nobody known".into(), |s| s.about.clone()))
        }
        CorrectionKind::Date { date, .. } => Some(date.map_or_else(|| "no date".into(), |d| d.to_string())),
        CorrectionKind::Status { status, .. } => Some(status.clone()),
        CorrectionKind::Note { text, .. } => Some(text.clone()),
        CorrectionKind::Reject { .. } => None,
    };
    let time = |at: &str| at.get(..16).unwrap_or(at).replace('T', " ");
    Told {
        id: c.id.to_string(),
        at: time(&c.at),
        who: c.who.clone(),
        what: match c.change {
            CorrectionKind::Merge { .. } => "same as",
            CorrectionKind::Split { .. } => "parted from",
            CorrectionKind::Speaker { .. } => "said by",
            CorrectionKind::Date { .. } => "dated",
            CorrectionKind::Status { .. } => "stands",
            CorrectionKind::Reject { .. } => "left out",
            CorrectionKind::Note { .. } => "note",
        },
        fact: on.fact.as_str(),
        on: on.id.clone(),
        about: on.about.clone(),
        to,
        why: c.why.clone(),
        undone: c.undone.as_deref().map(time),
    }
}
