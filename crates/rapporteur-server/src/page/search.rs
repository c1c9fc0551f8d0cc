//! Search across everything: reports, statements, names.

use std::collections::BTreeMap;

use askama::Template;
use rapporteur::brief::words;
use rapporteur::dossier::{self, EntryKind, Scope, StoredReport};

use super::report;
use super::shell::Shell;
use crate::app::App;
use crate::ask::{self, Query};
use crate::link;
use crate::reply::{Page, Refusal, Reply};

/// Places shown at most.
pub(crate) const HITS: usize = 40;
/// Letters shown before and after a place.
const AROUND: usize = 110;

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'p> {
    shell: &'p Shell,
    asked: bool,
    hits: Vec<Hit>,
    most: usize,
}

/// A place that was found.
struct Hit {
    kind: &'static str,
    href: String,
    outlet: String,
    day: String,
    title: String,
    by: Option<String>,
    before: String,
    words: String,
    after: String,
}

/// Finds places; nothing where nothing is asked for.
pub(crate) fn search(app: &App, query: &Query) -> Result<Reply, Refusal> {
    let q = Query::given(&query.q).unwrap_or_default();
    let mut shell = Shell::new(app, if q.is_empty() { "Search" } else { q }, "search");
    shell.q = q.to_owned();
    let (found, kept) = find(app, query)?;
    let hits = found.iter().filter_map(|hit| shown(hit, kept.get(hit.report.as_str())?)).collect();
    let asked = !q.is_empty() || Query::given(&query.by).is_some();
    let page = Search { shell: &shell, asked, hits, most: HITS };
    Ok(Reply::Page(Page::html(page.render()?)))
}

/// The places, best first, and the reports in which they stand.
pub(crate) fn find(app: &App, query: &Query) -> Result<(Vec<dossier::Hit>, BTreeMap<String, StoredReport>), Refusal> {
    let given = |v: &Option<String>| Query::given(v).unwrap_or_default().chars().take(400).collect::<String>();
    let (q, by) = (given(&query.q), given(&query.by));
    if !q.chars().chain(by.chars()).any(char::is_alphanumeric) {
        return Ok((Vec::new(), BTreeMap::new()));
    }
    let scope = Scope {
        story: ask::story_id(Query::given(&query.story).unwrap_or("all"))?,
        as_of: Query::given(&query.as_of).map(ask::day).transpose()?,
        before_run: None,
    };
    let since = Query::given(&query.since).map(ask::day).transpose()?;
    let by = (!by.is_empty()).then_some(by);
    let store = app.cache.store();
    let hits = store.dossier().search(&dossier::Query { words: q, by, since, scope, limit: HITS })?;
    let mut kept = BTreeMap::new();
    for hit in &hits {
        if !kept.contains_key(hit.report.as_str()) {
            kept.insert(hit.report.to_string(), store.dossier().report(hit.report.as_str())?);
        }
    }
    Ok((hits, kept))
}

/// The words of a place and some around, from its paragraph; a long paragraph is cut at the end.
fn shown(hit: &dossier::Hit, kept: &StoredReport) -> Option<Hit> {
    let text = &kept.report.text;
    let span = hit.span;
    let spans = if span.is_empty() { vec![] } else { vec![(span.start(), span.end())] };
    let head = report::head(kept);
    let (before, found, after) = match hit.kind {
        EntryKind::Title => (String::new(), head.title.clone(), String::new()),
        _ => {
            let bytes = text.to_bytes(span)?.range();
            let within = kept.report.head.passages.iter().find(|p| p.span().contains(span));
            let within = within.and_then(|p| text.to_bytes(p.span())).map_or(bytes.clone(), |b| b.range());
            let all = text.as_str();
            let before = all.get(within.start..bytes.start)?;
            // An opening mark stands close to the word after it.
            let gap = if before.ends_with(char::is_whitespace) { " " } else { "" };
            let before = format!("{}{gap}", tail(&words::clean(before)));
            let rest = all.get(bytes.end..within.end)?;
            // A comma stands close to the word before it.
            let space = if rest.starts_with(char::is_whitespace) { " " } else { "" };
            let after = format!("{space}{}", words::clip(&words::clean(rest), AROUND));
            (before, words::clip(&words::clean(all.get(bytes)?), 3 * AROUND), after)
        }
    };
    Some(Hit {
        kind: hit.kind.as_str(),
        href: link::report(hit.report.as_str(), &spans),
        outlet: head.outlet,
        day: head.date.unwrap_or_else(|| "no date".into()),
        title: head.title,
        by: hit.by.as_deref().map(words::clean),
        before,
        words: found,
        after,
    })
}

/// The last words of a text, as many as are shown.
fn tail(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let end = text.get(cut..).unwrap_or_default();
    // Not from the middle of a word, where it has words.
    let word = end.find(' ').filter(|at| *at < AROUND / 2).and_then(|at| end.get(at + 1..));
    format!("… {}", word.unwrap_or(end))
}
