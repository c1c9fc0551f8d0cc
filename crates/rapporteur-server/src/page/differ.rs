//! Where accounts differ: each question with its answers side by side, and how many independent sources each has.

use std::collections::BTreeSet;

use askama::Template;
use rapporteur::Discrepancy;
use rapporteur::brief::view::{Cite, Part};
use rapporteur::brief::words::{self, COMPARED};

use super::said::Choice;
use super::shell::{Pages, Shell};
use crate::app::App;
use crate::ask::Query;
use crate::cache::Snapshot;
use crate::reply::{Page, Refusal, Reply};
use crate::show::{Chip, Cites, Line, Piece, Presenter};

/// Differences on a page.
pub(crate) const PER_PAGE: usize = 12;
/// Words of an answer that are shown.
const MAX_WORDS: usize = 3;
/// Answers that are shown.
const MAX_ANSWERS: usize = 8;

#[derive(Template)]
#[template(path = "differ.html")]
struct Differ<'p> {
    shell: &'p Shell,
    kinds: Vec<Choice>,
    all: Vec<Difference>,
    compared: usize,
    pages: Pages,
}

/// A difference.
struct Difference {
    line: Line,
    answers: Vec<Answer>,
    markdown: String,
}

/// One answer, with the words that give it.
struct Answer {
    /// The clause, piece by piece, each with whether it differs.
    runs: Vec<(String, bool)>,
    cites: Cites,
    origins: usize,
    reports: usize,
    words: Vec<(Chip, String)>,
    more: usize,
}

/// Lists the differences, of one kind where that is asked for.
pub(crate) fn differ(app: &App, story: &str, query: &Query) -> Result<Reply, Refusal> {
    let snapshot = app.snapshot(&query.asked(story)?)?;
    let show = Presenter::new(&snapshot);
    let shell = Shell::of(app, &snapshot, "differ", "Where accounts differ");
    let wanted = Query::given(&query.kind);
    let all = matching(&snapshot, wanted);
    let at = |kind: Option<&str>, page: Option<usize>| {
        snapshot.view_at("differ", &[("kind", kind.map(str::to_owned)), ("page", page.map(|p| p.to_string()))])
    };
    let pages = Pages::new(query.page(), all.len(), PER_PAGE, |n| at(wanted, Some(n)));
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for d in &snapshot.record.discrepancies {
        match counts.iter_mut().find(|(kind, _)| *kind == d.kind.as_str()) {
            Some((_, n)) => *n += 1,
            None => counts.push((d.kind.as_str(), 1)),
        }
    }
    let mut kinds = vec![Choice {
        name: "all".into(),
        href: at(None, None),
        count: snapshot.record.discrepancies.len(),
        here: wanted.is_none(),
    }];
    kinds.extend(counts.into_iter().map(|(kind, count)| Choice {
        name: kind.into(),
        href: at(Some(kind), None),
        count,
        here: wanted == Some(kind),
    }));
    let differences = pages.of(&all, PER_PAGE).iter().filter_map(|d| difference(&show, d));
    let compared = snapshot.view.compared;
    let page = Differ { shell: &shell, kinds, all: differences.collect(), compared, pages: pages.clone() };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// The differences of a kind, in the order of the record.
pub(crate) fn matching<'s>(snapshot: &'s Snapshot, kind: Option<&str>) -> Vec<&'s Discrepancy> {
    snapshot.record.discrepancies.iter().filter(|d| kind.is_none_or(|k| d.kind.as_str() == k)).collect()
}

fn difference(show: &Presenter<'_>, d: &Discrepancy) -> Option<Difference> {
    let view = &show.snapshot.view;
    let row = view.differ.iter().find(|row| row.ids.first().is_some_and(|id| id == d.id.as_str()))?;
    let mut markdown = format!("**{}** ({})\n\n", row.about, row.label);
    for a in d.accounts.iter().take(MAX_ANSWERS) {
        markdown.push_str(&format!("- {}\n", words::clean(&a.value)));
        for (chip, exact) in a.evidence.iter().take(MAX_WORDS).filter_map(|c| Some((show.chip_of(c)?, c.exact()))) {
            markdown.push_str(&format!("  - “{}” — {}, [{}]\n", words::clean(exact), chip.name, chip.number));
        }
    }
    let mut line = show.line(row, "discrepancy");
    let answers = row.parts.iter().zip(std::mem::take(&mut line.pieces)).take(MAX_ANSWERS);
    let answer = |(part, piece): (&Part, Piece)| {
        let origins: BTreeSet<usize> = part.reports.iter().map(|r| show.origin(*r)).collect();
        let cited = part.cites.iter().filter_map(|c| view.cites.get(*c));
        let quote = |c: &Cite| Some((show.chip(c.report, &[(c.start, c.end)])?, c.exact.clone()));
        Answer {
            runs: piece.runs,
            cites: piece.cites,
            origins: origins.len(),
            reports: part.reports.len(),
            words: cited.take(MAX_WORDS).filter_map(quote).collect(),
            more: part.cites.len().saturating_sub(MAX_WORDS),
        }
    };
    Some(Difference { answers: answers.map(answer).collect(), line, markdown })
}
