//! Who stands how to what: parties against subjects, what depends on what, and plans by their versions.

use askama::Template;

use super::shell::{Pages, Shell};
use super::story;
use crate::app::App;
use crate::ask::Query;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Line, Piece, Presenter};

/// Subjects and parties of a table at once.
pub(crate) const SUBJECTS: usize = 6;
pub(crate) const PARTIES: usize = 15;
/// Lines of a list.
pub(crate) const LINES: usize = 40;

#[derive(Template)]
#[template(path = "positions.html")]
struct Positions<'p> {
    shell: &'p Shell,
    subjects: Vec<&'p str>,
    rows: Vec<(&'p str, Vec<Vec<Piece>>)>,
    across: Pages,
    down: Pages,
    plans: Vec<Line>,
    issues: Vec<Line>,
    conditions: Vec<Line>,
}

/// The table, the plans and the conditions.
pub(crate) fn positions(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let (show, wants) = (Presenter::new(&snapshot), &snapshot.view.wants);
    let shell = Shell::of(app, &snapshot, "positions", "Positions");
    let from = query.from.unwrap_or(1).clamp(1, 100_000) as usize;
    let at = |from: usize, page: usize| {
        let number = |n: usize| (n > 1).then(|| n.to_string());
        snapshot.view_at("positions", &[("from", number(from)), ("page", number(page))])
    };
    let across = Pages::new(from, wants.subjects.len(), SUBJECTS, |n| at(n, query.page()));
    let down = Pages::new(query.page(), wants.rows.len(), PARTIES, |n| at(from, n));
    let subjects = across.of(&wants.subjects, SUBJECTS).iter().map(String::as_str).collect();
    let row = |row: &'_ rapporteur::brief::view::WantRow| -> Vec<Vec<Piece>> {
        across.of(&row.cells, SUBJECTS).iter().map(|cell| show.pieces(cell)).collect()
    };
    let rows = down.of(&wants.rows, PARTIES).iter().map(|r| (r.party.as_str(), row(r))).collect();
    let (plans, issues) = story::stands(&show, LINES).into_iter().partition(|l: &Line| l.kind == "proposal");
    let page = Positions {
        shell: &shell,
        subjects,
        rows,
        plans,
        issues,
        conditions: show.lines(&snapshot.view.conditions, "condition", LINES),
        across: across.clone(),
        down: down.clone(),
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}
