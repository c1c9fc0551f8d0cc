//! The outlets: what each alone reports, who shares text with whom, and how many independent sources there are.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use rapporteur::brief::words;
use rapporteur::{Citation, phrase};

use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::Query;
use crate::link;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Chip, Line, Presenter};

/// Reports on a page.
const REPORTS: usize = 40;
/// Outlets of the table of shared text.
const MATRIX: usize = 12;
/// What one report alone has: lines on a page, and facts of a line.
const ONLY: usize = 25;
const FACTS: usize = 8;
/// Passages listed.
const SHARED: usize = 25;
const CLIPPED: usize = 400;

#[derive(Template)]
#[template(path = "outlets.html")]
struct Outlets<'p> {
    shell: &'p Shell,
    reports: Vec<Report<'p>>,
    pages: Pages,
    origins: usize,
    all: usize,
    names: Vec<&'p str>,
    matrix: Vec<(&'p str, Vec<Cell>)>,
    shared: Vec<Shared<'p>>,
    only: Vec<(Line, &'p str, usize)>,
}

struct Report<'p> {
    number: usize,
    name: &'p str,
    title: &'p str,
    date: &'p str,
    basis: &'p str,
    href: String,
    origin: usize,
    alone: usize,
    credits: String,
}

/// What two outlets share.
struct Cell {
    /// Words they share beyond quotations; 0 for the outlet itself.
    words: usize,
    /// 0 to 4, for the shade.
    shade: usize,
    own: bool,
    href: String,
    title: String,
}

/// A passage that stands in several reports.
struct Shared<'p> {
    words: String,
    credit: Option<&'p str>,
    chips: Vec<Chip>,
    beside: Option<String>,
}

/// The reports, the origins, and what is shared.
pub(crate) fn outlets(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let (show, view) = (Presenter::new(&snapshot), &snapshot.view);
    let shell = Shell::of(app, &snapshot, "outlets", "Outlets");
    // Origins are numbered in the order in which their first report stands.
    let mut numbered: HashMap<usize, usize> = HashMap::new();
    for report in &view.reports {
        let next = numbered.len() + 1;
        numbered.entry(show.origin(report.number)).or_insert(next);
    }
    let alone: HashMap<&str, usize> =
        snapshot.record.only_in.iter().map(|o| (o.report.as_str(), o.facts.len())).collect();
    let pages = Pages::new(query.page(), view.reports.len(), REPORTS, |n| {
        snapshot.view_at("outlets", &[("page", Some(n.to_string()))])
    });
    let reports = pages.of(&view.reports, REPORTS).iter().map(|r| Report {
        number: r.number,
        name: &r.name,
        title: r.title.as_deref().unwrap_or("–"),
        date: r.date.as_deref().unwrap_or("no date"),
        basis: r.basis.filter(|b| *b != "given").unwrap_or_default(),
        href: link::report(r.id.as_str(), &[]),
        origin: numbered.get(&show.origin(r.number)).copied().unwrap_or(0),
        alone: alone.get(r.id.as_str()).copied().unwrap_or(0),
        credits: show.index.report(&r.id).map(|h| h.credits.join(", ")).unwrap_or_default(),
    });
    let (names, matrix) = matrix(&show);
    let shared = snapshot.record.reuse.iter().take(SHARED).map(|reuse| {
        let mut places = link::Places::new();
        for c in &reuse.spans {
            if let Some(n) = show.number(c.report()) {
                places.entry(n).or_default().push((c.span().start(), c.span().end()));
            }
        }
        Shared {
            words: reuse.spans.first().map_or_else(String::new, |c| words::clip(&words::clean(c.exact()), CLIPPED)),
            credit: reuse.credit.as_deref(),
            chips: places.iter().take(FACTS).filter_map(|(n, spans)| show.chip(*n, spans)).collect(),
            beside: link::beside(view, &places),
        }
    });
    let only = view.only_in.iter().take(ONLY).map(|row| {
        let mut line = show.about(row, "only");
        let more = row.parts.len().saturating_sub(FACTS);
        line.pieces.truncate(FACTS);
        line.more = 0;
        let name = row.label.parse().ok().and_then(|n| view.report(n)).map_or("", |r| r.name.as_str());
        (line, name, more)
    });
    let page = Outlets {
        shell: &shell,
        reports: reports.collect(),
        pages: pages.clone(),
        origins: numbered.len(),
        all: view.reports.len(),
        names,
        matrix,
        shared: shared.collect(),
        only: only.collect(),
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// Words that outlets share, for those that share most.
fn matrix<'s>(show: &Presenter<'s>) -> (Vec<&'s str>, Vec<(&'s str, Vec<Cell>)>) {
    let view = &show.snapshot.view;
    let outlet = |c: &Citation| Some(view.report(show.number(c.report())?)?.name.as_str());
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut longest: HashMap<(&str, &str), (usize, &Citation, &Citation)> = HashMap::new();
    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    for reuse in &show.snapshot.record.reuse {
        let count = reuse.spans.first().map_or(0, |c| phrase::words(c.exact()).count());
        // One span an outlet: what a thousand reports share would else make a million pairs.
        let mut first: BTreeMap<&str, &Citation> = BTreeMap::new();
        for c in &reuse.spans {
            if let Some(name) = outlet(c) {
                first.entry(name).or_insert(c);
            }
        }
        for (&x, &a) in &first {
            for (&y, &b) in first.iter().filter(|(y, _)| **y != x) {
                *shared.entry((x, y)).or_default() += count;
                *weight.entry(x).or_default() += count;
                if longest.get(&(x, y)).is_none_or(|known| known.0 < count) {
                    longest.insert((x, y), (count, a, b));
                }
            }
        }
    }
    let mut names: Vec<(&str, usize)> = weight.into_iter().collect();
    names.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    names.truncate(MATRIX);
    let place = |c: &Citation| Some((show.number(c.report())?, vec![(c.span().start(), c.span().end())]));
    let opens = |x: &str, y: &str| {
        let (_, a, b) = longest.get(&(x, y))?;
        link::beside(view, &[place(a)?, place(b)?].into_iter().collect())
    };
    let most = shared.values().copied().max().unwrap_or(1).max(1);
    let cell = |x: &str, y: &str| {
        let n = shared.get(&(x, y)).copied().unwrap_or(0);
        Cell {
            words: n,
            shade: if n == 0 { 0 } else { 1 + n * 3 / most },
            own: x == y,
            href: opens(x, y).unwrap_or_default(),
            title: format!("{x} and {y} share {n} words beyond quotations"),
        }
    };
    let names: Vec<&str> = names.into_iter().map(|(name, _)| name).collect();
    let rows = names.iter().map(|x| (*x, names.iter().map(|y| cell(x, y)).collect())).collect();
    (names, rows)
}
