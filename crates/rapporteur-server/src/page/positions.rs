//! Who stands how to what: a list a party, what depends on what, and plans by their versions.

use askama::Template;

use super::shell::{Pages, Shell};
use super::story;
use crate::app::App;
use crate::ask::Query;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Line, Presenter};

/// Parties on a page, and stands of one.
pub(crate) const PARTIES: usize = 15;
pub(crate) const STANDS: usize = 30;
/// Lines of a list.
pub(crate) const LINES: usize = 40;

#[derive(Template)]
#[template(path = "positions.html")]
struct Positions<'p> {
    shell: &'p Shell,
    parties: Vec<(&'p str, Vec<Line>)>,
    pages: Pages,
    plans: Vec<Line>,
    issues: Vec<Line>,
    conditions: Vec<Line>,
}

/// The lists, the plans and the conditions.
pub(crate) fn positions(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let (show, wants) = (Presenter::new(&snapshot), &snapshot.view.wants);
    let shell = Shell::of(app, &snapshot, "positions", "Positions");
    let at = |n: usize| snapshot.view_at("positions", &[("page", (n > 1).then(|| n.to_string()))]);
    let pages = Pages::new(query.page(), wants.parties.len(), PARTIES, at);
    let party = |p: &'_ rapporteur::brief::view::Party| show.stands(p, STANDS, true);
    let parties = pages.of(&wants.parties, PARTIES).iter().map(|p| (p.name.as_str(), party(p))).collect();
    let (plans, issues) = story::open(&show, LINES, false).into_iter().partition(|l: &Line| l.kind == "proposal");
    let page = Positions {
        shell: &shell,
        parties,
        plans,
        issues,
        conditions: show.lines(&snapshot.view.conditions, "condition", LINES),
        pages: pages.clone(),
    };
    Ok(Reply::Page(Page::html(page.render()?)))
}
